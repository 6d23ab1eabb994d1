"""发文登记: every 文号 of the office by series, what has become of it, and every gap with its explanation."""


from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.operations.paper.doc_numbers import (
    can_give_back,
    enter_number,
    explain_gap,
    give_back,
    latest_suggestion,
    series_of,
)
from desktop.operations.paper.register_list import (
    NAME,
    RegisterRow,
    count_words,
    export_register,
    make_register,
    register_rows,
)
from desktop.rules.entries import DocNumberEntry
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.number_register import NumberState
from desktop.rules.paper import Printed
from desktop.rules.records import Changes
from desktop.rules.wording import date_in_table
from desktop.views import questions
from desktop.views.entries.dialog import ask_entry
from desktop.views.looks.empty import Empty
from desktop.views.looks.icon_buttons import icon_button
from desktop.views.pane import Pane
from desktop.views.place import PageKey, Place
from desktop.views.preview.printing import show_in_window
from desktop.views.runner import Report
from desktop.views.session import Session
from desktop.views.tables.columns import Column
from desktop.views.tables.row_model import ListModel
from desktop.views.tables.table import TableView
from forms.doc_number import DocNumberForm

_TONES = {
    NumberState.VOID: "muted",
    NumberState.ISSUED: "ok",
    NumberState.DRAFT: "",
    NumberState.BY_HAND: "",
    NumberState.STEP: "",
    NumberState.TWICE: "late",
}


def _tone(row: RegisterRow) -> str:
    if row.line.state == NumberState.GAP:
        return "muted" if row.line.remark else "warn"
    return _TONES[row.line.state]


COLUMNS: tuple[Column[RegisterRow], ...] = (
    Column("doc_no", "文号", 13, lambda row: row.line.words, sorts=False),
    Column("title", "标题或事由", 14, lambda row: row.line.title, stretch=True, sorts=False),
    Column("on", "成文日期", 6, lambda row: date_in_table(row.line.on) if row.line.on else "", sorts=False),
    Column("paper", "文书", 6, lambda row: row.paper, sorts=False),
    Column("problem", "问题", 4, lambda row: row.problem, sorts=False),
    Column("state", "状态", 5, lambda row: row.state, tone=_tone, sorts=False),
    Column("remark", "编号说明", 11, lambda row: row.line.remark, sorts=False),
    Column("person", "登记人", 4, lambda row: row.line.person, shown=False, sorts=False),
)


