"""A table of sites pasted from WPS or Excel: its columns known by their heads, each line read or told why not."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.rules.entries import SiteEntry
from desktop.rules.names import match_unit
from desktop.rules.records import Unit
from desktop.rules.texts import clean, one_line, read_day

# Which heads name which column, the more telling words first.
_HEADS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("number", ("序号", "编号", "点位号")),
    ("closed_on", ("销号日期", "销号时间", "销号")),
    ("checked_on", ("自查自验", "自验", "验收")),
    ("done_on", ("完成日期", "整改完成", "实际完成", "完成时间")),
    ("due", ("时限", "期限", "限期")),
    ("batch", ("批次",)),
    ("note", ("备注", "说明")),
    ("measure", ("措施",)),
    ("unit", ("单位", "部门")),
    ("place", ("地点", "位置", "地址", "所在", "坐标")),
    ("name", ("点位", "名称", "企业", "项目")),
)
_DAYS = ("due", "done_on", "checked_on", "closed_on")
_DAY_WORDS = {"due": "完成时限", "done_on": "完成日期", "checked_on": "自查自验日期", "closed_on": "销号日期"}
_PLAIN = ("number", "name", "place", "unit", "due")  # the columns of a table without heads
_EMPTY = {"", "/", "-", "—", "无"}
MOST = 5000


@dataclass(frozen=True, slots=True)
class SiteRows:
    """What was read: the sites, and a sentence for each line that could not be; ``columns`` that were recognised."""

    entries: tuple[SiteEntry, ...] = ()
    faults: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


def read_site_rows(text: str, units: Sequence[Unit], after: int = 0) -> SiteRows:
    """The sites in a pasted text: cells divided by tabs (or runs of blanks), one site a line, at most 5000.

    Without a head the columns are number, name, place, unit, due. Lines without a number are counted on after
    ``after``, the highest number in use. A unit that is on no list, and a day that is none, is a fault of its line.
    """
    whole = text.replace("\r\n", "\n").split("\n")
    placed = [(place, _cells(line)) for place, line in enumerate(whole, 1) if line.strip()]
    lines = [cells for _, cells in placed]
    if not lines:
        return SiteRows()
    if len(lines) > MOST:
        return SiteRows(faults=(f"一次最多粘贴{MOST}行，现有{len(lines)}行，请分几次粘贴",))
    heads = _heads(lines[0])
    columns = heads or (_PLAIN if _number(lines[0][0]) is not None else _PLAIN[1:])
    if "name" not in columns:
        return SiteRows(faults=("没有找到“点位名称”一列，请连同表头一起粘贴",), columns=tuple(filter(None, columns)))
    entries: list[SiteEntry] = []
    faults: list[str] = []
    for place, cells in placed[1:] if heads else placed:
        row = {key: cell for key, cell in zip(columns, cells, strict=False) if key and cell not in _EMPTY}
        if not row:
            continue
        number = _number(row["number"]) if "number" in row else after + 1
        found, fault = _entry(row, number, units)
        if fault or found is None:
            faults.append(f"第{place}行：{fault}")
            continue
        entries.append(found)
        after = max(after, found.number)
    return SiteRows(tuple(entries), tuple(faults), tuple(filter(None, columns)))


def _entry(row: dict[str, str], number: int | None, units: Sequence[Unit]) -> tuple[SiteEntry | None, str]:
    if number is None:
        return None, f"序号“{row['number']}”不是整数"
    if "name" not in row:
        return None, "没有点位名称"
    days: dict[str, date | None] = {}
    for key in _DAYS:
        days[key] = read_day(row[key]) if key in row else None
        if key in row and days[key] is None:
            return None, f"{_DAY_WORDS[key]}“{row[key]}”不是日期，请写成 2026-11-23"
    unit = match_unit(row["unit"], units) if "unit" in row else None
    if "unit" in row and unit is None:
        return None, f"单位“{row['unit']}”不在单位名录里，请先在“单位”页新增，或改成名录里的名称"
    if isinstance(unit, tuple):
        names = "、".join(found.name for found in unit)
        return None, f"单位“{row['unit']}”可能是{names}，请写全称"
    measure = _number(row["measure"].strip("第项措施")) if "measure" in row else None
    if "measure" in row and measure is None:
        return None, f"措施“{row['measure']}”不是措施的序号"
    entry = SiteEntry(
        number,
        row["name"],
        row.get("place", ""),
        measure,
        unit.id if unit else "",
        days["due"],
        days["done_on"],
        days["checked_on"],
        days["closed_on"],
        row.get("batch", ""),
        row.get("note", ""),
    )
    return entry, ""


def _cells(line: str) -> list[str]:
    parts = line.split("\t") if "\t" in line else re.split(r"[ 　]{2,}|[,，](?=\S)", line.strip())
    return [one_line(clean(part).strip('"')) for part in parts]


def _heads(cells: Sequence[str]) -> tuple[str, ...]:
    """The columns a line of heads names, empty words for those it does not know; nothing when it is no head."""
    found: list[str] = []
    for cell in cells:
        bare = "".join(unicodedata.normalize("NFKC", cell).split())
        free = (key for key, words in _HEADS if key not in found and any(word in bare for word in words))
        found.append(next(free, "") if len(bare) <= 12 and read_day(bare) is None else "")
    known = [key for key in found if key]
    return tuple(found) if len(known) > 1 or (known == ["name"] and len(cells) == 1) else ()


def _number(text: str) -> int | None:
    digits = unicodedata.normalize("NFKC", text).strip().rstrip(".、号")
    return int(digits) if digits.isdecimal() and 0 < int(digits) < 100_000 else None
