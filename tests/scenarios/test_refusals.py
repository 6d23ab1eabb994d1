"""What the rules refuse, and what a written reason lets through (domain §2.3)."""

import pytest

from tests.scenarios.clerk import Clerk


def test_applying_before_the_self_check_is_refused_even_with_a_reason(finished: Clerk) -> None:
    line = finished.step_refused("apply", "2024-12-11", "--reason", "领导要求")
    assert "自查自验" in line


def test_filing_before_the_notice_has_ended_is_refused_even_with_a_reason(noticed: Clerk) -> None:
    line = noticed.step_refused("file", "2024-12-30", "--reason", "领导要求")
    assert "2024年12月30日" in line
    assert "2024年12月31日" in line


def test_filing_without_a_notice_is_refused(applied: Clerk) -> None:
    assert "公示" in applied.step_refused("file", "2024-12-20", "--reason", "领导要求")


@pytest.mark.parametrize("action", ["self-check", "apply", "accept", "notice", "file", "return"])
def test_no_gate_passes_on_a_closed_record(closed: Clerk, action: str) -> None:
    line = closed.step_refused(action, "2025-01-03", "--reason", "补办", "--text", "补办")
    assert "已销号备案" in line


def test_progress_and_extension_are_refused_on_a_closed_record(closed: Clerk) -> None:
    assert "已销号备案" in closed.step_refused("progress", "2025-01-03", "--text", "再报一次")
    assert "已销号备案" in closed.step_refused("extend", "2025-01-03", "--text", "2025-06-30", "--reason", "工期")


def test_a_step_dated_before_the_one_it_follows_is_refused(finished: Clerk) -> None:
    finished.step("self-check", "2024-12-10")
    line = finished.step_refused(
        "apply", "2024-12-12", "--on", "2024-12-09", "--file", finished.file("自查自验表.txt")
    )
    assert "2024年12月9日" in line
    assert "早于" in line


def test_a_step_dated_in_the_future_is_refused(finished: Clerk) -> None:
    assert "晚于今天" in finished.step_refused("self-check", "2024-12-10", "--on", "2024-12-20")


def test_a_missing_paper_warns_and_a_reason_lets_it_through_and_is_kept(finished: Clerk) -> None:
    finished.step("self-check", "2024-12-10")
    line = finished.step_refused("apply", "2024-12-11")
    assert "自查自验表" in line
    assert "理由" in line
    finished.step("apply", "2024-12-11", "--reason", "表格正在会签，三日内补齐")
    step = finished.problem()["steps"][-1]
    assert step["reason"] == "表格正在会签，三日内补齐"
    assert any("自查自验表" in warning for warning in step["warnings"])


def test_notice_before_acceptance_warns_and_a_reason_lets_it_through(applied: Clerk) -> None:
    line = applied.step_refused("notice", "2024-12-16", "--file", applied.file("公示文本.txt"))
    assert "验收" in line
    applied.step("notice", "2024-12-16", "--file", applied.file("公示文本.txt"), "--reason", "市里要求先公示")
    assert applied.problem()["gates"]["notice"] == "2024-12-16"


def test_self_check_with_open_measures_warns(clerk: Clerk) -> None:
    clerk.step("evidence", "2024-12-02", "--file", clerk.file("现场.txt"))
    line = clerk.step_refused("self-check", "2024-12-10")
    assert "措施" in line


def test_a_notice_text_with_too_few_days_is_refused(applied: Clerk) -> None:
    text = "公示时间：2024年12月23日至2024年12月26日，共5个工作日"
    line = applied.step_refused("notice", "2024-12-23", "--text", text, "--reason", "已经贴出")
    assert "不足5个工作日" in line


