"""Seals (签名): an office signs its own ops, at most 256 at a time, so that whoever passes them on cannot alter them.

``prev`` names the office's seal before: a rewritten history shows to whoever holds an earlier one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from desktop.exchange.identity import ALGORITHM, Identity, PublicKeys, verify
from desktop.rules.errors import Refused
from desktop.rules.ops import MAX_INT, canonical, is_hex, strict_json

MOST_OPS = 256
LONGEST_LINE = 16 * 1024
_SIGNED_AS = b"zgseal1\n"
_KEYS = {"alg", "at", "fp", "ids", "o", "prev"}


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal. ``body`` are the exact bytes that were signed; ``ids`` the ops it vouches for."""

    id: str
    office: str
    key_id: str
    ids: tuple[str, ...]
    at: int
    prev: str
    body: bytes
    signature: str

    @property
    def line(self) -> bytes:
        """The seal as it travels: one line of JSON."""
        return canonical({"b": self.body.decode("utf-8"), "s": self.signature})


def make_seal(identity: Identity, ids: Sequence[str], at: int, prev: str = "") -> Seal:
    """Sign up to 256 ops of this office; ``at`` is a reading of its clock, ``prev`` its seal before."""
    if not 1 <= len(ids) <= MOST_OPS:
        raise ValueError(f"a seal holds 1 to {MOST_OPS} ops, not {len(ids)}")
    public = identity.public
    raw = {"alg": ALGORITHM, "at": at, "fp": public.key_id, "ids": list(ids), "o": public.office, "prev": prev}
    body = canonical(raw)
    return _seal(raw, body, identity.sign(_SIGNED_AS + body))


def read_seal(line: bytes) -> Seal:
    """A seal from its line, its shape checked but not yet its signature; Refused otherwise."""
    outer = strict_json(line) if len(line) <= LONGEST_LINE else None
    if not isinstance(outer, dict) or set(outer) != {"b", "s"}:
        raise _bad()
    if not isinstance(outer["b"], str) or not isinstance(outer["s"], str):
        raise _bad()
    try:
        body = outer["b"].encode("utf-8")
    except UnicodeEncodeError:
        raise _bad() from None
    raw = strict_json(body)
    if not isinstance(raw, dict) or set(raw) != _KEYS or not _is_sound(raw) or canonical(raw) != body:
        raise _bad()
    return _seal(raw, body, outer["s"])


def verify_seal(seal: Seal, keys: PublicKeys) -> None:
    """Return if the seal was made with these keys; Refused otherwise."""
    if (seal.office, seal.key_id) != (keys.office, keys.key_id):
        raise Refused("签名与登记的交换身份不符，内容可能被改动过，没有采用，台账未变。", "bad_signature")
    verify(keys, _SIGNED_AS + seal.body, seal.signature)


def _is_sound(raw: dict[str, Any]) -> bool:
    ids = raw["ids"]
    return (
        raw["alg"] == ALGORITHM
        and type(raw["at"]) is int
        and 0 <= raw["at"] <= MAX_INT
        and is_hex(raw["o"], 32)
        and is_hex(raw["fp"], 32)
        and (raw["prev"] == "" or is_hex(raw["prev"], 40))
        and isinstance(ids, list)
        and 1 <= len(ids) <= MOST_OPS
        and all(is_hex(i, 40) for i in ids)
        and len(set(ids)) == len(ids)
    )


def _seal(raw: dict[str, Any], body: bytes, signature: str) -> Seal:
    name = sha256(body).hexdigest()[:40]
    return Seal(name, raw["o"], raw["fp"], tuple(raw["ids"]), raw["at"], raw["prev"], body, signature)


def _bad() -> Refused:
    return Refused("数据包中的一条签名已损坏，没有采用，台账未变；请对方重新打包。", "seal_shape")
