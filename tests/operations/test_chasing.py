"""The ladder as a clerk uses it: issued, answered, settled, withdrawn; visits; lights decided by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.operations.cases import find_case
from desktop.operations.chase_board import read_suggestions
from desktop.operations.chasing import (
    answer_due,
    issue_chase,
    next_chase_number,
    paper_of_rung,
    reply_chase,
    settle_chase,
    withdraw_chase,
)
from desktop.operations.history import problem_history
from desktop.operations.lights import decide_light, lights_of
from desktop.operations.paper.archive import archive_paper, facts_of
from desktop.operations.paper.chase_papers import chase_paper
from desktop.operations.paper.doc_numbers import list_numbers
from desktop.operations.paper.drafts import PaperDraft, complete_draft
from desktop.operations.paper.printing import build_request, find_paper, make_paper
from desktop.operations.profile import region_of
from desktop.operations.progress import report_progress
from desktop.operations.rounds import find_round, open_round, report_zero, suggest_round
from desktop.operations.visits import handle_visit, save_visit, withdraw_visit
from desktop.rules.entries import ChaseEntry, LightEntry, ProgressEntry, ReplyEntry, SettleEntry, VisitEntry
from desktop.rules.errors import Refused
from desktop.rules.followup import Rung
from desktop.rules.number_register import NeedsNumberReason
from desktop.rules.records import CaseFile, UnitRole
from desktop.rules.region_chasing import Light
from desktop.store.ledger import Ledger
from desktop.store.read_chasing import read_chases, rows_of_sheet
from desktop.store.read_papers import read_papers
from tests.views.sixteen import TODAY, sixteen

NUMBER = "蒸整改办函〔2026〕1号"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Sixteen problems of four units."""
    made = sixteen(tmp_path / "台账")
    yield made
    made.close()


def unit_of(case: CaseFile) -> str:
    """The responsible unit of a problem."""
    return next(holder.unit_id for holder in case.units if holder.role == UnitRole.RESPONSIBLE)


def letter(ledger: Ledger, *numbers: int, rung: Rung = Rung.CHASE, doc_no: str = NUMBER) -> ChaseEntry:
    """A chasing letter about some problems of one unit, to be answered in ten working days."""
    cases = [find_case(ledger, number) for number in numbers]
    problems = tuple(case.problem.id for case in cases)
    due = answer_due(ledger, rung, TODAY)
    return ChaseEntry(rung, unit_of(cases[0]), problems, TODAY, due, "整改滞后，请倒排工期。", doc_no)


def issued(ledger: Ledger, *numbers: int, **more: object) -> str:
    """The sheet of a letter that was issued."""
    return issue_chase(ledger, letter(ledger, *numbers, **more), TODAY, "李明").extra["sheet"]  # type: ignore[arg-type]


def test_a_letter_to_one_unit_about_two_problems_is_one_sheet_with_one_number(ledger: Ledger) -> None:
    changes = issue_chase(ledger, letter(ledger, 3, 7), TODAY, "李明")
    assert changes.sentence == "已登记对问题3、7的督办，请于2026年12月7日前回复。"
    rows = rows_of_sheet(ledger, changes.extra["sheet"])
    assert [row.problem_id for row in rows] == [find_case(ledger, n).problem.id for n in (3, 7)]
    assert {(row.doc_no, row.due, row.month) for row in rows} == {(NUMBER, date(2026, 12, 7), "2026-11")}
    assert [str(line.doc_no) for line in list_numbers(ledger)] == [NUMBER]


def test_the_next_letter_has_the_next_number(ledger: Ledger) -> None:
    issued(ledger, 3)
    assert next_chase_number(ledger, Rung.CHASE, TODAY) == "蒸整改办函〔2026〕2号"
    with pytest.raises(Refused, match="已由"):
        issue_chase(ledger, letter(ledger, 7), TODAY)
    with pytest.raises(NeedsNumberReason):
        issue_chase(ledger, letter(ledger, 7, doc_no="蒸整改办函〔2026〕9号"), TODAY)
    assert len(read_chases(ledger)) == 1


