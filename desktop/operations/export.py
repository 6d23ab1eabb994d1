"""The ledger as a workbook that people go on using: internal or for the public, with or without photos."""

import codecs
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path
from typing import IO

from desktop.documents.template import template_file
from desktop.operations.evidence_view import thumbnail_of
from desktop.operations.files import whole_file, write_whole
from desktop.operations.ledgers import Progress
from desktop.operations.profile import read_toml, yardstick_of
from desktop.plans.columns import read_layout
from desktop.plans.export_marks import ALL, PART, BookMarks
from desktop.rules.errors import Refused
from desktop.rules.figures import count_figures
from desktop.rules.photo_pairs import AFTER, BEFORE, is_picture, side_of
from desktop.rules.public import Private, private_in, private_of
from desktop.rules.records import CaseFile, Changes
from desktop.rules.sentences import overall_sentence
from desktop.rules.standing import Standing, Yardstick, standing_of
from desktop.store.ledger import Ledger
from desktop.store.read_cases import all_leaders, counted_problems, read_cases
from desktop.store.read_shared import read_office, read_people, read_setting, read_units
from desktop.store.templates import own_templates

_TOLD = 50
_TEXTS = re.compile(r"<t(?: [^>]*)?>([^<]*)</t>|<dc:(?:title|creator)[^>]*>([^<]*)<|(?:Header|Footer)>([^<]*)<")
_BLOCK, _OVERLAP = 1 << 20, 1 << 18
_CONTACTS = ("contact", "checker", "signers")


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What the clerk asks for. ``problems`` are row ids of those to write, in that order; all when None."""

    problems: Sequence[str] | None = None
    photos: bool = False
    public: bool = False


def export_workbook(
    ledger: Ledger, target: Path, today: date, choice: ExportChoice | None = None, progress: Progress | None = None
) -> Changes:
    """Write the 台账 as xlsx, in the columns of the merged ledger's template; the file is there whole or not at all.

    The public version has only the columns that the template makes public and no persons, phones, accountability or
    letters in them; it is read again before it gets its name, and refused if any is left. ``progress`` hears words
    and a share, and may raise to cancel.
    """
    # The page that offers the export opens without the library that writes it.
    from desktop.plans.workbook import Book, write_workbook

    tell, choice = progress or (lambda words, share: None), choice or ExportChoice()
    if target.suffix.lower() != ".xlsx":
        raise Refused(f"台账导出为 xlsx 表格，请把文件名写成 {target.stem}.xlsx。没有生成文件。", "export_format")
    template = read_toml(template_file("merged_ledger", own_templates(ledger)))
    layout = read_layout(template, public=choice.public, photos=choice.photos)
    chosen = counted_problems(ledger) if choice.problems is None else choice.problems
    office, private = read_office(ledger), _private(ledger, layout.words) if choice.public else None
    standings: list[Standing] = []
    by = yardstick_of(ledger)
    scope = ALL if choice.problems is None else PART
    book = Book(
        layout,
        office,
        today,
        figures=lambda: overall_sentence(count_figures(standings, today)),
        marks=None if choice.public else BookMarks(office.id, office.name, today.isoformat(), scope),
        private=private,
        pictures=(lambda case: _photos(ledger, case)) if choice.photos else None,
        by=by,
    )
    with whole_file(target) as handle:
        cases = _read(ledger, chosen, today, by, standings, tell)
        count = write_workbook(handle, book, cases, lambda words, share: tell(words, 0.8 + share / 10))
        if private is not None:
            tell("正在检查公开版", 0.95)
            _require_public(handle, private)
        tell("正在保存文件", 1.0)
    version = "公开版，" if choice.public else ""
    remarks = ("公开版已略去电话、人名、问责和信访件内容；发布前请从头到尾看一遍。",) if choice.public else ()
    return Changes(f"已导出{version}{count}个问题：{target}", warnings=remarks)


def export_printed(
    ledger: Ledger, target: Path, today: date, person: str = "", progress: Progress | None = None
) -> Changes:
    """The whole 台账 as PDF, as it is printed."""
    from desktop.operations.paper.printing import PaperDraft, make_paper

    if target.suffix.lower() != ".pdf":
        raise Refused(f"按打印样式导出为 PDF，请把文件名写成 {target.stem}.pdf。没有生成文件。", "export_format")
    printed = make_paper(ledger, "merged_ledger", None, today, PaperDraft(person=person), progress)
    write_whole(target, printed.data)
    return Changes(f"已导出台账，{printed.pages}页：{target}")


def _read(
    ledger: Ledger, problems: Sequence[str], today: date, by: Yardstick, standings: list[Standing], tell: Progress
) -> Iterator[CaseFile]:
    """The cases one after the other; only those asked for are read, and what is counted of them is kept."""
    for at, case in enumerate(read_cases(ledger, problems)):
        if at % _TOLD == 0:
            tell(f"正在写第{at + 1}个问题，共{len(problems)}个", at / len(problems) * 0.8)
        standings.append(standing_of(case, today, by))
        yield case


def _photos(ledger: Ledger, case: CaseFile) -> tuple[bytes, bytes]:
    """The first picture of before and the last of after, small; empty where there is none."""
    pieces = [piece for piece in case.evidence if is_picture(piece) and piece.present]
    before = [piece for piece in pieces if side_of(piece) == BEFORE]
    after = [piece for piece in pieces if side_of(piece) == AFTER]
    first, last = before[0].sha256 if before else "", after[-1].sha256 if after else ""
    return thumbnail_of(ledger, first), thumbnail_of(ledger, last)


# The public version


def _private(ledger: Ledger, words: Sequence[str]) -> Private:
    """What the public may not read: everyone's name and number, the leaders of problems, who worked on the ledger."""
    people, units, office = read_people(ledger), read_units(ledger), read_office(ledger)
    names = [person.name for person in people] + list(all_leaders(ledger))
    for key in _CONTACTS:
        names += re.split(r"[、，,\s]+", read_setting(ledger, key))
    phones = [person.phone for person in people] + [unit.phone for unit in units] + [read_setting(ledger, "phone")]
    kept = [name for unit in units for name in (unit.name, unit.short_name, *unit.aliases)]
    return private_of(names, phones, [*kept, office.name, office.district], words)


def _require_public(handle: IO[bytes], private: Private) -> None:
    """Read every text of the finished workbook; Refused, naming what, where one may not be made public."""
    handle.flush()
    with zipfile.ZipFile(handle) as archive:
        for name in archive.namelist():
            if not name.endswith(".xml"):
                continue
            for text in _texts_of(archive, name):
                if found := private_in(text, private):
                    sentence = f"公开版中仍有不能公开的内容：{'、'.join(found)}，没有生成文件。请先改好这处文字。"
                    raise Refused(sentence, "not_public")
    handle.seek(0, 2)


def _texts_of(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    """The texts of one part, a block at a time."""
    rest, decoder = "", codecs.getincrementaldecoder("utf-8")("replace")
    with archive.open(name) as part:
        while block := part.read(_BLOCK):
            text = rest + decoder.decode(block)
            end = 0
            for found in _TEXTS.finditer(text):
                end = found.end()
                yield unescape("".join(filter(None, found.groups())))
            rest = text[max(end, len(text) - _OVERLAP) :]
