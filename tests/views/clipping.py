"""What is cut off in a window: words in less room than they need, and parts that stick out of what holds them."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QDialog,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QWidget,
)

from desktop.views.status_bar import ElidedLabel

LARGEST = QSize(1000, 560)
SLACK = 1  # pixels that rounding takes


def cut_off(window: QWidget, size: tuple[int, int] | None = None) -> list[str]:
    """One line for everything that is cut off; ``size`` is what the window was given, and must have kept."""
    found = []
    if size and (window.width(), window.height()) != size:
        found.append(f"window grew to {window.width()}×{window.height()}")
    if isinstance(window, QDialog) and window.size().boundedTo(LARGEST) != window.size():
        found.append(f"dialog of {window.width()}×{window.height()}")
    for child in window.findChildren(QWidget):
        if child.isVisible():
            found += (f"{type(child).__name__} {line}" for line in _faults(child))
    return found


def _faults(child: QWidget) -> Iterator[str]:
    for kind, look in _LOOKS:
        if isinstance(child, kind):
            yield from look(child)
            break
    if _sticks_out(child):
        yield f"sticks out of {type(child.parentWidget()).__name__}: {_words(child)!r}"


def _words(child: QWidget) -> str:
    for name in ("text", "currentText", "title", "accessibleName"):
        value = getattr(child, name, None)
        if callable(value) and (words := value()):
            return str(words)[:40]
    return child.objectName()


def _sticks_out(child: QWidget) -> bool:
    """Out of its parent, where no scroll bar leads to the rest."""
    above = child.parentWidget()
    if above is None or child.isWindow() or above.objectName() in ("qt_scrollarea_viewport",):
        return False
    if isinstance(above, (QAbstractScrollArea, QHeaderView, QComboBox, QLineEdit)) or not _words(child):
        return False
    return not above.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK).contains(child.geometry())


def _label(label: QLabel) -> Iterator[str]:
    if not label.text() or isinstance(label, ElidedLabel):
        return
    if label.wordWrap():
        if label.height() + SLACK < label.heightForWidth(label.width()):
            yield f"low: {label.text()[:40]!r} {label.height()} of {label.heightForWidth(label.width())}"
        return
    yield from _room(label, label.text())


def _button(button: QAbstractButton) -> Iterator[str]:
    if button.text():
        yield from _room(button, button.text())


def _room(child: QWidget, words: str) -> Iterator[str]:
    wanted = child.sizeHint()
    if child.width() + SLACK < wanted.width() or child.height() + SLACK < wanted.height():
        yield f"small: {words[:40]!r} {child.width()}×{child.height()} of {wanted.width()}×{wanted.height()}"


def _combo(box: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, box).width()
    wanted = box.fontMetrics().horizontalAdvance(box.currentText())
    if room + SLACK < wanted and box.currentText() not in box.toolTip():
        yield f"narrow: {box.currentText()[:40]!r} {room} of {wanted}"


def _header(header: QHeaderView) -> Iterator[str]:
    if header.orientation() != Qt.Orientation.Horizontal:
        return
    for at in range(header.count()):
        words = str(header.model().headerData(at, Qt.Orientation.Horizontal) or "")
        wanted = header.sectionSizeFromContents(at).width()
        if words and not header.isSectionHidden(at) and header.sectionSize(at) + SLACK < wanted:
            yield f"narrow: {words!r} {header.sectionSize(at)} of {wanted}"


def _tabs(bar: QTabBar) -> Iterator[str]:
    for at in range(bar.count()):
        if bar.tabRect(at).right() > bar.width() + SLACK:
            yield f"tab out of sight: {bar.tabText(at)!r}"


def _line(line: QLineEdit) -> Iterator[str]:
    """The words that stand in an empty field must be readable; what is typed may be longer than the field."""
    words = line.placeholderText()
    if not words or line.text():
        return
    room = line.contentsRect().width() - line.textMargins().left() - line.textMargins().right() - 4
    wanted = line.fontMetrics().horizontalAdvance(words)
    if room + SLACK < wanted:
        yield f"placeholder: {words!r} {room} of {wanted}"


def _group(group: QGroupBox) -> Iterator[str]:
    if group.fontMetrics().horizontalAdvance(group.title()) > group.width():
        yield f"narrow: {group.title()!r}"


_LOOKS: tuple[tuple[type[QWidget], Callable[..., Iterator[str]]], ...] = (
    (QLabel, _label),
    (QAbstractButton, _button),
    (QComboBox, _combo),
    (QHeaderView, _header),
    (QTabBar, _tabs),
    (QLineEdit, _line),
    (QGroupBox, _group),
)
