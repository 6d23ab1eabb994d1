"""The shell 文件 in millimetres: 版头, 标题, text on the grid, signature with seal room, 版记, page numbers."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest

from desktop.documents.model import OfficialPaper, Para, Shell
from desktop.documents.official import print_official
from desktop.rules.errors import Refused

LEFT, RIGHT, TOP, BOTTOM, CELL, PITCH = 28.0, 184.0, 37.0, 262.0, 156 / 28, (225 - 156 / 28) / 21
TEXT = (
    "青溪河下游段沿线12个入河排污口中有5个未完成溯源（其中“一口一策”方案仅编制3个），2024年1—9月断面氨氮浓度均值"
    "1.86mg/L，超Ⅲ类标准0.86倍；部分企业——如某某化工（集团）有限公司——雨污混排，群众反映强烈。"
)
PAPER = OfficialPaper(
    title="关于申请第二轮省生态环境保护督察|反馈第五项问题销号的请示",
    bodies=("青溪区人民政府",),
    paragraphs=(
        Para("有关情况报告如下："),
        Para(heading="一、反馈问题", level=1),
        Para(TEXT),
        Para(TEXT, "（一）第一项措施", 2),
        Para("妥否，请批示。"),
    ),
    addressee="某市突出环境问题整改工作领导小组",
    doc_no="青政〔2026〕18号",
    signers=("张三",),
    attachments=("整改销号申请表", "自查自验表"),
    on=date(2026, 11, 3),
    note="联系人：王五；电话：0734-8812345",
    copies=("市直牵头督导验收单位", "市整改办"),
    issuing_office="青溪区人民政府办公室",
)
JOINT = replace(PAPER, bodies=("中共青溪区委员会", "青溪区人民政府"), signers=("张三", "李四五"))


def top_of(char):
    """Top of the character's cell: hanzi of the free set stand with their middle .3 em over the baseline."""
    return char.base - 0.307 * char.size / (72 / 25.4) - CELL / 2


def row_number(char):
    return (top_of(char) - TOP) / PITCH


def middle(row):
    return (row[0].x + row[-1].right) / 2


@pytest.fixture(scope="module")
def one(fonts, printed):
    return printed.read(print_official(PAPER, fonts).data)


@pytest.fixture(scope="module")
def joint(fonts, printed):
    return printed.read(print_official(JOINT, fonts).data)


def test_letterhead_is_red_and_its_top_edge_35_mm_under_the_type_area(one):
    mark = [c for c in one[0].chars if c.red]
    assert "".join(c.text for c in sorted(mark, key=lambda c: c.x)) == "青溪区人民政府文件"
    assert middle(sorted(mark, key=lambda c: c.x)) == pytest.approx(106, abs=0.1)
    height = mark[0].size / (72 / 25.4)
    assert mark[0].base - 0.8 * height == pytest.approx(TOP + 35, abs=0.3)
    assert height <= 22.01
    assert {c.font for c in mark} == {"GW-TitleSong"}


def test_joint_letterhead_has_names_of_one_width_and_the_word_beside_them(joint):
    mark = [c for c in joint[0].chars if c.red]
    word = [c for c in mark if c.text in "文件"]
    names = sorted({round(c.base) for c in mark if c.text not in "文件"})
    assert len(names) == 2
    assert names[0] < word[0].base < names[1] + 5
    rows = [[c for c in mark if round(c.base) == base and c.text not in "文件"] for base in names]
    assert max(c.right for c in rows[0]) == pytest.approx(max(c.right for c in rows[1]), abs=0.05)
    assert min(c.x for c in mark) == pytest.approx(LEFT, abs=0.05)
    assert max(c.right for c in mark) == pytest.approx(RIGHT, abs=0.05)


def test_red_rule_is_156_mm_and_4_mm_under_the_number(one):
    rule = next(rule for rule in one[0].rules if rule.red)
    number = one[0].row("〔2026〕")
    assert (rule.x, rule.width) == (pytest.approx(LEFT, abs=0.01), pytest.approx(156, abs=0.01))
    assert rule.y - top_of(number[0]) - CELL == pytest.approx(4, abs=0.1)


