"""The random offices for as long as one likes: python -m tests.scenarios.exchange_long_run ACTIONS [FIRST_SEED]

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


def main(wanted: int, seed: int) -> None:
    """World after world until so many actions are done; one line of figures at the end."""
    begun, counts = time.monotonic(), Counter[str]()
    while counts["actions"] < wanted:
        folder = Path(mkdtemp(prefix="long-"))
        world = World(folder, seed)
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
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000)
