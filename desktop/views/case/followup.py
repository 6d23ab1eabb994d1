"""The sections of the case page for what stands beside a case, and what a clerk does in them."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.operations.links import links_of
from desktop.operations.units import list_units
from desktop.rules.lifecycle import is_elsewhere
from desktop.rules.records import CaseFile, StepAction
from desktop.rules.sites import SiteStage
from desktop.views.case.followup_views import LinksBanner, ObjectionsView, PublicationsView
from desktop.views.case.sites_view import SitesView
from desktop.views.entries import case as entries
from desktop.views.entries import followup as followup
from desktop.views.place import PageKey, Place
from desktop.views.session import Session

Case = Callable[[], CaseFile | None]


class CaseFollowup(QObject):
    """Owns the sections and opens their forms.

    Each section is shown once it has something to show; the menu 更多 begins it. ``case`` gives the case that is shown.
    Signals: ``go(Place)``, ``void_wanted(kind, row, words)``.
    """

    go = Signal(object)
    void_wanted = Signal(str, str, str)

    def __init__(self, session: Session, case: Case, parent: QObject) -> None:
        super().__init__(parent)
        self.session, self._case = session, case
        self.sites = SitesView(session.settings.tables())
        self.objections, self.publications, self.links = ObjectionsView(), PublicationsView(), LinksBanner()
        self.sites.table.told.connect(session.told)
        self.sites.edit_wanted.connect(lambda row: self._enter(followup.enter_site, row))
        self.sites.paste_wanted.connect(lambda: self._enter(followup.paste_sites))
        self.sites.step_wanted.connect(lambda stage, rows: self._enter(followup.step_sites, SiteStage(stage), rows))
        self.sites.proof_wanted.connect(lambda row: self._enter(followup.prove_site, row))
        self.sites.list_wanted.connect(self._print_list)
        self.objections.edit_wanted.connect(lambda row: self._enter(followup.enter_objection, row))
        self.objections.return_wanted.connect(lambda: self._enter(entries.enter_step, StepAction.RETURN))
        self.publications.edit_wanted.connect(lambda row: self._enter(followup.enter_publication, row))
        self.links.open_wanted.connect(lambda row: self.go.emit(Place(PageKey.CASE, row)))
        self.links.take_back_wanted.connect(lambda: self._enter(followup.take_link_back))
        for part in (self.sites, self.objections, self.publications):
            part.void_wanted.connect(self.void_wanted)

    def sections(self) -> dict[str, QWidget]:
        """The sections by the keys of their places, in their order."""
        return {"sites": self.sites, "objections": self.objections, "publications": self.publications}

    def is_shown(self, key: str, case: CaseFile) -> bool:
        """Whether a section has something to show."""
        return bool({"sites": case.sites, "objections": case.objections, "publications": case.publications}[key])

    def show_case(self, case: CaseFile, today: date, *, can_add: bool, can_change: bool) -> None:
        """Fill the sections; ``can_add`` holds for a closed record too."""
        self.sites.show_case(case, today, _names(self.session, case), can_change=can_change)
        self.objections.show_case(case, can_change=can_change)
        self.publications.show_case(case, can_add=can_add, can_change=can_change)
        if not is_elsewhere(case.problem):
            self.links.hide()

    def show_late(self, case: CaseFile, *, can_change: bool) -> None:
        """The links, for which all problems are looked through."""
        self.links.show_links(links_of(self.session.ledger, case), can_change=can_change)

    def approve(self, row: str) -> None:
        """The form for the approval of an extension that was asked for."""
        case = self._case()
        asked = next((c for c in case.deadline_changes if c.id == row), None) if case else None
        if asked is not None:
            self._enter(entries.enter_extension, asked)

    def _print_list(self) -> None:
        case = self._case()
        if case is not None:
            self.go.emit(Place(PageKey.PAPERS, case.problem.id, paper="site_list"))

    def _enter(self, verb: Callable[..., bool], *args: object) -> None:
        case = self._case()
        if case is not None:
            verb(self.session, case, *args)


def _names(session: Session, case: CaseFile) -> dict[str, str]:
    """The short names of the units that sites name; the list is read only where there are sites."""
    if not case.sites:
        return {}
    return {unit.id: unit.short_name or unit.name for unit in list_units(session.ledger)}
