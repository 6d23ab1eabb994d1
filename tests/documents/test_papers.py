"""Every paper: prints with rich and sparse data, keeps off the edges, loses no character, refuses what it must."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.documents import marks
from desktop.documents.cells import Line
from desktop.documents.flow import Style
from desktop.documents.fonts import FontSet
from desktop.documents.papers import PAPERS, print_paper
from desktop.documents.pen import Pen
from desktop.rules.errors import Refused
from desktop.rules.paper import PAPER_GROUPS
from desktop.rules.records import CaseFile

EVERY = [kind.key for kind in PAPERS]
PLAIN = [kind.key for kind in PAPERS if kind.form == "plain"]
WITH_CELLS = [key for key in PLAIN if key not in ("task_list", "self_check_report", "no_objection")]
PER_PROBLEM = [kind.key for kind in PAPERS if kind.per == "problem"]
# Papers that do not quote the problem: tables of something else, and the table of closures of which it is no part yet.
WITHOUT_THE_PROBLEM = ("evidence_catalogue", "objection_register")
QUOTING = [key for key in EVERY if key not in WITHOUT_THE_PROBLEM]
NAMES = (
    "整改清单 整改台账 月调度表 整改进展情况报告 延期申请表 长期持续整改申请表 自查自验表 自查自验报告 佐证材料目录 "
    "点位销号清单 销号请示 销号申请表 商请验收函 现场核查表 验收意见表 公示 异议登记表 无异议说明 销号台账 备案函 "
    "催报单 提醒函 督办函 督办单 专项督查通知 通报 约谈通知 约谈纪要 挂牌督办通知 解除挂牌督办通知"
)
LONG = "青溪河沿线排污口整治，“一口一策”（试行）2026年9月30日前完成6个；群众满意率达到95.6%以上。" * 42


def case_for(factory: ModuleType, key: str, text: str = "") -> CaseFile:
    """A case that the paper shows: one that is dispatched for the month's table, else one with everything."""
    return factory.open_case(5, text) if key == "monthly_dispatch" else factory.rich_case(5, text)


def test_the_papers_of_this_version_are_those_of_the_procedure() -> None:
    assert [kind.name for kind in PAPERS] == NAMES.split()
    assert {kind.group for kind in PAPERS} == set(PAPER_GROUPS)


@pytest.mark.parametrize("key", EVERY)
@pytest.mark.parametrize("kind", ["rich_case", "open_case", "sparse_case"])
def test_every_paper_prints_whatever_the_ledger_knows(
    factory: ModuleType, fonts: FontSet, key: str, kind: str
) -> None:
    printed = print_paper(key, factory.request(getattr(factory, kind)()), fonts)
    assert printed.pages == len(factory.paper_sizes(printed.data))
    assert printed.missing_characters == ""
    text = factory.text_of(printed.data)
    assert "None" not in text
    assert "{" not in text


@pytest.mark.parametrize("key", WITH_CELLS)
def test_no_row_of_a_cell_begins_with_a_closing_mark_or_ends_with_an_opening_one(
    factory: ModuleType, fonts: FontSet, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    cells: list[list[str]] = []
    plain = Pen.broken

    def broken(self: Pen, text: str, style: Style, width: float) -> tuple[Line, ...]:
        lines = plain(self, text, style, width)
        cells.append([line.text for line in lines])
        return lines

    monkeypatch.setattr(Pen, "broken", broken)
    for case in (factory.rich_case(), factory.sparse_case()):
        print_paper(key, factory.request(case), fonts)
    assert any(len(rows) > 1 for rows in cells)
    for rows in cells:
        for row, following in pairwise(rows):
            assert following[0] not in marks.NEVER_FIRST, rows
            assert row[-1] not in marks.NEVER_LAST, rows


@pytest.mark.parametrize("key", PLAIN)
@pytest.mark.parametrize("kind", ["rich_case", "sparse_case"])
def test_a_paper_prints_and_keeps_off_the_edges(factory: ModuleType, fonts: FontSet, key: str, kind: str) -> None:
    printed = print_paper(key, factory.request(getattr(factory, kind)()), fonts)
    assert printed.pages == len(factory.paper_sizes(printed.data))
    assert printed.missing_characters == ""
    assert factory.near_the_edge(printed.data) == []


@pytest.mark.parametrize("key", QUOTING)
def test_a_text_of_two_thousand_characters_goes_on_and_nothing_is_lost(
    factory: ModuleType, fonts: FontSet, key: str
) -> None:
    printed = print_paper(key, factory.request(case_for(factory, key, LONG)), fonts)
    assert printed.pages > 1
    assert factory.missing_from(printed.data, LONG) == ""
    assert factory.near_the_edge(printed.data) == []


TEXT = st.text(
    st.sampled_from("督察整改问题清单污水处理厂管网，。、；：（）《》“”—…〔〕0123456789ABab%/年月日\n "),
    min_size=1,
    max_size=900,
).filter(str.strip)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXT)
@pytest.mark.parametrize("key", ["closure_application", "merged_ledger", "site_check", "acceptance_letter"])
def test_every_character_of_the_ledger_is_on_paper_in_order(
    factory: ModuleType, fonts: FontSet, key: str, text: str
) -> None:
    case = factory.sparse_case()
    case = replace(case, problem=replace(case.problem, text=text, target=text))
    printed = print_paper(key, factory.request(case), fonts)
    assert factory.missing_from(printed.data, text + text) == ""


@pytest.mark.parametrize("key", PER_PROBLEM)
def test_a_paper_about_a_problem_needs_a_problem(factory: ModuleType, fonts: FontSet, key: str) -> None:
    with pytest.raises(Refused, match="哪个问题"):
        print_paper(key, factory.request(), fonts)


@pytest.mark.parametrize("key", [kind.key for kind in PAPERS if kind.per == "ledger"])
def test_an_empty_ledger_has_nothing_to_print(factory: ModuleType, fonts: FontSet, key: str) -> None:
    with pytest.raises(Refused, match="还没有问题"):
        print_paper(key, factory.request(), fonts)


def test_an_unknown_paper_is_refused_with_the_known_ones(factory: ModuleType, fonts: FontSet) -> None:
    with pytest.raises(Refused, match=r"没有“receipt”这种文书.*closure_application（销号申请表）"):
        print_paper("receipt", factory.request(factory.rich_case()), fonts)


@pytest.mark.parametrize("key", EVERY)
def test_the_same_request_prints_the_same_bytes(factory: ModuleType, fonts: FontSet, key: str) -> None:
    request = factory.request(factory.rich_case())
    assert print_paper(key, request, fonts).data == print_paper(key, request, fonts).data


@pytest.mark.parametrize("key", EVERY)
def test_an_unknown_key_in_a_template_is_refused_with_file_and_key(
    factory: ModuleType, fonts: FontSet, tmp_path: Path, key: str
) -> None:
    (tmp_path / f"{key}.toml").write_text("titel = 1", encoding="utf-8")
    with pytest.raises(Refused, match=rf"{key}\.toml的“titel”"):
        print_paper(key, factory.request(factory.rich_case()), fonts, tmp_path)


@pytest.mark.parametrize("key", QUOTING)
def test_a_character_no_font_has_is_reported(factory: ModuleType, fonts: FontSet, key: str) -> None:
    case = case_for(factory, key, "测试\U0002ceff字")
    assert print_paper(key, factory.request(case), fonts).missing_characters == "\U0002ceff"
