"""Which pages the window has, each made when first opened: the one place where a page is put in or left out."""

from collections.abc import Callable

from desktop.views.page import Page
from desktop.views.place import PageKey
from desktop.views.session import Session


def _settings(session: Session) -> Page:
    from desktop.views.settings_page import SettingsPage

    return SettingsPage(session)


# Pages are imported when opened: the window is there before the libraries of printing and importing are read.
PAGES: dict[PageKey, Callable[[Session], Page]] = {
    PageKey.SETTINGS: _settings,
}
