"""The table of an entry's files: small picture and name, size, and which paper of the checklist each one is."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from desktop.rules.region import PaperItem
from forms.fields.choice import put_choice, tab_through
from forms.fields.file_finding import size_words
from forms.fields.thumbnails import SIDE, Thumbnails

OTHER_WORDS = "一般佐证材料"
PATH = int(Qt.ItemDataRole.UserRole)
NAME, SIZE, PAPER = range(3)
LINE = SIDE + 6
SHOWN_ROWS = 4
BATCH = 8  # choices made at once, each takes about two milliseconds
NARROW = 420  # pixels below which the size of a file is left out


@dataclass(slots=True)
class ListedFile:
    """One file of the list; ``is_chosen`` when a person said which paper it is."""

    path: Path
    paper: str = ""
    is_chosen: bool = False


class FileTable(QTableWidget):
    """Shows files. Signals: ``chosen(row, key)`` when a person says which paper a file is."""

    chosen = Signal(int, str)

    def __init__(self, papers: Sequence[PaperItem], parent: QWidget | None = None) -> None:
        super().__init__(0, 3 if papers else 2, parent)
        self._entries = [("", OTHER_WORDS), *((paper.key, paper.name) for paper in papers)]
        self._has_papers = bool(papers)
        self._listed: Sequence[ListedFile] = ()
        self._choices_shown = 0
        self._choices_timer = QTimer(self)
        self._choices_timer.setInterval(0)
        self._choices_timer.timeout.connect(self._show_choices)
        self._after: QWidget | None = None
        self._thumbnails = Thumbnails(self)
        self._thumbnails.ready.connect(self._show_picture)
        self._set_up()

    def tab_to(self, after: QWidget) -> None:
        """Name what the Tab key reaches behind the table."""
        self._after = after

    def show_files(self, listed: Sequence[ListedFile]) -> None:
        """Show these files; rows that are the same keep their pictures and choices."""
        self._listed = listed
        self.setRowCount(len(listed))
        for row, file in enumerate(listed):
            self._show_row(row, file)
        self._choices_shown = 0
        if self._has_papers:
            self._show_choices()
        frame = self.horizontalHeader().sizeHint().height() + 2 * self.frameWidth()
        self.setFixedHeight(frame + min(len(listed), SHOWN_ROWS) * LINE)
        self._share_width()

    def selected_rows(self) -> set[int]:
        """The rows that are selected."""
        return {index.row() for index in self.selectionModel().selectedRows()}

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the names the room of the sizes where there is little."""
        super().resizeEvent(event)
        self._share_width()

    def _set_up(self) -> None:
        self.setHorizontalHeaderLabels(["文件", "大小", "属于哪份材料"][: self.columnCount()])
        self.horizontalHeader().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(LINE)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setTabKeyNavigation(False)
        self.setIconSize(QSize(SIDE, SIDE))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setAccessibleName("已加入的文件")
        self.setAcceptDrops(False)

    def _share_width(self) -> None:
        metrics = self.fontMetrics()
        self.setColumnHidden(SIZE, self.width() < NARROW)
        self.setColumnWidth(SIZE, metrics.horizontalAdvance("1000.0 MB 文") + 12)
        if self._has_papers:
            longest = max(metrics.horizontalAdvance(words) for _, words in self._entries)
            self.setColumnWidth(PAPER, min(longest + 48, max(150, self.width() * 2 // 5)))

    def _show_row(self, row: int, file: ListedFile) -> None:
        name = self.item(row, NAME)
        if name is None or name.data(PATH) != str(file.path):
            name = QTableWidgetItem(file.path.name)
            name.setData(PATH, str(file.path))
            name.setToolTip(str(file.path))
            self.setItem(row, NAME, name)
            self._thumbnails.ask(file.path, self.devicePixelRatioF())
        size = QTableWidgetItem(size_words(file.path))
        size.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setItem(row, SIZE, size)

    def _show_choices(self) -> None:
        """Put the choices of the papers into the next rows; the many of a large drop follow between events."""
        upto = min(self._choices_shown + BATCH, len(self._listed))
        for row in range(self._choices_shown, upto):
            file = self._listed[row]
            choice = put_choice(self, row, PAPER, self._entries, file.paper, self.chosen.emit)
            choice.setAccessibleName(f"{file.path.name}属于哪份材料")
        self._choices_shown = upto
        if upto < len(self._listed):
            self._choices_timer.start()
            return
        self._choices_timer.stop()
        if self._after is not None:
            tab_through(self, PAPER, self._after)

    def _show_picture(self, path: Path, picture: QPixmap) -> None:
        for row, file in enumerate(self._listed):
            item = self.item(row, NAME)
            if file.path == path and item is not None:
                item.setIcon(QIcon(picture))
