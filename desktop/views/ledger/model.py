"""The problems as a table model: keys of the whole list, lines of the pages in sight."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, Qt

from desktop.operations.lists import Filter, ProblemKeys, Sort, read_keys, read_lines_of
from desktop.operations.opened import Ledger
from desktop.rules.lights import LightState
from desktop.rules.line_words import left_tone, line_left_words, line_state, state_tone
from desktop.rules.records import STATE_WORDS, TERM_WORDS, ProblemLine
from desktop.rules.wording import NO_TEXT, date_in_table
from desktop.views.ledger.light_reader import LightCells
from desktop.views.tables.columns import Column
from desktop.views.tables.row_model import LazyModel

Today = Callable[[], date]
READING = "…"
AT_ONCE = 300  # rows whose lights are read when they are copied


def ledger_columns(
    today: Today, light: Callable[[ProblemLine], LightState | None], is_read: Callable[[ProblemLine], bool]
) -> tuple[Column[ProblemLine], ...]:
    """The columns of the 台账; the ones that are not shown at first can be switched on."""
    return (
        Column("number", "序号", 4, lambda line: str(line.number), "right"),
        Column("head", "整改问题", 10, lambda line: line.head, stretch=True),
        Column("source", "来源", 5, lambda line: line.source or NO_TEXT),
        Column("inspection", "督察名称", 8, lambda line: line.inspection or NO_TEXT, shown=False),
        Column("term", "类型", 4, _term, shown=False),
        Column("deadline", "整改时限", 6, lambda line: date_in_table(line.deadline) if line.deadline else NO_TEXT),
        Column(
            "left",
            "剩余时间",
            6.5,
            lambda line: line_left_words(line, today()),
            tone=lambda line: left_tone(line, today()),
        ),
        Column(
            "light",
            "亮灯",
            4.2,
            lambda line: (state.words if (state := light(line)) else NO_TEXT) if is_read(line) else READING,
            tone=lambda line: state.tone if (state := light(line)) else "muted",
            tip=lambda line: "；".join(state.reasons) or state.word if (state := light(line)) else "不亮灯",
            sorts=False,
        ),
        Column("lead", "牵头单位", 6.5, lambda line: line.lead or NO_TEXT),
        Column("responsible", "责任单位", 8, lambda line: line.responsible or NO_TEXT, shown=False),
        Column("percent", "进度", 5, lambda line: f"{line.percent}%", "right", share=lambda line: line.percent),
        Column("measures", "措施完成", 4, lambda line: f"{line.measures_done}/{line.measures}", "center", shown=False),
        Column("last_month", "最近填报", 4.5, lambda line: month_words(line.last_month), shown=False),
        Column(
            "state",
            "办理状态",
            6.5,
            lambda line: STATE_WORDS[line_state(line, today())],
            tone=lambda line: state_tone(line_state(line, today())),
        ),
    )


def month_words(month: str) -> str:
    """A month such as ``2026-11`` as tables show it: 2026/11; 未报 for none."""
    year, _, number = month.partition("-")
    return f"{year}/{int(number)}" if number.isdecimal() else "未报"


def _term(line: ProblemLine) -> str:
    return TERM_WORDS[line.term_class] if line.term_class else NO_TEXT


class LedgerModel(LazyModel[ProblemLine]):
    """The list of the 台账.

    Attributes: ``keys`` of all lines under the filter, ``chosen`` the filter, ``order`` how it is sorted; ``cells`` the
    lights that are known; ``seek(keys, light)`` gives those of many problems that have a light, some of them later by
    ``add``.
    """

    def __init__(self, ledger: Ledger, today: Today, parent: QObject | None = None) -> None:
        super().__init__(ledger_columns(today, self.light_of, self.is_read), parent)
        self._ledger = ledger
        self._today = today
        self.keys = ProblemKeys()
        self.chosen = Filter()
        self.order = Sort()
        self.cells = LightCells(ledger, today, self)
        self.cells.changed.connect(self._on_lights)
        self.seek: Callable[[ProblemKeys, str], ProblemKeys] = self._seek

    def fetch(self, start: int, limit: int) -> Sequence[ProblemLine]:
        """A page of lines."""
        return read_lines_of(self._ledger, self.keys.ids(start, limit))

    def light_of(self, line: ProblemLine) -> LightState | None:
        """The light of a line, None where it has none."""
        return None if line.is_closed or line.is_transferred else self.cells.of(line.id)

    def is_read(self, line: ProblemLine) -> bool:
        """True once the light of a line is known."""
        return line.is_closed or line.is_transferred or self.cells.is_known(line.id)

    def read_whole(self, rows: Sequence[int]) -> None:
        """Read what some rows show now, as before they are copied; of a long list the lights in sight must do."""
        if len(rows) <= AT_ONCE:
            self.cells.read_whole([self.keys.ids(row, 1)[0] for row in rows])

    def _on_lights(self, problems: tuple[str, ...]) -> None:
        column = next(at for at, found in enumerate(self.columns) if found.key == "light")
        for problem in problems:
            row = self.keys.place(problem)
            if row >= 0:
                self.dataChanged.emit(self.index(row, column), self.index(row, column))

    def show_only(self, chosen: Filter) -> None:
        """Show the lines under a filter, read again."""
        self.chosen = chosen
        self.reset(self._read)

    def add(self, more: ProblemKeys) -> None:
        """Show some more problems behind those that are there."""
        self.append(lambda: self._take(ProblemKeys(self.keys.packed + more.packed)), len(more))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column in the database; called by a click on the header."""
        wanted = Sort(self.columns[column].key, order == Qt.SortOrder.DescendingOrder)
        if 0 <= column < len(self.columns) and wanted != self.order:
            self.order = wanted
            self.reset(self._read)

    def _read(self) -> int:
        keys = read_keys(self._ledger, self.chosen, self.order, self._today())
        return self._take(self.seek(keys, self.chosen.light) if self.chosen.light else keys)

    def _take(self, keys: ProblemKeys) -> int:
        self.keys = keys
        return len(keys)

    def _seek(self, keys: ProblemKeys, light: str) -> ProblemKeys:
        return ProblemKeys(b"".join(map(bytes.fromhex, self.cells.with_light(keys.ids(), light))))
