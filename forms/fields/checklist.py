"""The papers a gate asks for: on file, coming with this step or missing, each a place to drop files on."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from desktop.rules.region import PaperItem
from forms.fields.file_finding import local_paths

_WORDS = {"ok": "已有", "given": "随本次提交", "late": "缺", "muted": "选交"}


class PaperPlace(QPushButton):
    """The place of one paper: a click asks for files, a drop brings them. Signals: ``dropped(paths)``."""

    dropped = Signal(object)

    def __init__(self, paper: PaperItem, parent: QWidget | None = None) -> None:
        super().__init__("拖入或选择文件…", parent)
        self.setAccessibleName(f"{paper.name}：拖入或选择文件")
        self.setAcceptDrops(True)
        self.setAutoDefault(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on the files that were dropped."""
        self.dropped.emit(local_paths(event.mimeData()))
        event.acceptProposedAction()


class PaperChecklist(QWidget):
    """One line for each paper of a gate.

    Signals: ``dropped(key, paths)``; ``wanted(key)`` when the clerk wants to choose files.
    """

    dropped = Signal(str, object)
    wanted = Signal(str)

    def __init__(self, papers: Sequence[PaperItem], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.papers = tuple(papers)
        self.badges: dict[str, QLabel] = {}
        self.places: dict[str, PaperPlace] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(1, 1)
        for line, paper in enumerate(self.papers):
            badge, name, place = QLabel(), QLabel(paper.name), PaperPlace(paper)
            badge.setObjectName("badge")
            name.setWordWrap(True)
            place.dropped.connect(lambda paths, key=paper.key: self.dropped.emit(key, paths))
            place.clicked.connect(lambda _=False, key=paper.key: self.wanted.emit(key))
            for column, part in enumerate((badge, name, place)):
                grid.addWidget(part, line, column)
            self.badges[paper.key], self.places[paper.key] = badge, place

    def show_state(self, missing: Collection[str], given: Collection[str], on_file: Collection[str]) -> None:
        """Say of each paper, by key, whether it is missing, comes with the step, or is on file."""
        for paper in self.papers:
            state = "given" if paper.key in given else "ok" if paper.key in on_file else "muted"
            self._say(self.badges[paper.key], "late" if paper.key in missing else state)

    def _say(self, badge: QLabel, state: str) -> None:
        tone = "ok" if state == "given" else state
        badge.setText(_WORDS[state])
        if badge.property("tone") != tone:
            badge.setProperty("tone", tone)
            badge.style().unpolish(badge)
            badge.style().polish(badge)
