"""Forms: label and value, boxes with room for the seals, long fields that go on."""

import pytest

from desktop.documents.fields import BLANK_DATE
from desktop.documents.flow import Row, Style
from desktop.documents.fonts import FontSet, Role
from desktop.documents.forms import BoxSizes, FormType, line_rows, pair_row, read_boxes, sign_rows
from desktop.documents.grid import MM
from desktop.documents.page import Page, new_pen
from desktop.documents.template import Section
from desktop.rules.errors import Refused
from desktop.rules.region import SignBox

FORM = FormType(Style(Role.HEI, side=2), Style(), 30 * MM, 165 * MM)
SIZES = BoxSizes(2, 10 * MM, 45 * MM)
ONE, TWO, NONE = SignBox("a", "责任单位意见"), SignBox("b", "区委、区政府意见", 2), SignBox("c", "牵头区领导意见", 0)


def rows(*boxes: SignBox, names: tuple[str, ...] = ()) -> list[Row]:
    return list(sign_rows(boxes, SIZES, FORM, names))


def squares(row: Row) -> list[tuple[float, float]]:
    """Left and right edge, within its cell, of the square that is kept for each seal."""
    return [
        (note.x - SIZES.seal / 2, note.x + SIZES.seal / 2)
        for cell in row.cells
        for note in cell.notes
        if note.text.endswith("（盖章）")
    ]


def test_two_boxes_with_one_seal_stand_beside_each_other() -> None:
    assert [len(row.cells) for row in rows(ONE, ONE, ONE)] == [4, 2]


def test_a_box_with_two_seals_has_a_row_to_itself() -> None:
    assert [len(row.cells) for row in rows(ONE, TWO, ONE)] == [2, 2, 2]


@pytest.mark.parametrize("boxes", [(ONE,), (ONE, ONE), (TWO,)])
def test_every_seal_has_its_square_inside_the_box(boxes: tuple[SignBox, ...]) -> None:
    for row in rows(*boxes):
        widths = [cell.width for cell in row.cells for note in cell.notes if note.text.endswith("（盖章）")]
        assert len(widths) == sum(box.seals for box in boxes)
        for (left, right), width in zip(squares(row), widths, strict=True):
            assert left >= 0
            assert right <= width


def test_two_seals_do_not_touch() -> None:
    (left, right) = squares(rows(TWO)[0])
    assert left[1] < right[0]


@pytest.mark.parametrize("box", [ONE, TWO])
def test_opinion_and_signature_stand_above_the_seal(box: SignBox) -> None:
    row = rows(box)[0]
    low = [note.up for note in row.cells[1].notes if note.text in ("意见：", box.signer)]
    assert min(low) >= SIZES.seal + 2 * MM
    assert max(low) < row.height


def test_every_seal_has_a_date_to_be_written_under_its_centre() -> None:
    notes = rows(TWO)[0].cells[1].notes
    dates = [note for note in notes if note.text == BLANK_DATE]
    assert len(dates) == 2
    assert all(0 < note.up < SIZES.seal / 2 for note in dates)


def test_a_box_without_seal_asks_for_a_signature_and_a_date_only() -> None:
    row = rows(NONE)[0]
    assert squares(row) == []
    assert [note.text for note in row.cells[1].notes] == ["意见：", NONE.signer, BLANK_DATE]
    assert row.height < rows(ONE)[0].height


def test_the_names_of_the_bodies_stand_at_their_seals() -> None:
    notes = rows(TWO, names=("中共青溪区委员会", "青溪区人民政府"))[0].cells[1].notes
    assert "中共青溪区委员会（盖章）" in [note.text for note in notes]


def test_sign_off_boxes_are_never_cut() -> None:
    assert all(row.whole for row in rows(ONE, TWO, NONE))


def test_a_pair_row_shares_the_width_out() -> None:
    row = pair_row((("整改时限", "甲"), ("完成时间", "乙")), FORM)
    assert sum(cell.width for cell in row.cells) == pytest.approx(FORM.inner)
    assert [cell.again for cell in row.cells] == ["整改时限（续）", "", "完成时间（续）", ""]


def test_a_seal_smaller_than_any_office_s_is_refused() -> None:
    with pytest.raises(Refused, match="seal_mm"):
        read_boxes(Section({"part": "signoff", "seal_mm": 30}, "x.toml", "rows第1项"))


def test_a_box_that_the_template_calls_unsealed_is_only_signed() -> None:
    sizes = BoxSizes(2, 10 * MM, 45 * MM, ("a",))
    assert squares(next(sign_rows((ONE,), sizes, FORM))) == []


def test_the_line_over_a_table_never_tears_a_part_that_has_a_line_of_its_own(fonts: FontSet) -> None:
    line = {"left": "编号：{a}　时间：{b}　网址：{c}", "right": "电话：1"}
    template, page = Section({"line": line}, "异议登记表"), Page(842, 595, 60, 60, 60, 60)
    pen, words = new_pen(page, fonts, "", "", None), {"a": "8", "b": "二" * 30, "c": "三" * 30}
    found = list(line_rows(template, page, pen, words, Style()))
    assert [[cell.text for cell in row.cells] for row in found] == [
        [f"编号：8　时间：{words['b']}", "电话：1"],
        [f"网址：{words['c']}", ""],
    ]
