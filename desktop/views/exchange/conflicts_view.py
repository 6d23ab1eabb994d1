"""冲突: what two offices wrote differently, side by side, and the decision of a person."""

from datetime import datetime
from functools import partial

from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.operations.opened import Ledger
from desktop.operations.packages.disagreements import decide, list_disagreements, list_forks, read_value, withdraw_step
from desktop.rules.disagreement import DISAGREEMENT_WORDS, OpenField
from desktop.rules.errors import Refused
from desktop.rules.fold import Disagreement
from desktop.rules.ops import Value
from desktop.rules.records import ACTION_WORDS, Step
from desktop.rules.wording import date_in_text
from desktop.views import questions
from desktop.views.looks.empty import Empty
from desktop.views.session import Session
from desktop.views.tables.columns import Column
from desktop.views.tables.row_model import ListModel
from desktop.views.tables.table import TableView

FORK_WORDS = "两处办理不一致"


class OpenLine:
    """One thing to decide: a field, or steps that did not know of each other."""

    __slots__ = ("field", "forks", "number", "problem")

    def __init__(
        self, field: OpenField | None, problem: str, number: int | None, forks: tuple[Step, ...] = ()
    ) -> None:
        self.field, self.problem, self.number, self.forks = field, problem, number, forks

    @property
    def kind(self) -> str:
        """What kind of disagreement it is, in words."""
        return DISAGREEMENT_WORDS[self.field.kind] if self.field else FORK_WORDS

    @property
    def words(self) -> str:
        """What it is about."""
        return self.field.words if self.field else f"问题{self.number} 销号环节"

    @property
    def values(self) -> str:
        """The values in short."""
        if self.field:
            return "　｜　".join(side.words for side in self.field.sides)
        return "　｜　".join(f"{ACTION_WORDS[step.action]} {date_in_text(step.on)}" for step in self.forks)


COLUMNS: tuple[Column[OpenLine], ...] = (
    Column("kind", "类别", 8, lambda line: line.kind, sorts=False,
           tone=lambda line: "muted" if line.field and line.field.kind == Disagreement.GAP else "warn"),
    Column("what", "内容", 16, lambda line: line.words, sorts=False, stretch=True),
    Column("values", "各方的填写", 26, lambda line: line.values, sorts=False, stretch=True),
)  # fmt: skip


def read_lines(ledger: Ledger) -> list[OpenLine]:
    """Everything that waits for a decision."""
    lines = [OpenLine(field, field.problem, field.number) for field in list_disagreements(ledger)]
    return lines + [OpenLine(None, problem, number, forks) for problem, number, forks in list_forks(ledger)]


