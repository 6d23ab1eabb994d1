"""The verbs of exchange: this office's identity, packages out and in."""

import argparse
import getpass
import os
from pathlib import Path
from typing import Any

from desktop.cli_parser import a_day
from desktop.rules.errors import Refused

PASSPHRASE = "ZHENGGAI_PASSPHRASE"


def add_verbs(add: Any) -> None:
    """``add(name, words, run)`` makes the parser of a verb."""
    office = add("office", "交换身份：建立、打印确认单、核对对方", run_office)
    _with_ledger(office)
    office.add_argument("--make", action="store_true", help="建立本单位的交换身份")
    office.add_argument("--renew", action="store_true", help="更新交换身份，由现在的身份签名")
    office.add_argument("--replace", action="store_true", help="忘记口令或遗失时重新建立，对方须重新核对")
    office.add_argument("--end", action="store_true", help="停用交换身份")
    office.add_argument("--change-sheet", type=Path, default=None, metavar="FILE.pdf", help="打印更新或作废确认单")
    office.add_argument("--sheet", type=Path, default=None, metavar="FILE.pdf", help="打印本单位的确认单")
    office.add_argument("--confirm", default="", metavar="单位", help="核对这个单位，须写明 --digits")
    office.add_argument("--digits", default="", metavar="确认码", help="对方确认单上的8组数字")
    office.add_argument("--paper", default="", metavar="依据", help="核对依据，如 确认单2026年1号")
    office.add_argument("--unit", default="", metavar="单位", help="对方是名册中的哪个单位，不填则按名称")
    office.add_argument("--upper", action="store_true", help="对方是本单位的上级")
    send = add("send", "打包发给一个单位", run_send)
    _with_ledger(send)
    send.add_argument("--to", default="", metavar="OFFICE", help="收件单位；不填则制作初始包")
    send.add_argument("--out", type=Path, required=True, metavar="DIR", help="放在这里，通常是U盘")
    send.add_argument("--full", action="store_true", help="全部重发")
    send.add_argument("--open", action="store_true", help="不加密")
    receive = add("receive", "接收一个数据包", run_receive)
    _with_ledger(receive)
    receive.add_argument("file", type=Path, metavar="FILE")
    receive.add_argument("--look", action="store_true", help="只看会带来什么，不接收")
    receive.add_argument("--passphrase", action="store_true", help="这是用口令加密的包，另行输入口令")
    carry = add("carry", "整本台账带到本单位的另一台电脑", run_carry)
    _with_ledger(carry)
    carry.add_argument("--out", type=Path, required=True, metavar="DIR", help="放在这里，通常是U盘")
    carry.add_argument("--file", action="store_true", help="一个文件，不写则是一个文件夹")
    carry.add_argument("--passphrase", action="store_true", help="加口令（只用于一个文件），另行输入口令")
    bring = add("bring", "接回从另一台电脑带来的整本台账：没有台账时建立，已有时并入", run_bring)
    bring.add_argument("source", type=Path, metavar="SOURCE", help="带出时生成的文件夹或文件")
    _with_ledger(bring)
    bring.add_argument("--look", action="store_true", help="只看会并入什么，不并入")


