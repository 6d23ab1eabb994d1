"""身份核对: the offices, their keys, and the 40 digits of a stamped sheet typed in to confirm one."""

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.operations.packages.held_packages import Waiting, held_counts, turn_away, what_waits
from desktop.operations.packages.identities import confirm_office, guess_unit, list_partners
from desktop.operations.packages.key_changes import end_office_keys
from desktop.operations.packages.receiving import receive_held
from desktop.operations.units import list_units
from desktop.rules.audience import RELATION_WORDS, Relation
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.partners import Partner
from desktop.rules.records import Changes
from desktop.views import questions
from desktop.views.exchange.identity_dialogs import EndKeysDialog
from desktop.views.looks.empty import Empty
from desktop.views.runner import Failure, Report
from desktop.views.session import Session
from desktop.views.tables.columns import Column
from desktop.views.tables.row_model import ListModel
from desktop.views.tables.table import TableView

HANDED_OUT = "随程序下发的首次设置"


class PartnerLine:
    """One office and how many of its packages wait."""

    __slots__ = ("held", "partner")

    def __init__(self, partner: Partner, held: int) -> None:
        self.partner, self.held = partner, held


COLUMNS: tuple[Column[PartnerLine], ...] = (
    Column("name", "单位", 11, lambda line: line.partner.name, stretch=True, sorts=False),
    Column("relation", "关系", 7, lambda line: RELATION_WORDS[line.partner.relation], sorts=False),
    Column("state", "交换身份", 6, lambda line: line.partner.state_words, sorts=False,
           tone=lambda line: "ok" if line.partner.is_confirmed else "warn"),
    Column("held", "待核验的包", 6, lambda line: str(line.held or "/"), align="right", sorts=False),
    Column("digits", "确认码", 26, lambda line: line.partner.digits or "/", sorts=False),
    Column("how", "核对依据", 7, lambda line: line.partner.how or "/", sorts=False, tip=lambda line: line.partner.how),
    Column("since", "日期", 6, lambda line: line.partner.since.replace("-", "/") or "/", sorts=False, shown=False),
)  # fmt: skip