def test_the_day_of_the_answer_is_reckoned_in_working_days_or_left_open(ledger: Ledger) -> None:
    assert answer_due(ledger, Rung.CALL, TODAY) == date(2026, 11, 26)
    # 30 December 2026 runs into a year whose holidays are not known.
    assert answer_due(ledger, Rung.CHASE, date(2026, 12, 30)) is None


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"problems": ()}, "chase_problems"),
        ({"unit_id": ""}, "chase_unit"),
        ({"unit_id": "f" * 32}, "chase_unit_strange"),
        ({"text": " "}, "chase_text"),
        ({"on": date(2026, 11, 24)}, "chase_future"),
        ({"due": None}, "chase_due"),
        ({"due": date(2026, 11, 22)}, "chase_due"),
        ({"doc_no": "一号"}, "doc_no"),
    ],
)
def test_what_is_wrong_with_a_letter_is_said_and_nothing_is_kept(
    ledger: Ledger, changed: dict[str, object], rule: str
) -> None:
    with pytest.raises(Refused) as refused:
        issue_chase(ledger, replace(letter(ledger, 3), **changed), TODAY)  # type: ignore[arg-type]
    assert refused.value.rule == rule
    assert read_chases(ledger) == ()
    assert list_numbers(ledger) == ()


def test_a_second_letter_of_the_same_rung_is_remarked(ledger: Ledger) -> None:
    issued(ledger, 3)
    again = issue_chase(ledger, letter(ledger, 3, doc_no=""), TODAY)
    assert "还没有办结" in again.warnings[0]


def test_a_reply_with_its_file_is_evidence_of_each_problem(ledger: Ledger, tmp_path: Path) -> None:
    sheet, file = issued(ledger, 3, 7), tmp_path / "整改情况.txt"
    file.write_text("已完成管网", encoding="utf-8")
    reply_chase(ledger, sheet, ReplyEntry(TODAY, "已完成管网改造。", (str(file),)), TODAY, "李明")
    for number in (3, 7):
        case = find_case(ledger, number)
        assert (case.chases[0].replied_on, case.chases[0].reply) == (TODAY, "已完成管网改造。")
        assert [(piece.name, piece.note) for piece in case.evidence] == [("整改情况.txt", "督办回复")]
        assert not case.chases[0].is_late(date(2027, 1, 31))


def test_replies_out_of_order_are_refused(ledger: Ledger) -> None:
    sheet = issued(ledger, 3)
    for entry, rule in (
        (ReplyEntry(TODAY, ""), "reply_text"),
        (ReplyEntry(date(2026, 11, 24), "好"), "reply_future"),
        (ReplyEntry(date(2026, 11, 22), "好"), "date_order"),
    ):
        with pytest.raises(Refused) as refused:
            reply_chase(ledger, sheet, entry, TODAY)
        assert refused.value.rule == rule
    with pytest.raises(Refused) as refused:
        reply_chase(ledger, "0" * 32, ReplyEntry(TODAY, "好"), TODAY)
    assert refused.value.rule == "chase_unknown"


def test_what_nobody_answered_is_settled_only_with_a_word_and_once(ledger: Ledger) -> None:
    sheet = issued(ledger, 3)
    with pytest.raises(Refused) as refused:
        settle_chase(ledger, sheet, SettleEntry(TODAY), TODAY)
    assert refused.value.rule == "chase_unanswered"
    settle_chase(ledger, sheet, SettleEntry(TODAY, "现场已核实完成"), TODAY)
    assert [row.is_open for row in rows_of_sheet(ledger, sheet)] == [False]
    for again in (
        lambda: settle_chase(ledger, sheet, SettleEntry(TODAY, "又"), TODAY),
        lambda: reply_chase(ledger, sheet, ReplyEntry(TODAY, "又"), TODAY),
    ):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.rule == "chase_settled"


