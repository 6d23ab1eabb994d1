"""Which pages the window has, each made when first opened: the one place where a page is put in or left out."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.views.place import PageKey, Place

if TYPE_CHECKING:
    from desktop.views.page import Page
    from desktop.views.session import Session

Make = Callable[["Session"], "Page"]


def _waiting() -> Make:
    from desktop.views.todo_page import TodoPage

    return TodoPage


def _ledger() -> Make:
    from desktop.views.ledger.page import LedgerPage

    def enter(session: "Session") -> None:
        from desktop.views.entries.case import enter_problem

        enter_problem(session, None)

    def make(session: "Session") -> "Page":
        page = LedgerPage(session)
        wishes: dict[str, Callable[[], object]] = {
            "new_problem": lambda: enter(session),
            "import_plan": lambda: page.go.emit(Place(PageKey.PLAN_REVIEW)),
            "print_ledger": lambda: page.go.emit(Place(PageKey.PAPERS, paper="merged_ledger")),
        }
        page.wanted.connect(lambda wish: wishes[wish]())
        return page

    return make


def _dispatch() -> Make:
    from desktop.views.dispatch.page import DispatchPage

    return DispatchPage


def _chasing() -> Make:
    from desktop.views.chasing.page import ChasingPage

    return ChasingPage


def _closure() -> Make:
    from desktop.views.closure_page import ClosurePage

    return ClosurePage


def _papers() -> Make:
    from desktop.views.papers.page import PapersPage

    return PapersPage


def _figures() -> Make:
    from desktop.views.figures_page import FiguresPage

    return FiguresPage


def _find() -> Make:
    from desktop.views.find_page import FindPage

    return FindPage


def _exchange() -> Make:
    from desktop.views.exchange.page import ExchangePage

    return ExchangePage


def _units() -> Make:
    from desktop.views.units.page import UnitsPage

    return UnitsPage


def _calendar() -> Make:
    from desktop.views.calendar_page import CalendarPage

    return CalendarPage


def _history() -> Make:
    from desktop.views.history_page import HistoryPage

    return HistoryPage


def _plan_review() -> Make:
    from desktop.views.review.page import PlanReviewPage

    return PlanReviewPage


def _case() -> Make:
    from desktop.views.case.page import CasePage

    return CasePage


def _settings() -> Make:
    from desktop.views.setup.page import SettingsPage

    return SettingsPage


# Pages are imported when opened: the window is there before the libraries of printing and importing are read.
LOADERS: dict[PageKey, Callable[[], Make]] = {
    PageKey.WAITING: _waiting,
    PageKey.LEDGER: _ledger,
    PageKey.DISPATCH: _dispatch,
    PageKey.CHASING: _chasing,
    PageKey.CLOSURE: _closure,
    PageKey.PAPERS: _papers,
    PageKey.FIGURES: _figures,
    PageKey.FIND: _find,
    PageKey.EXCHANGE: _exchange,
    PageKey.UNITS: _units,
    PageKey.CALENDAR: _calendar,
    PageKey.SETTINGS: _settings,
    PageKey.HISTORY: _history,
    PageKey.CASE: _case,
    PageKey.PLAN_REVIEW: _plan_review,
}


def _exchange_parts() -> None:
    import desktop.operations.packages.board  # noqa: F401


def _plan_parts() -> None:
    import desktop.operations.plan.sheet_import  # noqa: F401


# What takes long is imported ahead in two turns: the window answers between them.
_PARTS: dict[PageKey, Callable[[], object]] = {PageKey.EXCHANGE: _exchange_parts, PageKey.PLAN_REVIEW: _plan_parts}
STEPS = tuple(step for key, load in LOADERS.items() for step in (_PARTS.get(key), load) if step)


def _made(load: Callable[[], Make]) -> Make:
    return lambda session: load()(session)


PAGES: dict[PageKey, Make] = {key: _made(load) for key, load in LOADERS.items()}
