"""Printing: gather what a paper shows from the ledger, and write the finished file in one piece."""

import os
import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from desktop.documents.fonts import FontSet, load_fonts
from desktop.documents.papers import PAPERS, print_paper, write_paper
from desktop.operations.files import write_whole
from desktop.operations.ledgers import Progress
from desktop.operations.paper.archive import facts_of, keep_made
from desktop.operations.paper.catalogue import catalogue_of
from desktop.operations.paper.chase_papers import chase_paper, of_its_day
from desktop.operations.paper.drafts import PaperDraft, complete_draft, office_district, remarks_on
from desktop.operations.paper.files import PDF, WORD, paper_file_name
from desktop.operations.paper.questions import questions
from desktop.operations.profile import calendar_of, region_of
from desktop.operations.rounds import as_frozen
from desktop.rules.calendar import notice_last_day, working_days_between
from desktop.rules.dispatch import LateEntry
from desktop.rules.errors import Refused
from desktop.rules.figures import figures_of
from desktop.rules.lifecycle import passed_gates, same_hand
from desktop.rules.months import known_on
from desktop.rules.objections import no_objection_fault
from desktop.rules.paper import PaperKind, PaperRequest, Printed
from desktop.rules.records import CaseFile, Changes, Gate, LedgerFile, Step
from desktop.rules.region import Region
from desktop.rules.sentences import overall_sentence
from desktop.rules.standing import USUAL, Yardstick, month_of
from desktop.rules.wording import override_reasons
from desktop.store.freezes import late_entries
from desktop.store.ledger import Ledger
from desktop.store.read_cases import counted_problems, read_cases
from desktop.store.read_shared import (
    read_inspections,
    read_office,
    read_people,
    read_plans,
    read_setting,
    read_units,
)
from desktop.store.templates import own_templates

__all__ = [
    "PaperDraft",
    "build_request",
    "figures_sentence",
    "find_paper",
    "fonts_at_hand",
    "known_on",
    "list_papers",
    "make_paper",
    "print_to_file",
]

# Papers that speak as of their own date; a later reprint must not tell of what was still to come.
OF_THEIR_DAY = ("closure_request", "closure_application")
NO_OBJECTION = "no_objection"
_WITH_CATALOGUE = ("evidence_catalogue", "filing_letter")
_CHECKED = ("objection_register", "closure_ledger", "merged_ledger", "site_list")
_OWN_CHECK = "填报人就是设置里的审核人{person}，自己不能审核自己，审核人已留空。"
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_TOLD = 50


def list_papers() -> tuple[PaperKind, ...]:
    """Every paper this version prints."""
    return PAPERS


def find_paper(key: str) -> PaperKind:
    """The paper with this key or Chinese name."""
    for paper in PAPERS:
        if key in (paper.key, paper.name):
            return paper
    known = "、".join(f"{paper.key}（{paper.name}）" for paper in PAPERS)
    raise Refused(f"没有名为“{key}”的文书。可打印的有：{known}。", "paper_unknown")


@lru_cache(maxsize=1)
def fonts_at_hand() -> FontSet:
    """The fonts of this machine, looked for once: parsing them costs more than a page."""
    return load_fonts(free_only=bool(os.environ.get("ZHENGGAI_FREE_FONTS")))


def build_request(
    ledger: Ledger,
    paper: PaperKind,
    case: CaseFile | None,
    today: date,
    draft: PaperDraft,
    progress: Progress | None = None,
) -> PaperRequest:
    """Everything a paper may show, from the ledger and the clerk's additions.

    A paper of one problem is about that problem alone: only its case is read, and the figures stay empty. One of a
    frozen month shows the ledger as it stood then, whatever has come since.
    """
    _check_answers(ledger, paper, draft)
    if paper.key == NO_OBJECTION and case and (fault := no_objection_fault(case)):
        raise Refused(fault, "no_objection")
    month = draft.month if "month" in paper.fills else ""
    with as_frozen(ledger, month, tell=progress) as frozen:
        if frozen is None:
            return of_its_day(_request(ledger, paper, case, today, draft, progress), today)
        request = _request(frozen.ledger, paper, case, frozen.as_of, draft, progress)
    cases = tuple(frozen.case(found) for found in request.ledger.cases)
    whole = replace(request.ledger, cases=cases)
    return replace(request, ledger=whole, figures_sentence=figures_sentence(whole, frozen.as_of, request.by))


