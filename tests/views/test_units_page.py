"""单位: the list in its order, searched, reordered by keys and by drag, two units made one, people."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop import paths
from desktop.operations.plan.intake import import_plan, read_plan_file
from desktop.operations.units import list_people, list_units, save_unit
from desktop.rules.entries import UnitEntry
from desktop.rules.records import Unit
from desktop.views.entries import dialog as entry_dialog
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from desktop.views.tables.row_model import ListModel
from desktop.views.units.merge_dialog import MergeDialog
from desktop.views.units.model import PERSON_COLUMNS, moved_order, person_lines
from desktop.views.units.page import UnitsPage
from forms.person import PersonForm
from forms.unit import UnitForm
from tests.in_front import in_front
from tests.views.conftest import Answers

MOVE = Qt.DropAction.MoveAction


@pytest.fixture
def page(empty_session: Session, qtbot: Any) -> Iterator[UnitsPage]:
    plan = read_plan_file(paths.resource("sample", "sample-plan.txt"))
    import_plan(empty_session.ledger, plan, empty_session.today(), "李明")
    made = UnitsPage(empty_session)
    qtbot.addWidget(made)
    made.resize(980, 520)
    in_front(qtbot, made)
    yield made
    empty_session.runner.wait()


def names(page: UnitsPage) -> list[str]:
    return [line.unit.name for line in page.model.rows]


def unit(page: UnitsPage, name: str) -> Unit:
    return next(u for u in list_units(page.session.ledger) if u.name == name)


def commit(widget: QWidget, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def test_the_units_stand_in_their_order_with_how_many_problems_name_them(page: UnitsPage) -> None:
    assert names(page)[:3] == ["区城市管理和综合执法局", "澄溪镇", "区生态环境分局"]
    assert page.count.text() == f"共{len(names(page))}个单位"
    line = page.model.rows[2]
    assert page.model.index(2, 6).data() == f"{line.problems}个"
    assert line.problems > 5


def test_searching_meets_aliases_and_stops_reordering(page: UnitsPage, qtbot: Any) -> None:
    save_unit(
        page.session.ledger, unit(page, "区水利局").id, UnitEntry("区水利局", aliases=("水务局",)), page.session.today()
    )
    page.refresh()
    commit(page.words, "水务局")
    qtbot.waitUntil(lambda: names(page) == ["区水利局"], timeout=20_000)
    assert not page.buttons["up"].isEnabled()
    assert "不能调整次序" in page.hint.text()
    commit(page.words, "没有这个")
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.no_match, timeout=20_000)
    page.words.clear()
    qtbot.waitUntil(lambda: len(names(page)) > 30, timeout=20_000)
    assert page.model.can_move


def test_alt_and_arrows_move_the_chosen_unit(page: UnitsPage, qtbot: Any) -> None:
    page.table.choose_rows((), 2)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(page)[:3] == ["区城市管理和综合执法局", "区生态环境分局", "澄溪镇"]
    assert page.chosen_ids() == [unit(page, "区生态环境分局").id]
    QTest.keyClick(page.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(page.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert list_units(page.session.ledger)[0].name == "区生态环境分局"
    QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(page)[:2] == ["区城市管理和综合执法局", "区生态环境分局"]


def test_dragged_lines_stand_where_they_are_dropped(page: UnitsPage) -> None:
    first, last = names(page)[0], names(page)[-1]
    data = page.model.mimeData([page.model.index(0, 0), page.model.index(0, 1)])
    assert page.model.dropMimeData(data, MOVE, -1, -1, QModelIndex()) is False
    assert names(page)[-1] == first
    data = page.model.mimeData([page.model.index(len(names(page)) - 1, 0)])
    page.model.dropMimeData(data, MOVE, 1, 0, QModelIndex())
    assert names(page)[1] == first
    assert names(page)[-1] == last
    assert [u.name for u in list_units(page.session.ledger)] == names(page)


@pytest.mark.parametrize(
    ("moved", "before", "wanted"),
    [("a", 4, "bcda"), ("d", 0, "dabc"), ("bd", 0, "bdac"), ("bc", 2, "abcd"), ("ac", 4, "bdac")],
)
def test_the_new_order_keeps_the_order_among_the_moved(moved: str, before: int, wanted: str) -> None:
    assert moved_order("abcd", list(moved), before) == list(wanted)


def test_two_units_become_one_after_what_changes_was_shown(page: UnitsPage, answers: Answers) -> None:
    keep, gone = unit(page, "区水利局"), unit(page, "市生态环境局")
    dialog = MergeDialog(page.session, list_units(page.session.ledger), [keep.id, gone.id])
    assert dialog.pair() == (keep.id, gone.id)
    assert "“区水利局”增加别名：市生态环境局" in dialog.preview.text()
    dialog.swap()
    assert dialog.pair() == (gone.id, keep.id)
    dialog.gone.choose(gone.id)
    assert not dialog.agree_button.isEnabled()
    assert "两个不同的单位" in dialog.fault.text()
    dialog.deleteLater()
    page.choose([keep.id, gone.id])
    page.merge()
    assert "市生态环境局" in names(page)
    answers.replies["dialog"] = True
    before = len(names(page))
    page.merge()
    assert len(names(page)) == before - 1
    assert len(page.chosen_ids()) == 1


def test_a_unit_in_use_is_not_removed_and_one_that_is_not_goes_with_a_reason(page: UnitsPage, answers: Answers) -> None:
    answers.replies["text"] = "机构改革"
    page.choose([unit(page, "区水利局").id])
    page.remove()
    assert "用到“区水利局”" in answers.texts("refusal")[0]
    save_unit(page.session.ledger, "", UnitEntry("多余单位"), page.session.today())
    page.refresh()
    page.choose([unit(page, "多余单位").id])
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert "多余单位" not in names(page)


def test_a_unit_and_a_person_are_entered_through_their_forms(
    page: UnitsPage, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[entry_dialog.EntryDialog] = []

    def fill(dialog: entry_dialog.EntryDialog) -> bool:
        opened.append(dialog)
        form = dialog.form
        if isinstance(form, UnitForm):
            form.name.setText("区林业和草原局")
        elif isinstance(form, PersonForm):
            form.name.setText("罗建国")
        form.submit()
        return True

    monkeypatch.setattr(entry_dialog.questions, "run_dialog", fill)
    page.new()
    assert "区林业和草原局" in names(page)
    page.choose([unit(page, "区林业和草原局").id])
    page.edit()
    assert opened[1].subject == unit(page, "区林业和草原局").id
    page.tabs.setCurrentWidget(page.people)
    page.new()
    assert "罗建国" in {p.name for p in list_people(page.session.ledger)}
    assert "罗建国" in {line.person.name for line in page.people.model.rows}
    answers.replies["text"] = "调离"
    at = next(i for i, line in enumerate(page.people.model.rows) if line.person.name == "罗建国")
    page.people.table.choose_rows((), at)
    page.remove()
    assert "罗建国" not in {p.name for p in list_people(page.session.ledger)}


def test_leaders_come_with_the_plan_and_are_found(page: UnitsPage, qtbot: Any) -> None:
    page.show_place(Place(PageKey.UNITS, part="people", filter="谭允中"))
    assert [line.person.name for line in page.people.model.rows] == ["谭允中"]
    assert page.people.model.index(0, 3).data() == "领导"
    assert page.count.text() == f"共{len(list_people(page.session.ledger))}人"
    assert not page.buttons["merge"].isEnabled()


def test_the_lists_are_sound_models(page: UnitsPage) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    people = ListModel(PERSON_COLUMNS)
    testers = [QAbstractItemModelTester(model, mode) for model in (page.model, people)]
    page.shift(1)
    people.set_rows(person_lines(list_people(page.session.ledger), list_units(page.session.ledger)))
    page.words.setText("区")
    assert len(testers) == 2
    assert people.rowCount() > 3


def test_an_empty_list_says_what_to_do(empty_session: Session, qtbot: Any) -> None:
    page = UnitsPage(empty_session)
    qtbot.addWidget(page)
    page.show()
    assert page.stack.currentWidget() is page.nothing
    assert page.nothing.buttons[0].isEnabled()
    page.tabs.setCurrentWidget(page.people)
    assert page.people.empty.isVisible()
    assert not page.buttons["merge"].isEnabled()


def test_nothing_is_clipped_at_either_size(page: UnitsPage, clipped: Callable[[QWidget], list[str]]) -> None:
    for width, height in ((980, 520), (800, 420), (1250, 680)):
        page.resize(width, height)
        for tab in (0, 1):
            page.tabs.setCurrentIndex(tab)
            QApplication.processEvents()
            assert clipped(page) == []
            assert page.words.geometry().right() <= page.words.parentWidget().width()
        page.tabs.setCurrentIndex(0)
        assert page.table.horizontalScrollBar().maximum() == 0
