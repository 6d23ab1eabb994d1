"""冲突: fields that two offices wrote differently, with who, when and what; a person decides, and that travels on."""

from datetime import date
from typing import Any

from desktop.operations.history import name_of
from desktop.rules.clock import moment
from desktop.rules.disagreement import OpenField, Side
from desktop.rules.errors import Refused
from desktop.rules.fold import Disagreement, fold_row
from desktop.rules.history import in_words
from desktop.rules.kinds import KINDS, is_plan_field
from desktop.rules.ops import SHARED, Op, Value
from desktop.rules.records import Changes, Step
from desktop.rules.step_forks import forked_steps
from desktop.rules.texts import clean
from desktop.store.journal import ops_of_rows
from desktop.store.ledger import Ledger
from desktop.store.offices import read_keys
from desktop.store.read_cases import read_cases
from desktop.store.read_shared import read_office_rows
from desktop.store.writer import writing

_HEAD = 24


def list_disagreements(ledger: Ledger) -> tuple[OpenField, ...]:
    """Every field that is open, conflicts first, then by problem."""
    lines = ledger.db.execute_sql("SELECT row, field FROM conflict ORDER BY row, field").fetchall()
    names = office_names(ledger)
    found = []
    rows: dict[str, list[str]] = {}
    for row, field in lines:
        rows.setdefault(bytes(row).hex(), []).append(field)
    ops = ops_of_rows(ledger.db.connection(), rows)
    for row, fields in rows.items():
        found += [_open_field(ledger, row, field, ops[row], names) for field in fields]
    order = list(Disagreement)
    known = [one for one in found if one is not None]
    return tuple(sorted(known, key=lambda one: (order.index(one.kind), one.number or 0, one.words)))


def office_names(ledger: Ledger) -> dict[str, str]:
    """What the offices are called that wrote in this ledger."""
    names = {key.office: key.name for key in read_keys(ledger)}
    return names | {row.id: row.name for row in read_office_rows(ledger) if row.name}


def _open_field(
    ledger: Ledger, row: str, field: str, ops: list[Op], names: dict[str, str]
) -> OpenField | None:
    state = fold_row(ops)
    found = state.fields.get(field)
    kind = KINDS.get(state.table)
    known = kind.field(field) if kind else None
    if kind is None or known is None or found is None or found.disagreement is None:
        return None
    by_id = {op.id: op for op in ops}

    def side(op: Op, *, proposal: bool) -> Side:
        value = op.fields[field]
        words = in_words(known, value, lambda other: name_of(ledger, other))
        shown = not proposal and value == found.value
        return Side(value, words, op.person, names.get(op.office, "其他单位"), moment(op.hlc), shown, proposal)

    sides = [side(by_id[i], proposal=False) for i in found.heads if not by_id[i].purged]
    sides += [side(by_id[i], proposal=True) for i in found.proposals if not by_id[i].purged]
    problem = ops[0].scope if ops[0].scope != SHARED else ""
    number = _number(ledger, problem)
    decides = names.get(state.owner, "下达单位") if _is_others(ledger, state.table, field, state.owner) else ""
    head = f"问题{number} " if number is not None else ""
    return OpenField(
        state.table,
        row,
        ops[0].scope,
        field,
        f"{head}{_row_words(ledger, state.table, row, kind.words)}·{known.words}",
        found.disagreement,
        tuple(sorted(sides, key=lambda s: (not s.is_shown, s.is_proposal, s.at))),
        problem,
        number,
        decides,
    )


def _is_others(ledger: Ledger, table: str, field: str, owner: str) -> bool:
    return is_plan_field(table, field) and owner != ledger.office_id


def _row_words(ledger: Ledger, table: str, row: str, words: str) -> str:
    name = name_of(ledger, row) if table in ("measure", "unit", "plan", "inspection") else ""
    return f"{words}“{name[:_HEAD]}”" if name else words


def _number(ledger: Ledger, problem: str) -> int | None:
    if not problem:
        return None
    found = ledger.db.execute_sql("SELECT number FROM problem WHERE id = ?", (bytes.fromhex(problem),)).fetchone()
    return found[0] if found else None


def decide(ledger: Ledger, what: OpenField, value: Value, today: date, person: str = "") -> Changes:
    """Write the value a person chose, one of the sides or a third; it replaces all of them, everywhere it comes to.

    Refused for a field that only the office which issued it decides.
    """
    if what.decides:
        raise Refused(f"“{what.words}”由{what.decides}决定，没有改动；可以向它提出修改建议。", "decided_elsewhere")
    with writing(ledger, clean(person), today) as writer:
        changed = writer.set(what.table, what.row, {what.field: value}, scope=what.scope, settle=True)
    if not changed:
        raise Refused("这一处已经处理过了，没有改动。", "decided_already")
    known = KINDS[what.table].field(what.field)
    words = in_words(known, value, lambda other: name_of(ledger, other)) if known else str(value)
    return Changes(f"已确定“{what.words}”为：{words}。", ((what.table, what.row),))


def read_value(what: OpenField, text: str) -> Value:
    """A third value as typed, in the type of the field; Refused where it does not fit."""
    known: Any = KINDS[what.table].field(what.field)
    text = clean(text)
    if not text:
        return None
    if known.type == "date":
        from desktop.rules.texts import read_day

        day = read_day(text)
        if day is None:
            raise Refused(f"“{text}”不是日期，请写成 2026-11-23 的样子。", "value_type")
        return day.isoformat()
    if known.type == "int":
        if not text.lstrip("-").isdecimal():
            raise Refused(f"“{text}”不是整数，请只填数字。", "value_type")
        return int(text)
    if known.type == "list":
        return [part for part in text.replace("，", "、").replace(",", "、").split("、") if part]
    if known.type != "text":
        raise Refused("这一项请从已有的填写中选择。", "value_type")
    return text


def list_forks(ledger: Ledger) -> tuple[tuple[str, int, tuple[Step, ...]], ...]:
    """两处办理不一致: problem, its number, and the steps that did not know of each other."""
    sql = (
        "SELECT problem FROM step WHERE void IS NULL AND problem IS NOT NULL GROUP BY problem "
        "HAVING count(DISTINCT owner) > 1"
    )
    problems = [bytes(row[0]).hex() for row in ledger.db.execute_sql(sql)]
    cases = read_cases(ledger, problems)
    return tuple((case.problem.id, case.problem.number, forks) for case in cases if (forks := forked_steps(case.steps)))


def withdraw_step(ledger: Ledger, step: Step, reason: str, today: date, person: str = "") -> Changes:
    """Withdraw one of two steps that did not know of each other; it stays in the history with the reason."""
    reason = clean(reason)
    if not reason:
        raise Refused("请写明作废这一步的理由，没有改动。", "reason_needed")
    with writing(ledger, clean(person), today) as writer:
        writer.set("step", step.id, {"void": reason}, scope=step.problem_id)
    return Changes("已作废这一步，理由已记入历史。", (("step", step.id),))
