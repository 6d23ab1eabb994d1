"""Charts drawn once for paper and screen: bars, lying bars of parts, lines over months, with numbers and words.

Colours are never alone: every bar bears its number, every line its name, so that a copy in black says the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import CMYKColor

from desktop.documents.canvas import BLACK, Sheet
from desktop.documents.fonts import FontSet, Role
from desktop.rules.charts import Chart, Series, Shape
from desktop.rules.paper import Printed

WIDTH, HEIGHT = 420.0, 250.0
TITLE_SIZE, SIZE, SMALL = 12.0, 9.0, 8.0
_TONES = {
    "ok": CMYKColor(0.70, 0.15, 0.75, 0.15),
    "mild": CMYKColor(0.40, 0.05, 0.50, 0.05),
    "plain": CMYKColor(0.80, 0.45, 0.05, 0.10),
    "soft": CMYKColor(0.35, 0.20, 0.05, 0),
    "late": CMYKColor(0.10, 0.75, 0.70, 0.05),
    "muted": CMYKColor(0, 0, 0, 0.45),
}
_DARK = frozenset(("ok", "plain", "late", "muted"))
_PAPER, _RULE = CMYKColor(0, 0, 0, 0), CMYKColor(0, 0, 0, 0.18)
_SIDE, _TOP, _FOOT = 14.0, 44.0, 34.0
_GAP = 0.4
_LABEL_MOST = 0.34
_EMPTY = "没有可画的数据"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the drawing that stands for some problems, in points from the upper left corner."""

    x: float
    y: float
    width: float
    height: float
    words: str
    problems: tuple[str, ...]

    @property
    def told(self) -> str:
        """云陂镇 逾期问题：2个."""
        return f"{self.words}：{len(self.problems)}个"


@dataclass(frozen=True, slots=True)
class Box:
    """Where a chart is drawn on a sheet."""

    x: float
    y: float
    width: float
    height: float


def chart_page(chart: Chart, fonts: FontSet, width: float = WIDTH) -> tuple[Printed, tuple[Spot, ...]]:
    """One chart as a page of its own size, for the screen, and the places that a click may mean."""
    height = chart_height(chart)
    sheet = Sheet(fonts, chart.title, size=(width, height))
    spots = draw_chart(sheet, chart, Box(0, 0, width, height))
    sheet.end_page()
    return Printed(sheet.finish(), sheet.pages, sheet.missing_characters, fonts.names()), spots


def chart_height(chart: Chart) -> float:
    """How high a chart is: lying bars need a row for each category."""
    if chart.shape == Shape.STACKED:
        return max(HEIGHT * 0.5, _TOP + _FOOT + 17.0 * len(chart.categories))
    return HEIGHT


def draw_chart(sheet: Sheet, chart: Chart, box: Box) -> tuple[Spot, ...]:
    """Draw a chart into a box of a sheet; returns the places that stand for problems."""
    _centred(sheet, chart.title, Role.HEI, TITLE_SIZE, box.x + box.width / 2, box.y + 12)
    if chart.is_empty:
        _centred(sheet, _EMPTY, Role.FANG, SIZE, box.x + box.width / 2, box.y + box.height / 2)
        return ()
    if len(chart.series) > 1:
        _legend(sheet, chart.series, box)
    if chart.remark:
        sheet.text(chart.remark, Role.FANG, SMALL, box.x + _SIDE, box.y + box.height - 8)
    inner = Box(box.x + _SIDE, box.y + _TOP, box.width - 2 * _SIDE, box.height - _TOP - _FOOT)
    return _DRAWN[chart.shape](sheet, chart, inner)


def _bars(sheet: Sheet, chart: Chart, box: Box) -> tuple[Spot, ...]:
    (series,) = chart.series
    most = max(series.values)
    step = box.width / len(chart.categories)
    spots = []
    for at, (name, count) in enumerate(zip(chart.categories, series.values, strict=True)):
        middle, wide = box.x + step * (at + 0.5), step * (1 - _GAP)
        high = box.height * 0.88 * count / most
        top = box.y + box.height - high
        _rectangle(sheet, middle - wide / 2, top, wide, high, series.tone)
        _centred(sheet, str(count), Role.SONG, SIZE, middle, top - 7)
        _centred(sheet, name, Role.FANG, SIZE, middle, box.y + box.height + 9)
        spots.append(_spot(chart, series, at, Box(middle - wide / 2, box.y, wide, box.height)))
    _line(sheet, [(box.x, box.y + box.height), (box.x + box.width, box.y + box.height)], BLACK, 0.6)
    return tuple(spot for spot in spots if spot.problems)


