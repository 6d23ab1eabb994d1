"""The traps of plan-formats §7 that a text can show, one small text each."""

import pytest

LIST = "某县整改清单\n"
FIELDS = "整改目标：达标。\n整改措施：做好。\n整改时限：2024年12月31日\n责任单位：县水利局\n"


def keys(draft):
    return {finding.key for finding in draft.findings if finding.level == "warning"}


def test_trap_1_the_tail_of_a_lost_item_belongs_to_nobody(read):
    draft = read(f"{LIST}局、县林业局、各镇街\n\n三、甲镇污水直排。\n{FIELDS}")
    assert draft.unassigned == ("局、县林业局、各镇街",)
    assert [p.number for p in draft.problems] == [3]


def test_trap_1_in_the_middle_of_the_list_too(read):
    draft = read(f"{LIST}一、甲镇污水直排。\n{FIELDS}\n局、县林业局、各镇街\n\n四、乙镇污水直排。\n{FIELDS}")
    assert draft.unassigned == ("局、县林业局、各镇街",)
    assert draft.problems[0].responsible_units == ("县水利局",)


def test_fields_of_an_item_that_lost_its_number_are_not_given_to_the_item_before(read):
    lost = "整改措施：1.覆盖裸土。2.洗车。\n整改时限：2025年\n责任单位：县城管局\n"
    first = "一、甲镇污水直排。\n整改目标：达标。\n整改措施：（一）建站。\n"
    draft = read(f"{LIST}{first}\n{lost}\n三、丁镇扬尘严重，群众投诉。\n{FIELDS}")
    assert [p.number for p in draft.problems] == [1, 3]
    assert draft.problems[0].deadline_text is None
    assert "覆盖裸土" in draft.unassigned[0]
    assert "县城管局" in draft.unassigned[0]


def test_trap_3_an_item_cut_off_after_its_text_is_not_dropped(read):
    draft = read(f"{LIST}一、甲镇污水直排。\n{FIELDS}二、乙镇堆场扬尘严重，群众投诉不断")
    assert draft.problems[1].text == "乙镇堆场扬尘严重，群众投诉不断"
    assert any(f.key == "missing_field" and f.number == 2 for f in draft.findings)


def test_trap_4_a_page_break_in_the_middle_of_a_word_is_healed(read):
    draft = read(f"{LIST}一、澜江水务（集\n\n— 3 —\n\n团）有限公司超负荷运\n\n行，出水超标。\n{FIELDS}")
    assert draft.problems[0].text == "澜江水务（集团）有限公司超负荷运行，出水超标。"


@pytest.mark.parametrize("page", ["— 2 —", "- 12 -", "第 3 页", "第3页 共9页", "3/9", "7", "\f"])
def test_trap_5_page_numbers_are_no_text(read, page):
    draft = read(f"{LIST}一、甲镇污水直排，影响下\n{page}\n游水质。\n{FIELDS}")
    assert draft.problems[0].text == "甲镇污水直排，影响下游水质。"


def test_trap_5_a_page_number_inside_a_line_is_no_text(read):
    assert read(f"{LIST}一、甲镇污水— 2 —直排。\n{FIELDS}").problems[0].text == "甲镇污水直排。"


def test_trap_10_an_enumeration_inside_a_quotation_begins_no_problem(read):
    text = "一、群众反映“\n一、挖砂毁坏河堤；\n二、夜间施工扰民”，情况属实。\n"
    draft = read(LIST + text + FIELDS + "二、乙镇污水直排。\n" + FIELDS)
    assert [p.number for p in draft.problems] == [1, 2]
    assert "夜间施工" in draft.problems[0].text


def test_trap_12_brackets_of_a_company_name_are_no_marker(read):
    text = "整改措施：督促湖南某（集团）公司整改。（二）期工程停建。"
    draft = read(f"{LIST}一、甲镇污水直排。\n整改目标：达标。\n{text}\n整改时限：2024年\n")
    assert len(draft.problems[0].measures) == 1


