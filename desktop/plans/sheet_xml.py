"""Rows of a sheet as XML, written one after the other, so that memory does not grow with the table."""

import re
from collections.abc import Sequence
from datetime import date
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from desktop.rules.wording import NO_TEXT, Value

LONGEST_CELL = 32_767
CUT_MARK = "……（全文见台账）"
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_DAY_ZERO = date(1899, 12, 30)

Styles = dict[tuple[str, bool], int]


class RowPen:
    """Writes cells. ``styles`` gives the number of each named style, plain and marked as risky text."""

    def __init__(self, styles: Styles, columns: int) -> None:
        self.styles = styles
        self._letters = tuple(get_column_letter(place) for place in range(1, columns + 1))

    def row(self, number: int, height: float | None, cells: Sequence[str]) -> str:
        """A row of cells; each begins with its column letter."""
        tall = f' ht="{height:g}" customHeight="1"' if height else ""
        return f'<row r="{number}"{tall}>{"".join(cells)}</row>'

    def cell(self, place: int, number: int, value: Value, style: str) -> str:
        """One cell; ``place`` counts from 0. Text stays text: what begins like a formula is marked, so nothing runs it.

        An unknown value is ``/``; a date is a real one.
        """
        ref = f"{self._letters[place]}{number}"
        if isinstance(value, str):
            return self._text(ref, value, style)
        if isinstance(value, date):
            days = (value - _DAY_ZERO).days
            return f'<c r="{ref}" s="{self.styles["zg_date", False]}"><v>{days}</v></c>'
        if isinstance(value, int):
            return f'<c r="{ref}" s="{self.styles["zg_centre", False]}"><v>{value}</v></c>'
        return self._text(ref, NO_TEXT, "zg_centre")

    def _text(self, ref: str, text: str, style: str) -> str:
        text = fit_text(text)
        if not text:
            return f'<c r="{ref}" s="{self.styles[style, False]}"/>'
        number = self.styles.get((style, text[:1] in _RISKY), 0)
        written = escape(_ESCAPED.sub("_x005F_", text))
        return f'<c r="{ref}" s="{number}" t="inlineStr"><is><t xml:space="preserve">{written}</t></is></c>'

    def plain_row(self, number: int, texts: Sequence[str]) -> str:
        """A row of bare texts, as a hidden sheet has them."""
        cells = [self._text(f"{self._letters[at]}{number}", text, "") for at, text in enumerate(texts) if text]
        return self.row(number, None, cells)

    def shared(self, place: int, number: int, style: str, at: int) -> str:
        """A cell whose text stands in the table of shared texts, which is written last."""
        return f'<c r="{self._letters[place]}{number}" s="{self.styles[style, False]}" t="s"><v>{at}</v></c>'


def fit_text(text: str) -> str:
    """A text as a cell can hold it: no control characters, and not longer than a cell; a cut one says so."""
    text = _UNWRITABLE.sub("", text.replace("\r\n", "\n"))
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(CUT_MARK)] + CUT_MARK


def shared_texts(texts: Sequence[str]) -> str:
    """The part of shared texts."""
    items = "".join(f'<si><t xml:space="preserve">{escape(fit_text(text))}</t></si>' for text in texts)
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="{space}">{items}</sst>'
