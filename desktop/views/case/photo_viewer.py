"""The photo viewer: pictures large, one after the other or before and after side by side."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.rules.photo_pairs import before_after
from desktop.rules.records import Evidence
from desktop.views.case.evidence_model import Tile
from desktop.views.case.photo_area import PhotoArea
from desktop.views.late_reader import LateReader
from desktop.views.looks.icon_buttons import tool_button

_STEP = 1.25
SIZE = QSize(980, 550)


class PhotoViewer(QDialog):
    """Shows the pictures of a case.

    ``read(sha256)`` gives a QImage and is called off the window's thread. Signals: ``save_wanted(Evidence)``,
    ``outside_wanted(Evidence)``. Attributes: ``areas`` are one or two pictures, ``at`` the place of the left one.
    """

    save_wanted = Signal(object)
    outside_wanted = Signal(object)

    def __init__(
        self,
        tiles: Sequence[Tile],
        at: int,
        read: Callable[[str], object],
        *,
        compare: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("photo_viewer")
        self.setWindowTitle("查看照片")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.tiles, self.at = tuple(tiles), at
        self.areas = (PhotoArea(), PhotoArea())
        self._chosen = 0
        self._couples = _couples(self.tiles)
        self._reader = LateReader(read, self)
        self._reader.ready.connect(self._take)
        self._build()
        self.set_compare(compare)
        self.resize(SIZE)

    @property
    def compares(self) -> bool:
        """True while two pictures stand side by side."""
        return self.compare_button.isChecked()

    def shown(self) -> tuple[Tile, ...]:
        """The pictures in the window, from left to right."""
        return tuple(area.tile for area in self.areas if area.tile and not area.isHidden())

    def chosen(self) -> Evidence | None:
        """The piece that is saved and opened: side by side, the one clicked last."""
        tile = self._area().tile
        return tile.piece if tile else None

    def step(self, by: int) -> None:
        """The next picture or pair, or the one before; at the ends nothing happens."""
        at = self.at + by
        if 0 <= at < len(self._places()):
            self.at = at
            self._show()

    def set_compare(self, on: bool) -> None:
        """One picture, or before and after side by side; the picture in sight stays in sight."""
        before = self.shown()
        self.compare_button.setEnabled(bool(self._couples))
        on = on and bool(self._couples)
        self.compare_button.setChecked(on)
        tile = before[0] if before else self.tiles[self.at]
        places = self._places()
        self.at = next((n for n, place in enumerate(places) if tile in place), 0)
        self._show()

    def turn(self, degrees: int) -> None:
        """Turn the picture in the window only; side by side, the one clicked or focused last."""
        self._area().view.turn(degrees)

    def zoom(self, factor: float) -> None:
        """Zoom; side by side both, so that they stay comparable."""
        for area in self.areas:
            if not area.isHidden():
                area.view.zoom_by(factor)

    def fit(self) -> None:
        """Whole pictures."""
        for area in self.areas:
            area.view.fit()

    def whole_size(self) -> None:
        """Every pixel of the picture as one of the screen."""
        for area in self.areas:
            area.view.zoom_to(1.0)

    # Building

    def _build(self) -> None:
        bar = QFrame()
        bar.setObjectName("toolbar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(2)
        self.back_button = self._button(row, "back", "上一张", lambda: self.step(-1))
        self.count = QLabel()
        row.addWidget(self.count)
        self.next_button = self._button(row, "forward", "下一张", lambda: self.step(1))
        row.addSpacing(10)
        self._button(row, "zoom_out", "缩小", lambda: self.zoom(1 / _STEP))
        self.percent = QLabel()
        row.addWidget(self.percent)
        self._button(row, "zoom_in", "放大", lambda: self.zoom(_STEP))
        self._button(row, "", "适合窗口", self.fit)
        self._button(row, "", "原大", self.whole_size)
        row.addSpacing(10)
        self._button(row, "rotate", "向右转", lambda: self.turn(90))
        self.compare_button = self._button(row, "two_pages", "整改前后对比", self._toggle)
        self.compare_button.setCheckable(True)
        row.addStretch(1)
        self._button(row, "save", "另存为…", lambda: self.save_wanted.emit(self.chosen()))
        self._button(row, "open", "用系统程序打开", lambda: self.outside_wanted.emit(self.chosen()))
        pictures = QHBoxLayout()
        pictures.setSpacing(10)
        pictures.setContentsMargins(10, 6, 10, 8)
        for area in self.areas:
            pictures.addWidget(area, 1)
            area.view.on_zoom = self._tell_zoom
            area.view.viewport().installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addLayout(pictures, 1)
        self._add_keys()

    def _button(self, row: QHBoxLayout, picture: str, words: str, act: Callable[[], None]) -> QToolButton:
        button = tool_button(words, picture)
        with_words = not picture or picture in ("two_pages", "save", "open", "rotate")
        style = Qt.ToolButtonStyle
        button.setToolButtonStyle(style.ToolButtonTextBesideIcon if with_words else style.ToolButtonIconOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(act)
        row.addWidget(button)
        return button

    # What is shown

    def _places(self) -> tuple[tuple[Tile, ...], ...]:
        return self._couples if self.compares else tuple((tile,) for tile in self.tiles)

    def _show(self) -> None:
        places = self._places()
        for number, area in enumerate(self.areas):
            place = places[self.at]
            area.setVisible(number < len(place))
            if number < len(place):
                area.show_tile(place[number])
                if place[number].piece.present:
                    self._reader.ask(place[number].piece.sha256)
                else:
                    area.show_image(None)
        self._chosen = 0
        self._level_captions()
        unit = "组" if self.compares else "张"
        self.count.setText(f"第{self.at + 1}{unit}，共{len(places)}{unit}")
        self.back_button.setEnabled(self.at > 0)
        self.next_button.setEnabled(self.at + 1 < len(places))

    def _level_captions(self) -> None:
        """Captions of one height, so that two pictures stand level."""
        shown = [area.caption for area in self.areas if not area.isHidden()]
        room = (self.width() - 30) // max(1, len(shown))
        for caption in shown:
            # A label counts its own least height in.
            caption.setMinimumHeight(0)
            caption.measure_again()
        height = max(caption.heightForWidth(room) for caption in shown)
        for caption in shown:
            caption.setMinimumHeight(height)

    def _take(self, sha256: str, image: object) -> None:
        for area in self.areas:
            if area.tile is not None and area.tile.piece.sha256 == sha256 and not area.isHidden():
                area.show_image(image)

    def _tell_zoom(self) -> None:
        self.percent.setText(f"{round(self.areas[0].view.zoom * 100)}%")

    def _toggle(self) -> None:
        self.set_compare(self.compares)

    def _area(self) -> PhotoArea:
        return self.areas[self._chosen] if not self.areas[self._chosen].isHidden() else self.areas[0]

    # Qt

    def _add_keys(self) -> None:
        acts: dict[str, Callable[[], None]] = {
            "Left": lambda: self.step(-1),
            "PgUp": lambda: self.step(-1),
            "Right": lambda: self.step(1),
            "PgDown": lambda: self.step(1),
            "+": lambda: self.zoom(_STEP),
            "=": lambda: self.zoom(_STEP),
            "-": lambda: self.zoom(1 / _STEP),
            "0": self.fit,
            "1": self.whole_size,
            "R": lambda: self.turn(90),
        }
        for keys, act in acts.items():
            QShortcut(QKeySequence(keys), self, act)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Captions wrap anew."""
        super().resizeEvent(event)
        self._level_captions()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press on one of two pictures chooses it for turning and saving."""
        if event.type() == QEvent.Type.MouseButtonPress:
            for number, area in enumerate(self.areas):
                if watched is area.view.viewport():
                    self._chosen = number
        return super().eventFilter(watched, event)


def _couples(tiles: Sequence[Tile]) -> tuple[tuple[Tile, ...], ...]:
    """The pairs of before and after that are whole."""
    by_id = {tile.piece.id: tile for tile in tiles}
    pairs = before_after([tile.piece for tile in tiles])
    return tuple((by_id[p.before.id], by_id[p.after.id]) for p in pairs if p.before and p.after)
