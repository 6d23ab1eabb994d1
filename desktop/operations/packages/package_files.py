"""A package as files on a stick: volumes that FAT32 can hold, each whole and checked, names for people."""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.exchange.entries import SECRET_SUFFIX, SUFFIX
from desktop.exchange.head import KIND_WORDS, PackageHead, PackageKind
from desktop.exchange.identity import Identity
from desktop.exchange.limits import Limits
from desktop.exchange.pack import Attachment, write_package
from desktop.exchange.streams import Count, Phase
from desktop.exchange.wrap import wrap_package
from desktop.operations.ledgers import Progress
from desktop.operations.pace import Pace
from desktop.rules.clock import moment
from desktop.store.disk import free_name, require_device, sync_folder
from desktop.store.faults import known_faults
from desktop.store.leavings import WORK_FOLDER
from desktop.store.ledger import Ledger

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_NAME_LENGTH = 24
_PREFIX = "整改_"
_SPARE_ENTRIES = 20
_OPEN_PASSES, _SECRET_PASSES = 2, 4
_WORDS = {
    Phase.WRITING: "正在写数据包",
    Phase.CHECKING: "正在核对数据包",
    Phase.ENCRYPTING: "正在加密写出",
}


@dataclass(frozen=True, slots=True)
class Content:
    """What a package holds: lines of ops and seals, asked for when they are written, and files of evidence.

    ``line_bytes`` is about how long the lines are together.
    """

    op_lines: Callable[[], Iterable[bytes]]
    seal_lines: Callable[[], Iterable[bytes]]
    files: tuple[Attachment, ...] = ()
    line_bytes: int = 0

    @property
    def size(self) -> int:
        """About how many bytes that are."""
        return self.line_bytes + sum(item.size for item in self.files)


@dataclass(frozen=True, slots=True)
class Wrapper:
    """To whom a secret package is written: age receivers, or whoever has the passphrase."""

    receivers: tuple[str, ...] = ()
    passphrase: str = ""


@dataclass(frozen=True, slots=True)
class Volume:
    """One finished file with its head."""

    path: Path
    head: PackageHead
    size: int


def write_volumes(
    ledger: Ledger,
    folder: Path,
    head: PackageHead,
    identity: Identity,
    content: Content,
    wrapper: Wrapper | None,
    limits: Limits,
    tell: Progress,
    device: int,
) -> tuple[Volume, ...]:
    """Write a package into a folder; on a failure the volumes that are there already go too.

    Once it returns the stick may be pulled: the names are on the disk as well as the bytes. ``device`` is the disk that
    was meant: where a stick was pulled before, its empty place on the PC's own disk is not written to.
    """
    volumes = _in_volumes(content.files, limits)
    head = replace(head, series=head.id, volumes=len(volumes))
    passes = _SECRET_PASSES if wrapper else _OPEN_PASSES
    pace = Pace(tell, passes * content.size)
    written: list[Volume] = []
    with known_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
        require_device(folder, device)
        _sweep_parts(folder)
        try:
            for number, files in enumerate(volumes, 1):
                part = replace(content, files=files) if number == 1 else _only(files)
                named = head if number == 1 else _further(ledger, head, number)
                count = _counter(pace, _which(number, len(volumes)), part.size)
                written.append(_write_one(ledger, folder, named, identity, part, wrapper, limits, count))
            sync_folder(folder)
            require_device(folder, device)
        except BaseException:
            for volume in written:
                with suppress(OSError):
                    volume.path.unlink(missing_ok=True)
            with suppress(OSError):
                require_device(folder, device)
            raise
    return tuple(written)


def _sweep_parts(folder: Path) -> None:
    """Take away what a package that was cut off earlier, by a pulled stick or a dead program, left here."""
    for suffix in (SUFFIX, SECRET_SUFFIX):
        for part in folder.glob(f"{_PREFIX}*{suffix}.part"):
            part.unlink(missing_ok=True)


def _write_one(
    ledger: Ledger,
    folder: Path,
    head: PackageHead,
    identity: Identity,
    content: Content,
    wrapper: Wrapper | None,
    limits: Limits,
    count: Count,
) -> Volume:
    """One volume; a secret one is made beside the ledger first, so that nothing readable ever lies on the stick."""
    target = free_name(folder, _file_name(head), SECRET_SUFFIX if wrapper else SUFFIX)
    plain = target
    if wrapper:
        (ledger.folder / WORK_FOLDER).mkdir(exist_ok=True)
        plain = ledger.folder / WORK_FOLDER / f"{head.id}{SUFFIX}"
    try:
        done = write_package(
            plain,
            head,
            identity,
            ops=content.op_lines(),
            seals=content.seal_lines(),
            attachments=content.files,
            limits=limits,
            count=count,
        )
        if wrapper:
            wrap_package(plain, target, receivers=wrapper.receivers, passphrase=wrapper.passphrase, count=count)
    finally:
        if wrapper:
            plain.unlink(missing_ok=True)
    return Volume(target, done, target.stat().st_size)


def _in_volumes(files: Sequence[Attachment], limits: Limits) -> list[tuple[Attachment, ...]]:
    """The files in the order given, as many in one volume as fit; the first volume goes with the records."""
    volumes: list[list[Attachment]] = [[]]
    room = limits.volume
    for file in files:
        if volumes[-1] and (file.size > room or len(volumes[-1]) >= limits.entries - _SPARE_ENTRIES):
            volumes.append([])
            room = limits.volume
        volumes[-1].append(file)
        room -= file.size
    return [tuple(volume) for volume in volumes]


def _only(files: tuple[Attachment, ...]) -> Content:
    return Content(tuple, tuple, files)


def _further(ledger: Ledger, head: PackageHead, number: int) -> PackageHead:
    """The head of a further volume: it may be lost or come first, and says of itself where it belongs."""
    return replace(
        head, id=ledger.new_id(), kind=PackageKind.ATTACHMENTS, volume=number, receipts=(), upto=0, cards=head.cards[:1]
    )


def _counter(pace: Pace, which: str, size: int) -> Count:
    """What is told of one volume: each phase is a step over all of its bytes."""
    phase: Phase | None = None

    def count(now: Phase, done: int) -> None:
        nonlocal phase
        if now != phase:
            pace.step(_WORDS[now] + which, size)
            phase = now
        pace.add(done)

    return count


def _which(number: int, volumes: int) -> str:
    return f"（第{number}卷，共{volumes}卷）" if volumes > 1 else ""


def _file_name(head: PackageHead) -> str:
    """整改_进展上报_某某镇_20261123_ab12cd34, for people; nothing is read from it."""
    who = _FORBIDDEN.sub("", head.sender_name)[:_NAME_LENGTH].strip(" .") or "本单位"
    series = KIND_WORDS[head.kind] if head.volume == 1 else "佐证"
    volume = f"_第{head.volume}卷" if head.volumes > 1 else ""
    return f"{_PREFIX}{series}_{who}_{moment(head.at).astimezone():%Y%m%d}_{head.series[-8:]}{volume}"
