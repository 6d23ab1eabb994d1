"""Finding the problem a clerk names by its number."""

from collections.abc import Iterable

from desktop.rules.errors import Refused
from desktop.rules.ids import fold_doc_no
from desktop.rules.records import CaseFile, Measure
from desktop.store.ledger import Ledger
from desktop.store.read_cases import find_problems, read_case, read_cases

LARGEST = 2**31 - 1  # beyond what a column is asked for


def find_case(ledger: Ledger, number: int, doc_no: str = "") -> CaseFile:
    """The case with this number; refused when there is none, or several and no 文号 tells which."""
    held = find_problems(ledger, number) if abs(number) <= LARGEST else ()
    found = tuple(_of(read_cases(ledger, held), doc_no))
    if not found:
        where = f"（{doc_no}）" if doc_no else ""
        raise Refused(f"台账中没有问题{number}{where}，没有改动。请核对序号。", "problem_unknown")
    if len(found) > 1:
        raise Refused(f"有{len(found)}个方案都有问题{number}，请用 --plan 写明方案文号。", "problem_ambiguous")
    return found[0]


def of_plan(cases: Iterable[CaseFile], doc_no: str) -> tuple[CaseFile, ...]:
    """The cases of the plan with this 文号, in whatever brackets it is written; all when it is empty."""
    found = tuple(_of(cases, doc_no))
    if doc_no.strip() and not found:
        raise Refused(f"台账中没有文号为“{doc_no.strip()}”的方案，没有改动。请核对文号。", "plan_unknown")
    return found


def _of(cases: Iterable[CaseFile], doc_no: str) -> Iterable[CaseFile]:
    wanted = fold_doc_no(doc_no)
    return (case for case in cases if not wanted or (case.plan and fold_doc_no(case.plan.doc_no) == wanted))


def find_measure(case: CaseFile, number: int) -> Measure:
    """The measure with this number."""
    for measure in case.measures:
        if measure.number == number:
            return measure
    known = "、".join(str(m.number) for m in case.measures) or "无"
    raise Refused(f"问题{case.problem.number}没有第{number}项措施（现有：{known}），没有保存。", "measure_unknown")


def open_case(ledger: Ledger, problem: str) -> CaseFile:
    """The case with this row id; refused when the ledger does not hold it."""
    case = read_case(ledger, problem)
    if case is None:
        raise Refused("这个问题不在台账中。", "problem_unknown")
    return case
