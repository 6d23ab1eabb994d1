"""The marks by which an exported ledger is known again: a hidden column of row ids and a hidden sheet.

The sheet names the office, the columns, and for each problem a short digest of every cell as it was written. So a
re-import knows which cells the clerk changed, whatever the ledger has become since; and both survive other programs,
which keep hidden columns and sheets but drop what they do not know.
"""

import re
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from desktop.rules.texts import clean
from desktop.rules.wording import NO_TEXT

SHEET = "导出标识"
SIGN = "督察整改台账导出"
VERSION = 1
ID_TITLE = "标识（请勿改动）"
ALL, PART = "all", "part"
_TRAILING = re.compile(r"[ \t\u3000]+(?=\n|$)")
_NON_CHARACTERS = re.compile(r"[\ufffe\uffff]")
_ODD = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\uffff]|[ \u3000]\n"
)
_BLANK = ("", NO_TEXT, "／")


@dataclass(frozen=True, slots=True)
class BookMarks:
    """What a workbook says of itself: whose ledger it is, of which day, all problems or a choice of them."""

    office_id: str
    office: str
    on: str
    scope: str


def normal(value: object) -> str:
    """A cell in one writing, however a program stored it: 5.0 is 5, a time at midnight a date, / is blank."""
    if type(value) is not str:
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if value is None or isinstance(value, bool):
            return ""
    text = str(value).strip()
    if not text:
        return ""
    if _ODD.search(text) or not unicodedata.is_normalized("NFC", text):
        text = _TRAILING.sub("", clean(_NON_CHARACTERS.sub("", text)))
    return "" if text in _BLANK else text


def digest(value: object) -> str:
    """A short mark of a cell's content: eight hex digits."""
    return digest_of(normal(value))


def digest_of(text: str) -> str:
    """The mark of a cell whose content is in one writing already."""
    return f"{zlib.crc32(text.encode('utf-8', 'replace')):08x}"


def head_rows(marks: BookMarks, columns: Sequence[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """The first rows of the hidden sheet: the sign, then keys and titles of the columns."""
    sign = (SIGN, str(VERSION), marks.office_id, marks.office, marks.on, marks.scope)
    return sign, ("列", *(key for key, _ in columns)), ("标题", *(title for _, title in columns))
