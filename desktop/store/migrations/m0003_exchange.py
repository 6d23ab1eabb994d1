"""Exchange: seals, the keys of other offices, packages that came and went, and what each office has received."""

import sqlite3

_TABLES = (
    """CREATE TABLE seal (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    office BLOB NOT NULL,
    line TEXT NOT NULL
)""",
    """CREATE TABLE office_key (
    key_id BLOB PRIMARY KEY,
    office BLOB NOT NULL,
    name TEXT NOT NULL,
    parent BLOB,
    sign TEXT NOT NULL,
    age TEXT NOT NULL,
    state TEXT NOT NULL,
    since TEXT NOT NULL,
    how TEXT NOT NULL,
    card TEXT
) WITHOUT ROWID""",
    "CREATE INDEX office_key_of ON office_key (office)",
    """CREATE TABLE package_in (
    id BLOB PRIMARY KEY,
    sender BLOB NOT NULL,
    kind TEXT NOT NULL,
    made INTEGER NOT NULL,
    taken INTEGER NOT NULL,
    day TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    report TEXT NOT NULL,
    undone TEXT
) WITHOUT ROWID""",
    """CREATE TABLE package_out (
    id BLOB PRIMARY KEY,
    receiver BLOB NOT NULL,
    kind TEXT NOT NULL,
    made INTEGER NOT NULL,
    day TEXT NOT NULL,
    upto INTEGER NOT NULL,
    scopes TEXT NOT NULL,
    files TEXT NOT NULL,
    name TEXT NOT NULL,
    receipt TEXT
) WITHOUT ROWID""",
    """CREATE TABLE package_held (
    id BLOB PRIMARY KEY,
    sender BLOB NOT NULL,
    sender_name TEXT NOT NULL,
    key_id BLOB NOT NULL,
    day TEXT NOT NULL,
    file TEXT NOT NULL,
    why TEXT NOT NULL
) WITHOUT ROWID""",
    """CREATE TABLE peer_scope (
    peer BLOB NOT NULL,
    scope BLOB NOT NULL,
    acked INTEGER NOT NULL,
    PRIMARY KEY (peer, scope)
) WITHOUT ROWID""",
    """CREATE TABLE peer_file (
    peer BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    has INTEGER NOT NULL,
    PRIMARY KEY (peer, sha256)
) WITHOUT ROWID""",
)


def apply(connection: sqlite3.Connection) -> None:
    """Make the tables that only this copy of the ledger needs; none of them is a projection of the journal."""
    for statement in _TABLES:
        connection.execute(statement)
