"""月调度表: measures beside each other, what the month says and what it does not, problems that are asked no more."""

from dataclasses import replace
from datetime import date
from types import ModuleType

from desktop.documents.fonts import FontSet
from desktop.documents.monthly import measure_words
from desktop.documents.papers import print_paper
from desktop.rules.records import Person


def test_every_measure_has_its_own_words_of_the_month(factory: ModuleType, fonts: FontSet) -> None:
    case = factory.open_case()
    held = replace(factory.ledger(case), people=(Person("p1", "王某", phone="0734-1"),))
    text = factory.text_of(print_paper("monthly_dispatch", factory.request(held=held, month="2026-11"), fonts).data)
    assert "本月进展" in text
    assert "此前已完成" in text
    assert "3个项目完工。" in text
    assert "完成50%，已完成3/6个" in text
    assert "管线迁改滞后。" in text
    assert "11月底前进场。" in text
    assert "王某0734-1" in text


def test_another_month_does_not_know_what_came_later(factory: ModuleType) -> None:
    case = factory.open_case()
    said = measure_words(case, case.measures[1], "2026-10", {}, factory.TODAY)
    assert (said["this_month"], said["so_far"], said["difficulty"]) == ("本月未报", "/", "无")


def test_the_unit_s_own_words_win(factory: ModuleType) -> None:
    case = factory.open_case()
    entry = replace(case.progress[-1], reporter="赵某", checker="钱某", expected_on=date(2026, 12, 20))
    said = measure_words(replace(case, progress=(entry,)), case.measures[1], "2026-11", {}, factory.TODAY)
    assert (said["reporter"], said["checker"], said["expected"]) == ("赵某", "钱某", "2026/12/20")


def test_a_deadline_that_has_passed_is_no_expected_end(factory: ModuleType) -> None:
    case = factory.open_case()
    assert measure_words(case, case.measures[1], "2026-11", {}, factory.TODAY)["expected"] == "/"
    done = measure_words(case, case.measures[0], "2026-11", {}, factory.TODAY)
    assert done["expected"] == "2026/5/20\n已完成"


def test_closed_problems_are_counted_and_left_out(factory: ModuleType, fonts: FontSet) -> None:
    cases = (factory.rich_case(1, "已销号的问题。"), factory.open_case(2, "在整改的问题。"), factory.sparse_case(3))
    held = factory.ledger(*cases)
    printed = print_paper("monthly_dispatch", factory.request(held=held), fonts)
    text = factory.text_of(printed.data)
    assert "已销号的问题" not in text
    assert "反馈的3个问题完成整改1个、未达序时进度2个" in text
    assert "其中列入本次调度2个，已销号备案或已转入的1个不再调度。" in text
    assert printed.remarks == ("2026年11月未报送进展的有1个：问题3。",)


def test_a_problem_without_measures_reports_as_a_whole(factory: ModuleType, fonts: FontSet) -> None:
    text = factory.text_of(print_paper("monthly_dispatch", factory.request(factory.sparse_case()), fonts).data)
    assert "整体情况本月未报" in text
