"""Filters of the ledger list that an office keeps under a name; they go where the ledger goes."""

import json
from dataclasses import asdict, dataclass
from datetime import date

from desktop.rules.errors import Refused
from desktop.rules.ids import derived_id
from desktop.rules.kinds import FILTER_KEY
from desktop.rules.records import Changes
from desktop.rules.texts import clean, one_line
from desktop.store.ledger import Ledger
from desktop.store.lines import Filter
from desktop.store.read_shared import read_settings
from desktop.store.writer import writing

LONGEST = 20


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A filter with the name it is kept under."""

    name: str
    filter: Filter


def saved_filters(ledger: Ledger) -> tuple[SavedFilter, ...]:
    """The filters that are kept, by name; what another version wrote and this one cannot read is passed over."""
    found = ((key.removeprefix(FILTER_KEY), _read(value)) for key, value in read_settings(ledger, FILTER_KEY))
    return tuple(SavedFilter(name, chosen) for name, chosen in sorted(found) if chosen is not None)


def keep_filter(ledger: Ledger, name: str, chosen: Filter, today: date, person: str = "") -> Changes:
    """Keep a filter under a name of at most 20 characters; the same name again takes the place of the former one."""
    name = one_line(name)
    if not name or len(name) > LONGEST:
        raise Refused(f"请给这组条件起一个{LONGEST}字以内的名称，没有保存。", "filter_name")
    if chosen == Filter():
        raise Refused("现在没有设置任何条件，没有可保存的内容。", "filter_empty")
    before = any(found.name == name for found in saved_filters(ledger))
    values = {key: value for key, value in asdict(chosen).items() if value}
    _write(ledger, name, json.dumps(values, ensure_ascii=False, sort_keys=True), today, person)
    return Changes(f"已{'更新' if before else '保存'}常用筛选“{name}”。", (("setting", name),))


def drop_filter(ledger: Ledger, name: str, today: date, person: str = "") -> Changes:
    """Keep a filter no longer; the problems it showed are not touched."""
    if all(found.name != name for found in saved_filters(ledger)):
        raise Refused(f"没有名为“{name}”的常用筛选，没有改动。", "filter_unknown")
    _write(ledger, name, "", today, person)
    return Changes(f"已删除常用筛选“{name}”，问题没有改动。", (("setting", name),))


def _write(ledger: Ledger, name: str, value: str, today: date, person: str) -> None:
    key = FILTER_KEY + name
    with writing(ledger, clean(person), today) as writer:
        writer.put("setting", {"key": key, "value": value}, row=derived_id("setting", ledger.office_id, key))


def _read(value: str) -> Filter | None:
    try:
        held = json.loads(value) if value else None
    except ValueError:
        return None
    if not isinstance(held, dict):
        return None
    texts = {key: held.get(key, "") for key in ("text", "unit", "role", "source", "state", "light")}
    year, only = held.get("year"), held.get("only", [])
    sound = all(isinstance(text, str) for text in texts.values()) and (year is None or isinstance(year, int))
    if not sound or not isinstance(only, list) or not all(isinstance(one, str) for one in only):
        return None
    return Filter(**texts, year=year, only=tuple(only))
