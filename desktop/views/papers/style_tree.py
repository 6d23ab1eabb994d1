"""The parts of a template as a tree, each with a tick for whether it is printed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from desktop.operations.paper.templates import field_words, list_words
from desktop.rules.template_items import Item, Path
from desktop.views.papers.style_words import named_fields

PART, SHOWS, WIDTH = 0, 1, 2
_ITEM = int(Qt.ItemDataRole.UserRole)
_LONGEST = 60


class StyleTree(QTreeWidget):
    """Signals: ``ticked(path, shown)``, ``chosen`` when another part is."""

    ticked = Signal(object, bool)
    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderLabels(["印哪些", "内容", "宽度"])
        self.setAccessibleName("样式的组成")
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(PART, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(SHOWS, QHeaderView.ResizeMode.Stretch)
        letter = self.fontMetrics().horizontalAdvance("字")
        header.resizeSection(PART, letter * 14)
        header.resizeSection(WIDTH, letter * 6)
        self.itemChanged.connect(self._on_changed)
        self.currentItemChanged.connect(lambda *_: self.chosen.emit())

    def show_items(self, items: Sequence[Item], widths: Mapping[Path, str], keep: Path = ()) -> None:
        """Show the parts with the widths of columns; the one at ``keep``, its node, text or name, is the current."""
        opened = {self._key(item) for item in self._all() if item.isExpanded()}
        first = self.topLevelItemCount() == 0
        top = self.verticalScrollBar().value()
        with QSignalBlocker(self):
            self.clear()
            for item in items:
                self.addTopLevelItem(self._made(item, widths))
            for shown in self._all():
                shown.setExpanded(self._key(shown) in opened or (first and not self.has_widths))
                if keep and keep in _paths(self._part(shown)):
                    self.setCurrentItem(shown)
            self.setColumnHidden(WIDTH, not self.has_widths)
        self.verticalScrollBar().setValue(top)
        self.chosen.emit()

    def choose(self, words: str) -> None:
        """Make the first part inside the one with these words the current one, or that itself."""
        for item in self._all():
            if item.text(PART) == words:
                self.setCurrentItem(item.child(0) or item)
                return

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current part in sight: the fields below take more or less room for each."""
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    @property
    def has_widths(self) -> bool:
        """True where there are columns."""
        return any(self._part(item).width for item in self._all())

    @property
    def part(self) -> Item | None:
        """The current part."""
        item = self.currentItem()
        return self._part(item) if item else None

    def _made(self, item: Item, widths: Mapping[Path, str]) -> QTreeWidgetItem:
        made = QTreeWidgetItem([named_fields(item.words), _content(item), widths.get(item.width, "")])
        made.setData(PART, _ITEM, item)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if item.node:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
            made.setCheckState(PART, Qt.CheckState.Checked if item.shown else Qt.CheckState.Unchecked)
        made.setFlags(flags)
        made.setToolTip(SHOWS, named_fields(item.says) or made.text(SHOWS))
        for child in item.children:
            made.addChild(self._made(child, widths))
        return made

    def _all(self) -> list[QTreeWidgetItem]:
        root, found = self.invisibleRootItem(), []
        waiting = [root.child(at) for at in range(root.childCount())]
        while waiting:
            item = waiting.pop(0)
            found.append(item)
            waiting = [item.child(at) for at in range(item.childCount())] + waiting
        return found

    def _part(self, item: QTreeWidgetItem) -> Item:
        found = item.data(PART, _ITEM)
        assert isinstance(found, Item)
        return found

    def _key(self, item: QTreeWidgetItem) -> object:
        part = self._part(item)
        return part.node or part.text or part.name

    def _on_changed(self, item: QTreeWidgetItem, column: int) -> None:
        part = self._part(item)
        shown = item.checkState(PART) == Qt.CheckState.Checked
        if column == PART and part.node and shown != part.shown:
            with QSignalBlocker(self):
                item.setData(PART, _ITEM, replace(part, shown=shown))
            self.ticked.emit(part.node, shown)


def _paths(item: Item) -> tuple[Path, ...]:
    return tuple(path for path in (item.node, item.text, item.name) if path)


def _content(item: Item) -> str:
    if item.filled:
        return field_words(item.filled)
    each = f"（{list_words(item.each)}）" if item.each else ""
    says = " ".join(named_fields(item.says).split())
    return each + (says if len(says) <= _LONGEST else says[:_LONGEST] + "…")
