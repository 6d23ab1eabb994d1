"""点位 of a case as a table: how far each is, and what is done with the chosen ones."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.rules.followup import Site
from desktop.rules.records import CaseFile
from desktop.rules.sites import STAGE_WORDS, SiteStage, count_sites, is_late, proof_of, stage_of, state_words
from desktop.rules.wording import NO_TEXT, date_in_table
from desktop.views.case.words import Section, flat_button
from desktop.views.tables.columns import Column
from desktop.views.tables.row_model import ListModel
from desktop.views.tables.table import Layouts, TableView

SHOWN_ROWS = 10
_TONES = {None: "muted", SiteStage.DONE: "accent", SiteStage.CHECKED: "warn", SiteStage.CLOSED: "ok"}


class SitesView(Section):
    """The table of sites, shown once there are any.

    Signals: ``edit_wanted(row)`` (empty for a new one), ``paste_wanted``, ``step_wanted(stage, rows)``,
    ``proof_wanted(row)``, ``list_wanted`` for the printed list, ``void_wanted(kind, row, words)``.
    """

    edit_wanted = Signal(str)
    paste_wanted = Signal()
    step_wanted = Signal(str, object)
    proof_wanted = Signal(str)
    list_wanted = Signal()
    void_wanted = Signal(str, str, str)

    def __init__(self, layouts: Layouts | None = None, parent: QWidget | None = None) -> None:
        super().__init__("点位", parent)
        self._case: CaseFile | None = None
        self._today = date.min
        self._units: dict[str, str] = {}
        self.model: ListModel[Site] = ListModel(self._columns(), self)
        self.table = TableView("sites", layouts)
        self.table.setAccessibleName("点位清单")
        self.table.setModel(self.model)
        self.table.opened.connect(lambda index: self._edit(index.row()))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self.buttons = {stage: flat_button(f"登记{STAGE_WORDS[stage]}…") for stage in SiteStage}
        self.proof_button, self.edit_button = flat_button("附佐证…"), flat_button("修改…")
        self.void_button = flat_button("作废…")
        row = QHBoxLayout()
        for stage, button in self.buttons.items():
            button.clicked.connect(lambda _=False, s=stage: self.step_wanted.emit(s.value, self.chosen()))
            row.addWidget(button)
        for button in (self.proof_button, self.edit_button, self.void_button):
            row.addWidget(button)
        row.addStretch(1)
        self.proof_button.clicked.connect(lambda: self.proof_wanted.emit(self.chosen()[0]))
        self.edit_button.clicked.connect(lambda: self.edit_wanted.emit(self.chosen()[0]))
        self.void_button.clicked.connect(self._void)
        self.body.addWidget(self.table)
        self.body.addLayout(row)
        self.list_button = self.add_button("点位销号清单")
        self.list_button.clicked.connect(self.list_wanted)
        self.paste_button = self.add_button("粘贴表格…")
        self.paste_button.clicked.connect(self.paste_wanted)
        self.new_button = self.add_button("新增点位…")
        self.new_button.clicked.connect(lambda: self.edit_wanted.emit(""))
        self._can_change = False

    def _columns(self) -> tuple[Column[Site], ...]:
        return (
            Column("number", "序号", 3.2, lambda site: str(site.number), "right", sorts=False),
            Column("name", "点位名称", 12, lambda site: site.name, stretch=True, sorts=False),
            Column("place", "地点", 8, lambda site: site.place or NO_TEXT, stretch=True, sorts=False),
            Column("unit", "责任单位", 7, lambda site: self._units.get(site.unit_id, NO_TEXT), sorts=False),
            Column("due", "完成时限", 5.5, lambda site: _day(site.due), sorts=False),
            Column("state", "状态", 5.5, self._state, tone=self._tone, sorts=False),
            Column("closed_on", "销号日期", 5.5, lambda site: _day(site.closed_on), sorts=False),
            Column("batch", "批次", 5, lambda site: site.batch or NO_TEXT, sorts=False),
            Column("proof", "佐证", 3, self._proof, "right", sorts=False),
        )

    def show_case(self, case: CaseFile, today: date, units: dict[str, str], *, can_change: bool) -> None:
        """Show the sites of a case; ``units`` are names by id. A single chosen site stays chosen, a batch does not."""
        self._case, self._today, self._units, self._can_change = case, today, units, can_change
        kept = self.chosen()
        self.model.set_rows(case.sites)
        self.remark.setText(count_sites(case.sites, today).sentence)
        rows = [at for at, site in enumerate(case.sites) if kept == (site.id,)]
        if rows:
            self.table.choose_rows(rows, rows[0])
        high = min(len(case.sites), SHOWN_ROWS)
        line = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + line * high + line)
        for button in (self.paste_button, self.new_button):
            button.setEnabled(can_change)
        self._allow()

    def chosen(self) -> tuple[str, ...]:
        """The row ids of the chosen sites, in their order."""
        found = (self.model.row_at(at) for at in self.table.chosen_rows())
        return tuple(site.id for site in found if site is not None)

    def _allow(self) -> None:
        count = len(self.table.chosen_rows())
        for button in self.buttons.values():
            button.setEnabled(self._can_change and count > 0)
        for button in (self.proof_button, self.edit_button, self.void_button):
            button.setEnabled(self._can_change and count == 1)

    def _edit(self, at: int) -> None:
        site = self.model.row_at(at)
        if site is not None and self._can_change:
            self.edit_wanted.emit(site.id)

    def _void(self) -> None:
        site = next((s for s in self.model.rows if (s.id,) == self.chosen()), None)
        if site is not None:
            self.void_wanted.emit("site", site.id, f"第{site.number}号点位")

    def _state(self, site: Site) -> str:
        return state_words(site, self._today)

    def _tone(self, site: Site) -> str:
        return "late" if is_late(site, self._today) else _TONES[stage_of(site)]

    def _proof(self, site: Site) -> str:
        return str(len(proof_of(self._case, site)) if self._case else 0)


def _day(day: date | None) -> str:
    return date_in_table(day) if day else NO_TEXT
