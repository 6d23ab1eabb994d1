"""Pages of photographs: two or four on a page, each in its own proportions over its caption, before beside after."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.documents.flow import Style
from desktop.documents.fonts import Role
from desktop.documents.grid import MM, PAGE_HEIGHT, PAGE_WIDTH
from desktop.documents.pen import Pen
from desktop.rules.bundle_plan import CatalogueLine, PhotoPage
from desktop.rules.catalogue import material_name
from desktop.rules.photo_pairs import AFTER, BEFORE, side_of
from desktop.rules.records import Measure
from desktop.rules.wording import chinese_number, date_in_text

LEFT, RIGHT, TOP, BOTTOM = 25 * MM, 20 * MM, 15 * MM, 16 * MM
HEADING = 15 * MM
_POSITION = re.compile(r"(-?\d+\.\d+),(-?\d+\.\d+)")
CAPTION_LINES, SIZE, LEADING = 3, 10.5, 14.5
GAP = 5 * MM
TITLE = "整改照片"
_HEADING, _CAPTION = Style(Role.HEI, 12, 16, 0, 0), Style(Role.FANG, SIZE, LEADING, 0, 0)


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of one photograph from the top left of the paper, in its own proportions, and what it is.

    Its caption stands under it, within ``room`` from ``left``.
    """

    line: CatalogueLine
    x: float
    y: float
    width: float
    height: float
    left: float
    room: float


def spots_of(shown: PhotoPage, sizes: Sequence[tuple[float, float]], per_page: int) -> tuple[Spot, ...]:
    """Where the photographs of a page stand: two one under the other, four in two rows."""
    columns = 1 if per_page == 2 else 2
    room = (PAGE_WIDTH - LEFT - RIGHT - (columns - 1) * GAP) / columns
    height = (PAGE_HEIGHT - TOP - HEADING - BOTTOM) / 2
    most = height - CAPTION_LINES * LEADING - 3 * MM
    found = []
    for at, (line, (wide, high)) in enumerate(zip(shown.spots, sizes, strict=True)):
        row, column = divmod(at, columns)
        left, y = LEFT + column * (room + GAP), TOP + HEADING + row * height
        fit = min(room / wide, most / high) if wide and high else 0.0
        size = (wide * fit, high * fit) if fit else (room, most / 2)
        found.append(Spot(line, left + (room - size[0]) / 2, y, *size, left, room))
    return tuple(found)


def draw_photo_page(pen: Pen, shown: PhotoPage, spots: Sequence[Spot]) -> None:
    """Heading and captions of a page; the photographs themselves are put under it when it is bound."""
    lines = pen.broken(heading_of(shown.measure), _HEADING, PAGE_WIDTH - LEFT - RIGHT)[:2]
    for at, line in enumerate(lines):
        pen.line_at(line._replace(spacing=0.0), Role.HEI, 12, LEFT, TOP + 4 + at * 16)
    for spot in spots:
        _draw_caption(pen, spot)


def heading_of(measure: Measure | None) -> str:
    """整改照片　措施（二）：截污纳管; the whole problem without a measure."""
    if measure is None:
        return TITLE
    text = " ".join(measure.text.split())
    return f"{TITLE}　措施（{chinese_number(measure.number)}）：{text[:56]}{'……' if len(text) > 56 else ''}"


def caption_of(line: CatalogueLine) -> str:
    """佐证材料3　整改前：东口, and in a line of its own 青溪桥下　2026年3月1日."""
    piece = line.piece
    side, name = side_of(piece), material_name(piece)
    shown = name if not side or name.startswith((BEFORE, AFTER)) else f"{side}：{name}"
    taken = date_in_text(piece.taken_on) if piece.taken_on else "拍摄日期不详"
    where = "　".join(part for part in (_place_words(piece.place), taken) if part)
    return f"佐证材料{line.number}　{shown}\n{where}"


def _place_words(place: str) -> str:
    """A place as it was written; one that the camera gave as numbers, in words."""
    found = _POSITION.fullmatch(place.strip())
    if found is None:
        return place.strip()
    north, east = float(found[1]), float(found[2])
    ways = ("北纬" if north >= 0 else "南纬", "东经" if east >= 0 else "西经")
    return f"{ways[0]}{abs(north):.4f}°，{ways[1]}{abs(east):.4f}°"


def _draw_caption(pen: Pen, spot: Spot) -> None:
    lines = pen.broken(caption_of(spot.line), _CAPTION, spot.room)
    if len(lines) > CAPTION_LINES:
        last = lines[CAPTION_LINES - 1]
        lines = (*lines[: CAPTION_LINES - 1], last._replace(text=last.text[:-1] + "…"))
    y = spot.y + spot.height + 2 * MM + LEADING / 2
    for line in lines:
        x = spot.left + max(0.0, (spot.room - pen.measure(line.text, Role.FANG, SIZE)) / 2)
        pen.line_at(line._replace(spacing=0.0), Role.FANG, SIZE, x, y)
        y += LEADING
