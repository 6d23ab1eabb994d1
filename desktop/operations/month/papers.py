"""The papers of a frozen month, kept by their hash at the freeze: whatever becomes of templates, that file stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from desktop.operations.paper.archive import archive_papers, facts_of
from desktop.operations.paper.drafts import PaperDraft
from desktop.operations.paper.files import PDF
from desktop.operations.paper.printing import find_paper, make_paper
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.records import Changes
from desktop.rules.wording import month_in_text
from desktop.store.ledger import Ledger

KEPT = ("monthly_dispatch", "progress_report")


def keep_month_papers(
    ledger: Ledger, month: str, today: date, person: str = "", tell: Callable[[str, float], None] | None = None
) -> Changes:
    """Make 月调度表 and 整改进展情况报告 of a frozen month and keep both in the archive."""
    draft, made = PaperDraft(month=month, person=person), []
    for key in KEPT:
        paper = find_paper(key)
        printed = make_paper(ledger, key, None, today, draft, tell)
        made.append((printed, facts_of(ledger, paper, None, draft, f"{paper.name}_{month_in_text(month)}{PDF}")))
    return archive_papers(ledger, made, today, person)


def with_papers(
    ledger: Ledger,
    frozen: Changes,
    month: str,
    today: date,
    person: str = "",
    tell: Callable[[str, float], None] | None = None,
) -> Changes:
    """What a freeze changed together with the papers kept; one that cannot be made is told, and the freeze stands."""
    try:
        kept = keep_month_papers(ledger, month, today, person, tell)
    except (Refused, KnownFault) as error:
        sentence = f"{month_in_text(month)}的月调度表和报告没能存档：{error}可以到“文书”里再出。"
        return replace(frozen, warnings=(*frozen.warnings, sentence))
    return replace(frozen, sentence=f"{frozen.sentence}月调度表和报告已存档。", touched=frozen.touched + kept.touched)
