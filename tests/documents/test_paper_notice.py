"""公示: the five rows of the 衡阳 form, dates and phones, 落款 by a body that is bound."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from desktop import paths
from desktop.documents import notice
from desktop.documents.fonts import FontSet
from desktop.documents.papers import print_paper
from desktop.rules.records import ProblemUnit, UnitRole
from desktop.rules.region import NoticeRule

DATES = {"notice_start": date(2026, 9, 28), "notice_end": date(2026, 10, 10)}


def test_the_five_rows_stand_in_their_order(factory: ModuleType, fonts: FontSet) -> None:
    text = factory.text_of(print_paper("public_notice", factory.request(factory.rich_case(), **DATES), fonts).data)
    rows = ["反馈问题青溪区污水", "整改完成情况（一）", "拟办结销号时间2026", "公示时间2026", "反馈部门区生态环境分局"]
    places = [text.index(row) for row in rows]
    assert places == sorted(places)


def test_start_end_and_length_are_printed(factory: ModuleType, fonts: FontSet) -> None:
    text = factory.text_of(print_paper("public_notice", factory.request(factory.rich_case(), **DATES), fonts).data)
    assert "公示时间2026年9月28日至2026年10月10日（共5个工作日）" in text


def test_natural_days_are_called_days(factory: ModuleType, fonts: FontSet) -> None:
    region = replace(factory.REGION, notice=NoticeRule(10, "natural"))
    request = factory.request(factory.rich_case(), region=region, notice_days=10, **DATES)
    assert "（共10天）" in factory.text_of(print_paper("public_notice", request, fonts).data)


def test_each_unit_is_named_with_its_phone_and_groups_are_left_out(factory: ModuleType, fonts: FontSet) -> None:
    request = factory.request(factory.rich_case(), contact="张某", phone="0734-1", **DATES)
    printed = print_paper("public_notice", request, fonts)
    text = factory.text_of(printed.data)
    assert "区住房和城乡建设局电话：0734-8223344" in text
    assert "联系人：张某电话：0734-1" in text
    assert "各镇街" not in text
    assert printed.remarks == ("反馈部门有单位没有登记电话，公示上留空待填。",)


def test_the_lead_unit_signs_and_the_date_is_that_of_the_start(factory: ModuleType, fonts: FontSet) -> None:
    request = factory.request(factory.rich_case(), on=date(2026, 7, 20), bodies=("甲", "乙"), **DATES)
    assert factory.text_of(print_paper("public_notice", request, fonts).data).endswith("区生态环境分局2026年9月28日")


def test_a_notice_that_hardly_needs_a_second_page_is_set_closer(
    factory: ModuleType, fonts: FontSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = factory.rich_case()

    def pages(lines: int) -> int:
        longer = replace(case, problem=replace(case.problem, text="沿线雨污混接严重，底泥淤积。" * 2 * lines))
        return print_paper("public_notice", factory.request(longer, **DATES), fonts).pages

    closer = [pages(lines) for lines in range(4, 26)]
    monkeypatch.setattr(notice, "_CLOSER", (1.0,))
    usual = [pages(lines) for lines in range(4, 26)]
    assert (usual[0], usual[-1]) == (1, 2)
    assert closer == sorted(closer)
    assert 2 <= closer.count(1) - usual.count(1) <= 6


def test_internal_percentages_are_not_published(factory: ModuleType, fonts: FontSet) -> None:
    text = factory.text_of(print_paper("public_notice", factory.request(factory.rich_case(), **DATES), fonts).data)
    assert "100%" not in text
    assert "内部资料" not in text


def test_several_lead_units_sign_beside_each_other(factory: ModuleType, fonts: FontSet) -> None:
    case = factory.rich_case()
    units = (*case.units, ProblemUnit("u2", "区住房和城乡建设局", UnitRole.LEAD, 9))
    printed = print_paper("public_notice", factory.request(replace(case, units=units), **DATES), fonts)
    signed = [c for c in factory.characters(printed.data) if c.page == printed.pages][-40:]
    names = [c for c in signed if c.text in "分建"]
    assert abs(names[-1].top - names[0].top) < 1
    assert abs(names[-1].left - names[0].left) > 45


def test_a_body_that_is_not_bound_is_remarked(factory: ModuleType, fonts: FontSet, tmp_path: Path) -> None:
    own = paths.resource("templates", "public_notice.toml").read_text(encoding="utf-8")
    (tmp_path / "public_notice.toml").write_text(own.replace('by = "lead_units"', 'by = "bodies"'), encoding="utf-8")
    request = factory.request(factory.rich_case(), bodies=("青溪区人民政府",), **DATES)
    printed = print_paper("public_notice", request, fonts, tmp_path)
    said = next(remark for remark in printed.remarks if "落款" in remark)
    assert said.startswith("问题5的公示落款“青溪区人民政府”，应为牵头单位或责任单位（区生态环境分局、")
    assert said.endswith("否则容易被退回。")


def test_a_body_known_by_another_name_may_sign(factory: ModuleType, fonts: FontSet, tmp_path: Path) -> None:
    own = paths.resource("templates", "public_notice.toml").read_text(encoding="utf-8")
    (tmp_path / "public_notice.toml").write_text(own.replace('by = "lead_units"', 'by = "bodies"'), encoding="utf-8")
    for body in ("区生态环境分局", "青溪区生态环境分局"):
        request = factory.request(factory.rich_case(), bodies=(body,), **DATES)
        printed = print_paper("public_notice", request, fonts, tmp_path)
        assert not any("落款" in remark for remark in printed.remarks)


def test_open_dates_are_left_to_write_and_remarked(factory: ModuleType, fonts: FontSet) -> None:
    printed = print_paper("public_notice", factory.request(factory.sparse_case()), fonts)
    assert "公示时间年月日至年月日（共5个工作日）" in factory.text_of(printed.data)
    assert len(printed.remarks) == 2
