"""Whatever a ledger goes through, its figures add up and its lists count the same problems (domain §5.1)."""

import contextlib
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.operations.cases import find_case
from desktop.operations.closure import take_step
from desktop.operations.extension import extend_deadline
from desktop.operations.figures import FigureBook, read_figures
from desktop.operations.ledgers import new_ledger
from desktop.operations.links import link_same, transfer_problem, undo_transfer, unlink_same
from desktop.operations.lists import Filter, Sort, count_lines, read_keys
from desktop.operations.month.work import judge
from desktop.operations.plan.intake import import_plan, read_plan_file
from desktop.operations.problems import save_problem, void_record
from desktop.operations.progress import report_progress
from desktop.paths import resource
from desktop.rules.entries import ExtensionEntry, ProblemEntry, ProgressEntry, StepEntry
from desktop.rules.errors import Refused
from desktop.rules.figure_groups import MANY, Dimension
from desktop.rules.figures import FigureOptions
from desktop.rules.records import Gate, ProgressClass, StepAction, TermClass
from desktop.rules.standing import Slot
from desktop.store.ledger import Ledger
from desktop.store.read_cases import all_problems, read_cases

FIRST = date(2024, 7, 5)
LAST = 16
_RESULTS = ("", "通过", "不通过")


def report(ledger: Ledger, dice: random.Random, today: date) -> None:
    case = find_case(ledger, dice.randint(1, LAST))
    measure = dice.choice([None, *(m.number for m in case.measures)])
    text, percent = dice.choice(("正在施工", "已完成整改", "基本完成", "尚未启动")), dice.choice((None, 0, 40, 100))
    report_progress(ledger, case, ProgressEntry(text, measure, percent), today)


def step(ledger: Ledger, dice: random.Random, today: date) -> None:
    case = find_case(ledger, dice.randint(1, LAST))
    action, end = dice.choice(list(StepAction)), today + timedelta(dice.randint(0, 20))
    entry = StepEntry(action, today, "照办", reason="确有需要", end=end, result=dice.choice(_RESULTS))
    take_step(ledger, case, entry, today)


def whole_way(ledger: Ledger, dice: random.Random, today: date) -> None:
    """The gates one after another, so that problems really close."""
    number = dice.randint(1, LAST)
    for at, gate in enumerate((Gate.SELF_CHECK, Gate.APPLY, Gate.ACCEPT, Gate.NOTICE, Gate.FILE)):
        on = today - timedelta(60 - 12 * at)
        entry = StepEntry(StepAction(gate), on, reason="纸质材料已存档", result="通过", end=on + timedelta(11))
        take_step(ledger, find_case(ledger, number), entry, today)


def extend(ledger: Ledger, dice: random.Random, today: date) -> None:
    case = find_case(ledger, dice.randint(1, LAST))
    entry = ExtensionEntry(today + timedelta(dice.randint(1, 400)), "汛期影响", "市整改办", "衡整改办〔2025〕1号")
    extend_deadline(ledger, case, entry, today)


def withdraw(ledger: Ledger, dice: random.Random, today: date) -> None:
    case = find_case(ledger, dice.randint(1, LAST))
    rows = [("step", found.id) for found in case.steps] + [("progress", found.id) for found in case.progress]
    if rows:
        void_record(ledger, case, *dice.choice(rows), "误录", today)


def change(ledger: Ledger, dice: random.Random, today: date) -> None:
    case = find_case(ledger, dice.randint(1, LAST))
    held = case.problem
    deadline = dice.choice((None, held.deadline, today + timedelta(dice.randint(-300, 300))))
    entry = ProblemEntry(
        held.number,
        held.text,
        plan_id=held.plan_id,
        inspection_id=held.inspection_id,
        deadline=deadline,
        term_class=dice.choice((None, *TermClass)),
        units=tuple((unit.unit_id, unit.role) for unit in case.units),
    )
    save_problem(ledger, case, entry, today)


def link(ledger: Ledger, dice: random.Random, today: date) -> None:
    case, other = find_case(ledger, dice.randint(1, LAST)), find_case(ledger, dice.randint(1, LAST))
    dice.choice((link_same, transfer_problem))(ledger, case, other.problem.id, today)


def unlink(ledger: Ledger, dice: random.Random, today: date) -> None:
    dice.choice((unlink_same, undo_transfer))(ledger, find_case(ledger, dice.randint(1, LAST)), today)


def decide(ledger: Ledger, dice: random.Random, today: date) -> None:
    problem, month = find_case(ledger, dice.randint(1, LAST)).problem.id, f"{today:%Y-%m}"
    judge(ledger, problem, month, dice.choice(list(ProgressClass)), "现场核实", today)


Act = Callable[[Ledger, random.Random, date], None]
ACTS: tuple[Act, ...] = (report, step, whole_way, extend, withdraw, change, link, unlink, decide)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32))
def test_figures_of_any_ledger_add_up_in_every_way(seed: int) -> None:
    dice, today = random.Random(seed), FIRST
    with TemporaryDirectory() as room, new_ledger(Path(room) / "台账", "蒸湘区整改办", FIRST) as ledger:
        import_plan(ledger, read_plan_file(resource("sample", "sample-plan.txt")), FIRST)
        for _ in range(4):
            for _ in range(20):
                today += timedelta(dice.randint(0, 20))
                with contextlib.suppress(Refused):
                    dice.choice(ACTS)(ledger, dice, today)
            for options in (FigureOptions(), FigureOptions(long_term_completed=True, mostly_completed=True)):
                _adds_up(read_figures(ledger, today, today, options))
            _lists_agree(ledger, read_figures(ledger, today, today), today)


def _adds_up(book: FigureBook) -> None:
    every = [standing.problem_id for standing in book.standings]
    assert sum(book.whole.count(slot) for slot in Slot) == book.figures.total == len(every) == len(set(every))
    for dimension in Dimension:
        rows = book.groups(dimension)
        placed = [problem for row in rows for problem in row.problems]
        assert set(placed) == set(every)
        if dimension not in MANY:
            assert len(placed) == len(every)
        for row in rows:
            inside = [problem for found in row.slots.values() for problem in found]
            assert sorted(inside) == sorted(row.problems)
            assert set(row.closed) | set(row.overdue) <= set(row.problems)


def _lists_agree(ledger: Ledger, book: FigureBook, today: date) -> None:
    """The lists speak of the same problems; 基本完成 after its day is late there and a class of its own here."""
    late = {
        standing.problem_id
        for standing in book.standings
        if standing.deadline and standing.deadline < today and not standing.finished_on
        if not (standing.is_long_term or standing.is_transferred or standing.is_closed)
    }
    figures = book.figures
    assert set(read_keys(ledger, Filter(state="overdue"), Sort(), today).ids()) == late
    decided = {case.problem.id for case in read_cases(ledger, all_problems(ledger)) if case.judgements}
    for standing in book.standings:
        if standing.problem_id not in decided and not standing.is_transferred:
            is_late, may_be = standing.progress == ProgressClass.OVERDUE, standing.progress == ProgressClass.MOSTLY_DONE
            assert is_late <= (standing.problem_id in late) <= (is_late or may_be)
    assert count_lines(ledger, Filter(state="closed"), today) == figures.closed
    assert count_lines(ledger, Filter(state="long_term"), today) == sum(s.is_long_term for s in book.standings)
    assert count_lines(ledger, Filter(), today) == figures.total
