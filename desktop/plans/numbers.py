"""Chinese numerals and the numbering styles of plans (plan-formats §2)."""

import re
from dataclasses import dataclass

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_CN = "〇○零一二三四五六七八九十百两"
NUM = rf"(?:\d{{1,4}}|[{_CN}]{{1,7}})"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟"

_MARK = rf"""
  第(?P<F>{NUM})(?:项|号|个问题|个|件)(?:整改任务|反馈问题|整改问题|任务|问题|事项)?(?P<ext>\({NUM}\))?[:、.,]?
| (?:问题编号|问题序号|任务编号|任务序号|整改序号|序号|编号)[:.]?(?P<F2>{NUM})(?![\dA-Za-z])[:、.,]?
| (?:整改任务|反馈问题|整改问题|问题|任务)(?P<F3>{NUM})(?:[:、.]|(?=\n|\Z))
| \(序号(?P<F4>{NUM})\)
| 措施(?P<M>{NUM})[:、.]
| (?P<G>[一二三四五六七八九十]{{1,3}})是(?!否)
| (?P<A>[{_CN}]{{1,5}})(?:、|[.:,;](?!\d))
| \((?P<B>[{_CN}]{{1,5}})\)[、.:,]?
| (?P<C>\d{{1,3}})(?:、|[.:](?!\d)|\.(?=(?:19|20)\d\d[年.\-/]))
| \((?P<D>\d{{1,3}})\)[、.:,]?
| (?P<P>\d{{1,2}})\)
| (?P<E>[{CIRCLED}])
"""
MARK = re.compile(_MARK, re.X)
_LINE_MARK = re.compile(rf"^(?:{_MARK})", re.X | re.M)
_INLINE_MARK = re.compile(rf"(?<=[。;:,!?”)、])(?:{_MARK})", re.X)
# Order of styles from outer to inner; a heading of an outer style ends what an inner one began.
OUTER_FIRST = "FABCPDEGM"


@dataclass(frozen=True, slots=True)
class Mark:
    """One number token: its place on the shadow, its style letter and its value."""

    start: int
    end: int
    style: str
    value: int
    token: str


def chinese_number(text: str) -> int | None:
    """Read 五, 十六, 一百零五, 二〇二四 or 16 as a number; None when it is no number."""
    if not text:
        return None
    if text.isdigit():
        return int(text)
    if len(text) > 1 and all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total = current = 0
    for char in text:
        if char in _DIGITS:
            current = _DIGITS[char]
        elif char in "十百":
            total += (current or 1) * (10 if char == "十" else 100)
            current = 0
        else:
            return None
    return total + current


def to_chinese(number: int) -> str:
    """Write 1–999 as a Chinese numeral (16 → 十六); other numbers stay arabic."""
    if not 0 < number < 1000:
        return str(number)
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (digits[ones] if ones else "")


def mark_at(text: str, position: int) -> Mark | None:
    """The number token that begins at the position, if any."""
    match = MARK.match(text, position)
    return _mark(match) if match else None


def line_marks(text: str, start: int = 0, end: int | None = None) -> list[Mark]:
    """All number tokens at the beginning of paragraphs of ``text[start:end]``."""
    found = (_mark(match) for match in _LINE_MARK.finditer(text, start, len(text) if end is None else end))
    return [mark for mark in found if mark is not None]


def inline_marks(text: str, start: int, end: int) -> list[Mark]:
    """All number tokens that follow a punctuation mark inside ``text[start:end]``."""
    found = (_mark(match) for match in _INLINE_MARK.finditer(text, start, end))
    return [mark for mark in found if mark is not None]


def _mark(match: re.Match[str]) -> Mark | None:
    for group in ("F", "F2", "F3", "F4", "M", "G", "A", "B", "C", "D", "P", "E"):
        token = match.group(group)
        if token is None:
            continue
        value = CIRCLED.index(token) + 1 if group == "E" else chinese_number(token)
        if value is None or value == 0:
            return None
        return Mark(match.start(), match.end(), group[0], value, match.group(0))
    return None
