"""The closing axis in forms: papers still lacking, refusals that disable, warnings that ask for a reason."""

from datetime import date
from pathlib import Path

import pytest
from made_up import (
    ACCEPT_PAPERS,
    ACCEPTED,
    ALL_STEPS,
    APPLIED,
    CASE,
    CHECKED,
    FILE_PAPERS,
    MAKERS,
    NOTICED,
    RETURNED,
    TODAY,
    case_after,
    region,
    step,
)
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.rules.entries import StepEntry
from desktop.rules.errors import NeedsReason
from desktop.rules.lifecycle import judge, require
from desktop.rules.records import StepAction
from forms.acceptance import FAILED, AcceptanceForm
from forms.application import ApplicationForm
from forms.filing import FilingForm
from forms.look_back import LookBackForm
from forms.reopening import ReopeningForm
from forms.return_step import ReturnForm
from forms.self_check import SelfCheckForm
from forms.step import StepForm


def made(qtbot: QtBot, form: StepForm) -> StepForm:
    qtbot.addWidget(form)
    form.resize(640, 540)
    form.show()
    return form


def write(form: StepForm, **texts: str) -> None:
    for name, text in texts.items():
        form.fields[name].widget.setPlainText(text)


def entry_of(qtbot: QtBot, form: StepForm) -> StepEntry:
    with qtbot.waitSignal(form.submitted) as caught:
        form.submit()
    return caught.args[0]


def say_yes(form: StepForm) -> None:
    """Answer every question with 是."""
    for row in form.standards.rows:
        row.buttons["是"].click()


def fault(form: StepForm, name: str) -> str:
    assert not form.fields[name].fault.isHidden()
    return form.fields[name].fault.text()


