"""The encrypted form ``*.zgbx``: a stored zip of ``key.age`` and ``payload.age``, both files of the age format.

The payload is encrypted to a one-time identity; that identity is encrypted to the receiver's key, or under a
passphrase. So the payload streams in either case, and a stock ``age`` opens both. Sign inside, encrypt outside.
"""

import errno
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import IO, Any, TypeVar, cast

import pyrage

from desktop.exchange.identity import SHORTEST_PASSPHRASE, Identity
from desktop.exchange.limits import LIMITS, MIB, Limits
from desktop.exchange.streams import Count, Phase, SteadyFile
from desktop.rules.errors import Refused

KEY, PAYLOAD = "key.age", "payload.age"
_LARGEST_KEY = 64 * 1024
_ZIP_ENCRYPTED = 0x1
_OVERHEAD = 16 * MIB
_OFTEN = MIB // 2
_MOMENT = (1980, 1, 1, 0, 0, 0)
Result = TypeVar("Result")


class _Counted:
    """A stream that tells of the bytes that go through it; ``most`` bounds what may be written.

    Attributes: ``fault``, what was raised in here: the age library passes on only its words.
    """

    def __init__(self, stream: IO[bytes], count: Callable[[int], None] | None = None, most: int = 0) -> None:
        self.fault: BaseException | None = None
        self._stream, self._tell, self._most, self._done, self._untold = stream, count, most, 0, 0

    def read(self, size: int = -1) -> bytes:
        """Bytes from the stream, counted."""
        return self._noting(lambda: self._count(self._stream.read(size)))

    def write(self, data: bytes) -> int:
        """Bytes into the stream, counted before they are written."""
        return self._noting(lambda: self._stream.write(self._count(data)))

    def flush(self) -> None:
        """Pass the flush on."""
        self._noting(self._stream.flush)

    def _count(self, data: bytes) -> bytes:
        self._done += len(data)
        if self._most and self._done > self._most:
            raise _damaged()
        self._untold += len(data)
        if self._tell and (self._untold >= _OFTEN or not data):
            self._tell(self._untold)
            self._untold = 0
        return data

    def _noting(self, action: Callable[[], Result]) -> Result:
        try:
            return action()
        except BaseException as error:
            self.fault = error
            raise


@contextmanager
def _streaming(*streams: _Counted) -> Iterator[None]:
    """Raise what was raised in the streams themselves; what the age library says of bad bytes is damage."""
    try:
        yield
    except BaseException as error:
        fault = next((stream.fault for stream in streams if stream.fault), None)
        if isinstance(fault, zipfile.BadZipFile | EOFError | zlib.error):
            raise _damaged() from fault
        if fault is not None:
            raise fault from None
        # The library reports damage found in the middle of a stream as an OSError without a number.
        if isinstance(error, pyrage.DecryptError) or (isinstance(error, OSError) and error.errno is None):
            raise _damaged() from error
        raise


