"""Evidence checklists by type of problem: which list holds, what it asks of a problem, how a wrong file is told."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.rules.checklists import items_for, merge_checklists, parse_checklists
from desktop.rules.errors import Refused
from desktop.rules.lifecycle import missing_papers
from desktop.rules.needed import all_papers, item_name, papers_of
from desktop.rules.records import CaseFile, Evidence, Gate, Measure, Problem
from desktop.rules.region import parse_region
from desktop.rules.toml_table import TomlTable

RESOURCES = Path(__file__).parents[2] / "resources"


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((RESOURCES / name).read_text(encoding="utf-8"))


def row(kind: str, key: str, name: str, **more: object) -> dict[str, object]:
    return {"problem_type": kind, "key": key, "name": name, **more}


def parsed(*rows: dict[str, object]) -> Any:
    return parse_checklists(TomlTable({"checklists": list(rows)}, "清单.toml"))


LISTS = parsed(
    row("通用", "photo", "整改照片", required=False),
    row("黑臭水体", "water", "水质监测报告"),
    row("黑臭水体", "opinion", "专家意见", gate="accept"),
    row("黑臭水体", "funds", "资金凭证", measure="资金"),
)


def case_of(kind: str, *measures: str, evidence: tuple[str, ...] = ()) -> CaseFile:
    found = tuple(Measure(f"m{n}", "p", n, text) for n, text in enumerate(measures, 1))
    pieces = tuple(Evidence(key, "p", f"{key}.pdf", "0" * 64, 1, "application/pdf", item=key) for key in evidence)
    return CaseFile(Problem("p", 1, "问题", problem_type=kind), measures=found, evidence=pieces)


def region_with(*lists: Any) -> Any:
    return parse_region(
        load("regions/hengyang.toml"), load("gate_orders.toml"), "hengyang.toml", (), merge_checklists(*lists)
    )


def keys(items: Any) -> list[str]:
    return [item.key for item in items]


def test_a_type_has_its_own_list_and_an_unknown_one_the_general_list() -> None:
    assert keys(items_for(case_of("黑臭水体"), LISTS)) == ["water", "opinion"]
    assert keys(items_for(case_of(" 黑臭　水体"), LISTS)) == ["water", "opinion"]
    assert keys(items_for(case_of("噪声"), LISTS)) == ["photo"]
    assert keys(items_for(case_of(""), LISTS)) == ["photo"]


def test_an_item_bound_to_a_measure_is_asked_for_only_where_a_measure_speaks_of_it() -> None:
    assert "funds" in keys(items_for(case_of("黑臭水体", "落实整治资金200万元"), LISTS))


def test_a_gate_asks_for_its_papers_and_for_the_proofs_of_the_type() -> None:
    region, case = region_with(LISTS), case_of("黑臭水体")
    assert keys(papers_of(case, Gate.SELF_CHECK, region)) == ["proof", "water"]
    assert keys(papers_of(case, Gate.ACCEPT, region)) == ["request_signed", "acceptance_opinion", "opinion"]
    assert keys(missing_papers(case, Gate.SELF_CHECK, region)) == ["proof", "water"]


def test_a_proof_of_the_type_is_proof_in_general_too() -> None:
    region = region_with(LISTS)
    assert missing_papers(case_of("黑臭水体", evidence=("water",)), Gate.SELF_CHECK, region) == ()
    lost = case_of("黑臭水体", evidence=("water",))
    lost = replace(lost, evidence=(replace(lost.evidence[0], present=False),))
    assert keys(missing_papers(lost, Gate.SELF_CHECK, region)) == ["proof", "water"]


def test_what_is_not_required_is_never_missing() -> None:
    region = region_with(LISTS)
    case = case_of("噪声", evidence=("other",))
    assert keys(papers_of(case, Gate.SELF_CHECK, region)) == ["proof", "photo"]
    assert missing_papers(case, Gate.SELF_CHECK, region) == ()


def test_the_list_of_the_office_takes_the_place_of_the_shipped_one_type_by_type() -> None:
    merged = merge_checklists(LISTS, parsed(row("黑臭水体", "report", "成效评估报告")))
    assert keys(items_for(case_of("黑臭水体"), merged)) == ["report"]
    assert keys(items_for(case_of("噪声"), merged)) == ["photo"]


def test_names_are_found_for_papers_and_for_proofs() -> None:
    region = region_with(LISTS)
    assert item_name("water", region) == "水质监测报告"
    assert item_name("closure_ledger", region) == "销号台账"
    assert item_name("gone", region) == ""
    papers = keys(all_papers(case_of("黑臭水体"), region, Gate.ACCEPT))
    assert papers[:3] == ["request_signed", "acceptance_opinion", "opinion"]
    assert len(papers) == len(set(papers))


def test_what_ships_is_a_proposal_that_holds_nobody_up() -> None:
    shipped = parse_checklists(TomlTable(load("checklists/proposal.toml"), "proposal.toml"))
    assert {item.problem_type for item in shipped} >= {"通用", "黑臭水体", "矿山生态修复"}
    assert not any(item.required for item in shipped)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([row("通用", "a", "甲"), row("通用", "a", "乙")], "“a”在“通用”中已用过"),
        ([row("通用", "a", "甲", gate="somewhere")], "只能填写"),
        ([{"problem_type": "通用", "key": "a"}], "没有填写"),
        ([row("通用", "a", "甲", colour="红")], "不是可用的项目"),
    ],
)
def test_a_wrong_list_is_told_with_its_place(rows: list[dict[str, object]], words: str) -> None:
    with pytest.raises(Refused) as refused:
        parsed(*rows)
    assert words in refused.value.sentence
    assert "清单.toml" in refused.value.sentence
