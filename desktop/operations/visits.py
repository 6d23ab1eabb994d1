"""明察暗访: visits to problems with what was found and demanded, and the settling of the demand (domain §7)."""

from datetime import date
from pathlib import Path

from desktop.operations.progress import CopyProgress, used_twice, write_evidence
from desktop.rules.chase_rules import require_handling, require_visit
from desktop.rules.entries import EvidenceEntry, ReplyEntry, VisitEntry
from desktop.rules.errors import Refused
from desktop.rules.records import Changes
from desktop.rules.texts import clean, one_line
from desktop.rules.wording import date_in_text
from desktop.store.evidence import store_file
from desktop.store.ledger import Ledger
from desktop.store.read_cases import read_cases
from desktop.store.read_chasing import visits_of_sheet
from desktop.store.writer import writing

__all__ = ["handle_visit", "save_visit", "visits_of_sheet", "withdraw_visit"]


def save_visit(
    ledger: Ledger, entry: VisitEntry, today: date, person: str = "", progress: CopyProgress | None = None
) -> Changes:
    """Record a visit: one row for each problem, one sheet; its photos become evidence of each problem."""
    cases = tuple(read_cases(ledger, dict.fromkeys(entry.problems)))
    require_visit(cases, entry, today)
    stored = [store_file(ledger, Path(file), progress) for file in entry.files]
    remarks = used_twice(ledger, cases[0], stored) if len(cases) == 1 else ()
    way, sheet = one_line(entry.way), ledger.new_id()
    fields = {
        "sheet": sheet,
        "unit": entry.unit_id or None,
        "way": way,
        "on": entry.on.isoformat(),
        "place": one_line(entry.place),
        "people": one_line(entry.people),
        "found": clean(entry.found),
        "result": one_line(entry.result),
        "demand": clean(entry.demand),
        "due": entry.due.isoformat() if entry.due else None,
    }
    note = EvidenceEntry((), text=way or "检查", place=entry.place)
    with writing(ledger, clean(person), today) as writer:
        rows = []
        for case in cases:
            rows.append(writer.new("visit", {"problem": case.problem.id, **fields}, scope=case.problem.id))
            for file in stored:
                write_evidence(writer, case, file, today, note)
    numbers = "、".join(str(case.problem.number) for case in cases)
    touched = tuple(("visit", row) for row in rows)
    return Changes(f"已登记{date_in_text(entry.on)}对问题{numbers}的{way or '检查'}。", touched, remarks)


def handle_visit(
    ledger: Ledger,
    sheet: str,
    entry: ReplyEntry,
    today: date,
    person: str = "",
    progress: CopyProgress | None = None,
) -> Changes:
    """Settle the demand of a visit, with what was done and its files."""
    rows = visits_of_sheet(ledger, sheet)
    require_handling(rows, entry, today)
    left = [row for row in rows if row.is_open]
    cases = {case.problem.id: case for case in read_cases(ledger, [row.problem_id for row in left])}
    stored = [store_file(ledger, Path(file), progress) for file in entry.files]
    remarks = used_twice(ledger, next(iter(cases.values())), stored) if len(cases) == 1 else ()
    fields = {"handled_on": entry.on.isoformat(), "handled": clean(entry.text)}
    with writing(ledger, clean(person), today) as writer:
        for row in left:
            writer.set("visit", row.id, fields, scope=row.problem_id)
            for file in stored if row.problem_id in cases else ():
                write_evidence(writer, cases[row.problem_id], file, today, EvidenceEntry((), text="检查整改情况"))
    touched = tuple(("visit", row.id) for row in left)
    return Changes(f"{date_in_text(rows[0].on)}检查的整改要求已办结。", touched, remarks)


def withdraw_visit(ledger: Ledger, sheet: str, reason: str, today: date, person: str = "") -> Changes:
    """Withdraw a visit that was entered in error, with a reason; its rows stay in the history."""
    rows = visits_of_sheet(ledger, sheet)
    if not rows:
        raise Refused("这次检查不在台账中，或已经作废，没有改动。", "visit_unknown")
    if not clean(reason):
        raise Refused("请填写作废原因，没有改动。", "void_reason")
    with writing(ledger, clean(person), today) as writer:
        for row in rows:
            writer.set("visit", row.id, {"void": clean(reason)}, scope=row.problem_id)
    touched = tuple(("visit", row.id) for row in rows)
    return Changes(f"{date_in_text(rows[0].on)}的检查已作废，原记录保留在历史中。", touched)
