"""The table: remembered columns, copying for WPS, keys."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.views.tables.columns import Column
from desktop.views.tables.row_model import ListModel
from desktop.views.tables.table import COPIED, TableView, as_clip

Row = tuple[int, str]
COLUMNS: tuple[Column[Row], ...] = (
    Column("number", "序号", 3, lambda row: str(row[0]), "right"),
    Column("name", "名称", 10, lambda row: row[1], stretch=True),
    Column("more", "备注", 5, lambda row: "/", shown=False),
    Column("last", "单位", 5, lambda row: "区住建局"),
)


def made(qtbot: Any, layouts: dict[str, str], rows: int = 5) -> TableView:
    """A table of some rows on the screen."""
    table = TableView("toy", layouts)
    model: ListModel[Row] = ListModel(COLUMNS, table)
    model.set_rows([(n, f"第{n}行") for n in range(rows)])
    table.setModel(model)
    qtbot.addWidget(table)
    table.resize(700, 300)
    table.show()
    return table


@pytest.fixture
def layouts() -> dict[str, str]:
    return {}


@pytest.fixture
def table(qtbot: Any, layouts: dict[str, str]) -> TableView:
    return made(qtbot, layouts)


def test_columns_begin_as_they_are_declared(table: TableView) -> None:
    assert [table.isColumnHidden(at) for at in range(4)] == [False, False, True, False]
    assert sum(table.columnWidth(at) for at in range(4)) == table.viewport().width()


def test_columns_are_found_again_as_they_were_left(qtbot: Any, layouts: dict[str, str]) -> None:
    first = made(qtbot, layouts)
    first.setColumnWidth(3, 200)
    first.horizontalHeader().moveSection(3, 0)
    first.show_column(2, True)
    first.remember_layout()
    again = made(qtbot, layouts)
    assert again.columnWidth(3) == 200
    assert again.horizontalHeader().visualIndex(3) == 0
    assert not again.isColumnHidden(2)
    assert again.layout_words() == first.layout_words()


def test_a_dragged_width_is_remembered_by_itself(table: TableView, layouts: dict[str, str], qtbot: Any) -> None:
    table.setColumnWidth(0, 90)
    qtbot.waitUntil(lambda: "number=90" in layouts.get("toy", ""), timeout=20_000)


def test_the_columns_can_be_put_back(table: TableView, layouts: dict[str, str]) -> None:
    before = table.layout_words()
    table.show_column(1, False)
    table.setColumnWidth(3, 200)
    table.remember_layout()
    table.reset_layout()
    assert table.layout_words() == before
    assert "toy" not in layouts


def test_the_column_menu_shows_and_hides_but_never_the_last(table: TableView) -> None:
    actions = {action.text(): action for action in table.column_menu().actions()}
    assert [actions[words].isChecked() for words in ("序号", "名称", "备注", "单位")] == [True, True, False, True]
    for words in ("名称", "单位"):
        actions[words].trigger()
    assert [at for at in range(4) if not table.isColumnHidden(at)] == [0]
    assert not {action.text(): action for action in table.column_menu().actions()}["序号"].isEnabled()


def test_selected_rows_are_copied_in_the_columns_shown(table: TableView) -> None:
    told: list[str] = []
    table.told.connect(told.append)
    table.horizontalHeader().moveSection(3, 0)
    table.choose_rows([1, 3], 3)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    clip = QGuiApplication.clipboard().mimeData()
    assert clip.text() == "单位\t序号\t名称\n区住建局\t1\t第1行\n区住建局\t3\t第3行"
    assert clip.html().count("<tr>") == 3
    assert told == ["已复制2行，可粘贴到 WPS 表格。"]


def test_too_many_rows_are_not_copied_and_it_is_said(qtbot: Any) -> None:
    table = made(qtbot, {}, COPIED + 1)
    told: list[str] = []
    table.told.connect(told.append)
    QGuiApplication.clipboard().setText("原来的")
    table.selectAll()
    table.copy()
    assert QGuiApplication.clipboard().text() == "原来的"
    assert "没有复制" in told[0]


def test_line_breaks_and_signs_survive_the_clipboard() -> None:
    clip = as_clip([["一\n二", 'a"b', "<b>&", "3-1", "左\t右"]])
    assert clip.text() == '"一\n二"\ta"b\t<b>&\t3-1\t左 右'
    assert "一<br/>二" in clip.html()
    assert "&lt;b&gt;&amp;" in clip.html()


def test_enter_and_a_double_click_open_the_row(table: TableView, qtbot: Any) -> None:
    opened: list[int] = []
    table.opened.connect(lambda index: opened.append(index.row()))
    table.choose_rows((), 2)
    QTest.keyClick(table, Qt.Key.Key_Return)
    place = table.visualRect(table.model().index(1, 1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [2, 1]


def test_a_table_outlives_its_model_and_takes_another(table: TableView, qtbot: Any) -> None:
    table.selectRow(2)
    table.model().deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    table.viewport().repaint()
    assert table.chosen_rows() == []
    again: ListModel[Row] = ListModel(COLUMNS, table)
    again.set_rows([(1, "又一行")])
    table.setModel(again)
    table.selectRow(0)
    assert table.chosen_rows() == [0]
