"""The ladder of chasing: issue a rung for problems of one unit, record the answer, settle or lift it (domain §6)."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from desktop.operations.paper.doc_numbers import read_number, suggest_number, take_number
from desktop.operations.profile import calendar_of, region_of
from desktop.operations.progress import CopyProgress, used_twice, write_evidence
from desktop.rules.archive import PaperFacts
from desktop.rules.calendar import notice_last_day
from desktop.rules.chase_rules import issue_remarks, require_issue, require_reply, require_settle
from desktop.rules.entries import ChaseEntry, EvidenceEntry, ReplyEntry, SettleEntry
from desktop.rules.errors import Refused
from desktop.rules.followup import Rung
from desktop.rules.ladder import papers_of_rung, rung_words, step_of
from desktop.rules.lifecycle import require_open
from desktop.rules.paper import PaperKind
from desktop.rules.paper_kinds import PAPERS
from desktop.rules.records import CaseFile, Changes
from desktop.rules.texts import clean, one_line
from desktop.rules.wording import date_in_text
from desktop.store.evidence import store_file
from desktop.store.ledger import Ledger
from desktop.store.lines import Filter, Sort, read_keys, read_lines_of
from desktop.store.read_cases import read_cases
from desktop.store.read_chasing import rows_of_sheet
from desktop.store.writer import writing

__all__ = [
    "FLAGS",
    "answer_due",
    "issue_chase",
    "next_chase_number",
    "open_problems_of",
    "paper_of_rung",
    "papers_of_sheet",
    "reply_chase",
    "rows_of_sheet",
    "set_flag",
    "settle_chase",
    "withdraw_chase",
]


def answer_due(ledger: Ledger, rung: Rung, on: date) -> date | None:
    """The day by which a paper of this rung is to be answered: the region's working days, the first not counted.

    None where the holidays of the year are not known, and for a rung the region does not use.
    """
    step = step_of(region_of(ledger), rung)
    if step is None:
        return None
    try:
        return notice_last_day(calendar_of(ledger), on, step.days)
    except Refused as refused:
        if refused.rule != "calendar_year":
            raise
        return None


def paper_of_rung(ledger: Ledger, rung: Rung) -> PaperKind:
    """The paper a rung is issued with; a rung without one of its own still has a number and a name."""
    region = region_of(ledger)
    step = step_of(region, rung)
    key = step.paper if step else ""
    known = next((kind for kind in PAPERS if kind.key == key), None)
    name = rung_words(region, rung)
    return known or PaperKind(key or rung.value, name, "problem", "letter", "督办", None, ("doc_no",))


def papers_of_sheet(ledger: Ledger, sheet: str) -> tuple[tuple[PaperKind, str], ...]:
    """The papers that can be printed for a step of the ladder, each with the problem it is printed for, if for one.

    The paper it is issued with comes first; empty for a sheet that is not there.
    """
    rows = rows_of_sheet(ledger, sheet)
    if not rows:
        return ()
    keys = papers_of_rung(region_of(ledger), rows[0].rung)
    found = (kind for key in keys for kind in PAPERS if kind.key == key)
    return tuple((kind, rows[0].problem_id if kind.per == "problem" else "") for kind in found)


def next_chase_number(ledger: Ledger, rung: Rung, today: date) -> str:
    """The 文号 that the next paper of this rung would have; empty while no series is known."""
    return suggest_number(ledger, paper_of_rung(ledger, rung), today)


def issue_chase(ledger: Ledger, entry: ChaseEntry, today: date, person: str = "", reason: str = "") -> Changes:
    """Record a paper of the ladder: one row for each problem, one sheet, its number taken in the register.

    Raises Refused for what is missing or out of order, NeedsNumberReason for a number out of turn.
    """
    cases = tuple(read_cases(ledger, dict.fromkeys(entry.problems)))
    require_issue(cases, entry, today)
    region, kind = region_of(ledger), paper_of_rung(ledger, entry.rung)
    words = rung_words(region, entry.rung)
    number = str(read_number(entry.doc_no)) if one_line(entry.doc_no) else ""
    numbers = "、".join(str(case.problem.number) for case in cases)
    remarks = tuple(issue_remarks(cases, entry, region))
    sheet = ledger.new_id()
    with writing(ledger, clean(person), today) as writer:
        if number:
            problem = cases[0].problem.id if kind.per == "problem" else ""
            facts = PaperFacts(kind, "", problem, number, entry.on)
            take_number(ledger, writer, facts, f"{kind.name}（问题{numbers}）", reason)
        rows = [writer.new("chase", _fields(case, entry, sheet, number), scope=case.problem.id) for case in cases]
    due = f"，请于{date_in_text(entry.due)}前回复" if entry.due else ""
    return Changes(
        f"已登记对问题{numbers}的{words}{due}。", tuple(("chase", row) for row in rows), remarks, {"sheet": sheet}
    )


def _fields(case: CaseFile, entry: ChaseEntry, sheet: str, number: str) -> dict[str, object]:
    return {
        "problem": case.problem.id,
        "sheet": sheet,
        "rung": entry.rung,
        "unit": entry.unit_id,
        "month": f"{entry.on:%Y-%m}",
        "on": entry.on.isoformat(),
        "due": entry.due.isoformat() if entry.due else None,
        "doc_no": number,
        "text": clean(entry.text),
    }


def reply_chase(
    ledger: Ledger,
    sheet: str,
    entry: ReplyEntry,
    today: date,
    person: str = "",
    progress: CopyProgress | None = None,
) -> Changes:
    """Record what the unit answered; the files become evidence of each problem of the paper.

    A later answer takes the place of an earlier one, which stays in the history.
    """
    rows = rows_of_sheet(ledger, sheet)
    require_reply(rows, entry, today)
    fields = {"replied_on": entry.on.isoformat(), "reply": clean(entry.text)}
    left = [row for row in rows if row.is_open]
    cases = {case.problem.id: case for case in read_cases(ledger, [row.problem_id for row in left])}
    stored = [store_file(ledger, Path(file), progress) for file in entry.files]
    # One letter for several problems is evidence of each on purpose.
    remarks = used_twice(ledger, next(iter(cases.values())), stored) if len(cases) == 1 else ()
    words = rung_words(region_of(ledger), rows[0].rung)
    with writing(ledger, clean(person), today) as writer:
        for row in left:
            writer.set("chase", row.id, fields, scope=row.problem_id)
            for file in stored if row.problem_id in cases else ():
                note = EvidenceEntry((), text=f"{words}回复")
                write_evidence(writer, cases[row.problem_id], file, today, note)
    numbers = "、".join(str(case.problem.number) for case in cases.values())
    return Changes(f"已登记问题{numbers}{words}的回复。", tuple(("chase", row.id) for row in left), remarks)


def settle_chase(ledger: Ledger, sheet: str, entry: SettleEntry, today: date, person: str = "") -> Changes:
    """Settle a paper of the ladder, or lift a listing with its 解除文号."""
    rows = rows_of_sheet(ledger, sheet)
    require_settle(rows, entry, today)
    number = one_line(entry.close_no)
    fields = {"closed_on": entry.on.isoformat(), "close_no": number or None, "close_note": clean(entry.note) or None}
    left = [row for row in rows if row.is_open]
    with writing(ledger, clean(person), today) as writer:
        for row in left:
            writer.set("chase", row.id, fields, scope=row.problem_id)
    words = rung_words(region_of(ledger), rows[0].rung)
    return Changes(f"{date_in_text(rows[0].on)}的{words}已办结。", tuple(("chase", row.id) for row in left))


def withdraw_chase(ledger: Ledger, sheet: str, reason: str, today: date, person: str = "") -> Changes:
    """Withdraw a paper of the ladder that was entered in error, with a reason; its rows stay in the history."""
    rows = rows_of_sheet(ledger, sheet)
    if not rows:
        raise Refused("这份督办不在台账中，或已经作废，没有改动。", "chase_unknown")
    if not clean(reason):
        raise Refused("请填写作废原因，没有改动。", "void_reason")
    with writing(ledger, clean(person), today) as writer:
        for row in rows:
            writer.set("chase", row.id, {"void": clean(reason)}, scope=row.problem_id)
    words = rung_words(region_of(ledger), rows[0].rung)
    touched = tuple(("chase", row.id) for row in rows)
    number = f"{rows[0].doc_no}没有用出去的，请在发文登记里作废。" if rows[0].doc_no else ""
    return Changes(f"{date_in_text(rows[0].on)}的{words}已作废，原记录保留在历史中。{number}", touched)


OFFERED = 300  # problems; a longer list to tick is narrowed by the unit
FLAGS = {"listed_for_chasing": "挂账督办", "dedicated_watch": "专案盯办"}


def set_flag(ledger: Ledger, case: CaseFile, flag: str, value: bool, today: date, person: str = "") -> Changes:
    """Put a problem on, or take it off, the list of those chased one by one (``FLAGS``); the history keeps both."""
    require_open(case, FLAGS[flag])
    with writing(ledger, clean(person), today) as writer:
        is_new = writer.set("problem", case.problem.id, {flag: True if value else None})
    done = ("列为" if value else "取消") + FLAGS[flag]
    if not is_new:
        return Changes(f"问题{case.problem.number}没有变化。")
    return Changes(f"问题{case.problem.number}已{done}。", (("problem", case.problem.id),))


def open_problems_of(
    ledger: Ledger, unit: str, always: Sequence[str] = ()
) -> tuple[tuple[tuple[str, int, str], ...], bool]:
    """The running problems that name a unit, with number and beginning of the text; all of them without a unit.

    At most ``OFFERED``, and those of ``always`` before them; True when there were more.
    """
    keys = read_keys(ledger, Filter(unit=unit, state="open"), Sort(), date.min)
    first = [problem for problem in always if keys.place(problem) >= 0]
    ids = (*first, *(problem for problem in keys.ids(0, OFFERED) if problem not in first))
    found = [(line.id, line.number, line.head) for line in read_lines_of(ledger, ids)]
    return tuple(sorted(found, key=lambda one: one[1])), len(keys) > OFFERED
