"""一问一档: one problem on one page, and everything that can be done with it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QVBoxLayout, QWidget

from desktop.operations.cases import open_case
from desktop.operations.chase_board import lines_of_case
from desktop.operations.content_check import remarks_on_case
from desktop.operations.evidence_view import other_problems, thumbnail_of
from desktop.operations.history import problem_history
from desktop.operations.paper.archive import list_archive
from desktop.operations.problems import void_record
from desktop.operations.profile import region_of
from desktop.operations.undo import last_step
from desktop.rules.archive import ArchivedPaper
from desktop.rules.lifecycle import is_closed, is_elsewhere, is_long_term, is_stage_closed, next_gate, passed_gates
from desktop.rules.records import CaseFile, Gate
from desktop.rules.standing import Yardstick
from desktop.views import questions
from desktop.views.case import photos as photos
from desktop.views.case.bar import CaseBar, JumpBar
from desktop.views.case.chasing_view import ChasingView
from desktop.views.case.evidence_view import EvidenceView
from desktop.views.case.followup import CaseFollowup
from desktop.views.case.gate_states import gate_states
from desktop.views.case.header import CaseHeader, ReturnBanner
from desktop.views.case.history_view import HistoryView
from desktop.views.case.measures_view import MeasuresView, StagesView
from desktop.views.case.menu import menu_entries
from desktop.views.case.papers_of_case import PapersOfCase
from desktop.views.case.progress_view import ProgressView
from desktop.views.case.remarks import CaseRemarks
from desktop.views.case.step_bar import StepBar
from desktop.views.case.steps_view import StepsView
from desktop.views.case.words import Section
from desktop.views.entries import case as entries
from desktop.views.entries import chase as chasing
from desktop.views.ledger_jobs import undo_in
from desktop.views.looks.empty import Empty
from desktop.views.page import Page
from desktop.views.papers.bundles import begin_bundle
from desktop.views.place import PageKey, Place
from desktop.views.reading import read_safely
from desktop.views.session import Session
from forms.fields.file_finding import local_paths

PARTS = (
    ("case", "问题"),
    ("gates", "销号环节"),
    ("measures", "措施"),
    ("evidence", "佐证材料"),
    ("progress", "月度进展"),
    ("sites", "点位"),
    ("steps", "办理记录"),
    ("objections", "异议"),
    ("publications", "公开"),
    ("chasing", "督办和检查"),
    ("papers", "文书"),
    ("history", "历史"),
)
_SETTLED_MS = 60  # a section that grows is laid out over a few turns of the event loop


class CasePage(Page):
    """Shows the problem of ``Place.problem_id``; ``Place.part`` names a gate or a key of PARTS."""

    key = PageKey.CASE

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.problem_id = self._part = ""
        self.case: CaseFile | None = None
        self.elsewhere: dict[str, tuple[int, ...]] = {}
        self.setAcceptDrops(True)
        self._make_sections()
        self._lay_out()
        self._connect()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(lambda: read_safely(session, self._show_late))
        session.look_changed.connect(self._restyle)
        # The session knows whether it may write only after the runner has told everybody.
        for told in (session.runner.started, session.runner.ended):
            told.connect(lambda _: QTimer.singleShot(0, self, self._show_case))

    # Building

    def _make_sections(self) -> None:
        ledger = self.session.ledger
        self.bar, self.jumps = CaseBar(), JumpBar(PARTS)
        self.banner, self.header = ReturnBanner(), CaseHeader()
        self.gates, self.step_bar = Section("销号环节"), StepBar()
        self.gates.body.addWidget(self.step_bar)
        self.remarks = CaseRemarks()
        self.measures, self.stages = MeasuresView(), StagesView()
        self.evidence = EvidenceView(lambda sha256: thumbnail_of(ledger, sha256))
        self.progress, self.steps = ProgressView(), StepsView()
        self.chasing = ChasingView()
        self.papers, self.history = PapersOfCase(), HistoryView()
        self.followup = CaseFollowup(self.session, lambda: self.case, self)
        beside = self.followup.sections()
        self.sections: dict[str, QWidget] = {
            "case": self.header,
            "gates": self.gates,
            "remarks": self.remarks,
            "measures": self.measures,
            "stages": self.stages,
            "sites": beside["sites"],
            "evidence": self.evidence,
            "progress": self.progress,
            "steps": self.steps,
            "objections": beside["objections"],
            "publications": beside["publications"],
            "chasing": self.chasing,
            "papers": self.papers,
            "history": self.history,
        }

    def _lay_out(self) -> None:
        opener = ("打开台账", lambda: self.go.emit(Place(PageKey.LEDGER)))
        self.empty = Empty("还没有选定问题", "在“台账”里选中一个问题，按回车或双击，打开它的档案。", (opener,))
        self.body = QWidget()
        self.body.setObjectName("body")
        column = QVBoxLayout(self.body)
        column.setContentsMargins(14, 10, 14, 14)
        column.setSpacing(10)
        column.addWidget(self.empty, 100)  # over the stretch at the end: in the middle of the page
        for part in (self.banner, self.followup.links, *self.sections.values()):
            column.addWidget(part)
        column.addStretch(1)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setWidget(self.body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.bar, self.jumps, self.scroller):
            layout.addWidget(part)
        self._show_case()

    def _connect(self) -> None:
        self.bar.gate_wanted.connect(self.open_gate)
        self.bar.progress_wanted.connect(lambda: self._enter(entries.enter_progress))
        self.bar.evidence_wanted.connect(lambda: self._enter(entries.enter_evidence))
        self.bar.more_button.setMenu(QMenu(self.bar.more_button))
        self.bar.more_button.menu().aboutToShow.connect(self._fill_menu)
        self.jumps.wanted.connect(self.jump)
        self.step_bar.gate_wanted.connect(self.open_gate)
        self.header.edit_wanted.connect(lambda: self._enter(entries.enter_problem))
        self.header.extension_wanted.connect(lambda: self._enter(entries.enter_extension))
        self.measures.report_wanted.connect(lambda n: self._enter(entries.enter_progress, n or None))
        self.measures.edit_wanted.connect(lambda n: self._enter(entries.enter_measure, n))
        self.stages.edit_wanted.connect(lambda row: self._enter(entries.enter_stage, row))
        self.progress.report_wanted.connect(lambda: self._enter(entries.enter_progress))
        self.evidence.add_wanted.connect(lambda: self._enter(entries.enter_evidence))
        session = self.session
        self.evidence.open_wanted.connect(lambda tiles, at: photos.view_photos(session, tiles, at))
        self.evidence.compare_wanted.connect(lambda tiles, pair: photos.compare_pair(session, tiles, pair))
        self.evidence.save_wanted.connect(lambda piece: photos.save_copy(session, piece))
        self.evidence.outside_wanted.connect(lambda piece: photos.open_outside(session, piece))
        self.followup.go.connect(self.go)
        self.steps.approval_wanted.connect(self.followup.approve)
        for part in (self.measures, self.stages, self.progress, self.evidence, self.steps, self.followup):
            part.void_wanted.connect(self.void)
        self.chasing.chase_wanted.connect(lambda: self._enter(chasing.chase_case))
        self.chasing.visit_wanted.connect(lambda: chasing.enter_visit(session, (self.problem_id,)))
        self.chasing.wanted.connect(self._do_sheet)
        self.history.undo_wanted.connect(lambda: undo_in(session))
        self.history.told.connect(session.told)
        self.papers.wanted_paper.connect(lambda key, row: self.go.emit(Place(PageKey.PAPERS, row, paper=key)))
        self.papers.wanted.connect(self._do_paper)
        self.papers.wanted_bundle.connect(lambda whole: begin_bundle(session, self.problem_id, whole))

    # Showing

    def show_place(self, place: Place) -> None:
        """Open the case of a problem at one of its parts."""
        if place.problem_id and place.problem_id != self.problem_id:
            self.problem_id = place.problem_id
            self.elsewhere = {}
            self.remarks.hide()
            self.scroller.verticalScrollBar().setValue(0)
            self._stale = True
        self.refresh_if_stale()
        if place.part:
            # Where the sections stand is known once they were laid out, and again once the late ones are filled.
            self._part = place.part
            QTimer.singleShot(0, self, lambda: self.jump(place.part))
            self._later.start()

    def refresh(self) -> None:
        """Read the case again; history and what other problems use follow when the page is painted."""
        self.case = None
        try:
            if self.problem_id:
                self.case = open_case(self.session.ledger, self.problem_id)
        finally:
            self._show_case()
        self._later.start()

    def _show_case(self) -> None:
        # Each part that is shown lays the whole page out anew; out of sight that happens once, at the end.
        turns = self.empty.isHidden() == (self.case is None)
        if turns:
            self.body.hide()
        self._show_parts(self.case)
        if self.case is not None:
            self._fill(self.case)
        if turns:
            self.body.show()

    def _show_parts(self, case: CaseFile | None) -> None:
        for key, part in (("bar", self.bar), ("jumps", self.jumps), *self.sections.items()):
            if key in self.followup.sections():
                shown = case is not None and self.followup.is_shown(key, case)
                part.setVisible(shown)
                self.jumps.show_part(key, shown)
            elif key not in ("stages", "remarks"):
                part.setVisible(case is not None)
        # Only 长期坚持 must have stage targets; for others an empty section would be in the way.
        self.stages.setVisible(case is not None and (bool(case.stages) or is_long_term(case.problem)))
        self.empty.setVisible(case is None)
        # A case is always longer than the window; one width for good saves measuring every text a second time.
        bars = Qt.ScrollBarPolicy
        self.scroller.setVerticalScrollBarPolicy(bars.ScrollBarAlwaysOn if case else bars.ScrollBarAlwaysOff)
        if case is None:
            self.banner.hide()
            self.followup.links.hide()
            self.remarks.hide()

    def _fill(self, case: CaseFile) -> None:
        session = self.session
        today, region = session.today(), region_of(session.ledger)
        writes = session.can_write
        away = is_elsewhere(case.problem)
        changes = writes and not is_closed(case) and not away
        states = gate_states(case, region, today)
        self.bar.show_case(case, today, region, can_write=changes)
        self.banner.show_case(case)
        self.header.show_case(case, today, Yardstick("", region.dispatch.behind_points, region.lights), region)
        for button in (self.header.edit_button, self.header.extend_button, self.measures.report_button):
            button.setEnabled(changes)
        for button in (self.measures.new_button, self.stages.new_button, self.progress.report_button):
            button.setEnabled(changes)
        self.evidence.add_files_button.setEnabled(writes)
        self.step_bar.show_states(states)
        self.measures.show_case(case, today, can_change=changes)
        self.stages.show_case(case, today, can_change=changes)
        self.evidence.show_case(case, region, self.elsewhere, can_change=changes)
        self.progress.show_case(case, can_change=changes)
        self.steps.show_case(case, can_change=changes)
        self.followup.show_case(case, today, can_add=writes and not away, can_change=changes)
        self.papers.show_case(case, next_gate(case, region))

    def _show_late(self) -> None:
        """What takes longer to read and stands further down."""
        case, session = self.case, self.session
        if case is None or not session.is_there():
            return
        self.followup.show_late(case, can_change=session.can_write)
        self.remarks.show_findings(remarks_on_case(session.ledger, case), case.problem.number)
        step = last_step(session.ledger, session.person) if session.can_write else None
        undo = step.words if step and not step.why_not else ""
        self.history.show_changes(problem_history(session.ledger, case.problem.id), undo)
        self.papers.show_archive(list_archive(session.ledger, case.problem.id), can_write=session.can_write)
        lines = lines_of_case(session.ledger, case, session.today())
        changes = self.header.edit_button.isEnabled()
        self.chasing.show_lines(lines, can_write=session.can_write, can_begin=changes)
        elsewhere = other_problems(session.ledger, case)
        if elsewhere != self.elsewhere:
            self.elsewhere = elsewhere
            self._show_case()
        part, self._part = self._part, ""
        if part:
            QTimer.singleShot(_SETTLED_MS, self, lambda: self.jump(part))

    def jump(self, part: str) -> None:
        """Bring a part of the page to the top; a gate gets the focus, so that Enter opens its form."""
        is_gate = part in set(Gate)
        section = self.sections.get("gates" if is_gate else part)
        if section is not None:
            self.scroller.verticalScrollBar().setValue(max(0, section.y() - 6))
        if is_gate:
            self.step_bar.focus_gate(Gate(part))

    def _restyle(self) -> None:
        self.papers.restyle()
        self._show_case()

    # Doing

    def commands(self) -> dict[str, Callable[[], None]]:
        """What the menus can do here."""
        if self.case is None:
            return {}
        doing: dict[str, Callable[[], None]] = {
            "print": lambda: self.jump("papers"),
            "find": self.search_history,
        }
        if self.header.edit_button.isEnabled():
            doing["edit"] = lambda: self._enter(entries.enter_problem)
            doing["new"] = lambda: self._enter(entries.enter_progress)
        return doing

    def search_history(self) -> None:
        """Search in the history of the case."""
        self.jump("history")
        self.history.filter.setFocus()

    def open_gate(self, gate: Gate) -> None:
        """The form that passes a gate; a gate that is passed shows its record."""
        if self.case is None:
            return
        is_done = gate in passed_gates(self.case) and not is_stage_closed(self.case)
        if is_done or is_closed(self.case) or not self.session.can_write:
            self.jump("steps")
        else:
            self._enter(entries.enter_gate, gate)

    def void(self, kind: str, row: str, words: str) -> None:
        """Withdraw a record with a reason."""
        case, session = self.case, self.session
        reason = questions.ask_text(f"作废{words}的原因（原记录保留在历史里）", "作废") if case else ""
        if case and reason:
            session.do(lambda: void_record(session.ledger, case, kind, row, reason, session.today(), session.person))

    def _do_paper(self, verb: str, paper: ArchivedPaper) -> None:
        """Something with a paper that was printed before."""
        # What it needs of printing is read when it is wanted.
        from desktop.views.papers import archive_actions as actions

        if verb == "anew":
            place = actions.make_anew(self.session, paper)
            if place is not None:
                self.go.emit(place)
        else:
            doing = {"open": actions.open_original, "view": actions.view_scan, "scan": actions.attach}
            doing[verb](self.session, paper)

    def _do_sheet(self, verb: str, kind: str, sheet: str) -> None:
        """Something with a paper of the ladder or a visit."""
        place = chasing.do_sheet(self.session, verb, kind, sheet)
        if place is not None:
            self.go.emit(place)

    def _fill_menu(self) -> None:
        menu = self.bar.more_button.menu()
        menu.clear()
        for words, possible, act in menu_entries(self.session, self.case) if self.case else ():
            action = menu.addAction(words) if words else menu.addSeparator()
            action.setEnabled(possible)
            action.triggered.connect(lambda _=False, act=act: act())

    def _enter(self, verb: Callable[..., bool], *args: object) -> None:
        if self.case is not None:
            verb(self.session, self.case, *args)

    # Files dropped on the page

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome anywhere on the page."""
        if self.case is not None and self.session.can_write and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the form for proof with the files; the other program waits for the drop to end, the form does not."""
        files = local_paths(event.mimeData())
        event.acceptProposedAction()
        if files:
            QTimer.singleShot(0, self, lambda: self._enter(entries.enter_evidence, files))
