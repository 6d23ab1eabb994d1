"""What a clerk typed or pasted, made fit to keep: one normal form, no characters that cannot be read."""

import re
import unicodedata
from datetime import date

_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_DAY = re.compile(r"(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*日?")


def clean(text: str) -> str:
    """A text in NFC without control and invisible characters, blanks trimmed; line breaks inside are kept."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", _SURROGATES.sub("", whole))).strip()


def find_days(text: str) -> tuple[date, ...]:
    """All whole dates written in a text (2026-11-23, 2026年11月23日, 2026/11/23); impossible ones are passed over."""
    found = []
    for year, month, day in _DAY.findall(unicodedata.normalize("NFKC", text)):
        try:
            found.append(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return tuple(found)
