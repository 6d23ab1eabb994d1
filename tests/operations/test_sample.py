"""The sample ledger holds what the founding plan promises, in every state, and is the same each time."""

import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from desktop.documents.sample_picture import photo
from desktop.documents.sample_scenes import SCENES
from desktop.operations import show
from desktop.operations.ledgers import check, open_to_read
from desktop.operations.month.work import read_board
from desktop.operations.paper.archive import list_archive
from desktop.operations.profile import shipped_calendar
from desktop.operations.rounds import as_frozen, find_round
from desktop.operations.sample.make import make_sample
from desktop.operations.sample.story import in_order, read_district, read_months, read_stories
from desktop.rules.errors import Refused
from desktop.rules.followup import Rung
from desktop.rules.lifecycle import state_of
from desktop.rules.lights import decided_light
from desktop.rules.records import (
    CaseFile,
    CaseState,
    Gate,
    LedgerFile,
    ProblemSource,
    ProgressClass,
    StepAction,
    TermClass,
)
from desktop.rules.rounds import ReportState, count_board
from desktop.rules.sites import count_sites, proof_of
from desktop.rules.standing import suggest_progress
from desktop.store.freezes import late_entries
from desktop.store.ledger import Ledger
from desktop.store.read_followup import read_unit_reports

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def ledger(sample_folder: Path) -> Iterator[Ledger]:
    with open_to_read(sample_folder) as opened:
        yield opened


@pytest.fixture(scope="module")
def whole(ledger: Ledger) -> LedgerFile:
    return show.read_ledger(ledger)


@pytest.fixture(scope="module")
def cases(whole: LedgerFile) -> dict[int, CaseFile]:
    return {case.problem.number: case for case in whole.cases}


def test_the_sample_has_sixteen_problems_numbered_as_in_the_plan(cases: dict[int, CaseFile]) -> None:
    assert sorted(cases) == list(range(1, 17))


def test_deadlines_add_up_to_the_founding_totals(ledger: Ledger, whole: LedgerFile) -> None:
    founding = {"2024": 11, "2025": 2, "2026": 1, "long_term": 2}
    assert dict(whole.plans[0].stated_by_year) == founding
    assert whole.plans[0].stated_total == 16
    figures = show.show_ledger(ledger, TODAY)["figures"]
    assert isinstance(figures, dict)
    assert figures["by_year"] == founding


def test_every_state_has_its_example(cases: dict[int, CaseFile]) -> None:
    found = Counter(state_of(case, TODAY) for case in cases.values())
    assert set(found) == set(CaseState)
    assert found.most_common(1)[0][0] == CaseState.CLOSED


def test_every_term_class_has_its_example(cases: dict[int, CaseFile]) -> None:
    assert {case.problem.term_class for case in cases.values()} == set(TermClass)


def test_problems_come_from_several_sources(cases: dict[int, CaseFile]) -> None:
    found = {case.inspection.source for case in cases.values() if case.inspection}
    expected = {ProblemSource.PROVINCE_INSPECTION, ProblemSource.CENTRAL_REVISIT, ProblemSource.PROVINCE_WARNING_FILM}
    assert found == expected


def test_problems_are_completed_behind_and_overdue(cases: dict[int, CaseFile]) -> None:
    found = {number: suggest_progress(case, TODAY) for number, case in cases.items()}
    assert found[5] == ProgressClass.COMPLETED
    assert found[14] == ProgressClass.BEHIND
    assert found[10] == ProgressClass.OVERDUE


def test_six_of_eight_projects_are_counted(cases: dict[int, CaseFile]) -> None:
    measure = cases[5].measures[1]
    assert (measure.quantity, measure.quantity_of, measure.quantity_done, measure.due) == (6, 8, 6, date(2024, 12, 31))


def test_the_immediate_problem_has_no_plan_date_but_an_internal_one(cases: dict[int, CaseFile]) -> None:
    problem = cases[1].problem
    assert problem.is_immediate
    assert (problem.deadline, problem.internal_deadline) == (None, date(2024, 9, 30))


def test_a_returned_problem_passed_after_supplement(cases: dict[int, CaseFile]) -> None:
    steps = cases[3].steps
    returned = next(step for step in steps if step.action == StepAction.RETURN)
    assert "补充整改要求" in returned.text
    assert [s.result for s in steps if s.action == StepAction.ACCEPT] == ["补充完善后通过"]


def test_a_reopened_problem_keeps_its_old_closure(cases: dict[int, CaseFile]) -> None:
    actions = [step.action for step in cases[7].steps]
    assert actions.index(StepAction.FILE) < actions.index(StepAction.LOOK_BACK) < actions.index(StepAction.REOPEN)


def test_an_extension_keeps_the_old_deadline(cases: dict[int, CaseFile]) -> None:
    problem = cases[12].problem
    assert (problem.deadline, problem.current_deadline) == (date(2025, 6, 30), date(2025, 12, 31))


