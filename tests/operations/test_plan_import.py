"""A reviewed plan enters the ledger: new units, aliases, what differs the second time, what stays."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop import paths
from desktop.operations.ledgers import new_ledger
from desktop.operations.opened import Ledger
from desktop.operations.plan.intake import import_plan, preview_import, preview_words, read_plan_file
from desktop.operations.problems import save_measure, save_problem
from desktop.operations.units import list_people, list_units, merge_units, save_unit, void_shared
from desktop.rules.drafts import MeasureDraft, PlanDraft, ProblemDraft, Quantity, StageDraft
from desktop.rules.entries import MeasureEntry, ProblemEntry, UnitEntry
from desktop.rules.errors import Refused
from desktop.rules.records import CaseFile, TermClass, Unit, UnitRole
from desktop.store.read_cases import all_problems, find_problems, read_cases
from desktop.store.read_shared import read_plans
from desktop.store.writer import writing

TODAY = date(2026, 11, 23)
FIRST = ProblemDraft(
    1,
    "渗滤液外溢。",
    "不再外溢。",
    (
        MeasureDraft(1, "抽排渗滤液。"),
        MeasureDraft(2, "建成2个收集池。", date(2026, 12, 31), Quantity(2, "个", None, 3)),
    ),
    "2026年12月31日",
    date(2026, 12, 31),
    TermClass.DATED,
    stages=(StageDraft(date(2026, 6, 30), "完成1个", 1),),
    leaders=("谭允中",),
    lead_units=("区城管局",),
    responsible_units=("澄溪镇", "各镇街"),
)
SECOND = ProblemDraft(2, "扬尘。", None, (MeasureDraft(1, "建围挡。"),), lead_units=("区交通局",))
PLAN = PlanDraft("江澜区整改方案", "江办发〔2026〕1号", date(2026, 1, 5), "江澜区委办公室", 2, problems=(FIRST, SECOND))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = new_ledger(tmp_path / "台账", "江澜区整改办", TODAY, person="李明")
    yield made
    made.close()


def case(ledger: Ledger, number: int = 1) -> CaseFile:
    found = list(read_cases(ledger, find_problems(ledger, number)))
    assert len(found) == 1
    return found[0]


def unit(ledger: Ledger, name: str) -> Unit:
    return next(u for u in list_units(ledger) if u.name == name)


def only(*problems: ProblemDraft) -> PlanDraft:
    return replace(PLAN, problems=problems)


def test_everything_of_a_problem_enters_the_ledger(ledger: Ledger) -> None:
    assert import_plan(ledger, PLAN, TODAY, "李明").sentence == "已导入2个问题。"
    held = case(ledger)
    assert (held.problem.text, held.problem.target) == ("渗滤液外溢。", "不再外溢。")
    assert (held.problem.deadline, held.problem.leaders) == (date(2026, 12, 31), ("谭允中",))
    measure = held.measures[1]
    assert (measure.due, measure.quantity, measure.quantity_of) == (date(2026, 12, 31), 2, 3)
    assert [(stage.due, stage.count) for stage in held.stages] == [(date(2026, 6, 30), 1)]
    assert held.unit_names(UnitRole.RESPONSIBLE) == ("澄溪镇", "各镇街")
    assert unit(ledger, "各镇街").is_group
    assert [person.name for person in list_people(ledger)] == ["谭允中"]


def test_the_preview_names_new_units_and_writes_nothing(ledger: Ledger) -> None:
    preview = preview_import(ledger, PLAN)
    assert preview.new_units == ("区城管局", "澄溪镇", "各镇街", "区交通局")
    assert (preview.known_numbers, preview.differences) == ((), ())
    assert list_units(ledger) == ()


def test_only_the_problems_given_are_taken_and_the_rest_later(ledger: Ledger) -> None:
    import_plan(ledger, only(SECOND), TODAY)
    assert [c.problem.number for c in read_cases(ledger, all_problems(ledger))] == [2]
    import_plan(ledger, PLAN, TODAY)
    assert [c.problem.number for c in read_cases(ledger, all_problems(ledger))] == [1, 2]
    assert len(read_plans(ledger)) == 1


def test_a_second_import_of_the_same_plan_changes_nothing(ledger: Ledger) -> None:
    import_plan(ledger, PLAN, TODAY)
    assert preview_import(ledger, PLAN).differences == ()
    again = import_plan(ledger, PLAN, TODAY)
    assert (again.sentence, again.touched) == ("与台账一致，没有变化。", ())


def test_the_preview_says_what_differs_field_by_field(ledger: Ledger) -> None:
    import_plan(ledger, PLAN, TODAY)
    measures = (FIRST.measures[0], replace(FIRST.measures[1], due=date(2027, 3, 31)), MeasureDraft(3, "每日巡查。"))
    changed = replace(
        FIRST, target="长期不外溢。", measures=measures, lead_units=("区住建局",), deadline=date(2027, 3, 31)
    )
    preview = preview_import(ledger, only(changed, SECOND))
    assert [(d.number, d.field, d.sentence) for d in preview.differences] == [
        (1, "target", "整改目标：不再外溢。 → 长期不外溢。"),
        (1, "deadline", "整改时限：2026年12月31日 → 2027年3月31日"),
        (1, "lead_units", "牵头单位：区城管局 → 区住建局"),
        (
            1,
            "measures",
            "措施（二）：建成2个收集池。｜完成时限2026年12月31日｜2个（共3个） → "
            "建成2个收集池。｜完成时限2027年3月31日｜2个（共3个）",
        ),
        (1, "measures", "措施（三）：（空） → 每日巡查。"),
    ]
    assert "问题1 整改目标：不再外溢。 → 长期不外溢。" in preview_words(preview)
    import_plan(ledger, only(changed, SECOND), TODAY)
    assert preview_import(ledger, only(changed, SECOND)).differences == ()
    assert case(ledger).unit_names(UnitRole.LEAD) == ("区住建局",)
    assert len(case(ledger).measures) == 3


def test_what_the_plan_says_nothing_about_stays(ledger: Ledger) -> None:
    import_plan(ledger, PLAN, TODAY)
    held = case(ledger, 2)
    entry = ProblemEntry(
        2,
        held.problem.text,
        "不再扬尘。",
        held.problem.plan_id,
        held.problem.inspection_id,
        deadline=date(2027, 1, 1),
        units=(*((u.unit_id, u.role) for u in held.units), (unit(ledger, "澄溪镇").id, UnitRole.RESPONSIBLE)),
    )
    save_problem(ledger, held, entry, TODAY)
    save_measure(ledger, case(ledger, 2), 1, MeasureEntry(1, "建围挡。", date(2026, 12, 1), 5, None, "处"), TODAY)
    assert preview_import(ledger, PLAN).differences == ()
    assert "没有变化" in import_plan(ledger, PLAN, TODAY).sentence
    kept = case(ledger, 2)
    assert (kept.problem.target, kept.problem.deadline) == ("不再扬尘。", date(2027, 1, 1))
    assert kept.unit_names(UnitRole.RESPONSIBLE) == ("澄溪镇",)
    assert (kept.measures[0].due, kept.measures[0].quantity) == (date(2026, 12, 1), 5)


def test_a_measure_added_by_hand_gets_no_twin(ledger: Ledger) -> None:
    import_plan(ledger, PLAN, TODAY)
    save_measure(ledger, case(ledger, 2), None, MeasureEntry(2, "洒水。"), TODAY)
    more = replace(SECOND, measures=(*SECOND.measures, MeasureDraft(2, "每日洒水。")))
    import_plan(ledger, only(more), TODAY)
    assert [(m.number, m.text) for m in case(ledger, 2).measures] == [(1, "建围挡。"), (2, "每日洒水。")]


def test_a_name_given_to_a_unit_becomes_its_alias(ledger: Ledger) -> None:
    save_unit(ledger, "", UnitEntry("区城市管理和综合执法局"), TODAY)
    chosen = unit(ledger, "区城市管理和综合执法局")
    import_plan(ledger, only(FIRST), TODAY, aliases={"区城管局": chosen.id})
    assert case(ledger).unit_names(UnitRole.LEAD) == ("区城市管理和综合执法局",)
    assert unit(ledger, "区城市管理和综合执法局").aliases == ("区城管局",)
    assert "区城管局" not in preview_import(ledger, PLAN).new_units


def test_an_alias_of_a_unit_that_is_gone_is_refused_and_nothing_is_kept(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="不在名册中，台账没有变化"):
        import_plan(ledger, PLAN, TODAY, aliases={"区城管局": "0" * 32})
    assert (all_problems(ledger), list_units(ledger), read_plans(ledger)) == ((), (), ())


def test_a_name_that_may_be_two_units_is_told(ledger: Ledger) -> None:
    for name in ("江澜区城管局", "东江区城管局"):
        save_unit(ledger, "", UnitEntry(name), TODAY)
    assert preview_import(ledger, PLAN).unclear == (("区城管局", ("江澜区城管局", "东江区城管局")),)
    said = import_plan(ledger, only(FIRST), TODAY).warnings
    assert any("“区城管局”可能就是“江澜区城管局”“东江区城管局”" in warning for warning in said)


def test_a_unit_taken_off_the_list_is_listed_again_when_a_plan_names_it(ledger: Ledger) -> None:
    import_plan(ledger, only(SECOND), TODAY)
    with writing(ledger, "", TODAY) as writer:
        writer.set("unit", unit(ledger, "区交通局").id, {"void": "误录"})
    import_plan(ledger, only(replace(SECOND, number=3)), TODAY)
    assert [u.name for u in list_units(ledger)] == ["区交通局"]


def test_a_merged_unit_is_met_under_its_old_name(ledger: Ledger) -> None:
    import_plan(ledger, PLAN, TODAY)
    save_unit(ledger, "", UnitEntry("区交通运输局"), TODAY)
    merge_units(ledger, unit(ledger, "区交通运输局").id, unit(ledger, "区交通局").id, TODAY)
    assert preview_import(ledger, PLAN).differences == ()
    assert "没有变化" in import_plan(ledger, PLAN, TODAY).sentence
    with pytest.raises(Refused, match="用到“区交通运输局”"):
        void_shared(ledger, "unit", unit(ledger, "区交通运输局").id, "撤销", TODAY)
    import_plan(ledger, only(replace(SECOND, lead_units=("区水利局",))), TODAY)
    assert case(ledger, 2).unit_names(UnitRole.LEAD) == ("区水利局",)


def test_a_plan_without_a_number_makes_no_twins_either(ledger: Ledger) -> None:
    nameless = replace(PLAN, doc_no=None)
    import_plan(ledger, replace(nameless, problems=(FIRST,)), TODAY)
    assert preview_import(ledger, nameless).known_numbers == (1,)
    import_plan(ledger, nameless, TODAY)
    assert (len(all_problems(ledger)), len(read_plans(ledger))) == (2, 1)
    assert len(case(ledger).measures) == 2


def test_two_problems_with_one_number_are_both_kept(ledger: Ledger) -> None:
    twin = replace(SECOND, number=1)
    import_plan(ledger, only(FIRST, twin), TODAY)
    import_plan(ledger, only(FIRST, twin), TODAY)
    found = list(read_cases(ledger, find_problems(ledger, 1)))
    assert sorted(c.problem.text for c in found) == ["扬尘。", "渗滤液外溢。"]
    assert sorted(len(c.measures) for c in found) == [1, 2]


def test_two_measures_with_one_number_are_both_kept(ledger: Ledger) -> None:
    doubled = replace(SECOND, measures=(MeasureDraft(1, "建围挡。"), MeasureDraft(1, "洒水。")))
    import_plan(ledger, only(doubled), TODAY)
    assert {m.text for m in case(ledger, 2).measures} == {"建围挡。", "洒水。"}


def test_a_closed_problem_is_left_alone(ledger: Ledger) -> None:
    import_plan(ledger, PLAN, TODAY)
    with writing(ledger, "", TODAY) as writer:
        problem = case(ledger).problem.id
        writer.put("problem", {"transferred_to": case(ledger, 2).problem.id}, row=problem)
    changed = only(replace(FIRST, target="别的目标。"), SECOND)
    assert preview_import(ledger, changed).locked == (1,)
    said = import_plan(ledger, changed, TODAY)
    assert any("问题1已销号或已转入" in warning for warning in said.warnings)
    assert case(ledger).problem.target == "不再外溢。"


def test_what_cannot_be_a_plan_is_refused(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="没有从文件中读出任何问题"):
        import_plan(ledger, only(), TODAY)
    with pytest.raises(Refused, match="没有序号"):
        import_plan(ledger, only(replace(FIRST, number=0)), TODAY)


def test_the_sample_plan_of_sixteen_enters_whole_and_reports_its_progress(ledger: Ledger) -> None:
    draft = read_plan_file(paths.resource("sample", "sample-plan.txt"))
    told: list[float] = []
    import_plan(ledger, draft, TODAY, report=lambda words, share: told.append(share))
    assert len(all_problems(ledger)) == 16
    assert (len(told), told[0]) == (16, 0.0)
    assert told == sorted(told)
