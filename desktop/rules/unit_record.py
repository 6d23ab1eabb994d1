"""单位档案: all that is on record of one unit: problems by role, lights by month, reports, papers, visits, returns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.rules.chase_lines import SheetLine
from desktop.rules.followup import Rung
from desktop.rules.ladder import step_of
from desktop.rules.lifecycle import is_closed
from desktop.rules.lights import SHAPES, light_of
from desktop.rules.months import months_back
from desktop.rules.records import ROLE_WORDS, CaseFile, StepAction, UnitRole
from desktop.rules.region import Region
from desktop.rules.region_chasing import Light
from desktop.rules.standing import month_of
from desktop.rules.wording import closed, date_in_text, month_in_text

MONTHS = 12
BOUND = (UnitRole.LEAD, UnitRole.RESPONSIBLE)


@dataclass(frozen=True, slots=True)
class Counted:
    """A number with the problems behind it; ``words`` say what is counted."""

    words: str
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MonthLights:
    """How many of a unit's problems had each light in a month, with the problems."""

    month: str
    lights: tuple[tuple[Light, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class MonthReport:
    """What a unit did about a month's report, in words, and whether that was late."""

    month: str
    words: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Returned:
    """A problem of the unit that was sent back."""

    problem_id: str
    number: int
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """One unit's record as of a day. ``points`` is the sum by the region's rule, ``pointed`` what it is made of."""

    unit_id: str
    name: str
    as_of: date
    roles: tuple[Counted, ...]
    states: tuple[Counted, ...]
    months: tuple[MonthLights, ...]
    reports: tuple[MonthReport, ...]
    sheets: tuple[SheetLine, ...]
    visits: tuple[SheetLine, ...]
    returns: tuple[Returned, ...]
    points: int = 0
    pointed: tuple[str, ...] = ()

    @property
    def late_replies(self) -> int:
        """How many papers of the ladder are late in being answered."""
        return sum(line.state == "late" for line in self.sheets)


def unit_record(
    unit: tuple[str, str],
    cases: Iterable[CaseFile],
    lines: Sequence[SheetLine],
    reports: Sequence[MonthReport],
    region: Region,
    today: date,
) -> UnitRecord:
    """The record of a unit: ``unit`` is its id and name, ``cases`` those that name it, ``lines`` papers and visits.

    Lights are those of problems it leads or is responsible for, in the last twelve months.
    """
    row, name = unit
    own = tuple(case for case in cases if any(holder.unit_id == row for holder in case.units))
    bound = tuple(case for case in own if any(h.unit_id == row and h.role in BOUND for h in case.units))
    sheets = tuple(line for line in lines if line.kind == "chase" and line.unit_id == row)
    ids = {case.problem.id for case in bound}
    seen = (line for line in lines if line.kind == "visit")
    visits = tuple(v for v in seen if v.unit_id == row or (not v.unit_id and ids & {*v.problems}))
    pointed = tuple(_pointed(sheets, region))
    return UnitRecord(
        row,
        name,
        today,
        tuple(_roles(own, row)),
        tuple(_states(bound)),
        tuple(_months(bound, region, today)),
        tuple(reports),
        sheets,
        visits,
        tuple(_returns(bound)),
        sum(points for points, _ in pointed),
        tuple(words for _, words in pointed),
    )


def _roles(cases: Sequence[CaseFile], unit: str) -> Iterable[Counted]:
    for role, words in ROLE_WORDS.items():
        held = tuple(c.problem.id for c in cases if any(h.unit_id == unit and h.role == role for h in c.units))
        if held:
            yield Counted(words, held)


def _states(cases: Sequence[CaseFile]) -> Iterable[Counted]:
    done = tuple(case.problem.id for case in cases if is_closed(case))
    moved = tuple(case.problem.id for case in cases if case.problem.transferred_to and not is_closed(case))
    rest = tuple(case.problem.id for case in cases if case.problem.id not in {*done, *moved})
    for words, found in (("整改中", rest), ("已销号备案", done), ("已转入下一轮", moved)):
        if found:
            yield Counted(words, found)


def _months(cases: Sequence[CaseFile], region: Region, today: date) -> Iterable[MonthLights]:
    """The latest month first; a month before anything was reported shows nothing."""
    if region.lights is None:
        return
    first = min((entry.month for case in cases for entry in case.progress if entry.month), default="9999-99")
    for month in months_back(month_of(today), MONTHS):
        if month < first and month != month_of(today):
            return
        found: dict[Light, list[str]] = {light: [] for light in Light}
        for case in cases:
            state = light_of(case, region, today, month)
            if state:
                found[state.light].append(case.problem.id)
        if any(found.values()):
            yield MonthLights(month, tuple((light, tuple(ids)) for light, ids in found.items()))


def _returns(cases: Sequence[CaseFile]) -> Iterable[Returned]:
    found = [
        Returned(case.problem.id, case.problem.number, step.on, step.reason or step.text)
        for case in cases
        for step in case.steps
        if step.action == StepAction.RETURN
    ]
    return sorted(found, key=lambda one: one.on, reverse=True)


def _pointed(sheets: Sequence[SheetLine], region: Region) -> Iterable[tuple[int, str]]:
    for line in sheets:
        step = step_of(region, Rung(line.group))
        if step and step.points:
            yield step.points, f"{date_in_text(line.on)}{step.words}（问题{line.numbers}）{step.points}分"


# What the printed record says, a text for each box


def light_line(found: MonthLights, region: Region) -> str:
    """2026年11月：●蓝灯3个 ▲黄灯1个."""
    lights = region.lights
    if lights is None:
        return ""
    parts = [f"{SHAPES[light]}{lights.word(light)}{len(ids)}个" for light, ids in found.lights if ids]
    return f"{month_in_text(found.month)}：{'　'.join(parts)}"


def sheet_sentence(line: SheetLine) -> str:
    """2026年11月2日督办（文号），问题3、5，期限…，逾期未复."""
    number = f"（{line.doc_no}）" if line.doc_no else ""
    due = f"，期限{date_in_text(line.due)}" if line.due else ""
    answer = f"：{line.answer}" if line.answer else ""
    return closed(f"{date_in_text(line.on)}{line.what}{number}，问题{line.numbers}{due}，{line.state_words}{answer}")


def return_sentence(found: Returned) -> str:
    """问题3于2026年7月16日退回：原因."""
    return closed(f"问题{found.number}于{date_in_text(found.on)}退回：{found.reason}")


def _counts(found: Sequence[Counted]) -> str:
    return "，".join(f"{one.words}{len(one.problems)}个" for one in found)


def record_words(record: UnitRecord, region: Region) -> dict[str, str]:
    """The words of the printed record by field; what there is nothing of is 无."""
    lists = {
        "roles": [_counts(record.roles)],
        "states": [_counts(record.states)],
        "lights": [light_line(month, region) for month in record.months],
        "reports": [f"{month_in_text(one.month)}：{one.words}" for one in record.reports],
        "sheets": [sheet_sentence(line) for line in record.sheets],
        "visits": [sheet_sentence(line) for line in record.visits],
        "returns": [return_sentence(one) for one in record.returns],
        "points": [f"合计{record.points}分", *record.pointed] if record.points else [],
    }
    found = {name: "\n".join(line for line in lines if line) or "无" for name, lines in lists.items()}
    return found | {"unit": record.name, "as_of": date_in_text(record.as_of)}