def test_a_listing_is_lifted_only_with_its_number(ledger: Ledger) -> None:
    sheet = issued(ledger, 3, rung=Rung.LIST, doc_no="")
    reply_chase(ledger, sheet, ReplyEntry(TODAY, "已完成整改。"), TODAY)
    with pytest.raises(Refused, match="解除文号"):
        settle_chase(ledger, sheet, SettleEntry(TODAY), TODAY)
    settle_chase(ledger, sheet, SettleEntry(TODAY, close_no="湘突环改办〔2026〕3号"), TODAY)
    assert rows_of_sheet(ledger, sheet)[0].close_no == "湘突环改办〔2026〕3号"


def test_a_letter_entered_in_error_is_withdrawn_and_stays_in_the_history(ledger: Ledger) -> None:
    sheet = issued(ledger, 3)
    withdraw_chase(ledger, sheet, "发错单位", TODAY, "李明")
    assert read_chases(ledger) == ()
    told = [change.sentence for change in problem_history(ledger, find_case(ledger, 3).problem.id)]
    assert any(sentence.startswith("新增督办：督办，") for sentence in told)
    assert told[-1] == "督办·作废原因：（空） → 发错单位"


def test_the_paper_knows_its_number_its_day_its_unit_and_all_its_problems(ledger: Ledger) -> None:
    issued(ledger, 3, 7)
    case, region = find_case(ledger, 3), region_of(ledger)
    filled = complete_draft(ledger, case, PaperDraft(), "chase_letter")
    assert (filled.doc_no, filled.on) == (NUMBER, TODAY)
    paper = chase_paper(ledger, region, "chase_letter", case)
    assert paper is not None
    assert [found.problem.number for found in paper.cases] == [3, 7]
    assert paper.unit in [holder.name for holder in case.units]
    assert chase_paper(ledger, region, "reminder_letter", case) is None


def test_a_paper_about_several_problems_is_kept_once_whichever_it_is_printed_from(ledger: Ledger) -> None:
    sheet = issued(ledger, 3, 7)
    case, kind = find_case(ledger, 7), find_paper("chase_letter")
    facts = facts_of(ledger, kind, case, PaperDraft())
    assert (facts.problem_id, facts.doc_no) == (find_case(ledger, 3).problem.id, NUMBER)
    printed = make_paper(ledger, "chase_letter", case, TODAY, PaperDraft())
    archive_paper(ledger, printed, facts, TODAY, "李明")
    (paper,) = read_papers(ledger)
    assert {row.paper_id for row in rows_of_sheet(ledger, sheet)} == {paper.id}
    assert len(list_numbers(ledger)) == 1


def test_a_letter_printed_later_tells_only_what_was_known_on_its_day(ledger: Ledger) -> None:
    on = date(2026, 10, 26)
    entry = replace(letter(ledger, 3), on=on, due=date(2026, 11, 9))
    issue_chase(ledger, entry, TODAY, "李明")
    case = find_case(ledger, 3)
    report_progress(ledger, case, ProgressEntry("已全部完成", 1, 100, month="2026-11"), TODAY, "李明")
    request = build_request(ledger, find_paper("chase_letter"), find_case(ledger, 3), TODAY, PaperDraft())
    assert request.as_of == on
    assert request.case is not None
    assert request.case.measures[0].percent == 15
    assert request.chase is not None
    assert request.chase.cases[0].measures[0].latest == "已完成3处"


def test_a_rung_without_a_paper_of_its_own_has_a_name_all_the_same(ledger: Ledger) -> None:
    kind = paper_of_rung(ledger, Rung.LIST)
    assert kind.name
    assert "doc_no" in kind.fills


