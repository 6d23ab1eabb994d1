"""Backups that make themselves: only after a change, seven days and four weeks kept, the clerk's own never removed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.operations.backups import Backup, auto_backup, list_backups, superseded
from desktop.operations.ledgers import (
    back_up,
    check,
    new_ledger,
    office_of,
    open_to_read,
    open_to_work,
    open_to_write,
    people_who_work,
    restore,
)
from desktop.operations.office_settings import save_office_settings
from desktop.operations.opened import Ledger, Surroundings, is_in_place
from desktop.operations.units import save_person
from desktop.rules.entries import PersonEntry
from desktop.rules.errors import KnownFault

MONDAY = datetime(2026, 11, 23, 17, 30)


class Clock:
    """A wall clock that a test sets."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def ms(self) -> int:
        """Milliseconds of the day that was set."""
        return int(self.now.timestamp() * 1000)


@pytest.fixture
def clock() -> Clock:
    return Clock(MONDAY)


@pytest.fixture
def ledger(tmp_path: Path, clock: Clock) -> Iterator[Ledger]:
    made = new_ledger(
        tmp_path / "台账", "蒸湘区整改办", MONDAY.date(), person="李明", outside=Surroundings(now_ms=clock.ms)
    )
    yield made
    made.close()


def work_on(ledger: Ledger, clock: Clock, day: datetime) -> None:
    """Something is changed that day."""
    clock.now = day
    save_office_settings(ledger, {"contact": f"李明{day:%m%d%H%M}"}, day.date(), "李明")


def test_the_first_closing_makes_a_whole_backup(ledger: Ledger) -> None:
    changes = auto_backup(ledger, MONDAY + timedelta(minutes=1))
    assert changes is not None
    (backup,) = list_backups(ledger.folder)
    assert (backup.made, backup.automatic) == (MONDAY + timedelta(minutes=1), True)
    assert changes.extra["folder"] == str(backup.folder)
    with open_to_read(backup.folder) as copy:
        assert office_of(copy).name == "蒸湘区整改办"
        assert check(copy).is_sound


def test_when_nothing_changed_no_second_backup_is_made(ledger: Ledger) -> None:
    auto_backup(ledger, MONDAY + timedelta(minutes=1))
    assert auto_backup(ledger, MONDAY + timedelta(hours=3)) is None
    assert len(list_backups(ledger.folder)) == 1


def test_of_an_earlier_day_only_the_latest_is_kept_and_all_of_today(ledger: Ledger, clock: Clock) -> None:
    moments = [MONDAY + timedelta(hours=hour, minutes=5) for hour in (1, 2, 3, 22, 23)]
    for moment in moments:
        work_on(ledger, clock, moment - timedelta(minutes=5))
        auto_backup(ledger, moment)
    assert [backup.made for backup in list_backups(ledger.folder)] == [moments[4], moments[3], moments[2]]


def test_seven_days_and_four_weeks_are_kept_of_two_months_of_work(ledger: Ledger, clock: Clock) -> None:
    for day in range(60):
        at = MONDAY + timedelta(days=day)
        work_on(ledger, clock, at)
        auto_backup(ledger, at + timedelta(minutes=5))
    kept = [(b.made.date() - MONDAY.date()).days for b in list_backups(ledger.folder)]
    assert kept == [59, 58, 57, 56, 55, 54, 53, 48, 41]


def test_a_backup_the_clerk_asked_for_is_never_removed(ledger: Ledger, clock: Clock) -> None:
    own = Path(back_up(ledger, MONDAY + timedelta(minutes=1)).extra["folder"])
    for day in range(1, 12):
        at = MONDAY + timedelta(days=day)
        work_on(ledger, clock, at)
        auto_backup(ledger, at + timedelta(minutes=5))
    assert own in [b.folder for b in list_backups(ledger.folder) if not b.automatic]


def test_other_folders_beside_the_backups_are_left_alone(ledger: Ledger, clock: Clock) -> None:
    strange = [ledger.folder / "backups" / name for name in ("自动_旧", "自动_20260101_000000", "资料")]
    for folder in strange:
        folder.mkdir()
        (folder / "记录.txt").write_text("我的", encoding="utf-8")
    for day in range(12):
        at = MONDAY + timedelta(days=day)
        work_on(ledger, clock, at)
        auto_backup(ledger, at + timedelta(minutes=5))
    assert all((folder / "记录.txt").is_file() for folder in strange)
    assert not set(strange) & {b.folder for b in list_backups(ledger.folder)}


def test_a_ledger_without_a_folder_of_backups_has_none(tmp_path: Path) -> None:
    assert list_backups(tmp_path / "没有") == ()


def test_an_automatic_backup_restores_what_was_lost(ledger: Ledger, clock: Clock, tmp_path: Path) -> None:
    auto_backup(ledger, MONDAY + timedelta(minutes=1))
    work_on(ledger, clock, MONDAY + timedelta(minutes=9))
    ledger.close()
    restore(list_backups(ledger.folder)[0].folder, ledger.folder, MONDAY + timedelta(hours=1))
    with open_to_read(ledger.folder) as back:
        assert check(back).is_sound
    assert len(list_backups(ledger.folder)) == 1


def test_nothing_is_superseded_while_there_are_few() -> None:
    few = [Backup(Path(f"自动_{n}"), MONDAY + timedelta(days=n), True) for n in range(7)]
    assert superseded(few, MONDAY.date() + timedelta(days=7)) == ()


def test_a_second_window_may_only_look_and_is_told_who_writes(ledger: Ledger) -> None:
    with pytest.raises(KnownFault):
        open_to_write(ledger.folder, wait=0.0)
    with open_to_work(ledger.folder) as second:
        assert not second.writable
        assert second.held_by
    ledger.close()
    with open_to_work(ledger.folder) as third:
        assert third.writable


def test_leaders_do_not_stand_on_the_list_of_those_who_work(ledger: Ledger) -> None:
    for name, leader in (("王芳", False), ("罗区长", True), ("王芳", False), ("赵强", False)):
        save_person(ledger, "", PersonEntry(name, is_leader=leader), MONDAY.date(), "李明")
    assert people_who_work(ledger) == ("王芳", "赵强")


def test_a_folder_moved_away_is_noticed(ledger: Ledger, tmp_path: Path) -> None:
    assert is_in_place(ledger)
    ledger.folder.rename(tmp_path / "别处")
    assert not is_in_place(ledger)
    (tmp_path / "别处").rename(ledger.folder)
    assert is_in_place(ledger)
