"""Every page, panel, form and dialog of the program, one after the other, each shown as a clerk sees it.

``python -m tests.views.every_place LEDGER [--size W H] [--text large] [--tab] [--pictures FOLDER]`` prints what is cut
off, with ``--tab`` what the Tab key does not reach, a line each with the place, how many places there were, and takes
pictures. The caller sets QT_SCALE_FACTOR.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QTabWidget, QWidget

from desktop import paths
from desktop.operations.cases import find_case
from desktop.operations.chasing import answer_due, issue_chase, reply_chase
from desktop.operations.content_check import check_contents
from desktop.operations.extension import extend_deadline
from desktop.operations.ledgers import new_ledger, open_to_write
from desktop.operations.objections import save_publication
from desktop.operations.opened import Ledger
from desktop.operations.paper.archive import archive_paper, facts_of, list_archive
from desktop.operations.paper.bundle import missing_of
from desktop.operations.paper.doc_numbers import enter_number, list_numbers
from desktop.operations.paper.drafts import PaperDraft
from desktop.operations.paper.printing import find_paper, make_paper
from desktop.operations.profile import region_of
from desktop.operations.rounds import find_round, freeze_round, open_round, suggest_round
from desktop.operations.sample.forms import sample_returns
from desktop.operations.sample.story import read_district
from desktop.operations.sites import take_sites
from desktop.operations.units import list_people, list_units
from desktop.operations.visits import save_visit
from desktop.rules.bundle import BundleWish
from desktop.rules.entries import (
    ChaseEntry,
    DocNumberEntry,
    ExtensionEntry,
    PublicationEntry,
    ReplyEntry,
    SiteEntry,
    VisitEntry,
)
from desktop.rules.errors import Refused
from desktop.rules.followup import Rung
from desktop.rules.ladder import bound_units
from desktop.rules.photo_pairs import is_picture
from desktop.rules.records import ProgressClass, StepAction
from desktop.rules.sites import SiteStage
from desktop.settings import Settings
from desktop.views import questions
from desktop.views.case import photos as case_photos
from desktop.views.case.evidence_model import tiles_of
from desktop.views.case.page import CasePage
from desktop.views.chasing.page import ChasingPage
from desktop.views.content_dialog import ContentDialog
from desktop.views.dispatch.page import DispatchPage
from desktop.views.entries import case as entries
from desktop.views.entries import chase as chasing
from desktop.views.entries import followup as followup
from desktop.views.entries.checklist_dialog import edit_checklists
from desktop.views.entries.dialog import EntryDialog
from desktop.views.entries.link_dialog import LinkDialog
from desktop.views.exchange.carrying_dialog import CarryDialog
from desktop.views.ledger.page import LedgerPage
from desktop.views.looks.theme import apply_theme, load_fonts, speak_chinese
from desktop.views.main_window import MainWindow
from desktop.views.papers.bundle_dialog import BundleDialog
from desktop.views.papers.page import PapersPage
from desktop.views.place import PageKey, Place
from desktop.views.preview.pane import PreviewWindow
from desktop.views.program import build_window
from desktop.views.review.page import PlanReviewPage
from desktop.views.runner import Runner
from desktop.views.start.page import StartPage
from desktop.views.status_bar import StatusBar
from desktop.views.tour.sides import read_sheet
from desktop.views.units.merge_dialog import MergeDialog
from desktop.views.units.page import UnitsPage
from forms.base import Form
from forms.case_words import case_name
from forms.doc_number import DocNumberForm
from forms.judgement import JudgementForm
from forms.person import PersonForm
from forms.round import RoundForm
from forms.signed_scan import SignedScanForm
from forms.unit import UnitForm
from tests.plans.pdf.paper import official
from tests.plans.pdf.test_pdf_plans import items
from tests.views.clipping import cut_off
from tests.views.exchange_places import exchange_places
from tests.views.tab_walk import unreached

PERSON = "李明"
SIZE = (1093, 614)
SETTLE_MS, READING_MS = 15, 30_000
LAID_OUT_MS = 400
EXCHANGE_MS = 200  # its tabs are read beside the window
PAINT_MS = 60  # more for pictures, so that thumbnails and blinking cursors are there
# A problem of the sample ledger at which each step is next.
STEPS = (
    (StepAction.SELF_CHECK, 10),
    (StepAction.APPLY, 13),
    (StepAction.ACCEPT, 12),
    (StepAction.NOTICE, 11),
    (StepAction.FILE, 12),
    (StepAction.RETURN, 12),
    (StepAction.REOPEN, 1),
    (StepAction.LOOK_BACK, 1),
)


class Shown(NamedTuple):
    """A place with its name."""

    name: str
    widget: QWidget


def every_place(app: QApplication, ledger: Path, size: tuple[int, int], desk: Path) -> Iterator[Shown]:
    """All of them over the sample ledger; each is shown and settled, and goes when the next one comes."""
    settings = Settings(desk / "settings.json")
    day = read_district().today
    yield from _start(app, settings, size)
    with open_to_write(ledger) as opened:
        window = build_window(opened, PERSON, lambda: day, settings)
        window.resize(*size)
        window.show()
        _print_some(opened)
        _chase_some(opened)
        _follow_up(opened, day)
        try:
            yield from _pages(app, window, opened)
            yield from _forms(app, window, desk)
            yield from _dialogs(app, window, opened)
        finally:
            window.close_at_once()
            window.deleteLater()
            app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    yield from _empty(app, settings, size, desk)
    for name, widget in exchange_places(app, settings, size, desk):
        _turn(app, EXCHANGE_MS, lambda: False)
        yield Shown(name, widget)


def _print_some(ledger: Ledger) -> None:
    """Papers in the archive, numbers in the register: one given back, one missing, one of another office."""
    day, case = read_district().today, find_case(ledger, 12)
    for key, draft, reason in (
        ("closure_request", PaperDraft(), ""),
        ("closure_request", PaperDraft("蒸区委〔2026〕57号", day, person=PERSON), "区委办公室统一编号"),
        ("self_check", PaperDraft(person=PERSON), ""),
    ):
        paper = find_paper(key)
        facts = facts_of(ledger, paper, case, draft)
        archive_paper(ledger, make_paper(ledger, key, case, day, draft), facts, day, PERSON, reason)
    if not any(line.doc_no.number == 58 for line in list_numbers(ledger, "蒸区委", 2026)):
        entry = DocNumberEntry("蒸区委〔2026〕58号", "关于做好2026年度生态环境保护重点工作的通知", day)
        enter_number(ledger, entry, day, PERSON)


def _chase_some(ledger: Ledger) -> None:
    """A letter that is late, one that is answered, a visit with a demand; nothing more in a ledger that has them."""
    day, case = read_district().today, find_case(ledger, 14)
    if not case.visits:
        found, due = "现场未见施工人员，东侧围挡破损。", day - timedelta(days=2)
        visit = VisitEntry((case.problem.id,), day - timedelta(days=9), "暗访", found, demand="三日内复工。", due=due)
        save_visit(ledger, visit, day, PERSON)
    if case.chases:
        return
    sheets = []
    for number, rung, ago in ((14, Rung.CHASE, 40), (7, Rung.TALK, 9)):
        case, on = find_case(ledger, number), day - timedelta(days=ago)
        unit = bound_units(case)[0].unit_id
        text = "整改进度滞后，请查明原因、倒排工期，书面报送整改情况。"
        entry = ChaseEntry(rung, unit, (case.problem.id,), on, answer_due(ledger, rung, on), text)
        sheets.append(issue_chase(ledger, entry, day, PERSON).extra["sheet"])
    reply_chase(ledger, sheets[1], ReplyEntry(day, "主要负责人表态按期完成，已增派施工力量。"), day, PERSON)


def _start(app: QApplication, settings: Settings, size: tuple[int, int]) -> Iterator[Shown]:
    start = StartPage(settings, StatusBar(Runner(app)))
    start.resize(*size)
    start.show()
    yield _settled(app, "开始", start)
    start.show_new()
    yield _settled(app, "新建台账", start)
    start.new_panel.submit()
    yield _settled(app, "新建台账，有错", start)
    start.show_who("蒸湘区台账", "蒸湘区整改工作专班办公室", ("李明", "王芳"), "李明")
    yield _settled(app, "使用人", start)
    start.close()
    start.deleteLater()


def _follow_up(ledger: Ledger, day: date) -> None:
    """Sites, an objection, a publication and a link, so that the page of problem 12 has all its sections."""
    case = find_case(ledger, 12)
    if not case.sites:
        sites = [SiteEntry(n, f"沿河路{n}号雨污混接排口", f"兰水左岸K{n}+200") for n in range(1, 16)]
        take_sites(ledger, case, sites, day, PERSON)
        page = PublicationEntry(
            day, "区人民政府门户网站", "城镇污水处理厂整改进展情况公开", url="http://www.gov.cn/t1.html"
        )
        save_publication(ledger, case, "", page, day, PERSON)
        wish = ExtensionEntry(date(2027, 12, 31), "设备到货推迟", is_request=True)
        extend_deadline(ledger, case, wish, day, PERSON)


def _pages(app: QApplication, window: MainWindow, ledger: Ledger) -> Iterator[Shown]:
    problem = find_case(ledger, 12).problem.id
    for key in window.page_keys():
        window.go(Place(key, problem_id=problem if key in (PageKey.CASE, PageKey.PAPERS) else ""))
        page = window.page
        assert page is not None
        if isinstance(page, PlanReviewPage):
            yield _settled(app, f"{key}，没有方案", window)
            yield from _plans_with_pages(app, window, page)
            page.open_file(paths.resource("sample", "founding-plan.txt"))
            _turn(app, READING_MS, lambda page=page: page.board is not None)
        _turn(app, READING_MS, lambda: not window.session.runner.is_busy)
        yield _settled(app, key.value, window)
        yield from _insides(app, key.value, window)
    window.banner.show_words(f"找不到台账文件夹：{ledger.folder}。请把它放回原处，放回之前填写的内容无法保存。")
    yield _settled(app, "横幅", window)
    window.banner.hide()


def _plans_with_pages(app: QApplication, window: MainWindow, page: PlanReviewPage) -> Iterator[Shown]:
    """A PDF beside what was read of it, and one that is typed in beside its pages."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "整改方案.pdf")
        file.write_bytes(official(items(3), head="某区督察整改"))
        for name, by_hand in (("原件页面", False), ("对照图片手工录入", True)):
            before = page.board
            page.open_file(file, by_hand=by_hand)
            _turn(app, READING_MS, lambda before=before: page.board not in (before, None))
            assert page.board is not None
            pages = page.board.original.pages
            assert pages is not None
            page.board.original.tabs.setCurrentWidget(pages)
            _turn(app, READING_MS, lambda pages=pages: pages.view.is_drawn)
            yield _settled(app, f"{page.key}，{name}", window)
            pages.pictures.close()


