"""A ledger that cannot be used is told in one sentence, and nothing of it changes."""

import hashlib
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop import paths
from desktop.store import drives
from tests.scenarios.clerk import OFFICE, Clerk


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file of a folder by its hash, but for what SQLite and the lock keep beside an open file."""
    beside = ("-wal", "-shm", ".lock")
    files = [p for p in sorted(folder.rglob("*")) if p.is_file() and not p.name.endswith(beside)]
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def make_newer(folder: Path) -> None:
    with sqlite3.connect(folder / "ledger.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()


def cut_short(folder: Path) -> None:
    file = folder / "ledger.sqlite"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def empty(folder: Path) -> None:
    (folder / "ledger.sqlite").write_bytes(b"")


def garble(folder: Path) -> None:
    (folder / "ledger.sqlite").write_bytes(b"not a database at all" * 500)


def make_another_programs(folder: Path) -> None:
    with sqlite3.connect(folder / "ledger.sqlite") as connection:
        connection.execute("PRAGMA application_id = 7")
    connection.close()


def take_away(folder: Path) -> None:
    (folder / "ledger.sqlite").unlink()


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (make_newer, "更新版本"),
        (cut_short, "不完整"),
        (empty, "不是台账"),
        (garble, "不是台账"),
        (make_another_programs, "不是督察整改台账"),
        (take_away, "没有台账"),
    ],
)
@pytest.mark.parametrize("verb", ["show", "check", "step", "backup"])
def test_a_spoiled_ledger_is_refused_in_one_sentence(
    clerk: Clerk, harm: Callable[[Path], None], words: str, verb: str
) -> None:
    harm(clerk.folder)
    before = fingerprint(clerk.folder)
    more = ("self-check", "--problem", 5) if verb == "step" else ()
    status, _, err = clerk.run(verb, clerk.folder, *more)
    assert status == 1
    assert len(err.strip().splitlines()) == 1
    assert words in err
    assert fingerprint(clerk.folder) == before


def test_a_ledger_on_a_share_or_stick_is_refused(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, words in (("network", "网络位置"), ("removable", "U盘")):
        with monkeypatch.context() as patch:
            patch.setattr(drives, "kind_of", lambda folder, kind=kind: kind)
            status, _, err = clerk.run("show", clerk.folder)
            assert (status, words in err, "复制到本机硬盘" in err) == (1, True, True)
    status, _, err = clerk.run("show", r"\\server\share\台账")
    assert status == 1
    assert "网络位置" in err


def test_a_ledger_is_not_made_over_other_files(new_clerk: Callable[[], Clerk]) -> None:
    clerk = new_clerk()
    clerk.folder.mkdir()
    (clerk.folder / "别的文件.txt").write_text("在先", encoding="utf-8")
    assert "已有内容" in clerk.refused("new", clerk.folder, "--office", OFFICE)
    assert [p.name for p in clerk.folder.iterdir()] == ["别的文件.txt"]


def test_an_unknown_region_is_refused_before_anything_is_made(new_clerk: Callable[[], Clerk]) -> None:
    clerk = new_clerk()
    assert "hengyang" in clerk.refused("new", clerk.folder, "--office", OFFICE, "--region", "mars")
    assert not clerk.folder.exists()


HOLD = """
import sys, time
from pathlib import Path
from desktop.store.ledger import Surroundings, open_ledger
with open_ledger(Path(sys.argv[1]), outside=Surroundings(holder="王芳，电脑 办公室二")):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_program_may_look_and_is_told_who_writes(clerk: Clerk) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(clerk.folder)],
        stdout=subprocess.PIPE,
        cwd=paths.program_dir(),
    )
    try:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        assert clerk.problem()["number"] == 5
        line = clerk.step_refused("progress", "2024-12-01", "--text", "已完成")
        assert "王芳，电脑 办公室二" in line
    finally:
        other.kill()
        other.wait()
        other.stdout.close() if other.stdout else None
    clerk.step("progress", "2024-12-01", "--text", "已完成")
