"""Trust that people can do: this office's own keys, and the keys of others compared by 40 digits (exchange §7)."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from desktop.exchange.cards import Card, own_card, read_card, sign_card, verify_card
from desktop.exchange.identity import (
    SHORTEST_PASSPHRASE,
    Identity,
    PublicKeys,
    make_identity,
    open_identity,
    read_digits,
    seal_identity,
    sealed_public,
)
from desktop.operations.files import write_whole
from desktop.rules.audience import Relation
from desktop.rules.errors import Refused
from desktop.rules.names import match_unit
from desktop.rules.ops import Value
from desktop.rules.partners import Partner
from desktop.rules.records import Changes, Unit
from desktop.rules.texts import clean, one_line
from desktop.store.faults import known_faults
from desktop.store.ledger import Ledger
from desktop.store.offices import (
    KeyState,
    OfficeKey,
    end_key,
    held_packages,
    put_key,
    put_own_keys,
    read_keys,
    read_own_keys,
)
from desktop.store.read_shared import OfficeRow, read_office, read_office_rows, read_units
from desktop.store.seal_book import unseal
from desktop.store.writer import writing

__all__ = [
    "SHORTEST_PASSPHRASE",
    "Identity",
    "cards_to_send",
    "change_passphrase",
    "confirm_office",
    "guess_unit",
    "list_partners",
    "load_identity",
    "make_own_keys",
    "own_key_row",
    "own_keys",
    "relation_of",
    "save_identity",
    "sender_card",
    "units_of_partner",
    "unlock",
    "vouched_keys",
]
SALT, NONCE = 16, 12
VOUCHED = "上级通讯录"
_LARGEST_BACKUP = 64 * 1024


def own_keys(ledger: Ledger) -> PublicKeys | None:
    """The public half of this office's keys; None while none were made."""
    sealed = read_own_keys(ledger)
    return sealed_public(sealed) if sealed else None


def make_own_keys(ledger: Ledger, passphrase: str, today: date, person: str = "") -> Identity:
    """Make this office's keys and keep them under the passphrase; keys from before, lost or forgotten, are replaced.

    The new ones need a new stamped sheet (变更确认单). Everything this office wrote is sealed again with them.
    """
    ledger.require_writable()
    before = own_keys(ledger)
    identity = make_identity(ledger.office_id)
    sealed = seal_identity(identity, passphrase, ledger.outside.entropy(SALT), ledger.outside.entropy(NONCE))
    name = read_office(ledger).name
    with writing(ledger, clean(person), today) as writer:
        if before:
            # Whoever takes the old keys for lost or stolen takes nothing more under their seals.
            old = own_key_row(before, name, today, KeyState.RETIRED)
            end_key(writer.connection, old, KeyState.RETIRED, ledger.next_hlc())
            unseal(writer.connection, ledger.office_id)
        put_key(writer.connection, own_key_row(identity.public, name, today, KeyState.ACTIVE))
        put_own_keys(writer.connection, sealed)
    return identity


def own_key_row(keys: PublicKeys, name: str, today: date, state: KeyState) -> OfficeKey:
    """This office's own keys, as a row among those of the others."""
    return OfficeKey(keys.key_id, keys.office, name, keys.sign, keys.age, today.isoformat(), "本单位", state=state)


def unlock(ledger: Ledger, passphrase: str) -> Identity:
    """This office's keys, opened with its passphrase; asked once in a run of the program."""
    sealed = read_own_keys(ledger)
    if not sealed:
        raise Refused("本单位还没有建立交换身份，请先在“交换”页建立。", "no_identity")
    return open_identity(sealed, passphrase)


def change_passphrase(ledger: Ledger, identity: Identity, passphrase: str, today: date, person: str = "") -> None:
    """Keep the same keys under a new passphrase; a backup made before still opens with the old one."""
    sealed = seal_identity(identity, passphrase, ledger.outside.entropy(SALT), ledger.outside.entropy(NONCE))
    with writing(ledger, clean(person), today) as writer:
        put_own_keys(writer.connection, sealed)


