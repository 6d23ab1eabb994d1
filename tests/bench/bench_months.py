"""Rows 2, 3, 4 and 15 of the performance page over months of progress: what a hundred entries a problem cost.

python -m tests.bench.bench_months [--problems 20000] [--progress 10 100] [--runs 5] [--in FOLDER]

Row 2: pages that the first screen, its counts and the dashboard's figures read cold. Row 3: search against an indexed
fetch of 50 rows. Row 4: the same figures when progress grows. Row 15: what 调度 does between two events of the window,
and how long a freeze and the opening of a frozen month take on the runner.
"""

import argparse
import sqlite3
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.operations.finding import find_everything
from desktop.operations.lists import Filter, Sort, read_keys
from desktop.operations.rounds import as_frozen, find_round, freeze_round, open_round, suggest_round
from desktop.operations.today import line_todos, month_rows_of, read_row_keys
from desktop.rules.todo import LINE_KINDS
from desktop.store.connection import FILE
from desktop.store.ledger import Ledger, open_ledger
from desktop.store.round_board import filled_rows
from desktop.store.summary import first_lines
from tests.bench.bench_store import COUNTS, SCREEN, measure, report, spread
from tests.bench.generate import DAY, generate

PAGE, MONTH, PART, BLOCK = 4096, "2026-11", 60, 6
FETCH = "SELECT p.number, p.text FROM problem p JOIN summary s ON s.problem = p.id WHERE s.plan_order >= 0 LIMIT 50"


def pages_read(file: Path, task: Callable[[sqlite3.Connection], object]) -> int:
    """Pages that a task reads through a connection with a cold cache of its own."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        connection.execute("PRAGMA cache_size = -200000")
        before = _reads()
        task(connection)
        return (_reads() - before) // PAGE
    finally:
        connection.close()


def _reads() -> int:
    """Bytes this process has asked the system to read so far; a warm disk cache hides nothing here."""
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("rchar")))


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the ledgers and print the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--problems", type=int, default=20_000)
    parser.add_argument("--progress", type=int, nargs="+", default=[10, 100])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--in", dest="folder", type=Path, default=None)
    chosen = parser.parse_args(arguments)
    with TemporaryDirectory(dir=chosen.folder) as desk:
        ledgers: dict[int, Ledger] = {}
        for progress in chosen.progress:
            started = time.perf_counter()
            ledgers[progress] = generate(Path(desk, str(progress)), chosen.problems, progress)
            size = (ledgers[progress].folder / FILE).stat().st_size / 2**20
            rows, spent = chosen.problems * progress, time.perf_counter() - started
            print(f"{chosen.problems} problems, {rows} progress rows: {size:.0f} MiB in {spent:.0f} s", flush=True)
        for ledger in ledgers.values():
            ledger.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        _pages(ledgers)
        _search(ledgers, chosen.runs)
        _growth(ledgers, chosen.runs)
        _window(ledgers[chosen.progress[-1]], chosen.runs)
        for ledger in ledgers.values():
            ledger.close()


def _first_screen(connection: sqlite3.Connection) -> None:
    connection.execute(SCREEN).fetchall()
    connection.execute(COUNTS, (DAY.isoformat(),)).fetchall()


def _pages(ledgers: dict[int, Ledger]) -> None:
    for progress, ledger in ledgers.items():
        file = ledger.folder / FILE
        screen = pages_read(file, _first_screen)
        print(f"row 2, {progress} a problem: first screen and counts {screen} pages (goal 130)")
        for kind in LINE_KINDS:
            with open_ledger(ledger.folder, write=False) as cold:
                before = _reads()
                line_todos(cold, kind, DAY)
                print(f"    {kind.value}: {(_reads() - before) // PAGE} pages (goal 1000)")


def _search(ledgers: dict[int, Ledger], runs: int) -> None:
    small, large = (ledgers[key] for key in (min(ledgers), max(ledgers)))
    seconds = measure(
        {
            "large": lambda: find_everything(large, "污水管网"),
            "small": lambda: find_everything(small, "污水管网"),
            "fetch": lambda: large.db.execute_sql(FETCH).fetchall(),
        },
        runs,
    )
    report("row 3, search against a fetch of 50 rows", seconds["large"], seconds["fetch"], "2")
    report("row 3, ten times the texts", seconds["large"], seconds["small"], "2")


def _growth(ledgers: dict[int, Ledger], runs: int) -> None:
    small, large = (ledgers[key] for key in (min(ledgers), max(ledgers)))
    tasks: dict[str, tuple[Callable[[Ledger], object], str]] = {
        "counts of the list": (lambda ledger: ledger.db.execute_sql(COUNTS, (DAY.isoformat(),)).fetchall(), "1.2"),
        "first 50 lines": (first_lines, "1.2"),
        "groups of the morning": (lambda ledger: [line_todos(ledger, kind, DAY) for kind in LINE_KINDS], "1.2"),
        "board of units": (lambda ledger: filled_rows(ledger, MONTH), "1.2"),
    }
    for name, (task, goal) in tasks.items():
        seconds = measure({"large": partial(task, large), "small": partial(task, small)}, runs)
        report(f"row 4, {name}, progress ten times", seconds["large"], seconds["small"], goal)


def _window(ledger: Ledger, runs: int) -> None:
    """What 调度 does between two events of the window, and its long work on the runner."""
    open_round(ledger, suggest_round(ledger, MONTH), DAY)
    keys = read_keys(ledger, Filter(state="open"), Sort(), DAY)
    part, some = keys.ids(len(keys) // 2, PART), keys.ids(len(keys) // 2, BLOCK)
    slots: dict[str, Callable[[], object]] = {
        "keys of all rows": lambda: read_keys(ledger, Filter(state="open"), Sort(), DAY),
        f"{PART} problems of the grid": lambda: read_row_keys(ledger, part, MONTH),
        f"rows of {BLOCK} problems in sight": lambda: month_rows_of(ledger, some, MONTH, DAY),
    }
    _print_slots(slots, runs)
    found = find_round(ledger, MONTH)
    assert found is not None
    freeze_round(ledger, found, (), (), DAY)
    for words in ("freeze: the copy of the month", "opening it again"):
        started = time.perf_counter()
        with as_frozen(ledger, MONTH) as month:
            print(f"row 15, {words}: {time.perf_counter() - started:.2f} s on the runner")
            read = partial(month_rows_of, ledger, some, MONTH, DAY, month)
            _print_slots({f"rows of {BLOCK} frozen problems": read}, runs)


def _print_slots(slots: dict[str, Callable[[], object]], runs: int) -> None:
    for name, seconds in measure(slots, runs).items():
        worst = max(seconds) * 1e3
        verdict = "" if worst <= 100 else "  ABOVE 100 ms"
        print(f"row 15, {name}: {spread([v * 1e3 for v in seconds])} ms{verdict}", flush=True)


if __name__ == "__main__":
    main()