def test_an_extension_that_was_only_asked_for_moves_nothing(cases: dict[int, CaseFile]) -> None:
    (asked,) = cases[14].deadline_changes
    assert (asked.is_approved, asked.new) == (False, date(2027, 3, 31))
    assert cases[14].problem.current_deadline == date(2026, 12, 31)


def test_one_step_went_on_against_a_warning_with_a_reason(cases: dict[int, CaseFile]) -> None:
    overridden = [(n, s.action) for n, case in cases.items() for s in case.steps if s.warnings and s.reason]
    assert overridden == [(6, StepAction.NOTICE)]


def test_a_long_term_problem_has_stages_reached_and_not(cases: dict[int, CaseFile]) -> None:
    reached = [stage.reached_on is not None for stage in cases[16].stages]
    assert reached == [True, True, False, False]


def test_the_october_round_is_frozen_with_a_late_unit_and_a_zero_report(ledger: Ledger) -> None:
    found = find_round(ledger, "2026-10")
    assert found is not None
    assert (found.due_on, found.frozen_on) == (date(2026, 10, 30), date(2026, 11, 3))
    with as_frozen(ledger, "2026-10") as month:
        assert month is not None
        board = read_board(month.ledger, "2026-10", date(2026, 11, 3))
    assert count_board(board, date(2026, 11, 3)).words == "应报12个单位，已报12个，未报齐0个，迟报或逾期1个。"
    assert {r.unit_id for r in read_unit_reports(ledger, "2026-10")} == {line.unit.id for line in board}
    assert [(line.unit.name, line.words(TODAY)) for line in board if line.is_late(TODAY)] == [
        ("枫林桥镇", "已报（迟报3天）")
    ]
    zero = [r.unit_id for r in read_unit_reports(ledger, "2026-10") if r.is_zero]
    assert zero == [line.unit.id for line in board if line.unit.name == "澄溪镇"]


def test_the_frozen_month_keeps_explanations_judgements_and_its_papers(
    ledger: Ledger, cases: dict[int, CaseFile]
) -> None:
    assert {(n, e.rule) for n, case in cases.items() for e in case.explanations} == {
        (10, "percent_less"),
        (10, "quantity_less"),
        (13, "done_open"),
    }
    judged = {n: j for n, case in cases.items() for j in case.judgements if j.month == "2026-10"}
    assert [n for n, j in judged.items() if j.decided != j.suggested] == [15]
    assert judged[15].reason
    assert {paper.key for paper in list_archive(ledger)} == {"monthly_dispatch", "progress_report"}


def test_a_report_that_came_after_the_freeze_stands_apart(ledger: Ledger, cases: dict[int, CaseFile]) -> None:
    late = late_entries(ledger, [cases[16].problem.id], "2026-11")
    assert [each.words.partition("：")[0] for each in late.values()] == ["冻结后补报（2026年10月）"]


def test_the_november_round_is_under_way(ledger: Ledger) -> None:
    found = find_round(ledger, "2026-11")
    assert found is not None
    assert not found.is_frozen
    assert [line.state for line in read_board(ledger, "2026-11", TODAY)].count(ReportState.ZERO) == 1


def test_some_sites_of_the_mines_are_struck_off_with_their_proof(cases: dict[int, CaseFile]) -> None:
    case = cases[15]
    assert count_sites(case.sites, TODAY).sentence == ("共19个点位，整改完成15个，自查自验14个，已销号11个（11/19）")
    assert {site.batch for site in case.sites if site.is_closed} == {"第一批", "第二批"}
    assert all(proof_of(case, site) for site in case.sites if site.checked_on)
    reached = [stage.count for stage in case.stages if stage.reached_on]
    assert reached == [5, 11]


def test_reminders_are_answered_and_late(cases: dict[int, CaseFile]) -> None:
    sent = {
        n: [c for c in case.chases if c.rung == Rung.REMIND]
        for n, case in cases.items()
        if any(c.rung == Rung.REMIND for c in case.chases)
    }
    assert sorted(sent) == [14, 16]
    assert sent[14][0].replied_on == date(2026, 10, 15)
    assert sent[16][0].is_late(TODAY)
    numbers = [c.doc_no for case in cases.values() for c in sorted(case.chases, key=lambda c: c.on)]
    days = {c.doc_no: c.on for case in cases.values() for c in case.chases}
    assert sorted(numbers) == sorted(days, key=lambda doc_no: days[doc_no])


def test_one_demand_of_a_visit_waits_and_one_is_settled(cases: dict[int, CaseFile]) -> None:
    visits = {n: visit for n, case in cases.items() for visit in case.visits}
    assert {n: visit.is_open for n, visit in visits.items()} == {7: True, 14: False}
    assert all(visit.way == "暗访" and visit.demand for visit in visits.values())