class PartnersView(QWidget):
    """Attributes: ``table``; ``digits``, ``paper``, ``unit``, ``upper`` what the clerk fills in from the sheet."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.model = ListModel(COLUMNS, self)
        self.table = TableView("partners", session.settings.tables())
        self.table.setModel(self.model)
        self.table.setAccessibleName("交换单位的身份")
        self.table.told.connect(session.told)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_chosen())
        self.nothing = Empty("还没有交换单位", "接收对方的第一个数据包后，它会出现在这里，等待核对确认单。")
        self.digits = QLineEdit()
        self.digits.setPlaceholderText("确认单上的8组数字")
        self.digits.setAccessibleName("确认码")
        self.digits.returnPressed.connect(self.confirm)
        self.paper = QLineEdit()
        self.paper.setPlaceholderText("如：确认单2026年1号")
        self.paper.setAccessibleName("核对依据")
        self.unit = QComboBox()
        self.unit.setAccessibleName("名册中的单位")
        self.upper = QCheckBox("这是本单位的上级")
        self.fault = QLabel()
        self.fault.setObjectName("fault")
        self.fault.setWordWrap(True)
        self.known = QLabel()
        self.known.setObjectName("hint")
        self.known.setWordWrap(True)
        self.known.hide()
        self._offered: tuple[str, ...] = ()
        self.confirm_button = QPushButton("核对无误，确认")
        self.confirm_button.setObjectName("primary")
        self.confirm_button.clicked.connect(lambda _=False: self.confirm())
        self.revoke_button = QPushButton("停用或作废…")
        self.revoke_button.setObjectName("danger")
        self.revoke_button.clicked.connect(lambda _=False: self.revoke())
        self.away_button = QPushButton("不收这些包…")
        self.away_button.clicked.connect(lambda _=False: self.turn_away())
        self.panel = QFrame()
        self.panel.setObjectName("card")
        grid = QGridLayout(self.panel)
        grid.setContentsMargins(12, 8, 12, 8)
        self.subject = QLabel()
        self.subject.setObjectName("subtitle")
        self.subject.setWordWrap(True)
        grid.addWidget(self.subject, 0, 0, 1, 4)
        for at, (words, field) in enumerate((("确认码", self.digits), ("核对依据", self.paper))):
            grid.addWidget(QLabel(words), 1 + at, 0)
            grid.addWidget(field, 1 + at, 1)
        grid.addWidget(QLabel("是名册中的"), 1, 2)
        grid.addWidget(self.unit, 1, 3)
        grid.addWidget(self.upper, 2, 3)
        grid.addWidget(self.known, 3, 0, 1, 4)
        grid.addWidget(self.fault, 4, 0, 1, 2)
        grid.addWidget(self.away_button, 2, 2)
        grid.addWidget(self.revoke_button, 4, 2)
        grid.addWidget(self.confirm_button, 4, 3)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(3, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.nothing, 1)
        layout.addWidget(self.panel)

    def refresh(self) -> None:
        """Read the offices again; what was typed for the chosen one stays."""
        office = self._office()
        held = held_counts(self.session.ledger)
        lines = [PartnerLine(p, held.get(p.office, 0)) for p in list_partners(self.session.ledger)]
        self.model.set_rows(lines)
        self.table.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        if lines:
            waiting = next((n for n, line in enumerate(lines) if line.held), 0)
            at = next((n for n, line in enumerate(lines) if line.partner.office == office), waiting)
            self.table.choose_rows((), at)
        self._show_chosen()

    def confirm(self) -> None:
        """Compare the digits typed from the sheet with the card of the waiting package, and take the packages in."""
        line = self._chosen()
        if line is None or not line.held:
            return
        session, office = self.session, line.partner.office
        try:
            card = what_waits(session.ledger, office).card
            changes = confirm_office(
                session.ledger, card, self.digits.text(), self.paper.text(), session.today(), session.person,
                unit=self.unit.currentData() or "", is_upper=self.upper.isChecked(),
            )  # fmt: skip
        except (Refused, KnownFault) as error:
            self.fault.setText(str(error))
            return
        for field in (self.digits, self.paper):
            field.clear()
        session.announce(changes)
        self._take_held()

    def revoke(self) -> None:
        """Believe the keys of the chosen office no more, by its paper."""
        line = self._chosen()
        if line is None or not line.partner.is_confirmed:
            return
        session, office, dialog = self.session, line.partner.office, EndKeysDialog(line.partner.name, self)
        if questions.run_dialog(dialog):
            paper, is_lost = dialog.paper.text(), dialog.is_lost
            session.do(
                lambda: end_office_keys(session.ledger, office, paper, session.today(), session.person, is_lost=is_lost)
            )
        dialog.deleteLater()

    def turn_away(self) -> None:
        """Give up the packages of the chosen office that wait, after a question."""
        line = self._chosen()
        if line is None or not line.held:
            return
        detail = "适用于来历不明的、冒名的，或对方已用新身份重发的。U盘上的原件不动。"
        if questions.ask(f"不收“{line.partner.name}”的{line.held}个待核验数据包？", detail, "不收"):
            session, office = self.session, line.partner.office
            session.do(lambda: turn_away(session.ledger, office, session.today(), session.person))

    def _take_held(self) -> None:
        session, today, person = self.session, self.session.today(), self.session.person

        def job(report: Report) -> Changes:
            taken = receive_held(session.ledger, today, person, report)
            return Changes("".join(one.changes.sentence for one in taken) or "没有待核验的数据包。", (("problem", ""),))

        session.runner.start("并入待核验的数据包", job, self._on_taken, self._on_failed, session.ledger)

    def _on_taken(self, changes: object) -> None:
        if isinstance(changes, Changes):
            self.session.announce(changes)

    def _on_failed(self, failure: Failure) -> None:
        questions.tell(failure.sentence, failure.remedy)

    def _chosen(self) -> PartnerLine | None:
        return self.model.row_at(self.table.currentIndex().row())

    def _office(self) -> str:
        line = self._chosen()
        return line.partner.office if line else ""

    def _show_chosen(self) -> None:
        line = self._chosen()
        self.panel.setVisible(line is not None)
        self.fault.setText("")
        if line is None:
            return
        partner, waits = line.partner, bool(line.held)
        self.subject.setText(
            f"{partner.name}：有{line.held}个数据包待核验" if waits else f"{partner.name}：没有待核对的"
        )
        units = [("", "（不在名册中）"), *((u.id, u.name) for u in list_units(self.session.ledger) if not u.is_group)]
        self.unit.clear()
        for key, words in units:
            self.unit.addItem(words, key)
        meant = partner.unit or guess_unit(self.session.ledger, partner.name)
        self.unit.setCurrentIndex(max(0, self.unit.findData(meant)))
        waiting = self._waiting(partner) if waits else None
        self._offer(partner, waiting)
        if waiting is not None:
            self.subject.setText(f"{self.subject.text()}：{waiting.why}")
        for field in (self.digits, self.paper, self.unit, self.upper):
            field.setEnabled(waits and self.session.can_write)
        for button in (self.confirm_button, self.away_button):
            button.setEnabled(waits and self.session.can_write)
        self.revoke_button.setEnabled(partner.is_confirmed and self.session.can_write)

    def _waiting(self, partner: Partner) -> Waiting | None:
        try:
            return what_waits(self.session.ledger, partner.office)
        except (Refused, KnownFault) as error:
            self.fault.setText(str(error))
            return None

    def _offer(self, partner: Partner, waiting: Waiting | None) -> None:
        """What is known already of an office: its place, and the digits that were handed out with the program.

        They came by the hand of whoever handed the program out, so they count as a sheet; the clerk still confirms.
        """
        handed, name = self.session.settings.text("hub_digits"), self.session.settings.text("hub_name")
        offered, self._offered = self._offered, (partner.office, waiting.card.line, handed) if waiting else ()
        if waiting is not None and self._offered == offered:
            return
        for field in (self.digits, self.paper):
            field.clear()
        self.upper.setChecked(waiting is not None and (waiting.is_start or partner.relation == Relation.UPPER))
        self.known.hide()
        if waiting is None or not handed:
            return
        if handed == waiting.card.keys.digits:
            self.digits.setText(handed)
            self.paper.setText(HANDED_OUT)
            self.upper.setChecked(True)
            self.known.setText("确认码已按随程序下发的首次设置填好，与数据包一致；手里有盖章的确认单时请再对照一遍。")
            self.known.show()
        elif name == partner.name:
            self.known.setText(
                f"与随程序下发的首次设置里“{name}”的确认码不同：它可能换过交换身份，也可能是别人冒名，请只按盖章的确认单核对。"
            )
            self.known.show()
