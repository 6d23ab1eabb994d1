"""The gates in words, the bar of steps, and the tiles of proof."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest

from desktop.operations.profile import load_region
from desktop.rules.records import (
    CaseFile,
    Evidence,
    Gate,
    Measure,
    Problem,
    Progress,
    Step,
    StepAction,
    TermClass,
)
from desktop.views.case.evidence_model import PICTURES_KEPT, EvidenceModel, kind_words, tiles_of
from desktop.views.case.evidence_view import EvidenceView
from desktop.views.case.gate_states import gate_states, next_words
from desktop.views.case.step_bar import StepBar
from desktop.views.case.words import due_words, headed, quantity_words
from desktop.views.tables.columns import ACCESSIBLE

TODAY = date(2026, 11, 23)
REGION = load_region("hengyang")
STRICT = QAbstractItemModelTester.FailureReportingMode.Warning
MEASURE = Measure("m1", "p5", 1, "完成治理", date(2026, 12, 1), 6, 8, "个", 50, 3)


def case(*steps: Step, pieces: tuple[Evidence, ...] = (), **more: Any) -> CaseFile:
    """Problem five with steps and proof; its measure is done."""
    problem = Problem("p5", 5, "未落实减排措施", deadline=date(2026, 12, 31), **more)
    done = replace(MEASURE, percent=100)
    entry = Progress("g", "p5", "m1", "2026-10", date(2026, 10, 9), "完成", 100)
    return CaseFile(problem, measures=(done,), progress=(entry,), evidence=pieces, steps=steps)


def step(action: StepAction, on: date, **more: Any) -> Step:
    """A step on record."""
    return Step(f"{action}{on}", "p5", action, on, order=on.toordinal(), **more)


def piece(row: str, name: str, media: str = "image/jpeg", **more: Any) -> Evidence:
    """A piece on record, its file as if it were there."""
    return Evidence(row, "p5", name, row * 64, 9, media, **more)


CHECKED = step(StepAction.SELF_CHECK, date(2026, 11, 2))
APPLIED = step(StepAction.APPLY, date(2026, 11, 4))
ACCEPTED = step(StepAction.ACCEPT, date(2026, 11, 12), result="通过")
NOTICED = step(StepAction.NOTICE, date(2026, 11, 16), end=date(2026, 11, 23))


def kinds(found: CaseFile) -> list[str]:
    """The kind of each gate in order."""
    return [state.kind for state in gate_states(found, REGION, TODAY)]


def test_gates_are_passed_running_next_and_open() -> None:
    assert kinds(case()) == ["next", "open", "open", "open", "open"]
    assert kinds(case(CHECKED, APPLIED, ACCEPTED, NOTICED)) == ["done", "done", "done", "running", "next"]


def test_a_notice_that_ends_today_is_said_so() -> None:
    states = gate_states(case(CHECKED, APPLIED, ACCEPTED, NOTICED), REGION, TODAY)
    assert states[3].lacks == ("公示到2026年11月23日，今天到期",)
    assert "不能备案" in "".join(states[4].lacks)


def test_what_a_gate_lacks_does_not_repeat_the_name_of_the_problem() -> None:
    gate, words = next_words(case(CHECKED), REGION, TODAY)
    assert gate == Gate.APPLY
    assert words == "还缺自查自验表（签字盖章）"
    proof = (piece("a", "自查自验表.jpg", item="self_check_form"),)
    assert next_words(case(CHECKED, pieces=proof), REGION, TODAY) == (Gate.APPLY, "可以办理")


def test_later_gates_say_what_they_will_need() -> None:
    states = gate_states(case(), REGION, TODAY)
    assert states[3].lacks == ("需公示文本",)


def test_a_stage_of_a_long_term_problem_says_that_it_is_done() -> None:
    ended = replace(NOTICED, end=date(2026, 11, 20))
    filed = step(StepAction.FILE, date(2026, 11, 22))
    found = case(CHECKED, APPLIED, ACCEPTED, ended, filed, term_class=TermClass.LONG_TERM)
    assert next_words(found, REGION, TODAY) == (None, "本阶段已办完")
    assert next_words(case(transferred_to="x"), REGION, TODAY) == (None, "已转入新的问题")


def test_pressing_a_gate_names_it(qtbot: Any) -> None:
    bar = StepBar()
    qtbot.addWidget(bar)
    bar.show_states(gate_states(case(CHECKED), REGION, TODAY))
    bar.show()
    assert list(bar.buttons) == list(REGION.gate_order)
    assert "下一步" in bar.buttons[Gate.APPLY].accessibleName()
    with qtbot.waitSignal(bar.gate_wanted) as blocker:
        QTest.mouseClick(bar.buttons[Gate.APPLY], Qt.MouseButton.LeftButton)
    assert blocker.args == [Gate.APPLY]


def test_another_order_of_gates_builds_the_bar_anew(qtbot: Any) -> None:
    bar = StepBar()
    qtbot.addWidget(bar)
    bar.show_states(gate_states(case(), REGION, TODAY))
    other = replace(REGION, gate_order=(Gate.SELF_CHECK, Gate.NOTICE, Gate.APPLY, Gate.ACCEPT, Gate.FILE))
    bar.show_states(gate_states(case(), other, TODAY))
    assert list(bar.buttons)[1] == Gate.NOTICE


def test_due_and_quantity_are_said_in_words() -> None:
    assert due_words(MEASURE, TODAY) == ("2026年12月1日前（还有8天）", "warn")
    assert due_words(replace(MEASURE, due=date(2026, 11, 20)), TODAY) == ("2026年11月20日前（逾期3天）", "late")
    assert due_words(replace(MEASURE, due=None), TODAY) == ("未定期限", "muted")
    assert quantity_words(MEASURE) == "已完成3/6个（共8个）"
    assert quantity_words(replace(MEASURE, quantity_done=None, quantity_of=None)) == "承诺完成6个"
    assert quantity_words(Measure("m", "p", 1, "建立制度")) == ""


def test_a_name_is_put_before_a_text_once() -> None:
    assert headed("补齐资料", "补充整改要求") == "补充整改要求：补齐资料"
    assert headed("补充整改要求：补齐资料", "补充整改要求") == "补充整改要求：补齐资料"


# Tiles


def jpeg() -> bytes:
    """A small picture as bytes."""
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("green"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG")
    return bytes(buffer.data().data())


PIECES = (
    piece("a", "整改前_排口.jpg", place="东支渠", taken_on=date(2026, 7, 1)),
    piece("b", "竣工图.pdf", "application/pdf", measure_id="m1"),
    piece("c", "销号请示.jpg", item="request_signed", gate="accept", present=False),
)


def test_tiles_say_what_a_piece_serves_and_what_is_wrong_with_it() -> None:
    one, two, three = tiles_of(case(pieces=PIECES), REGION, {"a" * 64: (6,)})
    assert one.lines() == ("整改前_排口.jpg", "佐证材料", "2026/7/1　东支渠")
    assert [words for words, _ in one.tags()] == ["整改前", "他处也用"]
    assert two.serves == "措施1"
    assert three.serves == "销号请示（签字盖章扫描件）"
    assert "缺附件" in three.sentence()
    assert (kind_words(PIECES[1]), kind_words(piece("d", "数据.xlsx", "application/zip"))) == ("PDF", "压缩包")


def test_the_model_asks_for_each_picture_in_sight_once_it_lacks_it(qtbot: Any) -> None:
    asked: list[str] = []
    model = EvidenceModel(asked.append)
    QAbstractItemModelTester(model, STRICT, model)
    model.set_tiles(tiles_of(case(pieces=PIECES), REGION, {}))
    assert [model.picture(p) for p in PIECES] == [None, None, None]
    assert asked == ["a" * 64]
    model.take_picture("a" * 64, jpeg())
    assert model.picture(PIECES[0]) is not None
    model.take_picture("a" * 64, b"")
    assert model.picture(PIECES[0]) is None
    assert asked == ["a" * 64]
    assert "排口" in str(model.index(0).data(ACCESSIBLE))


def test_small_pictures_do_not_pile_up(qtbot: Any) -> None:
    asked: list[str] = []
    model = EvidenceModel(asked.append)
    model.take_picture("a" * 64, jpeg())
    for number in range(PICTURES_KEPT):
        model.take_picture(f"{number:064x}", b"")
    assert model.picture(PIECES[0]) is not None
    model.set_tiles(())
    assert model.picture(PIECES[0]) is None
    assert asked == ["a" * 64]


@pytest.fixture
def view(qtbot: Any) -> EvidenceView:
    made = EvidenceView(lambda sha256: jpeg())
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.show_case(case(pieces=PIECES), REGION, {}, can_change=True)
    return made


def test_the_buttons_count_and_choose_kinds(view: EvidenceView) -> None:
    assert view.filters["all"].text() == "全部 3"
    view.filters["papers"].click()
    assert [tile.piece.name for tile in view.model.tiles] == ["销号请示.jpg"]
    assert view.remark.text() == "共3件，1张整改前照片还没有整改后照片"
    view.show_case(case(pieces=PIECES[:1]), REGION, {}, can_change=True)
    assert [tile.piece.name for tile in view.model.tiles] == ["整改前_排口.jpg"]


def test_enter_opens_a_picture_and_sends_other_files_outside(view: EvidenceView, qtbot: Any) -> None:
    view.list.setCurrentIndex(view.model.index(0))
    with qtbot.waitSignal(view.open_wanted) as blocker:
        QTest.keyClick(view.list, Qt.Key.Key_Return)
    assert blocker.args[1] == 0
    view.list.setCurrentIndex(view.model.index(1))
    with qtbot.waitSignal(view.outside_wanted) as outside:
        QTest.keyClick(view.list, Qt.Key.Key_Return)
    assert outside.args == [PIECES[1]]


def test_a_lost_file_can_only_be_voided(view: EvidenceView, qtbot: Any) -> None:
    possible = [action.text() for action in view.menu_for(2).actions() if action.isEnabled() and action.text()]
    assert "作废…" in possible
    assert "另存为…" not in possible
    with qtbot.waitSignal(view.void_wanted) as blocker:
        next(a for a in view.menu_for(2).actions() if a.text() == "作废…").trigger()
    assert blocker.args == ["evidence", "c", "佐证材料“销号请示.jpg”"]


def test_the_list_is_as_high_as_its_rows(view: EvidenceView) -> None:
    narrow = view.list.height()
    view.resize(300, 500)
    assert view.list.height() > narrow
    view.show_case(case(), REGION, {}, can_change=True)
    assert view.told.isVisible()
