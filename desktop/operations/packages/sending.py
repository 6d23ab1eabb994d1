"""下达 and 上报: everything another office may see and has not confirmed yet, as one package or several volumes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from desktop.exchange.head import KIND_WORDS, PackageHead, PackageKind
from desktop.exchange.identity import Identity
from desktop.exchange.limits import LIMITS, Limits
from desktop.exchange.pack import Attachment
from desktop.exchange.seals import MOST_OPS, make_seal
from desktop.operations.ledgers import Progress
from desktop.operations.packages.identities import cards_to_send, list_partners, units_of_partner
from desktop.operations.packages.key_changes import former_to_send, renewals_to_send, require_current
from desktop.operations.packages.package_files import Content, Wrapper, write_volumes
from desktop.operations.packages.receipts import owes_receipt, receipts_for
from desktop.rules.audience import Relation
from desktop.rules.errors import Refused
from desktop.rules.kinds import KINDS
from desktop.rules.packages import Sent, ToSend
from desktop.rules.partners import Partner
from desktop.rules.records import Changes
from desktop.rules.texts import clean
from desktop.store.disk import device_of
from desktop.store.evidence import file_of
from desktop.store.faults import known_faults
from desktop.store.ledger import Ledger
from desktop.store.offices import PackageOut, asked_again, packages_in, packages_out, put_out
from desktop.store.outgoing import OutgoingFile, look_for, op_lines
from desktop.store.read_shared import read_office
from desktop.store.seal_book import SealLine, keep_seal, last_seal, seal_lines, set_seal, unsealed
from desktop.store.writer import writing

ANYBODY = ""
_BYTES_OF_OP = 500  # about, with its share of a seal
_OFTEN = 50
_KINDS = {Relation.UPPER: PackageKind.REPORT, Relation.CASE: PackageKind.TASK}


@dataclass(frozen=True, slots=True)
class Secrecy:
    """How a package is kept from other eyes: to the receiver's confirmed key, else under a passphrase, else openly."""

    to_receiver: bool = True
    passphrase: str = ""


def look_what_to_send(
    ledger: Ledger, office: str, *, full: bool = False, heard: Callable[[], object] = lambda: None
) -> ToSend:
    """What a package for an office would hold now; nothing is written. ``heard`` is called often, raises to cancel."""
    partner = find_partner(ledger, office)
    units = units_of_partner(ledger, office)
    out = look_for(ledger, office, partner.relation, units, full=full, sealed_only=False, heard=heard)
    present = [file for file in out.files if file.present]
    return ToSend(
        office,
        partner.name,
        len(out.places),
        tuple((_words(table), count) for table, count in out.tables.items()),
        len(present),
        sum(file.size for file in present),
        tuple(file.name for file in out.files if not file.present),
        _owes(ledger, office),
    )


def _owes(ledger: Ledger, office: str) -> bool:
    """Whether a package is due although there may be nothing new: for its receipts, or to ask for everything again."""
    return asked_again(ledger, office) > 0 or owes_receipt(ledger, office)


def find_partner(ledger: Ledger, office: str) -> Partner:
    """A confirmed or known office by its id, unit name or name; ``ANYBODY`` for a package without a receiver."""
    if office == ANYBODY:
        return Partner(ANYBODY, "", Relation.OTHER)
    if office == ledger.office_id:
        return Partner(office, read_office(ledger).name, Relation.OWN)
    partners = list_partners(ledger)
    found = [partner for partner in partners if office in (partner.office, partner.name)]
    if len(found) != 1:
        known = "、".join(partner.name for partner in partners) or "还没有"
        raise Refused(f"没有找到交换单位“{office}”，没有打包。已登记的交换单位：{known}。", "partner_unknown")
    return found[0]


def seal_own_ops(
    ledger: Ledger, identity: Identity, today: date, person: str = "", heard: Callable[[], object] = lambda: None
) -> int:
    """Sign every own op that has no seal yet; how many seals were made. ``heard`` is called often, raises to cancel."""
    made = 0
    with writing(ledger, clean(person), today) as writer:
        before = last_seal(writer.connection, ledger.office_id)
        for ids in unsealed(writer.connection, ledger.office_id, MOST_OPS):
            if made % _OFTEN == 0:
                heard()
            seal = make_seal(identity, ids, ledger.next_hlc(), before)
            number = keep_seal(writer.connection, SealLine(seal.id, seal.office, seal.line))
            set_seal(writer.connection, number, ids)
            before, made = seal.id, made + 1
    return made


