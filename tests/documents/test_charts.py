"""Charts on paper: every number and name is there as text, every bar lies inside, and the report holds it all."""

from pathlib import Path
from types import ModuleType

import pytest

from desktop.documents.charts import WIDTH, chart_height, chart_page
from desktop.documents.figures_report import ReportContent, print_report
from desktop.documents.fonts import FontSet
from desktop.rules.charts import Chart, Series, Shape, all_charts
from desktop.rules.errors import Refused
from desktop.rules.figure_groups import Dimension, group_figures, whole_row
from tests.rules.test_figure_groups import TODAY, random_standings


@pytest.mark.parametrize("seed", range(3))
def test_a_chart_says_its_numbers_and_keeps_to_its_page(fonts: FontSet, factory: ModuleType, seed: int) -> None:
    for chart in all_charts(random_standings(seed), TODAY):
        printed, spots = chart_page(chart, fonts)
        text = factory.text_of(printed.data)
        assert chart.title in text
        assert all(series.name in text for series in chart.series if len(chart.series) > 1)
        assert {spot.problems for spot in spots} <= {p for series in chart.series for p in series.problems}
        for spot in spots:
            assert spot.problems
            assert spot.x >= -1
            assert spot.x + spot.width <= WIDTH + 1
            assert spot.y >= 0
            assert spot.y + spot.height <= chart_height(chart) + 1


def test_a_name_too_long_for_its_column_is_cut_with_dots(fonts: FontSet, factory: ModuleType) -> None:
    series = Series("逾期", "late", (("a",),))
    chart = Chart("units", "题目", Shape.STACKED, ("很长的单位名称" * 6,), (series,))
    text = factory.text_of(chart_page(chart, fonts)[0].data)
    assert "…" in text
    assert "很长的单位名称" in text


def test_an_empty_chart_says_so(fonts: FontSet, factory: ModuleType) -> None:
    printed, spots = chart_page(Chart("ages", "题目", Shape.BARS, (), ()), fonts)
    assert "没有可画的数据" in factory.text_of(printed.data)
    assert spots == ()


def content(seed: int = 1, count: int = 60) -> ReportContent:
    """A report over random problems."""
    standings = random_standings(seed, count)
    return ReportContent(
        office="江澜区整改办",
        district="江澜区",
        as_of=TODAY,
        sentences=("截至2026年11月23日，反馈的60个问题完成整改9个。",),
        labels=("含长期坚持",),
        tables=tuple((d, group_figures(standings, d)) for d in (Dimension.YEAR, Dimension.RESPONSIBLE)),
        whole=whole_row(standings),
        charts=all_charts(standings, TODAY),
    )


def test_the_report_says_how_it_counts_and_holds_every_table_and_chart(fonts: FontSet, factory: ModuleType) -> None:
    printed = print_report(content(), fonts)
    text = factory.text_of(printed.data)
    for words in ("本表统计口径：含长期坚持", "按完成年度统计", "按责任单位统计", "合计", "各月累计完成情况", "丁公司"):
        assert words in text
    assert f"共{printed.pages}页" in text
    assert printed.missing_characters == ""


def test_a_wrong_key_in_its_template_is_named(fonts: FontSet, tmp_path: Path) -> None:
    (tmp_path / "figures_report.toml").write_text('[sheet]\nmargins_mm = [20, 20, 20, 20]\n[titel]\n', encoding="utf-8")
    with pytest.raises(Refused, match=r"figures_report\.toml.*titel"):
        print_report(content(), fonts, tmp_path)
