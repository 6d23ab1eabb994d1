"""整改清单: blocks under the labels by which a plan is read, on the grid of an 附件."""

from dataclasses import replace
from itertools import pairwise
from types import ModuleType

from desktop.documents.fonts import FontSet
from desktop.documents.papers import print_paper


def test_the_block_has_the_labels_of_the_issued_plan(factory: ModuleType, fonts: FontSet) -> None:
    text = factory.text_of(print_paper("task_list", factory.request(factory.rich_case()), fonts).data)
    assert "五、青溪区污水处理厂配套管网建设滞后" in text
    assert "整改目标：完成配套管网改造" in text
    assert "整改措施：（一）对建成区雨污管网开展全面排查，建立问题台账，实行销号管理。（二）2025年12月31日前" in text
    assert (
        "整改时限：2025年12月31日牵头区领导：李某牵头单位：区生态环境分局责任单位：区住房和城乡建设局、区农业农村局"
        in text
    )
    assert "配合单位：各镇街验收单位：市生态环境局" in text


def test_an_empty_field_has_no_line_and_is_remarked(factory: ModuleType, fonts: FontSet) -> None:
    printed = print_paper("task_list", factory.request(factory.sparse_case(7)), fonts)
    assert "：" not in factory.text_of(printed.data)
    assert printed.remarks == ("第7项没有整改目标、整改措施、整改时限、牵头单位、责任单位，清单上未列。",)


def test_the_annex_mark_stands_on_row_one_and_the_title_on_row_three(factory: ModuleType, fonts: FontSet) -> None:
    chars = factory.characters(print_paper("task_list", factory.request(factory.rich_case()), fonts).data)
    mark = next(c for c in chars if c.text == "附")
    title = next(c for c in chars if c.text == "衡")
    assert abs(mark.left - 28) < 1
    assert abs((title.top + title.bottom) / 2 - (mark.top + mark.bottom) / 2 - 2 * 10.449) < 1


def test_pages_are_numbered_and_rows_stand_on_the_grid(factory: ModuleType, fonts: FontSet) -> None:
    printed = print_paper("task_list", factory.request(held=factory.big_ledger(8)), fonts)
    assert printed.pages > 2
    for page in range(1, printed.pages + 1):
        assert f"—{page}—" in factory.text_of(printed.data, page)
    chars = factory.characters(printed.data)
    tops = sorted({round(c.top, 1) for c in chars if c.page == 2 and c.text == "，"})
    steps = [(b - a) / 10.449 for a, b in pairwise(tops) if b - a > 2]
    assert all(abs(step - round(step)) < 0.05 for step in steps)


def test_problems_stand_in_the_order_of_the_ledger(factory: ModuleType, fonts: FontSet) -> None:
    held = factory.ledger(factory.sparse_case(3), factory.sparse_case(11), factory.sparse_case(2))
    text = factory.text_of(print_paper("task_list", factory.request(held=held), fonts).data)
    assert text.index("三、城区") < text.index("十一、城区") < text.index("二、城区")


def test_the_plan_s_own_words_for_the_deadline_are_kept(factory: ModuleType, fonts: FontSet) -> None:
    case = factory.rich_case()
    case = replace(case, problem=replace(case.problem, deadline_raw="立行立改、长期坚持"))
    printed = print_paper("task_list", factory.request(case), fonts)
    assert "整改时限：立行立改、长期坚持牵头" in factory.text_of(printed.data)
