"""Buttons with one of our icons, which follow a change of the look."""

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.views.icons import icon
from desktop.views.theme import colours

_PICTURE = "picture"


def icon_button(words: str, picture: str) -> QPushButton:
    """A button with an icon of ``resources/icons`` in the accent colour."""
    button = QPushButton(icon(picture, colours().accent), words)
    button.setProperty(_PICTURE, picture)
    return button


def restyle_icons(root: QWidget) -> None:
    """Draw the icons of all such buttons inside a widget in the colours now in use."""
    for button in root.findChildren(QPushButton):
        picture = button.property(_PICTURE)
        if picture:
            button.setIcon(icon(picture, colours().accent))
