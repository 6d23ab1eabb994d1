"""Titles broken by meaning into a trapezium or a lozenge."""

from itertools import accumulate, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.documents import marks
from desktop.documents.title import break_label, break_title

NAMES = ("蒸湘区", "第二轮省生态环境保护督察", "蒸湘区人民政府办公室")
LONG = (
    "关于申请第二轮省生态环境保护督察反馈第五项问题销号的请示",
    "关于商请验收第二轮省生态环境保护督察反馈第十二项问题整改情况的函",
    "关于申请中央生态环境保护督察“回头看”及长江经济带生态环境警示片披露问题销号的请示",
    "中共蒸湘区委办公室 蒸湘区人民政府办公室关于印发《蒸湘区贯彻落实第二轮省生态环境保护督察反馈问题整改方案》的通知",
)


def length(row):
    return sum(0.5 if char.isascii() else 1 for char in row)


def test_short_title_stays_in_one_row():
    assert break_title("关于整改工作的报告", 20) == ("关于整改工作的报告",)


def test_request_breaks_before_the_matter():
    assert break_title(LONG[0], 20, NAMES) == ("关于申请第二轮省生态环境保护督察", "反馈第五项问题销号的请示")


def test_rows_hold_the_whole_title_and_fit():
    for title in LONG:
        rows = break_title(title, 20, NAMES)
        assert "".join(rows) == title.replace(" ", "") or "".join(rows) == title
        assert all(length(row) <= 20 for row in rows)


def test_no_row_begins_or_ends_with_a_function_word_or_mark():
    for title in LONG:
        rows = break_title(title, 20, NAMES)
        assert all(row[0] not in "的和及与、，》”" for row in rows)
        assert all(row[-1] not in "的和及与、《“" for row in rows[:-1])


def test_names_are_not_torn():
    for title in LONG:
        joined = "\n".join(break_title(title, 20, NAMES))
        for name in NAMES:
            assert (name in joined) == (name in title)


def test_the_middle_row_is_never_the_shortest():
    for title in LONG:
        lengths = [length(row) for row in break_title(title, 20, NAMES)]
        assert all(not (a > b < c) for a, b, c in zip(lengths, lengths[1:], lengths[2:], strict=False))


def test_a_welcome_break_is_taken():
    title = "关于申请延期整改青溪河|流域沿线乡镇生活污水直排问题的请示"
    assert break_title(title, 20)[0] == "关于申请延期整改青溪河"
    assert break_title("关于申请|销号的请示", 20) == ("关于申请销号的请示",)


def test_a_title_without_any_known_word_is_still_broken():
    rows = break_title("督" * 45, 20)
    assert "".join(rows) == "督" * 45
    assert all(len(row) <= 20 for row in rows)


@given(st.text(alphabet="关于申请整改销号的和、《》“”蒸湘区2024A ", min_size=1, max_size=70))
@settings(max_examples=60, deadline=None)
def test_any_title_is_kept_whole_and_fits(title):
    rows = break_title(title, 20, NAMES)
    assert "".join(rows).replace(" ", "") == title.replace(" ", "")
    assert all(length(row) <= 20 for row in rows)
    assert all(a and b for a, b in pairwise(rows))


WORDS = ("关于", "申请", "印发", "蒸湘区", "反馈", "整改任务", "佐证材料", "第十二项问题", "2026年11月", "督办")
GROUP = st.tuples(st.lists(st.sampled_from(WORDS), min_size=3, max_size=4), st.sampled_from("的和、"))


@given(st.lists(GROUP, min_size=1, max_size=5), st.booleans())
@settings(max_examples=100, deadline=None)
def test_no_word_or_name_is_torn_and_no_row_begins_or_ends_with_a_particle(groups, with_name):
    words = [part for group, particle in groups for part in (*group, particle)]
    words = [*words, *(["第二轮省生态环境保护督察"] if with_name else []), "整改情况", "的", "请示"]
    rows = break_title("".join(words), 20, NAMES)
    assert "".join(rows) == "".join(words)
    assert all(length(row) <= 20 for row in rows)
    assert all(row[0] not in "的和、" for row in rows)
    assert all(row[-1] not in "的和、" for row in rows[:-1])
    row_ends = set(accumulate(map(len, rows)))
    assert row_ends <= set(accumulate(map(len, words)))


def test_offices_of_a_joint_title_stay_whole():
    plan = "《青溪区贯彻落实第二轮省生态环境保护督察反馈问题整改方案》"
    title = f"中共青溪区委办公室、青溪区人民政府办公室关于印发{plan}的通知"
    assert break_title(title, 20)[0].endswith("、青溪区人民政府办公室")


def test_a_label_is_broken_between_words_and_after_a_mark():
    assert break_label("区委、区政府", 3) == ("区委、", "区政府")
    assert break_label("市直牵头督导验收单位", 3) == ("市直", "牵头", "督导", "验收", "单位")
    assert break_label("牵头区领导", 3) == ("牵头", "区领导")
    assert break_label("市整改办", 3) == ("市", "整改办")
    assert break_label("单位", 3) == ("单位",)
    assert break_label("", 3) == ()


@given(st.text("区委、政府（代章）“意见”，单位", max_size=14), st.integers(3, 5))
@settings(max_examples=150)
def test_no_row_of_a_label_begins_or_ends_wrongly_where_it_can_be_avoided(label, most):
    rows = break_label(label, most)
    assert "".join(rows) == label
    assert all(1 <= len(row) <= most for row in rows)
    faults = sum(b[0] in marks.NEVER_FIRST or a[-1] in marks.NEVER_LAST for a, b in pairwise(rows))
    assert faults == 0 or faults <= min(_faults(label, most))


def _faults(label, most, before=""):
    """The faults of every way to break the rest of a label."""
    if not label:
        return [0]
    found = []
    for length in range(1, min(most, len(label)) + 1):
        fault = bool(before) and (label[0] in marks.NEVER_FIRST or before in marks.NEVER_LAST)
        rest = _faults(label[length:], most, label[length - 1])
        found.append(min(rest) + fault)
    return [min(found)]
