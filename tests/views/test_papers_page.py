"""文书: choosing paper and problem, filling in, the preview that follows, many papers at once."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from docx import Document
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QDesktopServices, QFocusEvent, QInputMethodEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.operations.lists import Filter, Sort, read_keys
from desktop.operations.office_settings import save_office_settings
from desktop.operations.opened import Ledger
from desktop.operations.paper.archive import list_archive, reprint
from desktop.operations.paper.drafts import PaperDraft
from desktop.rules.paper import PAPER_GROUPS
from desktop.rules.paper_kinds import PAPERS
from desktop.rules.records import StepAction
from desktop.views.papers import page as papers_page
from desktop.views.papers.page import PapersPage
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from desktop.views.tables.columns import DISPLAY
from desktop.views.tables.tick_table import CHECK, TickModel
from tests.views.conftest import Answers
from tests.views.problem_five import TODAY, finish_measures, five, new_sample, step


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """The sample plan of sixteen problems, and what the office writes on its papers."""
    made = new_sample(tmp_path / "蒸湘区台账")
    save_office_settings(made, {"signers": "罗区长", "contact": "李明", "phone": "0734-8888888"}, TODAY, "李明")
    yield made
    made.close()


@pytest.fixture
def page(session: Session, qtbot: Any) -> Iterator[PapersPage]:
    made = PapersPage(session)
    qtbot.addWidget(made)
    made.resize(960, 520)
    made.show()
    qtbot.waitUntil(lambda: bool(made.chooser.kinds), timeout=20_000)
    yield made
    session.runner.wait()
    made.preview.pictures.close()


@pytest.fixture
def shown(page: PapersPage, session: Session, qtbot: Any) -> PapersPage:
    """The page with the 销号请示 of problem 5."""
    page.show_place(Place(PageKey.PAPERS, five(session.ledger).problem.id, paper="closure_request"))
    settle(page, qtbot)
    return page


def settle(page: PapersPage, qtbot: Any) -> None:
    """Wait until the paper that is wanted is there and nothing runs."""
    QTest.qWait(papers_page.WAIT_MS + 60)
    qtbot.waitUntil(lambda: not (page.session.runner.is_busy or page.preview.pictures.is_busy), timeout=20_000)
    QTest.qWait(20)


def text_of(page: PapersPage) -> str:
    assert page.preview.printed is not None
    document = pypdfium2.PdfDocument(page.preview.printed.data)
    pages = [document[at].get_textpage().get_text_range() for at in range(len(document))]
    return "".join("".join(pages).split())


def type_chinese(widget: QWidget, text: str) -> None:
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def test_every_paper_is_offered_and_a_problem_asked_for(page: PapersPage, qtbot: Any) -> None:
    papers = page.chooser.papers
    words = [papers.item(at).text().strip() for at in range(papers.count())]
    assert words[:3] == ["台账", "整改清单（全部问题）", "整改台账（全部问题）"]
    assert [group for group in PAPER_GROUPS if group not in words] == []
    assert {kind.name for kind in PAPERS} <= {word.removesuffix("（全部问题）") for word in words}
    assert page.chooser.list.key == "closure_request"
    settle(page, qtbot)
    assert page.preview.nothing.title.text() == "请选择一个问题"
    assert not page.chooser.options.isVisible()
    page.chooser.list.choose("merged_ledger")
    page.chooser.chosen.emit()
    settle(page, qtbot)
    for key in (kind.key for kind in PAPERS if kind.per == "problem"):
        page.chooser.list.choose(key)
        page.chooser.chosen.emit()
        page._make()
        assert page.preview.nothing.title.text() == "请选择一个问题"


def test_the_list_of_papers_is_narrowed_by_typing(page: PapersPage) -> None:
    chooser = page.chooser
    type_chinese(chooser.list.line, "督办")
    items = [chooser.papers.item(at) for at in range(chooser.papers.count())]
    shown = [item.text().strip() for item in items if not item.isHidden()]
    assert shown == [
        "督办",
        "催报单",
        "提醒函",
        "督办函",
        "督办单",
        "专项督查通知",
        "通报（全部问题）",
        "约谈通知",
        "约谈纪要",
        "挂牌督办通知",
        "解除挂牌督办通知",
    ]
    QTest.keyClick(chooser.list.line, Qt.Key.Key_Return)
    assert chooser.list.key == "call_slip"


def test_a_paper_asks_for_what_only_the_clerk_knows(page: PapersPage, session: Session, qtbot: Any) -> None:
    page.show_place(Place(PageKey.PAPERS, five(session.ledger).problem.id, paper="reminder_letter"))
    settle(page, qtbot)
    options = page.chooser.options
    assert list(options.questions.lines) == ["reply_by"]
    assert options.lines["main"].text() == "蒸湘区整改办"
    assert "请于＿＿＿＿年＿＿月＿＿日前书面反馈我办" in text_of(page)
    options.questions.lines["reply_by"].setText("2026-12-10")
    settle(page, qtbot)
    assert "请于2026年12月10日前书面反馈我办" in text_of(page)
    page.show_place(Place(PageKey.PAPERS, paper="self_check"))
    assert options.questions.lines == {}


def test_a_notice_is_printed_in_the_layout_that_is_chosen(page: PapersPage, session: Session, qtbot: Any) -> None:
    page.show_place(Place(PageKey.PAPERS, five(session.ledger).problem.id, paper="public_notice"))
    settle(page, qtbot)
    assert "拟办结销号时间" in text_of(page)
    layouts = page.chooser.options.layouts
    layouts.setCurrentIndex(layouts.findData("suzhou"))
    layouts.activated.emit(layouts.currentIndex())
    settle(page, qtbot)
    assert "二、整改实施主体" in text_of(page)
    layouts.setCurrentIndex(layouts.findData("lukou"))
    layouts.activated.emit(layouts.currentIndex())
    settle(page, qtbot)
    assert list(page.chooser.options.questions.lines) == ["address"]
    assert "销号意见" in text_of(page)


def test_a_month_that_is_none_is_said_beside_the_fields(page: PapersPage) -> None:
    page.show_place(Place(PageKey.PAPERS, paper="monthly_dispatch"))
    options = page.chooser.options
    assert options.lines["month"].text() == "2026-11"
    options.lines["month"].setText("2026-13")
    assert "2026-11" in options.fault.text()
    assert options.draft().month == ""


def test_a_place_chooses_paper_and_problem_and_the_preview_follows(shown: PapersPage) -> None:
    assert shown.chooser.picker.line.text().startswith("5　江澜特钢")
    assert "关于申请第二轮省生态环境保护督察反馈第五项问题销号的请示" in text_of(shown)
    assert shown.file_name() == "销号请示_问题5.pdf"
    assert {"print", "save", "export", "find"} <= shown.commands().keys()


def test_fields_are_filled_from_the_settings_and_printed(shown: PapersPage) -> None:
    lines = shown.chooser.options.lines
    assert (lines["signers"].text(), lines["contact"].text()) == ("罗区长", "李明")
    assert (lines["main"].text(), lines["joint"].text()) == ("中共蒸湘区委员会", "蒸湘区人民政府")
    assert "罗区长" in text_of(shown)
    assert "0734-8888888" in text_of(shown)


def test_what_is_typed_is_seen_on_the_paper(shown: PapersPage, qtbot: Any) -> None:
    options = shown.chooser.options
    assert options.is_draft.isChecked()
    assert not options.lines["doc_no"].isEnabled()
    qtbot.mouseClick(options.is_draft, Qt.MouseButton.LeftButton)
    assert options.day.day() == TODAY
    type_chinese(options.lines["doc_no"], "江政〔2026〕31号")
    options.lines["joint"].clear()
    options.lines["signers"].clear()
    settle(shown, qtbot)
    text = text_of(shown)
    assert "江政〔2026〕31号" in text
    assert "2026年11月23日" in text
    assert "蒸湘区人民政府" not in text.split("关于申请")[0]
    assert "罗区长" not in text


def test_a_date_that_cannot_be_read_is_said_beside_the_field(shown: PapersPage, qtbot: Any) -> None:
    options = shown.chooser.options
    options.is_draft.setChecked(False)
    options.day.line.setText("2026-13-45")
    assert "不是日期" in options.fault.text()
    assert options.draft().on is None
    options.is_draft.setChecked(True)
    assert options.fault.isHidden()


def test_number_and_date_of_the_application_are_taken_from_its_step(
    session: Session, page: PapersPage, qtbot: Any
) -> None:
    finish_measures(session.ledger)
    step(session.ledger, StepAction.SELF_CHECK, date(2026, 9, 1), "已自查", result="合格")
    step(session.ledger, StepAction.APPLY, date(2026, 10, 8), "申请销号", doc_no="江政〔2026〕25号")
    problem = five(session.ledger).problem.id
    page.show_place(Place(PageKey.PAPERS, problem, paper="closure_request"))
    options = page.chooser.options
    assert options.lines["doc_no"].text() == "江政〔2026〕25号"
    assert options.day.day() == date(2026, 10, 8)
    assert not options.is_draft.isChecked()
    options.is_draft.setChecked(True)
    settle(page, qtbot)
    assert "江政〔2026〕25号" not in text_of(page)
    page.chooser.picker.step(1)
    assert options.lines["doc_no"].text() == ""
    assert options.is_draft.isChecked()


def test_the_dates_of_a_registered_notice_cannot_be_typed_over(session: Session, page: PapersPage) -> None:
    page.show_place(Place(PageKey.PAPERS, five(session.ledger).problem.id, paper="public_notice"))
    options = page.chooser.options
    assert options.rows.isRowVisible(options.day)
    assert options.day.day() == TODAY
    step(session.ledger, StepAction.NOTICE, date(2026, 9, 28), "公示", url="区政府网站")
    page.refresh()
    assert not options.rows.isRowVisible(options.day)
    assert options.note.text().startswith("公示已登记，按登记的日期打印：2026年9月28日至")


def test_what_the_clerk_typed_for_the_office_stays_for_the_next_problem(shown: PapersPage) -> None:
    options = shown.chooser.options
    type_chinese(options.lines["contact"], "和王芳")
    options.lines["doc_no"].setText("江政〔2026〕31号")
    shown.chooser.picker.step(1)
    assert shown.chooser.picker.line.text().startswith("6　")
    assert options.lines["contact"].text().count("王芳") == 1
    assert options.lines["doc_no"].text() == ""


def test_a_change_of_the_ledger_is_on_the_paper(shown: PapersPage, session: Session, qtbot: Any) -> None:
    save = lambda: save_office_settings(session.ledger, {"phone": "0734-1111111"}, TODAY, "李明")  # noqa: E731
    session.do(save)
    settle(shown, qtbot)
    assert "0734-1111111" in text_of(shown)


def test_a_busy_runner_delays_the_preview_and_loses_nothing(page: PapersPage, session: Session, qtbot: Any) -> None:
    waiting = [True]

    def job(report: Any) -> object:
        while waiting[0]:
            QTest.qSleep(5)
        return None

    session.runner.start("备份", job, lambda _: None, lambda _: None)
    page.show_place(Place(PageKey.PAPERS, five(session.ledger).problem.id, paper="self_check"))
    QTest.qWait(papers_page.WAIT_MS + 80)
    assert page.preview.nothing.title.text() == "正在备份，完成后生成预览…"
    waiting[0] = False
    qtbot.waitUntil(lambda: page.preview.printed is not None, timeout=20_000)
    settle(page, qtbot)
    assert "自查自验" in text_of(page)


def test_a_refusal_stands_where_the_paper_would(empty_session: Session, qtbot: Any) -> None:
    page = PapersPage(empty_session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: bool(page.chooser.kinds), timeout=20_000)
    page.show_place(Place(PageKey.PAPERS, paper="merged_ledger"))
    settle(page, qtbot)
    assert page.preview.nothing.title.text().startswith("台账里还没有问题")
    assert page.preview.nothing.buttons[0].text() == "再试一次"


def test_a_paper_of_very_many_problems_is_made_when_asked_for(
    page: PapersPage, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    monkeypatch.setattr(papers_page, "LARGE", 10)
    page.show_place(Place(PageKey.PAPERS, paper="merged_ledger"))
    settle(page, qtbot)
    assert page.preview.printed is None
    qtbot.mouseClick(page.preview.nothing.buttons[0], Qt.MouseButton.LeftButton)
    settle(page, qtbot)
    assert "整改台账" in text_of(page)


def test_a_problem_is_found_by_typing_and_taken_with_enter(page: PapersPage, qtbot: Any) -> None:
    picker = page.chooser.picker
    picker.line.setFocus()
    type_chinese(picker.line, "收集池破损")
    qtbot.waitUntil(lambda: picker.completer.popup().isVisible(), timeout=20_000)
    assert [row.number for row in picker.model.rows] == [1]
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert picker.line.text().startswith("1　澄溪镇")
    assert page.chooser.case is not None
    assert page.chooser.case.problem.number == 1


def test_words_that_name_no_problem_give_way_to_the_chosen_one(shown: PapersPage) -> None:
    picker = shown.chooser.picker
    chosen = picker.line.text()
    picker.line.setText("没有这样的问题")
    QTest.keyClick(picker.line, Qt.Key.Key_Return)
    assert picker.chosen == five(shown.session.ledger).problem.id
    QApplication.sendEvent(picker.line, QFocusEvent(QEvent.Type.FocusOut))
    assert picker.line.text() == chosen


def test_saving_proposes_the_name_of_the_paper(shown: PapersPage, answers: Answers, tmp_path: Path) -> None:
    answers.replies["save"] = lambda title, name: str(tmp_path / name)
    shown.commands()["save"]()
    assert shown.preview.printed is not None
    assert (tmp_path / "销号请示_问题5.pdf").read_bytes() == shown.preview.printed.data


def test_a_batch_makes_a_folder_and_says_what_to_look_at(
    page: PapersPage, session: Session, answers: Answers, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.many.click()
    batch = page.batch
    assert not batch.make_button.isEnabled()
    batch.tick_paper("closure_request")
    batch.tick_paper("task_list")
    assert batch.counts.text() == "已选0个问题，将生成1份文书"
    batch.model.tick([0, 4], True)
    assert batch.counts.text() == "已选2个问题，将生成3份文书"
    answers.replies["folder"] = str(tmp_path / "出")
    qtbot.mouseClick(batch.make_button, Qt.MouseButton.LeftButton)
    assert session.can_write
    qtbot.waitUntil(lambda: batch.made.folder is not None, timeout=20_000)
    assert batch.made.folder is not None
    names = sorted(file.name for file in batch.made.folder.iterdir())
    assert names == ["整改清单.pdf", "销号请示_问题1.pdf", "销号请示_问题5.pdf"]
    qtbot.waitUntil(lambda: len(list_archive(session.ledger)) == 3 and not session.runner.is_busy, timeout=20_000)
    assert {paper.file for paper in list_archive(session.ledger)} == set(names)
    assert batch.made.told.text().startswith("已生成3份文书")
    assert "销号请示（问题5）：" in batch.made.warnings.toPlainText()
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    qtbot.mouseClick(batch.made.open_button, Qt.MouseButton.LeftButton)
    assert opened == [str(batch.made.folder)]


def test_a_cancelled_batch_leaves_nothing_and_says_so(
    page: PapersPage, session: Session, answers: Answers, qtbot: Any, tmp_path: Path
) -> None:
    page.many.click()
    page.batch.tick_paper("self_check")
    page.batch.all_button.click()
    assert page.batch.counts.text() == "已选16个问题，将生成16份文书"
    answers.replies["folder"] = str(tmp_path / "出")
    page.batch.make()
    session.runner.cancel()
    qtbot.waitUntil(lambda: not session.runner.is_busy, timeout=20_000)
    assert page.batch.made.told.text() == "已取消，没有留下半成品。"
    assert list((tmp_path / "出").glob("*")) == []


def test_ticks_outlive_the_filter_and_follow_the_space_bar(page: PapersPage) -> None:
    page.many.click()
    batch = page.batch
    batch.table.choose_rows([1, 2], 1)
    QTest.keyClick(batch.table, Qt.Key.Key_Space)
    batch.model.show_only(Filter(text="江澜特钢"))
    assert batch.model.rowCount() == 1
    batch.model.tick([0], True)
    batch.model.show_only(Filter())
    order = read_keys(page.session.ledger, Filter(), Sort(), TODAY).ids()
    assert batch.model.ticked_problems() == (order[1], order[2], order[4])
    batch.table.choose_rows([1, 2], 1)
    QTest.keyClick(batch.table, Qt.Key.Key_Space)
    assert batch.model.ticked_problems() == (order[4],)
    batch.none_button.click()
    assert batch.counts.text() == "已选0个问题"


def test_a_click_on_the_box_ticks_one_problem(page: PapersPage, qtbot: Any) -> None:
    page.many.click()
    table = page.batch.table
    QTest.qWait(20)
    box = table.visualRect(page.batch.model.index(2, 0))
    place = box.topLeft()
    place.setX(box.left() + 12)
    place.setY(box.center().y())
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.batch.model.index(2, 0).data(CHECK) == Qt.CheckState.Checked


def test_the_model_with_ticks_is_a_sound_model(ledger: Ledger) -> None:
    model = TickModel(ledger, lambda: TODAY)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show_only(Filter())
    assert model.rowCount() == 16
    assert model.data(model.index(4, 0), DISPLAY) == "5"
    assert not model.setData(model.index(4, 1), Qt.CheckState.Checked, CHECK)
    assert model.setData(model.index(4, 0), Qt.CheckState.Checked, CHECK)
    model.show_only(Filter(text="江澜特钢"))
    assert tester.model() is model


def test_a_draft_names_what_was_left_empty(shown: PapersPage) -> None:
    options = shown.chooser.options
    options.lines["contact"].clear()
    draft = options.draft()
    assert isinstance(draft, PaperDraft)
    assert set(draft.blank) == {"doc_no", "on", "contact"}


@pytest.mark.parametrize("size", [(1230, 690), (960, 520), (780, 420)])
def test_nothing_is_clipped(
    shown: PapersPage, size: tuple[int, int], clipped: Callable[[QWidget], list[str]], qtbot: Any
) -> None:
    shown.resize(*size)
    QTest.qWait(30)
    assert clipped(shown) == []
    shown.many.click()
    QTest.qWait(30)
    assert clipped(shown) == []
    assert (shown.width(), shown.height()) == size


def test_every_field_has_a_name_for_the_screen_reader(shown: PapersPage) -> None:
    options, bar = shown.chooser.options, shown.preview.bar
    parts = [shown.chooser.papers, shown.chooser.picker.line, *options.fields.values(), bar.number, bar.zoom]
    parts += [bar.before, bar.after, bar.smaller, bar.larger, bar.two, bar.finder, shown.preview.view]
    assert all(part.accessibleName() for part in parts)


def test_the_next_number_is_offered_when_the_paper_is_no_draft_any_more(
    shown: PapersPage, session: Session, qtbot: Any
) -> None:
    save_office_settings(session.ledger, {"series": "蒸区委"}, TODAY, "李明")
    shown.refresh()
    options = shown.chooser.options
    assert options.lines["doc_no"].placeholderText() == "下一个号 蒸区委〔2026〕1号"
    qtbot.mouseClick(options.is_draft, Qt.MouseButton.LeftButton)
    assert options.lines["doc_no"].text() == "蒸区委〔2026〕1号"
    settle(shown, qtbot)
    assert "蒸区委〔2026〕1号" in text_of(shown)


def test_a_slip_in_the_number_is_mended_and_what_is_none_is_told(shown: PapersPage, qtbot: Any) -> None:
    options = shown.chooser.options
    qtbot.mouseClick(options.is_draft, Qt.MouseButton.LeftButton)
    line = options.lines["doc_no"]
    line.setText("蒸区委[2026]第09号")
    line.editingFinished.emit()
    assert line.text() == "蒸区委〔2026〕9号"
    line.setText("九号文")
    line.editingFinished.emit()
    assert options.fault.text().startswith("文号应由发文代字、年份、序号组成")


def test_what_is_saved_is_kept_with_its_number_and_saved_again_kept_once(
    shown: PapersPage, session: Session, answers: Answers, qtbot: Any, tmp_path: Path
) -> None:
    options = shown.chooser.options
    qtbot.mouseClick(options.is_draft, Qt.MouseButton.LeftButton)
    options.lines["doc_no"].setText("蒸区委〔2026〕57号")
    settle(shown, qtbot)
    answers.replies["save"] = str(tmp_path / "请示.pdf")
    shown.save()
    assert answers.texts("text")[0].startswith("下列事项需要说明理由，理由留在发文登记里：")
    assert not (tmp_path / "请示.pdf").exists()
    assert list_archive(session.ledger) == ()
    answers.replies["text"] = "区委办公室统一编号"
    shown.save()
    shown.save()
    (paper,) = list_archive(session.ledger)
    assert (paper.doc_no, paper.is_draft) == ("蒸区委〔2026〕57号", False)
    assert reprint(session.ledger, paper).data == (tmp_path / "请示.pdf").read_bytes()
    assert options.number.suggested == "蒸区委〔2026〕58号"


def test_register_and_archive_are_sides_of_the_page(shown: PapersPage, session: Session) -> None:
    shown.show_place(Place(PageKey.PAPERS, part="archive"))
    assert shown.stack.currentWidget() is shown.archive
    assert not shown.preview.buttons.isVisible()
    assert shown.keep()
    assert shown.archive.model.rowCount() == 1
    shown.show_place(Place(PageKey.PAPERS, part="register"))
    assert shown.stack.currentWidget() is shown.register
    shown.show_place(Place(PageKey.PAPERS, five(session.ledger).problem.id, paper="self_check"))
    assert shown.one.isChecked()


def test_a_ledger_that_can_only_be_read_lets_the_paper_go_and_says_so(
    shown: PapersPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    session.told.connect(told.append)
    monkeypatch.setattr(type(session.ledger), "writable", property(lambda _: False))
    assert shown.keep()
    assert told == ["台账现在只能查看，这次的文书没有存入档案。"]
    assert list_archive(session.ledger) == ()


def test_the_shown_paper_is_saved_for_word_and_kept(
    shown: PapersPage, session: Session, answers: Answers, qtbot: Any, tmp_path: Path
) -> None:
    button = shown.preview.buttons.word_button
    assert button.isVisible()
    answers.replies["save"] = str(tmp_path / "请示")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(shown, qtbot)
    assert answers.texts("save") == ["保存为Word"]
    found = Document(tmp_path / "请示.docx")
    assert "妥否，请批示。" in [paragraph.text for paragraph in found.paragraphs]
    assert [paper.file for paper in list_archive(session.ledger)] == ["销号请示_问题5.docx"]


def test_cancelled_saving_for_word_makes_nothing(shown: PapersPage, session: Session, answers: Answers) -> None:
    answers.replies["save"] = ""
    shown.save_as_word()
    assert not session.runner.is_busy
    assert not list_archive(session.ledger)


def test_a_batch_is_made_for_word(shown: PapersPage, session: Session, answers: Answers, tmp_path: Path) -> None:
    shown.many.setChecked(True)
    batch = shown.batch
    batch.tick_paper("self_check")
    batch.model.tick(range(2), True)
    batch.kind.setCurrentIndex(1)
    answers.replies["folder"] = str(tmp_path / "出")
    batch.make()
    session.runner.wait()
    QApplication.processEvents()
    assert batch.made.folder is not None
    assert sorted(file.suffix for file in batch.made.folder.iterdir()) == [".docx", ".docx"]
    session.runner.wait()
