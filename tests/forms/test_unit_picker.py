"""Choosing units: typing narrows, order and roles are kept, and no unknown name slips in."""

import pytest
from made_up import UNITS
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.rules.records import ROLE_WORDS
from forms.fields.choice import choice_in
from forms.fields.units import UnitPicker, narrow
from tests.in_front import in_front


@pytest.fixture
def picker(qtbot: QtBot) -> UnitPicker:
    made = UnitPicker(UNITS, tuple(ROLE_WORDS))
    qtbot.addWidget(made)
    made.show()
    return made


def test_typing_narrows_by_name_short_name_and_alias() -> None:
    assert [unit.id for unit in narrow("区", UNITS)] == ["u1", "u2", "u3"]
    assert [unit.id for unit in narrow("环保", UNITS)] == ["u1"]
    assert [unit.id for unit in narrow("农业局", UNITS)] == ["u3"]
    assert narrow("水利", UNITS) == ()


def test_typing_initials_narrows_by_sound() -> None:
    assert [unit.id for unit in narrow("QNY", UNITS)] == ["u3"]
    assert [unit.id for unit in narrow("jsj", UNITS)] == ["u2"]
    assert narrow("zzz", UNITS) == ()


def test_enter_takes_the_only_unit_that_sounds_so(picker: UnitPicker) -> None:
    QTest.keyClicks(picker.line, "qnyncj")
    picker.line.completer().popup().hide()
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert picker.chosen() == (("u3", "lead"),)


def test_enter_takes_the_only_unit_that_fits(picker: UnitPicker, write) -> None:
    write(picker.line, "区建设局")
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert picker.chosen() == (("u2", "lead"),)
    assert picker.line.text() == ""


def test_an_unknown_name_is_told_and_stays(qtbot: QtBot, picker: UnitPicker, write) -> None:
    write(picker.line, "区水利局")
    with qtbot.waitSignal(picker.unknown) as caught:
        assert not picker.take_typed()
    assert caught.args == ["区水利局"]
    assert picker.chosen() == ()
    assert picker.told.text() == "“区水利局”不在单位名册中，没有加入；请核对名称，或先在“单位”中登记"
    assert picker.fault() == "“区水利局”还没有加入，请按回车加入或清空"


def test_a_name_that_may_be_several_is_asked(picker: UnitPicker, write) -> None:
    write(picker.line, "区")
    assert not picker.take_typed()
    assert picker.told.text().startswith("“区”可能是区生态环境分局、区住房和城乡建设局")


def test_order_is_kept_and_moved_by_the_clerk(picker: UnitPicker) -> None:
    for unit in ("u3", "u1", "u2"):
        picker.add_unit(unit, "responsible")
    picker.table.selectRow(2)
    picker.shift(-1)
    assert [unit for unit, _ in picker.chosen()] == ["u3", "u2", "u1"]
    picker.shift(-1)
    picker.shift(-1)
    assert [unit for unit, _ in picker.chosen()] == ["u2", "u3", "u1"]


def test_one_unit_may_hold_two_roles_but_no_role_twice(picker: UnitPicker) -> None:
    picker.add_unit("u1", "lead")
    picker.add_unit("u1", "responsible")
    picker.add_unit("u1", "lead")
    assert picker.chosen() == (("u1", "lead"), ("u1", "responsible"))


def test_the_role_is_changed_in_its_line(picker: UnitPicker) -> None:
    picker.add_unit("u1", "lead")
    choice = choice_in(picker.table, 0, 1)
    assert choice is not None
    choice.choose("city_acceptance")
    assert picker.chosen() == (("u1", "city_acceptance"),)


def test_delete_takes_the_selected_unit_off(qtbot: QtBot, picker: UnitPicker) -> None:
    picker.add_unit("u1", "lead")
    picker.add_unit("u2", "lead")
    picker.table.selectRow(0)
    picker.table.setFocus()
    in_front(qtbot, picker)
    QTest.keyClick(picker.table, Qt.Key.Key_Delete)
    assert picker.chosen() == (("u2", "lead"),)


def test_the_roles_stay_with_their_units_when_the_order_changes(picker: UnitPicker) -> None:
    picker.set_chosen([("u1", "lead"), ("u2", "assisting"), ("gone", "lead")])
    picker.table.selectRow(1)
    picker.shift(-1)
    assert picker.chosen() == (("u2", "assisting"), ("u1", "lead"))
    assert [choice_in(picker.table, row, 1).chosen() for row in (0, 1)] == ["assisting", "lead"]
    choice_in(picker.table, 0, 1).choose("responsible")
    assert picker.chosen() == (("u2", "responsible"), ("u1", "lead"))


def test_with_room_for_one_a_new_unit_replaces_the_old(qtbot: QtBot) -> None:
    picker = UnitPicker(UNITS, most=1)
    qtbot.addWidget(picker)
    picker.add_unit("u1")
    picker.add_unit("u2")
    assert picker.chosen() == (("u2", ""),)


def test_a_unit_that_has_left_the_list_is_counted_and_left_out(picker: UnitPicker) -> None:
    picker.set_value({"chosen": [["u1", "lead"], ["gone", "lead"]], "typed": "区建"})
    assert picker.chosen() == (("u1", "lead"),)
    assert picker.told.text() == "有1个单位已不在单位名册中，请核对"
    assert picker.line.text() == "区建"
