"""What Word files hold beside plain text: automatic numbers, tracked changes, text boxes, notes, nested tables."""

import io
import zipfile

import pytest

from desktop.plans.read import read_plan, read_source
from desktop.plans.word.counting import shown
from tests.plans.office import cell, docx, numbered, par, run, table, zipped

FIELDS = (
    "整改目标：水质达标。",
    "整改措施：（一）建站。（二）清淤。",
    "整改时限：2025年6月30日",
    "责任单位：区水利局、松林镇",
)


def text_of(data: bytes) -> str:
    """The words of a Word file without empty lines."""
    return "\n".join(line for line in read_source(data, "方案.docx").text.split("\n") if line)


def levels(*found: tuple[str, str, str], more: str = "", num: str = "") -> str:
    """A list with these levels: number format, pattern, further XML; ``num`` are further ``w:num``."""
    inner = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/>'
        f"{extra}</w:lvl>"
        for level, (form, pattern, extra) in enumerate(found)
    )
    own = '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    return f'<w:abstractNum w:abstractNumId="1">{more}{inner}</w:abstractNum>{own}{num}'


NOTHING = '<w:suff w:val="nothing"/>'


@pytest.mark.parametrize(
    ("form", "numbers", "words"),
    [
        ("chineseCounting", (1, 9, 10, 11, 20, 99), "一 九 十 十一 二十 九十九"),
        ("chineseCountingThousand", (10, 21, 100, 101, 110), "十 二十一 一百 一百零一 一百一十"),
        ("ideographTraditional", (1, 10), "甲 癸"),
        ("ideographZodiac", (1, 12), "子 亥"),
        ("decimalEnclosedCircle", (1, 10, 20), "① ⑩ ⑳"),
        ("decimalEnclosedCircleChinese", (3,), "③"),
        ("chineseLegalSimplified", (1, 12), "壹 壹拾贰"),
        ("ideographDigital", (10, 23), "一〇 二三"),
        ("japaneseCounting", (1, 12), "一 十二"),
        ("decimalZero", (1, 12), "01 12"),
        ("decimalFullWidth", (12,), "１２"),
        ("upperRoman", (4, 9), "IV IX"),
        ("lowerLetter", (1, 27), "a aa"),
        ("ideographEnclosedCircle", (3,), "(三)"),
        ("somethingElse", (3,), "3"),
    ],
)
def test_numbers_are_written_in_the_format_of_their_list(form, numbers, words):
    assert " ".join(shown(number, form) for number in numbers) == words


def test_automatic_numbers_stand_before_their_paragraphs():
    lists = levels(("chineseCounting", "%1、", NOTHING), ("decimal", "（%2）", NOTHING), ("decimal", "%1.%2.%3", ""))
    body = numbered("甲", 1) + numbered("乙", 1, 1) + numbered("丙", 1, 1) + numbered("丁", 1) + numbered("戊", 1, 1)
    body += numbered("己", 1, 2)
    assert text_of(docx(body, numbering=lists)) == "一、甲\n（1）乙\n（2）丙\n二、丁\n（1）戊\n二.1.1\t己"


def test_a_level_may_go_on_counting_and_write_outer_numbers_as_figures():
    lists = levels(
        ("chineseCounting", "第%1项", NOTHING),
        ("decimal", "%1.%2", '<w:lvlRestart w:val="0"/><w:isLgl/><w:suff w:val="space"/>'),
    )
    body = numbered("甲", 1) + numbered("乙", 1, 1) + numbered("丙", 1) + numbered("丁", 1, 1)
    assert text_of(docx(body, numbering=lists)) == "第一项甲\n1.1 乙\n第二项丙\n2.2 丁"


def test_a_list_that_begins_anew_or_at_another_number_does_so():
    again = (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
        "</w:lvlOverride></w:num>"
    )
    body = numbered("甲", 1) + numbered("乙", 1) + numbered("丙", 2) + numbered("丁", 2)
    assert text_of(docx(body, numbering=levels(("decimal", "%1.", NOTHING), num=again))) == "1.甲\n2.乙\n5.丙\n6.丁"