def _request(
    ledger: Ledger,
    paper: PaperKind,
    case: CaseFile | None,
    today: date,
    draft: PaperDraft,
    progress: Progress | None,
) -> PaperRequest:
    whole, region = _whole(ledger, case if paper.per == "problem" else None, progress), region_of(ledger)
    filled = complete_draft(ledger, case, draft, paper.key)
    by = Yardstick(filled.month, region.dispatch.behind_points)
    district, bodies = office_district(whole.office), tuple(filled.bodies)
    notice = passed_gates(case).get(Gate.NOTICE) if case else None
    start, end = _notice(ledger, region, notice, draft.on or today)
    return PaperRequest(
        ledger=whole,
        region=region,
        as_of=today,
        case=known_on(case, filled.on) if case and paper.key in OF_THEIR_DAY else case,
        doc_no=filled.doc_no,
        on=filled.on,
        district=district,
        bodies=bodies,
        signers=tuple(filled.signers),
        addressee=filled.addressee,
        contact=filled.contact,
        phone=filled.phone,
        notice_start=start,
        notice_end=end,
        notice_days=_notice_days(ledger, region, start, end),
        figures_sentence="" if paper.per == "problem" else figures_sentence(whole, today, by),
        reasons=override_reasons(case) if case else (),
        reporter=filled.person,
        checker="" if _checks_own(ledger, filled.person) else read_setting(ledger, "checker"),
        issuer=read_setting(ledger, "issuer"),
        month=filled.month,
        late=_late(ledger, whole, paper, filled.month or month_of(today)),
        layout=filled.layout,
        asked=filled.asked,
        bundle=catalogue_of(ledger, case) if case and paper.key in _WITH_CATALOGUE else None,
        bundle_pages=_bundle_pages(ledger, whole) if paper.key == "closure_ledger" else (),
        chase=chase_paper(ledger, region, paper.key, case, filled.doc_no) if case else None,
    )


def _checks_own(ledger: Ledger, person: str) -> bool:
    """True when the checker of the office's settings fills in this paper; nobody checks what is their own."""
    return same_hand(person, read_setting(ledger, "checker"))


def _late(ledger: Ledger, whole: LedgerFile, paper: PaperKind, month: str) -> tuple[tuple[str, LateEntry], ...]:
    """What came after the months before were frozen, for the papers of a month."""
    if "month" not in paper.fills:
        return ()
    return tuple(late_entries(ledger, [case.problem.id for case in whole.cases], month).items())


def _check_answers(ledger: Ledger, paper: PaperKind, draft: PaperDraft) -> None:
    """Refuse an answer to a question the paper does not ask, and a month that is none."""
    if draft.month and not _MONTH.fullmatch(draft.month):
        raise Refused(f"调度月份“{draft.month}”不对，请写成年-月，如 2026-11；没有打印。", "paper_month")
    if draft.asked:
        known = {question.field: question.label for question in questions(ledger, paper.key, draft.layout)}
        for field, _ in draft.asked:
            if field not in known:
                listed = "、".join(f"{name}（{label}）" for name, label in known.items()) or "无"
                raise Refused(f"“{paper.name}”没有“{field}”这一项，没有打印；可填的有：{listed}。", "paper_question")


def _bundle_pages(ledger: Ledger, whole: LedgerFile) -> tuple[tuple[str, int], ...]:
    """The pages of the bundles of all problems whose notice is up; the others' are not asked for yet."""
    noticed = (case for case in whole.cases if Gate.NOTICE in passed_gates(case))
    return tuple((case.problem.id, catalogue_of(ledger, case).pages) for case in noticed)


def _whole(ledger: Ledger, case: CaseFile | None, progress: Progress | None) -> LedgerFile:
    """The records around a paper: one case, or all of them."""
    tell = progress or (lambda words, share: None)
    cases = [case] if case else []
    if case is None:
        problems = counted_problems(ledger)
        for at, found in enumerate(read_cases(ledger, problems)):
            if at % _TOLD == 0:
                tell(f"正在读取第{at + 1}个问题，共{len(problems)}个", at / len(problems) / 2)
            cases.append(found)
    return LedgerFile(
        read_office(ledger),
        tuple(cases),
        read_units(ledger),
        read_people(ledger),
        read_inspections(ledger),
        read_plans(ledger),
    )


