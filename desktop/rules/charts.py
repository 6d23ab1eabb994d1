"""Charts as data: what is counted, in which order, and which problems stand behind every bar (domain §5.1).

How a chart looks is decided once, in ``documents.charts``, for paper and screen alike.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desktop.rules.figure_groups import Dimension, GroupRow, group_figures
from desktop.rules.figures import FigureOptions, slot_of
from desktop.rules.records import ProgressClass
from desktop.rules.standing import SLOT_WORDS, Slot, Standing

MONTHS_SHOWN = 12
UNITS_SHOWN = 15
AGES = ((30, "30天以内"), (90, "31—90天"), (180, "91—180天"), (365, "181—365天"), (None, "一年以上"))


class Shape(StrEnum):
    """Upright bars, lying bars made of parts, or lines over the months."""

    BARS = "bars"
    STACKED = "stacked"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of numbers, one for each category, and the problems behind each. ``tone`` names its colour."""

    name: str
    tone: str
    problems: tuple[tuple[str, ...], ...]

    @property
    def values(self) -> tuple[int, ...]:
        """How many problems each category has."""
        return tuple(map(len, self.problems))


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart. ``remark`` says how it is counted where that is not plain; ``left_out`` categories not shown."""

    key: str
    title: str
    shape: Shape
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    remark: str = ""

    @property
    def is_empty(self) -> bool:
        """True when there is nothing to draw."""
        return not self.categories or not any(any(series.values) for series in self.series)


def all_charts(standings: Sequence[Standing], as_of: date, options: FigureOptions | None = None) -> tuple[Chart, ...]:
    """The four charts of the figures, as of a date."""
    return (
        progress_chart(standings, as_of, options),
        unit_chart(standings, options),
        age_chart(standings, as_of),
        burn_down_chart(standings, as_of),
    )


def progress_chart(standings: Sequence[Standing], as_of: date, options: FigureOptions | None = None) -> Chart:
    """Problems finished and struck off by the end of each of the last twelve months, up to the cut-off date.

    Of those that count as finished at the cut-off date, so that the last point is the figure of the sentence.
    """
    ends, chosen = _month_ends(as_of, MONTHS_SHOWN), options or FigureOptions()
    counted = [s for s in standings if slot_of(s, chosen) == Slot.COMPLETED]
    done = tuple(tuple(s.problem_id for s in counted if (s.finished_on or as_of) <= end) for end in ends)
    closed = tuple(tuple(s.problem_id for s in standings if s.closed_on and s.closed_on <= end) for end in ends)
    series = (Series("累计完成整改", "ok", done), Series("累计销号备案", "plain", closed))
    return Chart("progress", "各月累计完成情况", Shape.LINES, _month_words(ends), series)


def unit_chart(standings: Sequence[Standing], options: FigureOptions | None = None) -> Chart:
    """The classes of each responsible unit's problems, those with the most problems first."""
    rows = group_figures(standings, Dimension.RESPONSIBLE, options)
    shown = rows[:UNITS_SHOWN]
    tones = (
        (Slot.COMPLETED, "ok"),
        (Slot.MOSTLY_DONE, "mild"),
        (Slot.ON_SCHEDULE, "plain"),
        (Slot.LONG_TERM, "soft"),
        (Slot.BEHIND, "late"),
        (Slot.TRANSFERRED, "muted"),
    )
    series = tuple(Series(SLOT_WORDS[slot], tone, tuple(_in_slot(row, slot) for row in shown)) for slot, tone in tones)
    left = len(rows) - len(shown)
    remark = "一个问题有几个责任单位的，分别计入各单位。" + (f"另有{left}个单位没有画出，见表。" if left else "")
    used = tuple(one for one in series if any(one.values))
    return Chart("units", "各责任单位整改情况", Shape.STACKED, tuple(row.name for row in shown), used, remark)


def age_chart(standings: Sequence[Standing], as_of: date) -> Chart:
    """For how long the overdue problems have been overdue."""
    found: list[list[str]] = [[] for _ in AGES]
    for standing in standings:
        if standing.progress == ProgressClass.OVERDUE and standing.slot == Slot.BEHIND and standing.deadline:
            days = (as_of - standing.deadline).days
            place = next(at for at, (limit, _) in enumerate(AGES) if limit is None or days <= limit)
            found[place].append(standing.problem_id)
    series = Series("逾期问题", "late", tuple(map(tuple, found)))
    return Chart("ages", "逾期问题按逾期时间分布", Shape.BARS, tuple(words for _, words in AGES), (series,))


def burn_down_chart(standings: Sequence[Standing], as_of: date) -> Chart:
    """What should be left by each deadline, and what was left unfinished up to the cut-off date."""
    dated = [s for s in standings if s.deadline and not s.is_long_term and not s.is_transferred]
    if not dated:
        return Chart("burn_down", "对照时限的剩余问题", Shape.LINES, (), ())
    days = [s.deadline for s in dated if s.deadline]
    first, last = min(*days, as_of), max(*days, as_of)
    ends = _spread(first, last, as_of)
    planned = tuple(tuple(s.problem_id for s in dated if s.deadline and s.deadline > end) for end in ends)
    actual = tuple(
        tuple(s.problem_id for s in dated if not (s.finished_on and s.finished_on <= end))
        for end in ends
        if end.replace(day=1) <= as_of
    )
    series = (Series("按时限应剩", "muted", planned), Series("实际未完成", "late", actual))
    remark = "长期坚持、未定期限和已转入的问题不计入。"
    return Chart("burn_down", "对照时限的剩余问题", Shape.LINES, _month_words(ends), series, remark)


def _in_slot(row: GroupRow, slot: Slot) -> tuple[str, ...]:
    return row.slots.get(slot, ())


def _month_ends(as_of: date, count: int) -> tuple[date, ...]:
    """The last days of the months before, and the cut-off date itself as the last one."""
    ends = [as_of]
    while len(ends) < count:
        ends.append(ends[-1].replace(day=1) - timedelta(days=1))
    return tuple(reversed(ends))


def _spread(first: date, last: date, shown: date) -> tuple[date, ...]:
    """Ends of months from the first to the last day, at most about two years of them evenly apart.

    The months of ``shown`` and of the last day are always among them.
    """
    ends = []
    month = first.replace(day=1)
    while month <= last:
        following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
        ends.append(following - timedelta(days=1))
        month = following
    step = -(-len(ends) // (2 * MONTHS_SHOWN - 1))
    at = next(place for place, end in enumerate(ends) if end >= shown)
    return tuple(end for place, end in enumerate(ends) if (place - at) % step == 0 or end == ends[-1])


def _month_words(ends: Iterable[date]) -> tuple[str, ...]:
    return tuple(f"{end.year % 100:02d}.{end.month}" for end in ends)
