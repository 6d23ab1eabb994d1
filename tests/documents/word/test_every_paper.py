"""Every paper of the program as docx: all its cells and paragraphs, and nothing that is not on the printed page."""

from collections import Counter
from collections.abc import Iterator
from types import ModuleType

import pytest

from desktop.documents.flow import Cell, Row
from desktop.documents.fonts import FontSet
from desktop.documents.page import FormPaper, pen_for
from desktop.documents.papers import PAPERS, make_paper, print_paper, write_paper
from desktop.rules.errors import Refused


def texts_of(rows: Iterator[Row]) -> Iterator[str]:
    """Every text of the rows, one line of a cell after the other."""
    for row in rows:
        for cell in row.cells:
            yield from texts_in(cell)


def texts_in(cell: Cell) -> Iterator[str]:
    for text in (cell.text, *cell.blocks):
        yield from ("".join(line.split()) for line in text.split("\n"))
    yield from ("".join(note.text.split()) for note in cell.notes)
    for column in cell.under:
        yield from texts_in(column)


def asked(factory: ModuleType, per: str):
    """A request with all that a paper may need."""
    case = factory.rich_case(5)
    held = factory.ledger(case, factory.open_case(6, "在整改的问题。"), factory.sparse_case(7))
    bodies = ("中共青溪区委员会", "青溪区人民政府")
    more = {"bodies": bodies, "signers": ("张三", "李四"), "doc_no": "青委〔2026〕12号", "on": factory.TODAY}
    return factory.request(case if per == "problem" else None, held, **more)


@pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.key)
def test_a_docx_has_every_text_of_its_paper_and_no_other(
    factory: ModuleType, fonts: FontSet, reading: ModuleType, kind
) -> None:
    request = asked(factory, kind.per)
    made = make_paper(kind.key, request)
    data, brother = write_paper(kind.key, request, fonts), print_paper(kind.key, request, fonts)
    told = reading.paragraphs(data.data)
    if isinstance(made, FormPaper):
        running = "".join((made.page.mark + made.page.running_head).split())
        told = [text for text in told if text != running]
        wanted = Counter(text for text in texts_of(made.rows(pen_for(made, fonts))) if text)
        assert not [text for text, times in wanted.items() if "".join(told).count(text) < times]
    assert not [text for text in told if factory.missing_from(brother.data, text)]
    assert (data.remarks, data.missing_characters) == (brother.remarks, brother.missing_characters)


def test_an_unknown_paper_is_refused_as_docx_too(factory: ModuleType, fonts: FontSet) -> None:
    with pytest.raises(Refused, match="可打印的有"):
        write_paper("no_such", factory.request(factory.rich_case()), fonts)
