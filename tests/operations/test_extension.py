"""延期: a request moves nothing, an approval does, and some problems need an upper level's."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.operations.cases import find_case
from desktop.operations.extension import extend_deadline
from desktop.operations.ledgers import new_ledger
from desktop.operations.opened import Ledger
from desktop.operations.problems import save_problem
from desktop.operations.profile import region_of
from desktop.rules.entries import ExtensionEntry, ProblemEntry
from desktop.rules.errors import NeedsReason, Refused
from desktop.rules.todo import TodoKind, todos_of
from desktop.rules.wording import deadline_of
from desktop.store.writer import writing

D = date
TODAY = D(2026, 11, 30)
NEW = D(2027, 6, 30)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = new_ledger(tmp_path / "台账", "蒸湘区整改办", D(2026, 10, 1), person="李明")
    with writing(made, "李明", D(2026, 10, 1)) as writer:
        row = writer.new(
            "inspection", {"name": "省督察", "level": "province", "source": "province_inspection", "kind": "routine"}
        )
    for number, inspection in ((1, ""), (2, row)):
        entry = ProblemEntry(number, "排口直排", inspection_id=inspection, deadline=D(2026, 12, 31))
        save_problem(made, None, entry, D(2026, 10, 1), "李明")
    yield made
    made.close()


def test_a_request_waits_and_moves_nothing_until_it_is_approved(ledger: Ledger, tmp_path: Path) -> None:
    asked = ExtensionEntry(NEW, "雨季影响工期", unit_opinion="同意申请", is_request=True)
    said = extend_deadline(ledger, find_case(ledger, 1), asked, TODAY)
    assert said.sentence == "问题1的延期申请已登记（申请延至2027年6月30日），批准之前时限不变。"
    case = find_case(ledger, 1)
    (change,) = case.deadline_changes
    assert not change.is_approved
    assert case.problem.current_deadline == D(2026, 12, 31)
    assert deadline_of(case) == "2026年12月31日"
    assert TodoKind.EXTENSION in [item.kind for item in todos_of(case, region_of(ledger), TODAY)]
    paper = tmp_path / "批复.pdf"
    paper.write_bytes(b"%PDF-")
    approved = ExtensionEntry(D(2027, 3, 31), "雨季影响工期", "区政府", "蒸政函〔2026〕8号", files=(str(paper),))
    extend_deadline(ledger, case, approved, TODAY, request=change.id)
    case = find_case(ledger, 1)
    (change,) = case.deadline_changes
    assert (change.is_approved, change.approver, change.doc_no, change.on) == (
        True,
        "区政府",
        "蒸政函〔2026〕8号",
        TODAY,
    )
    assert case.problem.current_deadline == D(2027, 3, 31)
    assert deadline_of(case) == "2026年12月31日（经蒸政函〔2026〕8号批准延期至2027年3月31日）"
    assert [piece.name for piece in case.evidence] == ["批复.pdf"]
    assert TodoKind.EXTENSION not in [item.kind for item in todos_of(case, region_of(ledger), TODAY)]
    with pytest.raises(Refused, match="不在待批准之列"):
        extend_deadline(ledger, case, ExtensionEntry(NEW, "再延", "区政府"), TODAY, request=change.id)


def test_what_a_province_found_is_extended_by_an_upper_level_only(ledger: Ledger) -> None:
    case = find_case(ledger, 2)
    with pytest.raises(NeedsReason) as needed:
        extend_deadline(ledger, case, ExtensionEntry(NEW, "雨季", "区政府"), TODAY)
    assert needed.value.warnings == ("问题2来自省督察，延期应经上级批准，“区政府”不是上级单位",)
    with pytest.raises(NeedsReason) as needed:
        extend_deadline(ledger, case, ExtensionEntry(NEW, "雨季"), TODAY)
    assert needed.value.warnings == ("问题2来自省督察，延期应经上级批准，没有写明批准单位",)
    extend_deadline(ledger, case, ExtensionEntry(NEW, "雨季", "区政府", override="市里授权"), TODAY)
    assert find_case(ledger, 2).deadline_changes[0].reason == "雨季（市里授权）"


@pytest.mark.parametrize(("number", "approver"), [(1, "区政府"), (2, "市整改办"), (2, "省整改办")])
def test_a_fitting_approval_is_taken_as_it_is(ledger: Ledger, number: int, approver: str) -> None:
    extend_deadline(ledger, find_case(ledger, number), ExtensionEntry(NEW, "雨季", approver), TODAY)
    assert find_case(ledger, number).problem.current_deadline == NEW


def test_a_request_is_asked_for_by_anybody(ledger: Ledger) -> None:
    extend_deadline(ledger, find_case(ledger, 2), ExtensionEntry(NEW, "雨季", is_request=True), TODAY)
    assert find_case(ledger, 2).problem.approved_deadline is None
