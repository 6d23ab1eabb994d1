"""Date phrases of plans: 2024年12月31日前, 10月底前, 2025年6月至8月, 二〇二四年年底 (plan-formats §3).

Pure functions on folded text without blanks. A phrase stands for its first and last day.
"""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date

from desktop.plans.numbers import chinese_number

_Y = r"(?:(?:19|20)\d{2}|[一二][〇○零九][〇○零一二三四五六七八九]{2})"
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_PART = (
    rf"(?P<m>{_N})月份?(?:(?P<d>{_N})[日号]|(?P<mpart>上旬|中旬|下旬|底|末|初))?"
    r"|(?:年|年度|度)?(?P<ypart>底|末|终|内|上半年|下半年|第?[一二三四1-4]季度(?:末|底|内)?)"
)
_PHRASE = re.compile(
    rf"(?P<y1>{_Y})年?度?[—\-~～至到](?P<y2>{_Y})年?(?:年|年度|度)?(?P<ytail>底|末)?(?!年|\d|[.\-/月])"
    rf"|(?P<iy>(?:19|20)\d{{2}})(?P<sep>[-./])(?P<im>\d{{1,2}})(?:(?P=sep)(?P<id>\d{{1,2}}))?(?![\d])"
    r"|(?<!\d)(?P<packed>(?:19|20)\d{6})(?!\d)日?"
    rf"|(?P<y>{_Y}(?=年)|今|本|当|明|次|来|后)年度?(?:{_PART})?"
    rf"|(?P<bare>(?<![\d一二三四五六七八九十])(?:{_PART.replace('(?P<', '(?P<b_')}))"
    rf"|(?<=[—\-~～至到])(?P<day>{_N})[日号]"
)
_BEFORE = re.compile(r"(?:之|以)?前(?![期后置述往列]|[一二两三四1-4]个?季)")
_LINK = re.compile(r"(?:起|开始)?(?:—{1,2}|-|~|～|至|到)$")
_RELATIVE = {"今": 0, "本": 0, "当": 0, "明": 1, "次": 1, "来": 1, "后": 2}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class Phrase:
    """One date phrase. ``last`` is None when no such day exists; ``precision`` is day, month, part or year.

    ``before`` says that 前 follows, ``closed`` that the phrase names an end (底, 末, 内), ``is_range`` that it is
    a range, ``years`` that it is a range of years; ``guessed_year`` that the year is not in the words.
    """

    start: int
    end: int
    first: date | None
    last: date | None
    precision: str
    before: bool = False
    closed: bool = False
    is_range: bool = False
    years: tuple[int, int] | None = None
    guessed_year: bool = False

    @property
    def is_impossible(self) -> bool:
        """True for 2月30日 and the like, and where the year is not known."""
        return self.last is None


def find_dates(text: str, year: int | None) -> list[Phrase]:
    """All date phrases of a folded text, in order, ranges joined; ``year`` stands in where none is written.

    A year named earlier in the same text goes before ``year``.
    """
    found: list[Phrase] = []
    current = year
    for match in _PHRASE.finditer(text):
        if match.group() in ("年底", "年末") and text[max(0, match.start() - 1) : match.start()] == "每":
            continue
        phrase = _phrase(match, current, found[-1] if found else None)
        if phrase is None:
            continue
        if phrase.last is not None:
            current = phrase.last.year
        tail = _BEFORE.match(text, phrase.end)
        if tail:
            phrase = replace(phrase, end=tail.end(), before=True)
        if found and _LINK.fullmatch(text[found[-1].end : phrase.start]) and not found[-1].before:
            phrase = _joined(found.pop(), phrase)
        found.append(phrase)
    return found


def _joined(first: Phrase, second: Phrase) -> Phrase:
    start = None if first.last is None or second.last is None else first.first
    return replace(second, start=first.start, first=start, is_range=True, guessed_year=first.guessed_year)


def _phrase(match: re.Match[str], year: int | None, previous: Phrase | None) -> Phrase | None:
    start, end = match.span()
    if match.group("y1"):
        low, high = (chinese_number(match.group(key)) or 0 for key in ("y1", "y2"))
        closed = bool(match.group("ytail"))
        return Phrase(start, end, date(low, 1, 1), date(high, 12, 31), "year", False, closed, True, (low, high))
    if match.group("iy"):
        return _day_or_month(start, end, int(match.group("iy")), int(match.group("im")), match.group("id"))
    if match.group("packed"):
        words = match.group("packed")
        return _day_or_month(start, end, int(words[:4]), int(words[4:6]), words[6:])
    if match.group("day"):
        before = previous.last if previous else None
        if before is None:
            return None
        return _day_or_month(start, end, before.year, before.month, match.group("day"))
    if match.group("y"):
        word = match.group("y")
        relative = _RELATIVE.get(word)
        named = chinese_number(word) if relative is None else (None if year is None else year + relative)
        return _in_year(match, "", start, end, named, relative is not None)
    return _in_year(match, "b_", start, end, year, True)


def _in_year(match: re.Match[str], key: str, start: int, end: int, year: int | None, guessed: bool) -> Phrase | None:
    month, part = match.group(key + "m"), match.group(key + "ypart")
    if key and (part in ("内", "终") or (part in ("底", "末") and match.group()[0] != "年")):
        return None
    if year is None:
        return Phrase(start, end, None, None, "day", guessed_year=True)
    if month:
        number = chinese_number(month) or 0
        phrase = _day_or_month(start, end, year, number, match.group(key + "d"), match.group(key + "mpart"))
        return replace(phrase, guessed_year=guessed)
    if part and ("季度" in part or "半年" in part):
        quarter = _QUARTERS.get(part.lstrip("第")[0])
        low, high = ((quarter - 1) * 3 + 1, quarter * 3) if quarter else ((1, 6) if part[0] == "上" else (7, 12))
        last = date(year, high, calendar.monthrange(year, high)[1])
        closed = part[-1] in "末底内"
        return Phrase(start, end, date(year, low, 1), last, "part", closed=closed, guessed_year=guessed)
    return Phrase(start, end, date(year, 1, 1), date(year, 12, 31), "year", closed=bool(part), guessed_year=guessed)


def _day_or_month(start: int, end: int, year: int, month: int, day: str | None, part: str | None = None) -> Phrase:
    if not 1 <= month <= 12 or not 1 <= year <= 9999:
        return Phrase(start, end, None, None, "day")
    length = calendar.monthrange(year, month)[1]
    if day:
        number = chinese_number(day) or 0
        found = date(year, month, number) if 1 <= number <= length else None
        return Phrase(start, end, found, found, "day")
    ends = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "下旬": (21, length)}
    low, high = ends.get(part or "", (1, length))
    return Phrase(start, end, date(year, month, low), date(year, month, high), "month", closed=part in ("底", "末"))
