"""接收: a package from a stick is checked, looked at, and taken in whole or not at all (exchange §5)."""

import contextlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from desktop.exchange.head import KIND_WORDS, PackageKind
from desktop.exchange.identity import Identity
from desktop.exchange.unpack import Package, open_package
from desktop.exchange.wrap import is_secret, unwrap_package
from desktop.operations.history import changes_since
from desktop.operations.ledgers import Progress
from desktop.operations.pace import Pace
from desktop.operations.packages.held_packages import hold_package, result_of
from desktop.operations.packages.key_trust import Signer, find_signer, take_seals
from desktop.operations.packages.receipts import take_receipts
from desktop.operations.packages.refusals import note_refusal
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.kinds import KINDS
from desktop.rules.ops import is_hex
from desktop.rules.packages import AGAIN, HELD, TAKEN, Received
from desktop.rules.records import Changes
from desktop.rules.texts import clean, one_line
from desktop.store.disk import sync_file
from desktop.store.evidence import file_of, settle_file
from desktop.store.faults import known_faults
from desktop.store.incoming import Taken, take_ops
from desktop.store.leavings import HELD_FOLDER, WORK_FOLDER
from desktop.store.ledger import Ledger
from desktop.store.offices import (
    PackageIn,
    ask_again,
    asked_again,
    drop_held,
    find_in,
    forget_acknowledged,
    held_packages,
    packages_in,
    put_held,
    put_in,
)
from desktop.store.writer import Writer, writing

_SENDER_UNKNOWN = "请与它核对盖章的交换身份确认单"
_AUTHOR_UNKNOWN = "里面转来的其他单位的记录，本单位还不认识它们的签名，请先核对那些单位的交换身份"
# The kinds that are written to one receiver, one after the other.
_IN_A_ROW = (PackageKind.TASK, PackageKind.REPORT, PackageKind.FULL)
_SPARE_BYTES = 200_000_000
_OPS_ON_DISK = 4
# Where the bar stands after decrypting and before the last step; merging an op takes as long as copying so many bytes.
_DECRYPTED, _MERGED, _WORK_OF_OP = 0.3, 0.95, 10_000


def receive(
    ledger: Ledger,
    path: Path,
    today: date,
    person: str = "",
    *,
    identity: Identity | None = None,
    passphrase: str = "",
    look_only: bool = False,
    progress: Progress | None = None,
) -> Received:
    """Take a package in. Of an office that nobody has confirmed it is kept aside as 待核验, and nothing merged.

    With ``look_only`` the same is done and taken back, so that the clerk sees beforehand what it would bring; files
    are not copied. Refused or KnownFault with one sentence for what is not sound, and the ledger is as before.
    """
    ledger.require_writable()
    tell = progress or (lambda words, share: None)
    with known_faults(path), _plain(ledger, path, identity, passphrase, tell) as plain, open_package(plain) as package:
        head = package.head
        pace = _pace(ledger, package, tell, 0.0 if plain == path else _DECRYPTED)
        # A package kept aside bears its id before the name it came under.
        name = path.name.removeprefix(f"{head.id}_")
        try:
            return _receive(ledger, package, plain, name, today, person, pace, look_only=look_only)
        except Refused as refused:
            note_refusal(ledger, head, path, today, refused)
            raise


def _receive(
    ledger: Ledger, package: Package, plain: Path, name: str, today: date, person: str, pace: Pace, *, look_only: bool
) -> Received:
    """Take an opened package in, or keep it aside."""
    head = package.head
    _require_for_us(ledger, package)
    if find_in(ledger, head.id):
        return result_of(package, AGAIN, Changes("这个数据包以前已接收过，台账没有变化。"))
    signer = find_signer(ledger, package, today)
    if signer is None:
        why = _SENDER_UNKNOWN
        return hold_package(ledger, package, plain, name, today, person, why, pace, look_only=look_only)
    package.verify(signer.keys)
    try:
        if look_only:
            return _look(ledger, package, signer, today, person, pace)
        _require_room(ledger, package)
        files = _take_files(ledger, package, pace)
        result = _take(ledger, package, signer, today, person, files, pace, name=name)
    except Refused as refused:
        if refused.rule != "key_unknown":
            raise
        why = _AUTHOR_UNKNOWN
        return hold_package(ledger, package, plain, name, today, person, why, pace, look_only=look_only)
    for held in (ledger.folder / HELD_FOLDER).glob(f"{head.id}_*"):
        held.unlink(missing_ok=True)
    return result


def _pace(ledger: Ledger, package: Package, tell: Progress, start: float) -> Pace:
    copying = sum(size for _, size in _files_lacked(ledger, package))
    return Pace(tell, copying + package.head.ops * _WORK_OF_OP, start, _MERGED)


