"""The one seam for modal dialogs: every question and message of the program goes through here.

Tests answer without a dialog: they set ``answer`` to a function that gets the kind and the texts and returns the
reply. No other file opens a modal dialog of its own.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QLineEdit, QMessageBox, QWidget

from desktop.rules.errors import KnownFault, NeedsReason, Refused
from desktop.views.file_dialogs import Mode, choose

Answer = Callable[[str, str, str], object]
answer: Answer | None = None


@contextmanager
def _front() -> Iterator[QWidget | None]:
    """The window in front, which comes to the front again afterwards: no window manager sees to that everywhere."""
    parent = QApplication.activeWindow()
    # A dialog that has just ended may be active still; what it stood over is meant.
    while parent is not None and not parent.isVisible():
        parent = parent.parentWidget()
    yield parent
    # What was asked may have closed and deleted it.
    with suppress(RuntimeError):
        if parent is not None and parent.isVisible():
            parent.activateWindow()


def tell(sentence: str, detail: str = "") -> None:
    """A message with one button."""
    if answer is not None:
        answer("tell", sentence, detail)
        return
    with _box(QMessageBox.Icon.Information, sentence, detail) as box:
        box.exec()


def tell_refusal(error: Refused | KnownFault) -> None:
    """What was refused or failed, and the remedy."""
    remedy = error.remedy if isinstance(error, KnownFault) else ""
    if answer is not None:
        answer("refusal", error.sentence, remedy)
        return
    with _box(QMessageBox.Icon.Warning, error.sentence, remedy) as box:
        box.exec()


def ask(sentence: str, detail: str = "", yes: str = "确定", no: str = "取消") -> bool:
    """A question with two buttons; Esc is no."""
    if answer is not None:
        return bool(answer("ask", sentence, detail))
    with _box(QMessageBox.Icon.Question, sentence, detail) as box:
        agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.addButton(no, QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is agree


def ask_which(sentence: str, detail: str, choices: Sequence[tuple[str, str]]) -> str:
    """A question with a button for each choice (key, words) and 取消; the key, empty when cancelled."""
    if answer is not None:
        return str(answer("which", sentence, detail) or "")
    with _box(QMessageBox.Icon.Question, sentence, detail) as box:
        buttons = {box.addButton(words, QMessageBox.ButtonRole.AcceptRole): key for key, words in choices}
        box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return next((key for button, key in buttons.items() if button is box.clickedButton()), "")


def ask_reason(warnings: Sequence[str], kept: str = NeedsReason.kept) -> str:
    """The reason for going on in spite of warnings, and where it will stand; empty when the clerk does not."""
    return ask_text(f"下列事项需要说明理由，{kept}：\n" + "\n".join(f"· {w}" for w in warnings), "理由")


def ask_text(sentence: str, title: str, text: str = "") -> str:
    """A text of several lines; empty when cancelled."""
    if answer is not None:
        return str(answer("text", sentence, title) or "")
    with _front() as parent:
        given, agreed = QInputDialog.getMultiLineText(parent, title, sentence, text)
    return given.strip() if agreed else ""


def ask_secret(sentence: str, title: str) -> str:
    """A passphrase, typed unseen; empty when cancelled."""
    if answer is not None:
        return str(answer("secret", sentence, title) or "")
    with _front() as parent:
        given, agreed = QInputDialog.getText(parent, title, sentence, QLineEdit.EchoMode.Password)
    return given if agreed else ""


def ask_files(title: str, pattern: str = "所有文件 (*)") -> list[Path]:
    """Files to read; empty when cancelled."""
    if answer is not None:
        found = answer("files", title, pattern)
        return [Path(p) for p in found] if isinstance(found, (list, tuple)) else []
    with _front() as parent:
        return choose(parent, title, Mode.ExistingFiles, pattern=pattern)


def ask_folder(title: str, start: Path | None = None) -> Path | None:
    """A folder; None when cancelled."""
    if answer is not None:
        found = answer("folder", title, "")
        return Path(str(found)) if found else None
    with _front() as parent:
        return next(iter(choose(parent, title, Mode.Directory, start=start)), None)


def ask_save(title: str, name: str, pattern: str) -> Path | None:
    """Where to write a file; None when cancelled."""
    if answer is not None:
        found = answer("save", title, name)
        return Path(str(found)) if found else None
    with _front() as parent:
        return next(iter(choose(parent, title, Mode.AnyFile, pattern=pattern, name=name)), None)


def run_dialog(dialog: QDialog) -> bool:
    """Show a dialog of ours and wait; True when it was accepted."""
    if answer is not None:
        return bool(answer("dialog", dialog.windowTitle(), dialog.objectName()))
    with _front():
        return dialog.exec() == QDialog.DialogCode.Accepted


@contextmanager
def _box(icon: QMessageBox.Icon, sentence: str, detail: str) -> Iterator[QMessageBox]:
    """A message over the window in front, gone again at the end."""
    with _front() as parent:
        box = QMessageBox(parent)
        box.setIcon(icon)
        box.setWindowTitle("督察整改台账")
        box.setText(sentence)
        box.setInformativeText(detail)
        try:
            yield box
        finally:
            box.deleteLater()
