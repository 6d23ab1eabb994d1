"""一问一档: the whole case on one page, jumps to forms, proof, voiding, undo."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QWidget

from desktop.operations.closure import take_step
from desktop.operations.drafts import kept_draft
from desktop.operations.evidence_view import original_of
from desktop.operations.objections import save_objection
from desktop.operations.opened import Ledger
from desktop.operations.paper.archive import list_archive
from desktop.operations.problems import save_measure
from desktop.operations.progress import report_progress
from desktop.rules.entries import MeasureEntry, ObjectionEntry, ProgressEntry, StepEntry
from desktop.rules.records import Gate, StepAction
from desktop.store.read_cases import all_problems
from desktop.store.writer import writing
from desktop.views import questions
from desktop.views.case.menu import menu_entries
from desktop.views.case.page import CasePage
from desktop.views.entries.case import enter_evidence
from desktop.views.entries.dialog import EntryDialog
from desktop.views.papers import archive_actions
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from tests.in_front import in_front
from tests.operations.test_archive import keep
from tests.views.problem_five import TODAY, add_files, five, new_sample, picture, step, to_notice


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """The sample plan instead of the founding one."""
    made = new_sample(tmp_path / "台账")
    yield made
    made.close()


@pytest.fixture
def page(session: Session, qtbot: Any) -> CasePage:
    made = CasePage(session)
    qtbot.addWidget(made)
    made.resize(943, 554)
    return made


def opened(page: CasePage, part: str = "") -> CasePage:
    """The page showing problem five."""
    page.show()
    page.show_place(Place(PageKey.CASE, five(page.session.ledger).problem.id, part))
    return page


@pytest.fixture
def dialogs(monkeypatch: pytest.MonkeyPatch, qtbot: Any) -> list[Callable[[QDialog], bool]]:
    """What is done with each dialog that opens, in turn."""
    acts: list[Callable[[QDialog], bool]] = []

    def run(dialog: QDialog) -> bool:
        dialog.show()
        return acts.pop(0)(dialog)

    monkeypatch.setattr(questions, "run_dialog", run)
    return acts


def texts(page: CasePage) -> str:
    """Everything the sections say."""
    labels = (page.header.text, page.header.facts, page.progress.words, page.steps.words, page.stages.words)
    measures = [page.measures._grid.itemAt(at).widget() for at in range(page.measures._grid.count())]  # noqa: SLF001
    return " ".join(part.text() for part in (*labels, *measures) if hasattr(part, "text"))


def test_without_a_problem_the_page_says_where_to_find_one(page: CasePage) -> None:
    page.show()
    assert "台账" in page.empty.hint.text()
    assert not page.header.isVisible()


def test_one_page_shows_text_deadline_measures_and_units(page: CasePage) -> None:
    case = five(opened(page).session.ledger)
    shown = texts(page)
    assert case.problem.text in shown
    assert all(measure.text in shown for measure in case.measures)
    assert all(unit.name in shown for unit in case.units)
    assert "逾期" in page.bar.left.text()
    assert page.bar.left.property("tone") == "late"


def test_the_page_follows_what_is_saved_elsewhere(page: CasePage, session: Session) -> None:
    opened(page)
    entry = ProgressEntry("收尘设备已到货", measure=1, percent=40)
    session.do(lambda: report_progress(session.ledger, five(session.ledger), entry, TODAY, "李明"))
    assert "收尘设备已到货" in page.progress.words.text()
    assert "40%" in page.progress.words.text()


@pytest.mark.parametrize(("measures", "shown"), [(3, 4), (10, 2), (30, 1)])
def test_the_latest_months_stand_there_at_first_and_all_when_asked(
    page: CasePage, session: Session, measures: int, shown: int
) -> None:
    case, ledger = five(session.ledger), session.ledger
    with writing(ledger, "李明", TODAY) as writer:
        for month in ("2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10"):
            for at in range(measures):
                entry = {"problem": case.problem.id, "month": month, "on": f"{month}-20", "text": f"第{at}处已开工"}
                writer.new("progress", entry, scope=case.problem.id)
    opened(page)
    assert page.progress.words.text().count("<table") == shown
    assert page.progress.more_button.isVisible()
    page.progress.more_button.click()
    assert page.progress.words.text().count("<table") == 6
    assert not page.progress.more_button.isVisible()


def test_the_page_is_never_wider_than_its_window(page: CasePage) -> None:
    page.resize(900, 600)
    opened(page)
    assert page.body.minimumSizeHint().width() <= 900
    assert page.papers.minimumSizeHint().width() <= 900


def test_the_gates_say_what_the_next_one_lacks(page: CasePage, session: Session) -> None:
    to_notice(session.ledger)
    opened(page)
    states = {state.gate: state for state in page.step_bar.states}
    assert states[Gate.ACCEPT].words == "2026年11月12日已办"
    assert "还有2天" in states[Gate.NOTICE].sentence
    assert any("公示网页截图" in words for words in states[Gate.FILE].lacks)
    assert page.bar.next_button.text() == "登记备案…"


def test_a_place_with_a_gate_focuses_it_and_enter_opens_its_form(
    page: CasePage, dialogs: list[Callable[[QDialog], bool]], qtbot: Any
) -> None:
    seen: list[str] = []
    dialogs.append(lambda dialog: bool(seen.append(dialog.windowTitle())))
    in_front(qtbot, page)
    opened(page, "self_check")
    qtbot.waitUntil(lambda: page.step_bar.buttons[Gate.SELF_CHECK].hasFocus())
    QTest.keyClick(page.step_bar.buttons[Gate.SELF_CHECK], Qt.Key.Key_Return)
    assert seen == ["登记自查自验"]


@pytest.mark.parametrize("part", ["measures", "evidence", "history"])
def test_a_place_with_a_part_brings_it_into_sight(page: CasePage, part: str, qtbot: Any) -> None:
    opened(page, part)
    section, bar = page.sections[part], page.scroller.verticalScrollBar()

    def is_in_front() -> bool:
        return bar.value() > 0 and bar.value() == min(section.y() - 6, bar.maximum())

    qtbot.waitUntil(is_in_front, timeout=20_000)


def test_a_return_stands_on_top_with_its_demands(page: CasePage, session: Session) -> None:
    step(session.ledger, StepAction.SELF_CHECK, date(2026, 11, 2))
    step(session.ledger, StepAction.RETURN, date(2026, 11, 6), "补齐竣工资料", "佐证不足")
    opened(page)
    assert page.banner.isVisible()
    assert "佐证不足" in page.banner.words.text()
    assert "补充整改要求：补齐竣工资料。" in page.banner.words.text()


def test_overridden_warnings_show_with_their_reason(page: CasePage, session: Session) -> None:
    step(session.ledger, StepAction.SELF_CHECK, date(2026, 11, 2), reason="现场已核实")
    shown = opened(page).steps.words.text()
    assert "措施尚未报告完成" in shown
    assert "继续办理的理由：现场已核实。" in shown


def test_pictures_come_in_small_after_the_page(page: CasePage, session: Session, tmp_path: Path, qtbot: Any) -> None:
    add_files(session.ledger, 5, (picture(tmp_path, "整改前.jpg", "red"), picture(tmp_path, "整改后.jpg", "green")))
    model = opened(page).evidence.model
    first = five(session.ledger).evidence[0]
    assert model.picture(first) is None
    qtbot.waitUntil(lambda: model.picture(first) is not None, timeout=20_000)
    assert page.evidence.pairs[0].before == first
    assert "整改前后对比1组" in page.evidence.remark.text()


def test_a_missing_file_is_a_visible_state(page: CasePage, session: Session, tmp_path: Path) -> None:
    add_files(session.ledger, 5, (picture(tmp_path, "现场.jpg", "red"),))
    original_of(session.ledger, five(session.ledger).evidence[0]).unlink()
    evidence = opened(page).evidence
    assert evidence.lost.isVisible()
    assert evidence.lost.text() == "缺附件1件"
    assert ("缺附件", "late") in evidence.model.tiles[0].tags()
    evidence.choose("missing")
    assert len(evidence.model.tiles) == 1


def test_the_same_picture_under_another_problem_is_flagged(
    page: CasePage, session: Session, tmp_path: Path, qtbot: Any
) -> None:
    shared = picture(tmp_path, "现场.jpg", "red")
    add_files(session.ledger, 5, (shared,))
    add_files(session.ledger, 6, (shared,))
    opened(page)
    qtbot.waitUntil(lambda: page.elsewhere != {})
    assert "与问题6的佐证材料完全相同" in page.evidence.model.tiles[0].sentence()


def test_files_dropped_on_the_page_open_the_form_with_them(
    page: CasePage, session: Session, tmp_path: Path, dialogs: list[Callable[[QDialog], bool]], qtbot: Any
) -> None:
    def save(dialog: QDialog) -> bool:
        assert isinstance(dialog, EntryDialog)
        dialog.form.submit()
        return True

    dialogs.append(save)
    opened(page)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(picture(tmp_path, "现场.jpg", "red"))])
    buttons, keys, copy = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPointF(50, 300).toPoint(), copy, mime, buttons, keys)
    page.dragEnterEvent(enter)
    assert enter.isAccepted()
    page.dropEvent(QDropEvent(QPointF(50, 300), copy, mime, buttons, keys))
    qtbot.waitUntil(lambda: bool(five(session.ledger).evidence))
    assert page.evidence.model.tiles[0].piece.name == "现场.jpg"


def test_a_record_is_voided_only_with_a_reason(page: CasePage, session: Session, answers: Any) -> None:
    entry = ProgressEntry("填错了", measure=1, percent=90)
    session.do(lambda: report_progress(session.ledger, five(session.ledger), entry, TODAY, "李明"))
    row = five(session.ledger).progress[0].id
    opened(page)
    page.progress.words.linkActivated.emit(f"void:{row}")
    assert five(session.ledger).progress
    answers.replies["text"] = "填错问题"
    page.progress.words.linkActivated.emit(f"void:{row}")
    assert five(session.ledger).progress == ()
    assert "2026年11月措施1的进展" in answers.texts("text")[-1]


def test_the_last_step_is_undone_in_words(page: CasePage, session: Session, answers: Any, qtbot: Any) -> None:
    opened(page)
    entry = ProgressEntry("填错了", measure=1, percent=90)
    session.do(lambda: report_progress(session.ledger, five(session.ledger), entry, TODAY, "李明"))
    qtbot.waitUntil(lambda: page.history.undo_button.isVisible())
    answers.replies["ask"] = True
    page.history.undo_button.click()
    assert five(session.ledger).progress == ()
    assert "新增进展" in answers.texts("ask")[0]


def test_a_notice_that_was_objected_to_offers_the_register_instead(page: CasePage, session: Session) -> None:
    to_notice(session.ledger)
    opened(page)
    shown = lambda: {key for key, button in page.papers.buttons.items() if not button.isHidden()}  # noqa: E731
    assert shown() == {"no_objection", "filing_letter"}
    raised = ObjectionEntry(TODAY, "仍有异味")
    session.do(lambda: save_objection(session.ledger, five(session.ledger), "", raised, TODAY))
    assert shown() == {"objection_register", "filing_letter"}


def test_a_paper_button_leads_to_its_preview(page: CasePage, session: Session, qtbot: Any) -> None:
    opened(page)
    qtbot.waitUntil(lambda: "closure_request" in page.papers.buttons, timeout=20_000)
    with qtbot.waitSignal(page.go) as blocker:
        page.papers.buttons["closure_request"].click()
    place = blocker.args[0]
    assert (place.page, place.paper, place.problem_id) == (PageKey.PAPERS, "closure_request", page.problem_id)


def test_a_closed_case_is_locked_but_can_be_reopened(page: CasePage, session: Session) -> None:
    ledger = session.ledger
    to_notice(ledger)
    later = Session(ledger, "李明", lambda: date(2026, 12, 1))
    filing = StepEntry(StepAction.FILE, date(2026, 11, 27), reason="材料后补")
    take_step(ledger, five(ledger), filing, date(2026, 12, 1), "李明")
    page.session = later
    opened(page)
    assert page.bar.state.text() == "已销号备案"
    assert not page.header.edit_button.isEnabled()
    assert "作废" not in page.steps.words.text()
    assert page.case is not None
    possible = {words for words, can, _ in menu_entries(later, page.case) if can}
    assert possible == {"登记公开…", "登记重新整改…", "登记回头看…"}


def test_an_unsaved_entry_stays_as_a_draft_and_is_offered_again(
    page: CasePage, session: Session, answers: Any, dialogs: list[Callable[[QDialog], bool]]
) -> None:
    def write_and_leave(dialog: QDialog) -> bool:
        assert isinstance(dialog, EntryDialog)
        dialog.form.text.setPlainText("设备安装完成一半")
        dialog.reject()
        return False

    taken: list[str] = []

    def look(dialog: QDialog) -> bool:
        assert isinstance(dialog, EntryDialog)
        taken.append(dialog.form.text.toPlainText())
        dialog.form.submit()
        return True

    dialogs.extend((write_and_leave, look))
    opened(page).bar.progress_button.click()
    assert kept_draft(session.ledger, "progress", page.problem_id)["text"] == "设备安装完成一半"
    answers.replies["ask"] = True
    page.bar.progress_button.click()
    assert taken == ["设备安装完成一半"]
    assert kept_draft(session.ledger, "progress", page.problem_id) == {}
    assert five(session.ledger).progress[0].text == "设备安装完成一半"


@pytest.mark.parametrize("size", [(943, 554), (1216, 708), (780, 452)])
def test_nothing_is_clipped_at_any_size(
    page: CasePage, session: Session, size: tuple[int, int], clipped: Callable[[QWidget], list[str]], qtbot: Any
) -> None:
    to_notice(session.ledger)
    page.resize(*size)
    opened(page)
    qtbot.waitUntil(lambda: clipped(page) == [], timeout=20_000)
    assert page.scroller.horizontalScrollBar().maximum() == 0


def test_everything_a_hand_can_press_has_a_name(page: CasePage) -> None:
    opened(page)
    unnamed = [b for b in page.findChildren(QAbstractButton) if b.isVisible() and not (b.accessibleName() or b.text())]
    assert [b for b in unnamed if b.objectName() != "qt_spinbox_lineedit"] == []


def test_what_was_printed_before_is_listed_and_can_be_opened_anew_or_signed(
    page: CasePage, session: Session, monkeypatch: pytest.MonkeyPatch, qtbot: Any
) -> None:
    keep(session.ledger, doc_no="蒸区委〔2026〕1号", on=TODAY)
    opened(page, "papers")
    qtbot.waitUntil(lambda: "蒸区委〔2026〕1号" in page.papers.archive.text(), timeout=5_000)
    (paper,) = list_archive(session.ledger)
    assert "未签章" in page.papers.archive.text()
    assert "看签章件" not in page.papers.archive.text()
    done: list[tuple[str, str]] = []
    monkeypatch.setattr(archive_actions, "open_original", lambda _, paper: done.append(("open", paper.id)))
    monkeypatch.setattr(archive_actions, "attach", lambda _, paper: done.append(("scan", paper.id)))
    gone: list[Place] = []
    page.go.connect(gone.append)
    for verb in ("open", "scan", "anew"):
        page.papers.archive.linkActivated.emit(f"{verb}:{paper.id}")
    assert done == [("open", paper.id), ("scan", paper.id)]
    assert gone == [Place(PageKey.PAPERS, paper.problem_id, paper="closure_request")]


def test_what_may_be_sent_back_is_said_before_it_is_sent(page: CasePage, session: Session, qtbot: Any) -> None:
    entry = MeasureEntry(number=9, text="对沿线餐饮店一律关停，尽快整治")
    session.do(lambda: save_measure(session.ledger, five(session.ledger), None, entry, TODAY, "李明"))
    opened(page)
    qtbot.waitUntil(lambda: page.remarks.isVisible(), timeout=20_000)
    words = page.remarks.words.text()
    assert "第9项措施写有“一律关停”，属“一刀切”表述" in words
    assert words.index("需核对") < words.index("供参考")
    other = next(row for row in all_problems(session.ledger) if row != five(session.ledger).problem.id)
    page.show_place(Place(PageKey.CASE, other))
    qtbot.waitUntil(lambda: "第9项措施" not in page.remarks.words.text() or page.remarks.isHidden(), timeout=20_000)


def test_the_day_inside_a_picture_is_held_against_the_one_that_is_claimed(
    page: CasePage, session: Session, tmp_path: Path, dialogs: list[Callable[[QDialog], bool]], qtbot: Any
) -> None:
    taken = photo_with_day(tmp_path / "整改后.jpg", "2026:10:31 08:00:00")
    seen: list[str] = []

    def look(dialog: QDialog) -> bool:
        assert isinstance(dialog, EntryDialog)
        note = dialog.form.fields["taken_on"].note
        qtbot.waitUntil(lambda: "照片内的拍摄日期：2026年10月31日" in note.text(), timeout=20_000)
        dialog.form.fields["taken_on"].widget.set_day(date(2026, 11, 2))
        seen.append(note.text())
        dialog.form.submit()
        return True

    dialogs.append(look)
    enter_evidence(session, five(session.ledger), [taken])
    assert seen == ["照片“整改后.jpg”填报的拍摄日期2026年11月2日与照片内日期2026年10月31日不一致，请核实"]
    assert five(session.ledger).evidence[0].taken_on == date(2026, 11, 2)


def photo_with_day(file: Path, moment: str) -> Path:
    """A JPEG whose camera wrote a moment."""
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = moment
    Image.new("RGB", (64, 48), "green").save(file, "JPEG", exif=exif)
    return file
