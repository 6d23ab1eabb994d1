"""The rules of the closing axis, one function each, with the force decided in domain §2.3.

A rule looks at one ``Asked`` step and yields a Chinese sentence, without the final stop, for each fault it finds.
``REFUSING`` rules cannot be overridden; ``WARNING`` rules give way to a written reason, which prints on the form.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.rules.followup import Site
from desktop.rules.measures import undone
from desktop.rules.records import ACTION_WORDS, GATE_WORDS, CaseFile, Gate, Step, StepAction
from desktop.rules.region import PaperItem, Region
from desktop.rules.sites import numbers_words
from desktop.rules.standards import Answers, denied, open_questions, questions_for
from desktop.rules.wording import date_in_text

ACCEPT_RESULTS = ("通过", "补充完善后通过")
FOUNDED = ("部分成立", "成立")  # results of an objection that holds


@dataclass(frozen=True, slots=True)
class Asked:
    """One step that somebody wants to take, with what the steps on record say.

    ``gate`` is the gate it would pass, if any. ``passed`` and ``opener`` belong to the attempt it would join: the gates
    passed so far, and the return, reopening or filed stage that began it. ``filed`` is the filing of a record that
    has passed all gates, ``closed`` whether that closed it for good.
    """

    case: CaseFile
    action: StepAction
    gate: Gate | None
    on: date
    region: Region
    today: date
    passed: Mapping[Gate, Step]
    opener: Step | None
    filed: Step | None
    closed: bool
    long_term: bool
    missing: tuple[PaperItem, ...] = ()
    notice_end: date | None = None
    reason: str = ""
    result: str = ""
    answers: Answers | None = None

    @property
    def name(self) -> str:
        """How sentences name the problem."""
        return f"问题{self.case.problem.number}"

    def earlier_gates(self) -> tuple[Gate, ...]:
        """The gates that stand before this one in the region's order."""
        order = self.region.gate_order
        return order[: order.index(self.gate)] if self.gate else ()


Rule = Callable[[Asked], Iterator[str]]


def transferred(asked: Asked) -> Iterator[str]:
    """A problem carried over to a newer one moves there only."""
    if asked.case.problem.transferred_to:
        yield f"{asked.name}已转入新的问题，请在转入后的问题下办理{ACTION_WORDS[asked.action]}"


def closed(asked: Asked) -> Iterator[str]:
    """A closed record is locked: only a look-back or a reopening goes on it."""
    if asked.closed and asked.action not in (StepAction.REOPEN, StepAction.LOOK_BACK):
        yield f"{asked.name}已销号备案，不能再办理{ACTION_WORDS[asked.action]}；确需继续整改的，请先办理重新整改"


def not_closed(asked: Asked) -> Iterator[str]:
    """Looking back and reopening need something that was closed."""
    if asked.action in (StepAction.REOPEN, StepAction.LOOK_BACK) and asked.filed is None:
        yield f"{asked.name}尚未销号备案，不能办理{ACTION_WORDS[asked.action]}；请在备案后办理"


def nothing_to_return(asked: Asked) -> Iterator[str]:
    """Only what has been handed in can be sent back."""
    if asked.action == StepAction.RETURN and not asked.closed and not asked.passed:
        yield f"{asked.name}本轮还没有办理任何环节，没有可退回的内容"


def reason_missing(asked: Asked) -> Iterator[str]:
    """A return carries its demands, a reopening its cause (domain §2.4)."""
    if asked.action in (StepAction.RETURN, StepAction.REOPEN) and not asked.reason.strip():
        what = "退回原因和补充整改要求" if asked.action == StepAction.RETURN else "重新整改的原因"
        yield f"{asked.name}办理{ACTION_WORDS[asked.action]}须写明{what}，请补填"


def same_gate_twice(asked: Asked) -> Iterator[str]:
    """A gate is passed once in an attempt; a correction voids the old step."""
    if asked.gate and asked.gate in asked.passed and not asked.closed:
        word, step = GATE_WORDS[asked.gate], asked.passed[asked.gate]
        yield f"{asked.name}本轮已于{date_in_text(step.on)}登记{word}，不能重复登记；需要更正的，请作废原登记后重新办理"


def self_check_first(asked: Asked) -> Iterator[str]:
    """No application before the own check."""
    if asked.gate == Gate.APPLY and Gate.SELF_CHECK not in asked.passed and not asked.closed:
        yield f"{asked.name}尚未自查自验，不能申请销号；请先完成自查自验并登记"


def gates_before_filing(asked: Asked) -> Iterator[str]:
    """Filing closes the record, so every other gate comes before it."""
    if asked.gate == Gate.FILE and not asked.closed:
        lacking = [GATE_WORDS[g] for g in asked.region.gate_order if g not in asked.passed and g != Gate.FILE]
        if lacking:
            yield f"{asked.name}还缺{'、'.join(lacking)}，不能备案；请先补齐"


