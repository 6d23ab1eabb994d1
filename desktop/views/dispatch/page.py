"""调度: the month's reports of all measures in one grid, typed in place and saved together."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.operations.cases import open_case
from desktop.operations.drafts import drop_draft, keep_draft, kept_draft
from desktop.operations.lists import Filter, ProblemKeys, Sort, count_all, list_choices, read_keys
from desktop.operations.month.work import zero_problems
from desktop.operations.rounds import list_rounds, open_frozen
from desktop.operations.today import RowKey, read_row_keys, report_row
from desktop.rules.dispatch_edit import as_state, entry_of, from_state
from desktop.rules.month_checks import MonthCheck
from desktop.rules.records import Changes
from desktop.views.dispatch.model import DispatchModel
from desktop.views.dispatch.parts import DispatchBar, DraftBar, RowTexts, months_back
from desktop.views.dispatch.round_strip import RoundStrip
from desktop.views.dispatch.round_work import RoundWork
from desktop.views.dispatch.sides import DispatchSides
from desktop.views.dispatch.table import DispatchTable
from desktop.views.entries import case as entries
from desktop.views.looks.empty import Empty, no_problems
from desktop.views.page import Page
from desktop.views.place import PageKey, Place
from desktop.views.reading import read_safely
from desktop.views.session import Session
from desktop.views.tables.filter_bar import FilterBar
from desktop.views.tables.table import Layouts

if TYPE_CHECKING:
    from desktop.views.dispatch.forms_in import FormsInPanel
    from desktop.views.dispatch.forms_out import FormsOutPanel
FORM = "dispatch"
PART = 60
KEPT_MS = 400
SHOWN_AT_ONCE = 10_000


class DispatchPage(Page):
    """The grid of one month.

    Rows are read in parts between two events. What is typed is kept as a draft until it is saved or thrown away.
    """

    key = PageKey.DISPATCH

    def __init__(self, session: Session, layouts: Layouts | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._problems = ProblemKeys()
        self._read = 0
        self._reported = self._unreported = 0
        self._found: list[RowKey] = []
        self._cursor = (("", ""), 0)
        self._to_save: list[tuple[str, str]] = []
        self._saved, self._save_name = 0, ""
        self._is_saving = False
        self._kept: dict[str, object] = {}
        self.bar = DispatchBar(months_back(session.today()))
        self.bar.month_chosen.connect(lambda _: self.refresh())
        self.bar.save.clicked.connect(self.save)
        self.bar.carry.clicked.connect(self.carry_forward)
        self.filters = FilterBar(("unit", "role", "source"))
        self.filters.changed.connect(lambda _: self.refresh())
        self.bar.unreported.toggled.connect(lambda _: self.refresh())
        self.model = DispatchModel(session.ledger, session.today, self)
        self.model.edited.connect(self._on_edited)
        self.model.refused.connect(self._show_refusal)
        self.table = DispatchTable(session.settings.tables() if layouts is None else layouts)
        self.table.setAccessibleName("本月进展")
        self.table.setModel(self.model)
        self.table.opened.connect(self._open)
        self.table.told.connect(session.told)
        self.filters.left.connect(self.table.setFocus)
        self.table.selectionModel().currentRowChanged.connect(lambda index, _: self._show_row(index))
        self.drafts = DraftBar()
        self.drafts.taken.connect(self.take_draft)
        self.drafts.dropped.connect(self.drop_draft)
        self.texts = RowTexts()
        self.work = RoundWork(session, self)
        self.strip = RoundStrip(self.work)
        self.destroyed.connect(self.model.leave_frozen)
        self._reading = self._timer(0, self._read_part, single=False)
        # The grid comes first; what the filters offer is read in a moment of its own.
        self._choices = self._timer(0, self._offer_choices)
        self._saving = self._timer(0, self._save_next)
        self._keeping = self._timer(KEPT_MS, self.keep_draft)
        self._lay_out()

    def _timer(self, wait: int, act: Callable[[], None], *, single: bool = True) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(wait)
        timer.setSingleShot(single)
        timer.timeout.connect(lambda: read_safely(self.session, act, timer))
        return timer

    def _lay_out(self) -> None:
        self.stack = QStackedWidget()
        self.nothing = Empty(
            "没有需要填报的措施",
            "已销号和已转入下一轮的问题不再填报；有筛选条件时请先清除条件。",
            (("打开台账", lambda: self.go.emit(Place(PageKey.LEDGER))),),
        )
        self.unused = no_problems(self.go)
        for part in (self.table, self.nothing, self.unused):
            self.stack.addWidget(part)
        self.grid = QWidget()
        layout = QVBoxLayout(self.grid)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for above in (self.bar, self.strip, self.filters, self.drafts):
            layout.addWidget(above)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.texts)
        self.sides = DispatchSides(self.work, self.grid)
        self.sides.left.connect(self.show_grid)
        self.sides.go.connect(self.go)
        self.sides.jump_wanted.connect(self.jump)
        around = QVBoxLayout(self)
        around.setContentsMargins(12, 10, 12, 10)
        around.addWidget(self.sides)
        self.bar.send.triggered.connect(lambda: self.show_forms_out())
        self.bar.collect.triggered.connect(lambda: self.show_forms_in())
        self.strip.acts |= {
            "board": self.sides.reports,
            "checks": self.sides.checks,
            "judge": self.sides.judgements,
            "late": self.report_late,
            "papers": lambda: self.go.emit(Place(PageKey.PAPERS, paper="monthly_dispatch", filter=self.month)),
        }
        self.begin_at(self.table)

    # Reading

    @property
    def month(self) -> str:
        """The month that is shown, such as ``2026-11``."""
        return self.bar.month

    @property
    def is_reading(self) -> bool:
        """True until all rows of the month are known."""
        return self._reading.isActive()

    def refresh(self) -> None:
        """Read the month again, in parts; what is typed stays."""
        ledger = self.session.ledger
        if self.model.month and self.model.month != self.month:
            self.keep_draft()
            self.model.edits.clear()
        self._choices.start()
        self.work.show_month(self.month)
        self.bar.show_frozen({found.month for found in list_rounds(ledger) if found.is_frozen})
        if not self._is_prepared():
            return
        frozen = open_frozen(ledger, self.month) if self.work.is_frozen else None
        chosen = self.filters.chosen
        only = Filter(chosen.text, chosen.unit, chosen.role, None, chosen.source, "open")
        self._problems = read_keys(frozen.ledger if frozen else ledger, only, Sort(), self.session.today())
        self._read = self._reported = self._unreported = 0
        self._found = []
        here = self.table.currentIndex()
        self._cursor = (self.model.keys[here.row()][:2] if here.isValid() else ("", ""), here.column())
        self.model.is_writable = self.session.can_write and frozen is None
        self.model.begin(self.month, frozen, zero_problems(ledger, self.month))
        self._kept = {} if self.model.edits else kept_draft(ledger, FORM, self.month)
        self.drafts.offer(len(self._kept))
        self._reading.start()
        self._show_counts()

    def _is_prepared(self) -> bool:
        """False while what a frozen month is read from has yet to be put together."""
        if self.work.prepare(self._on_prepared):
            return True
        self.model.is_writable = False
        self.model.begin(self.month)
        self.bar.say(f"正在{self.session.runner.title}，完成后才能看这个冻结的月份。", is_fault=False)
        return False

    def _on_prepared(self) -> None:
        self.bar.say("", is_fault=False)
        self.refresh()

    def _offer_choices(self) -> None:
        self.filters.blockSignals(True)
        self.filters.set_choices(list_choices(self.session.ledger))
        self.filters.blockSignals(False)

    def concerns(self, changes: Changes) -> bool:
        """Everything but the rows that are being saved here."""
        return bool(changes.touched) and not self._is_saving

    def _read_part(self) -> None:
        part = self._problems.ids(self._read, PART)
        self._read += len(part)
        source = self.model.frozen.ledger if self.model.frozen else self.session.ledger
        keys = read_row_keys(source, part, self.month) if part else ()
        missing = {key for key in keys if key.is_missing and key.problem_id not in self.model.zero}
        self._reported += sum(key.is_reported for key in keys)
        self._unreported += len(missing)
        only = self.bar.unreported.isChecked()
        self._found += [key for key in keys if not only or key in missing or key[:2] in self.model.edits]
        is_last = self._read >= len(self._problems)
        # The table takes many rows as fast as few: the first part shows at once, the rest in large ones.
        if is_last or not self.model.keys or len(self._found) > SHOWN_AT_ONCE:
            self.model.append(self._found)
            self._found = []
        if is_last:
            self._end_reading()
        self._show_counts()

    def _end_reading(self) -> None:
        """The cursor goes back to its row, else to the first text."""
        self._reading.stop()
        empty = self.nothing if count_all(self.session.ledger) else self.unused
        self.stack.setCurrentWidget(self.table if self.model.keys else empty)
        (key, column), place = self._cursor, self.model.place(self._cursor[0])
        if key[0] and place >= 0:
            self.table.setCurrentIndex(self.model.index(place, column))
        elif self.model.keys and not self.table.currentIndex().isValid():
            text = next(at for at, found in enumerate(self.model.columns) if found.key == "text")
            self.table.setCurrentIndex(self.model.index(0, text))

    def _show_counts(self) -> None:
        typed = len(self.model.edits)
        self.bar.show_counts(self._reported, self._unreported, typed, is_reading=self.is_reading)
        self.bar.carry.setEnabled(self.model.is_writable)

    def _show_row(self, index: QModelIndex) -> None:
        line = self.model.row_at(index.row())
        self.texts.show_row(line.row if line else None)

    # Typing

    def carry_forward(self) -> None:
        """Begin the selected rows that are not reported with last month's words."""
        chosen = self.table.chosen_rows()
        done = self.model.carry_forward(chosen)
        words = f"已带入{done}行上月文字，请改成本月情况后保存。" if done else "所选的行没有可带入的上月文字。"
        self.bar.say(words, is_fault=False)

    def _on_edited(self) -> None:
        self.bar.say("", is_fault=False)
        self.drafts.offer(0)
        self._keeping.start()
        self._show_counts()

    def _show_refusal(self, sentence: str) -> None:
        self.bar.say(sentence, is_fault=True)

    def is_idle(self) -> bool:
        """False while something typed is not saved."""
        if self.model.edits:
            self.keep_draft()
        return not self.model.edits

    # Drafts

    def keep_draft(self) -> None:
        """Keep what is typed beside the ledger."""
        self._keeping.stop()
        state: dict[str, object] = {"~".join(key): as_state(edit) for key, edit in self.model.edits.items()}
        if state:
            keep_draft(self.session.ledger, FORM, self.model.month, state)
        elif not self._kept:
            drop_draft(self.session.ledger, FORM, self.model.month)

    def take_draft(self) -> None:
        """Go on with what was typed before."""
        for name, values in self._kept.items():
            problem, _, measure = name.partition("~")
            edit = from_state(values)
            if not edit.is_empty:
                self.model.edits[problem, measure] = edit
        self._kept = {}
        self.refresh()
        self.table.setFocus()

    def drop_draft(self) -> None:
        """Throw away what was typed before."""
        self._kept = {}
        drop_draft(self.session.ledger, FORM, self.month)
        self.drafts.offer(0)

    # Saving

    def save(self) -> None:
        """Save all typed rows, one after the other; the first that is refused stops and stays."""
        self.table.setFocus()  # ends typing in a cell
        if self.model.edits and not self._is_saving:
            self._to_save = list(self.model.edits)
            self._saved, self._save_name = 0, uuid4().hex
            self._is_saving = True
            self._saving.start()

    def _save_next(self) -> None:
        if not self._to_save:
            self._end_saving("")
            self.session.told.emit(f"已保存{self._saved}行。")
            return
        key = self._to_save.pop(0)
        at = self.model.place(key)
        line = self.model.row_at(at)
        if line is None or line.edit is None:
            self._saving.start()
            return
        was = self.model.keys[at]
        row, entry = line.row, entry_of(line.row, line.edit, self.model.month)
        session, today = self.session, self.session.today()
        if session.do(lambda: report_row(session.ledger, row, entry, today, session.person, self._save_name)) is None:
            self.table.setCurrentIndex(self.model.index(at, self.table.currentIndex().column()))
            self._end_saving("没有保存的行还在，改好后请再保存。")
            return
        self._saved += 1
        self.model.mark_reported(key)
        self.model.read_again(key[0])
        self._reported += not was.is_reported
        self._unreported -= was.is_missing and key[0] not in self.model.zero
        self._show_counts()
        self._saving.start()

    def _end_saving(self, fault: str) -> None:
        self._to_save = []
        self._is_saving = False
        self.keep_draft()
        self.bar.say(fault, is_fault=bool(fault))
        self._show_counts()
        self._show_row(self.table.currentIndex())
        self.work.show_month(self.month)

    # Units without the program

    def show_forms_out(self) -> "FormsOutPanel":
        """The side that sends out the month's forms."""
        self.keep_draft()
        return self.sides.forms_out()

    def show_forms_in(self) -> "FormsInPanel":
        """The side that takes in what units handed back."""
        self.keep_draft()
        return self.sides.forms_in()

    def show_grid(self) -> None:
        """Back to the month's grid."""
        self.sides.show_grid()
        self.table.setFocus()

    def jump(self, check: MonthCheck) -> None:
        """To the cell that a check is about."""
        self.show_grid()
        at = self.model.place((check.problem_id, check.measure_id))
        at = at if at >= 0 else next(iter(self.model.keys.places(check.problem_id)), -1)
        if at < 0:
            self.session.told.emit("这一行不在表里，请先清除筛选条件。")
            return
        column = next(i for i, found in enumerate(self.model.columns) if found.key == check.cell)
        self.table.setCurrentIndex(self.model.index(at, column))

    def report_late(self) -> None:
        """Report for a frozen month: the entry stands beside it and says so."""
        line = self.model.row_at(self.table.currentIndex().row())
        if line is None:
            self.session.told.emit("请先选要补报的一行。")
            return
        case = open_case(self.session.ledger, line.row.problem_id)
        entries.enter_progress(self.session, case, line.row.measure or None, self.month)

    # Going on

    def show_place(self, place: Place) -> None:
        """Only the rows that are not reported, when asked so; in a new month that one, unless something is typed."""
        self.bar.offer(months_back(self.session.today()), follow=not self.model.edits)
        if self.model.month and self.model.month != self.month:
            self.refresh()
        if place.filter == "unreported":
            self.show_grid()
            self.bar.unreported.setChecked(True)
        elif place.filter:
            self.show_grid()
            self.bar.choose(place.filter)

    def commands(self) -> dict[str, Callable[[], None]]:
        """What the menus can do here."""
        if not self.sides.is_grid:
            return {"leave": self.show_grid}
        found: dict[str, Callable[[], None]] = {"refresh": self.refresh, "find": self.filters.words.setFocus}
        if self.model.edits:
            found["save"] = self.save
        if self.table.currentIndex().isValid():
            found |= {"open": lambda: self._open(self.table.currentIndex()), "copy": self.table.copy}
        if self.table.is_typed_in(self.table.currentIndex()):
            found["edit"] = lambda: self.table.edit(self.table.currentIndex())
        return found

    def _open(self, index: QModelIndex) -> None:
        if not self.table.is_typed_in(index) and 0 <= index.row() < len(self.model.keys):
            self.go.emit(Place(PageKey.CASE, problem_id=self.model.keys[index.row()].problem_id, part="progress"))
