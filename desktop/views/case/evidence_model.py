"""The pieces of proof of a case as a list of tiles: small picture, name, what it proves, when and where."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

from desktop.rules.needed import item_name
from desktop.rules.photo_pairs import is_picture, side_of
from desktop.rules.records import GATE_WORDS, CaseFile, Evidence, Gate
from desktop.rules.region import Region
from desktop.rules.sites import site_of
from desktop.rules.wording import date_in_table
from desktop.views.looks.theme import Colours, colours
from desktop.views.tables.columns import ACCESSIBLE, DISPLAY, TOOL_TIP

Index = QModelIndex | QPersistentModelIndex
PIECE = int(Qt.ItemDataRole.UserRole) + 10
_NOWHERE = QModelIndex()
_KINDS = {"application/pdf": "PDF", "text/plain": "文本", "video/mp4": "视频", "application/zip": "压缩包"}
MISSING = "缺附件"
PICTURES_KEPT = 400


@dataclass(frozen=True, slots=True)
class Tile:
    """One piece with the words around it; ``elsewhere`` are the numbers of other problems with the same file."""

    piece: Evidence
    serves: str
    elsewhere: tuple[int, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """Name, what it serves, date and place."""
        when = date_in_table(self.piece.taken_on) if self.piece.taken_on else ""
        return (self.piece.note or self.piece.name, self.serves, "　".join(p for p in (when, self.piece.place) if p))

    def tags(self) -> tuple[tuple[str, str], ...]:
        """Words with their tones that are written on the picture."""
        found = [] if self.piece.present else [(MISSING, "late")]
        side = side_of(self.piece)
        found += [(side, "accent" if side == "整改前" else "ok")] if side else []
        found += [("他处也用", "warn")] if self.elsewhere else []
        return tuple(found)

    def sentence(self) -> str:
        """Everything about the piece, for tool tips and screen readers."""
        piece = self.piece
        parts = [piece.name, piece.note, self.serves, "" if piece.present else f"{MISSING}：文件不在台账文件夹里"]
        parts += [f"拍摄日期{date_in_table(piece.taken_on)}" if piece.taken_on else "没有拍摄日期"]
        parts += [f"地点{piece.place}" if piece.place else "", f"形成单位{piece.maker}" if piece.maker else ""]
        parts += [{None: "", True: "复印件", False: "原件"}[piece.is_copy]]
        parts += [f"收入{date_in_table(piece.added_on)}" if piece.added_on else "", piece.person]
        numbers = "、".join(map(str, self.elsewhere))
        parts += [f"与问题{numbers}的佐证材料完全相同，请核实" if numbers else ""]
        return "；".join(part for part in parts if part)


def tiles_of(case: CaseFile, region: Region, elsewhere: Mapping[str, tuple[int, ...]]) -> tuple[Tile, ...]:
    """A tile for every piece, in the order of their coming in."""
    return tuple(Tile(p, serves_of(case, region, p), elsewhere.get(p.sha256, ())) for p in case.evidence)


def serves_of(case: CaseFile, region: Region, piece: Evidence) -> str:
    """What a piece is there for: a paper of the checklist, a measure, a gate, or proof in general."""
    site = site_of(case, piece)
    paper = f"点位{site.number}" if site else item_name(piece.item, region)
    measure = next((m for m in case.measures if m.id == piece.measure_id), None)
    gate = GATE_WORDS[Gate(piece.gate)] if piece.gate in set(Gate) else ""
    parts = [paper, f"措施{measure.number}" if measure else "", gate if not paper else ""]
    return "　".join(part for part in parts if part) or "佐证材料"


def kind_words(piece: Evidence) -> str:
    """What stands in place of a picture: PDF, 表格, the ending of the name."""
    suffix = piece.name.rpartition(".")[2].upper() if "." in piece.name else ""
    if is_picture(piece):
        return "图片"
    return _KINDS.get(piece.media_type) or (suffix if 0 < len(suffix) <= 5 else "文件")


class EvidenceModel(QAbstractListModel):
    """Tiles; ``ask(sha256)`` is called for every picture that comes into sight and is not there yet."""

    def __init__(self, ask: Callable[[str], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ask = ask
        self._tiles: tuple[Tile, ...] = ()
        self._pictures: dict[str, QPixmap | None] = {}

    @property
    def tiles(self) -> tuple[Tile, ...]:
        """What is shown."""
        return self._tiles

    def set_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show other pieces; pictures read before are kept."""
        if len(self._pictures) > PICTURES_KEPT:
            self._pictures.clear()
        if tuple(tiles) != self._tiles:
            self.beginResetModel()
            self._tiles = tuple(tiles)
            self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """The pieces of a flat list."""
        return 0 if parent.isValid() else len(self._tiles)

    def data(self, index: Index, role: int = DISPLAY) -> object:
        """The tile itself, its name, and everything in a sentence."""
        if not index.isValid() or not 0 <= index.row() < len(self._tiles):
            return None
        tile = self._tiles[index.row()]
        if role == PIECE:
            return tile
        if role == DISPLAY:
            return tile.lines()[0]
        return tile.sentence() if role in (TOOL_TIP, ACCESSIBLE) else None

    def picture(self, piece: Evidence) -> QPixmap | None:
        """The small picture; None while it is not there, which asks for it."""
        if not piece.present or not is_picture(piece):
            return None
        if piece.sha256 not in self._pictures:
            self._ask(piece.sha256)
        return self._pictures.get(piece.sha256)

    def take_picture(self, sha256: str, data: object) -> None:
        """A small picture has come: JPEG bytes, empty when there is none."""
        picture = QPixmap()
        good = isinstance(data, bytes) and bool(data) and picture.loadFromData(data)
        self._pictures[sha256] = picture if good else None
        for row, tile in enumerate(self._tiles):
            if tile.piece.sha256 == sha256:
                self.dataChanged.emit(self.index(row), self.index(row))


