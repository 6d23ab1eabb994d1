"""A part of the window that hands the keyboard on to one of its own parts."""

from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget


class Pane(QWidget):
    """A widget of many parts, one of which takes the keys when the whole is given the focus.

    Qt's focus proxy would do that too, but the Tab key would then jump from before the pane to that part, past
    whatever stands above it, and end there when the part is out of sight.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first: QWidget | None = None

    def begin_at(self, part: QWidget) -> None:
        """Name the part that takes the keys."""
        self._first = part

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on; where the part cannot take it, it stays here, and Tab goes to what can."""
        super().focusInEvent(event)
        if self._first is not None and self._first.isVisible() and self._first.isEnabled():
            self._first.setFocus(event.reason())
