"""What is no sound ledger is refused in one clear sentence, and nothing of it changes."""

import sqlite3
from pathlib import Path
from random import Random

import peewee
import pytest

from desktop.rules.errors import KnownFault, Refused
from desktop.store.connection import FILE
from desktop.store.disk import hash_file
from desktop.store.faults import known_faults
from desktop.store.integrity import check_ledger, rebuild_ledger, stale_tables
from desktop.store.ledger import Ledger, create, open_ledger
from desktop.store.writer import writing
from tests.store.support import TODAY, Steady, folder_print, ids_of, state_of


@pytest.fixture
def closed(ledger: Ledger, folder: Path) -> Path:
    """A closed ledger of some hundred pages."""
    with writing(ledger, "张三", TODAY) as writer:
        for number in range(300):
            writer.new("problem", {"number": number, "text": f"问题{number}" * 100})
    ledger.close()
    return folder


def refusal(folder: Path, *, write: bool = True) -> KnownFault:
    """The sentence with which opening is refused; demands that it is one and that nothing changed."""
    before = folder_print(folder) if folder.is_dir() else {}
    with pytest.raises(KnownFault) as fault:
        open_ledger(folder, write=write)
    after = folder_print(folder) if folder.is_dir() else {}
    after.pop("ledger.lock", None)
    before.pop("ledger.lock", None)
    assert after == before
    assert fault.value.sentence.count("。") <= 2
    assert fault.value.remedy.endswith("。")
    assert not any(word in str(fault.value) for word in ("Error", "sqlite3", "Traceback", "database", "None"))
    return fault.value


