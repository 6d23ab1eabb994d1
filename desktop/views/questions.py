"""The one seam for modal dialogs: every question and message of the program goes through here.

Tests answer without a dialog: they set ``answer`` to a function that gets the kind and the texts and returns the
reply. No other file opens a modal dialog of its own.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QMessageBox, QWidget

from desktop.rules.errors import KnownFault, NeedsReason, Refused

Answer = Callable[[str, str, str], object]
answer: Answer | None = None


def _parent() -> QWidget | None:
    return QApplication.activeWindow()


def tell(sentence: str, detail: str = "") -> None:
    """A message with one button."""
    if answer is not None:
        answer("tell", sentence, detail)
        return
    _box(QMessageBox.Icon.Information, sentence, detail).exec()


def tell_refusal(error: Refused | KnownFault) -> None:
    """What was refused or failed, and the remedy."""
    remedy = error.remedy if isinstance(error, KnownFault) else ""
    if answer is not None:
        answer("refusal", error.sentence, remedy)
        return
    _box(QMessageBox.Icon.Warning, error.sentence, remedy).exec()


def ask(sentence: str, detail: str = "", yes: str = "确定", no: str = "取消") -> bool:
    """A question with two buttons; Esc is no."""
    if answer is not None:
        return bool(answer("ask", sentence, detail))
    box = _box(QMessageBox.Icon.Question, sentence, detail)
    agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is agree


def ask_which(sentence: str, detail: str, choices: Sequence[tuple[str, str]]) -> str:
    """A question with a button for each choice (key, words) and 取消; the key, empty when cancelled."""
    if answer is not None:
        return str(answer("which", sentence, detail) or "")
    box = _box(QMessageBox.Icon.Question, sentence, detail)
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
    given, agreed = QInputDialog.getMultiLineText(_parent(), title, sentence, text)
    return given.strip() if agreed else ""


def ask_files(title: str, pattern: str = "所有文件 (*)") -> list[Path]:
    """Files to read; empty when cancelled."""
    if answer is not None:
        found = answer("files", title, pattern)
        return [Path(p) for p in found] if isinstance(found, (list, tuple)) else []
    names, _ = QFileDialog.getOpenFileNames(_parent(), title, "", pattern)
    return [Path(name) for name in names]


def ask_folder(title: str, start: Path | None = None) -> Path | None:
    """A folder; None when cancelled."""
    if answer is not None:
        found = answer("folder", title, "")
        return Path(str(found)) if found else None
    name = QFileDialog.getExistingDirectory(_parent(), title, str(start or ""))
    return Path(name) if name else None


def ask_save(title: str, name: str, pattern: str) -> Path | None:
    """Where to write a file; None when cancelled."""
    if answer is not None:
        found = answer("save", title, name)
        return Path(str(found)) if found else None
    chosen, _ = QFileDialog.getSaveFileName(_parent(), title, name, pattern)
    return Path(chosen) if chosen else None


def run_dialog(dialog: QDialog) -> bool:
    """Show a dialog of ours and wait; True when it was accepted."""
    if answer is not None:
        return bool(answer("dialog", dialog.windowTitle(), dialog.objectName()))
    return dialog.exec() == QDialog.DialogCode.Accepted


def _box(icon: QMessageBox.Icon, sentence: str, detail: str) -> QMessageBox:
    box = QMessageBox(_parent())
    box.setIcon(icon)
    box.setWindowTitle("督察整改台账")
    box.setText(sentence)
    box.setInformativeText(detail)
    return box
