"""Builds the shadow of a source: which lines belong together, and what of them is words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.plans.folding import squeeze
from desktop.plans.lines import PAGE_INLINE, read_lines
from desktop.plans.numbers import MARK
from desktop.plans.view import Break, Line, View
from desktop.plans.words import Words

_TERMINAL = "。;:!?"
_PIECE = re.compile(r"[^\s\u200b]+")
_DATE_LINE = re.compile(
    r"\(?[^\d。;:,、]{0,30}(?:(?:19|20)\d{2}|[一二][〇○零九][〇○零一二三四五六七八九]{2})年.{1,4}月.{1,4}日\)?$"
)
_ANNEX = re.compile(r"^附[件表]?[\d一二三四五六七八九十]{0,3}[:.、]?[\d一二三四五六七八九十]{0,2}[.、]?")
_SIGNS = re.compile(r"[。;:,、“”]")
_VALUE = re.compile(r"^[^:]{2,30}:(?P<value>.*)$", re.S)
_DEADLINE_DONE = re.compile(r"[日前底末内持进改成]$")


def build_view(raw: str, words: Words, paragraphs: bool = False) -> View:
    """Fold, clean and rejoin a raw text; time and memory grow with its length only.

    With ``paragraphs`` a line feed ends a paragraph, unless the look of the text tells that its lines were wrapped.
    """
    folded = raw.translate(words.fold)
    lines = read_lines(folded, words)
    builder = Builder(raw, folded)
    layout = _Layout(_indents_tell(lines, words), _full_width(lines))
    paragraph = ""
    before = end = 0
    for line in lines:
        text = squeeze(line.text)
        if paragraph:
            hard = paragraphs and "\n" in raw[end : line.start]
            joined = _continues(paragraph, text, line, words, layout.tells(line, before), hard)
            builder.join(line, joined)
            # A label alone on its line is the head of the field that follows.
            headed = joined or (paragraph[-1] == ":" and words.bare_heading.fullmatch(paragraph) is not None)
            paragraph = (paragraph + text if headed else text)[-4000:]
        else:
            paragraph = text
        builder.add(line)
        before, end = _length(line), line.end
    return builder.view(lines)


class Builder:
    """Collects pieces of the raw text into one shadow; a class because six growing things belong together.

    ``length`` is that of the shadow so far.
    """

    def __init__(self, raw: str, folded: str) -> None:
        self._view = View(raw)
        self._folded = folded
        self._parts: list[str] = []
        self.length = 0
        self._end = 0

    def _put(self, text: str, place: int, made: bool) -> None:
        view = self._view
        view.starts.append(self.length)
        view.places.append(place)
        view.made.append(made)
        self._parts.append(text)
        self.length += len(text)

    def join(self, line: Line, joined: bool) -> None:
        """Remember the break before a line; where paragraphs part, put a line feed."""
        self._view.breaks[self.length] = Break(line.blank, line.page, joined)
        if not joined:
            self._put("\n", self._end, True)

    def add(self, line: Line) -> None:
        """Put the words of a line, without its blanks and inline page numbers."""
        if "—" in line.text:
            start = line.start
            for match in PAGE_INLINE.finditer(line.text):
                self._pieces(start, line.start + match.start())
                start = line.start + match.end()
            self._pieces(start, line.end)
        else:
            self._pieces(line.start, line.end)
        self._end = line.end

    def _pieces(self, start: int, end: int) -> None:
        previous = ""
        last = start
        for match in _PIECE.finditer(self._folded, start, end):
            piece = match.group()
            if previous and _latin(previous[-1]) and _latin(piece[0]):
                self._put(" ", last, True)
            self._put(piece, match.start(), False)
            previous, last = piece, match.end()

    def view(self, lines: Iterable[Line] = ()) -> View:
        """The finished shadow."""
        self._view.text = "".join(self._parts)
        self._view.lines = tuple(lines)
        return self._view


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _indents_tell(lines: list[Line], words: Words) -> bool:
    """True when paragraphs are told by indents: numbered and labelled lines have one, wrapped lines have none."""
    begins = [line.indent for line in lines[:4000] if words.block_start.match(line.text)]
    wrapped = [
        line.indent
        for line, before in zip(lines[1:4000], lines, strict=False)
        if _is_open(before.text) and not words.block_start.match(line.text)
    ]
    if len(begins) < 4 or len(wrapped) < 3:
        return False
    return sum(begins) >= 0.9 * len(begins) and sum(wrapped) <= 0.25 * len(wrapped)


def _full_width(lines: list[Line]) -> int:
    """Length of a full line where lines were wrapped at one width; 0 where they were not."""
    lengths = sorted(_length(line) for line in lines)
    if len(lengths) < 8:
        return 0
    width = lengths[min(len(lengths) - 1, len(lengths) * 98 // 100)]
    full = sum(1 for length in lengths if width - 1 <= length <= width)
    return width if 15 <= width <= 64 and (full * 5 >= len(lengths) or full >= 12) else 0


def _length(line: Line) -> int:
    return len(line.text) + 2 * line.indent


@dataclass(frozen=True, slots=True)
class _Layout:
    """What the look of the whole text tells about its line breaks."""

    by_indent: bool
    width: int

    def tells(self, line: Line, before: int) -> bool | None:
        """True: the line goes on; False: it begins a paragraph; None: the look does not tell."""
        if self.by_indent:
            return not line.indent
        if self.width and before >= self.width - 1 and (line.page or not line.blank) and not line.indent:
            return True
        return None


def _is_open(text: str) -> bool:
    return len(text) >= 20 and text[-1] not in _TERMINAL and text[-1] not in '”"'


def _continues(paragraph: str, text: str, line: Line, words: Words, told: bool | None, hard: bool) -> bool:
    """Does the line go on with the paragraph, or begin a new one (trap 4)? ``hard``: the file ends a paragraph here."""
    tail = paragraph[-30:]
    if tail.count("(") > tail.count(")") and ")" in text[:30] and not words.label_line.match(text):
        return True
    if words.block_start.match(text) and not _decimal(paragraph, text):
        return False
    if _is_title(paragraph, words) or _DATE_LINE.fullmatch(paragraph[-60:]):
        return False
    if _is_title(text, words) and len(paragraph) < 60:
        return False
    if words.bare_heading.fullmatch(paragraph):
        return False
    if told is not None and not (told and paragraph[-1] == "。"):
        return told
    if hard and paragraph[-1] not in "、,":
        return False
    if words.label_line.match(paragraph):
        return _field_continues(paragraph, text, line, words)
    if paragraph[-1] in _TERMINAL:
        return False
    return not (paragraph[-1] in '”"' and line.blank)


def _decimal(paragraph: str, text: str) -> bool:
    """A line like “1.5万吨” in the middle of a sentence only looks like a number token."""
    mark = MARK.match(text)
    return bool(mark and text[mark.end() : mark.end() + 1].isdigit() and paragraph[-1] not in _TERMINAL)


def _is_title(paragraph: str, words: Words) -> bool:
    paragraph = _ANNEX.sub("", paragraph)
    if len(paragraph) > 90 or _SIGNS.search(paragraph) or paragraph.count("《") != paragraph.count("》"):
        return False
    if paragraph.endswith(("文件", "号")):
        return True
    return bool(words.plan_title.match(paragraph) or words.list_title.match(paragraph))


def _field_continues(paragraph: str, text: str, line: Line, words: Words) -> bool:
    """Does a line go on with the field whose label begins the paragraph?"""
    kind = field_kind(paragraph, words)
    match = _VALUE.match(paragraph)
    value = match.group("value") if match else ""
    if not value:
        return False
    if value[-1] in "、,":
        return True
    if value[-1] in _TERMINAL:
        return False
    if kind == "deadline":
        return not _DEADLINE_DONE.search(value)
    if kind == "leaders":
        last = re.split(r"[、,]", value)[-1]
        return len(text) <= 12 and (len(last) == 1 or (line.page and len(text) <= 2))
    if kind.endswith("_units"):
        broken = not value.endswith(words.aliases.unit_ends)
        return broken and not value.endswith(")") and (line.page or not line.blank or len(text) <= 20)
    return True


def field_kind(paragraph: str, words: Words) -> str:
    """The kind of the label at the beginning of a paragraph, or an empty string."""
    match = words.label.search(paragraph[:30])
    return words.kinds[match.group("alias")][0] if match else ""
