"""The proof of a case: pairs of before and after, tiles of everything, what is missing, files dropped on it."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QListView, QMenu, QPushButton, QWidget

from desktop.rules.photo_pairs import Pair, before_after, is_picture, side_of
from desktop.rules.records import CaseFile
from desktop.rules.region import Region
from desktop.views.case.evidence_model import MISSING, EvidenceModel, Tile, TileDelegate, tile_size, tiles_of
from desktop.views.case.words import Section, badge, set_tone
from desktop.views.late_reader import LateReader

Keep = Callable[[Tile], bool]
FILTERS: tuple[tuple[str, str, Keep], ...] = (
    ("all", "全部", lambda tile: True),
    ("pictures", "照片", lambda tile: is_picture(tile.piece) and not tile.piece.gate and not tile.piece.item),
    ("pairs", "整改前后", lambda tile: bool(side_of(tile.piece))),
    ("papers", "环节材料", lambda tile: bool(tile.piece.gate or tile.piece.item)),
    ("missing", MISSING, lambda tile: not tile.piece.present),
)


class TileList(QListView):
    """Tiles in rows, as high as they need. Signals: ``opened(row)``, ``menu_wanted(row, place)``."""

    opened = Signal(int)
    menu_wanted = Signal(int, QPoint)

    def __init__(self, model: EvidenceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("佐证材料")
        self.setModel(model)
        self.setItemDelegate(TileDelegate(model, self))
        self.setStyleSheet("QListView { background: transparent; border: none; }")
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.customContextMenuRequested.connect(self._ask_menu)
        model.modelReset.connect(self.fit)

    def fit(self) -> None:
        """Be as high as the rows of tiles, so that the page scrolls and not the list."""
        count = self.model().rowCount()
        tile = tile_size(self.fontMetrics().height(), self.fontMetrics().horizontalAdvance("汉"))
        columns = max(1, (self.viewport().width() - 4) // tile.width())
        self.setFixedHeight(-(-count // columns) * tile.height() + 4 if count else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More tiles a row where there is room."""
        super().resizeEvent(event)
        self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the tile."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def _ask_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if index.isValid():
            self.menu_wanted.emit(index.row(), self.viewport().mapToGlobal(place))


