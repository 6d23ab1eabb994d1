"""The month's grid as a table model: keys of the rows, rows of the problems in sight, and what is typed on them."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from desktop.operations.lights import lights_of
from desktop.operations.opened import Ledger, fault_of
from desktop.operations.profile import region_of
from desktop.operations.rounds import FrozenMonth
from desktop.operations.today import RowKey, month_rows_of
from desktop.rules.dispatch import DispatchRow
from desktop.rules.dispatch_edit import (
    RowEdit,
    carried,
    is_repeated,
    shown_percent,
    shown_quantity,
    shown_text,
    with_percent,
    with_quantity,
    with_text,
)
from desktop.rules.errors import Refused
from desktop.rules.lights import LightState
from desktop.rules.records import PROGRESS_WORDS, STATE_WORDS, CaseState, ProgressClass
from desktop.rules.region import Region
from desktop.rules.wording import NO_TEXT, chinese_number, date_in_table
from desktop.views.dispatch.keys import RowKeys
from desktop.views.tables.columns import DISPLAY, EDIT, TOOL_TIP, Column
from desktop.views.tables.row_model import Index, RowModel

BLOCK = 6
BLOCKS_KEPT = 400
TONES = {
    ProgressClass.OVERDUE: "late",
    ProgressClass.BEHIND: "late",
    ProgressClass.NOT_STARTED: "warn",
    ProgressClass.COMPLETED: "ok",
    ProgressClass.AHEAD: "ok",
    ProgressClass.ON_SCHEDULE: "ok",
    ProgressClass.MOSTLY_DONE: "ok",
}
TYPED = {"text": with_text, "percent": with_percent, "quantity": with_quantity}
KEYS_TOLD = "回车到下一行，Tab到下一个要填的格，Alt+回车换行，F6或Ctrl+Tab离开表格（加Shift往回）。"


class Line(NamedTuple):
    """A row of the grid with what was typed on it, and the light of its problem in the month."""

    row: DispatchRow
    edit: RowEdit | None
    light: LightState | None = None
    is_zero: bool = False


def dispatch_columns() -> tuple[Column[Line], ...]:
    """The columns of the grid; those in ``TYPED`` can be typed in. All are in sight on a screen 1093 wide."""
    return (
        Column("number", "序号", 2.5, lambda line: str(line.row.number), "right", sorts=False),
        Column("head", "整改措施", 7.4, _head, tip=lambda line: line.row.head, stretch=True, sorts=False),
        Column("due", "时限", 5.5, lambda line: date_in_table(line.row.due) if line.row.due else NO_TEXT, sorts=False),
        Column("units", "责任单位", 4.4, lambda line: line.row.units or NO_TEXT, sorts=False),
        Column("last", "上月进展", 7.4, lambda line: _flat(line.row.last_text) or NO_TEXT, stretch=True, sorts=False),
        Column("text", "本月进展", 10, lambda line: _flat(shown_text(line.row, line.edit)), stretch=True, sorts=False),
        Column("percent", "完成%", 4, _percent, "right", tip=_percent_tip, sorts=False),
        Column("quantity", "完成数量", 4.6, _quantity, "right", tip=_quantity_tip, sorts=False),
        Column("flag", "提示", 5.3, flag_words, tone=flag_tone, tip=flag_tip, sorts=False),
        Column("suggested", "进度判定", 4.4, class_words, tone=class_tone, tip=_class_tip, sorts=False),
        Column(
            "light",
            "亮灯",
            3.7,
            lambda line: line.light.words if line.light else NO_TEXT,
            tone=lambda line: line.light.tone if line.light else "muted",
            tip=lambda line: "；".join(line.light.reasons) or line.light.word if line.light else "",
            sorts=False,
        ),
    )


def flag_words(line: Line) -> str:
    """What the clerk has to know of a row.

    未保存, 冻结后补报, 待核对 (a check that nobody has answered), 与上月相同, 未报, 零报告, 已自查自验 or 已报.
    """
    row = line.row
    if line.edit is not None:
        return "同上月·未保存" if is_repeated(row, line.edit) else "未保存"
    if row.late:
        return row.late[-1].partition("（")[0]
    if not row.is_reported:
        waiting = "零报告" if line.is_zero else "未报"
        return waiting if row.is_expected else STATE_WORDS[CaseState.SELF_CHECKED]
    if is_repeated(row, None):
        return "与上月相同"
    return "待核对" if row.open_checks else "已报"


def flag_tone(line: Line) -> str:
    """The tone of ``flag_words``."""
    if line.edit is None and not line.row.late and not line.row.is_reported:
        return "late" if line.row.is_expected and not line.is_zero else "muted"
    odd = line.edit is not None or line.row.late or line.row.open_checks or is_repeated(line.row, None)
    return "warn" if odd else "ok"


def flag_tip(line: Line) -> str:
    """All that is odd in a row, with the reasons given."""
    given = [
        f"{check.sentence}（{'待说明' if check.given is None else check.given.reason}）" for check in line.row.checks
    ]
    return "\n".join((*line.row.late, *given)) or flag_words(line)


def class_words(line: Line) -> str:
    """The class that was decided; 拟 before one that is only suggested."""
    decided = line.row.decided
    return PROGRESS_WORDS[decided] if decided else f"拟：{PROGRESS_WORDS[line.row.suggested]}"


def class_tone(line: Line) -> str:
    """The tone of the class that counts."""
    return TONES[line.row.decided or line.row.suggested]


def _class_tip(line: Line) -> str:
    row = line.row
    reason = f"\n理由：{row.reason}" if row.reason else ""
    return f"建议：{PROGRESS_WORDS[row.suggested]}{reason}" if row.decided else "按建议，还没有判定"


def _head(line: Line) -> str:
    number = f"（{chinese_number(line.row.measure)}）" if line.row.measure else ""
    return number + _flat(line.row.head)


def _flat(text: str) -> str:
    return text.replace("\n", " ")


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _percent(line: Line) -> str:
    """60, or 30→60 where the month has changed it."""
    now, before = shown_percent(line.row, line.edit), line.row.last_percent
    return _number(now) if before is None or now is None or now == before else f"{before}→{now}"


def _percent_tip(line: Line) -> str:
    return _change(line.row.last_percent, shown_percent(line.row, line.edit), "%")


def _quantity(line: Line) -> str:
    """6/8个, or 4→6/8个 where the month has changed it."""
    done, promised = shown_quantity(line.row, line.edit), line.row.quantity
    before = line.row.last_quantity
    shown = _number(done) if before is None or done is None or done == before else f"{before}→{done}"
    if promised is None:
        return shown and f"{shown}{line.row.quantity_unit}"
    return f"{shown}/{promised}{line.row.quantity_unit}"


def _quantity_tip(line: Line) -> str:
    return _change(line.row.last_quantity, shown_quantity(line.row, line.edit), line.row.quantity_unit)


def _change(before: int | None, now: int | None, unit: str) -> str:
    """上次30%，本月60%，增加30%."""
    if before is None or now is None:
        return "上次没有填报" if before is None else f"上次{before}{unit}，本月没有填报"
    step = now - before
    moved = f"增加{step}{unit}" if step > 0 else f"减少{-step}{unit}" if step < 0 else "没有变化"
    return f"上次{before}{unit}，本月{now}{unit}，{moved}"


class DispatchModel(RowModel[Line]):
    """The grid of one month.

    Attributes: ``keys`` of the rows, ``edits`` by problem and measure. Signals: ``edited`` after every typed cell,
    ``refused(str)`` when what was typed cannot be.
    """

    edited = Signal()
    refused = Signal(str)

    def __init__(self, ledger: Ledger, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(dispatch_columns(), parent)
        self._ledger = ledger
        self._today = today
        self._editable = {at for at, column in enumerate(self.columns) if column.key in TYPED}
        self._rows: OrderedDict[str, dict[str, DispatchRow]] = OrderedDict()
        self._lights: dict[str, LightState] = {}
        self.month = ""
        self.keys = RowKeys()
        self.edits: dict[tuple[str, str], RowEdit] = {}
        self.is_writable = True
        self.frozen: FrozenMonth | None = None
        self.zero: frozenset[str] = frozenset()
        self._region: Region | None = None

    # The rows

    def begin(self, month: str, frozen: FrozenMonth | None = None, zero: frozenset[str] = frozenset()) -> None:
        """Empty the grid for another reading; a ``frozen`` month is read as it stood and cannot be typed in.

        ``zero`` are problems for which a unit made a zero report.
        """
        self.beginResetModel()
        self.leave_frozen()
        self.month, self.frozen, self.zero, self._region = month, frozen, zero, None
        self.keys = RowKeys()
        self._rows.clear()
        self._lights.clear()
        self.endResetModel()

    def leave_frozen(self) -> None:
        """Close what a frozen month is read from."""
        if self.frozen is not None:
            self.frozen.ledger.close()
            self.frozen = None

    def append(self, keys: Sequence[RowKey]) -> None:
        """More rows below."""
        if keys:
            self.beginInsertRows(QModelIndex(), len(self.keys), len(self.keys) + len(keys) - 1)
            self.keys.add(keys)
            self.endInsertRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The rows known so far."""
        return 0 if parent.isValid() else len(self.keys)

    def row_at(self, at: int) -> Line | None:
        """A row, read with those of the problems around it."""
        if not 0 <= at < len(self.keys):
            return None
        key = self.keys[at]
        if key.problem_id not in self._rows:
            self._read(at)
        row = self._rows[key.problem_id].get(key.measure_id)
        edit = self.edits.get((key.problem_id, key.measure_id))
        return Line(row, edit, self._lights.get(key.problem_id), key.problem_id in self.zero) if row else None

    def _read(self, at: int) -> None:
        wanted: dict[str, None] = {}
        for problem in self.keys.problems_from(at):
            if problem not in self._rows:
                wanted[problem] = None
            if len(wanted) == BLOCK:
                break
        for problem in wanted:
            self._rows[problem] = {}
        try:
            source = self.frozen.ledger if self.frozen else self._ledger
            region = self._region = self._region or region_of(source)
            rows = month_rows_of(self._ledger, tuple(wanted), self.month, self._today(), self.frozen, region)
            self._lights |= lights_of(source, tuple(wanted), self._today(), region, self.month)
        except Exception as error:
            # Painting asks for rows, and no question may open in there: they stay empty.
            if fault_of(error) is None:
                raise
            rows = ()
        for row in rows:
            self._rows[row.problem_id][row.measure_id] = row
        while len(self._rows) > BLOCKS_KEPT:
            self._rows.popitem(last=False)

    def place(self, key: tuple[str, str]) -> int:
        """Where the row of a problem and measure stands, -1 when it is not in the grid."""
        return self.keys.place(key)

    def read_again(self, problem: str) -> None:
        """A problem was saved: read its rows when they are next in sight."""
        self._rows.pop(problem, None)
        places = self.keys.places(problem)
        if places:
            self.dataChanged.emit(self.index(places[0], 0), self.index(places[-1], len(self.columns) - 1))

    def mark_reported(self, key: tuple[str, str]) -> None:
        """Note that a row has its report now."""
        self.edits.pop(key, None)
        self.keys.mark_reported(key)

    # Typing

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The cells of the month can be typed in."""
        found = super().flags(index)
        if self.is_writable and index.isValid() and index.column() in self._editable:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        """Over the cells of the month a tip tells the keys."""
        if role == TOOL_TIP and orientation == Qt.Orientation.Horizontal and section in self._editable:
            return KEYS_TOLD
        return super().headerData(section, orientation, role)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """The cell; for typing the bare value."""
        if role != EDIT:
            return super().data(index, role)
        line = self.row_at(index.row()) if index.isValid() else None
        if line is None:
            return None
        key = self.columns[index.column()].key
        if key == "text":
            return shown_text(line.row, line.edit)
        if key == "percent":
            return _number(shown_percent(line.row, line.edit))
        if key == "quantity":
            return _number(shown_quantity(line.row, line.edit))
        return super().data(index, DISPLAY)

    def setData(self, index: Index, value: Any, role: int = EDIT) -> bool:
        """Take what was typed; it waits to be saved."""
        line = self.row_at(index.row()) if index.isValid() else None
        change = TYPED.get(self.columns[index.column()].key) if index.isValid() else None
        if role != EDIT or line is None or change is None or not self.is_writable:
            return False
        try:
            edit = change(line.edit or RowEdit(), line.row, str(value))
        except Refused as error:
            self.refused.emit(error.sentence)
            return False
        return self.take(index.row(), edit)

    def take(self, at: int, edit: RowEdit) -> bool:
        """Keep an edit of a row; an empty one takes it away. False when nothing changed."""
        key = self.keys[at][:2]
        if edit == self.edits.get(key, RowEdit()):
            return False
        if edit.is_empty:
            self.edits.pop(key, None)
        else:
            self.edits[key] = edit
        self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))
        self.edited.emit()
        return True

    def carry_forward(self, rows: Sequence[int]) -> int:
        """Begin unreported rows with last month's words; the number of rows that got them."""
        done = 0
        for at in rows:
            line = self.row_at(at)
            if line and self.is_writable and not shown_text(line.row, line.edit) and not carried(line.row).is_empty:
                done += self.take(at, carried(line.row))
        return done
