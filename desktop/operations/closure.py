"""The way to 销号: self-check, application, acceptance, notice, filing; and back: return, reopening, look-back."""

from datetime import date
from pathlib import Path

from desktop.operations.profile import calendar_of, region_of
from desktop.operations.progress import CopyProgress, one_by_one, paper_of, used_twice, write_evidence
from desktop.rules.calendar import WorkingCalendar, at_most_working, notice_last_day
from desktop.rules.entries import EvidenceEntry, StepEntry
from desktop.rules.errors import NeedsReason, Refused
from desktop.rules.lifecycle import Verdict, gate_of, is_long_term, judge, require
from desktop.rules.notice import check_notice, read_notice, require_notice
from desktop.rules.notice_issuer import issuer_doubts
from desktop.rules.records import ACTION_WORDS, CaseFile, Changes, StepAction
from desktop.rules.region import NoticeRule, Region
from desktop.rules.texts import clean, one_line
from desktop.rules.wording import date_in_text
from desktop.store.evidence import store_file
from desktop.store.ledger import Ledger
from desktop.store.read_shared import read_units
from desktop.store.writer import writing


def take_step(
    ledger: Ledger,
    case: CaseFile,
    draft: StepEntry,
    today: date,
    person: str = "",
    progress: CopyProgress | None = None,
) -> Changes:
    """Record one step of the closing axis, with its papers, if the rules let it through (domain §2.3).

    Raises Refused for what no reason overrides, NeedsReason for what a written reason overrides; the reason and the
    sentences it overrode are kept with the step and printed. ``progress`` hears of the copying of the papers.
    """
    ledger.require_writable()
    region = region_of(ledger)
    gate = gate_of(draft.action)
    note = EvidenceEntry((), gate=gate)
    notes = one_by_one(note, draft.files, draft.papers)
    papers = [paper_of(ledger, case, Path(file).name, said) for file, said in zip(draft.files, notes, strict=True)]
    handed_in = {paper.key for paper in papers if paper}
    end, doubts = judge_notice(ledger, draft) if draft.action == StepAction.NOTICE else (draft.end, ())
    if draft.action == StepAction.NOTICE:
        doubts += issuer_doubts(case, draft.text, read_units(ledger))
    verdict = judge(
        case,
        draft.action,
        draft.on,
        region,
        today,
        notice_end=end,
        reason=draft.reason or draft.text,
        result=draft.result,
        answers=draft.answers,
        handed_in=handed_in,
    )
    if draft.next_on and draft.next_on <= draft.on:
        words = f"下次安排日期{date_in_text(draft.next_on)}不晚于这次的日期，没有保存。请核对日期。"
        raise Refused(words, "next_on")
    warnings = _require_all(verdict, doubts, draft.reason)
    again = _reopening(case, draft, region, today) if draft.reopens else None
    stored = [store_file(ledger, Path(file), progress) for file in draft.files]
    with writing(ledger, clean(person), today) as writer:
        row = writer.new("step", _fields(case, draft, end, warnings), scope=case.problem.id)
        for file, said in zip(stored, notes, strict=True):
            write_evidence(writer, case, file, today, said)
        if again is not None:
            writer.new("step", _fields(case, again, None, ()) | {"saw": [row]}, scope=case.problem.id)
        if draft.action == StepAction.FILE and is_long_term(case.problem) and draft.next_on:
            writer.set("problem", case.problem.id, {"next_review": draft.next_on.isoformat()})
    tail = f"，公示到{date_in_text(end)}" if draft.action == StepAction.NOTICE and end else ""
    tail += "并重新整改，原销号记录保留" if again else ""
    sentence = f"问题{case.problem.number}已登记{ACTION_WORDS[draft.action]}{tail}。"
    doubled = used_twice(ledger, case, stored)
    unsure = _unconfirmed(calendar_of(ledger), draft.on, end) if draft.action == StepAction.NOTICE and end else ()
    return Changes(sentence, (("step", row),), unsure + doubled, overridden=warnings)


def _reopening(case: CaseFile, draft: StepEntry, region: Region, today: date) -> StepEntry:
    """The reopening that a look-back brings with it on the same day, once the rules let it through."""
    reason = f"回头看发现{draft.result or '反弹'}：{clean(draft.text)}"
    require(judge(case, StepAction.REOPEN, draft.on, region, today, reason=reason))
    return StepEntry(StepAction.REOPEN, draft.on, reason=reason)


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
        if refused.rule != "calendar_year":
            raise
        if end is None:
            raise Refused(f"{refused.sentence}也可以写明公示截止日期并填写理由后登记。", refused.rule) from None
        _refuse_surely_short(calendar, draft.on, end, rule)
        doubts = (refused.sentence.rstrip("。"),)
    if (said.start and said.start != draft.on) or (said.end and said.end != end):
        doubts += ("公示文本中的起止日期与登记的日期不同，请核对",)
    return end, doubts


def _refuse_surely_short(calendar: WorkingCalendar, start: date, end: date, rule: NoticeRule) -> None:
    """Without a year's holidays a notice cannot be reckoned; one too short even if each of its days counted can."""
    counted = at_most_working(calendar, start, end)
    counted -= rule.counting == "next_day" and at_most_working(calendar, start, start)
    if counted < rule.days:
        raise Refused(
            f"公示期不足{rule.days}个工作日：{date_in_text(start)}至{date_in_text(end)}最多只有{counted}个工作日，"
            "请改后重新登记。",
            "notice_too_short",
        )


def _unconfirmed(calendar: WorkingCalendar, start: date, end: date) -> tuple[str, ...]:
    """A remark when the notice was reckoned by holidays that nobody has compared with the official notice yet."""
    try:
        years = calendar.uncertain_years(start, end)
    except Refused:
        return ()
    return tuple(f"{year}年的放假安排还没有人与国务院办公厅的通知核对过，请核对公示截止日期。" for year in years)


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
        "doc_no": one_line(draft.doc_no),
        "url": one_line(draft.url),
        "result": one_line(draft.result),
        "saw": [step.id for step in case.steps] or None,
        "answers": [[asked, said, one_line(remark)] for asked, said, remark in draft.answers or () if said] or None,
        "way": one_line(draft.way),
        "people": one_line(draft.people),
        "next_on": draft.next_on.isoformat() if draft.next_on else None,
    }
