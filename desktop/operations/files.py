"""Files written for the clerk appear whole or not at all."""

import os
from pathlib import Path

from desktop.store.faults import known_faults


def write_whole(target: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all: beside the target, fsync, rename."""
    with known_faults(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        try:
            with part.open("wb") as handle:
                handle.write(data)
                handle.flush()
                os.fsync(handle.fileno())
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
