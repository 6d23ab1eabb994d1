"""Heads of columns and label cells of tables: which field they name (plan-formats §1, §4)."""

import re
from dataclasses import dataclass

from desktop.plans.heading_words import HeadingWords

LONGEST = 26
_NOTE = re.compile(r"\([^()]*\)")
_COUNTED = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十])$")
_TAIL = re.compile(r"(?:名称|姓名|内容|要求|情况|描述|说明|安排)$")
_DOUBT = re.compile(r"是否|[未不无]|符合|达到|证明|材料|文件")
_JOINT = re.compile(r"[及和与、/]|以及")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that was understood: the field, whether its word is weak, and a second field named with it."""

    kind: str
    weak: bool = False
    also: str = ""


def heading_of(text: str, known: HeadingWords) -> Heading | None:
    """The field that a head of a column names; blanks and line breaks in it do not count. None when unknown."""
    name = known.plain(text)
    if name in known.chosen:
        return Heading(known.chosen[name])
    if not name or len(name) > LONGEST:
        return None
    bare = _NOTE.sub("", name)
    found = _exact(name, known) or _exact(bare, known)
    return found or _joint(bare, known) or _near(bare, known)


def label_of(text: str, known: HeadingWords) -> Heading | None:
    """The field that a label cell beside a value names; only whole words count, since values look alike."""
    name = known.plain(text)
    if name in known.chosen:
        return Heading(known.chosen[name])
    if not name or len(name) > 16:
        return None
    bare = _NOTE.sub("", name)
    found = _exact(name, known) or _exact(bare, known)
    counted = None if found else _exact(_COUNTED.sub("", bare), known)
    # 整改措施二 is a label, 问题二 the number of a problem.
    found = found or (counted if counted and counted.kind not in ("problem", "number") else None)
    return found or (_joint(bare, known) if len(bare) <= 12 else None)


def _exact(name: str, known: HeadingWords) -> Heading | None:
    """The whole word, or what is left of it behind 市级, 属地 and the like."""
    match = known.prefix.match(name)
    for candidate in (name, name.upper(), name[match.end() :] if match else ""):
        if candidate in known.words:
            kind, weak = known.words[candidate]
            return Heading(kind, weak or (len(candidate) <= 2 and kind not in ("number", "other")))
    return None


def _joint(name: str, known: HeadingWords) -> Heading | None:
    """整改目标及措施: the field named first, and the other one beside it."""
    parts = [part for part in _JOINT.split(name) if part]
    if len(parts) < 2:
        return None
    kinds = [_exact(part, known) or _near(part, known) for part in parts[:2]]
    first = kinds[0]
    if first is None:
        return None
    other = kinds[1].kind if kinds[1] and kinds[1].kind not in (first.kind, "other") else ""
    return Heading(first.kind, first.weak, other)


def _near(name: str, known: HeadingWords) -> Heading | None:
    """A word at the end (中央督察反馈问题), or at the beginning before 情况, 要求 and the like."""
    for length in known.lengths:
        if length < 2 or not 0 <= len(name) - length <= 12:
            continue
        if name[-length:] in known.words and not _DOUBT.search(name[:-length]):
            kind, weak = known.words[name[-length:]]
            return Heading(kind, weak or length < 4)
        if length > 3 and name[:length] in known.words and _rest_is_idle(name[length:]):
            return Heading(known.words[name[:length]][0], True)
    return None


def _rest_is_idle(rest: str) -> bool:
    return bool(_TAIL.fullmatch(rest) or _COUNTED.fullmatch(rest))
