"""A dispatch round from its opening to the freeze, and what a frozen month never does again: change."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.operations.cases import find_case
from desktop.operations.figures import Dimension, print_figures, read_figures
from desktop.operations.month.papers import with_papers
from desktop.operations.month.work import adopt_suggestions, explain, judge, read_board, read_month_state
from desktop.operations.paper.archive import list_archive, reprint
from desktop.operations.paper.drafts import PaperDraft
from desktop.operations.paper.printing import make_paper
from desktop.operations.progress import report_progress
from desktop.operations.rounds import (
    FreezeNeedsReason,
    as_frozen,
    find_round,
    freeze_round,
    month_is_ready,
    open_round,
    register_report,
    report_zero,
    suggest_round,
    withdraw_report,
)
from desktop.operations.today import month_rows, month_rows_of
from desktop.operations.undo import undo_last
from desktop.rules.entries import ProgressEntry
from desktop.rules.errors import Refused
from desktop.rules.paper import Printed
from desktop.rules.records import Changes, ProgressClass
from desktop.rules.rounds import ReportState, count_board
from desktop.store.frozen import FOLDER
from desktop.store.journal import all_ops
from desktop.store.ledger import Ledger
from desktop.store.purging import purge_op
from desktop.store.read_cases import all_problems
from desktop.store.read_followup import read_unit_reports
from desktop.store.read_shared import read_units
from desktop.store.writer import writing
from tests.documents.printed import read as read_pages
from tests.views.sixteen import TODAY, UNITS, sixteen

MONTH, NEXT = "2026-11", "2026-12"
END, LATER = date(2026, 11, 30), date(2026, 12, 20)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Sixteen problems with two measures each."""
    with sixteen(tmp_path / "台账") as made:
        yield made


def opened(ledger: Ledger, month: str = MONTH, today: date = TODAY) -> None:
    open_round(ledger, suggest_round(ledger, month), today, "李明")


def report(ledger: Ledger, number: int, measure: int, text: str, today: date = TODAY, **more: object) -> Changes:
    entry = replace(ProgressEntry(text, measure, month=MONTH), **more)
    return report_progress(ledger, find_case(ledger, number), entry, today, "李明")


def frozen(ledger: Ledger, today: date = END, reason: str = "各单位已电话核实") -> Changes:
    state = read_month_state(ledger, MONTH, today)
    assert state.round is not None
    return freeze_round(ledger, state.round, state.checks, state.board, today, "李明", reason)


def unit(ledger: Ledger, name: str) -> str:
    return next(found.id for found in read_units(ledger) if found.name == name)


# Opening


def test_a_round_is_opened_with_the_last_working_day(ledger: Ledger) -> None:
    entry = suggest_round(ledger, MONTH)
    assert (entry.number, entry.due_on) == (1, date(2026, 11, 30))
    assert open_round(ledger, entry, TODAY, "李明").sentence == "已开始2026年11月调度，报送时限2026年11月30日。"
    found = find_round(ledger, MONTH)
    assert found is not None
    assert (found.opened_on, found.person, found.is_frozen) == (TODAY, "李明", False)


def test_a_round_cannot_be_opened_twice(ledger: Ledger) -> None:
    opened(ledger)
    with pytest.raises(Refused, match="2026年11月调度已经开始过了（2026年11月23日开始）"):
        open_round(ledger, replace(suggest_round(ledger, MONTH), number=1), TODAY)
    with pytest.raises(Refused, match="还没有冻结"):
        open_round(ledger, suggest_round(ledger, MONTH), TODAY)
    with pytest.raises(Refused, match="2027年2月还没有到"):
        open_round(ledger, suggest_round(ledger, "2027-02"), TODAY)


# Who has reported


def test_units_report_by_rows_by_zero_report_and_by_registration(ledger: Ledger) -> None:
    opened(ledger)
    found = find_round(ledger, MONTH)
    assert found is not None
    assert [line.state for line in read_board(ledger, MONTH, TODAY)] == [ReportState.NOT] * 4
    report_zero(ledger, found, unit(ledger, UNITS[0]), UNITS[0], TODAY, "李明", "设备检修停产")
    register_report(ledger, found, unit(ledger, UNITS[1]), UNITS[1], TODAY, "李明")
    report(ledger, 1, 1, "已完成2处")
    board = {line.unit.name: line for line in read_board(ledger, MONTH, TODAY)}
    assert [board[name].state for name in UNITS[:2]] == [ReportState.ZERO, ReportState.DONE]
    assert board[UNITS[2]].state == ReportState.PART
    assert board[UNITS[0]].words(date(2026, 12, 2)) == "零报告"
    assert board[UNITS[3]].words(date(2026, 12, 2)) == "未报（逾期2天）"
    counts = count_board(board.values(), date(2026, 12, 2))
    assert counts.words == "应报4个单位，已报1个，零报告1个，未报齐2个，迟报或逾期2个。"
    with pytest.raises(Refused, match="登记零报告，没有重复登记"):
        report_zero(ledger, found, unit(ledger, UNITS[0]), UNITS[0], TODAY)


