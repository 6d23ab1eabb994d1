"""How large a package may be (exchange §6): what is over a limit is refused before anything is read or written."""

from dataclasses import dataclass

FORMAT = 1
READER = 1
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one package: entries, ops and their bytes, one attachment, one volume, the small files.

    ``ratio`` is how many times larger a deflated entry may become. A volume stays under 1.9 GB, because FAT32 holds
    no file of 4 GiB and many sticks are FAT32.
    """

    entries: int = 20_000
    ops: int = 3_000_000
    ops_bytes: int = 4 << 30
    line: int = MIB
    attachment: int = 500 * MIB
    volume: int = 1_900_000_000
    manifest: int = 8 * MIB
    head: int = 4 * MIB
    ratio: int = 200
    directory: int = 8 * MIB


LIMITS = Limits()
