"""The board of a review: source at the left, problems in the middle, their fields and the remarks at the right.

The source is the text that was read, the pages of the document, or both.
"""

from datetime import date

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QSplitter, QTabWidget, QVBoxLayout, QWidget

from desktop.operations.plan.headings import UNKNOWN, unknown_headings
from desktop.rules.drafts import Span
from desktop.views.pane import Pane
from desktop.views.review.beside import BesideLedger
from desktop.views.review.fields import FieldsPanel
from desktop.views.review.findings_view import FindingsView, LooseView
from desktop.views.review.heading_panel import HeadingPanel
from desktop.views.review.model import Review, mark_at, marks_of
from desktop.views.review.original_pane import PAGE_FINDINGS, OriginalPane
from desktop.views.review.plan import PlanFields
from desktop.views.review.source_view import SourceView
from desktop.views.review.units import UnknownUnits
from desktop.views.tables.columns import Column
from desktop.views.tables.table import TableView
from desktop.views.tables.ticked_rows import TickModel

RENEW_MS = 150
COMPARE, HEADINGS = 5, 6  # tabs that are there only when they have something to say


class ReviewBoard(Pane):
    """Shows one review and edits it.

    Signals: ``changed`` after every edit, tick or choice; ``headings_chosen(dict)`` when the file should be read again
    with heads of columns mapped to fields.
    """

    changed = Signal()
    headings_chosen = Signal(object)

    def __init__(self, review: Review, today: date, pages: bytes = b"", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.review = review
        self.marks = marks_of(review.original)
        self._at = -1
        self.source = SourceView()
        self.original = OriginalPane(self.source, pages, bool(review.original.source))
        self.fields = FieldsPanel(today)
        self.findings, self.loose, self.units = FindingsView(), LooseView(), UnknownUnits()
        self.plan = PlanFields(today)
        self.beside, self.headings = BesideLedger(today), HeadingPanel()
        self.compare, self.progress = self.beside.compare, self.beside.progress
        self.model = TickModel(self._columns(), self._is_ticked, self._tick, review.may_confirm, self)
        self.table = TableView("plan_problems")
        self.table.setModel(self.model)
        self.table.setAccessibleName("读出的问题")
        self._renewing = QTimer(self)
        self._renewing.setSingleShot(True)
        self._renewing.setInterval(RENEW_MS)
        self._renewing.timeout.connect(self.renew)
        self._lay_out()
        self._connect()
        self._fill()

    def _columns(self) -> tuple[Column[int], ...]:
        review = self.review
        return (
            Column("number", "序号", 3, lambda at: str(review.problems[at].number or "？"), tip=self._tip),
            Column(
                "state",
                "状态",
                5,
                lambda at: review.standing(at).words + ("·已改" if review.changed_fields(at) else ""),
                tone=lambda at: review.standing(at).tone,
                tip=self._tip,
                stretch=True,
            ),
            Column("text", "问题", 16, lambda at: review.problems[at].text, tip=self._tip, shown=False),
        )

    def _lay_out(self) -> None:
        self.add_button = QPushButton("补录问题")
        self.add_button.setToolTip("加一个没有读出的问题，对照原件填写")
        self.add_button.clicked.connect(lambda: self.add_problem())
        problems = QWidget()
        column = QVBoxLayout(problems)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.table, 1)
        column.addWidget(self.add_button)
        inside = QSplitter(Qt.Orientation.Horizontal)
        inside.addWidget(problems)
        inside.addWidget(self.fields)
        inside.setSizes([12 * self.fontMetrics().horizontalAdvance("字"), 400])
        inside.setStretchFactor(1, 1)
        inside.setChildrenCollapsible(False)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("核对内容")
        for part, words in (
            (inside, "问题"),
            (self.findings, "提示"),
            (self.units, "单位"),
            (self.loose, "未归属"),
            (self.plan, "方案"),
            (self.beside, "比较"),
            (self.headings, "表头"),
        ):
            self.tabs.addTab(part, words)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(self.original)
        self.splitter.addWidget(self.tabs)
        self.splitter.setSizes([375, 585])
        self.splitter.setStretchFactor(0, 2)
        self.splitter.setStretchFactor(1, 3)
        self.splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self.begin_at(self.table)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.table.opened.connect(lambda _: self.fields.focus_field("text"))
        self.fields.edited.connect(self._on_edited)
        self.fields.chosen.connect(self._on_field)
        self.fields.restored.connect(self._on_restored)
        self.source.placed.connect(self._on_placed)
        self.source.taken.connect(self._on_taken)
        self.findings.wanted.connect(self._go_to_finding)
        self.findings.opened.connect(self._open_finding)
        self.findings.settled.connect(self._renew_soon)
        self.loose.wanted.connect(self._go_to_loose)
        self.loose.assigned.connect(self._on_assigned)
        self.units.decided.connect(self._renew_soon)
        self.plan.edited.connect(self._on_plan)
        self.tabs.currentChanged.connect(self._on_tab)
        self.beside.changed.connect(self.changed)
        self.beside.linked.connect(self._link)
        self.beside.opened.connect(self.go_to)
        self.headings.chosen.connect(self.headings_chosen)

    def _fill(self) -> None:
        review = self.review
        self.source.set_source(review.original.source)
        self.source.set_loose(span for span in review.unassigned_spans() if span)
        self.findings.set_review(review)
        self.loose.set_review(review)
        self.units.set_review(review)
        self.plan.set_review(review)
        self.headings.set_headings(unknown_headings(review.original), review.headings)
        self.tabs.setTabVisible(HEADINGS, bool(self.headings.choices))
        self.beside.set_review(review)
        self.model.set_rows(range(len(review.problems)))
        if review.problems:
            self.table.choose_rows((), 0)
        self.renew()

    # Problems

    @property
    def at(self) -> int:
        """The problem that is shown, -1 for none."""
        return self._at

    def go_to(self, at: int, field: str = "", measure: int = -1) -> None:
        """Show a problem, and put the cursor into a field of it."""
        self.tabs.setCurrentIndex(0)
        self.table.choose_rows((), at)
        if field:
            self.fields.focus_field(field, measure)

    def _on_row(self, index: QModelIndex, _: QModelIndex) -> None:
        at = self.model.row_at(index.row()) if index.isValid() else None
        if at is None or at == self._at:
            return
        self._at = at
        self.fields.show_draft(self.review.problems[at])
        self.fields.verticalScrollBar().setValue(0)
        self._show_states()
        self.source.show_problem(mark.span for mark in self.marks if mark.problem == at and mark.field != "number")
        self.source.show_span(self._span(at, "text") or self._span(at, "number"))

    def add_problem(self) -> None:
        """Add a problem that was not read, and go to its text."""
        at = self.review.add_problem()
        self.model.set_rows(range(len(self.review.problems)))
        self.go_to(at, "text")
        self.renew()

    def _span(self, at: int, field: str, measure: int = -1) -> Span | None:
        found = [mark for mark in self.marks if (mark.problem, mark.field, mark.measure) == (at, field, measure)]
        return found[0].span if found else None

    def _on_field(self, field: str, measure: int) -> None:
        wanted = self._measure_place(measure) if field == "measures" else -1
        if field == "number":
            self.source.show_span(self._span(self._at, "text"))
        else:
            self.source.show_span(self._span(self._at, field, wanted))

    def _measure_place(self, at: int) -> int:
        """The place among the measures as read of one that may have moved; -1 for one added by hand."""
        now, read = self.review.problems[self._at].measures, self.review.original.problems[self._at].measures
        span = now[at].span if 0 <= at < len(now) else None
        return next((place for place, measure in enumerate(read) if measure.span == span and span), -2)

    def _on_placed(self, position: int) -> None:
        mark = mark_at(self.marks, position)
        if mark is None:
            self._choose_loose(position)
            return
        measure = mark.measure
        if measure >= 0:
            shown = self.review.problems[mark.problem].measures
            measure = next((place for place, m in enumerate(shown) if m.span == mark.span), -1)
        self.go_to(mark.problem, mark.field, measure)
        self.source.show_span(mark.span, scroll=False)

    def _choose_loose(self, position: int) -> None:
        for at, span in enumerate(self.review.unassigned_spans()):
            if span and span.start <= position <= span.end:
                self.tabs.setCurrentWidget(self.loose)
                self.loose.table.choose_rows((), at)

    # Edits

    def _on_edited(self, field: str, values: dict[str, object]) -> None:
        if self._at >= 0:
            self.review.edit(self._at, **values)
            self._renew_soon()

    def _on_restored(self, field: str) -> None:
        self.review.restore(self._at, field)
        self.fields.show_draft(self.review.problems[self._at])
        self.renew()

    def _on_taken(self, text: str) -> None:
        field = self.fields.current_field
        if self._at >= 0 and field != "number" and text:
            self.review.add_text(self._at, field, text)
            self._reshow()

    def _on_assigned(self, problem: int) -> None:
        if problem >= 0 and problem == self._at:
            self._reshow()
        self.renew()

    def _reshow(self) -> None:
        self.fields.show_draft(self.review.problems[self._at])
        self.renew()

    def _on_plan(self, values: dict[str, object]) -> None:
        self.review.edit_plan(**values)
        self._renew_soon()

    def _renew_soon(self) -> None:
        self._renewing.start()

    def renew(self) -> None:
        """Bring every mark and count up to date."""
        self._renewing.stop()
        review = self.review
        review.ticked = {at for at in review.ticked if review.may_confirm(at)}
        self.model.renew_all()
        self.findings.renew()
        self._show_states()
        counts = {1: self.findings.open_count(), 2: self.units.open_count() or len(review.choices)}
        counts[3] = len(review.original.unassigned) - len(review.placed)
        for tab, words in ((1, "提示"), (2, "单位"), (3, "未归属")):
            self.tabs.setTabText(tab, f"{words} {counts[tab]}" if counts[tab] else words)
        offered = self.beside.renew()
        self.tabs.setTabVisible(COMPARE, self.beside.has_words)
        self.tabs.setTabText(COMPARE, f"比较 {offered}" if offered else "比较")
        self.changed.emit()

    def _link(self, at: int, on: bool) -> None:
        self.review.link(at, on)
        self.renew()

    def _show_states(self) -> None:
        at, review = self._at, self.review
        if at >= 0:
            states = review.changed_fields(at), review.differences(at), review.fault(at)
            self.fields.show_states(review.problems[at], *states)

    def _on_tab(self, tab: int) -> None:
        if self.tabs.widget(tab) is self.units:
            self.review.renew_choices()
            self.units.set_review(self.review)
        elif self.tabs.widget(tab) is self.loose:
            self.loose.renew()
            self.loose.show_current()

    def settle_edits(self) -> None:
        """Take in what was typed a moment ago, and ask for units that it names."""
        self.review.renew_choices()
        self.renew()

    # Ticks and jumps

    def _is_ticked(self, at: int) -> bool:
        return at in self.review.ticked

    def _tick(self, at: int, on: bool) -> None:
        (self.review.ticked.add if on else self.review.ticked.discard)(at)
        self.changed.emit()

    def tick_all(self) -> None:
        """Confirm all problems that can be imported."""
        self.settle_edits()
        self.review.tick_all()
        self.renew()

    def _tip(self, at: int) -> str:
        standing, problem = self.review.standing(at), self.review.problems[at]
        return (standing.fault + "\n" if standing.fault else "") + f"{problem.number}．{problem.text}"

    def _go_to_finding(self, at: int) -> None:
        finding = self.review.original.findings[at]
        place = next((i for i, p in enumerate(self.review.original.problems) if p.number == finding.number), -1)
        if place >= 0:
            self.table.choose_rows((), place)
        self.source.show_span(finding.span or (self._span(place, "text") if place >= 0 else None))

    def _open_finding(self, at: int) -> None:
        """Go to the field that a finding is about."""
        finding = self.review.original.findings[at]
        place = next((i for i, p in enumerate(self.review.original.problems) if p.number == finding.number), -1)
        if finding.key == "unassigned":
            self.tabs.setCurrentWidget(self.loose)
        elif finding.key in PAGE_FINDINGS:
            self.original.show_page_of(finding.sentence)
        elif finding.key == UNKNOWN:
            self.tabs.setCurrentWidget(self.headings)
        elif place >= 0:
            mark = next((m for m in self.marks if m.span == finding.span and m.field != "number"), None)
            lacking = self.review.lacking(finding)
            field = lacking[0] if lacking else mark.field if mark else "text"
            self.go_to(place, field, mark.measure if mark else -1)

    def _go_to_loose(self, at: int) -> None:
        span = self.review.unassigned_spans()[at]
        if span is not None and self.tabs.currentWidget() is self.loose:
            self.source.show_span(span)