def test_a_registration_by_mistake_is_withdrawn(ledger: Ledger) -> None:
    opened(ledger)
    found = find_round(ledger, MONTH)
    assert found is not None
    report_zero(ledger, found, unit(ledger, UNITS[0]), UNITS[0], TODAY)
    withdraw_report(ledger, read_unit_reports(ledger, MONTH)[0], "登记错了单位", TODAY)
    assert read_unit_reports(ledger, MONTH) == ()


def test_a_unit_whose_rows_are_all_filled_has_reported(ledger: Ledger) -> None:
    opened(ledger)
    for number in range(1, 17):
        for measure in (1, 2):
            report(ledger, number, measure, f"第{measure}阶段已推进", percent=5 * number)
    assert {line.state for line in read_board(ledger, MONTH, TODAY)} == {ReportState.DONE}
    assert {line.way for line in read_board(ledger, MONTH, TODAY)} == {"台账填写"}


# Checks and classes


def test_what_is_odd_is_listed_and_answered(ledger: Ledger) -> None:
    opened(ledger)
    report(ledger, 4, 1, "已完成4处", percent=10)
    state = read_month_state(ledger, MONTH, TODAY)
    assert [(c.number, c.measure, c.rule) for c in state.checks] == [(4, 1, "repeated"), (4, 1, "percent_less")]
    assert state.checks[1].sentence == "完成10%，低于上次填报的20%"
    with pytest.raises(Refused, match="写明原因"):
        explain(ledger, state.checks, " ", TODAY)
    explain(ledger, state.checks[1:], "上月误将计划数填入", TODAY, "李明")
    again = read_month_state(ledger, MONTH, TODAY)
    assert [c.rule for c in again.open_checks] == ["repeated"]
    given = again.checks[1].given
    assert given is not None
    assert (given.reason, given.person) == ("上月误将计划数填入", "李明")


def test_suggested_and_decided_class_are_both_kept(ledger: Ledger) -> None:
    opened(ledger)
    case = find_case(ledger, 16)
    with pytest.raises(Refused, match="请写明理由"):
        judge(ledger, case.problem.id, MONTH, ProgressClass.BEHIND, "", TODAY)
    judge(ledger, case.problem.id, MONTH, ProgressClass.BEHIND, "现场未动工", TODAY, "李明")
    row = next(row for row in month_rows(ledger, MONTH, TODAY) if row.number == 16)
    assert (row.suggested, row.decided, row.reason) == (ProgressClass.ON_SCHEDULE, ProgressClass.BEHIND, "现场未动工")
    book = read_figures(ledger, TODAY, TODAY)
    assert case.problem.id in book.whole.slots["behind"]  # type: ignore[index]
    adopt_suggestions(ledger, read_month_state(ledger, MONTH, TODAY).judged, MONTH, TODAY)
    state = read_month_state(ledger, MONTH, TODAY)
    assert state.undecided == 0
    assert next(line.counted for line in state.judged if line.number == 16) == ProgressClass.BEHIND


# The freeze


def test_a_month_that_is_not_in_order_needs_a_reason(ledger: Ledger) -> None:
    opened(ledger)
    report(ledger, 4, 1, "已完成4处", percent=10)
    with pytest.raises(FreezeNeedsReason) as needed:
        frozen(ledger, reason="")
    assert needed.value.warnings[0] == "还有2项核对没有说明（与上月相同、百分比下降）"
    assert needed.value.warnings[1].endswith("没有报齐")
    frozen(ledger)
    found = find_round(ledger, MONTH)
    assert found is not None
    assert (found.frozen_on, found.note) == (END, "冻结说明：各单位已电话核实")
    assert [e.reason for e in find_case(ledger, 4).explanations] == ["冻结时说明：各单位已电话核实"] * 2


