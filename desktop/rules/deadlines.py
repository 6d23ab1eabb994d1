"""Deadlines: how many days are left, how late it is, which stages are due, may a deadline be moved (domain §2.5).

The plan's own deadline is never overwritten. Lateness is reckoned by the latest approved deadline, and sentences name
both.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from desktop.rules.lifecycle import Ruling, Verdict, is_closed, is_long_term, passed_gates
from desktop.rules.records import (
    SOURCE_WORDS,
    TERM_WORDS,
    CaseFile,
    DeadlineChange,
    Gate,
    StageTarget,
    StepAction,
    TermClass,
)
from desktop.rules.region import Region
from desktop.rules.wording import completed_on, date_in_text

NO_DEADLINE = "未定期限"


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late a problem is: days after the approved deadline and after the plan's own, 0 where in time."""

    deadline: date
    original: date | None
    days: int
    original_days: int
    finished_on: date | None = None

    @property
    def sentence(self) -> str:
        """逾期3天, with both deadlines where one was approved; 未逾期 in time."""
        words = f"逾期{self.days}天" if self.days else "未逾期"
        if self.original is None or self.original == self.deadline:
            return f"{words}（整改时限{date_in_text(self.deadline)}）"
        behind = f"，按原时限逾期{self.original_days}天" if self.original_days else ""
        moved = f"经批准延期至{date_in_text(self.deadline)}"
        return f"{words}（原时限{date_in_text(self.original)}，{moved}{behind}）"


def finished_on(case: CaseFile) -> date | None:
    """The day the rectification itself was finished: the last measure at 100 percent, or the self-check.

    After a return or reopening only a new self-check counts: what was reported before did not hold.
    """
    checked = passed_gates(case).get(Gate.SELF_CHECK)
    if any(step.action in (StepAction.RETURN, StepAction.REOPEN) for step in case.steps):
        return checked.on if checked else None
    days = [day for day in (completed_on(case), checked.on if checked else None) if day]
    return min(days, default=None)


def days_left(case: CaseFile, today: date) -> int | None:
    """Days until the current deadline, negative when it has passed.

    None without a date, for 长期坚持, which has stages instead, and once the problem is closed or carried over.
    """
    deadline = case.problem.current_deadline
    if deadline is None or is_long_term(case.problem) or is_closed(case) or case.problem.transferred_to:
        return None
    return (deadline - today).days


def left_words(case: CaseFile, today: date) -> str:
    """还有12天, 今天到期, 逾期3天; or why no days are counted: 长期坚持, 立行立改, 已完成整改, 未定期限."""
    problem, left = case.problem, days_left(case, today)
    if left is not None and not finished_on(case):
        return f"还有{left}天" if left > 0 else f"逾期{-left}天" if left else "今天到期"
    if problem.transferred_to:
        return "已转入下一轮"
    if is_closed(case):
        return "已销号备案"
    if is_long_term(problem):
        return TERM_WORDS[TermClass.LONG_TERM]
    if finished_on(case):
        return "已完成整改"
    return TERM_WORDS[TermClass.IMMEDIATE] if problem.is_immediate else NO_DEADLINE


def lateness(case: CaseFile, today: date) -> Lateness | None:
    """Lateness up to the day of finishing, or up to today; None without a deadline."""
    deadline, original = case.problem.current_deadline, case.problem.deadline
    if deadline is None:
        return None
    done = finished_on(case)
    until = done or today
    return Lateness(deadline, original, _late(deadline, until), _late(original, until), done)


def stages_due(case: CaseFile, today: date, within_days: int = 0) -> tuple[StageTarget, ...]:
    """Stage targets not yet reached whose day has passed or comes within so many days, earliest first."""
    limit = today + timedelta(days=within_days)
    return tuple(
        sorted(
            (s for s in case.stages if s.due <= limit and (s.reached_on is None or s.reached_on > today)),
            key=lambda stage: stage.due,
        )
    )


def judge_extension(
    case: CaseFile,
    new: date,
    on: date,
    today: date,
    reason: str,
    *,
    region: Region | None = None,
    approval: str | None = None,
) -> Verdict:
    """Whether the deadline may be moved to ``new`` by an approval dated ``on``, or such a change asked for.

    Refused on a closed or transferred problem, without a reason, with an unchanged or future-dated approval, or a new
    deadline before the plan; an earlier deadline and one already past only warn. ``approval`` are approver and number
    of an approval, None for a request: where the region wants an upper level's, another body's only warns.
    """
    problem, name = case.problem, f"问题{case.problem.number}"
    old, issued = problem.current_deadline, case.plan.issued_on if case.plan else None
    refusals, warnings = [], []
    if problem.transferred_to:
        refusals.append(Ruling("transferred", f"{name}已转入新的问题，请在转入后的问题下办理延期"))
    if problem.same_as:
        refusals.append(Ruling("same_problem", f"{name}已与另一来源的问题并为同一问题，请在所并入的问题下办理延期"))
    if is_closed(case):
        refusals.append(Ruling("closed", f"{name}已销号备案，不能再办理延期；确需继续整改的，请先办理重新整改"))
    if not reason.strip():
        refusals.append(Ruling("reason_missing", f"{name}办理延期须写明理由，请补填"))
    if on > today:
        refusals.append(Ruling("date_order", f"{name}的延期批准日期{date_in_text(on)}晚于今天，请核对日期"))
    if new == old:
        refusals.append(Ruling("deadline_same", f"{name}的新时限与现行时限{date_in_text(new)}相同，无需办理延期"))
    if issued and new < issued:
        refusals.append(Ruling("date_order", f"{name}的新时限{date_in_text(new)}早于整改方案印发日期，请核对日期"))
    if old and new < old:
        warnings.append(Ruling("deadline_earlier", f"{name}的新时限{date_in_text(new)}早于现行时限{date_in_text(old)}"))
    if new < today:
        warnings.append(Ruling("deadline_past", f"{name}的新时限{date_in_text(new)}已经过去"))
    if approval is not None and region is not None:
        warnings += _upper_approval(case, region, approval)
    return Verdict(tuple(refusals), tuple(warnings))


def needs_upper_approval(case: CaseFile, region: Region) -> bool:
    """True when the region lets only an upper level approve an extension of a problem from this source."""
    return case.inspection is not None and case.inspection.source in region.extension.sources


def _upper_approval(case: CaseFile, region: Region, approval: str) -> list[Ruling]:
    if not needs_upper_approval(case, region) or any(word in approval for word in region.extension.words):
        return []
    source = SOURCE_WORDS[case.inspection.source] if case.inspection else ""
    said = f"“{approval.strip()}”不是上级单位" if approval.strip() else "没有写明批准单位"
    return [Ruling("upper_approval", f"问题{case.problem.number}来自{source}，延期应经上级批准，{said}")]


def pending_extension(case: CaseFile) -> DeadlineChange | None:
    """The latest change of the deadline that was asked for and is not approved yet."""
    return next((change for change in reversed(case.deadline_changes) if not change.is_approved), None)


def _late(deadline: date | None, until: date) -> int:
    return max(0, (until - deadline).days) if deadline else 0