def save_identity(ledger: Ledger, target: Path) -> Changes:
    """身份备份: this office's keys, sealed under their passphrase, as a file for a second stick in an envelope."""
    sealed = read_own_keys(ledger)
    if not sealed:
        raise Refused("本单位还没有建立交换身份，没有可以备份的。", "no_identity")
    write_whole(target, sealed)
    return Changes(f"身份备份已写好：{target}。请与口令分开保管。")


def load_identity(ledger: Ledger, source: Path, passphrase: str, today: date, person: str = "") -> Identity:
    """Take this office's keys back from their backup; Refused for those of another office or a wrong passphrase."""
    with known_faults(source):
        if source.stat().st_size > _LARGEST_BACKUP:
            raise Refused("这不是本程序的身份文件，没有采用。", "identity_shape")
        sealed = source.read_bytes()
    identity = open_identity(sealed, passphrase)
    if identity.office != ledger.office_id:
        raise Refused("这份身份备份是别的单位的，没有采用。", "identity_foreign")
    rows = read_keys(ledger, ledger.office_id)
    if any(key.key_id == identity.public.key_id and key.state != KeyState.ACTIVE for key in rows):
        raise Refused("这份身份备份是更换或停用以前的，没有采用；请用现在这份身份的备份。", "identity_ended")
    name = read_office(ledger).name
    with writing(ledger, clean(person), today) as writer:
        for key in rows:
            if key.key_id != identity.public.key_id and key.state == KeyState.ACTIVE:
                end_key(writer.connection, key, KeyState.RETIRED, ledger.next_hlc())
        put_key(writer.connection, own_key_row(identity.public, name, today, KeyState.ACTIVE))
        put_own_keys(writer.connection, sealed)
    return identity


def list_partners(ledger: Ledger) -> tuple[Partner, ...]:
    """Every other office this ledger has met: above first, then the units of the list in their order, then others."""
    rows = {row.id: row for row in read_office_rows(ledger)}
    # Of several the one in use counts; without one the office shows by what its last one ended.
    known = sorted(read_keys(ledger), key=lambda key: key.state == KeyState.ACTIVE)
    keys = {key.office: key for key in known}
    waiting = {held.sender: held.sender_name for held in held_packages(ledger)}
    offices = [o for o in dict.fromkeys((*rows, *keys, *waiting)) if o != ledger.office_id]
    partners = [_partner(ledger, office, rows, keys.get(office), waiting.get(office, "")) for office in offices]
    rank = {unit.id: place for place, unit in enumerate(read_units(ledger))}
    order = list(Relation)
    return tuple(sorted(partners, key=lambda p: (order.index(p.relation), rank.get(p.unit, len(rank)), p.name)))


def _partner(ledger: Ledger, office: str, rows: dict[str, OfficeRow], key: OfficeKey | None, seen: str) -> Partner:
    row = rows.get(office)
    unit = row.unit if row else ""
    parent = (key.parent if key else "") or (row.parent if row else "")
    name = (row.name if row else "") or (key.name if key else "") or seen
    in_use = key if key and key.state == KeyState.ACTIVE else None
    return Partner(
        office=office,
        name=name,
        relation=relation_of(ledger, office, rows),
        unit=unit,
        parent=parent,
        digits=PublicKeys(office, in_use.sign, in_use.age).digits if in_use else "",
        age=in_use.age if in_use else "",
        how=key.how if key else "",
        since=in_use.since if in_use else "",
        ended=str(key.state) if key and not in_use else "",
    )


def relation_of(ledger: Ledger, office: str, rows: dict[str, OfficeRow] | None = None) -> Relation:
    """What another office is to this one, from what both say of their place in the line of offices."""
    if office == ledger.office_id:
        return Relation.OWN
    known = rows if rows is not None else {row.id: row for row in read_office_rows(ledger)}
    own, other = known.get(ledger.office_id), known.get(office)
    if own and own.parent == office:
        return Relation.UPPER
    if other and (other.unit or other.parent == ledger.office_id):
        return Relation.CASE
    return Relation.OTHER


def units_of_partner(ledger: Ledger, office: str) -> tuple[str, ...]:
    """The unit ids under which an office works on cases: its own, and the groups that hold it."""
    row = next((row for row in read_office_rows(ledger) if row.id == office), None)
    if row is None or not row.unit:
        return ()
    groups = (unit.id for unit in read_units(ledger) if row.unit in unit.members)
    return (row.unit, *groups)


def guess_unit(ledger: Ledger, name: str) -> str:
    """The unit of the list that an office of this name probably is; empty where nothing or several things fit."""
    found = match_unit(name, read_units(ledger))
    return found.id if isinstance(found, Unit) else ""


def confirm_office(
    ledger: Ledger,
    card: Card,
    digits: str,
    how: str,
    today: date,
    person: str = "",
    *,
    unit: str = "",
    is_upper: bool = False,
) -> Changes:
    """Believe an office's keys, because the 40 digits of its stamped sheet are those of the card it sent.

    ``unit`` says which unit of the list it is; ``is_upper`` makes it the office above this one. Keys it had before
    are kept as replaced. Refused when the digits differ.
    """
    if read_digits(digits) != card.keys.digits:
        raise Refused("确认码与数据包里的交换身份不符，没有确认；请与对方再核对确认单，仍不符就不要接收。", "digits")
    key = OfficeKey(
        card.keys.key_id,
        card.keys.office,
        one_line(card.name),
        card.keys.sign,
        card.keys.age,
        today.isoformat(),
        one_line(how) or "确认单",
        card.parent,
    )
    office = card.keys.office
    rows = read_keys(ledger, office)
    if any(old.key_id == key.key_id and old.state != KeyState.ACTIVE for old in rows):
        raise Refused("这份交换身份已更换或作废，不能再确认；请对方用现在的交换身份重新打包。", "key_ended")
    with writing(ledger, clean(person), today) as writer:
        for old in rows:
            if old.key_id != key.key_id and old.state == KeyState.ACTIVE:
                end_key(writer.connection, old, KeyState.RETIRED, ledger.next_hlc())
        put_key(writer.connection, key)
        if unit:
            writer.put("office", {"unit": unit}, row=office)
        if is_upper:
            writer.set("office", ledger.office_id, {"parent": office})
    return Changes(f"已确认“{key.name}”的交换身份，它的数据包可以接收了。", (("office", office),))


def cards_to_send(ledger: Ledger, identity: Identity) -> tuple[str, ...]:
    """The cards of a package: its sender's own, those it vouches for as hub, and those it got from other hubs."""
    own = next((row for row in read_office_rows(ledger) if row.id == ledger.office_id), None)
    lines = [own_card(identity, read_office(ledger).name, own.parent if own else "").line]
    for key in read_keys(ledger):
        if key.office == ledger.office_id or key.state != KeyState.ACTIVE:
            continue
        keys = PublicKeys(key.office, key.sign, key.age)
        relation = relation_of(ledger, key.office)
        if relation in (Relation.CASE, Relation.UPPER) and not key.card:
            lines.append(sign_card(identity, keys, key.name, is_upper=relation == Relation.UPPER).line)
        elif key.card and key.parent:
            lines.append(key.card)
    return tuple(lines)


def sender_card(cards: Iterable[Value], office: str) -> Card:
    """The card by which the sender of a package introduces itself; Refused when it has none."""
    for value in cards:
        card = read_card(value)
        if card.keys.office == office and not card.by:
            return card
    raise Refused("数据包里没有发送单位的名片，无法核对身份，没有接收；请对方重新打包。", "card_missing")


def vouched_keys(
    cards: Iterable[Value], signer: OfficeKey, today: date, *, by_own_parent: bool = False
) -> tuple[OfficeKey, ...]:
    """The keys of units for which the sender of a package vouches as the office above them."""
    found = []
    keys = PublicKeys(signer.office, signer.sign, signer.age)
    for value in cards:
        card = read_card(value)
        if not card.by or card.by != signer.office or (not card.parent and not by_own_parent):
            continue
        verify_card(card, keys, by_own_parent=by_own_parent)
        public = card.keys
        found.append(
            OfficeKey(
                key_id=public.key_id,
                office=public.office,
                name=one_line(card.name),
                sign=public.sign,
                age=public.age,
                since=today.isoformat(),
                how=f"{VOUCHED}（{signer.name}）",
                parent=card.parent,
                card=card.line,
            )
        )
    return tuple(found)
