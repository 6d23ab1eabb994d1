"""Which workbooks are looked at as our own, and that none of them fills the memory or brings the program down."""

import contextlib
import io
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest

from desktop.plans.export_marks import ID_TITLE, SHEET
from desktop.plans.export_reader import read_export
from desktop.plans.own_workbook import is_own_workbook
from desktop.rules.errors import Refused
from tests.plans.hostile import broken
from tests.plans.office import docx, par, xlsx, zipped
from tests.plans.old_sheet import xls
from tests.plans.test_hostile_office import ROWS, bomb, parts_of, strings

SHEET_PART = "xl/worksheets/sheet1.xml"
FAR = '<row r="{row}"><c r="{cell}" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'


def marked(title: str = SHEET, first: str = "序号") -> bytes:
    """A workbook with a second sheet of this name, whose first one begins with a word."""
    book = openpyxl.Workbook()
    book.worksheets[0].append([first, "问题内容"])
    book.create_sheet(title)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def with_far_cell(data: bytes, row: int, cell: str) -> bytes:
    parts = parts_of(data)
    text = bytes(parts[SHEET_PART]).decode() if isinstance(parts[SHEET_PART], bytes) else str(parts[SHEET_PART])
    return zipped({**parts, SHEET_PART: text.replace("</sheetData>", FAR.format(row=row, cell=cell))})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "台账.xlsx"


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (marked(), True),
        (marked("别的"), False),
        (marked("别的", ID_TITLE), True),
        (xlsx(ROWS), False),
        (docx(par("导出标识")), False),
        (b"", False),
        (b"PK\x03\x04rubbish", False),
        (xls(ROWS), True),
    ],
    ids=["hidden sheet", "another sheet", "hidden column", "a plan", "Word", "empty", "no zip", "older format"],
)
def test_a_workbook_of_ours_is_known_by_its_marks(data: bytes, wanted: bool, file: Path) -> None:
    file.write_bytes(data)
    assert is_own_workbook(file, SHEET, ID_TITLE) is wanted


@pytest.mark.parametrize(
    "data",
    [
        with_far_cell(xlsx(ROWS), 1_048_576, "XFD1048576"),
        strings(2_000),
        bomb("xl/sharedStrings.xml", "<sst>", b"<si><t>" + b"a" * 3_000_000 + b"</t></si>"),
        xls(ROWS, stray=(65_535, 255)),
    ],
    ids=["far cells", "long texts", "bomb", "far cells in an older format"],
)
def test_what_is_not_ours_is_left_to_the_reader_of_plans(data: bytes, file: Path) -> None:
    file.write_bytes(data)
    assert read_export(file, {}) is None


@pytest.mark.parametrize(("row", "cell"), [(1_048_576, "A1048576"), (3, "XFD3"), (3, "DA3"), (100_000, "B100000")])
def test_one_of_ours_with_a_cell_far_away_is_refused_in_one_sentence(row: int, cell: str, file: Path) -> None:
    file.write_bytes(with_far_cell(marked(), row, cell))
    with pytest.raises(Refused, match="远离表格的零散单元格") as caught:
        read_export(file, {})
    assert "台账没有变化" in caught.value.sentence


@pytest.mark.parametrize(("row", "cell"), [(99_999, "B99999"), (3, "CZ3")])
def test_a_cell_as_far_as_a_ledger_may_go_is_read(row: int, cell: str, file: Path) -> None:
    file.write_bytes(with_far_cell(marked(), row, cell))
    assert is_own_workbook(file, SHEET, ID_TITLE)


def test_a_damaged_workbook_of_ours_is_read_refused_or_left_but_never_a_fault(file: Path) -> None:
    whole = marked(first=ID_TITLE)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        names = [name for name in archive.namelist() if name.endswith(".xml")]
    for seed in range(60):
        chance = random.Random(seed)
        parts = parts_of(whole)
        name = chance.choice(names)
        content = parts[name]
        parts[name] = broken(content if isinstance(content, bytes) else content.encode(), chance)
        file.write_bytes(zipped(parts) if seed % 2 else broken(whole, chance))
        with contextlib.suppress(Refused):
            read_export(file, {"问题内容": "text"})
