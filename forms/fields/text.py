"""Text fields: one line, several lines that grow with their content, and a whole number that may stay empty."""

import math
import unicodedata

from PySide6.QtCore import QMimeData, QSize
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget


class TextLine(QLineEdit):
    """One line of text. Files dropped on it go to the form, not into the text as an address."""

    def __init__(self, text: str = "", placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setPlaceholderText(placeholder)
        self.setAcceptDrops(False)


class TextArea(QPlainTextEdit):
    """A text of several lines, as high as what is written; Tab goes to the next field."""

    def __init__(self, text: str = "", least: int = 2, most: int = 9, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self.updateGeometry())
        self.setPlainText(text)

    def sizeHint(self) -> QSize:
        """Wide as Qt says, high as the text between the least and the most number of lines."""
        return QSize(super().sizeHint().width(), self._height())

    def minimumSizeHint(self) -> QSize:
        """As high as the hint, so that a form scrolls and no text is squeezed."""
        return QSize(super().minimumSizeHint().width(), self._height())

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Texts only: files and pictures belong to the file list."""
        return source.hasText() and not source.hasUrls()

    def _height(self) -> int:
        # The layout of a plain text counts its height in lines, not in pixels.
        lines = max(self._least, min(self._most, int(self.document().size().height())))
        margins = self.contentsMargins()
        frame = 2 * self.frameWidth() + margins.top() + margins.bottom() + 2 * self.document().documentMargin()
        return math.ceil(lines * self.fontMetrics().lineSpacing() + frame)


class NumberLine(TextLine):
    """A whole number, or empty where it is not known; full-width digits count as digits."""

    def __init__(self, number: int | None = None, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__("" if number is None else str(number), placeholder, parent)

    def number(self) -> int | None:
        """The number, None when the field is empty or holds no whole number."""
        text = self._shadow()
        return int(text) if self.is_readable() and text else None

    def is_readable(self) -> bool:
        """True for an empty field and for a whole number of at most nine digits."""
        text = self._shadow()
        return not text or (text.isascii() and text.isdecimal() and len(text) <= 9)

    def fault(self) -> str:
        """Why the field cannot be read, in words; empty when it can."""
        return "" if self.is_readable() else f"“{self.text().strip()}”不是整数，请只填数字"

    def _shadow(self) -> str:
        return unicodedata.normalize("NFKC", self.text()).strip()
