"""The parts around the month's grid: the bar above, the offer of a draft, the full texts below."""

from collections.abc import Collection, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.rules.dispatch import DispatchRow
from desktop.views.looks.icon_buttons import icon_button

MONTHS = 13
_TEXT_LINES = 3


def months_back(today: date, count: int = MONTHS) -> tuple[str, ...]:
    """This month and the ones before it, the latest first, as ``2026-11``."""
    first = today.year * 12 + today.month - 1
    return tuple(f"{(first - back) // 12:04}-{(first - back) % 12 + 1:02}" for back in range(count))


class DispatchBar(QWidget):
    """Month, counts, the filter of unreported rows and the two actions. Signal: ``month_chosen(str)``."""

    month_chosen = Signal(str)

    def __init__(self, months: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel("调度")
        title.setObjectName("title")
        self.months = QComboBox()
        self.months.setAccessibleName("月份")
        self.months.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.offer(months)
        self.months.currentIndexChanged.connect(lambda _: self.month_chosen.emit(self.month))
        self.counts, self.sentence = QLabel(), QLabel()
        self.counts.setObjectName("hint")
        self.sentence.setObjectName("hint")
        self.sentence.setWordWrap(True)
        self.sentence.hide()
        self.unreported = QCheckBox("只看未报")
        self.carry = icon_button("带入上月", "copy")
        self.carry.setShortcut(QKeySequence("Ctrl+D"))
        self.carry.setToolTip("所选未报的行先填上月的文字和百分比，再改成本月情况（Ctrl+D）")
        self.forms = QPushButton("填报表")
        self.forms.setToolTip("给没有本程序的单位发可填的表格，收回填好的表格和照片")
        menu = QMenu(self.forms)
        self.send, self.collect = menu.addAction("发填报表…"), menu.addAction("收填报表…")
        self.forms.setMenu(menu)
        self.save = QPushButton("保存")
        self.save.setObjectName("primary")
        self.save.setToolTip("保存填写的行（Ctrl+S）")
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (title, self.months, self.counts):
            row.addWidget(part)
        row.addStretch(1)
        for button in (self.unreported, self.carry, self.forms, self.save):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addWidget(self.sentence)

    @property
    def month(self) -> str:
        """The chosen month."""
        return str(self.months.currentData() or "")

    def offer(self, months: Sequence[str], *, follow: bool = True) -> None:
        """The months to choose from, nothing said when they change. A window may stay open from one month to the next:
        whoever was at the latest month then is at the new one, when ``follow`` allows it.
        """
        before = [self.months.itemData(at) for at in range(self.months.count())]
        if before == list(months):
            return
        chosen = months[0] if not before or (follow and self.month == before[0]) else self.month
        self.months.blockSignals(True)
        self.months.clear()
        for month in months if chosen in months else (*months, chosen):
            self.months.addItem(_month(month), month)
        self.months.setCurrentIndex(self.months.findData(chosen))
        self.months.blockSignals(False)

    def choose(self, month: str) -> None:
        """Show another month, one that is not in the list too."""
        at = self.months.findData(month)
        if at < 0:
            self.months.addItem(_month(month), month)
            at = self.months.count() - 1
        self.months.setCurrentIndex(at)

    def show_frozen(self, months: Collection[str]) -> None:
        """Say which months are frozen."""
        for at in range(self.months.count()):
            month = str(self.months.itemData(at))
            self.months.setItemText(at, f"{_month(month)}（已冻结）" if month in months else _month(month))
        if months:
            # The style reckons the widest entry a few pixels too narrow.
            self.months.setMinimumWidth(self.months.sizeHint().width() + self.fontMetrics().horizontalAdvance("汉"))

    def show_counts(self, reported: int, unreported: int, typed: int, *, is_reading: bool) -> None:
        """How many rows are reported, and how many wait to be saved."""
        words = f"已报{reported}项，未报{unreported}项"
        self.counts.setText(words + ("，读取中" if is_reading else ""))
        self.save.setText(f"保存（{typed}行）" if typed else "保存")
        self.save.setEnabled(typed > 0)

    def say(self, sentence: str, *, is_fault: bool) -> None:
        """A sentence below the bar; empty takes it away."""
        self.sentence.setObjectName("fault" if is_fault else "hint")
        self.sentence.style().unpolish(self.sentence)
        self.sentence.style().polish(self.sentence)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))


def _month(month: str) -> str:
    return f"{int(month[:4])}年{int(month[5:])}月"


class DraftBar(QFrame):
    """Offers what was typed and not saved. Signals: ``taken``, ``dropped``."""

    taken = Signal()
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.words = QLabel()
        self.take = QPushButton("继续填写")
        self.drop = QPushButton("不要了")
        self.take.clicked.connect(self.taken)
        self.drop.clicked.connect(self.dropped)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 6, 4)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.take)
        layout.addWidget(self.drop)
        self.hide()

    def offer(self, rows: int) -> None:
        """Offer a draft of so many rows; 0 takes the offer away."""
        self.words.setText(f"上次填写的{rows}行还没有保存。")
        self.setVisible(rows > 0)


class RowTexts(QWidget):
    """The measure and last month's report of the current row, in full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.boxes = []
        for words in ("整改措施", "上月进展"):
            title, box = QLabel(words), QPlainTextEdit()
            title.setObjectName("hint")
            box.setReadOnly(True)
            box.setAccessibleName(words)
            box.setTabChangesFocus(True)
            box.setPlaceholderText("无")
            box.setFixedHeight(box.fontMetrics().lineSpacing() * _TEXT_LINES + 14)
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(title)
            column.addWidget(box)
            layout.addLayout(column, 1)
            self.boxes.append((title, box))

    def show_row(self, row: DispatchRow | None) -> None:
        """Show another row."""
        (_, measure), (title, last) = self.boxes
        measure.setPlainText(row.head if row else "")
        last.setPlainText("\n".join((row.last_text, *row.late)).strip() if row else "")
        percent = "" if row is None or row.last_percent is None else f"，完成{row.last_percent}%"
        month = row.last_month if row else ""
        title.setText(f"上次填报（{int(month[:4])}年{int(month[5:7])}月{percent}）" if month else "上次填报")
