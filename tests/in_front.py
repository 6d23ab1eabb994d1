"""A window in front with the keyboard in it, without a screen and on one."""

from typing import Any

from PySide6.QtWidgets import QWidget


def in_front(qtbot: Any, widget: QWidget) -> None:
    """Show the window of a widget and wait until it has the keys, also where no window manager gives them."""
    window = widget.window()
    window.show()
    with qtbot.waitActive(window, timeout=20_000):
        window.activateWindow()
