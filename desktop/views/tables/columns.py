"""A table column is data: its title, what it says of a row, how wide it begins and which tone its words have."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import Qt

Row = TypeVar("Row")

# ``data`` gets plain ints; comparing them with enum members makes a repaint several times slower.
DISPLAY = int(Qt.ItemDataRole.DisplayRole)
EDIT = int(Qt.ItemDataRole.EditRole)
ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
FOREGROUND = int(Qt.ItemDataRole.ForegroundRole)
TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
ACCESSIBLE = int(Qt.ItemDataRole.AccessibleTextRole)
SHARE = int(Qt.ItemDataRole.UserRole) + 1
TONE = int(Qt.ItemDataRole.UserRole) + 2

_MIDDLE = int(Qt.AlignmentFlag.AlignVCenter)
ALIGNMENTS = {
    "left": _MIDDLE | int(Qt.AlignmentFlag.AlignLeft),
    "right": _MIDDLE | int(Qt.AlignmentFlag.AlignRight),
    "center": _MIDDLE | int(Qt.AlignmentFlag.AlignHCenter),
}


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column.

    ``width`` counts Chinese characters. ``tone`` gives ok, warn, late, muted or nothing; ``share`` a percentage drawn
    as a bar; ``tip`` the full text of a cell. ``stretch``: takes of the room that is left, by its width where several
    do. ``shown``: False for columns that the clerk switches on. ``sorts``: a click on the header sorts by it.
    """

    key: str
    title: str
    width: float
    value: Callable[[Row], str]
    align: str = "left"
    tone: Callable[[Row], str] | None = None
    tip: Callable[[Row], str] | None = None
    share: Callable[[Row], int | None] | None = None
    stretch: bool = False
    shown: bool = True
    sorts: bool = True


def parse_layout(text: str) -> list[tuple[str, int, bool]]:
    """A remembered layout, ``number=60,-lead=80``: key, width in pixels, shown, in the order on the screen.

    What cannot be read is left out, as after a change of the program.
    """
    found = []
    for part in text.split(","):
        name, _, width = part.strip().partition("=")
        if name.strip("-") and width.isdecimal():
            found.append((name.removeprefix("-"), int(width), not name.startswith("-")))
    return found


def layout_text(columns: Iterable[tuple[str, int, bool]]) -> str:
    """A layout as the text that ``parse_layout`` reads."""
    return ",".join(f"{'' if shown else '-'}{key}={width}" for key, width, shown in columns)
