"""Tables over several pages: the parts become one, repeated heads go, a row that the page broke is whole again."""

import re
from dataclasses import replace

from desktop.plans.folding import squeeze
from desktop.plans.pdf.cells import PageTable, TableCell
from desktop.plans.pdf.paragraphs import begins_with_number
from desktop.plans.pdf.wrapping import joined

_SAME_PLACE = 6.0
_AGAIN = re.compile(r"(\d+|[一二三四五六七八九十百]+)[(（]?(?:续|接上页)?[)）]?")
_MOST_HEAD_ROWS = 4
_ENDS = ("。", "；", ";", "：", ":")


def goes_on(table: PageTable, part: PageTable) -> bool:
    """Is the table at the head of a page the rest of the one at the foot of the page before?"""
    if abs(table.xs[0] - part.xs[0]) > _SAME_PLACE or abs(table.xs[-1] - part.xs[-1]) > _SAME_PLACE:
        return False
    if repeated_head(table, part):
        return True
    # The same first cell over other words begins the table of the next problem.
    return not _first(part) or _first(part) != _first(table) or _first(part).isdigit()


def repeated_head(table: PageTable, part: PageTable) -> int:
    """How many rows at the top of a part say again what the head of the table says."""
    count = 0
    while count < min(_MOST_HEAD_ROWS, part.rows, table.rows) and _row(part, count) == _row(table, count):
        count += 1
    # A head is words, and all of a table is no head.
    return count if count and any(_row(part, 0)) and count < part.rows else 0


def join_parts(table: PageTable, part: PageTable) -> PageTable:
    """One table of both; its columns are those of either, its rows count on."""
    head = repeated_head(table, part)
    xs = _all_places(table.xs, part.xs)
    upper = _moved(table, xs, 0, 0)
    lower = _moved(part, xs, head, table.rows)
    upper, lower = _mended(upper, lower, table.rows)
    return PageTable(xs, table.top, part.bottom, tuple(upper + lower), max(head, table.head_rows))


def _first(table: PageTable) -> str:
    return squeeze(table.cells[0].text) if table.cells else ""


def _row(table: PageTable, row: int) -> list[str]:
    return [squeeze(cell.text) for cell in table.cells if cell.row == row]


def _all_places(first: tuple[float, ...], second: tuple[float, ...]) -> tuple[float, ...]:
    places = list(first)
    places += [x for x in second if all(abs(x - place) > _SAME_PLACE for place in first)]
    return tuple(sorted(places))


def _moved(table: PageTable, xs: tuple[float, ...], skip: int, start: int) -> list[TableCell]:
    """The cells of a part, without its first ``skip`` rows, placed in the columns and rows of the whole."""
    place = [min(range(len(xs)), key=lambda at: abs(xs[at] - x)) for x in table.xs]
    return [
        replace(
            cell,
            row=cell.row - skip + start,
            column=place[cell.column],
            columns=place[cell.column + cell.columns] - place[cell.column],
        )
        for cell in table.cells
        if cell.row >= skip
    ]


def _mended(upper: list[TableCell], lower: list[TableCell], start: int) -> tuple[list[TableCell], list[TableCell]]:
    """Where the page broke a row, what stands on the next page goes back into the cells above."""
    last = {cell.column: at for at, cell in enumerate(upper) if cell.row + cell.rows == start}
    first = [cell for cell in lower if cell.row == start]
    said_again = bool(first) and _is_number_again(first[0], upper, last)
    words = [cell for cell in first[said_again:] if cell.text]
    above = {cell.column: upper[last[cell.column]] for cell in words if cell.column in last}
    has_number = bool(words) and words[0].column == 0
    if has_number or len(above) < len(words):
        return upper, lower
    is_whole = said_again or _is_whole_row(above, words)
    moved = words if is_whole else [cell for cell in words if _is_sentence_cut(above[cell.column], cell)]
    for cell in moved:
        at = last[cell.column]
        is_new = upper[at].text.endswith(_ENDS) or (bool(upper[at].text) and begins_with_number(cell.text))
        text = upper[at].text + "\n" + cell.text if is_new else joined(upper[at].text, cell.text)
        upper[at] = replace(upper[at], text=text, is_cut=cell.is_cut)
    gone = {cell.column for cell in (first if is_whole else moved)}
    left = [replace(cell, text="") if cell.row == start and cell.column in gone else cell for cell in lower]
    return upper, _without_row(left, start) if is_whole else left


def _is_whole_row(above: dict[int, TableCell], words: list[TableCell]) -> bool:
    """Does a cell go on here that the page broke, and does none begin the next measure of a list?"""
    begun = [cell for cell in words if begins_with_number(cell.text)]
    goes_on = any(above[cell.column].is_cut for cell in words if cell not in begun)
    return goes_on and all(above[cell.column].is_cut for cell in begun)


def _is_sentence_cut(above: TableCell, cell: TableCell) -> bool:
    """Does a sentence go on over the page, while the row below is one of its own?"""
    is_prose = any(mark in above.text + cell.text for mark in "。；，")
    return is_prose and above.is_cut and not begins_with_number(cell.text)


def _is_number_again(cell: TableCell, upper: list[TableCell], last: dict[int, int]) -> bool:
    """Does the row begin with the number of the row above, printed again on the next page?"""
    above = upper[last[0]].text if cell.column == 0 and 0 in last else ""
    match = _AGAIN.fullmatch(squeeze(cell.text))
    return match is not None and match.group(1) == squeeze(above)


def _without_row(cells: list[TableCell], row: int) -> list[TableCell]:
    """The cells when a row that has no words any more is taken out."""
    found = []
    for cell in cells:
        if cell.row > row:
            found.append(replace(cell, row=cell.row - 1))
        elif cell.row < row or cell.rows > 1:
            found.append(replace(cell, rows=cell.rows - 1) if cell.row == row else cell)
    return found
