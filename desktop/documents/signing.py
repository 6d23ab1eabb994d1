"""Who signs a paper when nobody says otherwise: the bodies its template names, filled from the ledger."""

from desktop.documents.sentence_words import paper_words, sentence_words
from desktop.documents.template import Section
from desktop.documents.text_paper import bodies_of, known_words
from desktop.rules.paper import PaperRequest


def default_bodies(template: Section, request: PaperRequest) -> tuple[str, ...]:
    """The bodies of a text paper about the request's case, or about the whole ledger."""
    words = sentence_words(request, request.case) if request.case else paper_words(request)
    return bodies_of(template, known_words(request, template, words))
