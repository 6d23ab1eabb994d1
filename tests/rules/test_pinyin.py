"""Pinyin initials: names of units and places as clerks type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.pinyin import initials_of, sounds_like

UNITS = (
    ("区住房和城乡建设局", "qzfhcxjsj"),
    ("区生态环境分局", "qsthjfj"),
    ("区农业农村局", "qnyncj"),
    ("区市场监督管理局", "qscjdglj"),
    ("区应急管理局", "qyjglj"),
    ("区发展和改革局", "qfzhggj"),
    ("区工业和信息化局", "qgyhxxhj"),
    ("区自然资源局", "qzrzyj"),
    ("区水利局", "qslj"),
    ("区财政局", "qczj"),
    ("区城市管理和综合执法局", "qcsglhzhzfj"),
    ("区卫生健康局", "qwsjkj"),
    ("区交警大队", "qjjdd"),
    ("区公安分局", "qgafj"),
    ("区纪委监委", "qjwjw"),
    ("区委组织部", "qwzzb"),
    ("区人民政府督查室", "qrmzfdcs"),
    ("市生态环境局蒸湘分局", "ssthjjzxfj"),
    ("呆鹰岭镇", "dylz"),
    ("雨母山镇", "ymsz"),
    ("衡阳市", "hys"),
    ("珠晖区", "zhq"),
    ("耒阳市", "lys"),
    ("祁东县", "qdx"),
    ("常宁市", "cns"),
    ("郴州市", "czs"),
    ("岳阳市", "yys"),
    ("益阳市", "yys"),
    ("澧县", "lx"),
    ("汨罗市", "mls"),
    ("溆浦县", "xpx"),
    ("沅江市", "yjs"),
    ("芷江侗族自治县", "zjdzzzx"),
    ("浏阳市", "lys"),
    ("醴陵市", "lls"),
    ("渌口区", "lkq"),
    ("攸县", "yx"),
    ("亳州市", "bzs"),
    ("漯河市", "lhs"),
    ("衢州市", "qzs"),
    ("莆田市", "pts"),
    ("深圳市", "szs"),
    ("东莞市", "dgs"),
)


@pytest.mark.parametrize(("name", "typed"), UNITS)
def test_a_name_is_found_by_all_its_initials(name: str, typed: str) -> None:
    assert sounds_like(typed, name)
    assert sounds_like(typed.upper(), name)
    assert not sounds_like(typed + "q", name)


@pytest.mark.parametrize(
    ("name", "either"),
    [
        ("长沙市", ("css", "zss")),
        ("重庆市", ("cqs", "zqs")),
        ("畜牧水产局", ("xmscj", "cmscj")),
        ("调度中心", ("ddzx", "tdzx")),
        ("行政审批局", ("xzspj", "hzspj")),
        ("厦门市", ("xms", "sms")),
        ("都江堰", ("djy",)),
        ("会计事务所", ("kjsws", "hjsws")),
    ],
)
def test_hanzi_of_two_readings_answer_to_both(name: str, either: tuple[str, ...]) -> None:
    assert all(sounds_like(typed, name) for typed in either)


def test_a_part_of_a_name_is_enough_and_marks_do_not_count() -> None:
    assert sounds_like("zjj", "区住建局")
    assert sounds_like("jsj", "区住房和城乡建设局")
    assert sounds_like("dgw", "区委（党工委）")
    assert sounds_like("qwdgw", "区委（党工委）")
    assert sounds_like("110", "110指挥中心")
    assert sounds_like("ab", "ＡＢ公司")
    assert not sounds_like("jzj", "区住建局")


@pytest.mark.parametrize("typed", ["", " ", "住建", "q住", "q-z", "。"])
def test_only_letters_and_digits_are_initials(typed: str) -> None:
    assert not sounds_like(typed, "区住建局")


def test_what_has_no_reading_here_is_passed_over() -> None:
    assert initials_of("龘") == ""
    assert initials_of("、") == ""
    assert sounds_like("qj", "区龘局")


def test_the_order_of_gb_2312_gives_the_first_and_the_last_of_each_letter() -> None:
    ends = "啊澳芭怖擦错搭堕蛾贰发咐噶过哈祸击骏喀廓垃络妈穆拿诺哦沤啪曝期群然弱撒所塌唾挖误昔迅压孕匝座"
    heard = [initials_of(char)[0] for char in ends if char not in "曝"]
    assert heard == sorted(heard)
    assert set(heard) == set("abcdefghjklmnopqrstwxyz")


@given(st.text(max_size=12), st.text(max_size=6))
def test_any_text_may_be_asked_for(name: str, typed: str) -> None:
    assert sounds_like(typed, name) in (True, False)


@given(st.lists(st.sampled_from("区住建局生态环境长重行会畜调沅耒"), min_size=1, max_size=9).map("".join), st.data())
def test_every_run_of_initials_of_a_name_finds_it(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))
    typed = "".join(data.draw(st.sampled_from(initials_of(char))) for char in name[start:end])
    assert sounds_like(typed, name)