def notice_not_ended(asked: Asked) -> Iterator[str]:
    """Filing follows the last day of the notice, which is itself a day on which objections may arrive."""
    notice = asked.passed.get(Gate.NOTICE)
    if asked.gate != Gate.FILE or notice is None or asked.closed:
        return
    if notice.end is None:
        yield f"{asked.name}的公示没有登记截止日期，不能备案；请作废后重新登记公示"
    elif asked.on <= notice.end:
        last, first = date_in_text(notice.end), date_in_text(notice.end + timedelta(days=1))
        yield f"{asked.name}的公示到{last}才结束，{date_in_text(asked.on)}不能备案；请于{first}起办理"


def notice_dates(asked: Asked) -> Iterator[str]:
    """A notice names its last day, which does not lie before its first."""
    if asked.gate == Gate.NOTICE and asked.notice_end is None:
        yield f"{asked.name}的公示须填写截止日期，请补填"
    elif asked.gate == Gate.NOTICE and asked.notice_end and asked.notice_end < asked.on:
        yield f"{asked.name}的公示截止{date_in_text(asked.notice_end)}早于开始{date_in_text(asked.on)}，请核对日期"


def acceptance_failed(asked: Asked) -> Iterator[str]:
    """What was not accepted is a return with its demands, not a gate."""
    if asked.gate == Gate.ACCEPT and asked.result not in ("", *ACCEPT_RESULTS):
        allowed = "或".join(f"“{word}”" for word in ACCEPT_RESULTS)
        yield (
            f"{asked.name}的验收结论“{asked.result}”不是{allowed}，不能登记为通过验收；"
            "没有通过的请登记退回，并写明补充整改要求"
        )


def date_order(asked: Asked) -> Iterator[str]:
    """No step is dated before the one it follows, before the plan, or after today."""
    dated = f"{asked.name}的{ACTION_WORDS[asked.action]}日期{date_in_text(asked.on)}"
    if asked.on > asked.today:
        yield f"{dated}晚于今天{date_in_text(asked.today)}，请核对日期"
    issued = asked.case.plan.issued_on if asked.case.plan else None
    if issued and asked.on < issued:
        yield f"{dated}早于整改方案印发日期{date_in_text(issued)}，请核对日期"
    followed = _followed(asked)
    if followed and asked.on < followed.on:
        before = f"{ACTION_WORDS[followed.action]}日期{date_in_text(followed.on)}"
        yield f"{dated}早于此前的{before}，请核对日期；原登记有误的，请作废后按实际先后重新登记"


def _followed(asked: Asked) -> Step | None:
    """The latest step this one follows: gates before it in the region's order and what began the attempt."""
    if asked.gate:
        steps = [asked.passed[g] for g in asked.earlier_gates() if g in asked.passed]
    else:
        steps = [*asked.passed.values(), *([asked.filed] if asked.filed else [])]
    return max([*steps, *([asked.opener] if asked.opener else [])], key=lambda step: step.on, default=None)


def open_objection(asked: Asked) -> Iterator[str]:
    """While an objection waits for its answer nothing is filed (domain §2.2 T9)."""
    waiting = [objection for objection in asked.case.objections if objection.is_open]
    if asked.gate == Gate.FILE and waiting and not asked.closed:
        days = "、".join(date_in_text(objection.received_on) for objection in waiting)
        yield f"{asked.name}有{len(waiting)}件异议（{days}收到）尚未答复，不能备案；请先登记处理情况和答复"


def open_sites(asked: Asked) -> Iterator[str]:
    """A problem is struck off when each of its sites is; a stage of a long-term one when those due by then are."""
    waiting = [site for site in asked.case.sites if not site.is_closed and _is_called(asked, site)]
    if asked.gate == Gate.FILE and waiting and not asked.closed:
        closed_count, total = sum(site.is_closed for site in asked.case.sites), len(asked.case.sites)
        yield (
            f"{asked.name}还有{len(waiting)}个点位没有销号（已销号{closed_count}/{total}，未销号的有"
            f"{numbers_words(waiting)}），不能备案；请先登记点位销号"
        )


def _is_called(asked: Asked, site: Site) -> bool:
    """Whether a site belongs to what is closed now: in a long-term problem only one whose day has come."""
    return not asked.long_term or (site.due is not None and site.due <= asked.on)


def founded_objection(asked: Asked) -> Iterator[str]:
    """An objection that holds suggests a return instead of the filing (domain §2.2 T9o)."""
    notice = asked.passed.get(Gate.NOTICE)
    if asked.gate != Gate.FILE or notice is None or asked.closed:
        return
    for objection in asked.case.objections:
        if objection.notice_id == notice.id and objection.result in FOUNDED:
            day = date_in_text(objection.received_on)
            yield f"{asked.name}在{day}收到的异议{objection.result}，应登记退回后补充整改"


