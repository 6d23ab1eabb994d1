"""Rows 11 and 15 of the performance page: the start, and the longest slot of the whole window, page by page.

QT_QPA_PLATFORM=offscreen python -m tests.bench.bench_window [--problems 20000] [--runs 5] [--in LEDGER]
"""

import argparse
import cProfile
import os
import pstats
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desktop.operations.ledgers import open_to_work
from desktop.operations.lists import Filter, Sort, read_keys
from desktop.settings import Settings
from desktop.store.ledger import Ledger
from desktop.store.writer import writing
from desktop.views.ahead import Ahead
from desktop.views.chasing.page import ChasingPage
from desktop.views.exchange.page import PART_WORDS, PARTS
from desktop.views.garbage import Collector
from desktop.views.looks.theme import apply_theme, load_fonts, speak_chinese
from desktop.views.main_window import MainWindow
from desktop.views.pages import STEPS
from desktop.views.place import PAGE_WORDS, PageKey, Place
from desktop.views.program import build_window
from tests.bench.bench_table import LIMIT_MS, Watched, settle
from tests.bench.generate import DAY, generate, text
from tests.bench.offices import add_offices

SIZE = (1366, 768)
AFTER = 1.2  # seconds after which a page has read what it reads late
BARE = """
import time; begun = time.perf_counter()
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([]); window = QMainWindow(); window.resize(1366, 768); window.show(); app.processEvents()
print(time.perf_counter() - begun)
print(int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0]))
"""
OURS = """
import gc, sys, time; begun = time.perf_counter()
gc.disable()  # as desktop/__main__.py and desktop/app.py do
from pathlib import Path
from desktop.app import make_app
from desktop.settings import Settings
from desktop.views.garbage import Collector
app = make_app()
collector = Collector(app)
from desktop.views.program import Program
program = Program(app, Settings(Path(sys.argv[2])))
program.show_start(); app.processEvents()
start = time.perf_counter() - begun
program.open_folder(Path(sys.argv[1]), "李明")
from desktop.views.place import PageKey, Place
program.window.go(Place(PageKey.LEDGER))
app.processEvents()
assert program.window.page.table.model().row_at(0) is not None
print(time.perf_counter() - begun); print(int(open("/proc/self/status").read().split("VmHWM:")[1].split()[0]))
print(start)
program.window.close_at_once()
program.end()
"""


def fill_case(ledger: Ledger, months: int = 120) -> str:
    """Make one problem as full as any: years of reports for each measure."""
    problem = read_keys(ledger, Filter(), Sort(), DAY).ids(0, 1)[0]
    chance = Random(7)
    sql = "SELECT id FROM measure WHERE problem = ? ORDER BY number"
    measures = [bytes(row[0]).hex() for row in ledger.db.execute_sql(sql, (bytes.fromhex(problem),))]
    with writing(ledger, "张三", DAY) as writer:
        for back in range(months):
            month = f"{2026 - back // 12}-{12 - back % 12:02}"
            for measure in measures:
                entry = {"problem": problem, "measure": measure, "month": month, "on": f"{month}-25"}
                writer.new("progress", {**entry, "text": text(chance, 60), "percent": 50}, scope=problem)
    return problem


def open_page(app: Watched, window: MainWindow, place: Place, words: str) -> None:
    """Open a place for the first time, leave it, and open it again; what follows the click counts apart."""
    with app.step(f"{words} opened"):
        window.go(place)
    app.doing = f"{words} after"
    settle(app, lambda: not window.session.runner.is_busy, AFTER)
    if place.page == PageKey.CHASING:
        app.doing = f"{words} to the end"
        settle(app, lambda: not (isinstance(window.page, ChasingPage) and window.page.reader.is_reading), AFTER)
    with app.step(f"{words} left"):
        window.go(Place(PageKey.WAITING))
    app.doing = f"{words} left, after"
    settle(app, seconds=0.1)
    with app.step(f"{words} again"):
        window.go(place)
    app.doing = f"{words} again, after"
    settle(app, lambda: not window.session.runner.is_busy, 0.3)


