"""Whom a package is believed: the keys of its sender, new ones that old ones name, and those under its seals."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from desktop.exchange.cards import read_card, verify_card
from desktop.exchange.identity import PublicKeys
from desktop.exchange.renewals import Renewal, verify_renewal
from desktop.exchange.seals import Seal, read_seal, verify_seal
from desktop.exchange.unpack import Package
from desktop.operations.packages.identities import VOUCHED, own_keys, relation_of, vouched_keys
from desktop.operations.packages.key_changes import read_renewals
from desktop.rules.audience import Relation
from desktop.rules.errors import Refused
from desktop.rules.texts import one_line
from desktop.store.ledger import Ledger
from desktop.store.offices import KeyState, OfficeKey, end_key, key_ended, put_key, read_keys, require_key
from desktop.store.seal_book import SealLine, has_seal, keep_seal
from desktop.store.writer import Writer

RENEWED = "原身份签名更新"
_LONGEST_CHAIN = 50


@dataclass(frozen=True, slots=True)
class Signer:
    """The keys that signed a package. ``chain`` leads to them from those known here, empty when they are known."""

    key: OfficeKey
    chain: tuple[Renewal, ...] = ()

    @property
    def keys(self) -> PublicKeys:
        """The public keys."""
        return PublicKeys(self.key.office, self.key.sign, self.key.age)


def find_signer(ledger: Ledger, package: Package, today: date) -> Signer | None:
    """Who signed a package; None when nobody has confirmed those keys yet.

    Refused for keys that are believed no more, for a package made after its keys were given up, and for a statement of
    renewal that the known keys did not sign.
    """
    head, own = package.head, own_keys(ledger)
    known = {key.key_id: key for key in read_keys(ledger, head.sender)}
    if own and own.office == head.sender:
        row = OfficeKey(own.key_id, own.office, head.sender_name, own.sign, own.age, "", "本单位")
        known.setdefault(own.key_id, row)
    if head.key_id not in known:
        found = _renewed(package, known, today)
        if found is None and head.sender == ledger.office_id:
            require_key((), head.key_id)
        return found
    key = require_key(known.values(), head.key_id)
    if key.state == KeyState.RETIRED and head.at > key_ended(ledger, key.key_id):
        raise Refused(
            f"“{key.name}”已更换或停用这份交换身份，这个包是之后还用它签名的，没有接收，台账未变；"
            "请对方用现在的交换身份重新打包，原来的内容会一并带来。",
            "key_retired",
        )
    return Signer(key)


def _renewed(package: Package, known: Mapping[str, OfficeKey], today: date) -> Signer | None:
    """The signer when keys that are believed lead to his by statements of renewal."""
    statements = {renewal.old.key_id: renewal for renewal in read_renewals(package.head.renewals, package.head.sender)}
    for start in known.values():
        if start.state != KeyState.ACTIVE:
            continue
        chain: list[Renewal] = []
        at = start.key_id
        while at in statements and len(chain) < _LONGEST_CHAIN:
            renewal = statements[at]
            verify_renewal(renewal)
            chain.append(renewal)
            at = renewal.new.key_id
            if at == package.head.key_id:
                return Signer(_successor(start, renewal.new, today), tuple(chain))
    return None


def _successor(old: OfficeKey, new: PublicKeys, today: date) -> OfficeKey:
    """Keys confirmed by their predecessors; those the hub vouched for stay the hub's to change."""
    how = old.how if old.how.startswith(VOUCHED) or RENEWED in old.how else f"{old.how}，{RENEWED}"
    return replace(
        old, key_id=new.key_id, sign=new.sign, age=new.age, since=today.isoformat(), how=how, card="",
        state=KeyState.ACTIVE,
    )  # fmt: skip


