"""Taking the last step back: all that one action wrote, told before, with what stood there."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop import paths
from desktop.operations.cases import find_case
from desktop.operations.closure import take_step
from desktop.operations.history import ledger_history
from desktop.operations.holidays import confirm_year
from desktop.operations.ledgers import check, new_ledger
from desktop.operations.office_settings import read_office_settings, save_office_settings
from desktop.operations.opened import Ledger
from desktop.operations.paper.doc_numbers import enter_number
from desktop.operations.plan.intake import import_plan, read_plan_file
from desktop.operations.problems import save_problem, void_record
from desktop.operations.progress import add_evidence, report_progress
from desktop.operations.show import show_ledger
from desktop.operations.today import month_rows, report_row
from desktop.operations.undo import NOT_TAKEN_BACK, last_step, last_taken_back, redo_last, undo_last
from desktop.operations.units import list_people, list_units, merge_units, save_person, save_unit
from desktop.rules.calendar import year_table
from desktop.rules.entries import (
    DocNumberEntry,
    EvidenceEntry,
    PersonEntry,
    ProblemEntry,
    ProgressEntry,
    StepEntry,
    UnitEntry,
)
from desktop.rules.errors import Refused
from desktop.rules.fold import fold_row
from desktop.rules.kinds import KINDS, RecordKind, Type
from desktop.rules.ops import SET, SHARED, make_op
from desktop.rules.records import StepAction, UnitRole
from desktop.store.journal import all_ops, ops_of_rows
from desktop.store.read_cases import find_problems, read_case
from desktop.store.read_shared import read_holidays, read_inspections, read_plans
from desktop.store.writer import writing

TODAY = date(2026, 11, 23)
WHO = "李明"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = new_ledger(tmp_path / "台账", "蒸湘区整改办", TODAY, person=WHO)
    yield made
    made.close()


@pytest.fixture
def founded(ledger: Ledger) -> Ledger:
    """With the founding plan in it."""
    import_plan(ledger, read_plan_file(paths.resource("sample", "founding-plan.txt")), TODAY, WHO)
    return ledger


def words_of(ledger: Ledger, person: str = WHO) -> str:
    step = last_step(ledger, person)
    assert step is not None
    assert step.why_not == ""
    return step.words


def undo(ledger: Ledger) -> str:
    return undo_last(ledger, TODAY, WHO).sentence


def two_units(ledger: Ledger) -> tuple[str, str]:
    for name in ("区水利局", "区环保局"):
        save_unit(ledger, "", UnitEntry(name), TODAY, WHO)
    water, air = list_units(ledger)
    return water.id, air.id


def test_a_change_is_told_with_what_stood_there_before(ledger: Ledger) -> None:
    save_person(ledger, "", PersonEntry("王芳", phone="8220001"), TODAY, WHO)
    person = list_people(ledger)[0].id
    save_person(ledger, person, PersonEntry("王芳", phone="8220002"), TODAY, WHO)
    assert words_of(ledger) == "王芳：人员·电话：8220001 → 8220002"
    assert undo(ledger) == "已撤销：王芳：人员·电话：8220001 → 8220002"
    assert list_people(ledger)[0].phone == "8220001"


def test_a_change_of_several_fields_says_how_many(ledger: Ledger) -> None:
    save_person(ledger, "", PersonEntry("王芳", phone="8220001"), TODAY, WHO)
    person = list_people(ledger)[0].id
    save_person(ledger, person, PersonEntry("王芳", "科长", phone="8220002"), TODAY, WHO)
    assert words_of(ledger).endswith("等2处")


def test_a_new_problem_goes_with_its_units(ledger: Ledger) -> None:
    water, air = two_units(ledger)
    units = ((water, UnitRole.LEAD), (air, UnitRole.RESPONSIBLE))
    save_problem(ledger, None, ProblemEntry(5, "长江入河排污口", units=units), TODAY, WHO)
    assert words_of(ledger) == "新增问题：5，长江入河排污口，连同新增问题单位2处"
    undo(ledger)
    assert find_problems(ledger, 5) == ()
    assert ledger.db.execute_sql("SELECT count(*) FROM problem_unit WHERE active = 1").fetchone()[0] == 0
    # The number is free again, and what was saved before it comes next.
    save_problem(ledger, None, ProblemEntry(5, "长江入河排污口整治不到位", units=units), TODAY, WHO)
    undo(ledger)
    assert "区环保局" in words_of(ledger)


def test_a_changed_problem_gets_back_its_fields_and_units(ledger: Ledger) -> None:
    water, air = two_units(ledger)
    units = ((water, UnitRole.LEAD), (air, UnitRole.RESPONSIBLE))
    save_problem(ledger, None, ProblemEntry(1, "问题", units=units), TODAY, WHO)
    problem = find_problems(ledger, 1)[0]
    case = read_case(ledger, problem)
    save_problem(ledger, case, ProblemEntry(1, "问题变了", units=((air, UnitRole.LEAD),)), TODAY, WHO)
    assert words_of(ledger) == "问题1：问题·问题：问题 → 问题变了，连同新增问题单位1处、修改问题单位2处"
    undo(ledger)
    case = read_case(ledger, problem)
    assert case is not None
    assert case.problem.text == "问题"
    assert [(unit.name, unit.role) for unit in case.units] == [
        ("区水利局", UnitRole.LEAD),
        ("区环保局", UnitRole.RESPONSIBLE),
    ]


def test_what_the_history_is_silent_about_can_be_taken_back_too(ledger: Ledger) -> None:
    water, air = two_units(ledger)
    units = ((water, UnitRole.LEAD), (air, UnitRole.RESPONSIBLE))
    save_problem(ledger, None, ProblemEntry(1, "问题", units=units), TODAY, WHO)
    problem = find_problems(ledger, 1)[0]
    case = read_case(ledger, problem)
    save_problem(ledger, case, ProblemEntry(1, "问题", units=((water, UnitRole.LEAD),)), TODAY, WHO)
    assert words_of(ledger) == "问题1：修改问题单位"
    undo(ledger)
    case = read_case(ledger, problem)
    assert case is not None
    assert [unit.name for unit in case.units] == ["区水利局", "区环保局"]


def test_several_files_of_evidence_go_together(founded: Ledger, tmp_path: Path) -> None:
    files = []
    for name in ("照片一.txt", "照片二.txt", "照片三.txt"):
        (tmp_path / name).write_text(name, encoding="utf-8")
        files.append(str(tmp_path / name))
    add_evidence(founded, find_case(founded, 5), EvidenceEntry(tuple(files)), TODAY, WHO)
    assert words_of(founded) == "新增佐证材料3处（问题5）"
    undo(founded)
    assert find_case(founded, 5).evidence == ()
    assert check(founded).is_sound


def test_a_step_goes_with_its_papers(founded: Ledger, tmp_path: Path) -> None:
    report_progress(founded, find_case(founded, 5), ProgressEntry("已完成", percent=100), TODAY, WHO)
    paper = tmp_path / "自查自验报告.txt"
    paper.write_text("x", encoding="utf-8")
    entry = StepEntry(StepAction.SELF_CHECK, TODAY, "自查", reason="先行", files=(str(paper),))
    take_step(founded, find_case(founded, 5), entry, TODAY, WHO)
    assert "连同新增佐证材料1处" in words_of(founded)
    undo(founded)
    case = find_case(founded, 5)
    assert (case.steps, case.evidence, len(case.progress)) == ((), (), 1)


def test_the_rows_saved_in_one_go_are_one_step_however_long_it_takes(founded: Ledger) -> None:
    rows = [row for row in month_rows(founded, "2026-11", TODAY) if row.measure]
    assert len(rows) == 3
    for row in rows:
        report_row(founded, row, ProgressEntry("正在推进", measure=row.measure, month="2026-11"), TODAY, WHO, "甲")
        now = founded.outside.now_ms() + 60_000
        founded.outside.now_ms = lambda now=now: now
    assert words_of(founded) == "新增进展3处（问题5）"
    undo(founded)
    left = founded.db.execute_sql("SELECT count(*) FROM progress WHERE void IS NULL").fetchone()[0]
    assert left == 0
    assert "整改方案" in words_of(founded)


def test_rows_saved_one_right_after_the_other_in_two_goes_are_two_steps(founded: Ledger) -> None:
    for month in ("2026-10", "2026-11"):
        row = next(row for row in month_rows(founded, month, TODAY) if row.measure)
        entry = ProgressEntry("正在推进", measure=row.measure, month=month)
        report_row(founded, row, entry, TODAY, WHO, f"第{month}次")
    undo(founded)
    months = founded.db.execute_sql("SELECT month FROM progress WHERE void IS NULL").fetchall()
    assert months == [("2026-10",)]


def test_two_units_made_one_are_two_again(founded: Ledger) -> None:
    save_unit(founded, "", UnitEntry("区生态环境执法大队", phone="8220009"), TODAY, WHO)
    before = show_ledger(founded, TODAY), list_units(founded)
    keep, gone = list_units(founded)
    save_person(founded, "", PersonEntry("王芳", unit_id=gone.id), TODAY, WHO)
    people = list_people(founded)
    merge_units(founded, keep.id, gone.id, TODAY, WHO)
    assert words_of(founded).startswith(f"{gone.name}：单位·并入：（空） → {keep.name}")
    undo(founded)
    assert list_people(founded) == people
    assert (show_ledger(founded, TODAY), list_units(founded)) == before


def test_an_imported_plan_goes_whole_and_comes_in_again(ledger: Ledger) -> None:
    plan = read_plan_file(paths.resource("sample", "founding-plan.txt"))
    save_unit(ledger, "", UnitEntry("区水利局"), TODAY, WHO)
    units = list_units(ledger)
    import_plan(ledger, plan, TODAY, WHO)
    whole = show_ledger(ledger, TODAY)
    words = words_of(ledger)
    assert words.startswith("新增整改方案：")
    assert "连同新增督察1处、新增问题1处、新增整改措施3处" in words
    undo(ledger)
    assert show_ledger(ledger, TODAY)["problems"] == []
    assert (read_plans(ledger), read_inspections(ledger), list_people(ledger)) == ((), (), ())
    assert list_units(ledger) == units
    assert check(ledger).is_sound
    import_plan(ledger, plan, TODAY, WHO)
    assert show_ledger(ledger, TODAY) == whole


def test_a_plan_imported_again_gives_back_what_it_changed(founded: Ledger) -> None:
    case = find_case(founded, 5)
    save_problem(founded, case, ProblemEntry(5, "改过的问题", plan_id=case.problem.plan_id), TODAY, WHO)
    before = show_ledger(founded, TODAY)
    import_plan(founded, read_plan_file(paths.resource("sample", "founding-plan.txt")), TODAY, WHO)
    assert show_ledger(founded, TODAY) != before
    undo(founded)
    assert show_ledger(founded, TODAY) == before


def test_a_withdrawal_can_be_taken_back(founded: Ledger) -> None:
    report_progress(founded, find_case(founded, 5), ProgressEntry("进展"), TODAY, WHO)
    row = find_case(founded, 5).progress[0].id
    void_record(founded, find_case(founded, 5), "progress", row, "填错", TODAY, WHO)
    undo(founded)
    assert [entry.id for entry in find_case(founded, 5).progress] == [row]


def test_settings_and_holidays_go_back_to_nothing(ledger: Ledger) -> None:
    before = read_office_settings(ledger), read_holidays(ledger)
    save_office_settings(ledger, {"contact": "李明", "phone": "8220001"}, TODAY, WHO)
    undo(ledger)
    confirm_year(ledger, year_table(2027, [date(2027, 1, 1)], []), TODAY, WHO)
    undo(ledger)
    assert (read_office_settings(ledger), read_holidays(ledger)) == before
    save_office_settings(ledger, {"contact": "王芳"}, TODAY, WHO)
    assert read_office_settings(ledger)["contact"] == "王芳"


def test_one_step_after_the_other_back_to_the_beginning(ledger: Ledger) -> None:
    for name in ("王芳", "张伟", "刘洋"):
        save_person(ledger, "", PersonEntry(name), TODAY, WHO)
    for left in (["王芳", "张伟"], ["王芳"], []):
        undo(ledger)
        assert [person.name for person in list_people(ledger)] == left
    with pytest.raises(Refused, match="没有可以撤销的操作"):
        undo(ledger)
    # Both the steps and their withdrawals stay.
    told = [line.change.title for line in ledger_history(ledger).lines]
    assert told.count("新增人员") == 3
    assert told.count("人员·作废原因") == 3


def test_what_was_taken_back_comes_again_step_by_step(founded: Ledger, tmp_path: Path) -> None:
    case = find_case(founded, 5)
    save_unit(founded, "", UnitEntry("区商务局"), TODAY, WHO)
    (tmp_path / "照片.txt").write_text("照片", encoding="utf-8")
    add_evidence(founded, case, EvidenceEntry((str(tmp_path / "照片.txt"),)), TODAY, WHO)
    report_progress(founded, case, ProgressEntry("拆除2处", percent=60), TODAY, WHO)
    shown = [show_ledger(founded, TODAY)]
    while (step := last_step(founded, WHO)) and "方案" not in step.words:
        undo_last(founded, TODAY, WHO)
        shown.append(show_ledger(founded, TODAY))
    assert len(shown) == 4
    for before in reversed(shown[:-1]):
        words = last_taken_back(founded, WHO)
        assert words is not None
        assert redo_last(founded, TODAY, WHO).sentence == f"已恢复：{words.words}"
        assert show_ledger(founded, TODAY) == before
    assert last_taken_back(founded, WHO) is None
    with pytest.raises(Refused, match="没有可以恢复的操作"):
        redo_last(founded, TODAY, WHO)
    for expected in shown[1:]:
        undo_last(founded, TODAY, WHO)
        assert show_ledger(founded, TODAY) == expected
    assert check(founded).is_sound


def test_after_something_new_nothing_comes_again(ledger: Ledger) -> None:
    save_unit(ledger, "", UnitEntry("区商务局"), TODAY, WHO)
    undo_last(ledger, TODAY, WHO)
    assert last_taken_back(ledger, "别人") is None
    assert last_taken_back(ledger, WHO) is not None
    save_unit(ledger, "", UnitEntry("区水利局"), TODAY, WHO)
    assert last_taken_back(ledger, WHO) is None


def test_a_plan_taken_back_whole_comes_in_again_whole(founded: Ledger) -> None:
    before = show_ledger(founded, TODAY)
    undo_last(founded, TODAY, WHO)
    assert find_problems(founded, 5) == ()
    redo_last(founded, TODAY, WHO)
    assert show_ledger(founded, TODAY) == before


def test_nothing_of_another_person_is_taken_back(ledger: Ledger) -> None:
    save_person(ledger, "", PersonEntry("王芳"), TODAY, WHO)
    save_person(ledger, "", PersonEntry("张伟"), TODAY, "王芳")
    assert last_step(ledger, WHO) is None
    with pytest.raises(Refused, match="没有可以撤销的操作"):
        undo(ledger)


def test_a_ledger_just_made_stays(ledger: Ledger) -> None:
    assert last_step(ledger, WHO) is None


def test_after_a_writer_that_notes_no_steps_nothing_is_taken_back(ledger: Ledger) -> None:
    save_person(ledger, "", PersonEntry("王芳"), TODAY, WHO)
    save_person(ledger, "", PersonEntry("张伟"), TODAY, WHO)
    ledger.db.execute_sql("UPDATE meta SET value = json_set(value, '$.until', 1) WHERE key = 'steps'")
    assert last_step(ledger, WHO) is None
    ledger.db.execute_sql("UPDATE meta SET value = 'x' WHERE key = 'steps'")
    assert last_step(ledger, WHO) is None
    save_person(ledger, "", PersonEntry("刘洋"), TODAY, WHO)
    assert "刘洋" in words_of(ledger)


def test_an_undo_that_is_stopped_leaves_all_as_it_was(founded: Ledger) -> None:
    before = show_ledger(founded, TODAY)

    def stop(words: str, share: float) -> None:
        if share > 0.5:
            raise RuntimeError(words)

    with pytest.raises(RuntimeError):
        undo_last(founded, TODAY, WHO, stop)
    assert show_ledger(founded, TODAY) == before
    assert words_of(founded)
    assert check(founded).is_sound


def test_what_was_printed_or_numbered_is_not_taken_back_and_says_why(founded: Ledger) -> None:
    enter_number(founded, DocNumberEntry("蒸整改办〔2026〕1号", "关于销号的请示", TODAY), TODAY, WHO)
    step = last_step(founded, WHO)
    assert step is not None
    assert "发文登记" in step.why_not
    with pytest.raises(Refused, match="发文登记"):
        undo(founded)


def test_what_was_written_beside_the_records_is_not_taken_back(ledger: Ledger) -> None:
    with writing(ledger, WHO, TODAY) as writer:
        writer.new("person", {"name": "王芳"})
        assert writer.connection.in_transaction
    with pytest.raises(Refused, match="不只改了台账里的记录"):
        undo(ledger)
    assert [person.name for person in list_people(ledger)] == ["王芳"]


def test_a_decision_between_two_is_not_taken_back(ledger: Ledger) -> None:
    save_person(ledger, "", PersonEntry("王芳", phone="1"), TODAY, WHO)
    row = list_people(ledger)[0].id
    first = next(all_ops(ledger.db.connection(), "row = ?", (bytes.fromhex(row),)))
    with writing(ledger, WHO, TODAY) as writer:
        for phone, nonce in (("2", "a" * 16), ("3", "b" * 16)):
            base = {"phone": (first.id,)}
            writer.take(
                [
                    make_op(
                        table="person", row=row, scope=SHARED, kind=SET, fields={"phone": phone}, base=base,
                        office=ledger.office_id, person=WHO, hlc=ledger.next_hlc(), nonce=nonce,
                    )
                ],
                {},
            )  # fmt: skip
    save_person(ledger, row, PersonEntry("王芳", phone="4"), TODAY, WHO)
    step = last_step(ledger, WHO)
    assert step is not None
    assert "不同的说法" in step.why_not
    with pytest.raises(Refused, match="不同的说法"):
        undo(ledger)
    assert list_people(ledger)[0].phone == "4"


def test_an_inspection_is_told_in_words(ledger: Ledger) -> None:
    import_plan(ledger, read_plan_file(paths.resource("sample", "founding-plan.txt")), TODAY, WHO)
    (told,) = [line.change for line in ledger_history(ledger).lines if line.change.table == "inspection"]
    assert "省督察" in told.after
    assert not any(character.isascii() and character.isalpha() for character in told.after)


VALUES = {
    Type.TEXT: "字", Type.INT: 3, Type.FLAG: True, Type.DATE: "2026-11-23", Type.LIST: ["字"], Type.REF: "0" * 32,
}  # fmt: skip


@pytest.mark.parametrize("kind", [kind for name, kind in KINDS.items() if name not in {*NOT_TAKEN_BACK, "office"}])
def test_a_new_record_of_every_kind_can_be_withdrawn(ledger: Ledger, kind: RecordKind) -> None:
    fields = {field.name: VALUES[field.type] for field in kind.fields if field.name not in ("void", "corrects")}
    with writing(ledger, WHO, TODAY) as writer:
        row = writer.new(kind.name, fields)
    assert words_of(ledger).startswith(f"新增{kind.words}")
    undo(ledger)
    state = fold_row(ops_of_rows(ledger.db.connection(), [row])[row])
    left = {name: field.value for name, field in state.fields.items()}
    if kind.field("void"):
        assert left["void"] == "撤销"
    elif kind.field("active"):
        assert left["active"] is False
    else:
        assert set(left.values()) == {None}
