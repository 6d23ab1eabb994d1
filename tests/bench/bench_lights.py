"""Lights, suggestions and standings of a whole ledger: read by parts against the whole cases, in one run.

python -m tests.bench.bench_lights [--problems 20000] [--progress 2] [--runs 5] [--some 2000] [--in LEDGER]
"""

import argparse
import gc
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from desktop.operations.chase_board import months_said, read_suggestions
from desktop.operations.lights import glance_at_lights, lights_of
from desktop.operations.profile import region_of, yardstick_of
from desktop.rules.case_parts import STANDING_PARTS
from desktop.rules.ladder import suggest_all
from desktop.rules.lights import LightState, light_of
from desktop.rules.region_chasing import Light
from desktop.rules.standing import standing_of
from desktop.store.ledger import Ledger, open_ledger
from desktop.store.read_cases import all_problems, read_cases
from tests.bench.bench_store import measure, report
from tests.bench.generate import DAY, generate

PART = 20  # as the window reads them between two events


def parts(problems: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The problems a few at a time."""
    return (problems[at : at + PART] for at in range(0, len(problems), PART))


def _is_red(state: LightState) -> bool:
    return state.light == Light.RED


def tasks_of(ledger: Ledger, problems: tuple[str, ...], today: date) -> dict[str, Callable[[], object]]:
    """Each reading twice: as the program does it, and from whole cases."""
    region, said, by = region_of(ledger), months_said(ledger, today), yardstick_of(ledger)

    def whole(rule: Callable[..., object]) -> Callable[[], object]:
        return lambda: [[rule(case) for case in read_cases(ledger, part)] for part in parts(problems)]

    def red() -> list[str]:
        """The red ones, as the list is narrowed to them."""
        found = list[str]()
        for part in parts(problems):
            possible = glance_at_lights(ledger, part, today, region)
            read = [one for one, lights in possible.items() if Light.RED in lights and len(lights) > 1]
            states = lights_of(ledger, read, today, region)
            found += [one for one in part if possible[one] == {Light.RED} or (one in states and _is_red(states[one]))]
        return found

    return {
        "red ones": red,
        "lights": lambda: [lights_of(ledger, part, today, region) for part in parts(problems)],
        "lights, whole": whole(lambda case: light_of(case, region, today)),
        "suggestions": lambda: [read_suggestions(ledger, part, today, region, said) for part in parts(problems)],
        "suggestions, whole": whole(lambda case: suggest_all((case,), region, today, said)),
        "standings": lambda: [standing_of(case, today, by) for case in read_cases(ledger, problems, STANDING_PARTS)],
        "standings, whole": lambda: [standing_of(case, today, by) for case in read_cases(ledger, problems)],
    }


def main() -> None:
    """Make the ledger, or take one that is there, and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--problems", type=int, default=20_000)
    parser.add_argument("--progress", type=int, default=2, help="progress rows for each problem")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--some", type=int, default=2_000, help="so many of them, taken at random, are read")
    parser.add_argument("--in", dest="folder", type=Path, default=None, help="a ledger made by tests.bench.generate")
    chosen = parser.parse_args()
    gc.disable()  # as the window does while it reads
    with TemporaryDirectory() as desk:
        if chosen.folder is None:
            generate(Path(desk, "ledger"), chosen.problems, chosen.progress).close()
        with open_ledger(chosen.folder or Path(desk, "ledger"), write=False) as ledger:
            every = all_problems(ledger)
            some = tuple(Random(1).sample(every, min(chosen.some, len(every))))
            seconds = measure(tasks_of(ledger, some, DAY), chosen.runs)
    report(f"red ones of {len(some)} problems", seconds["red ones"], seconds["lights, whole"], "as small as may be")
    for name in ("lights", "suggestions", "standings"):
        report(f"{name} of {len(some)} problems", seconds[name], seconds[f"{name}, whole"], "as small as may be")


if __name__ == "__main__":
    main()
