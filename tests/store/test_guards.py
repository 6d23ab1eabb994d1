"""The guards: nothing but the journal's own way writes a row, and nothing ever leaves the journal."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import peewee
import pytest

from desktop.rules.errors import KnownFault, Refused
from desktop.rules.kinds import KINDS
from desktop.store import journal
from desktop.store.connection import FILE
from desktop.store.ledger import Ledger, open_ledger
from desktop.store.models import MODELS
from desktop.store.purging import purge_op
from desktop.store.read_cases import read_case
from desktop.store.writer import writing
from tests.store.support import TODAY, ids_of, state_of

GUARDED = (*KINDS, "summary", "conflict")


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """A ledger with a row in every table of the projection."""
    sample = {"text": "x", "int": 1, "flag": True, "date": "2026-11-23", "list": ["x"], "ref": "ab" * 16}
    with writing(ledger, "张三", TODAY) as writer:
        for kind in KINDS.values():
            writer.new(kind.name, {f.name: sample[f.type] for f in kind.fields if f.name not in ("void", "corrects")})
        problem = writer.new("problem", {"number": 5, "text": "举报人张某某反映"})
    connection = ledger.db.connection()
    connection.execute("BEGIN")
    with journal.unguarded(connection):
        connection.execute("INSERT INTO conflict VALUES (?, 'text', 'conflict')", (bytes.fromhex(problem),))
    connection.execute("COMMIT")
    return ledger


@pytest.fixture
def bare(filled: Ledger, folder: Path) -> Iterator[sqlite3.Connection]:
    """Any other tool on the same file."""
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    yield connection
    connection.close()


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize(
    "statement",
    [
        'INSERT INTO "{t}" SELECT * FROM "{t}" LIMIT 1',
        'INSERT OR REPLACE INTO "{t}" SELECT * FROM "{t}" LIMIT 1',
        'UPDATE "{t}" SET rowid = rowid',
        'DELETE FROM "{t}"',
    ],
)
def test_no_row_of_the_projection_is_written_directly(bare: sqlite3.Connection, table: str, statement: str) -> None:
    assert bare.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] > 0
    sql = statement.format(t=table)
    if table == "conflict":
        sql = sql.replace("rowid = rowid", "kind = kind")
    before = list(bare.iterdump())
    with pytest.raises(sqlite3.IntegrityError, match="written only from the journal"):
        bare.execute(sql)
    assert list(bare.iterdump()) == before


@pytest.mark.parametrize("table", KINDS)
def test_a_peewee_write_past_the_journal_is_refused(filled: Ledger, table: str) -> None:
    with pytest.raises(peewee.IntegrityError, match="written only from the journal"):
        MODELS[table].delete().execute(filled.db)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO op SELECT lsn + 100, randomblob(20), row, scope, hlc, office, day, seal, body, stub FROM op",
        "INSERT OR REPLACE INTO op SELECT * FROM op",
        "REPLACE INTO op (lsn, id, row, hlc, office, day, body) VALUES (1, x'00', x'00', 0, x'00', '', '{}')",
        "DELETE FROM op",
        "DELETE FROM op WHERE lsn = 1",
        "UPDATE op SET lsn = lsn + 100",
        "UPDATE op SET id = randomblob(20)",
        "UPDATE op SET row = x'00'",
        "UPDATE op SET scope = NULL",
        "UPDATE op SET hlc = 0",
        "UPDATE op SET office = x'00'",
        "UPDATE op SET day = '1999-01-01'",
        "UPDATE op SET body = replace(body, '5', '6')",
        "UPDATE op SET body = NULL",
        "UPDATE op SET body = NULL, stub = '{}'",
        "UPDATE op SET stub = '{}'",
        "INSERT INTO op SELECT * FROM op WHERE 1 ON CONFLICT DO UPDATE SET body = NULL, stub = '{}'",
    ],
)
def test_the_journal_is_never_changed_directly(bare: sqlite3.Connection, statement: str) -> None:
    before = list(bare.iterdump())
    with pytest.raises(sqlite3.IntegrityError):
        bare.execute(statement)
    assert list(bare.iterdump()) == before


_OF_THE_INDEX = ("config", "data", "docsize", "idx")


def test_every_table_of_the_file_is_guarded_or_local() -> None:
    """A new table must be entered in one of the two lists."""
    local = {"meta", "blob", "projecting", "op", "seal", "office_key", "peer_scope", "peer_file"}
    local |= {"search_text", "file_text", "search_index", *(f"search_index_{part}" for part in _OF_THE_INDEX)}
    local |= {"package_in", "package_out", "package_held"}
    connection = sqlite3.connect(":memory:")
    from desktop.store.migrations import migrate

    migrate(connection)
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    triggers = {row[0] for row in connection.execute("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'")}
    connection.close()
    assert tables == local | set(GUARDED)
    assert triggers == {"op", *GUARDED}


def test_the_guard_opens_only_inside_a_transaction(filled: Ledger) -> None:
    connection = filled.db.connection()
    with pytest.raises(RuntimeError, match="inside a transaction"), journal.unguarded(connection):
        pass
    assert connection.execute("SELECT active FROM projecting").fetchone() == (0,)


def test_the_guard_closes_again_after_a_failure(filled: Ledger) -> None:
    connection = filled.db.connection()
    connection.execute("BEGIN")
    with pytest.raises(ZeroDivisionError), journal.unguarded(connection):
        raise ZeroDivisionError
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("DELETE FROM problem")
    connection.execute("ROLLBACK")


SECRET = "举报人欧阳某某住蒸湘区解放路８号".encode()


def raw_bytes(folder: Path) -> bytes:
    """Everything SQLite keeps in files of this ledger."""
    return b"".join(file.read_bytes() for file in folder.glob(FILE + "*"))


def secret_op(ledger: Ledger) -> tuple[str, str]:
    """A problem whose text must go, written among many others; its row and the op that wrote the text."""
    with writing(ledger, "张三", TODAY) as writer:
        for number in range(300):
            writer.new("problem", {"number": number, "text": "一般问题" * 40})
        row = writer.new("problem", {"number": 400, "text": "原文"})
    with writing(ledger, "张三", TODAY) as writer:
        writer.set("problem", row, {"text": SECRET.decode("utf-8"), "target": "目标"})
    op = ids_of(ledger)[-1]
    with writing(ledger, "张三", TODAY) as writer:
        for number in range(300):
            writer.new("problem", {"number": 1000 + number, "text": "后来的问题" * 40})
    return row, op


def test_after_a_purge_the_bytes_are_gone_from_the_files_and_the_fact_stays(ledger: Ledger, folder: Path) -> None:
    row, op = secret_op(ledger)
    assert SECRET in raw_bytes(folder)
    ops = len(ids_of(ledger))
    purge_op(ledger, op, "内容涉密", "李四", TODAY)
    assert SECRET not in raw_bytes(folder)
    assert len(ids_of(ledger)) == ops + 1
    tombstone = journal.find_op(ledger.db.connection(), op)
    assert (tombstone.purged, tombstone.person, tombstone.nonce) == (True, "张三", "")
    assert dict(tombstone.fields) == {"text": None, "target": None}
    assert state_of(ledger)["purge"][0][-3:] == (op, None, "内容涉密")
    case = read_case(ledger, row)
    assert case is not None
    assert case.problem.text == ""
    line = ledger.db.execute_sql("SELECT head FROM summary WHERE problem = ?", (bytes.fromhex(row),)).fetchone()
    assert line == ("",)


def test_a_tombstone_does_not_let_a_short_value_be_guessed(ledger: Ledger) -> None:
    with writing(ledger, "张三", TODAY) as writer:
        writer.new("person", {"name": "张某"})
    op, body = ledger.db.execute_sql("SELECT id, body FROM op").fetchone()
    nonce = body.split('"n":"')[1][:16]
    purge_op(ledger, bytes(op).hex(), "误录", "李四", TODAY)
    assert nonce not in ledger.db.execute_sql("SELECT stub FROM op WHERE body IS NULL").fetchone()[0]


def test_a_purged_ledger_checks_clean_and_opens_again(ledger: Ledger, folder: Path) -> None:
    from desktop.store.integrity import check_ledger

    _, op = secret_op(ledger)
    purge_op(ledger, op, "内容涉密", "李四", TODAY)
    assert check_ledger(ledger).is_sound
    ledger.close()
    with open_ledger(folder) as again:
        assert check_ledger(again).is_sound
        assert SECRET not in raw_bytes(folder)


def test_purging_twice_records_it_once(ledger: Ledger) -> None:
    _, op = secret_op(ledger)
    purge_op(ledger, op, "内容涉密", "李四", TODAY)
    count = len(ids_of(ledger))
    purge_op(ledger, op, "内容涉密", "李四", TODAY)
    assert len(ids_of(ledger)) == count


def test_purging_what_is_not_here_is_refused(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="不在本台账中"):
        purge_op(ledger, "ab" * 20, "误录", "李四", TODAY)
    assert ids_of(ledger) == []


def test_purging_while_another_window_reads_says_that_old_bytes_remain(ledger: Ledger, folder: Path) -> None:
    _, op = secret_op(ledger)
    ledger.db.execute_sql("PRAGMA busy_timeout = 50")
    reader = sqlite3.connect(folder / FILE, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM op").fetchone()
    with pytest.raises(KnownFault, match="还没有抹掉"):
        purge_op(ledger, op, "内容涉密", "李四", TODAY)
    reader.execute("ROLLBACK")
    reader.close()
    purge_op(ledger, op, "内容涉密", "李四", TODAY)
    assert SECRET not in raw_bytes(folder)


def test_purging_a_unit_s_name_renews_the_lines_that_showed_it(ledger: Ledger) -> None:
    with writing(ledger, "张三", TODAY) as writer:
        unit = writer.new("unit", {"name": "区住建局"})
        problem = writer.new("problem", {"number": 1, "text": "x"})
        link = {"problem": problem, "unit": unit, "role": "lead", "position": 0, "active": True}
        writer.new("problem_unit", link, scope=problem)
    op = ids_of(ledger)[0]
    assert ledger.db.execute_sql("SELECT lead FROM summary").fetchone() == ("区住建局",)
    purge_op(ledger, op, "误录", "李四", TODAY)
    assert ledger.db.execute_sql("SELECT lead FROM summary").fetchone() == ("",)
