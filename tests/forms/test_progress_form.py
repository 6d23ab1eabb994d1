"""Reporting the month: last month's text on request, figures that suggest each other."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from made_up import CASE, REPORTED, TODAY
from pytestqt.qtbot import QtBot

from desktop.rules.entries import ProgressEntry
from desktop.rules.records import Progress
from forms.progress import ProgressForm, month_words


@pytest.fixture
def form(qtbot: QtBot) -> ProgressForm:
    made = ProgressForm(CASE, TODAY)
    qtbot.addWidget(made)
    made.show()
    return made


def entry_of(qtbot: QtBot, form: ProgressForm) -> ProgressEntry:
    with qtbot.waitSignal(form.submitted) as caught:
        form.submit()
    return caught.args[0]


def test_the_first_open_measure_and_this_month_are_proposed(form: ProgressForm) -> None:
    assert form.chosen_measure().number == 2
    assert form.month.chosen() == "2026-11"
    assert form.month.currentText() == "2026年11月"
    assert "时限2026年11月30日" in form.fields["measure"].note.text()


def test_a_report_gives_text_figures_month_and_files(qtbot: QtBot, form: ProgressForm, tmp_path: Path) -> None:
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(b"x")
    form.text.setPlainText("第5个小区改造完成。")
    form.percent.setText("８３")
    form.quantity.setText("5")
    form.fields["difficulty"].widget.setPlainText("征地慢。")
    form.fields["next_step"].widget.setPlainText("加快征地。")
    form.files.add([photo])
    assert entry_of(qtbot, form) == ProgressEntry(
        "第5个小区改造完成。", 2, 83, 5, "2026-11", "征地慢。", "加快征地。", (str(photo),)
    )


def test_the_whole_problem_can_be_reported_on(qtbot: QtBot, form: ProgressForm) -> None:
    form.measure.choose("")
    form.text.setPlainText("总体推进。")
    assert entry_of(qtbot, form).measure is None


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("text", "", "请填写本月进展"),
        ("percent", "120", "完成比例应在 0 到 100 之间"),
        ("percent", "一半", "“一半”不是整数，请只填数字"),
        ("percent", "-5", "“-5”不是整数，请只填数字"),
        ("quantity", "3个", "“3个”不是整数，请只填数字"),
    ],
)
def test_a_fault_is_told_beside_its_field(form: ProgressForm, field: str, text: str, sentence: str) -> None:
    form.restore({"text": "推进中。", field: text})
    assert form.faults() == {field: sentence}


def test_last_month_is_carried_forward_on_request_and_flagged_while_unchanged(form: ProgressForm) -> None:
    assert form.last.text() == f"2026年10月：{REPORTED}"
    assert form.same.isHidden()
    form.repeat_button.click()
    assert form.text.toPlainText() == REPORTED
    assert not form.same.isHidden()
    form.text.setPlainText(REPORTED + "本月新铺管道300米。")
    assert form.same.isHidden()


def test_a_measure_never_reported_on_has_nothing_to_carry_forward(qtbot: QtBot) -> None:
    form = ProgressForm(replace(CASE, progress=()), TODAY)
    qtbot.addWidget(form)
    assert form.last.text() == "以前没有填报过"
    assert not form.repeat_button.isEnabled()


def test_carrying_forward_takes_the_month_before_and_not_the_same_one(qtbot: QtBot) -> None:
    same = Progress("g3", "x5", "m2", "2026-11", date(2026, 11, 5), "本月第一次填报。", 60, 3)
    form = ProgressForm(replace(CASE, progress=(*CASE.progress, same)), TODAY)
    qtbot.addWidget(form)
    assert form.earlier().id == "g2"


def test_the_text_suggests_count_and_percent(form: ProgressForm) -> None:
    form.text.setPlainText("已完成4个小区的雨污分流改造。")
    assert form.suggested() == (66, 4)
    assert form.suggestion.text() == "按文字和数量为：完成比例66%，完成数量4个"
    form.take_suggestion()
    assert (form.percent.number(), form.quantity.number()) == (66, 4)
    assert form.suggestion_row.isHidden()


def test_count_and_percent_suggest_each_other(form: ProgressForm) -> None:
    form.quantity.setText("3")
    assert form.suggested() == (50, None)
    form.quantity.clear()
    form.percent.setText("50")
    assert form.suggested() == (None, 3)


def test_a_plain_text_suggests_nothing(form: ProgressForm) -> None:
    form.text.setPlainText("正在推进前期工作。")
    assert form.suggested() == (None, None)
    assert form.suggestion_row.isHidden()


def test_a_percent_below_the_last_one_is_remarked_on_and_not_forbidden(form: ProgressForm) -> None:
    form.restore({"text": "返工。", "percent": "40"})
    assert form.fields["percent"].note.text() == "低于上次填报的50%，请核对"
    assert form.faults() == {}


def test_a_month_of_long_ago_can_be_asked_for(qtbot: QtBot) -> None:
    form = ProgressForm(CASE, TODAY, measure=1, month="2024-03")
    qtbot.addWidget(form)
    assert (form.chosen_measure().number, form.month.chosen()) == (1, "2024-03")
    assert month_words("2024-03") == "2024年3月"
