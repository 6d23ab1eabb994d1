"""Rows onto pages: nothing lost, nothing below the page, heads repeated, rows cut with care."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.documents.cells import Line
from desktop.documents.flow import BETWEEN, Cell, Part, Row, Style, lines_of, paginate

STYLE = Style(size=10, leading=10, side=0, above=0)


def breaker(text: str, style: Style, width: float) -> tuple[Line, ...]:
    """One line for each word."""
    return tuple(Line(word, 10.0) for word in text.split())


def row(*counts: int, **more: object) -> Row:
    cells = tuple(Cell(" ".join(f"c{n}w{k}" for k in range(count)), 50, STYLE) for n, count in enumerate(counts))
    return Row(cells, **more)  # type: ignore[arg-type]


def words(pages: list[list[Part]], cell: int = 0) -> list[str]:
    return [line.text for page in pages for part in page if part.row.boxed for line in part.lines[cell]]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)), max_size=12), st.integers(40, 300))
def test_every_line_of_every_row_is_on_a_page_in_order(counts: list[tuple[int, int]], height: int) -> None:
    rows = [row(*pair) for pair in counts]
    pages = list(paginate(rows, breaker, height, height))
    for cell in (0, 1):
        assert words(pages, cell) == [line.text for r in rows for line in lines_of(r, breaker)[cell]]


@given(st.lists(st.integers(0, 60), max_size=12), st.integers(50, 300))
def test_no_part_reaches_below_its_page(counts: list[int], height: int) -> None:
    head = (row(1),)
    pages = list(paginate([row(n, head=head) for n in counts], breaker, height, height))
    assert all(part.top + part.height <= height + 0.1 for page in pages for part in page)


def test_the_head_stands_on_every_page() -> None:
    head = (row(1),)
    pages = list(paginate([row(3, head=head) for _ in range(30)], breaker, 100, 100))
    assert len(pages) > 5
    assert all(page[0].row is head[0] for page in pages)


def test_a_row_that_fits_a_page_is_not_cut_for_a_few_lines() -> None:
    pages = list(paginate([row(9), row(4)], breaker, 100, 100))
    assert [len(page) for page in pages] == [1, 1]


def test_a_long_row_is_cut_with_at_least_two_lines_on_either_side() -> None:
    pages = list(paginate([row(5), row(6)], breaker, 100, 100))
    assert [len(part.lines[0]) for page in pages for part in page] == [5, 4, 2]


def test_a_label_says_its_name_again_where_its_row_goes_on() -> None:
    label = Cell("整改措施", 30, STYLE, again="整改措施（续）")
    long = Cell(" ".join(["字"] * 25), 90, STYLE)
    pages = list(paginate([Row((label, long))], breaker, 100, 100))
    said = [part.lines[0][0].text for page in pages for part in page]
    assert said == ["整改措施", "整改措施（续）", "整改措施（续）"]


def test_a_whole_row_moves_to_the_next_page() -> None:
    pages = list(paginate([row(6), row(5, whole=True)], breaker, 100, 100))
    assert [len(page) for page in pages] == [1, 1]


def test_a_foot_line_never_stands_alone_on_the_last_page() -> None:
    for count in range(1, 40):
        pages = list(paginate([row(count), row(2, whole=True, stays=True)], breaker, 100, 100))
        assert len(pages[-1]) == 2


def test_a_paper_without_rows_has_one_empty_page() -> None:
    assert list(paginate([], breaker, 100, 100)) == [[]]


def blocks(*counts: int) -> Row:
    """A cell of one text beside two cells of blocks; the first of these has as many words a block as ``counts`` say."""
    first = tuple(" ".join(f"b{at}w{n}" for n in range(count)) for at, count in enumerate(counts))
    second = ("一",) * len(first)
    return Row((Cell("问题", 50, STYLE), Cell("", 50, STYLE, blocks=first), Cell("", 50, STYLE, blocks=second)))


@given(st.lists(st.integers(0, 9), min_size=1, max_size=8), st.integers(60, 200))
def test_blocks_of_one_number_stand_level_on_every_page(counts: list[int], height: int) -> None:
    pages = list(paginate([blocks(*counts)], breaker, height, height))
    parts = [part for page in pages for part in page]
    for part in parts:
        left, right = part.lines[1], part.lines[2]
        assert len(left) == len(right)
        assert [line is BETWEEN for line in left] == [line is BETWEEN for line in right]
        assert BETWEEN not in (left[:1] + left[-1:])
    said = [line.text for part in parts for line in part.lines[1] if line.text]
    assert said == [f"b{at}w{n}" for at, count in enumerate(counts) for n in range(count)]
    assert all(part.top + part.height <= height + 0.1 for part in parts)
