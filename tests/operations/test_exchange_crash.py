"""kill -9, a pulled stick, a full or broken disk, at any moment of making and taking a package: nothing is lost."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.support import ROOT

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def stopped_everywhere(action: str, way: str, base: Path, step: int) -> tuple[int, list[str]]:
    """At how many moments the action was stopped, and the sentences that were said; what was left is judged there."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.operations.exchange_crash_script", action, way, str(base), str(step)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    seen = json.loads(ran.stdout)
    return seen["moments"], seen["said"]


@pytest.mark.parametrize(("action", "step", "least"), [("pack", 2, 30), ("take", 3, 30)])
def test_killed_at_every_moment_the_package_is_whole_or_not_there(
    tmp_path: Path, action: str, step: int, least: int
) -> None:
    assert stopped_everywhere(action, "kill", tmp_path / "base", step)[0] >= least


@pytest.mark.parametrize("action", ["pack", "take"])
def test_a_stick_pulled_or_full_at_any_moment_is_a_sentence_and_changes_nothing(tmp_path: Path, action: str) -> None:
    moments, said = stopped_everywhere(action, "fault", tmp_path / "base", 1)
    assert moments >= 15
    sentences = [text for text in said if "。" in text]
    assert len(sentences) >= 4
    assert all("台账未变" in text and "请" in text for text in sentences), sentences
