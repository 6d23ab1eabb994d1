"""佐证材料目录 (domain §4 F22): what each column of the catalogue says about one piece of evidence."""

import re
from collections.abc import Callable, Mapping

from desktop.rules.bundle_plan import CatalogueLine, Way
from desktop.rules.needed import item_name
from desktop.rules.photo_pairs import is_picture
from desktop.rules.records import CaseFile, Evidence
from desktop.rules.region import Region
from desktop.rules.wording import NO_TEXT, chinese_number, date_in_table

APART, GONE = "另附", "缺附件"
_ENDING = re.compile(r"(?<=.)\.[A-Za-z0-9]{1,5}$")
_KINDS = (
    ("application/pdf", "扫描件"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml", "表格"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml", "文件"),
    ("application/x-ole", "文件"),
    ("text/", "文件"),
    ("video/", "音像"),
    ("audio/", "音像"),
    ("image/", "照片"),
)


def material_name(piece: Evidence) -> str:
    """What a piece is called: a photograph by its remark, since cameras only number; a document by its file name."""
    if is_picture(piece) and piece.note.strip():
        return " ".join(piece.note.split())
    return _ENDING.sub("", piece.name) or piece.name


def category_of(piece: Evidence, region: Region) -> str:
    """The paper of the checklist it is, else the kind of file."""
    name = item_name(piece.item, region) if piece.item != "proof" else ""
    if name:
        return re.sub(r"（[^）]*）", "", name)
    return next((words for kind, words in _KINDS if piece.media_type.startswith(kind)), "其他材料")


def original_words(piece: Evidence) -> str:
    """原件 or 复印件 as the clerk said; else a photograph is an original, a scan a copy, a typed file 电子件."""
    if piece.is_copy is not None:
        return "复印件" if piece.is_copy else "原件"
    if is_picture(piece):
        return "原件" if not piece.item else "复印件"
    return "复印件" if piece.media_type == "application/pdf" else "电子件"


def pages_words(line: CatalogueLine) -> str:
    """起止页码: 3—5, one page alone as 3; 另附 and 缺附件 for what is not in the bundle."""
    if line.first is None or line.last is None:
        return GONE if line.way == Way.GONE else APART
    return str(line.first) if line.first == line.last else f"{line.first}—{line.last}"


def measure_words(case: CaseFile, piece: Evidence) -> str:
    """对应措施: the number as the plan counts, ``/`` for the whole problem."""
    number = next((measure.number for measure in case.measures if measure.id == piece.measure_id), None)
    return NO_TEXT if number is None else f"（{chinese_number(number)}）"


_CELLS: Mapping[str, Callable[[CatalogueLine, CaseFile, Region], str]] = {
    "number": lambda line, case, region: str(line.number),
    "name": lambda line, case, region: material_name(line.piece),
    "category": lambda line, case, region: category_of(line.piece, region),
    "maker": lambda line, case, region: line.piece.maker or NO_TEXT,
    "formed_on": lambda line, case, region: date_in_table(line.piece.taken_on) if line.piece.taken_on else NO_TEXT,
    "pages": lambda line, case, region: str(line.pages) if line.pages else NO_TEXT,
    "page_range": lambda line, case, region: pages_words(line),
    "measure": lambda line, case, region: measure_words(case, line.piece),
    "original": lambda line, case, region: original_words(line.piece),
}
CATALOGUE_FIELDS = tuple(_CELLS)


def catalogue_cell(field: str, line: CatalogueLine, case: CaseFile, region: Region) -> str:
    """The words of one of ``CATALOGUE_FIELDS``; what nobody knows is ``/``."""
    return _CELLS[field](line, case, region)
