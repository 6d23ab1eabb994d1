"""The source of a plan as text: stretches marked, a place clicked, a stretch brought into sight."""

from bisect import bisect_right
from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent, QTextCharFormat, QTextCursor, QTextFormat
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QTextEdit, QWidget

from desktop.rules.drafts import Span
from desktop.views.looks.theme import colours

LONG_SPAN = 400
_SIMPLE_BREAKS = str.maketrans({"\r": "\n", "\v": "\n", "\f": "\n", "\u2028": "\n", "\u2029": "\n"})


class Offsets:
    """Characters of the source and positions of Qt, which counts rare characters twice."""

    def __init__(self, text: str) -> None:
        self._rare = [at for at, char in enumerate(text) if ord(char) > 0xFFFF]
        self._rare_in_qt = [at + before for before, at in enumerate(self._rare)]

    def to_qt(self, at: int) -> int:
        """Where Qt has a character of the source."""
        return at + bisect_right(self._rare, at - 1)

    def from_qt(self, at: int) -> int:
        """Which character of the source stands at a position of Qt."""
        return at - bisect_right(self._rare_in_qt, at - 1)


class SourceView(QPlainTextEdit):
    """Shows a source that cannot be edited.

    Signals: ``placed(int)`` when the clerk puts the cursor somewhere, in characters of the source; ``taken(str)``
    when a selected text should go into the current field.
    """

    placed = Signal(int)
    taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offsets = Offsets("")
        self._around: tuple[Span, ...] = ()
        self._loose: tuple[Span, ...] = ()
        self._current: Span | None = None
        self.setReadOnly(True)
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.TextSelectableByMouse | flags.TextSelectableByKeyboard)
        self.setTabChangesFocus(True)
        self.setAccessibleName("方案原文")
        self.setPlaceholderText("方案原文")

    def set_source(self, text: str) -> None:
        """Show a source; one character stays one character, so that spans fit."""
        shown = text.replace("\r\n", " \n").translate(_SIMPLE_BREAKS)
        self._offsets = Offsets(shown)
        self._around, self._loose, self._current = (), (), None
        self.setPlainText(shown)
        self._paint()

    def set_loose(self, spans: Iterable[Span]) -> None:
        """Mark what belongs to no field."""
        self._loose = tuple(spans)
        self._paint()

    def show_problem(self, spans: Iterable[Span]) -> None:
        """Mark the fields of one problem lightly."""
        self._around = tuple(spans)
        self._paint()

    def show_span(self, span: Span | None, *, scroll: bool = True) -> None:
        """Mark one stretch strongly and bring it into sight."""
        self._current = span
        self._paint()
        if span is not None and scroll:
            self._bring_into_sight(span)

    @property
    def current(self) -> Span | None:
        """The stretch that is marked strongly."""
        return self._current

    def selected_text(self) -> str:
        """What the clerk selected, with line breaks."""
        return self.textCursor().selectedText().replace("\u2029", "\n").strip()

    def restyle(self) -> None:
        """Draw the marks in the colours now in use."""
        self._paint()

    def _bring_into_sight(self, span: Span) -> None:
        """Scroll so that the stretch begins in the upper third, where it is not in sight already."""
        first, last = self._cursor(Span(span.start, span.start)), self._cursor(Span(span.end, span.end))
        room = self.viewport().rect()
        if room.contains(self.cursorRect(first)) and room.contains(self.cursorRect(last)):
            return
        before = self.textCursor()
        blocked = self.blockSignals(True)
        self.setTextCursor(first)
        self.centerCursor()
        lines = room.height() // max(1, self.fontMetrics().lineSpacing())
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + lines // 5)
        if before.hasSelection():
            self.setTextCursor(before)
        self.blockSignals(blocked)

    def _cursor(self, span: Span) -> QTextCursor:
        cursor = QTextCursor(self.document())
        last = self.document().characterCount() - 1
        cursor.setPosition(min(last, self._offsets.to_qt(span.start)))
        cursor.setPosition(min(last, self._offsets.to_qt(span.end)), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _paint(self) -> None:
        look = colours()
        found = [self._selection(span, look.warn_back, "") for span in self._loose]
        found += [self._selection(span, look.hover, "") for span in self._around]
        if self._current is not None:
            # A line under a whole page would only be in the way of reading it.
            is_short = self._current.end - self._current.start <= LONG_SPAN
            found.append(self._selection(self._current, look.selected, look.accent if is_short else ""))
        self.setExtraSelections(found)

    def _selection(self, span: Span, back: str, line: str) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        form = QTextCharFormat()
        form.setBackground(QColor(back))
        if line:
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
            form.setUnderlineColor(QColor(line))
        form.setProperty(QTextFormat.Property.FullWidthSelection, False)
        selection.format = form  # type: ignore[attr-defined]
        selection.cursor = self._cursor(span)  # type: ignore[attr-defined]
        return selection

    def place_at(self, point: QPoint) -> int:
        """Which character of the source stands at a point of the view."""
        return self._offsets.from_qt(self.cursorForPosition(point).position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click without a selection chooses what stands there."""
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.textCursor().hasSelection():
            self.placed.emit(self.place_at(event.position().toPoint()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copy, or put the selected text into the current field."""
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def make_menu(self) -> QMenu:
        """The menu on the source."""
        menu = QMenu(self)
        text = self.selected_text()
        copy = menu.addAction("复制")
        copy.triggered.connect(self.copy)
        take = menu.addAction("把所选文字加到当前项目")
        take.triggered.connect(lambda: self.taken.emit(text))
        for action in (copy, take):
            action.setEnabled(bool(text))
        return menu
