"""Rows 1, 2, 12 and 13 of the performance page: the store against plain SQLite and plain fdatasync, as ratios.

python -m tests.bench.bench_store [--sizes 200 2000 20000] [--progress 2] [--runs 7] [--in FOLDER]
"""

import argparse
import os
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from desktop.store.connection import FILE
from desktop.store.ledger import Ledger, open_ledger
from desktop.store.summary import LINE_COLUMNS, first_lines
from desktop.store.writer import writing
from tests.bench.generate import DAY, generate, text

PAGE = 4096
CHANGES, OVER = 10_000, 1_000
SCREEN = f"SELECT {LINE_COLUMNS} FROM summary ORDER BY plan_order, number, problem LIMIT 50"
COUNTS = "SELECT closed, transferred, term_class, deadline < ?, count(*) FROM summary GROUP BY 1, 2, 3, 4"

Task = Callable[[], object]


def timed(task: Task) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def measure(tasks: dict[str, Task], runs: int) -> dict[str, list[float]]:
    """Seconds of every task, each run in a new order: the first of a fixed order pays for cold caches."""
    chance, seconds = Random(1), {name: list[float]() for name in tasks}
    for _ in range(runs):
        for name in chance.sample(sorted(tasks), len(tasks)):
            seconds[name].append(timed(tasks[name]))
    return seconds


