"""What each verb of the command line does: read its arguments, call the operation, tell the answer.

Operations are imported when their verb runs, so that a short verb does not pay for reportlab or openpyxl.
"""

import argparse
import json
import sys
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from desktop.rules.entries import EvidenceEntry, ExtensionEntry, ProgressEntry, StepEntry
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.records import CaseFile, Changes, StepAction
from desktop.rules.standards import ANSWERS
from desktop.rules.texts import find_days, has_wrong_day, one_line


def sentence_of(error: Exception) -> str | None:
    """What a clerk is told of a failure; None for a fault of the program."""
    if isinstance(error, Refused | KnownFault):
        return str(error)
    from desktop.operations.opened import as_known

    known = as_known(error)
    return str(known) if known else None


def new(chosen: argparse.Namespace) -> int:
    """Make a ledger."""
    from desktop.operations import ledgers

    made = ledgers.new_ledger(
        chosen.ledger,
        chosen.office,
        today_of(chosen),
        region=chosen.region,
        district=chosen.district,
        person=chosen.person,
    )
    made.close()
    print(f"已建立台账：{chosen.ledger}（{chosen.office}）。本机不得处理涉密信息。")
    return 0


def show(chosen: argparse.Namespace) -> int:
    """Show the ledger or one problem, now or as of a day."""
    from desktop.operations import ledgers
    from desktop.operations import show as showing

    day = chosen.as_of or today_of(chosen)
    with ledgers.open_to_read(chosen.ledger) as ledger, showing.as_of(ledger, chosen.as_of) as view:
        # Before its first day a ledger has no name yet; its heading is still the office's.
        data = showing.show_ledger(view, day, chosen.problem, chosen.plan, ledgers.office_of(ledger).name)
        lines = showing.in_words(data)
    if chosen.json:
        _print_json(data)
    else:
        print("\n".join(lines))
    return 0


def check(chosen: argparse.Namespace) -> int:
    """Check the ledger's health; exit 1 when something needs attention."""
    from desktop.operations import ledgers

    if chosen.mend:
        with ledgers.open_to_write(chosen.ledger) as ledger:
            ledgers.mend(ledger)
    with ledgers.open_to_read(chosen.ledger) as ledger:
        health = ledgers.check(ledger, progress)
    if chosen.json:
        found = {"problems": list(health.problems), "notes": list(health.notes)}
        _print_json({"sound": health.is_sound, "ops": health.ops, "files": health.files, **found})
    elif health.is_sound:
        print(f"台账完好：{health.ops}条记录、{health.files}个附件全部核对无误。{' '.join(health.notes)}")
    else:
        print("台账有问题：" + " ".join(health.problems), file=sys.stderr)
    return 0 if health.is_sound else 1


def backup(chosen: argparse.Namespace) -> int:
    """Back the ledger up."""
    from desktop.operations import ledgers

    with ledgers.open_to_read(chosen.ledger) as ledger:
        tell(ledgers.back_up(ledger, datetime.now(), chosen.to, progress))
    return 0


def restore(chosen: argparse.Namespace) -> int:
    """Restore a ledger from a backup."""
    from desktop.operations import ledgers

    tell(ledgers.restore(chosen.backup, chosen.ledger, datetime.now()))
    return 0


def export(chosen: argparse.Namespace) -> int:
    """Export the ledger as a workbook."""
    from desktop.operations import ledgers
    from desktop.operations.export import ExportChoice, export_workbook

    choice = ExportChoice(photos=chosen.photos, public=chosen.public)
    with ledgers.open_to_read(chosen.ledger) as ledger:
        tell(export_workbook(ledger, chosen.file, today_of(chosen), choice, progress))
    return 0


def read_plan(chosen: argparse.Namespace) -> int:
    """Read a plan and print what was found; writes nothing."""
    from desktop.operations.plan import intake as plan_import

    draft = plan_import.read_plan_file(chosen.file)
    if chosen.json:
        _print_json(plan_import.plan_json(draft))
    else:
        print("\n".join(plan_import.in_words(draft)))
    return 0


def take_plan(chosen: argparse.Namespace) -> int:
    """Read a plan, show what was found, and take it in after a yes."""
    from desktop.operations import ledgers
    from desktop.operations.plan import intake as plan_import
    from desktop.operations.plan.headings import read_with_headings
    from desktop.operations.plan.sheet_import import read_sheet_file

    book = read_sheet_file(chosen.file)
    if book is not None:
        return _take_sheet(chosen, book)
    with ledgers.open_to_write(chosen.ledger) as ledger:
        draft, _ = read_with_headings(ledger, chosen.file)
        preview = plan_import.preview_import(ledger, draft)
        links = {at: like for at, like in plan_import.find_alike(ledger, draft).items() if like.is_sure}
        print("\n".join(plan_import.preview_words(preview)))
        for at, like in links.items():
            print(f"问题{draft.problems[at].number} 按文字认作台账的问题{like.case.problem.number}")
        if draft.problems and not chosen.yes and not agreed():
            raise Refused("没有确认，台账没有变化。确认无误后请加 --yes 重新导入。", "not_confirmed")
        choice = plan_import.PlanChoice({at: like.case.problem.id for at, like in links.items()})
        done = plan_import.import_plan(ledger, draft, today_of(chosen), chosen.person, choice=choice)
    told = {finding.sentence for finding in draft.findings}
    tell(replace(done, warnings=tuple(line for line in done.warnings if line not in told)))
    return 0