class EvidenceView(Section):
    """Signals: ``add_wanted``; ``open_wanted(tiles, at)`` for the viewer; ``compare_wanted(tiles, Pair)``;
    ``outside_wanted(Evidence)`` to open with the system's program; ``save_wanted(Evidence)``;
    ``void_wanted(kind, row, words)``.
    """

    add_wanted = Signal()
    open_wanted = Signal(object, int)
    compare_wanted = Signal(object, object)
    outside_wanted = Signal(object)
    save_wanted = Signal(object)
    void_wanted = Signal(str, str, str)

    def __init__(self, read: Callable[[str], object], parent: QWidget | None = None) -> None:
        super().__init__("佐证材料", parent)
        self._tiles: tuple[Tile, ...] = ()
        self._filter = "all"
        self._can_change = False
        self.pairs: tuple[Pair, ...] = ()
        self.loader = LateReader(read, self)
        self.model = EvidenceModel(self.loader.ask, self)
        self.loader.ready.connect(self.model.take_picture)
        self._build()

    def _build(self) -> None:
        self.lost = badge()
        self.head.insertWidget(2, self.lost)
        self.compare_button = self.add_button("整改前后对比")
        self.compare_button.clicked.connect(self._compare_first)
        self.add_files_button = self.add_button("收入佐证材料…")
        self.add_files_button.setToolTip("也可以把文件拖到本页任何地方")
        self.add_files_button.clicked.connect(self.add_wanted)
        row = QHBoxLayout()
        row.setSpacing(4)
        self.filters: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for key, words, _ in FILTERS:
            button = QPushButton(words)
            button.setCheckable(True)
            button.setChecked(key == "all")
            button.clicked.connect(lambda _=False, key=key: self.choose(key))
            group.addButton(button)
            row.addWidget(button)
            self.filters[key] = button
        row.addStretch(1)
        self.filter_row = QWidget()
        row.setContentsMargins(0, 0, 0, 0)
        self.filter_row.setLayout(row)
        self.list = TileList(self.model)
        self.list.opened.connect(self._open)
        self.list.menu_wanted.connect(self._show_menu)
        self.told = QLabel("还没有佐证材料。把照片、文件拖到本页，或点“收入佐证材料”。")
        self.told.setObjectName("hint")
        self.told.setWordWrap(True)
        for part in (self.filter_row, self.list, self.told):
            self.body.addWidget(part)

    def show_case(
        self, case: CaseFile, region: Region, elsewhere: Mapping[str, tuple[int, ...]], *, can_change: bool
    ) -> None:
        """Show the proof of a case; ``elsewhere`` are the problems that use the same files."""
        self._tiles, self._can_change = tiles_of(case, region, elsewhere), can_change
        self.pairs = before_after([tile.piece for tile in self._tiles])
        count, lost = len(self._tiles), sum(1 for tile in self._tiles if not tile.piece.present)
        self.remark.setText(f"共{count}件" + self._pair_words() if count else "")
        set_tone(self.lost, f"{MISSING}{lost}件" if lost else "", "late")
        self.compare_button.setVisible(any(pair.before and pair.after for pair in self.pairs))
        self.filter_row.setVisible(count > 0)
        for key, words, keep in FILTERS:
            found = sum(1 for tile in self._tiles if keep(tile))
            self.filters[key].setText(f"{words} {found}")
            self.filters[key].setVisible(found > 0)
        if not self.filters[self._filter].isVisibleTo(self.filter_row):
            self._filter = "all"
            self.filters["all"].setChecked(True)
        self._show_tiles()

    def choose(self, key: str) -> None:
        """Show one kind of pieces."""
        self._filter = key
        self.filters[key].setChecked(True)
        self._show_tiles()

    def _pair_words(self) -> str:
        whole = sum(1 for pair in self.pairs if pair.before and pair.after)
        no_after = sum(1 for pair in self.pairs if pair.after is None)
        words = f"，整改前后对比{whole}组" if whole else ""
        return words + (f"，{no_after}张整改前照片还没有整改后照片" if no_after else "")

    def _show_tiles(self) -> None:
        keep = next(keep for key, _, keep in FILTERS if key == self._filter)
        self.model.set_tiles([tile for tile in self._tiles if keep(tile)])
        self.list.setVisible(bool(self._tiles))
        self.told.setVisible(not self._tiles)

    def _open(self, row: int) -> None:
        tile = self.model.tiles[row]
        if tile.piece.present and not is_picture(tile.piece):
            self.outside_wanted.emit(tile.piece)
            return
        seen = tuple(t for t in self.model.tiles if is_picture(t.piece))
        if tile in seen:
            self.open_wanted.emit(seen, seen.index(tile))

    def _photos(self) -> tuple[Tile, ...]:
        return tuple(tile for tile in self._tiles if is_picture(tile.piece))

    def _compare_first(self) -> None:
        pair = next((pair for pair in self.pairs if pair.before and pair.after), None)
        if pair is not None:
            self.compare_wanted.emit(self._photos(), pair)

    def menu_for(self, row: int) -> QMenu:
        """What can be done with a piece."""
        tile = self.model.tiles[row]
        piece, menu = tile.piece, QMenu(self)
        look = menu.addAction("查看" if is_picture(piece) else "打开")
        look.triggered.connect(lambda: self._open(row))
        pair = next((p for p in self.pairs if piece in (p.before, p.after)), None)
        compare = menu.addAction("整改前后对比")
        compare.triggered.connect(lambda: self.compare_wanted.emit(self._photos(), pair))
        compare.setVisible(bool(pair and pair.before and pair.after))
        outside = menu.addAction("用系统程序打开")
        outside.triggered.connect(lambda: self.outside_wanted.emit(piece))
        save = menu.addAction("另存为…")
        save.triggered.connect(lambda: self.save_wanted.emit(piece))
        for action in (look, outside, save):
            action.setEnabled(piece.present)
        menu.addSeparator()
        void = menu.addAction("作废…")
        void.triggered.connect(lambda: self.void_wanted.emit("evidence", piece.id, f"佐证材料“{piece.name}”"))
        void.setEnabled(self._can_change)
        return menu

    def _show_menu(self, row: int, place: QPoint) -> None:
        menu = self.menu_for(row)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)