def unchecked_sites(asked: Asked) -> Iterator[str]:
    """The own check of a problem follows that of its sites."""
    unchecked = (site for site in asked.case.sites if not (site.checked_on or site.is_closed))
    waiting = [site for site in unchecked if _is_called(asked, site)]
    if asked.gate == Gate.SELF_CHECK and waiting and not asked.closed:
        yield f"{asked.name}还有{len(waiting)}个点位没有自查自验（{numbers_words(waiting)}）"


def standards(asked: Asked) -> Iterator[str]:
    """Each standard is answered, and none with 否; nothing is said where nobody was asked."""
    if asked.answers is None or asked.gate is None or asked.closed:
        return
    questions = questions_for(asked.action, asked.region, asked.opener)
    unanswered = open_questions(questions, asked.answers)
    if unanswered:
        yield f"{asked.name}没有逐项核对：{'、'.join(question.words for question in unanswered)}"
    for question, remark in denied(questions, asked.answers):
        yield f"{asked.name}{question.group}“{question.words}”核对为“否”" + (f"（{remark}）" if remark else "")


def same_problem(asked: Asked) -> Iterator[str]:
    """A problem that another source raised too is handled under the one it is counted with."""
    if asked.case.problem.same_as:
        yield f"{asked.name}已与另一来源的问题并为同一问题，请在所并入的问题下办理{ACTION_WORDS[asked.action]}"


def other_order(asked: Asked) -> Iterator[str]:
    """Application, acceptance and notice in another order than the region's."""
    if asked.gate in (None, Gate.SELF_CHECK, Gate.FILE) or asked.closed:
        return
    lacking = [g for g in asked.earlier_gates() if g not in asked.passed]
    if asked.gate == Gate.APPLY:
        lacking = [g for g in lacking if g != Gate.SELF_CHECK]  # refused already by self_check_first
    doing = f"就办理{ACTION_WORDS[asked.action]}，与本地区的办理顺序不同"
    if lacking:
        yield f"{asked.name}尚未办理{'、'.join(GATE_WORDS[g] for g in lacking)}{doing}"
    notice = asked.passed.get(Gate.NOTICE)
    if Gate.NOTICE in asked.earlier_gates() and notice and notice.end and asked.on <= notice.end:
        yield f"{asked.name}的公示到{date_in_text(notice.end)}才结束，公示期未满{doing}"


def missing_paper(asked: Asked) -> Iterator[str]:
    """A paper that the region's checklist asks for at this gate is not on file."""
    for paper in asked.missing:
        yield f"{asked.name}办理{ACTION_WORDS[asked.action]}缺少{paper.name}，请补充材料"


def open_measures(asked: Asked) -> Iterator[str]:
    """The own check comes when all measures are done; a long-term problem goes by its stage targets instead."""
    numbers = undone(asked.case)
    if asked.gate == Gate.SELF_CHECK and numbers and not asked.closed and not asked.long_term:
        yield f"{asked.name}的第{'、'.join(map(str, numbers))}项措施尚未报告完成，请先填报进展"


def open_stages(asked: Asked) -> Iterator[str]:
    """A stage target that is due must be reached before the stage is checked; 长期坚持 needs one (domain §2.5)."""
    if asked.gate != Gate.SELF_CHECK or asked.closed:
        return
    if asked.long_term and not asked.case.stages:
        yield f"{asked.name}属长期坚持，尚未明确阶段目标，请先补填阶段目标"
    for stage in asked.case.stages:
        if stage.due <= asked.on and (stage.reached_on is None or stage.reached_on > asked.on):
            yield f"{asked.name}{date_in_text(stage.due)}的阶段目标尚未登记达到，请先登记达到日期"


REFUSING: dict[str, Rule] = {
    "transferred": transferred,
    "same_problem": same_problem,
    "closed": closed,
    "not_closed": not_closed,
    "nothing_to_return": nothing_to_return,
    "reason_missing": reason_missing,
    "same_gate_twice": same_gate_twice,
    "self_check_first": self_check_first,
    "gates_before_filing": gates_before_filing,
    "notice_not_ended": notice_not_ended,
    "notice_dates": notice_dates,
    "open_objection": open_objection,
    "open_sites": open_sites,
    "acceptance_failed": acceptance_failed,
    "date_order": date_order,
}
WARNING: dict[str, Rule] = {
    "other_order": other_order,
    "missing_paper": missing_paper,
    "standards": standards,
    "founded_objection": founded_objection,
    "unchecked_sites": unchecked_sites,
    "open_measures": open_measures,
    "open_stages": open_stages,
}
