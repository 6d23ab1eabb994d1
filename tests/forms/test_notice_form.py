"""The notice form reckons while the clerk types: both countings, too short refused, a wrong text needs a reason."""

from datetime import date

import pytest
from made_up import ACCEPTED, APPLIED, CHECKED, TODAY, calendar, case_after, region
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from desktop.rules.entries import StepEntry
from desktop.rules.records import StepAction, UnitRole
from forms.notice import NoticeForm
from forms.notice_sum import reckon


def made(qtbot: QtBot, today: date = TODAY) -> NoticeForm:
    case = case_after(CHECKED, APPLIED, ACCEPTED, papers=("notice_text",))
    form = NoticeForm(case, region(), today, calendar())
    qtbot.addWidget(form)
    form.show()
    return form


def test_both_countings_are_shown_and_the_region_s_is_filled_in(qtbot: QtBot) -> None:
    form = made(qtbot)
    assert "首日计入为2026年11月27日；首日不计为2026年11月30日" in form.calculator.text()
    assert "本地区按“首日不计”办理" in form.calculator.text()
    assert form.end.day() == date(2026, 11, 30)
    assert "首日计入为6个工作日，首日不计为5个工作日" in form.calculator.text()


@pytest.mark.parametrize(
    ("start", "with_first", "without_first"),
    [
        (date(2025, 9, 26), "2025年10月9日", "2025年10月10日"),
        (date(2026, 4, 30), "2026年5月9日", "2026年5月11日"),
        (date(2026, 9, 28), "2026年10月9日", "2026年10月10日"),
    ],
)
def test_holidays_and_make_up_days_count(start: date, with_first: str, without_first: str) -> None:
    first = reckon(calendar(), start, region().notice).lines[0]
    assert first == f"公示期5个工作日，最早截止日：首日计入为{with_first}；首日不计为{without_first}。"


def test_the_end_follows_the_start_until_the_clerk_sets_it(qtbot: QtBot) -> None:
    form = made(qtbot)
    form.start.set_day(date(2026, 11, 20))
    assert form.end.day() == date(2026, 11, 27)
    form.end.set_day(date(2026, 12, 4))
    form.start.set_day(date(2026, 11, 19))
    assert form.end.day() == date(2026, 12, 4)


def test_too_short_a_notice_is_refused_with_the_reason_beside_its_end(qtbot: QtBot) -> None:
    form = made(qtbot)
    form.end.set_day(date(2026, 11, 27))
    fault = form.fields["end"].fault
    assert not fault.isHidden()
    assert fault.text().startswith("公示期不足5个工作日：公示2026年11月23日至2026年11月27日")
    assert fault.text().endswith("最早应到2026年11月30日截止，请改后重新登记")
    emitted: list[object] = []
    form.submitted.connect(emitted.append)
    form.submit()
    assert emitted == []
    form.end.set_day(date(2026, 11, 30))
    assert fault.isHidden()


def test_an_end_before_the_start_and_an_empty_end_are_told(qtbot: QtBot) -> None:
    form = made(qtbot)
    form.end.set_day(date(2026, 11, 20))
    assert form.faults()["end"] == "公示截止2026年11月20日早于开始2026年11月23日，请核对日期"
    form.end.line.clear()
    assert form.faults()["end"] == "请填写公示截止日期，如 2026-11-30"


def test_a_text_with_a_wrong_count_needs_a_reason(qtbot: QtBot) -> None:
    form = made(qtbot)
    text = form.fields["text"].widget
    text.setPlainText("公示期为2026年11月23日至2026年11月30日，共10个工作日。")
    said = "文本中写的是：2026年11月23日至2026年11月30日，共10个工作日；没有读到落款单位"
    assert form.fields["text"].note.text() == said
    assert "公示文本写明共10个工作日，与起止日期不符" in form.fields["reason"].note.text()
    assert "reason" in form.faults()
    text.setPlainText("公示期为2026年11月23日至2026年11月30日，共5个工作日。")
    assert form.faults() == {}


def test_a_text_with_other_dates_needs_a_reason(qtbot: QtBot) -> None:
    form = made(qtbot)
    form.fields["text"].widget.setPlainText("公示期：2026年11月20日至2026年11月27日。")
    assert "公示文本中的起止日期与登记的日期不同，请核对" in form.warnings()
    form.fields["reason"].widget.setPlainText("公示栏已张贴，网站顺延。")
    with qtbot.waitSignal(form.submitted) as caught:
        form.submit()
    assert caught.args[0].reason == "公示栏已张贴，网站顺延。"


def test_a_year_without_a_table_is_named_and_needs_a_reason(qtbot: QtBot) -> None:
    form = made(qtbot, date(2026, 12, 30))
    assert "没有2027年的放假安排" in form.calculator.text()
    assert form.end.day() is None
    form.end.set_day(date(2027, 1, 8))
    assert any("没有2027年的放假安排" in sentence for sentence in form.warnings())
    assert set(form.faults()) == {"reason"}


def test_an_unconfirmed_year_is_remarked_on() -> None:
    assert (
        "2024年的放假安排尚未与国务院办公厅通知核对" in reckon(calendar(), date(2024, 9, 2), region().notice).lines[-1]
    )


def test_the_entry_holds_start_end_address_and_text(qtbot: QtBot) -> None:
    form = made(qtbot)
    form.url.setText("区政府门户网站")
    form.fields["text"].widget.setPlainText("公示整改完成情况。")
    with qtbot.waitSignal(form.submitted) as caught:
        form.submit()
    assert caught.args[0] == StepEntry(
        StepAction.NOTICE, TODAY, "公示整改完成情况。", end=date(2026, 11, 30), url="区政府门户网站"
    )


def test_a_kept_end_of_the_clerk_comes_back(qtbot: QtBot) -> None:
    form = made(qtbot)
    form.start.set_day(date(2026, 11, 18))
    form.end.set_day(date(2026, 12, 10))
    again = made(qtbot)
    again.restore(form.state())
    assert (again.start.day(), again.end.day()) == (date(2026, 11, 18), date(2026, 12, 10))


def test_a_body_that_may_not_sign_needs_a_reason(qtbot: QtBot) -> None:
    form = made(qtbot)
    text = form.fields["text"].widget
    span = "公示期为2026年11月23日至2026年11月30日，共5个工作日。"
    text.setPlainText(f"{span}\n青溪区人民政府\n2026年11月23日")
    assert "落款为青溪区人民政府" in form.fields["text"].note.text()
    assert not form.fields["reason"].cell.isHidden()
    assert "公示落款“青溪区人民政府”，应为牵头单位或责任单位" in form.fields["reason"].note.text()
    lead = form.case.unit_names(UnitRole.LEAD)[0]
    text.setPlainText(f"{span}\n{lead}\n2026年11月23日")
    assert "公示落款" not in form.fields["reason"].note.text()


def test_the_first_fault_is_in_sight_with_its_sentence(qtbot: QtBot) -> None:
    form = made(qtbot)
    form.resize(740, 420)
    form.show()
    QTest.qWait(20)
    form.fields["text"].widget.setPlainText("公示期为2026年11月23日至11月30日。\n蒸湘区人民政府\n2026年11月23日")
    form.submit()
    QTest.qWait(20)
    bar = form.findChildren(QScrollArea)[0].verticalScrollBar()
    assert form.fields["reason"].fault.isVisible()
    assert bar.value() == bar.maximum() > 0  # the reason is the last field, its fault the last line
