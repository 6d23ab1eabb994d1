"""Dialogs for files and folders: the system's own where there is one, else Qt's, in Chinese throughout.

They begin where the clerk was last, at first in the documents.
"""

from pathlib import Path

from PySide6.QtCore import QFileInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QFileIconProvider, QWidget

from desktop.settings import documents_folder

Mode = QFileDialog.FileMode


class FileKinds(QFileIconProvider):
    """What Qt's dialog says a file is; its own words are English where the system's language is."""

    def type(self, info: QFileInfo) -> str:
        """文件夹, PDF 文件, or plainly 文件."""
        if info.isRoot():
            return "磁盘"
        suffix = info.suffix().upper()
        return "文件夹" if info.isDir() else f"{suffix} 文件" if suffix else "文件"


_kinds: FileKinds | None = None
_last: Path | None = None


def choose(
    parent: QWidget | None, title: str, mode: Mode, *, start: Path | None = None, pattern: str = "", name: str = ""
) -> list[Path]:
    """Ask for files or a folder; with ``name`` for a file to write. Empty when cancelled."""
    dialog = make_dialog(parent, title, mode, start=start, pattern=pattern, name=name)
    try:
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        chosen = [Path(file) for file in dialog.selectedFiles()] if agreed else []
    finally:
        dialog.deleteLater()
    if chosen:
        remember(chosen[0] if mode == Mode.Directory else chosen[0].parent)
    return chosen


def make_dialog(
    parent: QWidget | None, title: str, mode: Mode, *, start: Path | None = None, pattern: str = "", name: str = ""
) -> QFileDialog:
    """The dialog, ready to be shown."""
    global _kinds
    _kinds = _kinds or FileKinds()
    dialog = QFileDialog(parent, title, str(start or begin_at()))
    dialog.setIconProvider(_kinds)
    dialog.setFileMode(mode)
    if mode == Mode.Directory:
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    if pattern:
        dialog.setNameFilters(pattern.split(";;"))
    if name:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
    return dialog


def begin_at() -> Path:
    """The folder in which the clerk chose something last, if it is still there."""
    return _last if _last is not None and _last.is_dir() else documents_folder()


def remember(folder: Path) -> None:
    """Begin here the next time."""
    global _last
    _last = folder
