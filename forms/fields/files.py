"""The files of an entry: dragged in, pasted or chosen, several at once, each with the paper it is."""

import contextlib
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QImageWriter, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.rules.lifecycle import PROOF
from desktop.rules.region import PaperItem, recognise
from forms.fields.file_finding import find_files, local_paths
from forms.fields.file_table import FileTable, ListedFile

_EMPTY = "把文件或文件夹拖到这里，或按 Ctrl+V 粘贴图片、文件"
_PASTE_QUALITY = 75  # of PNG: little compression, so that a full screen is written in a few hundredths of a second


class FileList(QWidget):
    """Files with small pictures, size and, where ``papers`` are given, which paper of the checklist each one is.

    Signals: ``changed``; ``files_wanted(take)`` when the clerk wants to choose files, ``take(paths)`` adds them.
    """

    changed = Signal()
    files_wanted = Signal(object)

    def __init__(self, papers: Sequence[PaperItem] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.papers = tuple(papers)
        self.remark = ""
        self._listed: list[ListedFile] = []
        self._paste_folder: Path | None = None
        self._pasted = 0
        self.setAcceptDrops(True)
        self._build()
        self._show()

    # What is listed

    def files(self) -> tuple[str, ...]:
        """The paths, in the order of the list."""
        return tuple(str(listed.path) for listed in self._listed)

    def papers_chosen(self) -> tuple[str, ...]:
        """For each file the key of the paper it is, empty where nobody knows; then its name decides later.

        A file that a person called a general proof is 佐证材料, whatever its name says.
        """
        has_proof = any(paper.key == PROOF for paper in self.papers)
        general = PROOF if has_proof else ""
        return tuple(listed.paper or (general if listed.is_chosen else "") for listed in self._listed)

    def add(self, paths: Iterable[Path | str], paper: str = "") -> None:
        """Add files and the files of folders; one listed already is not added twice.

        ``paper`` is the key of the paper they are; without it the file's name tells.
        """
        found = find_files(Path(path) for path in paths)
        known = {listed.path: listed for listed in self._listed}
        for path in found.files:
            if path not in known:
                self._listed.append(ListedFile(path, paper or self._guess(path), bool(paper)))
            elif paper:
                known[path].paper, known[path].is_chosen = paper, True
        self.told.setText(found.sentence())
        self._show()
        self.changed.emit()

    def take_mime(self, mime: QMimeData | None, paper: str = "") -> bool:
        """Take the files or the picture of a drop or of the clipboard; False when there is neither."""
        if mime is None:  # a clipboard whose owner is gone, or of another kind of desktop
            return False
        paths = local_paths(mime)
        image = QImage(mime.imageData()) if not paths and mime.hasImage() else QImage()
        if paths:
            self.add(paths, paper)
        elif not image.isNull():
            self._take_image(image, paper)
        return bool(paths) or not image.isNull()

    def paste(self) -> None:
        """Take what is on the clipboard."""
        if not self.take_mime(QGuiApplication.clipboard().mimeData()):
            self.told.setText("剪贴板里没有图片或文件；请先复制图片，或在文件夹中复制文件。")

    def remove_selected(self) -> None:
        """Take the selected files off the list; the files themselves stay where they are."""
        chosen = self.table.selected_rows()
        if chosen:
            self._listed = [listed for row, listed in enumerate(self._listed) if row not in chosen]
            self.told.setText(f"已从清单移除{len(chosen)}个文件，原文件没有改动。")
            self._show()
            self.changed.emit()

    def set_remark(self, remark: str) -> None:
        """Guess again which papers the files are, by the clerk's remark; what a person chose stays."""
        if remark == self.remark:
            return
        self.remark = remark
        if self._guess_again():
            self._show()

    def fault(self) -> str:
        """Files that have gone since they were listed."""
        gone = [listed.path.name for listed in self._listed if not listed.path.exists()]
        return f"“{gone[0]}”等{len(gone)}个文件已不在原处，请移除或重新添加" if gone else ""

    def value(self) -> list[list[object]]:
        """Path, paper and whether a person chose the paper, for each file."""
        return [[str(listed.path), listed.paper, listed.is_chosen] for listed in self._listed]

    def set_value(self, value: object) -> None:
        """List what ``value`` gave, also files that are gone meanwhile."""
        rows = value if isinstance(value, (list, tuple)) else ()
        self._listed = [ListedFile(Path(str(r[0])), str(r[1]), r[2] is True) for r in rows if len(r) == 3]
        self._show()
        self.changed.emit()

    def forget_pasted(self) -> None:
        """Remove the pictures that were pasted, once they are stored or thrown away."""
        if self._paste_folder is not None:
            for file in self._paste_folder.glob("*.png"):
                file.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                self._paste_folder.rmdir()
            self._paste_folder = None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files, folders and pictures are welcome."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        if self.take_mime(event.mimeData()):
            event.acceptProposedAction()

    def _guess(self, path: Path) -> str:
        found = recognise(f"{self.remark} {path.name}", self.papers)
        return found.key if found else ""

    def _guess_again(self) -> bool:
        before = self.papers_chosen()
        for listed in self._listed:
            if not listed.is_chosen:
                listed.paper = self._guess(listed.path)
        return self.papers_chosen() != before

    def _take_image(self, image: QImage, paper: str) -> None:
        if self._paste_folder is None:
            self._paste_folder = Path(tempfile.mkdtemp(prefix="zhenggai-"))
        self._pasted += 1
        path = self._paste_folder / f"粘贴图片{self._pasted}.png"
        writer = QImageWriter(str(path))
        writer.setQuality(_PASTE_QUALITY)
        if writer.write(image):
            self.add([path], paper)
        else:
            self.told.setText("粘贴的图片没有存下来，请检查磁盘空间，或先把图片另存为文件再拖入。")

    # How it looks

    def _build(self) -> None:
        self.empty = QLabel(_EMPTY)
        self.empty.setObjectName("card")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setMargin(14)
        self.empty.setFrameShape(QLabel.Shape.StyledPanel)
        self.table = FileTable(self.papers)
        self.table.chosen.connect(self._choose)
        QShortcut(QKeySequence.StandardKey.Delete, self.table, self.remove_selected, context=_HERE)
        QShortcut(QKeySequence.StandardKey.Paste, self, self.paste, context=_WITHIN)
        self.choose_button = QPushButton("选择文件…")
        self.table.tab_to(self.choose_button)
        self.choose_button.clicked.connect(lambda: self.files_wanted.emit(self.add))
        self.paste_button = QPushButton("粘贴")
        self.paste_button.clicked.connect(self.paste)
        self.remove_button = QPushButton("移除")
        self.remove_button.clicked.connect(self.remove_selected)
        self.told = QLabel()
        self.told.setObjectName("hint")
        self.told.setWordWrap(True)
        buttons = QHBoxLayout()
        for button in (self.choose_button, self.paste_button, self.remove_button):
            button.setAutoDefault(True)
            buttons.addWidget(button)
        buttons.addWidget(self.told, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (self.empty, self.table):
            layout.addWidget(part)
        layout.addLayout(buttons)

    def _show(self) -> None:
        self.empty.setVisible(not self._listed)
        self.table.setVisible(bool(self._listed))
        self.remove_button.setEnabled(bool(self._listed))
        self.table.show_files(self._listed)

    def _choose(self, row: int, paper: str) -> None:
        self._listed[row].paper, self._listed[row].is_chosen = paper, True
        self.changed.emit()


_HERE = Qt.ShortcutContext.WidgetShortcut
_WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut
