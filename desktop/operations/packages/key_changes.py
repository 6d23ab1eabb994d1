"""An office's keys change: renewed by the old ones, replaced when they are lost, ended; and what others are told of it.

Each change has its paper: 更新确认单, 变更确认单, 作废确认单 (exchange §7).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.exchange.cards import sign_card
from desktop.exchange.identity import Identity, PublicKeys, make_identity, seal_identity
from desktop.exchange.renewals import Renewal, read_renewal, sign_renewal
from desktop.operations.packages.identities import NONCE, SALT, own_key_row, own_keys, relation_of
from desktop.rules.audience import Relation
from desktop.rules.errors import Refused
from desktop.rules.ops import Value
from desktop.rules.records import Changes
from desktop.rules.texts import clean, one_line
from desktop.store.ledger import Ledger
from desktop.store.offices import (
    KeyState,
    OfficeKey,
    drop_own_keys,
    end_key,
    key_ended,
    put_key,
    put_own_keys,
    read_keys,
)
from desktop.store.read_shared import read_office
from desktop.store.writer import writing


class KeyChange(StrEnum):
    """What became of this office's keys: new ones named by the old, new ones without them, none any more."""

    RENEWED = "renewed"
    REPLACED = "replaced"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class LastChange:
    """The latest change of this office's keys, in the digits people compare; ``now`` is empty when they ended."""

    kind: KeyChange
    before: str
    now: str


def renew_own_keys(ledger: Ledger, identity: Identity, passphrase: str, today: date, person: str = "") -> Identity:
    """更新: new keys that the old ones name as theirs; whoever believes the old takes the new without a paper's digits.

    Refused when ``identity`` is not that of this ledger now, or the passphrase is too short.
    """
    ledger.require_writable()
    before = own_keys(ledger)
    if before is None or identity.public != before:
        raise Refused("打开的交换身份不是本台账现在的，没有更新；请重新打开后再试。", "identity_stale")
    new = make_identity(ledger.office_id)
    sealed = seal_identity(new, passphrase, ledger.outside.entropy(SALT), ledger.outside.entropy(NONCE))
    renewal = sign_renewal(identity, new.public, ledger.next_hlc())
    name = read_office(ledger).name
    with writing(ledger, clean(person), today) as writer:
        old = own_key_row(before, name, today, KeyState.RETIRED)
        end_key(writer.connection, old, KeyState.RETIRED, renewal.at, renewal.line)
        put_key(writer.connection, own_key_row(new.public, name, today, KeyState.ACTIVE))
        put_own_keys(writer.connection, sealed)
    return new


def end_own_keys(ledger: Ledger, today: date, person: str = "") -> Changes:
    """停用: this office packs no more; its keys go from this PC for good. Refused while there are none."""
    ledger.require_writable()
    before = own_keys(ledger)
    if before is None:
        raise Refused("本单位没有交换身份，没有可以停用的。", "no_identity")
    row = own_key_row(before, read_office(ledger).name, today, KeyState.RETIRED)
    with writing(ledger, clean(person), today) as writer:
        end_key(writer.connection, row, KeyState.RETIRED, ledger.next_hlc())
        drop_own_keys(writer.connection)
    return Changes("本单位的交换身份已停用。请打印作废确认单，盖章送交各交换单位。")


def last_change(ledger: Ledger) -> LastChange | None:
    """The latest change of this office's keys, for its paper; None while the first ones are in use, or none."""
    ended = [key for key in read_keys(ledger, ledger.office_id) if key.state != KeyState.ACTIVE]
    if not ended:
        return None
    key, now = max(ended, key=lambda key: key_ended(ledger, key.key_id)), own_keys(ledger)
    before = PublicKeys(key.office, key.sign, key.age).digits
    if now is None:
        return LastChange(KeyChange.ENDED, before, "")
    renewal = _renewal_of(key)
    kind = KeyChange.RENEWED if renewal and renewal.new == now else KeyChange.REPLACED
    return LastChange(kind, before, now.digits)


def require_current(ledger: Ledger, identity: Identity) -> None:
    """Refused when an office's opened keys are no longer its keys: renewed on another of its PCs, or ended."""
    rows = read_keys(ledger, ledger.office_id)
    state = next((key.state for key in rows if key.key_id == identity.public.key_id), KeyState.ACTIVE)
    if state != KeyState.ACTIVE:
        raise Refused(
            "本单位的交换身份已经更换，这台电脑上的还是更换前的，没有打包；请在“交换”页从身份备份恢复新的身份。",
            "identity_stale",
        )


def end_office_keys(
    ledger: Ledger, office: str, paper: str, today: date, person: str = "", *, is_lost: bool
) -> Changes:
    """Believe another office's keys no more, by its 作废确认单. What it signed before stays good.

    Given up in good order, packages made before still count; with ``is_lost``, lost or stolen, none do. Refused when it
    has no keys in use.
    """
    key = next((key for key in read_keys(ledger, office) if key.state == KeyState.ACTIVE), None)
    if key is None:
        raise Refused("没有找到这份交换身份，没有改动。", "key_unknown")
    by, state = one_line(paper), KeyState.REVOKED if is_lost else KeyState.RETIRED
    words = "作废" if is_lost else "停用"
    noted = OfficeKey(
        key.key_id, key.office, key.name, key.sign, key.age, key.since,
        f"{key.how}；{words}：{by}" if by else f"{key.how}；{words}", key.parent, key.state, key.card,
    )  # fmt: skip
    with writing(ledger, clean(person), today) as writer:
        end_key(writer.connection, noted, state, ledger.next_hlc())
    sentence = f"“{key.name}”的这份交换身份已{words}；它建立新的身份后，请按新的确认单核对。"
    return Changes(sentence, (("office", office),))


def renewals_to_send(ledger: Ledger) -> tuple[str, ...]:
    """Every statement by which older keys of this office named their successors: a receiver may know any of them."""
    rows = read_keys(ledger, ledger.office_id)
    return tuple(key.card for key in rows if key.state != KeyState.ACTIVE and _renewal_of(key))


def former_to_send(ledger: Ledger, identity: Identity) -> tuple[str, ...]:
    """Cards of keys that only old seals bear, by which a newcomer can verify what was written under them."""
    lines = []
    for key in read_keys(ledger):
        own = key.office == ledger.office_id
        if key.state == KeyState.ACTIVE or key.key_id == identity.public.key_id:
            continue
        relation = relation_of(ledger, key.office)
        if own or relation in (Relation.CASE, Relation.UPPER):
            keys = PublicKeys(key.office, key.sign, key.age)
            lines.append(sign_card(identity, keys, key.name, is_upper=own or relation == Relation.UPPER).line)
    return tuple(lines)


def _renewal_of(key: OfficeKey) -> Renewal | None:
    """The statement that own keys left behind; other offices' cards are kept in the same place."""
    if not key.card:
        return None
    try:
        return read_renewal(key.card)
    except Refused:
        return None


def read_renewals(values: tuple[Value, ...], office: str) -> tuple[Renewal, ...]:
    """The statements of one office in a package, not verified yet."""
    return tuple(renewal for renewal in map(read_renewal, values) if renewal.old.office == office)
