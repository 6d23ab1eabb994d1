"""What units hand back in the guided tour: forms of the sample ledger filled in, one of them with a mistake."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop import paths
from desktop.operations.evidence_view import thumbnail_of
from desktop.operations.month.units_asked import units_to_ask
from desktop.operations.profile import read_toml
from desktop.plans.unit_form import FormHead, read_form_layout, write_form
from desktop.rules.photo_pairs import is_picture
from desktop.rules.records import Progress
from desktop.rules.unit_form import FormRow, form_rows
from desktop.store.ledger import Ledger
from desktop.store.read_cases import read_cases
from desktop.store.read_shared import read_office

SAID = (
    ("现场完成整改，正在整理资料，准备自查自验。", 100),
    ("完成主体施工，正在收尾，本月完成剩余工程量的一半。", 95),
    ("巡查制度落实到岗到人，本月巡查4次，未发现反弹。", 90),
)
MISTAKEN = 120  # a percentage that a form is not taken with
UNITS = 4


def sample_returns(ledger: Ledger, folder: Path, month: str, today: date) -> Path:
    """The forms of some units as they came back, in a folder for each; the second one has a wrong row."""
    layout = read_form_layout(read_toml(paths.office_resource("templates", "unit_form.toml")))
    office = read_office(ledger)
    asked = (entry for entry in units_to_ask(ledger)[0])
    made = 0
    for entry in asked:
        rows = list(form_rows(read_cases(ledger, entry.problems), month))
        if not rows or made == UNITS:
            continue
        made += 1
        head = FormHead(office.id, office.name, office.district, entry.unit.id, entry.unit.name, month)
        place = folder / f"{entry.unit.name}_{head.month_words}"
        place.mkdir(parents=True)
        filled = [_said(row, at, month, today, is_wrong=made == 2 and at == 1) for at, row in enumerate(rows)]
        with (place / f"{place.name}_填报表.xlsx").open("wb") as handle:
            write_form(handle, layout, head, filled)
        _photo(ledger, rows[0], place)
    return folder


def _said(row: FormRow, at: int, month: str, today: date, *, is_wrong: bool) -> FormRow:
    """A row with this month's words; the percentage never falls behind the last one."""
    text, percent = SAID[at % len(SAID)]
    before = row.last.percent or 0 if row.last else 0
    percent = MISTAKEN if is_wrong else max(percent, before)
    entry = Progress("", row.case.problem.id, row.measure.id if row.measure else "", month, today, text, percent)
    return replace(row, now=entry)


def _photo(ledger: Ledger, row: FormRow, place: Path) -> None:
    """A photo in the folder of a measure: one of the sample's own pictures, made small and so another file."""
    pictures = [piece for piece in row.case.evidence if is_picture(piece) and piece.present]
    data = thumbnail_of(ledger, pictures[-1].sha256) if pictures else b""
    if data:
        (place / row.folder).mkdir()
        (place / row.folder / "整改后.jpg").write_bytes(data)
