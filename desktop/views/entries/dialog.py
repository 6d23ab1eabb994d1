"""A form in a dialog: the draft is kept while the clerk types, saving goes through the session or the runner."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.operations.drafts import drop_draft, keep_draft, kept_draft
from desktop.rules.errors import KnownFault, NeedsReason, Refused
from desktop.rules.records import Changes
from desktop.views import questions
from desktop.views.runner import Failure, Report
from desktop.views.session import Session
from forms.base import Form

LARGEST = QSize(1000, 560)
WIDTH = 740
KEEP_MS = 800
LONG_COPY = 1_048_576  # bytes; copying more than this from a stick would hold the window up

Save = Callable[[object, str, Report], Changes]


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a job gives back when the rules want a reason first."""

    warnings: tuple[str, ...]
    kept: str


class EntryDialog(QDialog):
    """Hosts one form.

    ``subject`` is the row the entry is about, or ``new``; ``save(entry, reason, report)`` is the operation, called in
    the runner when there is much to copy. Signals: ``saved(Changes)``. Attributes: ``form``, ``fault`` the refusal.
    """

    saved = Signal(object)

    def __init__(self, session: Session, form: Form, subject: str, save: Save, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.form, self.subject = session, form, subject
        self._save = save
        self._entry: object = None
        self._is_edited = self._is_running = False
        self.setObjectName(f"entry_{form.key}")
        self.setWindowTitle(form.title)
        self._build()
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(KEEP_MS)
        self._keeping.timeout.connect(self.keep)
        self._growing = QTimer(self)
        self._growing.setSingleShot(True)
        self._growing.setInterval(0)
        self._growing.timeout.connect(self._grow)
        form.rows.installEventFilter(self)
        form.edited.connect(self._on_edited)
        form.submitted.connect(self.submit)
        form.cancelled.connect(self.reject)
        form.files_wanted.connect(_choose_files)
        self._allow()
        # Left to itself a dialog takes no more than two thirds of the screen.
        self.resize(self.sizeHint())

    def _build(self) -> None:
        self.fault = QLabel()
        self.fault.setWordWrap(True)
        self.fault.setAccessibleName("没有保存的原因")
        self._strip = QFrame()
        self._strip.setObjectName("secrecy")
        strip = QHBoxLayout(self._strip)
        strip.setContentsMargins(12, 6, 12, 6)
        strip.addWidget(self.fault)
        self._strip.hide()
        self.bar = QProgressBar()
        self.bar.setRange(0, 100)
        self.doing = QLabel()
        self.stop_button = QPushButton("取消")
        self.stop_button.clicked.connect(self.session.runner.cancel)
        self.work = QWidget()
        row = QHBoxLayout(self.work)
        row.setContentsMargins(12, 4, 12, 8)
        for part, share in ((self.doing, 0), (self.bar, 1), (self.stop_button, 0)):
            row.addWidget(part, share)
        self.work.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._strip)
        layout.addWidget(self.form, 1)
        layout.addWidget(self.work)
        self.setMaximumSize(self._room())

    def sizeHint(self) -> QSize:
        """As the form wants it, wide enough for long texts, never above the largest dialog or the screen."""
        hint = self.form.sizeHint()
        strip = 0 if self._strip.isHidden() else self._strip.sizeHint().height()
        return QSize(max(hint.width(), WIDTH), hint.height() + strip).boundedTo(self._room())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Rows of the form came, went, or take more room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._growing.start()
        return super().eventFilter(watched, event)

    def _grow(self) -> None:
        """Make room for faults and remarks as long as the screen has some; a dialog never shrinks under the hand."""
        wanted = min(self.height() + self.form.cut_off(), self._room().height())
        if self.isVisible() and wanted > self.height():
            self.resize(self.width(), wanted)

    def _room(self) -> QSize:
        screen = self.screen() or QGuiApplication.primaryScreen()
        return LARGEST.boundedTo(screen.availableSize() - QSize(8, 40))

    # Drafts

    def offer_draft(self) -> bool:
        """Ask whether what was filled in before should be gone on with; True when it was taken."""
        kept = kept_draft(self.session.ledger, self.form.key, self.subject)
        if not kept:
            return False
        sentence = f"上次填写的“{self.form.title}”没有保存，要接着填吗？"
        if not questions.ask(sentence, "不接着填也会先留着，开始新的填写后才被替换。", "接着填", "重新填"):
            return False
        self.form.restore(kept)
        self._is_edited = True
        return True

    def keep(self) -> None:
        """Keep what is filled in beside the ledger."""
        self._keeping.stop()
        if self._is_edited and self.session.is_there():
            try:
                keep_draft(self.session.ledger, self.form.key, self.subject, self.form.state())
            except (KnownFault, OSError):
                # A disk without room for the draft will say so at saving; typing goes on.
                self.session.told.emit("磁盘可能已满，填写的内容没能留作草稿。")

    def _on_edited(self) -> None:
        self._is_edited = True
        self._keeping.start()

    # Saving

    def submit(self, entry: object) -> None:
        """Save an entry; a refusal is shown above the form and nothing typed is lost."""
        self._show_fault("")
        self._entry = entry
        self.keep()
        if _bytes_of(entry) > LONG_COPY:
            self._start("")
            return
        run = lambda reason: self._save(entry, reason, _silent)  # noqa: E731
        changes = self.session.do_with_reason(run, tell=self.refuse)
        if changes is not None:
            self._finish(changes)

    def _start(self, reason: str) -> None:
        entry, save, session = self._entry, self._save, self.session

        def job(report: Report) -> object:
            try:
                return save(entry, reason, report)
            except NeedsReason as needed:
                return _Asked(needed.warnings, needed.kept)

        if not session.can_write:
            self._show_fault("台账现在不能写入，没有保存，填写的内容还在。")
        elif session.runner.start(self.form.title, job, self._on_done, self._on_failed, session.ledger):
            self._set_running(True)
            session.runner.progressed.connect(self._on_progress)
        else:
            self._show_fault(f"正在{session.runner.title}，请等它完成后再保存，填写的内容还在。")

    def _on_progress(self, words: str, share: float, left: float) -> None:
        tail = f"，还要约{max(1, round(left))}秒" if left >= 0 else ""
        self.doing.setText(f"{words}{tail}")
        self.bar.setValue(round(share * 100))

    def _on_done(self, result: object) -> None:
        self._set_running(False)
        if isinstance(result, _Asked):
            reason = questions.ask_reason(result.warnings, result.kept)
            if reason:
                self._start(reason)
        elif isinstance(result, Changes):
            self._finish(self.session.announce(result))

    def _on_failed(self, failure: Failure) -> None:
        self._set_running(False)
        self._show_fault(f"{failure.sentence}{failure.remedy}")

    def _set_running(self, on: bool) -> None:
        self._is_running = on
        self.form.setEnabled(not on)
        self.work.setVisible(on)
        self.doing.setText("正在保存" if on else "")
        if not on:
            self.session.runner.progressed.disconnect(self._on_progress)

    def _finish(self, changes: Changes) -> None:
        self._keeping.stop()
        self._is_edited = False
        drop_draft(self.session.ledger, self.form.key, self.subject)
        self.form.forget_pasted()
        self.saved.emit(changes)
        self.accept()

    def refuse(self, error: Refused | KnownFault) -> None:
        """Show above the form why it was not saved."""
        self._show_fault(error.sentence + (error.remedy if isinstance(error, KnownFault) else ""))

    def _show_fault(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self._strip.setVisible(bool(sentence))
        self._growing.start()

    def _allow(self) -> None:
        why_not = self.session.why_not_write()
        if why_not:
            self.form.setEnabled(False)
            self._show_fault(why_not)

    # Closing

    def reject(self) -> None:
        """Close without saving: what was typed stays as a draft; a running copy is not left alone."""
        if self._is_running:
            return
        if self._is_edited:
            self.keep()
            self.session.told.emit("没有保存，填写的内容留作草稿，下次打开时可以接着填。")
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The window's cross is 取消."""
        if self._is_running:
            event.ignore()
            return
        super().closeEvent(event)


def ask_entry(session: Session, form: Form, subject: str, save: Save) -> bool:
    """Let the clerk fill in a form; True once it was saved."""
    dialog = EntryDialog(session, form, subject, save)
    dialog.offer_draft()
    try:
        return questions.run_dialog(dialog)
    finally:
        dialog.deleteLater()


def _choose_files(take: Callable[[list[Path]], None]) -> None:
    chosen = questions.ask_files("选择文件")
    if chosen:
        take(chosen)


def _bytes_of(entry: object) -> int:
    total = 0
    for name in getattr(entry, "files", ()):
        try:
            total += Path(name).stat().st_size
        except OSError:
            continue
    return total


def _silent(words: str, share: float) -> None:
    """Progress of an operation too short to be shown."""
