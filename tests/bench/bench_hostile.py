"""Files that are broken or mean harm, one after the other through the program's own doors, with seconds and memory.

    python -m tests.bench.bench_hostile [WORDS]

Every file goes through ``read-plan`` and through ``import`` into a ledger, each in a process that may hold no more than
1 GiB. Prints a line for each; with WORDS only the files whose name holds them. Ends with 1 when one took more than 20
seconds of the processor (a busy machine makes the other seconds longer), ended otherwise than with a reading or one
sentence, or changed the ledger that it was refused for.
"""

import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl

from desktop.operations.ledgers import new_ledger
from tests.plans import hostile
from tests.plans.office import docx, par, table, xlsx, zipped
from tests.plans.old_sheet import xls
from tests.plans.pdf.paper import official
from tests.plans.pdf.test_pdf_plans import items, scanned
from tests.plans.test_hostile import locked
from tests.plans.test_hostile_office import BOMB, ROWS, SHEET, WORD, bomb, changed, parts_of, strings
from tests.store.support import TODAY, folder_print

GIB = 1 << 30
LONGEST = 20.0
_WORDS = "为切实抓好整改工作，各有关单位要提高认识，强化措施，压实责任，确保各项任务落到实处。\n"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def many_rows(count: int) -> bytes:
    """A sheet of a plan with so many rows."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("清单")
    sheet.append(ROWS[0])
    for row in range(1, count + 1):
        sheet.append([row, f"松林镇第{row}处污水直排。", "水质达标。", "（一）建站。（二）接管。", "2025年12月31日"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def measure_rows(problems: int, measures: int) -> bytes:
    """A sheet in which each problem has several rows of measures."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("清单")
    sheet.append(ROWS[0])
    for row in range(1, problems + 1):
        sheet.append([row, f"松林镇第{row}处污水直排。", "水质达标。", "建站，2025年6月底前完成。", "2025年12月31日"])
        for place in range(1, measures):
            sheet.append([None, None, None, f"接管第{place}段，共{place}公里。", None])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def formulas() -> bytes:
    """A sheet of formulas without kept results, one of which points outside of the file."""
    more = ["=A3+1", '="白渡镇"&"废水直排。"', '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0", "=TODAY()"]
    return xlsx([*ROWS, more])


def far_cells() -> bytes:
    """A sheet whose first and last cells lie as far apart as a sheet allows."""
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    return changed(xlsx(ROWS), SHEET, ("</sheetData>", far))


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty file": ("方案.docx", lambda: b""),
    "zeros": ("方案.txt", lambda: bytes(5_000_000)),
    "binary named docx": ("方案.docx", lambda: os.urandom(2_000_000)),
    "program named docx": ("方案.docx", lambda: Path(sys.executable).read_bytes()[:4_000_000]),
    "zip bomb docx": ("方案.docx", lambda: bomb(WORD, "<w:document><w:body>", b"<w:p/>" * 500_000)),
    "zip bomb xlsx": ("方案.xlsx", lambda: bomb("xl/sharedStrings.xml", "<sst>", b"<si><t>" + b"a" * 3_000_000)),
    "entity bomb docx": ("方案.docx", lambda: changed(docx(par("x")), WORD, ("<w:document", BOMB + "<w:document"))),
    "entity bomb xlsx": ("方案.xlsx", lambda: changed(xlsx(ROWS), SHEET, ("<worksheet", BOMB + "<worksheet"))),
    "20 MB without labels txt": ("方案.txt", lambda: (_WORDS * 160_000).encode()[:20_000_000]),
    "20 MB without labels one line": ("方案.txt", lambda: (_WORDS.strip() * 160_000).encode()[:20_000_000]),
    "20 MB without labels docx": ("方案.docx", lambda: docx(par(_WORDS.strip()) * 150_000)),
    "25,000 problems": ("清单.xlsx", lambda: many_rows(25_000)),
    "20,000 problems of 4 rows": ("清单.xlsx", lambda: measure_rows(20_000, 4)),
    "200,000 rows": ("清单.xlsx", lambda: many_rows(200_000)),
    "1,048,576 rows": ("清单.xlsx", lambda: many_rows(1_048_575)),
    "claims 1,048,576 rows": (
        "清单.xlsx",
        lambda: changed(xlsx(ROWS), SHEET, ('<dimension ref="A1:E3"', '<dimension ref="A1:XFD1048576"')),
    ),
    "cells at both ends": ("清单.xlsx", far_cells),
    "one long text a million times": ("清单.xlsx", lambda: strings(60_000)),
    "old sheet with far cells": ("清单.xls", lambda: xls(ROWS, stray=(65_535, 255))),
    "encrypted docx": ("方案.docx", lambda: _OLE + "EncryptionInfo\0".encode("utf-16-le")),
    "encrypted pdf": ("方案.pdf", lambda: locked("secret", "secret", "AES-256")),
    "formulas": ("清单.xlsx", formulas),
    "lone surrogates txt": (
        "方案.txt",
        lambda: "\ufeff一、污水直排。\ud800\n整改目标：达标。\n整改措施：建站。".encode("utf-16-le", "surrogatepass"),
    ),
    "lone surrogates xlsx": (
        "清单.xlsx",
        lambda: changed(xlsx(ROWS), SHEET, ("<t>", "<t>&#xD800;")),
    ),
    "lone surrogates docx": ("方案.docx", lambda: changed(docx(par("污水直排")), WORD, ("污水", "&#xDC00;污水"))),
    "half a docx": ("方案.docx", lambda: docx(table(ROWS))[:700]),
    "docx without its end": ("方案.docx", lambda: changed(docx(par("甲") * 99), WORD, ("</w:body></w:document>", ""))),
    "half an xlsx": ("清单.xlsx", lambda: xlsx(ROWS)[:2000]),
    "sheet without its end": ("清单.xlsx", lambda: changed(xlsx(ROWS), SHEET, ("</sheetData>", ""))),
    "xlsx without its sheet": (
        "清单.xlsx",
        lambda: zipped({name: text for name, text in parts_of(xlsx(ROWS)).items() if "sheet1" not in name}),
    ),
    "half a pdf": ("方案.pdf", lambda: official(items(5))[:3000]),
    "scanned pdf": ("方案.pdf", lambda: scanned("tso")),
    "tables in tables": ("方案.docx", lambda: docx("<w:tbl><w:tr><w:tc>" * 2000 + par("x"))),
    "pdf swelling": ("方案.pdf", lambda: hostile.swelling(400_000_000, 2)),
    "pdf forms in forms": ("方案.pdf", lambda: hostile.forms_in_forms(10, 10)),
    "pdf of 20,000 pages": ("方案.pdf", lambda: hostile.many_pages(20_000)),
    "pdf lists in lists": ("方案.pdf", lambda: hostile.nested(200_000)),
}


