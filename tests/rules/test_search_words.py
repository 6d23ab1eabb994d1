"""Words as people type them: folded, cut into pairs, marked in the text as it stands."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from desktop.rules.search_words import find_marks, fold_text, has_words, pairs_of, query_of, shorten

TEXTS = st.text(st.sampled_from("环境保护AaＡ１1，。 \n㎡\"'␣ｱ"), max_size=30)


def test_width_case_and_blanks_make_no_difference() -> None:
    assert fold_text("ＡＢc  １２\n㎡") == "abc␣12␣m2"


def test_pairs_overlap_and_the_last_character_stands_alone() -> None:
    assert pairs_of("环境保护") == "环境 境保 保护 护"
    assert pairs_of("水") == "水"
    assert pairs_of("") == ""


def test_a_question_is_a_row_of_pairs_and_one_character_a_beginning() -> None:
    assert query_of("环境保", "problem") == 'kind : "problem" AND pairs : "环境 境保"'
    assert query_of("水", "step") == 'kind : "step" AND pairs : "水"*'
    assert query_of(' 环境  "a', "unit") == 'kind : "unit" AND pairs : "环境" AND pairs : """a"'
    assert query_of("   ", "problem") == ""


def test_marks_stand_in_the_text_as_it_is() -> None:
    text = "第㎡ＡＢ环境，环境保护"
    assert [text[a:b] for a, b in find_marks(text, "环境 ab m2")] == ["㎡ＡＢ环境", "环境"]


@given(TEXTS, TEXTS)
@example("1 ␣1", "1␣␣1")
@example("1 \u00a81", "1")
def test_what_has_the_words_is_marked_for_each_of_them(text: str, words: str) -> None:
    marks = find_marks(text, words)
    assert all(0 <= a < b <= len(text) for a, b in marks)
    assert all(b < c for (_, b), (c, _) in pairwise(marks))
    if has_words(text, words) and words.split():
        assert marks or not any(fold_text(word).strip("␣") for word in words.split())


@given(TEXTS, st.integers(1, 40))
def test_a_piece_of_a_text_keeps_its_marks_on_the_same_characters(text: str, room: int) -> None:
    marks = find_marks(text, "环境")
    piece, moved = shorten(text, marks, room)
    assert len(piece) <= room + 2
    for a, b in moved:
        assert piece[a:b] in ("环境", "环", "境") or "环境" in piece[a:b]
