"""What the Tab key reaches in a window, and what it does not."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

MOST = 800  # presses: a grid is walked cell by cell
_TAB = Qt.FocusPolicy.TabFocus
_FORWARD = (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
_BACK = (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)


def stops(window: QWidget) -> list[QWidget]:
    """All in sight that takes the keys by Tab. What a larger control holds is reached through that one."""
    return [
        part
        for part in window.findChildren(QWidget)
        if part.isVisible() and part.isEnabled() and part.window() is window
        if part.focusPolicy() & _TAB == _TAB and part.focusProxy() is None
    ]


def unreached(window: QWidget) -> Iterator[str]:
    """One line for each control that Tab or Shift+Tab does not reach, and where they never come round again."""
    for name, (key, held) in (("Tab", _FORWARD), ("Shift+Tab", _BACK)):
        met, is_round = _walk(window, key, held)
        missed = [part for part in stops(window) if part not in met]
        yield from (f"{name} never reaches {words(part)}" for part in missed)
        if not is_round:
            yield f"{name} stays at {words(QApplication.focusWidget())}"


def _walk(window: QWidget, key: Qt.Key, held: Qt.KeyboardModifier) -> tuple[list[QWidget | None], bool]:
    """What gets the focus one after the other, and whether the first of them gets it again."""
    met: list[QWidget | None] = []
    for _ in range(MOST):
        QTest.keyClick(QApplication.focusWidget() or window, key, held)
        here = QApplication.focusWidget()
        if len(met) > 1 and here is met[0]:
            return met, True
        if here not in met:
            met.append(here)
    return met, len(met) == len(stops(window)) == 1


def words(part: QWidget | None) -> str:
    """A control as a message names it."""
    if part is None:
        return "nothing"
    shown = getattr(part, "text", None)
    name = part.accessibleName() or (shown() if callable(shown) and not isinstance(part, QLineEdit) else "")
    return f"{type(part).__name__} {name or part.objectName()}".strip()
