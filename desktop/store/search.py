"""Asking the index of words, and the words of files of evidence."""

from collections.abc import Iterable, Sequence

from desktop.rules.search_words import Found, find_marks, has_words, query_of
from desktop.store.ledger import Ledger
from desktop.store.search_index import KINDS_FOUND, index_rows

_RARE = 500  # rows that hold the words; beyond that every kind is asked by itself


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
    wanted = tuple(kinds)
    places = _places_of(ledger, words, most, wanted)
    sql = f"SELECT n, row, problem, text FROM search_text WHERE n IN ({', '.join(map(str, places))})"
    rows = {row[0]: row[1:] for row in ledger.db.execute_sql(sql)}
    found = []
    for place, kind in places.items():
        row, problem, text = rows.get(place, (b"", b"", ""))
        if has_words(text, words):
            marks = find_marks(text, words)
            found.append(Found(kind, bytes(row).hex(), bytes(problem).hex() if problem else "", text, marks))
    return tuple(found)


def _places_of(ledger: Ledger, words: str, most: int, kinds: Sequence[str]) -> dict[int, str]:
    """The rows of the index that hold the words and their kinds, kind by kind, at most so many of each."""
    if not query_of(words):
        return {}
    # What is rare is asked for once instead of once for each kind; what is common is met at once in each.
    every = _asked(ledger, query_of(words), _RARE) if len(kinds) > 1 else None
    if every is None or len(every) == _RARE:
        found = ((kind, _asked(ledger, query_of(words, kind), most)) for kind in kinds)
        return {place: kind for kind, places in found for place in places}
    by_kind: dict[str, list[int]] = {kind: [] for kind in kinds}
    sql = f"SELECT kind, n FROM search_text WHERE n IN ({', '.join(map(str, every))}) ORDER BY n"
    for kind, place in ledger.db.execute_sql(sql):
        by_kind.get(kind, []).append(place)
    return {place: kind for kind, places in by_kind.items() for place in places[:most]}


def _asked(ledger: Ledger, query: str, most: int) -> tuple[int, ...]:
    sql = "SELECT rowid FROM search_index WHERE search_index MATCH ? LIMIT ?"
    return tuple(row[0] for row in ledger.db.execute_sql(sql, (query, most)))
