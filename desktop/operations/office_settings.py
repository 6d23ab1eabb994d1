"""What this office writes on its papers: contact, phone, signers, checker; kept in the ledger."""

from collections.abc import Mapping
from datetime import date

from desktop.operations.profile import load_region
from desktop.rules.errors import Refused
from desktop.rules.ids import derived_id
from desktop.rules.kinds import SETTING_WORDS
from desktop.rules.records import Changes
from desktop.rules.texts import clean
from desktop.store.ledger import Ledger
from desktop.store.read_shared import read_office, read_setting
from desktop.store.writer import writing

OFFICE_WORDS = {"name": "单位名称", "district": "区县", "region": "地区模板"}


def read_office_settings(ledger: Ledger) -> dict[str, str]:
    """Name, district and region of the office, and its settings, all as texts."""
    office = read_office(ledger)
    found = {"name": office.name, "district": office.district, "region": office.region}
    return found | {key: read_setting(ledger, key) for key in SETTING_WORDS}


def save_office_settings(ledger: Ledger, values: Mapping[str, str], today: date, person: str = "") -> Changes:
    """Change the office's name, district, region or settings; only what differs is written."""
    now = read_office_settings(ledger)
    changed = {key: clean(value) for key, value in values.items() if clean(value) != now.get(key)}
    unknown = set(changed) - set(SETTING_WORDS) - set(OFFICE_WORDS)
    if unknown:
        raise Refused(f"没有名为“{'、'.join(sorted(unknown))}”的设置，没有保存。", "setting_unknown")
    if "name" in changed and not changed["name"]:
        raise Refused("请填写单位名称，没有保存。", "office_name")
    if "region" in changed:
        load_region(changed["region"])
    with writing(ledger, clean(person), today) as writer:
        office = {key: changed[key] for key in OFFICE_WORDS if key in changed}
        if office:
            writer.put("office", office, row=ledger.office_id)
        for key in SETTING_WORDS:
            if key in changed:
                row = derived_id("setting", ledger.office_id, key)
                writer.put("setting", {"key": key, "value": changed[key]}, row=row)
    return Changes("设置已保存。" if changed else "设置没有变化。", tuple(("setting", key) for key in changed))
