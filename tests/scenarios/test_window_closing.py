"""Closing problem five through the forms of its page: to 已销号备案, and once more after a return."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.rules.records import Gate
from desktop.views.case.page import CasePage
from tests.scenarios.window_clerk import WindowClerk, at_work


@pytest.fixture
def clerk(qapp: QApplication, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WindowClerk]:
    with at_work(qapp, qtbot, tmp_path, monkeypatch) as made:
        made.make_ledger()
        made.open_window()
        yield made


def finish(clerk: WindowClerk, page: CasePage) -> None:
    """All measures reported as done and one photo of the place."""
    clerk.day = date(2024, 12, 2)
    for number in ("1", "2", "3"):
        text = f"第{number}项已全部完成"
        fault = clerk.fill(page.bar.progress_button, measure=number, text=text, percent=100)
        assert fault == ""
    files = clerk.file("改造后现场.txt")
    assert clerk.fill(page.bar.evidence_button, files=files, text="整改后现场照片") == ""


def check_and_apply(clerk: WindowClerk, page: CasePage, check: date, apply: date) -> None:
    """The own check and the application."""
    clerk.day = check
    assert clerk.fill(page.bar.next_button, text="现场核查，三项措施均已完成", answers="是") == ""
    clerk.day = apply
    files = clerk.file(f"自查自验表{apply:%m%d}.txt")
    assert clerk.fill(page.bar.next_button, text="申请销号", doc_no="蒸区委〔2024〕9号", files=files) == ""


def give_notice(clerk: WindowClerk, page: CasePage, accept: date, notice: date) -> None:
    """The acceptance and the public notice."""
    clerk.day = accept
    files = clerk.file(f"销号请示{accept:%m%d}.txt") + clerk.file(f"验收意见{accept:%m%d}.txt")
    assert clerk.fill(page.bar.next_button, text="同意销号", answers="是", files=files) == ""
    clerk.day = notice
    files = clerk.file(f"公示文本{notice:%m%d}.txt")
    assert clerk.fill(page.bar.next_button, url="区政府网站", files=files) == ""


def file_it(clerk: WindowClerk, page: CasePage, day: date) -> str:
    """The filing; what refused it, if anything."""
    clerk.day = day
    names = ("公示网页截图.txt", "无异议说明.txt", "销号台账.txt")
    return clerk.fill(page.bar.next_button, text="报市整改办备案", files=[f for n in names for f in clerk.file(n)])


def steps_of(page: CasePage) -> list[tuple[str, str]]:
    assert page.case is not None
    return [(step.action.value, step.on.isoformat()) for step in page.case.steps]


def test_problem_five_is_struck_off_through_the_forms(clerk: WindowClerk) -> None:
    page = clerk.open_problem()
    finish(clerk, page)
    check_and_apply(clerk, page, date(2024, 12, 10), date(2024, 12, 11))
    give_notice(clerk, page, date(2024, 12, 20), date(2024, 12, 23))
    assert page.bar.next_button.text() == "登记备案…"
    assert file_it(clerk, page, date(2024, 12, 31)) == ""
    assert page.bar.state.text() == "已销号备案"
    assert not page.bar.next_button.isVisible()
    assert not page.bar.progress_button.isEnabled()
    assert steps_of(page) == [
        ("self_check", "2024-12-10"),
        ("apply", "2024-12-11"),
        ("accept", "2024-12-20"),
        ("notice", "2024-12-23"),
        ("file", "2024-12-31"),
    ]
    assert clerk.answers.texts("refusal") == clerk.answers.texts("text") == []


def test_filing_waits_for_the_last_day_of_the_notice(clerk: WindowClerk) -> None:
    page = clerk.open_problem()
    finish(clerk, page)
    check_and_apply(clerk, page, date(2024, 12, 10), date(2024, 12, 11))
    give_notice(clerk, page, date(2024, 12, 20), date(2024, 12, 23))
    assert page.case is not None
    assert page.case.steps[-1].end == date(2024, 12, 30)
    fault = file_it(clerk, page, date(2024, 12, 30))
    assert "公示到2024年12月30日才结束" in fault
    assert page.bar.state.text() != "已销号备案"
    assert steps_of(page)[-1][0] == "notice"


def test_what_was_returned_is_applied_for_again_and_struck_off(clerk: WindowClerk) -> None:
    page = clerk.open_problem()
    finish(clerk, page)
    check_and_apply(clerk, page, date(2024, 12, 10), date(2024, 12, 11))
    clerk.day = date(2024, 12, 13)
    clerk.give_back(page, demands="补充第三方检测报告", reason="佐证材料不全")
    assert steps_of(page)[-1] == ("return", "2024-12-13")
    assert page.banner.isVisible()
    assert page.bar.next_button.text() == "登记自查自验…"
    assert clerk.fill(page.bar.evidence_button, files=clerk.file("检测报告.txt"), text="第三方检测报告") == ""
    check_and_apply(clerk, page, date(2024, 12, 16), date(2024, 12, 17))
    assert page.case is not None
    assert ("补充第三方检测报告", "是", "") in page.case.steps[-2].answers
    give_notice(clerk, page, date(2024, 12, 20), date(2024, 12, 23))
    assert file_it(clerk, page, date(2024, 12, 31)) == ""
    assert page.bar.state.text() == "已销号备案"
    assert [action for action, _ in steps_of(page)].count("apply") == 2
    assert page.step_bar.states[-1].gate == Gate.FILE
