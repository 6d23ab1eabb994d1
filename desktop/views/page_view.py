"""The pages of a paper to scroll through: fitted or zoomed, one or two side by side, words marked."""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.views.page_pictures import PagePictures
from desktop.views.pdf_pages import Hit
from desktop.views.theme import colours

GAP = 12  # pixels around and between pages
SMALLEST, GREATEST = 0.1, 4.0
STEPS = (0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
_STEP = 40
_NEIGHBOURS = 1


class Fit(StrEnum):
    """How large pages are shown: as wide as the room, whole, or at a percentage."""

    WIDTH = "width"
    PAGE = "page"
    PERCENT = "percent"


class PageView(QAbstractScrollArea):
    """Shows the pages of ``pictures``.

    Attributes: ``fit``; ``zoom``, 1.0 for the size on paper by the screen's resolution; ``page`` in front, from 0.
    Signals: ``page_changed(int)``, ``zoom_changed`` also when the way of fitting was changed.
    """

    page_changed = Signal(int)
    zoom_changed = Signal()

    def __init__(self, pictures: PagePictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = pictures
        self.fit, self.zoom, self.page = Fit.WIDTH, 1.0, 0
        self.columns = 1
        self._places: list[QRectF] = []
        self._hits: tuple[Hit, ...] = ()
        self._current: Hit | None = None
        self._grip: QPointF | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("页面预览")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 160)
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)
        self.horizontalScrollBar().setSingleStep(_STEP)
        self.verticalScrollBar().setSingleStep(_STEP)
        pictures.opened.connect(self._on_opened)
        pictures.ready.connect(lambda _: self.viewport().update())

    # What is shown

    def set_fit(self, fit: Fit) -> None:
        """Fit the pages; with PERCENT the size stays as it is."""
        self.fit = fit
        self._lay_out()

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Show at a percentage; the point ``at`` of the viewport (its middle when None) stays where it is."""
        point = at or QPointF(self.viewport().rect().center())
        page, place = self._under(point)
        self.fit, self.zoom = Fit.PERCENT, min(GREATEST, max(SMALLEST, zoom))
        self._lay_out()
        if 0 <= page < len(self._places):
            self._bring(page, place, point)

    def zoom_step(self, by: int, at: QPointF | None = None) -> None:
        """The next larger (1) or smaller (-1) of the usual percentages."""
        larger = [step for step in STEPS if step > self.zoom + 0.005]
        smaller = [step for step in STEPS if step < self.zoom - 0.005]
        self.set_zoom((larger or STEPS[-1:])[0] if by > 0 else (smaller or STEPS[:1])[-1], at)

    def set_columns(self, columns: int) -> None:
        """One page in a row, or two."""
        self.columns = columns
        page = self.page
        self._lay_out()
        self.go_to(page)

    def go_to(self, page: int) -> None:
        """Bring a page to the top."""
        if 0 <= page < len(self._places):
            self.verticalScrollBar().setValue(int(self._places[page].top()) - GAP)
            self._set_page(page)

    def show_hits(self, hits: Sequence[Hit], current: Hit | None) -> None:
        """Mark places, one of them as the current one, which comes into sight."""
        changed = current is not None and current != self._current
        self._hits, self._current = tuple(hits), current
        if changed and current is not None and current.boxes:
            box = self._on_screen(current.page, current.boxes[0])
            if not QRectF(self.viewport().rect()).adjusted(0, GAP, 0, -GAP).contains(box):
                middle = QPointF(self.viewport().rect().center())
                place = box.center() - self._shift(self._places[current.page]).topLeft()
                self._bring(current.page, place / self._scale(), middle)
        self.viewport().update()

    # Where the pages lie

    def _on_opened(self) -> None:
        self._hits, self._current = (), None
        value = self.verticalScrollBar().value()
        self._lay_out()
        # A paper made again after a small change stays where the clerk was reading.
        self.verticalScrollBar().setValue(value)
        self._note_page(force=True)

    def _scale(self) -> float:
        """Logical pixels for a point of the paper."""
        return self.zoom * self.logicalDpiX() / 72

    def _lay_out(self) -> None:
        sizes = self.pictures.sizes
        bars = self.verticalScrollBar().sizeHint().width()
        room = QSizeF(self.maximumViewportSize().width() - bars, self.maximumViewportSize().height())
        rows = [sizes[at : at + self.columns] for at in range(0, len(sizes), self.columns)]
        before = self.zoom
        if rows and self.fit != Fit.PERCENT:
            widest = max(sum(size.width() for size in row) for row in rows)
            highest = max(size.height() for size in sizes)
            free = room.width() - GAP * (min(self.columns, len(sizes)) + 1)
            scale = free / widest
            if self.fit == Fit.PAGE:
                scale = min(scale, (room.height() - 2 * GAP) / highest)
            self.zoom = min(GREATEST, max(SMALLEST, scale * 72 / self.logicalDpiX()))
        self._place(rows)
        self._note_page(force=False)
        self.viewport().update()
        if abs(before - self.zoom) > 0.0005 or self.fit == Fit.PERCENT or rows:
            self.zoom_changed.emit()

    def _place(self, rows: Sequence[Sequence[QSizeF]]) -> None:
        scale, self._places, top = self._scale(), [], float(GAP)
        widths = [sum(round(size.width() * scale) for size in row) + GAP * (len(row) + 1) for row in rows]
        view = self.maximumViewportSize()
        whole = max([*widths, view.width() - self.verticalScrollBar().sizeHint().width()])
        for row, width in zip(rows, widths, strict=True):
            left = float((whole - width) // 2 + GAP)
            for size in row:
                self._places.append(QRectF(left, top, round(size.width() * scale), round(size.height() * scale)))
                left += self._places[-1].width() + GAP
            top += max(round(size.height() * scale) for size in row) + GAP
        room = self.viewport().size()
        for bar, length, shown in (
            (self.verticalScrollBar(), int(top), room.height()),
            (self.horizontalScrollBar(), int(max(widths, default=0)), room.width()),
        ):
            bar.setRange(0, max(0, length - shown))
            bar.setPageStep(max(1, shown - GAP))

    def _shift(self, place: QRectF) -> QRectF:
        return place.translated(-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())

    def _under(self, point: QPointF) -> tuple[int, QPointF]:
        """The page under a point of the viewport, or the one in front, and the place on it in points."""
        shown = [at for at, place in enumerate(self._places) if self._shift(place).contains(point)]
        page = shown[0] if shown else self.page
        if page >= len(self._places):
            return -1, QPointF()
        return page, (point - self._shift(self._places[page]).topLeft()) / self._scale()

    def _bring(self, page: int, place: QPointF, point: QPointF) -> None:
        """Scroll so that a place of a page (in points) lies at a point of the viewport."""
        target = self._places[page].topLeft() + place * self._scale() - point
        self.horizontalScrollBar().setValue(round(target.x()))
        self.verticalScrollBar().setValue(round(target.y()))

    def _on_screen(self, page: int, box: QRectF) -> QRectF:
        scale, corner = self._scale(), self._shift(self._places[page]).topLeft()
        return QRectF(corner + box.topLeft() * scale, box.size() * scale)

    def _note_page(self, *, force: bool) -> None:
        """The page in front is the one that fills most of the upper half."""
        line = self.verticalScrollBar().value() + self.viewport().height() / 3
        page = next((at for at, place in enumerate(self._places) if place.bottom() + GAP > line), None)
        if page is None:
            page = max(0, len(self._places) - 1)
        # Of two pages side by side the one that was asked for stays in front.
        is_beside = self.page < len(self._places) and self._places and self._row(page) == self._row(self.page)
        if force or not is_beside:
            self._set_page(page, force=force)

    def _row(self, page: int) -> int:
        return page // self.columns

    def _set_page(self, page: int, *, force: bool = False) -> None:
        if page != self.page or force:
            self.page = page
            self.page_changed.emit(page)

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what is in sight, and ask for the pictures that are missing."""
        painter = QPainter(self.viewport())
        look, ratio = colours(self), self.devicePixelRatioF()
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Midlight))
        room, seen = QRectF(self.viewport().rect()), []
        for at, place in enumerate(self._places):
            shown = self._shift(place)
            if shown.intersects(room):
                seen.append(at)
                self._draw_page(painter, at, shown, round(shown.width() * ratio), look.strong_line)
        near = [at for at in _around(seen, len(self._places)) if at not in seen]
        self.pictures.want((at, round(self._places[at].width() * ratio)) for at in (*seen, *near))

    def _draw_page(self, painter: QPainter, page: int, shown: QRectF, width: int, line: str) -> None:
        painter.fillRect(shown, Qt.GlobalColor.white)
        picture = self.pictures.picture(page, width)
        stand_in = None if picture is not None else self.pictures.nearest(page, width)
        image = picture if picture is not None else stand_in
        if image is not None and not image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, image.width() != width)
            painter.drawImage(shown, image)
        painter.setPen(QColor(line))
        painter.drawRect(shown.adjusted(-1, -1, 0, 0))
        for hit in self._hits:
            if hit.page == page:
                colour = QColor("#ff9632" if hit == self._current else "#ffe14d")
                colour.setAlpha(150 if hit == self._current else 110)
                for box in hit.boxes:
                    painter.fillRect(self._on_screen(page, box).adjusted(-1, -1, 1, 1), colour)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again and keep the page in front."""
        super().resizeEvent(event)
        self._keep_place(self._lay_out)

    def _keep_place(self, change: "object") -> None:
        page, place = self._under(QPointF(self.viewport().width() / 2, 0))
        if callable(change):
            change()
        if 0 <= page < len(self._places) and self.fit != Fit.PAGE:
            self._bring(page, place, QPointF(self.viewport().width() / 2, 0))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The page in front may be another now."""
        self.viewport().update()
        self._note_page(force=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """PgUp and PgDn go by pages where whole pages are shown, else by the room; Home and End to the ends."""
        step = {Qt.Key.Key_PageDown: self.columns, Qt.Key.Key_PageUp: -self.columns}.get(Qt.Key(event.key()))
        if step is not None and self.fit == Fit.PAGE:
            self.go_to(min(len(self._places) - 1, max(0, self.page + step)))
        elif event.key() == Qt.Key.Key_Home:
            self.go_to(0)
        elif event.key() == Qt.Key.Key_End:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
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
            for bar, by in ((self.horizontalScrollBar(), moved.x()), (self.verticalScrollBar(), moved.y())):
                bar.setValue(bar.value() - round(by))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grip = None
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor)


def _around(seen: Sequence[int], count: int) -> range:
    """The pages in sight and their neighbours, which are drawn ahead."""
    if not seen:
        return range(0)
    return range(max(0, seen[0] - _NEIGHBOURS), min(count, seen[-1] + 1 + _NEIGHBOURS))
