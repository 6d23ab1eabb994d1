"""What a paper asks of the clerk."""

from desktop.documents.asking import questions_of
from desktop.documents.template import load_template
from desktop.rules.paper import PaperQuestion
from desktop.rules.paper_kinds import template_of
from desktop.store.ledger import Ledger
from desktop.store.templates import own_templates


def questions(ledger: Ledger, paper: str, layout: str = "") -> tuple[PaperQuestion, ...]:
    """What a paper asks of the clerk beyond the ledger. Raises Refused where its template is wrong."""
    return questions_of(load_template(template_of(paper, layout), own_templates(ledger)))
