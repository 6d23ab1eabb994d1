"""点位 of a problem: entered, pasted as a table, checked and struck off in batches."""

from collections.abc import Mapping, Sequence
from datetime import date

from desktop.operations.cases import find_measure
from desktop.rules.entries import SiteEntry
from desktop.rules.errors import NeedsReason, Refused
from desktop.rules.followup import Site
from desktop.rules.lifecycle import require_open
from desktop.rules.records import CaseFile, Changes
from desktop.rules.sites import STAGE_WORDS, SiteStage, count_sites, step_doubts, step_fault
from desktop.rules.texts import clean, one_line
from desktop.store.ledger import Ledger
from desktop.store.writer import writing

_FIELD = {SiteStage.DONE: "done_on", SiteStage.CHECKED: "checked_on", SiteStage.CLOSED: "closed_on"}


def save_site(ledger: Ledger, case: CaseFile, row: str, entry: SiteEntry, today: date, person: str = "") -> Changes:
    """Add a site (``row`` empty), or change one. Refused without a name, with a number in use, dates out of order."""
    require_open(case, "点位登记")
    others = {site.number for site in case.sites if site.id != row}
    if entry.number in others:
        raise Refused(f"问题{case.problem.number}已有第{entry.number}号点位，没有保存。请改用别的序号。", "site_twin")
    fields = _fields(case, entry, today)
    row = row or ledger.new_id()
    with writing(ledger, clean(person), today) as writer:
        writer.put("site", fields, row=row, scope=case.problem.id)
    return Changes(f"已保存问题{case.problem.number}第{entry.number}号点位。", (("site", row),))


def take_sites(ledger: Ledger, case: CaseFile, entries: Sequence[SiteEntry], today: date, person: str = "") -> Changes:
    """Take a table of sites in: a number that is known is brought up to date, others are added; all or none.

    Empty cells of a known site leave what is on record.
    """
    require_open(case, "点位登记")
    if not entries:
        raise Refused("没有可以登记的点位，没有保存。", "site_none")
    numbers = [entry.number for entry in entries]
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        raise Refused(f"粘贴的内容中第{'、'.join(map(str, twice))}号点位重复，没有保存。请核对序号。", "site_twin")
    held = {site.number: site for site in case.sites}
    checked = [(entry, _fields(case, _over(held.get(entry.number), entry, case), today)) for entry in entries]
    rows, new = [], 0
    with writing(ledger, clean(person), today) as writer:
        for entry, fields in checked:
            known = held.get(entry.number)
            new += known is None
            row = known.id if known else ledger.new_id()
            if writer.put("site", fields, row=row, scope=case.problem.id):
                rows.append(("site", row))
    changed = len(rows) - new
    parts = [f"新增{new}个点位"] if new else []
    parts += [f"更新{changed}个"] if changed else []
    return Changes(f"问题{case.problem.number}{'，'.join(parts) or '的点位没有变化'}。", tuple(rows))


def move_sites(
    ledger: Ledger,
    case: CaseFile,
    sites: Sequence[str],
    stage: SiteStage,
    on: date,
    today: date,
    person: str = "",
    *,
    batch: str = "",
    reason: str = "",
) -> Changes:
    """Let selected sites go one step further on a day: done, checked or struck off with a named batch; all or none.

    Raises Refused where the order or a date forbids it, NeedsReason for sites without proof; the reason is kept in the
    note of each such site and printed in the list.
    """
    require_open(case, f"点位{STAGE_WORDS[stage]}")
    chosen = [site for site in case.sites if site.id in set(sites)]
    fault = step_fault(chosen, stage, on, today)
    if fault:
        raise Refused(f"{fault}，没有保存。", "site_step")
    if stage == SiteStage.CLOSED and not one_line(batch):
        raise Refused("请填写销号批次，如“第一批”，没有保存。", "site_batch")
    doubts = step_doubts(case, chosen, stage)
    if doubts and not reason.strip():
        raise NeedsReason(doubts)
    named = {"batch": one_line(batch)} if stage == SiteStage.CLOSED else {}
    with writing(ledger, clean(person), today) as writer:
        for site in chosen:
            fields: dict[str, object] = {_FIELD[stage]: on.isoformat(), **named}
            if doubts and step_doubts(case, [site], stage):
                fields["note"] = "；".join(part for part in (site.note, f"无佐证，理由：{clean(reason)}") if part)
            writer.set("site", site.id, fields, scope=case.problem.id)
    gone = count_sites(case.sites, today).closed + (len(chosen) if stage == SiteStage.CLOSED else 0)
    so_far = f"，已销号{gone}/{len(case.sites)}" if stage == SiteStage.CLOSED else ""
    sentence = f"问题{case.problem.number}有{len(chosen)}个点位登记{STAGE_WORDS[stage]}{so_far}。"
    return Changes(sentence, tuple(("site", site.id) for site in chosen), overridden=doubts)


def _fields(case: CaseFile, entry: SiteEntry, today: date) -> Mapping[str, object]:
    """The fields of a site as they are written; refused where they contradict each other."""
    name = one_line(entry.name)
    if not name:
        raise Refused(f"请填写第{entry.number}号点位的名称，没有保存。", "site_name")
    if entry.number < 1:
        raise Refused("点位序号应为 1 以上的整数，没有保存。", "site_number")
    days = [
        ("整改完成", entry.done_on),
        ("自查自验", entry.checked_on),
        ("销号", entry.closed_on),
    ]
    for place, (words, day) in enumerate(days):
        if day is None:
            continue
        if day > today:
            raise Refused(f"第{entry.number}号点位的{words}日期晚于今天，没有保存。请核对日期。", "date_order")
        for before, earlier in days[:place]:
            if earlier is None:
                raise Refused(f"第{entry.number}号点位登记{words}前应先登记{before}，没有保存。", "site_step")
            if earlier > day:
                raise Refused(f"第{entry.number}号点位的{words}日期早于{before}日期，没有保存。", "date_order")
    return {
        "problem": case.problem.id,
        "number": entry.number,
        "name": name,
        "place": one_line(entry.place) or None,
        "measure": find_measure(case, entry.measure).id if entry.measure is not None else None,
        "unit": entry.unit_id or None,
        "due": _iso(entry.due),
        "done_on": _iso(entry.done_on),
        "checked_on": _iso(entry.checked_on),
        "closed_on": _iso(entry.closed_on),
        "batch": one_line(entry.batch) or None,
        "note": clean(entry.note) or None,
    }


def _over(held: Site | None, entry: SiteEntry, case: CaseFile) -> SiteEntry:
    """An entry of a table over what is on record: what the table leaves empty stays."""
    if held is None:
        return entry
    measure = next((m.number for m in case.measures if m.id == held.measure_id), None)
    return SiteEntry(
        entry.number,
        entry.name or held.name,
        entry.place or held.place,
        entry.measure if entry.measure is not None else measure,
        entry.unit_id or held.unit_id,
        entry.due or held.due,
        entry.done_on or held.done_on,
        entry.checked_on or held.checked_on,
        entry.closed_on or held.closed_on,
        entry.batch or held.batch,
        entry.note or held.note,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