def _insides(app: QApplication, name: str, window: MainWindow) -> Iterator[Shown]:
    """The tabs of a page, and its other sides."""
    page = window.page
    assert page is not None
    for tabs in page.findChildren(QTabWidget):
        for at in range(1, tabs.count()):
            tabs.setCurrentIndex(at)
            yield _settled(app, f"{name}，{tabs.tabText(at)}", window)
        tabs.setCurrentIndex(0)
    if isinstance(page, LedgerPage):
        page.filters.words.setText("没有这样的词")
        _turn(app, 600, lambda: page.stack.currentWidget() is page.no_match)
        yield _settled(app, f"{name}，没有符合的", window)
        page.filters.clear()
    if isinstance(page, PapersPage):
        _turn(app, READING_MS, lambda: page.preview.printed is not None and page.preview.view.is_drawn)
        page.preview.begin_search()
        yield _settled(app, f"{name}，查找", window)
        for button in (page.many, page.numbers, page.kept):
            button.setChecked(True)
            for table in (page.register.table, page.archive.table):
                table.selectRow(0)
            yield _settled(app, f"{name}，{button.text()}", window)
        page.one.setChecked(True)
    if isinstance(page, DispatchPage):
        page.show_forms_out()
        yield _settled(app, f"{name}，发填报表", window)
        with tempfile.TemporaryDirectory(prefix="forms-") as desk:
            panel = page.show_forms_in()
            yield _settled(app, f"{name}，收填报表，还没有选", window)
            panel.look([sample_returns(page.session.ledger, Path(desk) / "交回", page.month, page.session.today())])
            _turn(app, READING_MS, lambda: bool(panel.model.rows))
            yield _settled(app, f"{name}，收填报表", window)
        page.show_grid()
        yield from _round(app, name, window, page)
    if isinstance(page, ChasingPage):
        _turn(app, READING_MS, lambda: not page.reader.is_reading)
        for at in range(page.list.count()):
            page.list.setCurrentRow(at)
            yield _settled(app, f"{name}，{page.list.item(at).text()}", window)
        page.words.setText("没有这样的词")
        yield _settled(app, f"{name}，没有符合的", window)
        page.words.clear()
    if isinstance(page, UnitsPage):
        unit = bound_units(find_case(page.session.ledger, 14))[0].unit_id
        window.go(Place(PageKey.UNITS, part="record", filter=unit))
        _turn(app, READING_MS, lambda: page.record.record is not None)
        yield _settled(app, f"{name}，单位档案", window)
        page.close_record()
    if isinstance(page, PlanReviewPage):
        read_sheet(page, page.session.ledger)
        yield _settled(app, f"{name}，改过的台账表格", window)
    if isinstance(page, CasePage):
        bar = page.scroller.verticalScrollBar()
        for share in (1, 2, 3):
            bar.setValue(bar.maximum() * share // 3)
            yield _settled(app, f"{name}，往下{share}", window)


def _round(app: QApplication, name: str, window: MainWindow, page: DispatchPage) -> Iterator[Shown]:
    """A round begun, its sides, and the month once it is frozen."""
    session = page.session
    ledger, today = session.ledger, session.today()
    shown = page.month
    # The ledger is looked at several times: each time an older month that nobody has begun yet.
    months = [str(page.bar.months.itemData(at)) for at in range(page.bar.months.count())]
    page.bar.choose(next(month for month in reversed(months) if find_round(ledger, month) is None))
    session.do(lambda: open_round(ledger, suggest_round(ledger, page.month), today, PERSON))
    _turn(app, READING_MS, lambda: page.work.state is not None and not page.is_reading)
    yield _settled(app, f"{name}，已开始", window)
    for words, side in (("报送情况", page.sides.reports), ("核对", page.sides.checks), ("判定", page.sides.judgements)):
        side()
        yield _settled(app, f"{name}，{words}", window)
    page.show_grid()
    state = page.work.state
    assert state is not None
    found = state.round
    assert found is not None
    session.do(lambda: freeze_round(ledger, found, state.checks, state.board, today, PERSON, "各单位已电话核实"))
    _turn(app, READING_MS, lambda: page.work.is_frozen and not page.is_reading and bool(page.model.keys))
    yield _settled(app, f"{name}，已冻结", window)
    page.bar.choose(shown)
    _turn(app, READING_MS, lambda: not page.is_reading)


def _forms(app: QApplication, window: MainWindow, desk: Path) -> Iterator[Shown]:
    """Every form in its dialog, as it opens and once more with its faults shown."""
    session = window.session
    case, long_term = find_case(session.ledger, 12), find_case(session.ledger, 15)
    photo = desk / "整改后照片：厂区东侧雨污管网改造完成情况.jpg"
    _photo().save(str(photo))
    units, people = list_units(session.ledger), list_people(session.ledger)
    openers: list[tuple[str, Callable[[], object]]] = [
        ("新增问题", lambda: entries.enter_problem(session, None)),
        ("修改问题", lambda: entries.enter_problem(session, case)),
        ("新增措施", lambda: entries.enter_measure(session, case)),
        ("填报进展", lambda: entries.enter_progress(session, find_case(session.ledger, 14))),
        ("收入佐证", lambda: entries.enter_evidence(session, case, [photo])),
        ("延期", lambda: entries.enter_extension(session, case)),
        ("异议", lambda: followup.enter_objection(session, find_case(session.ledger, 8))),
        ("公开", lambda: followup.enter_publication(session, case)),
        ("点位", lambda: followup.enter_site(session, case)),
        ("粘贴点位", lambda: followup.paste_sites(session, case, "序号\t点位名称\t责任单位\n1\t一号排口\t没有的单位")),
        ("点位销号", lambda: followup.step_sites(session, case, SiteStage.CLOSED, [s.id for s in case.sites[:1]])),
        ("佐证材料清单", lambda: edit_checklists(session)),
        ("年度阶段目标", lambda: followup.enter_yearly_stages(session, long_term)),
        ("阶段目标", lambda: entries.enter_stage(session, long_term)),
        ("发督办", lambda: chasing.chase_case(session, find_case(session.ledger, 14))),
        ("登记回复", lambda: chasing.enter_reply(session, find_case(session.ledger, 14).chases[0].sheet)),
        ("办结督办", lambda: chasing.enter_settle(session, find_case(session.ledger, 14).chases[0].sheet)),
        ("明察暗访", lambda: chasing.enter_visit(session, (case.problem.id,))),
        ("办结要求", lambda: chasing.enter_handling(session, find_case(session.ledger, 14).visits[0].sheet)),
        ("判定亮灯", lambda: chasing.enter_light(session, find_case(session.ledger, 14))),
    ]
    for action, number in STEPS:
        at = find_case(session.ledger, number)
        openers.append((action.value, lambda action=action, at=at: entries.enter_step(session, at, action)))
    for name, opener in openers:
        yield from _dialog(app, name, opener)
    papers = list_archive(session.ledger)
    others: tuple[tuple[str, Form], ...] = (
        ("单位", UnitForm(units, units[0])),
        ("人员", PersonForm(units, people)),
        ("开始调度", RoundForm(suggest_round(session.ledger, "2026-12"), session.today())),
        ("进度判定", JudgementForm(case_name(case), ProgressClass.BEHIND)),
        ("登记文号", DocNumberForm(session.today(), "蒸区委〔2026〕9号")),
        *(
            (f"签章件{at}", SignedScanForm(paper, session.today(), bool(at), named=(5,) * at))
            for at, paper in enumerate(papers[:2])
        ),
    )
    for name, form in others:
        dialog = EntryDialog(session, form, "new", lambda *_: None)  # type: ignore[arg-type,return-value]
        yield from _states(app, name, dialog, form)
        dialog.deleteLater()


def _dialog(app: QApplication, name: str, opener: Callable[[], object]) -> Iterator[Shown]:
    """The dialog that something opens; it is shown here instead of waiting for the clerk."""
    found: list[EntryDialog] = []

    def catch(kind: str, title: str, which: str) -> object:
        if kind == "dialog":
            found.extend(
                w for w in QApplication.topLevelWidgets() if isinstance(w, EntryDialog) and w.objectName() == which
            )
        return False

    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    keep = EntryDialog.deleteLater
    questions.answer, EntryDialog.deleteLater = catch, lambda self: None  # type: ignore[method-assign]
    try:
        opener()
    finally:
        questions.answer, EntryDialog.deleteLater = None, keep  # type: ignore[method-assign]
    (dialog,) = found
    yield from _states(app, name, dialog, dialog.form)
    dialog.deleteLater()


def _states(app: QApplication, name: str, dialog: EntryDialog, form: Form) -> Iterator[Shown]:
    dialog.show()
    yield _settled(app, f"表单 {name}", dialog)
    form.faults()
    dialog.refuse(Refused("台账正在被另一项工作写入，没有保存，填写的内容还在。请等它完成后再保存。"))
    yield _settled(app, f"表单 {name}，有错", dialog)
    dialog.hide()


def _dialogs(app: QApplication, window: MainWindow, ledger: Ledger) -> Iterator[Shown]:
    session = window.session
    units = list_units(ledger)
    merge = MergeDialog(session, units, [units[0].id, units[1].id])
    merge.show()
    yield _settled(app, "合并单位", merge)
    merge.deleteLater()
    linking = LinkDialog(session, find_case(ledger, 12), "转入其他问题", followup.TRANSFER_HINT)
    linking.show()
    yield _settled(app, "转入其他问题", linking)
    linking.deleteLater()
    case, region = find_case(ledger, 1), region_of(ledger)
    tiles = [tile for tile in tiles_of(case, region, {}) if is_picture(tile.piece)]
    for compare in (False, True):
        viewer = case_photos.make_viewer(session, tiles, 0, compare=compare)
        viewer.show()
        yield _settled(app, f"查看照片{'，对比' if compare else ''}", viewer)
        viewer.deleteLater()
    papers = window.page_of(PageKey.PAPERS)
    assert isinstance(papers, PapersPage)
    if papers.preview.printed is not None:
        preview = PreviewWindow(papers.preview.printed, "销号请示")
        preview.show()
        _turn(app, READING_MS, lambda: preview.preview.view.is_drawn)
        yield _settled(app, "预览窗口", preview)
        preview.preview.pictures.close()
        preview.deleteLater()
    contents = ContentDialog(check_contents(ledger))
    contents.notes.setChecked(True)
    contents.show()
    yield _settled(app, "内容核对", contents)
    contents.deleteLater()
    carry = CarryDialog()
    carry.submit()
    carry.show()
    yield _settled(app, carry.windowTitle(), carry)
    carry.deleteLater()
    for whole in (False, True):
        missing = missing_of(ledger, case, BundleWish(whole), session.today())
        bundle = BundleDialog(case_name(case), whole, missing, can_convert=not whole)
        bundle.show()
        yield _settled(app, bundle.windowTitle(), bundle)
        bundle.deleteLater()
    box = QMessageBox(QMessageBox.Icon.Question, "督察整改台账", "还有没保存的内容，要关闭吗？", parent=window)
    box.setInformativeText("没保存的内容会留作草稿，下次打开时可以继续。")
    box.addButton("关闭", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("不关闭", QMessageBox.ButtonRole.RejectRole)
    box.show()
    yield _settled(app, "提问", box)
    box.deleteLater()


def _empty(app: QApplication, settings: Settings, size: tuple[int, int], desk: Path) -> Iterator[Shown]:
    """The pages of a ledger in which nothing was entered yet."""
    with new_ledger(desk / "空台账", "蒸湘区整改办", date(2026, 11, 23), person=PERSON) as opened:
        window = build_window(opened, PERSON, lambda: date(2026, 11, 23), settings)
        window.resize(*size)
        window.show()
        for key in window.page_keys():
            window.go(Place(key))
            _turn(app, READING_MS, lambda: not window.session.runner.is_busy)
            yield _settled(app, f"空 {key}", window)
        window.close_at_once()
        window.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _photo() -> QImage:
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(QColor("#8aa37b"))
    return image


def _settled(app: QApplication, name: str, widget: QWidget) -> Shown:
    _turn(app, SETTLE_MS, lambda: False)
    return Shown(name, widget)


def _turn(app: QApplication, most_ms: int, is_done: Callable[[], bool]) -> None:
    timer = QElapsedTimer()
    timer.start()
    while timer.elapsed() < most_ms and not is_done():
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def make_app(text_size: str = "normal", dark: bool = False) -> QApplication:
    """The application as it looks on the desk."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    load_fonts(app)
    speak_chinese(app)
    apply_theme(app, dark=dark, text_size=text_size)
    return app


def _lasting(app: QApplication, widget: QWidget, size: Sequence[int]) -> list[str]:
    """What is cut off, and still is when everything had time to be laid out."""
    given = None if isinstance(widget, QDialog) else (size[0], size[1])
    found = cut_off(widget, given)
    if found:
        _turn(app, LAID_OUT_MS, lambda: False)
        found = cut_off(widget, given)
    return found


def _by_tab(app: QApplication, widget: QWidget) -> list[str]:
    """What the Tab key does not reach, the window being in front."""
    window = widget.window()
    window.activateWindow()
    _turn(app, READING_MS, window.isActiveWindow)
    return list(unreached(window))


def main() -> None:
    """Look at every place and print what is cut off."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--size", type=int, nargs=2, default=SIZE)
    parser.add_argument("--text", default="normal")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--tab", action="store_true")
    parser.add_argument("--pictures", type=Path)
    chosen = parser.parse_args()
    app = make_app(chosen.text, chosen.dark)
    number = 0
    with tempfile.TemporaryDirectory(prefix="places-") as desk:
        size = (chosen.size[0], chosen.size[1])
        for number, shown in enumerate(every_place(app, chosen.ledger, size, Path(desk)), 1):
            sys.stdout.writelines(f"{shown.name}\t{line}\n" for line in _lasting(app, shown.widget, chosen.size))
            if chosen.tab:
                sys.stdout.writelines(f"{shown.name}\t{line}\n" for line in _by_tab(app, shown.widget))
            if chosen.pictures:
                _turn(app, PAINT_MS, lambda: False)
                chosen.pictures.mkdir(parents=True, exist_ok=True)
                shown.widget.grab().save(str(chosen.pictures / f"{number:02}_{shown.name}.png"))
    sys.stdout.write(f"{number} places\n")


if __name__ == "__main__":
    main()