def test_trap_15_a_colon_in_a_value_ends_nothing(read):
    draft = read(
        f"{LIST}一、甲镇污水直排。\n整改目标：做到两点：接管、达标。\n整改措施：组织验收：一次通过。\n整改时限：2024年\n"
    )
    assert draft.problems[0].target == "做到两点：接管、达标。"


def test_a_sentence_that_uses_the_word_of_a_label_is_no_label(read):
    text = "一、甲镇整改措施不落实，责任单位推诿，整改目标落空。\n"
    draft = read(LIST + text + FIELDS)
    assert draft.problems[0].text == "甲镇整改措施不落实，责任单位推诿，整改目标落空。"


def test_trap_16_everything_on_one_line_is_read(read):
    item = "甲镇污水直排。 整改目标：达标。 整改措施：1.建站。2.接管。 整改时限：2024年底前 责任单位：县水利局"
    draft = read(f"某县整改清单\n一、{item} 二、{item} 三、{item}")
    assert [(p.number, len(p.measures), p.responsible_units) for p in draft.problems] == [
        (n, 2, ("县水利局",)) for n in (1, 2, 3)
    ]


def test_trap_17_a_status_in_the_deadline_field_is_said(read):
    draft = read(LIST + "一、甲镇污水直排。\n" + FIELDS.replace("2024年12月31日", "已完成整改。"))
    assert draft.problems[0].deadline is None
    assert "status_in_deadline" in keys(draft)


def test_trap_18_full_stops_after_values_are_left_out(read):
    draft = read(LIST + "一、甲镇污水直排。\n" + FIELDS.replace("县水利局", "县水利局。"))
    assert draft.problems[0].responsible_units == ("县水利局",)


def test_trap_23_a_date_that_lost_its_characters_is_said(read):
    draft = read(LIST + "一、甲镇污水直排。\n" + FIELDS.replace("2024年12月31日", "20211026日至119"))
    assert "impossible_date" in keys(draft)


def test_trap_26_words_of_a_web_page_are_no_text(read):
    draft = read(LIST + "一、甲镇污水直排，影响\n投稿\n收藏 点赞\n下游水质。\n" + FIELDS)
    assert draft.problems[0].text == "甲镇污水直排，影响下游水质。"


def test_trap_30_several_problems_in_one_item_are_pointed_out(read):
    draft = read(f"{LIST}一、甲厂改造滞后，且涉嫌数据造假。\n{FIELDS}")
    assert any(finding.key == "several_problems" for finding in draft.findings)


def test_trap_33_brackets_without_a_partner_are_said(read):
    draft = read(f"{LIST}一、甲厂（以下简称某厂，改造滞后。\n{FIELDS}")
    assert "brackets" in keys(draft)
    assert draft.problems[0].responsible_units == ("县水利局",)


def test_a_deadline_before_the_date_of_issue_is_said(read):
    draft = read(f"某县整改方案\n2025年3月6日\n一、甲镇污水直排。\n{FIELDS}")
    assert "early_deadline" in keys(draft)


def test_closing_lines_of_the_document_get_into_no_field(read):
    text = f"{LIST}一、甲镇污水直排。\n整改目标：达标。\n整改措施：\n1.建站。\n2.接管。\n"
    draft = read(text + "抄送：市整改办。\n某县委办公室 2024年7月4日印发\n")
    assert [m.text for m in draft.problems[0].measures] == ["建站。", "接管。"]
    assert str(draft.issued_on) == "2024-07-04"


def test_numbers_given_twice_are_said(read):
    draft = read(f"{LIST}一、甲镇污水直排，很严重。\n{FIELDS}一、乙镇污水直排，很严重。\n{FIELDS}")
    assert "double_number" in keys(draft)
    assert len(draft.problems) == 2


def test_other_fields_are_shown_and_not_mixed_in(read):
    draft = read(LIST + "一、甲镇污水直排。\n" + FIELDS + "备注：已上报。\n")
    assert draft.problems[0].responsible_units == ("县水利局",)
    assert draft.unassigned == ("备注：已上报。",)


def test_a_clean_list_gives_no_warning(read):
    assert not keys(read(f"{LIST}共1个问题。\n一、甲镇污水直排。\n{FIELDS}"))
