"""A full disk and a read-only folder: what was confirmed is there, what was not is refused in one sentence."""

import errno
import json
import os
import sqlite3
import stat
import subprocess
from pathlib import Path
from typing import Any

import pytest

from desktop.rules.errors import KnownFault
from desktop.store import evidence, lock
from desktop.store.backup import make_backup
from desktop.store.evidence import store_bytes, store_file
from desktop.store.integrity import check_ledger
from desktop.store.ledger import Ledger, open_ledger
from desktop.store.writer import writing
from tests.store.support import (
    TODAY,
    Steady,
    can_mount,
    folder_print,
    ids_of,
    program,
    run_mounted,
    run_plain,
    state_of,
)
from tests.store.test_crash import SAVE

# Fills the disk under a ledger with saves, then with copies, then makes room and goes on. Prints what it saw.
FILL = """
import json, os, sys
from datetime import date, datetime
from pathlib import Path
from desktop.rules.errors import KnownFault
from desktop.store.backup import make_backup
from desktop.store.evidence import store_file
from desktop.store.integrity import check_ledger
from desktop.store.ledger import create, open_ledger
from desktop.store.writer import writing

base, day = Path(sys.argv[1]), date(2026, 11, 23)
limit = getattr(sys, "limit", lambda on: None)
filler, photo, folder = base / "filler", base / "photo.jpg", base / "台账"
filler.write_bytes(bytes(400_000))
photo.write_bytes(os.urandom(900_000))
said, confirmed = [], []
ledger = create(folder)
def save(number):
    with writing(ledger, "张三", day) as writer:
        row = writer.new("problem", {"number": number, "text": "整改" * 2000})
    confirmed.append(row)
save(0)
limit(True)
try:
    for number in range(1, 3000):
        save(number)
except KnownFault as fault:
    said.append(str(fault))
for action in (lambda: store_file(ledger, photo), lambda: make_backup(ledger, datetime(2026, 11, 23))):
    try:
        action()
    except KnownFault as fault:
        said.append(str(fault))
left = [p.name for p in folder.rglob("*") if p.name.endswith(".part")]
while_full = len(ledger.db.execute_sql("SELECT id FROM problem").fetchall())
limit(False)
filler.unlink()
before = len(confirmed)
save(5000)
ledger.close()
with open_ledger(folder) as again:
    health = check_ledger(again)
    there = {bytes(r[0]).hex() for r in again.db.execute_sql("SELECT id FROM problem")}
print(json.dumps({"said": said, "left": left, "saved": before, "seen": while_full, "sound": health.is_sound,
                  "kept": there == set(confirmed)}))
"""
LIMITED = (
    """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
def limit(on):
    resource.setrlimit(resource.RLIMIT_FSIZE, (870_000 if on else resource.RLIM_INFINITY, resource.RLIM_INFINITY))
sys.limit = limit
"""
    + FILL
)


def demand_a_good_end(ran: subprocess.CompletedProcess[str], sentences: int) -> None:
    """The program ended well, said at least so many sentences, lost nothing and left no half file."""
    assert (ran.returncode, ran.stderr) == (0, "")
    seen = json.loads(ran.stdout)
    assert len(seen["said"]) >= sentences
    assert all("没有" in text or "未变" in text for text in seen["said"])
    assert seen["saved"] > 5
    assert (seen["left"], seen["seen"], seen["sound"], seen["kept"]) == ([], seen["saved"], True, True)


def test_a_full_disk_keeps_all_that_was_confirmed_and_goes_on_when_there_is_room(tmp_path: Path) -> None:
    """On a real small disk where this user may mount one; elsewhere under a limit on the size of files."""
    if can_mount():
        ran = run_mounted('mount -t tmpfs -o size=3m tmpfs "$1"', FILL, tmp_path)
        demand_a_good_end(ran, 3)
        assert all("空间不足" in text for text in json.loads(ran.stdout)["said"])
    else:
        demand_a_good_end(run_plain(LIMITED, tmp_path), 2)


def test_a_limit_on_the_size_of_files_is_a_sentence_too(tmp_path: Path) -> None:
    demand_a_good_end(run_plain(LIMITED, tmp_path), 2)


