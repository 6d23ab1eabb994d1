"""导入方案: read, marked in the source, edited, confirmed, taken in; given up without a trace."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop import paths
from desktop.operations.drafts import kept_drafts
from desktop.operations.lists import count_all
from desktop.operations.plan.intake import preview_import
from desktop.operations.problems import save_problem
from desktop.operations.units import list_units, save_unit
from desktop.rules.drafts import MeasureDraft, PlanDraft, ProblemDraft
from desktop.rules.entries import ProblemEntry, UnitEntry
from desktop.rules.records import UnitRole
from desktop.store.read_cases import find_problems, read_case
from desktop.views.place import PageKey, Place
from desktop.views.review.board import ReviewBoard
from desktop.views.review.model import Review, mark_at, marks_of
from desktop.views.review.page import PlanReviewPage
from desktop.views.review.source_view import Offsets, SourceView
from desktop.views.session import Session
from tests.in_front import in_front
from tests.views.conftest import Answers

FOUNDING = paths.resource("sample", "founding-plan.txt")
SAMPLE = paths.resource("sample", "sample-plan.txt")


@pytest.fixture
def page(empty_session: Session, qtbot: Any) -> Iterator[PlanReviewPage]:
    made = PlanReviewPage(empty_session)
    qtbot.addWidget(made)
    made.resize(980, 520)
    in_front(qtbot, made)
    yield made
    empty_session.runner.wait()


def read(page: PlanReviewPage, qtbot: Any, file: Path) -> ReviewBoard:
    with qtbot.waitSignal(page.ready, timeout=20_000):
        assert page.open_file(file)
    assert page.board is not None
    return page.board


def take_in(page: PlanReviewPage, qtbot: Any) -> None:
    page.take_in()
    qtbot.waitUntil(lambda: not page.session.runner.is_busy, timeout=20_000)


def commit(widget: QWidget, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def marked(board: ReviewBoard) -> str:
    span = board.source.current
    assert span is not None
    return board.review.original.source[span.start : span.end]


def test_choosing_a_field_marks_its_place_in_the_source(page: PlanReviewPage, qtbot: Any) -> None:
    board = read(page, qtbot, FOUNDING)
    assert marked(board).startswith("湖南衡阳钢管")
    for field, words in (("target", "全面落实"), ("deadline", "2024年12月31日"), ("leaders", "李嵩")):
        board.go_to(0, field)
        assert marked(board).startswith(words)
    board.go_to(0, "measures", 1)
    assert marked(board).startswith("按照《湖南省钢铁行业")


def test_clicking_in_the_source_chooses_the_field(page: PlanReviewPage, qtbot: Any) -> None:
    board = read(page, qtbot, SAMPLE)
    source = board.review.original.source
    at = source.index("江澜特钢有限公司未落实") + 3
    board.source.placed.emit(at)
    assert board.at == 4
    assert board.fields.text.hasFocus()
    board.source.placed.emit(source.index("肖若川", at) + 1)
    assert board.fields.names["leaders"].hasFocus()
    board.source.placed.emit(source.index("修订重污染天气", at) + 1)
    assert board.fields.measures.rows[0].text.hasFocus()
    assert marked(board).startswith("修订重污染天气")


def test_a_real_click_names_the_character_under_it(page: PlanReviewPage, qtbot: Any) -> None:
    board = read(page, qtbot, FOUNDING)
    board.go_to(0, "leaders")
    view, span = board.source, board.source.current
    assert span is not None
    cursor = QTextCursor(view.document())
    cursor.setPosition(span.start + 1)
    board.go_to(0, "text")
    view.setTextCursor(cursor)
    point = view.cursorRect(cursor).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(point))
    assert board.fields.names["leaders"].hasFocus()


def test_a_typed_change_is_marked_and_can_be_taken_back(page: PlanReviewPage, qtbot: Any) -> None:
    board = read(page, qtbot, FOUNDING)
    line = board.fields.names["responsible_units"]
    row = board.fields.rows["responsible_units"]
    assert not row.badge.isVisible()
    line.setFocus()
    commit(line, "区工业和信息化局、蒸湘区应急局")
    board.renew()
    assert board.review.problems[0].responsible_units == ("区工业和信息化局", "蒸湘区应急局")
    assert row.badge.isVisible()
    qtbot.mouseClick(row.back, Qt.MouseButton.LeftButton)
    assert board.review.problems[0].responsible_units == ()
    assert line.text() == ""


def test_filling_what_is_missing_settles_the_finding(page: PlanReviewPage, qtbot: Any) -> None:
    board = read(page, qtbot, FOUNDING)
    before = board.findings.open_count()
    board.fields.names["responsible_units"].setText("区应急局")
    board.renew()
    assert board.findings.open_count() == before - 1


def test_a_finding_leads_to_its_place_and_to_the_field_it_misses(page: PlanReviewPage, qtbot: Any) -> None:
    board = read(page, qtbot, FOUNDING)
    findings = board.review.original.findings
    board.tabs.setCurrentWidget(board.findings)
    for row, at in enumerate(board.findings.model.rows):
        board.findings.table.choose_rows((), row)
        if findings[at].span:
            assert board.source.current == findings[at].span
    lacking = next(row for row, at in enumerate(board.findings.model.rows) if findings[at].key == "missing_field")
    board.findings.table.choose_rows((), lacking)
    QTest.keyClick(board.findings.table, Qt.Key.Key_Return)
    assert board.tabs.currentIndex() == 0
    assert board.fields.names["responsible_units"].hasFocus()


def test_an_unassigned_text_goes_into_a_field(page: PlanReviewPage, qtbot: Any) -> None:
    board = read(page, qtbot, FOUNDING)
    board.tabs.setCurrentWidget(board.loose)
    assert marked(board).startswith("局、区农业农村局")
    board.loose.field.choose("assisting_units")
    qtbot.mouseClick(board.loose.assign_button, Qt.MouseButton.LeftButton)
    assert board.review.problems[0].assisting_units[1:3] == ("区农业农村局", "区市场监管局")
    assert board.fields.names["assisting_units"].text().startswith("局、区农业农村局")
    assert board.review.placed == {0: "已归入问题5的配合单位"}
    assert not board.loose.assign_button.isEnabled()
    assert board.tabs.tabText(3) == "未归属"


def test_selected_source_text_goes_into_the_current_field(page: PlanReviewPage, qtbot: Any) -> None:
    board = read(page, qtbot, FOUNDING)
    board.go_to(0, "target")
    board.source.taken.emit("另一个目标。")
    assert (board.review.problems[0].target or "").endswith("\n另一个目标。")
    assert board.fields.target.toPlainText().endswith("另一个目标。")


def test_measures_are_edited_added_and_removed(page: PlanReviewPage, qtbot: Any) -> None:
    board = read(page, qtbot, FOUNDING)
    rows = board.fields.measures
    rows.rows[1].count.setText("７")
    rows.rows[0].due.line.setText("2025-3-1")
    problem = board.review.problems[0]
    quantity = problem.measures[1].quantity
    assert quantity is not None
    assert (quantity.count, quantity.total, quantity.due) == (7, 8, problem.measures[1].due)
    assert str(problem.measures[0].due) == "2025-03-01"
    rows.remove(0)
    qtbot.mouseClick(rows.add_button, Qt.MouseButton.LeftButton)
    commit(rows.rows[2].text, "新的措施。")
    assert [m.number for m in board.review.problems[0].measures] == [2, 3, 4]
    assert board.review.problems[0].measures[2] == MeasureDraft(4, "新的措施。")
    board.fields.focus_field("measures", 0)
    assert marked(board).startswith("按照《湖南省钢铁行业")


def test_a_day_that_cannot_be_read_is_said(page: PlanReviewPage, qtbot: Any) -> None:
    board = read(page, qtbot, FOUNDING)
    board.fields.deadline.day.line.setText("2024-13-45")
    board.renew()
    assert "不是日期" in board.fields.fault.text()


def test_only_confirmed_problems_are_taken_in(page: PlanReviewPage, qtbot: Any, answers: Answers) -> None:
    board = read(page, qtbot, SAMPLE)
    assert not page.import_button.isEnabled()
    for row in (1, 4):
        assert board.model.setData(board.model.index(row, 0), Qt.CheckState.Checked, 10)
    assert page.import_button.text() == "导入已确认的2个"
    take_in(page, qtbot)
    ledger = page.session.ledger
    assert count_all(ledger) == 2
    assert [len(find_problems(ledger, n)) for n in (1, 2, 5)] == [0, 1, 1]
    assert page.board is board
    assert board.review.standing(1).words == "与台账一致"
    board.tick_all()
    went: list[Place] = []
    page.go.connect(went.append)
    take_in(page, qtbot)
    assert count_all(ledger) == 16
    assert went == [Place(PageKey.LEDGER)]
    assert page.board is None
    assert answers.asked == []


def test_giving_up_leaves_nothing(page: PlanReviewPage, qtbot: Any, answers: Answers) -> None:
    board = read(page, qtbot, SAMPLE)
    board.fields.text.setPlainText("改了。")
    board.tick_all()
    page.keep()
    page.give_up()
    assert page.board is board
    answers.replies["ask"] = True
    page.give_up()
    assert page.board is None
    assert kept_drafts(page.session.ledger) == ()
    assert (count_all(page.session.ledger), list_units(page.session.ledger)) == (0, ())


def test_the_same_plan_again_shows_what_differs(session: Session, qtbot: Any) -> None:
    held = read_case(session.ledger, find_problems(session.ledger, 5)[0])
    assert held is not None
    p = held.problem
    units = tuple((u.unit_id, u.role) for u in held.units)
    entry = ProblemEntry(
        5, p.text, "台账里的目标。", p.plan_id, p.inspection_id, p.deadline_raw, p.deadline, units=units
    )
    save_problem(session.ledger, held, entry, session.today())
    page = PlanReviewPage(session)
    qtbot.addWidget(page)
    page.show()
    board = read(page, qtbot, FOUNDING)
    assert board.review.standing(0).words == "有3处不同"
    assert board.fields.rows["target"].note.text() == "台账中的整改目标：台账里的目标。"
    board.tick_all()
    take_in(page, qtbot)
    after = read_case(session.ledger, find_problems(session.ledger, 5)[0])
    assert after is not None
    assert after.problem.target.startswith("全面落实")
    session.runner.wait()


def test_an_unknown_unit_is_new_an_alias_or_none(page: PlanReviewPage, qtbot: Any) -> None:
    ledger = page.session.ledger
    save_unit(ledger, "", UnitEntry("衡阳市生态环境局蒸湘分局"), page.session.today())
    board = read(page, qtbot, FOUNDING)
    board.tabs.setCurrentWidget(board.units)
    units = board.units
    assert units.model.rows == ("区生态环境分局",)
    qtbot.mouseClick(units.kinds["alias"], Qt.MouseButton.LeftButton)
    chosen = list_units(ledger)[0]
    assert board.review.aliases() == {"区生态环境分局": chosen.id}
    assert units.model.index(0, 2).data() == "是“衡阳市生态环境局蒸湘分局”的别名"
    board.tick_all()
    take_in(page, qtbot)
    case = read_case(ledger, find_problems(ledger, 5)[0])
    assert case is not None
    assert case.unit_names(UnitRole.LEAD) == ("衡阳市生态环境局蒸湘分局",)
    assert list_units(ledger)[0].aliases == ("区生态环境分局",)


def test_a_name_that_is_no_unit_is_left_out(page: PlanReviewPage, qtbot: Any) -> None:
    board = read(page, qtbot, FOUNDING)
    board.fields.names["assisting_units"].setText("区水利局、以下略")
    board.tabs.setCurrentWidget(board.units)
    at = board.units.model.rows.index("以下略")
    board.units.table.choose_rows((), at)
    qtbot.mouseClick(board.units.kinds["none"], Qt.MouseButton.LeftButton)
    board.tick_all()
    take_in(page, qtbot)
    assert [u.name for u in list_units(page.session.ledger)] == ["区生态环境分局", "区水利局"]


def test_a_name_of_several_units_must_be_decided_first(page: PlanReviewPage, qtbot: Any) -> None:
    ledger = page.session.ledger
    for name in ("蒸湘区生态环境分局", "雁峰区生态环境分局"):
        save_unit(ledger, "", UnitEntry(name), page.session.today())
    board = read(page, qtbot, FOUNDING)
    board.tick_all()
    assert board.review.ticked == set()
    assert "请在“单位”中确定“区生态环境分局”" in board.fields.fault.text()
    board.tabs.setCurrentWidget(board.units)
    assert "蒸湘区生态环境分局、雁峰区生态环境分局" in board.units.near.text()
    qtbot.mouseClick(board.units.kinds["alias"], Qt.MouseButton.LeftButton)
    board.tick_all()
    assert board.review.ticked == {0}


def test_two_problems_with_one_number_must_be_put_right(page: PlanReviewPage, qtbot: Any) -> None:
    board = read(page, qtbot, SAMPLE)
    board.go_to(1, "number")
    board.fields.number.setText("1")
    board.tick_all()
    assert board.review.ticked == set(range(2, 16))
    assert board.review.standing(0).words == "需改正"
    assert board.model.flags(board.model.index(0, 0)) & Qt.ItemFlag.ItemIsUserCheckable == Qt.ItemFlag.NoItemFlags


def test_a_review_survives_the_end_of_the_program(page: PlanReviewPage, qtbot: Any) -> None:
    board = read(page, qtbot, FOUNDING)
    board.fields.target.setPlainText("改过的目标。")
    board.fields.measures.rows[0].due.line.setText("2025-03-01")
    board.fields.deadline.term.choose("long_term")
    board.plan.doc_no.setText("衡蒸办发〔2024〕19号")
    board.model.setData(board.model.index(0, 0), Qt.CheckState.Checked, 10)
    board.loose.dismiss()
    page.keep()
    again = PlanReviewPage(page.session)
    qtbot.addWidget(again)
    again.show()
    assert again.empty.buttons[1].isVisible()
    with qtbot.waitSignal(again.ready, timeout=20_000):
        again.go_on()
    assert again.board is not None
    found = again.board.review
    assert found.problems == board.review.problems
    assert found.plan.doc_no == "衡蒸办发〔2024〕19号"
    assert (found.ticked, found.placed) == ({0}, {0: "不属于任何问题"})
    assert again.board.fields.target.toPlainText() == "改过的目标。"


def test_edits_do_not_go_over_another_text(page: PlanReviewPage, qtbot: Any, tmp_path: Path, answers: Answers) -> None:
    file = tmp_path / "方案.txt"
    file.write_bytes(FOUNDING.read_bytes())
    board = read(page, qtbot, file)
    board.fields.target.setPlainText("改过的目标。")
    page.keep()
    file.write_text(FOUNDING.read_text("utf-8").replace("李嵩", "王芳"), "utf-8")
    again = PlanReviewPage(page.session)
    qtbot.addWidget(again)
    with qtbot.waitSignal(again.ready, timeout=20_000):
        again.go_on()
    assert again.board is not None
    assert again.board.review.problems[0].leaders == ("王芳",)
    assert "已不是上次核对的内容" in answers.texts("tell")[0]


def test_a_file_that_is_no_plan_is_one_sentence(
    page: PlanReviewPage, qtbot: Any, tmp_path: Path, answers: Answers
) -> None:
    file = tmp_path / "通知.txt"
    file.write_text("今天放假。\n" * 50, "utf-8")
    page.open_file(file)
    qtbot.waitUntil(lambda: bool(answers.asked), timeout=20_000)
    page.open_file(tmp_path / "没有.txt")
    qtbot.waitUntil(lambda: len(answers.asked) == 2, timeout=20_000)
    said = answers.texts("tell")
    assert "没有从文件中读出任何问题" in said[0]
    assert "找不到文件" in said[1]
    assert page.stack.currentWidget() is page.empty


def test_a_dropped_file_is_read(page: PlanReviewPage, qtbot: Any) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(FOUNDING))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(page.ready, timeout=20_000):
        page.dropEvent(event)
    assert page.board is not None


def test_every_list_of_the_page_is_a_sound_model(page: PlanReviewPage, qtbot: Any) -> None:
    board = read(page, qtbot, FOUNDING)
    models = (board.model, board.findings.model, board.loose.model, board.units.model)
    testers = [QAbstractItemModelTester(m, QAbstractItemModelTester.FailureReportingMode.Fatal) for m in models]
    board.tick_all()
    board.findings.model.setData(board.findings.model.index(0, 0), Qt.CheckState.Checked, 10)
    board.units.set_review(board.review)
    assert len(testers) == 4
    assert board.model.index(0, 0).data(10) == Qt.CheckState.Checked


def test_rare_characters_do_not_shift_the_marks(qtbot: Any) -> None:
    text = "㐀𠮷𡈽乙\r\n丙𠮷丁"
    offsets = Offsets(text)
    places = [offsets.to_qt(at) for at in range(len(text) + 1)]
    assert places == [len(text[:at].encode("utf-16-le")) // 2 for at in range(len(text) + 1)]
    assert [offsets.from_qt(place) for place in places] == list(range(len(text) + 1))
    view = SourceView()
    qtbot.addWidget(view)
    view.set_source(text)
    assert view.document().characterCount() - 1 == places[-1]


def test_the_smallest_stretch_around_a_place_is_meant(page: PlanReviewPage, qtbot: Any) -> None:
    board = read(page, qtbot, FOUNDING)
    marks, source = marks_of(board.review.original), board.review.original.source
    measure = mark_at(marks, source.index("对企业涉嫌监测数据造假进行核查"))
    label = mark_at(marks, source.index("整改目标：", 3000))
    assert measure is not None
    assert (measure.field, measure.measure) == ("measures", 2)
    assert label is not None
    assert label.field == "number"
    assert mark_at(marks, 0) is None


def test_sixty_problems_stay_fluid(empty_session: Session, qtbot: Any) -> None:
    measures = tuple(MeasureDraft(n, f"第{n}项措施，" + "按期完成整改任务。" * 6) for n in range(1, 9))
    units = tuple(f"区第{n}局" for n in range(60))
    problems = tuple(
        ProblemDraft(
            n, f"第{n}个问题。" * 8, "目标。", measures, lead_units=(units[n - 1],), responsible_units=units[:6]
        )
        for n in range(1, 61)
    )
    draft = PlanDraft("大方案", "江办发〔2026〕9号", problems=problems, source="方案\n" * 3000)
    review = Review(draft, preview_import(empty_session.ledger, draft))
    board = ReviewBoard(review, empty_session.today())
    qtbot.addWidget(board)
    board.resize(980, 500)
    board.show()
    board.tick_all()
    board.go_to(59, "target")
    assert board.fields.number.text() == "60"
    assert len(board.fields.measures.rows) == 8
    assert len(review.confirmed().problems) == 60


def test_nothing_is_clipped_at_either_size(
    page: PlanReviewPage, qtbot: Any, clipped: Callable[[QWidget], list[str]]
) -> None:
    board = read(page, qtbot, SAMPLE)
    board.go_to(4, "text")
    board.fields.text.setPlainText("改过。")
    board.renew()
    for width, height in ((980, 520), (800, 420), (1250, 680)):
        page.resize(width, height)
        for tab in range(board.tabs.count()):
            board.tabs.setCurrentIndex(tab)
            qtbot.waitUntil(lambda: clipped(page) == [], timeout=20_000)
        board.tabs.setCurrentIndex(0)
        qtbot.waitUntil(lambda: board.fields.horizontalScrollBar().maximum() == 0, timeout=20_000)
        assert clipped(page) == []
