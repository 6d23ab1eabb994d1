"""Run by test_carrying_crash: a ledger is carried out, brought in or merged again and again, killed a moment later.

A moment is every SQL statement and every call that touches a file. Then what is left is looked at, and the same is
done once more to its end.
"""

import json
import shutil
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from desktop.exchange.carried import open_carried
from desktop.operations.cases import find_case
from desktop.operations.ledgers import new_ledger, open_to_write
from desktop.operations.packages.carrying import MARK, bring_in, carry_out
from desktop.operations.packages.copies import merge_copy
from desktop.operations.progress import add_evidence, report_progress
from desktop.rules.entries import EvidenceEntry, ProgressEntry
from desktop.store.integrity import check_ledger
from desktop.store.ledger import Ledger
from desktop.store.writer import writing
from tests.scenarios.exchange_clerks import TODAY
from tests.store.crash_script import act

NOW = datetime(2026, 11, 23, 9, 30)
Say = Callable[[str], object]


class Places:
    """The ledger, the stick, and a copy that was carried and went on: each put back for every moment."""

    def __init__(self, base: Path) -> None:
        self.base, self.stick, self.new = base, base / "U盘", base / "新台账"
        self.ledger, self.clean = base / "台账", base / "clean"
        with new_ledger(self.ledger, "江澜区整改办", TODAY) as ledger:
            with writing(ledger, "王敏", TODAY) as writer:
                problem = writer.new("problem", {"number": 5, "text": "堆场扬尘"})
                writer.new("measure", {"problem": problem, "number": 1, "text": "拆除堆场"}, scope=problem)
            fill(ledger, base, "第一台")
            carried = Path(carry_out(ledger, base / "带出", NOW).extra["path"])
        bring_in(carried, base / "第二台")
        with open_to_write(base / "第二台") as second:
            fill(second, base, "第二台")
            self.carried = Path(carry_out(second, base / "带回", NOW).extra["path"])
        shutil.copytree(self.ledger, self.clean)

    def put_back(self) -> None:
        """Everything as at first."""
        for folder in (self.ledger, self.stick, self.new, self.new.with_name("新台账.接回中")):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.clean, self.ledger)


def fill(ledger: Ledger, base: Path, words: str) -> None:
    """A report and a photo."""
    case, photo = find_case(ledger, 5), base / f"{words}.jpg"
    report_progress(ledger, case, ProgressEntry(f"{words}填的", 1, 60, month="2026-11"), TODAY)
    photo.write_bytes(b"\xff\xd8\xff" + words.encode() * 40_000)
    add_evidence(ledger, find_case(ledger, 5), EvidenceEntry((str(photo),), words), TODAY)


def texts(ledger: Ledger) -> set[str]:
    """What was reported."""
    return {entry.text for entry in find_case(ledger, 5).progress}


def sound(ledger: Ledger, photos: int) -> None:
    """Whole, and nothing of interrupted work lies about."""
    health = check_ledger(ledger)
    assert health.is_sound, health
    assert health.files == photos
    assert not [file for file in ledger.folder.rglob("*") if file.suffix in (".part", ".plain")]
    assert not list(ledger.folder.glob("exchange/*"))


def out(places: Places, say: Say) -> None:
    """Carry the ledger to the stick, as one file."""
    with open_to_write(places.ledger) as ledger:
        say(carry_out(ledger, places.stick, NOW, as_file=True).extra["path"].replace(" ", ""))


def judge_out(places: Places, confirmed: list[str]) -> None:
    """What has a final name is whole; the next time takes the rest away."""
    for round_ in range(2):
        done = [file for file in places.stick.glob(f"*{MARK}*") if file.suffix != ".part"]
        assert len(done) >= len(confirmed) + round_
        for path in done:
            with open_carried(path) as carried:
                carried.check()
        with open_to_write(places.ledger) as ledger:
            sound(ledger, 1)
            carry_out(ledger, places.stick, NOW, as_file=True)
    assert not list(places.stick.glob("*.part"))


def into(places: Places, say: Say) -> None:
    """Make a ledger of what was carried."""
    say(bring_in(places.carried, places.new).extra["folder"])


def judge_into(places: Places, confirmed: list[str]) -> None:
    """The ledger is there whole, or not at all."""
    if not places.new.exists():
        assert not confirmed
        bring_in(places.carried, places.new)
    assert not places.new.with_name("新台账.接回中").exists()
    with open_to_write(places.new) as ledger:
        sound(ledger, 2)
        assert texts(ledger) == {"第一台填的", "第二台填的"}


def merge(places: Places, say: Say) -> None:
    """Merge what the other copy has."""
    with open_to_write(places.ledger) as ledger:
        say(merge_copy(ledger, places.carried, TODAY).state)


def judge_merge(places: Places, confirmed: list[str]) -> None:
    """All of it is in, or nothing; once more everything is there."""
    with open_to_write(places.ledger) as ledger:
        assert texts(ledger) in ({"第一台填的"}, {"第一台填的", "第二台填的"})
        assert not confirmed or "第二台填的" in texts(ledger)
        merge_copy(ledger, places.carried, TODAY)
        assert texts(ledger) == {"第一台填的", "第二台填的"}
        sound(ledger, 2)


ACTIONS = {"out": (out, judge_out), "in": (into, judge_into), "merge": (merge, judge_merge)}


def main(name: str, base: Path, step: int) -> None:
    """Kill the action at the 1st, 2nd … moment until it ends by itself; print how many there were."""
    places = Places(base)
    action, judge = ACTIONS[name]
    moment, stopped = 1, 0
    while True:
        places.put_back()
        was_stopped, said = act(moment, base, lambda say: action(places, say))
        judge(places, said)
        if not was_stopped:
            break
        stopped, moment = stopped + 1, moment + step
    sys.stdout.write(json.dumps({"moments": stopped}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
