"""One large picture with its caption: zoom, turn, drag; the stored file never changes."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPixmap, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.rules.photo_pairs import side_of
from desktop.rules.wording import date_in_text
from desktop.views.case.evidence_model import MISSING, Tile
from desktop.views.case.words import badge, rich_label, set_tone, toned
from desktop.views.looks.theme import colours

LARGEST = 4_096  # pixels a side: more no screen shows, and an old PC has no room for
_STEP = 1.25
_SMALLEST, _GREATEST = 0.02, 8.0


def read_image(path: str) -> QImage:
    """A picture upright as its camera was held, at most ``LARGEST`` pixels a side; null when it cannot be read."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    # The file lies under its hash, without an ending that tells its format.
    reader.setDecideFormatFromContent(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > LARGEST:
        reader.setScaledSize(size.scaled(QSize(LARGEST, LARGEST), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


class PictureView(QGraphicsView):
    """The picture itself. Attributes: ``on_zoom`` is called after every zoom with the factor now in use."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.on_zoom: Callable[[], None] = _nothing
        self._fits = True
        self._turned = 0
        self._scene = QGraphicsScene(self)
        self._item = self._scene.addPixmap(QPixmap())
        self._item.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.setScene(self._scene)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(160, 120)

    @property
    def turned(self) -> int:
        """Degrees to the right the picture is turned by."""
        return self._turned

    @property
    def zoom(self) -> float:
        """Screen pixels for one pixel of the picture."""
        now = self.transform()
        return float((now.m11() ** 2 + now.m12() ** 2) ** 0.5)

    def show_image(self, image: QImage) -> None:
        """Show another picture, whole and upright."""
        self._item.setPixmap(QPixmap.fromImage(image))
        self._scene.setSceneRect(self._item.boundingRect())
        self._turned = 0
        self.fit()

    def fit(self) -> None:
        """The whole picture in the window; a small one is not blown up."""
        self._fits = True
        self.setTransform(QTransform().rotate(self._turned))
        if not self._item.pixmap().isNull():
            self.fitInView(self._item, Qt.AspectRatioMode.KeepAspectRatio)
            if self.zoom > 1:
                self._scale_to(1.0)
        self.on_zoom()

    def turn(self, degrees: int) -> None:
        """Turn the picture in the window only."""
        self._turned = (self._turned + degrees) % 360
        self.fit()

    def zoom_by(self, factor: float) -> None:
        """Larger or smaller by a factor."""
        self.zoom_to(self.zoom * factor)

    def zoom_to(self, zoom: float) -> None:
        """A zoom of 1.0 shows every pixel of the picture as one of the screen."""
        self._fits = False
        self._scale_to(min(_GREATEST, max(_SMALLEST, zoom)))
        self.on_zoom()

    def _scale_to(self, zoom: float) -> None:
        self.setTransform(QTransform().rotate(self._turned).scale(zoom, zoom))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A picture shown whole stays whole."""
        super().resizeEvent(event)
        if self._fits:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel zooms."""
        self.zoom_by(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)
        event.accept()


class PhotoArea(QWidget):
    """A picture under its tags and over its caption."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tile: Tile | None = None
        self.side = badge()
        self.name = QLabel()
        self.name.setObjectName("subtitle")
        self.view = PictureView()
        self.caption = rich_label("照片的说明")
        self.caption.setAlignment(Qt.AlignmentFlag.AlignTop)
        head = QHBoxLayout()
        head.addWidget(self.side)
        head.addWidget(self.name, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.caption)

    def show_tile(self, tile: Tile) -> None:
        """Show what is known of a piece; its picture follows."""
        self.tile = tile
        side = side_of(tile.piece)
        set_tone(self.side, side, "accent" if side == "整改前" else "ok")
        self.name.setText(tile.piece.name)
        self.name.setToolTip(tile.piece.name)
        self.caption.setText(caption_of(tile))
        self.view.setAccessibleName(tile.sentence())
        self.view.setBackgroundBrush(QColor(colours().hover))
        self.view.show_image(QImage())

    def show_image(self, image: object) -> None:
        """The picture has come, or cannot be shown."""
        if isinstance(image, QImage) and not image.isNull():
            self.view.show_image(image)
        elif self.tile is not None:
            words = MISSING if not self.tile.piece.present else "这张图片无法显示，可以用系统程序打开试试"
            self.caption.setText(f"{toned(words, 'late')}<br>{caption_of(self.tile)}")


def caption_of(tile: Tile) -> str:
    """Remark, date and place from the record, and whether the same picture proves another problem."""
    piece, muted = tile.piece, "muted"
    taken = f"拍摄日期：{date_in_text(piece.taken_on)}" if piece.taken_on else "没有拍摄日期"
    place = f"拍摄地点：{piece.place}" if piece.place else "没有拍摄地点"
    added = f"收入：{date_in_text(piece.added_on)}　{piece.person}".strip() if piece.added_on else ""
    lines = [toned("　".join(p for p in (taken, place, tile.serves, added) if p), muted)]
    if piece.note:
        lines.insert(0, toned(piece.note, ""))
    if tile.elsewhere:
        numbers = "、".join(map(str, tile.elsewhere))
        lines.append(toned(f"问题{numbers}的佐证材料里有完全相同的文件，请核实。", "warn"))
    return "<br>".join(lines)


def _nothing() -> None:
    """What a zoom does when nobody listens."""