@pytest.mark.parametrize("write", [True, False])
def test_a_missing_folder_an_empty_one_and_a_plain_file(tmp_path: Path, write: bool) -> None:
    (tmp_path / "空").mkdir()
    (tmp_path / "方案.txt").write_text("整改方案", encoding="utf-8")
    for name in ("没有", "空", "方案.txt", "方案.txt/里面"):
        assert "这里没有台账" in refusal(tmp_path / name, write=write).sentence
    assert sorted(p.name for p in tmp_path.iterdir()) == ["方案.txt", "空"]


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    assert "这里没有台账" in refusal(tmp_path).sentence


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"SQLite format 3\x00",
        Random(1).randbytes(8192),
        "整改方案".encode("gb18030") * 500,
        b"\xff\xd8\xff\xe0" + bytes(5000),
        b"PK\x03\x04" + bytes(5000),
    ],
    ids=["empty", "one byte", "only the first words", "garbage", "a text", "a photo", "a zip"],
)
def test_a_file_that_is_no_ledger(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert "不是台账，或已损坏" in refusal(tmp_path).sentence


@pytest.mark.parametrize("share", [0.01, 0.3, 0.5, 0.99, 0.9999])
def test_a_truncated_ledger_says_how_much_is_missing(closed: Path, share: float) -> None:
    content = (closed / FILE).read_bytes()
    (closed / FILE).write_bytes(content[: int(len(content) * share)])
    fault = refusal(closed)
    assert "台账文件不完整" in fault.sentence
    assert f"应有 {len(content)} 字节，只有 {int(len(content) * share)} 字节" in fault.sentence
    assert "从备份恢复" in fault.remedy


@pytest.mark.parametrize("seed", range(12))
def test_garbage_in_the_middle_is_found_or_refused_never_a_crash(closed: Path, seed: int) -> None:
    chance = Random(seed)
    content = bytearray((closed / FILE).read_bytes())
    at = chance.randrange(100, len(content) - 5000)
    content[at : at + 4096] = chance.randbytes(4096)
    (closed / FILE).write_bytes(content)
    try:
        with open_ledger(closed) as ledger:
            health = check_ledger(ledger)
    except KnownFault as fault:
        assert "从备份恢复" in fault.remedy  # noqa: PT017 either answer is right, silence is not
    else:
        assert not health.is_sound
        assert all(line.endswith("。") for line in health.problems)


def test_one_changed_letter_in_an_op_is_found_by_the_check(closed: Path) -> None:
    content = (closed / FILE).read_bytes()
    old = '"text":"问题7问题7'.encode()
    assert content.count(old) == 1
    (closed / FILE).write_bytes(content.replace(old, '"text":"问题8问题7'.encode()))
    with open_ledger(closed) as ledger:
        health = check_ledger(ledger)
    assert health.problems == ("有 1 条记录与其校验值不符，请从备份恢复。",)


def test_bytes_that_are_no_text_any_more_are_found_by_the_check(closed: Path) -> None:
    content = (closed / FILE).read_bytes()
    old = '"text":"问题7问题7'.encode()
    (closed / FILE).write_bytes(content.replace(old, old[:-1] + b"\xff"))
    with open_ledger(closed) as ledger:
        assert check_ledger(ledger).problems == ("有 1 条记录与其校验值不符，请从备份恢复。",)


@pytest.mark.parametrize("table", ["problem", "summary", "conflict"])
def test_a_projection_that_differs_is_found_and_made_anew(closed: Path, table: str) -> None:
    with open_ledger(closed) as ledger:
        good = state_of(ledger)
        ledger.db.execute_sql("UPDATE projecting SET active = 1")
        if table == "conflict":
            ledger.db.execute_sql("INSERT INTO conflict VALUES (x'00', 'text', 'conflict')")
        else:
            ledger.db.execute_sql(f'DELETE FROM "{table}" WHERE number = 7')
        ledger.db.execute_sql("UPDATE projecting SET active = 0")
        assert stale_tables(ledger) == [table]
        assert "重建台账视图" in check_ledger(ledger).problems[0]
        rebuild_ledger(ledger)
        assert check_ledger(ledger).is_sound
        assert state_of(ledger) == good


def test_a_new_ledger_is_not_made_where_something_lies(tmp_path: Path) -> None:
    (tmp_path / "账").mkdir()
    (tmp_path / "账" / "方案.txt").write_text("x", encoding="utf-8")
    (tmp_path / "file").write_text("x", encoding="utf-8")
    before = folder_print(tmp_path)
    for name in ("账", "file"):
        with pytest.raises(Refused, match="已有内容，没有新建台账"):
            create(tmp_path / name, Steady().surroundings())
    with pytest.raises(KnownFault, match="不是文件夹"):
        create(tmp_path / "file" / "账", Steady().surroundings())
    with pytest.raises(KnownFault, match="太长"):
        create(tmp_path / ("长" * 200), Steady().surroundings())
    assert folder_print(tmp_path) == before


def test_a_new_ledger_takes_over_what_a_cut_off_making_left(tmp_path: Path) -> None:
    folder = tmp_path / "账"
    (folder / "evidence").mkdir(parents=True)
    (folder / "ledger.lock").touch()
    (folder / (FILE + ".part")).write_bytes(b"half")
    (folder / (FILE + ".part-wal")).write_bytes(b"half")
    with create(folder, Steady().surroundings()) as ledger:
        assert ids_of(ledger) == []
    assert sorted(p.name for p in folder.iterdir()) == ["backups", "evidence", "ledger.lock", FILE]


def test_a_ledger_is_opened_again_as_it_was_closed(closed: Path) -> None:
    content = hash_file(closed / FILE)
    for write in (True, False):
        with open_ledger(closed, write=write) as ledger:
            assert len(ids_of(ledger)) == 300
            assert check_ledger(ledger).is_sound
    assert hash_file(closed / FILE) == content


def test_an_unknown_failure_stays_a_bug() -> None:
    with pytest.raises(sqlite3.OperationalError) as caught, known_faults():
        raise sqlite3.OperationalError("near x: syntax error")
    assert caught.value.__cause__ is None
    with pytest.raises(peewee.IntegrityError), known_faults():
        raise peewee.IntegrityError("UNIQUE constraint failed")
    with pytest.raises(OSError, match="no known number"), known_faults():
        raise OSError("no known number")


@pytest.mark.parametrize("number", [28, 30, 13, 5, 2, 20, 21, 36, 27, 122, 116, 19, 16])
def test_every_known_failure_of_a_disk_is_a_sentence_with_a_remedy(number: int) -> None:
    with pytest.raises(KnownFault) as fault, known_faults(Path("/某处")):
        raise OSError(number, "words of the system", "/某处/文件")
    assert "台账未变。" in fault.value.sentence
    assert "words" not in str(fault.value)
    assert fault.value.remedy.endswith("。")
