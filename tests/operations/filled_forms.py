"""Units fill in their forms: for the tests of collecting, a unit's folder with what it wrote and photographed."""

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
from PIL import Image

from desktop.operations.month.unit_forms import make_forms
from desktop.store.ledger import Ledger

MONTH = "2026-11"


def sent(ledger: Ledger, folder: Path, month: str = MONTH) -> Path:
    """The forms of a month as they were sent out: a folder for each unit."""
    return Path(make_forms(ledger, month, folder).extra["folder"])


def unit_folder(forms: Path, unit: str) -> Path:
    """The folder of one unit."""
    return next(path for path in forms.iterdir() if path.name.startswith(unit))


def form_of(folder: Path) -> Path:
    """The workbook in a unit's folder."""
    return next(folder.glob("*.xlsx"))


def columns_of(book: Any) -> dict[str, int]:
    """The column of each field, and ``id`` for the hidden one."""
    fields = [cell.value for cell in book["填报标识"][2] if cell.value]
    return {field: at for at, field in enumerate(fields, 1)} | {"id": len(fields) + 1}


def fill(file: Path, rows: dict[int, dict[str, object]], **shared: object) -> None:
    """Type into a form: by the row's place among the measures (from 0), a value for each field."""
    book = openpyxl.load_workbook(file)
    ws, columns = book["进展情况"], columns_of(book)
    for at, values in rows.items():
        for field, value in {**shared, **values}.items():
            ws.cell(4 + at, columns[field]).value = value
    book.save(file)


def photo(colour: str) -> bytes:
    """A small picture."""
    data = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(data, "JPEG")
    return data.getvalue()


def put_photo(folder: Path, at: int, name: str, colour: str) -> Path:
    """A photo in the folder of a measure, by its place in the alphabet of folders."""
    place = sorted(path for path in folder.iterdir() if path.is_dir())[at]
    (place / name).write_bytes(photo(colour))
    return place / name


class WindowsEntry(zipfile.ZipInfo):
    """An entry as Windows packs it: its name in GBK, and no word of it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits


def zipped(folder: Path, target: Path, *, gbk: bool = False) -> Path:
    """A unit's folder as a zip, with names as other systems or as Windows write them."""
    kind = WindowsEntry if gbk else zipfile.ZipInfo
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(folder.rglob("*")):
            name = f"{folder.name}/{path.relative_to(folder).as_posix()}" + ("/" if path.is_dir() else "")
            archive.writestr(kind(name), b"" if path.is_dir() else path.read_bytes())
    return target
