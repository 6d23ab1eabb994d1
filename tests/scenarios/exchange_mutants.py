"""Seven faults put into the merge rule, one at a time: the tests must notice each, and pass without any.

python -m tests.scenarios.exchange_mutants [TEST …]

Works on a copy of the project in a temporary folder. Ends with status 1 when a fault survives.
"""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.store.support import ROOT

FOLD, JOURNAL, PROJECT = "desktop/rules/fold.py", "desktop/store/journal.py", "desktop/store/project.py"
TESTS = ("tests/store/test_projection.py", "tests/scenarios/test_exchange_world.py")
PARTS = ("desktop", "forms", "resources", "tests", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A fault: in one file some texts are replaced by others, each of which stands there once."""

    name: str
    file: str
    changes: tuple[tuple[str, str], ...]


MUTANTS = (
    Mutant("arrival order wins", FOLD, ((
        "return written[max(shown, key=lambda i: (written[i].hlc, i))].fields[name]",
        "return written[[i for i in written if i in set(shown)][-1]].fields[name]"),)),
    Mutant("every write is a head", FOLD, ((
        "heads = sorted(decided - _replaced(written, decided, name))", "heads = sorted(decided)"),)),
    Mutant("REPLACE instead of IGNORE", JOURNAL, (
        ("fresh = [(op, body) for i, (op, body) in offered.items() if i not in known]",
         "fresh = list(offered.values())"),
        ('"INSERT INTO op (', '"INSERT OR REPLACE INTO op ('))),
    Mutant("the creation is the op that came first", FOLD, ((
        "creators = sorted(op.id for op in known.values() if op.kind == NEW)",
        "creators = [op.id for op in known.values() if op.kind == NEW]"),)),
    Mutant("no tie-break", FOLD, (("key=lambda i: (written[i].hlc, i))", "key=lambda i: written[i].hlc)"),)),
    Mutant("plan fields are like others", FOLD, ((
        'owner if is_plan_field(first.table, name) else ""', '""'),)),
    Mutant("an owner learned late changes nothing", PROJECT, ((
        "elif count != len(by_row[row]):",
        "elif count != len(by_row[row]) and not any(op.kind == NEW for op in by_row[row]):"),)),
)  # fmt: skip


def main(tests: tuple[str, ...]) -> int:
    """Run the tests on the project as it is and with each fault; how many faults they did not notice."""
    survived = 0
    with TemporaryDirectory(prefix="mutants-") as scratch:
        copy = Path(scratch)
        for part in PARTS:
            _copy(ROOT / part, copy / part)
        if not _passes(copy, tests, "without a fault"):
            sys.stdout.write("the tests fail without a fault: nothing can be said\n")
            return 1
        for mutant in MUTANTS:
            _put_in(copy, mutant)
            survived += _passes(copy, tests, mutant.name)
            shutil.copyfile(ROOT / mutant.file, copy / mutant.file)
    sys.stdout.write(f"{len(MUTANTS) - survived} of {len(MUTANTS)} faults noticed\n")
    return int(survived > 0)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copyfile(source, target)


def _put_in(copy: Path, mutant: Mutant) -> None:
    text = (copy / mutant.file).read_text(encoding="utf-8")
    for right, wrong in mutant.changes:
        if text.count(right) != 1:
            raise SystemExit(f"{mutant.name}: the place to change is no longer in {mutant.file}, or there twice")
        text = text.replace(right, wrong)
    (copy / mutant.file).write_text(text, encoding="utf-8")


def _passes(copy: Path, tests: tuple[str, ...], words: str) -> bool:
    """Whether the tests pass on the copy; one line tells, with the first that failed."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(command, cwd=copy, env=env, capture_output=True, encoding="utf-8", check=False)
    if ran.returncode not in (0, 1):
        raise SystemExit(ran.stdout + ran.stderr)
    failed = next((line for line in ran.stdout.splitlines() if line.startswith("FAILED")), "")
    passed = ran.returncode == 0
    sys.stdout.write(f"{words}: {'passed' if passed else 'noticed'}, {time.monotonic() - begun:.0f} s {failed[:150]}\n")
    sys.stdout.flush()
    return passed


if __name__ == "__main__":
    raise SystemExit(main(tuple(sys.argv[1:]) or TESTS))
