"""Between plan and closure: monthly progress and the evidence for it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop.operations.cases import find_measure
from desktop.operations.profile import region_of
from desktop.operations.rounds import late_warning
from desktop.rules.checks import check_claimed_date
from desktop.rules.entries import EvidenceEntry, ProgressEntry
from desktop.rules.errors import Refused
from desktop.rules.lifecycle import require_open
from desktop.rules.needed import all_papers, papers_of
from desktop.rules.records import CaseFile, Changes, Measure
from desktop.rules.region import PaperItem, recognise
from desktop.rules.sites import ITEM as SITE_ITEM
from desktop.rules.status_words import measure_percent, read_claim
from desktop.rules.texts import clean, one_line
from desktop.store.evidence import Stored, file_of, store_file
from desktop.store.ledger import Ledger
from desktop.store.pictures import media_type, read_exif
from desktop.store.writer import Writer, writing

CopyProgress = Callable[[int, int], None]


def report_progress(
    ledger: Ledger,
    case: CaseFile,
    entry: ProgressEntry,
    today: date,
    person: str = "",
    progress: CopyProgress | None = None,
    label: str = "",
) -> Changes:
    """Add a progress entry for one measure, or for the whole problem; entries are only ever added.

    Percent (0–100) and quantity are read from the text's own words where not given. Files become its evidence.
    ``label``: entries of one label saved one after another are taken back together.
    """
    require_open(case, "进展填报")
    measure = find_measure(case, entry.measure) if entry.measure is not None else None
    text = clean(entry.text)
    if not text:
        raise Refused(f"请填写问题{case.problem.number}的进展内容，没有保存。", "progress_text")
    claim = read_claim(text)
    quantity = claim.quantity_done if entry.quantity is None else entry.quantity
    percent = claim.percent if entry.percent is None else entry.percent
    if percent is None and measure is not None:
        percent = measure_percent(quantity, measure.quantity)
    _check_figures(percent, quantity)
    month = _month(entry.month, today)
    stored = [store_file(ledger, Path(file), progress) for file in entry.files]
    warnings = (*late_warning(ledger, month), *_too_many(measure, quantity), *used_twice(ledger, case, stored))
    with writing(ledger, clean(person), today, label=label) as writer:
        row = writer.new(
            "progress",
            {
                "problem": case.problem.id,
                "measure": measure.id if measure else None,
                "month": month,
                "on": today.isoformat(),
                "text": text,
                "percent": percent,
                "quantity_done": quantity,
                "difficulty": clean(entry.difficulty),
                "next_step": clean(entry.next_step),
            },
            scope=case.problem.id,
        )
        for file in stored:
            write_evidence(writer, case, file, today, EvidenceEntry((), measure=entry.measure))
    which = f"第{measure.number}项措施" if measure else ""
    share = f"，完成{percent}%" if percent is not None else ""
    return Changes(f"已登记问题{case.problem.number}{which}的进展{share}。", (("progress", row),), warnings)


def _too_many(measure: Measure | None, quantity: int | None) -> tuple[str, ...]:
    """A warning when more is reported as done than the plan speaks of: a slip of the keyboard, or a plan to correct."""
    whole = (measure.quantity_of or measure.quantity) if measure else None
    if measure is None or whole is None or quantity is None or quantity <= whole:
        return ()
    return (f"第{measure.number}项措施方案写明{whole}{measure.quantity_unit}，填报已完成{quantity}，请核对。",)


def _check_figures(percent: int | None, quantity: int | None) -> None:
    if percent is not None and not 0 <= percent <= 100:
        raise Refused("完成百分比应在 0 到 100 之间，没有保存。", "percent_range")
    if quantity is not None and quantity < 0:
        raise Refused("完成数量不能小于 0，没有保存。", "quantity_range")


def _month(month: str, today: date) -> str:
    if not month:
        return f"{today:%Y-%m}"
    try:
        first = date.fromisoformat(month + "-01")
    except ValueError as error:
        raise Refused(f"月份“{month}”写法不对，没有保存。请写成 2026-11 的样子。", "month") from error
    # The latest month is what the ledger shows, so a slip into a far year would hide every later report.
    if first.year * 12 + first.month > today.year * 12 + today.month + 1:
        raise Refused(f"月份“{month}”还没有到，没有保存。请核对；最多可提前填报下一个月。", "month_future")
    return f"{first:%Y-%m}"


def add_evidence(
    ledger: Ledger,
    case: CaseFile,
    entry: EvidenceEntry,
    today: date,
    person: str = "",
    progress: CopyProgress | None = None,
) -> Changes:
    """Copy files in as evidence of a problem or one of its measures.

    Which paper of the checklist a file is, is taken from the clerk's word, else recognised from note and file name.
    The same content stored before is kept once; a file that another problem uses too is told as a warning.
    """
    if not entry.files:
        raise Refused("请选择要收入的佐证材料文件，没有保存。", "evidence_none")
    if entry.measure is not None:
        find_measure(case, entry.measure)
    stored = [store_file(ledger, Path(file), progress) for file in entry.files]
    warnings = (*used_twice(ledger, case, stored), *_dates_that_differ(ledger, stored, entry.taken_on))
    with writing(ledger, clean(person), today) as writer:
        notes = one_by_one(entry, entry.files, entry.papers)
        rows = [write_evidence(writer, case, file, today, said) for file, said in zip(stored, notes, strict=True)]
    names = "、".join(one_line(file.name) for file in stored)
    sentence = f"已收入问题{case.problem.number}的佐证材料：{names}。"
    return Changes(sentence, tuple(("evidence", row) for row in rows), warnings)


def _dates_that_differ(ledger: Ledger, files: Sequence[Stored], claimed: date | None) -> tuple[str, ...]:
    """Warnings where the camera wrote another day than the clerk (domain §8)."""
    if claimed is None:
        return ()
    inside = [(file.name, read_exif(file_of(ledger.folder, file.sha256)).taken_on) for file in files]
    found = [finding for name, day in inside if day for finding in check_claimed_date(one_line(name), claimed, day)]
    return tuple(f"{finding.sentence}。" for finding in found)


def one_by_one(entry: EvidenceEntry, files: Sequence[str], papers: Sequence[str]) -> list[EvidenceEntry]:
    """The entry for each file, with the paper the clerk said it is; ``papers`` may be shorter than ``files``."""
    keys = [*papers, *[""] * len(files)][: len(files)]
    return [replace(entry, item=key or entry.item) for key in keys]


def write_evidence(writer: Writer, case: CaseFile, file: Stored, today: date, entry: EvidenceEntry) -> str:
    """Write the record of a stored file, with what the file says of itself; returns its row."""
    path = file_of(writer.ledger.folder, file.sha256)
    exif = read_exif(path)
    paper = paper_of(writer.ledger, case, file.name, entry)
    taken = entry.taken_on or exif.taken_on
    measure = find_measure(case, entry.measure).id if entry.measure is not None else None
    return writer.new(
        "evidence",
        {
            "problem": case.problem.id,
            "measure": measure,
            "name": one_line(file.name),
            "sha256": file.sha256,
            "size": file.size,
            "media_type": media_type(path, file.name),
            "item": SITE_ITEM + entry.site if entry.site else paper.key if paper else entry.item,
            "gate": entry.gate,
            "taken_on": taken.isoformat() if taken else None,
            "place": clean(entry.place) or exif.place,
            "note": clean(entry.text),
            "added_on": today.isoformat(),
            "maker": one_line(entry.maker),
            "is_copy": entry.is_copy,
        },
        scope=case.problem.id,
    )


def paper_of(ledger: Ledger, case: CaseFile, name: str, entry: EvidenceEntry) -> PaperItem | None:
    """The checklist paper a file is: as the clerk said, else by name and note; a gate's own papers come first.

    The clerk names it by key or name; a paper that the problem's lists do not hold is refused. What proves a site is
    no paper of its own.
    """
    if entry.site:
        return None
    region = region_of(ledger)
    if entry.item:
        return _named(all_papers(case, region), entry.item)
    words = f"{entry.text} {name}"
    own = recognise(words, papers_of(case, entry.gate, region)) if entry.gate else None
    return own or recognise(words, all_papers(case, region))


def _named(papers: Sequence[PaperItem], item: str) -> PaperItem:
    for paper in papers:
        if item in (paper.key, paper.name):
            return paper
    known = "、".join(f"{paper.key}（{paper.name}）" for paper in papers)
    raise Refused(f"清单中没有名为“{item}”的材料，没有保存。可用的有：{known}。", "item_unknown")


def used_twice(ledger: Ledger, case: CaseFile, files: Sequence[Stored]) -> tuple[str, ...]:
    """Warnings for files whose bytes already prove this problem or another one, or come twice at once."""
    held = {piece.sha256: piece.name for piece in case.evidence}
    warnings: list[str] = []
    for file in files:
        if file.sha256 in held:
            warnings.append(f"“{one_line(file.name)}”与本问题已有的“{held[file.sha256]}”完全相同，请核实是否重复收入。")
        held.setdefault(file.sha256, one_line(file.name))
        warnings += used_elsewhere(ledger, case, file)
    return tuple(warnings)


def used_elsewhere(ledger: Ledger, case: CaseFile, file: Stored) -> tuple[str, ...]:
    """A warning when the same bytes already prove another problem (domain §8)."""
    sql = (
        "SELECT DISTINCT p.number FROM evidence e JOIN problem p ON p.id = e.problem "
        "WHERE e.sha256 = ? AND e.problem <> ? AND e.void IS NULL ORDER BY p.number"
    )
    found = ledger.db.execute_sql(sql, (file.sha256, bytes.fromhex(case.problem.id))).fetchall()
    numbers = "、".join(str(row[0]) for row in found)
    return (f"“{one_line(file.name)}”与问题{numbers}的佐证材料完全相同，请核实。",) if found else ()
