"""Deadline phrases and inner due dates (plan-formats §3, samples README: deadline, kind, due)."""

from datetime import date

import pytest

from desktop.plans.dates import find_dates
from desktop.plans.deadlines import read_deadline, read_due

ISSUED = date(2024, 7, 4)


@pytest.mark.parametrize(
    ("text", "last", "kind"),
    [
        ("2024年12月31日", "2024-12-31", "dated"),
        ("2024年底前", "2024-12-31", "dated"),
        ("2021年年底前", "2021-12-31", "dated"),
        ("2021年10月底前", "2021-10-31", "dated"),
        ("2024年2月底前", "2024-02-29", "dated"),
        ("10月底前", "2024-10-31", "dated"),
        ("年底前", "2024-12-31", "dated"),
        ("明年6月底前", "2025-06-30", "dated"),
        ("2024年", "2024-12-31", "dated"),
        ("2024年11月", "2024-11-30", "dated"),
        ("2024年11月中旬", "2024-11-20", "dated"),
        ("上半年", "2024-06-30", "dated"),
        ("2025年上半年", "2025-06-30", "dated"),
        ("第三季度", "2024-09-30", "dated"),
        ("2025年第一季度末前", "2025-03-31", "dated"),
        ("2019年6月至8月", "2019-08-31", "dated"),
        ("2024年7月1日—12月31日", "2024-12-31", "dated"),
        ("2024年6月1日至30日", "2024-06-30", "dated"),
        ("二〇二四年十二月三十一日", "2024-12-31", "dated"),
        ("2024.12.31", "2024-12-31", "dated"),
        ("2024-11-30前", "2024-11-30", "dated"),
        ("20241231", "2024-12-31", "dated"),
        ("立行立改,2024年8月15日前", "2024-08-15", "dated"),
        ("2024年底前,并长期坚持", "2024-12-31", "dated"),
        ("2024年9月底前完成3个,12月底前全部完成", "2024-12-31", "staged"),
        ("分阶段推进,2026年底前", "2026-12-31", "staged"),
        ("2025—2027年底前分别整改完成6个、3个、1个", "2027-12-31", "staged"),
        ("2018年及以后分阶段推进", "2018-12-31", "staged"),
        ("立行立改、长期坚持", None, "long_term"),
        ("持续推进", None, "long_term"),
        ("已完成整改,长期坚持", None, "long_term"),
        ("自2024年7月起长期坚持", None, "long_term"),
        ("每年12月底前,长期坚持", None, "long_term"),
        ("立行立改", None, "immediate"),
        ("已完成整改", None, "immediate"),
        ("力争尽快达标", None, None),
        ("重污染天气应急期间", None, None),
    ],
)
def test_a_deadline_phrase_gives_its_last_day_and_its_class(aliases, text, last, kind):
    got = read_deadline(text, 2024, aliases)
    assert (got.last and str(got.last), got.term_class and str(got.term_class)) == (last, kind)


def test_a_range_of_years_with_counts_gives_one_stage_for_each_year(aliases):
    stages = read_deadline("2025—2027年底前分别整改完成6个、3个、1个", 2024, aliases).stages
    assert [(stage.due.year, stage.count) for stage in stages] == [(2025, 6), (2026, 3), (2027, 1)]


def test_immediate_and_long_term_are_kept_side_by_side(aliases):
    got = read_deadline("立行立改、长期坚持", 2024, aliases)
    assert (got.is_immediate, got.is_long_term) == (True, True)


@pytest.mark.parametrize("text", ["2024年2月30日", "2024年13月底前", "2024年6月31日前"])
def test_a_day_that_does_not_exist_gives_no_date_and_is_named(aliases, text):
    got = read_deadline(text, 2024, aliases)
    assert got.last is None
    assert got.impossible


def test_a_year_that_is_written_nowhere_is_not_invented(aliases):
    assert read_deadline("10月底前", None, aliases).last is None


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2024年12月31日前完成6个项目", "2024-12-31"),
        ("2024年9月底前完成", "2024-09-30"),
        ("2025年年底前投用", "2025-12-31"),
        ("10月底前建成", "2024-10-31"),
        ("年底前完成", "2024-12-31"),
        ("2024年8月底前立项,2025年6月底前建成", "2025-06-30"),
        ("2025年6月底前设计,12月底前建成", "2025-12-31"),
        ("力争2024年10月完成联网", "2024-10-31"),
        ("二〇二四年十一月底前竣工", "2024-11-30"),
        ("完成时限:2024年10月", "2024-10-31"),
        ("每月10日前报送进展", None),
        ("每年12月底前开展评估", None),
        ("每季度末前通报", None),
        ("自2024年9月起每日巡查", None),
        ("2024年9月1日起施行", None),
        ("按照2023年12月31日印发的方案推进", None),
        ("按照《某市2025年底前行动计划》推进", None),
        ("对2020年底前建成的设施进行排查", None),
        ("2023年曾被通报", None),
        ("2024年6月已完成拆除", None),
        ("截至2024年6月底仅完成2个", None),
        ("2024年前三季度均超标", None),
        ("巡查", None),
    ],
)
def test_a_measure_is_due_on_the_day_it_promises_and_on_no_other(text, due):
    got = read_due(text, 2024, ISSUED)
    assert (got and str(got)) == due


def test_phrases_know_where_they_stand():
    text = "力争2024年9月底前完成,2025年6月至8月验收"
    assert [text[p.start : p.end] for p in find_dates(text, None)] == ["2024年9月底前", "2025年6月至8月"]
