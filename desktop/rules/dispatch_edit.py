"""What is filled in on the month's grid and not yet saved: checked, compared with last month, kept as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from desktop.rules.dispatch import DispatchRow
from desktop.rules.entries import ProgressEntry
from desktop.rules.errors import Refused
from desktop.rules.texts import clean


@dataclass(frozen=True, slots=True)
class RowEdit:
    """The cells of one row that differ from what is reported; None where nothing was typed."""

    text: str | None = None
    percent: int | None = None
    quantity: int | None = None

    @property
    def is_empty(self) -> bool:
        """True when nothing was typed."""
        return self.text is None and self.percent is None and self.quantity is None


def with_text(edit: RowEdit, row: DispatchRow, text: str) -> RowEdit:
    """The edit with another text of the month; what is reported already is no edit."""
    text = clean(text)
    return replace(edit, text=None if text == row.text else text)


def with_percent(edit: RowEdit, row: DispatchRow, words: str) -> RowEdit:
    """The edit with a percentage as typed: 60, 60% or nothing. Refused unless a whole number of 0–100."""
    number = _number(words, "%％")
    if number is not None and not 0 <= number <= 100:
        raise Refused("完成百分比应填 0 到 100 的整数，没有改动。", "percent_range")
    return replace(edit, percent=None if number == row.percent else number)


def with_quantity(edit: RowEdit, row: DispatchRow, words: str) -> RowEdit:
    """The edit with the quantity done as typed: 6, 6个 or nothing. Refused unless a whole number of 0 or more."""
    number = _number(words, row.quantity_unit)
    return replace(edit, quantity=None if number == row.quantity_done else number)


def _number(words: str, units: str) -> int | None:
    words = clean(words).rstrip(units + " ").strip()
    if not words:
        return None
    if not words.isdecimal() or len(words) > 9:
        raise Refused(f"“{words}”不是整数，没有改动。请只填数字。", "not_a_number")
    return int(words)


def carried(row: DispatchRow) -> RowEdit:
    """Last month's words and percentage as this month's beginning; empty where there was no last month."""
    if not row.last_text:
        return RowEdit()
    percent = row.last_percent if row.percent is None else None
    return with_text(RowEdit(percent=percent), row, row.last_text)


def shown_text(row: DispatchRow, edit: RowEdit | None) -> str:
    """The text of the month with what was typed."""
    return row.text if edit is None or edit.text is None else edit.text


def shown_percent(row: DispatchRow, edit: RowEdit | None) -> int | None:
    """The percentage of the month with what was typed."""
    return row.percent if edit is None or edit.percent is None else edit.percent


def shown_quantity(row: DispatchRow, edit: RowEdit | None) -> int | None:
    """The quantity done with what was typed."""
    return row.quantity_done if edit is None or edit.quantity is None else edit.quantity


def is_repeated(row: DispatchRow, edit: RowEdit | None) -> bool:
    """True when the month's text is last month's word for word (domain §6)."""
    text = shown_text(row, edit)
    return bool(text) and text == clean(row.last_text)


def entry_of(row: DispatchRow, edit: RowEdit, month: str) -> ProgressEntry:
    """What is saved for one row: the month's words, percentage and quantity with what was typed."""
    return ProgressEntry(
        text=shown_text(row, edit),
        measure=row.measure or None,
        percent=shown_percent(row, edit),
        quantity=edit.quantity if edit.quantity is not None else row.quantity_done if row.is_reported else None,
        month=month,
    )


def as_state(edit: RowEdit) -> dict[str, object]:
    """An edit as plain values for the draft."""
    values = {"text": edit.text, "percent": edit.percent, "quantity": edit.quantity}
    return {name: value for name, value in values.items() if value is not None}


def from_state(values: object) -> RowEdit:
    """An edit from a draft; what cannot be read is left out."""
    found: Mapping[str, Any] = values if isinstance(values, Mapping) else {}
    text, percent, quantity = (found.get(name) for name in ("text", "percent", "quantity"))
    return RowEdit(
        text if isinstance(text, str) else None,
        percent if type(percent) is int and 0 <= percent <= 100 else None,
        quantity if type(quantity) is int and quantity >= 0 else None,
    )
