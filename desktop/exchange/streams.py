"""How far the work on a package is, and files that reach the disk bit by bit while they are written."""

import os
import time
from collections.abc import Callable
from enum import StrEnum
from typing import IO

from desktop.exchange.limits import MIB


class Phase(StrEnum):
    """What is being done with the bytes that are counted."""

    WRITING = "writing"
    CHECKING = "checking"
    ENCRYPTING = "encrypting"
    DECRYPTING = "decrypting"


# So many bytes more were worked on; it may raise to cancel.
Count = Callable[[Phase, int], None]
_LEAST, _FIRST, _MOST = MIB, 4 * MIB, 64 * MIB
_QUICK, _SLOW = 0.1, 0.5


class SteadyFile:
    """A file open for writing whose bytes go to the disk steadily.

    Left to the system, a gigabyte for a slow stick is taken within a second and then nothing is heard for minutes:
    neither how far it is nor a Cancel. Each wait is kept between a tenth and half a second.
    """

    def __init__(self, handle: IO[bytes]) -> None:
        self._handle, self._waiting, self._step = handle, 0, _FIRST

    def write(self, data: bytes) -> int:
        """Write, and wait for the disk when enough has gathered."""
        done = self._handle.write(data)
        self._waiting += done
        if self._waiting >= self._step:
            begun = time.monotonic()
            self.sync()
            took = time.monotonic() - begun
            self._step = min(self._step * 2, _MOST) if took < _QUICK else self._step
            self._step = max(self._step // 2, _LEAST) if took > _SLOW else self._step
        return done

    def sync(self) -> None:
        """Wait until every byte written is on the disk."""
        self._handle.flush()
        os.fsync(self._handle.fileno())
        self._waiting = 0

    def tell(self) -> int:
        """The place in the file."""
        return self._handle.tell()

    def seek(self, place: int, whence: int = 0) -> int:
        """Go to a place in the file."""
        return self._handle.seek(place, whence)

    def seekable(self) -> bool:
        """Always: a zip archive goes back to write sizes."""
        return True

    def flush(self) -> None:
        """Pass the flush on."""
        self._handle.flush()
