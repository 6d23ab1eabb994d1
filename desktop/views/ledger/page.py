"""台账: the problems as a table, narrowed, sorted, copied and exported."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.operations.export import export_printed, export_workbook
from desktop.operations.lists import Filter, count_all, list_choices
from desktop.operations.saved_filters import drop_filter, keep_filter, saved_filters
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.records import Changes
from desktop.views import questions
from desktop.views.ledger.export_dialog import XLSX, ask_export
from desktop.views.ledger.light_reader import LightSearch
from desktop.views.ledger.model import LedgerModel
from desktop.views.looks.empty import Empty
from desktop.views.looks.icon_buttons import icon_button
from desktop.views.page import PAINTED_MS, Page
from desktop.views.place import PageKey, Place
from desktop.views.reading import read_safely
from desktop.views.runner import Failure, Report
from desktop.views.session import Session
from desktop.views.status_bar import ElidedLabel
from desktop.views.tables.filter_bar import FilterBar
from desktop.views.tables.saved_filters import SavedFilters
from desktop.views.tables.table import Layouts, TableView

AT_ONCE = 30


class LedgerPage(Page):
    """The list of problems.

    Signals: ``wanted(str)`` for what the window does: ``new_problem``, ``import_plan``, ``print_ledger``.
    """

    key = PageKey.LEDGER
    wanted = Signal(str)

    def __init__(self, session: Session, layouts: Layouts | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._kept: tuple[tuple[str, ...], str] = ((), "")
        self._all = 0
        self.model = LedgerModel(session.ledger, session.today, self)
        self.table = TableView("ledger", session.settings.tables() if layouts is None else layouts)
        self.table.setAccessibleName("问题列表")
        # The page looks at the selection before the table forgets it, and gives it back afterwards.
        self.model.modelAboutToBeReset.connect(self._keep_selection)
        self.table.setModel(self.model)
        self.model.modelReset.connect(self._on_reset)
        header = self.table.horizontalHeader()
        header.setSortIndicator(0, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        self.table.opened.connect(self._open)
        self.table.told.connect(session.told)
        self.filters = FilterBar()
        self.filters.changed.connect(self._on_filter)
        self.lights = LightSearch(session, self.model.cells, self)
        self.lights.found.connect(self.model.add)
        self.model.seek = self.lights.begin
        self.model.rowsInserted.connect(self._show_count)
        self.reading = ElidedLabel()
        self.reading.setObjectName("hint")
        self.lights.told.connect(self._on_looked)
        self.filters.left.connect(self._go_to_table)
        self.saved = SavedFilters(lambda: self.filters.chosen)
        self.saved.chosen.connect(self.filters.take)
        self.saved.keep_wanted.connect(self._keep_filter)
        self.saved.drop_wanted.connect(self._drop_filter)
        self.filters.add(self.saved)
        # The list comes first; what the filters offer is read in a moment of its own.
        self._choices = QTimer(self)
        self._choices.setSingleShot(True)
        self._choices.setInterval(PAINTED_MS)
        self._choices.timeout.connect(lambda: read_safely(session, self._offer_choices))
        self.count = QLabel()
        self.count.setObjectName("hint")
        self._lay_out()

    def _lay_out(self) -> None:
        title = QLabel("台账")
        title.setObjectName("title")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(self.count)
        head.addWidget(self.reading)
        head.addStretch(1)
        self.new_button = icon_button("新增问题", "new", lambda: self.wanted.emit("new_problem"))
        self.import_button = icon_button("导入方案", "import", lambda: self.wanted.emit("import_plan"))
        self.export_button = icon_button("导出…", "export", self.export)
        self.export_button.setToolTip("把列出的或全部问题导出为表格（Ctrl+E）")
        self.print_button = icon_button("打印台账", "print", lambda: self.wanted.emit("print_ledger"))
        self.columns_button = icon_button("列", "columns", self._choose_columns)
        self.columns_button.setToolTip("选择显示哪些列")
        for button in (self.new_button, self.import_button, self.export_button, self.print_button, self.columns_button):
            head.addWidget(button)
        self.stack = QStackedWidget()
        self.nothing = Empty(
            "台账里还没有问题",
            "可以导入印发的整改方案，核对后一次建立全部问题；也可以逐个新增。",
            (
                ("导入方案", lambda: self.wanted.emit("import_plan")),
                ("新增问题", lambda: self.wanted.emit("new_problem")),
            ),
        )
        self.no_match = Empty("没有符合条件的问题", "换一个词，或清除条件。", (("清除条件", self.filters.clear),))
        for part in (self.table, self.nothing, self.no_match):
            self.stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.filters)
        layout.addWidget(self.stack, 1)
        self.begin_at(self.table)
        buttons = (self.new_button, self.import_button, self.export_button, self.print_button, self.columns_button)
        filters = (self.filters.words, *self.filters.boxes.values(), self.saved)
        for before, after in pairwise((*filters, self.table, *buttons)):
            self.setTabOrder(before, after)

    # The page

    def refresh(self) -> None:
        """Read the list and the choices of the filters again."""
        self.model.cells.forget()
        self._all = count_all(self.session.ledger)
        self._on_filter(self.filters.chosen)
        self._choices.start()
        writable = self.session.can_write
        for button in (self.new_button, self.import_button, *self.nothing.buttons):
            button.setEnabled(writable)

    def _on_filter(self, chosen: Filter) -> None:
        """Show what a filter leaves."""
        self.lights.stop()
        self.model.show_only(chosen)

    def _offer_choices(self) -> None:
        self.filters.set_choices(list_choices(self.session.ledger))
        self.saved.show_kept(saved_filters(self.session.ledger), can_write=self.session.can_write)

    def _keep_filter(self) -> None:
        name = questions.ask_text("给这组条件起一个名称，以后在“常用筛选”里一按就用：", "保存常用筛选")
        if name:
            chosen, session = self.filters.chosen, self.session
            session.do(lambda: keep_filter(session.ledger, name, chosen, session.today(), session.person))

    def _drop_filter(self, name: str) -> None:
        session = self.session
        session.do(lambda: drop_filter(session.ledger, name, session.today(), session.person))

    def concerns(self, changes: Changes) -> bool:
        """Everything that was written may show in a line."""
        return bool(changes.touched)

    def show_place(self, place: Place) -> None:
        """Show the problems of a state, or one problem in the list."""
        self.refresh_if_stale()
        if place.filter:
            self.filters.clear()
            self.filters.choose("state", place.filter)
        if place.only:
            self.filters.clear()
            self.filters.show_only(place.only, place.words)
        if place.problem_id:
            self.table.choose_rows((), self.model.keys.place(place.problem_id))

    def commands(self) -> dict[str, Callable[[], None]]:
        """What the menus can do here."""
        found: dict[str, Callable[[], None]] = {
            "new": lambda: self.wanted.emit("new_problem"),
            "find": self._find,
            "print": lambda: self.wanted.emit("print_ledger"),
        }
        if len(self.model.keys) and not self.lights.is_reading:
            found["export"] = self.export
        if self.chosen_ids():
            found |= {"open": lambda: self._open(self.table.currentIndex()), "copy": self.table.copy}
        return found

    def chosen_ids(self) -> tuple[str, ...]:
        """The problems that are selected, in the order of the list."""
        rows = self.table.chosen_rows()
        if rows and len(rows) == rows[-1] - rows[0] + 1:
            return self.model.keys.ids(rows[0], len(rows))
        return tuple(self.model.keys.ids(row, 1)[0] for row in rows)

    def _find(self) -> None:
        self.filters.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.words.selectAll()

    def _go_to_table(self) -> None:
        if self.stack.currentWidget() is self.table:
            self.table.setFocus()
            if not self.table.chosen_rows():
                self.table.choose_rows((), 0)

    def _open(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self.model.keys):
            self.go.emit(Place(PageKey.CASE, problem_id=self.model.keys.ids(index.row(), 1)[0]))

    def _choose_columns(self) -> None:
        menu = self.table.column_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.columns_button.mapToGlobal(self.columns_button.rect().bottomLeft()))

    # The list is read again

    def _keep_selection(self) -> None:
        current = self.table.currentIndex()
        at = self.model.keys.ids(current.row(), 1) if current.isValid() else ()
        chosen = self.chosen_ids() if len(self.table.chosen_rows()) <= AT_ONCE else ()
        self._kept = (chosen, at[0] if at else "")

    def _on_reset(self) -> None:
        """The cursor stays on its problem, wherever that stands now."""
        keys, (chosen, current) = self.model.keys, self._kept
        rows = [row for problem in chosen if (row := keys.place(problem)) >= 0]
        if current and (at := keys.place(current)) >= 0:
            self.table.choose_rows(rows, at)
        self._show_count()
        self.print_button.setEnabled(self._all > 0)

    def _show_count(self) -> None:
        """How many are listed; half a list, while it is still looked through, is not exported."""
        shown, is_narrowed, is_reading = len(self.model.keys), self.model.chosen != Filter(), self.lights.is_reading
        self.count.setText(f"共{self._all}个，显示{shown}个" if is_narrowed else f"共{self._all}个")
        if shown or is_reading:
            self.stack.setCurrentWidget(self.table)
        else:
            self.stack.setCurrentWidget(self.no_match if is_narrowed and self._all else self.nothing)
        self.export_button.setEnabled(shown > 0 and not is_reading)

    def _on_looked(self, words: str) -> None:
        self.reading.setText(words)
        if not words:
            self._show_count()

    def showEvent(self, event: QShowEvent) -> None:
        """Go on looking through the list."""
        super().showEvent(event)
        self.lights.go_on()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: the list rests."""
        self.lights.pause()
        super().hideEvent(event)

    # Export

    def export(self) -> None:
        """Write the problems that are listed now, or all, to a file; many of them in the runner."""
        ledger, today, person = self.session.ledger, self.session.today(), self.session.person
        shown, is_narrowed = self.model.keys.ids(), self.model.chosen != Filter()
        wish = ask_export(shown, self._all, is_narrowed=is_narrowed)
        if wish is None:
            return
        version = "（公开版）" if wish.choice.public else ""
        name = f"整改台账{version}{today.year}年{today.month}月{today.day}日.{wish.suffix}"
        pattern = "表格文件 (*.xlsx)" if wish.suffix == XLSX else "PDF 文件 (*.pdf)"
        target = questions.ask_save("导出台账", name, pattern)
        if target is None:
            return
        file = target if target.suffix else target.with_suffix(f".{wish.suffix}")

        def job(report: Report) -> Changes:
            if wish.suffix == XLSX:
                return export_workbook(ledger, file, today, wish.choice, report)
            return export_printed(ledger, file, today, person, report)

        count = self._all if wish.choice.problems is None else len(wish.choice.problems)
        if count <= AT_ONCE and not wish.choice.photos and wish.suffix == XLSX:
            try:
                self._on_exported(job(lambda words, share: None))
            except (Refused, KnownFault) as error:
                questions.tell_refusal(error)
        elif not self.session.runner.start("导出台账", job, self._on_exported, self._on_failed, ledger, writes=False):
            questions.tell(f"正在{self.session.runner.title}，现在不能导出。", "请等它完成后再导出。")

    def _on_exported(self, changes: object) -> None:
        if isinstance(changes, Changes):
            self.session.told.emit(changes.sentence)
            questions.tell(changes.sentence, "\n".join(changes.warnings))

    def _on_failed(self, failure: Failure) -> None:
        questions.tell(failure.sentence, failure.remedy or failure.traceback)
