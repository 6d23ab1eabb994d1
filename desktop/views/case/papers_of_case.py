"""The papers of one problem: a button for each that the next gate asks for, the others in a menu by group.

Below stands what was printed or saved of them before.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from desktop.rules.archive import ArchivedPaper
from desktop.rules.archive_words import paper_state, scans_in_words, state_tone
from desktop.rules.paper import PAPER_GROUPS, PaperKind
from desktop.rules.paper_kinds import PAPERS
from desktop.rules.records import GATE_WORDS, CaseFile, Gate
from desktop.rules.wording import date_in_text, objections_heard
from desktop.views.case.words import Section, link, plain, rich_label, toned, with_links
from desktop.views.looks.icons import icon
from desktop.views.looks.theme import colours
from desktop.views.papers.bundles import OFFERED

VERBS = {"open": "打开原件", "anew": "重新生成", "scan": "存入签章件…", "view": "看签章件"}
_WHOLE = "white-space:nowrap"


class PapersOfCase(Section):
    """Attributes: ``buttons`` and ``actions`` of the menu, by key; ``archive``, the label with what was printed before.

    Signals: ``wanted_paper(key, problem_id)``; ``wanted(verb, ArchivedPaper)`` with one of the keys of ``VERBS``;
    ``wanted_bundle(whole)``.
    """

    wanted_paper = Signal(str, str)
    wanted = Signal(str, object)
    wanted_bundle = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("文书", parent)
        self.remark.setText("打开预览后打印、另存")
        self.problem_id = ""
        self.gate: Gate | None = None
        self._is_objected = False
        self.buttons: dict[str, QPushButton] = {}
        self.actions_by_key: dict[str, QAction] = {}
        for name, tip, whole in OFFERED:
            button = self.add_button(f"{name}…", tip)
            button.clicked.connect(lambda _=False, whole=whole: self.wanted_bundle.emit(whole))
        self.more_button = QPushButton("全部文书")
        self.more_button.setAutoDefault(True)
        self.more_button.setMenu(QMenu(self.more_button))
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self.more_button)
        self._row.addStretch(1)
        self.body.addLayout(self._row)
        self._kept: Mapping[str, ArchivedPaper] = {}
        self.archive = with_links(rich_label("打印、保存过的文书"))
        self.archive.linkActivated.connect(self._follow)
        self.archive.hide()
        self.body.addWidget(self.archive)
        for group in PAPER_GROUPS:
            own = [kind for kind in PAPERS if kind.group == group and kind.per == "problem"]
            menu = self.more_button.menu().addMenu(group) if own else None
            for kind in own:
                self._add(kind, menu)
        self.restyle()

    def _add(self, kind: PaperKind, menu: QMenu | None) -> None:
        button = QPushButton(kind.name)
        button.setAccessibleName(f"打印{kind.name}")
        button.setAutoDefault(True)
        button.setProperty("gate", kind.gate)
        # Only those of one gate are shown; a row of all would make the page as wide until it is laid out again.
        button.hide()
        button.clicked.connect(lambda: self._want(kind.key))
        self.buttons[kind.key] = button
        self._row.insertWidget(self._row.count() - 2, button)
        if menu is not None:
            action = menu.addAction(kind.name)
            action.triggered.connect(lambda: self._want(kind.key))
            self.actions_by_key[kind.key] = action

    def _want(self, key: str) -> None:
        self.wanted_paper.emit(key, self.problem_id)

    def show_case(self, case: CaseFile, gate: Gate | None) -> None:
        """Offer the papers of the gate that is next; of the last one where all are passed.

        Where the notice was objected to, nobody can state that it was not: the register of objections stands instead.
        """
        self.problem_id, self.gate = case.problem.id, gate or Gate.FILE
        self._is_objected = bool(objections_heard(case))
        words = f"下一环节“{GATE_WORDS[gate]}”用到的文书" if gate else "备案用到的文书"
        self.remark.setText(f"{words}，打开预览后打印、另存")
        self._show_gate()

    def _show_gate(self) -> None:
        for button in self.buttons.values():
            button.setVisible(button.property("gate") == self.gate)
        if self.gate == Gate.FILE and self._is_objected:
            self.buttons["no_objection"].hide()
            self.buttons["objection_register"].show()

    def show_archive(self, papers: Sequence[ArchivedPaper], *, can_write: bool) -> None:
        """What was printed or saved of this problem, the latest first."""
        self._kept = {paper.id: paper for paper in papers}
        rows = "".join(_row(paper, can_write) for paper in papers)
        self.archive.setText(f"<table width='100%' cellspacing='0' cellpadding='3'>{rows}</table>")
        self.archive.setVisible(bool(papers))

    def _follow(self, target: str) -> None:
        verb, _, row = target.partition(":")
        if row in self._kept:
            self.wanted.emit(verb, self._kept[row])

    def restyle(self) -> None:
        """The icons in the colours now in use."""
        for button in self.buttons.values():
            button.setIcon(icon("print", colours().text))


def _row(paper: ArchivedPaper, can_write: bool) -> str:
    """Day, paper, number, whether it is signed; and what can be done with it."""
    day = date_in_text(paper.printed_on) if paper.printed_on else ""
    state = toned(paper_state(paper), state_tone(paper))
    said = scans_in_words(paper) or paper.doc_no
    verbs = ["anew", *(["open"] if paper.present else []), *(["view"] if paper.is_signed else [])]
    verbs += ["scan"] if can_write else []
    links = "&nbsp;&nbsp;&nbsp;".join(link(VERBS[verb], f"{verb}:{paper.id}") for verb in VERBS if verb in verbs)
    cells = (day, f"<b>{plain(paper.name)}</b>", state, plain(said))
    widths = (13, 13, 8, 36)
    left = "".join(f"<td width='{w}%' style='{_WHOLE}'>{cell}</td>" for w, cell in zip(widths, cells, strict=True))
    return f"<tr>{left}<td align='right' style='{_WHOLE}'>{links}</td></tr>"
