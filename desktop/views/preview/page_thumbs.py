"""The pages of a paper small, one below the other, to jump by."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QWidget

from desktop.views.looks.theme import colours
from desktop.views.preview.page_pictures import PagePictures
from desktop.views.tables.columns import ACCESSIBLE, DISPLAY
from desktop.views.tables.row_model import Index

WIDTH = 84  # logical pixels of a small page
PICTURE = int(Qt.ItemDataRole.UserRole) + 1
_PAD = 6
_NOWHERE = QModelIndex()


class ThumbModel(QAbstractListModel):
    """The pages of ``pictures``; a picture is asked for when it comes into sight."""

    def __init__(self, pictures: PagePictures, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pictures = pictures
        self.ratio = 1.0
        self.sizes: tuple[QSizeF, ...] = ()
        pictures.opened.connect(self.refill)
        pictures.ready.connect(self._on_ready)

    def refill(self) -> None:
        """The pages of the PDF now open."""
        self.beginResetModel()
        self.sizes = self.pictures.sizes
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """The pages."""
        return 0 if parent.isValid() else len(self.sizes)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """Number and picture of a page."""
        if not index.isValid():
            return None
        if role == DISPLAY:
            return str(index.row() + 1)
        if role == ACCESSIBLE:
            return f"第{index.row() + 1}页"
        return self._picture(index.row()) if role == PICTURE else None

    def _picture(self, page: int) -> QImage | None:
        width = round(WIDTH * self.ratio)
        found = self.pictures.picture(page, width)
        if found is None:
            self.pictures.want_small(page, width)
            return self.pictures.nearest(page, width)
        return found

    def _on_ready(self, page: int) -> None:
        if page < len(self.sizes):
            self.dataChanged.emit(self.index(page), self.index(page), [PICTURE])


class _Delegate(QStyledItemDelegate):
    """Draws a page with its number below."""

    def sizeHint(self, option: Any, index: Index) -> QSize:
        """As high as the page is, and its number."""
        model = index.model()
        size = model.sizes[index.row()] if isinstance(model, ThumbModel) else None
        height = round(WIDTH * size.height() / size.width()) if size else WIDTH
        return QSize(WIDTH + 2 * _PAD, min(height, 2 * WIDTH) + option.fontMetrics.height() + 2 * _PAD)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Draw one page."""
        look = colours()
        words = option.fontMetrics.height()
        area = option.rect.adjusted(0, _PAD, 0, -_PAD - words)
        page = QRect(area.left() + (area.width() - WIDTH) // 2, area.top(), WIDTH, area.height())
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if is_chosen:
            painter.fillRect(option.rect, QColor(look.selected))
        painter.fillRect(page, Qt.GlobalColor.white)
        image = index.data(PICTURE)
        if isinstance(image, QImage) and not image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(page, image)
        painter.setPen(QColor(look.accent if is_chosen else look.strong_line))
        painter.drawRect(page.adjusted(-1, -1, 0, 0))
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        below = QRect(option.rect.left(), area.bottom() + 2, option.rect.width(), words + 2)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), index.data(DISPLAY))
        painter.restore()


class ThumbList(QListView):
    """Signals: ``picked(int)`` when the clerk chooses a page, from 0."""

    picked = Signal(int)

    def __init__(self, pictures: PagePictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("页面缩略图")
        self.setItemDelegate(_Delegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.thumbs = ThumbModel(pictures, self)
        self.setModel(self.thumbs)
        self.thumbs.ratio = self.devicePixelRatioF()
        self.setFixedWidth(WIDTH + 4 * _PAD + self.verticalScrollBar().sizeHint().width())
        self.clicked.connect(lambda index: self.picked.emit(index.row()))

    def show_page(self, page: int) -> None:
        """Mark the page in front."""
        index = self.thumbs.index(page)
        if index.isValid() and index != self.currentIndex():
            self.setCurrentIndex(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The arrow keys choose too."""
        super().currentChanged(current, previous)
        if self.hasFocus() and current.isValid():
            self.picked.emit(current.row())
