"""Heads of columns and label cells of tables: which field they name (plan-formats §1, §4)."""

import re
from dataclasses import dataclass
from functools import lru_cache

from desktop.plans.aliases import Aliases
from desktop.plans.lines import fold_table, squeeze

LONGEST = 26
_NOTE = re.compile(r"\([^()]*\)")
_EDGES = "::*#·.、。,;—-_/|"
_TAIL = re.compile(r"(?:名称|姓名|内容|要求|情况|描述|说明|安排|\d{1,2}|[一二三四五])$")
_DOUBT = re.compile(r"是否|[未不无]|符合|达到|证明|材料|文件")
_JOINT = re.compile(r"[及和与、/]|以及")
_LEVELS = (("中央", "中央"), ("省", "省级"), ("市", "市级"))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that was understood: the field, whether its word is weak, and a second field named with it."""

    kind: str
    weak: bool = False
    also: str = ""


@dataclass(frozen=True, slots=True)
class _Table:
    words: dict[str, tuple[str, bool]]
    longest_first: tuple[str, ...]
    prefix: re.Pattern[str]
    chosen: dict[str, str]


def plain(text: str, aliases: Aliases) -> str:
    """A heading as it is compared: widths folded, no blanks, no signs at its edges."""
    return squeeze(text.translate(fold_table(aliases.fold))).strip(_EDGES)


def heading_of(text: str, aliases: Aliases) -> Heading | None:
    """The field that a head of a column names; blanks and line breaks in it do not count. None when unknown."""
    table = _table(aliases)
    name = plain(text, aliases)
    if name in table.chosen:
        return Heading(table.chosen[name])
    if not name or len(name) > LONGEST:
        return None
    bare = _NOTE.sub("", name).strip(_EDGES)
    found = _exact(name, table) or _exact(bare, table)
    if found or not bare:
        return found
    joint = _joint(bare, table)
    return joint or _near(bare, table)


def label_of(text: str, aliases: Aliases) -> Heading | None:
    """The field that a label cell beside a value names; only whole words count, since values look alike."""
    table = _table(aliases)
    name = plain(text, aliases)
    if name in table.chosen:
        return Heading(table.chosen[name])
    if not name or len(name) > 16:
        return None
    bare = _NOTE.sub("", name).strip(_EDGES)
    found = _exact(name, table) or _exact(bare, table)
    return found or (_joint(bare, table) if len(bare) <= 12 else None)


def level_of(heading: str) -> str:
    """Whose number a column of numbers of upper plans holds: 中央, 省级, 市级, else 上级."""
    return next((level for word, level in _LEVELS if word in heading), "上级")


@lru_cache(maxsize=4)
def _table(aliases: Aliases) -> _Table:
    words = {word: (kind, weak) for word, kind, weak in aliases.labels}
    words |= {word: (kind, weak) for word, kind, weak in aliases.headings}
    prefixes = "|".join(map(re.escape, aliases.prefixes))
    chosen = {plain(heading, aliases): kind for heading, kind in aliases.chosen}
    order = tuple(sorted(words, key=lambda word: (-len(word), word)))
    return _Table(words, order, re.compile(rf"(?:{prefixes}){{1,2}}"), chosen)


def _exact(name: str, table: _Table) -> Heading | None:
    """The whole word, or what is left of it behind 市级, 属地 and the like."""
    match = table.prefix.match(name)
    for candidate in (name, name.upper(), name[match.end() :] if match else ""):
        if candidate in table.words:
            kind, weak = table.words[candidate]
            return Heading(kind, weak)
    return None


def _joint(name: str, table: _Table) -> Heading | None:
    """整改目标及措施: the field named first, and the other one beside it."""
    parts = [part for part in _JOINT.split(name) if part]
    if len(parts) < 2:
        return None
    kinds = [_exact(part, table) or _near(part, table) for part in parts[:2]]
    first = kinds[0]
    if first is None:
        return None
    other = kinds[1].kind if kinds[1] and kinds[1].kind not in (first.kind, "other") else ""
    return Heading(first.kind, first.weak, other)


def _near(name: str, table: _Table) -> Heading | None:
    """A word at the end (中央督察反馈问题), or at the beginning before 情况, 要求 and the like."""
    for word in table.longest_first:
        if len(word) < 2 or len(name) - len(word) > 12:
            continue
        kind, weak = table.words[word]
        if name.endswith(word) and not _DOUBT.search(name[: -len(word)]):
            return Heading(kind, weak or len(word) < 4)
        if len(word) > 3 and name.startswith(word) and _TAIL.fullmatch(name[len(word) :]):
            return Heading(kind, True)
    return None