def row_15(app: Watched, folder: Path, profile: str, at_once: bool) -> None:
    """Every page of the window opened as a clerk opens it; the longest stretch of each.

    ``at_once``: as a clerk who does not wait until what the pages need was imported ahead.
    """
    with open_to_work(folder) as ledger:
        full = fill_case(ledger)
        add_offices(ledger)
    with TemporaryDirectory() as desk, open_to_work(folder) as ledger:
        with app.step("window"):
            window = build_window(ledger, "李明", lambda: DAY, Settings(Path(desk) / "settings.json"))
            window.resize(*SIZE)
            window.show()
        app.doing = "待办 reading"
        settle(app, seconds=3)
        if not at_once:
            app.doing = "imported ahead"
            ahead = Ahead(STEPS, window)
            ahead.begin()
            settle(app, lambda: not ahead.left, seconds=1)
        for key in window.page_keys():
            place = Place(key, problem_id=full if key == PageKey.CASE else "")
            watch = cProfile.Profile()
            if profile == key.value:
                watch.enable()
            open_page(app, window, place, PAGE_WORDS[key])
            if profile == key.value:
                watch.disable()
                pstats.Stats(watch).sort_stats("cumulative").print_stats(60)
        for part, words in zip(PARTS, PART_WORDS, strict=True):
            open_page(app, window, Place(PageKey.EXCHANGE, part=part), f"交换·{words}")
        with app.step("closed"):
            window.close_at_once()
    for words, worst in sorted(app.worst.items(), key=lambda item: -item[1]):
        if worst > LIMIT_MS / 4:
            print(f"15 {words}: {worst:.0f} ms{'' if worst <= LIMIT_MS else f'  over {LIMIT_MS} ms'}")


def run(cache: Path, script: str, *arguments: str) -> list[float]:
    """The figures that a script prints, run in a process of its own with compiled modules at hand, as on the desk."""
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(cache)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", script, *arguments]
    ran = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    return [float(line) for line in ran.stdout.split()]


def row_11(folder: Path, runs: int) -> None:
    """From the start of the interpreter's work to the first 50 rows, against a bare window."""
    figures: dict[str, list[list[float]]] = {"bare": [], "ours": []}
    with TemporaryDirectory() as desk:
        tasks: dict[str, Callable[[], list[float]]] = {
            "bare": lambda: run(Path(desk), BARE),
            "ours": lambda: run(Path(desk), OURS, str(folder), str(Path(desk) / "settings.json")),
        }
        for task in tasks.values():
            task()
        order = [name for name in tasks for _ in range(runs)]
        Random(3).shuffle(order)
        for name in order:
            figures[name].append(tasks[name]())
    bare, ours = ([statistics.median(part) for part in zip(*figures[name], strict=True)] for name in ("bare", "ours"))
    print(f"11 start: {ours[0] / bare[0]:.3g} × (goal ≤ 1.6), {ours[0]:.3f} s against {bare[0]:.3f} s")
    print(f"11 start page alone: {ours[2] / bare[0]:.3g} ×, {ours[2]:.3f} s")
    print(f"11 memory: +{(ours[1] - bare[1]) / 1024:.1f} MiB (goal ≤ +20)")


def main() -> None:
    """Both rows on one ledger; the ledger given is copied first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--problems", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--in", dest="folder", type=Path, help="a ledger made by tests.bench.generate")
    parser.add_argument("--profile", default="", help="the key of a page whose opening is profiled")
    parser.add_argument("--cpu", action="store_true", help="count the window's own time, on a machine others use too")
    parser.add_argument("--at-once", action="store_true", help="open the pages before anything is imported ahead")
    parser.add_argument("--only", type=int, choices=(11, 15))
    chosen = parser.parse_args()
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "ledger"
        if chosen.folder is None:
            generate(folder, chosen.problems, 2).close()
        else:
            shutil.copytree(chosen.folder, folder)
        if chosen.only != 15:
            row_11(folder, chosen.runs)
        if chosen.only != 11:
            app = Watched(time.thread_time if chosen.cpu else time.perf_counter)
            load_fonts(app)
            speak_chinese(app)
            apply_theme(app)
            collector = Collector(app)
            row_15(app, folder, chosen.profile, chosen.at_once)
            collector.stop()


if __name__ == "__main__":
    main()
