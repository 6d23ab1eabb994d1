"""Version 5: which unit reported a progress entry, who filled it in and checked it, its own judgement and forecast."""

import sqlite3

_COLUMNS = ("unit BLOB", "reporter TEXT", "checker TEXT", "claimed TEXT", "expected_on TEXT")


def apply(connection: sqlite3.Connection) -> None:
    """Add the columns, and ask for a new folding where others' ops may hold them already."""
    for column in _COLUMNS:
        connection.execute(f"ALTER TABLE progress ADD COLUMN {column}")
    connection.execute(
        "INSERT OR REPLACE INTO meta (key, value) SELECT 'refold', '5' WHERE EXISTS "
        "(SELECT 1 FROM op, meta WHERE meta.key = 'office' AND lower(hex(op.office)) <> meta.value)"
    )
