"""The ladder: which rung is suggested, why, and when nothing is."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.rules.errors import Refused
from desktop.rules.followup import Chase, Rung
from desktop.rules.ladder import (
    chase_for,
    first_month,
    rung_of_paper,
    rung_words,
    suggest_all,
    suggest_rung,
    unreported_months,
)
from desktop.rules.records import CaseFile, Judgement, ProblemUnit, ProgressClass, UnitRole
from tests.rules.test_lights import TODAY, region, reported

REGION = region()


def judged(*lights: tuple[str, str]) -> CaseFile:
    """A problem on schedule whose lights in some months were decided."""
    made = tuple(
        Judgement(f"j{at}", "p", month, TODAY, None, ProgressClass.ON_SCHEDULE, light, "", order=at)
        for at, (month, light) in enumerate(lights)
    )
    # Reported for October, so that no report is missing.
    case = reported(40, "2026-10")
    holders = (ProblemUnit("u1", "区水利局", UnitRole.LEAD), ProblemUnit("u2", "区住建局", UnitRole.RESPONSIBLE))
    return replace(case, judgements=made, units=holders)


def chase(rung: Rung, on: date, due: date | None = None, **more: object) -> Chase:
    """A step of the ladder on the problem."""
    made = Chase("c", "p", "c", rung, on, "u2", due=due)
    return replace(made, **more)  # type: ignore[arg-type]


def suggested(case: CaseFile) -> tuple[Rung, tuple[str, ...]] | None:
    """Rung and reasons."""
    found = suggest_rung(case, REGION, TODAY)
    return (found.step.rung, found.reasons) if found else None


BLUE = ("2026-11", "good"), ("2026-10", "good")


def test_nothing_is_suggested_while_the_light_is_blue() -> None:
    assert suggested(judged(*BLUE)) is None


def test_one_yellow_month_suggests_a_reminder() -> None:
    case = judged(("2026-11", "yellow"), ("2026-10", "good"))
    assert suggested(case) == (Rung.REMIND, ("本月黄灯",))


def test_two_yellow_months_suggest_a_chasing_letter() -> None:
    case = judged(("2026-11", "yellow"), ("2026-10", "yellow"), ("2026-09", "good"))
    assert suggested(case) == (Rung.CHASE, ("连续2个月黄灯",))


def test_red_counts_as_yellow_too_and_suggests_a_talk() -> None:
    case = judged(("2026-11", "red"), ("2026-10", "yellow"), ("2026-09", "good"))
    assert suggested(case) == (Rung.TALK, ("本月红灯",))


def test_the_suggestion_goes_to_the_responsible_units() -> None:
    found = suggest_rung(judged(("2026-11", "yellow")), REGION, TODAY)
    assert found is not None
    assert found.units == (("u2", "区住建局"),)
    assert found.sentence.startswith("问题5建议")


def test_a_letter_that_is_late_in_being_answered_suggests_the_next_rung() -> None:
    late = chase(Rung.CHASE, date(2026, 10, 8), date(2026, 10, 22), doc_no="蒸整改办函〔2026〕3号")
    case = replace(judged(*BLUE), chases=(late,))
    assert suggested(case) == (Rung.TALK, ("督办（蒸整改办函〔2026〕3号）应于2026年10月22日回复，逾期未复",))


@pytest.mark.parametrize(
    "taken",
    [
        chase(Rung.CHASE, date(2026, 10, 8), date(2026, 11, 30)),  # still time to answer
        chase(Rung.CHASE, date(2026, 11, 2), date(2026, 11, 9), replied_on=TODAY, closed_on=TODAY),  # of this month
        chase(Rung.TALK, date(2026, 10, 8), date(2026, 11, 30)),  # a sharper one
    ],
)
def test_a_rung_under_way_is_not_suggested_again(taken: Chase) -> None:
    case = judged(("2026-11", "yellow"), ("2026-10", "yellow"), ("2026-09", "good"))
    assert suggested(replace(case, chases=(taken,))) is None


def test_a_rung_settled_in_an_earlier_month_may_come_again() -> None:
    case = judged(("2026-11", "yellow"), ("2026-10", "yellow"), ("2026-09", "good"))
    done = chase(Rung.CHASE, date(2026, 10, 8), date(2026, 10, 22), replied_on=TODAY, closed_on=date(2026, 10, 30))
    found = suggested(replace(case, chases=(done,)))
    assert found is not None
    assert found[0] == Rung.CHASE


def test_months_without_a_report_count_up_to_last_month() -> None:
    assert unreported_months(reported(40, "2026-11"), TODAY) == 0
    assert unreported_months(reported(40, "2026-10"), TODAY) == 0
    assert unreported_months(reported(40, "2026-08"), TODAY) == 2


def test_a_zero_report_of_the_unit_is_a_report() -> None:
    case = replace(reported(40, "2026-08"), units=judged().units)
    assert unreported_months(case, TODAY, {"u2": {"2026-10"}}) == 0
    assert unreported_months(case, TODAY, {"u2": {"2026-09"}}) == 1
    assert unreported_months(case, TODAY, {"u1": {"2026-10"}}) == 2  # it leads, another one is responsible


def test_what_happened_before_the_ledger_was_kept_is_not_held_against_anybody() -> None:
    silent = replace(reported(40), progress=())
    assert unreported_months(silent, TODAY) == 1
    assert unreported_months(replace(silent, plan=None), TODAY) == 0
    assert first_month(silent) > "2026-12"
    assert first_month(reported(40, "2026-08")) == "2026-08"
    assert suggested(silent) == (Rung.REMIND, ("本月黄灯（进度判定为“尚未启动”）",))


def test_a_missing_report_suggests_a_call() -> None:
    case = replace(reported(30, "2026-09"), judgements=judged(*BLUE).judgements)
    assert suggested(case) == (Rung.CALL, ("上月没有报送进展",))


def test_finished_and_transferred_problems_are_left_alone() -> None:
    case = judged(("2026-11", "red"))
    assert suggested(replace(case, problem=replace(case.problem, transferred_to="q"))) is None
    done = replace(reported(100), judgements=case.judgements)
    assert suggested(done) is None


def test_the_sharpest_rung_comes_first() -> None:
    mild, sharp = judged(("2026-11", "yellow")), judged(("2026-11", "red"))
    other = replace(sharp, problem=replace(sharp.problem, id="q", number=9))
    assert [found.number for found in suggest_all([mild, other], REGION, TODAY)] == [9, 5]


def test_a_paper_is_printed_for_its_own_step() -> None:
    first = chase(Rung.CHASE, date(2026, 9, 1), doc_no="一号", closed_on=TODAY)
    second = chase(Rung.CHASE, date(2026, 11, 1), doc_no="二号")
    case = replace(judged(), chases=(first, second))
    assert chase_for(case, REGION, "chase_letter") == second
    assert chase_for(case, REGION, "chase_letter", "一号") == first
    assert chase_for(case, REGION, "talk_notice") is None
    lifted = replace(case, chases=(chase(Rung.LIST, date(2026, 9, 1), doc_no="三号", closed_on=TODAY),))
    assert chase_for(lifted, REGION, "listing_notice") is None
    assert chase_for(lifted, REGION, "listing_release", "四号") == lifted.chases[0]


def test_the_ladder_of_hengyang_has_every_rung_in_order_and_its_own_words() -> None:
    assert [step.rung for step in REGION.ladder] == list(Rung)
    assert [step.words for step in REGION.ladder] == [rung_words(REGION, rung) for rung in Rung]
    assert all(rung_of_paper(REGION, step.paper) is step.rung for step in REGION.ladder)
    assert {step.rung: step.points for step in REGION.ladder if step.points} == {Rung.CHASE: -1, Rung.TALK: -2}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"rung": "shout"}, "ladder第1项.rung"),
        ({"rung": "call", "light": "good"}, "ladder第1项.light"),
        ({"rung": "call", "after": ["chase"]}, "“chase”不是排在前面的一级"),
        ({"rung": "call", "days": 0}, "ladder第1项.days"),
        ({"rung": "call", "when": "late"}, "ladder第1项.when"),
    ],
)
def test_a_slip_in_the_ladder_is_named_with_file_and_key(row: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=r"hengyang\.toml") as refused:
        region(ladder=[row])
    assert words in refused.value.sentence
