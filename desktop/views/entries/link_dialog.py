"""Choosing the problem at the other end of a link, or entering a new one for it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.rules.records import CaseFile, Changes
from desktop.views import questions
from desktop.views.entries.case import enter_problem
from desktop.views.session import Session
from desktop.views.tables.problem_picker import ProblemPicker
from forms.case_words import case_name


class LinkDialog(QDialog):
    """Asks for a problem. Attributes: ``picker``; ``chosen`` is its row id."""

    def __init__(self, session: Session, case: CaseFile, title: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.case = session, case
        self.setObjectName("link_problem")
        self.setWindowTitle(title)
        self.picker = ProblemPicker(session.ledger, session.today())
        self.picker.picked.connect(lambda _: self.show_choice())
        self.fault = QLabel()
        self.fault.setObjectName("fault")
        self.fault.setWordWrap(True)
        self.new_button = QPushButton("新建问题…")
        self.agree_button, self.cancel_button = QPushButton("确定"), QPushButton("取消")
        self.agree_button.setObjectName("primary")
        self.new_button.clicked.connect(self.enter_new)
        self.agree_button.clicked.connect(self.accept)
        self.cancel_button.clicked.connect(self.reject)
        self._lay_out(hint)
        self.show_choice()

    @property
    def chosen(self) -> str:
        """The row id of the chosen problem, empty for none."""
        return self.picker.chosen

    def _lay_out(self, hint: str) -> None:
        about, words = QLabel(case_name(self.case)), QLabel(hint)
        for label in (about, words):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        words.setObjectName("hint")
        buttons = QHBoxLayout()
        buttons.addWidget(self.new_button)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.agree_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        parts: Sequence[QWidget] = (about, words, QLabel("选择问题（可打序号、文字或单位）"), self.picker, self.fault)
        for part in parts:
            layout.addWidget(part)
        layout.addStretch(1)
        layout.addLayout(buttons)
        self.setMinimumWidth(40 * self.fontMetrics().horizontalAdvance("字"))

    def show_choice(self) -> None:
        """Let go on only with another problem than this one."""
        is_self = self.chosen == self.case.problem.id
        self.fault.setText("不能选择这个问题本身，请另选一个问题" if is_self else "")
        self.fault.setVisible(is_self)
        self.agree_button.setEnabled(bool(self.chosen) and not is_self)

    def enter_new(self) -> None:
        """Enter a new problem and choose it."""
        made: list[str] = []

        def take(changes: Changes) -> None:
            made.extend(row for kind, row in changes.touched if kind == "problem")

        self.session.changed.connect(take)
        try:
            enter_problem(self.session, None)
        finally:
            self.session.changed.disconnect(take)
        if made:
            self.picker.choose(made[-1])
            self.show_choice()


def ask_problem(session: Session, case: CaseFile, title: str, hint: str) -> str:
    """The row id of the problem that was chosen; empty when cancelled."""
    dialog = LinkDialog(session, case, title, hint)
    try:
        return dialog.chosen if questions.run_dialog(dialog) else ""
    finally:
        dialog.deleteLater()
