"""Reading what stands beside a case: sites, objections, publications, judgements, explanations, chasing, visits."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from desktop.rules.case_parts import Parts
from desktop.rules.followup import Chase, Explanation, Objection, Publication, Round, Rung, Site, UnitReport, Visit
from desktop.rules.kinds import KINDS
from desktop.rules.records import Judgement, ProgressClass
from desktop.store.ledger import Ledger
from desktop.store.reading import among, as_date, keys, lines_of

_CLASSES, _RUNGS = frozenset(ProgressClass), frozenset(Rung)
# In the order of the fields of ``CaseFile``.
_TABLES = ("site", "objection", "publication", "judgement", "explanation", "chase", "visit")


@dataclass(frozen=True, slots=True)
class Followup:
    """What was read for some problems, table by table."""

    found: dict[str, dict[str, list[Any]]]

    def of(self, problem: str) -> tuple[tuple[Any, ...], ...]:
        """The records of one problem, a tuple for each table in the order of the fields of ``CaseFile``."""
        return tuple(tuple(self.found[table][problem]) for table in _TABLES)


def rows_of_cases(
    ledger: Ledger, table: str, ids: list[str], parts: Parts | None = None, key: str = "problem"
) -> Iterator[Any]:
    """Rows of some problems that are neither withdrawn nor replaced by a correction, in order of creation.

    With ``parts`` only the fields they name; no row of a kind that they do not name.
    """
    if parts is not None and table not in parts:
        return iter(())
    where, fields = f"{among(key, ids)} AND void IS NULL", parts[table] if parts is not None else None
    return _standing(table, lines_of(ledger.db, table, where, keys(ids), fields))


def read_followup(ledger: Ledger, ids: list[str], parts: Parts | None = None) -> Followup:
    """Everything of these tables for some problems; rows without a sound date or value are passed over."""
    found: dict[str, dict[str, list[Any]]] = {}
    merged = merged_units(ledger)
    for table in _TABLES:
        by_problem: dict[str, list[Any]] = defaultdict(list)
        for row in rows_of_cases(ledger, table, ids, parts):
            record = make_record(table, row, merged)
            if record is not None:
                by_problem[row.problem].append(record)
        found[table] = by_problem
    for sites in found["site"].values():
        sites.sort(key=lambda site: site.number)
    return Followup(found)


def read_rounds(ledger: Ledger) -> tuple[Round, ...]:
    """All dispatch rounds in the order of months and numbers."""
    rounds = (
        Round(
            row.id,
            row.month or "",
            row.number or 1,
            row.title or "",
            as_date(row.opened_on),
            as_date(row.due_on),
            row.note or "",
            as_date(row.frozen_on),
            row.frozen_lsn,
            row.owner,
            row.person,
        )
        for row in lines_of(ledger.db, "round", "void IS NULL")
    )
    return tuple(sorted(rounds, key=lambda found: (found.month, found.number)))


def read_unit_reports(ledger: Ledger, month: str) -> tuple[UnitReport, ...]:
    """Which units have reported for a month (``2026-11``), in the order of arrival."""
    rows = _standing("unit_report", lines_of(ledger.db, "unit_report", "month = ? AND void IS NULL", (month,)))
    return tuple(
        UnitReport(
            row.id,
            row.month,
            row.number or 1,
            row.unit,
            on,
            bool(row.is_zero),
            row.way or "",
            row.reporter or "",
            row.checker or "",
            row.note or "",
            row.person,
        )
        for row in rows
        if (on := as_date(row.on))
    )


def _standing(table: str, rows: Iterator[Any]) -> Iterator[Any]:
    if not KINDS[table].appends:
        return rows
    found = list(rows)
    replaced = {row.corrects for row in found}
    return (row for row in found if row.id not in replaced)


def _site(row: Any) -> Site:
    return Site(
        row.id,
        row.problem,
        row.number or 0,
        row.name or "",
        row.place or "",
        row.measure,
        row.unit,
        as_date(row.due),
        as_date(row.done_on),
        as_date(row.checked_on),
        as_date(row.closed_on),
        row.batch or "",
        row.note or "",
    )


def _objection(row: Any) -> Objection | None:
    received = as_date(row.received_on)
    return (
        None
        if received is None
        else Objection(
            row.id,
            row.problem,
            received,
            row.text or "",
            row.raiser or "",
            row.way or "",
            row.notice,
            row.handler or "",
            row.handling or "",
            row.result or "",
            as_date(row.answered_on),
        )
    )


def _publication(row: Any) -> Publication | None:
    on = as_date(row.on)
    return (
        None
        if on is None
        else Publication(
            row.id,
            row.problem,
            on,
            row.platform or "",
            row.title or "",
            row.subject or "",
            row.url or "",
            row.evidence,
        )
    )


def _judgement(row: Any) -> Judgement | None:
    on = as_date(row.on)
    if on is None or row.decided not in _CLASSES:
        return None
    suggested = ProgressClass(row.suggested) if row.suggested in _CLASSES else None
    return Judgement(
        row.id,
        row.problem,
        row.month or "",
        on,
        suggested,
        ProgressClass(row.decided),
        row.light or "",
        row.reason or "",
        row.person,
        row.created,
    )


def _explanation(row: Any) -> Explanation | None:
    on = as_date(row.on)
    return (
        None
        if on is None
        else Explanation(
            row.id, row.problem, row.measure, row.month or "", row.rule or "", row.reason or "", on, row.person
        )
    )


def _chase(row: Any) -> Chase | None:
    on = as_date(row.on)
    if on is None or row.rung not in _RUNGS:
        return None
    return Chase(
        id=row.id,
        problem_id=row.problem,
        sheet=row.sheet or row.id,
        rung=Rung(row.rung),
        on=on,
        unit_id=row.unit,
        month=row.month or "",
        due=as_date(row.due),
        doc_no=row.doc_no or "",
        text=row.text or "",
        paper_id=row.paper,
        replied_on=as_date(row.replied_on),
        reply=row.reply or "",
        closed_on=as_date(row.closed_on),
        close_no=row.close_no or "",
        close_note=row.close_note or "",
        person=row.person,
        order=row.created,
    )


def _visit(row: Any) -> Visit | None:
    on = as_date(row.on)
    return (
        None
        if on is None
        else Visit(
            id=row.id,
            problem_id=row.problem,
            sheet=row.sheet or row.id,
            on=on,
            way=row.way or "",
            unit_id=row.unit,
            place=row.place or "",
            people=row.people or "",
            found=row.found or "",
            result=row.result or "",
            demand=row.demand or "",
            due=as_date(row.due),
            handled_on=as_date(row.handled_on),
            handled=row.handled or "",
            person=row.person,
        )
    )


_MAKE: dict[str, Callable[[Any], Any]] = {
    "site": _site,
    "objection": _objection,
    "publication": _publication,
    "judgement": _judgement,
    "explanation": _explanation,
    "chase": _chase,
    "visit": _visit,
}


def make_record(table: str, row: Any, merged: Mapping[str, str]) -> Any:
    """The record of one row of a table of this room; None where its date or value is not sound.

    A unit that became part of another one stands as that one (``merged_units``).
    """
    record = _MAKE[table](row)
    unit = getattr(record, "unit_id", "")
    return replace(record, unit_id=merged[unit]) if unit in merged else record


def merged_units(ledger: Ledger) -> dict[str, str]:
    """Of each unit that became part of another one that is there, that other one."""
    rows = ledger.db.execute_sql(
        "SELECT gone.id, kept.id FROM unit gone JOIN unit kept ON kept.id = gone.merged_into WHERE kept.void IS NULL"
    )
    return {bytes(gone).hex(): bytes(kept).hex() for gone, kept in rows}