def test_upward_paper_has_number_left_and_signer_right_one_cell_in(one):
    row = one[0].row("签发人：")
    assert row[0].x == pytest.approx(LEFT + CELL, abs=0.01)
    assert row[-1].right == pytest.approx(RIGHT - CELL, abs=0.1)
    assert {c.text: c.font for c in row}["张"] == "GW-Kai"
    assert {c.text: c.font for c in row}["签"] == "GW-Fang"


def test_several_signers_stand_two_a_row_and_the_number_beside_the_last(fonts, printed):
    page = printed.read(print_official(replace(PAPER, signers=("张三", "李四五", "王六")), fonts).data)[0]
    first, second = page.row("签发人"), page.row("王　?六")
    assert row_number(second[-1]) - row_number(first[-1]) == pytest.approx(1, abs=0.02)
    assert "18号" in "".join(c.text for c in second)
    wang, zhang = (next(c for c in row if c.text == t) for row, t in ((second, "王"), (first, "张")))
    assert wang.x == pytest.approx(zhang.x, abs=0.01)


def test_downward_paper_has_its_number_centred_and_no_signer(fonts, printed):
    page = printed.read(print_official(replace(JOINT, shell=Shell.DOWNWARD), fonts).data)[0]
    assert middle(page.row("〔2026〕")) == pytest.approx(106, abs=0.1)
    assert not any("签发人" in text for text in page.texts)


def test_title_stands_two_rows_under_the_rule_and_the_addressee_one_under_the_title(one):
    number, title = one[0].row("〔2026〕"), one[0].row("关于申请")
    assert row_number(title[0]) - row_number(number[0]) == pytest.approx(3, abs=0.1)
    last, addressee = one[0].row("的请示"), one[0].row("领导小组：")
    assert row_number(addressee[0]) - row_number(last[0]) == pytest.approx(2, abs=0.1)
    assert addressee[0].x == pytest.approx(LEFT, abs=0.01)
    assert {c.font for c in title} == {"GW-TitleSong"}
    assert {round(c.size) for c in title} == {22}


def test_every_text_row_stands_on_the_grid_and_full_rows_end_on_the_edge(fonts, printed):
    pages = printed.read(
        print_official(replace(PAPER, paragraphs=(Para(TEXT * 9), Para("妥否，请批示。"))), fonts).data
    )
    assert len(pages) >= 3
    inner = [row for row in pages[1].rows if row[0].base < BOTTOM]
    assert len(inner) == 22
    for number, row in enumerate(inner):
        hanzi = next(c for c in row if c.font == "GW-Fang" and "\u4e00" <= c.text <= "\u9fff")
        assert row_number(hanzi) == pytest.approx(number, abs=0.02)
        assert row[0].x >= LEFT - 0.01
        ends = row[-1].right if row[-1].text not in "，。、；：）”" else min(row[-1].right, RIGHT)
        assert ends == pytest.approx(RIGHT, abs=0.1)


def test_headings_have_the_type_of_their_level(one):
    rows = {c.text: c for page in one for row in page.rows for c in row[:1]}
    assert rows["一"].font == "GW-Hei"
    kai = next(row for page in one for row in page.rows if "".join(c.text for c in row).startswith("（一）"))
    text = "".join(c.text for c in kai)
    assert text.startswith("（一）第一项措施。青溪河")
    assert kai[text.index("施")].font == "GW-Kai"
    assert kai[text.index("青")].font == "GW-Fang"
    assert kai[0].x == pytest.approx(LEFT + 2 * CELL, abs=0.01)


def test_date_ends_four_cells_from_the_edge_with_the_body_centred_over_it(one):
    page = one[-1]
    day, body = page.row("2026年11月3日$"), page.row("^青溪区人民政府$")
    assert day[-1].right == pytest.approx(RIGHT - 4 * CELL, abs=0.1)
    assert middle(body) == pytest.approx(middle(day), abs=0.1)
    assert row_number(day[-1]) - row_number(body[0]) == pytest.approx(1, abs=0.02)
    listed = page.row("自查自验表")
    assert row_number(body[0]) - row_number(listed[-1]) == pytest.approx(3, abs=0.02)