class TileDelegate(QStyledItemDelegate):
    """Draws a tile: the picture or its kind, tags on it, three lines below."""

    def __init__(self, model: EvidenceModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: Any, index: Index) -> QSize:
        """Wide enough for ten characters."""
        return tile_size(option.fontMetrics.height(), option.fontMetrics.horizontalAdvance("汉"))

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Draw one tile."""
        tile = index.data(PIECE)
        if not isinstance(tile, Tile):
            return
        look, box = colours(), option.rect.adjusted(4, 4, -4, -4)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QColor(look.accent if chosen or focused else look.line))
        painter.setBrush(QColor(look.selected if chosen else look.alternate))
        painter.drawRoundedRect(box, 5, 5)
        line = option.fontMetrics.height()
        room = box.adjusted(6, 6, -6, -3 * line - 10)
        self._paint_picture(painter, room, tile, look)
        _paint_tags(painter, room, tile, look)
        _paint_lines(painter, QRect(room.left(), room.bottom() + 5, room.width(), line), tile, look)
        painter.restore()

    def _paint_picture(self, painter: QPainter, room: QRect, tile: Tile, look: Colours) -> None:
        picture = self._model.picture(tile.piece)
        if picture is None:
            painter.setPen(QColor(look.line))
            painter.setBrush(QColor(look.hover))
            painter.drawRoundedRect(room, 3, 3)
            painter.setPen(QColor(look.late if not tile.piece.present else look.muted))
            words = MISSING if not tile.piece.present else kind_words(tile.piece)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), words)
            return
        size = picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(room.topLeft(), size)
        target.moveCenter(room.center())
        painter.drawPixmap(target, picture)


def tile_size(line: int, char: int) -> QSize:
    """The size of a tile for a font: ten characters wide, a picture of 4:3 over three lines."""
    width = 12 * char
    return QSize(width, (width - 20) * 3 // 4 + 3 * line + 24)


def _paint_tags(painter: QPainter, room: QRect, tile: Tile, look: Colours) -> None:
    tones = {"late": (look.late, look.late_back), "ok": (look.ok, look.ok_back)}
    tones |= {"warn": (look.warn, look.warn_back), "accent": (look.accent, look.selected)}
    metrics, top = painter.fontMetrics(), room.top() + 4
    for words, tone in tile.tags():
        ink, back = tones[tone]
        tag = QRect(room.left() + 4, top, metrics.horizontalAdvance(words) + 10, metrics.height() + 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(back))
        painter.drawRoundedRect(tag, 3, 3)
        painter.setPen(QColor(ink))
        painter.drawText(tag, int(Qt.AlignmentFlag.AlignCenter), words)
        top += tag.height() + 3


def _paint_lines(painter: QPainter, room: QRect, tile: Tile, look: Colours) -> None:
    metrics = painter.fontMetrics()
    for at, words in enumerate(tile.lines()):
        painter.setPen(QColor(look.text if at == 0 else look.muted))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room.translated(0, at * room.height()), int(Qt.AlignmentFlag.AlignVCenter), shown)
