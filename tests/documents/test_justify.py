"""Where the characters of a row come to stand: squeezing, spreading, alignment."""

from itertools import pairwise

import pytest

from desktop.documents import marks
from desktop.documents.breaker import Item, Row
from desktop.documents.justify import place

CELL = 16.0


def items(text):
    made = []
    for char in text:
        wide = not marks.is_narrow(char) and char != " "
        left, right = marks.room(char) if wide else (0.0, 0.0)
        made.append(Item(char, CELL if wide else CELL / 2, left * CELL, right * CELL))
    return made


def xs(text, cells, align="justify", last=False):
    return [x for _, x in place(items(text), Row(0, len(text), cells * CELL, last), align)]


def test_a_row_that_fits_keeps_the_grid():
    assert xs("督察整改", 4) == [0, 16, 32, 48]


def test_the_mark_at_the_end_gives_way_first_and_alone():
    assert xs("督，察整。", 4.5) == [0, 16, 32, 48, 64]


def test_touching_marks_give_way_before_those_that_stand_alone():
    placed = xs("督》（察，整", 5.5)
    assert placed[1] == 16
    assert placed[2] + CELL / 2 == pytest.approx(16 + CELL - 4 + CELL / 2 - 4)
    assert placed[5] - placed[4] == pytest.approx(16)


def test_marks_that_stand_alone_share_the_squeeze_evenly():
    placed = xs("督，察，整", 4.5)
    assert [b - a for a, b in pairwise(placed)] == pytest.approx([16, 12, 16, 12])


def test_an_opening_mark_loses_its_left_half_but_not_at_the_row_start():
    assert xs("（督，察整", 4.5)[:3] == pytest.approx([0, 16, 32])
    assert xs("督（察整", 3.75)[1] == pytest.approx(16 - 4)


def test_the_rest_is_spread_evenly_and_the_row_ends_on_its_measure():
    placed = xs("督察整改", 5)
    assert placed == pytest.approx([0, 16 + 16 / 3, 32 + 32 / 3, 64])
    assert placed[-1] + CELL == pytest.approx(5 * CELL)


def test_nothing_is_spread_inside_figures_words_dashes_and_before_units():
    text = "督2024年GB——改"
    placed = dict(zip(range(len(text)), xs(text, 12), strict=True))
    assert placed[2] - placed[1] == CELL / 2
    assert placed[5] - placed[4] == CELL / 2
    assert placed[7] - placed[6] == CELL / 2
    assert placed[9] - placed[8] == CELL
    assert placed[1] - placed[0] > CELL


def test_a_row_of_one_word_is_spread_between_its_letters():
    placed = xs("abcd", 3)
    assert placed == pytest.approx([0, 8 + 16 / 3, 16 + 32 / 3, 40])


def test_the_last_row_is_not_spread():
    assert xs("督察", 5, last=True) == [0, 16]


def test_alignment_moves_the_row_without_spreading():
    assert xs("整改", 6, "left") == [0, 16]
    assert xs("整改", 6, "right") == [64, 80]
    assert xs("整改", 6, "centre") == [32, 48]


def test_spaces_at_the_row_end_are_not_placed():
    assert len(place(items("ab  "), Row(0, 4, 100.0, True))) == 2
