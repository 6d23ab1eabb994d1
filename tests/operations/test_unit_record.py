"""单位档案: what is on record of one unit, with the problems behind each number, and its paper."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.operations.cases import find_case
from desktop.operations.chasing import issue_chase
from desktop.operations.lights import decide_light
from desktop.operations.profile import region_of
from desktop.operations.rounds import find_round, open_round, report_zero, suggest_round
from desktop.operations.unit_record import print_unit_record, read_unit_record
from desktop.operations.units import list_units, merge_units
from desktop.operations.visits import save_visit
from desktop.rules.entries import ChaseEntry, LightEntry, VisitEntry
from desktop.rules.errors import Refused
from desktop.rules.followup import Rung
from desktop.rules.region_chasing import Light
from desktop.rules.unit_record import record_words
from desktop.store.ledger import Ledger
from tests.views.sixteen import TODAY, UNITS, sixteen


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Sixteen problems; 区住房和城乡建设局 leads 1, 5, 9, 13 and is responsible for 4, 8, 12, 16."""
    made = sixteen(tmp_path / "台账")
    yield made
    made.close()


def unit_of(ledger: Ledger, name: str = UNITS[1]) -> str:
    """The id of a unit."""
    return next(unit.id for unit in list_units(ledger) if unit.name == name)


def chased(ledger: Ledger, number: int, rung: Rung, on: date, due: date) -> None:
    """A paper of the ladder to the unit."""
    problem = find_case(ledger, number).problem.id
    issue_chase(ledger, ChaseEntry(rung, unit_of(ledger), (problem,), on, due, "请整改。"), TODAY, "李明")


def test_problems_are_counted_by_role_with_what_is_behind_them(ledger: Ledger) -> None:
    record = read_unit_record(ledger, unit_of(ledger), TODAY)
    numbers = {one.words: [find_number(ledger, p) for p in one.problems] for one in record.roles}
    assert numbers == {"牵头单位": [1, 5, 9, 13], "责任单位": [4, 8, 12, 16]}
    assert [(one.words, len(one.problems)) for one in record.states] == [("整改中", 8)]


def find_number(ledger: Ledger, problem: str) -> int:
    """The number of a problem."""
    found = ledger.db.execute_sql("SELECT number FROM problem WHERE id = ?", (bytes.fromhex(problem),)).fetchone()
    return int(found[0])


def test_lights_are_counted_month_by_month(ledger: Ledger) -> None:
    decide_light(ledger, find_case(ledger, 13), LightEntry("2026-10", Light.RED, "曝光"), TODAY, "李明")
    record = read_unit_record(ledger, unit_of(ledger), TODAY)
    assert [month.month for month in record.months] == ["2026-11", "2026-10"]
    october = dict(record.months[1].lights)
    assert find_case(ledger, 13).problem.id in october[Light.RED]
    assert sum(map(len, october.values())) == 8


def test_papers_points_and_visits_are_those_of_the_unit(ledger: Ledger) -> None:
    chased(ledger, 12, Rung.CHASE, date(2026, 10, 8), date(2026, 10, 22))
    chased(ledger, 13, Rung.TALK, date(2026, 11, 2), date(2026, 11, 30))
    chased(ledger, 13, Rung.CALL, date(2026, 11, 3), date(2026, 11, 30))
    seen = (find_case(ledger, 16).problem.id, find_case(ledger, 2).problem.id)
    save_visit(ledger, VisitEntry(seen, TODAY, "暗访", "未见施工。"), TODAY, "李明")
    record = read_unit_record(ledger, unit_of(ledger), TODAY)
    assert (record.points, record.late_replies) == (-3, 1)
    assert record.pointed == ("2026年10月8日督办（问题12）-1分", "2026年11月2日约谈（问题13）-2分")
    assert [line.what for line in record.sheets] == ["督办", "约谈", "催报"]
    assert [line.numbers for line in record.visits] == ["2、16"]
    other = read_unit_record(ledger, unit_of(ledger, UNITS[3]), TODAY)
    assert (other.points, other.sheets) == (0, ())
    assert [line.numbers for line in other.visits] == ["2、16"]


def test_reports_stand_by_the_rounds_that_were_opened(ledger: Ledger) -> None:
    open_round(ledger, replace(suggest_round(ledger, "2026-11"), due_on=date(2026, 11, 20)), TODAY, "李明")
    assert [(one.words, one.is_late) for one in read_unit_record(ledger, unit_of(ledger), TODAY).reports] == [
        ("未报（逾期3天）", True)
    ]
    found = find_round(ledger, "2026-11")
    assert found is not None
    report_zero(ledger, found, unit_of(ledger), UNITS[1], TODAY, "李明")
    (report,) = read_unit_record(ledger, unit_of(ledger), TODAY).reports
    assert report.words.startswith("零报告")


def test_the_record_is_printed_and_says_what_there_is_nothing_of(ledger: Ledger) -> None:
    chased(ledger, 12, Rung.CHASE, date(2026, 10, 8), date(2026, 10, 22))
    record = read_unit_record(ledger, unit_of(ledger), TODAY)
    words = record_words(record, region_of(ledger))
    assert words["roles"] == "牵头单位4个，责任单位4个"
    assert words["visits"] == words["returns"] == words["reports"] == "无"
    assert words["points"] == "合计-1分\n2026年10月8日督办（问题12）-1分"
    assert "●蓝灯" in words["lights"]
    printed = print_unit_record(ledger, record)
    assert printed.pages == 1
    assert printed.missing_characters == ""
    assert printed.title.startswith(UNITS[1])


def test_a_unit_that_is_not_on_the_list_is_refused(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="不在名册"):
        read_unit_record(ledger, "f" * 32, TODAY)


def test_papers_of_a_unit_that_became_part_of_another_one_are_that_ones(ledger: Ledger) -> None:
    chased(ledger, 12, Rung.CHASE, date(2026, 10, 8), date(2026, 10, 22))
    kept = unit_of(ledger, UNITS[0])
    merge_units(ledger, kept, unit_of(ledger), TODAY, "李明")
    record = read_unit_record(ledger, kept, TODAY)
    assert [(line.unit, line.numbers) for line in record.sheets] == [(UNITS[0], "12")]
    assert record.points == -1
    assert find_case(ledger, 12).chases[0].unit_id == kept