def test_nothing_of_a_frozen_month_can_be_changed(ledger: Ledger) -> None:
    opened(ledger)
    report(ledger, 4, 1, "已完成4处", percent=10)
    frozen(ledger)
    found = find_round(ledger, MONTH)
    assert found is not None
    problem, state = find_case(ledger, 4).problem.id, read_month_state(ledger, MONTH, END)
    assert state.checks
    for act in (
        lambda: frozen(ledger),
        lambda: report_zero(ledger, found, unit(ledger, UNITS[0]), UNITS[0], END),
        lambda: judge(ledger, problem, MONTH, ProgressClass.BEHIND, "理由", END),
        lambda: explain(ledger, state.checks, "理由", END),
        lambda: adopt_suggestions(ledger, state.judged, MONTH, END),
    ):
        with pytest.raises(Refused, match="已经冻结"):
            act()


def printed(ledger: Ledger, today: date) -> list[Printed]:
    """The three papers of the month as a clerk prints them on a day."""
    draft = PaperDraft(month=MONTH, on=END, person="李明")
    papers = [make_paper(ledger, key, None, today, draft) for key in ("monthly_dispatch", "progress_report")]
    return [*papers, print_figures(read_figures(ledger, today, today, month=MONTH), (Dimension.YEAR, Dimension.LEAD))]


def test_the_papers_of_a_frozen_month_reprint_identically(ledger: Ledger) -> None:
    opened(ledger)
    report(ledger, 1, 1, "已完成2处", percent=20)
    report(ledger, 2, 2, "已完成1处", percent=10)
    judge(ledger, find_case(ledger, 16).problem.id, MONTH, ProgressClass.BEHIND, "现场未动工", TODAY)
    frozen(ledger)
    before = [read_pages(paper.data) for paper in printed(ledger, END)]
    change_everything(ledger)
    after = [read_pages(paper.data) for paper in printed(ledger, LATER)]
    assert before == after
    for file in (ledger.folder / FOLDER).iterdir():
        file.unlink()
    again = [read_pages(paper.data) for paper in printed(ledger, LATER)]
    assert before == again


def change_everything(ledger: Ledger) -> None:
    """What a month after the freeze does to a ledger: late entries, decisions, steps, new units, another name."""
    report(ledger, 1, 1, "更正：实际完成5处", LATER, percent=50)
    report(ledger, 3, 1, "补报：已完成全部10处", LATER, percent=100)
    case = find_case(ledger, 5)
    with writing(ledger, "王芳", LATER) as writer:
        writer.set("problem", case.problem.id, {"text": "改写后的问题", "deadline": "2027-12-31"})
        writer.set("office", ledger.office_id, {"name": "改名后的办公室", "district": "蒸湘新区"})
        writer.new("setting", {"key": "checker", "value": "赵审核"})
        for measure in case.measures:
            writer.set("measure", measure.id, {"text": "改写后的措施"}, scope=case.problem.id)
        for found in read_units(ledger):
            writer.set("unit", found.id, {"name": found.name + "（新）"})
        step = {"problem": case.problem.id, "action": "self_check", "on": LATER.isoformat(), "text": "达到"}
        writer.new("step", step, scope=case.problem.id)
        for progress in find_case(ledger, 2).progress:
            writer.set("progress", progress.id, {"void": "填错"}, scope=find_case(ledger, 2).problem.id)


def test_a_late_entry_says_so_beside_the_month_and_in_the_next_table(ledger: Ledger) -> None:
    opened(ledger)
    report(ledger, 1, 1, "已完成2处", percent=20)
    frozen(ledger)
    told = report(ledger, 1, 1, "实际完成5处", LATER, percent=50)
    assert "冻结后补报" in told.warnings[0]
    with as_frozen(ledger, MONTH) as month:
        row = month_rows_of(ledger, all_problems(ledger), MONTH, LATER, month)[0]
    assert (row.text, row.percent) == ("已完成2处", 20)
    assert row.late == ("冻结后补报（2026年11月）：实际完成5处（完成50%）",)
    following = month_rows(ledger, NEXT, LATER)[0]
    assert (following.last_text, following.last_percent, following.late) == ("已完成2处", 20, row.late)
    paper = make_paper(ledger, "monthly_dispatch", None, LATER, PaperDraft(month=NEXT))
    assert any("冻结后补报（2026年" in text for page in read_pages(paper.data) for text in page.texts)
    # Once December is frozen too, January does not tell it again.
    open_round(ledger, suggest_round(ledger, NEXT), LATER)
    state = read_month_state(ledger, NEXT, LATER)
    assert state.round is not None
    freeze_round(ledger, state.round, state.checks, state.board, LATER, "李明", "已核实")
    assert all(not row.late for row in month_rows(ledger, "2027-01", date(2027, 1, 5)))
    with as_frozen(ledger, NEXT) as month:
        assert month_rows_of(ledger, all_problems(ledger), NEXT, LATER, month)[0].late == row.late