def test_an_objection_to_a_notice_was_looked_into_and_answered(cases: dict[int, CaseFile]) -> None:
    (objection,) = [o for case in cases.values() for o in case.objections]
    notice = next(step for step in cases[9].steps if step.id == objection.notice_id)
    assert objection.problem_id == cases[9].problem.id
    assert notice.end is not None
    assert notice.on <= objection.received_on <= notice.end
    assert (objection.result, objection.answered_on) == ("不成立", date(2026, 11, 17))


def test_a_light_was_decided_with_a_reason(cases: dict[int, CaseFile]) -> None:
    decided = {n: decided_light(case, "2026-11") for n, case in cases.items() if decided_light(case, "2026-11")}
    assert [(n, j.light, bool(j.reason)) for n, j in decided.items() if j] == [(14, "red", True)]


def test_standards_are_answered_at_own_checks_and_demands_after_a_return(cases: dict[int, CaseFile]) -> None:
    checks = [s for case in cases.values() for s in case.steps if s.action == StepAction.SELF_CHECK]
    assert all(len(step.answers) >= 7 for step in checks)
    again = [s for s in cases[3].steps if s.action == StepAction.SELF_CHECK][-1]
    assert sum(remark == "已逐条核实" for _, _, remark in again.answers) == 3


def test_pictures_carry_date_and_place(cases: dict[int, CaseFile]) -> None:
    pictures = [piece for case in cases.values() for piece in case.evidence if not piece.item]
    assert len(pictures) > 20
    assert all(piece.taken_on and piece.place and piece.present for piece in pictures)


def test_groups_and_aliases_are_in_the_unit_list(whole: LedgerFile) -> None:
    units = {unit.name: unit for unit in whole.units}
    assert len(units) >= 30
    assert units["各镇街"].is_group
    assert len(units["各镇街"].members) == 5
    assert "市生态环境局江澜分局" in units["区生态环境分局"].aliases
    assert [unit.rank for unit in whole.units] == sorted(unit.rank for unit in whole.units)


def test_the_sample_is_a_sound_ledger(ledger: Ledger) -> None:
    health = check(ledger)
    assert health.is_sound, health.problems


def test_an_earlier_day_shows_what_was_known_then(ledger: Ledger) -> None:
    with show.as_of(ledger, date(2024, 12, 31)) as view:
        then = {case.problem.number: case for case in show.read_ledger(view).cases}
    assert state_of(then[5], date(2024, 12, 31)) == CaseState.SELF_CHECKED
    assert state_of(then[7], date(2024, 12, 31)) == CaseState.CLOSED
    assert not then[4].problem.transferred_to
    assert then[12].deadline_changes == ()


def test_two_runs_give_the_same_ops(ledger: Ledger, tmp_path: Path) -> None:
    with open_to_read(make_sample(tmp_path / "again")) as again:
        assert _op_ids(again) == _op_ids(ledger)


def _op_ids(ledger: Ledger) -> list[bytes]:
    return [bytes(row[0]) for row in ledger.db.execute_sql("SELECT id FROM op ORDER BY lsn")]


def test_the_sample_is_not_made_over_something_else(tmp_path: Path) -> None:
    (tmp_path / "别人的文件.txt").write_text("别动", encoding="utf-8")
    with pytest.raises(Refused, match="已有内容"):
        make_sample(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["别人的文件.txt"]


def test_everything_happens_on_working_days_after_the_plan_came_in() -> None:
    district, calendar = read_district(), shipped_calendar()
    for event in in_order(read_stories(), read_months()):
        assert calendar.is_working(event.on), (event.number, event.on)
        assert district.opened <= event.on <= district.today, (event.number, event.on)


def test_all_gates_of_closed_problems_have_their_papers(cases: dict[int, CaseFile]) -> None:
    for case in cases.values():
        if state_of(case, TODAY) == CaseState.CLOSED:
            on_file = {piece.gate for piece in case.evidence}
            assert {Gate.APPLY, Gate.ACCEPT, Gate.NOTICE, Gate.FILE} <= on_file, case.problem.number


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_before_and_after_are_different_pictures(scene: str) -> None:
    drawn = [photo(scene, phase, "现场", TODAY, (26.9, 112.6)) for phase in ("整改前", "整改中", "整改后")]
    assert len(set(drawn)) == 3
    for data in drawn:
        with Image.open(io.BytesIO(data)) as picture:
            assert picture.size == (800, 600)
            # A scene that leaves part of its ground undrawn shows black there.
            assert picture.crop((0, 0, 800, 500)).convert("L").histogram()[0] < 400


def test_an_unknown_scene_is_refused() -> None:
    with pytest.raises(Refused, match="没有“moon”"):
        photo("moon", "整改前", "月面", TODAY, (0.0, 0.0))
