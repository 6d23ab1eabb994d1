"""The papers as a list in the order of the procedure, each group under its name, narrowed by typing."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from desktop.rules.paper import PAPER_GROUPS, PaperKind
from forms.fields.text import TextLine

KEY = int(Qt.ItemDataRole.UserRole)
USUAL = "closure_request"
_ROWS = 9


def fill_grouped(
    papers: QListWidget, kinds: Sequence[PaperKind], words: Callable[[PaperKind], str], *, checkable: bool = False
) -> None:
    """Fill a list with the names of groups, which cannot be chosen, and under each its papers."""
    papers.clear()
    for group in (*PAPER_GROUPS, ""):
        own = [kind for kind in kinds if kind.group == group]
        if not own:
            continue
        head = QListWidgetItem(group or "其他")
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        font = papers.font()
        font.setBold(True)
        head.setFont(font)
        papers.addItem(head)
        for kind in own:
            item = QListWidgetItem(f"　{words(kind)}")
            item.setData(KEY, kind.key)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{group}：{words(kind)}")
            if checkable:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Unchecked)
            papers.addItem(item)


def narrow(papers: QListWidget, text: str) -> None:
    """Show the papers whose name or group holds the text, and the names of their groups."""
    wanted, head = text.strip(), None
    for at in range(papers.count()):
        item = papers.item(at)
        if item.data(KEY) is None:
            head = item
            head.setHidden(True)
            continue
        holds = not wanted or wanted in item.text() or (head is not None and wanted in head.text())
        item.setHidden(not holds)
        if holds and head is not None:
            head.setHidden(False)


class PaperList(QWidget):
    """Attributes: ``line`` to narrow by, ``papers``. Signals: ``chosen`` when another paper is."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = TextLine("", "查找文书")
        self.line.setAccessibleName("查找文书")
        self.line.setClearButtonEnabled(True)
        self.papers = QListWidget()
        self.papers.setAccessibleName("文书")
        self.line.textChanged.connect(lambda text: narrow(self.papers, text))
        self.line.returnPressed.connect(self._take_first)
        self.papers.currentRowChanged.connect(self._on_row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._top = QHBoxLayout()
        self._top.setSpacing(4)
        self._top.addWidget(self.line, 1)
        layout.addLayout(self._top)
        layout.addWidget(self.papers)

    def add_corner(self, button: QPushButton) -> None:
        """A button beside the line, about the chosen paper."""
        self._top.addWidget(button)

    def set_papers(self, kinds: Sequence[PaperKind]) -> None:
        """Offer these papers."""
        self.papers.blockSignals(True)
        fill_grouped(self.papers, kinds, lambda kind: kind.name + ("" if kind.per == "problem" else "（全部问题）"))
        narrow(self.papers, self.line.text())
        self.papers.blockSignals(False)
        self.papers.setFixedHeight(self.papers.sizeHintForRow(0) * _ROWS + 2 * self.papers.frameWidth() + 2)

    @property
    def key(self) -> str:
        """The chosen paper's key; empty for none."""
        item = self.papers.currentItem()
        return str(item.data(KEY) or "") if item else ""

    def choose(self, key: str) -> None:
        """Choose a paper without a signal; an unknown one leaves the choice as it is, or takes the usual one."""
        wanted = key if key and self._item(key) else self.key or USUAL
        item = self._item(wanted) or self._item("")
        if item is None:
            return
        self.papers.blockSignals(True)
        item.setHidden(False)
        self.papers.setCurrentItem(item)
        self.papers.blockSignals(False)
        self.papers.scrollToItem(item)

    def _item(self, key: str) -> QListWidgetItem | None:
        """The item of a paper; with an empty key the first that can be chosen."""
        items = (self.papers.item(at) for at in range(self.papers.count()))
        return next((item for item in items if item.data(KEY) and key in ("", item.data(KEY))), None)

    def _on_row(self, _: int) -> None:
        if self.key:
            self.chosen.emit()

    def _take_first(self) -> None:
        items = (self.papers.item(at) for at in range(self.papers.count()))
        found = next((item for item in items if item.data(KEY) and not item.isHidden()), None)
        if found is not None:
            self.papers.setCurrentItem(found)
            self.papers.setFocus()