def _take_sheet(chosen: argparse.Namespace, book: Any) -> int:
    """Show in what an exported workbook differs from the ledger, and take it in after a yes; nothing is withdrawn."""
    from desktop.operations import ledgers
    from desktop.operations.plan import sheet_import

    with ledgers.open_to_write(chosen.ledger) as ledger:
        comparison = sheet_import.sheet_preview(ledger, book, today_of(chosen))
        print("\n".join(sheet_import.sheet_words(comparison)))
        ticked = [line.key for line in comparison.lines if line.is_offered and line.is_chosen]
        if ticked and not chosen.yes and not agreed():
            raise Refused("没有确认，台账没有变化。确认无误后请加 --yes 重新导入。", "not_confirmed")
        on, links = today_of(chosen), comparison.links
        tell(sheet_import.take_sheet(ledger, book, ticked, on, chosen.person, links=links, shown=comparison))
    return 0


def agreed(question: str = "以上内容是否导入台账？（是/否）") -> bool:
    """Ask on the terminal; anything but a yes is a no."""
    print(question, end="", flush=True)
    return sys.stdin.readline().strip().lower() in ("是", "y", "yes")


_STEPS = ("self-check", "apply", "accept", "notice", "file", "return", "extend", "reopen", "look-back")
# What only some actions read; given with another it would be lost without a word.
_FOR = {
    "measure": ("progress", "evidence"),
    "percent": ("progress",),
    "quantity": ("progress",),
    "month": ("progress",),
    "item": ("evidence",),
    "approver": ("extend",),
    "end": ("notice", "extend"),
    "url": ("notice",),
    "answer": ("self-check", "apply", "accept"),
    "result": ("self-check", "accept", "look-back"),
    "on": _STEPS,
    "doc_no": _STEPS,
}


def _misplaced(chosen: argparse.Namespace) -> list[str]:
    """The options given that this action does not read."""
    given = [name for name in _FOR if getattr(chosen, name) not in (None, "")]
    return [f"--{name.replace('_', '-')}" for name in given if chosen.action not in _FOR[name]]


def _standard(words: str) -> tuple[str, str, str]:
    """污染消除=是：监测达标 as question, answer and remark."""
    asked, _, said = words.partition("=")
    answer, _, remark = said.replace("：", ":", 1).partition(":")
    if answer.strip() not in ANSWERS:
        raise Refused(f"逐项核对“{words}”应写成“题目=答复”，答复为{'、'.join(ANSWERS)}，没有保存。", "answer")
    return asked.strip(), answer.strip(), remark.strip()


def step(chosen: argparse.Namespace) -> int:
    """Take one step of one problem."""
    from desktop.operations import ledgers
    from desktop.operations.cases import find_case

    if misplaced := _misplaced(chosen):
        print(f"用法有误：{chosen.action} 不用 {'、'.join(misplaced)}，没有保存", file=sys.stderr)
        return 2
    with ledgers.open_to_write(chosen.ledger) as ledger:
        case = find_case(ledger, chosen.problem, chosen.plan)
        answer = _step(chosen, ledger, case)
    tell(answer, chosen.json)
    return 0


def _step(chosen: argparse.Namespace, ledger: Any, case: CaseFile) -> Changes:
    from desktop.operations import closure, extension, progress

    today, person, files = today_of(chosen), chosen.person, tuple(str(file) for file in chosen.file)
    if chosen.action == "progress":
        entry = ProgressEntry(chosen.text, chosen.measure, chosen.percent, chosen.quantity, chosen.month, files=files)
        return progress.report_progress(ledger, case, entry, today, person)
    if chosen.action == "evidence":
        proof = EvidenceEntry(files, chosen.text, chosen.item, measure=chosen.measure)
        return progress.add_evidence(ledger, case, proof, today, person)
    if chosen.action == "extend":
        days = () if has_wrong_day(chosen.text) else find_days(chosen.text)
        new = chosen.end or (days[-1] if days else None)
        change = ExtensionEntry(
            new, chosen.reason, chosen.approver, chosen.doc_no, files=files, on=chosen.on, override=chosen.reason
        )
        return extension.extend_deadline(ledger, case, change, today, person)
    step = StepEntry(
        action=StepAction(chosen.action.replace("-", "_")),
        on=chosen.on or today,
        text=chosen.text,
        reason=chosen.reason,
        answers=None if chosen.answer is None else tuple(_standard(words) for words in chosen.answer),
        files=files,
        end=chosen.end,
        doc_no=chosen.doc_no,
        url=chosen.url,
        result=chosen.result,
    )
    return closure.take_step(ledger, case, step, today, person)


