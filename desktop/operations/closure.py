"""The way to 销号: self-check, application, acceptance, notice, filing; and back: return, reopening, look-back."""

from datetime import date
from pathlib import Path

from desktop.operations.profile import calendar_of, region_of
from desktop.operations.progress import one_by_one, paper_of, write_evidence
from desktop.rules.calendar import notice_last_day
from desktop.rules.deadlines import judge_extension
from desktop.rules.entries import EvidenceEntry, ExtensionEntry, StepEntry
from desktop.rules.errors import NeedsReason, Refused
from desktop.rules.lifecycle import Verdict, gate_of, judge, require
from desktop.rules.notice import check_notice, read_notice, require_notice
from desktop.rules.records import ACTION_WORDS, CaseFile, Changes, StepAction
from desktop.rules.texts import clean
from desktop.store.evidence import store_file
from desktop.store.ledger import Ledger
from desktop.store.writer import writing


def take_step(ledger: Ledger, case: CaseFile, draft: StepEntry, today: date, person: str = "") -> Changes:
    """Record one step of the closing axis, with its papers, if the rules let it through (domain §2.3).

    Raises Refused for what no reason overrides, NeedsReason for what a written reason overrides; the reason and the
    sentences it overrode are kept with the step and printed.
    """
    ledger.require_writable()
    region = region_of(ledger)
    gate = gate_of(draft.action)
    note = EvidenceEntry((), gate=gate)
    notes = one_by_one(note, draft.files, draft.papers)
    papers = [paper_of(ledger, Path(file).name, said) for file, said in zip(draft.files, notes, strict=True)]
    handed_in = {paper.key for paper in papers if paper}
    end, doubts = judge_notice(ledger, draft) if draft.action == StepAction.NOTICE else (draft.end, ())
    verdict = judge(
        case,
        draft.action,
        draft.on,
        region,
        today,
        notice_end=end,
        reason=draft.reason or draft.text,
        result=draft.result,
        handed_in=handed_in,
    )
    warnings = _require_all(verdict, doubts, draft.reason)
    stored = [store_file(ledger, Path(file)) for file in draft.files]
    with writing(ledger, clean(person), today) as writer:
        row = writer.new("step", _fields(case, draft, end, warnings), scope=case.problem.id)
        for file, said in zip(stored, notes, strict=True):
            write_evidence(writer, case, file, today, said)
    tail = f"，公示到{end.year}年{end.month}月{end.day}日" if draft.action == StepAction.NOTICE and end else ""
    sentence = f"问题{case.problem.number}已登记{ACTION_WORDS[draft.action]}{tail}。"
    return Changes(sentence, (("step", row),), warnings)


def judge_notice(ledger: Ledger, draft: StepEntry) -> tuple[date, tuple[str, ...]]:
    """The last day of a notice and what is doubtful about it.

    The day is the one given, else the one in the notice's text, else reckoned by the calendar. Too short is refused;
    dates or counts in the text that differ, and a year whose holidays are not known, can be overridden with a reason.
    """
    rule, calendar = region_of(ledger).notice, calendar_of(ledger)
    said = read_notice(draft.text)
    end = draft.end or said.end
    try:
        if end is None:
            end = notice_last_day(calendar, draft.on, rule.days, unit=rule.unit, counting=rule.counting)
        doubts = require_notice(check_notice(calendar, draft.on, end, rule, said))
    except Refused as refused:
        if end is None or refused.rule != "calendar_year":
            raise
        doubts = (refused.sentence.rstrip("。"),)
    if (said.start and said.start != draft.on) or (said.end and said.end != end):
        doubts += ("公示文本中的起止日期与登记的日期不同，请核对",)
    return end, doubts


def _require_all(verdict: Verdict, doubts: tuple[str, ...], reason: str) -> tuple[str, ...]:
    """All warnings at once: what the rules warn of and what is doubtful in the notice's dates."""
    try:
        warnings = require(verdict, reason)
    except NeedsReason as needed:
        raise NeedsReason(needed.warnings + doubts) from None
    if doubts and not reason.strip():
        raise NeedsReason(warnings + doubts)
    return warnings + doubts


def _fields(case: CaseFile, draft: StepEntry, end: date | None, warnings: tuple[str, ...]) -> dict[str, object]:
    return {
        "problem": case.problem.id,
        "action": draft.action,
        "on": draft.on.isoformat(),
        "end": end.isoformat() if end else None,
        "text": clean(draft.text),
        "reason": clean(draft.reason),
        "warnings": list(warnings) or None,
        "doc_no": clean(draft.doc_no),
        "url": clean(draft.url),
        "result": clean(draft.result),
        "saw": [step.id for step in case.steps] or None,
    }


def extend_deadline(ledger: Ledger, case: CaseFile, entry: ExtensionEntry, today: date, person: str = "") -> Changes:
    """Record an approved change of the deadline; the original stays and both are printed (domain §2.5)."""
    new, reason = entry.new, clean(entry.reason)
    if new is None:
        raise Refused(f"请写明问题{case.problem.number}延期后的时限，如 2027-06-30，没有保存。", "extension_date")
    warnings = require(judge_extension(case, new, today, today, reason), reason)
    old = case.problem.current_deadline
    stored = [store_file(ledger, Path(file)) for file in entry.files]
    with writing(ledger, clean(person), today) as writer:
        row = writer.new(
            "deadline_change",
            {
                "problem": case.problem.id,
                "old": old.isoformat() if old else None,
                "new": new.isoformat(),
                "reason": reason,
                "unit_opinion": clean(entry.unit_opinion),
                "approver": clean(entry.approver),
                "doc_no": clean(entry.doc_no),
                "on": today.isoformat(),
            },
            scope=case.problem.id,
        )
        for file in stored:
            write_evidence(writer, case, file, today, EvidenceEntry(()))
    before = f"由{old.year}年{old.month}月{old.day}日" if old else ""
    sentence = f"问题{case.problem.number}的整改时限{before}延至{new.year}年{new.month}月{new.day}日，原时限保留。"
    return Changes(sentence, (("deadline_change", row),), warnings)
