"""One writer for a ledger: an operating-system lock on a file in its folder, which a crash releases by itself."""

import contextlib
import json
import os
import sys
import time
from io import FileIO
from pathlib import Path

NAME = "ledger.lock"


class WriteLock:
    """The writer's lock; ``release`` gives it back, the end of the process does too."""

    def __init__(self, handle: FileIO) -> None:
        self._handle = handle

    def release(self) -> None:
        """Give the lock back."""
        with contextlib.suppress(OSError, ValueError):
            os.ftruncate(self._handle.fileno(), 0)
        self._handle.close()


def take(folder: Path, holder: str, wait: float = 0.0) -> WriteLock | None:
    """Take the writer's lock, waiting up to ``wait`` seconds; None when another program holds it.

    ``holder`` (who, on which PC) is written into the file for the others to read; on a full disk it stays unsaid.
    """
    handle = (folder / NAME).open("a+b", buffering=0)
    until = time.monotonic() + wait
    while not _try_lock(handle):
        if time.monotonic() >= until:
            handle.close()
            return None
        time.sleep(0.05)
    said = json.dumps({"holder": holder, "pid": os.getpid()}, ensure_ascii=False)
    with contextlib.suppress(OSError):
        os.ftruncate(handle.fileno(), 0)
        os.write(handle.fileno(), said.encode("utf-8"))
    return WriteLock(handle)


def holder_of(folder: Path) -> str:
    """Who wrote the lock file last, in words; empty when it cannot be read."""
    try:
        return str(json.loads((folder / NAME).read_bytes())["holder"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # the byte locked lies beyond the text, so that others can read who holds it

    def _try_lock(handle: FileIO) -> bool:
        handle.seek(_FAR)
        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(handle: FileIO) -> bool:
        try:
            fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
