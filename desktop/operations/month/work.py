"""The work on a month between opening and freezing: who has reported, what is odd, how far each problem is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.operations.month.units_asked import units_to_ask
from desktop.operations.profile import yardstick_of
from desktop.operations.rounds import find_round, frozen_round, write_explanation
from desktop.rules.dispatch import Late, is_dispatched, judgement_of_month, month_checks, units_of
from desktop.rules.errors import Refused
from desktop.rules.followup import Round
from desktop.rules.month_checks import MonthCheck
from desktop.rules.paper import Printed
from desktop.rules.records import PROGRESS_WORDS, CaseFile, Changes, Judgement, ProgressClass
from desktop.rules.rounds import UnitLine, count_board, round_words
from desktop.rules.standing import Yardstick
from desktop.rules.texts import clean
from desktop.rules.wording import date_in_text, month_in_text
from desktop.store.freezes import late_entries
from desktop.store.ledger import Ledger
from desktop.store.lines import STATES
from desktop.store.read_cases import read_case, read_cases
from desktop.store.read_followup import read_unit_reports
from desktop.store.read_shared import read_office
from desktop.store.reading import chunks
from desktop.store.round_board import filled_rows
from desktop.store.writer import Writer, writing

Tell = Callable[[str, float], None]
_PART = 50


@dataclass(frozen=True, slots=True)
class JudgeLine:
    """One problem in a month: the class suggested, the decision where there is one."""

    problem_id: str
    number: int
    head: str
    units: str
    suggested: ProgressClass
    judgement: Judgement | None = None

    @property
    def counted(self) -> ProgressClass:
        """The class that counts."""
        return self.judgement.decided if self.judgement else self.suggested

    @property
    def is_open(self) -> bool:
        """True while nobody has decided, or the suggestion has changed since."""
        return self.judgement is None or self.judgement.suggested != self.suggested


@dataclass(frozen=True, slots=True)
class MonthState:
    """All that is known of a month on its way to the freeze."""

    month: str
    round: Round | None
    board: tuple[UnitLine, ...]
    checks: tuple[MonthCheck, ...]
    judged: tuple[JudgeLine, ...]

    @property
    def open_checks(self) -> tuple[MonthCheck, ...]:
        """The checks that nobody has answered."""
        return tuple(check for check in self.checks if check.is_open)

    @property
    def undecided(self) -> int:
        """How many problems nobody has decided on."""
        return sum(line.is_open for line in self.judged)


def read_month_state(ledger: Ledger, month: str, today: date, tell: Tell | None = None) -> MonthState:
    """Board, checks and classes of a month that is not frozen; about a millisecond a problem."""
    board = read_board(ledger, month, today)
    by = yardstick_of(ledger, month)
    checks: list[MonthCheck] = []
    judged: list[JudgeLine] = []
    for case, late in _cases(ledger, month, tell):
        checks += month_checks(case, month, today, late, by)
        judged.append(_judge_line(case, month, today, by))
    return MonthState(month, find_round(ledger, month), board, tuple(checks), tuple(judged))


def _cases(ledger: Ledger, month: str, tell: Tell | None) -> Iterator[tuple[CaseFile, Late]]:
    tell = tell or (lambda words, share: None)
    rows = ledger.db.execute_sql(f"SELECT problem FROM summary WHERE {STATES['open']} ORDER BY plan_order, number")
    problems = [bytes(row[0]).hex() for row in rows]
    done = 0
    for part in chunks(problems):
        for start in range(0, len(part), _PART):
            some = part[start : start + _PART]
            tell(f"正在核对第{done + 1}个问题，共{len(problems)}个", done / max(1, len(problems)))
            late = late_entries(ledger, some, month)
            for case in read_cases(ledger, some):
                if is_dispatched(case):
                    yield case, late
            done += len(some)


def _judge_line(case: CaseFile, month: str, today: date, by: Yardstick) -> JudgeLine:
    judged = judgement_of_month(case, month, today, by)
    problem = case.problem
    return JudgeLine(problem.id, problem.number, problem.text, units_of(case), judged.suggested, judged.judgement)


def read_board(ledger: Ledger, month: str, today: date) -> tuple[UnitLine, ...]:
    """Every unit that a report of the month is asked of, in rank order, with what it reported in the last round."""
    found = find_round(ledger, month)
    number = found.number if found else 1
    since = found.opened_on if found and number > 1 else None
    rows = filled_rows(ledger, month, since)
    reports = {report.unit_id: report for report in read_unit_reports(ledger, month) if report.number == number}
    lines = []
    for entry in units_to_ask(ledger)[0]:
        mine = [rows[problem] for problem in entry.problems if problem in rows]
        if not mine:
            continue
        days = [row.last_on for row in mine if row.last_on]
        lines.append(
            UnitLine(
                entry.unit,
                sum(row.asked for row in mine),
                sum(row.filled for row in mine),
                max(days, default=None),
                reports.get(entry.unit.id),
                found.due_on if found else None,
            )
        )
    return tuple(lines)


def zero_problems(ledger: Ledger, month: str) -> frozenset[str]:
    """The problems for which a unit made a zero report in the month's last round."""
    found = find_round(ledger, month)
    number = found.number if found else 1
    units = {r.unit_id for r in read_unit_reports(ledger, month) if r.is_zero and r.number == number}
    if not units:
        return frozenset()
    return frozenset(p for entry in units_to_ask(ledger)[0] if entry.unit.id in units for p in entry.problems)


