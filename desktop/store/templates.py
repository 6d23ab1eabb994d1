"""The office's own templates of paper: TOML files in the ledger's folder, so that they travel and are kept with it."""

import shutil
from pathlib import Path

from desktop.store.disk import free_name, sync_file
from desktop.store.ledger import Ledger

FOLDER = "templates"


def own_templates(ledger: Ledger) -> Path:
    """The folder of the office's own templates; it need not exist."""
    return ledger.folder / FOLDER


def set_aside(file: Path, stamp: str) -> Path:
    """Take a template out of use without losing it: it stays beside the others under a name that is no template's."""
    kept = free_name(file.parent, f"{file.stem}_停用_{stamp}", ".txt")
    file.replace(kept)
    return kept


def copy_templates(source: Path, target: Path) -> None:
    """Copy the office's own templates from one ledger folder to another, those set aside too; none is no fault."""
    if not (source / FOLDER).is_dir():
        return
    (target / FOLDER).mkdir(exist_ok=True)
    for file in sorted((source / FOLDER).iterdir()):
        if file.is_file() and not file.name.endswith(".part"):
            shutil.copyfile(file, target / FOLDER / file.name)
            sync_file(target / FOLDER / file.name)
