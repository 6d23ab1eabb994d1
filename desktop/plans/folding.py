"""Width folding: one character of the text to one of its shadow, so that places stay the same."""

import unicodedata
from functools import lru_cache

_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"


@lru_cache(maxsize=4)
def fold_table(extra: tuple[tuple[str, str], ...]) -> dict[int, str]:
    """One character to one character: full width, compatibility forms, dashes, brackets, zero-width to U+200B."""
    table: dict[int, str] = {}
    for low, high in ((0x2E80, 0x2FDF), (0x3000, 0x3003), (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF00, 0xFFEF)):
        for code in range(low, high + 1):
            folded = unicodedata.normalize("NFKC", chr(code))
            if len(folded) == 1 and folded != chr(code):
                table[code] = folded
    table.update({ord(char): "(" for char in "〔［[【﹝"} | {ord(char): ")" for char in "〕］]】﹞"})
    table.update({ord(char): "—" for char in "―–─ー⸺﹘"} | {ord(char): "-" for char in "‐‑‒−"})
    table.update({ord(char): "\u200b" for char in _ZERO_WIDTH} | {0xA0: " ", 0x2002: " ", 0x2003: " ", 0x2009: " "})
    table.update({ord("｡"): "。", ord("､"): "、", ord("﹑"): "、", ord("∶"): ":", ord("︰"): ":", ord("\t"): " "})
    table.update({ord(old): new for old, new in extra})
    return table


def squeeze(text: str) -> str:
    """The text without any blanks."""
    return "".join(text.replace("\u200b", "").split())
