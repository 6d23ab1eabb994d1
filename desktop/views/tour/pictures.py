"""Pictures of the window for the guided tour and the manual: start page, every page and some forms, without a screen.

``python -m desktop.views.tour.pictures FOLDER`` makes the pictures of ``docs/manual.md`` again.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QMessageLogContext,
    QRect,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from desktop import paths
from desktop.operations.cases import find_case
from desktop.operations.content_check import check_contents
from desktop.operations.ledgers import open_to_write
from desktop.operations.opened import Ledger
from desktop.operations.paper.bundle import missing_of
from desktop.operations.units import list_people, list_units
from desktop.rules.bundle import BundleWish
from desktop.rules.records import Changes, StepAction
from desktop.settings import Settings
from desktop.views import questions
from desktop.views.content_dialog import ContentDialog
from desktop.views.entries import case as entries
from desktop.views.entries import chase as chasing
from desktop.views.entries import followup as followup
from desktop.views.entries.dialog import ask_entry
from desktop.views.ledger.export_dialog import ask_export
from desktop.views.looks.theme import apply_theme, colours, load_fonts, speak_chinese
from desktop.views.main_window import MainWindow
from desktop.views.papers.bundle_dialog import ask_bundle
from desktop.views.papers.page import PapersPage
from desktop.views.place import PAGE_WORDS, PageKey, Place
from desktop.views.program import build_window
from desktop.views.review.page import PlanReviewPage
from desktop.views.runner import Runner
from desktop.views.session import Session
from desktop.views.start.page import StartPage
from desktop.views.status_bar import StatusBar
from desktop.views.tour import shots as tour_shots
from desktop.views.tour.few_colours import with_palette
from desktop.views.tour.shots import READING_MS, Camera, Shot, grab, settle, turn
from desktop.views.tour.sides import SIDES, is_painted, sides_of
from forms.case_words import case_name
from forms.person import PersonForm
from forms.unit import UnitForm

SIZE = (1366, 768)
MANUAL_SIZE = (1180, 664)  # as wide as a page of the manual is shown, so that its words are not scaled down
START_SIZE = (960, 600)
PERSON = "李明"
CASE = 12  # a problem on its way: two gates passed, the third lacks papers
FOUND_WORDS = "污水"  # what the picture of 查找 looks for
_SMALL = 300  # a form not higher or wider than this says little by itself

# What a clerk copied from a sheet of sites.
PASTED = "序号\t点位名称\t地点\t完成时限\n1\t沿河路1号排口\t兰水左岸\t2026-12-31\n2\t沿河路2号排口\t兰水右岸\t"

Tell = Callable[[str, float], None]


# File name, title, the problem of the sample ledger, and what the clerk asks for.
FORMS: tuple[tuple[str, str, int, Callable[[Session, int], object]], ...] = (
    ("form_export", "导出台账", 0, lambda session, _: ask_export(("",) * 5, 16, is_narrowed=True)),
    ("form_problem", "新增问题", 0, lambda session, _: entries.enter_problem(session, None)),
    ("form_progress", "填报进展", 14, lambda s, n: entries.enter_progress(s, find_case(s.ledger, n))),
    ("form_evidence", "收入佐证", 14, lambda s, n: entries.enter_evidence(s, find_case(s.ledger, n))),
    ("form_measure", "新增措施", 14, lambda s, n: entries.enter_measure(s, find_case(s.ledger, n))),
    ("form_stage", "阶段目标", 16, lambda s, n: entries.enter_stage(s, find_case(s.ledger, n))),
    ("form_extension", "延期", 14, lambda s, n: entries.enter_extension(s, find_case(s.ledger, n))),
    ("form_self_check", "自查自验", 10, lambda s, n: _step(s, n, StepAction.SELF_CHECK)),
    ("form_application", "申请销号", 13, lambda s, n: _step(s, n, StepAction.APPLY)),
    ("form_acceptance", "验收", 12, lambda s, n: _step(s, n, StepAction.ACCEPT)),
    ("form_notice", "公示", 11, lambda s, n: _step(s, n, StepAction.NOTICE)),
    ("form_objection", "异议", 8, lambda s, n: followup.enter_objection(s, find_case(s.ledger, n))),
    ("form_chase", "发督办", 16, lambda s, n: chasing.chase_case(s, find_case(s.ledger, n))),
    ("form_visit", "登记明察暗访", 7, lambda s, n: chasing.enter_visit(s, (find_case(s.ledger, n).problem.id,))),
    ("form_light", "判定亮灯", 14, lambda s, n: chasing.enter_light(s, find_case(s.ledger, n))),
    ("form_site_paste", "粘贴点位", 12, lambda s, n: followup.paste_sites(s, find_case(s.ledger, n), PASTED)),
    ("form_filing", "备案", 8, lambda s, n: _step(s, n, StepAction.FILE)),
    ("form_return", "退回", 12, lambda s, n: _step(s, n, StepAction.RETURN)),
    ("form_reopening", "重新整改", 1, lambda s, n: _step(s, n, StepAction.REOPEN)),
    ("form_look_back", "回头看", 1, lambda s, n: _step(s, n, StepAction.LOOK_BACK)),
    ("form_unit", "修改单位", 0, lambda s, _: _unit(s)),
    ("form_person", "新增人员", 0, lambda s, _: _person(s)),
    ("content_check", "内容核对", 0, lambda s, _: _contents(s)),
    ("bundle", "销号卷宗", 12, lambda s, n: _bundle(s, n)),
)
# Of these the manual tells without a picture.
_NO_PICTURE = {"form_measure", "form_stage", "form_extension", "form_application", "form_acceptance", "form_filing"}
_NO_PICTURE |= {"form_reopening", "form_look_back", "form_unit", "form_person", "form_objection", "form_site_paste"}
_NO_PICTURE |= {"round_judged", "round_frozen", "chasing_suggested", "form_visit", "form_light", "exchange"}
# Pages of which the manual shows the upper part, so many pixels: below stand more of the same rows.
_UPPER = {"ledger": 350, "waiting": 400, "closure": 340, "find": 330, "history": 250, "units": 330, "sites": 330}
_UPPER |= {"plan_review": 420, "unit_record": 480, "calendar": 480}
# Pages that the manual shows in a lower window, because their buttons stand under the rows.
_LOW = {"dispatch": 570, "forms_out": 500, "forms_in": 560, "round_reports": 470, "round_checks": 480, "chasing": 480}
_LOW |= {"exchange_board": 470, "sheet_compare": 600}
_AS_HIGH: Mapping[str, int] = {}


def picture_pages(
    app: QApplication, ledger: Path, target: Path, today: date, tell: Tell
) -> tuple[tuple[str, str], ...]:
    """Save a PNG of each picture; returns file name and title of each. The ledger is closed again at the end."""
    target.mkdir(parents=True, exist_ok=True)
    found = []
    total = len(PAGE_WORDS) + len(FORMS) + len(SIDES) + 2
    for done, shot in enumerate(shots(app, ledger, today, SIZE), 1):
        file = target / f"{done:02}_{shot.title}.png"
        shot.pixmap.save(str(file))
        found.append((file.name, shot.title))
        tell(f"窗口：{shot.title}", min(1.0, done / total))
    return tuple(found)


def write_manual_pictures(folder: Path) -> tuple[Path, ...]:
    """Make the sample ledger in a passing folder and the manual's pictures of it; returns the files.

    The pictures have a palette of 256 colours, so that the repository stays small.
    """
    from desktop.operations.sample.make import make_sample
    from desktop.operations.sample.story import read_district

    app = _make_app()
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    with tempfile.TemporaryDirectory(prefix="manual-") as desk:
        ledger = Path(desk) / "示例台账"
        make_sample(ledger)
        for shot in shots(app, ledger, read_district().today, MANUAL_SIZE, _LOW):
            if shot.name in _NO_PICTURE:
                continue
            files.append(folder / f"{shot.name}.png")
            image = shot.pixmap.toImage()
            shown = image.copy(0, 0, image.width(), _UPPER.get(shot.name, image.height()))
            with_palette(shown).save(str(files[-1]), quality=0)
    return tuple(files)


def shots(
    app: QApplication, ledger: Path, today: date, size: tuple[int, int], heights: Mapping[str, int] = _AS_HIGH
) -> Iterator[Shot]:
    """Every picture in the order of a first day; settings are fresh, so that nothing of this machine shows.

    ``heights`` are those of the pictures for which the window is lower, in pixels, by their names.
    """
    with (
        _without_size_remarks(),
        tempfile.TemporaryDirectory(prefix="pictures-") as desk,
        open_to_write(ledger) as opened,
    ):
        settings = Settings(Path(desk) / "settings.json")
        yield from _start_pages(app, settings)
        window = build_window(opened, PERSON, lambda: today, settings)
        window.resize(*size)
        window.show()
        # The first button of the navigation would keep its focus frame on every picture.
        window.setFocus(Qt.FocusReason.OtherFocusReason)
        try:
            yield from _pages(Camera(app, window, heights), window, opened)
            for name, title, number, enter in FORMS:
                yield Shot(name, title, _picture_dialog(app, window, number, enter))
        finally:
            window.close_at_once()
            window.deleteLater()
            app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@contextmanager
def _without_size_remarks() -> Iterator[None]:
    """Without a screen every dialog says that it cannot hand its size on; whatever else Qt says is passed on."""

    def hear(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
        if "propagateSizeHints" in words:
            return
        if before is not None:
            before(kind, context, words)
        else:
            sys.stderr.write(f"{words}\n")

    before: Any = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _start_pages(app: QApplication, settings: Settings) -> Iterator[Shot]:
    start = StartPage(settings, StatusBar(Runner(app)))
    start.resize(*START_SIZE)
    start.show()
    yield Shot("start", "开始", grab(app, start))
    start.show_new()
    start.new_panel.restore({"office": "蒸湘区整改办", "name": "蒸湘区整改办督察整改台账", "parent": "D:\\台账"})
    start.new_panel.restore({"person": PERSON})
    yield Shot("new_ledger", "新建台账", grab(app, start))
    start.close()
    start.deleteLater()


def _pages(camera: Camera, window: MainWindow, ledger: Ledger) -> Iterator[Shot]:
    app = camera.app
    problem = find_case(ledger, CASE).problem.id
    for key in window.page_keys():
        asked = FOUND_WORDS if key is PageKey.FIND else ""
        window.go(Place(key, problem_id=problem if key in (PageKey.CASE, PageKey.PAPERS) else "", filter=asked))
        page = window.page
        if isinstance(page, PlanReviewPage):
            _read_plan(app, page)
        settle(app)
        # A preview of a paper is set in the runner; then it is painted.
        turn(app, READING_MS, lambda: not window.session.runner.is_busy)
        if isinstance(page, PapersPage):
            turn(app, READING_MS, partial(is_painted, page))
        yield camera.take(key.value, PAGE_WORDS[key])
        yield from sides_of(camera, window, page, ledger)


def _read_plan(app: QApplication, page: PlanReviewPage) -> None:
    page.open_file(paths.resource("sample", "founding-plan.txt"))
    turn(app, READING_MS, lambda: page.board is not None)


def _picture_dialog(
    app: QApplication, window: MainWindow, number: int, enter: Callable[[Session, int], object]
) -> QPixmap:
    """Open a form as the clerk does, take its picture and leave it; a small one is shown in its window."""
    taken: list[QPixmap] = []

    def take() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            try:
                taken.append(dialog.grab())
            finally:
                dialog.reject()

    QTimer.singleShot(tour_shots.SETTLE_MS, take)
    enter(window.session, number)
    app.processEvents()
    form = taken[0]
    return form if min(form.width(), form.height()) > _SMALL else _in_front(window.grab(), form)


def _in_front(behind: QPixmap, form: QPixmap) -> QPixmap:
    """A form in the middle of its window, framed."""
    at = behind.rect().center() - form.rect().center()
    with QPainter(behind) as painter:
        painter.drawPixmap(at, form)
        painter.setPen(QColor(colours().nav_text))
        painter.drawRect(QRect(at, form.size()))
    return behind


def _unit(session: Session) -> None:
    units = list_units(session.ledger)
    ask_entry(session, UnitForm(units, units[0]), units[0].id, _save_nothing)


def _person(session: Session) -> None:
    ledger = session.ledger
    ask_entry(session, PersonForm(list_units(ledger), list_people(ledger)), "new", _save_nothing)


def _save_nothing(entry: object, reason: str, report: object) -> Changes:
    """A picture is left without saving."""
    raise NotImplementedError


def _contents(session: Session) -> None:
    questions.run_dialog(ContentDialog(check_contents(session.ledger), QApplication.activeWindow()))


def _bundle(session: Session, number: int) -> None:
    case = find_case(session.ledger, number)
    missing = missing_of(session.ledger, case, BundleWish(whole=True), session.today())
    ask_bundle(case_name(case), True, missing, True)


def _step(session: Session, number: int, action: StepAction) -> bool:
    return entries.enter_step(session, find_case(session.ledger, number), action)


def _make_app() -> QApplication:
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    load_fonts(app)
    speak_chinese(app)
    apply_theme(app)
    return app


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if hasattr(time, "tzset"):
        os.environ["TZ"] = "Asia/Shanghai"  # the clock of those who read the manual
        time.tzset()
    for made in write_manual_pictures(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/pictures")):
        sys.stdout.write(f"{made}　{made.stat().st_size // 1024} KB\n")
