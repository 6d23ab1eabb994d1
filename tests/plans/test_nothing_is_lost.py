"""Spans index the raw text, and every character of a list is somewhere in the draft."""

import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

WORDS = st.text(alphabet="甲乙镇河水污尘厂区排放超标（）()、，0123456789", min_size=4, max_size=40)
NAME = st.text(alphabet="李王张秦严白岩嵩敏", min_size=2, max_size=3)
UNIT = st.sampled_from(["县水利局", "县住房和城乡建设局", "青柳（集团）有限公司", "各镇街"])
DEADLINE = st.sampled_from(["2024年12月31日", "10月底前", "立行立改、长期坚持", "2025年6月至8月"])
ORPHAN = st.sampled_from(["", "\n局、县林业局、各镇街\n\n", "备注：另报。\n"])
GAP = st.sampled_from(["\n", "\n\n", "\r\n", "\n— 3 —\n", "\n　　"])


@st.composite
def items(draw, number):
    measures = draw(st.lists(WORDS, min_size=1, max_size=4))
    parts = [
        f"第{number}项 难{draw(WORDS)}难。",
        f"整改目标：好{draw(WORDS)}好。",
        "整改措施：" + "".join(f"{draw(GAP)}{index}.做{text}做。" for index, text in enumerate(measures, 1)),
        f"整改时限：{draw(DEADLINE)}",
        f"牵头区领导：{draw(NAME)}",
        f"责任单位：{draw(UNIT)}、{draw(UNIT)}",
    ]
    return draw(GAP).join(parts) + "\n" + draw(ORPHAN)


@st.composite
def lists(draw):
    return "某县整改清单\n" + "".join(draw(items(number)) for number in range(1, draw(st.integers(1, 4)) + 1))


def bare(text):
    text = re.sub(r"— \d+ —", "", text)
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def all_spans(problem):
    yield from (span for _, span in problem.fields)
    yield from (measure.span for measure in problem.measures)
    yield problem.span


@settings(max_examples=60, deadline=None)
@given(text=lists())
def test_spans_index_the_raw_text(aliases, text):
    from desktop.plans.read import read_plan

    draft = read_plan(text.encode(), "x.txt", aliases)
    assert draft.source == text
    for problem in draft.problems:
        for span in all_spans(problem):
            assert 0 <= span.start < span.end <= len(text)
        spans = dict(reversed(problem.fields))
        assert bare(problem.text) == bare(text[spans["text"].start : spans["text"].end])
        assert bare(problem.target) == bare(text[spans["target"].start : spans["target"].end])
        for measure in problem.measures:
            assert bare(measure.text) == bare(text[measure.span.start : measure.span.end])


@settings(max_examples=60, deadline=None)
@given(text=lists())
def test_no_character_of_an_item_is_lost(aliases, text):
    from desktop.plans.read import read_plan

    draft = read_plan(text.encode(), "x.txt", aliases)
    assert [problem.number for problem in draft.problems] == list(range(1, text.count("整改目标") + 1))
    covered = bytearray(len(text))
    for problem in draft.problems:
        for _, span in problem.fields:
            covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    rest = bare("".join(char for char, seen in zip(text, covered, strict=True) if not seen))
    for stray in draft.unassigned:
        assert bare(stray) in rest
        rest = rest.replace(bare(stray), "", 1)
    rest = re.sub(r"某县整改清单|第\d项|整改目标:|整改措施:|整改时限:|牵头区领导:|责任单位:", "", rest)
    assert rest == ""


@settings(max_examples=80, deadline=None)
@given(
    text=st.text(
        alphabet="一二、（）()1.整改目标措施时限责任单位：:。；\n “”《》2024年底前— \t局附件清单", max_size=300
    )
)
def test_any_muddle_is_read_without_a_fault(aliases, text):
    from desktop.plans.grammar import parse_source
    from desktop.plans.source import Source

    draft = parse_source(Source("x.txt", text), aliases)
    for problem in draft.problems:
        for span in all_spans(problem):
            assert 0 <= span.start <= span.end <= len(text)
