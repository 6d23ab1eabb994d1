"""What is asked one by one at self-check and acceptance, and what an answer weighs."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.rules.lifecycle import judge
from desktop.rules.records import CaseFile, Problem, Step, StepAction
from desktop.rules.region import Region
from desktop.rules.standards import (
    DEMAND,
    Question,
    answer_words,
    demands_of,
    denied,
    open_questions,
    questions_for,
)
from tests.rules.test_lifecycle import load, paper, parse_region

D = date
TODAY = D(2026, 12, 31)
BACK = Step("r", "p", StepAction.RETURN, D(2026, 11, 1), "1.补齐16块警示标志；2.公示落款改为责任单位。", "落款不符")


@pytest.fixture
def region() -> Region:
    return parse_region(load("regions/hengyang.toml"), load("gate_orders.toml"), "hengyang.toml")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1.补齐警示标志；2.改落款。", ("补齐警示标志", "改落款")),
        ("（一）补齐警示标志\n（二）改落款；并盖章", ("补齐警示标志", "改落款；并盖章")),
        ("①补监测报告\n\n② 补照片", ("补监测报告", "补照片")),
        ("完善相关手续资料后，尽快上报", ("完善相关手续资料后，尽快上报",)),
        ("补充整改要求：补照片", ("补照片",)),
        ("16块警示标志没有补", ("16块警示标志没有补",)),
        ("", ()),
    ],
)
def test_demands_are_read_one_by_one(text: str, found: tuple[str, ...]) -> None:
    assert demands_of(replace(BACK, text=text)) == found


def test_each_step_asks_its_own_questions(region: Region) -> None:
    def words(action: StepAction, opener: Step | None = None) -> list[str]:
        return [question.words for question in questions_for(action, region, opener)]

    standards = [
        "污染消除",
        "生态修复",
        "群众满意",
        "整改措施已落实",
        "整改工作已到位",
        "整改结果已达标",
        "群众对整改满意",
    ]
    demands = ["补齐16块警示标志", "公示落款改为责任单位"]
    assert words(StepAction.SELF_CHECK) == standards
    assert words(StepAction.ACCEPT, BACK) == standards
    assert words(StepAction.SELF_CHECK, BACK) == demands + standards
    assert words(StepAction.APPLY, BACK) == demands
    assert words(StepAction.APPLY) == words(StepAction.NOTICE, BACK) == []


def test_answers_are_known_by_their_question() -> None:
    asked = (Question(DEMAND, "补照片"), Question(DEMAND, "改落款"))
    answers = (("补照片", "是", "见材料3"), ("改落款", "否", ""))
    assert answer_words("补照片", answers) == "是（见材料3）"
    assert answer_words("改落款", answers) == "否"
    assert answer_words("别的", answers) == ""
    assert open_questions(asked, answers[:1]) == asked[1:]
    assert denied(asked, answers) == ((asked[1], ""),)


def warned(region: Region, answers: tuple[tuple[str, str, str], ...] | None, *steps: Step) -> list[str]:
    case = CaseFile(Problem("p", 5, "问题"), evidence=(paper("proof"),), steps=steps)
    verdict = judge(case, StepAction.SELF_CHECK, D(2026, 11, 9), region, TODAY, answers=answers)
    return [ruling.sentence for ruling in verdict.warnings if ruling.rule == "standards"]


def test_what_was_not_answered_or_denied_needs_a_reason(region: Region) -> None:
    every = tuple((q.words, "是", "") for q in questions_for(StepAction.SELF_CHECK, region, None))
    assert warned(region, None) == []
    assert warned(region, every) == []
    assert warned(region, (*every[:1], ("生态修复", "不适用", "不涉及"), *every[2:])) == []
    assert warned(region, (*every[:2], ("群众满意", "否", "两户有意见"), *every[3:])) == [
        "问题5销号标准“群众满意”核对为“否”（两户有意见）"
    ]
    assert warned(region, every[1:]) == ["问题5没有逐项核对：污染消除"]
    assert warned(region, every, BACK) == ["问题5没有逐项核对：补齐16块警示标志、公示落款改为责任单位"]