def test_a_style_brings_its_list_and_level():
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="问题"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="B"><w:name w:val="措施"/><w:basedOn w:val="A"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    lists = levels(("chineseCounting", "%1、", NOTHING), ("decimalEnclosedCircle", "%2", NOTHING))
    body = par("甲", '<w:pStyle w:val="A"/>') + par("乙", '<w:pStyle w:val="B"/>')
    body += par("丙", '<w:pStyle w:val="A"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    body += par("丁", '<w:pStyle w:val="A"/>')
    assert text_of(docx(body, styles=styles, numbering=lists)) == "一、甲\n①乙\n丙\n二、丁"


def test_bullets_are_no_numbers():
    body = numbered("甲", 1) + numbered("乙", 1)
    assert text_of(docx(body, numbering=levels(("bullet", "\uf06c", "")))) == "甲\n乙"


def test_a_plan_with_automatic_numbers_reads_like_one_with_typed_numbers(aliases):
    lists = levels(("chineseCounting", "%1、", NOTHING), ("chineseCountingThousand", "（%2）", NOTHING))
    parts = [par("青柳区整改任务清单")]
    for name in ("松林镇污水直排沟渠，群众反映强烈。", "柳河乡养殖粪污直排，沟渠黑臭。"):
        parts += [numbered(name, 1), par("整改目标：水质达标。"), par("整改措施：")]
        parts += [numbered("建站。", 1, 1), numbered("清淤。", 1, 1), par(FIELDS[2]), par(FIELDS[3])]
    draft = read_plan(docx("".join(parts), numbering=lists), "清单.docx", aliases)
    assert [p.number for p in draft.problems] == [1, 2]
    assert [[m.text for m in p.measures] for p in draft.problems] == [["建站。", "清淤。"]] * 2


def test_the_numbers_of_a_table_may_be_automatic(aliases):
    auto = f"<w:tc><w:tcPr/>{numbered('', 1)}</w:tc>"
    rows = [["序号", "反馈问题", "整改目标", "整改措施", "整改时限"]]
    rows += [[auto, f"{place}污水直排。", "达标。", "建站。", "2025年"] for place in ("松林镇", "柳河乡")]
    draft = read_plan(docx(table(rows), numbering=levels(("decimal", "%1", ""))), "清单.docx", aliases)
    assert [(p.number, p.text) for p in draft.problems] == [(1, "松林镇污水直排。"), (2, "柳河乡污水直排。")]


def test_tracked_changes_are_read_as_accepted():
    deleted = "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
    inserted = f"<w:ins>{run('新')}</w:ins>"
    moved = f"<w:moveFrom>{run('甲')}</w:moveFrom><w:moveTo>{run('乙')}</w:moveTo>"
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('前半')}</w:p>"
    gone = table([["删"]], "<w:trPr><w:del/></w:trPr>")
    body = par("时限", inner=deleted + inserted + moved) + first + par("后半") + gone
    assert text_of(docx(body)) == "时限新乙\n前半后半"


BOX = "<w:txbxContent>{}</w:txbxContent>"


def test_a_text_box_is_read_once_in_either_drawing_language():
    inner = BOX.format(par("框里的字"))
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:shape><v:textbox>{BOX.format(par('旧框'))}</v:textbox></v:shape></w:pict></w:r>"
    assert text_of(docx(par("正文", inner=both) + par("又一段", inner=old))) == "正文\n框里的字\n又一段\n旧框"
    held = read_source(docx(table([[cell("格", inner=par("", inner=both)), "旁"], ["下", "右"]])), "x.docx")
    assert [held.text[c.start : c.end] for c in held.cells] == ["格\n框里的字", "旁", "下", "右"]


def test_fields_of_a_problem_may_stand_in_a_text_box(aliases):
    box = f"<w:r><w:pict><v:textbox>{BOX.format(''.join(map(par, FIELDS)))}</v:textbox></w:pict></w:r>"
    body = par("青柳区整改任务清单") + par("一、松林镇污水直排沟渠，群众反映强烈。", inner=box)
    problem = read_plan(docx(body), "清单.docx", aliases).problems[0]
    assert (problem.target, len(problem.measures), problem.responsible_units[1]) == ("水质达标。", 2, "松林镇")


def test_headers_footnotes_and_hidden_words_belong_to_no_field(aliases):
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部批注</w:t></w:r>"
    body = par("一、松林镇污水直排沟渠，群众反映强烈。", inner=mark + hidden) + "".join(map(par, FIELDS))
    notes = '<w:footnote w:id="0" w:type="separator"/><w:footnote w:id="2">' + par("据省督察组通报。") + "</w:footnote>"
    data = docx(body, footnotes=notes, header1=par("青柳区督察整改"))
    draft = read_plan(data, "方案.docx", aliases)
    assert draft.problems[0].text == "松林镇污水直排沟渠，群众反映强烈。"
    assert "青柳区督察整改" not in draft.source
    said = {finding.key: finding.sentence for finding in draft.findings}
    assert "据省督察组通报" in said["footnote"]
    assert "内部批注" in said["hidden_text"]


def test_line_breaks_tabs_symbols_and_fields_are_read_as_seen():
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:noBreakHyphen/></w:r>'
    link = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("附件一")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    box = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('选项')}</w:sdtContent></w:sdt><w:hyperlink>{run('链接')}</w:hyperlink>"
    assert text_of(docx(par("上\v下\t右", inner=symbol + link + box))) == "上\v下\t右☑-附件一选项链接"


