"""May a rung of the ladder be issued, answered, settled; a visit entered? One sentence for each thing that is wrong."""

from collections.abc import Iterator, Sequence
from datetime import date

from desktop.rules.deadlines import finished_on
from desktop.rules.entries import ChaseEntry, ReplyEntry, SettleEntry, VisitEntry
from desktop.rules.errors import Refused
from desktop.rules.followup import Chase, Rung, Visit
from desktop.rules.ladder import rung_words
from desktop.rules.lifecycle import require_open
from desktop.rules.records import CaseFile
from desktop.rules.region import Region
from desktop.rules.texts import clean, one_line
from desktop.rules.wording import date_in_text

# Only these leave the rung when a paper says so: the province lifts what it has listed.
LIFTED = (Rung.LIST,)


def require_issue(cases: Sequence[CaseFile], entry: ChaseEntry, today: date) -> None:
    """Refuse a paper of the ladder without problem, unit, matter or a sound date."""
    _require_cases(cases, "督办")
    if not entry.unit_id:
        raise Refused("请选择发给哪个单位，没有登记。", "chase_unit")
    for case in cases:
        if entry.unit_id not in {holder.unit_id for holder in case.units}:
            raise Refused(
                f"这个单位不在问题{case.problem.number}的牵头、责任、配合等单位中，没有登记。"
                "请换一个单位，或先在问题里加上它。",
                "chase_unit_strange",
            )
    if not clean(entry.text):
        raise Refused("请填写事由和要求，没有登记。", "chase_text")
    if entry.on > today:
        raise Refused(f"发出日期{date_in_text(entry.on)}晚于今天，没有登记。请核对日期。", "chase_future")
    if entry.due is None:
        raise Refused("请填写回复期限，没有登记。", "chase_due")
    if entry.due < entry.on:
        raise Refused("回复期限早于发出日期，没有登记。请核对日期。", "chase_due")


def issue_remarks(cases: Sequence[CaseFile], entry: ChaseEntry, region: Region) -> Iterator[str]:
    """What the clerk should know of a paper that may be issued."""
    words = rung_words(region, entry.rung)
    for case in cases:
        name = f"问题{case.problem.number}"
        if finished_on(case):
            yield f"{name}已完成整改，请核对是否还需要{words}。"
        for chase in case.chases:
            if chase.is_open and chase.rung == entry.rung and chase.unit_id == entry.unit_id:
                yield f"{name}对同一单位的{words}（{date_in_text(chase.on)}）还没有办结，请核对是否重复。"


def require_reply(rows: Sequence[Chase], entry: ReplyEntry, today: date) -> None:
    """Refuse an answer to a paper that is settled or unknown, without words, or out of time order."""
    if not rows:
        raise Refused("这份督办不在台账中，或已经作废，没有保存。", "chase_unknown")
    if not any(row.is_open for row in rows):
        raise Refused("这份督办已经办结，没有保存。需要更正的，请先作废办结的记录。", "chase_settled")
    _require_answer(entry, rows[0].on, today, "回复")


def require_settle(rows: Sequence[Chase], entry: SettleEntry, today: date) -> None:
    """Refuse to settle what is settled, what nobody answered and nobody explains, a listing without its 解除文号."""
    if not rows:
        raise Refused("这份督办不在台账中，或已经作废，没有办结。", "chase_unknown")
    if not any(row.is_open for row in rows):
        raise Refused("这份督办已经办结，没有改动。", "chase_settled")
    first = rows[0]
    latest = max((row.replied_on for row in rows if row.replied_on), default=first.on)
    if entry.on > today:
        raise Refused(f"办结日期{date_in_text(entry.on)}晚于今天，没有办结。请核对日期。", "chase_future")
    if entry.on < latest:
        raise Refused(f"办结日期早于{date_in_text(latest)}的发出或回复，没有办结。请核对日期。", "date_order")
    if first.rung in LIFTED and not one_line(entry.close_no):
        raise Refused("解除挂牌督办须有解除文号，没有办结。请填写文号。", "lift_number")
    if any(row.is_open and row.replied_on is None for row in rows) and not clean(entry.note):
        raise Refused("还没有登记回复，请先登记回复，或写明不经回复就办结的原因；没有办结。", "chase_unanswered")


def require_visit(cases: Sequence[CaseFile], entry: VisitEntry, today: date) -> None:
    """Refuse a visit without problem or findings, with a demand that has no day, or out of time order."""
    _require_cases(cases, "检查登记")
    if not clean(entry.found):
        raise Refused("请填写发现的情况，没有登记；没有发现问题的也请写明。", "visit_found")
    if entry.on > today:
        raise Refused(f"检查日期{date_in_text(entry.on)}晚于今天，没有登记。请核对日期。", "visit_future")
    if clean(entry.demand) and entry.due is None:
        raise Refused("提出了整改要求，请填写整改期限，没有登记。", "visit_due")
    if entry.due and entry.due < entry.on:
        raise Refused("整改期限早于检查日期，没有登记。请核对日期。", "visit_due")
    if entry.due and not clean(entry.demand):
        raise Refused("填写了整改期限，请写明整改要求，没有登记。", "visit_demand")


def require_handling(rows: Sequence[Visit], entry: ReplyEntry, today: date) -> None:
    """Refuse to settle the demand of a visit that has none, without words, or out of time order."""
    if not any(row.is_open for row in rows):
        raise Refused("这次检查没有待办结的整改要求，没有保存。", "visit_settled")
    _require_answer(entry, rows[0].on, today, "办结")


def _require_answer(entry: ReplyEntry, since: date, today: date, what: str) -> None:
    if not clean(entry.text):
        raise Refused(f"请填写{what}的情况，没有保存。", "reply_text")
    if entry.on > today:
        raise Refused(f"{what}日期{date_in_text(entry.on)}晚于今天，没有保存。请核对日期。", "reply_future")
    if entry.on < since:
        raise Refused(f"{what}日期早于{date_in_text(since)}，没有保存。请核对日期。", "date_order")


def _require_cases(cases: Sequence[CaseFile], doing: str) -> None:
    if not cases:
        raise Refused("请至少选择一个问题，没有登记。", "chase_problems")
    for case in cases:
        require_open(case, doing)
