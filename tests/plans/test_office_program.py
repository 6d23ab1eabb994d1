"""Older formats through an office program: a stand-in for it here, so that no machine needs one."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from desktop.plans import office_program
from desktop.plans.aliases import Aliases
from desktop.plans.read import read_plan
from desktop.rules.drafts import PlanDraft
from desktop.rules.errors import KnownFault, Refused

RTF = b"{\\rtf1\\ansi plan}"
PLAN = ("某县整改清单", "一、甲镇污水直排，影响水质。", "整改目标：达标。", "整改时限：2024年", "责任单位：县水利局")
Reader = Callable[[str], PlanDraft]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Puts a program in the place of LibreOffice; its code finds ``made``, ``target`` and ``arguments``."""

    def put(code: str) -> Path:
        file = tmp_path / "soffice"
        head = f"#!{sys.executable}\nimport os, sys, time\nfrom pathlib import Path\narguments = sys.argv[1:]\n"
        made = "made = Path(arguments[arguments.index('--outdir') + 1])\ntarget = made / 'plan.docx'\n"
        file.write_text(head + made + code, encoding="utf-8")
        file.chmod(0o755)
        monkeypatch.setattr(office_program, "find_office_program", lambda: file)
        return file

    return put


@pytest.fixture
def read_file(aliases: Aliases) -> Reader:
    return lambda name: read_plan(RTF, name, aliases)


def as_docx(folder: Path) -> Path:
    document = Document()
    for line in PLAN:
        document.add_paragraph(line)
    document.save(str(folder / "ready.docx"))
    return folder / "ready.docx"


def copies(folder: Path) -> str:
    return f"made.mkdir()\ntarget.write_bytes(Path({str(as_docx(folder))!r}).read_bytes())\n"


def test_an_older_file_is_converted_and_read(program: Callable[[str], Path], read_file: Reader, tmp_path: Path) -> None:
    program(copies(tmp_path) + f"Path({str(tmp_path / 'said')!r}).write_text('\\n'.join(arguments))\n")
    draft = read_file("方案.rtf")
    assert [problem.text for problem in draft.problems] == ["甲镇污水直排，影响水质。"]
    assert [finding.level for finding in draft.findings if finding.key == "converted"] == ["note"]
    said = (tmp_path / "said").read_text().splitlines()
    assert {"--headless", "--norestore", "docx:MS Word 2007 XML"} <= set(said)
    assert said[0].startswith("-env:UserInstallation=file:///")
    assert not Path(said[-1]).exists()


def test_without_an_office_program_one_sentence_says_what_to_do(
    read_file: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_program, "find_office_program", lambda: None)
    monkeypatch.setattr(office_program, "has_wps", lambda: False)
    with pytest.raises(Refused) as caught:
        read_file("方案.rtf")
    assert caught.value.rule == "needs_office"
    assert "请用WPS或Word打开，另存为docx后再导入" in caught.value.sentence
    monkeypatch.setattr(office_program, "has_wps", lambda: True)
    with pytest.raises(Refused, match="本机的WPS不能代为转换"):
        read_file("方案.rtf")


@pytest.mark.parametrize("code", ["sys.exit(1)", "pass", "made.mkdir()\ntarget.write_bytes(b'')"])
def test_a_conversion_that_makes_nothing_is_told(program: Callable[[str], Path], read_file: Reader, code: str) -> None:
    program(code)
    with pytest.raises(Refused) as caught:
        read_file("方案.rtf")
    assert caught.value.rule == "conversion_failed"
    assert "已损坏" in caught.value.sentence


def test_a_program_that_does_not_start_is_a_fault_of_the_surroundings(
    read_file: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_program, "find_office_program", lambda: tmp_path / "gone")
    with pytest.raises(KnownFault, match="无法启动LibreOffice"):
        read_file("方案.rtf")


STARTS_ANOTHER = """
import subprocess
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
Path({pids!r}).write_text(f"{{os.getpid()}} {{child.pid}}")
time.sleep(600)
"""


def is_running(pid: int) -> bool:
    """A process that has ended but that nobody asked for is not running any more."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_conversion_without_an_end_is_ended_with_all_that_it_started(
    program: Callable[[str], Path], read_file: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pids = tmp_path / "pids"
    program(STARTS_ANOTHER.format(pids=str(pids)))
    monkeypatch.setattr(office_program, "LIMIT", 3.0)
    with pytest.raises(Refused) as caught:
        read_file("方案.rtf")
    assert caught.value.rule == "conversion_failed"
    assert_ended(pids)


def test_cancelling_ends_the_other_program(
    program: Callable[[str], Path], aliases: Aliases, tmp_path: Path
) -> None:
    class Cancelled(Exception):
        pass

    pids = tmp_path / "pids"

    def cancel(text: str, share: float) -> None:
        if pids.exists() and len(pids.read_text().split()) == 2:
            raise Cancelled

    program(STARTS_ANOTHER.format(pids=str(pids)))
    with pytest.raises(Cancelled):
        read_plan(RTF, "方案.rtf", aliases, cancel)
    assert_ended(pids)


def assert_ended(pids: Path) -> None:
    for pid in map(int, pids.read_text().split()):
        for _ in range(100):
            if not is_running(pid):
                break
            time.sleep(0.05)
        assert not is_running(pid)


def test_the_program_is_found_on_the_search_path_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "libreoffice"
    file.write_text("#!/bin/sh\n", encoding="utf-8")
    file.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert office_program.find_office_program() == file


def test_the_program_is_found_in_its_usual_folders(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.setattr(office_program, "_folders", lambda: iter((tmp_path / "none", tmp_path)))
    assert office_program.find_office_program() is None
    file = tmp_path / ("soffice.exe" if os.name == "nt" else "soffice")
    file.write_text("#!/bin/sh\n", encoding="utf-8")
    file.chmod(0o755)
    assert office_program.find_office_program() == file


def test_a_document_becomes_pages(program: Callable[[str], Path], tmp_path: Path) -> None:
    pages = "(made / 'plan.pdf').write_bytes(Path(arguments[-1]).read_bytes() + b' as pages')\n"
    said = f"Path({str(tmp_path / 'said')!r}).write_text('\\n'.join(arguments))\n"
    program("made.mkdir()\n" + pages + said)
    assert office_program.can_convert("会议纪要.DOCX")
    assert not office_program.can_convert("现场.jpg")
    assert office_program.as_pdf(b"text", "会议纪要.DOCX", lambda words, share: None) == b"text as pages"
    assert (tmp_path / "said").read_text().splitlines()[-1].endswith("plan.docx")
    program("pass")
    with pytest.raises(Refused, match=r"没能由LibreOffice转换.*请用WPS或Word打开，另存为PDF后再收入"):
        office_program.as_pdf(b"text", "会议纪要.docx", lambda words, share: None)


def test_without_an_office_program_no_document_becomes_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_program, "find_office_program", lambda: None)
    assert not office_program.can_convert("会议纪要.docx")
    with pytest.raises(Refused) as caught:
        office_program.as_pdf(b"text", "会议纪要.docx", lambda words, share: None)
    assert caught.value.rule == "needs_office"
