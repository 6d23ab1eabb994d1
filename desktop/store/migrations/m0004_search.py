"""Search: every text of the ledger once more in short, and an index of its pairs of characters."""

import sqlite3

_TABLES = (
    """CREATE TABLE search_text (
    n INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    row BLOB NOT NULL,
    problem BLOB,
    text TEXT NOT NULL,
    UNIQUE (kind, row)
)""",
    "CREATE INDEX search_text_problem ON search_text (problem)",
    # Every printed character belongs to a pair, punctuation too: what is asked for may hold any.
    "CREATE VIRTUAL TABLE search_index USING fts5 (kind, pairs, content = '', prefix = 1, tokenize = "
    "\"unicode61 remove_diacritics 0 categories 'L* M* N* P* S* Cn Co'\")",
    """CREATE TABLE file_text (
    sha256 TEXT PRIMARY KEY,
    text TEXT NOT NULL
) WITHOUT ROWID""",
    "INSERT OR REPLACE INTO meta (key, value) SELECT 'reindex', '1' WHERE EXISTS (SELECT 1 FROM op)",
)


def apply(connection: sqlite3.Connection) -> None:
    """Make the tables of the search; they are filled from the projection."""
    for statement in _TABLES:
        connection.execute(statement)
