"""The summary table: one short line for each problem, so that lists and figures never read the long texts."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from desktop.rules.lifecycle import gate_dates, is_closed, is_long_term, notice_end
from desktop.rules.measures import percent_done
from desktop.rules.records import SOURCE_WORDS, CaseFile, Gate, ProblemLine, StepAction, TermClass, UnitRole
from desktop.store.journal import unguarded
from desktop.store.ledger import Ledger
from desktop.store.project import Heard, Touched
from desktop.store.read_cases import read_bare_cases, read_cases
from desktop.store.reading import among, as_date, chunks, keys

HEAD = 60
_COLUMNS = (
    *("problem", "number", "head", "source", "inspection", "plan_order", "term_class", "deadline", "plan_deadline"),
    *("lead", "responsible", "percent", "last_month", "measures", "measures_done", "evidence", "returned", "reopened"),
    *("transferred", "self_check", "apply", "accept", "notice", "notice_end", "file", "closed"),
)
_LAST = (1 << 63) - 1  # problems of no plan stand after those of all plans
_REPLACE = f"INSERT OR REPLACE INTO summary ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_OF_OTHERS = frozenset(_COLUMNS[_COLUMNS.index("lead") : _COLUMNS.index("returned")])
_OWN = tuple(name for name in _COLUMNS[1:] if name not in _OF_OTHERS)
_UPDATE = f"UPDATE summary SET {', '.join(f'{name} = ?' for name in _OWN)} WHERE problem = ?"
# Counts of returns and reopenings do not tell which came last: the step does, asked only where there was one.
_OPENER = (
    "CASE WHEN returned + reopened > 0 THEN (SELECT action FROM step WHERE step.problem = summary.problem "
    "AND void IS NULL AND action IN ('return', 'reopen') ORDER BY created DESC, id DESC LIMIT 1) END"
)
LINE_COLUMNS = (
    "problem, number, head, source, inspection, term_class, deadline, lead, percent, measures, measures_done, "
    f"self_check, apply, accept, notice, file, notice_end, closed, returned, {_OPENER}, transferred, responsible, "
    "last_month"
)


def refresh_summaries(ledger: Ledger, touched: Touched, heard: Heard = lambda: None) -> None:
    """Write the lines of the problems an action touched; inside the caller's transaction.

    ``heard`` is called for every line and may raise to take the transaction back.
    """
    problems = set(touched.problems)
    if touched.units or touched.shared:
        problems |= _concerned(ledger, touched)
    if not problems:
        return
    connection = ledger.db.connection()
    seen = set()
    # The clock of a plan's creation, not its local row number, which differs from copy to copy.
    order = {bytes(row[0]).hex(): row[1] for row in ledger.db.execute_sql("SELECT id, created FROM plan")}
    narrow = problems if not (touched.units or touched.shared) else set()
    narrow = _listed(ledger, sorted(narrow - touched.wider))
    with unguarded(connection):
        for case in read_cases(ledger, sorted(problems - narrow)):
            heard()
            if case.problem.same_as:
                continue  # counted, and listed, with the problem it repeats
            seen.add(case.problem.id)
            connection.execute(_REPLACE, _line(case, order.get(case.problem.plan_id, _LAST)))
        for case in read_bare_cases(ledger, sorted(narrow)):
            heard()
            if case.problem.same_as:
                continue
            seen.add(case.problem.id)
            line = dict(zip(_COLUMNS, _line(case, order.get(case.problem.plan_id, _LAST)), strict=True))
            connection.execute(_UPDATE, (*(line[name] for name in _OWN), line["problem"]))
        gone = [(bytes.fromhex(problem),) for problem in problems - seen]
        connection.executemany("DELETE FROM summary WHERE problem = ?", gone)


def _listed(ledger: Ledger, problems: list[str]) -> set[str]:
    """Those of the problems that have a line."""
    found: set[str] = set()
    for part in chunks(problems):
        sql = f"SELECT problem FROM summary WHERE {among('problem', part)}"
        found |= {bytes(row[0]).hex() for row in ledger.db.execute_sql(sql, tuple(keys(part)))}
    return found


def _concerned(ledger: Ledger, touched: Touched) -> set[str]:
    """Problems that show a changed unit, or all of them after a change of an inspection or plan."""
    if touched.shared:
        return {bytes(row[0]).hex() for row in ledger.db.execute_sql("SELECT id FROM problem")}
    sql = "SELECT unit, problem FROM problem_unit WHERE problem IS NOT NULL AND unit IS NOT NULL"
    merged = "SELECT id FROM unit WHERE merged_into = ?"
    units = {bytes.fromhex(unit) for unit in touched.units}
    units |= {bytes(row[0]) for unit in tuple(units) for row in ledger.db.execute_sql(merged, (unit,))}
    return {bytes(problem).hex() for unit, problem in ledger.db.execute_sql(sql) if bytes(unit) in units}


def _line(case: CaseFile, plan_order: int) -> tuple[Any, ...]:
    problem, gates = case.problem, gate_dates(case)
    actions = [step.action for step in case.steps]
    return (
        bytes.fromhex(problem.id),
        problem.number,
        " ".join(problem.text[: 2 * HEAD].split())[:HEAD],
        SOURCE_WORDS[case.inspection.source] if case.inspection else "",
        case.inspection.name if case.inspection else "",
        plan_order,
        TermClass.LONG_TERM if is_long_term(problem) else problem.term_class,
        _iso(problem.current_deadline),
        _iso(problem.deadline),
        "、".join(case.unit_names(UnitRole.LEAD)),
        "、".join(case.unit_names(UnitRole.RESPONSIBLE)),
        percent_done(case),
        max((p.month for p in case.progress), default=""),
        len(case.measures),
        sum(m.is_done for m in case.measures),
        len(case.evidence),
        actions.count(StepAction.RETURN),
        actions.count(StepAction.REOPEN),
        int(bool(problem.transferred_to)),
        *(_iso(gates[g]) for g in (Gate.SELF_CHECK, Gate.APPLY, Gate.ACCEPT, Gate.NOTICE)),
        _iso(notice_end(case)),
        _iso(gates[Gate.FILE]),
        int(is_closed(case)),
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def first_lines(ledger: Ledger, limit: int = 50, after: ProblemLine | None = None) -> tuple[ProblemLine, ...]:
    """The next lines of the table in the order of plan and number, after a given one (keyset, never OFFSET)."""
    where, values = "", ()
    if after is not None:
        key = bytes.fromhex(after.id)
        sql = "SELECT plan_order, number, problem FROM summary WHERE problem = ?"
        where = "WHERE (plan_order, number, problem) > (?, ?, ?) "
        values = ledger.db.execute_sql(sql, (key,)).fetchone()
        if values is None:
            return ()
    sql = f"SELECT {LINE_COLUMNS} FROM summary {where}ORDER BY plan_order, number, problem LIMIT ?"
    rows = ledger.db.execute_sql(sql, (*values, limit))
    return tuple(as_lines(rows))


_ORDER = (Gate.SELF_CHECK, Gate.APPLY, Gate.ACCEPT, Gate.NOTICE, Gate.FILE)
_TERMS: dict[str | None, TermClass | None] = {None: None, **{term.value: term for term in TermClass}}


def as_lines(rows: Iterable[Any]) -> Iterator[ProblemLine]:
    """Rows of ``LINE_COLUMNS`` as lines of the list."""
    for row in rows:
        gates = row[11:16]
        passed = _passed(gates) if any(gates) else ()
        yield ProblemLine(
            row[0].hex(),
            row[1],
            row[2],
            row[3],
            row[4],
            _TERMS.get(row[5]),
            as_date(row[6]),
            row[7],
            row[8],
            row[9],
            row[10],
            passed,
            as_date(row[16]),
            bool(row[17]),
            bool(row[18]) and not passed,
            StepAction(row[19]) if row[19] else None,
            bool(row[20]),
            row[21] or "",
            row[22] or "",
        )


def _passed(gates: Iterable[str | None]) -> tuple[tuple[Gate, date], ...]:
    return tuple((gate, day) for gate, text in zip(_ORDER, gates, strict=True) if (day := as_date(text)))
