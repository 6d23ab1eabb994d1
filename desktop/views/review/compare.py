"""A plan under review beside the ledger, line by line: what differs, what is gone, what looks like a known problem."""

from collections.abc import Iterable, Iterator

from desktop.operations.plan.intake import PlanChoice
from desktop.rules.comparison import CompareLine, LineKind
from desktop.rules.records import CaseFile
from desktop.rules.wording import chinese_number
from desktop.views.review.model import Review

_LINK = "勾选＝就是这个问题；不勾选＝新问题。"


def compare_lines(review: Review) -> tuple[CompareLine, ...]:
    """All lines of a review, problem by problem in the order of the plan; problems that are gone stand last."""
    lines = [line for at in range(len(review.problems)) for line in _of_problem(review, at)]
    return (*lines, *(_gone_problem(case, review) for case in review.gone))


def _of_problem(review: Review, at: int) -> Iterator[CompareLine]:
    number, case = review.problems[at].number, review.case_of(at)
    subject = f"问题{number}"
    if at in review.alike:
        like = review.alike[at]
        note = f"文字有{like.share:.0%}相同，台账问题{like.case.problem.number}。{_LINK}"
        new, old = review.problems[at].text, like.case.problem.text
        is_on = review.is_linked(at)
        yield CompareLine(f"like/{at}", LineKind.LIKE, subject, number, "问题", old, new, note, is_on)
    if case is None:
        return
    locked = review.is_locked(at)
    for found in review.differences(at):
        kind = LineKind.CHANGED if found.old else LineKind.ADDED
        note = "问题已销号或已转入，不改动。" if locked else ""
        key, kind = f"{at}/{found.part}", LineKind.REMARK if locked else kind
        chosen = key not in review.left
        yield CompareLine(key, kind, subject, number, found.words, found.old, found.new, note, chosen)
    if not locked and review.problems[at].measures:
        yield from _gone_measures(review, at, case, subject)


def _gone_measures(review: Review, at: int, case: CaseFile, subject: str) -> Iterator[CompareLine]:
    numbers = {measure.number for measure in review.problems[at].measures}
    for measure in case.measures:
        if measure.number not in numbers:
            words, key = f"措施（{chinese_number(measure.number)}）", f"gone/measure/{measure.id}/{case.problem.id}"
            note, chosen = "不勾选则保留；勾选则作废。", key in review.withdrawn
            yield CompareLine(key, LineKind.GONE, subject, case.problem.number, words, measure.text, "", note, chosen)


def _gone_problem(case: CaseFile, review: Review) -> CompareLine:
    key, number = f"gone/problem/{case.problem.id}/{case.problem.id}", case.problem.number
    note = "方案中已没有这个问题。不勾选则保留；勾选则作废，原记录留在历史里。"
    chosen = key in review.withdrawn
    return CompareLine(key, LineKind.GONE, f"问题{number}", number, "整个问题", case.problem.text, "", note, chosen)


def take_ticks(review: Review, lines: Iterable[CompareLine], ticked: set[str]) -> None:
    """Keep what the clerk ticked in the review."""
    review.left = {
        line.key
        for line in lines
        if line.kind in (LineKind.CHANGED, LineKind.ADDED) and line.key not in ticked
    }
    review.withdrawn = {line.key for line in lines if line.kind == LineKind.GONE and line.key in ticked}


def choice_of(review: Review, month: str) -> PlanChoice:
    """The decisions of a review for the confirmed problems; ``month`` is that of a progress entry."""
    links, numbers, confirmed = dict[int, str](), dict[int, int](), set[str]()
    for place, at in enumerate(sorted(review.ticked)):
        case = review.case_of(at)
        if case is not None:
            confirmed.add(case.problem.id)
            if review.is_linked(at):
                links[place] = case.problem.id
            if f"{at}/number" in review.left:
                numbers[place] = case.problem.number
    withdrawn = []
    for key in sorted(review.withdrawn):
        _, table, row, problem = key.split("/")
        if table == "problem" or problem in confirmed:
            withdrawn.append((table, row, problem))
    return PlanChoice(links, numbers, withdrawn, review.reason, month if review.takes_progress else "")
