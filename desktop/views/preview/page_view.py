"""The pages of a paper to scroll through: fitted or zoomed, one or two side by side, words marked."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.views.looks.theme import colours
from desktop.views.preview.page_pictures import PagePictures
from desktop.views.preview.page_places import GAP, GREATEST, SMALLEST, Fit, Places, fitted_scale, next_step, places_of
from desktop.views.preview.pdf_pages import Hit

_STEP = 40
_AHEAD = 1.5  # up to this zoom the neighbours of the pages in sight are drawn ahead
_MARK, _CURRENT_MARK = "#70ffe14d", "#a0ff9632"


class PageView(QAbstractScrollArea):
    """Shows the pages of ``pictures``.

    Attributes: ``fit``; ``zoom``, 1.0 for the size on paper by the screen's resolution; ``columns`` 1 or 2; ``page``
    in front, from 0. Signals: ``page_changed(int)``; ``zoom_changed`` when zoom or the way of fitting changed.
    """

    page_changed = Signal(int)
    zoom_changed = Signal()

    def __init__(self, pictures: PagePictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = pictures
        self.fit, self.zoom, self.columns, self.page = Fit.WIDTH, 1.0, 1, 0
        self._places = Places()
        self._hits: tuple[Hit, ...] = ()
        self._current: Hit | None = None
        self._grip: QPointF | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("页面预览")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 160)
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.setSingleStep(_STEP)
        pictures.opened.connect(self._on_opened)
        pictures.ready.connect(lambda _: self.viewport().update())

    # What is shown

    def set_fit(self, fit: Fit) -> None:
        """Fit the pages; with PERCENT the size stays as it is."""
        page, self.fit = self.page, fit
        self._lay_out()
        if fit == Fit.PAGE:
            self.go_to(page)

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Show at a zoom; the point ``at`` of the viewport (the middle when None) keeps what it shows."""
        point = at or QPointF(self.viewport().rect().center())
        page, place = self._under(point)
        self.fit, self.zoom = Fit.PERCENT, min(GREATEST, max(SMALLEST, zoom))
        self._lay_out()
        self._bring(page, place, point)

    def zoom_step(self, by: int, at: QPointF | None = None) -> None:
        """The next larger (1) or smaller (-1) of the usual zooms."""
        self.set_zoom(next_step(self.zoom, by), at)

    def set_columns(self, columns: int) -> None:
        """One page in a row, or two."""
        page, self.columns = self.page, columns
        self._lay_out()
        self.go_to(page)

    def go_to(self, page: int) -> None:
        """Bring a page to the top."""
        if 0 <= page < len(self._places.pages):
            self.verticalScrollBar().setValue(int(self._places.pages[page].top()) - GAP)
            self._set_page(page)

    def show_hits(self, hits: Sequence[Hit], current: Hit | None) -> None:
        """Mark places; the current one is marked more strongly and, when it is another, comes into sight."""
        is_other = current is not None and current != self._current
        self._hits, self._current = tuple(hits), current
        if current is not None and is_other and current.boxes:
            box = self._on_screen(current.page, current.boxes[0])
            if not QRectF(self.viewport().rect()).adjusted(0, GAP, 0, -GAP).contains(box):
                self._bring(current.page, current.boxes[0].center(), QPointF(self.viewport().rect().center()))
            self._set_page(current.page)
        self.viewport().update()

    def box_of_current(self) -> QRectF:
        """Where the current mark lies in the viewport; empty without one."""
        if self._current is None or not self._current.boxes:
            return QRectF()
        return self._on_screen(self._current.page, self._current.boxes[0])

    @property
    def is_drawn(self) -> bool:
        """True when the pictures of all pages in sight are there, as sharp as the screen."""
        if self.pictures.is_busy:
            return False
        return all(self.pictures.picture(page, self._width(page)) is not None for page in self._in_sight())

    # Where the pages lie

    def _on_opened(self) -> None:
        self._hits, self._current = (), None
        value = self.verticalScrollBar().value()
        self._lay_out()
        # A paper made again after a small change stays where the clerk was reading.
        self.verticalScrollBar().setValue(value)
        self._set_page(self._places.page_at(self._line()), force=True)

    def _scale(self) -> float:
        """Logical pixels for a point of the paper."""
        return self.zoom * self.logicalDpiX() / 72

    def _lay_out(self) -> None:
        sizes, view = self.pictures.sizes, self.maximumViewportSize()
        # As if the bar were there: its coming and going would change the zoom for ever.
        room = QSizeF(view.width() - self.verticalScrollBar().sizeHint().width(), view.height())
        if sizes and self.fit != Fit.PERCENT:
            scale = fitted_scale(sizes, self.columns, room, self.fit)
            self.zoom = min(GREATEST, max(SMALLEST, scale * 72 / self.logicalDpiX()))
        self._places = places_of(sizes, self.columns, self._scale(), room.width())
        shown = self.viewport().size()
        for bar, length, part in (
            (self.verticalScrollBar(), self._places.height, shown.height()),
            (self.horizontalScrollBar(), self._places.width, shown.width()),
        ):
            bar.setRange(0, max(0, length - part))
            bar.setPageStep(max(1, part - GAP))
        self._note_page()
        self.viewport().update()
        self.zoom_changed.emit()

    def _shift(self, place: QRectF) -> QRectF:
        return place.translated(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())

    def _under(self, point: QPointF) -> tuple[int, QPointF]:
        """The page under a point of the viewport, else the one in front, and the place on it in points."""
        pages = self._places.pages
        page = next((at for at, place in enumerate(pages) if self._shift(place).contains(point)), self.page)
        if page >= len(pages):
            return page, QPointF()
        return page, (point - self._shift(pages[page]).topLeft()) * (1 / self._scale())

    def _bring(self, page: int, place: QPointF, point: QPointF) -> None:
        """Scroll so that a place of a page (in points) lies at a point of the viewport."""
        if page < len(self._places.pages):
            target = self._places.pages[page].topLeft() + place * self._scale() - point
            self.horizontalScrollBar().setValue(round(target.x()))
            self.verticalScrollBar().setValue(round(target.y()))

    def _on_screen(self, page: int, box: QRectF) -> QRectF:
        corner = self._shift(self._places.pages[page]).topLeft()
        return QRectF(corner + box.topLeft() * self._scale(), box.size() * self._scale())

    def _line(self) -> float:
        """The height that tells the page in front."""
        return self.verticalScrollBar().value() + self.viewport().height() / 3

    def _note_page(self) -> None:
        page = self._places.page_at(self._line())
        # Of two pages side by side the one that was asked for stays in front.
        if page // self.columns != self.page // self.columns:
            self._set_page(page)

    def _set_page(self, page: int, *, force: bool = False) -> None:
        if page != self.page or force:
            self.page = page
            self.page_changed.emit(page)

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in sight, and ask for the pictures that are missing."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Midlight))
        pages, seen, ahead = self._places.pages, self._in_sight(), []
        for at in seen:
            self._draw_page(painter, at, self._shift(pages[at]), self._width(at))
        if seen and self.zoom * self.devicePixelRatioF() <= _AHEAD:
            ahead = [at for at in (seen[-1] + 1, seen[0] - 1) if 0 <= at < len(pages)]
        self.pictures.want((at, self._width(at)) for at in (*seen, *ahead))

    def _in_sight(self) -> list[int]:
        """The pages that the viewport shows a part of."""
        room = QRectF(self.viewport().rect())
        return [at for at, place in enumerate(self._places.pages) if self._shift(place).intersects(room)]

    def _width(self, page: int) -> int:
        """How wide a page is shown, in pixels of the screen."""
        return round(self._places.pages[page].width() * self.devicePixelRatioF())

    def _draw_page(self, painter: QPainter, page: int, shown: QRectF, width: int) -> None:
        painter.fillRect(shown, Qt.GlobalColor.white)
        image = self.pictures.picture(page, width)
        if image is None:
            image = self.pictures.nearest(page, width)
        if image is not None and not image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, image.width() != width)
            painter.drawImage(shown, image)
        painter.setPen(QColor(colours().strong_line))
        painter.drawRect(shown.adjusted(-1, -1, 0, 0))
        for hit in self._hits:
            if hit.page == page:
                colour = QColor(_CURRENT_MARK if hit == self._current else _MARK)
                for box in hit.boxes:
                    painter.fillRect(self._on_screen(page, box).adjusted(-1, -1, 1, 1), colour)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again; what is at the top stays there."""
        super().resizeEvent(event)
        top = QPointF(self.viewport().width() / 2, 0)
        page, place = self._under(top)
        self._lay_out()
        if self.fit == Fit.PAGE:
            self.go_to(self.page)
        else:
            self._bring(page, place, top)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The page in front may be another now."""
        self.viewport().update()
        self._note_page()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PgUp and PgDn go by pages where whole pages are shown, else by the room; Home and End to the ends."""
        step = {Qt.Key.Key_PageDown: self.columns, Qt.Key.Key_PageUp: -self.columns}.get(Qt.Key(event.key()))
        last = len(self._places.pages) - 1
        if step is not None and self.fit == Fit.PAGE:
            self.go_to(min(last, max(0, self.page + step)))
        elif event.key() == Qt.Key.Key_Home:
            self.go_to(0)
        elif event.key() == Qt.Key.Key_End:
            self.go_to(last)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel zooms about the pointer."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_step(1 if event.angleDelta().y() > 0 else -1, event.position())
            event.accept()
            return
        super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the page."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.position()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the page."""
        if self._grip is not None:
            moved, self._grip = event.position() - self._grip, event.position()
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - round(moved.x()))
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - round(moved.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grip = None
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