def take_seals(
    ledger: Ledger, writer: Writer, package: Package, signer: Signer, today: date
) -> dict[str, tuple[str, int]]:
    """Keep what a package says of keys, then verify and keep its seals; for each op the office and number of its seal.

    Refused for a seal under unknown keys, or under lost ones after they were given up.
    """
    by_own_parent = relation_of(ledger, signer.key.office) == Relation.UPPER
    _keep_chain(ledger, writer, signer, today)
    for key in vouched_keys(package.head.cards, signer.key, today, by_own_parent=by_own_parent):
        _keep_vouched(ledger, writer, key)
    _keep_former(ledger, writer, package, signer, today, by_own_parent=by_own_parent)
    known = {key.key_id: key for key in read_keys(ledger)} | {signer.key.key_id: signer.key}
    own = own_keys(ledger)
    sealed: dict[str, tuple[str, int]] = {}
    for line in package.seals():
        seal = read_seal(line)
        keys = own if own and seal.key_id == own.key_id else _keys_under(ledger, writer, known, seal)
        verify_seal(seal, keys)
        number = keep_seal(writer.connection, SealLine(seal.id, seal.office, seal.line))
        sealed.update(dict.fromkeys(seal.ids, (seal.office, number)))
    return sealed


def _keys_under(ledger: Ledger, writer: Writer, known: Mapping[str, OfficeKey], seal: Seal) -> PublicKeys:
    """The keys of a seal; lost or stolen ones are good under what is known here, or was sealed before that was told."""
    key = known.get(seal.key_id)
    if key is not None and key.state == KeyState.REVOKED:
        if seal.at > key_ended(ledger, key.key_id) and not has_seal(writer.connection, seal.id):
            require_key((key,), key.key_id)
    else:
        key = require_key(known.values(), seal.key_id)
    return PublicKeys(key.office, key.sign, key.age)


def _keep_chain(ledger: Ledger, writer: Writer, signer: Signer, today: date) -> None:
    """The old keys end where their statement says, the last of the chain are in use."""
    rows = {key.key_id: key for key in read_keys(ledger, signer.key.office)}
    for renewal in signer.chain:
        keys = renewal.old
        row = rows.get(keys.key_id) or _successor(signer.key, keys, today)
        end_key(writer.connection, row, KeyState.RETIRED, renewal.at)
    if signer.chain:
        put_key(writer.connection, signer.key)


def _keep_vouched(ledger: Ledger, writer: Writer, key: OfficeKey) -> None:
    """Keep a key on the word of the office above; a key confirmed here by its own sheet, or by another, stays alone.

    Nobody can vouch for this office itself.
    """
    held = read_keys(ledger, key.office)
    if key.office == ledger.office_id or any(old.key_id == key.key_id for old in held):
        return
    in_use = [old for old in held if old.state == KeyState.ACTIVE]
    if any(old.how != key.how for old in in_use):
        return
    for old in in_use:
        end_key(writer.connection, old, KeyState.RETIRED, ledger.next_hlc())
    put_key(writer.connection, key)


def _keep_former(
    ledger: Ledger, writer: Writer, package: Package, signer: Signer, today: date, *, by_own_parent: bool
) -> None:
    """Keys that only old seals bear, on the word of their own office or of the one above it; they sign no package."""
    known = {key.key_id for key in read_keys(ledger)}
    ends = {renewal.old.key_id: renewal for renewal in read_renewals(package.head.renewals, package.head.sender)}
    for value in package.head.former:
        card = read_card(value)
        public = card.keys
        if public.key_id in known or card.by != signer.key.office or public.office == ledger.office_id:
            continue
        verify_card(card, signer.keys, by_own_parent=by_own_parent or public.office == signer.key.office)
        renewal = ends.get(public.key_id)
        if renewal is not None:
            verify_renewal(renewal)
        row = OfficeKey(
            public.key_id, public.office, one_line(card.name), public.sign, public.age, today.isoformat(),
            f"以前的身份（{signer.key.name}）", card.parent,
        )  # fmt: skip
        end_key(writer.connection, row, KeyState.RETIRED, renewal.at if renewal else 0)
