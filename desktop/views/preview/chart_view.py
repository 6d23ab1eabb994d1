"""One chart on the screen: the page that would be printed, as a picture, whose bars can be clicked."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QToolTip, QWidget

from desktop.operations.figures import draw_chart_page
from desktop.operations.pdf_turn import PDFIUM
from desktop.rules.charts import Chart
from desktop.views.looks.theme import colours
from desktop.views.preview.pdf_pages import draw_page, open_pdf, page_sizes

if TYPE_CHECKING:
    from desktop.operations.figures import Spot

POINTS = 420.0
_PIXELS_A_POINT = 1.08


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as a picture, and what can be clicked on it in points of the drawing."""

    image: QImage
    size: QSize
    spots: tuple["Spot", ...]


def draw(chart: Chart, ratio: float) -> Drawing:
    """Draw a chart for a screen of that many pixels a point of its own; to be called off the window's thread."""
    printed, spots = draw_chart_page(chart, POINTS)
    with PDFIUM:
        document = open_pdf(printed.data)
        try:
            size = page_sizes(document)[0]
            image = draw_page(document, 0, _PIXELS_A_POINT * ratio)
        finally:
            document.close()
    image.setDevicePixelRatio(ratio)
    shown = QSize(round(size.width() * _PIXELS_A_POINT), round(size.height() * _PIXELS_A_POINT))
    return Drawing(image, shown, spots)


class ChartView(QFrame):
    """Shows one chart. Tab and the arrow keys go from bar to bar, Enter opens it.

    Signals: ``chosen(Spot)`` when a bar or point is clicked.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._spots: tuple[Spot, ...] = ()
        self._image: QImage | None = None
        self._size = QSize(int(POINTS * _PIXELS_A_POINT), 200)
        self._at = -1

    @property
    def spots(self) -> tuple["Spot", ...]:
        """What can be clicked, in points of the drawing."""
        return self._spots

    def show_drawing(self, chart: Chart, drawing: Drawing) -> None:
        """Show a chart as drawn; the numbers behind its bars are told to screen readers too."""
        self._spots, self._image, self._size = drawing.spots, drawing.image, drawing.size
        self._at = -1
        self.setAccessibleName(chart.title)
        self.setAccessibleDescription("；".join(spot.told for spot in self._spots) or "没有数据")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """The size of the picture, with the frame."""
        return self._size + QSize(12, 12)

    def minimumSizeHint(self) -> QSize:
        """A chart is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, and a frame round the bar under mouse or keyboard."""
        super().paintEvent(event)
        if self._image is None:
            return
        painter = QPainter(self)
        painter.drawImage(6, 6, self._image)
        if 0 <= self._at < len(self._spots):
            painter.setPen(QPen(QColor(colours().accent), 2))
            painter.drawRect(self._rectangle(self._spots[self._at]))
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is under the mouse."""
        at = self._spot_at(event.position().x(), event.position().y())
        self.setCursor(Qt.CursorShape.PointingHandCursor if at >= 0 else Qt.CursorShape.ArrowCursor)
        if at != self._at:
            self._at = at
            self.update()
        if at >= 0:
            QToolTip.showText(event.globalPosition().toPoint(), self._spots[at].told, self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the problems behind a bar."""
        at = self._spot_at(event.position().x(), event.position().y())
        if at >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self._spots[at])

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the mouse any more."""
        if not self.hasFocus():
            self._at = -1
            self.update()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose a bar, Enter opens it."""
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in moves and self._spots:
            self._at = (max(self._at, -1) + moves[key]) % len(self._spots)
            self.setToolTip(self._spots[self._at].told)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._at < len(self._spots):
            self.chosen.emit(self._spots[self._at])
        else:
            super().keyPressEvent(event)

    def _rectangle(self, spot: "Spot") -> QRectF:
        scale = _PIXELS_A_POINT
        return QRectF(6 + spot.x * scale, 6 + spot.y * scale, spot.width * scale, spot.height * scale)

    def _spot_at(self, x: float, y: float) -> int:
        return next((at for at, spot in enumerate(self._spots) if self._rectangle(spot).contains(x, y)), -1)
