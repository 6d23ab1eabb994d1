"""Bytes of a text file to text, by content: UTF-8, UTF-16 of either order, GB18030, Big5, with or without BOM."""

import codecs
from functools import lru_cache

from desktop.plans.sniff import kind_of
from desktop.plans.source import Source
from desktop.plans.unreadable import refuse_unreadable
from desktop.rules.errors import Refused

MAX_BYTES = 20 * 1024 * 1024
_SAMPLE = 65536
_GOOD_SHARE = 0.85
_DAMAGE_SHARE = 0.002
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, name: str) -> Source:
    """Turn the bytes of a text file into text; the encoding is found by content.

    Refused: empty, larger than 20 MB, another format under any name, or no text at all.
    """
    if not data.strip(b" \t\r\n\x00"):
        raise Refused(f"“{name}”是空文件，没有可读的文字，台账未作改动；请检查是否选错文件或没有保存。", "empty_file")
    if len(data) > MAX_BYTES:
        size = len(data) / 1024 / 1024
        raise Refused(
            f"“{name}”有{size:.0f} MB，超过文本方案20 MB的上限，台账未作改动；请只留方案和清单部分再导入。", "too_large"
        )
    kind = kind_of(data)
    if kind is not None:
        refuse_unreadable(kind, name)
    text = _text(data)
    if text is None or _is_junk(text):
        sentence = f"“{name}”的内容不是文字，无法读取，台账未作改动；请换成方案的文件（docx、xlsx、PDF或TXT）。"
        raise Refused(sentence, "not_a_text")
    if not text.strip():
        raise Refused(f"“{name}”里只有空白，没有可读的文字，台账未作改动；请检查是否选错文件。", "empty_file")
    return Source(name, text, (), text.count("\ufffd"))


def _text(data: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    if b"\x00" not in data:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    best = max(_candidates(data), key=lambda pair: pair[0])
    share, encoding = best
    if share < _GOOD_SHARE:
        return None
    return data.decode(encoding, "replace")


def _candidates(data: bytes) -> list[tuple[float, str]]:
    """Each encoding with the share of its sample that reads as everyday Chinese or plain ASCII."""
    found = []
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5"):
        text = data[:_SAMPLE].decode(encoding, "replace")
        common = _common_big5() if encoding == "big5" else _common()
        share = sum(char in common for char in text) / max(1, len(text))
        found.append((share, encoding))
    return found


def _is_junk(text: str) -> bool:
    """More than a few control or undecodable characters: no clerk typed this."""
    sample = text[: _SAMPLE * 4]
    bad = sum(1 for char in sample if (char < " " and char not in "\t\r\n\f\v") or char == "\ufffd")
    damaged = text.count("\ufffd") / len(text) if text else 0
    return bad > max(3, len(sample) * 0.01) or damaged > max(_DAMAGE_SHARE, 3 / max(1, len(text)))


def _ascii_and_marks() -> set[str]:
    marks = "。，、：；？！（）《》〔〕【】“”‘’—…·～―　℃㎡①②③④⑤⑥⑦⑧⑨⑩" + "".join(chr(c) for c in range(0xFF01, 0xFF5F))
    return {chr(c) for c in range(32, 127)} | set("\t\r\n\f\ufeff") | set(marks)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """ASCII, Chinese punctuation and the hanzi of GB 2312, which everyday text hardly leaves."""
    rows = bytes(b for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF) for b in (high, low))
    return frozenset(_ascii_and_marks() | set(rows.decode("gb2312", "ignore")))


@lru_cache(maxsize=1)
def _common_big5() -> frozenset[str]:
    """The same for Big5: its first level of 5,401 hanzi."""
    rows = bytes(
        b for high in range(0xA4, 0xC7) for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF)) for b in (high, low)
    )
    return frozenset(_ascii_and_marks() | set(rows.decode("big5", "ignore")))
