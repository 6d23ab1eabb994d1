"""Files that are broken or mean harm end with one sentence and nothing changed, in bounded time and memory."""

import io
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pypdf
import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.plans.aliases import Aliases
from desktop.plans.pdf import reading
from desktop.plans.read import read_plan
from desktop.rules.drafts import PlanDraft
from desktop.rules.errors import KnownFault, Refused
from tests.plans import hostile
from tests.plans.pdf.paper import official
from tests.plans.pdf.test_pdf_plans import items

ROOT = Path(__file__).resolve().parents[2]
GIB = 1024 * 1024 * 1024
# Starts the program with no more than 1 GiB of memory for itself and for what it starts.
BOUNDED = (
    "import resource, runpy, sys\n"
    f"resource.setrlimit(resource.RLIMIT_AS, ({GIB}, {GIB}))\n"
    "sys.argv = ['desktop', 'read-plan', sys.argv[1], '--json']\n"
    "runpy.run_module('desktop', run_name='__main__')\n"
)
TEXT = "\n".join(line.lstrip("=") for line in items(2))


def told_by_program(data: bytes, folder: Path, name: str) -> subprocess.CompletedProcess[str]:
    """What the command line says of a file, within 20 seconds and 1 GiB."""
    file = folder / name
    file.write_bytes(data)
    command = [sys.executable, "-c", BOUNDED, str(file)]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    told = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=20, check=False
    )
    assert file.read_bytes() == data
    return told


@pytest.mark.skipif(sys.platform == "win32", reason="bounds of memory are set by the system of Unix")
@pytest.mark.parametrize(
    ("make", "status"),
    [
        (lambda: hostile.swelling(400_000_000, 1), None),
        (lambda: hostile.swelling(400_000_000, 2), None),
        (lambda: hostile.forms_in_forms(10, 10), 1),
        (lambda: hostile.many_pages(20_000), 1),
        (lambda: hostile.one_page(hostile.stream(b"[" * 3_000_000)), None),
        (lambda: hostile.one_page(hostile.stream(b"(abcdefghij) Tj " * 400_000, packed=1)), None),
    ],
    ids=["swelling", "swelling twice", "forms in forms", "20,000 pages", "deep content", "endless text"],
)
def test_a_pdf_that_means_harm_ends_within_bounds(
    make: Callable[[], bytes], status: int | None, tmp_path: Path
) -> None:
    told = told_by_program(make(), tmp_path, "方案.pdf")
    assert told.returncode in ((0, 1) if status is None else (status,))
    assert "Traceback" not in told.stderr
    assert len(told.stderr.splitlines()) == told.returncode
    assert "未作改动" in told.stderr or told.returncode == 0


@pytest.mark.parametrize(
    "make",
    [
        lambda: hostile.one_page(hostile.stream(hostile.HELLO), box=b"0 0 1000000000 1000000000"),
        lambda: hostile.one_page(hostile.stream(hostile.HELLO), box=b"0 0 0 0"),
        lambda: hostile.nested(200_000),
        hostile.huge_picture,
        lambda: hostile.one_page(hostile.stream(hostile.HELLO + b"10 10 m 20 20 l S " * 100_000)),
    ],
    ids=["giant page", "page without size", "lists in lists", "huge picture", "endless lines"],
)
def test_a_strange_pdf_is_read_for_what_it_says(make: Callable[[], bytes], aliases: Aliases) -> None:
    assert read_plan(make(), "方案.pdf", aliases).problems == ()


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + b"\x80\x81" * 50_000,
        hostile.one_page(hostile.stream(hostile.HELLO))[:300],
        hostile.pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 4>>"]),
        hostile.pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 2000000000>>"]),
    ],
    ids=["head only", "rubbish", "cut off", "pages in a ring", "lying count"],
)
def test_a_broken_pdf_is_refused_in_one_sentence(data: bytes, aliases: Aliases) -> None:
    with pytest.raises(Refused) as caught:
        read_plan(data, "方案.pdf", aliases)
    assert caught.value.rule in ("damaged_pdf", "empty_file", "too_large")
    assert "未作改动" in caught.value.sentence


def locked(user: str, owner: str, algorithm: str) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(official(items(2))))
    writer.encrypt(user, owner, algorithm=algorithm)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_pdf_with_a_password_is_refused_and_one_that_only_forbids_printing_is_read(
    algorithm: str, aliases: Aliases
) -> None:
    with pytest.raises(Refused) as caught:
        read_plan(locked("secret", "secret", algorithm), "方案.pdf", aliases)
    assert caught.value.rule == "encrypted_pdf"
    assert "密码" in caught.value.sentence
    assert len(read_plan(locked("", "owner", algorithm), "方案.pdf", aliases).problems) == 2


def test_a_reading_that_does_not_go_on_is_given_up(aliases: Aliases, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "STALLED", 0.0)
    with pytest.raises(Refused) as caught:
        read_plan(official(items(2)), "方案.pdf", aliases)
    assert caught.value.rule == "slow_pdf"


