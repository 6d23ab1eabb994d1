"""Numbers of problems in a list, written and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.errors import Refused
from desktop.rules.number_list import numbers_in_words, read_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", ()),
        ("5", (5,)),
        ("3、5、8—10", (3, 5, 8, 9, 10)),
        ("问题3，问题5", (3, 5)),
        ("３-５，4；12", (3, 4, 5, 12)),
        ("1至3 7。", (1, 2, 3, 7)),
    ],
)
def test_a_list_is_read(text: str, numbers: tuple[int, ...]) -> None:
    assert read_numbers(text) == numbers


@pytest.mark.parametrize("text", ["五", "3、x", "0", "8—3", "1—99999", "3、、—"])
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="看不懂"):
        read_numbers(text)


@given(st.sets(st.integers(1, 60)))
def test_what_is_written_reads_back(numbers: set[int]) -> None:
    assert read_numbers(numbers_in_words(numbers)) == tuple(sorted(numbers))


def test_three_in_a_row_are_a_range() -> None:
    assert numbers_in_words((7, 1, 2, 3, 5, 6)) == "1—3、5—7"
    assert numbers_in_words((1, 2)) == "1、2"