def _stacked(sheet: Sheet, chart: Chart, box: Box) -> tuple[Spot, ...]:
    names = [_fitting(sheet, name, box.width * _LABEL_MOST) for name in chart.categories]
    label = max(sheet.setter.width(name, Role.FANG, SIZE) for name in names) + 8
    totals = [sum(series.values[at] for series in chart.series) for at in range(len(names))]
    scale = (box.width - label - 22) / max(totals)
    step = box.height / len(names)
    spots = []
    for at, name in enumerate(names):
        middle, high = box.y + step * (at + 0.5), step * (1 - _GAP)
        sheet.text(name, Role.FANG, SIZE, box.x + label - 8 - sheet.setter.width(name, Role.FANG, SIZE), middle)
        x = box.x + label
        for series in chart.series:
            wide = scale * series.values[at]
            if not wide:
                continue
            _rectangle(sheet, x, middle - high / 2, wide, high, series.tone)
            if wide > 9:
                ink = _PAPER if series.tone in _DARK else BLACK
                _centred(sheet, str(series.values[at]), Role.SONG, SMALL, x + wide / 2, middle, ink)
            spots.append(_spot(chart, series, at, Box(x, middle - high / 2, wide, high)))
            x += wide
        sheet.text(str(totals[at]), Role.SONG, SIZE, x + 4, middle)
    return tuple(spots)


def _lines(sheet: Sheet, chart: Chart, box: Box) -> tuple[Spot, ...]:
    most = max(max(series.values, default=0) for series in chart.series)
    step = box.width / max(len(chart.categories), 1)
    floor = box.y + box.height

    def place(at: int, value: int) -> tuple[float, float]:
        return box.x + step * (at + 0.5), floor - box.height * 0.88 * value / most

    for share in (0.25, 0.5, 0.75, 1.0):
        y = floor - box.height * 0.88 * share
        _line(sheet, [(box.x, y), (box.x + box.width, y)], _RULE, 0.4)
    _line(sheet, [(box.x, floor), (box.x + box.width, floor)], BLACK, 0.6)
    every = -(-len(chart.categories) // max(int(box.width // 34), 1))
    for at, name in enumerate(chart.categories):
        if (len(chart.categories) - 1 - at) % every == 0:
            _centred(sheet, name, Role.SONG, SMALL, box.x + step * (at + 0.5), floor + 9)
    spots = []
    highest = [max(s.values[at] for s in chart.series if at < len(s.values)) for at in range(len(chart.categories))]
    for series in chart.series:
        points = [place(at, value) for at, value in enumerate(series.values)]
        _line(sheet, points, _TONES[series.tone], 1.6)
        for at, (x, y) in enumerate(points):
            _rectangle(sheet, x - 2, y - 2, 4, 4, series.tone)
            if (len(points) - 1 - at) % every == 0:
                away = -8 if series.values[at] == highest[at] else 9
                _centred(sheet, str(series.values[at]), Role.SONG, SMALL, x, y + away)
            spots.append(_spot(chart, series, at, Box(x - step / 2, y - 7, step, 14)))
    return tuple(spot for spot in spots if spot.problems)


_DRAWN: dict[Shape, Callable[[Sheet, Chart, Box], tuple[Spot, ...]]] = {
    Shape.BARS: _bars,
    Shape.STACKED: _stacked,
    Shape.LINES: _lines,
}


def _spot(chart: Chart, series: Series, at: int, box: Box) -> Spot:
    words = f"{chart.categories[at]} {series.name}"
    return Spot(box.x, box.y, box.width, box.height, words, series.problems[at])


def _legend(sheet: Sheet, series: Sequence[Series], box: Box) -> None:
    widths = [sheet.setter.width(one.name, Role.FANG, SMALL) + 26 for one in series]
    x = box.x + (box.width - sum(widths) + 10) / 2
    for one, width in zip(series, widths, strict=True):
        _rectangle(sheet, x, box.y + 25, 9, 7, one.tone)
        sheet.text(one.name, Role.FANG, SMALL, x + 12, box.y + 28.5)
        x += width


def _fitting(sheet: Sheet, name: str, room: float) -> str:
    """A name that fits its column, cut with … where it must be."""
    if sheet.setter.width(name, Role.FANG, SIZE) <= room:
        return name
    while name and sheet.setter.width(name + "…", Role.FANG, SIZE) > room:
        name = name[:-1]
    return name + "…"


def _centred(
    sheet: Sheet, text: str, role: Role, size: float, x: float, middle: float, ink: CMYKColor = BLACK
) -> None:
    sheet.text(text, role, size, x - sheet.setter.width(text, role, size) / 2, middle, ink=ink)


def _rectangle(sheet: Sheet, x: float, y: float, width: float, height: float, tone: str) -> None:
    sheet.setFillColor(_TONES[tone])
    sheet.rect(x, sheet.height - y - height, width, height, stroke=0, fill=1)


def _line(sheet: Sheet, points: Sequence[tuple[float, float]], ink: CMYKColor, width: float) -> None:
    sheet.setStrokeColor(ink)
    sheet.setLineWidth(width)
    path = sheet.beginPath()
    path.moveTo(points[0][0], sheet.height - points[0][1])
    for x, y in points[1:]:
        path.lineTo(x, sheet.height - y)
    sheet.drawPath(path)
    sheet.setStrokeColor(BLACK)
