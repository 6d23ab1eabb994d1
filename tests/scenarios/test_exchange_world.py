"""Whatever four offices do and whatever happens to their sticks, disks and clocks: in the end all agree."""

import shutil
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests.scenarios.exchange_world import LINKS, NAMES, World


def _finish(world: World) -> None:
    world.check_packages()
    world.settle()
    world.check()
    assert not world.lost()


# Late packages of before a restored backup, clocks far apart, a case that comes back to a unit, and what a unit wrote
# and lost that comes back by way of another one.
HARD = ((10002, 500), (10078, 500), (20022, 500), (70098, 500))


@pytest.mark.parametrize(("seed", "turns"), [*((seed, 150) for seed in range(5)), *HARD])
def test_after_many_turns_everybody_agrees_and_nothing_is_lost(tmp_path: Path, seed: int, turns: int) -> None:
    world = World(tmp_path, seed)
    try:
        for _ in range(turns):
            world.act()
        _finish(world)
    finally:
        world.close()


@pytest.mark.parametrize(("seed", "turns"), [(90000, 510), (90001, 200), (90003, 200)])
def test_offices_that_work_at_two_pcs_lose_nothing_and_come_to_rest(tmp_path: Path, seed: int, turns: int) -> None:
    world = World(tmp_path, seed, copies=True)
    try:
        for _ in range(turns):
            world.act()
        assert any(place.twin for place in world.places)
        _finish(world)
    finally:
        world.close()


class Offices(RuleBasedStateMachine):
    """The same in small steps, so that a failure comes down to the few that matter."""

    world: World
    place: Path

    @initialize(seed=st.integers(0, 1000))
    def found(self, seed: int) -> None:
        """Four offices that have confirmed each other."""
        self.place = Path(mkdtemp(prefix="offices-"))
        self.world = World(self.place, seed)

    @rule(at=st.sampled_from(range(len(NAMES))), deed=st.sampled_from(("edit", "report", "assign", "prove")))
    def write(self, at: int, deed: str) -> None:
        """A clerk writes."""
        self.world.write(at, deed)

    @rule(link=st.sampled_from(LINKS), full=st.booleans())
    def send(self, link: tuple[int, int], full: bool) -> None:
        """A package goes on a stick."""
        self.world.actions += 1
        self.world.send(*link, full=full)

    @rule()
    def arrive(self) -> None:
        """Some stick arrives, perhaps once more."""
        self.world.arrive()

    @rule(at=st.sampled_from(range(len(NAMES))))
    def keep(self, at: int) -> None:
        """An office makes a backup."""
        self.world.keep(at)

    @rule(at=st.sampled_from(range(len(NAMES))))
    def restore(self, at: int) -> None:
        """An office goes back to a backup."""
        self.world.restore(at)

    def teardown(self) -> None:
        """All sticks arrive; then everything must hold."""
        try:
            _finish(self.world)
        finally:
            self.world.close()
            shutil.rmtree(self.place)


TestOffices = Offices.TestCase
TestOffices.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)
