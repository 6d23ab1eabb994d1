"""Rows 6 and 7 of the speed goals: the ledger out as a workbook and an edited one in, against openpyxl and calamine.

python -m tests.bench.bench_workbook [--problems 20000] [--runs 5]. Each variant runs in a process of its own, in turn
and shuffled, so that its memory is its own. Prints minimum, median, maximum and the ratio; judges nothing.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from python_calamine import CalamineWorkbook

from desktop import paths
from desktop.operations.export import ExportChoice, export_workbook
from desktop.operations.ledgers import open_to_read, open_to_write
from desktop.operations.plan.sheet_import import read_sheet_file, sheet_preview, take_sheet
from desktop.operations.profile import read_toml
from desktop.plans.columns import cell_value, read_layout
from desktop.plans.workbook import Book, write_workbook
from desktop.rules.records import CaseFile, Office
from desktop.store.read_cases import all_problems, read_cases
from tests.bench.generate import DAY, generate

SMALL = 400  # cases that are read once and written again and again, so that reading is not in the figure
OUT = ("ours, rows only", "openpyxl write_only, no styles", "ours, from the ledger")
IN = ("ours, unchanged", "ours, 5 % changed", "ours, all changed", "openpyxl read_only", "calamine")


def main() -> None:
    """Make the ledger and its exports once, then run all variants in turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--problems", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--variant", default="", help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, default=None, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.variant:
        print(json.dumps(measure(chosen.variant, chosen.folder, chosen.problems)))
        return
    with TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        generate(folder / "ledger", chosen.problems, 1).close()
        with open_to_read(folder / "ledger") as ledger:
            export_workbook(ledger, folder / "same.xlsx", DAY)
        report("out", OUT, "openpyxl write_only, no styles", folder, chosen.problems, chosen.runs)
        report("in", IN, "openpyxl read_only", folder, chosen.problems, chosen.runs)
        for count in (chosen.problems // 10, chosen.problems):
            found = run("ours, rows only", folder, count)
            print(f"memory of {count} rows written: {found['peak'] / 1024:.0f} MiB")


def report(title: str, variants: tuple[str, ...], anchor: str, folder: Path, problems: int, runs: int) -> None:
    """Run the variants in turn and print what they took."""
    times: dict[str, list[float]] = {variant: [] for variant in variants}
    peaks: dict[str, float] = {}
    order = list(variants)
    for _ in range(runs):
        random.shuffle(order)
        for variant in order:
            found = run(variant, folder, problems)
            times[variant].append(found["seconds"])
            peaks[variant] = found["peak"] / 1024
    base, base_peak = statistics.median(times[anchor]), peaks[anchor]
    print(f"{title}, {problems} problems; anchor: {anchor}")
    for variant in variants:
        low, middle, high = min(times[variant]), statistics.median(times[variant]), max(times[variant])
        memory = f"{peaks[variant]:.0f} MiB ({peaks[variant] / base_peak:.2f})"
        print(f"  {variant}: {low:.2f} – {middle:.2f} – {high:.2f} s, ratio {middle / base:.2f}, peak {memory}")


def run(variant: str, folder: Path, problems: int) -> dict[str, float]:
    """One variant in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.bench_workbook", "--variant", variant]
    command += ["--folder", str(folder), "--problems", str(problems)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(said.splitlines()[-1])
    return found


def measure(variant: str, folder: Path, problems: int) -> dict[str, float]:
    """Seconds and peak memory (KiB) of one variant; what it needs beforehand is not in the seconds."""
    act = VARIANTS[variant](folder, problems)
    begun = time.perf_counter()
    act()
    spent = time.perf_counter() - begun
    # The peak of this process alone: what getrusage tells begins with that of the process that started it.
    status = Path("/proc/self/status")
    peak = int(status.read_text().split("VmHWM:")[1].split()[0]) if status.is_file() else 0
    return {"seconds": spent, "peak": peak}


def some_cases(folder: Path) -> list[CaseFile]:
    """A few hundred cases of the ledger."""
    with open_to_read(folder / "ledger") as ledger:
        return list(read_cases(ledger, all_problems(ledger)[:SMALL]))


def again_and_again(cases: list[CaseFile], count: int) -> Iterator[CaseFile]:
    """So many rows from a few cases."""
    return (cases[at % len(cases)] for at in range(count))


def ours_rows(folder: Path, problems: int) -> Callable[[], object]:
    """Our writer over cases that are at hand."""
    cases = some_cases(folder)
    layout = read_layout(read_toml(paths.resource("templates", "merged_ledger.toml")))
    book = Book(layout, Office("o", "样例区整改办", "样例区"), DAY, lambda: "")

    def act() -> None:
        with (folder / "ours.xlsx").open("w+b") as handle:
            write_workbook(handle, book, again_and_again(cases, problems))

    return act


def openpyxl_rows(folder: Path, problems: int) -> Callable[[], object]:
    """The same values through openpyxl's fastest way, without a single style."""
    cases = some_cases(folder)
    layout = read_layout(read_toml(paths.resource("templates", "merged_ledger.toml")))
    rows = [[cell_value(column, case, DAY) for column in layout.columns] for case in cases]

    def act() -> None:
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet()
        for at in range(problems):
            sheet.append(rows[at % len(rows)])
        book.save(folder / "anchor.xlsx")

    return act


def ours_whole(folder: Path, problems: int) -> Callable[[], object]:
    """The whole export: reading the ledger, counting its figures, writing."""

    def act() -> None:
        with open_to_read(folder / "ledger") as ledger:
            export_workbook(ledger, folder / "whole.xlsx", DAY, ExportChoice())

    return act


def ours_in(share: float) -> Callable[[Path, int], Callable[[], object]]:
    """Our import of an export in which a share of the rows was changed: parse, compare, write, journal.

    The changes are put over what was read, since a program that edits so large a sheet would be measured too.
    """

    def prepare(folder: Path, problems: int) -> Callable[[], object]:
        def act() -> None:
            with open_to_write(folder / "ledger") as ledger:
                book = read_sheet_file(folder / "same.xlsx")
                if book is None:
                    raise ValueError("the export was not known again")
                stamp = f"{time.time():.6f}"
                rows = list(book.rows)
                for at in range(int(len(rows) * share)):
                    typed = {**rows[at].cells, "target": f"改过的目标{stamp}"}
                    rows[at] = replace(rows[at], cells=typed, changed=frozenset({"target"}))
                book = replace(book, rows=tuple(rows), base=None) if share else book
                found = sheet_preview(ledger, book, DAY)
                take_sheet(ledger, book, [line.key for line in found.lines if line.is_chosen], DAY, shown=found)

        return act

    return prepare


def openpyxl_in(folder: Path, problems: int) -> Callable[[], object]:
    """openpyxl merely reading the same file."""

    def act() -> None:
        book = openpyxl.load_workbook(folder / "same.xlsx", read_only=True)
        for row in book.worksheets[0].iter_rows(values_only=True):
            len(row)

    return act


def calamine_in(folder: Path, problems: int) -> Callable[[], object]:
    """calamine merely reading the same file."""

    def act() -> None:
        CalamineWorkbook.from_path(str(folder / "same.xlsx")).get_sheet_by_index(0).to_python()

    return act


VARIANTS: dict[str, Callable[[Path, int], Callable[[], object]]] = {
    "ours, rows only": ours_rows,
    "openpyxl write_only, no styles": openpyxl_rows,
    "ours, from the ledger": ours_whole,
    "ours, unchanged": ours_in(0.0),
    "ours, 5 % changed": ours_in(0.05),
    "ours, all changed": ours_in(1.0),
    "openpyxl read_only": openpyxl_in,
    "calamine": calamine_in,
}


if __name__ == "__main__":
    main()
