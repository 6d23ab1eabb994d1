"""Rows 10 and 14 of the performance page: evidence and packages against copying and against plain JSON and SQLite.

python -m tests.bench.bench_exchange [--only 10|14] [--mib 1024] [--problems 20000] [--runs 5] [--in LEDGER]

Each task runs in a process of its own, in a new order each time; the anchor is one of them.
"""

import argparse
import hashlib
import json
import os
import shutil
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from desktop.exchange.unpack import open_package
from desktop.operations.ledgers import new_ledger, open_to_write
from desktop.operations.packages.carrying import bring_in, carry_out
from desktop.operations.packages.receiving import receive
from desktop.operations.packages.sending import Secrecy, send
from desktop.rules.packages import AGAIN, TAKEN
from desktop.store.disk import BLOCK
from desktop.store.evidence import store_file
from desktop.store.ledger import Ledger
from desktop.store.offices import OfficeKey, put_key
from desktop.store.writer import writing
from tests.bench.generate import DAY, PART, generate
from tests.exchange.support import keys
from tests.store.support import Steady

PHOTO = 5_200_000
CHANGED = 0.05
FEW = 500
Task = Callable[[], object]
clock: Callable[[], float] = time.perf_counter


@dataclass
class Figures:
    """Seconds and MiB of memory over the start of a task, run by run."""

    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def in_child(task: Task) -> tuple[float, float]:
    """Seconds of a task, and how many MiB of memory it took at most beyond what was there before."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            before = memory("VmRSS")
            # From here on the peak counts anew.
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
            begun = clock()
            task()
            found = (clock() - begun, memory("VmHWM") - before)
            os.write(write, json.dumps(found).encode())
            status = 0
        finally:
            os._exit(status)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as answer:
        said = answer.read()
    if os.waitpid(child, 0)[1]:
        raise SystemExit("a task failed")
    seconds, taken = json.loads(said)
    return seconds, taken


def memory(key: str) -> float:
    """A line of /proc/self/status in MiB."""
    text = Path("/proc/self/status").read_text(encoding="ascii")
    return int(text.split(f"{key}:")[1].split()[0]) / 1024


def measure(tasks: dict[str, tuple[Task, Task]], runs: int) -> dict[str, Figures]:
    """Every task so often, in a new order each time; the first of each pair makes ready and does not count."""
    chance, found = Random(1), {name: Figures() for name in tasks}
    for _ in range(runs):
        for name in chance.sample(sorted(tasks), len(tasks)):
            ready, task = tasks[name]
            ready()
            os.sync()
            seconds, taken = in_child(task)
            found[name].seconds.append(seconds)
            found[name].memory.append(taken)
    return found


def tell(row: str, ours: Figures, anchor: Figures, goal: str) -> None:
    """One line: the ratio with min, median and max, seconds and memory."""
    ratios = [a / b for a, b in zip(ours.seconds, anchor.seconds, strict=True)]
    spread = f"{min(ratios):.2f} – {statistics.median(ratios):.2f} – {max(ratios):.2f}"
    seconds = f"{statistics.median(ours.seconds):.2f} s against {statistics.median(anchor.seconds):.2f} s"
    print(f"{row}: {spread} × (goal {goal}); {seconds}; +{max(ours.memory):.0f} MiB", flush=True)


def know(ledger: Ledger, other: str, name: str) -> None:
    """Confirm another office."""
    public = keys(other).public
    with writing(ledger, "", DAY) as writer:
        put_key(writer.connection, OfficeKey(public.key_id, other, name, public.sign, public.age, "2026-01-01", "纸"))


def pair(base: Path, hub: Path) -> Path:
    """Make the office above a hub and let both know each other; its folder."""
    folder = base / "市"
    with open_to_write(hub) as ledger, new_ledger(folder, "衡江市整改办", DAY) as city:
        for one in (ledger, city):
            know(one, city.office_id, "衡江市整改办")
            know(one, ledger.office_id, "样例区整改办")
        with writing(ledger, "", DAY) as writer:
            writer.set("office", ledger.office_id, {"parent": city.office_id})
    return folder


def office_of(folder: Path) -> str:
    """The id of the office whose ledger this is."""
    with open_to_write(folder) as ledger:
        return ledger.office_id


def pack(hub: Path, city: str, target: Path, *, secret: bool = False) -> Path:
    """The package that a hub has for the city, records first."""
    shutil.rmtree(target, ignore_errors=True)
    with open_to_write(hub) as ledger:
        sent = send(ledger, city, target, keys(ledger.office_id), DAY, secrecy=Secrecy(to_receiver=secret))
    return Path(sent.files[0])


def take(folder: Path, *packages: Path) -> None:
    """Take packages in."""
    with open_to_write(folder) as ledger:
        for package in packages:
            taken = receive(ledger, package, DAY, identity=keys(ledger.office_id))
            if taken.state not in (TAKEN, AGAIN):
                raise SystemExit(taken.changes.sentence)


def fresh(clean: Path, folder: Path) -> Task:
    """Makes a folder as it was."""

    def ready() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(clean, folder)

    return ready


def gone(folder: Path) -> Task:
    """Takes a folder away."""
    return lambda: shutil.rmtree(folder, ignore_errors=True)


# Row 10


def copy_files(files: list[Path], target: Path) -> None:
    """What cp and sync do: the anchor."""
    target.mkdir()
    for file in files:
        with file.open("rb") as read, (target / file.name).open("wb") as write:
            while block := read.read(BLOCK):
                write.write(block)
            write.flush()
            os.fsync(write.fileno())


def add_files(folder: Path, files: list[Path]) -> None:
    """Take the files into a ledger as evidence of one problem."""
    with open_to_write(folder) as ledger:
        stored = [store_file(ledger, file) for file in files]
        with writing(ledger, "张三", DAY) as writer:
            row = writer.new("problem", {"number": 1, "text": "堆场扬尘"})
            for piece in stored:
                fields = {"problem": row, "name": piece.name, "sha256": piece.sha256, "size": piece.size}
                writer.new("evidence", fields, scope=row)


def row_10(base: Path, mib: int, runs: int) -> None:
    """Adding, packing, taking and carrying evidence against copying it."""
    originals, hub, full = base / "原件", base / "区", base / "区，有佐证"
    originals.mkdir()
    for number in range(max(1, mib * 1024 * 1024 // PHOTO)):
        (originals / f"照片{number}.jpg").write_bytes(Random(number).randbytes(PHOTO))
    files = sorted(originals.iterdir())
    new_ledger(hub, "样例区整改办", DAY, outside=Steady(3).surroundings()).close()
    city_clean = pair(base, hub)
    city, target, copy = office_of(city_clean), base / "U盘", base / "复制"
    shutil.copytree(hub, full)
    add_files(full, files)
    ready = {secret: pack(full, city, base / f"包{secret}", secret=secret) for secret in (False, True)}
    work, town = base / "区，做", base / "市，做"
    carried = base / "整本"
    with open_to_write(full) as ledger:
        taken_along = Path(carry_out(ledger, carried, Steady().at(), as_file=True).extra["path"])
    found = measure(
        {
            "copy": (gone(copy), lambda: copy_files(files, copy)),
            "add": (fresh(hub, work), lambda: add_files(work, files)),
            "pack": (gone(target), lambda: pack(full, city, target)),
            "pack secret": (gone(target), lambda: pack(full, city, target, secret=True)),
            "take": (fresh(city_clean, town), lambda: take(town, ready[False])),
            "take secret": (fresh(city_clean, town), lambda: take(town, ready[True])),
            "bring in": (gone(work), lambda: bring_in(taken_along, work)),
        },
        runs,
    )
    for row, name, goal in (
        ("10 add evidence", "add", "≤ 1.9"),
        ("10 pack, written and read back", "pack", "≤ 2.7"),
        ("10 take, checked", "take", "≤ 2.3"),
        ("10 pack encrypted, written twice and read twice", "pack secret", "none"),
        ("10 take encrypted", "take secret", "none"),
        ("10 whole ledger brought in", "bring in", "none"),
    ):
        tell(row, found[name], found["copy"], goal)


# Row 14


def plain_insert(package: Path, file: Path) -> None:
    """The anchor: every line parsed, hashed and put into one table."""
    database = sqlite3.connect(file, isolation_level=None)
    database.execute("PRAGMA journal_mode = wal")
    database.execute("PRAGMA synchronous = full")
    database.execute("CREATE TABLE op (lsn INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, body TEXT)")
    database.execute("BEGIN")

    def rows() -> Iterator[tuple[bytes, str]]:
        with open_package(package) as opened:
            for line in opened.ops():
                json.loads(line)
                yield hashlib.sha256(line).digest()[:20], line.decode()

    database.executemany("INSERT OR IGNORE INTO op (id, body) VALUES (?, ?)", rows())
    database.execute("COMMIT")
    database.close()


def change_some(hub: Path, changes: int, *, together: bool) -> None:
    """Change so many measures, those of a few problems or each of another one."""
    with open_to_write(hub) as ledger:
        rows = ledger.db.execute_sql("SELECT id, problem FROM measure ORDER BY problem, id").fetchall()
        chosen = rows[:changes] if together else rows[:: len(rows) // changes][:changes]
        for start in range(0, len(chosen), PART * 10):
            with writing(ledger, "李四", DAY) as writer:
                for row, problem in chosen[start : start + PART * 10]:
                    writer.set("measure", bytes(row).hex(), {"text": "改过的措施"}, scope=bytes(problem).hex())


def row_14(base: Path, problems: int, runs: int, given: Path | None) -> None:
    """A full package, the same again, a package of 5 % changes, and a few changes for a ledger ten times larger."""
    hub, small = base / "区", base / "小区"
    if given:
        shutil.copytree(given, hub)
    else:
        generate(hub, problems, 0).close()
    generate(small, problems // 10, 0).close()
    city = pair(base, hub)
    (base / "小").mkdir()
    small_city = pair(base / "小", small)
    whole = pack(hub, office_of(city), base / "全量")
    city_full = base / "市，已有"
    shutil.copytree(city, city_full)
    take(city_full, whole)
    few_small = _few(small, small_city, base / "小")
    parts = _further(hub, city_full, base)
    target, town, plain = base / "U盘", base / "市，做", base / "plain.sqlite"

    def clean() -> None:
        for file in base.glob("plain.sqlite*"):
            file.unlink()

    tasks: dict[str, tuple[Task, Task]] = {
        "plain": (clean, lambda: plain_insert(whole, plain)),
        "build": (gone(target), lambda: pack(base / "区，全量", office_of(city), target)),
        "first": (fresh(city, town), lambda: take(town, whole)),
        "again": (fresh(city_full, town), lambda: take(town, whole)),
        "changed": (fresh(city_full, town), lambda: take(town, parts["changed"])),
        "few": (fresh(city_full, town), lambda: take(town, parts["few"])),
        "few, small": (fresh(base / "小" / "市，已有", town), lambda: take(town, few_small)),
    }
    found = measure(tasks, runs)
    with open_package(whole) as package:
        print(f"14 full package: {package.head.ops} records, {whole.stat().st_size / 1e6:.1f} MB")
    tell("14 first receive against parsing, hashing, inserting", found["first"], found["plain"], "≤ 2.5")
    tell("14 build against the same", found["build"], found["plain"], "none")
    tell("14 same again against first", found["again"], found["first"], "≤ 0.05")
    tell("14 5 % changed against first", found["changed"], found["first"], "≤ 0.15")
    tell(f"14 {FEW} changes, ledger ten times larger", found["few"], found["few, small"], "≤ 1.15")


def _few(hub: Path, city: Path, base: Path) -> Path:
    """The small city with everything of its hub, and a package of a few changes for it."""
    full = base / "市，已有"
    shutil.copytree(city, full)
    take(full, pack(hub, office_of(city), base / "全量"))
    return _some(hub, full, base / "几处", FEW, together=True)


def _further(hub: Path, city_full: Path, base: Path) -> dict[str, Path]:
    """Packages for a city that has everything: of 5 % changes, and of a few."""
    shutil.copytree(hub, base / "区，全量")
    with open_to_write(hub) as ledger:
        count = ledger.db.execute_sql("SELECT count(*) FROM measure").fetchone()[0]
    changed = base / "区，改过"
    shutil.copytree(hub, changed)
    return {
        "few": _some(hub, city_full, base / "几处", FEW, together=True),
        "changed": _some(changed, city_full, base / "改过", round(count * CHANGED), together=False),
    }


def _some(hub: Path, city_full: Path, target: Path, changes: int, *, together: bool) -> Path:
    """A package of so many changes, once the city's receipt has come."""
    back = target.with_name(target.name + "，回执")
    receipt = pack_back(city_full, office_of(hub), back)
    take(hub, receipt)
    change_some(hub, changes, together=together)
    return pack(hub, office_of(city_full), target)


