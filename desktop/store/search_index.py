"""The index of everything that can be found by its words, kept beside the projection and made anew at will."""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping

from desktop.rules.search_words import pairs_of
from desktop.store.project import Heard, Touched

_CHUNK = 400
_INDEX = "INSERT INTO search_index (rowid, kind, pairs) VALUES (?, ?, ?)"
_LIST_SIGNS = re.compile(r'[\[\]",]+')  # a list is kept as JSON
# Kind of record: its texts, its problem, and what must hold for it to be found.
_SOURCES: Mapping[str, tuple[str, str, str]] = {
    "problem": (
        "text, target, deadline_raw, leaders, external_numbers, element, problem_type",
        "id",
        "void IS NULL",
    ),
    "measure": ("text", "problem", "void IS NULL"),
    "stage": ("text", "problem", "void IS NULL"),
    "progress": ("text, difficulty, next_step", "problem", "void IS NULL"),
    "step": ("text, reason, result, doc_no, url", "problem", "void IS NULL"),
    "deadline_change": ("reason, doc_no, approver", "problem", "void IS NULL"),
    "evidence": (
        "name, note, place, maker, (SELECT text FROM file_text WHERE file_text.sha256 = evidence.sha256)",
        "problem",
        "void IS NULL",
    ),
    "paper": ("name, title, doc_no", "problem", "void IS NULL"),
    "site": ("name, place, batch, note", "problem", "void IS NULL"),
    "objection": ("text, handling, result", "problem", "void IS NULL"),
    "publication": ("title, platform, url, subject", "problem", "void IS NULL"),
    "chase": ("text, doc_no, reply, close_no, close_note", "problem", "void IS NULL"),
    "visit": ("place, found, demand, handled", "problem", "void IS NULL"),
    "unit": (
        "name, short_name, (SELECT group_concat(alias, ' ') FROM unit_alias WHERE unit_alias.unit = \"unit\".id "
        "AND active = 1)",
        "NULL",
        "void IS NULL AND merged_into IS NULL",
    ),
    "person": ("name, post", "NULL", "void IS NULL"),
    "plan": ("title, doc_no", "NULL", "void IS NULL"),
}
KINDS_FOUND = tuple(_SOURCES)


def refresh_search(connection: sqlite3.Connection, touched: Touched, heard: Heard = lambda: None) -> None:
    """Index the rows an action touched; inside the caller's transaction. ``heard`` as of ``refresh_summaries``."""
    for kind, rows in touched.rows.items():
        if kind in _SOURCES:
            for part in _parts([bytes.fromhex(row) for row in dict.fromkeys(rows)]):
                heard()
                index_rows(connection, kind, part)
    aliases = [bytes.fromhex(row) for row in touched.rows.get("unit_alias", ())]
    units = [
        row[0]
        for part in _parts(aliases)
        for row in connection.execute(f"SELECT DISTINCT unit FROM unit_alias WHERE id IN ({_marks(part)})", part)
        if row[0]
    ]
    index_rows(connection, "unit", units)


def rebuild_search(connection: sqlite3.Connection) -> None:
    """Throw the index away and make it anew; inside the caller's transaction."""
    connection.execute("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    connection.execute("DELETE FROM search_text")
    for kind in _SOURCES:
        _add(connection, _read(connection, kind))


def index_rows(connection: sqlite3.Connection, kind: str, rows: list[bytes]) -> None:
    """Bring the index of some rows up to date; what did not change is left alone."""
    for part in _parts(rows):
        marks = _marks(part)
        sql = f"SELECT row, n, problem, text FROM search_text WHERE kind = ? AND row IN ({marks})"
        held = {bytes(row): (n, problem, text) for row, n, problem, text in connection.execute(sql, (kind, *part))}
        now = {bytes(line[1]): line for line in _read(connection, kind, f"AND id IN ({marks})", part)}
        old = [(row, n, text) for row, (n, of, text) in held.items() if row not in now or (of, text) != now[row][2:]]
        connection.executemany(
            "INSERT INTO search_index (search_index, rowid, kind, pairs) VALUES ('delete', ?, ?, ?)",
            [(n, kind, pairs_of(text)) for _, n, text in old],
        )
        changed = [(n, now[row]) for row, n, _ in old if row in now]
        connection.executemany(
            "UPDATE search_text SET problem = ?, text = ? WHERE n = ?", [(*line[2:], n) for n, line in changed]
        )
        connection.executemany(_INDEX, [(n, kind, pairs_of(line[3])) for n, line in changed])
        connection.executemany("DELETE FROM search_text WHERE n = ?", [(n,) for row, n, _ in old if row not in now])
        _add(connection, (line for row, line in now.items() if row not in held))


def _read(
    connection: sqlite3.Connection, kind: str, more: str = "", values: Iterable[bytes] = ()
) -> Iterator[tuple[str, bytes, bytes | None, str]]:
    """Kind, row, problem and text of the rows of a kind that can be found."""
    texts, problem, holds = _SOURCES[kind]
    sql = f'SELECT id, {problem}, {texts} FROM "{kind}" WHERE {holds} {more}'
    for row, of, *parts in connection.execute(sql, tuple(values)):
        text = "\n".join(_LIST_SIGNS.sub(" ", part) if part[:1] == "[" else part for part in parts if part)
        if text:
            yield kind, row, of, text


def _add(connection: sqlite3.Connection, lines: Iterable[tuple[str, bytes, bytes | None, str]]) -> None:
    for line in lines:
        sql = "INSERT INTO search_text (kind, row, problem, text) VALUES (?, ?, ?, ?)"
        place = connection.execute(sql, line).lastrowid
        connection.execute(_INDEX, (place, line[0], pairs_of(line[3])))


def _parts(rows: list[bytes]) -> Iterator[list[bytes]]:
    for start in range(0, len(rows), _CHUNK):
        yield rows[start : start + _CHUNK]


def _marks(part: list[bytes]) -> str:
    return ",".join("?" * len(part))
