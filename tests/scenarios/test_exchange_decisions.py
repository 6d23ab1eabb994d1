"""What people decide after a stick: two values side by side, an import taken back, who has not reported."""

from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.operations.closure import take_step
from desktop.operations.packages.board import read_board
from desktop.operations.packages.disagreements import decide, list_disagreements, list_forks, read_value, withdraw_step
from desktop.operations.packages.papers import identity_sheet, transfer_slip
from desktop.operations.packages.sticks import EXCHANGE_FOLDER, find_packages
from desktop.operations.packages.taking_back import take_back_import
from desktop.operations.progress import report_progress
from desktop.rules.entries import ProgressEntry, StepEntry
from desktop.rules.errors import Refused
from desktop.rules.fold import Disagreement
from desktop.rules.records import StepAction
from desktop.store.integrity import check_ledger
from desktop.store.writer import writing
from tests.scenarios.exchange_clerks import TODAY, Office

NOW = datetime(2026, 11, 23, 10, 30)


def _set(office: Office, field: str, value: object) -> None:
    problem = office.case().problem.id
    with writing(office.ledger, office.clerk, TODAY) as writer:
        writer.set("problem", problem, {field: value})


def test_two_offices_write_one_field_and_the_decision_travels_on(pair: tuple[Office, Office], stick: Path) -> None:
    hub, town = pair
    _set(hub, "element", "水")
    _set(town, "element", "大气")
    taken = hub.take(town.send_to(hub, stick).files[0])
    assert taken.disagreements == 1
    (what,) = list_disagreements(hub.ledger)
    assert (what.kind, what.words, what.decides) == (Disagreement.CONFLICT, "问题5 问题·要素", "")
    assert {(side.words, side.person, side.office) for side in what.sides} == {
        ("水", "苏念之", "江澜区整改办"),
        ("大气", "李明", "云陂镇"),
    }
    assert [side.is_shown for side in what.sides] == [True, False]
    changes = decide(hub.ledger, what, read_value(what, "水、大气"), TODAY, hub.clerk)
    assert changes.sentence == "已确定“问题5 问题·要素”为：水、大气。"
    assert list_disagreements(hub.ledger) == ()
    town.take(hub.send_to(town, stick).files[0])
    assert list_disagreements(town.ledger) == ()
    assert town.case().problem.element == "水、大气"
    assert check_ledger(town.ledger).is_sound


def test_what_the_hub_issued_the_unit_can_only_propose(pair: tuple[Office, Office], stick: Path) -> None:
    hub, town = pair
    _set(town, "deadline", "2027-06-30")
    assert town.case().problem.deadline is None
    (mine,) = list_disagreements(town.ledger)
    assert (mine.kind, mine.decides) == (Disagreement.PROPOSAL, "江澜区整改办")
    with pytest.raises(Refused, match="由江澜区整改办决定"):
        decide(town.ledger, mine, "2027-06-30", TODAY, town.clerk)
    hub.take(town.send_to(hub, stick).files[0])
    (what,) = list_disagreements(hub.ledger)
    assert [(side.words, side.is_proposal) for side in what.sides] == [("2027年6月30日", True)]
    decide(hub.ledger, what, what.sides[0].value, TODAY, hub.clerk)
    town.take(hub.send_to(town, stick).files[0])
    assert town.case().problem.deadline == date(2027, 6, 30)
    assert list_disagreements(town.ledger) == ()


def test_a_third_value_must_fit_the_field(pair: tuple[Office, Office]) -> None:
    _, town = pair
    _set(town, "deadline", "2027-06-30")
    (what,) = list_disagreements(town.ledger)
    assert read_value(what, "2027年1月2日") == "2027-01-02"
    assert read_value(what, " ") is None
    with pytest.raises(Refused, match="不是日期"):
        read_value(what, "尽快")


