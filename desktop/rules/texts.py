"""What a clerk typed or pasted, made fit to keep: one normal form, no characters that cannot be read."""

import re
import unicodedata
from datetime import date

_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_DAY = re.compile(r"(?<!\d)(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})(?!\d)\s*日?")
EARLIEST, LATEST = 1949, 2100  # years outside are slips of the keyboard, and no calendar reckons beyond them


def clean(text: str) -> str:
    """A text in NFC without control and invisible characters, blanks trimmed; line breaks inside are kept."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", _SURROGATES.sub("", whole))).strip()


def one_line(text: str) -> str:
    """A clean text that stands in one line, such as a name or a 文号: line breaks and tabs become blanks."""
    return " ".join(re.split(r"[\n\t\u2028\u2029]+", clean(text))).strip()


def find_days(text: str) -> tuple[date, ...]:
    """All whole dates written in a text (2026-11-23, 2026年11月23日, 2026/11/23); impossible ones are passed over.

    So are years before 1949 and after 2100.
    """
    return tuple(day for found in _DAY.finditer(unicodedata.normalize("NFKC", text)) if (day := _day(found)))


def read_day(text: str) -> date | None:
    """The date a text consists of, in the writings of ``find_days``; None when it is anything else."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return _day(found) if found else None


def has_wrong_day(text: str) -> bool:
    """True when a text holds something written like a date that is none, such as 2025-02-30."""
    return any(_day(found) is None for found in _DAY.finditer(unicodedata.normalize("NFKC", text)))


def _day(found: re.Match[str]) -> date | None:
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day) if EARLIEST <= year <= LATEST else None
    except ValueError:
        return None
