"""Files written for the clerk appear whole or not at all."""

import os
from pathlib import Path

from desktop.rules.errors import Refused
from desktop.store.faults import known_faults


def write_whole(target: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all: beside the target, fsync, rename.

    Refused where a folder has that name; KnownFault where the place cannot be written, naming the target.
    """
    part = target.with_name(target.name + ".part")
    with known_faults(target):
        if target.is_dir():
            raise Refused(f"“{target}”是文件夹，没有生成文件。请换一个文件名。", "target_folder")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                with part.open("wb") as handle:
                    handle.write(data)
                    handle.flush()
                    os.fsync(handle.fileno())
                part.replace(target)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
        except OSError as error:
            if error.filename == str(part):
                error.filename, error.filename2 = str(target), None
            raise
