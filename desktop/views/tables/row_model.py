"""Table models over frozen records: all rows at hand, or pages read when they come into sight."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor

from desktop.operations.opened import fault_of
from desktop.views.looks.theme import tone_colour
from desktop.views.tables.columns import (
    ACCESSIBLE,
    ALIGN,
    ALIGNMENTS,
    DISPLAY,
    EDIT,
    FOREGROUND,
    SHARE,
    TONE,
    TOOL_TIP,
    Column,
)

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ANSWERED = frozenset((DISPLAY, ALIGN, FOREGROUND, TOOL_TIP, SHARE, TONE, ACCESSIBLE))
PAGE = 100
PAGES_KEPT = 30


class RowModel(QAbstractTableModel, Generic[Row]):
    """What all tables share: columns as data. Subclasses say how many rows there are and give the row at a place."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)

    def row_at(self, at: int) -> Row | None:
        """The record of a row; None when it is gone."""
        raise NotImplementedError

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """The columns of a flat table."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """Text, alignment, tone and share of a cell."""
        if role not in _ANSWERED or not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == ALIGN:
            return ALIGNMENTS[column.align]
        row = self.row_at(index.row())
        if row is None:
            return "" if role == DISPLAY else None
        if role == DISPLAY:
            return column.value(row)
        if role == FOREGROUND:
            tone = column.tone(row) if column.tone else ""
            return _brush(tone_colour(tone)) if tone else None
        if role == TONE:
            return column.tone(row) if column.tone else ""
        if role == SHARE:
            return column.share(row) if column.share else None
        if role == ACCESSIBLE:
            return f"{column.title} {column.value(row)}"
        return column.tip(row) if column.tip else column.value(row)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        """Titles of the columns, aligned as their cells."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == DISPLAY:
            return self.columns[section].title
        return ALIGNMENTS[self.columns[section].align] if role == ALIGN else None


class ListModel(RowModel[Row]):
    """A table whose rows are all at hand."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self.rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def row_at(self, at: int) -> Row | None:
        """The record of a row."""
        return self.rows[at] if 0 <= at < len(self.rows) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """All rows."""
        return 0 if parent.isValid() else len(self.rows)


class LazyModel(RowModel[Row]):
    """A table whose rows are read a page at a time; the pages seen last are kept.

    ``fetch(start, limit)`` gives the rows from ``start`` on, fewer when some are gone meanwhile.
    """

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._total = 0
        self._pages: OrderedDict[int, Sequence[Row]] = OrderedDict()

    def fetch(self, start: int, limit: int) -> Sequence[Row]:
        """Read some rows."""
        raise NotImplementedError

    def reset(self, change: Callable[[], int]) -> None:
        """Show another list: ``change`` makes it and gives the number of its rows."""
        self.beginResetModel()
        try:
            self._total = change()
        finally:
            self._pages.clear()
            self.endResetModel()

    def append(self, change: Callable[[], int], more: int) -> None:
        """Show more rows behind those that are there: ``change`` makes the list longer and gives the new number."""
        if more:
            self.beginInsertRows(QModelIndex(), self._total, self._total + more - 1)
            self._pages.pop(self._total // PAGE, None)
            self._total = change()
            self.endInsertRows()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """All rows, read or not."""
        return 0 if parent.isValid() else self._total

    def row_at(self, at: int) -> Row | None:
        """The record of a row, its page read when it was not."""
        page, place = divmod(at, PAGE)
        found = self._pages.get(page)
        if found is None:
            found = self._fetched(page)
            self._pages[page] = found
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        return found[place] if 0 <= place < len(found) else None

    def _fetched(self, page: int) -> Sequence[Row]:
        """A page; nothing of it where the disk fails. Painting asks for rows, and no question may open in there."""
        try:
            return self.fetch(page * PAGE, PAGE)
        except Exception as error:
            if fault_of(error) is None:
                raise
            logging.getLogger(__name__).info("rows not read", exc_info=error)
            return ()


@lru_cache(maxsize=64)
def _brush(colour: str) -> QBrush:
    return QBrush(QColor(colour))


__all__ = ["EDIT", "Index", "LazyModel", "ListModel", "Row", "RowModel"]
