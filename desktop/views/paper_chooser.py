"""Which paper, of which problem, with what: the left side of the page of papers."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QScrollArea, QVBoxLayout, QWidget

from desktop.operations.cases import open_case
from desktop.operations.paper_drafts import PaperDraft, complete_draft
from desktop.rules.paper import PaperKind
from desktop.rules.records import CaseFile
from desktop.views.paper_options import PaperOptions
from desktop.views.problem_picker import ProblemPicker
from desktop.views.session import Session

_KEY = Qt.ItemDataRole.UserRole


class PaperChooser(QScrollArea):
    """Attributes: ``papers`` the list, ``picker`` of the problem, ``options``, ``kinds`` by key, ``case`` chosen.

    Signals: ``chosen`` when paper or problem is another, ``edited`` when a field was changed.
    """

    chosen = Signal()
    edited = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.kinds: dict[str, PaperKind] = {}
        self.case: CaseFile | None = None
        self.papers = QListWidget()
        self.papers.setAccessibleName("文书")
        self.papers.currentRowChanged.connect(lambda _: self.chosen.emit())
        self.problem_label = QLabel("问题")
        self.picker = ProblemPicker(session.ledger, session.today())
        self.picker.picked.connect(lambda _: self.chosen.emit())
        self.problem_label.setBuddy(self.picker)
        self.options = PaperOptions(session.today())
        self.options.changed.connect(self.edited)
        body = QWidget()
        body.setObjectName("body")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(6)
        for part in (self.papers, self.problem_label, self.picker, self.options):
            layout.addWidget(part)
            part.hide()
        layout.addStretch(1)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(body)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("字") * 19)

    def set_papers(self, kinds: Sequence[PaperKind]) -> None:
        """Offer the papers of this version."""
        self.kinds = {kind.key: kind for kind in kinds}
        self.papers.blockSignals(True)
        self.papers.clear()
        for kind in kinds:
            item = QListWidgetItem(kind.name + ("" if kind.per == "problem" else "（全部问题）"))
            item.setData(_KEY, kind.key)
            self.papers.addItem(item)
        self.papers.blockSignals(False)
        height = self.papers.sizeHintForRow(0) * len(kinds) + 2 * self.papers.frameWidth() + 2
        self.papers.setFixedHeight(max(height, 40))
        self.papers.show()

    def choose(self, paper: str, problem: str) -> None:
        """Choose a paper and a problem without a signal; what is empty or unknown stays as it is."""
        if problem:
            self.picker.choose(problem)
        keys = list(self.kinds)
        self.papers.blockSignals(True)
        self.papers.setCurrentRow(keys.index(paper) if paper in keys else max(0, self.papers.currentRow()))
        self.papers.blockSignals(False)

    @property
    def kind(self) -> PaperKind | None:
        """The chosen paper."""
        item = self.papers.currentItem()
        return self.kinds.get(item.data(_KEY)) if item else None

    def fill(self) -> None:
        """Read the chosen problem and fill the fields that the clerk has not typed into."""
        kind, session = self.kind, self.session
        if kind is None:
            return
        of_problem = kind.per == "problem"
        self.problem_label.setVisible(of_problem)
        self.picker.setVisible(of_problem)
        self.case = open_case(session.ledger, self.picker.chosen) if of_problem and self.picker.chosen else None
        self.options.setVisible(not of_problem or self.case is not None)
        known = complete_draft(session.ledger, self.case, PaperDraft(person=session.person))
        self.options.show_paper(kind, self.case, known)
