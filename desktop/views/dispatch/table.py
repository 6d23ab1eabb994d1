"""The grid of the month: typing in place as in a spreadsheet."""

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QPlainTextEdit,
    QStyledItemDelegate,
    QWidget,
)

from desktop.views.dispatch.model import KEYS_TOLD, TYPED
from desktop.views.looks.theme import colours
from desktop.views.tables.columns import EDIT
from desktop.views.tables.row_model import Index
from desktop.views.tables.table import Layouts, TableView

_LINES = 4
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class DispatchTable(TableView):
    """Enter ends typing and goes down, Alt+Enter breaks the line, F2 types on, Delete empties.

    Tab goes to the next cell that can be typed in, Shift+Tab to the one before; past the last or first cell they leave
    the table, as Ctrl+Tab and F6 do from every cell (with Shift backwards). On cells that cannot be typed in, Enter
    and a double click open the problem.
    """

    def __init__(self, layouts: Layouts | None = None, parent: QWidget | None = None) -> None:
        super().__init__("dispatch", layouts, parent)
        triggers = QAbstractItemView.EditTrigger
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self._typing = TypingDelegate(self)
        self.setAccessibleDescription(KEYS_TOLD)
        self.setShowGrid(True)
        # A month's report is a sentence or two: half of it must be there without opening the cell.
        self.setWordWrap(True)
        self.set_row_lines(2)

    def setModel(self, model: Any) -> None:
        """Give the cells that can be typed in their boxes."""
        super().setModel(model)
        for at, column in enumerate(self.columns):
            if column.key in TYPED:
                self.setItemDelegateForColumn(at, self._typing)

    def is_typed_in(self, index: Index) -> bool:
        """True for a cell that can be typed in."""
        return index.isValid() and bool(index.flags() & Qt.ItemFlag.ItemIsEditable)

    def move_down(self) -> None:
        """The same column of the next row."""
        index = self.currentIndex()
        below = index.siblingAtRow(index.row() + 1)
        self.setCurrentIndex(below if below.isValid() else index)
        self.setFocus()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab: the next cell that can be typed in, or the one before; past them the next part of the window."""
        cell = self._typed_from(1 if next else -1)
        if cell is None:
            return self.leave(1 if next else -1)
        self.setCurrentIndex(cell)
        self.setFocus()
        return True

    def leave(self, step: int) -> bool:
        """To the part of the window after the table, or with -1 to the one before it; False when there is none."""
        return super().focusNextPrevChild(step > 0)

    def _typed_from(self, step: int) -> QModelIndex | None:
        """The next cell that can be typed in, in the order on the screen, or with -1 the one before."""
        header, model, here = self.horizontalHeader(), self.model(), self.currentIndex()
        typed = [at for at in map(header.logicalIndex, range(header.count())) if self._has_typing(at)]
        if not typed or not here.isValid():
            return None
        now = header.visualIndex(here.column())
        beside = [at for at in typed if (header.visualIndex(at) - now) * step > 0]
        if beside:
            return model.index(here.row(), beside[0 if step > 0 else -1])
        row = here.row() + step
        return model.index(row, typed[0 if step > 0 else -1]) if 0 <= row < model.rowCount() else None

    def _has_typing(self, column: int) -> bool:
        return not self.isColumnHidden(column) and self.is_typed_in(self.model().index(0, column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys as in a spreadsheet."""
        here = self.currentIndex()
        if step := leaving(event):
            self.leave(step)
        elif self.is_typed_in(here) and event.key() in _ENTER and event.modifiers() in (_NONE, _PAD):
            self.move_down()
        elif self.is_typed_in(here) and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            for index in self.selectedIndexes() or [here]:
                if self.is_typed_in(index):
                    self.model().setData(index, "", EDIT)
        elif event.matches(QKeySequence.StandardKey.Paste) and self.is_typed_in(here):
            self._paste()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """One cell as its text, more of them as rows."""
        chosen = self.selectedIndexes()
        if len(chosen) == 1:
            QGuiApplication.clipboard().setText(str(chosen[0].data(EDIT) or ""))
            self.told.emit("已复制这一格。")
            return
        super().copy()

    def _paste(self) -> None:
        """A column of cells from a spreadsheet goes down from here; a text goes into this cell."""
        lines = split_cells(QGuiApplication.clipboard().text())
        here = self.currentIndex()
        for at, text in enumerate(lines):
            index = here.siblingAtRow(here.row() + at)
            if index.isValid():
                self.model().setData(index, text, EDIT)


