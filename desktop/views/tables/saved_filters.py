"""The button 常用筛选: keep what is chosen above the list under a name, and choose it again with one press."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop.operations.lists import Filter
from desktop.operations.saved_filters import SavedFilter
from desktop.views.looks.icon_buttons import icon_button


class SavedFilters(QWidget):
    """A menu of the filters that are kept.

    Signals: ``chosen(Filter)``; ``keep_wanted()`` and ``drop_wanted(str)`` for the page, which asks and writes.
    """

    chosen = Signal(object)
    keep_wanted = Signal()
    drop_wanted = Signal(str)

    def __init__(self, now: Callable[[], Filter], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now, self._can_write = now, False
        self.kept: tuple[SavedFilter, ...] = ()
        self.button: QPushButton = icon_button("", "keep")
        self.button.setObjectName("flat")
        self.button.setParent(self)
        self.button.setAccessibleName("常用筛选")
        self.button.setToolTip("常用筛选：把现在的条件存为一组，以后一按就用")
        self.button.clicked.connect(self.open_menu)
        self.setFixedSize(self.button.sizeHint())
        self.button.resize(self.size())
        self.setFocusProxy(self.button)

    def show_kept(self, kept: Sequence[SavedFilter], *, can_write: bool) -> None:
        """Offer these filters; keeping and deleting only where the ledger may be written."""
        self.kept, self._can_write = tuple(kept), can_write

    def menu(self) -> QMenu:
        """The menu as it stands now."""
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for saved in self.kept:
            act = menu.addAction(saved.name.replace("&", "&&"))
            act.setCheckable(True)
            act.setChecked(saved.filter == self._now())
            act.triggered.connect(lambda _=False, chosen=saved.filter: self.chosen.emit(chosen))
        if not self.kept:
            menu.addAction("还没有保存过条件").setEnabled(False)
        menu.addSeparator()
        keep = menu.addAction("保存现在的条件…")
        keep.setEnabled(self._can_write and self._now() != Filter())
        keep.triggered.connect(lambda _=False: self.keep_wanted.emit())
        drop = menu.addMenu("删除")
        drop.setEnabled(self._can_write and bool(self.kept))
        for saved in self.kept:
            act = drop.addAction(saved.name.replace("&", "&&"))
            act.triggered.connect(lambda _=False, name=saved.name: self.drop_wanted.emit(name))
        return menu

    def open_menu(self) -> None:
        """Open the menu under the button."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))
