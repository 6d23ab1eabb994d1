"""Pictures of what pages show beside their first view: sides of 调度, groups of 督办, parts of a case, tabs."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from desktop.operations.cases import find_case
from desktop.operations.opened import Ledger
from desktop.operations.units import list_units
from desktop.views.case.page import CasePage
from desktop.views.chasing.groups import SUGGESTED
from desktop.views.chasing.page import ChasingPage
from desktop.views.dispatch.page import DispatchPage
from desktop.views.exchange.page import ExchangePage
from desktop.views.main_window import MainWindow
from desktop.views.page import Page
from desktop.views.papers.page import PapersPage
from desktop.views.place import PageKey, Place
from desktop.views.review.page import PlanReviewPage
from desktop.views.tour.shots import READING_MS, Camera, Shot, grab, settle, turn
from desktop.views.units.page import UnitsPage

SIDES = (
    "forms_out",
    "forms_in",
    "round_reports",
    "round_checks",
    "round_judged",
    "round_frozen",
    "chasing_suggested",
    "unit_record",
    "sites",
    "exchange_board",
    "paper_style",
    "sheet_compare",
)
STYLED = "验收和公示情况"  # the section whose first sentence the picture of 文书样式 shows
FROZEN = "2026-10"  # the month of the sample ledger that is frozen
WITH_SITES = 15  # the problem of the sample ledger that has sites
CHASED = "区住房和城乡建设局"

# What a clerk typed into an exported sheet, by the number of the problem and the key of the column.
TYPED: dict[str, dict[str, object]] = {
    "7": {"deadline": date(2026, 12, 31), "progress_class": "完成整改"},
    "14": {"target": "全面完成封场，渗滤液全部处理，地下水稳定达标。", "responsible_units": "江澜城市环境服务有限公司"},
    "16": {"text": "城区建筑工地和道路扬尘管控不到位，秋冬季细颗粒物浓度反弹明显，群众反映强烈。"},
}


def sides_of(camera: Camera, window: MainWindow, page: Page | None, ledger: Ledger) -> Iterator[Shot]:
    """The other sides of a page that is shown; it is left as it was."""
    app = camera.app
    if isinstance(page, DispatchPage):
        yield from _forms_of_units(camera, page, ledger)
        yield from _round_of_a_month(camera, page)
    if isinstance(page, ChasingPage):
        window.go(Place(PageKey.CHASING, filter=SUGGESTED))
        turn(app, READING_MS, lambda: not page.reader.is_reading)
        yield camera.take("chasing_suggested", "督办建议")
    if isinstance(page, UnitsPage):
        unit = next(unit.id for unit in list_units(ledger) if unit.name == CHASED)
        window.go(Place(PageKey.UNITS, part="record", filter=unit))
        turn(app, READING_MS, lambda: page.record.record is not None)
        yield camera.take("unit_record", "单位档案")
        page.close_record()
    if isinstance(page, CasePage):
        window.go(Place(PageKey.CASE, problem_id=find_case(ledger, WITH_SITES).problem.id, part="sites"))
        yield camera.take("sites", "点位")
    if isinstance(page, ExchangePage):
        window.go(Place(PageKey.EXCHANGE, part="board"))
        yield camera.take("exchange_board", "谁还没报")
    if isinstance(page, PapersPage):
        yield Shot("paper_style", "文书样式", _style_of_a_paper(app, window, page))
    if isinstance(page, PlanReviewPage):
        read_sheet(page, ledger)
        yield camera.take("sheet_compare", "改过的台账表格")


def _round_of_a_month(camera: Camera, page: DispatchPage) -> Iterator[Shot]:
    """The sides of the month under way, and the month before, which is frozen."""
    shown = page.month
    page.sides.reports()
    yield camera.take("round_reports", "报送情况")
    page.sides.checks()
    yield camera.take("round_checks", "核对")
    page.sides.judgements()
    yield camera.take("round_judged", "进度判定")
    page.show_grid()
    page.bar.choose(FROZEN)
    turn(camera.app, READING_MS, lambda: page.work.is_frozen and not page.is_reading)
    yield camera.take("round_frozen", "已冻结的月份")
    page.bar.choose(shown)
    turn(camera.app, READING_MS, lambda: not page.is_reading)


def _style_of_a_paper(app: QApplication, window: MainWindow, page: PapersPage) -> QPixmap:
    """The panel beside the page while a clerk changes a sentence of the 请示."""
    page.styling.click()
    settle(app)
    turn(app, READING_MS, lambda: not window.session.runner.is_busy)
    page.style_panel.show_sentence(STYLED)
    turn(app, READING_MS, partial(is_painted, page))
    picture = grab(app, page.style_panel)
    page.one.click()
    return picture


def _forms_of_units(camera: Camera, page: DispatchPage, ledger: Ledger) -> Iterator[Shot]:
    """The two sides of the month's page for units without the program."""
    from desktop.operations.sample.forms import sample_returns

    page.show_forms_out()
    yield camera.take("forms_out", "发填报表")
    with tempfile.TemporaryDirectory(prefix="forms-") as desk:
        panel = page.show_forms_in()
        panel.look([sample_returns(ledger, Path(desk) / "交回的填报表", page.month, page.session.today())])
        turn(camera.app, READING_MS, lambda: bool(panel.model.rows))
        at = next((at for at, check in enumerate(panel.model.rows) if check.errors), 0)
        panel.table.choose_rows((), at)
        yield camera.take("forms_in", "收填报表")
    page.show_grid()


def read_sheet(page: PlanReviewPage, ledger: Ledger) -> None:
    """The sample ledger as it went out and came back with some cells changed and a row deleted."""
    from desktop.operations.export import export_workbook
    from desktop.operations.plan.sheet_import import read_sheet_file, sheet_preview

    today = page.session.today()
    with tempfile.TemporaryDirectory(prefix="sheet-") as desk:
        file = Path(desk) / "整改台账.xlsx"
        export_workbook(ledger, file, today)
        book = read_sheet_file(file)
    if book is None:
        raise ValueError("the export was not known again")
    rows = [row for row in book.rows if row.text("number") != "13"]
    for at, row in enumerate(rows):
        if typed := TYPED.get(row.text("number")):
            rows[at] = replace(row, cells={**row.cells, **typed}, changed=frozenset(typed))
    book = replace(book, rows=tuple(rows))
    page.show_sheet(book, sheet_preview(ledger, book, today))


def is_painted(page: PapersPage) -> bool:
    """True once the preview of a paper is set and drawn."""
    return page.preview.printed is not None and page.preview.view.is_drawn
