"""接回 into a ledger that went on meanwhile: another copy of it is looked at, then merged in whole or not at all."""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop.exchange.carried import DATABASE, Carried, CarriedFile
from desktop.exchange.head import PackageKind
from desktop.exchange.identity import PublicKeys
from desktop.exchange.seals import read_seal, verify_seal
from desktop.operations.history import changes_since
from desktop.operations.ledgers import Progress
from desktop.operations.pace import Pace
from desktop.operations.packages.carrying import opened_carried, require_room
from desktop.rules.clock import moment
from desktop.rules.errors import Refused
from desktop.rules.kinds import KINDS
from desktop.rules.number_register import twins
from desktop.rules.packages import AGAIN, TAKEN, Received
from desktop.rules.records import Changes
from desktop.rules.texts import clean, one_line
from desktop.rules.wording import date_in_text
from desktop.store.backup import check_copy
from desktop.store.disk import sync_folder
from desktop.store.evidence import file_of, purged_files, settle_file
from desktop.store.faults import known_faults
from desktop.store.incoming import take_ops
from desktop.store.leavings import WORK_FOLDER
from desktop.store.ledger import Ledger, open_ledger
from desktop.store.offices import PackageIn, find_in, put_in, read_keys
from desktop.store.other_copy import lines_lacking, purged_there, require_own_shape, seals_of, take_facts, take_stubs
from desktop.store.purging import purging, remove_file
from desktop.store.read_papers import read_register
from desktop.store.seal_book import keep_seal
from desktop.store.templates import own_templates
from desktop.store.writer import Writer, writing

# Merging an op takes as long as copying so many bytes.
_WORK_OF_OP = 10_000
Sealed = dict[str, tuple[str, int | None]]


def merge_copy(
    ledger: Ledger,
    path: Path,
    today: date,
    person: str = "",
    *,
    passphrase: str = "",
    look_only: bool = False,
    progress: Progress | None = None,
) -> Received:
    """Take in what another copy of this ledger holds and this one does not; nothing of this one is given up.

    Records that both wrote differently become conflicts for a person to decide. With ``look_only`` the same is done
    and taken back. Refused or KnownFault with one sentence for the ledger of another office or one that is damaged.
    """
    ledger.require_writable()
    tell = progress or (lambda words, share: None)
    stage = ledger.folder / WORK_FOLDER / ledger.new_id()
    with known_faults(path), contextlib.ExitStack() as leavings:
        stage.mkdir(parents=True)
        leavings.callback(shutil.rmtree, stage, ignore_errors=True)
        with opened_carried(path, passphrase, stage / "carried.plain", tell) as carried:
            _require_ours(ledger, carried)
            lacking = _files_lacking(ledger, carried)
            database = next(file for file in carried.facts.files if file.name == DATABASE)
            size = database.size + (0 if look_only else sum(file.size for file in lacking))
            require_room(ledger.folder, size + database.size)
            pace = Pace(tell, size, 0.1, 0.5)
            pace.step("正在核对整本台账", size)
            carried.extract(database, stage / DATABASE, pace.add)
            check_copy(stage)
            other = leavings.enter_context(open_ledger(stage, write=True, outside=ledger.outside))
            require_own_shape(other)
            if other.office_id != ledger.office_id:
                raise _foreign(carried)
            if not look_only:
                _take_files(ledger, carried, lacking, pace)
            return _merge(ledger, other, carried, len(lacking), today, person, tell, look_only=look_only)


def _require_ours(ledger: Ledger, carried: Carried) -> None:
    if carried.facts.office != ledger.office_id:
        raise _foreign(carried)


def _foreign(carried: Carried) -> Refused:
    who = one_line(carried.facts.name) or "别的单位"
    return Refused(
        f"这是“{who}”的台账，不是本单位的，没有并入，台账未变；与别的单位请用数据包交换。", "carried_foreign"
    )


def _files_lacking(ledger: Ledger, carried: Carried) -> list[CarriedFile]:
    """Files of evidence that only the other copy has, and templates whose paper has no own one here."""
    templates, purged = own_templates(ledger), purged_files(ledger.db)
    return [
        file
        for file in carried.facts.files
        if (file.digest and file.digest not in purged and not file_of(ledger.folder, file.digest).is_file())
        or (not file.digest and file.name != DATABASE and not (templates / Path(file.name).name).exists())
    ]


def _take_files(ledger: Ledger, carried: Carried, files: list[CarriedFile], pace: Pace) -> None:
    """Copy files in, each checked while it is copied; harmless when the merge stops later."""
    for file in files:
        if file.digest:
            part = ledger.folder / "evidence" / f".{ledger.nonce()}.part"
            part.parent.mkdir(exist_ok=True)
            carried.extract(file, part, pace.add)
            settle_file(part, file_of(ledger.folder, file.digest))
        else:
            target = own_templates(ledger) / Path(file.name).name
            target.parent.mkdir(exist_ok=True)
            part = target.with_name(target.name + ".part")
            carried.extract(file, part, pace.add)
            part.replace(target)
            sync_folder(target.parent)


