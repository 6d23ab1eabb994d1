"""导入方案: a plan is read, reviewed beside its source and taken into the ledger, wholly or in part."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.operations.drafts import drop_draft, keep_draft, kept_draft
from desktop.operations.plan.headings import keep_headings
from desktop.operations.plan.intake import import_plan, preview_import, read_alike_again
from desktop.operations.plan.pages import BY_HAND
from desktop.operations.plan.reading import Reading, read_to_review
from desktop.operations.plan.sheet_import import ExportedBook, SheetComparison, read_sheet_file, sheet_preview
from desktop.rules.drafts import PlanDraft
from desktop.rules.errors import KnownFault
from desktop.rules.records import Changes
from desktop.views import questions
from desktop.views.looks.empty import Empty
from desktop.views.looks.icon_buttons import icon_button, restyle_icons
from desktop.views.page import Page
from desktop.views.place import PageKey, Place
from desktop.views.review.board import ReviewBoard
from desktop.views.review.compare import choice_of
from desktop.views.review.model import Review
from desktop.views.review.sheet_board import SheetBoard
from desktop.views.review.state import restore_state, state_of
from desktop.views.runner import Failure, Report
from desktop.views.session import Session

PATTERN = (
    "整改方案或清单 (*.docx *.doc *.wps *.rtf *.xlsx *.xls *.et *.pdf *.txt);;"
    "扫描图片 (*.jpg *.jpeg *.png *.tif *.tiff *.bmp);;所有文件 (*)"
)
FORM, SUBJECT = "plan_review", "new"
BESIDE = "左边显示原件的页面，右边逐项填写，填好后同样核对、确认、导入。"
KEEP_MS = 1_500
HINT = "读取后先核对，确认的问题才会写入台账；也可以把方案文件、改过的台账表格拖到这里。"


class PlanReviewPage(Page):
    """Reads a plan file and reviews it.

    Signals: ``ready`` when a review is on the screen. Attributes: ``board`` of a plan, ``sheet`` of a workbook that
    was exported before; both None while nothing is under review.
    """

    key = PageKey.PLAN_REVIEW
    ready = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.board: ReviewBoard | None = None
        self.sheet: SheetBoard | None = None
        self._file = Path()
        self._kept: dict[str, Any] = {}
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(KEEP_MS)
        self._keeping.timeout.connect(self.keep)
        self.setAcceptDrops(True)
        self._lay_out()
        session.runner.progressed.connect(self._on_progress)
        session.look_changed.connect(self._restyle)

    def _lay_out(self) -> None:
        title = QLabel("导入方案")
        title.setObjectName("title")
        self.subject = QLabel()
        self.subject.setObjectName("hint")
        self.choose_button = icon_button("选择文件…", "open")
        self.drop_button = QPushButton("放弃核对")
        self.all_button = QPushButton("全部确认")
        self.import_button = QPushButton("导入")
        self.import_button.setObjectName("primary")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(self.subject, 1)
        for button, slot in (
            (self.choose_button, self.choose_file),
            (self.drop_button, self.give_up),
            (self.all_button, self._tick_all),
            (self.import_button, self.take_in),
        ):
            button.clicked.connect(lambda _=False, slot=slot: slot())
            head.addWidget(button)
        self.empty = Empty("还没有选择方案", HINT, (("选择方案文件…", self.choose_file), ("接着上次核对", self.go_on)))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self._make_work())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.stack, 1)
        self._show_counts()

    def _make_work(self) -> QWidget:
        self.work = QFrame()
        self.doing = QLabel("正在读取方案")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.stop_button = QPushButton("取消")
        self.stop_button.clicked.connect(self.session.runner.cancel)
        layout = QVBoxLayout(self.work)
        row = QHBoxLayout()
        for part, share in ((self.doing, 0), (self.bar, 1), (self.stop_button, 0)):
            row.addWidget(part, share)
        layout.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(2)
        return self.work

    # The page

    def refresh(self) -> None:
        """The ledger may know more units and problems now."""
        if self.board is not None:
            review = self.board.review
            review.renew_alike(read_alike_again(self.session.ledger, review.alike))
            review.compare(preview_import(self.session.ledger, review.draft()))
            self.board.units.set_review(self.board.review)
            self.board.renew()
        if self.sheet is not None:
            self.sheet.renew()
        self._show_counts()

    def show_place(self, place: Place) -> None:
        """Coming here without a review offers what was under review before."""
        self._show_counts()

    def commands(self) -> dict[str, Callable[[], None]]:
        """Opening a file is what 打开 is here; saving is importing."""
        found: dict[str, Callable[[], None]] = {"new": self.choose_file}
        if self.import_button.isEnabled():
            found["save"] = self.take_in
        return found

    def is_idle(self) -> bool:
        """A review is kept on the page and as a draft: leaving loses nothing."""
        self.keep()
        return True

    # Reading

    def choose_file(self) -> None:
        """Ask for a plan and read it."""
        chosen = questions.ask_files("选择整改方案", PATTERN)
        if chosen:
            self.open_file(chosen[0])

    def open_file(
        self,
        file: Path,
        kept: dict[str, Any] | None = None,
        *,
        by_hand: bool = False,
        chosen: Mapping[str, str] | None = None,
    ) -> bool:
        """Read a plan off the window's thread; a review in progress is given up only after a yes.

        ``kept`` are edits of a former review, ``chosen`` fields of headings that no word matched. ``by_hand``: nothing
        is read, the clerk types the plan in beside its pages.
        """
        if not self._may_drop("另选文件会放弃现在的核对，要继续吗？"):
            return False
        ledger, session, today = self.session.ledger, self.session, self.session.today()
        self._kept = kept or {}

        def job(report: Report) -> object:
            report("正在读取文件", 0.02)
            book = None if by_hand else read_sheet_file(file)
            if book is not None:
                return book, sheet_preview(ledger, book, today, None, report)
            return read_to_review(ledger, file, report, by_hand=by_hand, chosen=chosen)

        if not session.runner.start("读取方案", job, self._on_read, self._on_failed, ledger, writes=False):
            questions.tell(f"正在{session.runner.title}，请等它完成后再读取方案。")
            return False
        self._file = file
        self.doing.setText(f"正在读取“{file.name}”")
        self.stack.setCurrentWidget(self.work)
        self._show_counts()
        return True

    def go_on(self) -> None:
        """Read the file of the kept review again and put the edits over it."""
        kept = kept_draft(self.session.ledger, FORM, SUBJECT)
        if kept:
            self.open_file(Path(str(kept.get("file", ""))), kept, by_hand=bool(kept.get("by_hand")))

    def _on_read(self, result: object) -> None:
        if isinstance(result, tuple) and isinstance(result[0], ExportedBook):
            self.show_sheet(*result)
            return
        reading = result if isinstance(result, Reading) else Reading(PlanDraft(""))
        draft, preview = reading.draft, reading.preview
        if preview is None or not draft.problems:
            self._clear()
            remarks = "\n".join(finding.sentence for finding in draft.findings)
            questions.tell("没有从文件中读出任何问题，台账没有变化。请检查是否选对了文件。", remarks)
            return
        review = Review(draft, preview, reading.alike, reading.headings)
        if self._kept and not restore_state(review, self._kept):
            questions.tell("方案文件已不是上次核对的内容，上次的改动没有带入。", "请重新核对。")
        self._show_board(review, reading.pages)

    def _show_board(self, review: Review, pages: bytes) -> None:
        self._clear()
        self.board = ReviewBoard(review, self.session.today(), pages)
        self.board.changed.connect(self._on_edited)
        self.board.headings_chosen.connect(self._read_again)
        self.stack.addWidget(self.board)
        self.stack.setCurrentWidget(self.board)
        self.board.setFocus()
        self._show_counts()
        self.ready.emit()

    def _read_again(self, chosen: Mapping[str, str]) -> None:
        """The clerk has said which fields unknown headings are: remember it and read the file by it."""
        session = self.session
        unknown = tuple(chosen)
        if session.can_write:
            session.do(lambda: keep_headings(session.ledger, unknown, chosen, session.today(), session.person))
        self.open_file(self._file, chosen=chosen)

    def show_sheet(self, book: ExportedBook, comparison: SheetComparison) -> None:
        """A workbook that was exported from a ledger is compared cell by cell instead of read as a plan."""
        self._clear()
        self.sheet = SheetBoard(self.session, book, comparison)
        self.sheet.finished.connect(lambda _: self._on_sheet_taken())
        self.sheet.given_up.connect(self._end_sheet)
        self.sheet.emptied.connect(self._leave_sheet)
        self.stack.addWidget(self.sheet)
        self.stack.setCurrentWidget(self.sheet)
        self.sheet.setFocus()
        self._show_counts()
        self.ready.emit()

    def _on_sheet_taken(self) -> None:
        """What is left stays on the screen; when nothing is, the clerk sees the ledger."""
        self.refresh_if_stale()
        if self.sheet is not None:
            self.sheet.settle()

    def _leave_sheet(self) -> None:
        self._end_sheet()
        self.go.emit(Place(PageKey.LEDGER))

    def _end_sheet(self) -> None:
        self._clear()
        self._show_counts()

    def _on_failed(self, failure: Failure) -> None:
        self.stack.setCurrentWidget(self.board or self.sheet or self.empty)
        self._show_counts()
        if failure.rule not in BY_HAND:
            questions.tell(failure.sentence, failure.remedy or failure.traceback)
        elif questions.ask(failure.sentence, BESIDE, "对照图片手工录入", "以后再说"):
            self.open_file(self._file, by_hand=True)

    def _on_progress(self, words: str, share: float, left: float) -> None:
        if self.stack.currentWidget() is self.work:
            self.doing.setText(words)

    # Reviewing

    def _on_edited(self) -> None:
        self._show_counts()
        self._keeping.start()

    def keep(self) -> None:
        """Keep the review beside the ledger."""
        self._keeping.stop()
        if self.board is None or not self.board.review.is_edited() or not self.session.is_there():
            return
        try:
            keep_draft(self.session.ledger, FORM, SUBJECT, state_of(self.board.review, str(self._file)))
        except (KnownFault, OSError):
            self.session.told.emit("磁盘可能已满，核对的内容没能留作草稿。")

    def _tick_all(self) -> None:
        if self.board is not None:
            self.board.tick_all()

    def _may_drop(self, sentence: str) -> bool:
        if self.board is None or not self.board.review.is_edited():
            return True
        return questions.ask(sentence, "台账没有变化，只是丢掉核对时的改动。", "放弃核对", "继续核对")

    def give_up(self) -> None:
        """End the review; nothing of it enters the ledger."""
        if self._may_drop("要放弃这次核对吗？"):
            self._clear()
            drop_draft(self.session.ledger, FORM, SUBJECT)
            self._show_counts()
            self.session.told.emit("已放弃核对，台账没有变化。")

    def _clear(self) -> None:
        self._keeping.stop()
        if self.board is not None:
            self.stack.removeWidget(self.board)
            self.board.deleteLater()
            self.board = None
        if self.sheet is not None:
            self.stack.removeWidget(self.sheet)
            self.sheet.drop()
            self.sheet.deleteLater()
            self.sheet = None
        self.stack.setCurrentWidget(self.empty)

    def _show_counts(self) -> None:
        board, busy = self.board, not self.session.runner.is_free
        review = board.review if board else None
        ticked = len(review.ticked) if review else 0
        for button in (self.drop_button, self.all_button, self.import_button):
            button.setVisible(board is not None)
        self.import_button.setText(f"导入已确认的{ticked}个" if ticked else "导入")
        self.import_button.setEnabled(bool(ticked) and self.session.can_write and not busy)
        self.choose_button.setEnabled(not busy)
        self.empty.buttons[1].setVisible(bool(kept_draft(self.session.ledger, FORM, SUBJECT)))
        words = f"{self._file.name}，共{len(review.problems)}个问题，已确认{ticked}个" if review else ""
        self.subject.setText(words)

    # Importing

    def take_in(self) -> None:
        """Take the confirmed problems into the ledger, off the window's thread."""
        if self.board is None:
            return
        self.board.settle_edits()
        review, session = self.board.review, self.session
        if not review.ticked or not session.can_write:
            self._show_counts()
            return
        draft, aliases = review.confirmed(), review.aliases()
        ledger, today, person = session.ledger, session.today(), session.person
        choice = choice_of(review, f"{today:%Y-%m}")

        def job(report: Report) -> object:
            return import_plan(ledger, draft, today, person, aliases=aliases, choice=choice, report=report)

        if session.runner.start("导入方案", job, self._on_imported, self._on_failed, ledger):
            self.doing.setText("正在导入")
            self.stack.setCurrentWidget(self.work)
            self._show_counts()
        else:
            questions.tell(f"正在{session.runner.title}，请等它完成后再导入。")

    def _on_imported(self, result: object) -> None:
        if self.board is None or not isinstance(result, Changes):
            return
        review = self.board.review
        left = [at for at in range(len(review.problems)) if at not in review.ticked]
        review.ticked.clear()
        self.stack.setCurrentWidget(self.board)
        self.session.announce(result)
        self.refresh_if_stale()
        if any(review.case_of(at) is None for at in left):
            return
        self._clear()
        drop_draft(self.session.ledger, FORM, SUBJECT)
        self._show_counts()
        self.go.emit(Place(PageKey.LEDGER))

    # Dropping files

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped anywhere on the page."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the file that was dropped."""
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.open_file(files[0])

    def _restyle(self) -> None:
        restyle_icons(self)
        if self.board is not None:
            self.board.source.restyle()
        if self.sheet is not None:
            self.sheet.compare.restyle()
