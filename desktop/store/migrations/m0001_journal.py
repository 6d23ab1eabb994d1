"""Version 1: the journal, the projection tables with their guards, the summary and the local facts."""

import sqlite3

_JOURNAL = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE op (
    lsn INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    row BLOB NOT NULL,
    scope BLOB,
    hlc INTEGER NOT NULL,
    office BLOB NOT NULL,
    day TEXT NOT NULL,
    seal INTEGER,
    body TEXT,
    stub TEXT,
    CHECK (body IS NOT NULL OR stub IS NOT NULL)
);
CREATE INDEX op_row ON op (row);
CREATE INDEX op_scope ON op (scope, lsn);
CREATE INDEX op_unsealed ON op (lsn) WHERE seal IS NULL;
CREATE TABLE blob (
    sha256 TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    have INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE conflict (
    row BLOB NOT NULL,
    field TEXT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (row, field)
) WITHOUT ROWID;
CREATE TABLE projecting (active INTEGER NOT NULL);
INSERT INTO projecting VALUES (0);
CREATE TABLE summary (
    problem BLOB NOT NULL UNIQUE,
    number INTEGER NOT NULL,
    head TEXT,
    source TEXT,
    inspection TEXT,
    plan_order INTEGER NOT NULL,
    term_class TEXT,
    deadline TEXT,
    plan_deadline TEXT,
    lead TEXT,
    responsible TEXT,
    percent INTEGER,
    last_month TEXT,
    measures INTEGER,
    measures_done INTEGER,
    evidence INTEGER,
    returned INTEGER,
    reopened INTEGER,
    transferred INTEGER,
    self_check TEXT,
    apply TEXT,
    accept TEXT,
    notice TEXT,
    notice_end TEXT,
    file TEXT,
    closed INTEGER
);
CREATE INDEX summary_order ON summary (plan_order, number, problem);
CREATE INDEX summary_figures ON summary (closed, transferred, term_class, deadline, percent, self_check);
CREATE TRIGGER op_kept BEFORE DELETE ON op BEGIN SELECT RAISE(ABORT, 'the journal is never deleted'); END;
CREATE TRIGGER op_fixed BEFORE UPDATE OF lsn, id, row, scope, hlc, office, day ON op
    BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER op_appended BEFORE INSERT ON op WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'the journal is written only by append'); END;
CREATE TRIGGER op_body BEFORE UPDATE OF body, stub ON op
    WHEN NEW.body IS NOT NULL OR NEW.stub IS NULL OR OLD.body IS NULL OR (SELECT active FROM projecting) <> 2
    BEGIN SELECT RAISE(ABORT, 'a body can only be purged'); END;
"""

# Column types: TEXT, INTEGER, BLOB for references. The first reference of a case's table is indexed.
_TABLES = {
    "office": "name TEXT, district TEXT, region TEXT, unit BLOB, parent BLOB",
    "setting": "key TEXT, value TEXT",
    "inspection": "name TEXT, level TEXT, source TEXT, kind TEXT, round_no INTEGER, feedback_on TEXT, void TEXT",
    "plan": "title TEXT, doc_no TEXT, issued_on TEXT, inspection BLOB, issuer TEXT, stated_total INTEGER, "
    "stated_by_year TEXT, void TEXT",
    "problem": "plan BLOB, inspection BLOB, number INTEGER, text TEXT, target TEXT, deadline_raw TEXT, deadline TEXT, "
    "term_class TEXT, is_immediate INTEGER, is_long_term INTEGER, leaders TEXT, raw TEXT, internal_deadline TEXT, "
    "element TEXT, problem_type TEXT, external_numbers TEXT, transferred_to BLOB, listed_for_chasing INTEGER, "
    "dedicated_watch INTEGER, void TEXT",
    "problem_unit": "problem BLOB, unit BLOB, role TEXT, position INTEGER, active INTEGER",
    "measure": "problem BLOB, number INTEGER, text TEXT, due TEXT, quantity INTEGER, quantity_of INTEGER, "
    "quantity_unit TEXT, void TEXT",
    "stage": "problem BLOB, due TEXT, text TEXT, count INTEGER, reached_on TEXT, void TEXT",
    "deadline_change": "problem BLOB, old TEXT, new TEXT, reason TEXT, unit_opinion TEXT, approver TEXT, doc_no TEXT, "
    '"on" TEXT, corrects BLOB, void TEXT',
    "progress": 'problem BLOB, measure BLOB, month TEXT, "on" TEXT, text TEXT, percent INTEGER, '
    "quantity_done INTEGER, difficulty TEXT, next_step TEXT, corrects BLOB, void TEXT",
    "evidence": "problem BLOB, measure BLOB, name TEXT, sha256 TEXT, size INTEGER, media_type TEXT, item TEXT, "
    "gate TEXT, taken_on TEXT, place TEXT, note TEXT, pages INTEGER, added_on TEXT, corrects BLOB, void TEXT",
    "step": 'problem BLOB, action TEXT, "on" TEXT, "end" TEXT, text TEXT, reason TEXT, warnings TEXT, doc_no TEXT, '
    "url TEXT, result TEXT, saw TEXT, corrects BLOB, void TEXT",
    "unit": "name TEXT, short_name TEXT, is_group INTEGER, rank INTEGER, phone TEXT, merged_into BLOB, void TEXT",
    "unit_alias": "unit BLOB, alias TEXT, active INTEGER",
    "unit_member": '"group" BLOB, unit BLOB, active INTEGER',
    "person": "name TEXT, post TEXT, unit BLOB, phone TEXT, is_leader INTEGER, void TEXT",
    "holiday": "year INTEGER, off TEXT, work TEXT, source TEXT, confirmed INTEGER",
    "purge": "op TEXT, sha256 TEXT, reason TEXT",
}
_INDEXED = {
    "problem": ("plan", "number"),
    "problem_unit": ("problem",),
    "measure": ("problem", "number"),
    "stage": ("problem",),
    "deadline_change": ("problem",),
    "progress": ("problem", "measure", "month"),
    "evidence": ("problem",),
    "step": ("problem",),
    "unit_alias": ("unit",),
    "unit_member": ('"group"',),
}
_GUARD = """CREATE TRIGGER {table}_guard_{verb} BEFORE {verb} ON "{table}"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END"""


def apply(connection: sqlite3.Connection) -> None:
    """Make every table of version 1."""
    for statement in _statements(_JOURNAL):
        connection.execute(statement)
    for table, columns in _TABLES.items():
        connection.execute(
            f'CREATE TABLE "{table}" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, '
            f"created INTEGER NOT NULL, person TEXT NOT NULL, {columns})"
        )
        if table in _INDEXED:
            connection.execute(f'CREATE INDEX {table}_by ON "{table}" ({", ".join(_INDEXED[table])})')
    for table in (*_TABLES, "summary", "conflict"):
        for verb in ("INSERT", "UPDATE", "DELETE"):
            connection.execute(_GUARD.format(table=table, verb=verb))


def _statements(script: str) -> list[str]:
    """Split a script at complete statements, so that all of them stay inside one transaction."""
    found, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            found.append(current)
            current = ""
    return found
