"""From the issued plan to 销号, by command line only."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from pypdf import PdfReader

from tests.scenarios.clerk import Clerk
from tests.views.problem_five import picture


def test_problem_five_goes_through_every_gate_and_is_struck_off(closed: Clerk) -> None:
    problem = closed.problem("--today", "2025-01-02")
    assert problem["closed"] is True
    assert (problem["state"], problem["status"]) == ("closed", "已销号备案")
    assert problem["gates"] == {
        "self_check": "2024-12-10",
        "apply": "2024-12-11",
        "accept": "2024-12-20",
        "notice": "2024-12-23",
        "file": "2024-12-31",
    }
    assert problem["notice_end"] == "2024-12-30"
    assert problem["progress"] == 100
    assert problem["missing"] == []
    assert closed.show("--today", "2025-01-02")["figures"]["closed"] == 1


def test_the_ledger_checks_clean_after_everything(closed: Clerk) -> None:
    answer = json.loads(closed.done("check", closed.folder, "--json"))
    assert answer["sound"] is True
    assert answer["files"] == 8


def test_a_day_in_the_past_shows_the_ledger_as_it_was_then(closed: Clerk) -> None:
    problem = closed.problem("--as-of", "2024-12-15")
    assert problem["status"] == "已申请销号"
    assert problem["gates"]["accept"] is None
    assert closed.show("--as-of", "2024-07-04")["problems"] == []


def test_every_paper_of_the_closed_problem_prints(closed: Clerk, tmp_path: Path) -> None:
    papers = json.loads(closed.done("print", closed.folder, "--list", "--json"))
    assert {paper["key"] for paper in papers} >= {
        "closure_request",
        "closure_application",
        "public_notice",
        "task_list",
        "merged_ledger",
        "self_check",
    }
    for paper in papers:
        target = tmp_path / f"{paper['key']}.pdf"
        number = ("--problem", 5) if paper["per"] == "problem" else ()
        closed.done("print", closed.folder, paper["key"], *number, "--out", target, "--today", "2025-01-02")
        assert target.read_bytes().startswith(b"%PDF-")


def test_the_whole_case_is_bound_into_one_volume(closed: Clerk, tmp_path: Path) -> None:
    bundle, today = ("bundle", closed.folder, "--problem", 5), ("--today", "2025-01-02")
    answer = json.loads(closed.done(*bundle, "--out", tmp_path / "卷宗.pdf", "--photos", 4, "--json", *today))
    pages = PdfReader(str(tmp_path / "卷宗.pdf")).pages
    assert answer["sentence"] == f"已生成问题5的销号卷宗，{len(pages)}页：{tmp_path / '卷宗.pdf'}"
    assert not any("：缺" in line for line in answer["warnings"])
    said = closed.done(*bundle, "--out", tmp_path / "出", *today)
    folder = tmp_path / "出" / "销号卷宗_问题5"
    assert str(folder) in said
    assert len(list((folder / "佐证材料原件").iterdir())) == 8
    papers = [file.stem for file in sorted((folder / "文书").iterdir())]
    assert papers[0] == "01_销号请示（新出）"  # what was handed in as signed is no page of anything
    said = closed.refused(*bundle, "--evidence", "--out", tmp_path / "汇编.pdf", *today)
    assert said == "问题5的8份佐证材料都不能并入PDF，没有生成佐证材料汇编；请先收入PDF或图片。"
    photo = picture(tmp_path, "整改后.png", "green")
    closed.step("evidence", "2025-01-02", "--file", photo)
    assert "佐证材料汇编，3页" in closed.done(*bundle, "--evidence", "--out", tmp_path / "汇编.pdf", *today)
    status, _, err = closed.run(*bundle, "--evidence", "--out", tmp_path / "出")
    assert (status, err) == (2, "用法有误：佐证材料汇编是一个PDF，请写 --out 文件.pdf；没有生成文件\n")


def test_the_ledger_goes_out_as_a_workbook(closed: Clerk, tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    closed.done("export", closed.folder, target, "--today", "2025-01-02")
    assert target.read_bytes().startswith(b"PK")


def test_a_backup_brings_everything_back_after_a_disaster(closed: Clerk, tmp_path: Path) -> None:
    before = closed.state()
    said = closed.done("backup", closed.folder, "--to", tmp_path / "备份盘")
    backup = next((tmp_path / "备份盘").iterdir())
    assert str(backup) in said
    (closed.folder / "ledger.sqlite").write_bytes(b"ruined")
    closed.done("restore", backup, closed.folder)
    assert closed.state() == before
    assert any("替换前" in p.name for p in closed.folder.parent.iterdir())


def test_a_spoiled_view_is_found_and_made_anew_from_the_records(closed: Clerk) -> None:
    with closing(sqlite3.connect(closed.folder / "ledger.sqlite")) as connection, connection:
        connection.execute("UPDATE projecting SET active = 1")
        connection.execute("UPDATE problem SET text = '被改动的文字'")
        connection.execute("UPDATE projecting SET active = 0")
    status, _, err = closed.run("check", closed.folder)
    assert status == 1
    assert "check --mend" in err
    closed.done("check", closed.folder, "--mend")
    assert closed.problem("--today", "2025-01-02")["text"].startswith("湖南衡阳钢管")
