"""Whole plans of our own, read and compared with what a person reads in them."""

import re
from datetime import date

import pytest


@pytest.mark.parametrize("name", ["lost-pages", "measures-last"])
def test_a_whole_plan_is_read_as_a_person_reads_it(same_as_truth, name):
    got, wanted = same_as_truth(name)
    assert got == wanted


def test_the_warnings_of_a_plan_with_lost_pages_name_what_is_missing(read_json, request):
    text = (request.path.parent / "texts" / "lost-pages.txt").read_text(encoding="utf-8")
    warnings = read_json(text)["warnings"]
    assert any("读出1项，方案称12项：缺第一、二项、第四至十二项" in sentence for sentence in warnings)
    assert any("第三项缺少责任单位" in sentence for sentence in warnings)
    assert any("第三项措施（二）另有内部节点：2025年11月30日前完成7个（共12个）" in sentence for sentence in warnings)
    assert any("未归入任何一项" in sentence and "局、区林业局" in sentence for sentence in warnings)


def test_a_promised_count_knows_its_date_and_the_whole_it_is_part_of(read, request):
    text = (request.path.parent / "texts" / "lost-pages.txt").read_text(encoding="utf-8")
    quantity = read(text).problems[0].measures[1].quantity
    assert (quantity.count, quantity.unit, quantity.due, quantity.total) == (7, "个", date(2025, 11, 30), 12)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_the_encoding_of_a_plan_does_not_change_what_is_read(read, aliases, request, encoding):
    from desktop.plans.read import read_plan

    text = (request.path.parent / "texts" / "measures-last.txt").read_text(encoding="utf-8")
    got = read_plan(text.encode(encoding), "方案.txt", aliases)
    assert got.problems == read(text).problems
    assert got.title == read(text).title


@pytest.mark.parametrize("width", [22, 27, 34])
def test_wrapping_every_line_does_not_change_the_problems(read, request, width):
    text = (request.path.parent / "texts" / "lost-pages.txt").read_text(encoding="utf-8")
    head, mark, body = text.partition("三、青柳")
    lines = [line for line in (mark + body).split("\n") if line]
    wrapped = "\n".join("　　" + line[:width] + re.sub(f"(.{{1,{width}}})", r"\n\1", line[width:]) for line in lines)
    plain, broken = read(text).problems[0], read(head + wrapped).problems[0]
    assert (plain.text, plain.target, plain.deadline, plain.leaders) == (
        broken.text,
        broken.target,
        broken.deadline,
        broken.leaders,
    )
    assert [m.text for m in plain.measures] == [m.text for m in broken.measures]


def test_page_numbers_and_running_headers_never_get_into_a_field(read_json, request):
    text = (request.path.parent / "texts" / "measures-last.txt").read_text(encoding="utf-8")
    words = str(read_json(text)["problems"])
    assert "石鼓县督察整改" not in words
    assert "- 2 -" not in words


def test_a_text_without_any_problem_gives_none_and_says_so(read_json):
    got = read_json("关于召开会议的通知\n请各单位准时参加。\n")
    assert got["problems"] == []
    assert got["plan"]["title"] == "关于召开会议的通知"
    assert "没有读到整改问题" in got["warnings"][0]
