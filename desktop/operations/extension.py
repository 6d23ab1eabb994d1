"""延期: asked for, approved, and only then a new deadline; the plan's own stays and both are printed (domain §2.5)."""

from datetime import date
from pathlib import Path

from desktop.operations.profile import region_of
from desktop.operations.progress import CopyProgress, write_evidence
from desktop.rules.deadlines import judge_extension
from desktop.rules.entries import EvidenceEntry, ExtensionEntry
from desktop.rules.errors import NeedsReason, Refused
from desktop.rules.lifecycle import require
from desktop.rules.records import CaseFile, Changes
from desktop.rules.texts import clean, one_line
from desktop.rules.wording import date_in_text
from desktop.store.evidence import store_file
from desktop.store.ledger import Ledger
from desktop.store.writer import writing


def extend_deadline(
    ledger: Ledger,
    case: CaseFile,
    entry: ExtensionEntry,
    today: date,
    person: str = "",
    progress: CopyProgress | None = None,
    *,
    request: str = "",
) -> Changes:
    """Record an approved change of the deadline, or one that was only asked for and moves nothing (申请中).

    ``request`` is the row of the request that is approved now; it is replaced by the approval. Raises NeedsReason where
    the region wants an upper level's approval and another body gave it; the reason is kept with that of the change.
    """
    new, reason = entry.new, clean(entry.reason)
    if new is None:
        raise Refused(f"请写明问题{case.problem.number}延期后的时限，如 2027-06-30，没有保存。", "extension_date")
    asked = next((change for change in case.deadline_changes if change.id == request), None)
    if request and (asked is None or asked.is_approved):
        raise Refused("这项延期申请已不在待批准之列，没有保存。", "extension_request")
    on = entry.on or today
    approval = None if entry.is_request else f"{entry.approver} {entry.doc_no}"
    verdict = judge_extension(case, new, on, today, reason, region=region_of(ledger), approval=approval)
    warnings = require(verdict, reason)
    upper = tuple(ruling.sentence for ruling in verdict.warnings if ruling.rule == "upper_approval")
    if upper and not entry.override.strip():
        raise NeedsReason(upper)
    if upper:
        reason = f"{reason}（{clean(entry.override)}）" if clean(entry.override) != reason else reason
    old = case.problem.current_deadline
    stored = [store_file(ledger, Path(file), progress) for file in entry.files]
    with writing(ledger, clean(person), today) as writer:
        row = writer.new(
            "deadline_change",
            {
                "problem": case.problem.id,
                "old": old.isoformat() if old else None,
                "new": new.isoformat(),
                "reason": reason,
                "unit_opinion": clean(entry.unit_opinion),
                "approver": "" if entry.is_request else one_line(entry.approver),
                "doc_no": "" if entry.is_request else one_line(entry.doc_no),
                "on": None if entry.is_request else on.isoformat(),
                "corrects": request or None,
            },
            scope=case.problem.id,
        )
        for file in stored:
            write_evidence(writer, case, file, today, EvidenceEntry(()))
    name, before = f"问题{case.problem.number}", f"由{date_in_text(old)}" if old else ""
    if entry.is_request:
        sentence = f"{name}的延期申请已登记（申请延至{date_in_text(new)}），批准之前时限不变。"
        return Changes(sentence, (("deadline_change", row),), warnings)
    moved = "调整为" if old is None or new < old else "延至"
    sentence = f"{name}的整改时限{before}{moved}{date_in_text(new)}，原时限保留。"
    told = tuple(words for words in warnings if words not in upper)
    return Changes(sentence, (("deadline_change", row),), told, overridden=upper)
