"""What a preface states (plan-formats §8.5, trap 32)."""

import pytest

from desktop.plans.totals import read_totals


@pytest.mark.parametrize(
    ("text", "total", "parts"),
    [
        ("其中,2024年完成整改11个,2025年完成整改2个,2026年完成整改1个,持续推进整改2个。", 16,
         {"2024": 11, "2025": 2, "2026": 1, "long_term": 2}),
        ("共梳理形成4项整改任务,其中2024年底前完成3项、2025年底前完成1项。", 4, {"2024": 3, "2025": 1}),
        ("反馈的4个问题中,2024年年底前完成整改3个,立行立改并长期坚持1个。", 4, {"2024": 3, "long_term": 1}),
        ("反馈问题中,到2024年底完成10个,到2025年底累计完成14个。", 14, {"2024": 10, "2025": 4}),
        ("2022年年底前完成21项,2024年年底前24项全部完成整改。", 24, {"2022": 21, "2024": 3}),
        ("反馈我市4个方面17类56个问题,2024年底前整改完成45个,"
         "2025—2027年底前分别整改完成6个、3个、1个,长期坚持1个。", 56,
         {"2024": 45, "2025": 6, "2026": 3, "2027": 1, "long_term": 1}),
        ("十六个问题中,二〇二四年完成十一个、二〇二五年完成五个。", 16, {"2024": 11, "2025": 5}),
        ("整改任务共6项,2024年底前完成4项,其余2项2025年底前完成。", 6, {"2024": 4, "2025": 2}),
        ("我县共涉及整改任务9项。", 9, None),
        ("省督察反馈全市56个问题,其中涉及我区16个。", 16, None),
        ("坚决完成整改任务。", None, None),
    ],
)  # fmt: skip
def test_totals_are_read_per_year_and_not_cumulated(aliases, text, total, parts):
    got = read_totals(text, aliases)
    assert (got.total, got.by_year and dict(got.by_year)) == (total, parts)


def test_a_total_that_its_parts_do_not_add_up_to_is_said(read):
    text = "某县整改方案\n反馈我县问题5个，其中2024年完成整改1个，2025年完成整改2个。\n"
    text += "一、甲镇污水直排。\n整改目标：达标。\n"
    sentences = [f.sentence for f in read(text).findings if f.key == "total"]
    assert any("共5项" in sentence and "3项" in sentence for sentence in sentences)


def test_the_year_that_is_off_is_named(read):
    item = "{}、某镇污水直排，影响水质。\n整改目标：达标。\n整改措施：做好。\n整改时限：{}年底前\n责任单位：县水利局\n"
    head = "某县整改方案\n反馈问题中，2024年完成整改2个，2025年完成整改1个。\n"
    draft = read(head + item.format("一", 2024) + item.format("二", 2025) + item.format("三", 2025))
    sentences = [f.sentence for f in draft.findings if f.key == "year_total"]
    assert any("2024年" in s and "2项" in s and "1项" in s for s in sentences)
    assert any("2025年" in s for s in sentences)


def test_an_undated_immediate_item_explains_the_missing_one_of_a_year(read):
    item = "{}、某镇污水直排，影响水质。\n整改目标：达标。\n整改措施：做好。\n整改时限：{}\n责任单位：县水利局\n"
    head = "某县整改方案\n反馈问题中，2024年完成整改2个，2025年完成整改1个。\n"
    text = head + item.format("一", "2024年底前") + item.format("二", "立行立改") + item.format("三", "2025年底前")
    found = [f for f in read(text).findings if f.key == "year_total"]
    assert [f.level for f in found] == ["note"]
    assert "立行立改" in found[0].sentence
