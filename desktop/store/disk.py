"""Small helpers for files that must be whole and durable: sync, hash, free names."""

import errno
import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

BLOCK = 1 << 20
_STEADY = 16 * BLOCK


def sync_folder(folder: Path) -> None:
    """Make a rename durable; where folders cannot be synced (Windows) the system does it itself."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)


def sync_file(file: Path) -> None:
    """Make a file's bytes durable."""
    # Windows syncs only what is open for writing.
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())


def overwrite(file: Path) -> None:
    """Write zeros over all bytes of a file, durably."""
    left = file.stat().st_size
    with file.open("rb+") as handle:
        while left > 0:
            left -= handle.write(bytes(min(left, BLOCK)))
        handle.flush()
        os.fsync(handle.fileno())


def hash_file(path: Path) -> str:
    """SHA-256 of a file, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while block := handle.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def copy_file(source: Path, target: Path, count: Callable[[int], object] = lambda size: None) -> str:
    """Copy a file durably and return the SHA-256 of its bytes; ``count`` hears of each block and may raise to cancel.

    The bytes go to the disk steadily, so that what was counted is there and a Cancel need not wait for a slow stick.
    """
    digest, waiting = hashlib.sha256(), 0
    with source.open("rb") as read, target.open("wb") as write:
        while block := read.read(BLOCK):
            digest.update(block)
            waiting += write.write(block)
            count(len(block))
            if waiting >= _STEADY:
                write.flush()
                os.fsync(write.fileno())
                waiting = 0
        write.flush()
        os.fsync(write.fileno())
    return digest.hexdigest()


def device_of(folder: Path) -> int:
    """The disk that a folder lies on, or would lie on once it is made."""
    for place in (folder, *folder.parents):
        if place.exists():
            return place.stat().st_dev
    raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))


def require_device(folder: Path, device: int) -> None:
    """OSError when a folder is no longer on this disk: where a stick was pulled, an empty place of it may remain."""
    if device_of(folder) != device:
        with suppress(OSError):
            folder.rmdir()
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))


def free_name(parent: Path, name: str, suffix: str = "") -> Path:
    """A path that does not exist yet: the name, else the name with _2, _3 …"""
    found, count = parent / (name + suffix), 1
    while found.exists():
        count += 1
        found = parent / f"{name}_{count}{suffix}"
    return found
