"""Papers of the ladder and visits as lines: one for each paper or visit, whatever number of problems it is about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.rules.followup import Chase, Visit
from desktop.rules.ladder import rung_words
from desktop.rules.region import Region

SOON_DAYS = 3


class SheetState(StrEnum):
    """Where a paper or a visit's demand stands, the most pressing first."""

    LATE = "late"
    WAITING = "waiting"
    REPLIED = "replied"
    NO_DEMAND = "no_demand"
    SETTLED = "settled"


CHASE_STATES = {
    SheetState.LATE: "逾期未复",
    SheetState.WAITING: "待回复",
    SheetState.REPLIED: "已回复，待办结",
    SheetState.SETTLED: "已办结",
}
VISIT_STATES = {
    SheetState.LATE: "逾期未改",
    SheetState.WAITING: "待整改",
    SheetState.NO_DEMAND: "没有要求",
    SheetState.SETTLED: "已办结",
}


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One paper (``kind`` chase, ``group`` the rung) or visit (both ``visit``).

    ``what`` is its rung or way in words, ``text`` what is asked or was found, ``answer`` what came of it, ``left`` the
    days in words, ``order`` puts the most pressing first.
    """

    sheet: str
    kind: str
    group: str
    what: str
    unit: str
    unit_id: str
    problems: tuple[str, ...]
    numbers: str
    on: date
    due: date | None
    state: SheetState
    state_words: str
    left: str
    tone: str
    text: str
    answer: str
    doc_no: str = ""

    @property
    def is_open(self) -> bool:
        """True while something is waited for."""
        return self.state in (SheetState.LATE, SheetState.WAITING, SheetState.REPLIED)


def chase_lines(
    rows: Iterable[Chase], units: Mapping[str, str], numbers: Mapping[str, int], region: Region, today: date
) -> tuple[SheetLine, ...]:
    """The lines of papers; ``units`` gives names by id, ``numbers`` the numbers of problems by row id."""
    return tuple(_chase(sheet, units, numbers, region, today) for sheet in _sheets(rows))


def visit_lines(
    rows: Iterable[Visit], units: Mapping[str, str], numbers: Mapping[str, int], today: date
) -> tuple[SheetLine, ...]:
    """The lines of visits."""
    return tuple(_visit(sheet, units, numbers, today) for sheet in _sheets(rows))


def pressing_first(lines: Iterable[SheetLine]) -> tuple[SheetLine, ...]:
    """Late ones first, the longest late on top; what is settled last, the latest on top."""
    order = {state: place for place, state in enumerate(SheetState)}
    open_ones = sorted(
        (line for line in lines if line.is_open), key=lambda one: (order[one.state], one.due or date.max)
    )
    rest = sorted((line for line in lines if not line.is_open), key=lambda one: one.on, reverse=True)
    return (*open_ones, *rest)


def due_words(due: date | None, today: date) -> str:
    """还有3天, 今天到期, 逾期5天, 未定期限."""
    if due is None:
        return "未定期限"
    left = (due - today).days
    return f"还有{left}天" if left > 0 else f"逾期{-left}天" if left else "今天到期"


def _chase(
    rows: Sequence[Chase], units: Mapping[str, str], numbers: Mapping[str, int], region: Region, today: date
) -> SheetLine:
    first = next((row for row in rows if row.is_open), rows[0])
    if not first.is_open:
        state = SheetState.SETTLED
    elif first.replied_on:
        state = SheetState.REPLIED
    else:
        state = SheetState.LATE if first.is_late(today) else SheetState.WAITING
    waits = state in (SheetState.LATE, SheetState.WAITING)
    answer = _joined(first.reply, first.close_no, first.close_note)
    return SheetLine(
        first.sheet,
        "chase",
        first.rung.value,
        rung_words(region, first.rung),
        units.get(first.unit_id, ""),
        first.unit_id,
        tuple(row.problem_id for row in rows),
        _numbers(rows, numbers),
        first.on,
        first.due,
        state,
        CHASE_STATES[state],
        due_words(first.due, today) if waits else CHASE_STATES[state],
        _tone(state, first.due, today),
        first.text,
        answer,
        first.doc_no,
    )


def _visit(rows: Sequence[Visit], units: Mapping[str, str], numbers: Mapping[str, int], today: date) -> SheetLine:
    first = next((row for row in rows if row.is_open), rows[0])
    if first.is_open:
        state = SheetState.LATE if first.due and first.due < today else SheetState.WAITING
    else:
        state = SheetState.SETTLED if first.demand else SheetState.NO_DEMAND
    text = f"{first.found}\n要求：{first.demand}" if first.demand else first.found
    return SheetLine(
        first.sheet,
        "visit",
        "visit",
        first.way or "检查",
        units.get(first.unit_id, ""),
        first.unit_id,
        tuple(row.problem_id for row in rows),
        _numbers(rows, numbers),
        first.on,
        first.due,
        state,
        VISIT_STATES[state],
        due_words(first.due, today) if first.is_open else VISIT_STATES[state],
        _tone(state, first.due, today),
        text,
        _joined(first.result, first.handled),
    )


def _tone(state: SheetState, due: date | None, today: date) -> str:
    if state == SheetState.WAITING:
        return "warn" if due and (due - today).days <= SOON_DAYS else ""
    return {SheetState.LATE: "late", SheetState.REPLIED: "accent"}.get(state, "muted")


def _numbers(rows: Sequence[Chase] | Sequence[Visit], numbers: Mapping[str, int]) -> str:
    return "、".join(str(number) for number in sorted(numbers[r.problem_id] for r in rows if r.problem_id in numbers))


def _sheets(rows: Iterable[Chase] | Iterable[Visit]) -> list[list]:  # type: ignore[type-arg]
    found = defaultdict(list)
    for row in rows:
        found[row.sheet].append(row)
    return list(found.values())


def _joined(*parts: str) -> str:
    """Several sentences as one, without a full stop before a semicolon."""
    return "；".join(part for part in parts if part).replace("。；", "；")
