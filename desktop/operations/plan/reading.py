"""All that a review of a plan begins with: the plan as read, the ledger beside it, its pages to look at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from desktop.operations.plan.choice import Alike, find_alike
from desktop.operations.plan.compare import ImportPreview, preview_import
from desktop.operations.plan.headings import read_with_headings
from desktop.operations.plan.pages import blank_plan, plan_pages
from desktop.rules.drafts import PlanDraft
from desktop.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Reading:
    """A plan as read, beside the ledger.

    ``alike`` are known problems by the place of the one that looks like it, ``headings`` the heads of columns that
    were mapped to fields, ``pages`` the pages as a PDF, empty where the file has none.
    """

    draft: PlanDraft
    preview: ImportPreview | None = None
    alike: Mapping[int, Alike] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)
    pages: bytes = b""


def read_to_review(
    ledger: Ledger,
    file: Path,
    report: Callable[[str, float], None],
    *,
    by_hand: bool = False,
    chosen: Mapping[str, str] | None = None,
) -> Reading:
    """Read a file for a review; writes nothing. ``by_hand``: nothing is read, it is typed in beside the pages."""
    if by_hand:
        draft, headings = blank_plan(file), dict[str, str]()
    else:
        draft, headings = read_with_headings(ledger, file, chosen, lambda words, share: report(words, share * 0.8))
    pages = plan_pages(file)
    report("正在与台账比较", 0.8)
    return Reading(draft, preview_import(ledger, draft), find_alike(ledger, draft), headings, pages)