def _require_for_us(ledger: Ledger, package: Package) -> None:
    if package.head.to not in ("", ledger.office_id):
        raise Refused("这个数据包不是发给本单位的，没有接收，台账未变；请转交收件单位。", "not_for_us")


def receive_held(
    ledger: Ledger, today: date, person: str = "", progress: Progress | None = None
) -> tuple[Received, ...]:
    """Try every package that waited for somebody to be confirmed once more, in the order they came.

    One that is refused now goes on waiting, with the reason, and does not keep the others from being taken.
    """
    results = []
    for held in held_packages(ledger):
        try:
            file = ledger.folder / HELD_FOLDER / held.file
            results.append(receive(ledger, file, today, person, progress=progress))
        except Refused as refused:
            with writing(ledger, clean(person), today) as writer:
                put_held(writer.connection, replace(held, why=refused.sentence))
            changes = Changes(refused.sentence)
            results.append(Received(held.id, held.sender, held.sender_name, "", "", HELD, changes=changes))
    return tuple(results)


class _Looked(Exception):
    """Takes everything back after a look."""


def _look(ledger: Ledger, package: Package, signer: Signer, today: date, person: str, pace: Pace) -> Received:
    """What a package would bring: taken in and taken back in one transaction."""
    found: list[Received] = []

    def stop(result: Received) -> None:
        found.append(replace(result, is_preview=True))
        raise _Looked

    with contextlib.suppress(_Looked):
        _take(ledger, package, signer, today, person, len(_files_lacked(ledger, package)), pace, stop)
    return found[0]


def _take(
    ledger: Ledger,
    package: Package,
    signer: Signer,
    today: date,
    person: str,
    files: int,
    pace: Pace,
    before_end: Callable[[Received], None] | None = None,
    *,
    name: str = "",
) -> Received:
    """Merge the records in one transaction; ``before_end`` sees the result while it can still be taken back."""
    head = package.head
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        pace.say(f"正在并入记录 {done}/{head.ops}", more * _WORK_OF_OP)

    pace.step("正在核对签名")
    with writing(ledger, clean(person), today) as writer:
        if head.kind in _IN_A_ROW:
            ledger.was_at_hlc(head.heard)
        sealed = take_seals(ledger, writer, package, signer, today)
        digests: dict[str, None] = {}
        taken = take_ops(writer, _noting_files(package.ops(), digests), sealed, count)
        pace.step("正在更新台账")
        writer.heard = lambda: pace.add(0)
        if head.again or _has_gone_back(ledger, package):
            forget_acknowledged(writer.connection, head.sender)
        if _have_gone_back(ledger, package):
            ask_again(writer.connection, head.sender, ledger.next_hlc())
        elif asked_again(ledger, head.sender) < head.heard:
            ask_again(writer.connection, head.sender, 0)
        receipts = 0 if _is_overtaken(ledger, package) else take_receipts(writer, head.sender, head.receipts)
        report = {"new": taken.new, "known": taken.known, "files": list(digests), "tables": taken.tables}
        report |= {"again": head.again, "before": head.before, "name": name}
        put_in(writer.connection, _note(package, taken, report, today, ledger.next_hlc()))
        drop_held(writer.connection, head.id)
        disagreements = _disagreements(writer, taken)
        touched = tuple((name, row) for name, rows in writer.touched.rows.items() for row in rows[:1])
        coming = {digest for digest, _ in package.attachments}
        lacking = tuple(d for d in digests if d not in coming and not file_of(ledger.folder, d).is_file())
        result = replace(
            result_of(package, TAKEN, Changes(_sentence(package, signer, taken, files, len(lacking)), touched)),
            new=taken.new,
            known=taken.known,
            tables=tuple((KINDS[t].words if t in KINDS else "其他记录", n) for t, n in taken.tables.items()),
            files_new=files,
            lacking=lacking,
            disagreements=disagreements,
            strange=taken.strange,
            receipts=receipts,
            lines=changes_since(ledger, taken.first) if taken.new else (),
        )
        if before_end:
            before_end(result)
    return result


def _noting_files(lines: Iterator[bytes], digests: dict[str, None]) -> Iterator[bytes]:
    """The lines as they are; on the way the files that evidence among them names are noted."""
    for line in lines:
        if b'"t":"evidence"' in line and b'"sha256":"' in line:
            fields = json.loads(line).get("f") or {}
            digest = fields.get("sha256") if isinstance(fields, dict) else None
            if isinstance(digest, str) and is_hex(digest, 64):
                digests[digest] = None
        yield line


