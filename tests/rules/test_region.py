"""The region profile as data: read whole, and every slip named with file and key."""

import tomllib
from pathlib import Path

import pytest

from desktop.rules.errors import Refused
from desktop.rules.records import Gate, ProblemSource
from desktop.rules.region import DispatchRule, Region, fill_names, parse_region, recognise

RESOURCES = Path(__file__).parents[2] / "resources"
ORDERS = tomllib.loads((RESOURCES / "gate_orders.toml").read_text(encoding="utf-8"))
HENGYANG = tomllib.loads((RESOURCES / "regions" / "hengyang.toml").read_text(encoding="utf-8"))


def parse(**changed: object) -> Region:
    return parse_region({k: v for k, v in (HENGYANG | changed).items() if v is not None}, ORDERS, "hengyang.toml")


def test_hengyang_follows_the_founding_document() -> None:
    region = parse()
    assert region.gate_order == (Gate.SELF_CHECK, Gate.APPLY, Gate.ACCEPT, Gate.NOTICE, Gate.FILE)
    assert (region.order_name, region.soft_order) == ("hn_18hao", True)
    assert (region.notice.days, region.notice.unit, region.notice.counting) == (5, "working", "next_day")
    assert region.closing_standard == ("污染消除", "生态修复", "群众满意")
    assert len(region.return_reasons) == 9


def test_every_gate_of_hengyang_needs_a_paper() -> None:
    region = parse()
    assert {rule.gate: [p.key for p in rule.papers] for rule in region.gates} == {
        Gate.SELF_CHECK: ["proof"],
        Gate.APPLY: ["self_check_form"],
        Gate.ACCEPT: ["request_signed", "acceptance_opinion"],
        Gate.NOTICE: ["notice_text"],
        Gate.FILE: ["notice_screenshot", "no_objection", "closure_ledger"],
    }


def test_application_form_has_six_boxes_and_room_for_two_seals() -> None:
    boxes = parse().signoff
    assert [box.title for box in boxes] == [
        "责任单位意见",
        "牵头单位意见",
        "牵头区领导意见",
        "区委、区政府意见",
        "市直牵头督导验收单位意见",
        "市整改办意见",
    ]
    assert [box.seals for box in boxes] == [1, 1, 1, 2, 1, 1]


def test_names_are_filled_with_district_and_city() -> None:
    region = parse()
    assert [fill_names(name, region, "蒸湘区") for name in region.applicants] == [
        "中共蒸湘区委员会",
        "蒸湘区人民政府",
    ]
    assert fill_names(region.addressee, region, "蒸湘区") == "衡阳市突出环境问题整改工作领导小组"
    assert fill_names(region.issuing_office, region, "蒸湘区") == "中共蒸湘区委办公室"


@pytest.mark.parametrize("order", ["hn_18hao", "notice_first", "accept_first", "boshan_6"])
def test_every_shipped_order_names_five_gates_and_ends_with_filing(order: str) -> None:
    region = parse(gate_order=order)
    assert sorted(region.gate_order) == sorted(Gate)
    assert region.gate_order[-1] == Gate.FILE


def test_boshan_asks_for_the_leaders_signature_at_the_application() -> None:
    assert [p.key for p in parse(gate_order="boshan_6").rule_for(Gate.APPLY).papers] == [
        "self_check_form",
        "chief_signoff",
    ]


