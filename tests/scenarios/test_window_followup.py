"""After the plan is carried out, by hand at the window: an objection, many sites, a stage that goes on, a relapse."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.operations.lists import count_all
from desktop.operations.problems import save_problem
from desktop.operations.today import todos
from desktop.rules.entries import ProblemEntry
from desktop.rules.records import StepAction
from desktop.rules.todo import TodoKind
from desktop.store.read_cases import find_problems
from desktop.views.case.page import CasePage
from desktop.views.entries.link_dialog import LinkDialog
from tests.scenarios.test_window_closing import check_and_apply, file_it, finish, give_notice, steps_of
from tests.scenarios.window_clerk import WindowClerk, at_work, press, type_in

SITES = 178


@pytest.fixture
def clerk(qapp: QApplication, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WindowClerk]:
    with at_work(qapp, qtbot, tmp_path, monkeypatch) as made:
        made.make_ledger()
        made.open_window()
        yield made


def waiting(clerk: WindowClerk, kind: TodoKind) -> list[str]:
    """The sentences of one group of the morning's list."""
    return [item.sentence for item in todos(clerk.window.session.ledger, clerk.day) if item.kind == kind]


def to_notice(clerk: WindowClerk) -> CasePage:
    """Problem five on notice from 23 to 30 December 2024."""
    page = clerk.open_problem()
    finish(clerk, page)
    check_and_apply(clerk, page, date(2024, 12, 10), date(2024, 12, 11))
    give_notice(clerk, page, date(2024, 12, 20), date(2024, 12, 23))
    return page


def test_an_objection_comes_in_during_the_notice_is_answered_and_then_it_is_filed(clerk: WindowClerk) -> None:
    page = to_notice(clerk)
    assert not page.followup.objections.isVisible()
    clerk.day = date(2024, 12, 26)
    assert clerk.fill(clerk.more(page, "登记异议…"), text="厂区北侧夜间仍有气味", raiser="附近居民") == ""
    assert page.followup.objections.isVisible()
    assert "1件尚未答复" in page.followup.objections.remark.text()
    assert waiting(clerk, TodoKind.OBJECTION) == ["问题5在2024年12月26日收到的异议尚未答复"]
    fault = file_it(clerk, page, date(2024, 12, 31))
    assert "有1件异议（2024年12月26日收到）尚未答复，不能备案" in fault
    assert page.case is not None
    row = page.case.objections[0].id
    answer = {"handling": "夜间两次监测均达标，已当面说明", "result": "不成立", "answered_on": "2024-12-31"}
    assert clerk.fill(lambda: page.followup.objections.edit_wanted.emit(row), **answer) == ""
    assert waiting(clerk, TodoKind.OBJECTION) == []
    assert "不成立，2024年12月31日答复" in page.followup.objections.words.text()
    assert file_it(clerk, page, date(2024, 12, 31)) == ""
    assert page.bar.state.text() == "已销号备案"
    assert "作废" not in page.followup.objections.words.text()


def test_an_objection_that_holds_leads_to_the_return(clerk: WindowClerk) -> None:
    page = to_notice(clerk)
    clerk.day = date(2024, 12, 27)
    answer = {"handling": "现场确有气味", "result": "成立", "answered_on": "2024-12-27"}
    assert clerk.fill(clerk.more(page, "登记异议…"), text="仍有气味", **answer) == ""
    assert any("建议登记退回" in detail for kind, _, detail in clerk.answers.asked if kind == "tell")
    demand = {"text": "加装密闭设施", "reasons": "异议成立"}
    assert clerk.fill(page.followup.objections.return_wanted.emit, **demand) == ""
    assert steps_of(page)[-1] == ("return", "2024-12-27")


