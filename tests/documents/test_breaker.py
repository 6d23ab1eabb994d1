"""The line breaker as pure functions: invariants on random text, an exhaustive oracle, the classes of characters."""

from functools import cache
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.documents import marks
from desktop.documents.breaker import FORBIDDEN, Item, break_costs, break_rows
from desktop.documents.justify import place

CELL = 16.0
BODY_MEASURE = 442.2047244


def item(char: str, cell: float = CELL) -> Item:
    if marks.is_attached(char):
        return Item(char, 0.0)
    wide = not marks.is_narrow(char) and char != " "
    left, right = marks.room(char) if wide else (0.0, 0.0)
    return Item(char, cell if wide else cell / 2, left * cell, right * cell)


def items(text: str, cell: float = CELL) -> list[Item]:
    return [item(char, cell) for char in text]


def rows_of(text: str, cells: float, first: float | None = None) -> list[str]:
    broken = break_rows(items(text), cells * CELL, None if first is None else first * CELL)
    return [text[row.start : row.end] for row in broken]


def tightest(row_items: list[Item]) -> float:
    shown = list(row_items)
    while shown and marks.is_space(shown[-1].text):
        shown.pop()
    return sum(i.width - i.left - i.right for i in shown) + (shown[0].left if shown else 0.0)


def faults(text_items: list[Item], ends: list[int]) -> int:
    costs = break_costs(text_items)
    return sum(1 for end in ends if end < len(text_items) and costs[end] >= FORBIDDEN)


PUNCTUATION = "。，、；：？！）〕】》〉”’（〔【《〈“‘—…·％"
texts = st.lists(
    st.one_of(
        st.sampled_from(PUNCTUATION),
        st.sampled_from("督察整改问题办公室䶮喆堃𬭎〇"),
        st.sampled_from(
            ("2024年", "12月31日", "97.5%", "PM2.5", "GB/T 9704—2012", "——", "……", "https://a.gov.cn/b", " ")
        ),
    ),
    min_size=1,
    max_size=120,
).map("".join)
widths = st.floats(min_value=2.0, max_value=28.0).map(lambda cells: cells * CELL)


@given(texts, widths)
@settings(max_examples=300, deadline=None)
def test_rows_hold_the_whole_text_in_order_and_are_never_over_full(text, width):
    broken = break_rows(items(text), width)
    assert [row.start for row in broken] == [0, *(row.end for row in broken)][:-1]
    assert broken[-1].end == len(text)
    assert [row.last for row in broken] == [False] * (len(broken) - 1) + [True]
    for row in broken:
        part = items(text)[row.start : row.end]
        assert len(part) == 1 or tightest(part) <= width + 1e-5


@given(texts, widths)
@settings(max_examples=300, deadline=None)
def test_full_rows_end_exactly_on_the_measure(text, width):
    text_items = items(text)
    for row in break_rows(text_items, width):
        placed = place(text_items, row)
        if not placed:
            continue
        left = min(x + text_items[k].left for k, x in placed)
        assert left > -1e-6
        assert placed[0][1] > -1e-6
        k, x = placed[-1]
        visible_end = x + text_items[k].width
        if not row.last and len(placed) > 1 and not marks.is_attached(text_items[k].text):
            squeezed = visible_end - width
            assert -0.01 < squeezed < max(text_items[k].right, text_items[k].left) + 0.01
        assert [index for index, _ in placed] == sorted(index for index, _ in placed)
        assert all(b >= a - 0.5 * CELL - 1e-6 for (_, a), (_, b) in pairwise(placed))


def fewest_faults(text_items: list[Item], width: float) -> int:
    """Every layout is weighed: the smallest number of forbidden breaks any of them has."""
    costs = break_costs(text_items)
    count = len(text_items)

    @cache
    def best(start: int) -> int:
        if start == count:
            return 0
        found = []
        for end in range(start + 1, count + 1):
            if end > start + 1 and tightest(text_items[start:end]) > width + 1e-6:
                break
            fault = end < count and costs[end] >= FORBIDDEN
            found.append(fault + best(end))
        return min(found)

    return best(0)


short_texts = st.text(alphabet=PUNCTUATION + "督察整改a1 ", min_size=1, max_size=26)


