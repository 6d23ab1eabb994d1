"""The menu bar of the window, made from the table of commands."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from desktop.views.actions import ACTIONS, BY_KEY, MENUS, Action
from desktop.views.looks.icons import icon
from desktop.views.looks.theme import colours
from desktop.views.place import PAGE_WORDS, PageKey, page_shortcut

_MENU_OF_PAGE = {PageKey.WAITING: "查看", PageKey.PAPERS: "文书", PageKey.SETTINGS: "工具"}


class Menus(QObject):
    """Fills a menu bar and keeps it in step.

    ``do(key)`` carries a command out, ``can(key)`` tells whether it is possible now, ``open_page`` opens a page.
    """

    def __init__(
        self,
        bar: QMenuBar,
        pages: Sequence[PageKey],
        do: Callable[[str], None],
        can: Callable[[str], bool],
        open_page: Callable[[PageKey], object],
    ) -> None:
        super().__init__(bar)
        self._can = can
        self.actions: dict[str, QAction] = {}
        self._pages: dict[PageKey, QAction] = {}
        self.menus = {words: QMenu(words, bar) for words in MENUS}
        for action in ACTIONS:
            self._add(action, do)
        for number, key in enumerate(pages, 1):
            self._add_page(key, number, open_page)
        for menu in self.menus.values():
            menu.aboutToShow.connect(self.update)
            if menu.actions():
                bar.addMenu(menu)
        self.restyle()

    def _add(self, action: Action, do: Callable[[str], None]) -> None:
        menu = self.menus[action.menu]
        if action.is_first and menu.actions():
            menu.addSeparator()
        told = action.told or (action.shortcut if action.on_page else "")
        made = QAction(f"{action.text}\t{told}" if told else action.text, menu)
        if action.shortcut and not action.on_page:
            made.setShortcut(QKeySequence(action.shortcut))
        # Without a role Qt moves 退出 and 关于 by their text on some systems.
        made.setMenuRole(QAction.MenuRole.NoRole)
        made.triggered.connect(lambda *_: do(action.key))
        menu.addAction(made)
        self.actions[action.key] = made

    def _add_page(self, key: PageKey, number: int, open_page: Callable[[PageKey], object]) -> None:
        menu = self.menus[_MENU_OF_PAGE.get(key, "台账")]
        if key in (PageKey.WAITING, PageKey.LEDGER, PageKey.SETTINGS):
            menu.addSeparator()
        made = QAction(PAGE_WORDS[key], menu)
        made.setShortcut(QKeySequence(page_shortcut(key, number)))
        made.setMenuRole(QAction.MenuRole.NoRole)
        made.triggered.connect(lambda *_: open_page(key))
        menu.addAction(made)
        self._pages[key] = made

    def update(self) -> None:
        """Grey what cannot be done now."""
        if not self._is_drawn:
            self._draw()
        for key, action in self.actions.items():
            action.setEnabled(self._can(key))

    def set_words(self, key: str, words: str) -> None:
        """Say more exactly what a command would do now."""
        told = BY_KEY[key].shortcut
        self.actions[key].setText(f"{words}\t{told}" if told else words)

    def restyle(self) -> None:
        """Draw the icons in the colours now in use, once a menu is opened: the window is there before."""
        self._is_drawn = False

    def _draw(self) -> None:
        self._is_drawn = True
        for key, action in self.actions.items():
            if BY_KEY[key].icon:
                action.setIcon(icon(BY_KEY[key].icon, colours().nav_text))
        for page, action in self._pages.items():
            action.setIcon(icon(page.value, colours().nav_text))


def own_shortcut(page: QWidget, shortcut: str) -> QShortcut | None:
    """The shortcut of a page's own for these keys, so that the menu can do what the keys do."""
    wanted = QKeySequence(shortcut)
    for found in page.findChildren(QShortcut):
        owner = found.parent()
        if found.key() == wanted and found.isEnabled() and isinstance(owner, QWidget) and owner.isVisible():
            return found
    return None
