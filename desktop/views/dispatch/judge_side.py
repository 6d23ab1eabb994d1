"""进度判定: the class suggested for each problem of the month, and the one that a person decided."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.operations.month.work import JudgeLine, MonthState, adopt_suggestions, judge
from desktop.rules.records import PROGRESS_WORDS, Changes
from desktop.views import questions
from desktop.views.dispatch.model import TONES
from desktop.views.dispatch.round_side import RoundSide
from desktop.views.dispatch.round_work import RoundWork
from desktop.views.entries.dialog import ask_entry
from desktop.views.failures import tell_failure
from desktop.views.place import PageKey, Place
from desktop.views.runner import Report
from desktop.views.tables.columns import Column
from forms.judgement import JudgementEntry, JudgementForm


def _decided(line: JudgeLine) -> str:
    if line.judgement is None:
        return "待判定"
    words = PROGRESS_WORDS[line.judgement.decided]
    return f"{words}（建议已变）" if line.is_open else words


def _tone(line: JudgeLine) -> str:
    return "warn" if line.is_open else TONES[line.counted]


COLUMNS: tuple[Column[JudgeLine], ...] = (
    Column("number", "序号", 3, lambda line: str(line.number), "right", sorts=False),
    Column("head", "问题", 18, lambda line: line.head.replace("\n", " "), tip=lambda line: line.head, stretch=True,
           sorts=False),
    Column("units", "责任单位", 8, lambda line: line.units, sorts=False),
    Column("suggested", "建议", 6.5, lambda line: PROGRESS_WORDS[line.suggested], sorts=False,
           tone=lambda line: TONES[line.suggested]),
    Column("decided", "判定", 9, _decided, tone=_tone, sorts=False),
    Column("reason", "理由", 12, lambda line: line.judgement.reason if line.judgement else "", stretch=True,
           sorts=False),
)  # fmt: skip


class JudgeSide(RoundSide[JudgeLine]):
    """All problems of the month; what is decided here is what figures, lists and papers count."""

    title_words = "进度判定"
    nothing_words = ("没有要判定的问题", "已销号、已转入的问题不再判定；只看待判定时，各问题都已判定。")

    def __init__(self, work: RoundWork, parent: QWidget | None = None) -> None:
        super().__init__(work, "judgements", COLUMNS, parent)
        self.open_only = QCheckBox("只看待判定")
        self.open_only.toggled.connect(lambda _: self._show_state())
        self.table.opened.connect(lambda index: self.decide())
        self._foot.addWidget(self.open_only)
        self.add_room()
        self.add_button("case", "打开问题", self.open_case)
        self.add_button("adopt", "其余按建议判定", self.adopt).setToolTip("还没有判定的问题都按建议的类别判定")
        self.add_button("decide", "判定…", self.decide, primary=True).setToolTip("回车或双击")
        self.allow()

    def rows_of(self, state: MonthState) -> Sequence[JudgeLine]:
        """In the order of the ledger."""
        return [line for line in state.judged if line.is_open or not self.open_only.isChecked()]

    def hint_of(self, state: MonthState) -> str:
        """How many are left."""
        words = f"共{len(state.judged)}个问题，待判定{state.undecided}个。" if state.judged else ""
        return f"{words}统计、台账和文书按判定的类别计；与建议不同的要写明理由，没有判定的按建议计。"

    def allow(self) -> None:
        """What can be done with the selected problem."""
        chosen, state = self.chosen(), self.work.state
        self.buttons["case"].setEnabled(len(chosen) == 1)
        self.buttons["decide"].setEnabled(self.can_write and len(chosen) == 1)
        self.buttons["adopt"].setEnabled(self.can_write and state is not None and state.undecided > 0)

    def open_case(self) -> None:
        """Open the selected problem."""
        chosen = self.chosen()
        if len(chosen) == 1:
            self.go.emit(Place(PageKey.CASE, problem_id=chosen[0].problem_id, part="progress"))

    def decide(self) -> None:
        """Ask for the class of the selected problem."""
        chosen, session = self.chosen(), self.session
        if len(chosen) != 1 or not self.can_write:
            return
        line, month = chosen[0], self.work.month
        form = JudgementForm(f"问题{line.number}　{line.head[:40]}", line.suggested, line.judgement)

        def save(entry: object, reason: str, report: Report) -> Changes:
            assert isinstance(entry, JudgementEntry)
            return judge(
                session.ledger, line.problem_id, month, entry.decided, entry.reason, session.today(), session.person
            )

        ask_entry(session, form, f"{month} {line.problem_id}", save)

    def adopt(self) -> None:
        """Decide as suggested for all that are left, in the runner."""
        session, state = self.session, self.work.state
        if state is None or not session.can_write:
            return
        ledger, today, person, month = session.ledger, session.today(), session.person, state.month

        def job(report: Report) -> object:
            return adopt_suggestions(ledger, state.judged, month, today, person, report)

        def done(changes: object) -> None:
            if isinstance(changes, Changes):
                session.announce(changes)

        if not session.runner.start("按建议判定", job, done, tell_failure, ledger):
            questions.tell(f"正在{session.runner.title}，请等它完成后再判定。")
