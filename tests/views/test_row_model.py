"""Table models over records: columns as data, rows at hand or read page by page; remembered columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.views.looks.theme import tone_colour
from desktop.views.tables.columns import (
    ACCESSIBLE,
    ALIGN,
    DISPLAY,
    FOREGROUND,
    SHARE,
    Column,
    layout_text,
    parse_layout,
)
from desktop.views.tables.row_model import PAGE, PAGES_KEPT, LazyModel, ListModel

STRICT = QAbstractItemModelTester.FailureReportingMode.Warning


@dataclass(frozen=True)
class Toy:
    """A record of three fields."""

    number: int
    name: str
    share: int = 50


COLUMNS: tuple[Column[Toy], ...] = (
    Column("number", "序号", 3, lambda toy: str(toy.number), "right"),
    Column("name", "名称", 10, lambda toy: toy.name, tone=lambda toy: "late" if toy.number == 1 else ""),
    Column("share", "进度", 5, lambda toy: f"{toy.share}%", share=lambda toy: toy.share),
)


class Toys(LazyModel[Toy]):
    """So many toys, and which pages were read."""

    def __init__(self, count: int) -> None:
        super().__init__(COLUMNS)
        self.read: list[int] = []
        self.reset(lambda: count)

    def fetch(self, start: int, limit: int) -> Sequence[Toy]:
        self.read.append(start)
        return [Toy(n, f"玩具{n}") for n in range(start, min(start + limit, self.rowCount()))]


def test_a_list_keeps_the_rules_of_models() -> None:
    model: ListModel[Toy] = ListModel(COLUMNS)
    QAbstractItemModelTester(model, STRICT)
    model.set_rows([Toy(1, "甲"), Toy(2, "乙")])
    model.set_rows([])
    assert model.rowCount() == 0


def test_a_lazy_table_keeps_the_rules_of_models() -> None:
    model = Toys(250)
    QAbstractItemModelTester(model, STRICT)
    model.reset(lambda: 3)
    assert model.rowCount() == 3


def test_a_cell_says_text_tone_share_and_side() -> None:
    model: ListModel[Toy] = ListModel(COLUMNS)
    model.set_rows([Toy(1, "甲", 80), Toy(2, "乙")])
    cell = model.index(0, 1)
    assert cell.data(DISPLAY) == "甲"
    assert cell.data(FOREGROUND).color().name() == tone_colour("late")
    assert model.index(1, 1).data(FOREGROUND) is None
    assert model.index(0, 2).data(SHARE) == 80
    assert cell.data(SHARE) is None
    assert cell.data(ACCESSIBLE) == "名称 甲"
    assert model.index(0, 0).data(ALIGN) & int(Qt.AlignmentFlag.AlignRight)
    assert model.headerData(2, Qt.Orientation.Horizontal) == "进度"


def test_only_the_pages_in_sight_are_read() -> None:
    model = Toys(20_000)
    for row in (0, 1, 99, 15_050, 15_060):
        assert model.index(row, 0).data() == str(row)
    assert model.read == [0, 15_000]


def test_pages_seen_long_ago_are_forgotten_and_read_again() -> None:
    model = Toys(PAGE * (PAGES_KEPT + 5))
    for page in range(PAGES_KEPT + 1):
        model.index(page * PAGE, 0).data()
    model.index(0, 0).data()
    assert model.read.count(0) == 2
    model.index(PAGE * PAGES_KEPT, 0).data()
    assert model.read.count(PAGE * PAGES_KEPT) == 1


def test_a_row_that_is_gone_shows_empty() -> None:
    class Fewer(Toys):
        def fetch(self, start: int, limit: int) -> Sequence[Toy]:
            return [Toy(0, "甲")]

    model = Fewer(5)
    assert model.index(0, 1).data() == "甲"
    assert model.index(4, 1).data() == ""
    assert model.index(4, 2).data(SHARE) is None


def test_a_layout_is_read_as_it_was_written() -> None:
    layout = [("number", 60, True), ("lead", 80, False)]
    assert layout_text(layout) == "number=60,-lead=80"
    assert parse_layout(layout_text(layout)) == layout


def test_a_spoilt_layout_is_left_out() -> None:
    broken: Any = "number=60,,=5,name,-=3,share=x,-lead=80"
    assert parse_layout(broken) == [("number", 60, True), ("lead", 80, False)]
