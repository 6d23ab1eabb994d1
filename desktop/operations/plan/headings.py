"""Headings of tables that no word matched: which field each one is, chosen by the clerk once for each layout."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from desktop.operations.plan.intake import read_plan_file
from desktop.rules.drafts import Finding, PlanDraft
from desktop.rules.ids import derived_id
from desktop.rules.records import ROLE_WORDS, Changes, UnitRole
from desktop.rules.texts import clean
from desktop.store.ledger import Ledger
from desktop.store.read_shared import read_setting
from desktop.store.writer import writing

UNKNOWN = "unknown_heading"
NOT_READ = "other"
FIELD_WORDS = {
    "number": "序号",
    "text": "问题",
    "target": "整改目标",
    "measures": "整改措施",
    "deadline": "整改时限",
    "leaders": "牵头领导",
    "lead_units": ROLE_WORDS[UnitRole.LEAD],
    "responsible_units": ROLE_WORDS[UnitRole.RESPONSIBLE],
    "assisting_units": ROLE_WORDS[UnitRole.ASSISTING],
    "supervising_units": ROLE_WORDS[UnitRole.SUPERVISING],
    "acceptance_units": ROLE_WORDS[UnitRole.ACCEPTING],
}
FIELD_CHOICES = {NOT_READ: "不导入", **FIELD_WORDS, "progress": "目前进展", "external": "上级编号"}
Tell = Callable[[str, float], None]


def read_with_headings(
    ledger: Ledger, file: Path, chosen: Mapping[str, str] | None = None, tell: Tell | None = None
) -> tuple[PlanDraft, dict[str, str]]:
    """Read a plan or an office's own list; ``chosen`` are headings and their fields as the clerk decided just now.

    Where nothing is decided, a file of a layout that was decided before is read in the same way. Gives the plan and
    the headings that were applied.
    """
    tell = tell or (lambda words, share: None)
    if chosen:
        return read_plan_file(file, tell, chosen), dict(chosen)
    draft = read_plan_file(file, tell)
    unknown = unknown_headings(draft)
    kept = kept_headings(ledger, unknown) if unknown else {}
    if not kept:
        return draft, {}
    return _told(read_plan_file(file, tell, kept), kept), kept


def _told(draft: PlanDraft, kept: Mapping[str, str]) -> PlanDraft:
    words = "、".join(f"“{heading}”→{FIELD_CHOICES[field]}" for heading, field in kept.items())
    note = Finding("known_headings", f"这种表头以前核对过，已照上次读入：{words}。", level="note")
    return replace(draft, findings=(*draft.findings, note))


def unknown_headings(draft: PlanDraft) -> tuple[str, ...]:
    """The headings that no word matched, each once."""
    return tuple(dict.fromkeys(f.heading for f in draft.findings if f.key == UNKNOWN and f.heading))


def kept_headings(ledger: Ledger, unknown: tuple[str, ...]) -> dict[str, str]:
    """What was chosen for a layout with these unknown headings; empty when it was never decided."""
    try:
        found = json.loads(read_setting(ledger, _key(unknown)) or "{}")
    except ValueError:
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {str(heading): field for heading, field in pairs if field in FIELD_CHOICES}


def keep_headings(
    ledger: Ledger, unknown: tuple[str, ...], chosen: Mapping[str, str], today: date, person: str = ""
) -> Changes:
    """Remember what was chosen for a layout, for the next file of the kind."""
    key = _key(unknown)
    value = json.dumps(dict(sorted(chosen.items())), ensure_ascii=False)
    with writing(ledger, clean(person), today) as writer:
        writer.put("setting", {"key": key, "value": value}, row=derived_id("setting", ledger.office_id, key))
    return Changes("已记住这种表头的对应关系。", (("setting", key),))


def _key(unknown: tuple[str, ...]) -> str:
    """The fingerprint of a layout: its unknown headings, whatever their order and blanks."""
    bare = sorted({"".join(heading.split()) for heading in unknown})
    return "headings " + sha256("\x1f".join(bare).encode("utf-8", "replace")).hexdigest()[:24]
