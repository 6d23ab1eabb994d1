"""The monthly form (填报表) of a unit without the program: its rows, what comes back in them, and what is wrong there.

One row for each measure that the unit leads or is responsible for. What is filled in is checked row by row, in words
with the row's number as the spreadsheet shows it; a row that is wrong is not taken, one that is odd is told.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from desktop.rules.lifecycle import is_closed, is_elsewhere, passed_gates
from desktop.rules.records import PROGRESS_WORDS, CaseFile, Gate, Measure, Progress, ProgressClass, UnitRole
from desktop.rules.texts import clean
from desktop.rules.wording import date_in_text

ROLES = (UnitRole.LEAD, UnitRole.RESPONSIBLE)
CLAIMS = tuple(PROGRESS_WORDS.values())
_DONE = PROGRESS_WORDS[ProgressClass.COMPLETED]
LONGEST_TEXT = 4_000
_DATE_BEFORE = re.compile(r"^[\d年月日底前、，\s]{6,}")


@dataclass(frozen=True, slots=True)
class Filled:
    """What a unit fills into a row, or what is already reported of it for the month."""

    text: str = ""
    percent: int | None = None
    quantity: int | None = None
    claimed: str = ""
    difficulty: str = ""
    next_step: str = ""
    expected_on: date | None = None
    reporter: str = ""
    checker: str = ""

    @property
    def is_blank(self) -> bool:
        """True when nothing was filled in; who fills in and checks says nothing by itself."""
        return replace(self, reporter="", checker="") == Filled()


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of a form.

    ``last`` is the latest entry before the month, ``now`` what is reported for it already; ``measure`` is None for a
    problem without measures. ``folder`` is the name of the folder for its photos.
    """

    case: CaseFile
    measure: Measure | None
    last: Progress | None = None
    now: Progress | None = None
    folder: str = ""

    @property
    def key(self) -> str:
        """The row's id: that of the measure, else of the problem."""
        return self.measure.id if self.measure else self.case.problem.id

    @property
    def last_quantity(self) -> int | None:
        """The quantity last reported before the month."""
        return self.last.quantity_done if self.last else None


@dataclass(frozen=True, slots=True)
class Mistakes:
    """What is wrong in a row (it is not taken) and what is odd (it is taken and told)."""

    errors: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def form_rows(cases: Iterable[CaseFile], month: str) -> Iterator[FormRow]:
    """The rows of some problems in a month (``2026-11``), where a report is still asked for or has come."""
    for case in cases:
        if is_closed(case) or is_elsewhere(case.problem):
            continue
        asked = Gate.SELF_CHECK not in passed_gates(case)
        for measure in case.measures or (None,):
            row = form_row(case, measure, month)
            if asked or row.now:
                yield row


def form_row(case: CaseFile, measure: Measure | None, month: str) -> FormRow:
    """One row with what was reported before the month and in it."""
    own = [p for p in case.progress if p.measure_id == (measure.id if measure else "")]
    before, during = [p for p in own if p.month < month], [p for p in own if p.month == month]
    name = folder_name(case, measure)
    return FormRow(case, measure, before[-1] if before else None, during[-1] if during else None, name)


def folder_name(case: CaseFile, measure: Measure | None) -> str:
    """问题5-措施2 完成超低排放改造: what any system takes as the name of a folder, short enough for a stick."""
    head = measure.text if measure else case.problem.text
    words = "".join(char for char in _DATE_BEFORE.sub("", head) if char.isalnum())[:12]
    place = f"问题{case.problem.number}" + (f"-措施{measure.number}" if measure else "")
    return f"{place} {words}".strip()


def filled_of(entry: Progress | None) -> Filled:
    """What an entry says, in the cells of a form."""
    if entry is None:
        return Filled()
    return Filled(
        entry.text,
        entry.percent,
        entry.quantity_done,
        entry.claimed,
        entry.difficulty,
        entry.next_step,
        entry.expected_on,
        entry.reporter,
        entry.checker,
    )


