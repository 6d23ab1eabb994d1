"""Which form and which operation belong to each thing a clerk enters for a problem: one function per verb.

Each opens the form in a dialog and gives True once it was saved.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop.operations.case_view import problem_choices
from desktop.operations.closure import take_step
from desktop.operations.evidence_view import picture_day
from desktop.operations.extension import extend_deadline
from desktop.operations.pace import Pace
from desktop.operations.problems import save_measure, save_problem, save_stage
from desktop.operations.profile import calendar_of, region_of
from desktop.operations.progress import add_evidence, report_progress
from desktop.operations.units import list_units
from desktop.rules.checklists import GENERAL
from desktop.rules.entries import (
    EvidenceEntry,
    ExtensionEntry,
    MeasureEntry,
    ProblemEntry,
    ProgressEntry,
    StageEntry,
    StepEntry,
)
from desktop.rules.records import CaseFile, Changes, DeadlineChange, Gate, StepAction
from desktop.rules.region import Region
from desktop.views.entries.dialog import Save, ask_entry
from desktop.views.late_reader import LateReader
from desktop.views.runner import Report
from desktop.views.session import Session
from forms.acceptance import AcceptanceForm
from forms.application import ApplicationForm
from forms.evidence import EvidenceForm
from forms.extension import ExtensionForm
from forms.filing import FilingForm
from forms.look_back import LookBackForm
from forms.measure import MeasureForm
from forms.notice import NoticeForm
from forms.problem import ProblemForm
from forms.progress import ProgressForm
from forms.reopening import ReopeningForm
from forms.return_step import ReturnForm
from forms.self_check import SelfCheckForm
from forms.stage import StageForm
from forms.step import StepForm

MakeStep = Callable[[CaseFile, Region, date], StepForm]
_STEP_FORMS: dict[StepAction, MakeStep] = {
    StepAction.SELF_CHECK: SelfCheckForm,
    StepAction.APPLY: ApplicationForm,
    StepAction.ACCEPT: AcceptanceForm,
    StepAction.FILE: FilingForm,
    StepAction.RETURN: ReturnForm,
    StepAction.REOPEN: ReopeningForm,
    StepAction.LOOK_BACK: LookBackForm,
}


def enter_step(
    session: Session, case: CaseFile, action: StepAction, given: Mapping[str, object] | None = None, note: str = ""
) -> bool:
    """Register a step of the closing axis; an acceptance that failed goes on as a return.

    ``given`` is filled in already, by the names of the fields; ``note`` stands beside the files.
    """
    form = step_form(session, case, action)
    form.restore(dict(given or {}))
    form.show_note("files", note)
    wanted: list[StepAction] = []
    if isinstance(form, AcceptanceForm):
        form.return_wanted.connect(lambda: wanted.append(StepAction.RETURN))
        form.return_wanted.connect(form.cancelled)
    saved = ask_entry(session, form, case.problem.id, step_save(session, case))
    return enter_step(session, case, wanted[0]) if wanted else saved


def step_form(session: Session, case: CaseFile, action: StepAction) -> StepForm:
    """The form of a step."""
    region, today = region_of(session.ledger), session.today()
    if action == StepAction.NOTICE:
        return NoticeForm(case, region, today, calendar_of(session.ledger), list_units(session.ledger))
    return _STEP_FORMS[action](case, region, today)


def step_save(session: Session, case: CaseFile) -> Save:
    """How a step is recorded; a reason given after the rules warned is kept with it."""
    ledger, today, person = session.ledger, session.today(), session.person

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, StepEntry)
        given = replace(entry, reason="；".join(p for p in (entry.reason, reason) if p))
        return take_step(ledger, case, given, today, person, copying(given.files, report))

    return save


def enter_gate(session: Session, case: CaseFile, gate: Gate) -> bool:
    """Register what passes a gate."""
    return enter_step(session, case, StepAction(gate.value))


def enter_progress(session: Session, case: CaseFile, measure: int | None = None, month: str = "") -> bool:
    """Report progress of a measure, or of the first one that is open."""
    ledger, today, person = session.ledger, session.today(), session.person

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, ProgressEntry)
        return report_progress(ledger, case, entry, today, person, copying(entry.files, report))

    return ask_entry(session, ProgressForm(case, today, measure, month), case.problem.id, save)


def enter_evidence(
    session: Session, case: CaseFile, files: Sequence[Path] = (), measure: int | None = None, gate: Gate | None = None
) -> bool:
    """Take files in as proof; ``files`` are those that were dropped on the page."""
    form = EvidenceForm(case, region_of(session.ledger), session.today(), measure, gate)
    read_picture_days(form)
    if files:
        form.files.add(files)
    return ask_entry(session, form, case.problem.id, evidence_save(session, case))


def read_picture_days(form: EvidenceForm) -> None:
    """Tell the form which day stands in each picture of its list, read off the window's thread."""
    asked: set[str] = set()
    reader = LateReader(lambda path: picture_day(Path(path)), form)

    def ask() -> None:
        for path in form.files.files():
            if path not in asked:
                asked.add(path)
                reader.ask(path)

    def take(path: str, found: object) -> None:
        if isinstance(found, tuple) and found[0]:
            form.note_picture(path, found[1])

    form.files.changed.connect(ask)
    reader.ready.connect(take)