def test_cancelling_ends_the_reading_of_a_pdf(aliases: Aliases, monkeypatch: pytest.MonkeyPatch) -> None:
    class Cancelled(Exception):
        pass

    started: list[subprocess.Popen[bytes]] = []
    start = reading._start  # noqa: SLF001 the process itself is what is looked at

    def keep(source: Path, target: Path) -> subprocess.Popen[bytes]:
        started.append(start(source, target))
        return started[-1]

    def cancel(text: str, share: float) -> None:
        if started:
            raise Cancelled

    monkeypatch.setattr(reading, "_start", keep)
    with pytest.raises(Cancelled):
        read_plan(official(items(9)), "方案.pdf", aliases, cancel)
    assert started[0].returncode is not None


def test_a_temporary_folder_that_cannot_be_written_is_a_fault_of_the_surroundings(
    aliases: Aliases, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Path, target: Path) -> subprocess.Popen[bytes]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(reading, "_start", full)
    with pytest.raises(KnownFault) as caught:
        read_plan(official(items(1)), "方案.pdf", aliases)
    assert "磁盘空间" in caught.value.remedy


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "方案.docx"),
        (bytes(5000), "方案.xlsx"),
        (random.Random(3).randbytes(6000), "方案.docx"),
        (hostile.zipped({"word/document.xml": b"<w:document"})[:200], "方案.docx"),
        (hostile.zipped({"word/document.xml": b"not xml at all"}), "方案.docx"),
        (hostile.zipped({"xl/workbook.xml": b"<workbook/>"}), "方案.xlsx"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "方案.txt"),
        (b"\xed\xa0\x80" * 3000, "方案.txt"),
        (b"\xff\xfe" + b"\x00\xd8" * 3000, "方案.txt"),
    ],
    ids=["empty", "zeros", "random", "cut docx", "no xml", "no sheets", "picture", "surrogates", "half pairs"],
)
def test_a_file_that_is_nothing_is_refused_in_one_sentence(data: bytes, name: str, aliases: Aliases) -> None:
    with pytest.raises(Refused) as caught:
        read_plan(data, name, aliases)
    assert name in caught.value.sentence
    assert "未作改动" in caught.value.sentence


def test_a_plan_with_half_characters_in_it_is_read_and_the_damage_told(aliases: Aliases) -> None:
    data = TEXT.encode() + "其他说明。".encode() * 300 + b"\xed\xa0\x80"
    draft = read_plan(data, "方案.txt", aliases)
    assert len(draft.problems) == 2
    assert any(finding.key == "damaged" for finding in draft.findings)
    draft.source.encode("utf-8")


def test_a_text_with_labels_that_is_far_longer_than_any_plan_is_refused(aliases: Aliases) -> None:
    with pytest.raises(Refused) as caught:
        read_plan((TEXT * 9000).encode(), "方案.txt", aliases)
    assert caught.value.rule == "too_large"
    assert "万字" in caught.value.sentence


def test_the_reading_of_a_long_text_can_be_cancelled_at_every_step(aliases: Aliases) -> None:
    class Cancelled(Exception):
        pass

    heard: list[str] = []

    def cancel(text: str, share: float) -> None:
        heard.append(text)
        if text.startswith("正在读取第51项"):
            raise Cancelled

    lines = "\n".join(f"第{n}项 某镇污水直排。\n整改目标：达标。\n整改时限：2026年" for n in range(1, 200))
    with pytest.raises(Cancelled):
        read_plan(("某县整改清单\n" + lines).encode(), "方案.txt", aliases, cancel)
    assert len(set(heard)) >= 4


def a_docx() -> bytes:
    document = Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    table = document.add_table(2, 3)
    for at, text in enumerate(("序号", "反馈问题", "整改措施", "3", "某厂粉尘", "封闭料仓")):
        table.cell(at // 3, at % 3).text = text
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def a_workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["序号", "反馈问题", "整改措施", "整改时限"])
    book.active.append([1, "某厂粉尘", "封闭料仓", "2026年底前"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def outcome(data: bytes, name: str, aliases: Aliases) -> PlanDraft | Refused | KnownFault:
    """A draft or one sentence; anything else is a fault of ours."""
    try:
        return read_plan(data, name, aliases)
    except (Refused, KnownFault) as error:
        return error


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), which=st.sampled_from([a_docx, a_workbook, TEXT.encode]))
def test_a_damaged_office_file_or_text_is_read_or_refused(
    seed: int, which: Callable[[], bytes], aliases: Aliases
) -> None:
    assert outcome(hostile.broken(which(), random.Random(seed)), "方案.docx", aliases)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_a_damaged_pdf_is_read_or_refused(seed: int, aliases: Aliases) -> None:
    data = hostile.broken(official(items(2)), random.Random(seed))
    assert outcome(data, "方案.pdf", aliases)
