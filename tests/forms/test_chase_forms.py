"""The forms of chasing: days follow rung and date, problems follow the unit, lights ask for a reason."""

from dataclasses import replace
from datetime import date

import pytest
from made_up import CASE, CHASED, LIGHT_MONTHS, MAKERS, TODAY, region
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.rules.entries import ChaseEntry, LightEntry, SettleEntry, VisitEntry
from desktop.rules.followup import Rung
from desktop.rules.region_chasing import Light
from forms.chase import ChaseForm
from forms.fields.problem_ticks import ProblemTicks
from forms.light import LightForm
from forms.settle import SettleForm
from forms.visit import VisitForm


def shown(qtbot: QtBot, key: str) -> object:
    """A form on the screen."""
    form = MAKERS[key]()
    qtbot.addWidget(form)
    form.show()
    return form


def chase_form(qtbot: QtBot) -> ChaseForm:
    """A form for a rung."""
    form = shown(qtbot, "chase")
    assert isinstance(form, ChaseForm)
    return form


def test_the_day_of_the_answer_follows_rung_and_date_in_working_days(qtbot: QtBot) -> None:
    form = chase_form(qtbot)
    assert form.due.day() == date(2026, 11, 26)
    form.rung.choose(Rung.TALK)
    assert form.due.day() == date(2026, 12, 21)
    form.on.set_day(date(2026, 9, 28))
    assert form.due.day() == date(2026, 10, 30)  # over the holidays of October
    form.due.set_day(date(2026, 12, 1))
    form.text.setPlainText("请整改")
    assert form.due.day() == date(2026, 12, 1)  # what the clerk wrote stays


def test_where_the_holidays_are_not_known_the_clerk_is_asked(qtbot: QtBot) -> None:
    form = chase_form(qtbot)
    form.today = date(2026, 12, 30)
    form.on.set_day(date(2026, 12, 30))
    assert "请自行填写回复期限" in form.fields["due"].note.text()


def test_the_next_number_is_offered_for_each_rung(qtbot: QtBot) -> None:
    form = chase_form(qtbot)
    assert form.doc_no.suggested == "青督〔2026〕1号"
    form.rung.choose(Rung.TALK)
    assert form.doc_no.suggested == ""


def test_the_entry_holds_all_that_was_ticked(qtbot: QtBot) -> None:
    form = chase_form(qtbot)
    form.restore({"problems": ["x6", "x5"], "text": "请整改"})
    entry = form.draft()
    assert isinstance(entry, ChaseEntry)
    assert (entry.problems, entry.unit_id, entry.rung) == (("x5", "x6"), "u4", Rung.CALL)
    assert form.faults() == {}


@pytest.mark.parametrize(
    ("state", "field"),
    [
        ({"problems": []}, "problems"),
        ({"text": ""}, "text"),
        ({"on": "2026-11-24"}, "on"),
        ({"due": "2026-11-20"}, "due"),
        ({"doc_no": "一号"}, "doc_no"),
    ],
)
def test_each_fault_stands_beside_its_field(qtbot: QtBot, state: dict[str, object], field: str) -> None:
    form = chase_form(qtbot)
    form.restore({"problems": ["x5"], "text": "请整改", **state})
    assert field in form.faults()


def test_ticks_stay_while_other_problems_are_offered(qtbot: QtBot) -> None:
    ticks = ProblemTicks([("a", 1, "一"), ("b", 2, "二")], ["b"])
    qtbot.addWidget(ticks)
    assert ticks.chosen() == ("b",)
    ticks.offer([("b", 2, "二"), ("c", 3, "三")])
    assert ticks.chosen() == ("b",)
    ticks.setCurrentRow(1)
    QTest.keyClick(ticks, Qt.Key.Key_Space)
    assert ticks.chosen() == ("b", "c")
    ticks.offer([("d", 4, "四")])
    assert ticks.chosen() == ()
    assert ticks.fault() == "请至少勾选一个问题"


def test_a_light_as_suggested_needs_no_reason_and_another_does(qtbot: QtBot) -> None:
    form = LightForm(CASE, TODAY, region().lights, LIGHT_MONTHS)  # type: ignore[arg-type]
    qtbot.addWidget(form)
    assert form.faults() == {}
    assert "建议黄灯（进度判定为“未达序时进度”）" in form.fields["month"].note.text()
    form.light.choose(Light.RED)
    assert form.faults() == {"reason": "请填写理由"}
    form.restore({"reason": "被省警示片曝光"})
    assert form.draft() == LightEntry("2026-11", Light.RED, "被省警示片曝光")
    form.month.choose("2026-10")
    assert "建议蓝灯" in form.fields["month"].note.text()


def test_what_was_not_answered_is_settled_with_a_word_and_a_listing_with_its_number(qtbot: QtBot) -> None:
    form = SettleForm("督办", CHASED, TODAY)
    qtbot.addWidget(form)
    assert form.faults() == {"note": "请填写办结说明"}
    listing = SettleForm("挂牌督办", replace(CHASED, rung=Rung.LIST, replied_on=date(2026, 11, 20)), TODAY)
    qtbot.addWidget(listing)
    assert listing.title == "解除挂牌督办"
    assert listing.faults() == {"close_no": "请填写解除文号"}
    listing.restore({"close_no": "湘突环改办〔2026〕3号"})
    assert listing.draft() == SettleEntry(TODAY, "", "湘突环改办〔2026〕3号")


def test_a_demand_needs_its_day_and_a_day_its_demand(qtbot: QtBot) -> None:
    form = shown(qtbot, "visit")
    assert isinstance(form, VisitForm)
    form.restore({"found": "围挡破损。", "demand": "修复"})
    assert "due" in form.faults()
    form.restore({"due": "2026-12-01"})
    assert form.faults() == {}
    entry = form.draft()
    assert isinstance(entry, VisitEntry)
    assert (entry.problems, entry.due, entry.way) == (("x5",), date(2026, 12, 1), "暗访")
    form.restore({"demand": ""})
    assert form.faults() == {"demand": "请写明整改要求"}


def test_a_long_list_says_how_to_narrow_it(qtbot: QtBot) -> None:
    form = shown(qtbot, "visit")
    assert isinstance(form, VisitForm)
    form.offer([("x5", 5, "青溪下段黑臭。")], True)
    assert "请先选被查单位" in form.fields["problems"].note.text()
    asked: list[str] = []
    form.unit_chosen.connect(asked.append)
    form.unit.choose("u4")
    assert asked == ["u4"]