def test_two_offices_take_a_step_without_knowing_of_each_other(pair: tuple[Office, Office], stick: Path) -> None:
    hub, town = pair
    for office in pair:
        report_progress(office.ledger, office.case(), ProgressEntry("完成", 1, 100), TODAY, office.clerk)
        entry = StepEntry(StepAction.SELF_CHECK, TODAY, text="达到", reason="先行办理")
        take_step(office.ledger, office.case(), entry, TODAY, office.clerk)
    hub.take(town.send_to(hub, stick).files[0])
    ((problem, number, forks),) = list_forks(hub.ledger)
    assert (problem, number, len(forks)) == (hub.case().problem.id, 5, 2)
    with pytest.raises(Refused, match="理由"):
        withdraw_step(hub.ledger, forks[1], "  ", TODAY, hub.clerk)
    withdraw_step(hub.ledger, forks[1], "以区整改办登记为准", TODAY, hub.clerk)
    assert list_forks(hub.ledger) == ()


def test_an_import_is_taken_back_and_everything_is_as_before_but_the_history(
    pair: tuple[Office, Office], stick: Path
) -> None:
    hub, town = pair
    _set(hub, "element", "水")
    town.take(hub.send_to(town, stick).files[0])
    town.report("已拆除3处", 60)
    _set(town, "element", "大气")
    _set(town, "deadline", "2027-06-30")
    taken = hub.take(town.send_to(hub, stick).files[0])
    assert hub.case().problem.element == "大气"
    changes = take_back_import(hub.ledger, taken.id, NOW, hub.clerk)
    assert "已撤销这次接收" in changes.sentence
    assert hub.case().problem.element == "水"
    assert not hub.case().progress
    with pytest.raises(Refused, match="已经撤销过了"):
        take_back_import(hub.ledger, taken.id, NOW, hub.clerk)
    assert check_ledger(hub.ledger).is_sound
    town.take(hub.send_to(town, stick).files[0])
    assert town.case().problem.element == "水"


def test_the_board_says_who_has_not_reported(pair: tuple[Office, Office], stick: Path) -> None:
    hub, town = pair
    board = read_board(hub.ledger, TODAY)
    assert board.months == ("2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11")
    assert board.late == ("云陂镇", "区生态环境分局")
    town.report("推进", 30)
    hub.take(town.send_to(hub, stick).files[0])
    board = read_board(hub.ledger, TODAY)
    (line, other) = board.lines
    assert (line.name, line.months[-1], line.office, line.last) == ("云陂镇", (1, 1), town.id, TODAY)
    assert (other.name, other.months[-1], other.office) == ("区生态环境分局", (0, 1), "")
    assert board.late == ("区生态环境分局",)


def test_packages_on_a_stick_are_listed_with_what_can_be_known(pair: tuple[Office, Office], stick: Path) -> None:
    hub, town = pair
    town.report("推进", 30)
    folder = stick / EXCHANGE_FOLDER
    open_one = town.send_to(hub, folder)
    secret = town.send_to(hub, stick, secret=True)
    (stick / "坏.zgb").write_bytes(b"PK")
    found = {package.path.name: package for package in find_packages(hub.ledger, (stick, stick / "没有"))}
    shown = found[Path(open_one.files[0]).name]
    assert (shown.state, shown.sender, shown.kind, shown.ops > 0) == ("for_us", "云陂镇", "进展上报", True)
    assert (found[Path(secret.files[0]).name].state, found["坏.zgb"].state) == ("secret", "damaged")
    hub.take(open_one.files[0])
    again = {package.path.name: package.state for package in find_packages(hub.ledger, (stick,))}
    assert again[Path(open_one.files[0]).name] == "known"
    own = {package.path.name: package.state for package in find_packages(town.ledger, (stick,))}
    assert own[Path(open_one.files[0]).name] == "own"


def test_the_sheets_that_go_along_are_printed(pair: tuple[Office, Office], stick: Path) -> None:
    hub, town = pair
    assert identity_sheet(hub.ledger, TODAY, hub.clerk).pages == 1
    town.report("推进", 30)
    sent = town.send_to(hub, stick)
    assert transfer_slip(town.ledger, sent, "进展上报", "江澜区整改办", TODAY).pages == 1