def send(
    ledger: Ledger,
    office: str,
    folder: Path,
    identity: Identity,
    today: date,
    person: str = "",
    *,
    full: bool = False,
    kind: PackageKind | None = None,
    secrecy: Secrecy | None = None,
    limits: Limits = LIMITS,
    progress: Progress | None = None,
) -> Sent:
    """Write the package for an office into a folder, usually of a stick: records first, then files in volumes.

    Every file appears whole and checked, or not at all; nothing is noted as sent before all are there. Refused when
    the receiver has everything already, or when it has no key and no passphrase was given for a secret package.
    """
    ledger.require_writable()
    require_current(ledger, identity)
    tell = progress or (lambda words, share: None)
    partner = find_partner(ledger, office)
    with known_faults(folder):
        device = device_of(folder)
    seal_own_ops(ledger, identity, today, person, partial(tell, "正在签名", 0.0))
    units, heard = units_of_partner(ledger, partner.office), partial(tell, "正在看要发什么", 0.0)
    out = look_for(ledger, partner.office, partner.relation, units, full=full, heard=heard)
    receipts = receipts_for(ledger, partner.office)
    again = asked_again(ledger, partner.office) > 0
    owed = _owes(ledger, partner.office)
    if not out.places and not out.files and not owed and kind is None:
        raise Refused(f"“{partner.name}”已收到全部内容，没有新的要发，没有打包。", "nothing_new")
    chosen = kind or (PackageKind.FULL if full else _KINDS.get(partner.relation, PackageKind.FULL))
    name, earlier = read_office(ledger).name, packages_out(ledger, partner.office)
    head = PackageHead(
        id=ledger.new_id(),
        kind=chosen,
        sender=ledger.office_id,
        sender_name=name,
        to=partner.office,
        at=ledger.next_hlc(),
        key_id=identity.public.key_id,
        before=max((package.made for package in earlier), default=0),
        confirmed=max((package.made for package in earlier if package.is_confirmed), default=0),
        heard=max((package.made for package in packages_in(ledger) if package.sender == partner.office), default=0),
        again=again,
        upto=out.upto,
        receipts=receipts,
        cards=cards_to_send(ledger, identity),
        renewals=renewals_to_send(ledger),
        former=former_to_send(ledger, identity),
    )
    wrapper = _wrapper(partner, secrecy or Secrecy())
    content = Content(
        op_lines=lambda: op_lines(ledger.db.connection(), out.places),
        seal_lines=lambda: seal_lines(ledger.db.connection(), out.seals).values(),
        files=tuple(_attachment(ledger, file) for file in out.files if file.present),
        line_bytes=_BYTES_OF_OP * len(out.places),
    )
    written = write_volumes(ledger, folder, head, identity, content, wrapper, limits, tell, device)
    files = tuple(file.digest for file in out.files)
    with writing(ledger, clean(person), today) as writer:
        if partner.office != ANYBODY:
            shown, day = written[0].path.name, today.isoformat()
            sent = PackageOut(*(head.id, partner.office, str(chosen), head.at, day, out.upto, out.scopes, files, shown))
            put_out(writer.connection, sent)
    first = written[0].head
    count, size = sum(volume.head.attachments for volume in written), sum(volume.size for volume in written)
    number = head.id[-8:]
    to = f"给“{partner.name}”的" if partner.name else ""
    parts = f"，共{len(written)}卷" if len(written) > 1 else ""
    sentence = f"已打包{to}{KIND_WORDS[chosen]}（编号{number}{parts}）：记录{first.ops}条，附件{count}份。"
    return Sent(
        head.id,
        tuple(str(volume.path) for volume in written),
        number,
        first.ops,
        count,
        size,
        first.manifest,
        wrapper is not None,
        Changes(sentence, warnings=tuple(f"缺附件，没有装入：{file.name}" for file in out.files if not file.present)),
    )


def send_start(
    ledger: Ledger,
    folder: Path,
    identity: Identity,
    today: date,
    person: str = "",
    passphrase: str = "",
    progress: Progress | None = None,
) -> Sent:
    """初始包 for units that begin: units, plans, dictionaries and this office's card, nothing of any case."""
    secrecy = Secrecy(passphrase=passphrase)
    kind = PackageKind.START
    return send(
        ledger, ANYBODY, folder, identity, today, person, full=True, kind=kind, secrecy=secrecy, progress=progress
    )


def kind_words(ledger: Ledger, office: str) -> str:
    """What a package for this office is called: 任务下达, 进展上报 or 全量."""
    return KIND_WORDS[_KINDS.get(find_partner(ledger, office).relation, PackageKind.FULL)]


def _wrapper(partner: Partner, secrecy: Secrecy) -> Wrapper | None:
    """To whom the package is written, None for an open package."""
    if secrecy.to_receiver and partner.age:
        return Wrapper(receivers=(partner.age,))
    return Wrapper(passphrase=secrecy.passphrase) if secrecy.passphrase else None


def _attachment(ledger: Ledger, file: OutgoingFile) -> Attachment:
    return Attachment(file.digest, file_of(ledger.folder, file.digest), file.size)


def _words(table: str) -> str:
    return KINDS[table].words if table in KINDS else "其他记录"
