"""The history of a ledger in words: who changed what, when, before → after."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desktop.rules.clock import moment
from desktop.rules.followup import RUNG_WORDS
from desktop.rules.kinds import FILTER_KEY, KINDS, SETTING_WORDS, Field, Type
from desktop.rules.ops import NEW, SHARED, Op, Value
from desktop.rules.records import (
    ACTION_WORDS,
    GATE_WORDS,
    KIND_WORDS,
    LEVEL_WORDS,
    PROGRESS_WORDS,
    ROLE_WORDS,
    SOURCE_WORDS,
    TERM_WORDS,
)
from desktop.rules.region_chasing import LIGHT_WORDS
from desktop.rules.wording import date_in_text

EMPTY = "（空）"
LONGEST = 60
_WORDS: Mapping[str, str] = {
    str(key): word
    for words in (
        *(ACTION_WORDS, GATE_WORDS, KIND_WORDS, LEVEL_WORDS, PROGRESS_WORDS, ROLE_WORDS, RUNG_WORDS),
        *(LIGHT_WORDS, SOURCE_WORDS, TERM_WORDS),
    )
    for key, word in words.items()
}
_SILENT = {
    *("saw", "sheet", "rule", "frozen_lsn", "position", "problem", "sha256", "raw", "plan", "inspection", "active"),
    *("size", "media_type", "item"),
}

# What says nothing in a line about a new row, by its kind.
_SILENT_OF = {
    "evidence": {"is_copy"},
    "objection": {"notice"},
    "publication": {"evidence"},
    "deadline_change": {"corrects"},
    "paper": {"key", "file", "on", "is_draft", "pages", "lsn", "printed_on"},
    "paper_scan": {"paper", "evidence", "added_on"},
}
_CODED = ("action", "gate", "role", "term_class", "rung", "suggested", "decided", "level", "source", "kind", "light")


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history: one field of one row changed by one op, or a whole row made (``field`` empty).

    ``problem`` is the id of the problem it belongs to, empty for what all problems share.
    """

    op: str
    at: datetime
    person: str
    office: str
    table: str
    row: str
    field: str
    words: str
    before: str
    after: str
    problem: str

    @property
    def sentence(self) -> str:
        """措施·完成时限：2024年12月31日 → 2025年6月30日."""
        if not self.field:
            return f"新增{self.words}：{self.after}"
        return f"{self.words}：{self.before} → {self.after}"

    @property
    def title(self) -> str:
        """The kind and field that changed: 整改措施·完成时限, or 新增进展."""
        return self.words if self.field else f"新增{self.words}"


@dataclass(frozen=True, slots=True)
class LedgerChange:
    """One change in the history of the whole ledger. ``who`` made it, ``problem`` is 问题5 or empty."""

    change: Change
    who: str
    problem: str


def moment_words(at: datetime) -> str:
    """2026/11/23 9:05 in the time of this PC."""
    here = at.astimezone()
    return f"{here.year}/{here.month}/{here.day} {here.hour}:{here.minute:02}"


def history_of(ops: Iterable[Op], names: Callable[[str], str]) -> tuple[Change, ...]:
    """All changes, oldest first. ``names`` gives the name of a row that a reference points to."""
    ordered = sorted({op.id: op for op in ops}.values(), key=lambda op: (op.hlc, op.id))
    known = {op.id: op for op in ordered}
    return tuple(change for op in ordered for change in _changes(op, known, names))


def _changes(op: Op, known: Mapping[str, Op], names: Callable[[str], str]) -> Iterator[Change]:
    kind = KINDS.get(op.table)
    if kind is None:
        return
    if op.kind == NEW:
        yield _change(op, "", kind.words, "", _summary(op, names))
        return
    for name, value in op.fields.items():
        field = kind.field(name)
        if field is None or name in _SILENT:
            continue
        before = _before(op, name, known)
        yield _change(
            op, name, f"{kind.words}·{field.words}", in_words(field, before, names), in_words(field, value, names)
        )


def _change(op: Op, field: str, words: str, before: str, after: str) -> Change:
    problem = op.scope if op.scope != SHARED else op.row if op.table == "problem" else ""
    return Change(op.id, moment(op.hlc), op.person, op.office, op.table, op.row, field, words, before, after, problem)


def _before(op: Op, name: str, known: Mapping[str, Op]) -> Value:
    """What stood there before: of the replaced writes that are known, the latest."""
    replaced = [known[i] for i in op.base.get(name, ()) if i in known]
    return max(replaced, key=lambda o: (o.hlc, o.id)).fields.get(name) if replaced else None


def _summary(op: Op, names: Callable[[str], str]) -> str:
    kind, fields = KINDS[op.table], op.fields
    if op.table == "doc_number" and {"prefix", "year", "number"} <= fields.keys():
        return f"{fields['prefix']}〔{fields['year']}〕{fields['number']}号　{fields.get('title') or ''}".strip()
    if op.table == "setting":
        key = str(fields.get("key"))
        if key.startswith(FILTER_KEY):
            return f"常用筛选“{key.removeprefix(FILTER_KEY)}”"
        words = SETTING_WORDS.get(key)
        return f"{words}，{fields.get('value') or EMPTY}" if words else "表头对应关系"
    silent = _SILENT | _SILENT_OF.get(op.table, set())
    parts = [
        in_words(field, fields[field.name], names)
        for field in kind.fields
        if field.name in fields and field.name not in silent
    ]
    return "，".join(part.rstrip("。；，") for part in parts if part != EMPTY)


def in_words(field: Field, value: Value, names: Callable[[str], str]) -> str:
    """A field's value as people read it; long texts are cut."""
    if value is None or value == "" or value == []:
        return EMPTY
    if field.type == Type.FLAG:
        return "是" if value else "否"
    if field.name == "value" and str(value).startswith("{"):
        return "（已设置）"  # a setting kept as JSON, which nobody reads
    if field.name == "region":
        return names(str(value)) or str(value)
    if field.type == Type.REF:
        return names(str(value)) or "（记录）"
    if field.type == Type.DATE:
        return _day(str(value))
    if field.type == Type.LIST and isinstance(value, list):
        return "、".join(" ".join(map(str, v)) if isinstance(v, list) else str(v) for v in value)
    text = _WORDS.get(str(value), str(value)) if field.name in _CODED else str(value)
    return text if len(text) <= LONGEST else text[:LONGEST] + "……"


def _day(text: str) -> str:
    try:
        return date_in_text(date.fromisoformat(text))
    except ValueError:
        return text
