"""Units' forms taken into the ledger: rows become entries of the month, photos evidence of their measure."""

from collections.abc import Callable, Collection, Sequence
from datetime import date
from pathlib import Path

from desktop.operations.month.form_bundles import Bundles
from desktop.operations.month.form_check import FormCheck, RowPlan, Tell, check_forms, form_words
from desktop.operations.progress import used_elsewhere, write_evidence
from desktop.operations.rounds import find_round, late_warning, write_report
from desktop.rules.entries import EvidenceEntry
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.followup import Round
from desktop.rules.records import Changes
from desktop.rules.rounds import BY_FORM
from desktop.rules.texts import clean, one_line
from desktop.rules.unit_form import FormRow
from desktop.store.evidence import Stored, store_file
from desktop.store.ledger import Ledger
from desktop.store.read_followup import read_unit_reports
from desktop.store.writer import Writer, writing

__all__ = ["Bundles", "FormCheck", "check_forms", "collect_forms", "form_words", "preview_forms", "take_forms"]

# In one go, for the window: nothing stays unpacked between looking and taking.


def preview_forms(
    ledger: Ledger, paths: Sequence[Path], today: date, month: str = "", tell: Tell | None = None
) -> tuple[FormCheck, ...]:
    """What some files and folders hold; writes nothing."""
    with Bundles(paths, _part_of(tell or _silent, 0, 0.5)) as bundles:
        return check_forms(ledger, bundles.found, today, month, _part_of(tell or _silent, 0.5, 0.5))


def collect_forms(
    ledger: Ledger,
    paths: Sequence[Path],
    chosen: Collection[str],
    today: date,
    person: str = "",
    *,
    month: str = "",
    strict: bool = False,
    tell: Tell | None = None,
) -> Changes:
    """Read the same files and folders again and take the chosen forms, by the keys of the preview."""
    hear = tell or _silent
    with Bundles(paths, _part_of(hear, 0, 0.3)) as bundles:
        checks = check_forms(ledger, bundles.found, today, month, _part_of(hear, 0.3, 0.2))
        return take_forms(ledger, checks, chosen, today, person, strict=strict, tell=_part_of(hear, 0.5, 0.5))


def _silent(words: str, share: float) -> None:
    """Nobody watches."""


# Taking


def take_forms(
    ledger: Ledger,
    checks: Sequence[FormCheck],
    chosen: Collection[str],
    today: date,
    person: str = "",
    *,
    strict: bool = False,
    tell: Tell | None = None,
) -> Changes:
    """Take the chosen forms in, each whole or not at all. ``strict``: a form with a wrong row is left out.

    Rows become entries of the month, corrections where the unit had reported it before; photos become evidence of
    their measure. The same form again adds nothing.
    """
    tell = tell or (lambda words, share: None)
    ledger.require_writable()
    wanted = [check for check in checks if check.key in chosen and check.has_news]
    taken = [check for check in wanted if not (strict and check.errors)]
    left = [f"“{check.unit}”有{len(check.errors)}行有错，整份没有收。" for check in wanted if check not in taken]
    if not taken:
        raise Refused("".join(left) or "没有可以收的填报表，台账没有变化。", "forms_nothing")
    touched: list[tuple[str, str]] = []
    warnings = list(left)
    for at, check in enumerate(taken):
        part = _take(ledger, check, today, person, _part_of(tell, at / len(taken), 1 / len(taken)))
        touched += part.touched
        warnings += [*part.warnings, *(f"“{check.unit}”{words}，没有收。" for words in check.errors)]
    return Changes(_sentence(taken), tuple(touched), tuple(warnings))


def _part_of(tell: Tell, begin: float, share: float) -> Tell:
    return lambda words, done: tell(words, begin + done * share)


def _steady(tell: Tell, words: str, share: float) -> Callable[[int, int], None]:
    """While one file is copied the share stays; what matters is that the work can be cancelled."""
    return lambda done, size: tell(words, share)


def _take(ledger: Ledger, check: FormCheck, today: date, person: str, tell: Tell) -> Changes:
    stored: list[tuple[FormRow, Stored]] = []
    warnings: list[str] = []
    for at, (row, file) in enumerate(check.photos):
        words, share = f"正在收“{check.unit}”的照片，第{at + 1}张", at / len(check.photos) * 0.8
        tell(words, share)
        try:
            stored.append((row, store_file(ledger, file, _steady(tell, words, share))))
        except KnownFault as error:
            warnings.append(f"{file.name}：{error.sentence}")
        else:
            warnings += used_elsewhere(ledger, row.case, stored[-1][1])
    tell(f"正在收“{check.unit}”的填报表", 0.8)
    warnings += late_warning(ledger, check.month) if check.rows else ()
    with writing(ledger, clean(person), today) as writer:
        rows = [("progress", _write_row(writer, check, plan, today)) for plan in check.rows]
        rows += [("unit_report", report) for report in _note_report(writer, ledger, check, today)]
        rows += [("evidence", _write_photo(writer, check, row, file, today)) for row, file in stored]
    return Changes("", tuple(rows), tuple(warnings))


def _write_row(writer: Writer, check: FormCheck, plan: RowPlan, today: date) -> str:
    filled, row = plan.filled, plan.row
    fields = {
        "problem": row.case.problem.id,
        "measure": row.measure.id if row.measure else None,
        "month": check.month,
        "on": today.isoformat(),
        "text": filled.text,
        "percent": filled.percent,
        "quantity_done": filled.quantity,
        "difficulty": filled.difficulty,
        "next_step": filled.next_step,
        "unit": check.unit_id,
        "reporter": filled.reporter,
        "checker": filled.checker,
        "claimed": filled.claimed,
        "expected_on": filled.expected_on.isoformat() if filled.expected_on else None,
        "corrects": plan.corrects or None,
    }
    return writer.new("progress", fields, scope=row.case.problem.id)


def _note_report(writer: Writer, ledger: Ledger, check: FormCheck, today: date) -> tuple[str, ...]:
    """That the unit has reported in the month's round, once a day; a form for a frozen month is no report in it."""
    found = find_round(ledger, check.month)
    if not check.rows or (found is not None and found.is_frozen):
        return ()
    found = found or Round("", check.month)
    held = [r for r in read_unit_reports(ledger, check.month) if r.number == found.number]
    if any(r.unit_id == check.unit_id and r.way == BY_FORM and r.on == today for r in held):
        return ()
    said = [plan.filled for plan in check.rows]
    reporter = next((filled.reporter for filled in said if filled.reporter), "")
    checker = next((filled.checker for filled in said if filled.checker), "")
    return (
        write_report(writer, found, check.unit_id, today, way=BY_FORM, reporter=reporter, checker=checker),
    )


def _write_photo(writer: Writer, check: FormCheck, row: FormRow, file: Stored, today: date) -> str:
    note = f"{int(check.month[:4])}年{int(check.month[5:7])}月{check.unit}报送"
    number = row.measure.number if row.measure else None
    entry = EvidenceEntry((), note, measure=number, maker=one_line(check.unit))
    return write_evidence(writer, row.case, file, today, entry)


def _sentence(taken: Sequence[FormCheck]) -> str:
    rows, corrected = sum(len(check.rows) for check in taken), sum(check.corrections for check in taken)
    photos = sum(len(check.photos) for check in taken)
    parts = [f"新填{rows - corrected}行"] if rows > corrected else []
    parts += [f"更正{corrected}行"] if corrected else []
    parts += [f"照片{photos}张"] if photos else []
    return f"已收入{len({check.unit_id for check in taken})}个单位的填报表：{'，'.join(parts)}。"

