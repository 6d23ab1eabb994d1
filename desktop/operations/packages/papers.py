"""The sheets that go along with a stick, filled from the ledger and the finished package."""

from collections.abc import Sequence
from datetime import date

from desktop.documents.exchange_sheets import (
    ENDED_KEY,
    RECEIPT_KEY,
    RENEWED_KEY,
    REPLACED_KEY,
    IdentitySheet,
    TransferSlip,
    print_identity_sheet,
    print_transfer_slip,
)
from desktop.exchange.identity import CODE, PublicKeys
from desktop.operations.packages.collecting import Collected
from desktop.operations.packages.identities import own_keys
from desktop.operations.packages.key_changes import KeyChange, last_change
from desktop.operations.paper.printing import fonts_at_hand
from desktop.rules.errors import Refused
from desktop.rules.packages import Sent
from desktop.rules.paper import Printed
from desktop.rules.wording import date_in_text
from desktop.store.ledger import Ledger
from desktop.store.read_shared import read_office

_CHECK_GROUP, _CHECK_GROUPS = 5, 4
_MEGABYTE = 1_000_000
_CHANGES = {KeyChange.RENEWED: RENEWED_KEY, KeyChange.REPLACED: REPLACED_KEY, KeyChange.ENDED: ENDED_KEY}


def identity_sheet(ledger: Ledger, today: date, person: str = "") -> Printed:
    """单位交换身份确认单 of this office; Refused while it has no keys."""
    keys = own_keys(ledger)
    if keys is None:
        raise Refused("本单位还没有建立交换身份，请先建立，再打印确认单。", "no_identity")
    sheet = IdentitySheet(read_office(ledger).name, keys.digits, _coded(keys), today, person)
    return print_identity_sheet(sheet, fonts_at_hand())


def identity_change_sheet(ledger: Ledger, today: date, person: str = "") -> Printed:
    """更新、变更或作废确认单, whichever this office's latest change of keys asks for; Refused when there was none."""
    change = last_change(ledger)
    if change is None:
        raise Refused("本单位的交换身份没有更换或停用过，没有要打印的；首次建立的请打印确认单。", "no_change")
    keys = own_keys(ledger)
    coded = _coded(keys) if keys else ""
    sheet = IdentitySheet(read_office(ledger).name, change.now, coded, today, person, change.before)
    return print_identity_sheet(sheet, fonts_at_hand(), key=_CHANGES[change.kind])


def _coded(keys: PublicKeys) -> str:
    """What the picture on a sheet holds."""
    return f"{CODE}:{keys.office}:{keys.digits.replace(' ', '')}"


def transfer_slip(ledger: Ledger, sent: Sent, kind: str, receiver: str, today: date) -> Printed:
    """交接单 of a finished package."""
    sender = read_office(ledger).name
    names = "\n".join(path.replace("\\", "/").rpartition("/")[2] for path in sent.files)
    pairs = (
        ("数据包编号", sent.number),
        ("类型", kind),
        ("发件单位", sender),
        ("收件单位", receiver or "不限"),
        ("记录", f"{sent.ops:,}条"),
        ("附件", f"{sent.attachments}份，共{sent.bytes / _MEGABYTE:.1f} MB" if sent.attachments else "无"),
        ("文件", names),
        ("加密", "已加密" if sent.is_secret else "未加密"),
        ("校验码", check_words(sent.manifest)),
        ("制作日期", date_in_text(today)),
    )
    slip = TransferSlip(sent.number, pairs, sender, receiver or "接收单位", today)
    return print_transfer_slip(slip, fonts_at_hand())


def receipt_slip(ledger: Ledger, collected: Sequence[Collected], today: date, person: str = "") -> Printed:
    """回执单 of the packages that were taken or refused just now, to be signed and given back with the stick."""
    receiver = read_office(ledger).name
    senders = tuple(dict.fromkeys(line.result.sender_name for line in collected if line.result))
    pairs = [("接收单位", receiver), ("接收日期", date_in_text(today)), ("经办人", person or " ")]
    for line in collected:
        result = line.result
        name = f"{result.sender_name}\n编号 {result.id[-8:]}" if result else line.file
        check = f"\n校验码：{check_words(result.manifest)}" if result and result.manifest else ""
        pairs.append((name, f"{line.words}{check}"))
    sender = senders[0] if len(senders) == 1 else "各发件单位"
    slip = TransferSlip(f"{len(collected)}个数据包", tuple(pairs), sender, receiver, today)
    return print_transfer_slip(slip, fonts_at_hand(), key=RECEIPT_KEY)


def check_words(manifest: str) -> str:
    """The first 20 digits of a package's check sum in groups, for comparing by eye."""
    groups = (manifest[at : at + _CHECK_GROUP] for at in range(0, _CHECK_GROUP * _CHECK_GROUPS, _CHECK_GROUP))
    return " ".join(groups)
