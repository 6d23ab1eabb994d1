"""Ledgers with long names and texts, printed and read back by the hundred: every field must be the same again.

    python -m tests.bench.fuzz_round_trip [COUNT] [FIRST_SEED]

Prints what differs with the seed of its ledger, and how many problems were read in each form.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from desktop.operations.export import export_workbook
from desktop.operations.ledgers import new_ledger
from desktop.operations.opened import Ledger
from desktop.operations.paper.drafts import PaperDraft, complete_draft
from desktop.operations.paper.printing import print_to_file
from desktop.operations.plan.intake import import_plan, read_plan_file
from desktop.rules.drafts import PlanDraft
from tests.plans.own_ledgers import fields_of, made_up

TODAY = date(2026, 11, 23)
FORMS = ("task_list.pdf", "task_list.docx", "merged_ledger.pdf", "merged_ledger.docx", "ledger.xlsx")


def write_form(ledger: Ledger, target: Path) -> None:
    """Write a ledger to a file named as one of ``FORMS``."""
    if target.suffix == ".xlsx":
        export_workbook(ledger, target, TODAY)
    else:
        print_to_file(ledger, target.stem, None, target, TODAY, complete_draft(ledger, None, PaperDraft()))


def written(plan: PlanDraft, folder: Path) -> Iterator[Path]:
    """The ledger of a plan in every form in which we write one."""
    with new_ledger(folder / "台账", "江澜区整改办", TODAY, person="李明") as ledger:
        import_plan(ledger, plan, TODAY, "李明")
        for form in FORMS:
            write_form(ledger, folder / form)
            yield folder / form


def differences(plan: PlanDraft, file: Path) -> Iterator[str]:
    """A line for each field that does not come back as it was, and for text that found no place."""
    read = read_plan_file(file)
    found = {problem.number: fields_of(problem) for problem in read.problems}
    if len(read.problems) != len(plan.problems):
        yield f"{len(plan.problems)} problems were written, {len(read.problems)} read"
    for problem in plan.problems:
        for key, wanted in fields_of(problem).items():
            got = found.get(problem.number, {}).get(key)
            if got != wanted:
                yield f"problem {problem.number} {key}:\n    wrote {wanted}\n    read  {got}"
    if read.unassigned:
        yield f"unassigned: {list(read.unassigned)}"


def main(count: int, first: int) -> int:
    """Write and read ``count`` ledgers; 1 when anything differs."""
    seen, wrong = 0, Counter[str]()
    for seed in range(first, first + count):
        plan = made_up(seed, wild=True)
        seen += len(plan.problems)
        with tempfile.TemporaryDirectory(prefix="round-trip-") as folder:
            for file in written(plan, Path(folder)):
                for line in differences(plan, file):
                    wrong[file.name] += 1
                    print(f"seed {seed} {file.name} {line}", flush=True)
    print(f"{seen} problems in each of {len(FORMS)} forms; differences: {dict(wrong) or 'none'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in [*sys.argv[1:], "50", "1"][:2])))
