"""Where packages lie inside of a ledger's folder, and what a cut-off copy or package leaves behind."""

import shutil
from contextlib import suppress
from pathlib import Path

from desktop.store.evidence import sweep_parts

HELD_FOLDER = "held"  # packages that wait for their sender to be confirmed
# The readable copy of a secret package while it is written or read, a copy of the ledger while it is merged.
WORK_FOLDER = "exchange"


def sweep(folder: Path) -> int:
    """Remove what interrupted work left in a ledger's folder; returns how many files.

    Only whoever writes the ledger may do this: the readable copy of a package belongs to work that goes on.
    """
    found = [*(folder / WORK_FOLDER).glob("*"), *(folder / HELD_FOLDER).glob(".*.part")]
    swept = 0
    for file in found:
        # What a virus scanner holds just now goes the next time; it must not keep the ledger from opening.
        with suppress(OSError):
            shutil.rmtree(file) if file.is_dir() else file.unlink()
            swept += 1
    return sweep_parts(folder) + swept
