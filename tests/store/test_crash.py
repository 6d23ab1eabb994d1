"""kill -9 at any moment: the ledger opens, checks clean and holds everything that was confirmed."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.store.disk import hash_file
from desktop.store.evidence import file_of, sweep_parts
from desktop.store.integrity import check_ledger
from desktop.store.ledger import Ledger, open_ledger
from tests.store.support import ROOT, program


@pytest.mark.parametrize(
    ("action", "step", "least"),
    [
        ("save", 3, 30),
        ("evidence", 2, 12),
        ("paper", 2, 12),
        ("erase", 2, 8),
        ("backup", 2, 15),
        ("restore", 2, 15),
        ("purge", 3, 12),
        ("upgrade", 2, 8),
        ("make", 9, 12),
    ],
)
def test_killed_at_every_moment_nothing_confirmed_is_lost(tmp_path: Path, action: str, step: int, least: int) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.store.crash_script", action, str(tmp_path), str(step)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout)["moments"] >= least


SAVE = """
import sys
from pathlib import Path
from datetime import date
from desktop.store.ledger import open_ledger
from desktop.store.writer import writing
with open_ledger(Path(sys.argv[1]), wait=5) as ledger:
    number = 0
    while True:
        number += 1
        with writing(ledger, "张三", date(2026, 11, 23)) as writer:
            row = writer.new("problem", {"number": number, "text": "整改" * 200})
            for k in range(number % 5):
                writer.new("measure", {"problem": row, "number": k, "text": "清淤"}, scope=row)
        print(row, flush=True)
"""

COPY = """
import os, sys
from pathlib import Path
from datetime import date
from desktop.store.evidence import store_file
from desktop.store.ledger import open_ledger
from desktop.store.writer import writing
source = Path(sys.argv[1]).with_name("照片.jpg")
with open_ledger(Path(sys.argv[1]), wait=5) as ledger:
    while True:
        source.write_bytes(os.urandom(3_000_000))
        stored = store_file(ledger, source)
        with writing(ledger, "张三", date(2026, 11, 23)) as writer:
            writer.new("evidence", {"name": "照片.jpg", "sha256": stored.sha256, "size": stored.size})
        print(stored.sha256, flush=True)
"""


def killed_after(source: str, folder: Path, seconds: float) -> list[str]:
    """What a program had confirmed when it was killed so long after its first confirmation."""
    with program(source, folder) as other:
        assert other.stdout is not None
        first = other.stdout.readline()
        time.sleep(seconds)
        other.kill()
        return [line.strip() for line in (first + other.stdout.read()).splitlines(keepends=True) if line.endswith("\n")]


@pytest.mark.parametrize("seed", range(4))
def test_killed_in_a_loop_of_saves(ledger: Ledger, folder: Path, seed: int) -> None:
    ledger.close()
    confirmed = killed_after(SAVE, folder, random.Random(seed).uniform(0, 0.3))
    assert confirmed
    with open_ledger(folder) as again:
        assert again.writable
        assert check_ledger(again).is_sound
        there = {bytes(row[0]).hex() for row in again.db.execute_sql("SELECT id FROM problem")}
        assert set(confirmed) <= there
        assert len(there) <= len(confirmed) + 1


@pytest.mark.parametrize("seed", range(4))
def test_killed_in_a_loop_of_evidence_copies(ledger: Ledger, folder: Path, seed: int) -> None:
    ledger.close()
    confirmed = killed_after(COPY, folder, random.Random(seed).uniform(0, 0.3))
    with open_ledger(folder) as again:
        sweep_parts(folder)
        assert check_ledger(again).is_sound
        named = {row[0] for row in again.db.execute_sql("SELECT sha256 FROM evidence")}
    assert set(confirmed) <= named
    files = [file for file in (folder / "evidence").rglob("*") if file.is_file()]
    assert all(file == file_of(folder, file.name) and hash_file(file) == file.name for file in files)
    assert named <= {file.name for file in files}
