"""Records in the words of paper."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.rules import wording
from desktop.rules.ledger_values import LEDGER_FIELDS, ledger_value
from desktop.rules.records import (
    CaseFile,
    DeadlineChange,
    Measure,
    Problem,
    Progress,
    Step,
    StepAction,
    TermClass,
)

TODAY = date(2026, 11, 23)
PROBLEM = Problem("p", 5, "问题", deadline_raw="2024年12月31日", deadline=date(2024, 12, 31))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (69, "六十九"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
    ],
)
def test_headings_count_in_hanzi(number: int, words: str) -> None:
    assert wording.chinese_number(number) == words


def test_a_number_that_headings_do_not_count_stays_in_digits() -> None:
    assert wording.chinese_number(0) == "0"
    assert wording.chinese_number(1000) == "1000"


def test_dates_have_no_leading_zero() -> None:
    assert wording.date_in_text(date(2026, 9, 2)) == "2026年9月2日"
    assert wording.date_in_table(date(2026, 9, 2)) == "2026/9/2"


def test_upper_numbers_stand_behind_the_own_one() -> None:
    problem = replace(PROBLEM, external_numbers=(("city", "9"), ("省", "23")))
    assert wording.numbers_of(problem) == "5（市序号9、省序号23）"


def test_both_term_classes_are_named_where_both_hold() -> None:
    problem = replace(PROBLEM, term_class=TermClass.LONG_TERM, is_immediate=True, is_long_term=True)
    assert wording.term_of(problem) == "立行立改、长期坚持"


def test_an_extension_is_printed_beside_the_plan_s_deadline() -> None:
    problem = replace(PROBLEM, approved_deadline=date(2025, 6, 30))
    old, new, approved = PROBLEM.deadline, date(2025, 6, 30), date(2024, 12, 1)
    change = DeadlineChange("d", "p", old, new, "汛期", doc_no="政函〔2024〕3号", on=approved)
    assert wording.deadline_of(CaseFile(problem)) == "2024年12月31日（经批准延期至2025年6月30日）"
    case = CaseFile(problem, deadline_changes=(change,))
    assert wording.deadline_of(case) == "2024年12月31日（经政函〔2024〕3号批准延期至2025年6月30日）"


def test_the_completion_day_is_that_of_the_last_measure() -> None:
    measures = tuple(Measure(f"m{n}", "p", n, "措施", percent=100) for n in (1, 2))
    progress = (
        Progress("a", "p", "m1", "2026-03", date(2026, 3, 3), "完成", 100),
        Progress("b", "p", "m2", "2026-05", date(2026, 5, 5), "完成", 100),
        Progress("c", "p", "m1", "2026-06", date(2026, 6, 6), "完成", 100),
    )
    assert wording.completed_on(CaseFile(PROBLEM, measures=measures, progress=progress)) == date(2026, 5, 5)
    open_one = (measures[0], replace(measures[1], percent=90))
    assert wording.completed_on(CaseFile(PROBLEM, measures=open_one, progress=progress)) is None


def test_steps_before_a_return_belong_to_a_closed_chapter() -> None:
    check = Step("1", "p", StepAction.SELF_CHECK, date(2026, 1, 5), order=1)
    back = Step("2", "p", StepAction.RETURN, date(2026, 2, 5), reason="佐证不足", order=2)
    assert wording.latest_step(CaseFile(PROBLEM, steps=(back, check)), StepAction.SELF_CHECK) is None
    again = Step("3", "p", StepAction.SELF_CHECK, date(2026, 3, 5), order=3)
    assert wording.latest_step(CaseFile(PROBLEM, steps=(check, back, again)), StepAction.SELF_CHECK) == again


def test_what_a_measure_reached_is_said_in_percent_count_and_words() -> None:
    measure = Measure("m", "p", 1, "措施", None, 6, 8, "个", 75, 5, "五个完工")
    assert wording.result_of(measure) == "完成75%，已完成5/6个：五个完工。"
    assert wording.result_of(Measure("m", "p", 1, "措施")) is None


def test_running_numbers_are_shortened() -> None:
    assert wording.ranges([5, 1, 2, 3, 3]) == "1—3、5"


def test_a_reason_is_printed_with_the_warning_it_overrides() -> None:
    step = Step("1", "p", StepAction.ACCEPT, date(2026, 1, 5), reason="已口头告知", warnings=("缺验收意见",))
    assert wording.override_reasons(CaseFile(PROBLEM, steps=(step,))) == ("缺验收意见。理由：已口头告知。",)


@pytest.mark.parametrize("field", LEDGER_FIELDS)
def test_every_column_can_speak_of_a_problem_of_which_nothing_is_known(field: str) -> None:
    value = ledger_value(field, CaseFile(Problem("p", 1, "问题")), TODAY)
    assert wording.value_in_table(value).strip()


def test_a_long_term_problem_is_told_apart_in_the_column_of_progress() -> None:
    case = CaseFile(replace(PROBLEM, term_class=TermClass.LONG_TERM))
    assert ledger_value("progress_class", case, TODAY) == "持续推进"
    assert ledger_value("progress_class", CaseFile(PROBLEM), TODAY) == "逾期"
