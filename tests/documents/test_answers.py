"""Answers to standards and demands on the forms, and the list of sites."""

from dataclasses import replace
from datetime import date
from types import ModuleType

from desktop.documents.fonts import FontSet
from desktop.documents.papers import print_paper
from desktop.rules.records import CaseFile, Step, StepAction

D = date
YES = (
    ("污染消除", "是", "监测达标"),
    ("生态修复", "不适用", ""),
    ("群众满意", "否", "两户有意见"),
    ("整改措施已落实", "是", ""),
)


def printed(factory: ModuleType, fonts: FontSet, key: str, case: CaseFile) -> str:
    text = factory.text_of(print_paper(key, factory.request(case), fonts).data)
    return "".join(text.split())


def answered(case: CaseFile, action: StepAction) -> CaseFile:
    steps = (replace(step, answers=YES) if step.action == action else step for step in case.steps)
    return replace(case, steps=tuple(steps))


def test_the_self_check_form_prints_what_was_answered(factory: ModuleType, fonts: FontSet) -> None:
    text = printed(factory, fonts, "self_check", answered(factory.rich_case(), StepAction.SELF_CHECK))
    assert "（污染消除）是（监测达标）" in text
    assert "（群众满意）否（两户有意见）" in text
    assert "整改措施已落实是/" in text
    assert "整改结果已达标□是□否□不适用" in text


def test_the_acceptance_opinion_prints_the_answers_of_its_own_step(factory: ModuleType, fonts: FontSet) -> None:
    of_check = printed(factory, fonts, "acceptance_opinion", answered(factory.rich_case(), StepAction.SELF_CHECK))
    assert "污染消除□是□否□不适用" in of_check
    text = printed(factory, fonts, "acceptance_opinion", answered(factory.rich_case(), StepAction.ACCEPT))
    assert "污染消除是监测达标" in text
    assert "群众满意否两户有意见" in text


def test_demands_of_a_return_are_printed_with_what_answers_them(factory: ModuleType, fonts: FontSet) -> None:
    case = factory.rich_case()
    pid = case.problem.id
    back = Step("r", pid, StepAction.RETURN, D(2026, 7, 10), "1.补齐警示标志；2.改落款", "落款不符", order=0)
    answers = (("补齐警示标志", "是", "材料3"),)
    check = replace(case.steps[0], on=D(2026, 7, 12), answers=answers)
    again = replace(case, steps=(back, check, *case.steps[1:]))
    for key in ("self_check", "closure_application"):
        text = printed(factory, fonts, key, again)
        assert "2026年7月10日退回，补充整改要求及落实情况：1.补齐警示标志：是（材料3）2.改落款：□是□否□不适用" in text
        assert "补充整改要求" not in printed(factory, fonts, key, case)


def test_the_list_of_sites_prints_each_with_its_days_and_the_counts(factory: ModuleType, fonts: FontSet) -> None:
    text = printed(factory, fonts, "site_list", factory.rich_case())
    assert "共2个点位，整改完成2个，自查自验2个，已销号2个（2/2）" in text
    assert "2026/5/312026/5/202026/5/282026/6/5第一批" in text
    assert "点位销号清单" in text


def test_a_list_without_a_site_shows_its_head(factory: ModuleType, fonts: FontSet) -> None:
    text = printed(factory, fonts, "site_list", replace(factory.rich_case(), sites=()))
    assert "没有登记点位" in text
    assert "点位名称" in text
