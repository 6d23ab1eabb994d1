"""The docx twin of official papers: the text of the printed page, in Word's own terms."""

import io
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from docx.enum.section import WD_SECTION
from docx.shared import Mm

from desktop.documents.model import Annex, OfficialPaper, Para, Shell, TableBlock, TableColumn
from desktop.documents.official import print_official
from desktop.documents.word.official import write_official

TEXT = "青溪河下游段沿线12个入河排污口中有5个未完成溯源（其中“一口一策”方案仅编制3个），雨污混排，群众反映强烈。"
PAPER = OfficialPaper(
    title="关于申请第二轮省生态环境保护督察|反馈第五项问题销号的请示",
    bodies=("青溪区人民政府",),
    paragraphs=(
        Para("有关情况报告如下："),
        Para(heading="一、反馈问题", level=1),
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
TABLE = TableBlock(
    (TableColumn("序号", 1, True), TableColumn("问题", 5, group="整改"), TableColumn("时限", 3, True, "整改")),
    tuple((str(n), TEXT[: 20 + n], "2026年12月31日") for n in range(1, 5)),
    caption="整改情况一览表",
    corner="单位：个",
)
CASES = {
    "upward": {},
    "draft": {"doc_no": "", "on": None, "signers": ()},
    "joint": {"bodies": ("中共青溪区委员会", "青溪区人民政府"), "signers": ("张三", "李四五", "王六")},
    "downward": {"shell": Shell.DOWNWARD, "secrecy": "机密★1年", "urgency": "特急", "serial": "000012"},
    "letter": {"shell": Shell.LETTER, "sealed": False},
    "minutes": {"shell": Shell.MINUTES, "mark": "专题会议纪要", "attendance": (("出席", "张三、李四"),)},
    "plain": {"shell": Shell.PLAIN, "annex_mark": "附件2"},
    "table": {"paragraphs": (Para("如下："), TABLE, Para("妥否，请批示。"))},
    "annexes": {"annexes": (Annex("情况表", (Para("如下："), TABLE)), Annex("说明", (Para(TEXT),)))},
    "wide": {"annexes": (Annex("情况表", (replace(TABLE, wide=True),)),)},
}


HEAD = "序号整改问题时限"


@pytest.mark.parametrize("case", CASES)
def test_a_docx_says_what_the_printed_page_says(fonts, printed, factory, reading, case):
    paper = replace(PAPER, **CASES[case])
    data = print_official(paper, fonts).data
    told = reading.paragraphs(write_official(paper, fonts).data)
    assert Counter("".join(told).replace("共4项", "")) == reading.printed_characters(printed.read(data), HEAD)
    assert not [text for text in told if factory.missing_from(data, text)]


def test_the_page_has_the_margins_and_the_grid_of_the_standard(fonts, reading):
    data = write_official(PAPER, fonts).data
    section = Document(io.BytesIO(data)).sections[0]
    sides = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [side.mm for side in sides] == pytest.approx([37, 28, 26, 35], abs=0.05)
    assert section.page_width.mm == pytest.approx(210, abs=0.05)
    grid = reading.found(reading.part(data), "docGrid")[0]
    assert reading.value(grid, "type") == "linesAndChars"
    rows = (297 - 37 - 35) / 25.4 * 1440 // int(reading.value(grid, "linePitch"))
    chars = 156 / 25.4 * 72 / (16 + int(reading.value(grid, "charSpace")) / 4096)
    assert (rows, round(chars, 2)) == (22, 28)


def test_styles_have_chinese_names_and_the_fonts_of_their_roles(fonts, reading):
    styles = reading.found(reading.part(write_official(PAPER, fonts).data, "styles"), "style")
    font = {
        reading.value(reading.found(style, "name")[0]): reading.value(fonts_of[0], "eastAsia")
        for style in styles
        if (fonts_of := reading.found(style, "rFonts"))
    }
    assert {"主送机关", "成文日期", "版记", "附注"} <= font.keys()
    assert (font["公文标题"], font["公文正文"]) == ("方正小标宋简体", "仿宋_GB2312")
    assert (font["一级标题"], font["二级标题"]) == ("黑体", "楷体_GB2312")
    assert "Heading 1" not in font


def test_a_run_in_heading_is_a_run_of_its_own_font(fonts, reading):
    body = reading.part(write_official(PAPER, fonts).data)
    paragraph = next(p for p in reading.found(body, "p") if reading.text(p).startswith("（一）"))
    first = reading.found(paragraph, "r")[0]
    assert reading.text(first) == "（一）第一项措施。"
    assert reading.value(reading.found(first, "rFonts")[0], "eastAsia") == "楷体_GB2312"


def test_page_numbers_stand_outside_and_a_letter_has_none_on_its_first_page(fonts):
    section = opened(replace(PAPER, shell=Shell.LETTER), fonts).sections[0]
    assert section.different_first_page_header_footer
    odd, even, first = (
        footer.part.element.xml for footer in (section.footer, section.even_page_footer, section.first_page_footer)
    )
    assert "PAGE" in odd
    assert 'w:jc w:val="right"' in odd
    assert 'w:jc w:val="left"' in even
    assert "PAGE" not in first
    assert section.first_page_header.paragraphs[0].text == "青溪区人民政府"


def opened(paper, fonts):
    return Document(io.BytesIO(write_official(paper, fonts).data))


def test_the_imprint_is_a_table_at_the_foot_with_the_rules_of_the_standard(fonts, reading):
    table = reading.found(reading.part(write_official(PAPER, fonts).data), "tbl")[-1]
    assert reading.value(reading.found(table, "tblpPr")[0], "tblpYSpec") == "bottom"
    sizes = [int(reading.value(line, "sz")) / 8 / 72 * 25.4 for line in reading.found(table, "tblBorders")[0]]
    assert sizes == pytest.approx([0.35, 0.35, 0.25], abs=0.02)


def test_wide_tables_lie_on_their_side_and_repeat_their_head(fonts, reading):
    paper = replace(PAPER, **CASES["wide"])
    document = opened(paper, fonts)
    assert [section.page_width > section.page_height for section in document.sections] == [False, True, False]
    assert document.sections[1].page_width == pytest.approx(Mm(297), abs=1000)
    assert len(reading.found(reading.part(write_official(paper, fonts).data), "tblHeader")) == 2


def test_after_a_table_that_lies_the_imprint_is_on_the_back_of_a_sheet_and_has_no_page_number(fonts):
    sections = opened(replace(PAPER, **CASES["wide"]), fonts).sections
    assert [section.start_type for section in sections] == [WD_SECTION.NEW_PAGE] * 2 + [WD_SECTION.EVEN_PAGE]
    numbered = [["PAGE" in foot.part.blob.decode() for foot in (s.footer, s.even_page_footer)] for s in sections]
    assert numbered == [[True, True], [True, True], [False, False]]


def test_only_the_first_page_of_a_letter_has_its_name_over_it(fonts):
    document = opened(replace(PAPER, shell=Shell.LETTER, **CASES["wide"]), fonts)
    assert [section.different_first_page_header_footer for section in document.sections] == [True, False, False]


def test_the_file_names_title_author_and_date_and_nothing_of_this_machine(fonts):
    paper = replace(PAPER, **CASES["joint"])
    made = write_official(paper, fonts)
    told = Document(io.BytesIO(made.data)).core_properties
    assert told.title == PAPER.plain_title
    assert told.author == "中共青溪区委员会、青溪区人民政府"
    assert (told.created.date(), told.modified.date()) == (PAPER.on, PAPER.on)
    names = zipfile.ZipFile(io.BytesIO(made.data)).namelist()
    assert not [name for name in names if "vba" in name.lower() or "thumbnail" in name]
    assert made.data == write_official(paper, fonts).data


def test_characters_no_font_has_are_named_and_control_characters_left_out(fonts):
    made = write_official(replace(PAPER, signers=("王䶮",), note="甲\x02乙"), fonts)
    assert made.missing_characters == "䶮"
    assert "（甲乙）" in [p.text for p in Document(io.BytesIO(made.data)).paragraphs]
