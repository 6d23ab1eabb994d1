"""The application with the program's looks, typing as an input method types, and the invented case beside."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.views.looks.theme import apply_theme, load_fonts, speak_chinese

Write = Callable[[QWidget, str], None]
Drop = Callable[..., bool]


def _beside(name: str) -> None:
    """Make a module that lies beside the tests, in no package, importable by its name."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


_beside("made_up")


@pytest.fixture(autouse=True, scope="session")
def looks(qapp: QApplication) -> QApplication:
    """The application with the program's font, locale and style."""
    assert load_fonts(qapp)
    speak_chinese(qapp)
    apply_theme(qapp)
    return qapp


@pytest.fixture
def write() -> Write:
    """Commit a text to a field as an input method does."""

    def commit(field: QWidget, text: str) -> None:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(field, event)

    return commit


@pytest.fixture
def drop() -> Drop:
    """Drag files onto a widget and let go; False when the widget does not take them."""

    def release(target: QWidget, *paths: Path) -> bool:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        actions, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        button, middle = Qt.MouseButton.LeftButton, target.rect().center()
        enter = QDragEnterEvent(middle, actions, mime, button, none)
        QApplication.sendEvent(target, enter)
        if not enter.isAccepted():
            return False
        event = QDropEvent(QPointF(middle), actions, mime, button, none)
        QApplication.sendEvent(target, event)
        return event.isAccepted()

    return release
