"""The standard sentences with the figures that were published (domain §5.2)."""

from datetime import date

import pytest

from desktop.rules.figures import FigureOptions, Figures
from desktop.rules.sentences import (
    LetterFigures,
    overall_sentence,
    schedule_sentence,
    tasks_sentence,
    years_sentence,
)

D = date
HUNAN = Figures(
    D(2022, 12, 31), 53, completed=25, on_schedule=26, behind=2, due=26, due_completed=25,
    due_this_year=26, due_this_year_completed=25,
)  # fmt: skip


def test_hunan_reports_problems_and_letters() -> None:
    assert overall_sentence(HUNAN, LetterFigures(3321, 3177, 121, 23)) == (
        "截至2022年12月底，反馈的53个问题完成整改25个、达到序时进度26个、未达序时进度2个，"
        "其中2022年底前应完成整改26个，已完成整改25个；"
        "交办的3321件信访件已办结3177件，阶段办结121件，正在整改23件，办结率95.7%。"
    )


def test_segments_without_anything_to_say_are_left_out() -> None:
    assert overall_sentence(Figures(D(2026, 11, 23), 16, completed=16)) == (
        "截至2026年11月23日，反馈的16个问题完成整改16个。"
    )
    assert overall_sentence(Figures(D(2026, 2, 28), 3, long_term=2, transferred=1)) == (
        "截至2026年2月底，反馈的3个问题完成整改0个、持续推进2个、已转入1个。"
    )


def test_settlement_with_stage_cases_says_so() -> None:
    sentence = overall_sentence(HUNAN, LetterFigures(208, 207, 1, 0), with_stage=True)
    assert sentence.endswith("；交办的208件信访件已办结207件，阶段办结1件，办结率100.0%（含阶段性办结）。")


def test_other_ways_of_counting_are_named_beside_the_figure() -> None:
    figures = Figures(D(2024, 12, 31), 158, completed=108, on_schedule=50, options=FigureOptions(True, False))
    assert "完成整改108个（含长期坚持）、达到序时进度50个" in overall_sentence(figures)


def test_zhangzhou_reports_due_and_acceptance() -> None:
    figures = Figures(D(2020, 3, 25), 24, completed=13, on_schedule=11, due=13, due_completed=13)
    assert schedule_sentence(figures, "省生态环保督察反馈", accepted=13, reviewed=4) == (
        "省生态环保督察反馈问题24个，截至3月25日，应完成整改任务13个，11个达到序时进度。"
        "已完成整改13个，完成市级验收13个，完成行业审查4个。"
    )
    assert schedule_sentence(figures, "反馈").endswith("已完成整改13个。")


def test_founding_plan_by_deadline_year() -> None:
    by_year = (("2024", 11), ("2025", 2), ("2026", 1), ("long_term", 2))
    assert years_sentence(by_year) == "2024年完成整改11个，2025年2个，2026年1个，持续推进2个。"
    assert years_sentence((("2024", 1), ("undated", 2))) == "2024年完成整改1个，未定期限2个。"
    assert years_sentence(()) == ""


@pytest.mark.parametrize(("due", "on"), [(27, 12), (19, 20)])
def test_guangxi_reports_tasks(due: int, on: int) -> None:
    figures = Figures(D(2023, 6, 30), 39, completed=due, on_schedule=on, due=due, due_completed=due)
    assert tasks_sentence(figures) == f"39项任务应完成整改{due}项，已完成{due}项，达到序时进度{on}项。"


def test_letters_that_do_not_add_up_cannot_be_reported() -> None:
    with pytest.raises(ValueError, match="do not add up"):
        LetterFigures(10, 5, 1, 1)