def test_a_unit_that_made_a_zero_report_is_not_asked_for_one(ledger: Ledger) -> None:
    later = date(2026, 12, 3)
    case = find_case(ledger, 16)
    decide_light(ledger, case, LightEntry("2026-12", Light.GOOD, "现场已动工"), later, "李明")
    (before,) = read_suggestions(ledger, [case.problem.id], later)
    assert (before.step.rung, before.reasons) == (Rung.CALL, ("上月没有报送进展",))
    open_round(ledger, suggest_round(ledger, "2026-11"), TODAY, "李明")
    found = find_round(ledger, "2026-11")
    assert found is not None
    report_zero(ledger, found, unit_of(case), "责任单位", TODAY, "李明")
    assert read_suggestions(ledger, [case.problem.id], later) == ()


# Visits


def visit(ledger: Ledger, *numbers: int, **more: object) -> VisitEntry:
    """A visit without notice that found something and demands it to be mended."""
    problems = tuple(find_case(ledger, number).problem.id for number in numbers)
    made = VisitEntry(problems, TODAY, "暗访", "东侧围挡破损。", demand="三日内修复。", due=date(2026, 11, 26))
    return replace(made, **more)  # type: ignore[arg-type]


def test_a_visit_to_two_problems_is_one_sheet_and_its_photo_proves_both(ledger: Ledger, tmp_path: Path) -> None:
    photo = tmp_path / "现场.txt"
    photo.write_text("照片", encoding="utf-8")
    changes = save_visit(ledger, visit(ledger, 2, 3, files=(str(photo),)), TODAY, "李明")
    assert changes.sentence == "已登记2026年11月23日对问题2、3的暗访。"
    for number in (2, 3):
        case = find_case(ledger, number)
        assert case.visits[0].is_open
        assert len(case.evidence) == 1
    sheet = find_case(ledger, 2).visits[0].sheet
    handle_visit(ledger, sheet, ReplyEntry(TODAY, "已修复。"), TODAY, "李明")
    assert not find_case(ledger, 3).visits[0].is_open
    with pytest.raises(Refused) as refused:
        handle_visit(ledger, sheet, ReplyEntry(TODAY, "又"), TODAY)
    assert refused.value.rule == "visit_settled"


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"problems": ()}, "chase_problems"),
        ({"found": ""}, "visit_found"),
        ({"on": date(2026, 11, 24)}, "visit_future"),
        ({"due": None}, "visit_due"),
        ({"due": date(2026, 11, 22)}, "visit_due"),
        ({"demand": ""}, "visit_demand"),
    ],
)
def test_what_is_wrong_with_a_visit_is_said(ledger: Ledger, changed: dict[str, object], rule: str) -> None:
    with pytest.raises(Refused) as refused:
        save_visit(ledger, visit(ledger, 2, **changed), TODAY)
    assert refused.value.rule == rule
    assert find_case(ledger, 2).visits == ()


def test_a_visit_entered_in_error_is_withdrawn(ledger: Ledger) -> None:
    save_visit(ledger, visit(ledger, 2), TODAY)
    withdraw_visit(ledger, find_case(ledger, 2).visits[0].sheet, "登错问题", TODAY)
    assert find_case(ledger, 2).visits == ()


# Lights


def test_a_light_is_decided_with_a_reason_and_found_again(ledger: Ledger) -> None:
    case = find_case(ledger, 16)
    with pytest.raises(Refused, match="写明理由"):
        decide_light(ledger, case, LightEntry("2026-11", Light.RED, ""), TODAY)
    changes = decide_light(ledger, case, LightEntry("2026-11", Light.RED, "被省警示片曝光"), TODAY, "李明")
    assert changes.sentence == "问题16在2026年11月判定为红灯。"
    state = lights_of(ledger, [case.problem.id], TODAY)[case.problem.id]
    assert (state.word, state.is_decided, state.reasons) == ("红灯", True, ("被省警示片曝光",))
    told = problem_history(ledger, case.problem.id)[-1].sentence
    assert "红灯" in told
    assert "red" not in told


def test_a_month_that_has_not_come_gets_no_light(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="还没有到"):
        decide_light(ledger, find_case(ledger, 16), LightEntry("2026-12", Light.RED, "曝光"), TODAY)