def _note(package: Package, taken: Taken, report: dict[str, Any], today: date, hlc: int) -> PackageIn:
    head = package.head
    return PackageIn(
        head.id, head.sender, str(head.kind), head.at, hlc, today.isoformat(), taken.first, taken.last, report
    )


def _is_overtaken(ledger: Ledger, package: Package) -> bool:
    """True when a later package of the sender came first: what this one confirms may have been lost there since."""
    head = package.head
    return any(before.sender == head.sender and before.made > head.at for before in packages_in(ledger))


def _has_gone_back(ledger: Ledger, package: Package) -> bool:
    """True when the sender does not know of a package it sent: it was restored, or is a second copy.

    Either this package passes over an earlier one, or one that came before this one passes over it: it comes late.
    What it confirmed, and what is in it, may be lost there, so everything is sent again with the next package.
    """
    head = package.head
    if head.kind not in _IN_A_ROW:
        return False
    own = (other for other in packages_in(ledger) if other.sender == head.sender and other.kind in _IN_A_ROW)
    return any(
        head.before < other.made < head.at or other.report.get("before", other.made) < head.at < other.made
        for other in own
    )


def _have_gone_back(ledger: Ledger, package: Package) -> bool:
    """True when this ledger does not know of a package that it has confirmed: it was restored, or is a second copy."""
    head = package.head
    if head.kind not in _IN_A_ROW or not head.confirmed:
        return False
    return all(before.made < head.confirmed for before in packages_in(ledger) if before.sender == head.sender)


def _disagreements(writer: Writer, taken: Taken) -> int:
    """How many fields are open to a person's decision now among those that new ops of this package write."""
    sql = "SELECT count(*) FROM conflict WHERE row IN (SELECT row FROM op WHERE lsn BETWEEN ? AND ?)"
    count: int = writer.connection.execute(sql, (taken.first or 1, taken.last)).fetchone()[0]
    return count


def _require_room(ledger: Ledger, package: Package) -> None:
    lacking = sum(size for _, size in _files_lacked(ledger, package))
    needed = lacking + _OPS_ON_DISK * package.head.bytes + _SPARE_BYTES
    if shutil.disk_usage(ledger.folder).free < needed:
        raise KnownFault("磁盘空间不足，没有接收，台账未变。", "请腾出空间后再接收。")


def _files_lacked(ledger: Ledger, package: Package) -> list[tuple[str, int]]:
    return [item for item in package.attachments if not file_of(ledger.folder, item[0]).is_file()]


def _take_files(ledger: Ledger, package: Package, pace: Pace) -> int:
    """Copy in the files this ledger lacks, each hashed while it is copied; harmless when the import stops later."""
    wanted = _files_lacked(ledger, package)
    pace.step("正在复制附件", sum(size for _, size in wanted))
    for digest, _ in wanted:
        part = ledger.folder / "evidence" / f".{ledger.nonce()}.part"
        part.parent.mkdir(exist_ok=True)
        try:
            with part.open("xb") as out:
                package.extract(digest, out, pace.add)
                out.flush()
            sync_file(part)
            settle_file(part, file_of(ledger.folder, digest))
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return len(wanted)


@contextmanager
def _plain(ledger: Ledger, path: Path, identity: Identity | None, passphrase: str, tell: Progress) -> Iterator[Path]:
    """The package itself: a secret one is opened beside the ledger and the readable copy goes again."""
    if not is_secret(path):
        yield path
        return
    work, size = ledger.folder / WORK_FOLDER, path.stat().st_size
    pace = Pace(tell, size, 0.0, _DECRYPTED)
    pace.step("正在解密", size)
    work.mkdir(exist_ok=True)
    plain = work / f"{ledger.new_id()}.zgb"
    try:
        unwrap_package(
            path,
            plain,
            identity=identity,
            passphrase=passphrase,
            count=lambda _, done: pace.add(done),
        )
        yield plain
    finally:
        plain.unlink(missing_ok=True)


def _sentence(package: Package, signer: Signer, taken: Taken, files: int, lacking: int) -> str:
    head = package.head
    what = KIND_WORDS[PackageKind(head.kind)]
    parts = [f"新增记录{taken.new}条" if taken.new else "没有新的记录"]
    parts += [f"已有{taken.known}条"] if taken.known else []
    parts += [f"附件{files}份"] if files else []
    parts += [f"缺附件{lacking}份，等其余各卷"] if lacking else []
    number = (head.series or head.id)[-8:]
    renewed = "它已更新交换身份，由原身份签名，这里已跟着更新。" if signer.chain else ""
    return f"已接收“{one_line(head.sender_name)}”的{what}（编号{number}）：{'，'.join(parts)}。{renewed}"