def print_one(chosen: argparse.Namespace) -> int:
    """Print one paper, or list them."""
    from desktop.operations import ledgers
    from desktop.operations.cases import find_case
    from desktop.operations.paper import printing as papers

    if chosen.list:
        _list_papers(chosen.json)
        return 0
    if not chosen.paper or chosen.out is None:
        print("用法有误：请写明文书和输出文件（--out 文件.pdf 或 .docx）；可用 --list 查看全部文书", file=sys.stderr)
        return 2
    draft = papers.PaperDraft(
        doc_no=one_line(chosen.doc_no),
        on=chosen.date,
        bodies=[name for name in map(one_line, chosen.body) if name],
        signers=[name for name in map(one_line, chosen.signer) if name],
        contact=one_line(chosen.contact),
        phone=one_line(chosen.phone),
        person=one_line(chosen.person),
        addressee=one_line(chosen.to),
        month=chosen.month,
        layout=chosen.layout,
        asked=tuple(_answer(said) for said in chosen.fill),
    )
    # A paper that is printed is kept; while another program writes the ledger it is printed all the same.
    with ledgers.open_to_work(chosen.ledger) as ledger:
        case = find_case(ledger, chosen.problem, chosen.plan) if chosen.problem is not None else None
        answer = papers.print_to_file(ledger, chosen.paper, case, chosen.out, today_of(chosen), draft, chosen.reason)
    tell(answer, chosen.json)
    return 0


def _answer(said: str) -> tuple[str, str]:
    """The answer to a question of the paper, written 项目=内容."""
    field, _, answer = said.partition("=")
    return field.strip(), one_line(answer)


def _list_papers(as_json: bool) -> None:
    from desktop.operations.paper.printing import list_papers

    found = [{"key": p.key, "name": p.name, "per": p.per, "form": p.form} for p in list_papers()]
    if as_json:
        _print_json(found)
        return
    for paper in found:
        print(f"{paper['key']}\t{paper['name']}\t{'每个问题一份' if paper['per'] == 'problem' else '全台账一份'}")


def bundle(chosen: argparse.Namespace) -> int:
    """Bind the papers and the evidence of a problem: one PDF, or a folder with the originals too."""
    from desktop.operations import ledgers
    from desktop.operations.cases import find_case
    from desktop.operations.paper.bundle import make_bundle, make_folder
    from desktop.operations.paper.bundle_archive import keep_bundle
    from desktop.rules.bundle import BundleWish

    is_file = chosen.out.suffix.lower() == ".pdf"
    if chosen.evidence and not is_file:
        print("用法有误：佐证材料汇编是一个PDF，请写 --out 文件.pdf；没有生成文件", file=sys.stderr)
        return 2
    wish = BundleWish(not chosen.evidence, chosen.photos)
    today, person = today_of(chosen), one_line(chosen.person)
    # As any paper, a bundle is kept where the ledger can be written.
    with ledgers.open_to_work(chosen.ledger) as ledger:
        case = find_case(ledger, chosen.problem, chosen.plan)
        make = make_bundle if is_file else make_folder
        answer = make(ledger, case, chosen.out, wish, today, person, progress)
        kept = keep_bundle(ledger, case, answer, today, person, whole=wish.whole)
    tell(replace(answer, warnings=kept.warnings + answer.warnings), chosen.json)
    return 0


def demo(chosen: argparse.Namespace) -> int:
    """Run the guided tour into a folder."""
    from desktop.operations.sample.tour import run_tour

    print(run_tour(chosen.folder, lambda text, share: print(f"[{share:4.0%}] {text}", flush=True), chosen.picture))
    return 0


def today_of(chosen: argparse.Namespace) -> date:
    """The day given, else this PC's."""
    return chosen.today or date.today()


def tell(answer: Changes, as_json: bool = False) -> None:
    """What was done on stdout, its warnings on stderr."""
    warnings = answer.overridden + answer.warnings
    if as_json:
        _print_json({"sentence": answer.sentence, "warnings": list(warnings), **answer.extra})
        return
    print(answer.sentence)
    for warning in warnings:
        print(f"注意：{warning}", file=sys.stderr)


def _print_json(data: object) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1))


def progress(text: str, share: float) -> None:
    """How far a job is, on a screen only."""
    if sys.stderr.isatty():
        print(f"\r{text} {share:4.0%}", end="\n" if share >= 1 else "", file=sys.stderr, flush=True)
