"""Half-filled forms survive a crash: their state lies beside the ledger until they are saved or thrown away."""

import json
from pathlib import Path

from desktop.operations.files import write_whole
from desktop.store.ledger import Ledger


def keep_draft(ledger: Ledger, form: str, subject: str, state: dict[str, object]) -> None:
    """Keep a form's state; ``subject`` is the row it is about, or ``new``. Nothing while the folder is gone.

    A folder made here would keep the clerk from putting the real one back.
    """
    if ledger.writable and ledger.is_in_place():
        write_whole(_file(ledger, form, subject), json.dumps(state, ensure_ascii=False).encode("utf-8"))


def kept_draft(ledger: Ledger, form: str, subject: str) -> dict[str, object]:
    """The state kept for a form, empty when there is none or it cannot be read."""
    try:
        found = json.loads(_file(ledger, form, subject).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def kept_drafts(ledger: Ledger) -> tuple[tuple[str, str], ...]:
    """Form and subject of every draft that is kept."""
    found = sorted((ledger.folder / "drafts").glob("*.json"))
    return tuple((name[0], name[1]) for file in found if len(name := file.stem.split("~", 1)) == 2)


def drop_draft(ledger: Ledger, form: str, subject: str) -> None:
    """Throw a draft away after saving or on the clerk's word."""
    _file(ledger, form, subject).unlink(missing_ok=True)


def _file(ledger: Ledger, form: str, subject: str) -> Path:
    return ledger.folder / "drafts" / f"{form}~{subject}.json"
