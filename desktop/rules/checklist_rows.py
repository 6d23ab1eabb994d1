"""Evidence checklists as a table that a clerk edits in WPS: out as cells divided by tabs, in again line by line."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.rules.checklists import GENERAL, ChecklistItem
from desktop.rules.records import GATE_WORDS, Gate
from desktop.rules.texts import clean, one_line

HEADS = ("问题类型", "材料名称", "环节", "是否必需", "对应措施", "认出它的词")
YES, NO = "是", "否"
_GATES = {words: gate for gate, words in GATE_WORDS.items()}
_EMPTY = {"", "/", "-", "—", "无"}
MOST = 2000


@dataclass(frozen=True, slots=True)
class ChecklistRows:
    """What was read of a table: the items in order, and a sentence for each line that could not be read."""

    items: tuple[ChecklistItem, ...] = ()
    faults: tuple[str, ...] = ()


def as_table(items: Iterable[ChecklistItem]) -> str:
    """The items as lines of cells divided by tabs, their heads first."""
    rows = [HEADS]
    rows += [
        (i.problem_type, i.name, GATE_WORDS[i.gate], YES if i.required else NO, i.measure, "、".join(i.words))
        for i in items
    ]
    return "\n".join("\t".join(row) for row in rows)


def read_table(text: str, known: Sequence[ChecklistItem] = ()) -> ChecklistRows:
    """The items of a table as ``as_table`` writes it, at most 2000 lines.

    An item keeps the key it has in ``known`` under the same type and name, so that evidence on file still serves.
    """
    keys = {(item.problem_type, item.name): item.key for item in known}
    items: list[ChecklistItem] = []
    faults: list[str] = []
    seen: set[tuple[str, str]] = set()
    lines = text.replace("\r\n", "\n").split("\n")
    if len(lines) > MOST:
        return ChecklistRows(faults=(f"一次最多{MOST}行，现有{len(lines)}行",))
    for place, line in enumerate(lines, 1):
        cells = [one_line(clean(cell).strip('"')) for cell in line.split("\t")]
        if not any(cells) or cells[: len(HEADS)] == list(HEADS[: len(cells)]):
            continue
        kind, name, gate, needed, measure, words = (*cells, *[""] * len(HEADS))[: len(HEADS)]
        fault = _fault(kind, name, gate, needed, (kind, name) in seen)
        if fault:
            faults.append(f"第{place}行：{fault}")
            continue
        seen.add((kind, name))
        found = tuple(dict.fromkeys(w.strip() for w in words.split("、") if w.strip() not in _EMPTY))
        key = keys.get((kind, name)) or f"own_{hashlib.sha256(name.encode()).hexdigest()[:10]}"
        at = _GATES.get(gate, Gate.SELF_CHECK)
        items.append(ChecklistItem(kind, key, name, needed == YES, at, "" if measure in _EMPTY else measure, found))
    return ChecklistRows(tuple(items), tuple(faults))


def _fault(kind: str, name: str, gate: str, needed: str, again: bool) -> str:
    if not kind or not name:
        return f"请填写问题类型和材料名称（没有专门清单的类型写“{GENERAL}”）"
    if again:
        return f"“{kind}”的“{name}”重复"
    if gate not in _EMPTY and gate not in _GATES:
        return f"环节“{gate}”应为{'、'.join(_GATES)}"
    return "" if needed in (YES, NO, *_EMPTY) else f"是否必需“{needed}”应为{YES}或{NO}"


def as_toml(items: Iterable[ChecklistItem]) -> str:
    """The items as the text of an own file."""
    parts = ["# 单位自己的佐证材料清单，由程序“工具”菜单的“佐证材料清单…”写成，也可以直接改。\n"]
    for item in items:
        lines = [
            ("problem_type", _quoted(item.problem_type)),
            ("key", _quoted(item.key)),
            ("name", _quoted(item.name)),
            ("required", "true" if item.required else "false"),
            ("gate", _quoted(item.gate.value)),
        ]
        lines += [("measure", _quoted(item.measure))] if item.measure else []
        lines += [("words", f"[{', '.join(_quoted(word) for word in item.words)}]")] if item.words else []
        parts.append("\n[[checklists]]\n" + "".join(f"{key} = {value}\n" for key, value in lines))
    return "".join(parts)


def _quoted(text: str) -> str:
    # A JSON string without escaped letters is a basic string of TOML too.
    return json.dumps(text, ensure_ascii=False)
