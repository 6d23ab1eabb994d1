"""The gates of a case as a bar of steps, in the region's order; a click goes to the form for that gate."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.rules.records import GATE_WORDS, Gate
from desktop.views.case.gate_states import DONE, NEXT, RUNNING, TONES, GateState
from desktop.views.looks.theme import colours, tone_colour

_MARKS = {DONE: "✓", RUNNING: "…", NEXT: "→"}


class GateButton(QPushButton):
    """One gate as a button that grows with its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gate")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(9, 7, 9, 7)
        self._box.addWidget(self.words)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        self.setAutoDefault(True)

    def show_state(self, number: int, state: GateState) -> None:
        """Show a gate; its words wrap."""
        colour, plain = tone_colour(TONES[state.kind]), colours().muted
        mark = _MARKS.get(state.kind, "○")
        lines = [f"<b>{number}　{GATE_WORDS[state.gate]}</b>"]
        lines += [f"<span style='color:{colour}'>{mark} {escape(state.words)}</span>"]
        tone = colours().text if state.kind in (NEXT, RUNNING) else plain
        lines += [f"<span style='color:{tone}'>{escape(words)}</span>" for words in state.lacks]
        self.words.setText("<br>".join(lines))
        self.setAccessibleName(state.sentence)
        self.setToolTip(state.sentence)
        back = {NEXT: colours().selected, DONE: colours().ok_back, RUNNING: colours().warn_back}.get(state.kind)
        edge = tone_colour(TONES[state.kind]) if state.kind in (NEXT, RUNNING) else colours().line
        self.setStyleSheet(_sheet(back or colours().base, edge))

    def sizeHint(self) -> QSize:
        """The gates share the row alike; how wide their words would like to be does not matter."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """Room for the name of the gate on one line."""
        width = self.fontMetrics().horizontalAdvance("5　申请销号销") + 24
        return QSize(width, self._box.totalHeightForWidth(max(width, self.width())))


class StepBar(QFrame):
    """Shows the gates. Signals: ``gate_wanted(Gate)`` when one is pressed."""

    gate_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[Gate, GateButton] = {}
        self.states: tuple[GateState, ...] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.setAccessibleName("销号环节")

    def show_states(self, states: Sequence[GateState]) -> None:
        """Show the gates; the buttons stay where they are while the order does."""
        if [s.gate for s in states] != list(self.buttons):
            self._build([s.gate for s in states])
        self.states = tuple(states)
        for number, state in enumerate(states, 1):
            self.buttons[state.gate].show_state(number, state)

    def focus_gate(self, gate: Gate) -> None:
        """Bring a gate to the clerk's eye: Enter then opens its form."""
        if gate in self.buttons:
            self.buttons[gate].setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self, gates: Sequence[Gate]) -> None:
        while item := self._row.takeAt(0):
            if item.widget():
                item.widget().deleteLater()
        self.buttons = {}
        for gate in gates:
            if self.buttons:
                arrow = QLabel("›")
                arrow.setObjectName("subtitle")
                arrow.setContentsMargins(3, 0, 3, 0)
                self._row.addWidget(arrow)
            button = GateButton()
            button.clicked.connect(lambda _=False, g=gate: self.gate_wanted.emit(g))
            self.buttons[gate] = button
            self._row.addWidget(button, 1)


def _sheet(back: str, edge: str) -> str:
    accent = colours().accent
    return (
        f"QPushButton#gate {{ background: {back}; border: 1px solid {edge}; border-radius: 6px; text-align: left; }}"
        f"QPushButton#gate:hover {{ border-color: {accent}; }}"
        f"QPushButton#gate:focus {{ border: 2px solid {accent}; }}"
    )
