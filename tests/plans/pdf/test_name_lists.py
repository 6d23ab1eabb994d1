"""Names in narrow columns of a PDF: which lines are one name that was broken, and where the next one begins."""

from dataclasses import replace

import pytest

from desktop.plans.pdf.cells import Habits, cell_text, fill_grid
from desktop.plans.pdf.grid import find_grids
from desktop.plans.pdf.pages import Glyph
from desktop.plans.pdf.rows import Piece, Row, make_rows
from tests.plans.pdf.test_geometry import box, glyphs, row

SIZE = 10.0


def lines(*texts: str, right: float = 40.0, spread: float = 0.0) -> list[Row]:
    """Rows one below the other from 0 on; ``spread`` fills all but the last up to ``right``."""
    made = []
    for at, text in enumerate(texts):
        filled = spread and at + 1 < len(texts)
        end = right if filled else len(text) * SIZE
        made.append(Row((Piece(text, 0, end),), 100 + 14 * at, SIZE, spread=spread if filled else 0.0))
    return made


def test_a_line_set_apart_up_to_the_edge_goes_on_whatever_it_ends_with() -> None:
    assert cell_text(lines("各加油站", "经营企业", right=44, spread=1.3), 44) == ("各加油站经营企业", True)
    assert cell_text(lines("制度：", "1.巡查", right=33, spread=1.5), 33)[0] == "制度：1.巡查"


def test_where_the_last_line_is_filled_too_that_tells_nothing() -> None:
    rows = [replace(found, spread=1.3) for found in lines("区水利局", "区农业局")]
    assert cell_text(rows, 40)[0] == "区水利局\v区农业局"


def test_a_full_line_may_end_a_name_unless_names_have_signs_between_them() -> None:
    assert cell_text(lines("各加油站", "经营企业"), 40)[0] == "各加油站\v经营企业"
    assert cell_text(lines("各加油站", "经营企业"), 40, is_signed=True)[0] == "各加油站经营企业"


@pytest.mark.parametrize("texts", [("人民政府", "（办事处）"), ("石油公司", "交警大队")])
def test_a_bracket_begins_no_name(texts: tuple[str, str]) -> None:
    joined = cell_text(lines(*texts), 40)[0]
    assert joined == ("人民政府（办事处）" if texts[1][0] == "（" else "石油公司\v交警大队")


def test_short_ends_of_a_company_are_no_people() -> None:
    assert cell_text(lines("有限公司", "湖南江澜", "石油分公", "司"), 40)[0] == "有限公司\v湖南江澜石油分公司"
    assert cell_text(lines("李嵩", "王小明", right=30), 30)[0] == "李嵩\v王小明"


def test_the_gap_between_characters_is_no_spread_where_a_blank_parts_them() -> None:
    apart = [Glyph(char, at * 11.5, at * 11.5 + 10, 100, 10) for at, char in enumerate("各加油站")]
    assert make_rows(apart)[0].spread == pytest.approx(1.5)
    assert make_rows(glyphs("各加油站"))[0].spread == 0
    assert make_rows([*glyphs("李"), *glyphs("嵩", left=20)])[0].spread == 0
    assert row("各加油站", 0, 40).spread == 0


def test_what_a_column_does_on_one_page_holds_for_the_next() -> None:
    habits: Habits = {}

    def page(*cells: tuple[str, ...]) -> list[str]:
        rules, marks = [], []
        for at, texts in enumerate(cells):
            top = at * 60.0
            rules += [*box(0, top, 40, top + 60), *box(40, top, 86, top + 60)]
            marks += glyphs(str(at), left=2, base=top + 20)
            for line, text in enumerate(texts):
                marks += glyphs(text, left=43, base=top + 20 + line * 14)
        (grid,) = find_grids(rules)
        return [cell.text for cell in fill_grid(grid, marks, habits).cells if cell.column == 1]

    single = ("各加油站", "经营企业")
    assert page(single, single) == ["各加油站\v经营企业"] * 2
    assert page(("水利局、", "望江街道"), single)[1] == "各加油站经营企业"
    assert page(single, single) == ["各加油站经营企业"] * 2
