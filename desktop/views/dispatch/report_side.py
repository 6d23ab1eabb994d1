"""报送情况: which units have reported in the round, made a zero report, or have to be called."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.operations.month.work import MonthState, print_board
from desktop.operations.rounds import register_report, report_zero, withdraw_report
from desktop.rules.paper import Printed
from desktop.rules.rounds import ReportState, UnitLine, count_board
from desktop.rules.wording import date_in_table, month_in_text
from desktop.views import questions
from desktop.views.dispatch.round_side import RoundSide
from desktop.views.dispatch.round_work import RoundWork
from desktop.views.failures import tell_failure
from desktop.views.preview.printing import show_in_window
from desktop.views.runner import Report
from desktop.views.tables.columns import Column


class ReportSide(RoundSide[UnitLine]):
    """The units of the round in rank order. Attributes: ``missing``, the choice to see only those to be called."""

    title_words = "报送情况"
    nothing_words = ("没有要列的单位", "各单位都已报送，或者本月没有要填报的措施。")

    def __init__(self, work: RoundWork, parent: QWidget | None = None) -> None:
        today = work.session.today
        super().__init__(work, "report_board", columns(today()), parent)
        self.missing = QCheckBox("只看未报齐")
        self.missing.toggled.connect(lambda _: self._show_state())
        self.add_button("zero", "零报告…", self.zero)
        self.add_button("register", "登记报送…", self.register)
        self.add_button("withdraw", "撤销登记…", self.withdraw)
        self._foot.addWidget(self.missing)
        self.add_room()
        self.add_button("all", "打印报送情况表", lambda: self.print(only_missing=False))
        self.add_button("call", "打印催报名单", lambda: self.print(only_missing=True), primary=True)
        self.allow()

    def rows_of(self, state: MonthState) -> Sequence[UnitLine]:
        """All units, or those that have not reported."""
        return [line for line in state.board if not (self.missing.isChecked() and line.is_settled)]

    def hint_of(self, state: MonthState) -> str:
        """The counts."""
        words = count_board(state.board, self.session.today()).words
        return f"{words}各项都已填写的、交回填报表的、登记了零报告或报送的单位为已报。"

    def allow(self) -> None:
        """What can be registered for the selected units."""
        chosen = self.chosen()
        free = [line for line in chosen if line.report is None]
        self.buttons["zero"].setEnabled(self.can_write and any(not line.filled for line in free))
        self.buttons["register"].setEnabled(self.can_write and bool(free))
        self.buttons["withdraw"].setEnabled(self.can_write and len(chosen) == 1 and chosen[0].report is not None)
        state = self.work.state
        self.buttons["all"].setEnabled(state is not None and bool(state.board))
        missing = state is not None and any(not line.is_settled for line in state.board)
        self.buttons["call"].setEnabled(missing)

    def zero(self) -> None:
        """零报告 for the selected units, one after the other."""
        lines = [line for line in self.chosen() if line.report is None and not line.filled]
        found = self.work.round
        if found is None or not lines:
            return
        names = "、".join(line.unit.name for line in lines)
        note = questions.ask_text(f"登记零报告：{names}。说明（如：本月无进展，正在招标）", "零报告", "本月无新进展")
        session = self.session
        for line in lines if note else ():
            unit, name = line.unit.id, line.unit.name
            act = lambda u=unit, n=name: report_zero(  # noqa: E731
                session.ledger, found, u, n, session.today(), session.person, note
            )
            if session.do(act) is None:
                return

    def register(self) -> None:
        """Note that the selected units have reported by paper or telephone."""
        lines, found = [line for line in self.chosen() if line.report is None], self.work.round
        if found is None or not lines:
            return
        names = "、".join(line.unit.name for line in lines)
        note = questions.ask_text(f"登记报送：{names}。说明（如：电话报送、纸质报表）", "登记报送", "纸质报表")
        session = self.session
        for line in lines if note else ():
            unit, name = line.unit.id, line.unit.name
            act = lambda u=unit, n=name: register_report(  # noqa: E731
                session.ledger, found, u, n, session.today(), session.person, note
            )
            if session.do(act) is None:
                return

    def withdraw(self) -> None:
        """Take back what was registered by mistake."""
        chosen, session = self.chosen(), self.session
        report = chosen[0].report if len(chosen) == 1 else None
        if report is None:
            return
        reason = questions.ask_text(f"撤销“{chosen[0].unit.name}”报送登记的原因", "撤销登记", "登记有误")
        if reason:
            session.do(lambda: withdraw_report(session.ledger, report, reason, session.today(), session.person))

    def print(self, *, only_missing: bool) -> None:
        """Show the list as it is printed."""
        session, state = self.session, self.work.state
        if state is None:
            return
        ledger, today = session.ledger, session.today()
        name = f"{month_in_text(state.month)}{'催报名单' if only_missing else '报送情况表'}"

        def job(report: Report) -> object:
            return print_board(ledger, state, today, only_missing=only_missing)

        def show(printed: object) -> None:
            if isinstance(printed, Printed):
                show_in_window(session, printed, f"{name}.pdf")

        if not session.runner.start(f"生成{name}", job, show, tell_failure, ledger, writes=False):
            questions.tell(f"正在{session.runner.title}，请等它完成后再打印。")


def columns(today: date) -> tuple[Column[UnitLine], ...]:
    """The columns of the board as of a day."""
    return (
        Column("unit", "单位", 14, lambda line: line.unit.name, stretch=True, sorts=False),
        Column(
            "state",
            "报送情况",
            11,
            lambda line: line.words(today),
            tone=lambda line: _tone(line, today),
            sorts=False,
        ),
        Column("rows", "已填／应填", 6, lambda line: f"{line.filled}／{line.asked}", "right", sorts=False),
        Column("on", "报送日期", 6, lambda line: date_in_table(line.on) if line.on else "", sorts=False),
        Column("way", "方式", 5, lambda line: line.way, sorts=False),
        Column("note", "说明", 12, lambda line: line.report.note if line.report else "", sorts=False),
        Column("phone", "联系电话", 7, lambda line: line.unit.phone, sorts=False),
    )


def _tone(line: UnitLine, today: date) -> str:
    if line.is_settled:
        return "warn" if line.is_late(today) else "ok"
    return "late" if line.is_late(today) or line.state == ReportState.NOT else "warn"
