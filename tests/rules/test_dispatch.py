"""The month's grid, and what is typed on it before it is saved."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.rules.dispatch import DispatchRow, dispatch_rows
from desktop.rules.dispatch_edit import (
    RowEdit,
    as_state,
    carried,
    entry_of,
    from_state,
    is_repeated,
    shown_percent,
    shown_text,
    with_percent,
    with_quantity,
    with_text,
)
from desktop.rules.errors import Refused
from desktop.rules.records import (
    CaseFile,
    Measure,
    Problem,
    ProblemUnit,
    Progress,
    Step,
    StepAction,
    UnitRole,
)

TODAY = date(2026, 11, 23)


def report(month: str, text: str, percent: int | None = None, measure: str = "m", done: int | None = None) -> Progress:
    """A report of the 20th."""
    return Progress(f"{month}{text}", "p", measure, month, date.fromisoformat(f"{month}-20"), text, percent, done)


MEASURE = Measure("m", "p", 1, "改造12处混接点", date(2026, 12, 1), quantity=12, quantity_unit="处")
CASE = CaseFile(
    Problem("p", 5, "污水直排", deadline=date(2026, 12, 31)),
    units=(ProblemUnit("u", "区住建局", UnitRole.LEAD), ProblemUnit("v", "镇政府", UnitRole.RESPONSIBLE)),
    measures=(MEASURE,),
    progress=(report("2026-09", "已改造3处", 25, done=3), report("2026-10", "已改造6处", 50, done=6)),
)


def row_of(case: CaseFile = CASE, month: str = "2026-11") -> DispatchRow:
    """The first row of a case in a month."""
    return next(iter(dispatch_rows([case], month, TODAY)))


def test_a_row_shows_what_was_said_last_and_nothing_yet() -> None:
    row = row_of()
    assert (row.last_month, row.last_text, row.last_percent) == ("2026-10", "已改造6处", 50)
    assert (row.text, row.percent, row.is_reported, row.is_repeated) == ("", None, False, False)
    assert (row.units, row.due, row.quantity, row.quantity_done) == ("镇政府", date(2026, 12, 1), 12, 6)


def test_an_earlier_month_shows_its_own_report() -> None:
    row = row_of(month="2026-10")
    assert (row.text, row.percent, row.last_text) == ("已改造6处", 50, "已改造3处")


def test_the_same_words_again_are_flagged() -> None:
    case = replace(CASE, progress=(*CASE.progress, report("2026-11", "已改造6处", 50)))
    assert row_of(case).is_repeated


def test_a_problem_without_measures_has_one_row() -> None:
    whole = replace(CASE, measures=(), progress=(report("2026-11", "全面推进", 10, ""),))
    (row,) = dispatch_rows([whole], "2026-11", TODAY)
    assert (row.measure, row.measure_id, row.text) == (0, "", "全面推进")


def test_closed_and_transferred_problems_have_no_row() -> None:
    gone = replace(CASE, problem=replace(CASE.problem, transferred_to="q"))
    assert list(dispatch_rows([gone], "2026-11", TODAY)) == []


def test_no_report_is_expected_once_the_problem_is_self_checked() -> None:
    checked = Step("s", "p", StepAction.SELF_CHECK, date(2026, 11, 1), order=1)
    assert row_of().is_expected
    assert not row_of(replace(CASE, steps=(checked,))).is_expected


def test_typed_words_and_numbers_are_shown_and_saved() -> None:
    row = row_of()
    edit = with_percent(with_text(RowEdit(), row, " 已改造9处 "), row, "75%")
    edit = with_quantity(edit, row, "9处")
    assert (shown_text(row, edit), shown_percent(row, edit)) == ("已改造9处", 75)
    entry = entry_of(row, edit, "2026-11")
    assert (entry.text, entry.measure, entry.percent, entry.quantity) == ("已改造9处", 1, 75, 9)
    assert entry.month == "2026-11"


def test_typing_what_is_reported_is_no_edit() -> None:
    case = replace(CASE, progress=(*CASE.progress, report("2026-11", "已改造8处", 60)))
    row = row_of(case)
    assert with_percent(with_text(RowEdit(), row, "已改造8处"), row, "60").is_empty


@pytest.mark.parametrize("words", ["abc", "101", "-1", "6.5", "一半"])
def test_a_percentage_that_is_none_is_refused(words: str) -> None:
    with pytest.raises(Refused) as refused:
        with_percent(RowEdit(), row_of(), words)
    assert "没有改动" in refused.value.sentence


def test_last_months_words_are_carried_and_flagged_until_changed() -> None:
    row = row_of()
    edit = carried(row)
    assert edit == RowEdit("已改造6处", 50)
    assert is_repeated(row, edit)
    assert not is_repeated(row, with_text(edit, row, "已改造7处"))


def test_without_a_last_month_nothing_is_carried() -> None:
    assert carried(row_of(replace(CASE, progress=()))).is_empty


def test_a_draft_is_read_as_it_was_kept() -> None:
    edit = RowEdit("已改造9处", 75, 9)
    assert from_state(as_state(edit)) == edit
    assert as_state(RowEdit(percent=0)) == {"percent": 0}


@pytest.mark.parametrize("spoilt", [None, [], "x", {"text": 5, "percent": 200, "quantity": True}])
def test_a_spoilt_draft_is_empty(spoilt: object) -> None:
    assert from_state(spoilt).is_empty
