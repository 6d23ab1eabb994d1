"""Evidence checklists by type of problem (domain §8), as data: from the region profile and from files of their own.

Hunan has 21 types, each with its 销号依据; their content is not available, so what ships is a proposal to be replaced.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from desktop.rules.records import CaseFile, Gate
from desktop.rules.toml_table import TomlTable

GENERAL = "通用"  # the list for a problem whose type has none, or which has no type
KEYS = {"problem_type", "key", "name", "required", "gate", "measure", "words"}


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One proof that problems of a type need at a gate.

    ``measure``: a word; the item is asked for only where a measure of the problem speaks of it. ``words`` are further
    names by which a file is recognised.
    """

    problem_type: str
    key: str
    name: str
    required: bool
    gate: Gate
    measure: str = ""
    words: tuple[str, ...] = ()


def parse_checklists(table: TomlTable) -> tuple[ChecklistItem, ...]:
    """The ``[[checklists]]`` of a file; a wrong key, or one written twice for a type, raises Refused naming it."""
    items: list[ChecklistItem] = []
    seen: set[tuple[str, str]] = set()
    for row in table.tables("checklists"):
        row.only(KEYS)
        item = ChecklistItem(
            row.text("problem_type"),
            row.text("key"),
            row.text("name"),
            row.flag("required", True),
            Gate(row.one_of("gate", tuple(Gate), Gate.SELF_CHECK)),
            row.text("measure", ""),
            row.texts("words", ()),
        )
        if (item.problem_type, item.key) in seen:
            raise row.wrong("key", f"“{item.key}”在“{item.problem_type}”中已用过")
        seen.add((item.problem_type, item.key))
        items.append(item)
    return tuple(items)


def merge_checklists(*parts: Iterable[ChecklistItem]) -> tuple[ChecklistItem, ...]:
    """Lists over each other: a type that a later part names is taken whole from that part."""
    by_type: dict[str, tuple[ChecklistItem, ...]] = {}
    for part in parts:
        fresh: dict[str, list[ChecklistItem]] = {}
        for item in part:
            fresh.setdefault(_squeezed(item.problem_type), []).append(item)
        by_type |= {kind: tuple(items) for kind, items in fresh.items()}
    return tuple(item for items in by_type.values() for item in items)


def items_for(case: CaseFile, items: Iterable[ChecklistItem]) -> tuple[ChecklistItem, ...]:
    """The items a problem needs: those of its type, the general ones where its type has no list."""
    found = tuple(items)
    kind = _squeezed(case.problem.problem_type)
    own = tuple(item for item in found if kind and _squeezed(item.problem_type) == kind)
    chosen = own or tuple(item for item in found if item.problem_type == GENERAL)
    return tuple(item for item in chosen if _is_asked(item, case))


def _is_asked(item: ChecklistItem, case: CaseFile) -> bool:
    return not item.measure or any(item.measure in measure.text for measure in case.measures)


@lru_cache(maxsize=512)
def _squeezed(words: str) -> str:
    return "".join(unicodedata.normalize("NFKC", words).split())