def _with_ledger(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ledger", type=Path, metavar="LEDGER", help="台账文件夹")
    parser.add_argument("--today", type=a_day, default=None, metavar="日期", help="当天日期，默认取本机日期")
    parser.add_argument("--person", default="", metavar="姓名", help="经办人")


def run_office(chosen: argparse.Namespace) -> int:
    """Make keys, print the sheet, confirm another office, or list them all."""
    from desktop.cli_verbs import tell, today_of
    from desktop.operations import ledgers
    from desktop.operations.files import write_whole
    from desktop.operations.packages import identities
    from desktop.operations.packages.papers import identity_change_sheet, identity_sheet

    today = today_of(chosen)
    with ledgers.open_to_write(chosen.ledger) as ledger:
        _change_own(ledger, chosen, today)
        if chosen.sheet:
            write_whole(chosen.sheet, identity_sheet(ledger, today, chosen.person).data)
            print(f"确认单已存为：{chosen.sheet}")
        if chosen.change_sheet:
            write_whole(chosen.change_sheet, identity_change_sheet(ledger, today, chosen.person).data)
            print(f"确认单已存为：{chosen.change_sheet}")
        if chosen.confirm:
            for changes in _confirm(ledger, chosen, today):
                tell(changes)
        keys = identities.own_keys(ledger)
        print(f"本单位确认码：{keys.digits}" if keys else "本单位还没有交换身份，用 --make 建立。")
        for partner in identities.list_partners(ledger):
            print(f"{partner.name}：{partner.digits or '待核对'}")
    return 0


def _change_own(ledger: Any, chosen: argparse.Namespace, today: Any) -> None:
    """Make, renew, replace or end this office's keys; Refused to make a second pair by mistake."""
    from desktop.cli_verbs import tell
    from desktop.operations.packages import identities
    from desktop.operations.packages.key_changes import end_own_keys, renew_own_keys

    if chosen.make and identities.own_keys(ledger) is not None:
        raise Refused("本单位已有交换身份，没有再建立；更新用 --renew，忘记口令或遗失用 --replace。", "identity_there")
    if chosen.make or chosen.replace:
        identities.make_own_keys(ledger, _secret("交换身份的新口令"), today, chosen.person)
    elif chosen.renew:
        identity = identities.unlock(ledger, _secret("交换身份的口令"))
        renew_own_keys(ledger, identity, _secret("新口令"), today, chosen.person)
    elif chosen.end:
        tell(end_own_keys(ledger, today, chosen.person))


def _confirm(ledger: Any, chosen: argparse.Namespace, today: Any) -> list[Any]:
    from desktop.operations.packages import identities
    from desktop.operations.packages.held_packages import what_waits
    from desktop.operations.packages.receiving import receive_held
    from desktop.operations.packages.sending import find_partner

    partner = find_partner(ledger, chosen.confirm)
    card = what_waits(ledger, partner.office).card
    unit = "" if chosen.upper else identities.guess_unit(ledger, chosen.unit or partner.name)
    if chosen.unit and not unit:
        raise Refused(f"名册中没有“{chosen.unit}”，没有确认；请先在单位名册里登记。", "unit_unknown")
    done = [
        identities.confirm_office(
            ledger, card, chosen.digits, chosen.paper, today, chosen.person, unit=unit, is_upper=chosen.upper
        )
    ]
    return done + [taken.changes for taken in receive_held(ledger, today, chosen.person)]


def run_send(chosen: argparse.Namespace) -> int:
    """Pack for an office, or 初始包 for units that begin."""
    from desktop.cli_verbs import progress, tell, today_of
    from desktop.operations import ledgers
    from desktop.operations.packages import identities, sending

    with ledgers.open_to_write(chosen.ledger) as ledger:
        keys, today = identities.unlock(ledger, _secret("交换身份的口令")), today_of(chosen)
        if chosen.to:
            secrecy = sending.Secrecy(to_receiver=not chosen.open)
            partner = sending.find_partner(ledger, chosen.to)
            sent = sending.send(
                ledger, partner.office, chosen.out, keys, today, chosen.person,
                full=chosen.full, secrecy=secrecy, progress=progress,
            )  # fmt: skip
        else:
            sent = sending.send_start(ledger, chosen.out, keys, today, chosen.person, progress=progress)
        tell(sent.changes)
        for file in sent.files:
            print(file)
    return 0


def run_receive(chosen: argparse.Namespace) -> int:
    """Take a package in, or look what it would bring."""
    from desktop.cli_verbs import progress, tell, today_of
    from desktop.operations import ledgers
    from desktop.operations.packages import identities
    from desktop.operations.packages.receiving import receive

    with ledgers.open_to_write(chosen.ledger) as ledger:
        keys = None
        if identities.own_keys(ledger) and os.environ.get(PASSPHRASE):
            keys = identities.unlock(ledger, _secret("交换身份的口令"))
        word = getpass.getpass("数据包的口令：") if chosen.passphrase else ""
        taken = receive(
            ledger, chosen.file, today_of(chosen), chosen.person,
            identity=keys, passphrase=word, look_only=chosen.look, progress=progress,
        )  # fmt: skip
        tell(taken.changes)
        if taken.disagreements:
            print(f"有{taken.disagreements}处与本台账的填写不一致，请在“交换”页的“冲突”里决定。")
    return 0


def run_carry(chosen: argparse.Namespace) -> int:
    """Carry a whole ledger out."""
    from datetime import datetime

    from desktop.cli_verbs import progress, tell
    from desktop.operations import ledgers
    from desktop.operations.packages.carrying import carry_out

    if chosen.passphrase and not chosen.file:
        raise Refused("文件夹不能加口令，没有带出；请同时写 --file。", "carry_folder_secret")
    word = _secret("整本台账的口令") if chosen.passphrase else ""
    with ledgers.open_to_write(chosen.ledger) as ledger:
        now = datetime.now()
        tell(carry_out(ledger, chosen.out, now, as_file=chosen.file, passphrase=word, progress=progress))
    return 0


def run_bring(chosen: argparse.Namespace) -> int:
    """Make a ledger of what was carried here, or merge it into the one that is there."""
    from desktop.cli_verbs import progress, tell, today_of
    from desktop.operations import ledgers
    from desktop.operations.packages.carrying import bring_in, needs_passphrase
    from desktop.operations.packages.copies import merge_copy

    word = _secret("整本台账的口令") if needs_passphrase(chosen.source) else ""
    if not chosen.ledger.exists():
        tell(bring_in(chosen.source, chosen.ledger, passphrase=word, progress=progress))
        return 0
    with ledgers.open_to_write(chosen.ledger) as ledger:
        taken = merge_copy(
            ledger, chosen.source, today_of(chosen), chosen.person,
            passphrase=word, look_only=chosen.look, progress=progress,
        )  # fmt: skip
    if taken.is_preview:
        print("\n".join((f"会并入记录{taken.new}条、附件{taken.files_new}份。", *taken.changes.warnings)))
    else:
        tell(taken.changes)
    if taken.disagreements:
        print(f"有{taken.disagreements}处两台填写不一样，请在“交换”页的“冲突”里决定。")
    return 0


def _secret(words: str) -> str:
    """The passphrase from the environment, for scripts, else from the keyboard without an echo."""
    return os.environ.get(PASSPHRASE) or getpass.getpass(f"{words}：")
