"""Row 9 of the speed goals: the table of a whole ledger on some 500 pages, ours against LongTable and LibreOffice.

Run as ``python -m tests.bench.bench_ledger_paper [PROBLEMS]``. Every task runs in a process of its own, in a shuffled
order; printed are seconds and the peak of memory over a process that only holds the ledger and the fonts. Judges
nothing.
"""

import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pypdfium2
from reportlab.lib.pagesizes import A3, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

from desktop.documents.fonts import FontSet, Role, load_fonts
from desktop.documents.ledger_table import FIELDS
from desktop.documents.papers import print_paper, write_paper
from desktop.documents.tables import read_columns
from desktop.documents.template import load_template
from desktop.rules.ledger_values import ledger_cell
from desktop.rules.paper import PaperRequest
from tests.bench.libre_office import Convert, libre_office
from tests.documents import factory

RUNS, PROBLEMS = 5, 880
MIB = 1024


def main() -> None:
    """Time the tasks in turn and print medians with the least and the most."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PROBLEMS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tasks: dict[str, Callable[[], dict[str, float]]] = {
            task: partial(_child, task, count, folder) for task in ("base", "ours", "docx", "LongTable")
        }
        office = libre_office(folder)
        if office:
            _child("docx", count, folder)
            tasks["LibreOffice"] = partial(_convert, office, folder)
        else:
            print("LibreOffice is not installed here: no anchor")
        found: dict[str, list[dict[str, float]]] = {task: [] for task in tasks}
        for _ in range(RUNS):
            for task in random.sample(list(tasks), len(tasks)):
                found[task].append(tasks[task]())
    base = statistics.median(run["peak"] for run in found.pop("base"))
    ours = statistics.median(run["seconds"] for run in found["ours"])
    for task, runs in found.items():
        seconds = sorted(run["seconds"] for run in runs)
        peak = statistics.median(run.get("peak", 0.0) for run in runs)
        memory = f", {peak - base:.0f} MiB over the base" if peak else ""
        middle = statistics.median(seconds)
        pages = f", {runs[0]['pages']:.0f} pages" if runs[0].get("pages") else ""
        spread = f"{seconds[0]:.2f} – {middle:.2f} – {seconds[-1]:.2f} s"
        print(f"{task}: {spread}, {middle / ours:.2f} × ours{memory}{pages}")


def _child(task: str, count: int, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.bench.bench_ledger_paper", "--task", task, str(count), str(folder)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout))


def _convert(convert: Convert, folder: Path) -> dict[str, float]:
    start = time.perf_counter()
    convert(folder / "ledger.docx")
    return {"seconds": time.perf_counter() - start, "pages": _pages(folder / "ledger.pdf")}


def _pages(file: Path) -> int:
    document = pypdfium2.PdfDocument(file)
    try:
        return len(document)
    finally:
        document.close()


def run_task(task: str, count: int, folder: Path) -> None:
    """One task in this process; prints what it took."""
    request = factory.request(held=factory.big_ledger(count), figures_sentence="台账情况。")
    fonts, pages = load_fonts(free_only=True), 0
    faces = [fonts.face(role) for role in Role]
    assert faces
    start = time.perf_counter()
    if task == "ours":
        pages = print_paper("merged_ledger", request, fonts).pages
    elif task == "docx":
        (folder / "ledger.docx").write_bytes(write_paper("merged_ledger", request, fonts).data)
    elif task == "LongTable":
        pages = _long_table(request, fonts, folder)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB
    print(json.dumps({"seconds": seconds, "peak": peak, "pages": pages}))


def _long_table(request: PaperRequest, fonts: FontSet, folder: Path) -> int:
    """The same cells by reportlab's own tables: Paragraphs in a LongTable with a repeated head."""
    columns = read_columns(load_template("merged_ledger"), FIELDS, landscape(A3)[0] - 70)
    style = ParagraphStyle("cell", fontName=fonts.face(Role.FANG).name, fontSize=10.5, leading=14, wordWrap="CJK")
    rows = [[Paragraph(column.title, style) for column in columns]]
    for case in request.ledger.cases:
        rows.append([Paragraph(ledger_cell(column.field, case, request.as_of), style) for column in columns])
    table = LongTable(rows, [column.width for column in columns], repeatRows=1, splitInRow=1)
    padding = [(f"{side}PADDING", (0, 0), (-1, -1), 3) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *padding])
    margins = {"leftMargin": 30, "rightMargin": 30, "topMargin": 45, "bottomMargin": 40}
    document = SimpleDocTemplate(str(folder / "anchor.pdf"), pagesize=landscape(A3), **margins)
    document.build([table])
    return int(document.page)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--task"]:
        run_task(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    else:
        main()
