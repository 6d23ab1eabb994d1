"""The command line: the same operations as the menus, for administrators, scripts and tests.

Exit 0 done, 1 refused with one clear line on stderr, 2 wrong usage. ``--json`` prints data instead of sentences.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from desktop import __version__, cli_exchange, cli_forms, cli_verbs, paths
from desktop.cli_parser import ChineseParser, a_count, a_day, a_number
from desktop.rules.paper_kinds import NOTICE_LAYOUTS

Verbs = Any  # what add_subparsers returns; argparse gives it no public name
ACTIONS = {
    "progress": "登记进展",
    "evidence": "收入佐证材料",
    "self-check": "自查自验",
    "apply": "申请销号",
    "accept": "验收",
    "notice": "公示",
    "file": "备案",
    "return": "退回",
    "extend": "延期",
    "reopen": "重新整改",
    "look-back": "回头看",
}


def main(arguments: Sequence[str] | None = None, picture: Any = None) -> int:
    """Run one verb; returns the exit status. ``picture`` is what the tour shows the window with, if there is one."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A file name may hold bytes that are no UTF-8; telling of it must not be what fails.
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = build_parser()
    chosen = parser.parse_args(arguments, argparse.Namespace(picture=picture))
    if not hasattr(chosen, "run"):
        parser.print_help()
        return 0
    try:
        status = chosen.run(chosen) or 0
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("已取消，台账中已确认的内容不受影响。", file=sys.stderr)
        return 1
    except BrokenPipeError:
        # Whoever read the output has gone, as head does; what Python still holds back must not complain at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        sentence = cli_verbs.sentence_of(error)
        if sentence is None:
            raise
        print(" ".join(sentence.split()), file=sys.stderr)
        return 1
    return status


def build_parser() -> argparse.ArgumentParser:
    """All verbs with their arguments."""
    parser = ChineseParser(prog=paths.command(), description="督察整改台账（命令行）")
    parser.add_argument("--version", action="version", version=f"督察整改台账 {__version__}", help="显示版本")
    verbs = parser.add_subparsers(title="操作", metavar="操作")
    _add_ledger_verbs(verbs)
    _add_plan_verbs(verbs)
    _add_step_verb(verbs)
    _add_paper_verbs(verbs)
    cli_exchange.add_verbs(lambda name, words, run: _verb(verbs, name, words, run))
    _add_form_verbs(verbs)
    demo = _verb(verbs, "demo", "导览：示例台账、文书和图片，放入一个文件夹", cli_verbs.demo)
    demo.add_argument("folder", type=Path, metavar="DIR")
    return parser


def _verb(verbs: Verbs, name: str, words: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=words, description=words)
    parser.set_defaults(run=run)
    return parser


