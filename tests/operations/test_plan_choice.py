"""A revised plan beside the ledger: parts are left, problems are linked, what is gone is withdrawn or kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.operations.ledgers import new_ledger
from desktop.operations.plan.intake import (
    PlanChoice,
    differences_of,
    find_alike,
    import_plan,
    namer,
    preview_import,
    read_alike_again,
    without_parts,
)
from desktop.rules.drafts import MeasureDraft, PlanDraft, ProblemDraft, StageDraft
from desktop.rules.errors import Refused
from desktop.rules.records import CaseFile, TermClass
from desktop.store.ledger import Ledger
from desktop.store.read_cases import all_problems, find_problems, read_cases
from desktop.store.read_shared import read_units

TODAY = date(2026, 11, 23)
FIRST = ProblemDraft(
    1,
    "澄溪镇垃圾中转站渗滤液外溢，群众多次投诉。",
    "不再外溢。",
    (MeasureDraft(1, "抽排渗滤液。"), MeasureDraft(2, "修复收集池。")),
    "2026年12月31日",
    date(2026, 12, 31),
    TermClass.DATED,
    stages=(StageDraft(date(2026, 6, 30), "完成1个", 1),),
    leaders=("谭允中",),
    lead_units=("区城管局",),
)
SECOND = ProblemDraft(2, "望江街道沿江砂石堆场扬尘污染突出。", None, (MeasureDraft(1, "建围挡。"),))
PLAN = PlanDraft("江澜区整改方案", "江办发〔2026〕1号", date(2026, 1, 5), "江澜区委办公室", 2, problems=(FIRST, SECOND))
REVISED = replace(
    FIRST,
    text="澄溪镇垃圾中转站渗滤液外溢，尚未根治。",
    target="长期不外溢。",
    measures=(MeasureDraft(1, "改造抽排系统。"), MeasureDraft(3, "每日巡查。")),
    deadline_text="2027年6月底前",
    deadline=date(2027, 6, 30),
    stages=(StageDraft(date(2026, 6, 30), "完成2个", 2),),
    leaders=("肖若川",),
    lead_units=("区住建局",),
)
PARTS = ("text", "target", "deadline", "leaders", "lead", "measure 1", "measure 3", "stage 2026-06-30")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = new_ledger(tmp_path / "台账", "江澜区整改办", TODAY)
    import_plan(made, PLAN, TODAY)
    yield made
    made.close()


def case(ledger: Ledger, number: int = 1) -> CaseFile:
    return next(read_cases(ledger, find_problems(ledger, number)))


def parts(ledger: Ledger, draft: ProblemDraft, held: CaseFile) -> set[str]:
    return {found.part for found in differences_of(draft, held, namer(read_units(ledger)))}


def test_every_difference_has_a_part(ledger: Ledger) -> None:
    assert parts(ledger, REVISED, case(ledger)) == set(PARTS)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(left=st.sets(st.sampled_from(PARTS)))
def test_what_is_left_does_not_differ_and_the_rest_does(ledger: Ledger, left: set[str]) -> None:
    held = case(ledger)
    assert parts(ledger, without_parts(REVISED, held, left), held) == set(PARTS) - left


def test_only_the_parts_that_are_not_left_enter_the_ledger(ledger: Ledger) -> None:
    before = case(ledger)
    taken = without_parts(REVISED, before, {"text", "deadline", "measure 1", "lead"})
    import_plan(ledger, replace(PLAN, problems=(taken,)), TODAY)
    now = case(ledger)
    assert (now.problem.text, now.problem.deadline) == (before.problem.text, before.problem.deadline)
    assert (now.problem.target, now.problem.leaders) == ("长期不外溢。", ("肖若川",))
    assert [m.text for m in now.measures] == ["抽排渗滤液。", "修复收集池。", "每日巡查。"]
    assert now.units == before.units
    assert parts(ledger, REVISED, now) == {"text", "deadline", "measure 1", "lead"}


def test_problems_gone_from_the_plan_are_named_and_kept(ledger: Ledger) -> None:
    revised = replace(PLAN, problems=(FIRST,))
    assert [c.problem.number for c in preview_import(ledger, revised).gone] == [2]
    import_plan(ledger, revised, TODAY)
    assert len(all_problems(ledger)) == 2


def test_withdrawing_needs_a_reason_and_stays_in_the_history(ledger: Ledger) -> None:
    second, measure = case(ledger, 2).problem.id, case(ledger).measures[1]
    withdrawn = (("problem", second, second), ("measure", measure.id, measure.problem_id))
    revised = replace(PLAN, problems=(FIRST,))
    with pytest.raises(Refused, match="作废原因"):
        import_plan(ledger, revised, TODAY, choice=PlanChoice(withdrawn=withdrawn))
    assert len(all_problems(ledger)) == 2
    import_plan(
        ledger,
        replace(PLAN, problems=(replace(FIRST, measures=FIRST.measures[:1]),)),
        TODAY,
        choice=PlanChoice(withdrawn=withdrawn, reason="修订方案取消"),
    )
    assert find_problems(ledger, 2) == ()
    assert [m.number for m in case(ledger).measures] == [1]


# Problems of another plan or list


OTHER = replace(
    PLAN,
    doc_no="江办发〔2027〕3号",
    title="江澜区整改方案（修订）",
    problems=(replace(SECOND, number=7), replace(FIRST, number=8, target="长期不外溢。"), ProblemDraft(9, "另一事。")),
)


def test_problems_under_another_number_are_known_by_their_words(ledger: Ledger) -> None:
    alike = find_alike(ledger, OTHER)
    assert {at: (like.case.problem.number, like.is_sure) for at, like in alike.items()} == {0: (2, True), 1: (1, True)}
    assert {at: like.share for at, like in read_alike_again(ledger, alike).items()} == {0: 1.0, 1: 1.0}


def test_a_linked_problem_moves_to_the_issued_plan_and_no_twin_comes(ledger: Ledger) -> None:
    rows = {at: like.case.problem.id for at, like in find_alike(ledger, OTHER).items()}
    import_plan(ledger, OTHER, TODAY, choice=PlanChoice(rows))
    assert len(all_problems(ledger)) == 3
    held = case(ledger, 8)
    assert held.problem.id == rows[1]
    assert held.plan is not None
    assert held.plan.doc_no == "江办发〔2027〕3号"
    assert held.problem.target == "长期不外溢。"
    assert [m.text for m in held.measures] == ["抽排渗滤液。", "修复收集池。"]


def test_a_list_of_the_office_s_own_leaves_problems_with_their_plan(ledger: Ledger) -> None:
    own = replace(OTHER, doc_no=None, title="整改台账")
    rows = {at: like.case.problem.id for at, like in find_alike(ledger, own).items()}
    import_plan(ledger, own, TODAY, choice=PlanChoice(rows, numbers={0: 2, 1: 1}))
    held = case(ledger, 1)
    assert held.plan is not None
    assert held.plan.doc_no == "江办发〔2026〕1号"
    assert held.problem.target == "长期不外溢。"


def test_the_number_of_a_linked_problem_can_be_left(ledger: Ledger) -> None:
    swapped = replace(OTHER, problems=(replace(SECOND, number=1), replace(FIRST, number=3)))
    rows = {at: like.case.problem.id for at, like in find_alike(ledger, swapped).items()}
    import_plan(ledger, swapped, TODAY, choice=PlanChoice(rows, numbers={0: 2}))
    assert {c.problem.number: c.problem.text for c in read_cases(ledger, all_problems(ledger))} == {
        2: SECOND.text,
        3: FIRST.text,
    }


def test_the_progress_of_a_list_becomes_one_entry(ledger: Ledger) -> None:
    said = replace(PLAN, problems=(replace(FIRST, progress="已完成整改。"), SECOND))
    for _ in range(2):
        import_plan(ledger, said, TODAY, choice=PlanChoice(progress_month="2026-11"))
    assert [(p.month, p.text, p.percent) for p in case(ledger).progress] == [("2026-11", "已完成整改。", 100)]
    assert case(ledger, 2).progress == ()
