"""How clerks write a day, read into a date."""

import re
import unicodedata
from datetime import date

from desktop.rules.wording import date_in_text

_WHOLE = re.compile(r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})日?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})(?:月|[-/.])(\d{1,2})[日号]?")


def read_day(text: str, year: int) -> date | None:
    """A day as clerks write it: 2026-11-23, 2026/11/23, 2026.11.23, 2026年11月23日, 20261123, or 11.23 in ``year``.

    None for anything else, also for a day that does not exist.
    """
    shadow = "".join(unicodedata.normalize("NFKC", text).split()).replace("。", ".")
    found = _WHOLE.fullmatch(shadow) or _DIGITS.fullmatch(shadow)
    if found:
        parts = (int(found[1]), int(found[2]), int(found[3]))
    elif short := _SHORT.fullmatch(shadow):
        parts = (year, int(short[1]), int(short[2]))
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def day_words(day: date | None) -> str:
    """2026年11月23日, or nothing."""
    return date_in_text(day) if day else ""
