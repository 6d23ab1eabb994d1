"""The random offices for as long as one likes: python -m tests.scenarios.exchange_long_run ACTIONS [SEED] [copies]

With ``copies`` offices also work at two PCs whose whole ledgers are carried to and fro.

Stops with the seed at the first thing that does not hold.
"""

import shutil
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import mkdtemp

from tests.scenarios.exchange_world import World

TURNS = 500


def main(wanted: int, seed: int, *, copies: bool) -> None:
    """World after world until so many actions are done; one line of figures at the end."""
    begun, counts = time.monotonic(), Counter[str]()
    while counts["actions"] < wanted:
        folder = Path(mkdtemp(prefix="long-"))
        world = World(folder, seed, copies=copies)
        try:
            for _ in range(TURNS):
                world.act()
            world.check_packages()
            world.settle()
            world.check()
            assert not world.lost()
            counts.update(worlds=1, actions=world.actions, ops=len(world.written), gone=len(world.gone))
        except BaseException:
            sys.stderr.write(f"seed {seed}, {world.actions} actions\n")
            raise
        finally:
            world.close()
            shutil.rmtree(folder, ignore_errors=True)
        seed += 1
        sys.stdout.write(f"{seed} {dict(counts)} {time.monotonic() - begun:.0f} s\n")
        sys.stdout.flush()


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    main(numbers[0], numbers[1] if len(numbers) > 1 else 1000, copies="copies" in sys.argv)
