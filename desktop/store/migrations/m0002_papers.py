"""Version 2: numbers of documents, archived papers and their signed scans; who made a piece of evidence."""

import sqlite3

_TABLES = {
    "doc_number": "prefix TEXT, year INTEGER, number INTEGER, title TEXT, paper TEXT, problem BLOB, "
    '"on" TEXT, reason TEXT, void TEXT',
    "paper": 'problem BLOB, "key" TEXT, name TEXT, title TEXT, doc_no TEXT, "on" TEXT, is_draft INTEGER, file TEXT, '
    "sha256 TEXT, size INTEGER, media_type TEXT, pages INTEGER, lsn INTEGER, printed_on TEXT, corrects BLOB, void TEXT",
    "paper_scan": "paper BLOB, problem BLOB, evidence BLOB, position INTEGER, name TEXT, sha256 TEXT, size INTEGER, "
    'media_type TEXT, doc_no TEXT, "on" TEXT, added_on TEXT, corrects BLOB, void TEXT',
}
_INDEXED = {
    "doc_number": ("prefix", "year", "number"),
    "paper": ("problem",),
    "paper_scan": ("paper",),
}
_GUARD = """CREATE TRIGGER {table}_guard_{verb} BEFORE {verb} ON "{table}"
    WHEN (SELECT active FROM projecting) = 0
    BEGIN SELECT RAISE(ABORT, 'a projection is written only from the journal'); END"""


def apply(connection: sqlite3.Connection) -> None:
    """Make the tables and columns of version 2, and ask for a new folding where others' ops may hold them already."""
    for table, columns in _TABLES.items():
        connection.execute(
            f'CREATE TABLE "{table}" (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, owner BLOB NOT NULL, '
            f"created INTEGER NOT NULL, person TEXT NOT NULL, {columns})"
        )
        connection.execute(f'CREATE INDEX {table}_by ON "{table}" ({", ".join(_INDEXED[table])})')
        for verb in ("INSERT", "UPDATE", "DELETE"):
            connection.execute(_GUARD.format(table=table, verb=verb))
    for column in ("maker TEXT", "is_copy INTEGER"):
        connection.execute(f"ALTER TABLE evidence ADD COLUMN {column}")
    connection.execute(
        "INSERT OR REPLACE INTO meta (key, value) SELECT 'refold', '2' WHERE EXISTS "
        "(SELECT 1 FROM op, meta WHERE meta.key = 'office' AND lower(hex(op.office)) <> meta.value)"
    )