# Explaining and judging


def explain(ledger: Ledger, checks: Sequence[MonthCheck], reason: str, today: date, person: str = "") -> Changes:
    """Give the reason for what some checks found odd; until the freeze it can be given anew."""
    if not clean(reason):
        raise Refused("请写明原因，没有保存。", "explanation_empty")
    for month in {check.month for check in checks}:
        require_open_month(ledger, month)
    with writing(ledger, clean(person), today) as writer:
        rows = [write_explanation(writer, check, clean(reason), today) for check in checks]
    what = f"问题{checks[0].number}" if len({check.problem_id for check in checks}) == 1 else f"{len(checks)}项核对"
    return Changes(f"已记下{what}的说明。", tuple(("explanation", row) for row in rows))


def judge(
    ledger: Ledger,
    problem: str,
    month: str,
    decided: ProgressClass,
    reason: str,
    today: date,
    person: str = "",
    light: str = "",
) -> Changes:
    """Decide the class of one problem for a month; the suggestion is kept beside it.

    Where they differ a reason is required.
    """
    require_open_month(ledger, month)
    case = read_case(ledger, problem)
    if case is None:
        raise Refused("这个问题已不在台账中，没有保存。", "problem_unknown")
    found = judgement_of_month(case, month, today, yardstick_of(ledger, month))
    if decided != found.suggested and not clean(reason):
        words = f"“{PROGRESS_WORDS[found.suggested]}”"
        raise Refused(f"判定与建议{words}不同，请写明理由，没有保存。", "judgement_reason")
    with writing(ledger, clean(person), today) as writer:
        row = _write(writer, problem, month, found.suggested, decided, clean(reason), light, today, found.judgement)
    sentence = f"已判定问题{case.problem.number}为“{PROGRESS_WORDS[decided]}”。"
    return Changes(sentence, (("judgement", row),))


def adopt_suggestions(
    ledger: Ledger, lines: Sequence[JudgeLine], month: str, today: date, person: str = "", tell: Tell | None = None
) -> Changes:
    """Decide as suggested for all problems that nobody has decided on."""
    require_open_month(ledger, month)
    tell = tell or (lambda words, share: None)
    wanted = [line for line in lines if line.is_open]
    if not wanted:
        raise Refused("各问题都已判定，没有改动。", "judgement_none")
    rows = []
    with writing(ledger, clean(person), today) as writer:
        for at, line in enumerate(wanted):
            if at % _PART == 0:
                tell(f"正在判定第{at + 1}个问题，共{len(wanted)}个", at / len(wanted))
            rows.append(
                _write(writer, line.problem_id, month, line.suggested, line.suggested, "", "", today, line.judgement)
            )
    return Changes(f"已按建议判定{len(rows)}个问题。", tuple(("judgement", row) for row in rows))


def _write(
    writer: Writer,
    problem: str,
    month: str,
    suggested: ProgressClass,
    decided: ProgressClass,
    reason: str,
    light: str,
    today: date,
    before: Judgement | None,
) -> str:
    fields = {
        "problem": problem,
        "month": month,
        "on": today.isoformat(),
        "suggested": suggested.value,
        "decided": decided.value,
        "light": light,
        "reason": reason,
        "corrects": before.id if before else None,
    }
    return writer.new("judgement", fields, scope=problem)


def require_open_month(ledger: Ledger, month: str) -> None:
    """Refuse to change a month that is frozen."""
    found = frozen_round(ledger, month)
    if found is not None:
        raise Refused(f"{round_words(month, found.number)}已经冻结，没有改动。", "round_frozen")


# Printing


def print_board(ledger: Ledger, state: MonthState, today: date, *, only_missing: bool) -> Printed:
    """Who has reported, or with ``only_missing`` the list of those to be called (催报名单), ready for print."""
    # The libraries of printing are read when something is printed.
    from desktop.documents.register_list import print_board as draw
    from desktop.operations.paper.printing import fonts_at_hand

    lines = [line for line in state.board if not (only_missing and line.is_settled)]
    if not lines:
        raise Refused("各单位都已报送，没有要催报的。" if only_missing else "本月没有要填报的单位。", "board_empty")
    due = state.round.due_on if state.round else None
    words = {
        "month": month_in_text(state.month),
        "which": "催报名单" if only_missing else "报送情况表",
        "office": read_office(ledger).name,
        "counts": count_board(state.board, today).words,
        "due": f"报送时限：{date_in_text(due)}" if due else "",
        "as_of": f"打印日期：{date_in_text(today)}",
    }
    return draw([_cells(line, place, today) for place, line in enumerate(lines, 1)], words, today, fonts_at_hand())


def _cells(line: UnitLine, place: int, today: date) -> dict[str, str | date | None]:
    return {
        "place": str(place),
        "unit": line.unit.name,
        "asked": str(line.asked),
        "filled": str(line.filled),
        "state": line.words(today),
        "on": line.on,
        "way": line.way,
        "phone": line.unit.phone,
    }
