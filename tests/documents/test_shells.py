"""信函, 纪要, papers without letterhead, annexes and tables: places in millimetres on the printed page."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.documents.model import Annex, OfficialPaper, Para, Shell, TableBlock, TableColumn
from desktop.documents.official import print_official
from desktop.rules.errors import Refused

LEFT, RIGHT, TOP, BOTTOM, CELL, PITCH, MM = 28.0, 184.0, 37.0, 262.0, 156 / 28, (225 - 156 / 28) / 21, 72 / 25.4
TEXT = "青溪河下游段沿线12个入河排污口中有5个未完成溯源（其中“一口一策”方案仅编制3个），雨污混排，群众反映强烈。"
LETTER = OfficialPaper(
    title="关于商请验收第二轮省生态环境保护督察|反馈第五项问题的函",
    bodies=("青溪区整改工作专班办公室",),
    paragraphs=(Para("现商请贵局组织验收。"), Para(TEXT * 6), Para("专此函达，请予支持。")),
    addressee="某市生态环境局",
    shell=Shell.LETTER,
    doc_no="青整改办函〔2026〕7号",
    on=date(2026, 11, 3),
    copies=("市整改办",),
)
TABLE = TableBlock(
    (TableColumn("序号", 1, True), TableColumn("问题", 5), TableColumn("时限", 3, True)),
    tuple((str(n), TEXT[: 20 + n], "2026年12月31日") for n in range(1, 31)),
    caption="整改情况一览表",
    corner="单位：个",
)
WIDE = replace(TABLE, wide=True, corner="", columns=tuple(replace(c, group="整改") for c in TABLE.columns))


def pages_of(paper, fonts, printed):
    return printed.read(print_official(paper, fonts).data)


def texts(pages):
    return "".join(text for page in pages for text in page.texts)


@pytest.fixture(scope="module")
def letter(fonts, printed):
    return pages_of(LETTER, fonts, printed)


def test_a_letter_has_its_name_30_mm_from_the_paper_and_no_wenjian(letter):
    mark = [c for c in letter[0].chars if c.red]
    assert "".join(c.text for c in sorted(mark, key=lambda c: c.x)) == "青溪区整改工作专班办公室"
    assert mark[0].base - 0.8 * mark[0].size / MM == pytest.approx(30, abs=0.5)


def test_a_letter_has_red_double_rules_thick_outside_on_page_1_only(letter):
    red = [rule for rule in letter[0].rules if rule.red]
    assert [round(rule.thickness, 1) for rule in red] == [0.9, 0.3, 0.3, 0.9]
    assert all(rule.width == pytest.approx(170, abs=0.01) for rule in red)
    assert 297 - red[-1].y == pytest.approx(20, abs=0.01)
    assert not any(rule.red for page in letter[1:] for rule in page.rules)


def test_a_letters_number_stands_flush_right_seven_eighths_under_the_rule(letter):
    number = letter[0].row("〔2026〕")
    lower = [rule for rule in letter[0].rules if rule.red][1]
    assert number[-1].right == pytest.approx(RIGHT, abs=0.1)
    assert number[0].base - 0.307 * 16 / MM - CELL / 2 - lower.y == pytest.approx(CELL * 7 / 8, abs=0.1)


def test_a_letter_numbers_its_pages_from_the_second_on_and_has_no_ruled_imprint(letter):
    assert not any("—1—" in text.replace(" ", "") for text in letter[0].texts)
    assert any("—2—" in text.replace(" ", "") for text in letter[1].texts)
    assert "抄送：市整改办。" in letter[-1].texts
    assert not any("印发" in text for text in letter[-1].texts)
    assert [rule for page in letter for rule in page.rules if not rule.red] == []


def test_secrecy_and_urgency_stand_flush_left_in_their_order(fonts, printed):
    marked = replace(LETTER, serial="000012", secrecy="机密★1年", urgency="特急")
    for paper in (marked, replace(marked, shell=Shell.DOWNWARD)):
        rows = pages_of(paper, fonts, printed)[0].rows
        found = [next(row for row in rows if row[0].text == first) for first in "0机特"]
        assert [row[0].x for row in found] == pytest.approx([LEFT] * 3, abs=0.01)
        assert found[2][0].base - found[1][0].base == pytest.approx(PITCH, abs=0.05)


def test_minutes_end_in_jiyao_and_list_who_was_there(fonts, printed):
    paper = replace(
        LETTER,
        shell=Shell.MINUTES,
        mark="青溪区整改工作专题会议纪要",
        bodies=(),
        attendance=(("出席", "张三、李四、" * 9 + "王五"), ("列席", "赵六")),
    )
    pages = pages_of(paper, fonts, printed)
    row = pages[-1].row("^出席：")
    turned = pages[-1].rows[pages[-1].texts.index("".join(c.text for c in row)) + 1]
    assert row[0].x == pytest.approx(LEFT + 2 * CELL, abs=0.01)
    assert {row[0].font, row[4].font} == {"GW-Hei", "GW-Fang"}
    assert turned[0].x == pytest.approx(row[3].x, abs=0.05)


def test_a_plain_paper_begins_with_its_title_and_is_signed(fonts, printed):
    pages = pages_of(replace(LETTER, shell=Shell.PLAIN), fonts, printed)
    assert pages[0].texts[0].startswith("关于商请验收")
    assert not any(c.red for c in pages[0].chars)
    assert "2026年11月3日" in pages[-1].texts
    assert not pages[-1].rules


def test_an_unsealed_paper_signs_two_cells_in_with_its_date_two_further_right(fonts, printed):
    page = pages_of(replace(LETTER, sealed=False), fonts, printed)[-1]
    body, day = page.row("^青溪区整改工作专班办公室$"), page.row("2026年11月3日$")
    assert body[-1].right == pytest.approx(RIGHT - 2 * CELL, abs=0.1)
    assert day[0].x - body[0].x == pytest.approx(2 * CELL, abs=0.01)


def test_annexes_begin_new_pages_with_mark_and_title_and_the_imprint_comes_last(fonts, printed):
    annexes = (Annex("佐证材料目录", (Para("材料如下："),)), Annex("整改情况说明", (Para(TEXT),)))
    paper = replace(LETTER, shell=Shell.DOWNWARD, annexes=annexes, attachments=("验收申请表",), issuing_office="区办")
    pages = pages_of(paper, fonts, printed)
    first = next(page for page in pages if page.texts[0] == "附件1")
    second = pages[-1]
    assert first.texts[1] == "佐证材料目录"
    assert second.texts[0] == "附件2"
    assert middle_rows(second, "整改情况说明") == pytest.approx(2, abs=0.1)
    assert any(text.endswith("印发") for text in second.texts)
    assert not any(text.endswith("印发") for page in pages[:-1] for text in page.texts)
    assert "3.验收申请表" in texts(pages)


def middle_rows(page, words):
    row = page.row(f"^{words}$")
    return (row[0].base - 0.307 * row[0].size / MM - CELL / 2 - TOP) / PITCH


def test_a_table_in_the_text_repeats_its_head_and_says_that_it_goes_on(fonts, printed, factory):
    paper = replace(LETTER, paragraphs=(Para("如下："), TABLE, Para("专此函达。")))
    pages, data = pages_of(paper, fonts, printed), print_official(paper, fonts).data
    whole = texts(pages)
    assert whole.count("序号问题时限") == sum("序号问题时限" in text for page in pages for text in page.texts) > 1
    assert any(page.texts[0] == "续表" for page in pages)
    assert not any(factory.missing_from(data, cell) for row in TABLE.rows for cell in row)
    assert whole.index("整改情况一览表") < whole.index("单位：个") < whole.index("专此函达。")


def test_a_wide_table_is_turned_to_the_left_and_its_page_numbered_as_ever(fonts, printed):
    paper = replace(LETTER, shell=Shell.DOWNWARD, annexes=(Annex("整改情况表", (WIDE,)),), issuing_office="区办")
    pages = pages_of(paper, fonts, printed)
    page = next(page for page in pages if any(c.text == "附" and c.font == "GW-Hei" for c in page.chars))
    mark = [next(c for c in page.chars if c.text == char and c.font == "GW-Hei") for char in "附件"]
    assert mark[0].base - mark[1].base == pytest.approx(CELL, abs=0.1)
    assert mark[0].x - LEFT < CELL
    number = pages.index(page) + 1
    assert any(f"—{number}—" in text.replace(" ", "") for text in page.texts)
    assert all(LEFT - 1 <= c.x <= RIGHT + 1 and TOP - 1 <= c.base <= BOTTOM + 10 for c in page.chars)


def test_a_text_that_ends_in_a_wide_table_is_refused(fonts):
    with pytest.raises(Refused, match="横排的表格"):
        print_official(replace(LETTER, paragraphs=(Para("如下："), WIDE)), fonts)


def test_a_table_with_a_row_of_another_length_is_refused(fonts):
    torn = replace(TABLE, rows=(("1", "二"),))
    with pytest.raises(Refused, match="整改情况一览表"):
        print_official(replace(LETTER, paragraphs=(torn, Para("如上。"))), fonts)
