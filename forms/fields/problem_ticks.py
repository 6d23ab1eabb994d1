"""Problems to tick: the ones a paper or a visit is about."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from forms.case_words import head_of

SHOWN_ROWS = 5
Offered = tuple[str, int, str]


class ProblemTicks(QListWidget):
    """A list of problems with boxes; the space bar ticks.

    ``offer`` takes row id, number and text of each; what was ticked stays ticked. Signals: ``changed``.
    """

    changed = Signal()

    def __init__(self, offered: Sequence[Offered] = (), ticked: Collection[str] = (), parent: QWidget | None = None):
        super().__init__(parent)
        self._wanted = list(ticked)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemChanged.connect(lambda _: self.changed.emit())
        self.offer(offered)

    def offer(self, offered: Sequence[Offered]) -> None:
        """Offer other problems; those that are ticked and still offered stay so."""
        wanted = self.chosen() or tuple(self._wanted)
        self.blockSignals(True)
        self.clear()
        for problem, number, text in offered:
            item = QListWidgetItem(f"问题{number}　{head_of(text, 60)}")
            item.setData(Qt.ItemDataRole.UserRole, problem)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if problem in wanted else Qt.CheckState.Unchecked)
            item.setToolTip(text)
            self.addItem(item)
        self.blockSignals(False)
        # A ticked problem must be in sight when the form opens.
        first = next((at for at in range(self.count()) if self._is_ticked(at)), 0)
        self.setCurrentRow(first)
        self.updateGeometry()
        self.changed.emit()

    def chosen(self) -> tuple[str, ...]:
        """The row ids that are ticked, in the order of the list."""
        return tuple(self.item(at).data(Qt.ItemDataRole.UserRole) for at in range(self.count()) if self._is_ticked(at))

    def value(self) -> list[str]:
        """What is ticked, as a list that can be kept."""
        return list(self.chosen())

    def set_value(self, value: object) -> None:
        """Tick what ``value`` gave, now or when it is offered."""
        self._wanted = [str(one) for one in value] if isinstance(value, list) else []
        for at in range(self.count()):
            is_wanted = self.item(at).data(Qt.ItemDataRole.UserRole) in self._wanted
            self.item(at).setCheckState(Qt.CheckState.Checked if is_wanted else Qt.CheckState.Unchecked)

    def fault(self) -> str:
        """At least one problem is needed."""
        return "" if self.chosen() else "请至少勾选一个问题"

    def sizeHint(self) -> QSize:
        """As high as its rows, up to a few of them."""
        row = self.sizeHintForRow(0) if self.count() else self.fontMetrics().height() + 8
        rows = max(1, min(SHOWN_ROWS, self.count()))
        return QSize(super().sizeHint().width(), rows * row + 2 * self.frameWidth() + 2)

    def minimumSizeHint(self) -> QSize:
        """The form scrolls before the list is squeezed."""
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())

    def _is_ticked(self, at: int) -> bool:
        return self.item(at).checkState() == Qt.CheckState.Checked
