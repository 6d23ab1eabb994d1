"""更新: an office's old keys name the new ones that take their place, so that nobody has to compare digits again.

Only where the old keys are still there and still believed; without them a new stamped sheet does it (exchange §7).
"""

from dataclasses import dataclass, replace
from typing import Any

from desktop.exchange.identity import Identity, PublicKeys, check_public, verify
from desktop.rules.errors import Refused
from desktop.rules.ops import MAX_INT, Value, canonical, is_hex, strict_json

_SIGNED_AS = b"zgrenew1\n"
_LONGEST = 4_096
_KEYS = {"at", "new", "o", "old", "sig"}


@dataclass(frozen=True, slots=True)
class Renewal:
    """From ``at`` on, a reading of the office's clock, it signs with ``new`` instead of ``old``; signed by ``old``."""

    old: PublicKeys
    new: PublicKeys
    at: int
    signature: str = ""

    @property
    def line(self) -> str:
        """The statement as it travels and is kept."""
        return canonical(_raw(self) | {"sig": self.signature}).decode("utf-8")


def sign_renewal(old: Identity, new: PublicKeys, at: int) -> Renewal:
    """The statement of the old keys that the new ones take their place."""
    if old.office != new.office:
        raise ValueError("keys of two offices")
    bare = Renewal(old.public, new, at)
    return replace(bare, signature=old.sign(_SIGNED_AS + canonical(_raw(bare))))


def read_renewal(value: Value) -> Renewal:
    """A statement from its line, its shape checked but not yet its signature; Refused otherwise."""
    is_line = isinstance(value, str) and len(value) <= _LONGEST
    raw = strict_json(value.encode("utf-8", "surrogatepass")) if is_line and isinstance(value, str) else None
    if not isinstance(raw, dict) or set(raw) != _KEYS or not is_hex(raw["o"], 32):
        raise _bad()
    if type(raw["at"]) is not int or not 0 < raw["at"] <= MAX_INT or not isinstance(raw["sig"], str):
        raise _bad()
    old, new = (_keys(raw["o"], raw[name]) for name in ("old", "new"))
    return Renewal(old, new, raw["at"], raw["sig"])


def verify_renewal(renewal: Renewal) -> None:
    """Return if the old keys signed the statement; Refused otherwise."""
    verify(renewal.old, _SIGNED_AS + canonical(_raw(renewal)), renewal.signature)


def _keys(office: str, raw: object) -> PublicKeys:
    if not isinstance(raw, dict) or set(raw) != {"age", "sign"} or not all(isinstance(v, str) for v in raw.values()):
        raise _bad()
    return check_public(PublicKeys(office, raw["sign"], raw["age"]))


def _raw(renewal: Renewal) -> dict[str, Any]:
    pair = {name: {"age": keys.age, "sign": keys.sign} for name, keys in (("old", renewal.old), ("new", renewal.new))}
    return {"at": renewal.at, "o": renewal.old.office, **pair}


def _bad() -> Refused:
    return Refused("数据包里的身份更新声明已损坏，没有接收，台账未变；请对方重新打包。", "renewal_shape")
