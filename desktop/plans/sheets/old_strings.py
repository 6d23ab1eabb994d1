"""The lengths of the shared texts of an xls: a few long ones used again and again would fill the memory."""

import struct

_MOST = 400_000


def string_lengths(segments: list[bytes]) -> list[int]:
    """Characters of every shared text; ``segments`` are the bodies of its record and of those that continue it."""
    lengths: list[int] = []
    try:
        _read(segments, lengths)
    except (struct.error, IndexError):
        return lengths
    return lengths


def _read(segments: list[bytes], lengths: list[int]) -> None:
    (_, count) = struct.unpack_from("<II", segments[0])
    segment, place = 0, 8
    for _ in range(min(count, _MOST)):
        if place >= len(segments[segment]):
            segment, place = segment + 1, 0
        rest, flags = struct.unpack_from("<HB", segments[segment], place)
        lengths.append(rest)
        place += 3
        runs = more = 0
        if flags & 8:
            (runs,) = struct.unpack_from("<H", segments[segment], place)
            place += 2
        if flags & 4:
            (more,) = struct.unpack_from("<I", segments[segment], place)
            place += 4
        width = 1 + (flags & 1)
        while rest:
            taken = min(rest, (len(segments[segment]) - place) // width)
            rest, place = rest - taken, place + taken * width
            if rest:
                # Behind a break the width of the characters is told anew.
                segment, place = segment + 1, 1
                width = 1 + (segments[segment][0] & 1)
        segment, place = _skipped(segments, segment, place, 4 * runs + more)


def _skipped(segments: list[bytes], segment: int, place: int, count: int) -> tuple[int, int]:
    while count > len(segments[segment]) - place:
        count -= len(segments[segment]) - place
        segment, place = segment + 1, 0
    return segment, place + count
