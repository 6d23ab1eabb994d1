"""An office's own evidence checklist in its 资料 folder wins over the shipped proposal, type by type."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop import paths
from desktop.operations.cases import find_case
from desktop.operations.checklists import FILE, list_checklists, save_checklists
from desktop.operations.closure import take_step
from desktop.operations.ledgers import new_ledger
from desktop.operations.opened import Ledger
from desktop.operations.problems import save_problem
from desktop.operations.profile import load_region
from desktop.operations.progress import add_evidence
from desktop.rules.entries import EvidenceEntry, ProblemEntry, StepEntry
from desktop.rules.errors import NeedsReason, Refused
from desktop.rules.records import Gate, StepAction

DAY = date(2026, 11, 23)
OURS = """
[[checklists]]
problem_type = "黑臭水体"
key = "water"
name = "水质监测报告"
gate = "self_check"
words = ["监测数据"]
"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "资料"
    (folder / "checklists").mkdir(parents=True)
    paths.use_own_folder(folder)
    yield folder / "checklists" / "ours.toml"
    paths.use_own_folder(None)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = new_ledger(tmp_path / "台账", "蒸湘区整改办", DAY, person="李明")
    for number, kind in ((1, "黑臭水体"), (2, "没有清单的类型")):
        save_problem(made, None, ProblemEntry(number, "问题", problem_type=kind), DAY, "李明")
    yield made
    made.close()


def test_what_ships_holds_nobody_up(ledger: Ledger, tmp_path: Path) -> None:
    proof = tmp_path / "佐证材料.txt"
    proof.write_text("说明", encoding="utf-8")
    entry = StepEntry(StepAction.SELF_CHECK, DAY, "查过", files=(str(proof),))
    for number in (1, 2):
        take_step(ledger, find_case(ledger, number), entry, DAY)
        assert find_case(ledger, number).steps[-1].warnings == ()


def test_the_own_list_names_the_missing_proof_and_its_file_is_known_by_name(
    own: Path, ledger: Ledger, tmp_path: Path
) -> None:
    own.write_text(OURS, encoding="utf-8")
    proof = tmp_path / "佐证材料.txt"
    proof.write_text("说明", encoding="utf-8")
    entry = StepEntry(StepAction.SELF_CHECK, DAY, "查过", files=(str(proof),))
    with pytest.raises(NeedsReason) as needed:
        take_step(ledger, find_case(ledger, 1), entry, DAY)
    assert needed.value.warnings == ("问题1办理自查自验缺少水质监测报告，请补充材料",)
    take_step(ledger, find_case(ledger, 2), entry, DAY)
    file = tmp_path / "11月监测数据.txt"
    file.write_text("达标", encoding="utf-8")
    add_evidence(ledger, find_case(ledger, 1), EvidenceEntry((str(file),)), DAY)
    assert find_case(ledger, 1).evidence[-1].item == "water"
    take_step(ledger, find_case(ledger, 1), entry, DAY)
    assert find_case(ledger, 1).steps[-1].warnings == ()


def test_only_the_named_type_is_replaced(own: Path) -> None:
    before = load_region("hengyang").checklists
    own.write_text(OURS, encoding="utf-8")
    after = load_region("hengyang").checklists
    assert [item.key for item in after if item.problem_type == "黑臭水体"] == ["water"]
    assert [i for i in after if i.problem_type == "扬尘污染"] == [i for i in before if i.problem_type == "扬尘污染"]
    assert all(item.gate in set(Gate) for item in after)


def test_a_broken_own_list_is_told_with_its_file(own: Path) -> None:
    own.write_text(OURS.replace("gate", "gaet"), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        load_region("hengyang")
    assert "ours.toml" in refused.value.sentence
    assert "gaet" in refused.value.sentence


def test_lists_are_kept_as_the_offices_own_and_hold_at_once(own: Path, ledger: Ledger) -> None:
    before = list_checklists(ledger)
    kept = [replace(item, required=True) if item.problem_type == "黑臭水体" else item for item in before]
    said = save_checklists(ledger, kept)
    assert said.sentence.startswith("已保存")
    assert (own.parent / FILE).is_file()
    assert {i.required for i in list_checklists(ledger) if i.problem_type == "黑臭水体"} == {True}
    save_checklists(ledger, [item for item in kept if item.problem_type != "黑臭水体"])
    assert {i.required for i in list_checklists(ledger) if i.problem_type == "黑臭水体"} == {False}
    with pytest.raises(Refused, match="清单是空的"):
        save_checklists(ledger, [])


def test_without_a_data_folder_lists_cannot_be_kept(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="没有数据文件夹"):
        save_checklists(ledger, list_checklists(ledger))