@given(short_texts, st.sampled_from([2.0, 2.5, 3.0, 4.0, 6.5, 9.0]))
@settings(max_examples=400, deadline=None)
def test_no_forbidden_row_start_or_end_where_any_layout_avoids_it(text, cells):
    text_items = items(text)
    ends = [row.end for row in break_rows(text_items, cells * CELL)]
    assert faults(text_items, ends) == fewest_faults(text_items, cells * CELL)


@given(st.text(alphabet="督察整改问题，。、", min_size=29, max_size=200))
@settings(max_examples=200, deadline=None)
def test_the_oracle_agrees_on_official_measure(text):
    text_items = items(text, BODY_MEASURE / 28)
    ends = [row.end for row in break_rows(text_items, BODY_MEASURE)]
    assert faults(text_items, ends) == fewest_faults(text_items, BODY_MEASURE)


def test_plain_text_keeps_the_grid_of_28_characters():
    assert [len(row) for row in rows_of("督" * 70, 28)] == [28, 28, 14]


def test_first_row_has_its_own_measure():
    assert [len(row) for row in rows_of("督" * 70, 28, first=26)] == [26, 28, 16]


def test_mark_after_a_full_row_is_squeezed_in_or_takes_a_hanzi_along():
    for text in ("整" * 9 + "，" + "改" * 12, "整" * 10 + "。改" + "改" * 12):
        for row in rows_of(text, 10):
            assert row[0] not in marks.NEVER_FIRST


def test_mark_at_the_row_end_gives_up_its_white_half():
    text = "，" + "整" * 9 + "。" + "改" * 8
    rows = rows_of(text, 10.5)
    assert rows[0].endswith("。")
    text_items = items(text)
    row = break_rows(text_items, 10.5 * CELL)[0]
    assert place(text_items, row)[-1][1] == 10 * CELL


def test_opening_bracket_is_not_left_at_the_row_end():
    assert rows_of("整改方案整改方案整（第二轮）", 10)[0][-1] != "（"


def test_dash_and_dots_are_not_split():
    for pair in ("——", "……"):
        for lead in range(6, 12):
            rows = rows_of("整" * lead + pair + "改" * 6, 10)
            assert all(not (a[-1] == b[0] == pair[0]) for a, b in pairwise(rows))


def test_figures_words_and_their_units_stay_together():
    for lead in range(3, 12):
        rows = rows_of("整" * lead + "2024年底前达97.5%，按GB3095执行" + "改" * 8, 10)
        joined = "\n".join(rows)
        for whole in ("2024年", "97.5%", "GB3095"):
            assert whole in joined


def test_word_longer_than_a_row_is_broken_after_its_slashes_and_never_overflows():
    rows = rows_of("见https://www.example.gov.cn/ducha/zhenggai/2026/notice.html。", 8)
    assert len(rows) > 3
    assert all(tightest(items(row)) <= 8 * CELL for row in rows)


def test_figure_longer_than_a_narrow_cell_is_broken():
    rows = rows_of("1234567890123456", 2)
    assert "".join(rows) == "1234567890123456"
    assert all(len(row) <= 4 for row in rows)


def test_lone_last_character_is_avoided():
    text = "整改完成，" * 5 + "督察整改"
    assert len(text) == 29
    assert len(rows_of(text, 28)[-1]) > 1


def test_spaces_hang_at_the_row_end():
    rows = rows_of("aaaa bbbb cccc", 2)
    assert [row.rstrip() for row in rows] == ["aaaa", "bbbb", "cccc"]
    text_items = items("aaaa bbbb cccc")
    assert len(place(text_items, break_rows(text_items, 2 * CELL)[0])) == 4


def test_text_of_spaces_only_makes_one_row():
    assert len(rows_of("   ", 10)) == 1


def test_empty_text_makes_no_row():
    assert break_rows([], 100.0) == []


def test_variation_selector_stays_with_its_character():
    assert all(row[0] != "\ufe00" for row in rows_of("葛\ufe00" * 20, 5))


@given(st.integers(0, 20), st.integers(25, 30))
def test_a_place_to_write_a_date_on_is_not_torn(before: int, cells: int) -> None:
    for row in rows_of("督" * before + "于＿＿＿＿年＿＿月＿＿日前书面反馈我办。" + "督" * 9, cells)[1:]:
        assert row[0] not in "＿年月日" or row.startswith(("＿＿＿＿年", "＿＿月", "＿＿日"))
