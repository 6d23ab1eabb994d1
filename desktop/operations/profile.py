"""The settings a ledger works under: region profile, working-day calendar, district."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from desktop import paths
from desktop.rules.calendar import WorkingCalendar, YearTable, parse_year_table
from desktop.rules.checklists import ChecklistItem, merge_checklists, parse_checklists
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.region import Region, parse_region
from desktop.rules.standing import Yardstick
from desktop.rules.toml_table import TomlTable
from desktop.store.ledger import Ledger
from desktop.store.read_shared import read_holidays, read_office

_DISTRICT = re.compile(r"(?:中共)?(?:[^省市]{2,8}省)?(?:[^市]{2,8}市)?(.{1,7}?(?:自治县|自治旗|新区|区|县|旗|市))")


def read_toml(path: Path) -> Mapping[str, object]:
    """A resource file; a broken one is one sentence naming it, with its folder where the office put it there."""
    try:
        return _parsed(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise KnownFault(f"缺少程序文件：{path.name}。", "请重新复制整个程序文件夹。") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(f"文件格式有误：{_named(path)}（{error}）。请改正后重试。", "toml") from error


@lru_cache(maxsize=32)
def _parsed(text: str) -> Mapping[str, object]:
    # Pages ask for the same few files again and again; a file that was changed has another text.
    return tomllib.loads(text)


def _named(path: Path) -> str:
    """A file as sentences call it: the program's by its name, the office's own with its folder."""
    own = paths.own_folder()
    return str(path) if own and path.is_relative_to(own) else path.name


def region_keys() -> tuple[str, ...]:
    """The keys of the region profiles at hand: the program's and the office's own."""
    return tuple(sorted({path.stem for path in paths.office_resources("regions")}))


def load_region(key: str) -> Region:
    """A region profile by key; the office's own wins over the program's."""
    if key not in region_keys():
        known = "、".join(region_keys())
        raise Refused(f"没有名为“{key}”的地区模板，可用的有：{known}。", "region_unknown")
    file = paths.office_resource("regions", f"{key}.toml")
    own = paths.own_folder()
    files = paths.office_resources("checklists")
    ours = [path for path in files if own and path.is_relative_to(own)]
    shipped = [path for path in files if path not in ours]
    return parse_region(read_toml(file), _gate_orders(), _named(file), _checklists(shipped), _checklists(ours))


def _checklists(files: Iterable[Path]) -> tuple[ChecklistItem, ...]:
    """The checklists of some files, the later ones over the earlier."""
    parts = []
    for path in files:
        table = TomlTable(read_toml(path), _named(path))
        table.only({"checklists"})
        parts.append(parse_checklists(table))
    return merge_checklists(*parts)


def _gate_orders() -> Mapping[str, object]:
    """The orders that region profiles name: the program's, and those of the office's own file over them."""
    shipped, own = paths.resource("gate_orders.toml"), paths.office_resource("gate_orders.toml")
    return {**read_toml(shipped), **(read_toml(own) if own != shipped else {})}


def region_of(ledger: Ledger) -> Region:
    """The region profile this ledger works under."""
    return load_region(read_office(ledger).region)


def yardstick_of(ledger: Ledger, month: str = "") -> Yardstick:
    """By what this ledger judges its problems; ``month`` names the month whose decisions count."""
    region = region_of(ledger)
    return Yardstick(month, region.dispatch.behind_points, region.lights)


def shipped_calendar() -> WorkingCalendar:
    """The year tables that come with the program, and over them those in the office's own folder."""
    files = paths.office_resources("holidays")
    return WorkingCalendar(tuple(parse_year_table(read_toml(file), _named(file)) for file in files))


def calendar_of(ledger: Ledger) -> WorkingCalendar:
    """The shipped year tables, and over them those the office entered or confirmed."""
    own = tuple(
        YearTable(
            row["year"],
            frozenset(date.fromisoformat(day) for day in row["off"]),
            frozenset(date.fromisoformat(day) for day in row["work"]),
            row["source"],
            row["confirmed"],
        )
        for row in read_holidays(ledger)
    )
    return WorkingCalendar(shipped_calendar().tables + own)


def district_in(name: str) -> str:
    """The district an office's or issuer's name begins with: 蒸湘区整改办 → 蒸湘区; empty when it names none."""
    found = _DISTRICT.match("".join(name.split()))
    return found.group(1) if found else ""
