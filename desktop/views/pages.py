"""Which pages the window has, each made when first opened: the one place where a page is put in or left out."""

from collections.abc import Callable

from desktop.views.page import Page
from desktop.views.place import PageKey, Place
from desktop.views.session import Session


def _waiting(session: Session) -> Page:
    from desktop.views.todo_page import TodoPage

    return TodoPage(session)


def _ledger(session: Session) -> Page:
    from desktop.views.case_entries import enter_problem
    from desktop.views.ledger_page import LedgerPage

    page = LedgerPage(session)
    wishes: dict[str, Callable[[], object]] = {
        "new_problem": lambda: enter_problem(session, None),
        "import_plan": lambda: page.go.emit(Place(PageKey.PLAN_REVIEW)),
        "print_ledger": lambda: page.go.emit(Place(PageKey.PAPERS, paper="merged_ledger")),
    }
    page.wanted.connect(lambda wish: wishes[wish]())
    return page


def _dispatch(session: Session) -> Page:
    from desktop.views.dispatch_page import DispatchPage

    return DispatchPage(session)


def _closure(session: Session) -> Page:
    from desktop.views.closure_page import ClosurePage

    return ClosurePage(session)


def _papers(session: Session) -> Page:
    from desktop.views.papers_page import PapersPage

    return PapersPage(session)


def _figures(session: Session) -> Page:
    from desktop.views.figures_page import FiguresPage

    return FiguresPage(session)


def _find(session: Session) -> Page:
    from desktop.views.find_page import FindPage

    return FindPage(session)


def _exchange(session: Session) -> Page:
    from desktop.views.exchange_page import ExchangePage

    return ExchangePage(session)


def _units(session: Session) -> Page:
    from desktop.views.units_page import UnitsPage

    return UnitsPage(session)


def _calendar(session: Session) -> Page:
    from desktop.views.calendar_page import CalendarPage

    return CalendarPage(session)


def _history(session: Session) -> Page:
    from desktop.views.history_page import HistoryPage

    return HistoryPage(session)


def _plan_review(session: Session) -> Page:
    from desktop.views.plan_review import PlanReviewPage

    return PlanReviewPage(session)


def _case(session: Session) -> Page:
    from desktop.views.case_page import CasePage

    return CasePage(session)


def _settings(session: Session) -> Page:
    from desktop.views.settings_page import SettingsPage

    return SettingsPage(session)


# Pages are imported when opened: the window is there before the libraries of printing and importing are read.
PAGES: dict[PageKey, Callable[[Session], Page]] = {
    PageKey.WAITING: _waiting,
    PageKey.LEDGER: _ledger,
    PageKey.DISPATCH: _dispatch,
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
