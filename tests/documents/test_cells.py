"""Lines of table cells: complete, in order, never too wide, no 避头尾 fault where a layout without one exists."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.documents import marks
from desktop.documents.cells import break_cell

CHARS = st.sampled_from("督察整改问题清单，。、；：（）《》“”—…〔〕0123456789ABab%/·年月日 ㎡䶮")


class Ems(dict[str, float]):
    def __missing__(self, char: str) -> float:
        return 0.5 if marks.is_narrow(char) else 1.0


EMS = Ems()


def texts(lines: tuple[object, ...]) -> list[str]:
    return [line.text for line in lines]  # type: ignore[attr-defined]


@given(st.text(CHARS, max_size=120), st.integers(4, 30))
def test_every_character_is_in_the_lines_in_order(text: str, measure: int) -> None:
    lines = break_cell(text, EMS, 10, measure * 10)
    assert "".join("".join(texts(lines)).split()) == "".join(text.split())


@given(st.text(CHARS, max_size=120), st.integers(4, 30))
def test_no_line_is_wider_than_its_cell(text: str, measure: int) -> None:
    for line in break_cell(text, EMS, 10, measure * 10):
        assert line.width + line.spacing * (len(line.text) - 1) <= measure * 10 + 0.2 or len(line.text) == 1


WORDS = st.sampled_from(["整改", "（一）", "，", "“回头看”", "2026年9月", "。"])


@given(st.lists(WORDS, max_size=40), st.integers(8, 30))
def test_no_line_begins_or_ends_with_a_mark_that_must_not(words: list[str], measure: int) -> None:
    text = "问题" + "整改".join(words)
    lines = texts(break_cell(text, EMS, 10, measure * 10))
    for before, after in pairwise(lines):
        assert after[0] not in marks.NEVER_FIRST
        assert before[-1] not in marks.NEVER_LAST


def test_a_number_keeps_together_with_its_unit() -> None:
    assert texts(break_cell("管网建设2026年9月完成", EMS, 10, 60)) == ["管网建设", "2026年9月完", "成"]


def test_a_document_number_is_not_torn_in_a_narrow_column() -> None:
    assert "〔2025〕" in "|".join(texts(break_cell("督察（青溪办发〔2025〕6号）", EMS, 10, 45)))


def test_line_breaks_of_the_text_are_kept() -> None:
    assert texts(break_cell("（一）甲\n（二）乙\n\n", EMS, 10, 200)) == ["（一）甲", "（二）乙"]


def test_full_lines_are_spread_to_the_edge_and_the_last_is_not() -> None:
    lines = break_cell("青溪区污水处理厂的配套管网", EMS, 10, 85)
    assert lines[0].spacing > 0
    assert lines[-1].spacing == 0


def test_a_mark_stands_at_the_end_of_a_line_when_all_but_its_blank_half_fits() -> None:
    assert texts(break_cell("枫林桥镇、\n绿野牧业有限公司", EMS, 10, 45)) == ["枫林桥镇、", "绿野牧业", "有限公司"]
    assert texts(break_cell("枫林桥镇、", EMS, 10, 42)) == ["枫林桥", "镇、"]


def test_an_indent_of_full_width_blanks_stays() -> None:
    assert texts(break_cell("　　根据要求", EMS, 10, 200)) == ["　　根据要求"]


@pytest.mark.parametrize("width", range(8, 30))
def test_a_place_to_write_a_date_on_is_not_torn(width: int) -> None:
    text = "请于＿＿＿＿年＿＿月＿＿日前书面反馈，于＿＿＿＿年＿＿月＿＿日前办结。"
    lines = break_cell(text, dict.fromkeys(text, 1.0), 10.0, width * 10.0)
    for line in lines[1:]:
        assert line.text[0] not in "＿年月日" or line.text.startswith(("＿＿＿＿年", "＿＿月", "＿＿日"))


@pytest.mark.parametrize(
    ("text", "measure", "lines"),
    [
        ("自查自验表", 4, ["自查", "自验表"]),
        ("无异议说明", 4, ["无异议", "说明"]),
        ("原编号", 2, ["原", "编号"]),
        ("区发展和改革局、区财政局", 11, ["区发展和改革局、区财", "政局"]),
        ("问题来源（轮次/文件）", 5, ["问题来源", "（轮次/", "文件）"]),
        ("共计320元", 4, ["共计", "320元"]),
    ],
)
def test_no_single_character_stands_alone_on_the_last_line(text: str, measure: int, lines: list[str]) -> None:
    assert texts(break_cell(text, EMS, 10, measure * 10, even=True)) == lines
