"""From glyphs and ruling lines to rows, grids, columns and full lines: pure functions."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.plans.everyday import share_of_words
from desktop.plans.pdf.grid import find_grids
from desktop.plans.pdf.letters import readable
from desktop.plans.pdf.pages import Glyph, PdfPage, Rule, page_as_line, page_of_line
from desktop.plans.pdf.remarks import page_words
from desktop.plans.pdf.rows import Piece, Row, make_rows
from desktop.plans.pdf.wrapping import is_full, joined


def glyphs(text: str, left: float = 0, base: float = 100, size: float = 10, step: float = 1.0) -> list[Glyph]:
    """A line of full-width characters; a blank in the text leaves its room empty."""
    return [
        Glyph(char, left + at * size * step, left + at * size * step + size, base, size)
        for at, char in enumerate(text)
        if char != " "
    ]


def row(text: str, left: float, right: float, size: float = 10) -> Row:
    return Row((Piece(text, left, right),), 100, size)


def box(left: float, top: float, right: float, bottom: float) -> list[Rule]:
    return [
        Rule(left, top, right, top),
        Rule(left, bottom, right, bottom),
        Rule(left, top, left, bottom),
        Rule(right, top, right, bottom),
    ]


def texts(found: list[Row]) -> list[str]:
    return [row.text for row in found]


def test_characters_on_one_line_are_one_row_from_left_to_right() -> None:
    assert texts(make_rows(reversed(glyphs("整改目标") + glyphs("整改措施", base=130)))) == ["整改目标", "整改措施"]


def test_a_wide_gap_parts_a_row_into_pieces_and_a_narrow_one_is_a_blank() -> None:
    made = make_rows(glyphs("李 嵩") + glyphs("王明", left=120))
    assert [piece.text for piece in made[0].pieces] == ["李 嵩", "王明"]


def test_a_raised_small_character_stays_in_its_line() -> None:
    raised = Glyph("3", 40, 43, 95, 5)
    assert texts(make_rows([*glyphs("库容立方"), raised, *glyphs("以上", left=44)])) == ["库容立方3以上"]


def test_characters_drawn_twice_for_bold_type_count_once() -> None:
    thick = [Glyph("重", 0, 10, 100, 10), Glyph("重", 0.4, 10.4, 100, 10), Glyph("点", 10, 20, 100, 10)]
    assert texts(make_rows(thick)) == ["重点"]
    assert texts(make_rows(glyphs("重点问题") + glyphs("重点问题", left=0.5))) == ["重点问题"]
    assert texts(make_rows(glyphs("常常"))) == ["常常"]


def test_words_written_over_one_another_are_not_mixed() -> None:
    made = make_rows(glyphs("宏达铸造屠宰废水") + glyphs("县水利局", left=35))
    assert [piece.text for piece in made[0].pieces] == ["宏达铸造屠宰废水", "县水利局"]
    assert made[0].overlaps


@pytest.mark.parametrize(
    ("before", "following", "expected"),
    [
        (row("影响水", 0, 100), row("质。", 0, 20), True),
        (row("影响水", 0, 91), row("质", 0, 20), True),
        (row("影响", 0, 85), row("水质", 0, 20), False),
        (row("影响", 0, 85), row("（水质", 0, 20), True),
        (row("影响", 0, 85), row("水，质", 0, 20), True),
        (row("于", 0, 82), row("2024年", 0, 20), True),
        (row("于", 0, 75), row("2024年", 0, 20), False),
    ],
)
def test_a_line_goes_on_when_the_next_word_had_no_room(before: Row, following: Row, expected: bool) -> None:
    assert is_full(before, following, 100) is expected


def test_two_english_words_keep_their_blank_when_lines_are_joined() -> None:
    assert joined("排放 COD", "mg") == "排放 COD mg"
    assert joined("2024年12月3", "1日") == "2024年12月31日"
    assert joined("水", "质") == "水质"


def test_a_grid_knows_its_merged_cells() -> None:
    # Three columns, three rows; the first column is one cell, the last row has its two other cells merged.
    rules = [*box(0, 0, 300, 90), Rule(100, 0, 100, 90), Rule(200, 0, 200, 60)]
    rules += [Rule(100, 30, 300, 30), Rule(100, 60, 300, 60)]
    (grid,) = find_grids(rules)
    assert [(cell.row, cell.column, cell.rows, cell.columns) for cell in grid.cells] == [
        (0, 0, 3, 1),
        (0, 1, 1, 1),
        (0, 2, 1, 1),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
        (2, 1, 1, 2),
    ]


def test_borders_drawn_cell_by_cell_make_one_grid() -> None:
    corners = [(x * 100.0, y * 30.0) for x in range(3) for y in range(2)]
    rules = [rule for x, y in corners for rule in box(x + 0.4, y, x + 100, y + 29.6)]
    (grid,) = find_grids(rules)
    assert len(grid.cells) == 6


def test_a_table_without_lines_at_its_sides_has_sides() -> None:
    rules = [Rule(0, y, 300, y) for y in (0, 30, 60)] + [Rule(100, 0, 100, 60), Rule(200, 0, 200, 60)]
    (grid,) = find_grids(rules)
    assert len(grid.cells) == 6
    assert (grid.xs[0], grid.xs[-1]) == (0, 300)


def test_a_frame_and_a_line_are_no_tables() -> None:
    assert find_grids([*box(10, 10, 500, 800), Rule(50, 120, 400, 120), Rule(60, 300, 90, 300)]) == []


def test_two_tables_on_a_page_come_from_top_to_bottom() -> None:
    lower = [*box(0, 200, 200, 260), Rule(100, 200, 100, 260)]
    upper = [*box(0, 0, 200, 60), Rule(0, 30, 200, 30)]
    assert [grid.ys[0] for grid in find_grids(lower + upper)] == [0, 200]


CUTS = st.lists(st.integers(1, 9), min_size=2, max_size=5).map(
    lambda gaps: [sum(gaps[:n]) * 25.0 for n in range(len(gaps) + 1)]
)


@settings(max_examples=60, deadline=None)
@given(xs=CUTS, ys=CUTS, holes=st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=6))
def test_the_cells_of_any_grid_cover_it_once(xs: list[float], ys: list[float], holes: set[tuple[int, int]]) -> None:
    rules = [Rule(x, ys[0], x, ys[-1]) for x in (xs[0], xs[-1])]
    for at in range(1, len(xs) - 1):
        rules += [Rule(xs[at], top, xs[at], low) for row, (top, low) in pairs(ys) if (row, at) not in holes]
    rules += [Rule(xs[0], y, xs[-1], y) for y in ys]
    (grid,) = find_grids(rules)
    spans = [(c, down, right) for c in grid.cells for down in range(c.rows) for right in range(c.columns)]
    boxes = [(cell.row + down, cell.column + right) for cell, down, right in spans]
    assert sorted(boxes) == [(row, column) for row in range(len(grid.ys) - 1) for column in range(len(grid.xs) - 1)]


def pairs(places: list[float]) -> list[tuple[int, tuple[float, float]]]:
    return list(enumerate(pairwise(places)))


def test_radicals_and_compatibility_forms_become_characters() -> None:
    codes = [ord(char) for char in "⼀⻓⻔⻅⽔豈"]
    assert "".join(readable(codes, lambda _: False)) == "一长门见水豈"


def test_codes_without_a_meaning_are_marked_as_lost() -> None:
    codes = [0xE123, 0x6C34, 0, 0xD83D, 0xD840, 0xDC0B, 0xF0B7, 0x07, 0x3000]
    assert list(readable(codes, lambda at: at == 1)) == ["\ufffd", "\ufffd", "\ufffd", "\ufffd", "𠀋", "", " ", "", " "]


def test_the_share_of_everyday_characters_tells_garbage() -> None:
    assert share_of_words(["整改措施：12月底前，Ⅲ类水质达标。"]) == 1.0
    assert share_of_words(["䠀㐁䶮ﴀ\ufffdठ"]) < 0.2


@pytest.mark.parametrize(("pages", "words"), [([3], "第3页"), ([1, 2, 3, 7, 9, 10], "第1—3页、第7页、第9—10页")])
def test_pages_are_named_in_runs(pages: list[int], words: str) -> None:
    assert page_words(pages) == words


def test_a_page_travels_between_the_processes_unchanged() -> None:
    page = PdfPage(2, 595.0, 842.0, tuple(glyphs("𠀋一—“")), tuple(box(0, 0, 9, 9)), 0.5, 7, 1, "侧")
    assert page_of_line(page_as_line(page)) == page
