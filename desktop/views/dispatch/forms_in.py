"""收填报表: what units handed back, checked row by row before anything is taken."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QRadioButton, QVBoxLayout, QWidget

from desktop.operations.month.form_collect import FormCheck, collect_forms, preview_forms
from desktop.rules.records import Changes
from desktop.views import questions
from desktop.views.looks.icon_buttons import icon_button
from desktop.views.pane import Pane
from desktop.views.runner import Failure, Report
from desktop.views.session import Session
from desktop.views.tables.columns import Column
from desktop.views.tables.table import TableView
from desktop.views.tables.ticked_rows import TickModel

TITLE = "收填报表"
PATTERN = "填报表 (*.xlsx *.xls *.et *.zip);;所有文件 (*)"
HINT = "选择单位交回的表格、文件夹或 zip，可以一次选许多，也可以拖到这里。先核对，收入后才写进台账。"


class FormsInPanel(Pane):
    """Signals: ``left`` when the clerk goes back to the grid. Attributes: ``ticked`` keys of the forms to take."""

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.month = ""
        self.ticked: set[str] = set()
        self._paths: tuple[Path, ...] = ()
        columns: tuple[Column[FormCheck], ...] = (
            Column("unit", "单位", 15, lambda form: form.unit or form.shown, tip=lambda form: form.shown, sorts=False),
            Column("rows", "可收", 4, lambda form: _count(len(form.rows), "行"), "right", sorts=False),
            Column("corrects", "其中更正", 5, lambda form: _count(form.corrections, "行"), "right", sorts=False),
            Column("photos", "照片", 4, lambda form: _count(len(form.photos), "张"), "right", sorts=False),
            Column("errors", "有错", 4, lambda form: _count(len(form.errors), "行"), "right", _error_tone, sorts=False),
            Column("state", "情况", 16, _state, tone=_tone, tip=_state, stretch=True, sorts=False),
        )
        self.model = TickModel(columns, lambda f: f.key in self.ticked, self._tick, lambda f: f.has_news, self)
        self.table = TableView("forms_in", session.settings.tables())
        self.table.setModel(self.model)
        self.table.setAccessibleName("交回的填报表，按空格勾选")
        self.table.selectionModel().currentRowChanged.connect(self._show)
        self.title, self.told = QLabel(), QLabel()
        self.details = QPlainTextEdit()
        self.back_button = QPushButton("回到调度")
        self.files_button = icon_button("选择文件…", "open")
        self.folder_button = icon_button("选择文件夹…", "folder")
        self.valid, self.strict = QRadioButton("只收没有错误的行"), QRadioButton("有错误的整份不收")
        self.take_button = QPushButton("收入")
        self._lay_out()
        self.back_button.clicked.connect(lambda: self.left.emit())
        self.files_button.clicked.connect(lambda: self.choose_files())
        self.folder_button.clicked.connect(lambda: self.choose_folder())
        self.take_button.clicked.connect(lambda: self.take())
        self.strict.toggled.connect(lambda _: self._allow())
        session.runner.progressed.connect(self._on_progress)
        session.runner.ended.connect(lambda _: self._allow())
        self.setAcceptDrops(True)
        self._allow()

    def _lay_out(self) -> None:
        hint = QLabel(HINT)
        hint.setObjectName("hint")
        hint.setWordWrap(True)
        self.title.setObjectName("title")
        self.told.setWordWrap(True)
        self.valid.setChecked(True)
        self.take_button.setObjectName("primary")
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("所选填报表的错误和提示")
        self.details.setPlaceholderText("所选填报表的错误和提示")
        self.details.setFixedHeight(self.details.fontMetrics().lineSpacing() * 6 + 14)
        head, choose, last = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.back_button)
        choose.addWidget(hint, 1)
        choose.addWidget(self.files_button)
        choose.addWidget(self.folder_button)
        last.addWidget(self.valid)
        last.addWidget(self.strict)
        last.addStretch(1)
        last.addWidget(self.take_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(choose)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.details)
        layout.addLayout(last)
        layout.addWidget(self.told)
        self.begin_at(self.table)

    def show_month(self, month: str) -> None:
        """Take forms of a month only; what was looked at before is put aside."""
        self.month = month
        self.title.setText(f"{TITLE}　{int(month[:4])}年{int(month[5:])}月")
        self._show_checks(())
        self.told.clear()

    # Choosing

    def choose_files(self) -> None:
        """Ask for workbooks and zips."""
        if chosen := questions.ask_files("选择交回的填报表", PATTERN):
            self.look(chosen)

    def choose_folder(self) -> None:
        """Ask for a folder, of one unit or with many."""
        if chosen := questions.ask_folder("选择放填报表的文件夹"):
            self.look((chosen,))

    def look(self, paths: Sequence[Path]) -> None:
        """Read what came and set it beside the ledger, in the runner."""
        session, today, month, chosen = self.session, self.session.today(), self.month, tuple(paths)
        ledger = session.ledger

        def job(report: Report) -> object:
            return preview_forms(ledger, chosen, today, month, report)

        if session.runner.start("读取填报表", job, self._on_read, self._on_failed, ledger, writes=False):
            self._paths = chosen
            self.told.setText("正在读取，可在窗口底部取消。")
            self._allow()
        else:
            questions.tell(f"正在{session.runner.title}，请等它完成后再收。")

    def _on_read(self, checks: object) -> None:
        if isinstance(checks, tuple):
            self._show_checks(checks)
            good = sum(check.has_news for check in checks)
            self.told.setText(f"读出{len(checks)}份，{good}份有可以收的内容。" if good else "没有可以收的内容。")

    def _show_checks(self, checks: Sequence[FormCheck]) -> None:
        self.ticked = {check.key for check in checks if check.has_news}
        self.model.set_rows(checks)
        if checks:
            self.table.choose_rows((), 0)
        self._show(self.table.currentIndex(), QModelIndex())
        self._allow()

    def _show(self, index: QModelIndex, _: QModelIndex) -> None:
        check = self.model.row_at(index.row()) if index.isValid() else None
        lines = [check.shown, check.fault, *check.errors, *check.remarks] if check else []
        self.details.setPlainText("\n".join(line for line in lines if line))

    def _tick(self, check: FormCheck, on: bool) -> None:
        (self.ticked.add if on else self.ticked.discard)(check.key)
        self._allow()

    def _wanted(self) -> list[FormCheck]:
        chosen = [check for check in self.model.rows if check.key in self.ticked]
        return [check for check in chosen if not (self.strict.isChecked() and check.errors)]

    def _allow(self) -> None:
        count, is_free = len(self._wanted()), self.session.runner.is_free
        self.take_button.setText(f"收入{count}份" if count else "收入")
        self.take_button.setEnabled(count > 0 and is_free and self.session.can_write)
        for button in (self.files_button, self.folder_button):
            button.setEnabled(is_free)

    # Taking

    def take(self) -> None:
        """Take what is ticked, off the window's thread."""
        session, paths, month, strict = self.session, self._paths, self.month, self.strict.isChecked()
        keys, ledger = [check.key for check in self._wanted()], session.ledger
        today, person = session.today(), session.person

        def job(report: Report) -> object:
            return collect_forms(ledger, paths, keys, today, person, month=month, strict=strict, tell=report)

        if session.runner.start(TITLE, job, self._on_taken, self._on_failed, ledger):
            self.told.setText("正在收入，可在窗口底部取消。")
            self._allow()
        else:
            questions.tell(f"正在{session.runner.title}，请等它完成后再收。")

    def _on_taken(self, changes: object) -> None:
        if isinstance(changes, Changes):
            self._show_checks(())
            self.told.setText(changes.sentence)
            self.session.announce(changes)

    def _on_failed(self, failure: Failure) -> None:
        self.told.setText(failure.sentence)
        self._allow()
        if failure.remedy or failure.traceback:
            questions.tell(failure.sentence, failure.remedy or failure.traceback)

    def _on_progress(self, words: str, share: float, left: float) -> None:
        if self.session.runner.title in (TITLE, "读取填报表"):
            self.told.setText(f"{words}（窗口底部可以取消）")

    # Dropping files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped anywhere on the panel."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.look(paths)


def _count(number: int, unit: str) -> str:
    return f"{number}{unit}" if number else ""


def _state(form: FormCheck) -> str:
    """What the clerk should know of a form at a glance."""
    if form.fault:
        return form.fault
    parts = [f"与台账相同{form.same}行"] if form.same else []
    parts += [f"未填{form.blank}行"] if form.blank else []
    parts += [f"提示{len(form.remarks)}条"] if form.remarks else []
    return "，".join(parts) or ("有错的行见下面" if form.errors else "全部填好")


def _tone(form: FormCheck) -> str:
    return "late" if form.fault else "warn" if form.blank or form.remarks or form.errors else "ok"


def _error_tone(form: FormCheck) -> str:
    return "late" if form.errors else ""