class ConflictsView(QWidget):
    """Attributes: ``table``, ``choices`` the radio buttons of the values, ``third`` another value."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.model = ListModel(COLUMNS, self)
        self.table = TableView("conflicts", session.settings.tables())
        self.table.setModel(self.model)
        self.table.setAccessibleName("待决定的不一致")
        self.table.told.connect(session.told)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.nothing = Empty("没有需要决定的", "接收数据包后，两方对同一项填写不同时，会列在这里，由人来定。")
        self.panel = QFrame()
        self.panel.setObjectName("card")
        self._inside = QVBoxLayout(self.panel)
        self._inside.setContentsMargins(12, 8, 12, 8)
        self.subject = QLabel()
        self.subject.setObjectName("subtitle")
        self.subject.setWordWrap(True)
        self._inside.addWidget(self.subject)
        self._sides = QVBoxLayout()
        self._inside.addLayout(self._sides)
        self.choices: list[QRadioButton] = []
        self._group = QButtonGroup(self)
        self.third = QLineEdit()
        self.third.setPlaceholderText("都不对时，在这里写正确的")
        self.third.setAccessibleName("另填一个值")
        self.third.textEdited.connect(lambda _: self._clear_choice())
        self.fault = QLabel()
        self.fault.setObjectName("fault")
        self.decide_button = QPushButton("按所选确定")
        self.decide_button.setObjectName("primary")
        self.decide_button.clicked.connect(lambda _=False: self.decide())
        row = QHBoxLayout()
        row.addWidget(self.third, 1)
        row.addWidget(self.decide_button)
        self._inside.addLayout(row)
        self._inside.addWidget(self.fault)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.nothing, 1)
        layout.addWidget(self.panel)

    @property
    def count(self) -> int:
        """How many things are to be decided."""
        return len(self.model.rows)

    def refresh(self) -> None:
        """Read what is open."""
        lines = read_lines(self.session.ledger)
        self.model.set_rows(lines)
        self.table.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        if lines:
            self.table.choose_rows((), 0)
        self._show_chosen()

    def decide(self) -> None:
        """Write the chosen or typed value; of two steps keep the chosen one."""
        line, chosen = self._chosen(), self._group.checkedId()
        if line is None:
            return
        if line.field is None:
            self._keep_step(line, chosen)
            return
        session, field = self.session, line.field
        try:
            value = field.sides[chosen].value if chosen >= 0 else self._third(field)
        except Refused as refused:
            self.fault.setText(refused.sentence)
            return
        session.do(lambda: decide(session.ledger, field, value, session.today(), session.person))

    def _third(self, field: OpenField) -> Value:
        if not self.third.text().strip():
            raise Refused("请选择一个值，或另填一个。", "value_missing")
        return read_value(field, self.third.text())

    def _keep_step(self, line: OpenLine, chosen: int) -> None:
        if chosen < 0:
            self.fault.setText("请选择保留哪一步。")
            return
        reason = questions.ask_text("其余的一步将作废，请写明理由：", "作废理由", "以所选的登记为准")
        if not reason:
            return
        session = self.session
        for at, step in enumerate(line.forks):
            if at != chosen:
                session.do(partial(withdraw_step, session.ledger, step, reason, session.today(), session.person))

    def _clear_choice(self) -> None:
        """A typed value stands in the place of a chosen one."""
        self._group.setExclusive(False)
        for button in self.choices:
            button.setChecked(False)
        self._group.setExclusive(True)

    def _chosen(self) -> OpenLine | None:
        return self.model.row_at(self.table.currentIndex().row())

    def _show_chosen(self) -> None:
        line = self._chosen()
        self.panel.setVisible(line is not None)
        self.fault.setText("")
        self.third.clear()
        for button in self.choices:
            self._group.removeButton(button)
            self._sides.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.choices = []
        if line is None:
            return
        field = line.field
        told = f"　由{field.decides}决定，这里只能看" if field and field.decides else ""
        if field and field.kind == Disagreement.GAP:
            told += "　还缺前面的数据包，等它来了多半自己就清楚了"
        self.subject.setText(f"{line.words}{told}")
        words = [_side_words(s.words, s.office, s.person, s.at, shown=s.is_shown) for s in field.sides] if field else [
            f"{ACTION_WORDS[s.action]}，{date_in_text(s.on)}，{s.person or '未署名'}办理：{s.text or '（无说明）'}"
            for s in line.forks
        ]  # fmt: skip
        for at, said in enumerate(words):
            button = QRadioButton(said)
            self._group.addButton(button, at)
            self._sides.addWidget(button)
            self.choices.append(button)
        able = self.session.can_write and not (field and field.decides)
        for part in (*self.choices, self.third, self.decide_button):
            part.setEnabled(able)
        self.third.setVisible(field is not None)


def _side_words(words: str, office: str, person: str, at: datetime, *, shown: bool) -> str:
    here = at.astimezone()
    when = f"{here.year}/{here.month}/{here.day} {here.hour}:{here.minute:02}"
    now = "（台账现在显示的）" if shown else ""
    return f"{words}{now}　——{office}{'，' + person if person else ''}，{when}"