def test_joint_signature_has_room_for_two_seals_of_45_mm_side_by_side(joint):
    row = joint[-1].row("^中共青溪区委员会青溪区人民政府$")
    party, government = row[:8], row[8:]
    distance = middle(government) - middle(party)
    assert distance >= 48
    assert middle(party) - 22.5 >= LEFT
    assert middle(government) + 22.5 <= RIGHT
    assert middle(joint[-1].row("2026年11月3日$")) == pytest.approx(middle(government), abs=0.1)


def test_long_names_stand_one_under_the_other_with_a_seals_room_between(fonts, printed):
    names = ("中共某某市青溪区委员会办公室", "某某市青溪区人民政府办公室")
    page = printed.read(print_official(replace(JOINT, bodies=names), fonts).data)[-1]
    party, government = page.row(f"^{names[0]}$"), page.row(f"^{names[1]}$")
    assert government[0].base - party[0].base >= 48
    assert row_number(page.row("2026年11月3日$")[-1]) - row_number(government[0]) == pytest.approx(1, abs=0.02)


def test_attachments_are_numbered_and_aligned(one):
    first, second = one[-1].row("附件：1"), one[-1].row("^2.自查")
    assert first[0].x == pytest.approx(LEFT + 2 * CELL, abs=0.01)
    assert second[0].x == pytest.approx(next(c for c in first if c.text == "1").x, abs=0.01)
    assert next(c for c in first if c.text == "整").x == pytest.approx(
        next(c for c in second if c.text == "自").x, abs=0.01
    )


def test_long_attachment_name_turns_under_its_first_character(fonts, printed):
    names = ("整改销号申请表", "青溪区贯彻落实第二轮省生态环境保护督察反馈问题整改佐证材料目录及影像资料清单")
    page = printed.read(print_official(replace(PAPER, attachments=names), fonts).data)[-1]
    start = next(c for c in page.row("^2.青溪") if c.text == "青").x
    turned = page.rows[page.texts.index("".join(c.text for c in page.row("^2.青溪"))) + 1]
    assert turned[0].x == pytest.approx(start, abs=0.05)


def test_note_follows_the_date_in_brackets(one):
    note, day = one[-1].row("联系人"), one[-1].row("2026年11月3日$")
    assert "".join(c.text for c in note) == "（联系人：王五；电话：0734-8812345）"
    assert row_number(next(c for c in note if c.text == "联")) - row_number(day[-1]) == pytest.approx(1, abs=0.02)


def test_imprint_stands_on_the_foot_of_the_last_page(one):
    rules = [rule for rule in one[-1].rules if not rule.red]
    assert [round(rule.thickness, 2) for rule in rules] == [0.35, 0.25, 0.35]
    assert rules[-1].y == pytest.approx(BOTTOM, abs=0.01)
    assert all(rule.width == pytest.approx(156, abs=0.01) for rule in rules)
    assert "抄送：市直牵头督导验收单位，市整改办。" in one[-1].texts
    assert "青溪区人民政府办公室2026年11月3日印发" in one[-1].texts
    assert not [rule for page in one[:-1] for rule in page.rules if not rule.red]


def test_copies_that_turn_stand_under_the_first_name(fonts, printed):
    copies = tuple(f"某某市第{n}生态环境局" for n in "一二三四五六七")
    page = printed.read(print_official(replace(PAPER, copies=copies), fonts).data)[-1]
    first, second = page.row("^抄送"), page.rows[page.texts.index("".join(c.text for c in page.row("^抄送"))) + 1]
    assert second[0].x == pytest.approx(first[3].x, abs=0.05)


def test_page_numbers_stand_outside_alternately_seven_mm_under_the_type_area(one):
    for number, page in enumerate(one, 1):
        row = page.row(f"^—{number}—$") if f"—{number}—" in page.texts else page.row("—")
        assert row[0].base - 0.30 * 14 / (72 / 25.4) - BOTTOM == pytest.approx(7, abs=0.1)
        one_cell = 14 / (72 / 25.4)
        if number % 2:
            assert row[-1].right == pytest.approx(RIGHT - one_cell, abs=0.1)
        else:
            assert row[0].x == pytest.approx(LEFT + one_cell, abs=0.1)


