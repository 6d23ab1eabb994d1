"""Files written for the clerk appear whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from desktop.rules.errors import Refused
from desktop.store.faults import known_faults


def write_whole(target: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all: beside the target, fsync, rename.

    Refused where a folder has that name; KnownFault where the place cannot be written, naming the target.
    """
    with whole_file(target) as handle:
        handle.write(data)


@contextmanager
def whole_file(target: Path) -> Iterator[IO[bytes]]:
    """A file to write and read again that gets its name when the block ends well; otherwise nothing is left.

    Refused and KnownFault as ``write_whole``.
    """
    part = target.with_name(target.name + ".part")
    with known_faults(target):
        if target.is_dir():
            raise Refused(f"“{target}”是文件夹，没有生成文件。请换一个文件名。", "target_folder")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                with part.open("w+b") as handle:
                    yield handle
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
