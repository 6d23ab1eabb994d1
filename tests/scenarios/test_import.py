"""The plan comes in once, whole, and only after a yes."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scenarios.clerk import OFFICE, PLAN, Clerk


def test_the_founding_plan_becomes_problem_five(clerk: Clerk) -> None:
    problem = clerk.problem("--today", "2024-07-05")
    assert problem["deadline"] == "2024-12-31"
    assert problem["leaders"] == ["李嵩"]
    assert problem["units"] == {"牵头单位": ["区生态环境分局"]}
    assert [m["due"] for m in problem["measures"]] == [None, "2024-12-31", None]
    second = problem["measures"][1]
    assert (second["quantity"], second["quantity_unit"]) == (6, "个")
    assert problem["plan"] == "衡蒸办发〔2024〕18号"


def test_importing_again_makes_no_twins(clerk: Clerk) -> None:
    before = clerk.state()
    said = clerk.done("import", clerk.folder, PLAN, "--yes", "--today", "2024-07-06")
    assert "没有变化" in said
    assert clerk.state() == before


def test_without_a_yes_nothing_enters_the_ledger(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("否\n"))
    clerk.folder = clerk.folder.with_name("另一台账")
    clerk.done("new", clerk.folder, "--office", OFFICE)
    assert "没有确认" in clerk.refused("import", clerk.folder, PLAN)


def test_the_review_says_what_is_missing(clerk: Clerk) -> None:
    said = clerk.done("read-plan", PLAN)
    assert "16" in said
    assert "责任单位" in said
    assert "局、区农业农村局" in said


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_a_plan_in_another_encoding_simply_works(new_clerk: Callable[[], Clerk], encoding: str) -> None:
    clerk = new_clerk()
    file = clerk.files / "方案.txt"
    file.write_bytes(PLAN.read_text(encoding="utf-8").encode(encoding))
    clerk.done("new", clerk.folder, "--office", OFFICE)
    clerk.done("import", clerk.folder, file, "--yes")
    assert clerk.problem()["leaders"] == ["李嵩"]


def a_directory(folder: Path) -> Path:
    (folder / "方案").mkdir()
    return folder / "方案"


def an_empty_file(folder: Path) -> Path:
    (folder / "空.txt").write_bytes(b"")
    return folder / "空.txt"


def a_picture_named_txt(folder: Path) -> Path:
    (folder / "照片.txt").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 40)
    return folder / "照片.txt"


def nothing_there(folder: Path) -> Path:
    return folder / "没有.txt"


@pytest.mark.parametrize("make", [a_directory, an_empty_file, a_picture_named_txt, nothing_there])
def test_bad_input_is_one_clear_sentence_and_changes_nothing(clerk: Clerk, make: Callable[[Path], Path]) -> None:
    file = make(clerk.files)
    line = clerk.refused("import", clerk.folder, file, "--yes")
    assert "。" in line
    status, _, err = clerk.run("read-plan", file, "--json")
    assert (status, len(err.strip().splitlines())) == (1, 1)


def test_a_long_text_without_any_label_brings_no_problem(clerk: Clerk) -> None:
    file = clerk.files / "长文.txt"
    file.write_text("今天天气很好，没有任何标签。\n" * 20_000, encoding="utf-8")
    assert "没有从文件中读出任何问题" in clerk.refused("import", clerk.folder, file, "--yes")
