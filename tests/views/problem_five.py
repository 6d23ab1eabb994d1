"""Problem five of the sample plan with pictures and steps, for the tests of the pages of single problems."""

from datetime import date
from pathlib import Path

from PySide6.QtGui import QColor, QImage

from desktop import paths
from desktop.operations.cases import find_case
from desktop.operations.closure import take_step
from desktop.operations.ledgers import new_ledger
from desktop.operations.opened import Ledger
from desktop.operations.plan.intake import import_plan, read_plan_file
from desktop.operations.progress import add_evidence, report_progress
from desktop.rules.entries import EvidenceEntry, ProgressEntry, StepEntry
from desktop.rules.records import CaseFile, StepAction

TODAY = date(2026, 11, 23)


def new_sample(folder: Path) -> Ledger:
    """A ledger with the sample plan, nothing reported yet."""
    made = new_ledger(folder, "蒸湘区整改办", TODAY, person="李明")
    import_plan(made, read_plan_file(paths.resource("sample", "sample-plan.txt")), TODAY, "李明")
    return made


def picture(folder: Path, name: str, colour: str, width: int = 640, height: int = 480) -> str:
    """A picture of one colour."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    file = folder / name
    assert image.save(str(file))
    return str(file)


def five(ledger: Ledger) -> CaseFile:
    """Problem five as it stands."""
    return find_case(ledger, 5)


def add_files(ledger: Ledger, number: int, files: tuple[str, ...], text: str = "", **more: object) -> None:
    """Take files in for a problem."""
    entry = EvidenceEntry(files, text, **more)  # type: ignore[arg-type]
    add_evidence(ledger, find_case(ledger, number), entry, TODAY, "李明")


def finish_measures(ledger: Ledger, number: int = 5) -> None:
    """Report every measure at 100 percent."""
    for measure in find_case(ledger, number).measures:
        entry = ProgressEntry(f"第{measure.number}项已全部完成", measure=measure.number, percent=100)
        report_progress(ledger, find_case(ledger, number), entry, TODAY, "李明")


def step(
    ledger: Ledger, action: StepAction, on: date, text: str = "", reason: str = "材料后补", **more: object
) -> None:
    """Register a step of problem five; the reason overrides what the rules warn of."""
    entry = StepEntry(action, on, text, reason, **more)  # type: ignore[arg-type]
    take_step(ledger, five(ledger), entry, TODAY, "李明")


def to_notice(ledger: Ledger) -> None:
    """Problem five up to a notice that is not over."""
    finish_measures(ledger)
    step(ledger, StepAction.SELF_CHECK, date(2026, 11, 2))
    step(ledger, StepAction.APPLY, date(2026, 11, 4), doc_no="蒸委〔2026〕17号")
    step(ledger, StepAction.ACCEPT, date(2026, 11, 12), result="通过")
    step(ledger, StepAction.NOTICE, date(2026, 11, 18), end=date(2026, 11, 25))
