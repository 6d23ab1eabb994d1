"""Reading the archive of papers with their scans, and the register of their numbers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from desktop.rules.archive import ArchivedPaper, PaperScan
from desktop.rules.doc_numbers import DocNo, mend_doc_no, read_doc_no
from desktop.rules.number_register import NumberEntry, NumberUse, Register
from desktop.rules.ops import is_hex
from desktop.rules.records import ACTION_WORDS, StepAction
from desktop.store.evidence import file_of, purged_files
from desktop.store.ledger import Ledger
from desktop.store.reading import as_date, keys, lines_of

# The district's own papers: an acceptance or an extension carries the number of another office.
_OWN_STEPS = (StepAction.APPLY, StepAction.FILE)


def read_papers(ledger: Ledger, problem: str = "") -> tuple[ArchivedPaper, ...]:
    """The archived papers in the order they were printed, of one problem when it is given."""
    where, values = ('"problem" = ?', keys([problem])) if problem else ("1", [])
    purged = purged_files(ledger.db)
    scans = _scans(ledger, where, values)
    rows = _standing(lines_of(ledger.db, "paper", f"{where} AND void IS NULL", values))
    return tuple(_paper(ledger.folder, row, purged, tuple(scans[row.id])) for row in rows)


def _standing(rows: Iterable[Any]) -> list[Any]:
    """Rows that no later one corrects."""
    found = list(rows)
    replaced = {row.corrects for row in found}
    return [row for row in found if row.id not in replaced]


def _paper(folder: Path, row: Any, purged: frozenset[str], scans: tuple[PaperScan, ...]) -> ArchivedPaper:
    digest = row.sha256 or ""
    present = _is_there(folder, digest)
    return ArchivedPaper(
        id=row.id,
        key=row.key or "",
        name=row.name or "",
        file=row.file or "",
        sha256=digest,
        size=row.size or 0,
        pages=row.pages or 0,
        lsn=row.lsn or 0,
        problem_id=row.problem,
        title=row.title or "",
        doc_no=row.doc_no or "",
        on=as_date(row.on),
        is_draft=bool(row.is_draft),
        media_type=row.media_type or "application/pdf",
        printed_on=as_date(row.printed_on),
        person=row.person,
        order=row.created,
        present=present,
        is_purged=not present and digest in purged,
        scans=scans,
    )


def _scans(ledger: Ledger, where: str, values: list[bytes]) -> dict[str, list[PaperScan]]:
    found: dict[str, list[PaperScan]] = defaultdict(list)
    for row in _standing(lines_of(ledger.db, "paper_scan", f"{where} AND void IS NULL", values)):
        digest = row.sha256 or ""
        found[row.paper].append(
            PaperScan(
                id=row.id,
                paper_id=row.paper,
                name=row.name or "",
                sha256=digest,
                size=row.size or 0,
                media_type=row.media_type or "",
                doc_no=row.doc_no or "",
                on=as_date(row.on),
                added_on=as_date(row.added_on),
                evidence_id=row.evidence,
                person=row.person,
                present=_is_there(ledger.folder, digest),
            )
        )
    return found


def _is_there(folder: Path, digest: str) -> bool:
    return is_hex(digest, 64) and file_of(folder, digest).is_file()


# The register


def read_register(ledger: Ledger) -> Register:
    """The register of numbers, with those that steps on record name."""
    entries = tuple(_entries(ledger))
    uses = tuple(_uses(ledger))
    signed = ledger.db.execute_sql("SELECT doc_no FROM paper_scan WHERE doc_no <> '' AND void IS NULL")
    issued = {number for row in signed if (number := read_doc_no(row[0]))}
    return Register(entries, uses, frozenset(issued | {use.doc_no for use in uses}))


def _entries(ledger: Ledger) -> Iterator[NumberEntry]:
    for row in lines_of(ledger.db, "doc_number"):
        # A row of a hostile or broken sender may lack what makes it a number.
        if row.prefix and row.year and row.number:
            yield NumberEntry(
                row.id,
                DocNo(row.prefix, row.year, row.number),
                row.title or "",
                row.paper or "",
                row.problem,
                as_date(row.on),
                row.reason or "",
                row.void or "",
                row.person,
            )


def _uses(ledger: Ledger) -> Iterator[NumberUse]:
    marks = ", ".join("?" * len(_OWN_STEPS))
    rows = ledger.db.execute_sql(
        f'SELECT s.doc_no, s.problem, s."on", s.action, p.number FROM step s JOIN problem p ON p.id = s.problem '
        f"WHERE s.action IN ({marks}) AND s.doc_no <> '' AND s.void IS NULL AND p.void IS NULL "
        "AND s.id NOT IN (SELECT corrects FROM step WHERE corrects IS NOT NULL AND void IS NULL) "
        "ORDER BY s.created, s.id",
        tuple(action.value for action in _OWN_STEPS),
    )
    for doc_no, problem, on, action, number in rows:
        if made := read_doc_no(mend_doc_no(doc_no)):
            words = f"问题{number}{ACTION_WORDS[StepAction(action)]}"
            yield NumberUse(made, bytes(problem).hex(), as_date(on), words)
