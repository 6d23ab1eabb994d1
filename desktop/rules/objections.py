"""异议 during a public notice: what may be registered, what it holds up, what it suggests (domain §2.2 T9, T9o)."""

from datetime import date

from desktop.rules.followup import Objection
from desktop.rules.gate_rules import FOUNDED
from desktop.rules.lifecycle import passed_gates
from desktop.rules.records import CaseFile, Gate, Step
from desktop.rules.wording import date_in_text, objection_words, objections_heard

RESULTS = ("不成立", *FOUNDED)
WAYS = ("来电", "来信", "来访", "网络")


def notice_of(case: CaseFile) -> Step | None:
    """The notice of the present attempt, to which a new objection belongs."""
    return passed_gates(case).get(Gate.NOTICE)


def open_objections(case: CaseFile) -> tuple[Objection, ...]:
    """Objections without an answer, whichever notice they came to; none of them may be left behind by a filing."""
    return tuple(objection for objection in case.objections if objection.is_open)


def founded_objections(case: CaseFile) -> tuple[Objection, ...]:
    """Answered objections to the present notice that were found to hold: they suggest a return."""
    notice = notice_of(case)
    return tuple(o for o in case.objections if notice and o.notice_id == notice.id and o.result in FOUNDED)


def receipt_fault(case: CaseFile, received_on: date, today: date) -> str:
    """Why an objection received on that day cannot be registered, in words without a full stop; empty when it can."""
    name, notice = f"问题{case.problem.number}", notice_of(case)
    if notice is None:
        return f"{name}本轮还没有登记公示，不能登记异议；请先登记公示"
    if received_on > today:
        return f"异议收到日期{date_in_text(received_on)}晚于今天，请核对日期"
    if received_on < notice.on:
        return f"异议收到日期{date_in_text(received_on)}早于公示开始日期{date_in_text(notice.on)}，请核对日期"
    return ""


def answer_fault(received_on: date, answered_on: date | None, handling: str, result: str, today: date) -> str:
    """What an answer lacks, in words; an objection that is not answered yet lacks nothing."""
    if answered_on is None:
        return "填写了核查结论的，请同时填写答复日期" if result else ""
    if not handling or result not in RESULTS:
        return f"登记答复须写明处理情况和核查结论（{'、'.join(RESULTS)}）"
    if answered_on < received_on:
        return f"答复日期{date_in_text(answered_on)}早于收到日期{date_in_text(received_on)}，请核对日期"
    return f"答复日期{date_in_text(answered_on)}晚于今天，请核对日期" if answered_on > today else ""


def no_objection_fault(case: CaseFile) -> str:
    """Why nobody can state that there was no objection to the last notice, in one sentence; empty when one can."""
    heard, name = objections_heard(case), f"问题{case.problem.number}"
    waiting = [objection for objection in heard if objection.is_open]
    if waiting:
        days = "、".join(date_in_text(objection.received_on) for objection in waiting)
        return (
            f"{name}在{days}收到的异议还没有答复，不能出具“无异议说明”，没有打印。"
            "请先核查处理并登记答复，再打印“异议登记表”作为异议处理记录。"
        )
    if heard:
        return (
            f"{name}公示期间{objection_words(case)}，“无异议说明”与登记不符，没有打印。"
            "请打印“异议登记表”，签章后作为异议处理记录。"
        )
    return ""


def state_words(objection: Objection) -> str:
    """待处理, or the conclusion with the day of the answer."""
    if objection.answered_on is None:
        return "待处理"
    return f"{objection.result}，{date_in_text(objection.answered_on)}答复"