def test_sqlite_full_in_a_save_leaves_the_ledger_as_it_was(ledger: Ledger) -> None:
    with writing(ledger, "张三", TODAY) as writer:
        writer.new("problem", {"number": 1, "text": "已确认"})
    before, pages = state_of(ledger), ledger.db.execute_sql("PRAGMA page_count").fetchone()[0]
    for room in range(12):
        ledger.db.execute_sql(f"PRAGMA max_page_count = {pages + room}")

        def save() -> None:
            with writing(ledger, "张三", TODAY) as writer:
                for number in range(40):
                    writer.new("problem", {"number": number, "text": "整改" * 3000})

        with pytest.raises(KnownFault, match="磁盘空间不足，刚才的内容没有保存，此前确认的内容都在"):
            save()
        assert state_of(ledger) == before
        assert not ledger.db.connection().in_transaction
    ledger.db.execute_sql("PRAGMA max_page_count = 100000")
    save()
    assert len(ids_of(ledger)) == 41
    assert check_ledger(ledger).is_sound


class FullFile:
    """A file on a disk that is full after so many bytes, or that fails when it is synced."""

    def __init__(self, handle: Any, room: int) -> None:
        self._handle, self._room = handle, room

    def __enter__(self) -> "FullFile":
        return self

    def __exit__(self, *_: object) -> None:
        self._handle.close()

    def write(self, block: bytes) -> None:
        """Write while there is room."""
        self._room -= len(block)
        if self._room < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        self._handle.write(block)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._handle, name)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A file of 3 MB to be copied in."""
    file = tmp_path / "照片.jpg"
    file.write_bytes(os.urandom(3_000_000))
    return file


@pytest.mark.parametrize("room", [0, 1, 1_500_000, 2_999_999])
def test_a_disk_that_fills_up_during_a_copy_leaves_nothing_of_it(
    ledger: Ledger, folder: Path, photo: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    before = folder_print(folder)
    plain = Path.open

    def opened(path: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:
        handle = plain(path, mode, *rest, **more)
        return FullFile(handle, room) if mode == "xb" else handle

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(KnownFault, match="磁盘空间不足"):
        store_file(ledger, photo)
    assert folder_print(folder) == before


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_copy_whose_end_fails_leaves_nothing_of_it(
    ledger: Ledger, folder: Path, photo: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    before = folder_print(folder)

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error", "x")

    if call == "fsync":
        monkeypatch.setattr(evidence.os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(KnownFault, match="读写出错"):
        store_file(ledger, photo)
    assert folder_print(folder) == before


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_paper_that_finds_no_room_is_not_kept_at_all(
    ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    before, plain = folder_print(folder), Path.open

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    def opened(path: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:
        handle = plain(path, mode, *rest, **more)
        return FullFile(handle, 1_000) if mode == "xb" else handle

    if call == "write":
        monkeypatch.setattr(Path, "open", opened)
    elif call == "fsync":
        monkeypatch.setattr(evidence.os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(KnownFault, match="磁盘空间不足"):
        store_bytes(ledger, bytes(5_000), "销号请示.pdf")
    assert folder_print(folder) == before


# Opens a ledger in a read-only folder, reads it whole and tries to write. Prints what it saw.
READ = """
import json, sys
from datetime import date, datetime
from pathlib import Path
from desktop.rules.errors import KnownFault
from desktop.store.backup import make_backup
from desktop.store.evidence import store_file
from desktop.store.integrity import check_ledger
from desktop.store.ledger import create, open_ledger
from desktop.store.writer import writing

folder, said = Path(sys.argv[1]), []
def tried(action):
    try:
        action()
    except KnownFault as fault:
        said.append(str(fault))
with open_ledger(folder) as ledger:
    there = sorted(bytes(r[0]).hex() for r in ledger.db.execute_sql("SELECT id FROM problem"))
    sound = check_ledger(ledger).is_sound
    def save():
        with writing(ledger, "张三", date(2026, 11, 23)):
            pass
    tried(save)
    tried(lambda: store_file(ledger, Path(sys.argv[0])))
    tried(lambda: make_backup(ledger, datetime(2026, 11, 23)))
    tried(lambda: create(folder / "new"))
    print(json.dumps({"there": there, "sound": sound, "writable": ledger.writable, "said": said}))
