"""A hub and its units carry a stick to and fro: each sees what it may, everything agrees in the end."""

from pathlib import Path

import pytest

from desktop.exchange.unpack import open_package
from desktop.operations.packages import sending
from desktop.operations.packages.sending import look_what_to_send
from desktop.rules.errors import Refused
from desktop.rules.ops import MAX_INT, parse_op
from desktop.rules.packages import AGAIN, TAKEN
from desktop.store.integrity import check_ledger
from desktop.store.writer import writing
from tests.scenarios.exchange_clerks import TODAY, Office, acquaint


def test_a_unit_gets_its_own_problem_and_no_other(offices: tuple[Office, Office], stick: Path) -> None:
    hub, town = offices
    acquaint(hub, town, stick)
    task = hub.send_to(town, stick)
    taken = town.take(task.files[0])
    assert (taken.state, taken.disagreements, taken.lacking) == (TAKEN, 0, ())
    assert town.case(5).problem.text == "第5个问题"
    assert town.case(5).measures[0].text == "拆除堆场"
    with pytest.raises(Refused):
        town.case(6)


def test_a_month_goes_up_with_its_photo_and_comes_to_rest(
    offices: tuple[Office, Office], stick: Path, tmp_path: Path
) -> None:
    hub, town = offices
    acquaint(hub, town, stick)
    town.take(hub.send_to(town, stick).files[0])
    photo = tmp_path / "整改后.jpg"
    photo.write_bytes(b"\xff\xd8\xff photo")
    town.report("已拆除3处", 60)
    town.prove(photo)
    report = town.send_to(hub, stick, secret=True)
    assert report.files[0].endswith(".zgbx")
    seen = hub.take(report.files[0], look_only=True)
    assert (seen.is_preview, seen.new > 0, seen.files_new) == (True, True, 1)
    assert not hub.case(5).progress
    taken = hub.take(report.files[0])
    assert (taken.new, taken.files_new, taken.lacking) == (seen.new, 1, ())
    assert hub.case(5).progress[0].text == "已拆除3处"
    assert hub.case(5).evidence[0].present
    assert hub.take(report.files[0]).state == AGAIN
    # The receipt travels with the next package; then there is nothing left to send.
    town.take(hub.send_to(town, stick).files[0])
    assert look_what_to_send(town.ledger, hub.id).is_empty
    for here, there in ((hub, town), (town, hub)):
        with pytest.raises(Refused, match="没有新的要发"):
            here.send_to(there, stick)
    assert check_ledger(hub.ledger).is_sound
    assert check_ledger(town.ledger).is_sound


def test_a_lost_stick_heals_with_the_next_package(offices: tuple[Office, Office], stick: Path) -> None:
    hub, town = offices
    acquaint(hub, town, stick)
    town.take(hub.send_to(town, stick).files[0])
    town.report("第一次", 30)
    Path(town.send_to(hub, stick).files[0]).unlink()
    town.report("第二次", 60, month="2026-10")
    hub.take(town.send_to(hub, stick).files[0])
    assert {entry.text for entry in hub.case(5).progress} == {"第一次", "第二次"}


def test_no_package_holds_what_is_only_for_its_own_office(offices: tuple[Office, Office], stick: Path) -> None:
    hub, town = offices
    acquaint(hub, town, stick)
    with writing(hub.ledger, hub.clerk, TODAY) as writer:
        writer.new("setting", {"key": "checker", "value": "秘密"})
        writer.new("person", {"name": "某人"})
    with open_package(Path(hub.send_to(town, stick, full=True).files[0])) as package:
        kinds = {parse_op(line).table for line in package.ops()}
    assert "problem" in kinds
    assert not kinds & {"setting", "person"}


@pytest.mark.parametrize("heard", [MAX_INT, MAX_INT - 3, 1 << 61])
def test_a_package_that_remembers_an_impossible_time_does_not_stop_the_ledger(
    offices: tuple[Office, Office], stick: Path, monkeypatch: pytest.MonkeyPatch, heard: int
) -> None:
    hub, town = offices
    acquaint(hub, town, stick)
    whole = sending.PackageHead
    monkeypatch.setattr(sending, "PackageHead", lambda **facts: whole(**{**facts, "heard": heard}))
    task = hub.send_to(town, stick)
    monkeypatch.undo()
    assert town.take(task.files[0]).state == TAKEN
    for month in ("2026-08", "2026-09", "2026-10", "2026-11"):
        town.report("照常填报", 60, month=month)
    assert hub.take(town.send_to(hub, stick).files[0]).state == TAKEN
    assert len(hub.case(5).progress) == 4
