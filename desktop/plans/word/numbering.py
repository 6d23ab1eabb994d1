"""Automatic numbering of Word files: counts through a document and gives each paragraph the marker one sees."""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from desktop.plans.word.counting import shown
from desktop.plans.word.names import child, is_on, local, number, value

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_GAPS = {"tab": "\t", "space": " ", "nothing": ""}
_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: format, pattern (第%1项), first number, and after which level it begins anew."""

    form: str = "decimal"
    pattern: str = ""
    start: int = 1
    restart: int | None = None
    gap: str = "\t"
    legal: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    """A ``w:num``: the abstract list it counts in, with the levels and first numbers it changes."""

    abstract: str
    levels: tuple[Level, ...]
    starts: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Numbering:
    """The lists of one document and how far each has counted."""

    lists: dict[str, _List] = field(default_factory=dict)
    styles: dict[str, Element] = field(default_factory=dict)
    default: str = ""
    counters: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def marker(self, properties: Element | None) -> str:
        """The marker of the next paragraph with these properties (``w:pPr``), with the gap behind it, or nothing."""
        key, level = self._place(properties)
        found = self.lists.get(key)
        if found is None:
            return ""
        counters = self.counters.setdefault(found.abstract, [None] * LEVELS)
        if key not in self.begun:
            self.begun.add(key)
            for place, start in found.starts:
                counters[place] = start - 1
                counters[place + 1 :] = [None] * (LEVELS - place - 1)
        self._count(counters, found.levels, level)
        return _written(counters, found.levels, level)

    def _count(self, counters: list[int | None], levels: tuple[Level, ...], level: int) -> None:
        for outer in range(level):
            if counters[outer] is None:
                counters[outer] = levels[outer].start
        before = counters[level]
        counters[level] = levels[level].start if before is None else before + 1
        for inner in range(level + 1, LEVELS):
            after = levels[inner].restart
            if after is None or level < after:
                counters[inner] = None

    def _place(self, properties: Element | None) -> tuple[str, int]:
        """Which list and level a paragraph counts in: its own, or that of its style."""
        key, level = _numbered(properties)
        if key is None or level is None:
            style = value(properties, "pStyle") or self.default
            for _ in range(_CHAIN):
                found = self.styles.get(style)
                if found is None:
                    break
                own_key, own_level = _numbered(child(found, "pPr"))
                if own_key is not None and key is None:
                    key = own_key
                    level = self._linked(key, style) if level is None and own_level is None else level
                level = own_level if level is None else level
                if key is not None and level is not None:
                    break
                style = value(found, "basedOn") or ""
        return key or "", min(max(level or 0, 0), LEVELS - 1)

    def _linked(self, key: str, style: str) -> int | None:
        levels = self.lists[key].levels if key in self.lists else ()
        return next((place for place, level in enumerate(levels) if level.style == style), None)


def read_numbering(numbering: Element | None, styles: Element | None) -> Numbering:
    """The lists of ``numbering.xml`` and the styles of ``styles.xml``; either may be missing."""
    found = Numbering()
    for style in styles if styles is not None else ():
        if local(style) == "style":
            name = value(style, name="styleId") or ""
            found.styles[name] = style
            if value(style, name="type") == "paragraph" and value(style, name="default") in ("1", "true"):
                found.default = name
    if numbering is None:
        return found
    abstracts = _by_id(numbering, "abstractNum")
    nums = _by_id(numbering, "num")
    for key, entry in nums.items():
        abstract = _abstract(value(entry, "abstractNumId") or "", abstracts, nums, found.styles)
        if abstract in abstracts:
            found.lists[key] = _list(entry, abstract, abstracts[abstract])
    return found


def _by_id(numbering: Element, kind: str) -> dict[str, Element]:
    return {value(entry, name=f"{kind}Id") or "": entry for entry in numbering if local(entry) == kind}


def _abstract(name: str, abstracts: dict[str, Element], nums: dict[str, Element], styles: dict[str, Element]) -> str:
    """The abstract list that holds the levels; one that only names a list style points to another."""
    for _ in range(_CHAIN):
        link = value(abstracts.get(name), "numStyleLink")
        if not link:
            break
        key = value(styles.get(link), "pPr", "numPr", "numId") or ""
        name = value(nums.get(key), "abstractNumId") or ""
    return name


def _list(entry: Element, abstract: str, definition: Element) -> _List:
    levels = [Level()] * LEVELS
    for element in definition:
        if local(element) == "lvl":
            levels[_index(element)] = _level(element)
    starts = []
    for override in entry:
        if local(override) != "lvlOverride":
            continue
        place = _index(override)
        own = child(override, "lvl")
        if own is not None:
            levels[place] = _level(own)
        start = value(override, "startOverride")
        if start is not None:
            starts.append((place, number(start, 1)))
    return _List(abstract, tuple(levels), tuple(starts))


def _index(element: Element) -> int:
    return min(max(number(value(element, name="ilvl")), 0), LEVELS - 1)


def _level(element: Element) -> Level:
    restart = value(element, "lvlRestart")
    form = value(element, "numFmt") or value(element, "AlternateContent", "Fallback", "numFmt") or "decimal"
    return Level(
        form=form,
        pattern=value(element, "lvlText") or "",
        start=number(value(element, "start"), 1),
        restart=None if restart is None else number(restart),
        gap=_GAPS.get(value(element, "suff") or "tab", "\t"),
        legal=is_on(element, "isLgl"),
        style=value(element, "pStyle") or "",
    )


def _numbered(properties: Element | None) -> tuple[str | None, int | None]:
    """``w:numPr`` of a paragraph or style: list and level, each None when not said."""
    level = value(properties, "numPr", "ilvl")
    return value(properties, "numPr", "numId"), None if level is None else number(level)


def _written(counters: list[int | None], levels: tuple[Level, ...], level: int) -> str:
    own = levels[level]
    if own.form == "bullet":
        return ""

    def one(match: re.Match[str]) -> str:
        place = int(match.group(1)) - 1
        form = "decimal" if own.legal else levels[place].form
        count = counters[place]
        return shown(levels[place].start if count is None else count, form)

    text = _PLACE.sub(one, own.pattern)
    return text + own.gap if text else ""
