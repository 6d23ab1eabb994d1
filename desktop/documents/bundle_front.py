"""What stands before the pages of a bundle: the cover, the list of its papers, the catalogue of the evidence."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.documents.catalogue import KEY as CATALOGUE
from desktop.documents.catalogue import catalogue_table
from desktop.documents.fields import case_words, head_words
from desktop.documents.flow import Cell, Row, Style, paginate, whole_height
from desktop.documents.fonts import Role
from desktop.documents.forms import FormType, pair_row, title_rows
from desktop.documents.grid import MM
from desktop.documents.page import Page, furniture, read_page
from desktop.documents.pen import Pen
from desktop.documents.table_paper import Table, table_rows
from desktop.documents.tables import LINK, Record
from desktop.documents.template import Section, load_template
from desktop.rules.bundle import Bundle
from desktop.rules.paper import PaperRequest
from desktop.rules.records import CaseFile
from desktop.rules.wording import NO_TEXT, date_in_table

COVER, CONTENTS = "bundle_cover", "bundle_contents"
_SPACES = (0.14, 0.18, 0.26, 0.22)  # of the free height: over each block of the cover; the rest stays at the foot
_FOOT = Style(Role.KAI, 16, 28, 0, 0)
CONTENT_FIELDS = ("number", "name", "doc_no", "on", "pages", "page_range", "remark")


@dataclass(frozen=True, slots=True)
class Front:
    """Where each part before the numbered pages begins, by its name, and how many pages they have together."""

    starts: tuple[tuple[str, int], ...]
    pages: int

    def labels(self) -> list[str]:
        """What a reader shows as the number of each of these pages: 封面, 佐证材料目录-1 …"""
        found = []
        ends = [*(start for _, start in self.starts[1:]), self.pages]
        for (name, start), end in zip(self.starts, ends, strict=True):
            found += [name] if end - start == 1 else [f"{name}-{at}" for at in range(1, end - start + 1)]
        return found


def draw_front(pen: Pen, request: PaperRequest, case: CaseFile, bundle: Bundle, folder: Path | None) -> Front:
    """Draw cover, contents and catalogue; templates in ``folder`` win over the program's own."""
    words = _words(request, case, bundle)
    _draw_cover(pen, load_template(COVER, folder), words, case_words(request, case))
    starts = [("封面", 0)]
    if bundle.papers:
        starts.append(("卷内文书目录", pen.pages))
        _draw_table(pen, CONTENTS, _contents(bundle, words), folder, "卷内文书目录")
    starts.append(("佐证材料目录", pen.pages))
    _draw_table(pen, CATALOGUE, catalogue_table(request, case), folder, "佐证材料目录")
    return Front(tuple(starts), pen.pages)


def _words(request: PaperRequest, case: CaseFile, bundle: Bundle) -> dict[str, str]:
    total = str(bundle.plan.pages)
    count, papers = str(len(case.evidence)), str(len(bundle.papers))
    volume = (
        f"佐证材料{count}份，共{total}页" if not bundle.papers else f"文书{papers}份、佐证材料{count}份，共{total}页"
    )
    return head_words(request) | {
        "name": bundle.name, "count": count, "papers": papers, "pages": total, "volume": volume,
    }  # fmt: skip


def _draw_cover(pen: Pen, template: Section, words: Mapping[str, str], fields: Mapping[str, str]) -> None:
    template.only(("sheet", "title", "type", "rows", "foot"))
    page = replace(read_page(template, words), page_words="")
    blocks = [list(block) for block in _cover_blocks(template, page, words, {**fields, **words})]
    spare = page.room - sum(whole_height(row, pen.broken) for block in blocks for row in block)
    rows: list[Row] = []
    for share, block in zip(_SPACES, blocks, strict=True):
        rows += [Row((), height=max(0.0, spare) * share, whole=True, boxed=False), *block]
    for parts in paginate(rows, pen.broken, page.room, page.room):
        pen.begin_page()
        pen.parts(parts, page.left, page.top)
        pen.end_page()


def _cover_blocks(
    template: Section, page: Page, words: Mapping[str, str], known: Mapping[str, str]
) -> Iterator[Iterator[Row]]:
    """The line over the title, the title, the table, the lines at the foot; the room between them is shared out."""
    title, foot = template.part("title"), template.part("foot")
    title.only(("small", "text", "size_pt"))
    foot.only(("lines",))
    yield title_rows(title.filled("small", words, ""), page, (words["district"], words["inspection"]))
    size = title.number("size_pt", 16, 72, 42)
    yield title_rows(title.filled("text", words), page, (words["name"],), Style(Role.TITLE, size, size * 1.4, 0, 0))
    yield _cover_table(template, page, known)
    lines = (foot.fill("lines", line, known) for line in foot.texts("lines", ()))
    yield (Row((Cell(line, page.inner, _FOOT, center=True),), whole=True, boxed=False) for line in lines)


def _cover_table(template: Section, page: Page, known: Mapping[str, str]) -> Iterator[Row]:
    kind = template.part("type")
    kind.only(("size_pt", "leading_pt", "label_mm"))
    size = kind.number("size_pt", 9, 22, 14)
    leading, label = kind.number("leading_pt", size, size * 3, 24), kind.number("label_mm", 15, 70, 38) * MM
    form = FormType(
        Style(Role.HEI, size, leading, 3, 5, even=True),
        Style(Role.FANG, size, leading, 6, 5, even=True),
        label,
        page.inner,
    )
    for row in template.parts("rows"):
        row.only(("label", "field", "longest"))
        text, longest = known[row.field("field", known)], int(row.number("longest", 10, 2_000, 2_000))
        shown = text if len(text) <= longest else text[:longest].rstrip("，。；、") + "……"
        yield pair_row(((row.text("label"), shown),), form, 13 * MM)


def _contents(bundle: Bundle, words: Mapping[str, str]) -> Table:
    def records(fields: Collection[str]) -> Iterator[Record]:
        for number, paper in enumerate(bundle.papers, 1):
            pages = str(paper.first) if paper.pages == 1 else f"{paper.first}—{paper.last}"
            said = {
                "number": str(number),
                "name": paper.name,
                "doc_no": paper.doc_no or NO_TEXT,
                "on": date_in_table(paper.on) if paper.on else NO_TEXT,
                "pages": str(paper.pages),
                "page_range": pages,
                "remark": paper.remark if paper.is_signed else f"{paper.remark}，未签章",
            }
            yield {field: said[field] for field in fields} | {LINK: str(paper.first)}

    return Table(words, CONTENT_FIELDS, records)


def _draw_table(pen: Pen, key: str, table: Table, folder: Path | None, name: str) -> None:
    template = load_template(key, folder)
    page = replace(read_page(template, table.words), page_words=f"{name}　第{{page}}页 共{{pages}}页")
    pages = list(paginate(table_rows(template, page, pen, table), pen.broken, page.room, page.room))
    for number, parts in enumerate(pages, 1):
        pen.setPageSize((page.width, page.height))
        pen.begin_page()
        furniture(pen, page, number, len(pages))
        pen.parts(parts, page.left, page.top)
        pen.end_page()
