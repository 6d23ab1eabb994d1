"""Asking the index of words, and the words of files of evidence."""

from collections.abc import Iterable

from desktop.rules.search_words import Found, find_marks, has_words, query_of
from desktop.store.ledger import Ledger
from desktop.store.search_index import KINDS_FOUND, index_rows


def put_file_text(ledger: Ledger, sha256: str, text: str) -> None:
    """Keep the words of a file of evidence, and let all records of this file be found by them."""
    connection = ledger.db.connection()
    with ledger.db.atomic("IMMEDIATE"):
        connection.execute("INSERT OR REPLACE INTO file_text (sha256, text) VALUES (?, ?)", (sha256, text))
        rows = connection.execute("SELECT id FROM evidence WHERE sha256 = ?", (sha256,)).fetchall()
        index_rows(connection, "evidence", [row[0] for row in rows])


def files_without_text(ledger: Ledger, media_type: str) -> tuple[str, ...]:
    """The files of a type among the evidence whose words have not been read yet, by their SHA-256."""
    sql = (
        "SELECT DISTINCT sha256 FROM evidence WHERE media_type = ? AND void IS NULL AND sha256 <> '' "
        "AND sha256 NOT IN (SELECT sha256 FROM file_text) ORDER BY sha256"
    )
    return tuple(row[0] for row in ledger.db.execute_sql(sql, (media_type,)))


def search(ledger: Ledger, words: str, most: int = 50, kinds: Iterable[str] = KINDS_FOUND) -> tuple[Found, ...]:
    """What holds every one of the words, kind by kind in the order given, at most ``most`` of each kind."""
    sql = (
        "SELECT row, problem, text FROM search_index JOIN search_text ON search_text.n = search_index.rowid "
        "WHERE search_index MATCH ? LIMIT ?"
    )
    found = []
    for kind in kinds:
        query = query_of(words, kind)
        for row, problem, text in ledger.db.execute_sql(sql, (query, most)) if query else ():
            if has_words(text, words):
                marks = find_marks(text, words)
                found.append(Found(kind, bytes(row).hex(), bytes(problem).hex() if problem else "", text, marks))
    return tuple(found)
