"""Forms and operations for what stands beside a case: objections, publications, sites, links, yearly targets."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from desktop.operations.links import link_same, transfer_problem, undo_transfer, unlink_same
from desktop.operations.objections import save_objection, save_publication
from desktop.operations.problems import add_yearly_stages
from desktop.operations.profile import region_of
from desktop.operations.sites import move_sites, save_site, take_sites
from desktop.operations.units import list_units
from desktop.rules.entries import (
    ObjectionEntry,
    PublicationEntry,
    SiteEntry,
    YearlyStagesEntry,
)
from desktop.rules.records import CaseFile, Changes
from desktop.rules.sites import SiteStage
from desktop.views import questions
from desktop.views.entries.case import copying, evidence_save, read_picture_days
from desktop.views.entries.dialog import ask_entry
from desktop.views.entries.link_dialog import ask_problem
from desktop.views.runner import Report
from desktop.views.session import Session
from forms.evidence import EvidenceForm
from forms.objection import ObjectionForm
from forms.publication import PublicationForm
from forms.site import SiteForm, SitePasteForm, SiteStep, SiteStepForm
from forms.yearly_stages import YearlyStagesForm


def enter_objection(session: Session, case: CaseFile, row: str = "") -> bool:
    """Register an objection, or how the one with this row was dealt with."""
    ledger, today, person = session.ledger, session.today(), session.person
    held = next((objection for objection in case.objections if objection.id == row), None)

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, ObjectionEntry)
        return save_objection(ledger, case, row, entry, today, person)

    return ask_entry(session, ObjectionForm(case, today, held), row or case.problem.id, save)


def enter_publication(session: Session, case: CaseFile, row: str = "") -> bool:
    """Register a publication, or correct the one with this row."""
    ledger, today, person = session.ledger, session.today(), session.person
    held = next((publication for publication in case.publications if publication.id == row), None)

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, PublicationEntry)
        return save_publication(ledger, case, row, entry, today, person, copying(entry.files, report))

    return ask_entry(session, PublicationForm(case, today, held), row or case.problem.id, save)


def enter_site(session: Session, case: CaseFile, row: str = "") -> bool:
    """Add a site, or edit the one with this row."""
    ledger, today, person = session.ledger, session.today(), session.person
    held = next((site for site in case.sites if site.id == row), None)

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, SiteEntry)
        return save_site(ledger, case, row, entry, today, person)

    return ask_entry(session, SiteForm(case, today, list_units(ledger), held), row or case.problem.id, save)


def paste_sites(session: Session, case: CaseFile, text: str = "") -> bool:
    """Take a table of sites in."""
    ledger, today, person = session.ledger, session.today(), session.person

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, tuple)
        return take_sites(ledger, case, entry, today, person)

    return ask_entry(session, SitePasteForm(case, today, list_units(ledger), text=text), case.problem.id, save)


def step_sites(session: Session, case: CaseFile, stage: SiteStage, rows: Sequence[str]) -> bool:
    """Let the chosen sites go a step further."""
    ledger, today, person = session.ledger, session.today(), session.person
    sites = [site for site in case.sites if site.id in set(rows)]

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, SiteStep)
        given = entry.reason or reason
        return move_sites(
            ledger, case, entry.sites, entry.stage, entry.on, today, person, batch=entry.batch, reason=given
        )

    return ask_entry(session, SiteStepForm(case, today, sites, stage), case.problem.id, save)


def prove_site(session: Session, case: CaseFile, row: str, files: Sequence[Path] = ()) -> bool:
    """Take files in as proof of one site."""
    site = next(site for site in case.sites if site.id == row)
    form = EvidenceForm(case, region_of(session.ledger), session.today(), site=site)
    read_picture_days(form)
    if files:
        form.files.add(list(files))
    return ask_entry(session, form, row, evidence_save(session, case))


def enter_yearly_stages(session: Session, case: CaseFile) -> bool:
    """Give every year its stage target."""
    ledger, today, person = session.ledger, session.today(), session.person

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, YearlyStagesEntry)
        return add_yearly_stages(ledger, case, entry, today, person)

    return ask_entry(session, YearlyStagesForm(case, today), case.problem.id, save)


def transfer(session: Session, case: CaseFile) -> bool:
    """Carry a problem over to one that is chosen, or entered, in a dialog."""
    target = ask_problem(session, case, "转入其他问题", TRANSFER_HINT)
    return bool(target) and _do(session, lambda: transfer_problem(session.ledger, case, target, *_who(session)))


def link_as_same(session: Session, case: CaseFile) -> bool:
    """Say that a problem is the same as the chosen one of another source."""
    target = ask_problem(session, case, "与其他来源的问题并为同一问题", SAME_HINT)
    return bool(target) and _do(session, lambda: link_same(session.ledger, case, target, *_who(session)))


def take_link_back(session: Session, case: CaseFile) -> bool:
    """Undo a transfer, or count a problem by itself again, after asking."""
    if case.problem.transferred_to:
        if not questions.ask("取消转入吗？", "取消后，这个问题在原来的环节继续办理。", "取消转入", "不取消"):
            return False
        return _do(session, lambda: undo_transfer(session.ledger, case, *_who(session)))
    if not questions.ask("恢复单独计数吗？", "恢复后，这个问题重新列入台账和统计，单独办理。", "恢复", "不恢复"):
        return False
    return _do(session, lambda: unlink_same(session.ledger, case, *_who(session)))


TRANSFER_HINT = (
    "转入以后，原问题保留、可以查看，统计中列“已转入”一次，不再办理进展和销号；请在所选的问题下继续整改。"
    "新一轮的问题还没有录入的，可以先新建。"
)
SAME_HINT = (
    "并为同一问题以后，两个序号都保留并互相标注，台账、统计和文书按所选的问题计数一次；"
    "这个问题不再单独办理。可以随时恢复单独计数。"
)


def _who(session: Session) -> tuple[date, str]:
    return session.today(), session.person


def _do(session: Session, operation: Callable[[], Changes]) -> bool:
    return session.do(operation) is not None
