"""What we print ourselves reads back: 整改清单, 整改台账 and workbook of made-up ledgers and of the sample ledger."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from desktop.operations.ledgers import new_ledger
from desktop.operations.opened import Ledger
from desktop.operations.plan.intake import import_plan, read_plan_file
from desktop.operations.sample.story import read_district
from desktop.rules.drafts import PlanDraft
from tests.bench.fuzz_round_trip import FORMS, TODAY, differences, write_form
from tests.plans.own_ledgers import made_up

_MADE_UP = {"short": (1, False), "long": (3, True), "longer": (7, True)}


@pytest.fixture(scope="module", params=[*_MADE_UP, "sample"])
def ledger(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterable[tuple[Ledger, PlanDraft]]:
    if request.param == "sample":
        plan = read_plan_file(read_district().plan)
    else:
        seed, wild = _MADE_UP[request.param]
        plan = made_up(seed, wild=wild)
    made = new_ledger(tmp_path_factory.mktemp("ledger") / "台账", "江澜区整改办", TODAY, person="李明")
    import_plan(made, plan, TODAY, "李明")
    yield made, plan
    made.close()


@pytest.mark.parametrize("form", FORMS)
def test_a_printed_ledger_reads_back_to_the_same_problems(
    ledger: tuple[Ledger, PlanDraft], form: str, tmp_path: Path
) -> None:
    made, plan = ledger
    target = tmp_path / form
    write_form(made, target)
    assert list(differences(plan, target)) == []
