"""Schema versions: one ladder, each step whole or not at all, the file copied before it changes."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.rules.errors import KnownFault
from desktop.rules.kinds import KINDS, Type
from desktop.store import connection as opening
from desktop.store import ledger as ledgers
from desktop.store import migrations
from desktop.store.connection import FILE
from desktop.store.ledger import Ledger, create, open_ledger
from desktop.store.migrations import APPLICATION_ID, CURRENT, MIGRATIONS, migrate
from desktop.store.models import MODELS
from desktop.store.writer import writing
from tests.store.support import TODAY, Steady, folder_print, state_of


@pytest.fixture
def memory() -> Iterator[sqlite3.Connection]:
    """An empty database."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    yield made
    made.close()


def schema(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    """Every table, index and trigger with its text."""
    return set(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))


def test_a_fresh_schema_equals_one_that_went_up_step_by_step(memory: sqlite3.Connection) -> None:
    migrate(memory)
    other = sqlite3.connect(":memory:", isolation_level=None)
    for step in range(1, len(MIGRATIONS) + 1):
        migrate(other, MIGRATIONS[:step])
        migrate(other, MIGRATIONS[:step])
    assert schema(memory) == schema(other)
    other.close()
    assert memory.execute("PRAGMA user_version").fetchone() == (CURRENT,)
    assert memory.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)


def test_the_ladder_has_no_gap() -> None:
    assert [number for number, _ in MIGRATIONS] == list(range(1, CURRENT + 1))


@pytest.mark.parametrize("name", KINDS)
def test_models_kinds_and_schema_name_the_same_columns(memory: sqlite3.Connection, name: str) -> None:
    migrate(memory)
    found = {row[1]: row[2] for row in memory.execute(f'PRAGMA table_info("{name}")')}
    types = {Type.INT: "INTEGER", Type.FLAG: "INTEGER", Type.REF: "BLOB"}
    wanted = {"n": "INTEGER", "id": "BLOB", "owner": "BLOB", "created": "INTEGER", "person": "TEXT"}
    wanted |= {field.name: types.get(field.type, "TEXT") for field in KINDS[name].fields}
    assert found == wanted
    model = MODELS[name]._meta  # noqa: SLF001 peewee's own name for what describes a model
    assert model.table_name == name
    assert [field.column_name for field in model.sorted_fields] == list(wanted)
    words = {"AUTO": "INTEGER", "INT": "INTEGER"}
    assert {f.column_name: words.get(f.field_type, f.field_type) for f in model.sorted_fields} == wanted


def broken(connection: sqlite3.Connection) -> None:
    """A step that fails after it has changed something."""
    connection.execute("CREATE TABLE half_done (a)")
    connection.execute("DROP TABLE conflict")
    connection.execute("INSERT INTO no_such_table VALUES (1)")


def test_a_failing_step_rolls_back_with_its_number(memory: sqlite3.Connection) -> None:
    migrate(memory)
    before = schema(memory)
    with pytest.raises(sqlite3.OperationalError, match="no_such_table"):
        migrate(memory, (*MIGRATIONS, (CURRENT + 1, broken)))
    assert schema(memory) == before
    assert memory.execute("PRAGMA user_version").fetchone() == (CURRENT,)
    assert not memory.in_transaction


def test_steps_before_a_failing_one_stay(memory: sqlite3.Connection) -> None:
    steps = (*MIGRATIONS, (CURRENT + 1, lambda c: c.execute("CREATE TABLE added (a)")), (CURRENT + 2, broken))
    with pytest.raises(sqlite3.OperationalError):
        migrate(memory, steps)
    assert memory.execute("PRAGMA user_version").fetchone() == (CURRENT + 1,)
    assert memory.execute("SELECT count(*) FROM added").fetchone() == (0,)


@pytest.fixture
def closed(ledger: Ledger, folder: Path) -> Path:
    """A closed ledger with some content."""
    with writing(ledger, "张三", TODAY) as writer:
        writer.new("problem", {"number": 5, "text": "原文"})
    ledger.close()
    return folder