def test_a_correction_after_the_freeze_leaves_the_frozen_text_standing(ledger: Ledger) -> None:
    opened(ledger)
    report(ledger, 1, 1, "已完成2处", percent=20)
    frozen(ledger)
    case = find_case(ledger, 1)
    wrong = next(entry for entry in case.progress if entry.month == MONTH)
    with writing(ledger, "李明", LATER) as writer:
        fields = {"problem": case.problem.id, "measure": wrong.measure_id, "month": MONTH, "on": LATER.isoformat()}
        writer.new(
            "progress", {**fields, "text": "应为1处", "percent": 10, "corrects": wrong.id}, scope=case.problem.id
        )
    row = month_rows(ledger, NEXT, LATER)[0]
    assert (row.last_text, row.late) == ("已完成2处", ("冻结后更正（2026年11月）：应为1处（完成10%）",))


def test_what_was_purged_is_gone_from_the_frozen_month_too(ledger: Ledger) -> None:
    opened(ledger)
    secret = report(ledger, 1, 1, "涉密内容甲乙丙", percent=20).touched[0][1]
    frozen(ledger)
    with as_frozen(ledger, MONTH) as month:
        assert month_rows_of(ledger, all_problems(ledger), MONTH, LATER, month)[0].text == "涉密内容甲乙丙"
    op = next(op for op in all_ops(ledger.db.connection()) if op.row == secret)
    purge_op(ledger, op.id, "涉密", "李明", LATER)
    assert not month_is_ready(ledger, MONTH)
    with as_frozen(ledger, MONTH) as month:
        rows = month_rows_of(ledger, all_problems(ledger), MONTH, LATER, month)
    assert all("涉密" not in row.text for row in rows)
    held = b"".join(file.read_bytes() for file in (ledger.folder / FOLDER).iterdir())
    assert "涉密内容甲乙丙".encode() not in held


def test_a_damaged_copy_is_made_again(ledger: Ledger) -> None:
    opened(ledger)
    report(ledger, 1, 1, "已完成2处", percent=20)
    frozen(ledger)
    with as_frozen(ledger, MONTH):
        assert month_is_ready(ledger, MONTH)
    file = next((ledger.folder / FOLDER).iterdir())
    file.write_bytes(random.Random(1).randbytes(5000))
    assert not month_is_ready(ledger, MONTH)
    with as_frozen(ledger, MONTH) as month:
        assert month_rows_of(ledger, all_problems(ledger), MONTH, LATER, month)[0].text == "已完成2处"


def test_a_freeze_is_not_taken_back(ledger: Ledger) -> None:
    opened(ledger)
    frozen(ledger)
    with pytest.raises(Refused, match="冻结后不能撤销"):
        undo_last(ledger, END, "李明")
    found = find_round(ledger, MONTH)
    assert found is not None
    assert found.is_frozen


def test_a_month_is_judged_by_what_was_reported_up_to_its_end(ledger: Ledger) -> None:
    opened(ledger)
    report(ledger, 16, 1, "全部完成", percent=100)
    report(ledger, 16, 2, "全部完成", date(2026, 12, 3), percent=100, month=NEXT)
    state = read_month_state(ledger, MONTH, date(2026, 12, 3))
    assert next(line.suggested for line in state.judged if line.number == 16) == ProgressClass.ON_SCHEDULE
    frozen(ledger, date(2026, 12, 3))
    book = read_figures(ledger, LATER, LATER, month=MONTH)
    assert (book.as_of, book.figures.completed, read_figures(ledger, LATER, LATER).figures.completed) == (END, 0, 1)


def test_the_papers_of_a_month_are_kept_at_the_freeze(ledger: Ledger) -> None:
    opened(ledger)
    report(ledger, 1, 1, "已完成2处", percent=20)
    done = with_papers(ledger, frozen(ledger), MONTH, END, "李明")
    assert done.sentence.endswith("月调度表和报告已存档。")
    kept = {paper.key: paper for paper in list_archive(ledger)}
    assert set(kept) == {"monthly_dispatch", "progress_report"}
    held = reprint(ledger, kept["monthly_dispatch"]).data
    change_everything(ledger)
    again = make_paper(ledger, "monthly_dispatch", None, LATER, PaperDraft(month=MONTH, person="李明"))
    assert read_pages(again.data) == read_pages(held)
