"""销号: every problem on its way to being struck off, what comes next and what it still lacks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.operations.case_view import OnTheWay, cases_of, on_the_way
from desktop.operations.cases import open_case
from desktop.operations.profile import region_of
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.line_words import left_tone, line_left_words, line_state, state_tone
from desktop.rules.records import GATE_WORDS, STATE_WORDS, Gate, ProblemLine
from desktop.views import questions
from desktop.views.case.gate_states import next_words
from desktop.views.case.words import flat_button
from desktop.views.entries import case as case_entries
from desktop.views.looks.empty import Empty
from desktop.views.page import Page
from desktop.views.place import PageKey, Place
from desktop.views.reading import read_safely
from desktop.views.session import Session
from desktop.views.tables.columns import Column
from desktop.views.tables.row_model import ListModel
from desktop.views.tables.table import TableView

STAGE_WORDS = {
    "ready": "措施已完成",
    "self_checked": "已自查自验",
    "applied": "已申请销号",
    "accepted": "已验收",
    "in_notice": "公示中",
    "notice_ended": "公示期满",
    "returned": "退回、重新整改",
    "closed": "已销号备案",
}
_BATCH = 12  # cases read in one go, a few hundredths of a second on an old PC
_UNREAD = "…"


@dataclass(frozen=True, slots=True)
class WayLine:
    """One line: the problem, its state in words, the next gate and what it lacks (``…`` while not yet read)."""

    line: ProblemLine
    state: str
    tone: str
    left: str
    left_tone: str
    gate: Gate | None = None
    lacks: str = _UNREAD

    @property
    def act(self) -> str:
        """The gate that comes next."""
        return GATE_WORDS[self.gate] if self.gate else ""


def _act_tip(row: WayLine) -> str:
    return f"点这里登记{row.act}" if row.act else ""


COLUMNS: tuple[Column[WayLine], ...] = (
    Column("number", "序号", 3, lambda row: str(row.line.number), align="right", sorts=False),
    Column("head", "问题", 14, lambda row: row.line.head, stretch=True, sorts=False),
    Column("lead", "牵头单位", 8, lambda row: row.line.lead or "/", sorts=False),
    Column("state", "现在", 6, lambda row: row.state, tone=lambda row: row.tone, sorts=False),
    Column("left", "时限", 6, lambda row: row.left, tone=lambda row: row.left_tone, sorts=False),
    Column("act", "下一步", 5, lambda row: row.act, tone=lambda row: "accent", tip=_act_tip, sorts=False),
    Column("lacks", "还缺什么", 16, lambda row: row.lacks, stretch=True, sorts=False),
)


class WayModel(ListModel[WayLine]):
    """The lines; what they lack comes in later without moving the cursor."""

    def change_rows(self, rows: Sequence[WayLine]) -> None:
        """The same problems in the same order, with more known of them."""
        self.rows = tuple(rows)
        if rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))


class ClosurePage(Page):
    """Attributes: ``chips`` choose a state, ``table`` shows its problems; ``Place.filter`` names a state."""

    key = PageKey.CLOSURE

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._stages: tuple[OnTheWay, ...] = ()
        self._known: dict[str, tuple[Gate | None, str]] = {}
        self._chosen = ""
        self._reading = QTimer(self)
        self._reading.setInterval(0)
        self._reading.timeout.connect(lambda: read_safely(session, self._read_some, self._reading))
        self.model = WayModel(COLUMNS, self)
        self._build()
        session.look_changed.connect(self._show)
        session.runner.started.connect(lambda _: self._allow())
        session.runner.ended.connect(lambda _: self._allow())

    def _build(self) -> None:
        title = QLabel("销号")
        title.setObjectName("title")
        self.sum = QLabel()
        self.sum.setObjectName("hint")
        self.open_button = QPushButton("打开档案")
        self.open_button.setToolTip("Enter")
        self.open_button.clicked.connect(self.open_chosen)
        self.act_button = QPushButton("登记…")
        self.act_button.setObjectName("primary")
        self.act_button.clicked.connect(self.enter_chosen)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(self.sum, 1)
        head.addWidget(self.open_button)
        head.addWidget(self.act_button)
        self._chip_row = QHBoxLayout()
        self._chip_row.setSpacing(5)
        self.chips: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        for key, words in (("", "全部"), *STAGE_WORDS.items()):
            self._add_chip(key, words)
        self._chip_row.addStretch(1)
        self.table = TableView("closure")
        self.table.setModel(self.model)
        self.table.setAccessibleName("办理销号的问题")
        self.table.opened.connect(lambda _: self.open_chosen())
        self.table.clicked.connect(self._on_click)
        self.table.told.connect(self.session.told)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        hint = "措施全部完成后会出现在这里；也可以在问题的档案里直接登记自查自验。"
        opener = ("打开台账", lambda: self.go.emit(Place(PageKey.LEDGER)))
        self.empty = Empty("还没有问题走到销号环节", hint, (opener,))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(self._chip_row)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.empty, 1)

    def _add_chip(self, key: str, words: str) -> None:
        if key == "closed":
            # They are on their way no longer: the ledger shows them.
            chip = flat_button(words)
            chip.clicked.connect(lambda: self.go.emit(Place(PageKey.LEDGER, filter="closed")))
        else:
            chip = QPushButton(words)
            chip.setObjectName("chip")
            chip.setCheckable(True)
            chip.setChecked(key == "")
            chip.clicked.connect(lambda _=False, key=key: self.choose(key))
            self._group.addButton(chip)
        self.chips[key] = chip
        self._chip_row.addWidget(chip)

    # Showing

    def show_place(self, place: Place) -> None:
        """Show the problems of one state."""
        self.refresh_if_stale()
        if place.filter in self.chips:
            self.choose(place.filter)

    def refresh(self) -> None:
        """Read again who stands where; what each lacks follows in small portions."""
        self._stages = on_the_way(self.session.ledger, self.session.today())
        self._known = {}
        self._show()

    def choose(self, key: str) -> None:
        """Show the problems in one state, or all with an empty key."""
        self._chosen = key
        self.chips[key].setChecked(True)
        self._show()

    def _show(self) -> None:
        total = 0
        for stage in self._stages:
            chip = self.chips[stage.stage]
            chip.setText(f"{STAGE_WORDS[stage.stage]} {stage.total}")
            chip.setVisible(stage.total > 0 or stage.stage == self._chosen)
            total += stage.total if stage.stage != "closed" else 0
        self.chips[""].setText(f"全部 {total}")
        self.sum.setText(f"{total}个问题正在办理")
        chosen = self.chosen()
        rows = [self._row(line) for stage in self._stages if self._chosen in ("", stage.stage) for line in stage.lines]
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        at = next((n for n, row in enumerate(rows) if chosen and row.line.id == chosen.line.id), 0)
        self.table.choose_rows([], at)
        self._allow()
        self._reading.start()

    def _row(self, line: ProblemLine) -> WayLine:
        today = self.session.today()
        state = line_state(line, today)
        gate, lacks = self._known.get(line.id, (None, _UNREAD))
        left, tone = line_left_words(line, today), left_tone(line, today)
        return WayLine(line, STATE_WORDS[state], state_tone(state), left, tone, gate, lacks)

    def _read_some(self) -> None:
        """Read a few cases and say what they lack; the rest at the next turn."""
        waiting = [row.line.id for row in self.model.rows if row.line.id not in self._known][:_BATCH]
        if not waiting or not self.session.is_there():
            self._reading.stop()
            return
        region, today = region_of(self.session.ledger), self.session.today()
        found = cases_of(self.session.ledger, waiting)
        self._known |= dict.fromkeys(waiting, (None, ""))
        self._known |= {case.problem.id: next_words(case, region, today) for case in found}
        self.model.change_rows([self._row(row.line) for row in self.model.rows])
        self._allow()

    def _allow(self) -> None:
        row = self.chosen()
        self.open_button.setEnabled(row is not None)
        self.act_button.setEnabled(bool(row and row.gate) and self.session.can_write)
        self.act_button.setText(f"登记{row.act}…" if row and row.gate else "登记…")

    # Doing

    def chosen(self) -> WayLine | None:
        """The line the cursor is in."""
        rows: Sequence[int] = self.table.chosen_rows()
        return self.model.row_at(rows[0]) if rows else None

    def commands(self) -> dict[str, Callable[[], None]]:
        """What the menus can do here."""
        if self.chosen() is None:
            return {}
        doing: dict[str, Callable[[], None]] = {"open": self.open_chosen}
        if self.act_button.isEnabled():
            doing |= {"new": self.enter_chosen, "edit": self.enter_chosen}
        return doing

    def open_chosen(self) -> None:
        """Open the case at the gate that comes next."""
        row = self.chosen()
        if row is not None:
            self.go.emit(Place(PageKey.CASE, row.line.id, part=row.gate.value if row.gate else ""))

    def enter_chosen(self) -> None:
        """The form for the next gate of the problem the cursor is in."""
        row, session = self.chosen(), self.session
        if row is None or row.gate is None or not session.can_write:
            return
        try:
            case = open_case(session.ledger, row.line.id)
        except (Refused, KnownFault) as error:
            questions.tell_refusal(error)
            return
        case_entries.enter_gate(session, case, row.gate)

    def _on_click(self, index: QModelIndex) -> None:
        if COLUMNS[index.column()].key == "act":
            self.enter_chosen()
