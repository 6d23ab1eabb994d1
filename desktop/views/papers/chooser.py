"""Which paper, of which problem, with what: the left side of the page of papers."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.operations.cases import open_case
from desktop.operations.paper.doc_numbers import suggest_number
from desktop.operations.paper.drafts import PaperDraft, complete_draft
from desktop.operations.paper.questions import questions
from desktop.operations.profile import region_of
from desktop.rules.paper import PaperKind
from desktop.rules.paper_kinds import layouts_of
from desktop.rules.records import CaseFile
from desktop.views.papers.bundles import OFFERED, begin_bundle
from desktop.views.papers.list import PaperList
from desktop.views.papers.options import PaperOptions
from desktop.views.session import Session
from desktop.views.tables.problem_picker import ProblemPicker


class PaperChooser(QScrollArea):
    """Attributes: ``list`` of papers and ``papers`` in it, ``picker`` of the problem, ``options``, ``kinds`` by key.

    ``case`` is the chosen problem, ``bundles`` the row of buttons that make one volume of its papers and evidence.
    Signals: ``chosen`` when paper or problem is another, ``edited`` when a field was changed.
    """

    chosen = Signal()
    edited = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.kinds: dict[str, PaperKind] = {}
        self.case: CaseFile | None = None
        self.list = PaperList()
        self.papers = self.list.papers
        self.list.chosen.connect(self.chosen)
        self.problem_label = QLabel("问题")
        self.picker = ProblemPicker(session.ledger, session.today())
        self.picker.picked.connect(lambda _: self.chosen.emit())
        self.problem_label.setBuddy(self.picker)
        self.options = PaperOptions(session.today())
        self.options.changed.connect(self.edited)
        self.options.layout_changed.connect(self.chosen)
        self.bundles = self._bundle_buttons()
        body = QWidget()
        body.setObjectName("body")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(6)
        for part in (self.list, self.problem_label, self.picker, self.options, self.bundles):
            layout.addWidget(part)
            part.hide()
        layout.addStretch(1)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(body)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("字") * 19)

    def _bundle_buttons(self) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(8)
        for name, tip, whole in OFFERED:
            button = QPushButton(f"{name}…")
            button.setToolTip(tip)
            button.clicked.connect(lambda _=False, whole=whole: self._begin_bundle(whole))
            layout.addWidget(button)
        layout.addStretch(1)
        return row

    def _begin_bundle(self, whole: bool) -> None:
        if self.case is not None:
            begin_bundle(self.session, self.case.problem.id, whole)

    def set_papers(self, kinds: Sequence[PaperKind]) -> None:
        """Offer the papers of this version."""
        self.kinds = {kind.key: kind for kind in kinds}
        self.list.set_papers(kinds)
        self.list.show()

    def choose(self, paper: str, problem: str) -> None:
        """Choose a paper and a problem without a signal; what is empty or unknown stays as it is."""
        if problem:
            self.picker.choose(problem)
        self.list.choose(paper)

    @property
    def kind(self) -> PaperKind | None:
        """The chosen paper."""
        return self.kinds.get(self.list.key)

    @property
    def layout_key(self) -> str:
        """The layout the chosen paper is printed in, where it has several."""
        kind = self.kind
        if kind is None or not layouts_of(kind.key):
            return ""
        return self.options.layout_of(kind) or region_of(self.session.ledger).notice_layout

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
        self.bundles.setVisible(self.case is not None)
        known = complete_draft(session.ledger, self.case, PaperDraft(person=session.person), kind.key)
        self.suggest_again()
        self.options.show_paper(kind, self.case, known, questions(session.ledger, kind.key, self.layout_key))

    def suggest_again(self) -> None:
        """Offer the number that is the next one now."""
        if self.kind is not None:
            number = suggest_number(self.session.ledger, self.kind, self.session.today())
            self.options.number.suggest(number)
