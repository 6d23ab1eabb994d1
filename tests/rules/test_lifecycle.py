"""The closing axis: gates derived from steps, and what is refused or warned (domain §2.2–2.5)."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.errors import NeedsReason, Refused
from desktop.rules.followup import Site
from desktop.rules.lifecycle import (
    current_attempt,
    gate_dates,
    is_closed,
    is_stage_closed,
    judge,
    missing_papers,
    next_gate,
    notice_end,
    require,
    require_open,
    same_hand,
    state_of,
)
from desktop.rules.records import (
    STATE_WORDS,
    CaseFile,
    CaseState,
    Evidence,
    Gate,
    Measure,
    Plan,
    Problem,
    StageTarget,
    Step,
    StepAction,
    TermClass,
)
from desktop.rules.region import Region, parse_region

RESOURCES = Path(__file__).parents[2] / "resources"
TODAY = date(2026, 12, 31)
PAPERS = (
    "proof self_check_form request_signed acceptance_opinion notice_text notice_screenshot no_objection closure_ledger"
)
D = date


def load(name: str) -> dict[str, object]:
    return tomllib.loads((RESOURCES / name).read_text(encoding="utf-8"))


@pytest.fixture
def region() -> Region:
    return parse_region(load("regions/hengyang.toml"), load("gate_orders.toml"), "hengyang.toml")


@pytest.fixture
def notice_first() -> Region:
    data = load("regions/hengyang.toml") | {"gate_order": "notice_first"}
    return parse_region(data, load("gate_orders.toml"), "hengyang.toml")


def paper(key: str, *, present: bool = True) -> Evidence:
    return Evidence(key, "p5", f"{key}.pdf", "0" * 64, 1, "application/pdf", item=key, present=present)


def case_of(*steps: Step, papers: str = PAPERS, term: TermClass = TermClass.DATED, **more: object) -> CaseFile:
    numbered = tuple(replace(step, order=order) for order, step in enumerate(steps))
    problem = Problem("p5", 5, "超低排放改造滞后", term_class=term)
    return replace(
        CaseFile(problem, evidence=tuple(paper(key) for key in papers.split()), steps=numbered),
        **more,  # type: ignore[arg-type]
    )


def step(action: str, on: date, **more: object) -> Step:
    return Step(f"{action}-{on}", "p5", StepAction(action), on, **more)  # type: ignore[arg-type]


CHECKED = step("self_check", D(2026, 11, 2))
APPLIED = step("apply", D(2026, 11, 5))
ACCEPTED = step("accept", D(2026, 11, 20), result="通过")
ON_NOTICE = step("notice", D(2026, 11, 23), end=D(2026, 11, 30))
FILED = step("file", D(2026, 12, 2))
ALL_STEPS = (CHECKED, APPLIED, ACCEPTED, ON_NOTICE, FILED)


def rules_of(rulings: tuple[object, ...]) -> list[str]:
    return [ruling.rule for ruling in rulings]  # type: ignore[attr-defined]


def refusals(case: CaseFile, action: str, on: date, region: Region, **more: object) -> list[str]:
    return rules_of(judge(case, StepAction(action), on, region, TODAY, **more).refusals)  # type: ignore[arg-type]


def warnings(case: CaseFile, action: str, on: date, region: Region, **more: object) -> list[str]:
    return rules_of(judge(case, StepAction(action), on, region, TODAY, **more).warnings)  # type: ignore[arg-type]


# Where a problem stands


def test_each_gate_gives_its_state() -> None:
    expected = ["rectifying", "self_checked", "applied", "accepted", "in_notice", "closed"]
    today = D(2026, 11, 30)
    assert [state_of(case_of(*ALL_STEPS[:n]), today) for n in range(6)] == expected


def test_notice_is_over_on_the_day_after_its_last_day() -> None:
    case = case_of(*ALL_STEPS[:4])
    assert state_of(case, D(2026, 11, 30)) == CaseState.IN_NOTICE
    assert state_of(case, D(2026, 12, 1)) == CaseState.NOTICE_ENDED


def test_gate_dates_name_all_five_gates() -> None:
    dates = gate_dates(case_of(CHECKED, APPLIED))
    assert dates == {
        Gate.SELF_CHECK: D(2026, 11, 2),
        Gate.APPLY: D(2026, 11, 5),
        Gate.ACCEPT: None,
        Gate.NOTICE: None,
        Gate.FILE: None,
    }


def test_closed_needs_all_gates_and_a_filing_after_the_notice() -> None:
    assert is_closed(case_of(*ALL_STEPS))
    for left_out in ALL_STEPS:
        assert not is_closed(case_of(*(s for s in ALL_STEPS if s != left_out)))
    assert not is_closed(case_of(*ALL_STEPS[:4], replace(FILED, on=D(2026, 11, 30))))


def test_failed_acceptance_passes_no_gate() -> None:
    case = case_of(CHECKED, APPLIED, replace(ACCEPTED, result="不通过"))
    assert gate_dates(case)[Gate.ACCEPT] is None
    assert state_of(case, TODAY) == CaseState.APPLIED


def test_return_opens_all_gates_again_and_keeps_the_history() -> None:
    back = step("return", D(2026, 11, 21), reason="公示落款不对等")
    case = case_of(CHECKED, APPLIED, back)
    assert state_of(case, TODAY) == CaseState.RETURNED
    assert set(gate_dates(case).values()) == {None}
    assert [s.action for s in current_attempt(case.steps)] == ["return"]
    assert len(case.steps) == 3
    again = case_of(CHECKED, APPLIED, back, replace(CHECKED, on=D(2026, 11, 25)))
    assert state_of(again, TODAY) == CaseState.SELF_CHECKED


def test_reopened_problem_starts_over_and_keeps_the_old_closure() -> None:
    case = case_of(*ALL_STEPS, step("reopen", D(2026, 12, 20), reason="反弹"))
    assert state_of(case, TODAY) == CaseState.REOPENED
    assert FILED.id in [s.id for s in case.steps]
    assert not is_closed(case)
    require_open(case, "进展填报")


def test_look_back_leaves_a_closed_problem_closed() -> None:
    assert state_of(case_of(*ALL_STEPS, step("look_back", D(2026, 12, 20))), TODAY) == CaseState.CLOSED


def test_steps_are_read_in_the_order_they_were_recorded() -> None:
    case = case_of(*ALL_STEPS)
    assert is_closed(replace(case, steps=tuple(reversed(case.steps))))


def test_transferred_problem_says_so_and_takes_no_step(region: Region) -> None:
    case = case_of(CHECKED)
    case = replace(case, problem=replace(case.problem, transferred_to="q1"))
    assert state_of(case, TODAY) == CaseState.TRANSFERRED
    assert refusals(case, "apply", D(2026, 12, 1), region)[0] == "transferred"
    with pytest.raises(Refused, match="已转入新的问题"):
        require_open(case, "延期")


def test_next_gate_follows_the_region(region: Region, notice_first: Region) -> None:
    assert next_gate(case_of(CHECKED), region) == Gate.APPLY
    assert next_gate(case_of(CHECKED), notice_first) == Gate.NOTICE
    assert next_gate(case_of(*ALL_STEPS), region) is None


def test_every_state_has_a_word() -> None:
    assert set(STATE_WORDS) == set(CaseState)


# What is refused


def test_plain_walk_through_all_gates_is_neither_refused_nor_warned(region: Region) -> None:
    for n, taken in enumerate(ALL_STEPS):
        verdict = judge(
            case_of(*ALL_STEPS[:n]), taken.action, taken.on, region, TODAY, notice_end=taken.end, result=taken.result
        )
        assert require(verdict) == ()


def test_filing_before_the_notice_has_ended_is_refused(region: Region) -> None:
    case = case_of(*ALL_STEPS[:4])
    assert refusals(case, "file", D(2026, 11, 30), region) == ["notice_not_ended"]
    assert refusals(case, "file", D(2026, 12, 1), region) == []


def test_filing_names_every_gate_that_is_missing(region: Region) -> None:
    verdict = judge(case_of(CHECKED), StepAction.FILE, D(2026, 12, 2), region, TODAY)
    assert rules_of(verdict.refusals) == ["gates_before_filing"]
    assert verdict.refusals[0].sentence == "问题5还缺申请销号、验收、公示，不能备案；请先补齐"


def test_notice_without_a_last_day_keeps_the_record_open(region: Region) -> None:
    case = case_of(CHECKED, APPLIED, ACCEPTED, replace(ON_NOTICE, end=None))
    assert notice_end(case) is None
    assert refusals(case, "file", D(2026, 12, 2), region) == ["notice_not_ended"]


def test_application_before_the_self_check_is_refused(region: Region) -> None:
    assert refusals(case_of(), "apply", D(2026, 11, 5), region) == ["self_check_first"]


@pytest.mark.parametrize("action", ["self_check", "apply", "accept", "notice", "file", "return"])
def test_closed_record_takes_no_gate_and_no_return(action: str, region: Region) -> None:
    found = refusals(case_of(*ALL_STEPS), action, D(2026, 12, 5), region, notice_end=D(2026, 12, 12), reason="补")
    assert found == ["closed"]


def test_closed_record_takes_no_progress_and_no_extension() -> None:
    with pytest.raises(Refused, match="已销号备案，不能再办理进展填报"):
        require_open(case_of(*ALL_STEPS), "进展填报")


@pytest.mark.parametrize("action", ["reopen", "look_back"])
def test_reopening_and_looking_back_need_a_closed_record(action: str, region: Region) -> None:
    assert refusals(case_of(CHECKED), action, D(2026, 12, 5), region, reason="反弹") == ["not_closed"]
    assert refusals(case_of(*ALL_STEPS), action, D(2026, 12, 5), region, reason="反弹") == []


def test_look_back_before_the_filing_is_refused(region: Region) -> None:
    assert refusals(case_of(*ALL_STEPS), "look_back", D(2026, 12, 1), region) == ["date_order"]


def test_return_needs_something_to_return_and_a_reason(region: Region) -> None:
    assert refusals(case_of(), "return", D(2026, 12, 5), region, reason="无佐证") == ["nothing_to_return"]
    assert refusals(case_of(CHECKED), "return", D(2026, 12, 5), region) == ["reason_missing"]
    assert refusals(case_of(CHECKED), "return", D(2026, 12, 5), region, reason="无佐证") == []
    assert refusals(case_of(*ALL_STEPS), "reopen", D(2026, 12, 5), region, reason=" ") == ["reason_missing"]


def test_step_dated_before_the_one_it_follows_is_refused(region: Region) -> None:
    verdict = judge(case_of(CHECKED), StepAction.APPLY, D(2026, 11, 1), region, TODAY)
    assert rules_of(verdict.refusals) == ["date_order"]
    assert "2026年11月1日早于此前的自查自验日期2026年11月2日" in verdict.refusals[0].sentence
    assert refusals(case_of(CHECKED), "apply", D(2026, 11, 2), region) == []


def test_step_of_a_new_attempt_is_not_dated_before_the_return(region: Region) -> None:
    case = case_of(CHECKED, step("return", D(2026, 11, 21), reason="无佐证"))
    assert refusals(case, "self_check", D(2026, 11, 20), region) == ["date_order"]
    assert refusals(case, "self_check", D(2026, 11, 21), region) == []


def test_step_in_the_future_or_before_the_plan_is_refused(region: Region) -> None:
    assert refusals(case_of(), "self_check", TODAY + timedelta(days=1), region) == ["date_order"]
    case = case_of(plan=Plan("a", "整改方案", issued_on=D(2026, 7, 4)))
    assert refusals(case, "self_check", D(2026, 7, 3), region) == ["date_order"]
    assert refusals(case, "self_check", D(2026, 7, 4), region) == []


def test_same_gate_twice_in_one_attempt_is_refused(region: Region) -> None:
    assert refusals(case_of(CHECKED), "self_check", D(2026, 11, 9), region) == ["same_gate_twice"]


def test_notice_needs_a_last_day_not_before_its_first(region: Region) -> None:
    case = case_of(CHECKED, APPLIED, ACCEPTED)
    assert refusals(case, "notice", D(2026, 11, 23), region) == ["notice_dates"]
    assert refusals(case, "notice", D(2026, 11, 23), region, notice_end=D(2026, 11, 22)) == ["notice_dates"]


def test_acceptance_that_failed_is_recorded_as_a_return(region: Region) -> None:
    verdict = judge(case_of(CHECKED, APPLIED), StepAction.ACCEPT, D(2026, 11, 20), region, TODAY, result="不通过")
    with pytest.raises(Refused, match="请登记退回") as caught:
        require(verdict, "领导同意")
    assert caught.value.rule == "acceptance_failed"


# What is warned


def test_other_order_than_the_regions_is_warned(region: Region, notice_first: Region) -> None:
    case = case_of(CHECKED, APPLIED)
    assert warnings(case, "notice", D(2026, 11, 23), region, notice_end=D(2026, 11, 30)) == ["other_order"]
    assert warnings(case_of(CHECKED), "notice", D(2026, 11, 23), notice_first, notice_end=D(2026, 11, 30)) == []
    assert warnings(case_of(CHECKED), "accept", D(2026, 11, 23), region) == ["other_order"]


def test_application_while_the_notice_runs_is_warned_where_notice_comes_first(notice_first: Region) -> None:
    case = case_of(CHECKED, ON_NOTICE)
    assert warnings(case, "apply", D(2026, 11, 30), notice_first) == ["other_order"]
    assert warnings(case, "apply", D(2026, 12, 1), notice_first) == []


def test_other_order_is_refused_where_the_region_is_strict(region: Region) -> None:
    strict = replace(region, soft_order=False)
    assert refusals(case_of(CHECKED), "accept", D(2026, 11, 23), strict) == ["other_order"]
    assert warnings(case_of(CHECKED), "accept", D(2026, 11, 23), strict) == []


def test_missing_paper_is_named_and_gives_way_to_a_reason(region: Region) -> None:
    verdict = judge(case_of(CHECKED, papers="proof"), StepAction.APPLY, D(2026, 11, 5), region, TODAY)
    with pytest.raises(NeedsReason, match=r"问题5办理申请销号缺少自查自验表（签字盖章）"):
        require(verdict)
    assert require(verdict, "原件在市局") == ("问题5办理申请销号缺少自查自验表（签字盖章），请补充材料",)


def test_paper_that_comes_with_the_step_counts(region: Region) -> None:
    case = case_of(CHECKED, papers="proof")
    assert warnings(case, "apply", D(2026, 11, 5), region, handed_in=["self_check_form"]) == []


def test_any_piece_of_evidence_is_proof_but_a_lost_file_is_not(region: Region) -> None:
    photo = replace(paper("proof"), item="")
    assert missing_papers(case_of(papers="", evidence=(photo,)), Gate.SELF_CHECK, region) == ()
    lost = replace(photo, present=False)
    assert [p.key for p in missing_papers(case_of(papers="", evidence=(lost,)), Gate.SELF_CHECK, region)] == ["proof"]
    other_paper = case_of(papers="closure_ledger")
    assert [p.key for p in missing_papers(other_paper, Gate.SELF_CHECK, region)] == ["proof"]


def test_self_check_is_warned_while_a_measure_is_open(region: Region) -> None:
    measures = (Measure("m1", "p5", 1, "一", percent=100), Measure("m2", "p5", 2, "二", percent=75))
    verdict = judge(case_of(measures=measures), StepAction.SELF_CHECK, D(2026, 11, 2), region, TODAY)
    assert [r.sentence for r in verdict.warnings] == ["问题5的第2项措施尚未报告完成，请先填报进展"]


def test_refusal_is_not_overridden_by_a_reason(region: Region) -> None:
    verdict = judge(case_of(), StepAction.APPLY, D(2026, 11, 5), region, TODAY)
    with pytest.raises(Refused) as caught:
        require(verdict, "领导同意")
    assert caught.value.sentence == "问题5尚未自查自验，不能申请销号；请先完成自查自验并登记。"


# Long-term problems


REACHED = D(2026, 11, 1)


def long_term_case(*steps: Step, reached: date | None = REACHED) -> CaseFile:
    stage = StageTarget("s", "p5", D(2026, 10, 31), "完成年度任务", reached_on=reached)
    return case_of(*steps, term=TermClass.LONG_TERM, stages=(stage,))


def test_long_term_problem_closes_a_stage_and_never_itself() -> None:
    case = long_term_case(*ALL_STEPS)
    assert is_stage_closed(case)
    assert not is_closed(case)
    assert state_of(case, TODAY) == CaseState.STAGE_CLOSED
    require_open(case, "进展填报")


def test_next_stage_of_a_long_term_problem_begins_with_a_self_check(region: Region) -> None:
    case = long_term_case(*ALL_STEPS)
    assert refusals(case, "apply", D(2026, 12, 10), region) == ["self_check_first"]
    assert refusals(case, "self_check", D(2026, 12, 1), region) == ["date_order"]
    assert refusals(case, "self_check", D(2026, 12, 10), region) == []
    again = long_term_case(*ALL_STEPS, replace(CHECKED, on=D(2026, 12, 10)))
    assert state_of(again, TODAY) == CaseState.SELF_CHECKED
    assert not is_stage_closed(again)


def test_long_term_problem_is_warned_until_its_stage_target_is_reached(region: Region) -> None:
    assert warnings(long_term_case(reached=None), "self_check", D(2026, 11, 2), region) == ["open_stages"]
    assert warnings(long_term_case(), "self_check", D(2026, 11, 2), region) == []
    without_stage = case_of(term=TermClass.LONG_TERM)
    assert warnings(without_stage, "self_check", D(2026, 11, 2), region) == ["open_stages"]


@given(st.lists(st.tuples(st.sampled_from(StepAction), st.integers(0, 3)), max_size=40))
def test_whatever_is_tried_a_closed_problem_went_through_all_gates_in_time(tries: list[tuple[StepAction, int]]) -> None:
    hengyang = parse_region(load("regions/hengyang.toml"), load("gate_orders.toml"), "hengyang.toml")
    case, on = case_of(), D(2026, 1, 5)
    for order, (action, days) in enumerate(tries):
        on += timedelta(days=days)
        end = on + timedelta(days=2) if action == StepAction.NOTICE else None
        was_closed = is_closed(case)
        try:
            require(judge(case, action, on, hengyang, TODAY, notice_end=end, reason="理由"), "理由")
        except Refused:
            continue
        assert not was_closed or action in (StepAction.REOPEN, StepAction.LOOK_BACK)
        case = replace(case, steps=(*case.steps, Step(str(order), "p5", action, on, end=end, order=order)))
    dates, end = gate_dates(case), notice_end(case)
    if dates[Gate.FILE]:
        assert is_closed(case)
        assert dates[Gate.SELF_CHECK] <= dates[Gate.APPLY] <= dates[Gate.FILE]  # type: ignore[operator]
        assert end is not None
        assert end < dates[Gate.FILE]  # type: ignore[operator]


def test_asking_and_approving_hand_are_compared_without_spaces() -> None:
    assert same_hand("李 嵩", "李嵩")
    assert not same_hand("李嵩", "王强")
    assert not same_hand("", "")


def test_a_stage_of_a_long_term_problem_waits_only_for_the_sites_that_are_due(region: Region) -> None:
    sites = (Site("a", "p5", 1, "一号", due=D(2026, 11, 30)), Site("b", "p5", 2, "二号", due=D(2027, 12, 31)))
    dated = case_of(*ALL_STEPS[:4], sites=sites)
    assert "open_sites" in refusals(dated, "file", D(2026, 12, 2), region)
    stage = (StageTarget("s", "p5", D(2026, 12, 1), "目标", reached_on=D(2026, 11, 1)),)
    long_term = case_of(*ALL_STEPS[:4], term=TermClass.LONG_TERM, sites=sites, stages=stage)
    assert "open_sites" in refusals(long_term, "file", D(2026, 12, 2), region)
    done = (replace(sites[0], closed_on=D(2026, 11, 20)), sites[1])
    assert "open_sites" not in refusals(replace(long_term, sites=done), "file", D(2026, 12, 2), region)
    assert "open_sites" in refusals(replace(dated, sites=done), "file", D(2026, 12, 2), region)
