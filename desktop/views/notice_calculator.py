"""公示期计算: from start and end both ways of counting, and from start and length both ends."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from desktop.operations.holidays import count_span, last_days
from desktop.operations.profile import region_of
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.wording import date_in_text
from desktop.views.session import Session
from forms.fields.choice import Choice
from forms.fields.date_field import DateField
from forms.fields.text import NumberLine

UNIT_WORDS = {"working": "个工作日", "natural": "天"}


class NoticeCalculator(QWidget):
    """Counts a span as soon as it is typed; writes nothing."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        rule = region_of(session.ledger).notice
        today = session.today()
        self.start, self.end = DateField(today, today), DateField(today, optional=True)
        self.days = NumberLine(rule.days)
        self.unit = Choice((("working", "工作日"), ("natural", "自然日（天）")))
        self.unit.choose(rule.unit)
        for widget, words in ((self.start, "公示开始"), (self.end, "公示截止"), (self.unit, "按什么计算")):
            widget.setAccessibleName(words)
        self.days.setAccessibleName("公示天数")
        self.least, self.counted, self.fault, self.unchecked = (_words() for _ in range(4))
        self.fault.setObjectName("fault")
        self.unchecked.setObjectName("hint")
        rows = QFormLayout()
        rows.setHorizontalSpacing(10)
        rows.setVerticalSpacing(8)
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        rows.addRow("开始", self.start)
        rows.addRow("天数", self.days)
        rows.addRow("单位", self.unit)
        rows.addRow(self.least)
        rows.addRow("截止", self.end)
        rows.addRow(self.counted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addLayout(rows)
        layout.addWidget(self.fault)
        layout.addWidget(self.unchecked)
        layout.addStretch(1)
        for signal in (self.start.changed, self.end.changed, self.days.textChanged, self.unit.currentIndexChanged):
            signal.connect(self.count)
        self.count()

    def count(self) -> None:
        """Count what stands in the fields."""
        start, end, days = self.start.day(), self.end.day(), self.days.number()
        faults: list[str] = []
        self.least.setText("")
        self.counted.setText("")
        self.unchecked.setText("")
        typed = [self.start.fault(), self.days.fault(), self.end.fault()]
        if start and days is not None:
            self._show(faults, self.least, lambda: self._ends(start, days))
        if start and end:
            self._show(faults, self.counted, lambda: self._counts(start, end))
        words = dict.fromkeys(fault for fault in (*typed, *faults) if fault)
        self.fault.setText("\n".join(words))
        self.fault.setVisible(bool(words))

    def _show(self, faults: list[str], label: QLabel, count: Callable[[], str]) -> None:
        try:
            label.setText(count())
        except (Refused, KnownFault) as error:
            faults.append(error.sentence)

    def _ends(self, start: date, days: int) -> str:
        unit = self.unit.chosen()
        first, second = last_days(self.session.ledger, start, days, unit)
        length = f"满{days}{UNIT_WORDS[unit]}"
        return f"{length}：首日不计，最早{date_in_text(second)}截止；首日计入，最早{date_in_text(first)}截止。"

    def _counts(self, start: date, end: date) -> str:
        found = count_span(self.session.ledger, start, end)
        if found.unchecked:
            years = "、".join(f"{year}年" for year in found.unchecked)
            self.unchecked.setText(f"{years}放假安排未核对，结果仅供参考。")
        return (
            f"首日计入：{found.working[0]}个工作日、{found.natural[0]}天；"
            f"首日不计：{found.working[1]}个工作日、{found.natural[1]}天。"
        )


def _words() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
