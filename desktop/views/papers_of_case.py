"""The papers of one problem: a button for each that the next gate asks for, the others in a menu by group."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from desktop.rules.paper import PAPER_GROUPS, PaperKind
from desktop.rules.paper_kinds import PAPERS
from desktop.rules.records import GATE_WORDS, Gate
from desktop.views.case_words import Section
from desktop.views.icons import icon
from desktop.views.theme import colours


class PapersOfCase(Section):
    """Attributes: ``buttons`` and ``actions`` of the menu, by key. Signals: ``wanted_paper(key, problem_id)``."""

    wanted_paper = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("文书", parent)
        self.remark.setText("打开预览后打印、另存")
        self.problem_id = ""
        self.gate: Gate | None = None
        self.buttons: dict[str, QPushButton] = {}
        self.actions_by_key: dict[str, QAction] = {}
        self.more_button = QPushButton("全部文书")
        self.more_button.setAutoDefault(True)
        self.more_button.setMenu(QMenu(self.more_button))
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(self.more_button)
        self._row.addStretch(1)
        self.body.addLayout(self._row)
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
        button.clicked.connect(lambda: self._want(kind.key))
        self.buttons[kind.key] = button
        self._row.insertWidget(self._row.count() - 2, button)
        if menu is not None:
            action = menu.addAction(kind.name)
            action.triggered.connect(lambda: self._want(kind.key))
            self.actions_by_key[kind.key] = action

    def _want(self, key: str) -> None:
        self.wanted_paper.emit(key, self.problem_id)

    def show_case(self, problem_id: str, gate: Gate | None) -> None:
        """Offer the papers of the gate that is next; of the last one where all are passed."""
        self.problem_id, self.gate = problem_id, gate or Gate.FILE
        words = f"下一环节“{GATE_WORDS[gate]}”用到的文书" if gate else "备案用到的文书"
        self.remark.setText(f"{words}，打开预览后打印、另存")
        self._show_gate()

    def _show_gate(self) -> None:
        for button in self.buttons.values():
            button.setVisible(button.property("gate") == self.gate)

    def restyle(self) -> None:
        """The icons in the colours now in use."""
        for button in self.buttons.values():
            button.setIcon(icon("print", colours().text))