def pack_back(city: Path, hub: str, target: Path) -> Path:
    """The city's receipt, from a copy of it, so that the city stays as it is."""
    copy = target.with_name(target.name + "，市")
    shutil.copytree(city, copy)
    made = pack(copy, hub, target)
    shutil.rmtree(copy)
    return made


def main() -> None:
    """Both rows; the anchor is measured beside ours."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", type=int, choices=(10, 14))
    parser.add_argument("--mib", type=int, default=1024)
    parser.add_argument("--problems", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--in", dest="given", type=Path, help="a ledger made by tests.bench.generate --progress 0")
    parser.add_argument("--room", type=Path, default=None, help="where to work; a disk with room for ten times --mib")
    parser.add_argument("--cpu", action="store_true", help="count our own time, on a machine others use too")
    chosen = parser.parse_args()
    global clock
    clock = time.process_time if chosen.cpu else time.perf_counter
    if not Path("/proc/self/clear_refs").exists():
        sys.exit("only where /proc is: the peak of memory is read there")
    rows: dict[int, Callable[[Path], None]] = {
        10: lambda base: row_10(base, chosen.mib, chosen.runs),
        14: lambda base: row_14(base, chosen.problems, chosen.runs, chosen.given),
    }
    for row, work in rows.items():
        if chosen.only in (None, row):
            with TemporaryDirectory(prefix="bench-exchange-", dir=chosen.room) as room:
                work(Path(room))


if __name__ == "__main__":
    main()
