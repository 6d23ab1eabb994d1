"""Taking an import back, in words: by correcting ops, so that the package stays in the history and nothing is lost."""

from datetime import datetime

from desktop.operations.undo import former_values
from desktop.rules.errors import Refused
from desktop.rules.fold import fold_row
from desktop.rules.kinds import KINDS, is_plan_field
from desktop.rules.records import Changes
from desktop.rules.texts import clean
from desktop.store.journal import all_ops, ops_of_rows, places_of
from desktop.store.ledger import Ledger
from desktop.store.offices import PackageIn, find_in, set_undone
from desktop.store.writer import Writer, writing


def take_back_import(ledger: Ledger, package: str, now: datetime, person: str = "") -> Changes:
    """Withdraw what a package added and give changed fields their former values, as far as this office may.

    What only the issuing office decides stays; the sentence says how many such fields there were.
    """
    found = find_in(ledger, package)
    if found is None or not found.first:
        raise Refused("这个数据包没有带来新的记录，没有什么可以撤销。", "undo_nothing")
    if found.undone:
        raise Refused(f"这次接收已经撤销过了（{found.undone}）。", "undo_again")
    rows = dict.fromkeys(op.row for op in all_ops(ledger.db.connection(), "lsn BETWEEN ? AND ?", _span(found)))
    undone = left = 0
    with writing(ledger, clean(person), now.date()) as writer:
        for row in rows:
            done, kept = _row_back(ledger, writer, row, found)
            undone, left = undone + done, left + kept
        set_undone(writer.connection, package, f"{now:%Y-%m-%d %H:%M} {clean(person)}".strip())
    tail = f"；另有{left}处由下达单位决定或不能撤回，保持不变" if left else ""
    return Changes(f"已撤销这次接收：撤回{undone}处{tail}。数据包和撤销都记在历史里。", (("problem", ""),))


def _span(package: PackageIn) -> tuple[int, int]:
    return package.first, package.last


def _row_back(ledger: Ledger, writer: Writer, row: str, package: PackageIn) -> tuple[int, int]:
    """Take one row back; how many fields were and how many could not be."""
    ops = ops_of_rows(writer.connection, [row])[row]
    places = places_of(writer.connection, row)
    before = [op for op in ops if places[op.id] < package.first]
    came = [op for op in ops if package.first <= places[op.id] <= package.last]
    state = fold_row(ops)
    kind = KINDS.get(state.table)
    if kind is None or not state.exists:
        return 0, 1
    scope = ops[0].scope
    if not before or not fold_row(before).exists:
        return _withdraw(writer, state.table, row, scope)
    changed = {
        name: value for name, value in former_values(before, came).items() if value != state.fields[name].value
    }
    allowed = {
        name: value for name, value in changed.items()
        if (not is_plan_field(state.table, name) or state.owner == ledger.office_id)
        and (not kind.appends or name == "void")
    }  # fmt: skip
    if allowed:
        writer.set(state.table, row, allowed, scope=scope, settle=True)
    return len(allowed), len(changed) - len(allowed)


def _withdraw(writer: Writer, table: str, row: str, scope: str) -> tuple[int, int]:
    kind = KINDS[table]
    if kind.field("void"):
        return int(writer.set(table, row, {"void": "撤销接收"}, scope=scope)), 0
    return 0, 1
