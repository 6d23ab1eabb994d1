"""The first day without a plan file: units, leaders, a problem and its measures entered by hand."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.operations.cases import find_case
from desktop.operations.units import list_people, list_units
from desktop.rules.records import UnitRole
from desktop.views.case.page import CasePage
from desktop.views.ledger.page import LedgerPage
from desktop.views.place import PageKey
from desktop.views.units.page import UnitsPage
from tests.scenarios.at_start import make_ledger, started
from tests.scenarios.window_clerk import WindowClerk, at_work, press, press_words, type_in

LEAD, RESPONSIBLE, STREET = "市生态环境局蒸湘分局", "区住房和城乡建设局", "呆鹰岭镇人民政府"
TEXT = "呆鹰岭镇沿江12处排污口整治不到位，雨季污水直排蒸水。"


@pytest.fixture
def clerk(qapp: QApplication, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WindowClerk]:
    monkeypatch.setattr(QApplication, "quit", lambda: None)
    with at_work(qapp, qtbot, tmp_path, monkeypatch) as made, started(made, qapp) as program:
        make_ledger(program, made)
        yield made


def enter_units(clerk: WindowClerk) -> UnitsPage:
    """Three units, the last one by the button of the page."""
    page = clerk.turn_to(PageKey.UNITS)
    assert isinstance(page, UnitsPage)
    assert page.nothing.isVisible()
    (first,) = page.nothing.buttons
    assert clerk.fill(first, name=LEAD, short_name="生态环境分局", phone="0734-8812345") == ""
    assert clerk.fill(page.buttons["new"], name=RESPONSIBLE, aliases="区住建局\n区建设局") == ""
    assert clerk.fill(page.buttons["new"], name=STREET) == ""
    assert page.count.text() == "共3个单位"
    return page


def enter_people(clerk: WindowClerk, page: UnitsPage) -> None:
    """A district leader, and the head of the lead unit found by its initials."""
    page.tabs.setCurrentWidget(page.people)
    (first,) = page.people.empty.buttons
    assert clerk.fill(first, name="罗建国", post="副区长", is_leader=True) == ""
    head = {"name": "王芳", "post": "局长", "is_leader": True, "unit": {"zxfj": ""}}
    assert clerk.fill(page.buttons["new"], **head) == ""


def enter_problem(clerk: WindowClerk) -> LedgerPage:
    """A problem, its units by their initials and with their roles."""
    page = clerk.turn_to(PageKey.LEDGER)
    assert isinstance(page, LedgerPage)
    button = next(b for b in page.nothing.buttons if b.text() == "新增问题")
    values: dict[str, object] = {
        "text": TEXT,
        "target": "12处排污口全部整治到位",
        "deadline_raw": "2024年12月底前",
        "deadline": "2024-12-31",
        "leaders": "罗建国",
        "units": {"sthjj": "lead", "qzfhcx": "responsible", "dylz": "responsible"},
    }
    assert clerk.fill(button, **values) == ""
    return page


def test_units_leaders_and_a_problem_are_entered_by_hand(clerk: WindowClerk) -> None:
    units = enter_units(clerk)
    enter_people(clerk, units)
    page = enter_problem(clerk)
    assert page.count.text() == "共1个"
    ledger = clerk.window.session.ledger
    assert [unit.name for unit in list_units(ledger)] == [LEAD, RESPONSIBLE, STREET]
    people = {person.name: person for person in list_people(ledger)}
    assert people["王芳"].unit_id == list_units(ledger)[0].id
    assert people["罗建国"].is_leader
    case = find_case(ledger, 1)
    assert (case.problem.text, case.problem.deadline) == (TEXT, date(2024, 12, 31))
    assert case.problem.leaders == ("罗建国",)
    assert case.unit_names(UnitRole.LEAD) == (LEAD,)
    assert case.unit_names(UnitRole.RESPONSIBLE) == (RESPONSIBLE, STREET)
    assert clerk.answers.texts("refusal") == []


def test_measures_follow_and_the_month_asks_for_them(clerk: WindowClerk) -> None:
    enter_units(clerk)
    enter_problem(clerk)
    case = clerk.open_problem()
    assert isinstance(case, CasePage)
    first = {"text": "完成12处排污口截污纳管", "due": "2024-11-30", "quantity": "12", "quantity_unit": "处"}
    assert clerk.fill(case.measures.new_button, **first) == ""
    assert clerk.fill(case.measures.new_button, text="建立沿江巡查制度，每月巡查不少于2次") == ""
    held = find_case(clerk.window.session.ledger, 1)
    assert [(m.number, m.due, m.quantity) for m in held.measures] == [(1, date(2024, 11, 30), 12), (2, None, None)]
    month = clerk.turn_to(PageKey.DISPATCH)
    clerk.qtbot.waitUntil(lambda: month.model.rowCount() == 2, timeout=30_000)


def test_a_name_entered_twice_is_told_beside_its_field(clerk: WindowClerk) -> None:
    page = enter_units(clerk)
    fault = clerk.fill(page.buttons["new"], name="区建设局")
    assert fault == f"“区建设局”已是“{RESPONSIBLE}”的名称，请核对是否同一单位"
    assert len(list_units(clerk.window.session.ledger)) == 3


def test_a_unit_that_nobody_knows_is_not_taken(clerk: WindowClerk) -> None:
    enter_units(clerk)
    page = clerk.turn_to(PageKey.LEDGER)
    assert isinstance(page, LedgerPage)

    def work(dialog_title: str, name: str) -> bool:
        from tests.scenarios.window_clerk import dialog_named

        dialog = dialog_named(name)
        dialog.show()
        type_in(dialog.form.fields["text"].widget, TEXT)
        type_in(dialog.form.fields["deadline"].widget, "2024-12-31")
        picker = dialog.form.fields["units"].widget
        type_in(picker.line, "区水利局")
        press_words(picker, "加入")
        assert "“区水利局”不在单位名册中" in picker.told.text()
        press(dialog.form.submit_button)
        assert dialog.form.fields["units"].fault.text() == "“区水利局”还没有加入，请按回车加入或清空"
        dialog.reject()
        return False

    clerk.answers.replies["dialog"] = work
    press(page.new_button)
    assert page.model.rowCount() == 0
