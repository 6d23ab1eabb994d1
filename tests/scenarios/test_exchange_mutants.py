"""The faults that must be noticed can still be put in."""

import pytest

from tests.scenarios.exchange_mutants import MUTANTS, Mutant
from tests.store.support import ROOT


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_each_fault_has_its_one_place(mutant: Mutant) -> None:
    text = (ROOT / mutant.file).read_text(encoding="utf-8")
    for right, wrong in mutant.changes:
        assert text.count(right) == 1
        assert right != wrong
