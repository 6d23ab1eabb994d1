"""Forms: a title, rows of label and value, and sign-off boxes with room for seals; template + words → rows.

The program leaves room for seals and signatures and never draws them (domain §10).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.documents.case_states import BLANK_DATE
from desktop.documents.flow import Cell, Note, Row, Style
from desktop.documents.fonts import Role
from desktop.documents.grid import MM
from desktop.documents.page import Page
from desktop.documents.pen import Pen
from desktop.documents.template import Section
from desktop.documents.title import break_label, break_title
from desktop.rules.region import SignBox
from desktop.rules.wording import NO_TEXT

TITLE = Style(Role.TITLE, 22, 32, 0, 0)
LEAST_ROW = 10 * MM
LABEL_SIDE = 2
SEAL_WORDS = "（盖章）"
SHORT_TITLE_COLUMN = 14.5 * MM

_BETWEEN = "　"
"""Stands between the parts of the line over a table."""


@dataclass(frozen=True, slots=True)
class FormType:
    """Type and measures of a form in points: styles of label and value, width of the label column and of the whole."""

    label: Style
    value: Style
    label_width: float
    inner: float


@dataclass(frozen=True, slots=True)
class BoxSizes:
    """Measures of sign-off boxes in points: room to write under 意见, side of the square kept for a seal.

    ``unsealed`` are keys of boxes that a person signs without any seal.
    """

    per_row: int
    write: float
    seal: float
    unsealed: tuple[str, ...] = ()


def read_type(template: Section, inner: float) -> FormType:
    """The ``[type]`` of a form's template."""
    section = template.part("type")
    section.only(("size_pt", "leading_pt", "label_mm", "lead_size_pt", "lead_leading_pt"))
    size = section.number("size_pt", 9, 16, 12)
    leading = section.number("leading_pt", size * 1.1, size * 2.5, size * 1.5)
    label_width = section.number("label_mm", 15, 60, 28) * MM
    label = Style(Role.HEI, size, leading, LABEL_SIDE, 4, even=True)
    return FormType(label, Style(Role.FANG, size, leading, 5, 4, even=True), label_width, inner)


def plain_title(template: Section, words: Mapping[str, str]) -> str:
    """The title without marks, as the file's own title."""
    return template.part("title").filled("text", words).replace("|", "")


def title_rows(text: str, page: Page, whole_words: tuple[str, ...] = (), style: Style = TITLE) -> Iterator[Row]:
    """The title in as few centred lines as it needs; ``|`` in the text marks where a line may best end."""
    most = int(page.inner / style.size)
    plain = text.replace("|", "")
    for line in break_title(plain if len(plain) <= most else text, most, whole_words):
        yield Row((Cell(line, page.inner, style, center=True),), height=style.leading, whole=True, boxed=False)
    yield Row((), height=style.size * 0.5, whole=True, boxed=False)


def line_rows(template: Section, page: Page, pen: Pen, words: Mapping[str, str], style: Style) -> Iterator[Row]:
    """The line between title and table: who fills in on the left, the date on the right."""
    section = template.part("line")
    section.only(("left", "right"))
    left, right = section.filled("left", words, ""), section.filled("right", words, "")
    if not left and not right:
        return
    small = replace(style, role=Role.FANG, side=1, above=2)
    width = pen.measure(right, small.role, small.size) + 4 if right else 0.0
    lines = _in_lines(left.split(_BETWEEN), lambda text: pen.measure(text, small.role, small.size), page.inner - width)
    for number, line in enumerate(lines):
        cells = (Cell(line, page.inner - width, small), Cell("" if number else right, width, small))
        yield Row(cells, whole=True, boxed=False)


def _in_lines(parts: Sequence[str], measure: Callable[[str], float], width: float) -> list[str]:
    """The parts in lines, each part whole where a line has room for it."""
    lines = [parts[0]]
    for part in parts[1:]:
        longer = lines[-1] + _BETWEEN + part
        if measure(longer) + 2 <= width:
            lines[-1] = longer
        else:
            lines.append(part)
    return lines


def pair_row(cells: tuple[tuple[str, str], ...], form: FormType, height: float = LEAST_ROW) -> Row:
    """A row of labels, each with its value beside it; a value in half the width is centred."""
    made = []
    for label, value in cells:
        width = form.inner / len(cells) - form.label_width
        made.append(Cell(label, form.label_width, form.label, center=True, again=f"{label}（续）"))
        made.append(Cell(value, width, form.value, center=len(cells) > 1))
    return Row(tuple(made), height)


def read_pairs(section: Section, words: Mapping[str, str], form: FormType) -> Iterator[Row]:
    """One ``[[rows]]`` of a template as a row; ``when`` names a field without which it is not printed.

    A cell shows a ``field``, or a ``text`` with fields in it.
    """
    section.only(("cells", "when", "show", "height_mm"))
    height = section.number("height_mm", 6, 200, LEAST_ROW / MM) * MM
    cells = []
    for cell in section.parts("cells"):
        cell.only(("label", "field", "text"))
        said = cell.filled("text", words) if "text" in cell.data else words[cell.field("field", words)]
        cells.append((cell.text("label"), said))
    if not 1 <= len(cells) <= 3:
        raise section.wrong("cells", "应有一至三个栏目")
    when = section.field("when", words) if "when" in section.data else ""
    if section.flag("show", True) and (not when or words[when]):
        yield pair_row(tuple(cells), form, height)


