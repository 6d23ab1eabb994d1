"""Papers of the ladder and visits as lines: one for each sheet, state and days in words, the most pressing first."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.rules.chase_lines import SheetLine, SheetState, chase_lines, due_words, pressing_first, visit_lines
from desktop.rules.followup import Chase, Rung, Visit
from tests.rules.test_lights import TODAY, region

UNITS, NUMBERS = {"u": "区水利局"}, {"p": 3, "q": 12}
CHASE = Chase("c", "p", "s", Rung.CHASE, date(2026, 11, 2), "u", due=date(2026, 11, 16), doc_no="一号", text="请整改")
VISIT = Visit("v", "p", "w", date(2026, 11, 9), "暗访", "u", found="围挡破损", demand="修复", due=date(2026, 11, 30))


def lines(*rows: Chase) -> tuple[SheetLine, ...]:
    """The lines of some rows."""
    return chase_lines(rows, UNITS, NUMBERS, region(), TODAY)


def test_the_rows_of_one_paper_are_one_line_with_all_its_problems() -> None:
    (line,) = lines(CHASE, replace(CHASE, id="d", problem_id="q"))
    assert (line.what, line.unit, line.numbers, line.problems) == ("督办", "区水利局", "3、12", ("p", "q"))


@pytest.mark.parametrize(
    ("row", "state", "left", "tone"),
    [
        (CHASE, SheetState.LATE, "逾期7天", "late"),
        (replace(CHASE, due=date(2026, 11, 23)), SheetState.WAITING, "今天到期", "warn"),
        (replace(CHASE, due=date(2026, 12, 1)), SheetState.WAITING, "还有8天", ""),
        (replace(CHASE, due=None), SheetState.WAITING, "未定期限", ""),
        (replace(CHASE, replied_on=TODAY, reply="已改"), SheetState.REPLIED, "已回复，待办结", "accent"),
        (replace(CHASE, closed_on=TODAY), SheetState.SETTLED, "已办结", "muted"),
    ],
)
def test_state_days_and_tone_of_a_paper(row: Chase, state: SheetState, left: str, tone: str) -> None:
    (line,) = lines(row)
    assert (line.state, line.left, line.tone) == (state, left, tone)
    assert line.is_open == (state != SheetState.SETTLED)


def test_what_came_of_a_paper_is_one_text() -> None:
    row = replace(CHASE, replied_on=TODAY, reply="已改。", closed_on=TODAY, close_no="二号", close_note="核实")
    (line,) = lines(row)
    assert line.answer == "已改；二号；核实"


@pytest.mark.parametrize(
    ("row", "state"),
    [
        (VISIT, SheetState.WAITING),
        (replace(VISIT, due=date(2026, 11, 20)), SheetState.LATE),
        (replace(VISIT, handled_on=TODAY), SheetState.SETTLED),
        (replace(VISIT, demand="", due=None), SheetState.NO_DEMAND),
    ],
)
def test_the_state_of_a_visit_is_that_of_its_demand(row: Visit, state: SheetState) -> None:
    (line,) = visit_lines([row], UNITS, NUMBERS, TODAY)
    assert (line.state, line.group, line.kind) == (state, "visit", "visit")
    assert ("要求：修复" in line.text) == bool(row.demand)


def test_late_ones_come_first_the_longest_late_on_top_and_settled_ones_last() -> None:
    rows = [
        replace(CHASE, sheet="done", closed_on=TODAY),
        replace(CHASE, sheet="soon", due=date(2026, 11, 25)),
        replace(CHASE, sheet="late", due=date(2026, 11, 20)),
        replace(CHASE, sheet="replied", replied_on=TODAY),
        replace(CHASE, sheet="latest"),
    ]
    assert [line.sheet for line in pressing_first(lines(*rows))] == ["latest", "late", "soon", "replied", "done"]


def test_days_in_words() -> None:
    assert [due_words(day, TODAY) for day in (date(2026, 11, 24), TODAY, date(2026, 11, 22), None)] == [
        "还有1天",
        "今天到期",
        "逾期1天",
        "未定期限",
    ]