def test_a_problem_with_178_sites_is_closed_in_two_batches(clerk: WindowClerk) -> None:
    page = clerk.open_problem()
    clerk.day = date(2024, 9, 2)
    lines = [f"{n}\t第{n}号排口\t蒸水左岸{n}\t\t2024-11-30" for n in range(1, SITES + 1)]
    table = "\n".join(["序号\t点位名称\t地点\t责任单位\t完成时限", *lines])
    assert clerk.fill(clerk.more(page, "粘贴点位表格…"), text=table) == ""
    sites = page.followup.sites
    assert sites.remark.text().startswith("共178个点位，整改完成0个")
    batch(clerk, page, date(2024, 11, 20), range(SITES), "done")
    batch(clerk, page, date(2024, 11, 25), range(SITES), "checked", reason="见点位汇总报告")
    batch(clerk, page, date(2024, 11, 28), range(171), "closed", reason="见点位汇总报告", batch="第一批")
    assert "已销号171个（171/178）" in sites.remark.text()
    finish(clerk, page)
    check_and_apply(clerk, page, date(2024, 12, 10), date(2024, 12, 11))
    give_notice(clerk, page, date(2024, 12, 20), date(2024, 12, 23))
    assert "还有7个点位没有销号（已销号171/178" in file_it(clerk, page, date(2024, 12, 31))
    batch(clerk, page, date(2024, 12, 31), range(171, SITES), "closed", reason="见点位汇总报告", batch="第二批")
    assert "已销号178个（178/178）" in sites.remark.text()
    assert file_it(clerk, page, date(2024, 12, 31)) == ""
    assert page.bar.state.text() == "已销号备案"
    assert page.case is not None
    assert {site.batch for site in page.case.sites} == {"第一批", "第二批"}


def batch(clerk: WindowClerk, page: CasePage, day: date, rows: range, stage: str, **more: str) -> None:
    """Choose some lines of the table of sites and take them a step further."""
    clerk.day = day
    sites = page.followup.sites
    sites.table.choose_rows(tuple(rows), rows[0])
    button = next(button for key, button in sites.buttons.items() if key == stage)
    page.scroller.ensureWidgetVisible(button)
    if stage == "done":
        more = {}
    assert clerk.fill(button, **more) == ""


def test_a_long_term_problem_closes_a_stage_and_waits_for_its_review(clerk: WindowClerk) -> None:
    page = clerk.open_problem()
    clerk.day = date(2024, 8, 1)
    assert clerk.fill(page.header.edit_button, term_class="long_term") == ""
    years = {"first": 2024, "last": 2026, "text": "排放稳定达标"}
    assert clerk.fill(clerk.more(page, "按年新增阶段目标…"), **years) == ""
    assert page.case is not None
    assert [stage.due.year for stage in page.case.stages] == [2024, 2025, 2026]
    clerk.day = date(2024, 12, 2)
    first = page.case.stages[0].id
    assert clerk.fill(lambda: page.stages.edit_wanted.emit(first), reached_on="2024-12-02") == ""
    finish(clerk, page)
    check_and_apply(clerk, page, date(2024, 12, 10), date(2024, 12, 11))
    give_notice(clerk, page, date(2024, 12, 20), date(2024, 12, 23))
    assert file_it(clerk, page, date(2024, 12, 31)) == ""
    assert page.bar.state.text() == "已阶段性销号"
    assert page.case is not None
    assert page.case.problem.next_review == date(2025, 12, 31)
    assert waiting(clerk, TodoKind.REVIEW) == []
    clerk.day = date(2025, 12, 1)
    assert waiting(clerk, TodoKind.REVIEW) == ["问题5长期坚持，应于2025年12月31日评估阶段目标和持续措施"]
    assert page.bar.next_button.text().startswith("登记")


def test_a_relapse_found_by_a_look_back_reopens_the_problem_and_it_is_closed_again(clerk: WindowClerk) -> None:
    page = to_notice(clerk)
    assert file_it(clerk, page, date(2024, 12, 31)) == ""
    clerk.day = date(2025, 12, 1)
    page.refresh()
    assert waiting(clerk, TodoKind.LOOK_BACK) == ["问题5销号后的回头看应于2025年12月31日前进行"]
    seen = {"result": "反弹", "way": "暗访", "people": "李明、王芳", "text": "夜间又有超标排放"}
    assert clerk.fill(clerk.more(page, "登记回头看…"), files=clerk.file("暗访照片.txt"), **seen) == ""
    assert page.bar.state.text() == "重新整改"
    assert page.case is not None
    assert [step.action for step in page.case.steps[-2:]] == [StepAction.LOOK_BACK, StepAction.REOPEN]
    assert "第2次办理（2025年12月1日重新整改）" in page.steps.words.text()
    assert waiting(clerk, TodoKind.LOOK_BACK) == []
    check_and_apply(clerk, page, date(2025, 12, 3), date(2025, 12, 4))
    give_notice(clerk, page, date(2025, 12, 8), date(2025, 12, 9))
    assert file_it(clerk, page, date(2025, 12, 17)) == ""
    assert page.bar.state.text() == "已销号备案"
    assert [day for action, day in steps_of(page) if action == "file"] == ["2024-12-31", "2025-12-17"]


