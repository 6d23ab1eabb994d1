"""Invented plans in every layout read back as they were invented."""

import random

import pytest

from desktop.plans.as_json import plan_as_json
from desktop.plans.read import read_plan
from tests.plans.conftest import normal, only
from tests.plans.invented import invent
from tests.plans.layouts import LAYOUTS
from tests.plans.odd_layouts import ODD_LAYOUTS

EVERY = LAYOUTS | ODD_LAYOUTS


@pytest.mark.parametrize("layout", EVERY)
@pytest.mark.parametrize("seed", range(4))
def test_an_invented_plan_reads_back_from_every_layout(aliases, layout, seed):
    plan = invent(seed)
    data = EVERY[layout](plan, random.Random(seed * 7 + 1))
    got = plan_as_json(read_plan(data, "清单.bin", aliases))
    assert [problem["number"] for problem in got["problems"]] == [p["number"] for p in plan.truth["problems"]]
    assert normal(only(plan.truth["plan"], got["plan"])) == normal(plan.truth["plan"])
    for problem, wanted in zip(got["problems"], plan.truth["problems"], strict=True):
        assert normal(only(wanted, problem)) == normal(wanted)
