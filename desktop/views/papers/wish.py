"""Which paper is to be shown, and the making of it off the window's thread."""

from dataclasses import dataclass
from datetime import date

from desktop.operations.cases import open_case
from desktop.operations.opened import Ledger
from desktop.operations.paper.drafts import PaperDraft
from desktop.operations.paper.templates import PaperStyle, try_style
from desktop.views.runner import Report


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown: which paper, of which problem, with what the clerk added, in which style being changed."""

    paper: str
    problem: str
    draft: PaperDraft
    style: PaperStyle | None = None


def make_wished(ledger: Ledger, wish: Wish, today: date, report: Report) -> object:
    """The paper as PDF; of a style that is being changed its trial. The libraries of printing come with the first."""
    from desktop.operations.paper.printing import make_paper

    case = open_case(ledger, wish.problem) if wish.problem else None
    if wish.style is not None:
        return try_style(ledger, wish.paper, wish.style, case, today, wish.draft)
    return make_paper(ledger, wish.paper, case, today, wish.draft, report)
