"""The files of an entry: dragged in, pasted or chosen, several at once, each with the paper it is."""

import contextlib
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QIcon,
    QImage,
    QImageWriter,
    QKeySequence,
    QPixmap,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.rules.region import PaperItem, recognise
from forms.fields.choice import put_choice, tab_through
from forms.fields.file_finding import find_files, local_paths, size_words
from forms.fields.thumbnails import SIDE, Thumbnails

OTHER_WORDS = "一般佐证材料"
_EMPTY = "把文件或文件夹拖到这里，或按 Ctrl+V 粘贴图片、文件"
PATH = int(Qt.ItemDataRole.UserRole)
BATCH = 8  # choices made at once, each takes about two milliseconds
NARROW = 440  # pixels below which the size of a file is left out
_PASTE_QUALITY = 75  # of PNG: little compression, so that a full screen is written in a few hundredths of a second


@dataclass(slots=True)
class ListedFile:
    """One file of the list; ``is_chosen`` when a person said which paper it is."""

    path: Path
    paper: str = ""
    is_chosen: bool = False


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
        self._thumbnails = Thumbnails(self)
        self._thumbnails.ready.connect(self._show_picture)
        self.setAcceptDrops(True)
        self._choices_shown = 0
        self._choices_timer = QTimer(self)
        self._choices_timer.setInterval(0)
        self._choices_timer.timeout.connect(self._show_choices)
        self._build()
        self._show()

    # What is listed

    def files(self) -> tuple[str, ...]:
        """The paths, in the order of the list."""
        return tuple(str(listed.path) for listed in self._listed)

    def papers_chosen(self) -> tuple[str, ...]:
        """For each file the key of the paper it is, empty for a general proof."""
        return tuple(listed.paper for listed in self._listed)

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

    def take_mime(self, mime: QMimeData, paper: str = "") -> bool:
        """Take the files or the picture of a drop or of the clipboard; False when there is neither."""
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
        chosen = {index.row() for index in self.table.selectionModel().selectedRows()}
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
        self.table = QTableWidget(0, 3 if self.papers else 2)
        self.table.setHorizontalHeaderLabels(["文件", "大小", "属于哪份材料"][: self.table.columnCount()])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().setDefaultSectionSize(SIDE + 6)
        self.table.setIconSize(QSize(SIDE, SIDE))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setAccessibleName("已加入的文件")
        self.table.setAcceptDrops(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        QShortcut(QKeySequence.StandardKey.Delete, self.table, self.remove_selected, context=_HERE)
        QShortcut(QKeySequence.StandardKey.Paste, self, self.paste, context=_WITHIN)
        self.choose_button = QPushButton("选择文件…")
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
        self.table.setRowCount(len(self._listed))
        for row, listed in enumerate(self._listed):
            self._show_row(row, listed)
        self._choices_shown = 0
        if self.papers:
            self._show_choices()
        height = self.table.horizontalHeader().sizeHint().height() + 2 * self.table.frameWidth()
        shown = min(len(self._listed), 4)
        self.table.setFixedHeight(height + shown * (SIDE + 6))
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the names the room of the sizes where there is little."""
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        self.table.setColumnHidden(1, self.width() < NARROW)
        self.table.setColumnWidth(1, self.fontMetrics().horizontalAdvance("1000.0 MB 文") + 12)
        if self.papers:
            longest = max(self.fontMetrics().horizontalAdvance(paper.name) for paper in self.papers)
            self.table.setColumnWidth(2, min(longest + 48, max(150, self.width() * 2 // 5)))

    def _show_row(self, row: int, listed: ListedFile) -> None:
        name = self.table.item(row, 0)
        if name is None or name.data(PATH) != str(listed.path):
            name = QTableWidgetItem(listed.path.name)
            name.setData(PATH, str(listed.path))
            name.setToolTip(str(listed.path))
            self.table.setItem(row, 0, name)
            self._thumbnails.ask(listed.path, self.devicePixelRatioF())
        size = QTableWidgetItem(size_words(listed.path))
        size.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.table.setItem(row, 1, size)

    def _show_choices(self) -> None:
        """Put the choices of the papers into the next rows; the many of a large drop follow between events."""
        entries = [("", OTHER_WORDS), *((paper.key, paper.name) for paper in self.papers)]
        upto = min(self._choices_shown + BATCH, len(self._listed))
        for row in range(self._choices_shown, upto):
            listed = self._listed[row]
            choice = put_choice(self.table, row, 2, entries, listed.paper, self._choose)
            choice.setAccessibleName(f"{listed.path.name}属于哪份材料")
        self._choices_shown = upto
        if upto == len(self._listed):
            self._choices_timer.stop()
            tab_through(self.table, 2, self.choose_button)
        else:
            self._choices_timer.start()

    def _choose(self, row: int, paper: str) -> None:
        self._listed[row].paper, self._listed[row].is_chosen = paper, True
        self.changed.emit()

    def _show_picture(self, path: Path, picture: QPixmap) -> None:
        for row, listed in enumerate(self._listed):
            item = self.table.item(row, 0)
            if listed.path == path and item is not None:
                item.setIcon(QIcon(picture))


_HERE = Qt.ShortcutContext.WidgetShortcut
_WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut
