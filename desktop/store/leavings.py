"""Where packages lie inside of a ledger's folder, and what a cut-off copy or package leaves behind."""

from contextlib import suppress
from pathlib import Path

from desktop.store.evidence import sweep_parts

HELD_FOLDER = "held"  # packages that wait for their sender to be confirmed
WORK_FOLDER = "exchange"  # the readable copy of a secret package while it is written or read


def sweep(folder: Path) -> int:
    """Remove what interrupted work left in a ledger's folder; returns how many files.

    Only whoever writes the ledger may do this: the readable copy of a package belongs to work that goes on.
    """
    found = [*(folder / WORK_FOLDER).glob("*"), *(folder / HELD_FOLDER).glob(".*.part")]
    swept = 0
    for file in found:
        # What a virus scanner holds just now goes the next time; it must not keep the ledger from opening.
        with suppress(OSError):
            file.unlink()
            swept += 1
    return sweep_parts(folder) + swept
