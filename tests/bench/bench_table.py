"""Rows 5 and 15 of the performance page: the tables of the window against Qt's own, and the longest slot.

QT_QPA_PLATFORM=offscreen python -m tests.bench.bench_table [--problems 20000] [--runs 5] [--in LEDGER]
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, QSortFilterProxyModel, Qt
from PySide6.QtSql import QSqlDatabase, QSqlQueryModel
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from desktop.operations.ledgers import open_to_work
from desktop.operations.lists import Filter, Sort, read_keys, read_lines_of
from desktop.rules.records import ProblemLine
from desktop.store.connection import FILE
from desktop.store.ledger import Ledger
from desktop.views.dispatch.page import DispatchPage
from desktop.views.ledger.model import LedgerModel, ledger_columns
from desktop.views.ledger.page import LedgerPage
from desktop.views.looks.theme import apply_theme, load_fonts, speak_chinese
from desktop.views.session import Session
from desktop.views.tables.row_model import ListModel
from desktop.views.tables.table import TableView
from desktop.views.todo_page import TodoPage
from tests.bench.bench_store import Task, measure, report
from tests.bench.generate import DAY, generate

LIMIT_MS = 100
SIZE = (1226, 708)


class Watched(QApplication):
    """Notes how long the window was busy with one event, and what the script was doing then.

    ``clock`` is the time that passes; ``time.thread_time`` leaves out what other programs take on a busy machine.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        super().__init__([])
        self.clock = clock
        self.doing = "start"
        self.worst: dict[str, float] = {}
        self._depth = 0

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Every event passes here; only the outermost counts, as those inside are a part of it and pass unwatched."""
        if self._depth:
            return bool(super().notify(receiver, event))
        self._depth += 1
        begun = self.clock()
        try:
            return bool(super().notify(receiver, event))
        finally:
            self._depth -= 1
            self.note(self.clock() - begun)

    def note(self, seconds: float) -> None:
        """A stretch in which nothing else could happen."""
        self.worst[self.doing] = max(self.worst.get(self.doing, 0.0), seconds * 1e3)

    @contextmanager
    def step(self, words: str) -> Iterator[None]:
        """What the script calls directly counts as one slot, as a key or a click would call it."""
        self.doing = words
        self._depth += 1
        begun = self.clock()
        try:
            yield
        finally:
            self._depth -= 1
            self.note(self.clock() - begun)


def settle(app: QApplication, until: Callable[[], bool] = lambda: True, seconds: float = 0.3) -> None:
    """Let events come until something is so, and a little longer."""
    end = time.monotonic() + seconds
    while not until() or time.monotonic() < end:
        app.processEvents()
        time.sleep(0.001)


def shown(widget: QWidget) -> QWidget:
    """A widget on the screen at the size of a common window."""
    widget.resize(*SIZE)
    widget.show()
    QApplication.processEvents()
    return widget


# Row 5


def all_lines(ledger: Ledger) -> tuple[ProblemLine, ...]:
    """Every line, a few hundred at a time."""
    keys = read_keys(ledger, Filter(), Sort(), DAY)
    return tuple(line for at in range(0, len(keys), 500) for line in read_lines_of(ledger, keys.ids(at, 500)))


def today() -> Any:
    """The day of the bench."""
    return DAY


def plain_view(rows: tuple[ProblemLine, ...]) -> tuple[QTableView, ListModel[ProblemLine]]:
    """A table of rows that are all at hand."""
    view = TableView("anchor", {})
    model: ListModel[ProblemLine] = ListModel(ledger_columns(today, lambda _: None, lambda _: True), view)
    model.set_rows(rows)
    view.setModel(model)
    shown(view)
    return view, model


def first_paint(make: Callable[[], QWidget]) -> Task:
    """Making a widget, showing it and painting it once."""

    def task() -> None:
        widget = make()
        widget.grab()
        widget.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    return task


def lazy_view(ledger: Ledger) -> TableView:
    """The table of the 台账."""
    view = TableView("ledger", {})
    model = LedgerModel(ledger, today, view)
    model.show_only(model.chosen)
    view.setModel(model)
    shown(view)
    return view


def weigh(folder: Path, what: str) -> None:
    """Print the KiB a fresh process grows by when it shows a table: ``lazy`` ours, ``plain`` of 50 rows."""
    with open_to_work(folder) as ledger:
        some = read_lines_of(ledger, read_keys(ledger, Filter(text="1"), Sort(), DAY).ids(0, 50))
        before = resident()
        held = lazy_view(ledger) if what == "lazy" else plain_view(some)[0]
        held.grab()
        print(resident() - before)


def resident() -> int:
    """KiB of memory this process ever held."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0])