def test_a_title_broken_inside_its_paragraph_is_one_title(aliases):
    title = par("青柳区贯彻落实省生态环境保护督察反馈意见\v整改方案")
    body = title + par("一、松林镇污水直排。") + "".join(map(par, FIELDS))
    assert read_plan(docx(body), "x.docx", aliases).title == "青柳区贯彻落实省生态环境保护督察反馈意见整改方案"


def test_lines_of_a_table_of_contents_are_not_read():
    styles = '<w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>'
    body = par("一、总体要求\t1", '<w:pStyle w:val="11"/>') + par("一、总体要求")
    assert text_of(docx(body, styles=styles)) == "一、总体要求"


def test_a_paragraph_of_a_word_file_ends_where_the_file_says(aliases):
    measures = ["加强日常巡查", "建立管理台账", "依法查处违法行为"]
    body = par("一、松林镇污水直排沟渠。") + par(FIELDS[0]) + par("整改措施：") + "".join(map(par, measures))
    body += par(FIELDS[2]) + par(FIELDS[3])
    problem = read_plan(docx(body), "x.docx", aliases).problems[0]
    assert [m.text for m in problem.measures] == measures


ROWS = [
    ["序号", "反馈问题", "整改目标", "整改措施", "整改时限"],
    ["1", "松林镇污水直排。", "水质达标。", "建站。", "2025年"],
    ["2", "柳河乡粪污直排。", "消除黑臭。", "清淤。", "2026年"],
]


def test_content_controls_around_rows_and_cells_do_not_hide_them(aliases):
    row = "<w:sdt><w:sdtContent><w:tr>" + "".join(
        f"<w:sdt><w:sdtContent>{cell(text)}</w:sdtContent></w:sdt>" for text in ROWS[2]
    )
    body = table(ROWS[:2]).replace("</w:tbl>", row + "</w:tr></w:sdtContent></w:sdt></w:tbl>")
    assert [p.number for p in read_plan(docx(body), "x.docx", aliases).problems] == [1, 2]


def test_a_frame_around_the_table_changes_nothing(aliases):
    frame = f"<w:tbl><w:tr><w:tc><w:tcPr/>{par('青柳区整改清单')}{table(ROWS)}{par()}</w:tc></w:tr></w:tbl>"
    draft = read_plan(docx(frame), "x.docx", aliases)
    assert (draft.title, [p.target for p in draft.problems]) == ("青柳区整改清单", ["水质达标。", "消除黑臭。"])


def test_a_small_table_inside_a_cell_is_part_of_its_words(aliases):
    inner = table([["1", "建站"], ["2", "清淤"]])
    rows = [ROWS[0], [*ROWS[1][:3], cell("按下表实施", inner=inner + par()), "2025年"]]
    problem = read_plan(docx(table(rows)), "x.docx", aliases).problems[0]
    assert [m.text for m in problem.measures] == ["建站", "清淤"]


def test_a_list_nested_in_a_cell_beside_others_is_read_as_a_table(aliases):
    outer = table([[cell("附件", inner=table(ROWS) + par()), "说明"], ["甲", "乙"]])
    assert [p.number for p in read_plan(docx(outer), "x.docx", aliases).problems] == [1, 2]


def test_columns_that_differ_by_a_hair_are_one(aliases):
    widths = (700, 40, 2000, 2000, 2000, 30, 1500)
    grid = "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"
    head = [cell("序号"), cell("反馈问题", 2), cell("整改目标"), cell("整改措施"), cell("整改时限", 2)]
    row = [cell("1", 2), cell("松林镇污水直排。"), cell("水质达标。"), cell("建站。", 2), cell("2025年")]
    body = table([head, row]).replace("<w:tbl>", "<w:tbl>" + grid)
    problem = read_plan(docx(body), "x.docx", aliases).problems[0]
    assert (problem.number, problem.text, problem.deadline_text) == (1, "松林镇污水直排。", "2025年")


def test_a_file_of_the_strict_kind_reads_alike(aliases):
    plain = docx(table(ROWS))
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    old = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    new = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    strict = zipped({name: text.replace(old, new) for name, text in files.items()})
    assert [p.number for p in read_plan(strict, "x.docx", aliases).problems] == [1, 2]


def test_a_word_file_of_pictures_only_says_so(aliases):
    drawing = "<w:r><w:drawing><a:blip xmlns:a='urn:a'/></w:drawing></w:r>"
    draft = read_plan(docx(par(inner=drawing)), "扫描件.docx", aliases)
    assert draft.problems == ()
    assert any(finding.key == "picture_only" for finding in draft.findings)
