"""Buttons and search lines with one of our icons, which follow a change of the look."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QSizePolicy, QToolButton, QWidget

from desktop.views.looks.icons import icon
from desktop.views.looks.theme import colours

_PICTURE = "picture"
_FIND = "find"


def icon_button(words: str, picture: str, act: Callable[[], object] | None = None, tip: str = "") -> QPushButton:
    """A button with an icon of ``resources/icons`` in the accent colour; ``act`` is what a click does."""
    button = QPushButton(icon(picture, colours().accent), words)
    button.setProperty(_PICTURE, picture)
    button.setToolTip(tip)
    if act is not None:
        button.clicked.connect(lambda _=False: act())
    return button


class ShrinkingButton(QPushButton):
    """A button with an icon that loses its words where there is no room for them; they stay its name and its tip."""

    def __init__(self, words: str, picture: str, parent: QWidget | None = None) -> None:
        super().__init__(icon(picture, colours().accent), words, parent)
        self.setProperty(_PICTURE, picture)
        self.setAccessibleName(words)
        self.words = words
        self._whole = super().sizeHint()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for icon and words, whether they are shown or not."""
        if self.text():
            self._whole = super().sizeHint()
        return self._whole

    def minimumSizeHint(self) -> QSize:
        """Room for the icon."""
        whole = self.sizeHint()
        return QSize(whole.width() - self.fontMetrics().horizontalAdvance(self.words), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the words where they fit."""
        super().resizeEvent(event)
        words = self.words if self.width() >= self.sizeHint().width() else ""
        if words != self.text():
            self.setText(words)


def tool_button(words: str, picture: str = "") -> QToolButton:
    """A button of a bar with an icon in the colour of the text, or without; its words are its name and its tip."""
    button = QToolButton()
    button.setText(words)
    button.setToolTip(words)
    button.setAccessibleName(words)
    if picture:
        button.setProperty(_PICTURE, picture)
        button.setIcon(icon(picture, colours().text))
    return button


def mark_as_search(line: QLineEdit) -> None:
    """The magnifying glass before what is searched for."""
    action = line.addAction(icon(_FIND, colours().muted), QLineEdit.ActionPosition.LeadingPosition)
    action.setProperty(_PICTURE, _FIND)


def restyle_icons(root: QWidget) -> None:
    """Draw all such icons inside a widget in the colours now in use."""
    look = colours()
    colours_of = (
        (root.findChildren(QPushButton), look.accent),
        (root.findChildren(QToolButton), look.text),
        (root.findChildren(QAction), look.muted),
    )
    for holders, colour in colours_of:
        for holder in holders:
            picture = holder.property(_PICTURE)
            if picture:
                holder.setIcon(icon(picture, colour))
