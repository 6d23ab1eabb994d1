"""A bundle that was made is kept as any other paper is: by its hash, with the journal position it was made from."""

from datetime import date
from pathlib import Path

from desktop.operations.paper.archive import MadeFile, archive_file, not_kept
from desktop.operations.paper.files import paper_file_name
from desktop.rules.archive import PaperFacts
from desktop.rules.bundle import BUNDLES, bundle_title
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.records import CaseFile, Changes
from desktop.store.ledger import Ledger


def keep_bundle(
    ledger: Ledger, case: CaseFile, made: Changes, today: date, person: str = "", *, whole: bool
) -> Changes:
    """Keep the one PDF of a bundle; ``made`` is what ``make_bundle`` or ``make_folder`` answered.

    What cannot be kept (the ledger only read, the file too large, the disk full) is a warning: the bundle is made.
    """
    if not ledger.writable:
        return not_kept(ledger)
    kind = BUNDLES[whole]
    facts = PaperFacts(kind, paper_file_name(kind.name, case), case.problem.id, on=today)
    file = MadeFile(bundle_title(case, kind.name), int(made.extra["pages"]), int(made.extra["lsn"]))
    try:
        return archive_file(ledger, Path(made.extra["file"]), file, facts, today, person)
    except (Refused, KnownFault) as fault:
        return Changes("", warnings=(f"{kind.name}没有存入档案：{fault}",))
