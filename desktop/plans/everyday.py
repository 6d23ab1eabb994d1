"""Which characters everyday text is made of: by them encodings, garbage and traditional characters are told."""

from collections.abc import Iterable
from functools import lru_cache

_MARKS = "。，、：；？！（）《》〔〕【】“”‘’—…·～―　℃㎡①②③④⑤⑥⑦⑧⑨⑩"
_FEW = 40
_TRADITIONAL = 0.08


def _plain() -> set[str]:
    wide = {chr(code) for code in range(0xFF01, 0xFF5F)}
    return {chr(code) for code in range(32, 127)} | set("\t\r\n\f\ufeff") | set(_MARKS) | wide


def _pairs(encoding: str, high: range, low: Iterable[int]) -> frozenset[str]:
    tails = tuple(low)
    return frozenset(bytes((first, tail)).decode(encoding, "ignore") for first in high for tail in tails) - {""}


@lru_cache(maxsize=1)
def simplified() -> frozenset[str]:
    """ASCII, Chinese marks and the signs and hanzi of GB 2312, which everyday text hardly leaves."""
    return _pairs("gb2312", range(0xA1, 0xF8), range(0xA1, 0xFF)) | _plain()


@lru_cache(maxsize=1)
def traditional() -> frozenset[str]:
    """The same for Big5: its first level of 5,401 hanzi."""
    return _pairs("big5", range(0xA4, 0xC7), (*range(0x40, 0x7F), *range(0xA1, 0xFF))) | _plain()


def share_of_words(texts: Iterable[str]) -> float:
    """The share (0–1) of the characters that an everyday Chinese or English text is made of; 1 where there is none."""
    seen = good = 0
    for text in texts:
        for char in text:
            if not char.isspace():
                seen += 1
                good += char in simplified()
    return good / seen if seen else 1.0


def is_traditional(text: str) -> bool:
    """Is a text written in traditional characters? A few in names do not make it so."""
    hanzi = [char for char in text if "\u4e00" <= char <= "\u9fff"]
    only = traditional() - simplified()
    return len(hanzi) >= _FEW and sum(char in only for char in hanzi) > _TRADITIONAL * len(hanzi)
