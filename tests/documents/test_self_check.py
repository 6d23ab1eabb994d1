"""自查自验表: measure by measure, evidence by number, effects to be filled in, sign-off of the region."""

from dataclasses import replace
from types import ModuleType

from desktop.documents.fonts import FontSet
from desktop.documents.papers import print_paper


def test_each_measure_stands_with_its_result_and_the_numbers_of_its_evidence(
    factory: ModuleType, fonts: FontSet
) -> None:
    text = factory.text_of(print_paper("self_check", factory.request(factory.rich_case()), fonts).data)
    assert "一对建成区雨污管网开展全面排查，建立问题台账，实行销号管理。完成100%：已排查管网86.4公里" in text
    assert "6个项目全部完工并通过竣工验收。2—4三" in text


def test_every_closing_standard_has_a_row(factory: ModuleType, fonts: FontSet) -> None:
    text = factory.text_of(print_paper("self_check", factory.request(factory.sparse_case()), fonts).data)
    for item in factory.REGION.closing_standard:
        assert f"整改成效（{item}）" in text


def test_the_form_is_dated_by_the_check_and_not_by_the_application(factory: ModuleType, fonts: FontSet) -> None:
    request = factory.request(factory.rich_case(), on=factory.TODAY)
    assert "填报日期：2026年7月6日" in factory.text_of(print_paper("self_check", request, fonts).data)


def test_without_a_conclusion_on_record_there_are_boxes_to_tick(factory: ModuleType, fonts: FontSet) -> None:
    text = factory.text_of(print_paper("self_check", factory.request(factory.sparse_case()), fonts).data)
    assert "□达到销号标准□未达到销号标准" in text


def test_the_conclusion_on_record_is_printed(factory: ModuleType, fonts: FontSet) -> None:
    case = factory.rich_case()
    steps = (replace(case.steps[0], result="达到销号标准"), *case.steps[1:])
    text = factory.text_of(print_paper("self_check", factory.request(replace(case, steps=steps)), fonts).data)
    assert "自验结论达到销号标准。" in text


def test_the_head_of_the_measures_is_repeated_where_they_go_on(factory: ModuleType, fonts: FontSet) -> None:
    case = factory.rich_case()
    measures = tuple(replace(case.measures[0], id=f"m{n}", number=n) for n in range(1, 31))
    printed = print_paper("self_check", factory.request(replace(case, measures=measures)), fonts)
    assert factory.text_of(printed.data, 2).count("佐证材料编号") == 1


def test_only_the_boxes_of_the_self_check_are_printed(factory: ModuleType, fonts: FontSet) -> None:
    text = factory.text_of(print_paper("self_check", factory.request(factory.rich_case()), fonts).data)
    assert text.count("意见：") == len(factory.REGION.self_check_signoff)


def test_reasons_given_at_later_gates_are_not_on_this_form(factory: ModuleType, fonts: FontSet) -> None:
    late = "验收意见尚未入卷。理由：验收意见已口头告知，书面件8月底前补交。"
    case = factory.rich_case()
    printed = print_paper("self_check", factory.request(case, reasons=(late,)), fonts)
    assert "情况说明" not in factory.text_of(printed.data)
    checked = replace(case.steps[0], warnings=("尚缺监测报告",), reason="报告9月出具")
    case = replace(case, steps=(checked, *case.steps[1:]))
    text = factory.text_of(print_paper("self_check", factory.request(case, reasons=(late,)), fonts).data)
    assert "情况说明尚缺监测报告。理由：报告9月出具。" in text
