"""A second, slow writing of the merge rule, from exchange §4-5 and nothing else: the judge of the quick one.

It reads the bytes of the ops with json alone and asks every op about every other one.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

# From exchange §4: "title, requirement, deadline, responsible unit": what the issuer of a plan decides.
PLAN_FIELDS = {
    "plan": {"title", "doc_no", "issued_on", "issuer", "inspection"},
    "problem": {"text", "target", "deadline", "number", "plan", "inspection", "leaders", "is_immediate"},
    "measure": {"problem", "number", "text", "due", "quantity", "quantity_of", "quantity_unit"},
    "problem_unit": {"problem", "unit", "role", "position", "active"},
}


def name_of(body: bytes) -> str:
    """The first 20 bytes of the hash of the body."""
    return hashlib.sha256(body).digest()[:20].hex()


def naive_rows(bodies: Iterable[bytes], purged: Iterable[str] = ()) -> dict[str, dict[str, Any]]:
    """Row id → {"table", "owner", "created", "person", "fields": {name: value}, "open": {field: kind}}.

    Rows of which no creating op is known are left out. ``purged``: ids of ops whose values are erased.
    """
    ops = {name_of(body): json.loads(body) for body in bodies}
    erased = set(purged)
    rows = {}
    for row in {op["r"] for op in ops.values()}:
        mine = {i: op for i, op in ops.items() if op["r"] == row}
        creators = [i for i in mine if mine[i]["k"] == "new"]
        if creators:
            rows[row] = _row(mine, min(creators), erased)
    return rows


def _row(ops: dict[str, Any], creator: str, erased: set[str]) -> dict[str, Any]:
    first = ops[creator]
    made = {"table": first["t"], "owner": first["o"], "created": first["h"], "person": first["p"]}
    values, disagreements = {}, {}
    for field in {name for op in ops.values() for name in op["f"]}:
        own = first["o"] if field in PLAN_FIELDS.get(first["t"], ()) else None
        values[field], found = _field(ops, field, own, erased)
        if found:
            disagreements[field] = found
    return {**made, "fields": values, "open": disagreements}


def _field(ops: dict[str, Any], field: str, own: str | None, erased: set[str]) -> tuple[Any, str]:
    writes = {i: op for i, op in ops.items() if field in op["f"]}
    ok = [i for i in writes if own is None or writes[i]["o"] == own]
    heads = [i for i in ok if not any(i in writes[j]["b"].get(field, []) for j in ok)]
    others = [i for i in writes if i not in ok]
    proposals = [i for i in others if not any(i in writes[j]["b"].get(field, []) for j in writes)]
    heads, proposals = [i for i in heads if i not in erased], [i for i in proposals if i not in erased]
    value = None
    for i in heads:
        if all((writes[i]["h"], i) >= (writes[j]["h"], j) for j in heads):
            value = writes[i]["f"][field]
    return value, _disagreement(writes, field, heads, proposals, value, erased)


def _disagreement(
    writes: dict[str, Any], field: str, heads: list[str], proposals: list[str], value: Any, erased: set[str]
) -> str:
    if any(_differ(writes[i]["f"][field], value) for i in heads):
        named = [old for i in heads for old in writes[i]["b"].get(field, [])]
        return "gap" if any(old not in writes for old in named) else "conflict"
    return "proposal" if any(_differ(writes[i]["f"][field], value) for i in proposals) else ""


def _differ(one: Any, other: Any) -> bool:
    """Equal in JSON: True is not 1."""
    return json.dumps(one, sort_keys=True) != json.dumps(other, sort_keys=True)
