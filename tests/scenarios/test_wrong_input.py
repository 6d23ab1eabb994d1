"""What a clerk may mistype or misplace at the command line: one clear Chinese line each, and nothing changed."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from desktop import paths
from desktop.cli_parser import in_chinese
from tests.scenarios.clerk import OFFICE, PLAN, Clerk


def wrong_usage(clerk: Clerk, *arguments: object) -> str:
    """The one line that wrong usage gets; its exit status is 2 and nothing is changed."""
    before = clerk.state()
    try:
        status, _, err = clerk.run(*arguments)
    except SystemExit as stop:
        status, err = stop.code, clerk.capsys.readouterr().err
    assert status == 2
    assert len(err.strip().splitlines()) == 1, err
    assert err.startswith("用法有误")
    assert clerk.state() == before
    return err.strip()


@pytest.mark.parametrize("number", ["99999999999999999999999", "abc", "1.5", ""])
def test_a_problem_number_that_is_no_number_is_wrong_usage(clerk: Clerk, number: str) -> None:
    line = wrong_usage(clerk, "show", clerk.folder, "--problem", number)
    assert "--problem" in line
    assert "invalid" not in line


@pytest.mark.parametrize("day", ["2024-02-30", "2024-12-01号", "9999-12-31", "0001-01-01", ""])
def test_a_day_that_is_no_day_of_the_calendar_is_wrong_usage(clerk: Clerk, day: str) -> None:
    line = wrong_usage(clerk, "step", clerk.folder, "progress", "--problem", 5, "--text", "推进", "--today", day)
    assert "日期" in line


@pytest.mark.parametrize(
    "option", [("--percent", "50"), ("--measure", "1"), ("--item", "proof"), ("--month", "2024-12")]
)
def test_an_option_that_the_step_does_not_read_is_named_and_not_lost(finished: Clerk, option: tuple[str, str]) -> None:
    line = wrong_usage(finished, "step", finished.folder, "self-check", "--problem", 5, *option)
    assert option[0] in line


def test_printing_without_a_paper_is_wrong_usage(clerk: Clerk) -> None:
    assert "--list" in wrong_usage(clerk, "print", clerk.folder)


def test_a_verb_or_option_that_is_missing_or_unknown_is_told_in_chinese(clerk: Clerk) -> None:
    assert "不能是 'nosuch'" in wrong_usage(clerk, "nosuch")
    assert "缺少：--office" in wrong_usage(clerk, "new", clerk.folder)
    assert "不认识：--colour" in wrong_usage(clerk, "check", clerk.folder, "--colour")
    assert in_chinese("argument --today: expected one argument") == "--today 后面要写内容"


def test_the_help_is_chinese(clerk: Clerk) -> None:
    with pytest.raises(SystemExit):
        clerk.run("step", "--help")
    said = clerk.capsys.readouterr().out
    assert "用法：" in said
    assert not any(word in said for word in ("usage:", "options", "positional", "show this"))


def test_progress_of_a_month_far_ahead_is_refused_as_it_would_hide_every_later_report(clerk: Clerk) -> None:
    assert "还没有到" in clerk.step_refused("progress", "2024-11-20", "--text", "推进", "--month", "2062-11")
    clerk.step("progress", "2024-11-20", "--text", "提前填报", "--month", "2024-12")


def test_more_done_than_the_plan_speaks_of_is_kept_with_a_warning(clerk: Clerk) -> None:
    said = clerk.step("progress", "2024-11-20", "--measure", 2, "--text", "推进", "--quantity", 60)
    assert "填报已完成60" in said
    assert "注意" not in clerk.step("progress", "2024-11-20", "--measure", 2, "--text", "推进", "--quantity", 6)


def test_a_paper_that_the_checklist_does_not_know_is_refused_and_its_name_will_do(clerk: Clerk) -> None:
    file = clerk.file("表.txt")
    line = clerk.step_refused("evidence", "2024-11-20", "--file", file, "--item", "无此材料")
    assert "self_check_form" in line
    clerk.step("evidence", "2024-11-20", "--file", file, "--item", "自查自验表（签字盖章）")
    assert clerk.problem()["evidence"][-1]["item"] == "self_check_form"


def test_the_same_file_taken_twice_is_told(clerk: Clerk) -> None:
    file = clerk.file("现场.txt")
    assert "完全相同" not in clerk.step("evidence", "2024-11-20", "--file", file)
    assert "完全相同" in clerk.step("evidence", "2024-11-21", "--file", file)
    assert "完全相同" in clerk.step("progress", "2024-11-22", "--text", "推进", "--file", file)


def test_a_line_break_in_a_file_name_does_not_break_the_line(clerk: Clerk) -> None:
    said = clerk.step("evidence", "2024-11-20", "--file", clerk.file("现场\u2028照片.txt"))
    assert "现场 照片.txt。\n" in said
    assert clerk.problem()["evidence"][0]["name"] == "现场 照片.txt"


def test_the_office_has_its_name_on_a_day_before_the_ledger_was_made(clerk: Clerk) -> None:
    before = clerk.show("--as-of", "2024-01-01")
    assert before["office"] == OFFICE
    assert before["problems"] == []


def test_a_plan_is_found_by_its_number_in_any_brackets(clerk: Clerk) -> None:
    for doc_no in ("衡蒸办发〔2024〕18号", "衡蒸办发[2024]18号", " 衡蒸办发（2024）18号 "):
        assert len(clerk.show("--plan", doc_no)["problems"]) == 1
        assert clerk.problem("--plan", doc_no)["number"] == 5
    assert "文号" in clerk.refused("show", clerk.folder, "--plan", "衡蒸办发〔2025〕1号")


def test_an_extension_names_a_day_there_is_and_the_day_it_was_approved(clerk: Clerk) -> None:
    written = "原2024-12-31，延至2025-02-30"
    assert "延期后的时限" in clerk.step_refused("extend", "2024-12-20", "--text", written, "--reason", "雨季")
    clerk.step("extend", "2024-12-20", "--text", "2025-06-30", "--reason", "雨季", "--on", "2024-12-16")
    assert clerk.problem()["deadline_changes"][0]["on"] == "2024-12-16"
    earlier = clerk.step("extend", "2024-12-21", "--text", "2025-03-31", "--reason", "提前")
    assert "调整为2025年3月31日" in earlier


def test_a_paper_or_workbook_does_not_go_where_a_folder_stands_or_no_folder_can_be(clerk: Clerk) -> None:
    place = clerk.files / "夹.pdf"
    place.mkdir()
    line = clerk.refused("print", clerk.folder, "task_list", "--out", place)
    assert "是文件夹" in line
    inside = clerk.file("文件.txt") / "台账.xlsx"
    assert ".part" not in clerk.refused("export", clerk.folder, inside)
    assert not inside.exists()


def test_a_backup_or_restore_does_not_go_into_a_ledger(clerk: Clerk) -> None:
    assert "里面" in clerk.refused("backup", clerk.folder, "--to", clerk.folder / "evidence")
    clerk.done("backup", clerk.folder, "--to", clerk.folder / "backups")
    backup = next((clerk.folder / "backups").iterdir())
    assert "里面" in clerk.refused("restore", backup, clerk.folder / "evidence" / "里")
    assert "里面" in clerk.refused("new", clerk.folder / "子台账", "--office", OFFICE)
    clerk.done("restore", backup, clerk.folder)
    assert clerk.problem()["number"] == 5


def test_a_backup_does_not_go_where_a_file_stands(clerk: Clerk) -> None:
    assert "同名的文件" in clerk.refused("backup", clerk.folder, "--to", clerk.file("文件.txt"))


def test_a_damaged_table_of_contents_is_one_clear_line(clerk: Clerk) -> None:
    data = bytearray((clerk.folder / "ledger.sqlite").read_bytes())
    at = data.index(b"CREATE TABLE")
    data[at - 40 : at + 4000] = b"\xe2\x86" * 2020
    (clerk.folder / "ledger.sqlite").write_bytes(data)
    for verb in (("show",), ("check",), ("export", clerk.files / "台账.xlsx")):
        status, _, err = clerk.run(verb[0], clerk.folder, *verb[1:])
        assert status == 1
        assert len(err.strip().splitlines()) == 1, err
        assert "损坏" in err


def test_a_restore_leaves_no_damage_of_what_is_shown(clerk: Clerk) -> None:
    clerk.done("backup", clerk.folder, "--to", clerk.files)
    backup = next(clerk.files.glob("*备份*"))
    file = backup / "ledger.sqlite"
    data = file.read_bytes()
    words = "全面落实重污染天气应急减排措施".encode()
    assert data.count(words) > 1
    at = data.rindex(words) if _is_shown(data, data.rindex(words)) else data.index(words)
    file.write_bytes(data[:at] + b"\xff\xfe" + data[at + 2 :])
    clerk.done("restore", backup, clerk.folder)
    clerk.done("check", clerk.folder)
    assert clerk.problem()["target"].startswith("全面落实")


def _is_shown(data: bytes, at: int) -> bool:
    """True for a text in a table that is shown; in an op it follows its JSON key."""
    return not data[:at].endswith(b'"target":"') and b'"f":{' not in data[max(0, at - 400) : at]


def test_a_notice_over_the_new_year_is_not_let_through_when_it_is_surely_too_short(applied: Clerk) -> None:
    applied.step("accept", "2026-12-25", "--reason", "材料后补")
    assert "2027年" in applied.step_refused("notice", "2026-12-30", "--reason", "材料后补")
    short = applied.step_refused("notice", "2026-12-30", "--end", "2027-01-03", "--reason", "材料后补")
    assert "最多只有4个工作日" in short
    assert "理由" in applied.step_refused("notice", "2026-12-30", "--end", "2027-01-08")
    applied.step("notice", "2026-12-30", "--end", "2027-01-08", "--reason", "2027年放假安排未到")


def test_papers_are_printed_at_the_new_year_with_room_for_the_last_day(applied: Clerk) -> None:
    for paper, more in (
        ("merged_ledger", ()),
        ("closure_request", ("--problem", 5)),
        ("public_notice", ("--problem", 5)),
    ):
        said = applied.done(
            "print", applied.folder, paper, *more, "--out", applied.files / f"{paper}.pdf", "--today", "2026-12-30"
        )
        assert "已生成" in said
    assert "公示起止时间未定" in said


def test_a_notice_by_holidays_nobody_has_confirmed_says_so(applied: Clerk) -> None:
    applied.step("accept", "2024-12-20", "--reason", "材料后补")
    said = applied.step("notice", "2024-12-23", "--reason", "材料后补")
    assert "2024年的放假安排还没有人" in said


def test_output_that_nobody_reads_to_the_end_is_no_fault(new_clerk: Callable[[], Clerk]) -> None:
    clerk = new_clerk()
    clerk.done("new", clerk.folder, "--office", OFFICE)
    clerk.done("import", clerk.folder, PLAN, "--yes")
    command = [sys.executable, "-m", "desktop", "show", str(clerk.folder), "--json"]
    with subprocess.Popen(command, cwd=paths.program_dir(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout
        assert program.stderr
        program.stdout.close()
        assert program.stderr.read() == b""


def test_importing_a_changed_plan_over_a_closed_problem_says_what_it_left_alone(closed: Clerk) -> None:
    plan = PLAN.read_text(encoding="utf-8").replace("整改时限：2024年12月31日", "整改时限：2025年6月30日")
    changed = closed.files / "改后方案.txt"
    changed.write_text(plan, encoding="utf-8")
    said = closed.done("import", closed.folder, changed, "--yes", "--today", "2025-01-10")
    assert "注意：问题5已销号" in said
    assert closed.problem()["deadline"] == "2024-12-31"
