"""核对: what is odd in the month, each answered by a reason or corrected in the grid."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.operations.month.work import MonthState, explain
from desktop.rules.month_checks import RULE_WORDS, MonthCheck
from desktop.views import questions
from desktop.views.dispatch.round_side import RoundSide
from desktop.views.dispatch.round_work import RoundWork
from desktop.views.tables.columns import Column


def _where(check: MonthCheck) -> str:
    return f"措施{check.measure}" if check.measure else "问题"


COLUMNS: tuple[Column[MonthCheck], ...] = (
    Column("number", "序号", 3, lambda check: str(check.number), "right", sorts=False),
    Column("measure", "对象", 4, _where, sorts=False),
    Column("rule", "核对项", 7, lambda check: RULE_WORDS.get(check.rule, check.rule), sorts=False),
    Column("sentence", "情况", 18, lambda check: check.sentence, stretch=True, sorts=False),
    Column("units", "责任单位", 8, lambda check: check.units, sorts=False),
    Column(
        "given",
        "说明",
        12,
        lambda check: check.given.reason if check.given else "待说明",
        tone=lambda check: "" if check.given else "warn",
        stretch=True,
        sorts=False,
    ),
)


class CheckSide(RoundSide[MonthCheck]):
    """Signals: ``jump_wanted(MonthCheck)`` to the cell that a check is about."""

    jump_wanted = Signal(object)
    title_words = "核对"
    nothing_words = ("没有要核对的", "这个月填报的数字、日期和文字没有发现不合常理的地方。")

    def __init__(self, work: RoundWork, parent: QWidget | None = None) -> None:
        super().__init__(work, "month_checks", COLUMNS, parent)
        self.open_only = QCheckBox("只看待说明")
        self.open_only.toggled.connect(lambda _: self._show_state())
        self.table.opened.connect(lambda index: self.jump())
        self._foot.addWidget(self.open_only)
        self.add_room()
        self.add_button("jump", "到该行更正", self.jump).setToolTip("回车或双击")
        self.add_button("explain", "说明原因…", self.explain, primary=True)
        self.allow()

    def rows_of(self, state: MonthState) -> Sequence[MonthCheck]:
        """The open checks first."""
        rows = [check for check in state.checks if check.is_open or not self.open_only.isChecked()]
        return sorted(rows, key=lambda check: not check.is_open)

    def hint_of(self, state: MonthState) -> str:
        """How many are open."""
        left = len(state.open_checks)
        words = f"共{len(state.checks)}项，待说明{left}项。" if state.checks else ""
        return f"{words}填错的到该行更正，确实如此的写明原因；冻结时还没有说明的要写总的理由。"

    def allow(self) -> None:
        """What can be done with the selected checks."""
        chosen = self.chosen()
        self.buttons["jump"].setEnabled(len(chosen) == 1)
        self.buttons["explain"].setEnabled(self.can_write and bool(chosen))

    def jump(self) -> None:
        """To the cell in the grid."""
        chosen = self.chosen()
        if len(chosen) == 1:
            self.jump_wanted.emit(chosen[0])

    def explain(self) -> None:
        """One reason for the selected checks."""
        checks, session = self.chosen(), self.session
        if not checks:
            return
        first = checks[0]
        what = f"问题{first.number}：{first.sentence}" if len(checks) == 1 else f"所选{len(checks)}项"
        known = first.given.reason if first.given else ""
        reason = questions.ask_text(f"{what}。请写明原因", "说明原因", known)
        if reason:
            session.do(lambda: explain(session.ledger, checks, reason, session.today(), session.person))
