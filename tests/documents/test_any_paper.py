"""Whatever an official paper says: nothing of it is lost, nothing leaves the 版心, no signature stands alone."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.documents.model import Annex, OfficialPaper, Para, Shell, TableBlock, TableColumn
from desktop.documents.official import print_official

LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 37.0, 262.0
TEXT = (
    "青溪河下游段沿线12个入河排污口中有5个未完成溯源（其中“一口一策”方案仅编制3个），2024年1—9月断面氨氮浓度均值"
    "1.86mg/L，超Ⅲ类标准0.86倍；部分企业——如某某化工（集团）有限公司——雨污混排，群众反映强烈。"
) * 12
BODIES = ("青溪区人民政府", "中共青溪区委员会", "青溪区人民政府办公室（整改工作专班办公室）", "区生态环境分局")
NAMES = ("王五", "欧阳六六", "赵七")

texts = st.tuples(st.integers(0, 40), st.integers(1, 700)).map(lambda at: TEXT[at[0] : at[0] + at[1]])
paras = st.builds(
    lambda text, heading: Para(text, f"（一）{heading}" if heading else "", 2),
    texts,
    st.sampled_from(("", "", "第一项措施")),
)
headings = st.just(Para(heading="一、整改情况", level=1))
tables = st.builds(
    lambda rows, wide, group: TableBlock(
        (TableColumn("序号", 1, True), TableColumn("问题", 6, group=group), TableColumn("措施", 4, group=group)),
        tuple((str(n), text, text[:30]) for n, text in enumerate(rows, 1)),
        wide=wide,
    ),
    st.lists(texts, max_size=6),
    st.booleans(),
    st.sampled_from(("", "整改")),
)
annexes = st.builds(lambda blocks: Annex("佐证材料目录", tuple(blocks)), st.lists(st.one_of(paras, tables), min_size=1))
papers = st.builds(
    OfficialPaper,
    title=st.integers(4, 75).map(lambda n: f"关于{TEXT[:n]}问题销号的请示"),
    bodies=st.lists(st.sampled_from(BODIES), min_size=1, max_size=4, unique=True).map(tuple),
    paragraphs=st.lists(st.one_of(paras, paras, headings, tables), max_size=9).map(
        lambda blocks: (Para("现报告如下："), *blocks, Para("妥否，请批示。"))
    ),
    addressee=st.integers(0, 150).map(lambda n: TEXT[:n].replace("。", "")),
    shell=st.sampled_from((Shell.UPWARD, Shell.DOWNWARD, Shell.LETTER)),
    doc_no=st.sampled_from(("", "青政〔2026〕18号")),
    signers=st.lists(st.sampled_from(NAMES), max_size=3, unique=True).map(tuple),
    attachments=st.lists(st.integers(3, 60).map(lambda n: TEXT[:n]), max_size=4).map(tuple),
    annexes=st.lists(annexes, max_size=2).map(tuple),
    on=st.sampled_from((None, date(2026, 12, 31))),
    note=st.sampled_from(("", "联系人：王五；电话：0734-8812345")),
    copies=st.integers(0, 12).map(lambda n: tuple(f"某市第{k}生态环境局" for k in range(n))),
    issuing_office=st.just("青溪区人民政府办公室"),
    urgency=st.sampled_from(("", "特急")),
    sealed=st.booleans(),
)


def said(paper):
    """Every text of the paper, each of which must be on paper in its order."""
    for blocks in (paper.paragraphs, *(annex.blocks for annex in paper.annexes)):
        for block in blocks:
            if isinstance(block, TableBlock):
                yield from (cell for row in block.rows for cell in row)
            else:
                yield block.heading + block.text
    yield from (paper.plain_title, paper.addressee, paper.doc_no, paper.note, *paper.copies, *paper.listed)


@given(papers)
@settings(max_examples=12, deadline=None)
def test_every_character_is_printed_in_order_inside_the_type_area(fonts, printed, factory, paper):
    data = print_official(paper, fonts).data
    pages = printed.read(data)
    for text in said(paper):
        assert factory.missing_from(data, text) == ""
    for number, page in enumerate(pages, 1):
        for char in page.chars:
            if not char.red and char.text.strip():
                assert LEFT - 0.1 <= char.x <= RIGHT + 0.1
                assert TOP < char.base < BOTTOM + 0.3 or (char.size == pytest.approx(14, abs=0.1) and char.base < 272)
        if number > 1 or paper.shell is not Shell.LETTER:
            assert f"—{number}—" in "".join(page.texts).replace(" ", "")


MANY_SEALS = OfficialPaper(
    title=f"关于{TEXT[:33]}问题销号的请示",
    bodies=BODIES,
    paragraphs=(Para("现报告如下："), Para("妥否，请批示。")),
    addressee=TEXT[:123].replace("。", ""),
    signers=NAMES,
    copies=tuple(f"某市第{k}生态环境局" for k in range(6)),
    issuing_office="青溪区人民政府办公室",
)


@example(MANY_SEALS)
@given(papers)
@settings(max_examples=12, deadline=None)
def test_a_signature_stands_under_text_and_the_imprint_at_the_foot(fonts, printed, paper):
    paper = replace(paper, on=date(2026, 12, 31))
    pages = printed.read(print_official(paper, fonts).data)
    signed = next(page for page in reversed(pages) if "2026年12月31日" in page.texts)
    day = signed.row("^2026年12月31日$")[0].base
    above = [row for row in signed.rows if row[0].base < day - 5 and not row[0].red]
    bodies = {text for text in signed.texts if any(body in text for body in paper.bodies)}
    assert any("".join(c.text for c in row) not in bodies for row in above)
    if paper.shell is not Shell.LETTER:
        assert max(rule.y for rule in pages[-1].rules if not rule.red) == pytest.approx(BOTTOM, abs=0.01)
        assert any(text.endswith("2026年12月31日印发") for text in pages[-1].texts)
    elif paper.copies:
        last = [row for row in pages[-1].rows if row[0].base < BOTTOM and not row[0].red][-1]
        assert last[0].base == pytest.approx(BOTTOM, abs=1.6)
