"""The papers of one problem, each a button that opens its preview."""

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.rules.paper import PaperKind
from desktop.views.case_words import Section
from desktop.views.icons import icon
from desktop.views.late_reader import LateReader
from desktop.views.theme import colours

_AFTER_MS = 300


class PapersOfCase(Section):
    """Signals: ``wanted_paper(key, problem_id)``."""

    wanted_paper = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("文书", parent)
        self.remark.setText("打开预览后打印、另存")
        self.problem_id = ""
        self.buttons: dict[str, QPushButton] = {}
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        # Room for the buttons from the start, so that nothing moves when they come.
        self._row.addStrut(QPushButton("文").sizeHint().height())
        self._row.addStretch(1)
        self.body.addLayout(self._row)
        self._reader = LateReader(_papers, self)
        self._reader.ready.connect(lambda _, papers: self.show_papers(papers or ()))
        # The page itself comes first: reading the libraries of printing takes as long as drawing it.
        QTimer.singleShot(_AFTER_MS, self, lambda: self._reader.ask("papers"))

    def show_papers(self, papers: Sequence[PaperKind]) -> None:
        """A button for every paper of a problem."""
        for paper in papers:
            if paper.per == "problem" and paper.key not in self.buttons:
                button = QPushButton(paper.name)
                button.setAccessibleName(f"打印{paper.name}")
                button.setAutoDefault(True)
                button.clicked.connect(lambda _=False, key=paper.key: self.wanted_paper.emit(key, self.problem_id))
                self.buttons[paper.key] = button
                self._row.insertWidget(self._row.count() - 1, button)
        self.restyle()

    def restyle(self) -> None:
        """The icons in the colours now in use."""
        for button in self.buttons.values():
            button.setIcon(icon("print", colours().text))


def _papers(_: str) -> Sequence[PaperKind]:
    """The papers of this version; the libraries of printing are read for it, off the window's thread."""
    from desktop.operations.papers import list_papers

    return list_papers()
