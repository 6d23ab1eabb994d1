"""Which pages the window has, each made when first opened: the one place where a page is put in or left out."""

from collections.abc import Callable

from desktop.views.page import Page
from desktop.views.place import PageKey
from desktop.views.session import Session


def _waiting(session: Session) -> Page:
    from desktop.views.todo_page import TodoPage

    return TodoPage(session)


def _ledger(session: Session) -> Page:
    from desktop.views.ledger_page import LedgerPage

    return LedgerPage(session)


def _dispatch(session: Session) -> Page:
    from desktop.views.dispatch_page import DispatchPage

    return DispatchPage(session)


def _closure(session: Session) -> Page:
    from desktop.views.closure_page import ClosurePage

    return ClosurePage(session)


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
    PageKey.SETTINGS: _settings,
    PageKey.CASE: _case,
}