@pytest.fixture
def next_version(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program of a later version, with one more step that adds a column to the local facts."""
    steps = (*MIGRATIONS, (CURRENT + 1, lambda c: c.execute("ALTER TABLE meta ADD COLUMN note TEXT")))
    monkeypatch.setattr(migrations, "MIGRATIONS", steps)
    monkeypatch.setattr(ledgers, "migrate", lambda connection: migrate(connection, steps))
    for module in (opening, ledgers):
        monkeypatch.setattr(module, "CURRENT", CURRENT + 1)


@pytest.mark.usefixtures("next_version")
def test_an_older_ledger_is_copied_before_it_is_upgraded(closed: Path) -> None:
    with open_ledger(closed) as ledger:
        assert ledger.db.execute_sql("PRAGMA user_version").fetchone() == (CURRENT + 1,)
        state = state_of(ledger)
    copies = list((closed / "backups").iterdir())
    assert [copy.name for copy in copies] == [f"升级前_格式{CURRENT}.sqlite"]
    old = sqlite3.connect(copies[0])
    assert old.execute("PRAGMA user_version").fetchone() == (CURRENT,)
    assert old.execute("SELECT count(*) FROM op").fetchone() == (1,)
    assert len(state["problem"]) == 1
    old.close()
    with open_ledger(closed):
        assert list((closed / "backups").iterdir()) == copies


@pytest.mark.usefixtures("next_version")
def test_an_older_ledger_is_not_upgraded_by_a_second_program(closed: Path) -> None:
    before = folder_print(closed)
    with pytest.raises(KnownFault, match="需要先升级格式"):
        open_ledger(closed, write=False)
    assert folder_print(closed) == before


def test_a_failed_upgrade_leaves_the_ledger_and_its_copy(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = (*MIGRATIONS, (CURRENT + 1, broken))
    with monkeypatch.context() as later:
        later.setattr(ledgers, "migrate", lambda connection: migrate(connection, steps))
        later.setattr(opening, "CURRENT", CURRENT + 1)
        later.setattr(ledgers, "CURRENT", CURRENT + 1)
        with pytest.raises(KnownFault):
            open_ledger(closed)
        assert [file.suffix for file in (closed / "backups").iterdir()] == [".sqlite"]
    with open_ledger(closed) as ledger:
        assert len(state_of(ledger)["problem"]) == 1


def set_version(folder: Path, version: int) -> sqlite3.Connection:
    """Write a version number as a newer program would; the connection is left open, the number in its log."""
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    connection.execute(f"PRAGMA user_version = {version}")
    return connection


def test_a_newer_ledger_is_refused_in_one_sentence_and_not_touched(closed: Path) -> None:
    set_version(closed, CURRENT + 5).close()
    before = folder_print(closed)
    for write in (True, False):
        with pytest.raises(KnownFault) as fault:
            open_ledger(closed, write=write)
        assert fault.value.sentence == (
            f"这个台账由更新版本的程序建立（格式 {CURRENT + 5}），本程序只认识到格式 {CURRENT}；台账没有改动。"
        )
        assert fault.value.remedy == "请用新版程序打开。"
    assert folder_print(closed) == before


def test_a_newer_version_still_in_the_log_is_seen(closed: Path) -> None:
    newer = set_version(closed, CURRENT + 5)
    header = (closed / FILE).read_bytes()[60:64]
    assert int.from_bytes(header, "big") == CURRENT
    before = folder_print(closed)
    with pytest.raises(KnownFault, match="更新版本的程序"):
        open_ledger(closed)
    after = folder_print(closed)
    newer.close()
    assert after == before


def test_another_program_s_file_is_refused_and_not_touched(tmp_path: Path) -> None:
    for number in (0, 1234):
        folder = tmp_path / str(number)
        folder.mkdir()
        other = sqlite3.connect(folder / FILE, isolation_level=None)
        other.execute("CREATE TABLE letters (a)")
        other.execute(f"PRAGMA application_id = {number}")
        other.close()
        before = folder_print(folder)
        with pytest.raises(KnownFault, match="不是督察整改台账"):
            open_ledger(folder)
        assert folder_print(folder) == before


def test_a_new_ledger_names_itself_in_its_first_bytes(tmp_path: Path) -> None:
    create(tmp_path / "a", Steady().surroundings()).close()
    head = (tmp_path / "a" / FILE).read_bytes()[:100]
    assert head[68:72] == b"ZGZT"
    assert int.from_bytes(head[60:64], "big") == CURRENT
