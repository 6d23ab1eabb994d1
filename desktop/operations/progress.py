"""Between plan and closure: monthly progress and the evidence for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.operations.profile import region_of
from desktop.rules.errors import Refused
from desktop.rules.lifecycle import require_open
from desktop.rules.records import CaseFile, Changes, Gate, Measure
from desktop.rules.region import PaperItem, recognise
from desktop.rules.status_words import measure_percent, read_claim
from desktop.rules.texts import clean
from desktop.store.evidence import Stored, file_of, store_file
from desktop.store.ledger import Ledger
from desktop.store.pictures import media_type, read_exif
from desktop.store.writer import Writer, writing

CopyProgress = Callable[[int, int], None]


def report_progress(
    ledger: Ledger,
    case: CaseFile,
    text: str,
    today: date,
    *,
    measure: Measure | None = None,
    percent: int | None = None,
    quantity: int | None = None,
    month: str = "",
    difficulty: str = "",
    next_step: str = "",
    files: Sequence[Path] = (),
    person: str = "",
) -> Changes:
    """Add a progress entry for one measure, or for the whole problem; entries are only ever added.

    Percent (0–100) and quantity are read from the text's own words where not given. Files become its evidence.
    """
    require_open(case, "进展填报")
    text = clean(text)
    if not text:
        raise Refused(f"请填写问题{case.problem.number}的进展内容，没有保存。", "progress_text")
    claim = read_claim(text)
    quantity = claim.quantity_done if quantity is None else quantity
    percent = claim.percent if percent is None else percent
    if percent is None and measure is not None:
        percent = measure_percent(quantity, measure.quantity)
    _check_figures(percent, quantity)
    stored = [store_file(ledger, file) for file in files]
    with writing(ledger, clean(person), today) as writer:
        row = writer.new(
            "progress",
            {
                "problem": case.problem.id,
                "measure": measure.id if measure else None,
                "month": _month(month, today),
                "on": today.isoformat(),
                "text": text,
                "percent": percent,
                "quantity_done": quantity,
                "difficulty": clean(difficulty),
                "next_step": clean(next_step),
            },
            scope=case.problem.id,
        )
        for file in stored:
            write_evidence(writer, case, file, today, measure=measure)
    which = f"第{measure.number}项措施" if measure else ""
    share = f"，完成{percent}%" if percent is not None else ""
    return Changes(f"已登记问题{case.problem.number}{which}的进展{share}。", (("progress", row),))


def _check_figures(percent: int | None, quantity: int | None) -> None:
    if percent is not None and not 0 <= percent <= 100:
        raise Refused("完成百分比应在 0 到 100 之间，没有保存。", "percent_range")
    if quantity is not None and quantity < 0:
        raise Refused("完成数量不能小于 0，没有保存。", "quantity_range")


def _month(month: str, today: date) -> str:
    if not month:
        return f"{today:%Y-%m}"
    try:
        return f"{date.fromisoformat(month + '-01'):%Y-%m}"
    except ValueError as error:
        raise Refused(f"月份“{month}”写法不对，没有保存。请写成 2026-11 的样子。", "month") from error


@dataclass(frozen=True, slots=True)
class EvidenceNote:
    """What the clerk says of a file: which paper it is, when and where it was taken."""

    text: str = ""
    item: str = ""
    gate: Gate | None = None
    place: str = ""


def add_evidence(
    ledger: Ledger,
    case: CaseFile,
    files: Sequence[Path],
    today: date,
    *,
    measure: Measure | None = None,
    note: EvidenceNote | None = None,
    person: str = "",
    progress: CopyProgress | None = None,
) -> Changes:
    """Copy files in as evidence of a problem or one of its measures.

    Which paper of the checklist a file is, is taken from the clerk's note, else recognised from note and file name.
    The same content stored before is kept once; a picture that another problem uses too is told as a warning.
    """
    if not files:
        raise Refused("请选择要收入的佐证材料文件（--file），没有保存。", "evidence_none")
    stored = [store_file(ledger, file, progress) for file in files]
    warnings = tuple(line for file in stored for line in used_elsewhere(ledger, case, file))
    with writing(ledger, clean(person), today) as writer:
        rows = [write_evidence(writer, case, file, today, measure=measure, note=note) for file in stored]
    names = "、".join(file.name for file in stored)
    sentence = f"已收入问题{case.problem.number}的佐证材料：{names}。"
    return Changes(sentence, tuple(("evidence", row) for row in rows), warnings)


def write_evidence(
    writer: Writer,
    case: CaseFile,
    file: Stored,
    today: date,
    *,
    measure: Measure | None = None,
    note: EvidenceNote | None = None,
) -> str:
    """Write the record of a stored file, with what the file says of itself; returns its row."""
    note = note or EvidenceNote()
    path = file_of(writer.ledger.folder, file.sha256)
    exif = read_exif(path)
    paper = paper_of(writer.ledger, f"{note.text} {file.name}", note)
    return writer.new(
        "evidence",
        {
            "problem": case.problem.id,
            "measure": measure.id if measure else None,
            "name": clean(file.name),
            "sha256": file.sha256,
            "size": file.size,
            "media_type": media_type(path, file.name),
            "item": paper.key if paper else note.item,
            "gate": note.gate,
            "taken_on": exif.taken_on.isoformat() if exif.taken_on else None,
            "place": clean(note.place) or exif.place,
            "note": clean(note.text),
            "added_on": today.isoformat(),
        },
        scope=case.problem.id,
    )


def paper_of(ledger: Ledger, words: str, note: EvidenceNote) -> PaperItem | None:
    """The checklist paper a file is: as the clerk said, else by its words; at a gate that gate's papers come first."""
    region = region_of(ledger)
    if note.item:
        return region.item(note.item)
    if note.gate:
        found = recognise(words, region.rule_for(note.gate).papers)
        if found:
            return found
    return recognise(words, [paper for rule in region.gates for paper in rule.papers])


def used_elsewhere(ledger: Ledger, case: CaseFile, file: Stored) -> tuple[str, ...]:
    """A warning when the same bytes already prove another problem (domain §8)."""
    sql = (
        "SELECT DISTINCT p.number FROM evidence e JOIN problem p ON p.id = e.problem "
        "WHERE e.sha256 = ? AND e.problem <> ? AND e.void IS NULL ORDER BY p.number"
    )
    found = ledger.db.execute_sql(sql, (file.sha256, bytes.fromhex(case.problem.id))).fetchall()
    numbers = "、".join(str(row[0]) for row in found)
    return (f"“{file.name}”与问题{numbers}的佐证材料完全相同，请核实。",) if found else ()
