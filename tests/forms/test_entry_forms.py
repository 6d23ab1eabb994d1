"""Problem, measure, stage, evidence, extension, unit and person: the entry, the defaults, each fault in words."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from made_up import CASE, INSPECTION, MEASURES, PEOPLE, PLAN, TODAY, UNITS, case_after, region
from pytestqt.qtbot import QtBot

from desktop.rules.entries import (
    EvidenceEntry,
    ExtensionEntry,
    MeasureEntry,
    PersonEntry,
    ProblemEntry,
    StageEntry,
    UnitEntry,
)
from desktop.rules.records import DeadlineChange, Gate, Plan, StageTarget, TermClass, Unit, UnitRole
from forms.base import Form
from forms.evidence import EvidenceForm
from forms.extension import ExtensionForm
from forms.measure import MeasureForm
from forms.person import PersonForm
from forms.problem import ProblemForm
from forms.stage import StageForm
from forms.unit import UnitForm

TAKEN = {("p1", 5), ("p1", 6), ("p0", 40)}


@pytest.fixture
def made(qtbot: QtBot):
    def show(form: Form) -> Form:
        qtbot.addWidget(form)
        form.resize(640, 540)
        form.show()
        return form

    return show


@pytest.fixture
def entry_of(qtbot: QtBot):
    def submit(form: Form) -> object:
        with qtbot.waitSignal(form.submitted) as caught:
            form.submit()
        return caught.args[0]

    return submit


def problem_form(case=None, plans=(PLAN,)) -> ProblemForm:
    return ProblemForm((INSPECTION,), plans, UNITS, TODAY, TAKEN, case)


def test_a_new_problem_gets_the_plan_s_next_number_and_inspection(made) -> None:
    form = made(problem_form(plans=(Plan("p0", "旧方案", issued_on=date(2021, 1, 1)), PLAN)))
    assert (form.plan.chosen(), form.number.number(), form.inspection.chosen()) == ("p1", 7, "i1")
    form.plan.choose("p0")
    assert form.number.number() == 41
    form.number.setText("99")
    form.plan.choose("p1")
    assert form.number.number() == 99


def test_a_problem_is_entered_whole(made, entry_of) -> None:
    form = made(problem_form())
    form.restore(
        {
            "text": "青溪下段黑臭。",
            "target": "消除黑臭。",
            "deadline_raw": "2026年12月31日前",
            "leaders": "李华，周明",
            "units": {"chosen": [["u2", "lead"], ["u9", "responsible"]], "typed": ""},
            "element": "水",
            "problem_type": "水环境",
            "upper_city": "9",
            "listed_for_chasing": True,
        }
    )
    form.raw.editingFinished.emit()
    assert entry_of(form) == ProblemEntry(
        number=7,
        text="青溪下段黑臭。",
        target="消除黑臭。",
        plan_id="p1",
        inspection_id="i1",
        deadline_raw="2026年12月31日前",
        deadline=date(2026, 12, 31),
        term_class=TermClass.DATED,
        leaders=("李华", "周明"),
        units=(("u2", UnitRole.LEAD), ("u9", UnitRole.RESPONSIBLE)),
        element="水",
        problem_type="水环境",
        external_numbers=(("city", "9"),),
        listed_for_chasing=True,
    )


def test_an_edited_problem_comes_out_as_it_went_in(made, entry_of) -> None:
    problem = CASE.problem
    assert entry_of(made(problem_form(CASE))) == ProblemEntry(
        problem.number,
        problem.text,
        problem.target,
        "p1",
        "i1",
        problem.deadline_raw,
        problem.deadline,
        None,
        TermClass.DATED,
        ("李华",),
        (("u2", UnitRole.LEAD), ("u4", UnitRole.RESPONSIBLE)),
        external_numbers=(("city", "9"),),
    )


@pytest.mark.parametrize(
    ("filled", "faults"),
    [
        ({}, {"text": "请填写问题原文", "deadline": "限时整改须填写整改时限"}),
        ({"text": "甲", "deadline": "2026-12-31", "number": "6"}, {"number": "这个方案已有问题6，请换一个序号"}),
        ({"text": "甲", "deadline": "2026-12-31", "number": ""}, {"number": "请填写序号，从1起"}),
        ({"text": "甲", "deadline": "2026-12-31", "number": "六"}, {"number": "“六”不是整数，请只填数字"}),
        ({"text": "甲", "term_class": "immediate"}, {"deadline": "立行立改也须填写整改时限或内部时限"}),
        ({"text": "甲", "term_class": "immediate", "internal_deadline": "2026-12-01"}, {}),
        ({"text": "甲", "term_class": "long_term"}, {}),
        ({"text": "甲", "deadline": "月底"}, {"deadline": "“月底”不是日期，请写成 2026-11-23 或 2026年11月23日"}),
        (
            {"text": "甲", "deadline": "2026-12-31", "units": {"chosen": [], "typed": "区建"}},
            {"units": "“区建”还没有加入，请按回车加入或清空"},
        ),
    ],
)
def test_the_faults_of_a_problem(made, filled: dict[str, object], faults: dict[str, str]) -> None:
    form = made(problem_form())
    form.restore(filled)
    assert form.faults() == faults


def test_a_problem_without_a_lead_unit_is_remarked_on(made) -> None:
    form = made(problem_form())
    assert form.fields["units"].note.text() == "还没有牵头单位"
    form.units.add_unit("u1", "lead")
    assert form.fields["units"].note.isHidden()


def test_a_measure_gets_the_next_number_and_gives_its_count(made, entry_of) -> None:
    form = made(MeasureForm(CASE, TODAY))
    form.restore(
        {"text": "清淤2公里", "due": "2026-12-20", "quantity": "2", "quantity_unit": "公里", "quantity_of": "3"}
    )
    assert entry_of(form) == MeasureEntry(3, "清淤2公里", date(2026, 12, 20), 2, 3, "公里")


def test_an_edited_measure_keeps_its_number(made, entry_of) -> None:
    old = MEASURES[1]
    assert entry_of(made(MeasureForm(CASE, TODAY, old))) == MeasureEntry(2, old.text, old.due, 6, 8, "个")


@pytest.mark.parametrize(
    ("filled", "faults"),
    [
        ({}, {"text": "请填写措施内容"}),
        ({"text": "甲", "number": "2"}, {"number": "已有第2项措施，请换一个序号"}),
        ({"text": "甲", "number": "0"}, {"number": "请填写措施序号，从1起"}),
        ({"text": "甲", "quantity": "2"}, {"quantity_unit": "请填写数量的单位，如 个"}),
        (
            {"text": "甲", "quantity": "8", "quantity_unit": "个", "quantity_of": "6"},
            {"quantity_of": "总数量6小于承诺完成数量8，请核对"},
        ),
    ],
)
def test_the_faults_of_a_measure(made, filled: dict[str, object], faults: dict[str, str]) -> None:
    form = made(MeasureForm(CASE, TODAY))
    form.restore(filled)
    assert form.faults() == faults


def test_a_late_measure_and_sweeping_words_are_remarked_on(made) -> None:
    form = made(MeasureForm(CASE, TODAY))
    form.restore({"text": "对辖区企业一律停产整顿", "due": "2027-03-01"})
    assert form.fields["due"].note.text() == "晚于问题的整改时限2026年12月31日，请核对"
    assert "一刀切" in form.fields["text"].note.text()
    assert form.faults() == {}


def test_a_stage_target_is_entered_and_later_reached(made, entry_of) -> None:
    form = made(StageForm(CASE, TODAY))
    assert form.due.day() == date(2026, 12, 31)
    form.restore({"text": "完成清淤", "count": "3"})
    assert entry_of(form) == StageEntry(date(2026, 12, 31), "完成清淤", 3)
    old = StageTarget("s1", "x5", date(2026, 6, 30), "完成管网排查")
    form = made(StageForm(CASE, TODAY, old))
    form.reached.set_day(date(2026, 6, 28))
    assert entry_of(form) == StageEntry(date(2026, 6, 30), "完成管网排查", None, date(2026, 6, 28))


def test_the_faults_of_a_stage_target(made) -> None:
    form = made(StageForm(CASE, TODAY))
    form.restore({"due": "2026-06-30", "reached_on": "2026-12-01"})
    assert form.faults() == {
        "due": "这一天已有一个阶段目标，请合并填写或换一个日期",
        "text": "请填写阶段目标",
        "reached_on": "达到日期晚于今天，请核对",
    }


def test_evidence_gives_files_with_their_papers(made, entry_of, tmp_path: Path) -> None:
    photo, scan = tmp_path / "整改后.jpg", tmp_path / "验收意见.pdf"
    photo.write_bytes(b"1")
    scan.write_bytes(b"2")
    form = made(EvidenceForm(CASE, region(), TODAY, measure=1, gate=Gate.ACCEPT))
    form.files.add([photo, scan])
    form.restore({"text": "清淤后", "taken_on": "2026-11-20", "place": "青溪桥下"})
    form.restore({"maker": "区水利局", "is_copy": "copy"})
    assert entry_of(form) == EvidenceEntry(
        (str(photo), str(scan)),
        "清淤后",
        "",
        Gate.ACCEPT,
        1,
        "青溪桥下",
        date(2026, 11, 20),
        ("", "acceptance_opinion"),
        "区水利局",
        True,
    )


def test_evidence_needs_files_and_no_day_to_come(made) -> None:
    form = made(EvidenceForm(CASE, region(), TODAY))
    form.taken_on.set_day(date(2026, 11, 24))
    assert form.faults() == {"files": "请拖入、粘贴或选择文件", "taken_on": "拍摄日期晚于今天，请核对"}


def test_an_extension_is_entered_and_the_old_deadline_shown(made, entry_of) -> None:
    form = made(ExtensionForm(CASE, TODAY, region()))
    form.restore(
        {
            "new": "2027-06-30",
            "reason": "征地未完成。",
            "approver": "市整改办",
            "doc_no": "〔2026〕8号",
            "unit_opinion": "同意",
        }
    )
    assert form.verdict.isHidden()
    day = date(2027, 6, 30)
    assert entry_of(form) == ExtensionEntry(day, "征地未完成。", "市整改办", "〔2026〕8号", "同意", on=TODAY)


def test_an_extension_that_was_asked_for_names_no_approval(made, entry_of) -> None:
    form = made(ExtensionForm(CASE, TODAY, region()))
    form.restore({"new": "2027-06-30", "reason": "征地未完成。", "approver": "市整改办", "approval": "asked"})
    assert form.fields["approval"].note.text() == "登记批准之前，时限不变"
    assert form.fields["approver"].cell.isHidden()
    assert entry_of(form) == ExtensionEntry(date(2027, 6, 30), "征地未完成。", is_request=True)


def test_an_approval_begins_with_what_was_asked_for(made, entry_of) -> None:
    asked = DeadlineChange("c1", "x5", date(2026, 12, 31), date(2027, 3, 31), "征地", unit_opinion="同意")
    form = made(ExtensionForm(replace(CASE, deadline_changes=(asked,)), TODAY, region(), asked))
    form.restore({"approver": "市整改办"})
    assert form.faults() == {"files": "请填写批准文号，或附上批准材料"}
    form.restore({"doc_no": "〔2026〕8号"})
    day = date(2027, 3, 31)
    assert entry_of(form) == ExtensionEntry(day, "征地", "市整改办", "〔2026〕8号", "同意", on=TODAY)


def test_an_approval_by_the_wrong_level_is_told_beside_it(made) -> None:
    form = made(ExtensionForm(CASE, TODAY, region()))
    form.restore({"new": "2027-06-30", "reason": "征地。", "approver": "区政府"})
    assert form.fields["approver"].note.text() == "问题5来自省督察，延期应经上级批准，“区政府”不是上级单位"
    form.restore({"approver": "市整改办"})
    assert form.fields["approver"].note.text() == ""


@pytest.mark.parametrize(
    ("new", "refusal", "note"),
    [
        ("2026-12-31", "现在不能登记：问题5的新时限与现行时限2026年12月31日相同，无需办理延期。", ""),
        ("2025-01-01", "现在不能登记：问题5的新时限2025年1月1日早于整改方案印发日期，请核对日期。", None),
        ("2026-12-01", "", "问题5的新时限2026年12月1日早于现行时限2026年12月31日，请核对后再登记"),
        ("2027-06-30", "", ""),
    ],
)
def test_what_the_rules_say_of_a_new_deadline(made, new: str, refusal: str, note: str | None) -> None:
    form = made(ExtensionForm(CASE, TODAY, region()))
    form.restore({"new": new, "reason": "征地。"})
    assert form.verdict.text() == refusal
    assert form.submit_button.isEnabled() == (not refusal)
    if note is not None:
        assert form.fields["new"].note.text() == note


def test_an_untouched_extension_is_not_refused_but_names_what_is_missing(made) -> None:
    form = made(ExtensionForm(CASE, TODAY, region()))
    assert form.verdict.isHidden()
    assert form.faults() == {
        "new": "请填写日期，如 2026-11-23",
        "reason": "请填写延期理由",
        "approver": "请填写批准单位或领导；还没有批准的，请选“已申请，等待批准”",
        "files": "请填写批准文号，或附上批准材料",
    }


def test_a_closed_problem_cannot_be_extended(made) -> None:
    moved = replace(CASE.problem, transferred_to="x9")
    form = made(ExtensionForm(replace(CASE, problem=moved), TODAY, region()))
    assert "已转入新的问题" in form.verdict.text()
    assert not form.submit_button.isEnabled()


def test_an_earlier_extension_is_shown_with_the_original_deadline(made) -> None:
    problem = replace(CASE.problem, approved_deadline=date(2027, 3, 31))
    change = DeadlineChange("c1", "x5", date(2026, 12, 31), date(2027, 3, 31), "征地")
    form = made(ExtensionForm(replace(case_after(), problem=problem, deadline_changes=(change,)), TODAY, region()))
    words = [label.text() for label in form.findChildren(type(form.heading))]
    assert "2027年3月31日（原时限：2026年12月底前，予以保留）" in words


def test_a_unit_is_entered_with_its_other_names(made, entry_of) -> None:
    form = made(UnitForm(UNITS, name="区水利局"))
    form.restore({"short_name": "水利局", "aliases": "区水务局\n\n 区水利水电局 \n区水利局", "phone": "0734-8123456"})
    assert entry_of(form) == UnitEntry("区水利局", "水利局", False, ("区水务局", "区水利水电局"), (), "0734-8123456")


def test_a_group_has_members(made, entry_of) -> None:
    form = made(UnitForm(UNITS, UNITS[4]))
    assert not form.fields["members"].cell.isHidden()
    form.members.add_unit("u3")
    assert entry_of(form) == UnitEntry("各镇街", is_group=True, members=("u4", "u3"))
    form.is_group.setChecked(False)
    assert form.fields["members"].cell.isHidden()
    assert form.fields["name"].note.text() == "这像是一组单位的名称，是的话请勾选“分组”"
    assert entry_of(form).members == ()


@pytest.mark.parametrize(
    ("filled", "faults"),
    [
        ({"name": ""}, {"name": "请填写单位名称"}),
        ({"name": "区建设局"}, {"name": "“区建设局”已是“区住房和城乡建设局”的名称，请核对是否同一单位"}),
        ({"short_name": "区住建局"}, {"short_name": "“区住建局”已是“区住房和城乡建设局”的名称，请核对是否同一单位"}),
        ({"aliases": "区农业局"}, {"aliases": "“区农业局”已是“区农业农村局”的名称，请核对是否同一单位"}),
        ({"phone": "找老王"}, {"phone": "“找老王”不像电话号码，请核对"}),
    ],
)
def test_the_faults_of_a_unit(made, filled: dict[str, object], faults: dict[str, str]) -> None:
    form = made(UnitForm(UNITS, name="区水利局"))
    form.restore(filled)
    assert form.faults() == faults


def test_a_unit_may_keep_its_own_names(made) -> None:
    assert made(UnitForm(UNITS, UNITS[1])).faults() == {}


def test_a_person_is_entered_with_a_unit_and_no_group(made, entry_of) -> None:
    form = made(PersonForm((*UNITS, Unit("u5", "区财政局")), PEOPLE))
    assert "u9" not in form.unit.units
    form.restore({"name": "王强", "post": "局长", "phone": "13800000000、0734-8123456", "is_leader": True})
    form.unit.add_unit("u5")
    assert entry_of(form) == PersonEntry("王强", "局长", "u5", "13800000000、0734-8123456", True)


def test_a_person_the_unit_has_already_is_asked(made) -> None:
    form = made(PersonForm(UNITS, PEOPLE))
    form.name.setText("周明")
    assert form.faults() == {}
    form.unit.add_unit("u1")
    assert form.faults() == {"name": "人员中已有同单位的“周明”，请核对是否重复"}
    assert made(PersonForm(UNITS, PEOPLE, PEOPLE[0])).faults() == {}
