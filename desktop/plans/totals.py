"""The totals a preface states: how many problems in all, and how many for each year (plan-formats §8.5)."""

import re
from dataclasses import dataclass, field

from desktop.plans.aliases import Aliases
from desktop.plans.dates import find_dates
from desktop.plans.numbers import chinese_number

LONG_TERM = "long_term"
IMMEDIATE = "immediate"
_N = r"(\d{1,4}|[一二三四五六七八九十百]{1,5})"
_COUNT = re.compile(rf"{_N}(?:个|项|条|件)")
_NOUN = r"(?:问题|任务|事项)"
_TOTALS = (
    re.compile(
        r"(?:共|反馈|披露|曝光|通报|梳理|形成|涉及|指出|移交|交办|确定|明确|分解|细化|认领|承担|总计|合计|汇总|全部|完成)"
        rf"[^,。;]{{0,30}}?{_N}(?:个|项|条|件)[^,。;\d一二三四五六七八九十]{{0,10}}?{_NOUN}"
    ),
    re.compile(rf"{_N}(?:个|项|条|件)[^,。;\d]{{0,8}}{_NOUN}中"),
    re.compile(rf"{_NOUN}[^,。;\d]{{0,8}}?(?:共|共计|总计|合计|清单|有)?[^,。;\d]{{0,2}}?{_N}(?:个|项|条|件)"),
    re.compile(rf"(?:共|合计|总计)(?:计|有|梳理|形成)?{_N}(?:个|项|条|件)"),
)
_TOPIC = re.compile(r"问题|任务|整改|销号|事项")
_STANDING = re.compile(r"截[至止]")  # where a ledger says how far it is, not what a plan promises
_CUMULATIVE = re.compile(r"累计|全部|总共|共完成")
_OURS = re.compile(rf"(?:涉及|其中|交办|反馈)[^,。;\d]{{0,4}}(?:我|本)[区县州镇旗][^,。;\d]{{0,8}}?{_N}(?:个|项|条|件)")


@dataclass(frozen=True, slots=True)
class Totals:
    """``total`` as stated or summed, ``by_year`` in the order of the text; ``summed`` is the sum of the parts."""

    total: int | None
    by_year: tuple[tuple[str, int], ...] | None
    summed: int | None
    is_stated: bool


@dataclass(slots=True)
class _Parts:
    parts: dict[str, int] = field(default_factory=dict)
    waiting: list[int] = field(default_factory=list)
    year: int | None = None
    rest: int | None = None

    def add(self, key: str, count: int) -> None:
        self.parts[key] = self.parts.get(key, 0) + count

    @property
    def dated(self) -> int:
        return sum(count for key, count in self.parts.items() if key.isdigit())


def read_totals(text: str, aliases: Aliases) -> Totals:
    """Read a folded preface; cumulative counts are turned into counts of their own year (trap 32)."""
    sentences = [part for part in re.split(r"[。\n]", text) if _COUNT.search(part)]
    best, best_at = _Parts(), -1
    for index, sentence in enumerate(sentences):
        if _STANDING.match(sentence):
            continue
        found = _parts(sentence, aliases)
        if not _TOPIC.search(sentence) and not (len(found.parts) > 1 and "完成" in sentence):
            continue
        enough = len(found.parts) > 1 or (len(found.parts) == 1 and re.search(r"其中|共|全部|问题中", sentence))
        if enough and len(found.parts) > len(best.parts):
            best, best_at = found, index
    stated = _stated(sentences, best_at, sum(best.parts.values()))
    if stated is not None and best.rest is not None and best_at >= 0:
        left = stated - sum(best.parts.values())
        if left > 0:
            best.add(str(best.rest), left)
    if not best.parts:
        return Totals(stated, None, None, stated is not None)
    summed = sum(best.parts.values())
    return Totals(stated if stated is not None else summed, tuple(best.parts.items()), summed, stated is not None)


def _parts(sentence: str, aliases: Aliases) -> _Parts:
    found = _Parts()
    for segment in re.split(r"[,;、:]", sentence):
        counts = [value for value in map(chinese_number, _COUNT.findall(segment)) if value]
        phrases = [phrase for phrase in find_dates(segment, None) if phrase.last is not None]
        if phrases:
            _dated_segment(found, segment, phrases[-1].years, phrases[-1].last.year if phrases[-1].last else 0, counts)
        elif counts and any(word in segment for word in aliases.long_term):
            found.add(LONG_TERM, counts[-1])
        elif counts and any(word in segment for word in aliases.immediate):
            found.add(IMMEDIATE, counts[-1])
        elif counts and found.waiting:
            found.add(str(found.waiting.pop(0)), counts[-1])
        elif counts and found.year is not None:
            _year_count(found, found.year, segment, counts[-1])
    return found


def _dated_segment(found: _Parts, segment: str, years: tuple[int, int] | None, year: int, counts: list[int]) -> None:
    found.year = None
    if years is not None and "分别" in segment:
        found.waiting = list(range(years[0], years[1] + 1))
        if counts:
            found.add(str(found.waiting.pop(0)), counts[-1])
    elif counts:
        _year_count(found, year, segment, counts[-1])
    elif re.search(r"其余|剩余|余下|全部", segment):
        found.rest = year
    else:
        found.year = year


def _year_count(found: _Parts, year: int, segment: str, count: int) -> None:
    found.year = None
    if _CUMULATIVE.search(segment) and count >= found.dated:
        count -= found.dated
        if count == 0:
            return
    found.add(str(year), count)


def _stated(sentences: list[str], at: int, summed: int) -> int | None:
    """The total that is written out: one that equals the sum, else one beside the split, else our own district's."""
    found: list[tuple[int, int]] = []
    for index, sentence in enumerate(sentences):
        for pattern in _TOTALS:
            for match in pattern.finditer(sentence):
                if index == at and find_dates(match.group(), None):
                    continue
                value = chinese_number(match.group(1))
                if value:
                    found.append((index, value))
    if not found:
        return None
    values = [value for _, value in found]
    if at >= 0:
        if summed in values:
            return summed
        near = [value for index, value in found if index == at and value > 0]
        before = [value for index, value in found if index == at - 1]
        return near[0] if near else (before[-1] if before else None)
    ours = next((match for match in map(_OURS.search, sentences) if match), None)
    return chinese_number(ours.group(1)) if ours else values[0]
