"""The op: one append-only line of the journal, named by the hash of its own bytes.

The format is written down in docs/journal.md and does not change; golden hashes in the tests hold it.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any, NoReturn

from desktop.rules.errors import Refused

Value = Any  # None, bool, int, str or a list of these; never a float (no two writers agree on its bytes)

SCHEMA = 1
SHARED = "shared"
NEW, SET = "new", "set"
MAX_BODY = 1 << 20
MAX_FIELDS = 200
MAX_BASES = 64
MAX_INT = 1 << 62
MAX_DEPTH = 4
MAX_NAME = 64
_KEYS = {"t", "r", "s", "k", "f", "b", "o", "p", "h", "v", "n"}
_HEX = {length: re.compile(f"[0-9a-f]{{{length}}}").fullmatch for length in (16, 32, 40, 64)}
# Made once, and values of JSON hold no circles: a package has hundreds of thousands of lines.
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, check_circular=False
)


@dataclass(frozen=True, slots=True)
class Op:
    """One change of one row.

    ``base`` names, for each field, the ops whose value this one replaces. ``purged`` marks an op whose body was
    erased on purpose: its field names and bases are still known, its values are None.
    """

    id: str
    table: str
    row: str
    scope: str
    kind: str
    fields: Mapping[str, Value]
    base: Mapping[str, tuple[str, ...]]
    office: str
    person: str
    hlc: int
    schema: int
    nonce: str
    purged: bool = False


def make_op(
    *,
    table: str,
    row: str,
    scope: str,
    kind: str,
    fields: Mapping[str, Value],
    base: Mapping[str, tuple[str, ...]],
    office: str,
    person: str,
    hlc: int,
    nonce: str,
    schema: int = SCHEMA,
) -> tuple[Op, bytes]:
    """The op and its canonical bytes; raises Refused when a value cannot be written (float, lone surrogate, size)."""
    raw = {
        "t": table,
        "r": row,
        "s": scope,
        "k": kind,
        "f": dict(fields),
        "b": {name: sorted(ids) for name, ids in base.items() if ids},
        "o": office,
        "p": person,
        "h": hlc,
        "v": schema,
        "n": nonce,
    }
    _check_shape(raw)
    body = canonical(raw)
    if len(body) > MAX_BODY:
        raise Refused("一条记录超过 1 MB，没有保存。", "op_size")
    return _op(body, raw), body


def canonical(value: Value) -> bytes:
    """Canonical JSON: UTF-8, keys in code-point order, no blanks, no floats, only the escapes JSON demands."""
    try:
        return _ENCODER.encode(value).encode("utf-8")
    except (UnicodeEncodeError, ValueError, TypeError, RecursionError) as error:
        raise Refused("内容里有无法保存的字符或数值，本次修改没有保存，请检查后重填。", "op_value") from error


def op_id(body: bytes) -> str:
    """The name of an op: the first 20 bytes of SHA-256 over its body, as 40 hex digits."""
    return sha256(body).hexdigest()[:40]


def parse_op(body: bytes) -> Op:
    """Read an op strictly; raises Refused for anything that is not the one canonical writing of a sound op."""
    if len(body) > MAX_BODY:
        raise Refused("一条记录超过 1 MB，没有保存。", "op_size")
    # Doubled keys need no look of their own: what is written again has each once, and is not these bytes.
    raw = _decoded(body, _LENIENT)
    if not isinstance(raw, dict) or raw.keys() != _KEYS:
        raise _bad("形式不符")
    _check_shape(raw)
    if _writing(raw) != body:
        raise _bad("形式不符")
    return _op(body, raw)


def _writing(raw: Mapping[str, Value]) -> bytes:
    """The canonical bytes of a received op, empty when it holds what cannot be written at all."""
    try:
        return canonical(raw)
    except Refused:
        return b""


def _op(body: bytes, raw: Mapping[str, Value]) -> Op:
    return Op(
        id=op_id(body),
        table=raw["t"],
        row=raw["r"],
        scope=raw["s"],
        kind=raw["k"],
        fields=raw["f"],
        base={name: tuple(ids) for name, ids in raw["b"].items()},
        office=raw["o"],
        person=raw["p"],
        hlc=raw["h"],
        schema=raw["v"],
        nonce=raw["n"],
    )


def strict_json(body: bytes) -> Value:
    """JSON without floats, NaN, doubled keys or bad UTF-8; raises Refused."""
    return _decoded(body, _STRICT)


def _decoded(body: bytes, decoder: json.JSONDecoder) -> Value:
    try:
        return decoder.decode(body.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise _bad("不是合规的文本") from error


def _no_float(text: str) -> NoReturn:
    raise ValueError(text)


def _no_doubles(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("doubled key")
    return found


_STRICT = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float, object_pairs_hook=_no_doubles)
_LENIENT = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)


def _bad(what: str) -> Refused:
    return Refused(f"一条记录已损坏或被改动（{what}），没有采用，台账未变。", "op_shape")


def is_hex(text: Value, length: int) -> bool:
    """True for a string of exactly ``length`` lower-case hex digits; lengths 16, 32, 40 and 64."""
    return isinstance(text, str) and _HEX[length](text) is not None


def _check_shape(raw: Mapping[str, Value]) -> None:
    if not (is_hex(raw["r"], 32) and is_hex(raw["o"], 32) and is_hex(raw["n"], 16)):
        raise _bad("编号")
    if raw["s"] != SHARED and not is_hex(raw["s"], 32):
        raise _bad("范围")
    if raw["k"] not in (NEW, SET) or not _is_name(raw["t"]) or not isinstance(raw["p"], str):
        raise _bad("种类")
    if any(isinstance(raw[key], bool) or not isinstance(raw[key], int) for key in ("h", "v")):
        raise _bad("时间")
    if not (0 <= raw["h"] <= MAX_INT and 1 <= raw["v"] <= 10_000):
        raise _bad("时间")
    fields, base = raw["f"], raw["b"]
    if not isinstance(fields, dict) or not isinstance(base, dict) or not 1 <= len(fields) <= MAX_FIELDS:
        raise _bad("字段")
    for name, value in fields.items():
        if not _is_name(name) or not (type(value) is str or _is_value(value, MAX_DEPTH)):
            raise _bad("字段")
    for name, ids in base.items():
        sound = isinstance(ids, list) and 1 <= len(ids) <= MAX_BASES and all(is_hex(i, 40) for i in ids)
        if name not in fields or not sound or ids != sorted(set(ids)):
            raise _bad("依据")


def _is_name(text: Value) -> bool:
    return type(text) is str and len(text) <= MAX_NAME and _is_sound_name(text)


@lru_cache(maxsize=1024)
def _is_sound_name(text: str) -> bool:
    return text.isascii() and text.isidentifier()


def _is_value(value: Value, depth: int) -> bool:
    if value is None or isinstance(value, (str, bool)):
        return True
    if isinstance(value, int):
        return -MAX_INT <= value <= MAX_INT
    return isinstance(value, list) and depth > 0 and all(_is_value(item, depth - 1) for item in value)
