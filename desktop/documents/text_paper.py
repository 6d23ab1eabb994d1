"""A paper of running text as template data: sections of sentences with fields, filled from the ledger.

A template has a ``shell``, a title, who signs, whom it goes to, and ``[[sections]]`` with ``[[sections.lines]]``. A
line is printed when the fields it names under ``when`` say something and those under ``unless`` say nothing, once for
each row of the list it names under ``each``; with ``join`` it goes on in the paragraph before. A section without a
printed line is left out, and headed sections are numbered without gaps.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from desktop.documents.asking import answers_of, unanswered
from desktop.documents.case_states import BLANK_DATE
from desktop.documents.fields import BLANK_PHONE, district_of
from desktop.documents.model import Annex, OfficialPaper, Para, Shell
from desktop.documents.sentence_words import Words
from desktop.documents.template import Section
from desktop.rules.paper import PaperRequest
from desktop.rules.region import fill_names
from desktop.rules.wording import chinese_number

BLANK_NAME = "＿＿＿"
LINE_DATE = "＿＿＿＿年＿＿月＿＿日"
LONGEST_NAME = 14
"""A longer name over a date four 字 from the right edge would leave the 版心 (GB/T 9704-2012 §7.3.5.1)."""
KEYS = (
    "shell",
    "title",
    "bodies",
    "addressee",
    "copies",
    "issuing_office",
    "note",
    "mark",
    "sealed",
    "attendance",
    "sections",
    "attachments",
    "annexes",
    "needs",
    "unknown",
    "ask",
)
_LINE_KEYS = ("text", "heading", "level", "join", "when", "unless", "each", "show")
AnnexMaker = Callable[[Section], Annex]


@dataclass(frozen=True, slots=True)
class RowList:
    """A list a line may be repeated for: the fields of its rows, and the rows."""

    fields: tuple[str, ...]
    rows: Callable[[], Iterable[Words]]


@dataclass(frozen=True, slots=True)
class Material:
    """What the sentences of one paper are filled from, and the makers of its annexes by kind."""

    words: Mapping[str, str]
    lists: Mapping[str, RowList]
    annexes: Mapping[str, AnnexMaker]
    names: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def build_text(request: PaperRequest, template: Section, material: Material) -> OfficialPaper:
    """The paper, in the shell its template names. Raises Refused where the template is wrong, with file and key."""
    template.only(KEYS)
    words = known_words(request, template, material.words)
    shell = Shell(template.one_of("shell", tuple(shell.value for shell in Shell)))
    bodies = request.bodies or bodies_of(template, words)
    note = template.filled("note", words, "")
    paper = OfficialPaper(
        title=template.filled("title", words),
        bodies=bodies,
        paragraphs=tuple(_paragraphs(template, words, material.lists)),
        addressee=request.addressee or template.filled("addressee", words, ""),
        shell=shell,
        doc_no=request.doc_no,
        signers=request.signers if shell is Shell.UPWARD else (),
        attachments=tuple(_attachments(template, words)),
        annexes=tuple(_annexes(template, words, material)),
        on=request.on,
        note=note,
        copies=request.copies or _listed(template, "copies", words),
        issuing_office=request.issuing_office or _office(request, template, words, bodies),
        mark=template.filled("mark", words, ""),
        attendance=tuple(_attendance(template, words)),
        sealed=template.flag("sealed", True),
        whole_words=tuple(name for name in (*material.names, *bodies) if name),
    )
    return replace(paper, remarks=tuple(_remarks(request, template, paper, words, material)))


def known_words(request: PaperRequest, template: Section, words: Mapping[str, str]) -> dict[str, str]:
    """The words with the template's own for what is ``[unknown]``, the clerk's answers, and places for a contact."""
    unknown = template.part("unknown")
    unknown.only(words.keys())
    known = {name: said or (unknown.text(name, "") if name in unknown.data else "") for name, said in words.items()}
    known |= {"contact": request.contact or BLANK_NAME, "phone": request.phone or BLANK_PHONE}
    # In running text a line shows where to write; blanks would be lost at the end of a row.
    known |= answers_of(template, request, known)
    return {name: said.replace(BLANK_DATE, LINE_DATE) for name, said in known.items()}


def bodies_of(template: Section, words: Mapping[str, str]) -> tuple[str, ...]:
    """Who signs by the template."""
    return _listed(template, "bodies", words)


def _listed(template: Section, key: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """A list of names; a field that names several units makes as many."""
    texts = [template.fill(key, text, words) for text in template.texts(key, ())]
    return tuple(dict.fromkeys(name.strip() for text in texts for name in text.split("、") if name.strip()))


def _office(
    request: PaperRequest, template: Section, words: Mapping[str, str], bodies: tuple[str, ...]
) -> str:
    """The office that prints: the template's, the profile's where the profile's bodies sign, else the main body's."""
    region, district = request.region, district_of(request)
    if named := template.filled("issuing_office", words, ""):
        return named
    if not bodies or bodies[0] in [fill_names(name, region, district) for name in region.applicants[:1]]:
        return fill_names(region.issuing_office, region, district)
    return bodies[0] if bodies[0].endswith("办公室") else f"{bodies[0]}办公室"


# Paragraphs


def _paragraphs(template: Section, words: Mapping[str, str], lists: Mapping[str, RowList]) -> Iterator[Para]:
    number = 0
    for section in template.parts("sections"):
        section.only(("name", "heading", "lines", "show", "when", "unless"))
        heading = section.filled("heading", words, "")
        said: list[Para] = []
        for each, lines in groupby(section.parts("lines"), lambda line: _list_of(line, lists)):
            _say(said, tuple(lines), words, lists[each] if each else None)
        if not said or not section.flag("show", True) or not _holds(section, words):
            continue
        if heading:
            number += 1
            yield Para(heading=f"{chinese_number(number)}、{heading}", level=1)
        yield from said


def _list_of(line: Section, lists: Mapping[str, RowList]) -> str:
    """The list a line is repeated for; lines beside each other with one list are said together, row by row."""
    return line.one_of("each", tuple(lists)) if "each" in line.data else ""


def _say(said: list[Para], lines: tuple[Section, ...], words: Mapping[str, str], rows: RowList | None) -> None:
    """Add what these lines say, for each row of their list; what is not printed is checked all the same."""
    known = {**words, **dict.fromkeys(rows.fields, "")} if rows else words
    for line in lines:
        line.only(_LINE_KEYS)
        _filled(line, known)
        _holds(line, known)
    for row in rows.rows() if rows else ({},):
        full = {**words, **row}
        for line in lines:
            if not line.flag("show", True) or not _holds(line, full):
                continue
            para = _filled(line, full)
            if line.flag("join", False) and said:
                said[-1] = replace(said[-1], text=said[-1].text + para.text)
            else:
                said.append(para)


def _filled(line: Section, words: Mapping[str, str]) -> Para:
    heading = line.filled("heading", words, "")
    text = line.filled("text", words, "" if heading else None)
    return Para(text, heading, int(line.number("level", 0, 4, 0)))


def _holds(section: Section, words: Mapping[str, str]) -> bool:
    """Whether all fields under ``when`` say something and none under ``unless`` does; unknown fields are refused."""
    wanted, unwanted = section.texts("when", ()), section.texts("unless", ())
    for key, names in (("when", wanted), ("unless", unwanted)):
        for name in names:
            if name not in words:
                raise section.wrong(key, f"写的是“{name}”，不是可用的字段（可用：{'、'.join(words)}）")
    return all(words[name] for name in wanted) and not any(words[name] for name in unwanted)


# What goes with it


def _attachments(template: Section, words: Mapping[str, str]) -> Iterator[str]:
    for section in template.parts("attachments"):
        section.only(("name", "when", "unless", "show"))
        name = section.filled("name", words)
        if section.flag("show", True) and _holds(section, words):
            yield name


def _attendance(template: Section, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for section in template.parts("attendance"):
        section.only(("label", "names", "show"))
        if section.flag("show", True):
            yield section.text("label"), section.filled("names", words)


def _annexes(template: Section, words: Mapping[str, str], material: Material) -> Iterator[Annex]:
    for section in template.parts("annexes"):
        kind = section.one_of("kind", tuple(material.annexes))
        if section.flag("show", True) and _holds(section, words):
            yield material.annexes[kind](section)


def _remarks(
    request: PaperRequest, template: Section, paper: OfficialPaper, words: Mapping[str, str], material: Material
) -> Iterator[str]:
    """What the clerk should see to before the paper goes out."""
    yield from material.remarks
    for section in template.parts("needs"):
        section.only(("field", "remark"))
        if not words[section.field("field", words)]:
            yield section.filled("remark", words)
    if paper.shell is Shell.UPWARD and not paper.signers:
        yield "上行文应标注签发人，签发人处已留空。"
    long = [name for name in paper.bodies if len(name) > LONGEST_NAME] if len(paper.bodies) == 1 else []
    if long and paper.sealed:
        yield f"署名“{long[0]}”较长，不能在成文日期上居中；可在“设置”里填写与印章一致的发文署名。"
    if "{contact}" in template.text("note", "") and not (request.contact and request.phone):
        yield "附注中的联系人、电话未填的一项已留空。"
    yield from unanswered(template, request, material.words)


def district_names(request: PaperRequest, words: Mapping[str, str]) -> tuple[str, ...]:
    """Names that a title must not tear apart."""
    return (district_of(request), request.region.city, words.get("inspection", ""), words.get("office", ""))
