"""Reading a package that may come from anybody: everything is checked against limits before it is read.

Chain of trust: signature → package.json → manifest → every byte of the payload. Nothing is taken from zip metadata.
"""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO

from desktop.exchange.entries import (
    ATTACHMENTS,
    FIXED,
    HEAD,
    MANIFEST,
    OPS,
    SEALS,
    SIGNATURE,
    attachment_entry,
    digest_of,
    read_manifest,
)
from desktop.exchange.head import PackageHead, read_head, verify_head
from desktop.exchange.identity import PublicKeys
from desktop.exchange.limits import LIMITS, MIB, Limits
from desktop.rules.errors import Refused

Count = Callable[[int], None]
_END, _END_SIZE, _LOCATOR_SIZE, _END64_SIZE = b"PK\x05\x06", 22, 20, 56
_LOCAL_SIZE = 30
_ENCRYPTED, _MASKED, _PATCHED = 0x1, 0x2000, 0x20
_SIGNATURE_SIZE = 128


class Package:
    """An open package. Attributes: ``head``, not to be believed before ``verify``; ``path``.

    Every reading raises Refused when the bytes are not those that the manifest names.
    """

    def __init__(self, path: Path, archive: zipfile.ZipFile, limits: Limits) -> None:
        self.path = path
        self._archive = archive
        self._limits = limits
        self._body = self._small(HEAD, limits.head)
        self._signature = self._small(SIGNATURE, _SIGNATURE_SIZE).decode("ascii", "replace")
        self.head: PackageHead = read_head(self._body)
        manifest = self._small(MANIFEST, limits.manifest)
        listed = read_manifest(manifest)
        if listed is None or sha256(manifest).hexdigest() != self.head.manifest:
            raise _altered("清单与说明不符")
        self._hashes = listed
        self._require_whole()

    def verify(self, keys: PublicKeys) -> None:
        """Return if the package was signed by these keys, which must be its sender's; Refused otherwise."""
        if (self.head.sender, self.head.key_id) != (keys.office, keys.key_id):
            raise Refused("签名与登记的交换身份不符，内容可能被改动过，没有采用，台账未变。", "bad_signature")
        verify_head(keys, self._body, self._signature)

    @property
    def attachments(self) -> tuple[tuple[str, int], ...]:
        """SHA-256 and size of every file in the package."""
        sizes = ((digest_of(info.filename), info.file_size) for info in self._archive.infolist())
        return tuple((digest, size) for digest, size in sizes if digest)

    def seals(self) -> Iterator[bytes]:
        """The lines of seals."""
        return self._lines(SEALS, self._limits.line, self.head.seals)

    def ops(self) -> Iterator[bytes]:
        """The lines of ops, exact bytes."""
        return self._lines(OPS, self._limits.line, self.head.ops)

    def extract(self, digest: str, target: IO[bytes], count: Count | None = None) -> None:
        """Copy one attachment out, checked against its name while it is copied."""
        self._copy(attachment_entry(digest), target.write, count)

    def check_payload(self, count: Count | None = None) -> None:
        """Read every byte of the payload and compare it with the manifest."""
        for lines in (self.ops(), self.seals()):
            waiting = 0
            for line in lines:
                waiting += len(line) + 1
                if count and waiting >= MIB:
                    count(waiting)
                    waiting = 0
            if count:
                count(waiting)
        for digest, _ in self.attachments:
            self._copy(attachment_entry(digest), None, count)

    def _require_whole(self) -> None:
        names = {info.filename for info in self._archive.infolist()}
        payload = {name for name in names if name.startswith("data/")}
        if payload != set(self._hashes) or any(name not in FIXED and not digest_of(name) for name in names):
            raise _altered("内容与清单不符")
        if any(digest_of(name) and digest_of(name) != digest for name, digest in self._hashes.items()):
            raise _altered("附件与清单不符")
        if len(self.attachments) != self.head.attachments:
            raise _altered("附件数与说明不符")

    def _small(self, name: str, limit: int) -> bytes:
        info = self._archive.getinfo(name)
        if info.file_size > limit:
            raise _altered("内容过大")
        with _reading(), self._archive.open(info) as entry:
            data = entry.read(limit + 1)
        if len(data) > limit:
            raise _altered("内容过大")
        return data

    def _copy(self, name: str, write: Callable[[bytes], object] | None, count: Count | None) -> None:
        digest, size, most = sha256(), 0, self._archive.getinfo(name).file_size
        with _reading(), self._archive.open(name) as entry:
            while block := entry.read(MIB):
                size += len(block)
                if size > min(most, self._limits.attachment):
                    raise _altered("附件过大")
                digest.update(block)
                if write:
                    write(block)
                if count:
                    count(len(block))
        if digest.hexdigest() != self._hashes[name]:
            raise _altered("附件与清单不符")

    def _lines(self, name: str, longest: int, expected: int) -> Iterator[bytes]:
        digest, size, found = sha256(), 0, 0
        with _reading(), self._archive.open(name) as entry:
            while line := entry.readline(longest + 2):
                size, found = size + len(line), found + 1
                if not line.endswith(b"\n") or found > self._limits.ops or size > self._limits.ops_bytes:
                    raise _altered("记录过长或过多")
                digest.update(line)
                yield line[:-1]
        if digest.hexdigest() != self._hashes[name] or found != expected:
            raise _altered("记录与清单不符")


