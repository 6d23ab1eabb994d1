"""What every page of the window is: it re-reads when something it shows has changed and it is in sight."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.rules.records import Changes
from desktop.views.pane import Pane
from desktop.views.place import PageKey, Place
from desktop.views.reading import read_safely
from desktop.views.session import Session

PAINTED_MS = 20  # what is in front is painted before a page goes on reading


class Page(Pane):
    """Base of the pages.

    Attributes: ``session``. Signals: ``go(Place)`` to open another place. Subclasses set ``key`` and write
    ``refresh``; they override ``show_place`` when a place can name something on them, and ``concerns`` when not every
    change concerns them.
    """

    key: PageKey
    go = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._stale = True
        session.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Read the ledger again and show it."""
        raise NotImplementedError

    def show_place(self, place: Place) -> None:
        """Show what a place names; the page is already in front."""

    def concerns(self, changes: Changes) -> bool:
        """True when a change touches what this page shows."""
        return True

    def commands(self) -> dict[str, Callable[[], None]]:
        """What the menus can do here, by the key of the action: new, open, edit, save, print, copy, export, find, undo.

        Asked each time a menu opens or a shortcut is pressed; an action without an entry is grey on this page.
        """
        return {}

    def is_idle(self) -> bool:
        """True when leaving the page loses nothing."""
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """Re-read on coming into sight after a change."""
        super().showEvent(event)
        self.refresh_if_stale()

    def refresh_if_stale(self) -> None:
        """Re-read if something changed since the last reading; a folder or disk that fails is told in a sentence."""
        if self._stale:
            self._stale = False
            read_safely(self.session, self.refresh)

    def _on_changed(self, changes: Changes) -> None:
        if self.concerns(changes):
            self._stale = True
            if self.isVisible():
                self.refresh_if_stale()
