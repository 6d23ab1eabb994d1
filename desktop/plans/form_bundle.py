"""Forms with their photos as they come back: workbooks, folders, zip files in either; unpacked within limits.

A zip is believed in nothing: names are made safe, links and locked entries refused, and files, bytes and the share by
which they grow are counted while they are unpacked.
"""

import shutil
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from desktop.plans.office_zip import ZIP_FAULTS
from desktop.rules.errors import Refused

MOST_FILES, MOST_BYTES = 20_000, 4 << 30
LARGEST_FILE = 600 << 20
GREATEST_RATIO, RATIO_FROM = 200, 4 << 20  # what grows more, once it is large, was made to fill a disk
DEEPEST = 6
_BLOCK = 1 << 20
_SKIPPED = ("__macosx", "thumbs.db", "desktop.ini", ".ds_store")
_FORBIDDEN = '<>:"|?*\\'
_UTF8_NAME = 0x800
_LOCKED = 0x1
Tell = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Found:
    """A file among those that came: where it lies, and what the clerk calls it."""

    path: Path
    shown: str


class Unpacker:
    """Unpacks zips into one folder; the limits hold for all of them together."""

    def __init__(self, desk: Path, tell: Tell) -> None:
        self.desk, self.tell = desk, tell
        self._files = self._bytes = self._zips = 0

    def unpack(self, path: Path, shown: str) -> Path:
        """The folder a zip was unpacked into. Refused, with one sentence: damaged, locked, too large, unsafe names."""
        self._zips += 1
        target = self.desk / f"{self._zips}"
        target.mkdir(parents=True)
        try:
            with zipfile.ZipFile(path) as archive:
                entries = archive.infolist()
                for at, entry in enumerate(entries):
                    self.tell(f"正在解开“{shown}”", at / max(1, len(entries)))
                    self._take(archive, entry, target, shown)
        except ZIP_FAULTS as error:
            shutil.rmtree(target, ignore_errors=True)
            sentence = f"“{shown}”解不开（已损坏、有密码或不是zip），没有读取。请让填报单位重新压缩，或直接交文件夹。"
            raise Refused(sentence, "zip_broken") from error
        return target

    def _take(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, shown: str) -> None:
        name = entry_name(entry)
        if entry.flag_bits & _LOCKED:
            raise Refused(f"“{shown}”有密码，没有读取。请让填报单位去掉密码后重新交来。", "zip_locked")
        place = safe_place(name)
        if place is None or stat.S_ISLNK(entry.external_attr >> 16):
            raise Refused(f"“{shown}”里有不安全的文件名“{name[:60]}”，没有读取。请直接交文件夹。", "zip_unsafe")
        if any(part.lower() in _SKIPPED for part in place.parts):
            return
        path = target.joinpath(*place.parts)
        if name.endswith("/"):
            path.mkdir(parents=True, exist_ok=True)
            return
        self._files += 1
        if self._files > MOST_FILES:
            raise Refused(f"“{shown}”里的文件超过{MOST_FILES}个，没有读取。请分几次收。", "zip_files")
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(entry) as source, path.open("wb") as goal:
            size = 0
            while block := source.read(_BLOCK):
                goal.write(block)
                size += len(block)
                self._bytes += len(block)
                self._require_room(size, entry, shown)

    def _require_room(self, size: int, entry: zipfile.ZipInfo, shown: str) -> None:
        ratio = size / max(1, entry.compress_size)
        if size > LARGEST_FILE or self._bytes > MOST_BYTES or (size > RATIO_FROM and ratio > GREATEST_RATIO):
            raise Refused(f"“{shown}”解开后过大，不像填报表和照片，没有读取。请直接交文件夹。", "zip_size")


def entry_name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; what Windows packed without saying so is in GBK and was read as if it were English."""
    if entry.flag_bits & _UTF8_NAME:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for code in ("utf-8", "gb18030"):
        try:
            return raw.decode(code)
        except UnicodeDecodeError:
            continue
    return entry.filename


def safe_place(name: str) -> PurePosixPath | None:
    """A name inside of the folder it is unpacked into; None for one that leads out of it or holds control signs."""
    place = PurePosixPath(unicodedata.normalize("NFC", name.replace("\\", "/")))
    parts = [part for part in place.parts if part not in (".", "/")]
    if place.is_absolute() or not parts or ".." in parts or len(parts) > DEEPEST + 2:
        return None
    if any(ord(char) < 32 for char in name) or (len(parts[0]) == 2 and parts[0][1] == ":"):
        return None
    cleaned = ["".join("_" if char in _FORBIDDEN else char for char in part).rstrip(" .") for part in parts]
    return PurePosixPath(*cleaned) if all(cleaned) else None


def walk(folder: Path, shown: str) -> Iterator[Found]:
    """All files under a folder, links and what systems leave behind aside; nothing deeper than ``DEEPEST``."""
    waiting = [(folder, shown, 0)]
    while waiting:
        place, name, depth = waiting.pop(0)
        for entry in sorted(place.iterdir(), key=lambda path: path.name):
            if entry.is_symlink() or entry.name.lower() in _SKIPPED or entry.name.startswith("."):
                continue
            if entry.is_dir():
                if depth < DEEPEST:
                    waiting.append((entry, f"{name}/{entry.name}", depth + 1))
            elif entry.is_file():
                yield Found(entry, f"{name}/{entry.name}")


def is_zip(path: Path) -> bool:
    """True for a zip that is no office file."""
    with path.open("rb") as handle:
        if handle.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
            return False
    try:
        with zipfile.ZipFile(path) as archive:
            return "[Content_Types].xml" not in archive.namelist()
    except ZIP_FAULTS:
        return path.suffix.lower() == ".zip"
