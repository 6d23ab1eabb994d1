"""异议 while a notice runs, and 公开: registered, answered, what they hold up."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.operations.cases import find_case
from desktop.operations.closure import take_step
from desktop.operations.ledgers import new_ledger
from desktop.operations.objections import save_objection, save_publication
from desktop.operations.opened import Ledger
from desktop.operations.problems import save_problem
from desktop.rules.entries import ObjectionEntry, ProblemEntry, PublicationEntry, StepEntry
from desktop.rules.errors import NeedsReason, Refused
from desktop.rules.records import CaseFile, StepAction

D = date
Now = Callable[[], CaseFile]
START, END = D(2026, 11, 2), D(2026, 11, 9)
FILING, TODAY = D(2026, 11, 16), D(2026, 11, 30)
GOT = ObjectionEntry(D(2026, 11, 4), "排口附近仍有异味", "河畔小区居民", "来电")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = new_ledger(tmp_path / "台账", "蒸湘区整改办", D(2026, 10, 1), person="李明")
    save_problem(made, None, ProblemEntry(1, "排口直排"), D(2026, 10, 1), "李明")
    yield made
    made.close()


def go(ledger: Ledger, action: StepAction, on: date, **more: object) -> None:
    entry = StepEntry(action, on, text="情况属实", reason="测试中不附材料", **more)  # type: ignore[arg-type]
    take_step(ledger, find_case(ledger, 1), entry, TODAY, "李明")


@pytest.fixture
def on_notice(ledger: Ledger) -> Now:
    go(ledger, StepAction.SELF_CHECK, D(2026, 10, 8))
    go(ledger, StepAction.APPLY, D(2026, 10, 9))
    go(ledger, StepAction.ACCEPT, D(2026, 10, 20), result="通过")
    go(ledger, StepAction.NOTICE, START, end=END)
    return lambda: find_case(ledger, 1)


def test_an_objection_belongs_to_the_running_notice_and_is_open(ledger: Ledger, on_notice: Now) -> None:
    told = save_objection(ledger, on_notice(), "", GOT, TODAY, "李明")
    assert told.sentence == "已登记问题1的异议，答复登记之前不能备案。"
    case = on_notice()
    (held,) = case.objections
    assert (held.text, held.raiser, held.way, held.is_open) == ("排口附近仍有异味", "河畔小区居民", "来电", True)
    assert held.notice_id == next(step.id for step in case.steps if step.action == StepAction.NOTICE)


def test_nothing_is_filed_while_an_objection_is_open(ledger: Ledger, on_notice: Now) -> None:
    row = save_objection(ledger, on_notice(), "", GOT, TODAY).touched[0][1]
    with pytest.raises(Refused) as refused:
        go(ledger, StepAction.FILE, FILING)
    assert refused.value.rule == "open_objection"
    assert refused.value.sentence.startswith("问题1有1件异议（2026年11月4日收到）尚未答复，不能备案")
    answered = replace(GOT, handling="现场复核达标", result="不成立", answered_on=D(2026, 11, 6))
    save_objection(ledger, on_notice(), row, answered, TODAY)
    go(ledger, StepAction.FILE, FILING)
    assert on_notice().steps[-1].action == StepAction.FILE


@pytest.mark.parametrize("result", ["成立", "部分成立"])
def test_a_founded_objection_suggests_the_return(ledger: Ledger, on_notice: Now, result: str) -> None:
    answered = replace(GOT, handling="确有异味", result=result, answered_on=D(2026, 11, 6))
    told = save_objection(ledger, on_notice(), "", answered, TODAY)
    assert told.warnings == (f"异议{result}，建议登记退回，整改后重新公示。",)
    entry = StepEntry(StepAction.FILE, FILING)
    with pytest.raises(NeedsReason) as needed:
        take_step(ledger, on_notice(), entry, TODAY)
    assert f"问题1在2026年11月4日收到的异议{result}，应登记退回后补充整改" in needed.value.warnings


def test_after_the_return_an_old_objection_holds_up_nothing(ledger: Ledger, on_notice: Now) -> None:
    answered = replace(GOT, handling="确有异味", result="成立", answered_on=D(2026, 11, 6))
    save_objection(ledger, on_notice(), "", answered, TODAY)
    go(ledger, StepAction.RETURN, D(2026, 11, 6))
    go(ledger, StepAction.SELF_CHECK, D(2026, 11, 7))
    go(ledger, StepAction.APPLY, D(2026, 11, 7))
    go(ledger, StepAction.ACCEPT, D(2026, 11, 8), result="通过")
    go(ledger, StepAction.NOTICE, D(2026, 11, 9), end=D(2026, 11, 16))
    go(ledger, StepAction.FILE, D(2026, 11, 17))
    assert not any("收到的异议" in warning for warning in on_notice().steps[-1].warnings)


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (ObjectionEntry(D(2026, 11, 1), "有异味"), "早于公示开始日期2026年11月2日"),
        (ObjectionEntry(D(2026, 12, 1), "有异味"), "晚于今天"),
        (ObjectionEntry(D(2026, 11, 4), " "), "请填写异议内容"),
        (ObjectionEntry(D(2026, 11, 4), "有异味", answered_on=D(2026, 11, 5)), "登记答复须写明处理情况和核查结论"),
        (ObjectionEntry(D(2026, 11, 4), "有异味", result="成立"), "请同时填写答复日期"),
        (
            ObjectionEntry(D(2026, 11, 4), "有异味", handling="复核", result="不成立", answered_on=D(2026, 11, 3)),
            "答复日期2026年11月3日早于收到日期",
        ),
    ],
)
def test_a_wrong_entry_is_refused_and_nothing_is_kept(
    ledger: Ledger, on_notice: Now, entry: ObjectionEntry, words: str
) -> None:
    with pytest.raises(Refused) as refused:
        save_objection(ledger, on_notice(), "", entry, TODAY)
    assert words in refused.value.sentence
    assert on_notice().objections == ()


def test_without_a_notice_there_is_nothing_to_object_to(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="还没有登记公示"):
        save_objection(ledger, find_case(ledger, 1), "", GOT, TODAY)


def test_a_publication_keeps_platform_address_and_screenshot(ledger: Ledger, tmp_path: Path) -> None:
    shot = tmp_path / "网页.png"
    shot.write_bytes(b"\x89PNG")
    entry = PublicationEntry(D(2026, 11, 20), "区政府网站", "整改进展公开", url="http://x.gov.cn/1", files=(str(shot),))
    save_publication(ledger, find_case(ledger, 1), "", entry, TODAY, "李明")
    case = find_case(ledger, 1)
    (held,) = case.publications
    assert (held.platform, held.title, held.url) == ("区政府网站", "整改进展公开", "http://x.gov.cn/1")
    assert [piece.id for piece in case.evidence] == [held.evidence_id]
    changed = PublicationEntry(D(2026, 11, 20), "区政府网站", "整改进展情况公开")
    save_publication(ledger, case, held.id, changed, TODAY)
    (held,) = find_case(ledger, 1).publications
    assert (held.title, held.url, held.evidence_id) == ("整改进展情况公开", "", case.evidence[0].id)


@pytest.mark.parametrize(
    "entry",
    [
        PublicationEntry(D(2026, 11, 20), "", "标题"),
        PublicationEntry(D(2026, 11, 20), "区政府网站", " "),
        PublicationEntry(D(2026, 12, 2), "区政府网站", "标题"),
    ],
)
def test_a_publication_without_place_title_or_sound_day_is_refused(ledger: Ledger, entry: PublicationEntry) -> None:
    with pytest.raises(Refused):
        save_publication(ledger, find_case(ledger, 1), "", entry, TODAY)
    assert find_case(ledger, 1).publications == ()
