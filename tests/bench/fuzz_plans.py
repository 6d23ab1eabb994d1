"""Damaged plans by the thousand: every one must end as a draft or as one sentence, never as a fault of ours.

    python -m tests.bench.fuzz_plans [COUNT] [FIRST_SEED]

Prints how each kind ended, the slowest of them, and the seed of whatever failed.
"""

import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable

from desktop.operations.plan.intake import load_aliases
from desktop.plans.read import read_plan
from desktop.rules.errors import KnownFault, Refused
from tests.plans.hostile import broken
from tests.plans.pdf.paper import official
from tests.plans.pdf.test_pdf_plans import HEAD, items, merges, plan_table, rows_of, scanned
from tests.plans.test_hostile import TEXT, a_docx, a_workbook

KINDS: dict[str, Callable[[], bytes]] = {
    "pages.pdf": lambda: official(items(5), head="某区督察整改"),
    "table.pdf": lambda: plan_table([HEAD, *rows_of(1), *rows_of(2)], merges(1) + merges(4)),
    "scan.pdf": lambda: scanned("tso"),
    "plan.docx": a_docx,
    "plan.xlsx": a_workbook,
    "plan.txt": lambda: TEXT.encode("gb18030"),
}


def main(count: int, first: int) -> int:
    """Damage and read ``count`` files of every kind; 1 when one of them ended otherwise than it should."""
    aliases = load_aliases()
    failed = 0
    for name, make in KINDS.items():
        whole, ends, slowest = make(), Counter[str](), (0.0, 0)
        for seed in range(first, first + count):
            data = broken(whole, random.Random(seed))
            begun = time.perf_counter()
            try:
                ends["read" if read_plan(data, name, aliases).problems else "without problems"] += 1
            except (Refused, KnownFault) as error:
                ends[getattr(error, "rule", "fault")] += 1
            except Exception:
                failed += 1
                print(f"{name} seed {seed}")
                traceback.print_exc()
            slowest = max(slowest, (time.perf_counter() - begun, seed))
        print(f"{name}: {dict(ends)}, slowest {slowest[0]:.2f} s (seed {slowest[1]})")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*(int(word) for word in [*sys.argv[1:], "200", "1"][:2])))
