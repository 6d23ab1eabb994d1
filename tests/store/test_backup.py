"""Backups: whole ledger folders that were checked, and a restore that deletes nothing."""

import os
import shutil
import sqlite3
import threading
from datetime import datetime
from pathlib import Path

import pytest

from desktop.rules.errors import KnownFault, Refused
from desktop.store.backup import make_backup, restore_backup
from desktop.store.connection import FILE
from desktop.store.disk import hash_file
from desktop.store.evidence import file_of, store_file
from desktop.store.integrity import check_ledger
from desktop.store.ledger import Ledger, open_ledger
from desktop.store.writer import writing
from tests.store.support import TODAY, bodies_of, folder_print, program, state_of
from tests.store.test_crash import SAVE

AT = datetime(2026, 11, 23, 17, 30, 0)


def add_photo(ledger: Ledger, name: str) -> str:
    """A piece of evidence with bytes of its own; returns its hash."""
    file = ledger.folder.parent / name
    file.write_bytes(os.urandom(200_000))
    stored = store_file(ledger, file)
    with writing(ledger, "张三", TODAY) as writer:
        writer.new("evidence", {"name": name, "sha256": stored.sha256, "size": stored.size})
    return stored.sha256


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """A ledger with problems and two pieces of evidence."""
    with writing(ledger, "张三", TODAY) as writer:
        for number in range(200):
            writer.new("problem", {"number": number, "text": f"问题{number}" * 20})
    add_photo(ledger, "一.jpg")
    add_photo(ledger, "二.jpg")
    return ledger


def test_a_backup_is_a_ledger_with_its_evidence(filled: Ledger, folder: Path) -> None:
    backup = make_backup(filled, AT)
    assert backup == folder / "backups" / "20261123_173000"
    assert sorted(p.name for p in backup.iterdir()) == ["backups", "evidence", FILE]
    with open_ledger(backup, write=False) as copy:
        assert state_of(copy) == state_of(filled)
        assert bodies_of(copy) == bodies_of(filled)
        assert copy.office_id == filled.office_id
        health = check_ledger(copy)
    assert (health.is_sound, health.files) == (True, 2)


def test_a_backup_elsewhere_shares_no_byte_with_the_ledger(filled: Ledger, tmp_path: Path) -> None:
    backup = make_backup(filled, AT, tmp_path / "D盘")
    assert backup == tmp_path / "D盘" / "整改 台账_备份_20261123_173000"
    files = [file for file in backup.rglob("*") if file.is_file()]
    assert len(files) == 3
    assert all(file.stat().st_nlink == 1 for file in files)


def test_two_backups_of_one_second_stand_side_by_side(filled: Ledger) -> None:
    assert [make_backup(filled, AT).name for _ in range(3)] == [
        "20261123_173000",
        "20261123_173000_2",
        "20261123_173000_3",
    ]


def test_a_backup_tells_how_far_it_is_and_a_stopped_one_leaves_nothing(filled: Ledger, folder: Path) -> None:
    seen = []
    make_backup(filled, AT, progress=lambda text, share: seen.append((text, share)))
    assert seen == [("备份佐证材料 1/2", 0.5), ("备份佐证材料 2/2", 1.0)]
    before = folder_print(folder)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_backup(filled, AT, progress=stop)
    assert folder_print(folder) == before
    assert len(list((folder / "backups").iterdir())) == 1


def test_a_backup_of_a_ledger_that_is_being_written_is_a_whole_moment(ledger: Ledger, folder: Path) -> None:
    ledger.close()
    with program(SAVE, folder) as other:
        assert other.stdout is not None
        other.stdout.readline()
        # Somebody must take in what the other program says, or it waits.
        reader = threading.Thread(target=other.stdout.read)
        reader.start()
        with open_ledger(folder) as looking:
            assert not looking.writable
            backups = [make_backup(looking, AT) for _ in range(4)]
        other.kill()
        reader.join()
    counts = []
    for backup in backups:
        with open_ledger(backup) as copy:
            assert check_ledger(copy).is_sound
            counts.append(len(state_of(copy)["problem"]))
    assert counts == sorted(counts)
    assert counts[0] > 0


def test_a_restore_brings_back_the_moment_and_moves_the_rest_aside(filled: Ledger, folder: Path) -> None:
    backup = make_backup(filled, AT)
    wanted, office = state_of(filled), filled.office_id
    add_photo(filled, "三.jpg")
    with writing(filled, "张三", TODAY) as writer:
        writer.new("problem", {"number": 900, "text": "备份之后"})
    later = state_of(filled)
    filled.close()
    aside, missing = restore_backup(backup, folder, AT)
    assert missing == ()
    assert aside == folder.parent / "整改 台账_替换前_20261123_173000"
    with open_ledger(folder) as again:
        assert (state_of(again), again.office_id, again.writable) == (wanted, office, True)
        assert check_ledger(again).is_sound
        assert (folder / "backups" / backup.name / FILE).is_file()
        with writing(again, "张三", TODAY) as writer:
            writer.new("problem", {"number": 901, "text": "恢复之后"})
    with open_ledger(aside) as old:
        assert state_of(old) == later
        assert check_ledger(old).is_sound


def test_a_restore_where_nothing_stands_makes_the_ledger(filled: Ledger, tmp_path: Path) -> None:
    backup = make_backup(filled, AT)
    wanted = state_of(filled)
    for target in (tmp_path / "新" / "台账", tmp_path / "空"):
        if target.name == "空":
            target.mkdir()
        aside, missing = restore_backup(backup, target, AT)
        assert (aside is None, missing) == (target.name != "空", ())
        with open_ledger(target) as again:
            assert state_of(again) == wanted
            assert check_ledger(again).is_sound


