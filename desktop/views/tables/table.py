"""The table of the program: remembered columns, a column menu on the header, copying that pastes well in WPS."""

from collections.abc import MutableMapping, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from desktop.views.tables.cells import CellDelegate
from desktop.views.tables.columns import DISPLAY, Column, layout_text, parse_layout
from desktop.views.tables.row_model import RowModel

Layouts = MutableMapping[str, str]
COPIED = 2_000
_NARROWEST = 2


class TableView(QTableView):
    """A table over a RowModel.

    ``name`` is the key of its columns in ``layouts``, a mapping that outlives the window (kept in the settings).
    Signals: ``opened(QModelIndex)`` on a double click or Enter, ``told(str)`` a sentence for the status bar.
    """

    opened = Signal(QModelIndex)
    told = Signal(str)

    def __init__(self, name: str, layouts: Layouts | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._layouts: Layouts = {} if layouts is None else layouts
        self._is_laying_out = False
        self._has_own_widths = False
        self._row_lines = 1
        self._fitted = 0
        self._header_selection: QItemSelectionModel | None = None
        self._remember = QTimer(self)
        self._remember.setSingleShot(True)
        self._remember.setInterval(300)
        self._remember.timeout.connect(self.remember_layout)
        self._bars = CellDelegate(self)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.set_row_lines(1)
        self._prepare_header()
        self.doubleClicked.connect(self.opened)

    def _prepare_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._show_column_menu)
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(self._remember.start)

    def set_row_lines(self, lines: int) -> None:
        """How many lines of text a row shows; all rows are alike, so that no row is measured."""
        self._row_lines = lines
        metrics = self.fontMetrics()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(metrics.height())
        self.verticalHeader().setDefaultSectionSize(metrics.lineSpacing() * lines + metrics.height() // 2)

    # Columns

    @property
    def columns(self) -> Sequence[Column[Any]]:
        """The columns of the model, in its order."""
        model = self.model()
        return model.columns if isinstance(model, RowModel) else ()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model with its columns as they were left."""
        super().setModel(model)
        if model is not None:
            self._select_no_columns(model)
        for at, column in enumerate(self.columns):
            # Drawing in Python is several times slower: only where it is needed.
            if column.share:
                self.setItemDelegateForColumn(at, self._bars)
        self._apply(self._layouts.get(self.name, ""))

    def _select_no_columns(self, model: QAbstractItemModel) -> None:
        """Asked which of its columns are wholly selected, a header looks at every row of a large table."""
        header, before = self.horizontalHeader(), self._header_selection
        # Owned by the header: both end together, whatever order Python frees them in.
        self._header_selection = QItemSelectionModel(model, header)
        header.setSelectionModel(self._header_selection)
        if before is not None:
            before.deleteLater()

    def reset_layout(self) -> None:
        """The columns as the program gives them."""
        self._layouts.pop(self.name, None)
        self._apply("")

    def _apply(self, text: str) -> None:
        header, columns = self.horizontalHeader(), self.columns
        places = {column.key: at for at, column in enumerate(columns)}
        kept = [item for item in parse_layout(text) if item[0] in places]
        self._is_laying_out = True
        self._has_own_widths = bool(kept)
        wide = self.fontMetrics().horizontalAdvance("字")
        for at, column in enumerate(columns):
            header.moveSection(header.visualIndex(at), at)
            self.setColumnHidden(at, not column.shown)
            self.setColumnWidth(at, int(column.width * wide) + wide)
        for place, (key, width, shown) in enumerate(kept):
            header.moveSection(header.visualIndex(places[key]), place)
            self.setColumnHidden(places[key], False)
            self.setColumnWidth(places[key], width)
            self.setColumnHidden(places[key], not shown)
        if columns and all(self.isColumnHidden(at) for at in range(len(columns))):
            self.setColumnHidden(0, False)
        self._is_laying_out = False
        self._fill()

    def layout_words(self) -> str:
        """The columns as they are: order, widths, which are shown."""
        header, columns = self.horizontalHeader(), self.columns
        order = sorted(range(len(columns)), key=header.visualIndex)
        hidden = {at: self.isColumnHidden(at) for at in order}
        wide = self.fontMetrics().horizontalAdvance("字")
        widths = {at: self.columnWidth(at) or int((columns[at].width + 1) * wide) for at in order}
        return layout_text((columns[at].key, widths[at], not hidden[at]) for at in order)

    def remember_layout(self) -> None:
        """Keep the columns for the next start."""
        self._remember.stop()
        if self.columns:
            self._layouts[self.name] = self.layout_words()

    def _on_resized(self, section: int, before: int, after: int) -> None:
        # A hidden section reports 0; only what the clerk drags counts.
        if not self._is_laying_out and after and before:
            self._has_own_widths = True
            self._remember.start()

    def changeEvent(self, event: QEvent) -> None:
        """Rows and columns follow the size of the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_font()

    def showEvent(self, event: QShowEvent) -> None:
        """The font of the style is known only now."""
        self._fit_font()
        super().showEvent(event)

    def _fit_font(self) -> None:
        wide = self.fontMetrics().horizontalAdvance("字")
        if wide != self._fitted:
            self._fitted = wide
            self.set_row_lines(self._row_lines)
            self.horizontalHeader().setMinimumSectionSize(_NARROWEST * wide)
            self._apply(self._layouts.get(self.name, ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the room that is left to the columns that take it."""
        super().resizeEvent(event)
        self._fill()

    def _fill(self) -> None:
        columns = self.columns
        takers = [at for at, column in enumerate(columns) if column.stretch and not self.isColumnHidden(at)]
        if not takers or self._has_own_widths:
            return
        left = self.viewport().width() - sum(self.columnWidth(at) for at in range(len(columns)) if at not in takers)
        shares = sum(columns[at].width for at in takers)
        wide = self.fontMetrics().horizontalAdvance("字")
        self._is_laying_out = True
        for at in takers:
            width = max(int(columns[at].width * wide), int(left * columns[at].width / shares))
            self.setColumnWidth(at, width if at != takers[-1] else max(int(columns[at].width * wide), left))
            left, shares = left - width, shares - columns[at].width
        self._is_laying_out = False

    def column_menu(self) -> QMenu:
        """Which columns are shown, as a menu."""
        menu = QMenu(self)
        shown = [at for at in range(len(self.columns)) if not self.isColumnHidden(at)]
        for at, column in enumerate(self.columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(at in shown)
            # The last column stays, or the header with this menu would be gone.
            action.setEnabled(shown != [at])
            action.toggled.connect(lambda on, at=at: self.show_column(at, on))
        menu.addSeparator()
        menu.addAction("恢复原来的列").triggered.connect(self.reset_layout)
        return menu

    def show_column(self, at: int, shown: bool) -> None:
        """Show or hide a column."""
        self.setColumnHidden(at, not shown)
        self._fill()
        self.remember_layout()

    def _show_column_menu(self, at: QPoint) -> None:
        menu = self.column_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(at))

    # Rows

    def chosen_rows(self) -> list[int]:
        """The rows of the selection from top to bottom, without reading them."""
        if self.selectionModel() is None:
            return []
        chosen = self.selectionModel().selection()
        ranges = (chosen.at(at) for at in range(chosen.count()))
        return sorted({row for part in ranges for row in range(part.top(), part.bottom() + 1)})

    def choose_rows(self, rows: Sequence[int], current: int) -> None:
        """Select rows and put the cursor in one, in sight."""
        model, selection = self.model(), self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        if not 0 <= current < model.rowCount():
            return
        column = max(0, next((at for at in range(len(self.columns)) if not self.isColumnHidden(at)), 0))
        index = model.index(current, column)
        selection.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows if not rows else flags.NoUpdate)
        for row in rows:
            selection.select(model.index(row, column), flags.Select | flags.Rows)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies; Ctrl with Home and End go to the first and last row."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected rows on the clipboard, as a table and as text with tabs, in the columns that are shown."""
        rows = self.chosen_rows()
        if not rows:
            return
        if len(rows) > COPIED:
            self.told.emit(f"一次最多复制{COPIED}行，现在选了{len(rows)}行，没有复制。请少选一些，或使用导出。")
            return
        # A list that reads some cells late is asked for them first.
        prepare = getattr(self.model(), "read_whole", None)
        if prepare is not None:
            prepare(rows)
        header = self.horizontalHeader()
        shown = [at for at in range(len(self.columns)) if not self.isColumnHidden(at)]
        shown.sort(key=header.visualIndex)
        model = self.model()
        lines = [[self.columns[at].title for at in shown]]
        lines += [[str(model.index(row, at).data(DISPLAY) or "") for at in shown] for row in rows]
        QGuiApplication.clipboard().setMimeData(as_clip(lines))
        self.told.emit(f"已复制{len(rows)}行，可粘贴到 WPS 表格。")


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def as_clip(lines: Sequence[Sequence[str]]) -> QMimeData:
    """Lines of cells for the clipboard. Every cell is marked as text, so that 3-1 does not become a date in WPS."""
    cell = "<td style=\"mso-number-format:'\\@';white-space:normal\">{}</td>"
    rows = ("".join(cell.format(escape(text).replace("\n", "<br/>")) for text in line) for line in lines)
    clip = QMimeData()
    clip.setText("\n".join("\t".join(_plain(text) for text in line) for line in lines))
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    clip.setHtml(f'<table border="1" style="border-collapse:collapse">{body}</table>')
    return clip


def _plain(text: str) -> str:
    """A cell of a text with tabs: a line break inside is kept by quoting, as WPS and Excel do."""
    text = text.replace("\t", " ")
    return '"' + text.replace('"', '""') + '"' if "\n" in text or text.startswith('"') else text