def evidence_save(session: Session, case: CaseFile) -> Save:
    """How files are taken in, telling how far the copying is."""
    ledger, today, person = session.ledger, session.today(), session.person

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, EvidenceEntry)
        return add_evidence(ledger, case, entry, today, person, copying(entry.files, report))

    return save


def copying(files: Sequence[str], report: Report) -> Callable[[int, int], None]:
    """A listener to copying that speaks of all files together; a file ends when all its bytes are there."""
    pace = Pace(report, sum(Path(name).stat().st_size for name in files if Path(name).is_file()))
    ended, told = 0, 0

    def tell(done: int, size: int) -> None:
        nonlocal ended, told
        if not told:
            pace.step(f"正在收入第{ended + 1}个文件，共{len(files)}个", size)
        pace.add(done - told)
        ended, told = (ended + 1, 0) if done >= size else (ended, done)

    return tell


def enter_extension(session: Session, case: CaseFile, request: DeadlineChange | None = None) -> bool:
    """Record a change of the deadline that was asked for or approved; with ``request`` the approval of that one."""
    ledger, today, person = session.ledger, session.today(), session.person

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, ExtensionEntry)
        given, row = replace(entry, override=reason or entry.override), request.id if request else ""
        return extend_deadline(ledger, case, given, today, person, copying(entry.files, report), request=row)

    form = ExtensionForm(case, today, region_of(ledger), request)
    return ask_entry(session, form, request.id if request else case.problem.id, save)


def enter_problem(session: Session, case: CaseFile | None) -> bool:
    """Edit a problem, or enter a new one."""
    ledger, today, person = session.ledger, session.today(), session.person
    offered = problem_choices(ledger)

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, ProblemEntry)
        return save_problem(ledger, case, entry, today, person)

    lists, kinds = (offered.inspections, offered.plans, offered.units), _problem_types(session)
    form = ProblemForm(*lists, today, offered.taken, case, kinds=kinds)
    return ask_entry(session, form, case.problem.id if case else "new", save)


def _problem_types(session: Session) -> tuple[str, ...]:
    """The types of problem that have an evidence checklist."""
    named = dict.fromkeys(item.problem_type for item in region_of(session.ledger).checklists)
    return tuple(kind for kind in named if kind != GENERAL)


def enter_measure(session: Session, case: CaseFile, number: int = 0) -> bool:
    """Edit a measure, or add one with ``number`` 0."""
    ledger, today, person = session.ledger, session.today(), session.person
    measure = next((m for m in case.measures if m.number == number), None)

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, MeasureEntry)
        return save_measure(ledger, case, measure.number if measure else None, entry, today, person)

    subject = measure.id if measure else case.problem.id
    return ask_entry(session, MeasureForm(case, today, measure), subject, save)


def enter_stage(session: Session, case: CaseFile, row: str = "") -> bool:
    """Edit a stage target and note that it was reached, or add one with an empty ``row``."""
    ledger, today, person = session.ledger, session.today(), session.person
    stage = next((s for s in case.stages if s.id == row), None)

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, StageEntry)
        return save_stage(ledger, case, row, entry, today, person)

    return ask_entry(session, StageForm(case, today, stage), stage.id if stage else case.problem.id, save)
