"""Ledgers for measuring: so many problems, ten measures each, some progress; the same seed makes the same ledger.

python -m tests.bench.generate FOLDER --problems 20000 --progress 2
"""

import argparse
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from desktop.store.ledger import Ledger, Surroundings, create
from desktop.store.writer import Writer, writing

SEED = 20241118
MEASURES = 10
PART = 500  # problems in one transaction
DAY = date(2026, 11, 23)
WORDS = "长江入河排污口整治雨污管网改造清淤餐饮油烟扬尘噪声扰民垃圾中转站渗滤液矿山复绿畜禽养殖尾水处理提标".replace(
    " ", ""
)
TERMS = ("immediate", "dated", "dated", "staged", "long_term")


class Steady:
    """A clock that ticks one millisecond a look and random bytes from the seed: every run makes the same bytes."""

    def __init__(self, seed: int) -> None:
        self.chance, self.now = Random(seed), 1_795_400_000_000

    def now_ms(self) -> int:
        """The next millisecond."""
        self.now += 1
        return self.now

    def surroundings(self) -> Surroundings:
        """What a ledger takes from outside."""
        return Surroundings(self.now_ms, self.chance.randbytes, "bench")


def text(chance: Random, length: int) -> str:
    """A sentence of so many hanzi."""
    return "".join(chance.choices(WORDS, k=length))


def generate(folder: Path, problems: int, progress: int, seed: int = SEED) -> Ledger:
    """Make a ledger through the bulk path of the store: a few hundred problems in each transaction."""
    chance = Random(seed)
    ledger = create(folder, Steady(seed).surroundings())
    with writing(ledger, "张三", DAY) as writer:
        writer.new("office", {"name": "样例区整改办", "district": "样例区", "region": "hengyang"}, row=ledger.office_id)
        inspection = writer.new("inspection", {"name": "样例督察", "level": "province", "round_no": 2})
        plan = writer.new("plan", {"title": "样例整改方案", "doc_no": "样〔2026〕1号", "inspection": inspection})
        units = [writer.new("unit", {"name": f"样例单位{n}", "rank": n}) for n in range(30)]
    for start in range(0, problems, PART):
        with writing(ledger, "张三", DAY) as writer:
            for number in range(start, min(start + PART, problems)):
                shared = {"plan": plan, "inspection": inspection, "number": number + 1}
                _problem(writer, chance, shared, units, progress)
    return ledger


def _problem(writer: Writer, chance: Random, shared: dict[str, Any], units: list[str], progress: int) -> None:
    due = DAY + timedelta(chance.randint(-200, 400))
    fields = {"text": text(chance, 120), "target": text(chance, 40), "deadline": due.isoformat(), "deadline_raw": "x"}
    row = writer.new("problem", {**shared, **fields, "term_class": chance.choice(TERMS)})
    for position, unit in enumerate(chance.sample(units, 2)):
        role = ("lead", "responsible")[position]
        link = {"problem": row, "unit": unit, "role": role, "position": position, "active": True}
        writer.new("problem_unit", link, scope=row)
    measures = [
        writer.new("measure", {"problem": row, "number": n + 1, "text": text(chance, 40)}, scope=row)
        for n in range(MEASURES)
    ]
    for n in range(progress):
        month = f"2026-{1 + n % 11:02d}"
        entry = {"problem": row, "measure": chance.choice(measures), "month": month, "on": f"{month}-25"}
        writer.new("progress", {**entry, "text": text(chance, 40), "percent": chance.randint(0, 100)}, scope=row)


def main() -> None:
    """Make one ledger."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--problems", type=int, default=200)
    parser.add_argument("--progress", type=int, default=2, help="progress rows for each problem")
    chosen = parser.parse_args()
    generate(chosen.folder, chosen.problems, chosen.progress).close()


if __name__ == "__main__":
    main()
