"""签章扫描件: the scan of the signed and sealed paper, attached to the paper it was printed as."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.operations.cases import open_case
from desktop.operations.paper.doc_numbers import read_number, take_number
from desktop.operations.profile import region_of
from desktop.operations.progress import used_twice, write_evidence
from desktop.rules.archive import ArchivedPaper, PaperFacts, is_numbered, item_of_paper, kind_of
from desktop.rules.doc_numbers import mend_doc_no
from desktop.rules.entries import EvidenceEntry, ScanEntry
from desktop.rules.errors import Refused
from desktop.rules.lifecycle import is_closed, is_stage_closed, passed_gates
from desktop.rules.number_register import NeedsNumberReason
from desktop.rules.records import CaseFile, Changes, Gate, StepAction
from desktop.rules.region import PaperItem
from desktop.rules.texts import clean, one_line
from desktop.rules.wording import date_in_text
from desktop.store.evidence import Stored, file_of, store_file
from desktop.store.faults import known_faults
from desktop.store.ledger import Ledger
from desktop.store.lines import problems_noticed, problems_numbered
from desktop.store.pictures import media_type
from desktop.store.writer import Writer, writing

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class _Signed:
    """A paper that was signed: the problems it is evidence for, its own first, and as what; its number and date."""

    paper: ArchivedPaper
    cases: tuple[CaseFile, ...]
    item: PaperItem | None
    doc_no: str
    on: date


def attach_scan(
    ledger: Ledger, paper: ArchivedPaper, entry: ScanEntry, today: date, person: str = "", reason: str = ""
) -> Changes:
    """Attach the scan of the signed paper, with the number and date that stand on it, and enter the number.

    A paper that the checklist asks for is on file from now on for every problem it names: the scan is their evidence.
    Raises Refused for what is no PDF or picture, for a missing date and a problem that is not there, NeedsNumberReason
    for a number out of turn or another one than was printed.
    """
    ledger.require_writable()
    signed = _checked(ledger, paper, entry, today, reason)
    for name in entry.files:
        _require_pages(Path(name))
    stored = [store_file(ledger, Path(name)) for name in entry.files]
    doubled = _used_before(ledger, signed, stored)
    with writing(ledger, clean(person), today) as writer:
        if signed.doc_no:
            facts = PaperFacts(kind_of(paper), paper.file, paper.problem_id, signed.doc_no, signed.on)
            take_number(ledger, writer, facts, paper.title or paper.name, reason)
        touched = [row for at, file in enumerate(stored, 1) for row in _write(writer, signed, file, at, today)]
    number = f"，{signed.doc_no}" if signed.doc_no else ""
    counts = "、".join(str(case.problem.number) for case in signed.cases) if signed.item else ""
    several = f"，算作问题{counts}的“{signed.item.name}”" if signed.item and len(signed.cases) > 1 else ""
    return Changes(f"已存入“{paper.name}”的签章扫描件{number}{several}。", tuple(touched), doubled)


def numbers_named(ledger: Ledger, paper: ArchivedPaper) -> tuple[int, ...]:
    """The problems for which the signed scan of a paper should count, by what it was printed from.

    A table of the whole ledger names those whose notice is up; of those struck off, the ones that still lack it.
    Empty where the checklist asks for no such paper: its scan is nobody's evidence.
    """
    item = item_of_paper(region_of(ledger), paper.key)
    if item is None:
        return ()
    if paper.problem_id:
        return (open_case(ledger, paper.problem_id).problem.number,)
    listed = problems_noticed(ledger, _day_of(paper), item.key)
    return tuple(dict.fromkeys(number for _, number in listed))


def _day_of(paper: ArchivedPaper) -> date:
    """The day whose state of the ledger a paper shows."""
    return paper.printed_on or paper.on or date.max


def _used_before(ledger: Ledger, signed: _Signed, stored: list[Stored]) -> tuple[str, ...]:
    """Files that prove something else already; that they prove all the problems of this paper is as it should be."""
    found = (used_twice(ledger, case, stored) for case in signed.cases) if signed.item else ()
    return tuple(dict.fromkeys(warning for warnings in found for warning in warnings))


def step_after(ledger: Ledger, paper: ArchivedPaper) -> StepAction | None:
    """The step that is taken with this signed paper, while it is still to be taken; None when there is none."""
    if not paper.problem_id:
        return None
    case, item = open_case(ledger, paper.problem_id), item_of_paper(region_of(ledger), paper.key)
    if item is None or item.step is None or case.problem.transferred_to:
        return None
    done = Gate(item.step.value) in passed_gates(case) and not is_stage_closed(case)
    return None if done or is_closed(case) else item.step


def _checked(ledger: Ledger, paper: ArchivedPaper, entry: ScanEntry, today: date, reason: str) -> _Signed:
    """What was signed, once everything about it is in order."""
    if not entry.files:
        raise Refused("请选择签章扫描件，没有保存。", "scan_none")
    if entry.on is None:
        raise Refused("请填写签章件上的成文日期，没有保存。", "scan_date")
    if entry.on > today:
        raise Refused(f"成文日期{date_in_text(entry.on)}晚于今天，没有保存，请核对。", "scan_future")
    doc_no = mend_doc_no(entry.doc_no)
    if is_numbered(kind_of(paper)) and not doc_no:
        raise Refused(f"请填写“{paper.name}”签章件上的文号，没有保存。", "scan_number")
    printed = mend_doc_no(paper.doc_no)
    if doc_no and printed not in ("", str(read_number(doc_no))) and not clean(reason):
        raise NeedsNumberReason((f"签章件上的文号{doc_no}与打印的{printed}不同",))
    item = item_of_paper(region_of(ledger), paper.key)
    cases = tuple(_named(ledger, paper, entry.problems)) if item else ()
    return _Signed(paper, cases, item, doc_no, entry.on)


def _named(ledger: Ledger, paper: ArchivedPaper, numbers: Iterable[int]) -> Iterator[CaseFile]:
    """The problem of the paper, then the others it names: of the same plan, or of those that a table lists."""
    own = open_case(ledger, paper.problem_id) if paper.problem_id else None
    if own:
        yield own
    listed = {row for row, _ in problems_noticed(ledger, _day_of(paper))} if own is None else set[str]()
    for number in numbers:
        if own and number == own.problem.number:
            continue
        rows = problems_numbered(ledger, number)
        cases = [open_case(ledger, row) for row in rows if len(rows) == 1 or own or row in listed]
        found = [case for case in cases if own is None or case.problem.plan_id == own.problem.plan_id]
        if not found:
            where = "同一方案里" if own else "台账里"
            raise Refused(f"{where}没有问题{number}，没有保存，请核对签章件上写明的问题。", "scan_problem")
        yield from found


def _require_pages(file: Path) -> None:
    with known_faults(file):
        kind = media_type(file, file.name)
    if kind != PDF and not kind.startswith("image/"):
        raise Refused(f"“{file.name}”不是PDF或图片，没有保存。签章件请扫描成PDF，或拍照。", "scan_kind")


def _write(writer: Writer, signed: _Signed, file: Stored, position: int, today: date) -> list[tuple[str, str]]:
    """Write down one file: as a scan of the paper, and as the evidence that the checklist asks for."""
    paper, evidence = signed.paper, list[str]()
    if signed.item is not None:
        said = EvidenceEntry((), f"{paper.name}签章件", signed.item.key, taken_on=signed.on, is_copy=True)
        evidence = [write_evidence(writer, case, file, today, said) for case in signed.cases]
    fields = {
        "paper": paper.id,
        "problem": paper.problem_id or None,
        "evidence": evidence[0] if evidence and paper.problem_id else None,
        "position": position,
        "name": one_line(file.name),
        "sha256": file.sha256,
        "size": file.size,
        "media_type": media_type(file_of(writer.ledger.folder, file.sha256), file.name),
        "doc_no": signed.doc_no,
        "on": signed.on.isoformat(),
        "added_on": today.isoformat(),
    }
    scan = writer.new("paper_scan", fields, **({"scope": paper.problem_id} if paper.problem_id else {}))
    return [("paper_scan", scan), *(("evidence", row) for row in evidence)]