def test_an_extension_is_asked_for_and_approved_later(clerk: WindowClerk) -> None:
    page = clerk.open_problem()
    clerk.day = date(2024, 12, 2)
    asked = {"approval": "asked", "new": "2025-06-30", "reason": "设备到货推迟"}
    assert clerk.fill(page.header.extend_button, **asked) == ""
    assert page.case is not None
    before = page.case.problem.current_deadline
    assert waiting(clerk, TodoKind.EXTENSION) == ["问题5申请延期至2025年6月30日，尚未登记批准"]
    assert "申请中" in page.steps.words.text()
    row = page.case.deadline_changes[0].id
    clerk.day = date(2024, 12, 20)
    approve = {"approver": "市整改办", "doc_no": "衡整改办函〔2024〕9号"}
    assert clerk.fill(lambda: page.steps.approval_wanted.emit(row), **approve) == ""
    assert page.case is not None
    assert page.case.problem.current_deadline == date(2025, 6, 30) != before
    assert waiting(clerk, TodoKind.EXTENSION) == []


def test_a_problem_is_carried_over_to_a_new_one_entered_in_the_dialog(clerk: WindowClerk, qtbot: Any) -> None:
    page = clerk.open_problem()
    clerk.day = date(2024, 12, 2)
    chosen: list[str] = []

    def choose(title: str, name: str) -> bool:
        dialog = next(w for w in QApplication.topLevelWidgets() if w.objectName() == name and w.property("was") is None)
        dialog.setProperty("was", True)
        dialog.show()
        fault = clerk.fill(dialog.new_button, text="第三轮督察指出同一企业问题", deadline="2025-12-31")  # type: ignore[attr-defined]
        assert fault == ""
        chosen.append(dialog.picker.line.text())  # type: ignore[attr-defined]
        QTest.mouseClick(dialog.agree_button, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
        return True

    trigger = clerk.more(page, "转入其他问题…")
    clerk.answers.replies["dialog"] = choose
    trigger()
    assert "第三轮督察指出同一企业问题" in chosen[0]
    assert page.bar.state.text() == "已转入下一轮"
    qtbot.waitUntil(lambda: page.followup.links.isVisible())
    assert "已转入" in page.followup.links.words.text()
    assert not page.bar.progress_button.isEnabled()
    clerk.answers.replies["ask"] = True
    page.followup.links.take_back_wanted.emit()
    qtbot.waitUntil(lambda: not page.followup.links.isVisible())
    assert page.bar.state.text() == "整改中"


def test_one_problem_of_two_sources_is_linked_and_counted_once(clerk: WindowClerk, qtbot: Any) -> None:
    clerk.day = date(2024, 9, 2)
    ledger = clerk.window.session.ledger
    save_problem(
        ledger, None, ProblemEntry(99, "警示片曝光同一企业烟气超标", deadline=date(2025, 6, 30)), clerk.day, "李明"
    )
    page = clerk.open_problem(1)
    assert page.case is not None
    assert page.case.problem.number == 99
    before = count_all(ledger)

    def choose(title: str, name: str) -> bool:
        dialog = next(w for w in QApplication.topLevelWidgets() if w.objectName() == name and w.property("was") is None)
        assert isinstance(dialog, LinkDialog)
        dialog.setProperty("was", True)
        dialog.show()
        assert not dialog.agree_button.isEnabled()
        type_in(dialog.picker.line, "5")
        QTest.keyClick(dialog.picker.line, Qt.Key.Key_Return)
        press(dialog.agree_button)
        return True

    trigger = clerk.more(page, "与其他来源的问题并为同一问题…")
    clerk.answers.replies["dialog"] = choose
    trigger()
    qtbot.waitUntil(lambda: page.followup.links.isVisible())
    assert "按" in page.followup.links.words.text()
    assert count_all(ledger) == before - 1
    assert not page.bar.progress_button.isEnabled()
    assert not page.bar.next_button.isVisible()
    other = clerk.open_problem()
    assert other.bar.name.text().startswith("问题5（")
    assert "序号99" in other.bar.name.text()
    qtbot.waitUntil(lambda: "也反映了这个问题" in other.followup.links.words.text())
    clerk.answers.replies["ask"] = True
    other.followup.links.words.linkActivated.emit(f"open:{find_problems(ledger, 99)[0]}")
    again = clerk.window.page
    assert isinstance(again, CasePage)
    again.followup.links.take_back_wanted.emit()
    assert count_all(ledger) == before