def test_region_may_make_the_order_strict() -> None:
    assert not parse(soft_order=False).soft_order


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"gate_order": "hn_19hao"}, "gate_order"),
        ({"addressee": None}, "addressee"),
        ({"addressee": " "}, "addressee"),
        ({"filing_body": 3}, "filing_body"),
        ({"adressee": "市领导小组"}, "adressee"),
        ({"applicants": "区委"}, "applicants"),
        ({"applicants": ["区委", "区委"]}, "applicants"),
        ({"soft_order": "yes"}, "soft_order"),
        ({"notice": {"days": 0}}, "notice.days"),
        ({"notice": {"days": True}}, "notice.days"),
        ({"notice": {"unit": "weeks"}}, "notice.unit"),
        ({"notice": 5}, "notice"),
        ({"signoff": []}, "signoff"),
        ({"signoff": [{"key": "a"}]}, "signoff第1项.title"),
        ({"signoff": ["a"]}, "signoff"),
        ({"papers": [{"gate": "apply", "key": "x", "name": "甲", "word": []}]}, "papers第1项.word"),
        ({"papers": [{"gate": "check", "key": "x", "name": "甲"}]}, "papers第1项.gate"),
        ({"papers": {"gate": "apply"}}, "papers"),
    ],
)
def test_wrong_key_is_refused_with_file_and_key(changed: dict[str, object], key: str) -> None:
    with pytest.raises(Refused) as caught:
        parse(**changed)
    assert caught.value.sentence.startswith(f"配置文件hengyang.toml的“{key}”")
    assert caught.value.rule == "profile"


def test_paper_key_used_twice_is_refused() -> None:
    twice = [{"gate": "apply", "key": "x", "name": "甲"}, {"gate": "file", "key": "x", "name": "乙"}]
    with pytest.raises(Refused, match="“x”已用于另一份材料"):
        parse(papers=twice)


@pytest.mark.parametrize(
    "sequence",
    [
        ["apply", "accept", "notice", "file"],
        ["apply", "self_check", "accept", "notice", "file"],
        ["self_check", "apply", "accept", "file", "notice"],
    ],
)
def test_order_that_could_never_be_walked_is_refused(sequence: list[str]) -> None:
    orders = {"own": {"name": "自定", "order": sequence, "soft": True}}
    with pytest.raises(Refused, match=r"gate_orders\.toml的“own\.order”"):
        parse_region(HENGYANG | {"gate_order": "own"}, orders, "hengyang.toml")


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("问题5自查自验表（盖章）.pdf", "self_check_form"),
        ("关于申请问题5销号的请示.pdf", "request_signed"),
        ("公示 网页截图.png", "notice_screenshot"),
        ("公示无异议说明.docx", "no_objection"),
        ("整改销号台账.xlsx", "closure_ledger"),
        ("公示文本.txt", "notice_text"),
        ("ACCEPTANCE_OPINION.pdf", "acceptance_opinion"),
        ("scan0001.pdf", None),
    ],
)
def test_paper_is_recognised_by_its_file_name(words: str, key: str | None) -> None:
    papers = [paper for rule in parse().gates for paper in rule.papers]
    found = recognise(words, papers)
    assert (found.key if found else None) == key


def test_the_rhythm_of_dispatch_is_a_setting() -> None:
    assert parse().dispatch == DispatchRule("last_working_day", 1, 20)
    chosen = parse(dispatch={"due_day": "25", "rounds_per_month": 2, "behind_points": 10}).dispatch
    assert chosen == DispatchRule("25", 2, 10)
    with pytest.raises(Refused, match="due_day"):
        parse(dispatch={"due_day": "32"})


def test_look_back_extension_and_questions_are_settings() -> None:
    found = parse()
    assert found.look_back_months == 12
    assert ProblemSource.PROVINCE_INSPECTION in found.extension.sources
    assert "市整改" in found.extension.words
    assert found.not_let_pass == ("整改措施已落实", "整改工作已到位", "整改结果已达标", "群众对整改满意")
    bare = {key: value for key, value in HENGYANG.items() if key not in ("look_back", "extension", "not_let_pass")}
    plain = parse_region(bare, ORDERS, "hengyang.toml")
    assert (plain.look_back_months, plain.extension.sources, plain.not_let_pass) == (0, (), ())


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"look_back": {"months": 0}}, "look_back.months"),
        ({"look_back": {"month": 6}}, "look_back.month"),
        ({"extension": {"upper_sources": ["somewhere"]}}, "extension.upper_sources"),
        ({"not_let_pass": ["甲", "甲"]}, "not_let_pass"),
        ({"checklists": [{"problem_type": "黑臭水体", "key": "a"}]}, "checklists第1项.name"),
    ],
)
def test_a_wrong_setting_of_the_closing_is_told_with_its_place(changed: dict[str, object], place: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(**changed)
    assert f"“{place}”" in refused.value.sentence
