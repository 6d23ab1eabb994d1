"""Writing a package: beside its target, read back and checked whole, then renamed; a failure leaves nothing."""

import zipfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import IO, cast

from desktop.exchange.entries import (
    BAGIT,
    BAGIT_TEXT,
    HEAD,
    MANIFEST,
    OPS,
    SEALS,
    SIGNATURE,
    attachment_entry,
    write_manifest,
)
from desktop.exchange.head import PackageHead, sign_head, write_head
from desktop.exchange.identity import Identity
from desktop.exchange.limits import LIMITS, MIB, Limits
from desktop.exchange.streams import Count, Phase, SteadyFile
from desktop.exchange.unpack import open_package
from desktop.rules.errors import KnownFault, Refused

_MOMENT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of evidence to put in, under its SHA-256."""

    digest: str
    path: Path
    size: int


def write_package(
    target: Path,
    head: PackageHead,
    identity: Identity,
    *,
    ops: Iterable[bytes] = (),
    seals: Iterable[bytes] = (),
    attachments: Sequence[Attachment] = (),
    limits: Limits = LIMITS,
    count: Count = lambda phase, size: None,
) -> PackageHead:
    """Write a package and return its head with counts and manifest; it appears under its name only when it is sound.

    ``ops`` and ``seals`` are lines without line ends. ``count`` hears of every byte of the payload twice: written and
    read back. Refused when it would exceed a limit; KnownFault when a file of
    evidence is not what its name says. Other failures of disk and stick come as OSError, for the caller to name.
    """
    _require_fits(attachments, limits)
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as handle:
            steady = SteadyFile(handle)
            done = _write(steady, head, identity, ops, seals, attachments, limits, count)
            steady.sync()
        with open_package(part, limits) as package:
            package.verify(identity.public)
            package.check_payload(partial(count, Phase.CHECKING))
        part.replace(target)
    except BaseException:
        # From a stick that was pulled nothing can be taken away: the next package sweeps it.
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    return done


def _require_fits(attachments: Sequence[Attachment], limits: Limits) -> None:
    total = sum(item.size for item in attachments)
    if len(attachments) > limits.entries - 10 or total > limits.volume:
        raise Refused("一个数据包装不下这些附件，没有生成；请分卷发送。", "package_size")


def _write(
    handle: SteadyFile,
    head: PackageHead,
    identity: Identity,
    ops: Iterable[bytes],
    seals: Iterable[bytes],
    attachments: Sequence[Attachment],
    limits: Limits,
    count: Count,
) -> PackageHead:
    hashes: dict[str, str] = {}
    with zipfile.ZipFile(cast(IO[bytes], handle), "w", allowZip64=True) as archive:
        op_count, hashes[OPS], op_bytes = _write_lines(archive, OPS, ops, count)
        seal_count, hashes[SEALS], seal_bytes = _write_lines(archive, SEALS, seals, count)
        if op_count > limits.ops or op_bytes > limits.ops_bytes:
            raise Refused("一个数据包装不下这么多记录，没有生成；请按单位分开发送。", "package_size")
        for item in attachments:
            hashes[attachment_entry(item.digest)] = _write_attachment(archive, item, count)
        manifest = write_manifest(hashes)
        done = replace(
            head,
            key_id=identity.public.key_id,
            sender=identity.public.office,
            manifest=sha256(manifest).hexdigest(),
            ops=op_count,
            seals=seal_count,
            attachments=len(attachments),
            bytes=op_bytes + seal_bytes + sum(item.size for item in attachments),
        )
        body = write_head(done)
        small = ((MANIFEST, manifest), (HEAD, body), (SIGNATURE, sign_head(identity, body).encode("ascii")))
        for name, data in (*small, (BAGIT, BAGIT_TEXT)):
            archive.writestr(_entry(name, zipfile.ZIP_STORED), data)
    return done


def _write_lines(archive: zipfile.ZipFile, name: str, lines: Iterable[bytes], count: Count) -> tuple[int, str, int]:
    """Write lines, deflated; how many, their SHA-256 and bytes."""
    found, size, digest, waiting = 0, 0, sha256(), bytearray()
    with archive.open(_entry(name, zipfile.ZIP_DEFLATED), "w", force_zip64=True) as out:
        for line in lines:
            found += 1
            waiting += line + b"\n"
            if len(waiting) >= MIB:
                digest.update(waiting)
                size += out.write(waiting)
                count(Phase.WRITING, len(waiting))
                waiting = bytearray()
        digest.update(waiting)
        size += out.write(waiting)
        count(Phase.WRITING, len(waiting))
    return found, digest.hexdigest(), size


def _write_attachment(archive: zipfile.ZipFile, item: Attachment, count: Count) -> str:
    """Copy a file in as it is: photos do not get smaller by deflating."""
    digest = sha256()
    entry = _entry(attachment_entry(item.digest), zipfile.ZIP_STORED)
    entry.file_size = item.size
    with item.path.open("rb") as source, archive.open(entry, "w") as out:
        while block := source.read(MIB):
            digest.update(block)
            out.write(block)
            count(Phase.WRITING, len(block))
    if digest.hexdigest() != item.digest:
        raise KnownFault(
            "有一份佐证材料与收录时不同，没有生成数据包，台账未变。", "请先做台账体检，补回原件后重新打包。"
        )
    return item.digest


def _entry(name: str, compression: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _MOMENT)
    info.compress_type = compression
    info.external_attr = 0o644 << 16
    return info
