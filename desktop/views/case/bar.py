"""The bars above a case: who it is and how it stands, what to do next, and the way to each part of the page."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.rules.lifecycle import is_elsewhere, is_stage_closed, next_gate, state_of
from desktop.rules.records import GATE_WORDS, STATE_WORDS, CaseFile, Gate
from desktop.rules.region import Region
from desktop.rules.wording import numbers_of
from desktop.views.case.words import STATE_TONES, badge, flat_button, left_of, set_tone


class CaseBar(QFrame):
    """Signals: ``gate_wanted(Gate)`` for the next gate, ``progress_wanted``, ``evidence_wanted``.

    Attributes: ``more_button`` gets its menu from the page.
    """

    gate_wanted = Signal(object)
    progress_wanted = Signal()
    evidence_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self._next: Gate | None = None
        self.name = QLabel()
        self.name.setObjectName("title")
        self.state, self.left = badge(), badge()
        self.evidence_button = QPushButton("收入佐证")
        self.evidence_button.clicked.connect(self.evidence_wanted)
        self.progress_button = QPushButton("填报进展")
        self.progress_button.clicked.connect(self.progress_wanted)
        self.more_button = QPushButton("更多")
        self.next_button = QPushButton()
        self.next_button.setObjectName("primary")
        self.next_button.clicked.connect(self._go_on)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 14, 6)
        row.setSpacing(8)
        for part in (self.name, self.state, self.left):
            row.addWidget(part)
        row.addStretch(1)
        for button in (self.evidence_button, self.progress_button, self.more_button, self.next_button):
            button.setAutoDefault(True)
            row.addWidget(button)

    def show_case(self, case: CaseFile, today: date, region: Region, *, can_write: bool) -> None:
        """Name, state and deadline of a case, and the gate that comes next."""
        state = state_of(case, today)
        self.name.setText(f"问题{numbers_of(case.problem)}")
        set_tone(self.state, STATE_WORDS[state], STATE_TONES.get(state, "accent"))
        words, tone = left_of(case, today)
        set_tone(self.left, "" if words == STATE_WORDS[state] else words, tone)
        self._next, words = next_gate(case, region), "登记"
        if is_stage_closed(case):
            self._next, words = region.gate_order[0], "登记下一阶段"
        self.next_button.setVisible(self._next is not None and not is_elsewhere(case.problem))
        if self._next is not None:
            self.next_button.setText(f"{words}{GATE_WORDS[self._next]}…")
        for button in (self.progress_button, self.next_button, self.evidence_button):
            button.setEnabled(can_write)

    def _go_on(self) -> None:
        if self._next is not None:
            self.gate_wanted.emit(self._next)


class JumpBar(QFrame):
    """The parts of the page as small buttons. Signals: ``wanted(part)``."""

    wanted = Signal(str)

    def __init__(self, parts: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setAccessibleName("本页各部分")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(0)
        self._buttons: dict[str, QPushButton] = {}
        for key, words in parts:
            button = self._buttons[key] = flat_button(words, f"转到{words}")
            button.clicked.connect(lambda _=False, key=key: self.wanted.emit(key))
            row.addWidget(button)
        row.addStretch(1)

    def show_part(self, key: str, shown: bool) -> None:
        """Offer a part that has something to show, and not one that has nothing."""
        self._buttons[key].setVisible(shown)