def weighed(folder: Path, what: str) -> int:
    """``weigh`` in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.bench_table", "--in", str(folder), "--weigh", what]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def row_5(ledger: Ledger, runs: int) -> None:
    """First paint, memory, filter, sort and repaint."""
    lines = all_lines(ledger)
    some = lines[:50]
    times = measure(
        {"50 rows": first_paint(lambda: plain_view(some)[0]), "lazy": first_paint(lambda: lazy_view(ledger))}, runs
    )
    report("5 first paint", times["lazy"], times["50 rows"], "report")
    view = lazy_view(ledger)
    model = view.model()
    assert isinstance(model, LedgerModel)
    anchor, source = plain_view(lines)
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(source)
    proxy.setFilterKeyColumn(1)
    anchor.setModel(proxy)
    words = iter(range(10_000))
    times = measure(
        {
            "filter": lambda: model.show_only(Filter(text=f"整治{next(words) % 7}")),
            "proxy filter": lambda: proxy.setFilterFixedString(f"整治{next(words) % 7}"),
        },
        runs,
    )
    report("5 filter", times["filter"], times["proxy filter"], "≤ 0.1")
    model.show_only(Filter())
    proxy.setFilterFixedString("")
    ours, theirs = cycle((0, 1)), cycle((0, 1))
    orders = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
    times = measure(
        {
            "sort": lambda: model.sort(7, orders[next(ours)]),
            "proxy sort": lambda: proxy.sort(7, orders[next(theirs)]),
        },
        runs,
    )
    report("5 sort", times["sort"], times["proxy sort"], "≤ 0.01")
    database = QSqlDatabase.addDatabase("QSQLITE", "bench")
    database.setDatabaseName(str(ledger.folder / FILE))
    database.open()
    plain = QSqlQueryModel()
    columns = "number, head, source, deadline, plan_deadline, lead, percent, self_check"
    plain.setQuery(f"SELECT {columns} FROM summary ORDER BY plan_order, number", database)
    sql_view = QTableView()
    sql_view.setModel(plain)
    model.sort(0)
    same_look(sql_view, view)
    shown(sql_view)
    times = measure({"repaint": view.grab, "sql repaint": sql_view.grab}, runs)
    report("5 repaint", times["repaint"], times["sql repaint"], "≤ 1.5")
    sql_view.setModel(None)


def same_look(anchor: QTableView, ours: TableView) -> None:
    """As wide columns and as high rows: a wider text takes longer to draw."""
    wide = [ours.columnWidth(at) for at in range(len(ours.columns)) if not ours.isColumnHidden(at)]
    for at, width in enumerate(wide):
        anchor.setColumnWidth(at, width)
    anchor.verticalHeader().setDefaultSectionSize(ours.verticalHeader().defaultSectionSize())
    anchor.verticalHeader().hide()
    anchor.setAlternatingRowColors(True)
    anchor.setShowGrid(False)
    anchor.setWordWrap(False)


# Row 15


def type_words(app: Watched, page: LedgerPage) -> None:
    """Words letter by letter, cleared again."""
    for words in ("整", "整治", "整治管", "77", "没有这样的词"):
        with app.step("台账 typing"):
            page.filters.words.setText(words)
        settle(app)
    with app.step("台账 clear"):
        page.filters.clear()
    settle(app)


def row_15(app: Watched, ledger: Ledger) -> None:
    """The three pages used as a clerk does; the longest stretch of every step."""
    session = Session(ledger, "李明", today)
    with app.step("台账 open"):
        page = LedgerPage(session, {})
        shown(page)
    settle(app)
    type_words(app, page)
    for at in range(page.model.columnCount()):
        with app.step("台账 sort"):
            page.model.sort(at, Qt.SortOrder.DescendingOrder)
        settle(app, seconds=0.1)
    for state in ("overdue", "open", ""):
        with app.step("台账 state"):
            page.filters.choose("state", state)
        settle(app, seconds=0.1)
    with app.step("台账 select all"):
        page.table.selectAll()
    with app.step("台账 to the end"):
        page.table.scrollToBottom()
    settle(app)
    with app.step("台账 read again"):
        page.refresh()
    page.hide()
    with app.step("待办 open"):
        waiting = TodoPage(session, {})
        shown(waiting)
    app.doing = "待办 reading"
    begun = time.monotonic()
    settle(app, lambda: not waiting.is_reading)
    print(f"15 待办 fully read after {time.monotonic() - begun:.1f} s in parts")
    waiting.hide()
    with app.step("调度 open"):
        grid = DispatchPage(session, {})
        shown(grid)
    app.doing = "调度 reading"
    begun = time.monotonic()
    settle(app, lambda: not grid.is_reading)
    print(f"15 调度 {grid.model.rowCount()} rows known after {time.monotonic() - begun:.1f} s in parts")
    for part in (0.25, 0.5, 0.75, 1.0):
        with app.step("调度 scroll"):
            bar = grid.table.verticalScrollBar()
            bar.setValue(int(bar.maximum() * part))
        app.doing = "调度 paint"
        settle(app, seconds=0.1)
    for words, worst in sorted(app.worst.items(), key=lambda item: -item[1]):
        mark = "" if worst <= LIMIT_MS else f"  over {LIMIT_MS} ms"
        print(f"15 {words}: {worst:.0f} ms{mark}")


def main() -> None:
    """Both rows on one ledger."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--problems", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--in", dest="folder", type=Path, help="a ledger made by tests.bench.generate")
    parser.add_argument("--weigh", choices=("lazy", "plain"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    app = Watched()
    load_fonts(app)
    speak_chinese(app)
    apply_theme(app)
    if chosen.weigh:
        weigh(chosen.folder, chosen.weigh)
        return
    with TemporaryDirectory() as scratch:
        folder = chosen.folder
        if folder is None:
            folder = Path(scratch) / "ledger"
            generate(folder, chosen.problems, 2).close()
        lazy, plain = weighed(folder, "lazy"), weighed(folder, "plain")
        print(f"5 memory: {lazy / plain:.3g} × (goal ≤ 1.5), {lazy} KiB against {plain} KiB")
        with open_to_work(folder) as ledger:
            row_5(ledger, chosen.runs)
            row_15(app, ledger)


if __name__ == "__main__":
    main()
