"""Invented plans in every layout of Word files and workbooks: how many of their fields read back right.

    python -m tests.bench.accuracy_plans [COUNT] [FIRST_SEED]

Prints for each layout fields read, fields wrong, problems invented or dropped, and the seeds to look at.
"""

import random
import sys
from typing import Any

from desktop.operations.plan.intake import load_aliases
from desktop.plans.aliases import Aliases
from desktop.plans.as_json import plan_as_json
from desktop.plans.read import read_plan
from tests.plans.conftest import normal, only
from tests.plans.invented import Invented, invent
from tests.plans.layouts import LAYOUTS
from tests.plans.odd_layouts import ODD_LAYOUTS

_SHOWN = 5


def wrong_fields(plan: Invented, data: bytes, aliases: Aliases) -> tuple[int, int, int]:
    """Fields compared, fields that differ, problems that are missing or too many."""
    got = plan_as_json(read_plan(data, "清单.bin", aliases))
    found = {problem["number"]: problem for problem in got["problems"]}
    wanted = {problem["number"]: problem for problem in plan.truth["problems"]}
    wrong = count = 0
    for number, problem in wanted.items():
        read: dict[str, Any] = only(problem, found[number]) if number in found else {}
        count += len(problem)
        wrong += sum(normal(read.get(key)) != normal(value) for key, value in problem.items())
    return count, wrong, len(found.keys() ^ wanted.keys()) + abs(len(got["problems"]) - len(found))


def main(count: int, first: int) -> int:
    """Read ``count`` plans in every layout; 1 when fewer than 97 % of the fields are right or a problem is off."""
    aliases = load_aliases()
    whole = bad = strange = 0
    for name, layout in (LAYOUTS | ODD_LAYOUTS).items():
        fields = wrong = off = 0
        seeds = []
        for seed in range(first, first + count):
            plan = invent(seed)
            found = wrong_fields(plan, layout(plan, random.Random(seed * 7 + 1)), aliases)
            fields, wrong, off = fields + found[0], wrong + found[1], off + found[2]
            seeds += [seed] if found[1] or found[2] else []
        whole, bad, strange = whole + fields, bad + wrong, strange + off
        print(f"{name:20} {fields:7} fields {wrong:4} wrong {off:3} problems off  {seeds[:_SHOWN] or ''}")
    print(f"right: {100 - 100 * bad / whole:.2f} %")
    return int(bad > 0.03 * whole or strange > 0)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:3]]
    sys.exit(main(*(numbers + [40, 0][len(numbers) :])))
