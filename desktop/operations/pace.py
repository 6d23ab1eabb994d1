"""How far long copying is, in megabytes and megabytes a second; the window adds the time that is left."""

import time
from collections import deque
from collections.abc import Callable

from desktop.operations.ledgers import Progress

_EVERY = 0.1
_RECENT = 3.0
_KEPT = 40


class Pace:
    """Tells how far work of several steps is. ``whole`` is all of it, in bytes or what takes as long.

    ``tell(words, share)`` gets shares from ``start`` to ``end``; it may raise to cancel and is called at most ten times
    a second.
    """

    def __init__(
        self,
        tell: Progress,
        whole: int,
        start: float = 0.0,
        end: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tell, self._whole, self._start, self._end, self._clock = tell, max(whole, 1), start, end, clock
        self._words, self._size, self._done, self._before = "", 0, 0, 0
        self._told = float("-inf")
        self._recent: deque[tuple[float, int]] = deque(maxlen=_KEPT)

    def step(self, words: str, size: int = 0) -> None:
        """Begin a step over so many bytes; 0 where it has no measure of its own."""
        self._before += self._done
        self._words, self._size, self._done = words, size, 0
        self._recent.clear()
        self._recent.append((self._clock(), 0))
        self._tell(words, self._at())

    def add(self, size: int) -> None:
        """So many bytes more of this step are done."""
        self._done += size
        now = self._clock()
        if now - self._told < _EVERY and not (size and self._done == self._size):
            return
        self._told = now
        while len(self._recent) > 1 and now - self._recent[0][0] > _RECENT:
            self._recent.popleft()
        self._recent.append((now, self._done))
        self._tell(self._words + self._amount(), self._at())

    def say(self, words: str, size: int) -> None:
        """Words of its own for so many bytes more, of work that is not counted in megabytes."""
        self._done += size
        self._tell(words, self._at())

    def _at(self) -> float:
        done = min((self._before + self._done) / self._whole, 1.0)
        return self._start + (self._end - self._start) * done

    def _amount(self) -> str:
        """``12/340 MB，25 MB/s``; nothing for what is done in a moment."""
        if self._size < 10_000_000:
            return ""
        (then, before), (now, done) = self._recent[0], self._recent[-1]
        speed = (done - before) / (now - then) / 1e6 if now - then > 2 * _EVERY else 0.0
        rate = f"，{speed:.0f} MB/s" if speed >= 10 else f"，{speed:.1f} MB/s" if speed else ""
        return f" {min(done, self._size) / 1e6:.0f}/{self._size / 1e6:.0f} MB{rate}"
