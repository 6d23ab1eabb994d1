"""Has a PDF read by a process of its own and takes its pages as they come."""

import os
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from desktop.plans.pdf.child import DAMAGED, DONE, PASSWORD, TOO_LONG, TOO_MANY, word_of
from desktop.plans.pdf.pages import PdfPage, page_of_line
from desktop.plans.source import Progress
from desktop.rules.errors import KnownFault, Refused

READER = "--read-pdf"
STALLED = 8.0
TOTAL = 16.0
_PAUSE = 0.02
_KEPT = "原文件和台账都未作改动"


def read_pdf_pages(data: bytes, name: str, progress: Progress) -> Generator[PdfPage, None, None]:
    """Every page of a PDF. Ends the other process in any case; what ``progress`` raises stops the reading.

    Refused: a password, damage, more than 1,500 pages, a file that its reader does not get through in time.
    """
    with TemporaryDirectory(prefix="plan-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder, "plan.pdf"), Path(folder, "pages")
        try:
            source.write_bytes(data)
            target.touch()
            process = _start(source, target)
        except OSError as error:
            raise KnownFault(
                f"读取“{name}”时无法使用临时文件夹（{error.strerror}），{_KEPT}。", "请检查磁盘空间后再试。"
            ) from error
        try:
            with target.open(encoding="ascii", errors="replace") as lines:
                yield from _pages(process, lines, name, progress)
        finally:
            process.kill()
            process.wait()


def _start(source: Path, target: Path) -> subprocess.Popen[bytes]:
    own = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "desktop"]
    root = str(Path(__file__).resolve().parents[3])
    paths = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(
        [*own, READER, str(source), str(target)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _pages(process: subprocess.Popen[bytes], lines: TextIO, name: str, progress: Progress) -> Iterator[PdfPage]:
    count = done = 0
    said = f"正在读取“{name}”", 0.0
    for line in _lines(process, lines, name):
        if not line:
            progress(*said)
            continue
        try:
            word = word_of(line)
            page = None if word else page_of_line(line)
        except (ValueError, KeyError, TypeError) as error:
            raise Refused(_damaged(name), "damaged_pdf") from error
        if word is not None:
            count = _count(*word, name)
        elif page is not None:
            done += 1
            said = f"正在读取“{name}”第{done}页，共{count}页", done / max(1, count)
            progress(*said)
            yield page
        if word and word[0] == DONE:
            return
    if process.wait() and count:
        raise Refused(_too_much(name), "slow_pdf")
    raise Refused(_damaged(name), "damaged_pdf")


def _count(word: str, count: int, name: str) -> int:
    """The number of pages, unless the word is a reason not to read the file."""
    if word == PASSWORD:
        sentence = f"“{name}”需要密码才能打开，没有读取，{_KEPT}；请用密码打开后另存为不加密的文件再导入。"
        raise Refused(sentence, "encrypted_pdf")
    if word == DAMAGED:
        raise Refused(_damaged(name), "damaged_pdf")
    if word in (TOO_MANY, TOO_LONG):
        much = f"有{count}页" if word == TOO_MANY else "的文字多得异常"
        sentence = f"“{name}”{much}，不像整改方案，没有读取，{_KEPT}；请只留方案和清单部分再导入。"
        raise Refused(sentence, "too_large")
    return count


def _too_much(name: str) -> str:
    return f"“{name}”这份PDF的内容异常繁复，没能读完，{_KEPT}；请用WPS等软件另存为docx后再导入。"


def _damaged(name: str) -> str:
    return f"“{name}”不完整或已损坏，打不开，{_KEPT}；请重新取得这份PDF，或用WPS等软件打开后另存再导入。"


def _lines(process: subprocess.Popen[bytes], lines: TextIO, name: str) -> Iterator[str]:
    """Whole lines as they are written, and empty ones while there are none, until the process has ended."""
    begun = last = time.monotonic()
    part = ""
    while True:
        has_ended = process.poll() is not None
        part += lines.readline()
        if part.endswith("\n"):
            last = time.monotonic()
            yield part
            part = ""
            continue
        if has_ended:
            return
        now = time.monotonic()
        if now - last > STALLED or now - begun > TOTAL:
            raise Refused(_too_much(name), "slow_pdf")
        yield ""
        time.sleep(_PAUSE)