class RegisterPanel(Pane):
    """Attributes: ``model``, ``table``, ``year`` and ``prefix`` to choose a part. Signals: ``go(Place)``."""

    go = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.model: ListModel[RegisterRow] = ListModel(COLUMNS, self)
        self.table = TableView("doc_register", session.settings.tables())
        self.table.setModel(self.model)
        self.table.setAccessibleName("发文登记")
        self.table.told.connect(session.told)
        self.table.opened.connect(lambda index: self.open(index.row()))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        QShortcut(
            QKeySequence.StandardKey.Delete, self.table, self.give_back, context=Qt.ShortcutContext.WidgetShortcut
        )
        self.year, self.prefix = QComboBox(), QComboBox()
        for choice, words in ((self.year, "年份"), (self.prefix, "发文代字")):
            choice.setAccessibleName(words)
            choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            choice.activated.connect(lambda _: self.show_rows())
        self.counts = QLabel()
        self.counts.setObjectName("hint")
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        self.buttons = {
            "new": icon_button("登记文号…", "new", self.enter, "登记不是用本程序出的文书的文号"),
            "gap": icon_button("说明缺号…", "edit", self.explain, "写明为什么缺号，如：由区委办公室编给其他文件"),
            "void": icon_button("作废…", "delete", self.give_back, "没有印发的，把号退回（Delete）"),
            "print": icon_button("打印…", "print", self.print, "预览并打印发文登记簿"),
            "export": icon_button("导出…", "export", self.export, "导出为 xlsx 表格"),
        }
        head = QHBoxLayout()
        head.setSpacing(8)
        for part in (self.year, self.prefix):
            head.addWidget(part)
        head.addStretch(1)
        for button in self.buttons.values():
            head.addWidget(button)
        self.nothing = Empty(
            "还没有登记文号",
            "在“单份”里给销号请示等编上文号，打印或保存时自动登记在这里；别的文书用过的号可以手工登记。",
            (("登记文号…", self.enter),),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.counts)
        self.begin_at(self.table)

    # What is shown

    def refresh(self) -> None:
        """Read the register again; the part that was chosen stays."""
        rows = register_rows(self.session.ledger)
        prefixes, years = series_of([row.line for row in rows])
        _fill(self.year, "全部年份", [(f"{year}年", year) for year in years])
        _fill(self.prefix, "全部代字", [(prefix, prefix) for prefix in prefixes])
        self.show_rows()

    def show_rows(self) -> None:
        """Show the chosen part of the register, the latest numbers first."""
        rows = register_rows(self.session.ledger, *self.chosen())
        self.model.set_rows(tuple(reversed(rows)))
        self.counts.setText(count_words(rows))
        self.stack.setCurrentWidget(self.table if rows else self.nothing)
        self._allow()

    def chosen(self) -> tuple[str, int | None]:
        """Prefix and year of the part; empty and None for all."""
        return self.prefix.currentData() or "", self.year.currentData()

    def row(self) -> RegisterRow | None:
        """The selected line."""
        chosen = self.table.chosen_rows()
        return self.model.row_at(chosen[0]) if len(chosen) == 1 else None

    def _allow(self) -> None:
        row, writes = self.row(), self.session.can_write
        self.buttons["new"].setEnabled(writes)
        self.buttons["gap"].setEnabled(writes and row is not None and row.line.state == NumberState.GAP)
        self.buttons["void"].setEnabled(writes and row is not None and can_give_back(row.line))
        for key in ("print", "export"):
            self.buttons[key].setEnabled(self.model.rowCount() > 0)

    # What can be done

    def open(self, at: int) -> None:
        """Open the problem that a number is about."""
        row = self.model.row_at(at)
        if row is not None and row.line.problem_id:
            self.go.emit(Place(PageKey.CASE, row.line.problem_id, "papers"))

    def enter(self) -> None:
        """Enter a number by hand."""
        session = self.session
        ledger, today, person = session.ledger, session.today(), session.person

        def save(entry: object, reason: str, report: Report) -> Changes:
            assert isinstance(entry, DocNumberEntry)
            return enter_number(ledger, entry, today, person, reason)

        ask_entry(session, DocNumberForm(today, latest_suggestion(ledger, today)), "new", save)

    def give_back(self) -> None:
        """Give the selected number back, with a reason."""
        row, session = self.row(), self.session
        if row is None or not can_give_back(row.line):
            return
        reason = questions.ask_text(f"{row.line.words}作废的原因（没有印发的才能作废，登记保留）", "作废")
        if reason:
            session.do(lambda: give_back(session.ledger, row.line.entry_id, reason, session.today(), session.person))

    def explain(self) -> None:
        """Say why the selected numbers are missing."""
        row, session = self.row(), self.session
        if row is None or row.line.state != NumberState.GAP:
            return
        reason = questions.ask_text(f"{row.line.words}为什么没有用", "说明缺号", row.line.remark)
        if reason:
            session.do(lambda: explain_gap(session.ledger, row.line, reason, session.today(), session.person))

    def print(self) -> None:
        """Show the list as it is printed."""
        session, (prefix, year) = self.session, self.chosen()
        ledger, today = session.ledger, session.today()
        if not session.runner.start(
            "生成发文登记簿",
            lambda report: make_register(ledger, today, prefix, year),
            self._show,
            lambda failure: questions.tell(failure.sentence, failure.remedy or failure.traceback),
            ledger,
            writes=False,
        ):
            questions.tell(f"正在{session.runner.title}，请等它完成后再打印。")

    def _show(self, printed: object) -> None:
        if isinstance(printed, Printed):
            show_in_window(self.session, printed, f"{NAME}.pdf")

    def export(self) -> None:
        """Write the list as a workbook where the clerk wants it."""
        session = self.session
        target = questions.ask_save("导出发文登记", f"{NAME}.xlsx", "Excel 表格 (*.xlsx)")
        if target is None:
            return
        target = target if target.suffix else target.with_suffix(".xlsx")
        try:
            session.told.emit(export_register(session.ledger, target, session.today(), *self.chosen()).sentence)
        except (Refused, KnownFault) as error:
            questions.tell_refusal(error)


def _fill(choice: QComboBox, all_words: str, entries: list[tuple[str, object]]) -> None:
    kept = choice.currentData()
    choice.clear()
    choice.addItem(all_words, None)
    for words, data in entries:
        choice.addItem(words, data)
    choice.setCurrentIndex(max(0, choice.findData(kept)) if kept is not None else 0)
