"""Running text from a template: conditions, lists, sections, questions, and every fault with file and key."""

from types import ModuleType
from typing import Any

import pytest

from desktop.documents.case_texts import build_case_text
from desktop.documents.model import OfficialPaper, Para, Shell
from desktop.documents.template import Section
from desktop.rules.errors import Refused


def template(*lines: dict[str, Any], **more: Any) -> Section:
    """A plain paper of one section with these lines."""
    sections = [{"heading": "情况", "lines": list(lines)}]
    base = {"shell": "plain", "title": "关于{inspection}的说明", "sections": sections}
    return Section({**base, **more}, "no_objection.toml")


def build(factory: ModuleType, made: Section, case: Any = None, **more: Any) -> OfficialPaper:
    return build_case_text("no_objection", factory.request(case or factory.rich_case(5), **more), made)


def texts(paper: OfficialPaper) -> list[str]:
    return [para.heading + para.text for para in paper.paragraphs if isinstance(para, Para)]


def test_a_sentence_is_printed_when_its_fields_say_something(factory: ModuleType) -> None:
    made = template(
        {"text": "验收：{accept_result}。", "when": ["accept_on"]}, {"text": "尚未验收。", "unless": ["accept_on"]}
    )
    assert texts(build(factory, made)) == ["一、情况", "验收：通过。"]
    assert texts(build(factory, made, factory.sparse_case())) == ["一、情况", "尚未验收。"]


def test_lines_of_one_list_are_said_row_by_row(factory: ModuleType) -> None:
    made = template(
        {"text": "第{measure_word}项", "each": "measures"},
        {"text": "共{reached}{unit}", "each": "measures", "when": ["reached"]},
    )
    assert texts(build(factory, made)) == ["一、情况", "第一项", "第二项", "共6个", "第三项"]


def test_a_joined_sentence_goes_on_in_the_paragraph_before(factory: ModuleType) -> None:
    made = template({"text": "甲。"}, {"text": "乙。", "join": True}, {"text": "丙。"})
    assert texts(build(factory, made)) == ["一、情况", "甲乙。".replace("甲", "甲。"), "丙。"]


def test_sections_that_say_nothing_leave_no_gap_in_the_numbers(factory: ModuleType) -> None:
    sections = [
        {"heading": "验收", "lines": [{"text": "{accept_on}", "when": ["accept_on"]}]},
        {"heading": "隐藏", "show": False, "lines": [{"text": "不印"}]},
        {"lines": [{"text": "没有标题的一节。"}]},
        {"heading": "最后", "lines": [{"text": "完。"}]},
    ]
    paper = build(factory, template(sections=sections), factory.sparse_case())
    assert texts(paper) == ["没有标题的一节。", "一、最后", "完。"]


def test_an_answer_fills_its_field_and_dates_are_written_out(factory: ModuleType) -> None:
    ask = [
        {"field": "reply_by", "label": "反馈期限", "blank": "day"},
        {"field": "place", "label": "地点"},
        {"field": "note", "label": "备注", "blank": "nothing"},
    ]
    made = template({"text": "{reply_by}在{place}。{note}"}, ask=ask)
    answered = build(factory, made, asked=(("reply_by", "2026-12-1"), ("place", "二楼"), ("note", "带材料。")))
    assert texts(answered)[-1] == "2026年12月1日在二楼。带材料。"
    open_one = build(factory, made)
    assert texts(open_one)[-1] == "＿＿＿＿年＿＿月＿＿日在＿＿＿＿＿＿。"
    assert "“反馈期限”“地点”没有填写，已留空待填。" in open_one.remarks
    assert "“备注”没有填写，没有写入。" in open_one.remarks


def test_what_a_paper_needs_is_told_when_it_is_wanting(factory: ModuleType) -> None:
    made = template({"text": "甲。"}, needs=[{"field": "accept_on", "remark": "问题{number}没有验收记录。"}])
    assert build(factory, made).remarks == ()
    assert build(factory, made, factory.sparse_case(3)).remarks == ("问题3没有验收记录。",)


def test_who_signs_is_the_template_s_unless_the_request_says_it(factory: ModuleType) -> None:
    made = template({"text": "甲。"}, bodies=["{lead_units}", "{responsible_units}"], shell="letter")
    assert build(factory, made).bodies == ("区生态环境分局", "区住房和城乡建设局", "区农业农村局")
    assert build(factory, made, bodies=("某局",)).bodies == ("某局",)
    assert build(factory, made).shell is Shell.LETTER


def test_what_the_ledger_does_not_know_is_said_in_the_template_s_words(factory: ModuleType) -> None:
    made = template({"text": "甲。"}, unknown={"inspection": "督察"})
    assert build(factory, made, factory.sparse_case()).plain_title == "关于督察的说明"


def test_a_long_name_that_cannot_stand_over_the_date_is_told(factory: ModuleType) -> None:
    made = template({"text": "甲。"}, bodies=["青溪区突出生态环境问题整改工作专班办公室"])
    assert any("发文署名" in remark for remark in build(factory, made).remarks)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"shell": "memo"}, "shell"),
        ({"title": "{nobody}"}, "title"),
        ({"body": ["甲"]}, "body"),
        ({"bodies": "甲"}, "bodies"),
        ({"bodies": ["{nobody}"]}, "bodies"),
        ({"unknown": {"nobody": "甲"}}, "unknown.nobody"),
        ({"needs": [{"field": "nobody", "remark": "甲"}]}, "needs第1项.field"),
        ({"ask": [{"field": "反馈 期限", "label": "反馈"}]}, "ask第1项.field"),
        ({"ask": [{"field": "a", "label": "反馈", "blank": "page"}]}, "ask第1项.blank"),
        ({"attachments": [{"name": "甲", "when": ["nobody"]}]}, "attachments第1项.when"),
        ({"annexes": [{"kind": "photos"}]}, "annexes第1项.kind"),
        ({"sections": [{"heading": "甲", "text": "乙"}]}, "sections第1项.text"),
        ({"sections": [{"lines": [{"text": "{nobody}"}]}]}, "sections第1项.lines第1项.text"),
        ({"sections": [{"lines": [{"text": "{nobody}", "when": ["accept_on"]}]}]}, "sections第1项.lines第1项.text"),
        ({"sections": [{"lines": [{"text": "{measure}"}]}]}, "sections第1项.lines第1项.text"),
        ({"sections": [{"lines": [{"text": "甲", "each": "people"}]}]}, "sections第1项.lines第1项.each"),
        ({"sections": [{"lines": [{"text": "甲", "level": 5}]}]}, "sections第1项.lines第1项.level"),
        ({"sections": [{"lines": [{"when": ["accept_on"]}]}]}, "sections第1项.lines第1项.text"),
    ],
)
def test_a_fault_in_a_template_is_one_sentence_with_file_and_key(
    factory: ModuleType, change: dict[str, Any], key: str
) -> None:
    with pytest.raises(Refused) as refusal:
        build(factory, template({"text": "甲。"}, **change), factory.sparse_case())
    assert refusal.value.sentence.startswith("模板no_objection.toml的“")
    assert f"“{key}”" in refusal.value.sentence
