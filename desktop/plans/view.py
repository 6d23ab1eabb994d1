"""The shadow: the text as the grammar sees it, every character of it with its place in the raw text.

Widths are folded, spaces between Chinese characters, page numbers, running headers and the wrapping of lines are
gone; a line feed stands only where a paragraph really ends (plan-formats §8.1–2). Nothing is changed in the raw text.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field

from desktop.rules.drafts import Span


@dataclass(frozen=True, slots=True)
class Line:
    """One line with words: its stretch of the raw text, its folded words, and what stood before it."""

    start: int
    end: int
    text: str
    indent: bool
    blank: bool
    page: bool


@dataclass(frozen=True, slots=True)
class Break:
    """A line break kept in mind: where paragraphs part, or where a wrapped line was joined (``joined``)."""

    blank: bool
    page: bool
    joined: bool


@dataclass(slots=True)
class View:
    """A shadow under construction and, when built, in use. ``text`` is the shadow, ``raw`` the source."""

    raw: str
    text: str = ""
    lines: tuple[Line, ...] = ()
    breaks: dict[int, Break] = field(default_factory=dict)
    starts: array[int] = field(default_factory=lambda: array("l"))
    places: array[int] = field(default_factory=lambda: array("l"))
    made: bytearray = field(default_factory=bytearray)

    def raw_place(self, position: int) -> int:
        """Offset in the raw text of the shadow character at ``position`` (0 ≤ position < len(text))."""
        index = bisect_right(self.starts, position) - 1
        return self.places[index] if self.made[index] else self.places[index] + position - self.starts[index]

    def span(self, start: int, end: int) -> Span:
        """The raw stretch from the first to the last character of a shadow stretch that is not empty."""
        return Span(self.raw_place(start), self.raw_place(end - 1) + 1)

    def words(self, start: int, end: int, spaced: bool = False) -> str:
        """The raw characters of a shadow stretch without wraps and page numbers.

        With ``spaced`` a space stands where the raw line had blanks (names of people are parted by them).
        """
        pieces: list[str] = []
        index = bisect_right(self.starts, start) - 1
        place = start
        while place < end:
            stop = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
            upto = min(stop, end)
            if self.made[index]:
                pieces.append(self.text[place:upto])
            else:
                offset = self.places[index] - self.starts[index]
                if spaced and place > start and pieces[-1:] != ["\n"] and place not in self.breaks:
                    pieces.append(" ")
                pieces.append(self.raw[place + offset : upto + offset])
            place = upto
            index += 1
        return "".join(pieces)

    def gap_before(self, position: int) -> bool:
        """True when blanks stood before this character on its raw line."""
        if position <= 0 or position >= len(self.text) or position in self.breaks or self.text[position - 1] == "\n":
            return False
        return self.raw_place(position) - self.raw_place(position - 1) > 1

    def trim(self, start: int, end: int, junk: str = "\n ") -> tuple[int, int]:
        """The stretch without the junk characters at its two ends."""
        while start < end and self.text[start] in junk:
            start += 1
        while end > start and self.text[end - 1] in junk:
            end -= 1
        return start, end

    def paragraphs(self, start: int, end: int) -> list[tuple[int, int]]:
        """The stretches of a shadow stretch between line feeds, empty ones left out."""
        found = []
        while start < end:
            stop = self.text.find("\n", start, end)
            stop = end if stop < 0 else stop
            if stop > start:
                found.append((start, stop))
            start = stop + 1
        return found
