"""The hybrid logical clock: 48 bits of milliseconds, 16 bits of counter.

It orders what is shown and picks a provisional value; causality is ``base`` alone, so a wrong clock does no harm.
"""

from datetime import UTC, datetime

COUNTER_BITS = 16
FUTURE_LIMIT_MS = 36 * 3600 * 1000
_LAST_MS = (1 << 46) - 1
# No PC shows a year past 3000; a reading beyond would leave too little room for all that is still to be written.
_LAST_REMEMBERED_MS = 1 << 45


def tick(last: int, now_ms: int) -> int:
    """The next reading: the wall clock, or one more than the last reading where that is later."""
    return max(last + 1, min(max(now_ms, 0), _LAST_MS) << COUNTER_BITS)


def observe(last: int, seen: int, now_ms: int) -> int:
    """The clock after reading another office's op; one more than 36 hours ahead does not drag it."""
    return last if is_strange(seen, now_ms) else max(last, seen)


def remember(last: int, told: int) -> int:
    """The clock after a partner tells a reading that this office gave itself before it went back to a backup.

    Followed however far ahead it is, for a clock may have been wrong by years; one past the year 3000 is not.
    """
    return max(last, told) if (told >> COUNTER_BITS) < _LAST_REMEMBERED_MS else last


def is_strange(seen: int, now_ms: int) -> bool:
    """True for a reading more than 36 hours in the future: shown as 时间异常."""
    return (seen >> COUNTER_BITS) > now_ms + FUTURE_LIMIT_MS


def moment(hlc: int) -> datetime:
    """The wall-clock moment of a reading, UTC; a reading beyond the calendar gives its last second."""
    try:
        return datetime.fromtimestamp((hlc >> COUNTER_BITS) / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return datetime.max.replace(tzinfo=UTC)
