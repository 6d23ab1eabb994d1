"""Units' forms beside the ledger: what each says, what is wrong in it row by row, what of it can be taken."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desktop.operations.month.form_bundles import Bundle
from desktop.plans.unit_form_reader import ReadForm, ReadRow
from desktop.rules.lifecycle import is_closed, is_elsewhere
from desktop.rules.records import CaseFile, Unit
from desktop.rules.status_words import measure_percent, read_claim
from desktop.rules.texts import clean
from desktop.rules.unit_form import ROLES, Filled, FormRow, check_row, form_row, own_entry, says_the_same
from desktop.store.disk import hash_file
from desktop.store.evidence import MAX_SIZE
from desktop.store.ledger import Ledger
from desktop.store.pictures import media_type
from desktop.store.read_cases import read_cases
from desktop.store.read_shared import read_units

Tell = Callable[[str, float], None]
_OFFICE = ("application/vnd.openxmlformats", "application/x-ole")
_PROOFS = ("image/", "application/pdf", *_OFFICE, "video/mp4", "text/plain")


@dataclass(frozen=True, slots=True)
class RowPlan:
    """A row that can be taken: what it says, and the entry that it corrects, empty for a new one."""

    row: FormRow
    filled: Filled
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class FormCheck:
    """One form beside the ledger.

    ``rows`` can be taken, ``same`` say what is on record already, ``blank`` were not filled in. ``photos`` are files
    with the row they prove. ``errors`` name rows that are not taken, ``remarks`` what is odd; ``fault`` says why
    nothing of the form can be.
    """

    key: str
    shown: str
    unit: str = ""
    unit_id: str = ""
    month: str = ""
    rows: tuple[RowPlan, ...] = ()
    same: int = 0
    blank: int = 0
    photos: tuple[tuple[FormRow, Path], ...] = ()
    errors: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    fault: str = ""

    @property
    def corrections(self) -> int:
        """How many rows correct an entry of the month."""
        return sum(bool(row.corrects) for row in self.rows)

    @property
    def has_news(self) -> bool:
        """True when taking it would add something."""
        return bool(self.rows or self.photos) and not self.fault


def check_forms(
    ledger: Ledger, bundles: Sequence[Bundle], today: date, month: str = "", tell: Tell | None = None
) -> tuple[FormCheck, ...]:
    """Set the forms beside the ledger; writes nothing. ``month``: forms of another month are not taken.

    Of two forms of one unit and month only the one saved last is, and an empty one never counts before a filled one.
    """
    tell = tell or (lambda words, share: None)
    units = {unit.id: unit for unit in read_units(ledger)}
    newest = _newest(bundles)
    checks = []
    for at, bundle in enumerate(bundles):
        tell(f"正在核对“{bundle.shown}”", at / max(1, len(bundles)))
        check = FormCheck(f"{at} {bundle.shown}", bundle.shown, fault=bundle.fault)
        form = bundle.form
        if form is not None:
            check = replace(check, unit=form.unit, unit_id=form.unit_id, month=form.month)
            fault = _fault(ledger, form, units, today, month)
            if not fault and newest[form.unit_id, form.month] is not bundle:
                fault = "同一单位同一月份还有一份较新的填报表，这一份没有收。"
            check = replace(check, fault=fault) if fault else _checked(ledger, check, bundle, form, units, today)
        checks.append(check)
    return tuple(checks)


def _newest(bundles: Sequence[Bundle]) -> dict[tuple[str, str], Bundle]:
    found: dict[tuple[str, str], Bundle] = {}
    for bundle in sorted(bundles, key=_weight):
        if bundle.form is not None:
            found[bundle.form.unit_id, bundle.form.month] = bundle
    return found


def _weight(bundle: Bundle) -> tuple[bool, float]:
    is_filled = bundle.form is not None and any(not row.filled.is_blank for row in bundle.form.rows)
    return is_filled or bool(bundle.photos), bundle.path.stat().st_mtime if bundle.path.exists() else 0.0


def _fault(ledger: Ledger, form: ReadForm, units: dict[str, Unit], today: date, month: str) -> str:
    """Why nothing of a form can be taken."""
    if form.office_id != ledger.office_id:
        return f"这是“{form.office}”发出的填报表，不是本单位的，没有收。"
    try:
        first = date.fromisoformat(f"{form.month}-01")
    except ValueError:
        return "填报的月份被改动，认不出来，没有收。"
    words = f"{first.year}年{first.month}月"
    if month and form.month != month:
        return f"这是{words}的填报表，没有收。请先选{words}再收。"
    if first > today:
        return f"{words}还没有到，没有收。"
    return "" if form.unit_id in units else f"“{form.unit}”已不在单位名册中，没有收。请在“单位”页核对。"


def _checked(
    ledger: Ledger, check: FormCheck, bundle: Bundle, form: ReadForm, units: dict[str, Unit], today: date
) -> FormCheck:
    cases = {case.problem.id: case for case in read_cases(ledger, dict.fromkeys(form.problems.values()))}
    errors, remarks = list[str](), list[str]()
    rows, same, blank, sound = list[RowPlan](), 0, 0, dict[str, FormRow]()
    for read in form.rows:
        row, why = _row_of(read, form, cases, units)
        if row is not None and not read.errors:
            sound[read.key] = row
        if read.filled.is_blank and not read.errors:
            blank += 1
            continue
        found = [*read.errors, *([f"第{read.line}行 {why}"] if why else [])]
        if row is not None and not found:
            filled = _settled(read.filled, row)
            said = check_row(row, filled, read.line, form.month, today)
            found, remarks = [*said.errors], [*remarks, *said.remarks]
        if found or row is None:
            errors += found
            sound.pop(read.key, None)
            continue
        own = own_entry(row, form.unit_id)
        if own is not None and says_the_same(own, filled):
            same += 1
        else:
            rows.append(RowPlan(row, filled, own.id if own else ""))
    photos, odd = _photos(bundle, sound)
    remarks += [*odd, *(f"“{name}”不在任何一项措施的文件夹里，没有收。" for name in bundle.loose)]
    return replace(
        check,
        rows=tuple(rows),
        same=same,
        blank=blank,
        photos=photos,
        errors=tuple(errors),
        remarks=tuple(remarks),
    )


def _row_of(
    read: ReadRow, form: ReadForm, cases: dict[str, CaseFile], units: dict[str, Unit]
) -> tuple[FormRow | None, str]:
    """The row of the ledger that a row of the form is, else why there is none."""
    case = cases.get(form.problems.get(read.key, ""))
    if not read.key or read.key not in form.problems:
        return None, ""
    if case is None:
        return None, "这个问题已不在台账中"
    number = case.problem.number
    if is_closed(case) or is_elsewhere(case.problem):
        return None, f"问题{number}已销号或已转入，不再填报"
    holders = {u.unit_id for u in case.units if u.role in ROLES}
    groups = {unit for unit in holders if unit in units and form.unit_id in units[unit].members}
    if form.unit_id not in holders and not groups:
        return None, f"问题{number}已不由“{form.unit}”牵头或负责"
    measure = next((m for m in case.measures if m.id == read.key), None)
    if measure is None and (read.key != case.problem.id or case.measures):
        return None, f"问题{number}的这项措施已不在台账中"
    return form_row(case, measure, form.month), ""


def _settled(filled: Filled, row: FormRow) -> Filled:
    """What a row says with what its own words tell where a number was not given, as in an entry typed in.

    A count in the words that is less than the last one counts something else.
    """
    claim, measure, before = read_claim(filled.text), row.measure, row.last_quantity or 0
    told = claim.quantity_done if claim.quantity_done is not None and claim.quantity_done >= before else None
    quantity = told if filled.quantity is None else filled.quantity
    percent = claim.percent if filled.percent is None else filled.percent
    if percent is None and measure is not None:
        percent = measure_percent(quantity, measure.quantity)
    return replace(filled, text=clean(filled.text), percent=percent, quantity=quantity)


def _photos(bundle: Bundle, rows: dict[str, FormRow]) -> tuple[tuple[tuple[FormRow, Path], ...], list[str]]:
    """Files that prove a row and are not there yet, each content once; and what is said of those left out."""
    found: list[tuple[FormRow, Path]] = []
    remarks: list[str] = []
    for key, files in bundle.photos.items():
        row = rows.get(key)
        if row is None:
            continue
        held = {piece.sha256 for piece in row.case.evidence}
        for file in files:
            reason = _unfit(file)
            if reason:
                remarks.append(f"“{file.name}”{reason}，没有收。")
            elif (sha256 := hash_file(file)) not in held:
                held.add(sha256)
                found.append((row, file))
    return tuple(found), remarks


def _unfit(file: Path) -> str:
    size = file.stat().st_size
    if not size:
        return "是空文件"
    if size > MAX_SIZE:
        return "超过500 MB"
    if file.suffix.lower() in (".heic", ".heif"):
        return "是HEIC照片，请转成jpg后再交"
    return "" if media_type(file, file.name).startswith(_PROOFS) else "不是照片或文件材料"


def form_words(check: FormCheck) -> list[str]:
    """One form in words: a line of counts, then its errors and remarks."""
    head = check.unit or check.shown
    if check.fault:
        return [f"{head}：{check.fault}"]
    counts = f"可收{len(check.rows)}行（其中更正{check.corrections}行），照片{len(check.photos)}张"
    tail = f"，与台账相同{check.same}行" if check.same else ""
    tail += f"，未填{check.blank}行" if check.blank else ""
    lines = [f"{head} {check.month}：{counts}{tail}，有错{len(check.errors)}行"]
    return lines + [f"  {words}" for words in (*check.errors, *check.remarks)]
