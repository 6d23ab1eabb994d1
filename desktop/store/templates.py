"""The office's own templates of paper: TOML files in the ledger's folder, so that they travel and are kept with it."""

from pathlib import Path

from desktop.store.ledger import Ledger

FOLDER = "templates"


def own_templates(ledger: Ledger) -> Path:
    """The folder of the office's own templates; it need not exist."""
    return ledger.folder / FOLDER
