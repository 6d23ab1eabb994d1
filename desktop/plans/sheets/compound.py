"""One stream out of a compound file, in which old office files keep theirs."""

import struct

_END = 0xFFFFFFFA  # from here on a sector number has a meaning of its own


def read_stream(data: bytes, names: tuple[str, ...]) -> bytes:
    """The bytes of the first stream with one of these names; nothing where there is none or the file is damaged."""
    try:
        return _read(data, names)
    except (struct.error, IndexError, ValueError, OverflowError):
        return b""


def _read(data: bytes, names: tuple[str, ...]) -> bytes:
    (shift,) = struct.unpack_from("<H", data, 30)
    (mini_shift,) = struct.unpack_from("<H", data, 32)
    (directory,) = struct.unpack_from("<I", data, 48)
    cutoff, mini_fat, _, more, _ = struct.unpack_from("<IIIII", data, 56)
    if not 7 <= shift <= 16 or not 4 <= mini_shift < shift:
        return b""
    size = 1 << shift
    fat = _fat(data, size, more)
    entries = _chain(data, directory, fat, size, size)
    root = start = length = -1
    for place in range(0, len(entries) - 127, 128):
        (width,) = struct.unpack_from("<H", entries, place + 64)
        name = entries[place : place + max(0, min(width, 64) - 2)].decode("utf-16-le", "replace")
        if root < 0:
            (root,) = struct.unpack_from("<I", entries, place + 116)
        elif name in names and start < 0:
            start, length = struct.unpack_from("<II", entries, place + 116)
    if start < 0:
        return b""
    if length >= cutoff:
        return _chain(data, start, fat, size, size)[:length]
    table = _chain(data, mini_fat, fat, size, size)
    minis = list(struct.unpack(f"<{len(table) // 4}I", table))
    return _chain(_chain(data, root, fat, size, size), start, minis, 1 << mini_shift, 0)[:length]


def _fat(data: bytes, size: int, more: int) -> list[int]:
    """The table that tells for each sector the next one of its chain."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    seen: set[int] = set()
    while more < _END and more not in seen:
        seen.add(more)
        part = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
        sectors += part[:-1]
        more = part[-1]
    found: list[int] = []
    for sector in sectors:
        if sector < _END and (sector + 2) * size <= len(data) + size:
            block = data[(sector + 1) * size : (sector + 2) * size]
            found += struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])
    return found


def _chain(data: bytes, start: int, table: list[int], size: int, offset: int) -> bytes:
    parts = []
    sector = start
    for _ in range(len(table) + 1):
        if sector >= _END or sector >= len(table):
            break
        parts.append(data[offset + sector * size : offset + (sector + 1) * size])
        sector = table[sector]
    return b"".join(parts)
