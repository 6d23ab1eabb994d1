"""The fields of one problem under review: each can be edited, is marked when it was, and says what the ledger has."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.operations.plan.headings import FIELD_WORDS
from desktop.operations.plan.intake import Difference
from desktop.rules.drafts import ProblemDraft
from desktop.rules.records import TERM_WORDS, TermClass
from desktop.rules.wording import date_in_text
from desktop.views.review.measures import MeasureList, direction_of, whole_text
from desktop.views.review.model import NAME_FIELDS, split_names, term_values
from forms.fields.choice import Choice
from forms.fields.date_field import DateField
from forms.fields.text import NumberLine, TextArea, TextLine

FIT_MS = 20
AROUND = 20  # pixels at both sides of the fields


class FieldRow(QWidget):
    """A field with its name above it. Signals: ``restored`` when what was read should come back."""

    restored = Signal()

    def __init__(self, field: str, editor: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field, self.editor = field, editor
        self.label = QLabel(FIELD_WORDS[field])
        self.label.setBuddy(editor)
        self.badge = QLabel("已改")
        self.badge.setObjectName("badge")
        self.badge.setProperty("tone", "accent")
        self.back = QPushButton("还原")
        self.back.setObjectName("flat")
        self.back.setAccessibleName(f"还原{FIELD_WORDS[field]}")
        self.back.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.back.clicked.connect(self.restored)
        self.note = QLabel()
        self.note.setObjectName("hint")
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        head = QHBoxLayout()
        head.setSpacing(6)
        for part in (self.label, self.badge, self.back):
            head.addWidget(part)
        head.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(editor)
        layout.addWidget(self.note)
        self.show_state(changed=False, note="")

    def show_state(self, *, changed: bool, note: str) -> None:
        """Mark the field as changed, and say something below it."""
        self.badge.setVisible(changed)
        self.back.setVisible(changed)
        self.note.setText(note)
        self.note.setVisible(bool(note))


class DeadlineEditor(QWidget):
    """The deadline: the plan's words, the day read from them, the class. Signals: ``changed``."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = TextLine("", "方案原文，如 2025年12月底前")
        self.words.setAccessibleName("整改时限原文")
        self.day = DateField(today, optional=True)
        self.day.line.setAccessibleName("整改时限日期")
        self.term = Choice([("", "未分类"), *((term.value, words) for term, words in TERM_WORDS.items())])
        self.term.setAccessibleName("整改类型")
        self._below = below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        below.addWidget(self.day, 1)
        below.addWidget(self.term)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.words)
        layout.addLayout(below)
        self.setFocusProxy(self.words)
        self.words.textChanged.connect(self.changed)
        self.day.changed.connect(self.changed)
        self.term.currentIndexChanged.connect(lambda _: self.changed.emit())

    def set_narrow(self, narrow: bool) -> None:
        """Put the class below the day, or beside it."""
        self._below.setDirection(direction_of(narrow))

    def show_draft(self, draft: ProblemDraft) -> None:
        """Fill in the deadline of a problem."""
        self.words.setText(draft.deadline_text or "")
        self.day.set_day(draft.deadline)
        self.term.choose(draft.term_class.value if draft.term_class else "")

    def values(self, before: ProblemDraft) -> dict[str, object]:
        """The fields of the draft as they stand; both flags stay unless another class was chosen."""
        chosen = self.term.chosen()
        term = TermClass(chosen) if chosen else None
        found: dict[str, object] = {"deadline_text": self.words.text().strip() or None, "deadline": self.day.day()}
        return found | (dict(term_values(term)) if term != before.term_class else {})