def run(words: list[str], most: int = GIB) -> tuple[int, float, float, float, str]:
    """Status, seconds, seconds of the processor, MiB and what the program said, in a process of its own."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))

    begun = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "desktop", *words],
            stdout=subprocess.DEVNULL,
            stderr=said,
            preexec_fn=bounded,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        work = used.ru_utime + used.ru_stime
        return process.returncode, time.perf_counter() - begun, work, used.ru_maxrss / 1024, said.read().strip()


def main(words: str) -> int:
    """Run every file through both doors; 1 when one of them ended otherwise than it must."""
    failed = 0
    with tempfile.TemporaryDirectory(prefix="hostile-") as name:
        folder = Path(name)
        new_ledger(folder / "台账", "江澜区整改办", TODAY, person="李明").close()
        for title, (file_name, make) in FILES.items():
            if words not in title:
                continue
            file = folder / file_name
            file.write_bytes(make())
            for door in (["read-plan", str(file), "--json"], ["import", str(folder / "台账"), str(file)]):
                before = folder_print(folder / "台账")
                status, seconds, work, memory, said = run(door)
                lines = said.splitlines()
                is_right = status in (0, 1) and len(lines) == (status if door[0] == "read-plan" else 1)
                is_right &= work <= LONGEST and "Traceback" not in said
                is_right &= folder_print(folder / "台账") == before
                failed += not is_right
                figures = f"{seconds:6.2f} s, {work:6.2f} s of work, {memory:5.0f} MiB"
                print(f"{' ' if is_right else '!'} {title:30} {door[0]:9} {status} {figures}  {said[:160]}", flush=True)
            file.unlink()
    print(f"wrong: {failed}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(" ".join(sys.argv[1:])))
