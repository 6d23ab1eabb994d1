"""An edited workbook under review: what differs from the ledger, what is taken of it, and taking it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.operations.plan.sheet_import import ExportedBook, SheetComparison, sheet_preview, take_sheet
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.records import Changes
from desktop.rules.texts import read_day
from desktop.rules.wording import date_in_text
from desktop.views import questions
from desktop.views.late_reading import READING, LateReading
from desktop.views.pane import Pane
from desktop.views.runner import Failure, Report
from desktop.views.session import Session
from desktop.views.tables.compare_view import CompareView

AT_ONCE = 200  # rows that are compared while one does not notice it
WAITING = "台账有变化，正在重新比较…"


class SheetBoard(Pane):
    """Shows one workbook beside the ledger.

    Signals: ``finished(Changes)`` when something was taken, ``given_up`` when the clerk puts the file aside,
    ``compared`` when it was compared anew, ``emptied`` when something was taken and nothing is left to take.
    """

    finished = Signal(object)
    given_up = Signal()
    compared = Signal()
    emptied = Signal()

    def __init__(
        self, session: Session, book: ExportedBook, comparison: SheetComparison, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session, self.book = session, book
        self.links = dict(comparison.links)
        self._has_taken = False
        self._reading = LateReading(session, self, self._on_compared, self._tell)
        self.subject = QLabel()
        self.subject.setWordWrap(True)
        self.compare = CompareView("sheet_compare")
        self.drop_button, self.take_button = QPushButton("不导入了"), QPushButton("带入")
        self.take_button.setObjectName("primary")
        self.drop_button.clicked.connect(lambda: self.given_up.emit())
        self.take_button.clicked.connect(lambda: self.take())
        self.compare.ticks_changed.connect(self._allow)
        self.compare.linked.connect(self._link)
        head = QHBoxLayout()
        head.addWidget(self.subject, 1)
        head.addWidget(self.drop_button)
        head.addWidget(self.take_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(head)
        layout.addWidget(self.compare, 1)
        self.begin_at(self.compare)
        self.show_comparison(comparison)

    def show_comparison(self, comparison: SheetComparison, *, keep: bool = False) -> None:
        """Show what differs."""
        marks = self.book.marks
        day = read_day(marks.on)
        made = f"，{marks.office}{date_in_text(day)}导出" if day else ""
        same = "" if comparison.changes else "与台账一致，没有要带入的。"
        self.subject.setText(f"“{self.book.name}”：台账表格{made}，读出{comparison.rows}行。{same}")
        self.compare.set_lines(comparison.lines, keep=keep)
        self.shown = comparison
        self._allow()

    def renew(self) -> None:
        """Compare again, as after a change of the ledger; ticks stay. A large file is compared on the runner."""
        session, book, today, links = self.session, self.book, self.session.today(), dict(self.links)
        if len(book.rows) <= AT_ONCE:
            try:
                self._on_compared(sheet_preview(session.ledger, book, today, links))
            except (Refused, KnownFault) as error:
                questions.tell_refusal(error)
            return

        def job(report: Report) -> object:
            return sheet_preview(session.ledger, book, today, links, report)

        self._reading.read(job)
        self._allow()

    @property
    def is_comparing(self) -> bool:
        """True while the lines on the screen are those of an earlier comparison."""
        return self._reading.is_busy

    def drop(self) -> None:
        """The file is put aside: what is still being compared is not shown."""
        self._reading.forget()

    def _on_compared(self, result: object) -> None:
        if isinstance(result, SheetComparison):
            self.links = dict(result.links)
            self.show_comparison(result, keep=True)
            self.compared.emit()
            self.settle()

    def settle(self) -> None:
        """After something was taken: is the rest known, and is there none?"""
        if self._has_taken and not self.is_comparing:
            self._has_taken = False
            if not any(line.is_offered for line in self.compare.model.rows):
                self.emptied.emit()

    def _tell(self, words: str) -> None:
        if words:
            self.subject.setText(f"“{self.book.name}”：{WAITING if words == READING else words}")

    def _link(self, key: str, on: bool) -> None:
        """The clerk says whether a row of the file is a known problem."""
        _, line, problem = key.split("/")
        self.links[int(line)] = problem if on else ""
        self.renew()

    def _allow(self) -> None:
        count = len(self.compare.taken())
        self.take_button.setText(f"带入所选{count}处" if count else "带入")
        is_ready = not self.is_comparing and not self.compare.needs_reason() and self.session.can_write
        self.take_button.setEnabled(count > 0 and is_ready)

    def take(self) -> None:
        """Take what is ticked, off the window's thread."""
        session, book, links, shown = self.session, self.book, dict(self.links), self.shown
        ticked, reason = self.compare.taken(), self.compare.reason.text()
        ledger, today, person = session.ledger, session.today(), session.person

        def job(report: Report) -> object:
            return take_sheet(ledger, book, ticked, today, person, reason=reason, links=links, tell=report, shown=shown)

        if session.runner.start("带入表格", job, self._on_taken, self._on_failed, ledger):
            self.setEnabled(False)
        else:
            questions.tell(f"正在{session.runner.title}，请等它完成后再带入。")

    def _on_taken(self, result: object) -> None:
        self.setEnabled(True)
        if isinstance(result, Changes):
            self._has_taken = True
            self.session.announce(result)
            self.finished.emit(result)

    def _on_failed(self, failure: Failure) -> None:
        self.setEnabled(True)
        questions.tell(failure.sentence, failure.remedy or failure.traceback)