def test_a_notice_signed_by_a_body_that_is_not_answerable_needs_a_reason(noticed_soon: Clerk) -> None:
    span = "公示期为2024年12月23日至2024年12月30日，共5个工作日。"
    papers = ("--file", noticed_soon.file("公示文本.txt"))
    line = noticed_soon.step_refused("notice", "2024-12-23", "--text", f"{span}\n区人民政府\n2024年12月23日", *papers)
    assert "公示落款“区人民政府”，应为牵头单位或责任单位" in line
    noticed_soon.step("notice", "2024-12-23", "--text", f"{span}\n区生态环境分局\n2024年12月23日", *papers)
    assert noticed_soon.problem()["steps"][-1]["warnings"] == []


@pytest.fixture
def noticed_soon(applied: Clerk) -> Clerk:
    """Problem five accepted, its notice not yet up."""
    papers = ("--file", applied.file("销号请示扫描件.txt"), "--file", applied.file("验收意见.txt"))
    applied.step("accept", "2024-12-20", "--result", "通过", *papers)
    return applied


def test_a_failed_acceptance_is_a_return_with_its_demands(applied: Clerk) -> None:
    line = applied.step_refused("accept", "2024-12-20", "--result", "不通过")
    assert "退回" in line
    applied.step("return", "2024-12-20", "--reason", "无佐证或佐证不足", "--text", "补充监测报告")
    problem = applied.problem()
    assert problem["status"] == "退回整改"
    assert set(problem["gates"].values()) == {None}
    assert problem["steps"][-1]["text"] == "补充监测报告"


def test_a_reopened_problem_keeps_its_first_closure_in_the_history(closed: Clerk) -> None:
    assert "原因" in closed.step_refused("reopen", "2025-03-03")
    closed.step("look-back", "2025-03-01", "--text", "部分反弹")
    closed.step("reopen", "2025-03-03", "--reason", "回头看发现反弹")
    problem = closed.problem("--today", "2025-03-03")
    assert problem["closed"] is False
    assert problem["status"] == "重新整改"
    assert [step["action"] for step in problem["steps"]].count("file") == 1


def test_an_extension_keeps_the_original_deadline(clerk: Clerk) -> None:
    assert "理由" in clerk.step_refused("extend", "2024-12-01", "--text", "2025-06-30")
    clerk.step("extend", "2024-12-01", "--text", "2025-06-30", "--reason", "设备到货推迟", "--approver", "区政府")
    problem = clerk.problem("--today", "2024-12-01")
    assert (problem["original_deadline"], problem["deadline"]) == ("2024-12-31", "2025-06-30")
    assert problem["deadline_changes"][0]["reason"] == "设备到货推迟"


def test_a_problem_or_measure_that_is_not_there_is_named(clerk: Clerk) -> None:
    assert "问题6" in clerk.refused("step", clerk.folder, "progress", "--problem", 6, "--text", "完成")
    assert "第9项措施" in clerk.step_refused("progress", "2024-12-01", "--measure", 9, "--text", "完成")


def test_wrong_usage_exits_with_two(clerk: Clerk) -> None:
    with pytest.raises(SystemExit) as stop:
        clerk.run("step", clerk.folder, "dance", "--problem", 5)
    assert stop.value.code == 2


def test_standards_are_answered_at_the_command_line_too(clerk: Clerk) -> None:
    for number in (1, 2, 3):
        clerk.step("progress", "2024-12-02", "--measure", number, "--percent", 100, "--text", "已完成")
    proof = ("--file", clerk.file("佐证.txt"), "--text", "查过")
    said = clerk.step_refused("self-check", "2024-12-10", *proof, "--answer", "污染消除=大概")
    assert "答复为是、否、不适用" in said
    said = clerk.step_refused("self-check", "2024-12-10", *proof, "--answer", "污染消除=否：还有气味")
    assert "没有逐项核对：生态修复" in said
    assert "“污染消除”核对为“否”（还有气味）" in said
    asked = ("污染消除", "生态修复", "群众满意", "整改措施已落实", "整改工作已到位", "整改结果已达标", "群众对整改满意")
    clerk.step("self-check", "2024-12-10", *proof, *(part for words in asked for part in ("--answer", f"{words}=是")))
