"""Making, opening, checking, backing up and restoring a ledger."""

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from desktop.operations.profile import district_in, load_region
from desktop.rules.errors import Refused
from desktop.rules.kinds import KINDS
from desktop.rules.records import Changes, Office
from desktop.rules.texts import clean, one_line
from desktop.store import drives
from desktop.store.backup import make_backup, restore_backup
from desktop.store.connection import FILE, is_older
from desktop.store.faults import known_faults
from desktop.store.integrity import Health, check_ledger, rebuild_ledger
from desktop.store.leavings import sweep
from desktop.store.ledger import Ledger, Surroundings, create, open_ledger
from desktop.store.offices import ask_all_again
from desktop.store.read_shared import read_office, read_people
from desktop.store.writer import writing

Progress = Callable[[str, float], None]
WAIT = 3.0


def new_ledger(
    folder: Path,
    office: str,
    today: date,
    *,
    region: str = "hengyang",
    district: str = "",
    person: str = "",
    outside: Surroundings | None = None,
) -> Ledger:
    """Make a ledger kept by the named office; its district is read from the name when not given."""
    office = one_line(office)
    if not office:
        raise Refused("请填写单位名称，台账没有建立。", "office_name")
    load_region(region)
    refuse_inside(folder, "新建台账")
    ledger = create(folder, outside)
    fields = {"name": office, "district": one_line(district) or district_in(office), "region": region}
    with writing(ledger, clean(person), today) as writer:
        writer.new("office", fields, row=ledger.office_id)
    return ledger


def open_to_write(folder: Path, outside: Surroundings | None = None, wait: float = WAIT) -> Ledger:
    """Open a ledger for writing; refused while another program writes it. Leavings of a cut-off copy are swept."""
    ledger = open_ledger(folder, write=True, outside=outside, wait=wait)
    try:
        ledger.require_writable()
        sweep(folder)
    except BaseException:
        ledger.close()
        raise
    return ledger


def open_to_read(folder: Path) -> Ledger:
    """Open a ledger for looking only; works while another program writes it.

    One of an older version is brought up to this one first, where it can be written.
    """
    drives.require_local(folder)
    if is_older(folder / FILE):
        open_ledger(folder, write=True).close()
    return open_ledger(folder, write=False)


def check(ledger: Ledger, progress: Progress | None = None) -> Health:
    """台账体检: file, ops, projection and evidence, in plain words."""
    return check_ledger(ledger, progress)


def mend(ledger: Ledger, progress: Progress | None = None) -> Changes:
    """Make what is shown anew from the records, the remedy when a check finds that the two differ."""
    report = progress or (lambda text, share: None)
    report("按记录重建台账视图", 0.1)
    rebuild_ledger(ledger)
    # No row changed its value, but any of them may show another one now.
    return Changes("已按记录重建台账视图，请再做一次体检。", tuple((kind, "") for kind in KINDS))


def back_up(ledger: Ledger, now: datetime, target: Path | None = None, progress: Progress | None = None) -> Changes:
    """Make a whole, checked backup beside the ledger or in a folder the clerk chose, which lies outside of ledgers."""
    if target is not None:
        target = None if _real(target) == _real(ledger.folder / "backups") else target
    if target is not None:
        refuse_inside(target / "备份", "备份")
    folder = make_backup(ledger, now, target, progress)
    return Changes(f"备份已完成并通过检查：{folder}", extra={"folder": str(folder)})


def restore(backup: Path, folder: Path, now: datetime) -> Changes:
    """Put a backup in a ledger's place; the ledger that stood there is moved aside, never deleted."""
    refuse_inside(folder, "恢复")
    aside, missing = restore_backup(backup, folder, now)
    # The journal was compared op by op; what is shown is made anew from it, so that no damage there comes along.
    with open_ledger(folder, write=True) as ledger:
        if ledger.writable:
            rebuild_ledger(ledger)
            ask_all_again(ledger)
    kept = f"；原来的台账移到了 {aside}" if aside else ""
    lacks = tuple(f"备份中缺附件：{name}" for name in missing)
    return Changes(f"已从备份恢复到 {folder}{kept}。", warnings=lacks, extra={"aside": str(aside or "")})


def _real(folder: Path) -> Path:
    return Path(os.path.realpath(folder))


def refuse_inside(folder: Path, doing: str) -> None:
    """A ledger inside another would be moved and copied along with it, and is lost from sight."""
    with known_faults(folder):
        outer = next((above for above in _real(folder).parents if (above / FILE).is_file()), None)
    if outer is not None:
        raise Refused(f"这个位置在台账文件夹“{outer}”里面，没有{doing}，也没有改动。请换到它以外。", "inside_ledger")


def open_to_work(folder: Path, outside: Surroundings | None = None) -> Ledger:
    """Open a ledger for the window: to write, or to look only when another program writes it (see ``held_by``)."""
    ledger = open_ledger(folder, write=True, outside=outside)
    if ledger.writable:
        sweep(folder)
    return ledger


def office_of(ledger: Ledger) -> Office:
    """The office that keeps this ledger."""
    return read_office(ledger)


def people_who_work(ledger: Ledger) -> tuple[str, ...]:
    """Names of the people of the ledger who do the work: everyone on its list who is not a leader, each once."""
    return tuple(dict.fromkeys(person.name for person in read_people(ledger) if not person.is_leader and person.name))