def test_a_restore_takes_evidence_that_the_backup_lost_from_the_old_ledger(filled: Ledger, folder: Path) -> None:
    backup = make_backup(filled, AT, folder.parent / "盘")
    one, two = sorted(row[0] for row in filled.db.execute_sql("SELECT sha256 FROM evidence"))
    filled.close()
    file_of(backup, one).unlink()
    file_of(backup, two).write_bytes(b"damaged")
    assert restore_backup(backup, folder, AT)[1] == ()
    assert [hash_file(file_of(folder, digest)) for digest in (one, two)] == [one, two]


def test_evidence_that_is_nowhere_whole_is_named_and_left_out(filled: Ledger, folder: Path, tmp_path: Path) -> None:
    backup = make_backup(filled, AT, tmp_path / "盘")
    names = dict(filled.db.execute_sql("SELECT sha256, name FROM evidence"))
    digest = min(names)
    file_of(backup, digest).write_bytes(b"damaged")
    missing = restore_backup(backup, tmp_path / "别处", AT)[1]
    assert missing == (names[digest],)
    assert not file_of(tmp_path / "别处", digest).exists()
    assert folder.is_dir()


@pytest.fixture
def backup(filled: Ledger, tmp_path: Path) -> Path:
    """A sound backup outside of the ledger, which is closed."""
    made = make_backup(filled, AT, tmp_path / "盘")
    filled.close()
    return made


def truncate(file: Path) -> None:
    """The second half is lost."""
    os.truncate(file, file.stat().st_size // 2)


def change_letter(file: Path) -> None:
    """One letter of one op is another."""
    content = file.read_bytes()
    file.write_bytes(content.replace('"text":"问题7'.encode(), '"text":"问题8'.encode(), 1))


def garble(file: Path) -> None:
    """A page in the middle is garbage."""
    content = bytearray(file.read_bytes())
    content[8192:12288] = os.urandom(4096)
    file.write_bytes(content)


def empty(file: Path) -> None:
    """Nothing is left."""
    os.truncate(file, 0)


def lose(file: Path) -> None:
    """The file is gone."""
    file.unlink()


def other_program(file: Path) -> None:
    """Another program's number."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA application_id = 7")
    connection.close()


def newer(file: Path) -> None:
    """A newer version's ledger."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


@pytest.mark.parametrize("damage", [truncate, change_letter, garble, empty, lose, other_program, newer])
def test_a_damaged_backup_is_refused_and_nothing_changes(backup: Path, folder: Path, damage: object) -> None:
    assert callable(damage)
    damage(backup / FILE)
    before, around = folder_print(folder), sorted(p.name for p in folder.parent.iterdir())
    with pytest.raises(KnownFault) as fault:
        restore_backup(backup, folder, AT)
    assert fault.value.remedy.endswith("。")
    assert folder_print(folder) == before
    assert sorted(p.name for p in folder.parent.iterdir()) == around


def test_a_ledger_in_use_is_not_replaced(backup: Path, folder: Path) -> None:
    with open_ledger(folder) as ledger:
        with pytest.raises(KnownFault, match=r"台账正被使用（.+），没有恢复，也没有改动"):
            restore_backup(backup, folder, AT)
        assert check_ledger(ledger).is_sound
    assert sorted(p.name for p in folder.parent.iterdir() if "替换前" in p.name or "恢复中" in p.name) == []


def test_another_folder_of_the_clerk_s_is_never_moved_aside(backup: Path, tmp_path: Path) -> None:
    documents = tmp_path / "文档"
    documents.mkdir()
    (documents / "方案.docx").write_bytes(b"x")
    plain = tmp_path / "file.txt"
    plain.write_bytes(b"x")
    for target in (documents, plain):
        with pytest.raises(Refused, match="有别的内容，不是台账，没有恢复"):
            restore_backup(backup, target, AT)
    assert (documents / "方案.docx").is_file()
    assert plain.is_file()


def test_a_ledger_without_its_file_can_be_restored(backup: Path, folder: Path) -> None:
    (folder / FILE).unlink()
    restore_backup(backup, folder, AT)
    with open_ledger(folder) as ledger:
        assert check_ledger(ledger).is_sound


def test_a_backup_is_not_restored_onto_itself(backup: Path) -> None:
    with pytest.raises(Refused, match="同一个文件夹"):
        restore_backup(backup, backup, AT)


def test_a_folder_with_a_log_is_restored_with_what_the_log_holds(filled: Ledger, tmp_path: Path) -> None:
    with writing(filled, "张三", TODAY) as writer:
        writer.new("problem", {"number": 777, "text": "还在日志里"})
    copy = tmp_path / "断电后"
    shutil.copytree(filled.folder, copy)
    assert (copy / (FILE + "-wal")).stat().st_size > 0
    restore_backup(copy, tmp_path / "好", AT)
    with open_ledger(tmp_path / "好") as ledger:
        assert ledger.db.execute_sql("SELECT count(*) FROM problem WHERE number = 777").fetchone() == (1,)


def test_a_restore_that_fails_at_the_last_step_puts_the_old_ledger_back(
    backup: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, plain = folder_print(folder), Path.replace

    def replace(path: Path, target: Path) -> Path:
        if path.name.endswith(".恢复中"):
            raise PermissionError(13, "in use", str(path))
        return plain(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KnownFault, match="没有权限读写"):
        restore_backup(backup, folder, AT)
    assert {**folder_print(folder), "ledger.lock": ""} == {**before, "ledger.lock": ""}
    assert not [p for p in folder.parent.iterdir() if "恢复中" in p.name or "替换前" in p.name]
