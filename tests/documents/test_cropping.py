"""Words that a cropped page hides are not handed on; whatever touches what is shown stays where it was."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf.generic import ContentStream, DecodedStreamObject

from desktop.documents.cropping import visible_words

BOX = (100.0, 100.0, 300.0, 200.0)


def shown(content: str, box: tuple[float, float, float, float] = BOX) -> str:
    stream = DecodedStreamObject()
    stream.set_data(content.encode("ascii"))
    return visible_words(ContentStream(stream, None), box).decode("ascii")


@pytest.mark.parametrize(
    "place",
    [
        "1 0 0 1 120 250 Tm",  # above
        "1 0 0 1 120 50 Tm",  # below
        "1 0 0 1 350 150 Tm",  # to the right
        "1 0 0 1 -20 150 Tm",  # to the left, and too short to reach in
        "0 1 -1 0 50 20 Tm",  # upright beside it
        "10 240 Td",
        "0 0 Td 10 -40 TD",
    ],
)
def test_words_outside_are_left_out(place: str) -> None:
    assert "Secret" not in shown(f"BT /F1 10 Tf {place} (Secret) Tj ET")


@pytest.mark.parametrize(
    "place",
    [
        "1 0 0 1 120 150 Tm",
        "1 0 0 1 120 205 Tm",  # their lower edge is in
        "1 0 0 1 60 150 Tm",  # they may reach in
        "0 1 -1 0 150 60 Tm",
        "-1 0 0 -1 320 150 Tm",  # upside down, running to the left
    ],
)
def test_words_that_may_touch_what_is_shown_stay(place: str) -> None:
    assert "Secret" in shown(f"BT /F1 10 Tf {place} (Secret) Tj ET")


def test_a_moved_page_is_followed_and_restored() -> None:
    text = shown("q 1 0 0 1 0 100 cm BT /F1 10 Tf 120 50 Td (In) Tj ET Q BT 120 50 Td (Out) Tj ET")
    assert "In" in text
    assert "Out" not in text


def test_words_that_go_on_where_hidden_ones_ended_keep_their_place() -> None:
    # The first words alone would be outside; without them the second would begin too far left.
    text = shown("BT /F1 10 Tf 20 150 Td (ab) Tj (cdefghijklmnopqrstuvwxyz) Tj ET")
    assert "ab" in text
    assert "cdef" in text


def test_the_step_to_the_next_line_stays_when_its_words_go() -> None:
    text = shown("BT /F1 10 Tf 60 TL 120 320 Td (Far) ' (In) ' ET")
    assert "Far" not in text
    assert text.split().count("T*") == 1
    assert "In" in text


@given(
    st.lists(
        st.sampled_from(
            ["q", "Q", "cm", "BT", "ET", "Tm", "Td", "Tf", "TL", "Tj", "TJ", "'", "1", "0", "(x)", "[(x)]", "/F1"]
        ),
        max_size=12,
    )
)
@settings(max_examples=60, deadline=None)
def test_a_content_written_in_any_way_is_not_lost_to_an_error(words: list[str]) -> None:
    content = " ".join(words)
    assert isinstance(shown(content), str)
