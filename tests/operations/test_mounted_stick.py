"""Sticks that are really mounted: full at any size, read-only, and pulled at any moment of packing, taking, carrying.

They are mounted in a name space of their own, which ends with the program and leaves nothing.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.support import ROOT

PROBE = ["unshare", "-m", "--propagation", "private", "sh", "-c"]
STOPPED = "读写出错"
GONE = "找不到"


def why_not(*, image: bool = False, kind: str = "ext4") -> str:
    """Why sticks cannot be mounted here; empty when they can."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "only root may mount"
    if not shutil.which("unshare") or subprocess.run([*PROBE, "mount -t tmpfs x /mnt"], check=False).returncode:
        return "this machine lets nobody mount"
    if not image:
        return ""
    if not shutil.which(f"mkfs.{kind}"):
        return f"there is no mkfs.{kind}"
    if f"\t{kind}\n" not in Path("/proc/filesystems").read_text(encoding="ascii"):
        return f"the kernel knows no {kind}"
    made = f"f=$(mktemp) && truncate -s 4M $f && mkfs.{kind} $f >/dev/null 2>&1 && mount -o loop $f /mnt"
    made += "; s=$?; rm -f $f; exit $s"
    return "" if subprocess.run([*PROBE, made], check=False).returncode == 0 else "there are no loop devices"


def seen(way: str, base: Path) -> tuple[int, list[str]]:
    """At how many moments or sizes a way was tried, and the sentences of the faults."""
    command = [sys.executable, "-m", "tests.operations.mounted_stick_script", way, str(base)]
    ran = subprocess.run(
        [*PROBE[:-2], *command],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    found = json.loads(ran.stdout)
    return found["tried"], found["faults"]


def skip_if(reason: str) -> None:
    if reason:
        pytest.skip(reason)


def test_a_stick_is_full_at_every_size_until_it_fits(tmp_path: Path) -> None:
    skip_if(why_not())
    tried, faults = seen("full", tmp_path / "base")
    assert tried >= 20
    assert faults == ["磁盘空间不足，这一步没有完成，台账未变。请腾出空间后重试。"]


def test_a_locked_stick_is_taken_from_and_not_written(tmp_path: Path) -> None:
    skip_if(why_not())
    tried, faults = seen("read-only", tmp_path / "base")
    assert (tried, len(faults)) == (2, 2)
    assert all(text.startswith("所在磁盘是只读的") and text.endswith("请换到可写的位置。") for text in faults)


@pytest.mark.parametrize(
    ("way", "least", "words"),
    [
        ("pack-stopped", 9, STOPPED),
        ("take-stopped", 4, STOPPED),
        ("carry-stopped", 4, STOPPED),
        ("pack-gone", 9, GONE),
        ("take-gone", 4, GONE),
        ("carry-gone", 4, GONE),
    ],
)
def test_a_stick_pulled_at_any_moment_is_one_sentence_and_nothing_is_lost(
    tmp_path: Path, way: str, least: int, words: str
) -> None:
    skip_if(why_not(image=True))
    tried, faults = seen(way, tmp_path / "base")
    assert tried >= least
    assert faults
    assert all(text.startswith(words) and "台账未变" in text and "U盘" in text for text in faults), faults


def test_a_small_stick_of_the_usual_format(tmp_path: Path) -> None:
    skip_if(why_not(image=True, kind="vfat"))
    tried, faults = seen("vfat", tmp_path / "base")
    assert (tried, len(faults)) == (2, 1)
