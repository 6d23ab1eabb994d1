"""The lines inside a cell: which of them are one line that was wrapped, and which begin something new."""

import re
from collections.abc import Iterable, Iterator

from desktop.plans.aliases import SHORT_KINDS, UNIT_KINDS, Aliases
from desktop.plans.folding import squeeze
from desktop.plans.numbers import mark_at
from desktop.plans.units import COMPOUND_SURNAMES
from desktop.plans.view import Line

_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_OPEN_END = "、,(《“—-"
_CLOSING = "、,。;:)》”.!?%"
_TERMINAL = "。;:!?"
_SPLIT = re.compile(r"[、,;]")
_DATE_GOES_ON = re.compile(r"\d{0,2}[年月日号]|\d")
_YEAR = re.compile(r"(?:19|20)\d\d年")
_PARTY = re.compile(r"[区县市州省旗]委$|党委$|政府$")
_BRANCH = re.compile(r"[\u4e00-\u9fff]{1,5}分局$")
_COMPANY_BRANCH = re.compile(r"[\u4e00-\u9fff]{2,10}(?:分公司|支公司|营业部)$")
_BODY = re.compile(r"[\u4e00-\u9fff]{1,8}(?:部|办|办公室|局|委|分局)(?:[、,(]|$)")
_OWN = re.compile(r"[区县市州省旗镇乡各]")
# Ends that are no end in such a place: 区住房和城乡 + 建设局, 县农业农村 + 局, 高新区 + 管委会, 青柳县 + 水利局.
_HALF = re.compile(r"[区县市省州].*[乡村社会]$|[区县市]$")
_TAIL_ONLY = re.compile(r"(?:管委会|管理委员会|[\u4e00-\u9fff]{0,6}[局委办])(?:[、,(]|$)")
_COMPANY = re.compile(r"(?:股份|有限|责任|集团|控股)*(?:公司|集团)")
_OFFICIAL = re.compile(r"[区县市省州]")
_NARROWEST = 10


def lines_of(folded: str, start: int, end: int) -> Iterator[tuple[Line, bool]]:
    """The lines of a cell with words, each with whether a true paragraph end (a line feed) stands before it."""
    last = start
    for match in _LINE.finditer(folded, start, end):
        words = match.group()
        text = words.strip(" \u200b")
        if text:
            low = match.start() + len(words) - len(words.lstrip(" \u200b"))
            yield Line(low, low + len(text), text, False, False, False), "\n" in folded[last : match.start()]
        last = match.end()


def is_wrapped(paragraph: str, last: str, text: str, kind: str, hard: bool, width: int, aliases: Aliases) -> bool:
    """Does a line go on with the paragraph above it?

    All texts are folded and without blanks. ``last`` is the line above, ``width`` that of the longest line of its
    column that another one follows, ``hard`` that the file itself ends a paragraph there.
    """
    if text[0] in _CLOSING or paragraph[-1] in _OPEN_END or _is_open(paragraph, text):
        return True
    if hard and kind not in SHORT_KINDS:
        return False
    if paragraph[-1].isdigit() and _DATE_GOES_ON.match(text):
        return True
    if paragraph[-1] in "年月" and text[0].isdigit() and not _YEAR.match(text):
        return True
    mark = mark_at(text, 0)
    if mark is not None and not text[mark.end : mark.end + 1].isdigit():
        return False
    if kind in UNIT_KINDS:
        return _unit_goes_on(paragraph, text, aliases)
    if kind == "leaders":
        name, rest = _SPLIT.split(paragraph)[-1], _SPLIT.split(text)[0]
        if paragraph[-1] == "·" or text[0] == "·":
            return True
        return len(name) == 1 or len(rest) == 1 or name in COMPOUND_SURNAMES
    if kind == "deadline":
        return True
    if paragraph[-1] in _TERMINAL:
        return False
    return kind != "measures" or (width >= _NARROWEST and len(last) >= width - 2)


def is_torn(paragraph: str, text: str, kind: str, aliases: Aliases) -> bool:
    """Does the cell of a further row go on in the middle of a date or of a unit's name? Pages end inside of rows."""
    if kind == "deadline":
        return (paragraph[-1].isdigit() or paragraph[-1] in _OPEN_END) and bool(_DATE_GOES_ON.match(text))
    last, first = _SPLIT.split(paragraph)[-1], _SPLIT.split(text)[0]
    broken = _OFFICIAL.match(last) is not None and not last.endswith((*aliases.unit_ends, ")"))
    return kind in UNIT_KINDS and (paragraph[-1] in _OPEN_END or broken or len(first) == 1)


def _is_open(paragraph: str, text: str) -> bool:
    tail = paragraph[-40:]
    return tail.count("(") > tail.count(")") and ")" in text[:40]


def _unit_goes_on(paragraph: str, text: str, aliases: Aliases) -> bool:
    """Was the name of a unit broken? 区住房和城乡 + 建设局; 区委 + 宣传部; 市生态环境局 + 高新分局."""
    last = _SPLIT.split(paragraph)[-1]
    first = _SPLIT.split(text)[0]
    if len(first) == 1 or len(last) == 1 or _COMPANY.fullmatch(first):
        return True
    if _PARTY.search(last) and _BODY.match(text) and not _OWN.match(text):
        return True
    if text[0] == "(" or (last.endswith("公司") and _COMPANY_BRANCH.match(first)):
        return True
    if last.endswith("局") and _BRANCH.match(first) and not _OWN.match(first):
        return True
    if _HALF.search(last) and _TAIL_ONLY.match(text) and not _OWN.match(text):
        return True
    return not last.endswith((*aliases.unit_ends, ")"))


def widths_of(cells: Iterable[tuple[str, str]]) -> dict[str, int]:
    """For each kind the length of its longest line that another one follows; the cells are (kind, folded words)."""
    found: dict[str, int] = {}
    for kind, words in cells:
        lines = [len(squeeze(line)) for line in _LINE.findall(words)]
        found[kind] = max(found.get(kind, 0), max(lines[:-1], default=0))
    return found
