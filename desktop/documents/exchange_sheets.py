"""单位交换身份确认单 and 数据包交接单: the two sheets that go along with a stick, for signature and stamp."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from reportlab.graphics.barcode import qrencoder

from desktop.documents.flow import Cell, Part, Row, Style, paginate
from desktop.documents.fonts import FontSet, Role
from desktop.documents.forms import title_rows
from desktop.documents.grid import MM
from desktop.documents.page import Page, furniture, new_pen, read_page
from desktop.documents.pen import Pen
from desktop.documents.template import load_template
from desktop.rules.paper import Printed
from desktop.rules.wording import date_in_text

IDENTITY_KEY, SLIP_KEY, RECEIPT_KEY = "identity_sheet", "transfer_slip", "receipt_slip"
RENEWED_KEY, REPLACED_KEY, ENDED_KEY = "identity_renewed", "identity_replaced", "identity_ended"
_QR_SIDE = 34 * MM
_LABEL = 34 * MM
Draw = Callable[[Pen, float], None]


@dataclass(frozen=True, slots=True)
class IdentitySheet:
    """What the sheet of an office's keys says. ``digits`` are 8 groups of 5, ``coded`` what the picture holds.

    ``before`` are the digits that count no more, empty on a first sheet; ``digits`` are empty when no others follow.
    """

    office: str
    digits: str
    coded: str
    on: date
    person: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class TransferSlip:
    """What goes along with a package, as pairs of label and value, and who hands it over to whom."""

    number: str
    pairs: tuple[tuple[str, str], ...]
    sender: str
    receiver: str
    on: date


def print_identity_sheet(
    sheet: IdentitySheet, fonts: FontSet, folder: Path | None = None, key: str = IDENTITY_KEY
) -> Printed:
    """The sheet with the digits large, the same as a picture, and room for the stamp.

    ``key`` names the template: the first sheet, or one of 更新、变更、作废确认单, which name the former digits too.
    """
    template = load_template(key, folder)
    template.only(("sheet", "title", "text", "notes", "before", "now"))
    words = {"office": sheet.office, "on": date_in_text(sheet.on), "person": sheet.person or "＿＿＿＿"}
    page = read_page(template, words)
    pen = new_pen(page, fonts, template.filled("title", words), sheet.office, sheet.on)

    def draw(pen: Pen, top: float) -> None:
        _draw_code(pen, sheet.coded, page.left + page.inner - _QR_SIDE, top + 4 * MM)

    rows = [*title_rows(template.filled("title", words), page)]
    text, caption = Style(Role.FANG, 14, 25, 1, 1), Style(Role.HEI, 14, 28, 3, 1)
    rows += [Row((Cell(f"　　{template.filled('text', words)}", page.inner, text),), boxed=False)]
    if sheet.before:
        rows.append(Row((Cell(f"　　{template.filled('before', words)}", page.inner, caption),), boxed=False))
        rows += _digit_rows(sheet.before, page, Style(Role.SONG, 15, 26, 1, 1))
    drawings: dict[int, Draw] = {}
    if sheet.digits:
        if sheet.before:
            rows.append(Row((Cell(f"　　{template.filled('now', words)}", page.inner, caption),), boxed=False))
        drawings[len(rows)] = draw
        rows += _digit_rows(sheet.digits, page, Style(Role.SONG, 24, 40, 1, 2))
        rows.append(Row((), height=12 * MM, whole=True, boxed=False))
    rows += [
        Row((Cell(f"　　{template.fill('notes', note, words)}", page.inner, text),), boxed=False)
        for note in template.texts("notes")
    ]
    rows.append(_stamp_row(page, sheet.office, sheet.on))
    return _print(page, pen, rows, drawings)


def _digit_rows(digits: str, page: Page, style: Style) -> list[Row]:
    """The groups, four to a line, beside the room for the picture."""
    groups, width = digits.split(" "), page.inner - _QR_SIDE - 6 * MM
    lines = ["　".join(groups[at : at + 4]) for at in range(0, len(groups), 4)]
    return [Row((Cell(line, width, style, center=True),), whole=True, boxed=False) for line in lines]


def print_transfer_slip(
    slip: TransferSlip, fonts: FontSet, folder: Path | None = None, key: str = SLIP_KEY
) -> Printed:
    """The slip: number, counts and check digits in a table, and two signatures. ``key``: 交接单, or 回执单."""
    template = load_template(key, folder)
    template.only(("sheet", "title", "text"))
    words = {"number": slip.number, "sender": slip.sender, "receiver": slip.receiver, "on": date_in_text(slip.on)}
    page = read_page(template, words)
    pen = new_pen(page, fonts, template.filled("title", words), slip.sender, slip.on)
    label, value = Style(Role.HEI, 12, 18, 2, 5), Style(Role.FANG, 12, 18, 5, 5)
    rows = [*title_rows(template.filled("title", words), page)]
    for name, said in (*slip.pairs, ("交出人（签字）", ""), ("接收人（签字）", "")):
        high = 16 * MM if name.endswith("（签字）") else 0
        cells = (Cell(name, _LABEL, label, center=True), Cell(said or " ", page.inner - _LABEL, value))
        rows.append(Row(cells, height=high, whole=True))
    rows.append(Row((), height=5 * MM, whole=True, boxed=False))
    text = Style(Role.FANG, 10.5, 16, 1, 1)
    rows.append(Row((Cell(template.filled("text", words), page.inner, text),), boxed=False))
    return _print(page, pen, rows, {})


def _stamp_row(page: Page, office: str, on: date) -> Row:
    """Office and date at the right, with room for the stamp over them; the program never draws a seal."""
    style = Style(Role.FANG, 14, 25, 1, 24 * MM)
    half = page.inner / 2
    words = f"{office}（盖章）\n{date_in_text(on)}"
    return Row((Cell(" ", half, style), Cell(words, half, style, center=True)), height=58 * MM, whole=True, boxed=False)


def _print(page: Page, pen: Pen, rows: list[Row], drawings: Mapping[int, Draw]) -> Printed:
    pages = list(paginate(rows, pen.broken, page.room, page.room))
    tops = _tops(pages, rows)
    for number, parts in enumerate(pages, 1):
        pen.begin_page()
        furniture(pen, page, number, len(pages))
        pen.parts(parts, page.left, page.top)
        for at, draw in drawings.items():
            on, top = tops[at]
            if on == number:
                draw(pen, page.top + top)
        pen.end_page()
    data = pen.finish()
    return Printed(data, pen.pages, pen.missing_characters, pen.fonts.names())


def _tops(pages: list[list[Part]], rows: list[Row]) -> dict[int, tuple[int, float]]:
    """On which page each row begins, and how far from the top of the room."""
    places: dict[int, tuple[int, float]] = {}
    for number, parts in enumerate(pages, 1):
        for part in parts:
            at = next(k for k, row in enumerate(rows) if row is part.row)
            places.setdefault(at, (number, part.top))
    return places


def _draw_code(pen: Pen, text: str, x: float, top: float) -> None:
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    count = code.getModuleCount()
    side = _QR_SIDE / count
    for row, column in _dark(code, count):
        pen.rect(x + column * side, pen.height - top - (row + 1) * side, side, side, stroke=0, fill=1)


def _dark(code: Any, count: int) -> Iterator[tuple[int, int]]:
    return ((r, c) for r in range(count) for c in range(count) if code.isDark(r, c))