def spread(values: list[float]) -> str:
    """min – median – max."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return f"{low:.4g} – {middle:.4g} – {high:.4g}"


def report(row: str, ours: list[float], anchor: list[float], goal: str) -> None:
    """One line: the ratio run by run, then both sides in milliseconds."""
    ratios = [a / b for a, b in zip(ours, anchor, strict=True)]
    print(f"{row}: {spread(ratios)} × (goal {goal})")
    print(f"    ours {spread([v * 1e3 for v in ours])} ms; anchor {spread([v * 1e3 for v in anchor])} ms")


def repeat(task: Task, times: int) -> Task:
    """The task so often that a clock can tell."""

    def often() -> None:
        for _ in range(times):
            task()

    return often


def _raw(connection: Any) -> object:
    return connection.execute(SCREEN).fetchall()


def first_screens(ledgers: dict[int, Ledger], runs: int) -> None:
    """Row 1: 50 lines as records against the same statement as plain tuples, and the largest against the smallest."""
    tasks: dict[str, Task] = {}
    for size, ledger in ledgers.items():
        connection = ledger.db.connection()
        tasks[f"ours {size}"] = repeat(partial(first_lines, ledger), 20)
        tasks[f"raw {size}"] = repeat(partial(_raw, connection), 20)
    seconds = measure(tasks, runs)
    for size in ledgers:
        report(f"1  first screen, {size} problems", seconds[f"ours {size}"], seconds[f"raw {size}"], "≤ 2.5")
    small, large = min(ledgers), max(ledgers)
    if small != large:
        row = f"1  first screen, {large} against {small} problems"
        report(row, seconds[f"ours {large}"], seconds[f"ours {small}"], "≤ 1.2")


def bytes_read() -> int:
    """Bytes this process has asked the system for so far, from the disk or its cache."""
    for line in Path("/proc/self/io").read_text(encoding="ascii").splitlines():
        if line.startswith("rchar"):
            return int(line.split()[1])
    raise SystemExit("no rchar in /proc/self/io")


def cold_pages(folders: dict[int, Path]) -> None:
    """Row 2: pages that a fresh connection reads for the first screen and the counts; the same on every machine."""
    if not Path("/proc/self/io").exists():
        print("2  pages read cold: only where /proc/self/io is", file=sys.stderr)
        return
    for size, folder in folders.items():
        before = bytes_read()
        idle = bytes_read() - before
        with open_ledger(folder) as ledger:
            opened = bytes_read()
            first_lines(ledger)
            screen = bytes_read()
            ledger.db.execute_sql(COUNTS, (DAY.isoformat(),)).fetchall()
            counted = bytes_read()
        pages = [(b - a - idle) / PAGE for a, b in ((before, opened), (opened, screen), (screen, counted))]
        total = f"{sum(pages[1:]):.0f}"
        print(f"2  pages read cold, {size} problems: {total} (goal ≤ 130): ", end="")
        print(f"first screen {pages[1]:.0f}, counts {pages[2]:.0f}; opening {pages[0]:.0f} more")


def bulk(ledger: Ledger, room: Path, runs: int) -> None:
    """Row 12: 10,000 progress entries on 1,000 problems, against executemany of the same rows into one table."""
    every = [bytes(row[0]).hex() for row in ledger.db.execute_sql("SELECT id FROM problem ORDER BY id")]
    # Other problems in every run: entries that pile up on the same ones would be read again each time.
    turns = iter(range(runs))
    chance = Random(2)
    texts = [text(chance, 40) for _ in range(CHANGES)]

    def ours() -> None:
        start = next(turns) * OVER % len(every)
        problems = every[start : start + OVER]
        with writing(ledger, "张三", DAY) as writer:
            for n, words in enumerate(texts):
                problem = problems[n % len(problems)]
                entry = {"problem": problem, "month": "2026-11", "on": "2026-11-23", "text": words, "percent": n % 100}
                writer.new("progress", entry, scope=problem)

    bare = sqlite3.connect(room / "bare.sqlite", isolation_level=None)
    bare.execute("PRAGMA journal_mode = wal")
    bare.execute("PRAGMA synchronous = full")
    bare.execute(
        'CREATE TABLE progress (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, problem BLOB, month TEXT, "on" TEXT, '
        "text TEXT, percent INTEGER)"
    )

    def anchor() -> None:
        rows: list[tuple[object, ...]] = [
            (bytes.fromhex(ledger.new_id()), bytes.fromhex(every[n % len(every)]), "2026-11", "2026-11-23", t, 7)
            for n, t in enumerate(texts)
        ]
        anchor_seconds.append(timed(lambda: insert(rows)))

    def insert(rows: list[tuple[object, ...]]) -> None:
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany(
            'INSERT INTO progress (id, problem, month, "on", text, percent) VALUES (?, ?, ?, ?, ?, ?)', rows
        )
        bare.execute("COMMIT")

    anchor_seconds: list[float] = []
    seconds = measure({"ours": ours, "anchor": anchor}, runs)
    bare.close()
    report(f"12 {CHANGES} changes with journal, hashes, summary", seconds["ours"], anchor_seconds, "≤ 20")


def saves(ledger: Ledger, room: Path, runs: int) -> None:
    """Row 13: one saved form against one fdatasync of a page."""
    problems = [bytes(row[0]).hex() for row in ledger.db.execute_sql("SELECT id FROM problem LIMIT 200")]
    handle = os.open(room / "plain", os.O_RDWR | os.O_CREAT)
    numbers = iter(range(10**9))

    def ours() -> None:
        number = next(numbers)
        problem = problems[number % len(problems)]
        with writing(ledger, "张三", DAY) as writer:
            entry = {"problem": problem, "month": "2026-11", "on": "2026-11-23", "text": f"第{number}次填报"}
            writer.new("progress", entry, scope=problem)

    def anchor() -> None:
        os.write(handle, bytes(PAGE))
        os.fdatasync(handle)

    seconds = measure({"ours": repeat(ours, 10), "anchor": repeat(anchor, 10)}, max(runs, 9))
    os.close(handle)
    report("13 one saved form", seconds["ours"], seconds["anchor"], "≤ 1.6")


def _make(folder: Path, problems: int, progress: int) -> None:
    generate(folder, problems, progress).close()


def main() -> None:
    """Make the ledgers and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[200, 2_000, 20_000])
    parser.add_argument("--progress", type=int, default=2, help="progress rows for each problem")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--in", dest="room", type=Path, default=None, help="a folder on the disk to measure")
    chosen = parser.parse_args()
    with TemporaryDirectory(dir=chosen.room) as name:
        room = Path(name)
        folders = {size: room / str(size) for size in chosen.sizes}
        for size, folder in folders.items():
            seconds = timed(partial(_make, folder, size, chosen.progress))
            print(f"made a ledger of {size} problems in {seconds:.1f} s, {(folder / FILE).stat().st_size >> 20} MiB")
        cold_pages(folders)
        ledgers = {size: open_ledger(folder) for size, folder in folders.items()}
        first_screens(ledgers, chosen.runs)
        largest = ledgers[max(ledgers)]
        saves(largest, room, chosen.runs)
        bulk(largest, room, chosen.runs)
        for ledger in ledgers.values():
            ledger.close()


if __name__ == "__main__":
    main()