def is_secret(path: Path) -> bool:
    """True for the encrypted form, told by its bytes and not by its name."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sorted(archive.namelist()[:3]) == [KEY, PAYLOAD]
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return False


def wrap_package(
    source: Path,
    target: Path,
    *,
    receivers: tuple[str, ...] = (),
    passphrase: str = "",
    count: Count = lambda phase, size: None,
) -> None:
    """Encrypt a package for the ``receivers`` (age recipients), or under a passphrase when there are none.

    Appears whole or not at all, read back once; ``count`` hears of its bytes both times. Refused for a passphrase under
    8 characters.
    """
    if not receivers and len(passphrase) < SHORTEST_PASSPHRASE:
        raise Refused(f"口令至少{SHORTEST_PASSPHRASE}位，没有生成加密包；请换一个长一些的。", "passphrase_short")
    once = pyrage.x25519.Identity.generate()
    secret = f"{once}\n".encode("ascii")
    known = [pyrage.x25519.Recipient.from_str(text) for text in receivers]
    key = pyrage.encrypt(secret, known) if known else pyrage.passphrase.encrypt(secret, passphrase)
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as handle:
            # The source is opened first: an archive with an open entry cannot end in the words of the disk.
            steady = SteadyFile(handle)
            out_file = cast(IO[bytes], steady)
            with source.open("rb") as plain, zipfile.ZipFile(out_file, "w", allowZip64=True) as archive:
                archive.writestr(zipfile.ZipInfo(KEY, _MOMENT), key)
                with archive.open(zipfile.ZipInfo(PAYLOAD, _MOMENT), "w", force_zip64=True) as out:
                    counted, sink = _Counted(plain, partial(count, Phase.ENCRYPTING)), _Counted(out)
                    with _streaming(counted, sink):
                        pyrage.encrypt_io(counted, sink, [once.to_public()])
            steady.sync()
        _read_back(part, count)
        part.replace(target)
    except BaseException:
        _drop(part)
        raise


def _drop(part: Path) -> None:
    """Take a half file away; from a stick that was pulled nothing can be taken, and the next package sweeps it."""
    with suppress(OSError):
        part.unlink(missing_ok=True)


def _read_back(file: Path, count: Count) -> None:
    """Read what the disk holds of a wrapper, against the checksums of the zip format; damage is a broken disk."""
    try:
        with zipfile.ZipFile(file) as archive:
            for name in (KEY, PAYLOAD):
                with archive.open(name) as entry:
                    while block := entry.read(MIB):
                        count(Phase.CHECKING, len(block))
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise OSError(errno.EIO, "read back differently", str(file)) from error


def unwrap_package(
    source: Path,
    target: Path,
    *,
    identity: Identity | None = None,
    passphrase: str = "",
    limits: Limits = LIMITS,
    count: Count = lambda phase, size: None,
) -> None:
    """Decrypt into ``target``, whole or not at all; Refused for a wrong key or passphrase, or damaged bytes."""
    part = target.with_name(target.name + ".part")
    try:
        with zipfile.ZipFile(source) as archive:
            # The zip format's own encryption is never used here; asked to read it, the library faults without a type.
            is_locked = any(entry.flag_bits & _ZIP_ENCRYPTED for entry in archive.infolist())
            if is_locked or sorted(archive.namelist()) != [KEY, PAYLOAD]:
                raise _damaged()
            once = _open_key(archive, identity, passphrase)
            with archive.open(PAYLOAD) as payload, part.open("wb") as out:
                most = limits.volume + limits.ops_bytes + _OVERHEAD
                steady = SteadyFile(out)
                counted = _Counted(payload, partial(count, Phase.DECRYPTING))
                sink = _Counted(cast(IO[bytes], steady), most=most)
                with _streaming(counted, sink):
                    pyrage.decrypt_io(counted, sink, [once])
                steady.sync()
        part.replace(target)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        _drop(part)
        raise _damaged() from error
    except OSError as error:
        _drop(part)
        # A directory of the archive that points before its beginning asks the disk for an impossible place.
        if error.errno == errno.EINVAL:
            raise _damaged() from error
        raise
    except BaseException:
        _drop(part)
        raise


def _open_key(archive: zipfile.ZipFile, identity: Identity | None, passphrase: str) -> Any:
    if archive.getinfo(KEY).file_size > _LARGEST_KEY:
        raise _damaged()
    data = archive.read(KEY)
    try:
        if passphrase:
            secret = pyrage.passphrase.decrypt(data, passphrase)
        elif identity:
            secret = pyrage.decrypt(data, [identity.reading])
        else:
            raise Refused("这个加密包需要口令，没有打开；请输入口令。", "passphrase_needed")
        return pyrage.x25519.Identity.from_str(secret.decode("ascii").strip())
    except (pyrage.DecryptError, pyrage.IdentityError, UnicodeDecodeError) as error:
        what = "口令不对" if passphrase else "这个加密包不是发给本单位的"
        raise Refused(f"{what}，或文件已损坏，没有打开，台账未变。", "passphrase_wrong") from error


def _damaged() -> Refused:
    return Refused("加密包不完整或已损坏，没有打开，台账未变；请对方重新打包。", "package_altered")