@contextmanager
def open_package(path: Path, limits: Limits = LIMITS) -> Iterator[Package]:
    """Open a package for reading; Refused when it is not one, is cut short, or exceeds a limit.

    Who signed it is still to be verified. A file that cannot be read at all comes as OSError.
    """
    with path.open("rb") as handle:
        require_small_directory(handle, limits)
        try:
            archive = zipfile.ZipFile(handle)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
            raise _not_a_package() from error
        with archive:
            _require_sound_entries(archive, limits)
            yield Package(path, archive, limits)


def require_small_directory(handle: IO[bytes], limits: Limits) -> None:
    """Refuse a list of entries too long to be ours before the zip reader takes it into memory."""
    size = handle.seek(0, 2)
    tail_size = min(size, _END_SIZE + _LOCATOR_SIZE + _END64_SIZE)
    handle.seek(size - tail_size)
    tail = handle.read(tail_size)
    # Ours have no comment, so the end record is the very end.
    if size < _END_SIZE or tail[-_END_SIZE:][:4] != _END:
        raise _not_a_package()
    entries, directory = struct.unpack("<HI", tail[-_END_SIZE:][10:16])
    if tail[:-_END_SIZE][-_LOCATOR_SIZE:][:4] == b"PK\x06\x07":
        wide = tail[: -_END_SIZE - _LOCATOR_SIZE]
        if len(wide) != _END64_SIZE or wide[:4] != b"PK\x06\x06":
            raise _not_a_package()
        entries, directory = struct.unpack("<QQ", wide[32:48])
    if entries > limits.entries or directory > limits.directory:
        raise Refused("数据包里的文件过多，不像是本程序制作的，没有接收，台账未变。", "package_entries")
    handle.seek(0)


def _require_sound_entries(archive: zipfile.ZipFile, limits: Limits) -> None:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if len(infos) > limits.entries:
        raise Refused("数据包里的文件过多，不像是本程序制作的，没有接收，台账未变。", "package_entries")
    if len(set(names)) != len(names) or not set(FIXED) <= set(names):
        raise _not_a_package()
    for info in infos:
        _require_sound_entry(info, limits)
    require_apart(infos)


def _require_sound_entry(info: zipfile.ZipInfo, limits: Limits) -> None:
    # orig_filename is what stands in the file: the reader cuts names at a NUL and turns backslashes.
    if info.orig_filename != info.filename or (info.filename not in FIXED and not digest_of(info.filename)):
        raise _not_a_package()
    if info.flag_bits & (_ENCRYPTED | _MASKED | _PATCHED) or info.compress_type not in (
        zipfile.ZIP_STORED,
        zipfile.ZIP_DEFLATED,
    ):
        raise _not_a_package()
    stored = info.compress_type == zipfile.ZIP_STORED
    if info.filename.startswith(ATTACHMENTS) and (not stored or info.file_size > limits.attachment):
        raise _altered("附件过大")
    if stored and info.file_size != info.compress_size:
        raise _not_a_package()
    if info.file_size > MIB and info.file_size > limits.ratio * max(info.compress_size, 1):
        raise _altered("压缩比异常")
    if info.filename in (OPS, SEALS) and info.file_size > limits.ops_bytes:
        raise _altered("记录过多")


def require_apart(infos: list[zipfile.ZipInfo]) -> None:
    """No two entries share bytes of the file: a small file would pretend to hold a huge one many times."""
    end = 0
    for info in sorted(infos, key=lambda entry: entry.header_offset):
        if info.header_offset < end:
            raise _not_a_package()
        end = info.header_offset + _LOCAL_SIZE + len(info.filename) + info.compress_size


@contextmanager
def _reading() -> Iterator[None]:
    """What the zip reader says of damaged bytes, as one sentence."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error) as error:
        raise _altered("内容已损坏") from error


def _altered(what: str) -> Refused:
    return Refused(f"数据包不完整或被改动过（{what}），没有接收，台账未变；请对方重新打包。", "package_altered")


def _not_a_package() -> Refused:
    return Refused("这个文件不是本程序的数据包，或没有复制完整，没有接收，台账未变。", "not_a_package")
