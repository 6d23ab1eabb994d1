"""The tab of leaders and people."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.operations.units import list_people, save_person, void_shared
from desktop.rules.entries import PersonEntry
from desktop.rules.records import Changes, Person, Unit
from desktop.views import questions
from desktop.views.entries.dialog import ask_entry
from desktop.views.looks.empty import Empty
from desktop.views.pane import Pane
from desktop.views.session import Session
from desktop.views.tables.row_model import ListModel
from desktop.views.tables.table import TableView
from desktop.views.units.model import PERSON_COLUMNS, PersonLine, person_lines, person_matches
from forms.person import PersonForm


class PeopleView(Pane):
    """Shows the people and edits them."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.people: tuple[Person, ...] = ()
        self.units: tuple[Unit, ...] = ()
        self._words = ""
        self.model: ListModel[PersonLine] = ListModel(PERSON_COLUMNS, self)
        self.table = TableView("people", session.settings.tables())
        self.table.setModel(self.model)
        self.table.setAccessibleName("领导和人员")
        self.table.opened.connect(lambda _: self.edit())
        self.table.told.connect(session.told)
        self.empty = Empty(
            "还没有登记领导和人员",
            "登记区领导和各单位联系人后，填表时可以直接选用；导入方案时会自动登记其中的牵头领导。",
            (("新增人员", self.new),),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.empty, 1)
        self.begin_at(self.table)

    def show_people(self, units: Sequence[Unit], words: str) -> None:
        """Read the people again and show those that hold the words."""
        self.people = list_people(self.session.ledger)
        self.units = tuple(units)
        self._words = words
        chosen = self.chosen()
        lines = [line for line in person_lines(self.people, units) if not words or person_matches(line, words)]
        self.model.set_rows(lines)
        at = next((i for i, line in enumerate(lines) if chosen and line.person.id == chosen.id), 0)
        if lines:
            self.table.choose_rows((), at)
        self.table.setVisible(bool(self.people))
        self.empty.setVisible(not self.people)
        self.empty.buttons[0].setEnabled(self.session.can_write)

    def chosen(self) -> Person | None:
        """The person of the line that is chosen."""
        line = self.model.row_at(self.table.currentIndex().row())
        return line.person if line else None

    def new(self) -> None:
        """Enter a person."""
        self._ask(None)

    def edit(self) -> None:
        """Change the person that is chosen."""
        if self.session.can_write and (person := self.chosen()):
            self._ask(person)

    def _ask(self, person: Person | None) -> None:
        session, row = self.session, person.id if person else ""

        def save(entry: object, reason: str, report: object) -> Changes:
            assert isinstance(entry, PersonEntry)
            return save_person(session.ledger, row, entry, session.today(), session.person)

        ask_entry(session, PersonForm(self.units, self.people, person), row or "new", save)

    def remove(self) -> None:
        """Take the chosen person off the list, with a reason."""
        person, session = self.chosen(), self.session
        if person is None:
            return
        reason = questions.ask_text(f"把“{person.name}”移出名册，原记录保留在历史中。请填写原因：", "移出人员")
        if reason:
            session.do(
                lambda: void_shared(session.ledger, "person", person.id, reason, session.today(), session.person)
            )