def file_in(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text(name, encoding="utf-8")
    return path


def test_a_self_check_gives_date_conclusion_and_text(qtbot: QtBot) -> None:
    form = made(qtbot, SelfCheckForm(case_after(papers=("proof",)), region(), TODAY))
    write(form, text="查阅资料、现场核查，措施全部落实。")
    say_yes(form)
    form.standards.rows[0].remark.setText("监测达标")
    first, *others = [row.question.words for row in form.standards.rows]
    expected = StepEntry(
        StepAction.SELF_CHECK,
        TODAY,
        "查阅资料、现场核查，措施全部落实。",
        result="达到销号标准",
        papers=(),
        answers=((first, "是", "监测达标"), *((words, "是", "") for words in others)),
    )
    assert entry_of(qtbot, form) == expected


def test_an_empty_self_check_names_what_is_missing_beside_its_field(qtbot: QtBot) -> None:
    form = made(qtbot, SelfCheckForm(case_after(papers=("proof",)), region(), TODAY))
    form.result.clear()
    form.fields["on"].widget.line.setText("昨天")
    form.submit()
    assert fault(form, "text") == "请填写自查自验情况"
    assert fault(form, "result") == "请填写自验结论"
    assert fault(form, "on") == "“昨天”不是日期，请写成 2026-11-23 或 2026年11月23日"


def test_open_measures_ask_for_a_reason_that_goes_with_the_step(qtbot: QtBot) -> None:
    form = made(qtbot, SelfCheckForm(case_after(papers=("proof",), done=False), region(), TODAY))
    say_yes(form)
    assert "问题5的第2项措施尚未报告完成" in form.fields["reason"].note.text()
    assert form.remark.text() == "有1项需要说明理由，请看“继续办理的理由”。"
    write(form, text="措施基本落实。")
    form.submit()
    assert fault(form, "reason") == "请填写理由，或补齐上面所列的事项"
    write(form, reason="剩余小区已列入明年计划。")
    assert form.remark.isHidden()
    assert entry_of(qtbot, form).reason == "剩余小区已列入明年计划。"


def test_the_reason_is_not_asked_when_nothing_warns(qtbot: QtBot) -> None:
    form = made(qtbot, SelfCheckForm(case_after(papers=("proof",)), region(), TODAY))
    say_yes(form)
    assert form.fields["reason"].cell.isHidden()
    assert form.warnings() == ()


def test_any_proof_serves_the_self_check(qtbot: QtBot, tmp_path: Path) -> None:
    form = made(qtbot, SelfCheckForm(case_after(), region(), TODAY))
    say_yes(form)
    assert form.papers.badges["proof"].text() == "缺"
    form.files.add([file_in(tmp_path, "现场照片.jpg")])
    assert form.papers.badges["proof"].text() == "随本次提交"
    write(form, text="措施全部落实。")
    assert entry_of(qtbot, form).papers == ("proof",)


def test_the_demands_of_the_last_return_stand_on_top(qtbot: QtBot) -> None:
    case = case_after(CHECKED, APPLIED, RETURNED, papers=("proof", "self_check_form"))
    for form in (SelfCheckForm(case, region(), TODAY), ApplicationForm(case, region(), TODAY)):
        made(qtbot, form)
        words = "\n".join(label.text() for label in form.findChildren(QLabel))
        assert "上次于2026年10月12日退回" in words
        assert "退回原因：无佐证或佐证不足。" in words
        assert "一是补齐3个小区的竣工资料；二是补拍整改后照片。" in words


def test_without_a_return_no_demands_are_shown(qtbot: QtBot) -> None:
    form = made(qtbot, SelfCheckForm(case_after(), region(), TODAY))
    assert all("退回" not in label.text() for label in form.findChildren(QLabel))


def test_an_application_before_the_self_check_is_refused_and_cannot_be_saved(qtbot: QtBot) -> None:
    form = made(qtbot, ApplicationForm(case_after(), region(), TODAY))
    assert form.verdict.text() == "现在不能登记：问题5尚未自查自验，不能申请销号；请先完成自查自验并登记。"
    assert not form.submit_button.isEnabled()
    emitted: list[object] = []
    form.submitted.connect(emitted.append)
    form.submit()
    assert emitted == []


def test_a_day_before_the_self_check_is_refused_while_it_is_typed(qtbot: QtBot) -> None:
    form = made(qtbot, ApplicationForm(case_after(CHECKED, papers=("self_check_form",)), region(), TODAY))
    assert form.submit_button.isEnabled()
    form.fields["on"].widget.set_day(date(2026, 8, 1))
    assert "早于此前的自查自验日期2026年9月1日" in form.verdict.text()
    form.fields["on"].widget.set_day(TODAY)
    assert form.verdict.isHidden()
    assert form.submit_button.isEnabled()


def test_a_paper_dropped_on_its_place_is_no_longer_missing(qtbot: QtBot, drop, tmp_path: Path) -> None:
    form = made(qtbot, AcceptanceForm(case_after(CHECKED, APPLIED), region(), TODAY))
    assert {key: badge.text() for key, badge in form.papers.badges.items()} == dict.fromkeys(ACCEPT_PAPERS, "缺")
    scan = file_in(tmp_path, "IMG_0001.jpg")
    assert drop(form.papers.places["request_signed"], scan)
    assert form.papers.badges["request_signed"].text() == "随本次提交"
    assert form.papers.badges["request_signed"].property("tone") == "ok"
    assert [s for s in form.warnings() if "缺少" in s] == ["问题5办理验收缺少验收意见，请补充材料"]
    assert form.draft().papers == ("request_signed",)


def test_a_file_dropped_anywhere_on_the_form_is_taken(qtbot: QtBot, drop, tmp_path: Path) -> None:
    form = made(qtbot, AcceptanceForm(case_after(CHECKED, APPLIED), region(), TODAY))
    assert drop(form, file_in(tmp_path, "验收意见表.pdf"))
    text = form.fields["text"].widget
    assert drop(text.viewport(), file_in(tmp_path, "销号请示.pdf"))
    assert form.draft().papers == ("acceptance_opinion", "request_signed")
    assert text.toPlainText() == ""


def test_a_click_on_the_place_of_a_paper_asks_the_view_for_files(qtbot: QtBot, tmp_path: Path) -> None:
    form = made(qtbot, AcceptanceForm(case_after(CHECKED, APPLIED), region(), TODAY))
    form.files_wanted.connect(lambda take: take([file_in(tmp_path, "a.jpg")]))
    form.papers.places["acceptance_opinion"].click()
    assert form.draft().papers == ("acceptance_opinion",)


def test_a_failed_acceptance_is_sent_to_the_return(qtbot: QtBot) -> None:
    form = made(qtbot, AcceptanceForm(case_after(CHECKED, APPLIED, papers=ACCEPT_PAPERS), region(), TODAY))
    assert form.to_return.isHidden()
    form.result.choose(FAILED)
    assert form.verdict.text() == "没有通过验收的，请登记退回，并写明退回原因和补充整改要求。"
    assert not form.submit_button.isEnabled()
    with qtbot.waitSignal(form.return_wanted):
        form.to_return.click()
    form.result.choose("补充完善后通过")
    assert form.submit_button.isEnabled()
    write(form, text="补齐资料后同意通过。")
    say_yes(form)
    assert entry_of(qtbot, form).result == "补充完善后通过"


def test_filing_within_the_notice_is_refused(qtbot: QtBot) -> None:
    form = made(qtbot, FilingForm(case_after(*ALL_STEPS[:4], papers=FILE_PAPERS), region(), TODAY))
    assert form.submit_button.isEnabled()
    form.fields["on"].widget.set_day(NOTICED.end)
    assert "请于2026年10月27日起办理" in form.verdict.text()
    assert not form.submit_button.isEnabled()


def test_a_filing_gives_number_and_day(qtbot: QtBot) -> None:
    form = made(qtbot, FilingForm(case_after(*ALL_STEPS[:4], papers=FILE_PAPERS), region(), TODAY))
    form.doc_no.setText("青整改办函〔2026〕3号")
    assert entry_of(qtbot, form) == StepEntry(StepAction.FILE, TODAY, doc_no="青整改办函〔2026〕3号")


def test_a_return_needs_reason_and_demands(qtbot: QtBot) -> None:
    form = made(qtbot, ReturnForm(case_after(CHECKED, APPLIED), region(), TODAY))
    assert form.submit_button.isEnabled()
    form.submit()
    assert fault(form, "reasons") == "请至少选择或填写一项原因"
    assert fault(form, "text") == "请填写补充整改要求"
    form.reasons.boxes[2].click()
    form.reasons.other.setText("公示栏照片模糊")
    write(form, text="重拍公示栏照片。")
    entry = entry_of(qtbot, form)
    assert (entry.action, entry.reason, entry.text) == (
        StepAction.RETURN,
        "无佐证或佐证不足；公示栏照片模糊",
        "重拍公示栏照片。",
    )


def test_a_return_of_nothing_is_refused(qtbot: QtBot) -> None:
    form = made(qtbot, ReturnForm(case_after(), region(), TODAY))
    assert "没有可退回的内容" in form.verdict.text()


def test_a_reason_that_left_the_list_is_kept_as_another(qtbot: QtBot) -> None:
    form = made(qtbot, ReturnForm(case_after(CHECKED), region(), TODAY))
    form.restore({"reasons": {"ticked": ["目标未达到", "旧原因"], "other": "其他"}})
    assert form.reasons.words() == "目标未达到；旧原因；其他"


def test_a_reopening_needs_its_cause(qtbot: QtBot) -> None:
    form = made(qtbot, ReopeningForm(case_after(*ALL_STEPS), region(), TODAY))
    form.submit()
    assert fault(form, "cause") == "请填写重新整改的原因"
    write(form, cause="暗访发现污水溢流。", text="立即排查。")
    entry = entry_of(qtbot, form)
    assert (entry.action, entry.reason, entry.text) == (StepAction.REOPEN, "暗访发现污水溢流。", "立即排查。")


def test_an_open_problem_cannot_be_reopened(qtbot: QtBot) -> None:
    form = made(qtbot, ReopeningForm(CASE, region(), TODAY))
    assert "尚未销号备案，不能办理重新整改" in form.verdict.text()


def test_a_look_back_gives_way_conclusion_and_findings(qtbot: QtBot) -> None:
    form = made(qtbot, LookBackForm(case_after(*ALL_STEPS), region(), TODAY))
    write(form, text="未发现反弹。")
    form.way.choose("暗访")
    form.result.choose("部分反弹")
    form.people.setText("李明、王芳")
    assert not form.reopens.isChecked()
    entry = entry_of(qtbot, form)
    assert (entry.text, entry.result, entry.way, entry.people) == ("未发现反弹。", "部分反弹", "暗访", "李明、王芳")
    assert (entry.next_on, entry.reopens) == (date(2027, 11, 23), False)


def test_a_relapse_reopens_unless_the_clerk_says_otherwise(qtbot: QtBot) -> None:
    form = made(qtbot, LookBackForm(case_after(*ALL_STEPS), region(), TODAY))
    write(form, text="又见污水。")
    assert form.fields["reopens"].cell.isHidden()
    form.result.choose("反弹")
    assert form.reopens.isChecked()
    assert form.fields["next_on"].cell.isHidden()
    entry = entry_of(qtbot, form)
    assert (entry.reopens, entry.next_on) == (True, None)
    form.reopens.click()
    assert entry_of(qtbot, form).reopens is False
    form.result.choose("巩固")
    assert form.fields["reopens"].cell.isHidden()


def test_demands_of_a_return_are_ticked_and_stand_there_again_in_the_application(qtbot: QtBot) -> None:
    case = case_after(CHECKED, APPLIED, RETURNED, papers=("proof", "self_check_form"))
    form = made(qtbot, SelfCheckForm(case, region(), TODAY))
    words = [row.question.words for row in form.standards.rows[:2]]
    assert words == ["补齐3个小区的竣工资料", "补拍整改后照片"]
    say_yes(form)
    form.standards.rows[1].remark.setText("材料7")
    write(form, text="已补齐。")
    answers = entry_of(qtbot, form).answers
    again = step(StepAction.SELF_CHECK, date(2026, 11, 1), answers=answers)
    after = case_after(CHECKED, APPLIED, RETURNED, again, papers=("proof", "self_check_form"))
    application = made(qtbot, ApplicationForm(after, region(), TODAY))
    assert application.standards.answers() == ((words[0], "是", ""), (words[1], "是", "材料7"))
    assert not any("逐项核对" in words for words in application.warnings())


def test_a_no_is_told_and_asks_for_a_reason(qtbot: QtBot) -> None:
    form = made(qtbot, SelfCheckForm(case_after(papers=("proof",)), region(), TODAY))
    assert form.warnings() == (
        "问题5没有逐项核对：污染消除、生态修复、群众满意、整改措施已落实、整改工作已到位、整改结果已达标、群众对整改满意",
    )
    say_yes(form)
    form.standards.rows[2].buttons["否"].click()
    form.standards.rows[2].remark.setText("两户有意见")
    assert form.warnings() == ("问题5销号标准“群众满意”核对为“否”（两户有意见）",)


@pytest.mark.parametrize("key", ["self_check", "application", "acceptance", "notice", "filing"])
def test_what_a_form_lets_through_the_rules_let_through(qtbot: QtBot, key: str) -> None:
    form = made(qtbot, MAKERS[key]())
    write(form, text="情况属实。")
    if form.standards is not None:
        say_yes(form)
    entry = entry_of(qtbot, form)
    given = {paper for paper in entry.papers if paper}
    more = {"notice_end": entry.end, "result": entry.result, "answers": entry.answers, "handed_in": given}
    verdict = judge(form.case, entry.action, entry.on, form.region, TODAY, **more)
    assert require(verdict, entry.reason) == ()


def test_what_a_form_asks_a_reason_for_the_rules_ask_too(qtbot: QtBot) -> None:
    form = made(qtbot, AcceptanceForm(case_after(CHECKED), region(), TODAY))
    write(form, text="同意通过。", reason="市局已提前介入。")
    entry = entry_of(qtbot, form)
    more = {"result": entry.result, "answers": entry.answers}
    with pytest.raises(NeedsReason) as needed:
        require(judge(form.case, entry.action, entry.on, form.region, TODAY, **more))
    assert needed.value.warnings == form.warnings()
    assert len(form.warnings()) == 4
    assert ACCEPTED.result == entry.result
