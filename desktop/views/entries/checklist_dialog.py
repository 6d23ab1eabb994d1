"""The evidence checklists of the office in a dialog."""

from desktop.operations.checklists import list_checklists, save_checklists
from desktop.rules.records import Changes
from desktop.views.entries.dialog import ask_entry
from desktop.views.runner import Report
from desktop.views.session import Session
from forms.checklist import ChecklistForm


def edit_checklists(session: Session) -> bool:
    """Show the lists that hold now and keep what was changed."""
    ledger = session.ledger

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, tuple)
        return save_checklists(ledger, entry)

    return ask_entry(session, ChecklistForm(list_checklists(ledger)), "checklists", save)
