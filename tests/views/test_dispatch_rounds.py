"""The strip and the sides of a dispatch round, and the grid of a month that is frozen."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QAbstractItemModelTester

from desktop.operations.cases import find_case
from desktop.operations.opened import Ledger
from desktop.operations.progress import report_progress
from desktop.operations.rounds import open_round, suggest_round
from desktop.rules.entries import ProgressEntry
from desktop.store.read_followup import read_unit_reports
from desktop.views.dispatch.page import DispatchPage
from desktop.views.session import Session
from tests.views.conftest import Answers
from tests.views.sixteen import TODAY, UNITS, sixteen
from tests.views.test_dispatch_page import at

MONTH = "2026-11"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Sixteen problems, a round of November begun, one odd report."""
    with sixteen(tmp_path / "台账") as made:
        open_round(made, suggest_round(made, MONTH), TODAY, "李明")
        entry = ProgressEntry("已完成4处", 1, percent=10, month=MONTH)
        report_progress(made, find_case(made, 4), entry, TODAY, "李明")
        yield made


@pytest.fixture
def page(session: Session, qtbot: Any) -> Iterator[DispatchPage]:
    made = DispatchPage(session, {})
    qtbot.addWidget(made)
    made.resize(1093 - 140, 554)
    made.show()
    renewed(made, qtbot)
    yield made
    made.model.leave_frozen()


def renewed(page: DispatchPage, qtbot: Any) -> None:
    """Wait until a change is shown, and nothing is read any more."""
    runner = page.session.runner
    qtbot.waitUntil(
        lambda: not page.is_reading and page.work.state is not None and not runner.is_busy, timeout=20_000
    )


def test_the_strip_says_how_the_round_stands(page: DispatchPage) -> None:
    words = "报送时限2026年11月30日（还有7天）。应报4个单位，已报0个，未报齐4个。"
    assert page.strip.words.text() == words
    assert page.strip.buttons["checks"].text() == "核对（2）"
    assert page.strip.buttons["judge"].text() == "进度判定（16）"
    assert page.strip.buttons["begin"].isHidden()


def test_the_models_keep_the_rules_of_models(page: DispatchPage, qtbot: Any) -> None:
    sides = (page.sides.reports(), page.sides.checks(), page.sides.judgements())
    testers = [
        QAbstractItemModelTester(side.model, QAbstractItemModelTester.FailureReportingMode.Warning) for side in sides
    ]
    page.work.show_month(MONTH)
    renewed(page, qtbot)
    assert [side.model.rowCount() for side in sides] == [4, 2, 16]
    assert len(testers) == 3


def test_zero_reports_show_on_the_board_and_in_the_grid(page: DispatchPage, answers: Answers, qtbot: Any) -> None:
    side = page.sides.reports()
    answers.replies["text"] = "设备检修停产"
    at_water = next(i for i, line in enumerate(side.model.rows) if line.unit.name == UNITS[3] and not line.filled)
    side.table.choose_rows((), at_water)
    side.buttons["zero"].click()
    renewed(page, qtbot)
    assert [r.note for r in read_unit_reports(page.session.ledger, MONTH)] == ["设备检修停产"]
    assert side.model.rows[at_water].words(TODAY) == "零报告"
    assert not side.buttons["zero"].isEnabled()
    page.show_grid()
    assert at(page, 2, "flag").data() == "零报告"
    answers.replies["text"] = "登记有误"
    side.buttons["withdraw"].click()
    renewed(page, qtbot)
    assert read_unit_reports(page.session.ledger, MONTH) == ()


def test_a_check_leads_to_its_cell(page: DispatchPage, qtbot: Any) -> None:
    side = page.sides.checks()
    qtbot.waitUntil(lambda: len(side.model.rows) == 2, timeout=20_000)
    side.table.choose_rows((), 1)
    qtbot.waitUntil(side.buttons["jump"].isEnabled, timeout=20_000)
    side.buttons["jump"].click()
    assert page.sides.is_grid
    assert page.table.currentIndex().data() == "20→10"


def test_the_rest_is_judged_as_suggested(page: DispatchPage, qtbot: Any) -> None:
    side = page.sides.judgements()
    side.buttons["adopt"].click()
    qtbot.waitUntil(lambda: page.work.state is not None and page.work.state.undecided == 0, timeout=20_000)
    assert not side.buttons["adopt"].isEnabled()
    assert page.strip.buttons["judge"].text() == "进度判定"


def test_a_freeze_that_is_not_wanted_changes_nothing(page: DispatchPage, answers: Answers, qtbot: Any) -> None:
    page.strip.buttons["freeze"].click()
    assert answers.texts("ask") == ["冻结2026年11月调度？"]
    answers.replies["ask"] = True
    page.strip.buttons["freeze"].click()
    qtbot.waitUntil(lambda: bool(answers.texts("text")), timeout=20_000)
    assert not page.work.is_frozen


def test_a_frozen_month_is_shown_as_it_was_and_cannot_be_typed_in(
    page: DispatchPage, answers: Answers, qtbot: Any
) -> None:
    answers.replies |= {"ask": True, "text": "各单位已电话核实"}
    page.strip.buttons["freeze"].click()
    qtbot.waitUntil(lambda: page.work.is_frozen and not page.is_reading and bool(page.model.keys), timeout=20_000)
    session, entry = page.session, ProgressEntry("实际完成6处", 1, percent=60, month=MONTH)
    session.do(lambda: report_progress(session.ledger, find_case(session.ledger, 4), entry, date(2026, 12, 3)))
    qtbot.waitUntil(lambda: not page.is_reading and at(page, 6, "flag").data() == "冻结后补报", timeout=20_000)
    assert (at(page, 6, "text").data(), at(page, 6, "percent").data()) == ("已完成4处", "20→10")
    assert not page.table.is_typed_in(at(page, 6, "text"))
    assert not page.model.setData(at(page, 6, "text"), "改写")
    assert page.strip.words.text() == "2026年11月调度已于2026年11月23日冻结，表格只读。"