_NONE = Qt.KeyboardModifier.NoModifier
_PAD = Qt.KeyboardModifier.KeypadModifier


def leaving(event: QKeyEvent) -> int:
    """1 for the keys that leave the table forwards (F6, Ctrl+Tab), -1 with Shift, 0 for all others."""
    is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    if event.key() == Qt.Key.Key_F6 or (event.key() in _TABS and with_ctrl):
        return -1 if is_back else 1
    return 0


def split_cells(text: str) -> list[str]:
    """The first column of a copied table, one text for each row; quoted cells keep their line breaks."""
    cells, rest = [], text.replace("\r\n", "\n").rstrip("\n")
    while rest:
        if rest.startswith('"') and (end := _closing_quote(rest)):
            cells.append(rest[1:end].replace('""', '"'))
            rest = rest[end + 1 :]
            rest = rest.partition("\n")[2]
            continue
        line, _, rest = rest.partition("\n")
        cells.append(line.partition("\t")[0])
    return cells


def _closing_quote(text: str) -> int:
    """Where a quoted cell ends; 0 when the quote is a part of plain text."""
    at = 1
    while (at := text.find('"', at)) > 0:
        if text[at + 1 : at + 2] == '"':
            at += 2
        elif text[at + 1 : at + 2] in ("", "\n", "\t"):
            return at
        else:
            return 0
    return 0


class TypingDelegate(QStyledItemDelegate):
    """A box of several lines for the text, a line for numbers."""

    def createEditor(self, parent: QWidget, option: Any, index: Index) -> QWidget:
        """The box for a cell."""
        title = str(index.model().headerData(index.column(), Qt.Orientation.Horizontal) or "")
        editor: QWidget
        if _is_text(index):
            editor = QPlainTextEdit(parent)
            editor.setTabChangesFocus(True)
            editor.setStyleSheet(f"border: 2px solid {colours().accent};")
        else:
            editor = QLineEdit(parent)
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setAccessibleName(title)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What stands in the cell."""
        text = str(index.data(EDIT) or "")
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
            editor.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """What was typed."""
        text = editor.toPlainText() if isinstance(editor, QPlainTextEdit) else ""
        model.setData(index, editor.text() if isinstance(editor, QLineEdit) else text, EDIT)

    def updateEditorGeometry(self, editor: QWidget, option: Any, index: Index) -> None:
        """The text's box is some lines high and stays within the table."""
        rect = QRect(option.rect)
        around = editor.parentWidget()
        if isinstance(editor, QPlainTextEdit) and around is not None:
            room = around.rect()
            wish = QSize(rect.width(), option.fontMetrics.lineSpacing() * _LINES + 14)
            rect.setSize(wish.boundedTo(room.size()))
            rect.moveTop(max(room.top(), min(rect.top(), room.bottom() - rect.height())))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter ends typing and goes down, Tab goes on, F6 and Ctrl+Tab leave the table; Alt+Enter breaks the line."""
        if not (isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, QWidget)):
            return super().eventFilter(editor, event)
        table = self.parent()
        assert isinstance(table, DispatchTable)
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if isinstance(editor, QPlainTextEdit):
                editor.insertPlainText("\n")
        elif event.key() in _ENTER and event.modifiers() in (_NONE, _PAD):
            self._end(editor)
            table.move_down()
        elif step := leaving(event):
            self._end(editor)
            table.leave(step)
        elif event.key() in _TABS:
            self._end(editor)
            table.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
        else:
            return super().eventFilter(editor, event)
        return True

    def _end(self, editor: QWidget) -> None:
        """Keep what was typed and close the box."""
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)


def _is_text(index: Index) -> bool:
    columns = getattr(index.model(), "columns", ())
    return bool(columns) and columns[index.column()].key == "text"
