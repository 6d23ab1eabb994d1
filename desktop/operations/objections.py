"""异议 that come in during a notice, and 公开 records: registered, handled, answered."""

from datetime import date
from pathlib import Path

from desktop.operations.progress import CopyProgress, used_twice, write_evidence
from desktop.rules.entries import EvidenceEntry, ObjectionEntry, PublicationEntry
from desktop.rules.errors import Refused
from desktop.rules.gate_rules import FOUNDED
from desktop.rules.lifecycle import require_open
from desktop.rules.objections import answer_fault, notice_of, receipt_fault
from desktop.rules.records import CaseFile, Changes
from desktop.rules.texts import clean, one_line
from desktop.rules.wording import date_in_text
from desktop.store.evidence import store_file
from desktop.store.ledger import Ledger
from desktop.store.writer import writing


def save_objection(
    ledger: Ledger, case: CaseFile, row: str, entry: ObjectionEntry, today: date, person: str = ""
) -> Changes:
    """Register an objection (``row`` empty) to the present notice, or note how a registered one was dealt with.

    Refused on a closed record, without a notice, with dates out of order, and for an answer without handling and
    conclusion. A founded one is told with what follows from it: a return.
    """
    require_open(case, "异议登记")
    held = next((o for o in case.objections if o.id == row), None)
    if row and held is None:
        raise Refused("这条异议不在这个问题中，没有保存。", "objection_unknown")
    text, handling, result = clean(entry.text), clean(entry.handling), one_line(entry.result)
    if not text:
        raise Refused("请填写异议内容，没有保存。", "objection_text")
    notice = notice_of(case)
    keeps_day = held is not None and held.received_on == entry.received_on
    fault = "" if keeps_day else receipt_fault(case, entry.received_on, today)
    fault = fault or answer_fault(entry.received_on, entry.answered_on, handling, result, today)
    if fault:
        raise Refused(f"{fault}，没有保存。", "objection")
    fields: dict[str, object] = {
        "problem": case.problem.id,
        "notice": held.notice_id if held and held.notice_id else notice.id if notice else None,
        "received_on": entry.received_on.isoformat(),
        "text": text,
        "raiser": one_line(entry.raiser) or None,
        "way": one_line(entry.way) or None,
        "handler": one_line(entry.handler) or None,
        "handling": handling or None,
        "result": result or None,
        "answered_on": entry.answered_on.isoformat() if entry.answered_on else None,
    }
    row = row or ledger.new_id()
    with writing(ledger, clean(person), today) as writer:
        writer.put("objection", fields, row=row, scope=case.problem.id)
    name = f"问题{case.problem.number}"
    if entry.answered_on is None:
        return Changes(f"已登记{name}的异议，答复登记之前不能备案。", (("objection", row),))
    warnings = (f"异议{result}，建议登记退回，整改后重新公示。",) if result in FOUNDED else ()
    return Changes(f"已登记{name}异议的处理和答复。", (("objection", row),), warnings)


def save_publication(
    ledger: Ledger,
    case: CaseFile,
    row: str,
    entry: PublicationEntry,
    today: date,
    person: str = "",
    progress: CopyProgress | None = None,
) -> Changes:
    """Record what was put before the public (``row`` empty), or correct it; the screenshot becomes evidence.

    A closed problem may still be published: what was done is made known after it was struck off.
    """
    held = next((p for p in case.publications if p.id == row), None)
    if row and held is None:
        raise Refused("这条公开记录不在这个问题中，没有保存。", "publication_unknown")
    platform, title = one_line(entry.platform), one_line(entry.title)
    if not platform or not title:
        raise Refused("请填写公开的平台和标题，没有保存。", "publication_text")
    if entry.on > today:
        raise Refused(f"公开日期{date_in_text(entry.on)}晚于今天，没有保存。请核对日期。", "date_order")
    stored = [store_file(ledger, Path(file), progress) for file in entry.files]
    row = row or ledger.new_id()
    with writing(ledger, clean(person), today) as writer:
        note = EvidenceEntry((), text=f"公开截图：{title}")
        pieces = [write_evidence(writer, case, file, today, note) for file in stored]
        fields: dict[str, object] = {
            "problem": case.problem.id,
            "on": entry.on.isoformat(),
            "platform": platform,
            "title": title,
            "subject": one_line(entry.subject) or None,
            "url": one_line(entry.url) or None,
            "evidence": pieces[0] if pieces else held.evidence_id or None if held else None,
        }
        writer.put("publication", fields, row=row, scope=case.problem.id)
    warnings = used_twice(ledger, case, stored)
    return Changes(f"已登记问题{case.problem.number}的公开：{platform}《{title}》。", (("publication", row),), warnings)
