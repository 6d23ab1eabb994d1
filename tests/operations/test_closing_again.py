"""What is kept with a step; 反弹 reopens in one go; illegal steps and closed records are refused."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.operations.cases import find_case
from desktop.operations.closure import take_step
from desktop.operations.extension import extend_deadline
from desktop.operations.ledgers import new_ledger
from desktop.operations.links import transfer_problem
from desktop.operations.objections import save_objection
from desktop.operations.opened import Ledger
from desktop.operations.problems import add_yearly_stages, save_measure, save_problem, save_stage, void_record
from desktop.operations.progress import report_progress
from desktop.operations.sites import save_site
from desktop.rules.entries import (
    ExtensionEntry,
    MeasureEntry,
    ObjectionEntry,
    ProblemEntry,
    ProgressEntry,
    SiteEntry,
    StageEntry,
    StepEntry,
    YearlyStagesEntry,
)
from desktop.rules.errors import NeedsReason, Refused
from desktop.rules.lifecycle import is_closed
from desktop.rules.records import CaseFile, StepAction, TermClass
from tests.operations.closing_ledger import TODAY, WALK, close, go

D = date


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = new_ledger(tmp_path / "台账", "蒸湘区整改办", D(2026, 10, 1), person="李明")
    save_problem(made, None, ProblemEntry(1, "排口直排"), D(2026, 10, 1), "李明")
    save_problem(made, None, ProblemEntry(2, "扬尘", term_class=TermClass.LONG_TERM), D(2026, 10, 1), "李明")
    yield made
    made.close()


def test_answers_are_kept_with_the_step_and_a_no_needs_a_reason(ledger: Ledger) -> None:
    answers = (("污染消除", "是", "监测达标"), ("生态修复", "不适用", ""), ("群众满意", "否", "两户\n有意见"))
    entry = StepEntry(StepAction.SELF_CHECK, D(2026, 10, 8), "查过", answers=answers)
    with pytest.raises(NeedsReason) as needed:
        take_step(ledger, find_case(ledger, 1), entry, TODAY)
    assert "问题1销号标准“群众满意”核对为“否”（两户\n有意见）" in needed.value.warnings
    case = go(ledger, StepAction.SELF_CHECK, D(2026, 10, 8), answers=(*answers, ("整改措施已落实", "", "")))
    assert case.steps[0].answers == (
        ("污染消除", "是", "监测达标"),
        ("生态修复", "不适用", ""),
        ("群众满意", "否", "两户 有意见"),
    )
    assert any("没有逐项核对：整改措施已落实、整改工作已到位" in words for words in case.steps[0].warnings)


def test_a_look_back_keeps_way_people_and_the_next_day(ledger: Ledger) -> None:
    close(ledger)
    case = go(
        ledger,
        StepAction.LOOK_BACK,
        D(2027, 5, 6),
        result="巩固",
        way="暗访",
        people="李明、王芳",
        next_on=D(2027, 11, 1),
    )
    held = case.steps[-1]
    assert (held.way, held.people, held.next_on, held.result) == ("暗访", "李明、王芳", D(2027, 11, 1), "巩固")
    with pytest.raises(Refused, match="不晚于这次的日期"):
        go(ledger, StepAction.LOOK_BACK, D(2027, 5, 7), result="巩固", next_on=D(2027, 5, 7))


def test_a_relapse_reopens_in_one_go_and_both_closures_stay(ledger: Ledger) -> None:
    close(ledger)
    entry = StepEntry(StepAction.LOOK_BACK, D(2027, 5, 6), "排口又见污水", result="反弹", way="暗访", reopens=True)
    said = take_step(ledger, find_case(ledger, 1), entry, TODAY, "李明")
    assert said.sentence == "问题1已登记回头看并重新整改，原销号记录保留。"
    case = find_case(ledger, 1)
    assert [step.action for step in case.steps[-2:]] == [StepAction.LOOK_BACK, StepAction.REOPEN]
    assert case.steps[-1].reason == "回头看发现反弹：排口又见污水"
    assert case.steps[-1].saw == (case.steps[-2].id,)
    assert not is_closed(case)
    for action, on, more in WALK:
        moved = {name: day.replace(year=2027) if isinstance(day, date) else day for name, day in more.items()}
        if action == StepAction.NOTICE:
            moved["end"] = D(2027, 11, 10)
        go(ledger, action, on.replace(year=2027), **moved)
    case = find_case(ledger, 1)
    assert is_closed(case)
    assert [step.on.year for step in case.steps if step.action == StepAction.FILE] == [2026, 2027]


def test_a_stage_that_is_filed_names_the_next_review(ledger: Ledger) -> None:
    assert close(ledger, 2, upto=4).problem.next_review is None
    case = go(ledger, StepAction.FILE, D(2026, 11, 16), 2, next_on=D(2027, 11, 16))
    assert case.problem.next_review == D(2027, 11, 16)


def test_every_year_gets_its_target_once(ledger: Ledger) -> None:
    save_stage(ledger, find_case(ledger, 2), "", StageEntry(D(2027, 6, 30), "中期"), TODAY)
    said = add_yearly_stages(ledger, find_case(ledger, 2), YearlyStagesEntry(2026, 2029, "扬尘达标"), TODAY)
    assert said.sentence == "已为问题2新增3个年度阶段目标。"
    assert [stage.due for stage in find_case(ledger, 2).stages] == [
        D(2026, 12, 31),
        D(2027, 6, 30),
        D(2028, 12, 31),
        D(2029, 12, 31),
    ]
    for entry in (
        YearlyStagesEntry(2026, 2029, "达标"),
        YearlyStagesEntry(2029, 2026, "达标"),
        YearlyStagesEntry(2026, 2099, "x"),
    ):
        with pytest.raises(Refused):
            add_yearly_stages(ledger, find_case(ledger, 2), entry, TODAY)


@pytest.mark.parametrize(
    "act",
    [
        lambda ledger, case: save_problem(ledger, case, ProblemEntry(1, "改"), TODAY),
        lambda ledger, case: save_measure(ledger, case, None, MeasureEntry(1, "新措施"), TODAY),
        lambda ledger, case: save_stage(ledger, case, "", StageEntry(D(2028, 1, 1), "新目标"), TODAY),
        lambda ledger, case: add_yearly_stages(ledger, case, YearlyStagesEntry(2027, 2028, "目标"), TODAY),
        lambda ledger, case: report_progress(ledger, case, ProgressEntry("进展"), TODAY),
        lambda ledger, case: extend_deadline(ledger, case, ExtensionEntry(D(2028, 1, 1), "雨季"), TODAY),
        lambda ledger, case: save_site(ledger, case, "", SiteEntry(1, "点位"), TODAY),
        lambda ledger, case: save_objection(ledger, case, "", ObjectionEntry(D(2026, 11, 3), "异议"), TODAY),
        lambda ledger, case: transfer_problem(ledger, case, find_case(ledger, 2).problem.id, TODAY),
        lambda ledger, case: void_record(ledger, case, "step", case.steps[0].id, "误登", TODAY),
        *(lambda ledger, case, a=a, o=o, m=m: take_step(ledger, case, StepEntry(a, o, **m), TODAY) for a, o, m in WALK),
        lambda ledger, case: take_step(ledger, case, StepEntry(StepAction.RETURN, TODAY, "补", "退"), TODAY),
    ],
)
def test_a_closed_record_is_locked_everywhere(ledger: Ledger, act: Callable[[Ledger, CaseFile], object]) -> None:
    case = close(ledger)
    with pytest.raises(Refused, match="已销号备案"):
        act(ledger, case)
    assert find_case(ledger, 1) == case


ILLEGAL: tuple[tuple[int, StepAction, date, dict[str, object], str], ...] = (
    (0, StepAction.APPLY, D(2026, 10, 9), {}, "尚未自查自验，不能申请销号"),
    (0, StepAction.FILE, D(2026, 10, 9), {}, "还缺自查自验、申请销号、验收、公示，不能备案"),
    (0, StepAction.RETURN, D(2026, 10, 9), {}, "没有可退回的内容"),
    (0, StepAction.REOPEN, D(2026, 10, 9), {}, "尚未销号备案"),
    (0, StepAction.LOOK_BACK, D(2026, 10, 9), {}, "尚未销号备案"),
    (1, StepAction.SELF_CHECK, D(2026, 10, 9), {}, "不能重复登记"),
    (1, StepAction.APPLY, D(2026, 10, 7), {}, "早于此前的自查自验日期2026年10月8日"),
    (2, StepAction.ACCEPT, D(2026, 10, 20), {"result": "不通过"}, "没有通过的请登记退回"),
    (2, StepAction.ACCEPT, D(2028, 1, 20), {"result": "通过"}, "晚于今天"),
    (3, StepAction.NOTICE, D(2026, 11, 2), {"end": D(2026, 11, 4)}, "公示期不足5个工作日"),
    (3, StepAction.FILE, D(2026, 11, 16), {}, "还缺公示，不能备案"),
    (4, StepAction.FILE, D(2026, 11, 9), {}, "公示到2026年11月9日才结束，2026年11月9日不能备案"),
)


@pytest.mark.parametrize(("upto", "action", "on", "more", "words"), ILLEGAL)
def test_an_illegal_step_is_refused_whatever_the_reason(
    ledger: Ledger, upto: int, action: StepAction, on: date, more: dict[str, object], words: str
) -> None:
    before = close(ledger, upto=upto)
    with pytest.raises(Refused) as refused:
        go(ledger, action, on, **more)
    assert words in refused.value.sentence
    assert find_case(ledger, 1) == before


@pytest.mark.parametrize(
    ("upto", "paper"),
    [
        (0, "佐证材料"),
        (1, "自查自验表（签字盖章）"),
        (2, "销号请示（签字盖章扫描件）"),
        (2, "验收意见"),
        (3, "公示文本"),
        (4, "公示网页截图"),
        (4, "无异议说明"),
        (4, "销号台账"),
    ],
)
def test_a_missing_paper_is_named_and_the_reason_that_overrides_it_is_kept(
    ledger: Ledger, upto: int, paper: str
) -> None:
    close(ledger, upto=upto)
    action, on, more = WALK[upto]
    with pytest.raises(NeedsReason) as needed:
        take_step(ledger, find_case(ledger, 1), StepEntry(action, on, **more), TODAY)
    assert any(f"缺少{paper}，请补充材料" in warning for warning in needed.value.warnings)
    case = go(ledger, action, on, **more)
    assert case.steps[-1].reason == "测试中不附材料"
    assert any(f"缺少{paper}" in warning for warning in case.steps[-1].warnings)