class _Looked(Exception):
    """Takes everything back after a look."""


def _merge(
    ledger: Ledger,
    other: Ledger,
    carried: Carried,
    files: int,
    today: date,
    person: str,
    tell: Progress,
    *,
    look_only: bool,
) -> Received:
    found: list[Received] = []
    purged = purged_there(ledger, other)
    erasing = purging(ledger, bool(purged) and not look_only)
    with contextlib.suppress(_Looked), erasing, writing(ledger, clean(person), today) as writer:
        result = _take(ledger, other, writer, carried, purged, today, tell)
        found.append(replace(result, files_new=files, is_preview=look_only))
        if look_only:
            raise _Looked
    if not look_only:
        for digest in purged_files(ledger.db):
            remove_file(ledger, digest)
    return found[0]


def _take(
    ledger: Ledger,
    other: Ledger,
    writer: Writer,
    carried: Carried,
    purged: tuple[str, ...],
    today: date,
    tell: Progress,
) -> Received:
    facts = carried.facts
    lines = list(lines_lacking(ledger, other))
    sealed = _seals(ledger, other, writer)
    for key, office, _ in lines:
        if office == ledger.office_id:
            # What this office wrote and has not sent yet has no seal; whichever copy sends it first makes one.
            sealed.setdefault(key, (office, None))
    pace = Pace(tell, max(len(lines), 1) * _WORK_OF_OP, 0.5, 0.95)
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        pace.say(f"正在并入记录 {done}/{len(lines)}", more * _WORK_OF_OP)

    pace.step("正在并入记录")
    taken = take_ops(writer, _bodies(lines), sealed, count)
    for key in purged:
        writer.erase(key)
    take_stubs(writer, other)
    take_facts(writer, other)
    pace.step("正在更新台账")
    writer.heard = lambda: pace.add(0)
    if taken.new and not find_in(ledger, facts.id):
        report = {"new": taken.new, "known": 0, "files": [], "tables": taken.tables, "name": ""}
        at = ledger.next_hlc()
        own = ledger.office_id
        kind = str(PackageKind.FULL)
        put_in(
            writer.connection,
            PackageIn(facts.id, own, kind, facts.at, at, today.isoformat(), taken.first, taken.last, report),
        )
    sql = "SELECT count(*) FROM conflict WHERE row IN (SELECT row FROM op WHERE lsn BETWEEN ? AND ?)"
    open_fields: int = writer.connection.execute(sql, (taken.first or 1, taken.last)).fetchone()[0]
    touched = tuple((name, row) for name, rows in writer.touched.rows.items() for row in rows[:1])
    made = date_in_text(moment(facts.at).astimezone().date())
    sentence = (
        f"已从另一台电脑的台账（{made}带出）并入记录{taken.new}条；本机的内容一条不少。"
        if taken.new
        else f"另一台电脑的台账（{made}带出）里没有本机没有的记录，台账没有变化。"
    )
    double = sorted({entry.doc_no for entry in twins(read_register(ledger)).values()})
    warnings = tuple(f"{number}编给了不止一份文书，请在“发文登记”里改编其中一份。" for number in double)
    return Received(
        facts.id,
        facts.office,
        facts.name,
        str(PackageKind.FULL),
        made,
        TAKEN if taken.new else AGAIN,
        new=taken.new,
        tables=tuple((KINDS[t].words if t in KINDS else "其他记录", n) for t, n in taken.tables.items()),
        disagreements=open_fields,
        strange=taken.strange,
        lines=changes_since(ledger, taken.first) if taken.new else (),
        changes=Changes(sentence, touched, warnings),
    )


def _bodies(lines: list[tuple[str, str, bytes]]) -> Iterator[bytes]:
    return (body for _, _, body in lines)


def _seals(ledger: Ledger, other: Ledger, writer: Writer) -> Sealed:
    """Verify and keep the seals of the other copy; for each op the office and the number of its seal here."""
    keys = {key.key_id: key for key in (*read_keys(other), *read_keys(ledger))}
    sealed: Sealed = {}
    for line in seals_of(other):
        seal = read_seal(line.line)
        key = keys.get(seal.key_id)
        if key is None:
            raise Refused(
                "另一台电脑的台账里有一份签名查不到是谁的，没有并入，台账未变；请重新带出一份。", "key_unknown"
            )
        verify_seal(seal, PublicKeys(key.office, key.sign, key.age))
        number = keep_seal(writer.connection, line)
        sealed.update(dict.fromkeys(seal.ids, (seal.office, number)))
    return sealed
