"""Version 6: dispatch rounds, chasing and visits, sites, objections, publications; more of problems and steps."""

import sqlite3

_COLUMNS = {
    "problem": ("same_as BLOB", "next_review TEXT"),
    "step": ("answers TEXT", "way TEXT", "people TEXT", "next_on TEXT"),
}
_TABLES = {
    "site": "problem BLOB, measure BLOB, number INTEGER, name TEXT, place TEXT, unit BLOB, due TEXT, done_on TEXT, "
    "checked_on TEXT, closed_on TEXT, batch TEXT, note TEXT, void TEXT",
    "objection": "problem BLOB, notice BLOB, received_on TEXT, raiser TEXT, way TEXT, text TEXT, handler TEXT, "
    "handling TEXT, result TEXT, answered_on TEXT, void TEXT",
    "publication": 'problem BLOB, subject TEXT, platform TEXT, url TEXT, "on" TEXT, title TEXT, evidence BLOB, '
    "void TEXT",
    "judgement": 'problem BLOB, month TEXT, "on" TEXT, suggested TEXT, decided TEXT, light TEXT, reason TEXT, '
    "corrects BLOB, void TEXT",
    "explanation": 'problem BLOB, measure BLOB, month TEXT, rule TEXT, "on" TEXT, reason TEXT, corrects BLOB, '
    "void TEXT",
    "chase": 'problem BLOB, sheet TEXT, rung TEXT, unit BLOB, month TEXT, "on" TEXT, due TEXT, doc_no TEXT, text TEXT, '
    "paper BLOB, replied_on TEXT, reply TEXT, closed_on TEXT, close_no TEXT, close_note TEXT, void TEXT",
    "visit": 'problem BLOB, sheet TEXT, unit BLOB, way TEXT, "on" TEXT, place TEXT, people TEXT, found TEXT, '
    "result TEXT, demand TEXT, due TEXT, handled_on TEXT, handled TEXT, void TEXT",
    "round": "month TEXT, number INTEGER, title TEXT, opened_on TEXT, due_on TEXT, note TEXT, frozen_on TEXT, "
    "frozen_lsn INTEGER, void TEXT",
    "unit_report": 'month TEXT, number INTEGER, unit BLOB, "on" TEXT, is_zero INTEGER, way TEXT, reporter TEXT, '
    "checker TEXT, note TEXT, corrects BLOB, void TEXT",
}
_INDEXED = {
    "site": "problem",
    "objection": "problem",
    "publication": "problem",
    "judgement": "problem, month",
    "explanation": "problem, month",
    "chase": "problem",
    "visit": "problem",
    "round": "month",
    "unit_report": "month, unit",
}
_GUARD = """CREATE TRIGGER {table}_guard_{verb} BEFORE {verb} ON "{table}"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END"""


def apply(connection: sqlite3.Connection) -> None:
    """Add the columns and tables, and ask for a new folding where others' ops may hold them already."""
    for table, columns in _COLUMNS.items():
        for column in columns:
            connection.execute(f'ALTER TABLE "{table}" ADD COLUMN {column}')
    for table, columns_of in _TABLES.items():
        connection.execute(
            f'CREATE TABLE "{table}" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, '
            f"created INTEGER NOT NULL, person TEXT NOT NULL, {columns_of})"
        )
        connection.execute(f'CREATE INDEX {table}_by ON "{table}" ({_INDEXED[table]})')
        for verb in ("INSERT", "UPDATE", "DELETE"):
            connection.execute(_GUARD.format(table=table, verb=verb))
    connection.execute(
        "INSERT OR REPLACE INTO meta (key, value) SELECT 'refold', '6' WHERE EXISTS "
        "(SELECT 1 FROM op, meta WHERE meta.key = 'office' AND lower(hex(op.office)) <> meta.value)"
    )
