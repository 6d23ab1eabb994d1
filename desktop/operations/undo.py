"""Taking the clerk's last step back, and doing it again: by correcting ops, so that history keeps all of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.operations.history import name_of
from desktop.rules.errors import Refused
from desktop.rules.fold import fold_row
from desktop.rules.history import history_of
from desktop.rules.kinds import KINDS
from desktop.rules.ops import NEW, SHARED, Op, Value
from desktop.rules.records import Changes
from desktop.rules.texts import clean
from desktop.store.journal import ops_of_rows
from desktop.store.ledger import Ledger
from desktop.store.steps import Step, Way, count_rows, first_ops, read_steps, rows_of_step
from desktop.store.writer import Writer, writing

SHOWN = 200  # ops that are looked at for the words
_NAMED_PROBLEMS = 5
_PRINTED = "上一步存入了打印的文书或登记了文号，不能撤销。文书留在档案里；没有用的文号可以在发文登记里作废。"
_FINAL = "上一步不只改了台账里的记录（如接收、发送数据包或换了密钥），不能撤销。收错的数据包可以在“交换”里撤销接收。"
_SETTLED = "上一步定下了一处不同的说法，不能撤销；请直接改成需要的内容。"
_FROZEN = "上一步冻结了一个月的调度，冻结后不能撤销。以后的更正请直接填报，会标明为冻结后补报。"
NOT_TAKEN_BACK = {"paper": _PRINTED, "paper_scan": _PRINTED, "doc_number": _PRINTED, "purge": _FINAL}
# What a step of several kinds is told by; else by what was written first.
_LEADS = ("plan", "problem", "step", "deadline_change", "progress", "chase", "visit")
# Names that say which row of the unit list and the like a change belongs to.
_BY_NAME = ("unit", "person", "plan", "inspection")

Report = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class LastStep:
    """What Ctrl+Z would take back, or Ctrl+Y do again: in words, how many rows; ``why_not`` where it cannot be."""

    words: str
    rows: int
    why_not: str = ""


def last_step(ledger: Ledger, person: str) -> LastStep | None:
    """The last step of the ledger, None when there is none or another person or office did it."""
    connection = ledger.db.connection()
    step = next(reversed(read_steps(connection).done), None)
    if step is None:
        return None
    ops, counts = first_ops(connection, step, SHOWN), count_rows(connection, step)
    if not step.is_final and (ops[0].office != ledger.office_id or ops[0].person != clean(person)):
        return None
    if ("office", True) in counts:  # with it a ledger begins
        return None
    refused = next((NOT_TAKEN_BACK[table] for table, _ in counts if table in NOT_TAKEN_BACK), "")
    # A round that is there is changed by nothing but its freeze.
    frozen = _FROZEN if ("round", False) in counts else ""
    why_not = frozen or (_FINAL if step.is_final else "") or refused
    why_not = why_not or (_SETTLED if _settles(ledger, step, ops) else "")
    return LastStep(_words(ledger, ops, counts), sum(counts.values()), why_not)


def _settles(ledger: Ledger, step: Step, ops: Sequence[Op]) -> bool:
    """True when the step ended a disagreement, which correcting ops cannot bring back; such steps are small."""
    if not any(len(ids) > 1 for op in ops for ids in op.base.values()):
        return False
    for before, came in rows_of_step(ledger.db.connection(), step):
        state = fold_row(before).fields if before else {}
        if any(state[name].disagreement for op in came for name in op.fields if name in state):
            return True
    return False


def _words(ledger: Ledger, ops: Sequence[Op], counts: Mapping[tuple[str, bool], int]) -> str:
    """新增问题：5，……，连同问题单位2处; of many alike 新增进展12处（问题1、问题2）."""
    lead = next((kind for name in _LEADS for kind in counts if kind[0] == name), next(iter(counts)))
    table, is_new = lead
    first = [op for op in ops if op.table == table and (op.kind == NEW) is is_new]
    left = dict(counts)
    if first and (counts[lead] == 1 or not is_new):
        words = _told(ledger, [op for op in first if op.row == first[0].row])
        left[lead] -= 1
    else:
        words = f"{_counted(lead, left.pop(lead))}{_of_problems(ledger, first)}"
    rest = "、".join(_counted(kind, count) for kind, count in left.items() if count)
    return f"{words.rstrip('。；，')}，连同{rest}" if rest else words


def _counted(kind: tuple[str, bool], count: int) -> str:
    return f"{'新增' if kind[1] else '修改'}{_kind(kind[0])}{count}处"


def _kind(table: str) -> str:
    return KINDS[table].words if table in KINDS else "记录"


def _of_problems(ledger: Ledger, ops: Sequence[Op]) -> str:
    scopes = list(dict.fromkeys(op.scope for op in ops if op.scope != SHARED))
    names = [name for name in (name_of(ledger, scope) for scope in scopes[:_NAMED_PROBLEMS]) if name]
    return f"（{'、'.join(names)}{'等' if len(scopes) > _NAMED_PROBLEMS else ''}）" if names else ""


def _told(ledger: Ledger, ops: Sequence[Op]) -> str:
    """What ops did to one row, with what stood there before and the name of what it belongs to."""
    op, ids = ops[0], {op.id for op in ops}
    changes = history_of(ops_of_rows(ledger.db.connection(), [op.row])[op.row], lambda row: name_of(ledger, row))
    own = [change.sentence for change in changes if change.op in ids]
    if own:
        words = own[0] + (f"等{len(own)}处" if len(own) > 1 else "")
    else:  # an order on the screen and the like, that the history is silent about
        words = f"{'新增' if op.kind == NEW else '修改'}{_kind(op.table)}"
    of = op.scope if op.scope not in (SHARED, op.row) else op.row if op.kind != NEW and _has_name(op.table) else ""
    name = name_of(ledger, of) if of else ""
    return f"{name}：{words}" if name else words


def _has_name(table: str) -> bool:
    return table == "problem" or table in _BY_NAME


def undo_last(ledger: Ledger, today: date, person: str, report: Report | None = None) -> Changes:
    """Take this person's last step back, all of it, by correcting ops; the step and its withdrawal stay in the history.

    A record that was added is withdrawn, a field that was changed gets its former value. Only the latest step of the
    ledger can be taken back, so that nothing built on it is torn out; after that the one before it. Refused with the
    reason where it cannot be. ``report`` hears how far it is; what it raises stops it and leaves all as it was.
    """
    found = last_step(ledger, person)
    if found is None:
        raise Refused("没有可以撤销的操作。", "undo_nothing")
    if found.why_not:
        raise Refused(found.why_not, "undo_not")
    step = read_steps(ledger.db.connection()).done[-1]
    touched = _write_back(ledger, step, Way.BACK, today, person, lambda share: _tell(report, "正在撤销", share))
    return Changes(f"已撤销：{found.words}", touched)


def last_taken_back(ledger: Ledger, person: str) -> LastStep | None:
    """The step that was taken back last, while nothing else was written since; None when another person did it."""
    connection = ledger.db.connection()
    back = next(reversed(read_steps(connection).taken_back), None)
    if back is None:
        return None
    by = first_ops(connection, Step(back.first, back.last), 1)[0]
    if by.office != ledger.office_id or by.person != clean(person):
        return None
    counts = count_rows(connection, back.step)
    return LastStep(_words(ledger, first_ops(connection, back.step, SHOWN), counts), sum(counts.values()))


def redo_last(ledger: Ledger, today: date, person: str, report: Report | None = None) -> Changes:
    """Do again what this person took back last, by ops that correct the correcting ones; it can be taken back again."""
    found = last_taken_back(ledger, person)
    if found is None:
        raise Refused("没有可以恢复的操作。", "redo_nothing")
    back = read_steps(ledger.db.connection()).taken_back[-1]
    step = Step(back.first, back.last)
    touched = _write_back(ledger, step, Way.AGAIN, today, person, lambda share: _tell(report, "正在恢复", share))
    return Changes(f"已恢复：{found.words}", touched)


def _tell(report: Report | None, words: str, share: float) -> None:
    if report:
        report(words, share)


def _write_back(
    ledger: Ledger, step: Step, way: Way, today: date, person: str, tell: Callable[[float], None]
) -> tuple[tuple[str, str], ...]:
    """Give every row of a step what it showed before it; the rows."""
    connection = ledger.db.connection()
    rows = sum(count_rows(connection, step).values())
    with writing(ledger, clean(person), today, way=way) as writer:
        for at, (before, came) in enumerate(rows_of_step(connection, step)):
            tell(at / rows)
            _row_back(writer, before, came)
    return tuple((kind, row) for kind, rows in writer.touched.rows.items() for row in rows)


def _row_back(writer: Writer, before: Sequence[Op], came: Sequence[Op]) -> None:
    table, row, scope = came[0].table, came[0].row, came[0].scope
    kind = KINDS[table]
    if before and fold_row(before).exists:
        values = former_values(before, came)
    elif kind.field("void"):
        values = {"void": "撤销"}
    elif kind.field("active"):
        values = {"active": False}
    else:
        values = dict.fromkeys(name for op in came for name in op.fields)
    # Settled, for a proposal to another office is withdrawn by proposing what stands.
    writer.set(table, row, values, scope=scope, settle=True)


def former_values(before: Sequence[Op], came: Sequence[Op]) -> dict[str, Value]:
    """What the fields that later ops of a row wrote showed before them; None where nothing stood."""
    former = fold_row(before).fields
    names = dict.fromkeys(name for op in came for name in op.fields if KINDS[op.table].field(name))
    return {name: former[name].value if name in former else None for name in names}
