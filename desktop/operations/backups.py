"""Backups that make themselves, and the list of all there are beside a ledger."""

import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop.rules.clock import moment
from desktop.rules.records import Changes
from desktop.store.backup import make_backup
from desktop.store.connection import FILE
from desktop.store.disk import free_name
from desktop.store.faults import known_faults
from desktop.store.ledger import Ledger

Progress = Callable[[str, float], None]
DAILY, WEEKLY = 7, 4
AUTOMATIC = "自动_"
_NAME = re.compile(rf"(?P<auto>{AUTOMATIC})?(?P<at>\d{{8}}_\d{{6}})(?:[_(（ ].*)?")


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup beside a ledger: its folder, when it was made (local time), and whether it made itself."""

    folder: Path
    made: datetime
    automatic: bool


def list_backups(ledger_folder: Path) -> tuple[Backup, ...]:
    """The finished backups beside a ledger, the latest first; other folders there are passed over."""
    try:
        entries = sorted((ledger_folder / "backups").iterdir())
    except OSError:
        return ()
    found = (_backup(entry) for entry in entries if (entry / FILE).is_file())
    return tuple(sorted((b for b in found if b), key=lambda b: (b.made, b.folder.name), reverse=True))


def _backup(folder: Path) -> Backup | None:
    match = _NAME.fullmatch(folder.name)
    if match is None:
        return None
    try:
        made = datetime.strptime(match["at"], "%Y%m%d_%H%M%S")
    except ValueError:
        return None
    return Backup(folder, made, bool(match["auto"]))


def auto_backup(ledger: Ledger, now: datetime, progress: Progress | None = None) -> Changes | None:
    """Back up what changed since the last backup, and keep the automatic ones of 7 days and 4 weeks.

    None, and nothing made, when nothing changed. Of an earlier day the latest automatic backup is kept; those of
    today stay, so that this morning can be had back. Backups that a clerk asked for are never removed. ``now`` is
    local time.
    """
    known = list_backups(ledger.folder)
    if known and _last_change(ledger) <= known[0].made:
        return None
    made = make_backup(ledger, now, None, progress)
    with known_faults(made):
        folder = made.replace(free_name(made.parent, AUTOMATIC + made.name))
    for old in superseded((b for b in list_backups(ledger.folder) if b.automatic), now.date()):
        # A file another program still looks at only means that this backup goes the next time.
        shutil.rmtree(old.folder, ignore_errors=True)
    return Changes(f"已自动备份：{folder}", extra={"folder": str(folder)})


def superseded(backups: Iterable[Backup], today: date) -> tuple[Backup, ...]:
    """Which automatic backups are no longer kept: of days before today all but the latest of 7 days and of 4 weeks."""
    latest_first = sorted(backups, key=lambda b: b.made, reverse=True)
    days: dict[object, Backup] = {}
    weeks: dict[object, Backup] = {}
    for backup in latest_first:
        days.setdefault(backup.made.date(), backup)
        weeks.setdefault(backup.made.isocalendar()[:2], backup)
    kept = [*list(days.values())[:DAILY], *list(weeks.values())[:WEEKLY]]
    return tuple(backup for backup in latest_first if backup not in kept and backup.made.date() != today)


def _last_change(ledger: Ledger) -> datetime:
    """The local time of the last op, as the ledger's own clock has it."""
    return moment(int(ledger.meta("clock") or 0)).astimezone().replace(tzinfo=None)
