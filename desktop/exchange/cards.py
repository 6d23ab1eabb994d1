"""Office cards: what a package says of an office's keys, and by which the office above vouches for its units.

The sender's own card stands in every package unsigned: whoever does not know him yet compares its digits with the
stamped sheet. A signed card is believed when its signer is the parent of the office it names (exchange §7); from its
own parent a unit also takes the card of the office above that, whose records reach it only through the parent.
"""

from dataclasses import dataclass, replace
from typing import Any

from desktop.exchange.identity import Identity, PublicKeys, check_public, verify
from desktop.rules.errors import Refused
from desktop.rules.ops import Value, canonical, is_hex, strict_json

_SIGNED_AS = b"zgcard1\n"
_LONGEST = 4_096
_KEYS = {"age", "by", "fp_by", "name", "o", "parent", "sig", "sign"}


@dataclass(frozen=True, slots=True)
class Card:
    """An office with its keys. ``by`` and ``by_key`` name office and keys of who signed it, empty on an own card."""

    keys: PublicKeys
    name: str
    parent: str = ""
    by: str = ""
    by_key: str = ""
    signature: str = ""

    @property
    def line(self) -> str:
        """The card as it travels and is kept."""
        return canonical(_raw(self) | {"sig": self.signature}).decode("utf-8")


def own_card(identity: Identity, name: str, parent: str = "") -> Card:
    """The card an office sends of itself."""
    return Card(identity.public, name, parent)


def sign_card(identity: Identity, keys: PublicKeys, name: str, *, is_upper: bool = False) -> Card:
    """The card of a unit signed by the office above it, or with ``is_upper`` that of the office above the signer."""
    by = identity.public
    bare = Card(keys, name, "" if is_upper else by.office, by.office, by.key_id)
    return replace(bare, signature=identity.sign(_SIGNED_AS + canonical(_raw(bare))))


def read_card(value: Value) -> Card:
    """A card from its line, its shape checked but not yet its signature; Refused otherwise."""
    raw = strict_json(value.encode("utf-8", "surrogatepass")) if _is_line(value) else None
    if not isinstance(raw, dict) or set(raw) != _KEYS or not all(isinstance(raw[name], str) for name in _KEYS):
        raise _bad()
    if any(raw[name] and not is_hex(raw[name], 32) for name in ("by", "fp_by", "parent")):
        raise _bad()
    keys = check_public(PublicKeys(raw["o"], raw["sign"], raw["age"]))
    return Card(keys, raw["name"], raw["parent"], raw["by"], raw["fp_by"], raw["sig"])


def verify_card(card: Card, signer: PublicKeys, *, by_own_parent: bool = False) -> None:
    """Return if the signer vouches for this card and may: he is the parent it names. Refused otherwise.

    ``by_own_parent``: the reader's own parent may also vouch for an office that names no parent.
    """
    parents = (signer.office, "") if by_own_parent else (signer.office,)
    if (card.by, card.by_key) != (signer.office, signer.key_id) or card.parent not in parents:
        raise Refused("通讯录里的一张单位名片不是由它的上级签发的，没有采用。", "card_signer")
    verify(signer, _SIGNED_AS + canonical(_raw(card)), card.signature)


def _raw(card: Card) -> dict[str, Any]:
    return {
        "age": card.keys.age,
        "by": card.by,
        "fp_by": card.by_key,
        "name": card.name,
        "o": card.keys.office,
        "parent": card.parent,
        "sign": card.keys.sign,
    }


def _is_line(value: Value) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST


def _bad() -> Refused:
    return Refused("数据包里的单位名片已损坏，没有接收，台账未变；请对方重新打包。", "card_shape")
