"""What a progress text claims: percent, count, class (plan-formats §5)."""

import pytest

from desktop.rules.records import ProgressClass
from desktop.rules.status_words import measure_percent, read_claim

P = ProgressClass


@pytest.mark.parametrize(
    "text",
    [
        "已完成",
        "全部完成",
        "完成整改",
        "已完成整改。",
        "整改完成",
        "整改任务已完成",
        "100%",
        "完成100％",
        "已完成整改，长期坚持",
        "已完成整改并长期坚持",
        "已于10月20日全部整改完成",
        "各项措施均已落实到位",
        "6个超低排改造项目已全部完成",
        "2家企业均已整改到位",
    ],
)
def test_finished_is_a_hundred_percent(text: str) -> None:
    claim = read_claim(text)
    assert (claim.percent, claim.progress) == (100, P.COMPLETED)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "未完成",
        "尚未完成整改",
        "预计12月底前完成整改",
        "力争年底全部完成",
        "已完成招标",
        "招标工作已完成",
        "已完成方案编制，正在施工",
        "正在推进整改",
        "PM2.5浓度下降12%",
        "计划11月完成50%",
        "第一项已完成，第二项尚未启动",
        "需长期持续整改",
    ],
)
def test_plans_parts_and_denials_claim_no_percent(text: str) -> None:
    claim = read_claim(text)
    assert claim.percent is None
    assert claim.progress is None


@pytest.mark.parametrize(
    ("text", "progress"),
    [
        ("基本完成", P.MOSTLY_DONE),
        ("基本完成整改，长期坚持", P.MOSTLY_DONE),
        ("达到序时进度", P.ON_SCHEDULE),
        ("均达到时序进度要求", P.ON_SCHEDULE),
        ("未完成但达到序时进度", P.ON_SCHEDULE),
        ("已取得阶段性进展，并按序时进度持续推进", P.ON_SCHEDULE),
        ("未达序时进度", P.BEHIND),
        ("未达到时序进度", P.BEHIND),
        ("未按期完成", P.BEHIND),
        ("推进缓慢", P.BEHIND),
        ("超过序时进度", P.AHEAD),
        ("逾期未完成", P.OVERDUE),
    ],
)
def test_class_words_are_read(text: str, progress: ProgressClass) -> None:
    claim = read_claim(text)
    assert (claim.percent, claim.progress) == (None, progress)


def test_not_started_is_zero_percent() -> None:
    claim = read_claim("该项目尚未启动")
    assert (claim.percent, claim.progress) == (0, P.NOT_STARTED)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("完成6个", 6),
        ("已累计完成3/8个", 3),
        ("8个项目已完成6个", 6),
        ("8个项目中6个已完成", 6),
        ("完成6个项目中的2个", 2),
        ("完成了8个超低排改造", 8),
        ("完成６ 个", 6),
        ("力争2026年完成6个", None),
        ("未完成6个", None),
    ],
)
def test_counts_are_read(text: str, count: int | None) -> None:
    assert read_claim(text).quantity_done == count


@pytest.mark.parametrize(("text", "percent"), [("已完成75%", 75), ("进度60％", 60), ("总体完成率为80%", 80)])
def test_percentages_are_read(text: str, percent: int) -> None:
    claim = read_claim(text)
    assert (claim.percent, claim.progress) == (percent, None)


@pytest.mark.parametrize(
    ("done", "promised", "percent"), [(2, 6, 33), (6, 6, 100), (8, 6, 100), (0, 6, 0), (None, 6, None), (2, None, None)]
)
def test_count_stands_for_a_percentage(done: int | None, promised: int | None, percent: int | None) -> None:
    assert measure_percent(done, promised) == percent