def _with_ledger(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("ledger", type=Path, metavar="LEDGER", help="台账文件夹")
    return parser


def _with_day(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--today", type=a_day, default=None, metavar="日期", help="当天日期，默认取本机日期")
    parser.add_argument("--person", default="", metavar="姓名", help="经办人")


def _with_problem(parser: argparse.ArgumentParser, *, required: bool = False) -> None:
    parser.add_argument("--problem", type=a_number, required=required, default=None, metavar="N", help="问题序号")
    parser.add_argument("--plan", default="", metavar="文号", help="几个方案有同一序号时，写明方案文号")


def _add_ledger_verbs(verbs: Verbs) -> None:
    new = _with_ledger(_verb(verbs, "new", "新建台账", cli_verbs.new))
    new.add_argument("--office", required=True, metavar="NAME", help="本单位名称，如 蒸湘区整改工作专班办公室")
    new.add_argument("--region", default="hengyang", help="地区模板")
    new.add_argument("--district", default="", help="区县名称；不填则从单位名称读出")
    _with_day(new)
    show = _with_ledger(_verb(verbs, "show", "查看台账", cli_verbs.show))
    _with_problem(show)
    show.add_argument("--as-of", type=a_day, default=None, metavar="日期", help="查看某日结束时的台账")
    show.add_argument("--json", action="store_true")
    _with_day(show)
    check = _with_ledger(_verb(verbs, "check", "台账体检", cli_verbs.check))
    check.add_argument("--json", action="store_true")
    check.add_argument("--mend", action="store_true", help="先按记录重建台账视图，再体检")
    backup = _with_ledger(_verb(verbs, "backup", "备份台账", cli_verbs.backup))
    backup.add_argument("--to", type=Path, default=None, metavar="DIR", help="备份放到这里，不填则放在台账中")
    restore = _verb(verbs, "restore", "从备份恢复", cli_verbs.restore)
    restore.add_argument("backup", type=Path, metavar="BACKUP")
    _with_ledger(restore)
    export = _with_ledger(_verb(verbs, "export", "台账导出为 xlsx 表格", cli_verbs.export))
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument("--public", action="store_true", help="公开版：略去电话、人名、问责和信访件内容")
    export.add_argument("--photos", action="store_true", help="带整改前后照片")
    _with_day(export)


def _add_plan_verbs(verbs: Verbs) -> None:
    read = _verb(verbs, "read-plan", "读整改方案，不写入任何内容", cli_verbs.read_plan)
    read.add_argument("file", type=Path, metavar="FILE")
    read.add_argument("--json", action="store_true")
    take = _with_ledger(_verb(verbs, "import", "读整改方案，或改过的导出表格，并导入台账", cli_verbs.take_plan))
    take.add_argument("file", type=Path, metavar="FILE")
    take.add_argument("--yes", action="store_true", help="不再询问，直接导入")
    _with_day(take)


def _add_form_verbs(verbs: Verbs) -> None:
    send = _with_ledger(_verb(verbs, "forms", "发单位填报表：表格和照片文件夹，每个单位一份", cli_forms.forms))
    send.add_argument("--month", required=True, metavar="2026-11", help="填报的月份")
    send.add_argument("--out", type=Path, required=True, metavar="DIR", help="放在这个文件夹里（会新建一个文件夹）")
    send.add_argument("--unit", action="append", default=[], metavar="单位", help="只发这个单位，可多次；不写则发全部")
    send.add_argument("--zip", action="store_true", help="每个单位压缩成一个 zip")
    take = _with_ledger(_verb(verbs, "collect", "收单位交回的填报表和照片", cli_forms.collect))
    take.add_argument("path", type=Path, nargs="+", metavar="PATH", help="表格、文件夹或 zip，可多个")
    take.add_argument("--month", default="", metavar="2026-11", help="只收这个月的")
    take.add_argument("--strict", action="store_true", help="有一行出错的，整份不收")
    take.add_argument("--yes", action="store_true", help="不再询问，直接收入")
    _with_day(take)


def _add_step_verb(verbs: Verbs) -> None:
    step = _with_ledger(_verb(verbs, "step", "办理一个环节", cli_verbs.step))
    actions = "、".join(f"{key}（{words}）" for key, words in ACTIONS.items())
    step.add_argument("action", choices=tuple(ACTIONS), metavar="ACTION", help=actions)
    _with_problem(step, required=True)
    step.add_argument("--measure", type=a_number, default=None, metavar="M", help="措施序号")
    step.add_argument("--file", type=Path, action="append", default=[], metavar="F", help="材料文件，可多次")
    step.add_argument("--text", default="", metavar="T", help="内容；延期时写新时限，退回时写补充整改要求")
    step.add_argument("--reason", default="", metavar="R", help="理由：退回、延期、重新整改，或提示后仍要继续")
    step.add_argument("--on", type=a_day, default=None, metavar="日期", help="办理日期，默认当天")
    step.add_argument("--end", type=a_day, default=None, metavar="日期", help="公示截止日期，不填则按日历推算")
    step.add_argument("--doc-no", default="", metavar="文号")
    step.add_argument("--url", default="", metavar="网址", help="公示网址")
    step.add_argument("--result", default="", metavar="结论", help="验收结论：通过、补充完善后通过")
    step.add_argument("--percent", type=a_count, default=None, metavar="N", help="完成百分比 0–100")
    step.add_argument("--quantity", type=a_count, default=None, metavar="N", help="完成数量")
    step.add_argument("--month", default="", metavar="2026-11", help="进展所属月份")
    step.add_argument("--item", default="", metavar="KEY", help="佐证材料是哪一份清单材料")
    answer = "逐项核对，可多次：污染消除=是，或 群众满意=否：两户有意见"
    step.add_argument("--answer", action="append", default=None, metavar="题目=答复", help=answer)
    step.add_argument("--approver", default="", metavar="批准人", help="延期的批准人")
    step.add_argument("--json", action="store_true")
    _with_day(step)


def _add_paper_verbs(verbs: Verbs) -> None:
    paper = _with_ledger(_verb(verbs, "print", "打印文书为 PDF，或写成 Word（docx）", cli_verbs.print_one))
    paper.add_argument("paper", nargs="?", default="", metavar="PAPER", help="文书，见 --list")
    _with_problem(paper)
    paper.add_argument("--out", type=Path, default=None, metavar="FILE.pdf|.docx")
    paper.add_argument("--list", action="store_true", help="列出可打印的文书")
    paper.add_argument("--json", action="store_true")
    paper.add_argument("--doc-no", default="", metavar="文号", help="不填则留空，作草稿")
    paper.add_argument("--reason", default="", metavar="R", help="文号不按顺序时的理由，留在发文登记里")
    paper.add_argument("--date", type=a_day, default=None, metavar="日期", help="成文日期；不填则留空，作草稿")
    paper.add_argument("--body", action="append", default=[], metavar="单位", help="署名单位，可多次；不填则按地区模板")
    paper.add_argument("--signer", action="append", default=[], metavar="姓名", help="签发人，可多次")
    paper.add_argument("--to", default="", metavar="单位", help="主送；不填则按台账")
    paper.add_argument("--month", default="", metavar="2026-11", help="调度月份，不填则为当月")
    layouts = "、".join(f"{key}（{words}）" for key, (_, words) in NOTICE_LAYOUTS.items())
    paper.add_argument("--layout", default="", metavar="样式", help=f"公示的样式：{layouts}")
    paper.add_argument("--fill", action="append", default=[], metavar="项目=内容", help="文书另填的内容，可多次")
    paper.add_argument("--contact", default="", metavar="姓名", help="附注中的联系人")
    paper.add_argument("--phone", default="", metavar="电话", help="附注中的联系电话")
    _with_day(paper)
    bundle = _with_ledger(_verb(verbs, "bundle", "销号卷宗、佐证材料汇编", cli_verbs.bundle))
    _with_problem(bundle, required=True)
    out = "写成一个PDF，或在这个文件夹里新建卷宗文件夹"
    bundle.add_argument("--out", type=Path, required=True, metavar="DIR|FILE.pdf", help=out)
    bundle.add_argument("--evidence", action="store_true", help="只要佐证材料汇编，不带文书")
    bundle.add_argument("--photos", type=a_count, choices=(2, 4), default=2, help="照片每页几张，默认2")
    bundle.add_argument("--json", action="store_true")
    _with_day(bundle)