"""


def read_in_a_read_only_folder(folder: Path) -> dict[str, Any]:
    """What a program sees of a ledger it cannot write: mounted so where possible, else without the right to."""
    if can_mount():
        ran = run_mounted('mount --bind "$1" "$1" && mount -o remount,ro,bind "$1"', READ, folder)
    else:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        ran = run_plain(READ, folder)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
    assert (ran.returncode, ran.stderr) == (0, "")
    seen: dict[str, Any] = json.loads(ran.stdout)
    return seen


@pytest.fixture
def filled(ledger: Ledger, folder: Path) -> tuple[Path, list[str]]:
    """A closed ledger and the rows it holds."""
    rows = []
    for number in range(30):
        with writing(ledger, "张三", TODAY) as writer:
            rows.append(writer.new("problem", {"number": number, "text": "x"}))
    ledger.close()
    return folder, sorted(rows)


def test_a_read_only_folder_is_read_whole_and_every_write_is_a_sentence(filled: tuple[Path, list[str]]) -> None:
    folder, rows = filled
    before = folder_print(folder)
    seen = read_in_a_read_only_folder(folder)
    assert (seen["there"], seen["sound"]) == (rows, True)
    if not seen["writable"]:
        assert len(seen["said"]) == 4
        assert all("没有保存" in text or "台账未变" in text for text in seen["said"])
    assert folder_print(folder) == before


def test_a_killed_ledger_in_a_read_only_folder_still_shows_all_that_was_confirmed(ledger: Ledger, folder: Path) -> None:
    ledger.close()
    with program(SAVE, folder) as other:
        assert other.stdout is not None
        confirmed = [other.stdout.readline().strip() for _ in range(20)]
        other.kill()
        confirmed += [line.strip() for line in other.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    assert (folder / "ledger.sqlite-wal").stat().st_size > 0
    assert set(confirmed) <= set(read_in_a_read_only_folder(folder)["there"])


def test_a_read_only_copy_without_shared_memory_is_refused_rather_than_shown_old(
    ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a disc that was burnt from a killed ledger: SQLite can neither replay the log nor leave it out."""
    with writing(ledger, "张三", TODAY) as writer:
        writer.new("problem", {"number": 1, "text": "只在日志里"})
    plain = sqlite3.connect

    def connect(name: str, *rest: Any, **more: Any) -> sqlite3.Connection:
        if "mode=ro" in name and "immutable" not in name:
            raise sqlite3.OperationalError("unable to open database file")
        return plain(name, *rest, **more)

    monkeypatch.setattr(sqlite3, "connect", connect)
    with pytest.raises(KnownFault, match="有上次没有并入的记录，没有打开，也没有改动"):
        open_ledger(folder, write=False)


def test_a_folder_that_cannot_be_written_opens_to_read(
    filled: tuple[Path, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, rows = filled

    def refuse(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(lock, "take", refuse)
    with open_ledger(folder, outside=Steady().surroundings()) as ledger:
        assert (ledger.writable, ledger.held_by) == (False, "文件夹只读")
        assert len(ids_of(ledger)) == len(rows)
        with pytest.raises(KnownFault, match="文件夹只读"):
            ledger.require_writable()


def test_a_backup_onto_a_full_stick_leaves_nothing_there(
    ledger: Ledger, tmp_path: Path, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = store_file(ledger, photo)
    with writing(ledger, "张三", TODAY) as writer:
        writer.new("evidence", {"name": stored.name, "sha256": stored.sha256, "size": stored.size})

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("desktop.store.backup.shutil.copyfile", full)
    stick = tmp_path / "U盘"
    with pytest.raises(KnownFault, match="磁盘空间不足"):
        make_backup(ledger, Steady().at(), stick)
    assert list(stick.iterdir()) == []


def test_the_evidence_of_a_ledger_cannot_be_overwritten_by_a_careless_program(ledger: Ledger, photo: Path) -> None:
    stored = store_file(ledger, photo)
    mode = evidence.file_of(ledger.folder, stored.sha256).stat().st_mode
    assert not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH)