@pytest.mark.parametrize("length", range(1, 26))
def test_signature_is_never_alone_on_its_page_and_text_never_runs_into_the_imprint(fonts, printed, length):
    paragraphs = (*(Para(f"第{n}句整改情况。") for n in range(length)), Para("妥否，请批示。"))
    pages = printed.read(print_official(replace(JOINT, paragraphs=paragraphs), fonts).data)
    last = pages[-1]
    bodies = last.texts.index("中共青溪区委员会青溪区人民政府")
    assert any("请批示" in text for text in last.texts[:bodies])
    first_rule = min(rule.y for rule in last.rules if not rule.red)
    assert max(c.base for c in last.row("联系人")) < first_rule - 2
    assert any("第0句" in text for text in pages[0].texts)
    whole = "".join(text for page in pages for text in page.texts)
    assert all(whole.count(f"第{n}句整改情况。") == 1 for n in range(length))


def test_the_signature_takes_two_rows_of_text_along_and_leaves_the_others(fonts, printed):
    paragraphs = (*(Para(f"第{n}句。") for n in range(14)), Para("整改情况" * 20), Para("妥否，请批示。"))
    paper = replace(PAPER, shell=Shell.PLAIN, attachments=(), copies=(), issuing_office="", note="")
    before, last = printed.read(print_official(replace(paper, paragraphs=paragraphs), fonts).data)
    signed = last.texts.index("青溪区人民政府")
    rows = ["整改情况" * 6 + "整改", "情况" + "整改情况" * 6 + "整改", "情况" + "整改情况" * 6, "妥否，请批示。"]
    at = before.texts.index(rows[0])
    assert [before.texts[at + 1], *last.texts[:signed]] == rows[1:], "two rows go over, not the whole paragraph"


def test_heading_is_never_the_last_row_of_a_page(fonts, printed):
    for length in range(1, 8):
        paragraphs = [Para(f"第{n}句。") for n in range(length)]
        paragraphs += [Para(heading="一、情况", level=1), Para(heading="（一）措施", level=2), Para(TEXT * 3)]
        pages = printed.read(print_official(replace(JOINT, paragraphs=tuple(paragraphs)), fonts).data)
        for page in pages:
            inside = [text for text, row in zip(page.texts, page.rows, strict=True) if row[0].base < BOTTOM]
            assert inside[-1] not in ("一、情况", "（一）措施")


def test_draft_leaves_room_for_number_date_and_signer(fonts, printed):
    made = print_official(replace(PAPER, doc_no="", on=None, signers=()), fonts)
    pages = printed.read(made.data)
    assert any(text.startswith("〔〕号签发人：") for text in pages[0].texts)
    day = pages[-1].row("^年月日$")
    assert day[-1].right == pytest.approx(RIGHT - 4 * CELL, abs=0.1)
    assert any(text.endswith("年月日印发") for text in pages[-1].texts)


def test_same_paper_gives_the_same_bytes_and_carries_title_and_author(fonts):
    first, second = print_official(JOINT, fonts), print_official(JOINT, fonts)
    assert first.data == second.data
    told = pypdfium2.PdfDocument(first.data).get_metadata_dict()
    assert told["Title"] == "关于申请第二轮省生态环境保护督察反馈第五项问题销号的请示"
    assert told["Author"] == "中共青溪区委员会、青溪区人民政府"
    assert told["CreationDate"].startswith("D:20261103")


def test_every_font_shown_is_embedded_and_text_copies(fonts):
    document = pypdfium2.PdfDocument(print_official(JOINT, fonts).data)
    text = document[0].get_textpage().get_text_range().replace("\r\n", "")
    assert "关于申请第二轮省生态环境保护督察反馈第五项问题销号的请示" in text
    assert "Helvetica" not in print_official(JOINT, fonts).data.decode("latin-1")


def test_rare_characters_no_font_has_are_reported(fonts):
    assert print_official(replace(PAPER, signers=("王䶮",)), fonts).missing_characters == "䶮"


@pytest.mark.parametrize("lacking", [{"bodies": ()}, {"title": " "}, {"paragraphs": ()}])
def test_a_paper_without_body_title_or_text_is_refused(fonts, lacking):
    with pytest.raises(Refused, match="公文缺少"):
        print_official(replace(PAPER, **lacking), fonts)