def _notice(ledger: Ledger, region: Region, step: Step | None, start: date) -> tuple[date | None, date | None]:
    """The dates of the notice on record, else those a notice beginning on the paper's date would have.

    Where the holidays of its year are not known yet the last day stays open: the paper leaves room for it.
    """
    if step is not None:
        return step.on, step.end
    rule = region.notice
    try:
        end = notice_last_day(calendar_of(ledger), start, rule.days, unit=rule.unit, counting=rule.counting)
    except Refused as refused:
        if refused.rule != "calendar_year":
            raise
        return start, None
    return start, end


def _notice_days(ledger: Ledger, region: Region, start: date | None, end: date | None) -> int:
    """How many days a notice runs as the region counts them; the region's own length where that cannot be told."""
    rule = region.notice
    if start is None or end is None:
        return rule.days
    without_first = rule.counting == "next_day"
    if rule.unit == "natural":
        return (end - start).days + (not without_first)
    try:
        return working_days_between(calendar_of(ledger), start, end)[without_first]
    except Refused:
        return rule.days


def figures_sentence(ledger: LedgerFile, today: date, by: Yardstick = USUAL) -> str:
    """The standard sentence on the state of all problems at a cut-off date."""
    return overall_sentence(figures_of(ledger.cases, today, by=by))


def make_paper(
    ledger: Ledger,
    key: str,
    case: CaseFile | None,
    today: date,
    draft: PaperDraft,
    progress: Progress | None = None,
    suffix: str = PDF,
    templates: Path | None = None,
) -> Printed:
    """One paper in memory, as PDF or with the suffix ``WORD`` as docx; nothing is written.

    ``progress`` hears words and a share while cases are read. A template in the folder ``templates`` is tried out in
    place of the office's own.
    """
    paper = find_paper(key)
    if paper.per == "problem" and case is None:
        raise Refused(f"“{paper.name}”按问题打印，请写明问题序号（--problem）。", "paper_problem")
    about = case if paper.per == "problem" else None
    request = build_request(ledger, paper, about, today, draft, progress)
    if progress:
        progress(f"正在排版“{paper.name}”", 0.5)
    make = write_paper if suffix == WORD else print_paper
    printed = make(paper.key, request, fonts_at_hand(), templates or own_templates(ledger))
    if paper.key in _CHECKED and _checks_own(ledger, request.reporter):
        printed = replace(printed, remarks=(*printed.remarks, _OWN_CHECK.format(person=request.reporter)))
    return printed


def print_to_file(
    ledger: Ledger,
    key: str,
    case: CaseFile | None,
    target: Path,
    today: date,
    draft: PaperDraft,
    reason: str = "",
    *,
    keep: bool = True,
) -> Changes:
    """Make one paper as PDF or docx, as the file's ending says; it appears whole or not at all.

    Warns of characters no font has.

    The paper is kept in the archive first unless ``keep`` is False, with ``reason`` for a number out of turn; a ledger
    that can only be read keeps none, which is said.
    """
    paper, suffix = find_paper(key), target.suffix.lower()
    if suffix not in (PDF, WORD):
        names = f"{target.stem}{PDF} 或 {target.stem}{WORD}"
        raise Refused(f"文书输出为 PDF 或 Word（docx），请把文件名写成 {names}。没有生成文件。", "paper_format")
    printed = make_paper(ledger, paper.key, case, today, draft, suffix=suffix)
    kept = Changes("")
    if keep:
        file = paper_file_name(paper.name, case if paper.per == "problem" else None, suffix=suffix)
        facts = facts_of(ledger, paper, case, draft, file)
        kept = keep_made(ledger, [(printed, facts)], today, draft.person, reason)
    write_whole(target, printed.data)
    pages = f"，{printed.pages}页" if printed.pages else ""
    sentence = f"已生成“{paper.name}”{pages}：{target}"
    return Changes(sentence, kept.touched, kept.warnings + remarks_on(printed))
