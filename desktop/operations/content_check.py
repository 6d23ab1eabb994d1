"""内容核对: what a reader at the upper level would send back, told before it is sent (rules.checks)."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from desktop.rules.checks import check_case, check_numbers, check_shared_pictures, check_totals
from desktop.rules.drafts import Finding
from desktop.rules.lifecycle import is_closed, is_elsewhere
from desktop.rules.photo_pairs import is_picture
from desktop.rules.records import CaseFile
from desktop.store.ledger import Ledger
from desktop.store.read_cases import all_problems, read_cases
from desktop.store.read_shared import read_people, read_plans

Progress = Callable[[str, float], None]
_TOLD = 20


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding with the row id of the problem it is about; empty where it is about the whole ledger."""

    problem: str
    finding: Finding


def remarks_on_case(ledger: Ledger, case: CaseFile) -> tuple[Finding, ...]:
    """What may be sent back in one case; nothing any more in one that is closed or carried over."""
    return check_case(case, read_people(ledger)) if _is_open(case) else ()


def _is_open(case: CaseFile) -> bool:
    return not is_closed(case) and not is_elsewhere(case.problem)


def check_contents(ledger: Ledger, progress: Progress | None = None) -> tuple[Remark, ...]:
    """All checks over the whole ledger: those of plans and of pictures used twice first, then problem by problem.

    ``progress`` hears words and a share, and may raise to cancel.
    """
    tell = progress or (lambda words, share: None)
    people, problems = read_people(ledger), all_problems(ledger)
    single: list[Remark] = []
    light: list[CaseFile] = []
    for at, case in enumerate(read_cases(ledger, problems)):
        if at % _TOLD == 0:
            tell(f"正在核对第{at + 1}个问题，共{len(problems)}个", at / len(problems))
        if _is_open(case):
            single += (Remark(case.problem.id, finding) for finding in check_case(case, people))
        light.append(_without_texts(case))
    return (*_on_all(ledger, light), *single)


def _without_texts(case: CaseFile) -> CaseFile:
    """What the checks across problems need, so that a large ledger is never in memory as a whole."""
    pictures = tuple(piece for piece in case.evidence if is_picture(piece))
    return replace(case, measures=(), progress=(), steps=(), stages=(), evidence=pictures)


def _on_all(ledger: Ledger, cases: list[CaseFile]) -> list[Remark]:
    ids: dict[int | None, str] = {}
    for case in cases:
        ids.setdefault(case.problem.number, case.problem.id)
    found: list[Finding] = []
    for plan in read_plans(ledger):
        own = tuple(case for case in cases if case.problem.plan_id == plan.id)
        found += (*check_totals(plan, own), *check_numbers(own, plan.stated_total))
    found += check_shared_pictures(cases)
    return [Remark(ids.get(finding.number, ""), finding) for finding in found]