class FieldsPanel(QScrollArea):
    """Shows one problem.

    Signals: ``edited(str, dict)`` with the field and the values of the draft; ``chosen(str, int)`` when the focus
    comes into a field, with the place of the measure or -1; ``restored(str)``.
    """

    edited = Signal(str, object)
    chosen = Signal(str, int)
    restored = Signal(str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._draft = ProblemDraft(0, "")
        self._is_filling = False
        self._field = "text"
        self._is_narrow, self._wide_need = False, 0
        # The height of a text is known only once it was laid out in its width.
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.setInterval(FIT_MS)
        self._wanted: QWidget | None = None
        self._fitting.timeout.connect(self._fit)
        self.number = NumberLine()
        self.text, self.target = whole_text(3), whole_text(2)
        self.measures = MeasureList(today)
        self.deadline = DeadlineEditor(today)
        self.names = {field: TextLine("", "多个用顿号分开") for field in NAME_FIELDS}
        editors = {"number": self.number, "text": self.text, "target": self.target, "measures": self.measures}
        self.rows = {field: FieldRow(field, editor) for field, editor in editors.items()}
        self.rows["deadline"] = FieldRow("deadline", self.deadline)
        self.rows |= {field: FieldRow(field, editor) for field, editor in self.names.items()}
        self.fault = QLabel()
        self.fault.setObjectName("fault")
        self.fault.setWordWrap(True)
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        body = QWidget()
        body.setObjectName("body")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(AROUND // 2, 6, AROUND // 2, 10)
        layout.setSpacing(8)
        layout.addWidget(self.fault)
        for field, row in self.rows.items():
            row.editor.setAccessibleName(FIELD_WORDS[field])
            layout.addWidget(row)
        layout.addStretch(1)
        self.number.setMaximumWidth(self.fontMetrics().horizontalAdvance("000000") + 20)
        self.setWidget(body)

    def _listen(self) -> None:
        tell: dict[str, Callable[[], dict[str, object]]] = {
            "number": lambda: {"number": self.number.number() or 0},
            "text": lambda: {"text": self.text.toPlainText().strip()},
            "target": lambda: {"target": self.target.toPlainText().strip() or None},
            "measures": lambda: {"measures": self.measures.drafts()},
            "deadline": lambda: self.deadline.values(self._draft),
        }
        tell |= {f: lambda f=f, line=line: {f: split_names(line.text())} for f, line in self.names.items()}  # type: ignore[misc]
        signals = [("number", self.number.textChanged), ("text", self.text.textChanged)]
        signals += [("target", self.target.textChanged), ("measures", self.measures.changed)]
        signals += [("deadline", self.deadline.changed)]
        signals += [(field, line.textChanged) for field, line in self.names.items()]
        for field, signal in signals:
            signal.connect(lambda *_, field=field: self._tell(field, tell[field]))
        self.measures.entered.connect(lambda at: self._choose("measures", at))
        inside = (self.deadline.words, self.deadline.day.line, self.deadline.term)
        self._field_of: dict[QObject, str] = {widget: "deadline" for widget in inside}
        self._field_of |= {self.number: "number", self.text: "text", self.target: "target"}
        self._field_of |= {line: field for field, line in self.names.items()}
        for widget in self._field_of:
            widget.installEventFilter(self)
        for field, row in self.rows.items():
            row.restored.connect(lambda field=field: self.restored.emit(field))

    def _tell(self, field: str, values: Callable[[], dict[str, object]]) -> None:
        if not self._is_filling:
            self.edited.emit(field, values())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell which field the clerk is in."""
        if event.type() == QEvent.Type.FocusIn and watched in self._field_of:
            self._choose(self._field_of[watched], -1)
        return super().eventFilter(watched, event)

    def _choose(self, field: str, measure: int) -> None:
        self._field = field
        self.chosen.emit(field, measure)

    @property
    def current_field(self) -> str:
        """The field the clerk was in last."""
        return self._field

    def show_draft(self, draft: ProblemDraft) -> None:
        """Fill in a problem."""
        self._is_filling = True
        self._draft = draft
        _fill(self.number, str(draft.number) if draft.number else "")
        for area, text in ((self.text, draft.text), (self.target, draft.target or "")):
            if area.toPlainText() != text:
                area.setPlainText(text)
        self.measures.show_drafts(draft.measures)
        self.deadline.show_draft(draft)
        for field, line in self.names.items():
            _fill(line, "、".join(getattr(draft, field)))
        self._is_filling = False
        self._fitting.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Texts grow and shrink with the width, and what stands side by side goes below where it is narrow."""
        super().resizeEvent(event)
        self._arrange()
        self._fitting.start()

    def _arrange(self) -> None:
        if not self._is_narrow:
            self._wide_need = self.measures.minimumSizeHint().width() + AROUND
        self._is_narrow = self.viewport().width() < self._wide_need
        self.deadline.set_narrow(self._is_narrow)
        self.measures.set_narrow(self._is_narrow)

    def _fit(self) -> None:
        self._arrange()
        for area in self.findChildren(TextArea):
            area.updateGeometry()
        body = self.widget().layout()
        if self._wanted is not None and body is not None:
            body.activate()
            self.ensureWidgetVisible(self._wanted, 0, 12)
            self._wanted = None

    def show_states(
        self, draft: ProblemDraft, changed: Sequence[str], differences: Sequence[Difference], fault: str
    ) -> None:
        """Mark changed fields and say what the ledger has instead; ``draft`` is the problem as edited."""
        self._draft = draft
        words = self.input_fault() or fault
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        for field, row in self.rows.items():
            lines = [f"台账中的{d.words}：{d.old or '（空）'}" for d in differences if d.field == field]
            if field == "deadline":
                lines[:0] = _also(draft)
            row.show_state(changed=field in changed, note="\n".join(lines))

    def input_fault(self) -> str:
        """What was typed and cannot be read, in words; empty when all can."""
        faults = [self.number.fault(), self.deadline.day.fault(), *self.measures.faults()]
        return next((fault for fault in faults if fault), "")

    def focus_field(self, field: str, measure: int = -1) -> None:
        """Put the cursor into a field and bring it into sight."""
        row = self.rows[field]
        widget: QWidget = row.editor
        shown: QWidget = row
        if field == "measures" and 0 <= measure < len(self._draft.measures):
            shown, widget = self.measures.rows[measure], self.measures.rows[measure].text
        widget.setFocus()
        self._field = field
        self.ensureWidgetVisible(shown, 0, 12)
        self._wanted = shown
        self._fitting.start()


def _fill(line: TextLine, text: str) -> None:
    if line.text() != text:
        line.setText(text)
        line.setCursorPosition(0)


def _also(draft: ProblemDraft) -> list[str]:
    """What belongs to the deadline and is not edited here."""
    lines = []
    both = [(draft.is_immediate, TermClass.IMMEDIATE), (draft.is_long_term, TermClass.LONG_TERM)]
    also = [TERM_WORDS[term] for on, term in both if on and term != draft.term_class]
    if also:
        lines.append(f"同时：{'、'.join(also)}")
    lines += [f"阶段目标：{date_in_text(stage.due)}　{stage.text}" for stage in draft.stages]
    if draft.progress:
        lines.append(f"方案中写的进展（不导入，请在调度中填写）：{draft.progress}")
    return lines