def says_the_same(entry: Progress, filled: Filled) -> bool:
    """True when a form says of a row what is on record already, whoever filled it in."""
    return replace(filled_of(entry), reporter="", checker="") == replace(filled, reporter="", checker="")


def own_entry(row: FormRow, unit: str) -> Progress | None:
    """The entry of the month that a form of this unit corrects: its own, or one without a unit, the latest."""
    measure = row.measure.id if row.measure else ""
    month = row.now.month if row.now else ""
    found = [p for p in row.case.progress if p.measure_id == measure and p.month == month and p.unit_id in ("", unit)]
    return found[-1] if found else None


def check_row(row: FormRow, filled: Filled, line: int, month: str, today: date) -> Mistakes:
    """What is wrong and what is odd in a row that was filled in."""
    errors, remarks = list(_errors(row, filled, month, today)), list(_remarks(row, filled))
    return Mistakes(
        tuple(f"第{line}行 {words}" for words in errors), tuple(f"第{line}行 {words}" for words in remarks)
    )


def _errors(row: FormRow, filled: Filled, month: str, today: date) -> Iterator[str]:
    if not clean(filled.text):
        yield "填了其他内容，没有填写本月进展"
    if len(filled.text) > LONGEST_TEXT:
        yield f"本月进展超过{LONGEST_TEXT}字"
    if filled.percent is not None and not 0 <= filled.percent <= 100:
        yield f"完成百分比{filled.percent}不在0到100之间"
    if filled.quantity is not None and filled.quantity < 0:
        yield "完成数量小于0"
    if filled.claimed and filled.claimed not in CLAIMS:
        yield f"进度判定“{filled.claimed}”不是可选的词（{'、'.join(CLAIMS)}）"
    yield from _shrunk(row, filled)
    yield from _wrong_day(row, filled, month, today)


def _shrunk(row: FormRow, filled: Filled) -> Iterator[str]:
    """A quantity that was done cannot be undone; where it was reported wrongly, the office corrects it."""
    before = row.last_quantity
    if filled.quantity is not None and before is not None and 0 <= filled.quantity < before:
        unit = row.measure.quantity_unit if row.measure else ""
        yield f"完成数量{filled.quantity}{unit}少于上次填报的{before}{unit}"


def _wrong_day(row: FormRow, filled: Filled, month: str, today: date) -> Iterator[str]:
    day, last = filled.expected_on, row.last
    if day is None:
        return
    first = date.fromisoformat(f"{month}-01")
    if filled.percent == 100:
        if day > today:
            yield f"已完成100%，完成时间{date_in_text(day)}却还没有到"
        elif last and (last.percent or 0) < 100 and day < date.fromisoformat(f"{last.month}-01"):
            share = "未完成" if last.percent is None else f"完成{last.percent}%"
            yield f"完成时间早于上月：{date_in_text(day)}完成，而{int(last.month[5:])}月填报{share}"
    elif day < first:
        yield f"预计完成时间{date_in_text(day)}早于填报的月份"


def _remarks(row: FormRow, filled: Filled) -> Iterator[str]:
    last = row.last
    if last and clean(filled.text) and clean(filled.text) == clean(last.text):
        yield "本月进展与上月文字完全相同"
    if last and last.percent is not None and filled.percent is not None and filled.percent < last.percent:
        yield f"完成百分比{filled.percent}%低于上次填报的{last.percent}%"
    if filled.claimed == _DONE and filled.percent not in (None, 100):
        yield f"判定为完成整改，完成百分比却是{filled.percent}%"
    if filled.percent == 100 and filled.claimed and filled.claimed != _DONE:
        yield f"完成百分比100%，判定却是{filled.claimed}"
    whole = (row.measure.quantity_of or row.measure.quantity) if row.measure else None
    if whole is not None and filled.quantity is not None and filled.quantity > whole:
        yield f"完成数量{filled.quantity}多于方案写明的{whole}"
