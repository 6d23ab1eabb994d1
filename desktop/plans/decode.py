"""Bytes of a text file to text, by content: UTF-8, UTF-16 of either order, GB18030, Big5, with or without BOM."""

import codecs

from desktop.plans.everyday import share_of_words, simplified, traditional
from desktop.plans.sniff import kind_of
from desktop.plans.source import Source
from desktop.plans.unreadable import refuse_unreadable
from desktop.rules.drafts import Finding
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
    repaired = _repaired(text)
    if repaired is not None:
        sentence = "原文是乱码（中文被当作西文存过一次），已还原后读取，请对照原件核对。"
        return Source(name, repaired, findings=(Finding("repaired", sentence),))
    return Source(name, text, (), text.count("\ufffd"))


def _repaired(text: str) -> str | None:
    """Chinese that was once read as Western letters and saved so: the Chinese again, if that is what it is."""
    sample = text[:_SAMPLE]
    if sum("\x80" <= char <= "\xff" for char in sample) * 3 < len(sample):
        return None
    for encoding in ("utf-8", "gb18030"):
        try:
            repaired = b"".join(map(_byte, text)).decode(encoding)
        except (UnicodeEncodeError, UnicodeDecodeError):
            continue
        if share_of_words([repaired[:_SAMPLE]]) > _GOOD_SHARE:
            return repaired
    return None


def _byte(char: str) -> bytes:
    """The byte that a Western system shows as this character."""
    return char.encode("latin-1" if char <= "\xff" else "cp1252")


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
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "big5", "utf-32-le", "utf-32-be"):
        text = data[:_SAMPLE].decode(encoding, "replace")
        common = traditional() if encoding == "big5" else simplified() | traditional()
        share = sum(char in common for char in text) / max(1, len(text))
        found.append((share, encoding))
    return found


def _is_junk(text: str) -> bool:
    """More than a few control or undecodable characters: no clerk typed this."""
    sample = text[: _SAMPLE * 4]
    bad = sum(1 for char in sample if (char < " " and char not in "\t\r\n\f\v") or char == "\ufffd")
    damaged = text.count("\ufffd") / len(text) if text else 0
    return bad > max(3, len(sample) * 0.01) or damaged > max(_DAMAGE_SHARE, 3 / max(1, len(text)))
