"""Row 8 of the speed goals: an official paper of some pages, ours against LibreOffice making a PDF of its docx twin.

Run as ``python -m tests.bench.bench_paper``. Prints ratios with minimum, median and maximum; judges nothing.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from desktop import paths
from desktop.documents.fonts import load_fonts
from desktop.documents.papers import print_paper, write_paper
from desktop.operations.cases import find_case
from desktop.operations.ledgers import new_ledger
from desktop.operations.paper.printing import PaperDraft, build_request, find_paper
from desktop.operations.plan.intake import import_plan, read_plan_file
from tests.bench.libre_office import libre_office

RUNS = 5
DAY = date(2024, 12, 11)


def main() -> None:
    """Make a small ledger, then time printing in turn with the anchor."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plan = paths.resource("sample", "founding-plan.txt")
        with new_ledger(folder / "台账", "蒸湘区整改工作专班办公室", DAY) as ledger:
            import_plan(ledger, read_plan_file(plan), DAY)
            case = find_case(ledger, 5)
            draft = PaperDraft(doc_no="蒸区委〔2024〕9号", on=DAY, signers=("张三",), contact="李四", phone="1234567")
            request = build_request(ledger, find_paper("closure_request"), case, DAY, draft)
        fonts = load_fonts(free_only=True)
        command = [sys.executable, "-m", "desktop", "print", str(folder / "台账"), "closure_request", "--problem", "5"]
        command += ["--today", "2024-12-11", "--out", str(folder / "请示.pdf")]
        print_paper("closure_request", request, fonts)
        _run(command, folder)
        tasks: dict[str, Callable[[], object]] = {
            "inside the running program": lambda: print_paper("closure_request", request, fonts),
            "whole process": lambda: _run(command, folder),
            "as docx, inside the running program": lambda: write_paper("closure_request", request, fonts),
        }
        office = libre_office(folder)
        if office:
            (folder / "anchor.docx").write_bytes(write_paper("closure_request", request, fonts).data)
            tasks["LibreOffice"] = partial(office, folder / "anchor.docx")
        else:
            print("LibreOffice is not installed here: no anchor")
        _report(tasks)


def _run(command: list[str], folder: Path) -> None:
    """The program as a clerk has it: compiled once, whatever this machine's developers set."""
    around = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    around["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=around)


def _report(tasks: dict[str, Callable[[], object]]) -> None:
    """Time the tasks in turn, so that a slow moment of the machine hits all of them."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(RUNS):
        for name, task in tasks.items():
            start = time.perf_counter()
            task()
            times[name].append(time.perf_counter() - start)
    base = statistics.median(times.get("LibreOffice", [1.0]))
    for name, found in times.items():
        low, middle, high = min(found), statistics.median(found), max(found)
        print(f"{name}: {low * 1000:.0f} – {middle * 1000:.0f} – {high * 1000:.0f} ms, ratio {middle / base:.3f}")


if __name__ == "__main__":
    main()