def table_rows(heads: tuple[Cell, ...], lines: tuple[tuple[str, ...], ...], form: FormType) -> Iterator[Row]:
    """A table inside a form; its head is repeated on every page it goes on to."""
    head = (Row(tuple(replace(cell, style=form.label, center=True) for cell in heads), LEAST_ROW, whole=True),)
    for line in lines:
        cells = tuple(
            replace(cell, text=text, style=form.value, center=cell.center or text == NO_TEXT)
            for cell, text in zip(heads, line, strict=True)
        )
        yield Row(cells, LEAST_ROW, head=head)


# Sign-off boxes


def read_boxes(section: Section) -> BoxSizes:
    """The measures of the sign-off boxes; a seal is 42 to 50 mm wide (gongwen A3)."""
    section.only(("part", "boxes", "boxes_per_row", "write_mm", "seal_mm", "unsealed", "show"))
    per_row = int(section.number("boxes_per_row", 1, 2, 2))
    write, seal = section.number("write_mm", 4, 80, 12) * MM, section.number("seal_mm", 42, 60, 45) * MM
    return BoxSizes(per_row, write, seal, section.texts("unsealed", ()))


def sign_rows(
    boxes: tuple[SignBox, ...], sizes: BoxSizes, form: FormType, names: tuple[str, ...] = ()
) -> Iterator[Row]:
    """The sign-off boxes, two beside each other where both have one seal; ``names`` stand over as many seals."""
    waiting: list[SignBox] = []
    for box in (replace(box, seals=0) if box.key in sizes.unsealed else box for box in boxes):
        if box.seals > 1 or (waiting and len(waiting) == sizes.per_row):
            yield from _sign_row(waiting, sizes, form, names)
            waiting = []
        waiting.append(box)
        if box.seals > 1:
            yield from _sign_row(waiting, sizes, form, names)
            waiting = []
    yield from _sign_row(waiting, sizes, form, names)


def _sign_row(boxes: list[SignBox], sizes: BoxSizes, form: FormType, names: tuple[str, ...]) -> Iterator[Row]:
    if not boxes:
        return
    height = max(_box_height(box, sizes, form) for box in boxes)
    title = form.label_width if len(boxes) == 1 else SHORT_TITLE_COLUMN
    cells = []
    for box in boxes:
        width = form.inner / len(boxes) - title
        words = _box_title(box.title, (title - 2 * form.label.side) / form.label.size)
        cells.append(Cell(words, title, form.label, center=True))
        shown = names if box.seals > 1 and len(names) == box.seals else ()
        cells.append(Cell("", width, form.value, notes=tuple(_notes(box, sizes, form, width, height, shown))))
    yield Row(tuple(cells), height, whole=True)


def _box_title(title: str, measure: float) -> str:
    """A title of several lines: two or three characters a line, 意见 by itself."""
    if len(title) <= measure:
        return title
    head, last = (title[:-2], title[-2:]) if title.endswith("意见") else (title, "")
    return "\n".join(line for line in (*break_label(head, max(2, int(measure))), last) if line)


def _lower(box: SignBox, sizes: BoxSizes, form: FormType) -> float:
    """The height over the box's lower edge at which the signature stands: over the seal, else over the date."""
    return (sizes.seal + 3 * MM if box.seals else 2 * form.value.leading - 2 * MM) + form.value.leading / 2


def _box_height(box: SignBox, sizes: BoxSizes, form: FormType) -> float:
    return _lower(box, sizes, form) + sizes.write + form.value.leading * 1.5


def _notes(
    box: SignBox, sizes: BoxSizes, form: FormType, width: float, height: float, names: tuple[str, ...]
) -> Iterator[Note]:
    """意见 at the top; over each seal's square the signature, in it 盖章 and date a little under its centre."""
    leading, side = form.value.leading, form.value.side
    yield Note("意见：", side, height - leading * 0.75)
    slots = max(1, box.seals)
    for slot in range(slots):
        left, right = slot * width / slots, (slot + 1) * width / slots
        if box.signer:
            yield Note(box.signer, left + side, _lower(box, sizes, form))
        if not box.seals:
            yield Note(BLANK_DATE, right - side, leading * 0.75, "right")
            continue
        centre = (left + right) / 2 if names or slots > 1 else right - 2 * MM - sizes.seal / 2
        middle = 2 * MM + sizes.seal / 2
        yield Note((names[slot] if names else "") + SEAL_WORDS, centre, middle - 4 * MM, "center")
        yield Note(BLANK_DATE, centre, middle - 5 * MM - leading, "center")
