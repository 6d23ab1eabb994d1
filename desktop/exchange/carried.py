"""整本台账: a whole ledger on the way to another PC of the same office, as a folder or as one zip file.

Both hold ``ledger.sqlite``, ``evidence/ab/<sha256>``, ``templates/…`` and ``carried.json``, the list of all files with
size and SHA-256. Whatever is read is checked against that list while it is copied.
"""

import hashlib
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from desktop.exchange.limits import MIB, Limits
from desktop.exchange.streams import Count, Phase, SteadyFile
from desktop.exchange.unpack import require_apart, require_small_directory
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.ops import MAX_INT, canonical, is_hex, strict_json

INDEX, DATABASE, EVIDENCE, TEMPLATES = "carried.json", "ledger.sqlite", "evidence/", "templates/"
SUFFIX, SECRET_SUFFIX = ".zgl", ".zglx"
FORMAT = 1
LIMITS = Limits(entries=500_000, directory=256 * MIB, volume=1 << 50)
_LARGEST_INDEX = 256 * MIB
_EVIDENCE = re.compile(r"evidence/([0-9a-f]{2})/\1[0-9a-f]{62}")
_TEMPLATE = re.compile(r'templates/[^./\\:*?"<>|\x00-\x1f][^/\\:*?"<>|\x00-\x1f]{0,99}')
_MOMENT = (1980, 1, 1, 0, 0, 0)
_ZIP_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class CarriedFile:
    """A file as the list names it."""

    name: str
    sha256: str
    size: int

    @property
    def digest(self) -> str:
        """The SHA-256 in the name of a file of evidence; empty for any other file."""
        return self.name.rpartition("/")[2] if self.name.startswith(EVIDENCE) else ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Whose ledger it is: ``office`` its id, ``at`` a reading of its clock; ``id`` names this one carrying."""

    id: str
    office: str
    name: str
    at: int
    files: tuple[CarriedFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A file to carry: its name there, and where it lies now."""

    name: str
    path: Path


class Carried:
    """What lies on the stick. Attributes: ``facts``, and ``size`` of all files together."""

    def __init__(self, facts: Facts, opener: Callable[[str], IO[bytes]]) -> None:
        self.facts = facts
        self.size = sum(file.size for file in facts.files)
        self._open = opener

    def extract(self, file: CarriedFile, target: Path, count: Callable[[int], object] = lambda size: None) -> None:
        """Copy one file out durably, checked while it is copied; Refused and nothing left when it is not as listed."""
        try:
            with target.open("wb") as out:
                steady = SteadyFile(out)
                self._read(file, steady.write, count)
                steady.sync()
        except BaseException:
            with suppress(OSError):
                target.unlink(missing_ok=True)
            raise

    def check(self, count: Callable[[int], object] = lambda size: None) -> None:
        """Read every byte and compare it with the list; Refused when one differs."""
        for file in self.facts.files:
            self._read(file, lambda data: 0, count)

    def _read(self, file: CarriedFile, write: Callable[[bytes], int], count: Callable[[int], object]) -> None:
        digest, size = hashlib.sha256(), 0
        try:
            with self._open(file.name) as source:
                while block := source.read(MIB):
                    size += len(block)
                    if size > file.size:
                        raise damaged(file.name)
                    digest.update(block)
                    write(block)
                    count(len(block))
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, FileNotFoundError) as error:
            raise damaged(file.name) from error
        if digest.hexdigest() != file.sha256 or size != file.size:
            raise damaged(file.name)


def write_folder(part: Path, facts: Facts, items: Sequence[Item], count: Count) -> Facts:
    """Write a ledger into a new folder and read it back; returns the facts with the list.

    The caller gives the folder its final name; what goes wrong leaves it half, for him to remove.
    """
    files = []
    for item in items:
        target = part / item.name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            steady = SteadyFile(out)
            files.append(_copy(item, steady.write, count))
            steady.sync()
    done = _with(facts, files)
    with (part / INDEX).open("wb") as out:
        steady = SteadyFile(out)
        steady.write(_index(done))
        steady.sync()
    _read_back(part, count)
    return done


def write_file(part: Path, facts: Facts, items: Sequence[Item], count: Count) -> Facts:
    """Write a ledger as one file and read it back; as ``write_folder``."""
    files = []
    with part.open("wb") as out:
        steady = SteadyFile(out)
        with zipfile.ZipFile(cast(IO[bytes], steady), "w", allowZip64=True) as archive:
            for item in items:
                entry = zipfile.ZipInfo(item.name, _MOMENT)
                # Photos do not get smaller by deflating, the database does.
                entry.compress_type = zipfile.ZIP_DEFLATED if item.name == DATABASE else zipfile.ZIP_STORED
                with archive.open(entry, "w", force_zip64=True) as inside:
                    files.append(_copy(item, inside.write, count))
            done = _with(facts, files)
            archive.writestr(zipfile.ZipInfo(INDEX, _MOMENT), _index(done))
        steady.sync()
    _read_back(part, count)
    return done


def _read_back(part: Path, count: Count) -> None:
    with open_carried(part) as carried:
        carried.check(lambda size: count(Phase.CHECKING, size))


def _copy(item: Item, write: Callable[[bytes], int], count: Count) -> CarriedFile:
    digest, size = hashlib.sha256(), 0
    with item.path.open("rb") as source:
        while block := source.read(MIB):
            digest.update(block)
            size += len(block)
            write(block)
            count(Phase.WRITING, len(block))
    made = CarriedFile(item.name, digest.hexdigest(), size)
    if made.digest and made.digest != made.sha256:
        raise KnownFault("有一份佐证材料与收录时不同，没有带出，台账未变。", "请先做台账体检，补回原件后再带出。")
    return made


def _with(facts: Facts, files: Sequence[CarriedFile]) -> Facts:
    return Facts(facts.id, facts.office, facts.name, facts.at, tuple(files))


def _index(facts: Facts) -> bytes:
    files = [[file.name, file.sha256, file.size] for file in facts.files]
    head = {"at": facts.at, "fmt": FORMAT, "id": facts.id, "name": facts.name, "office": facts.office}
    return canonical({**head, "files": files})


def looks_carried(path: Path) -> bool:
    """True for a folder or file that was written by these functions, as far as can be seen at once."""
    if path.is_dir():
        return (path / INDEX).is_file()
    try:
        with zipfile.ZipFile(path) as archive:
            return INDEX in archive.namelist()
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return False


@contextmanager
def open_carried(path: Path) -> Iterator[Carried]:
    """Open what was carried, a folder or a file; Refused when it is none or its list is not sound."""
    if path.is_dir():
        if not (path / INDEX).is_file():
            raise Refused(
                f"这里没有从另一台电脑带来的整本台账：{path}。没有改动。请选择带出时生成的文件夹或文件。",
                "carried_none",
            )
        with (path / INDEX).open("rb") as handle:
            facts = _read_facts(handle.read(_LARGEST_INDEX + 1))
        yield Carried(facts, lambda name: (path / name).open("rb"))
        return
    with path.open("rb") as handle:
        try:
            require_small_directory(handle, LIMITS)
            archive = zipfile.ZipFile(handle)
            infos = {info.filename: info for info in archive.infolist()}
            sound = len(infos) == len(archive.infolist()) and not any(
                info.flag_bits & _ZIP_ENCRYPTED or info.orig_filename != info.filename for info in infos.values()
            )
            require_apart(archive.infolist())
            if not sound or INDEX not in infos or infos[INDEX].file_size > _LARGEST_INDEX:
                raise damaged(path.name)
            facts = _read_facts(archive.read(INDEX))
        except (Refused, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
            raise damaged(path.name) from error
        if {file.name for file in facts.files} | {INDEX} != set(infos):
            raise damaged(path.name)
        with archive:
            yield Carried(facts, archive.open)


def _read_facts(body: bytes) -> Facts:
    raw = strict_json(body) if len(body) <= _LARGEST_INDEX else None
    if isinstance(raw, dict) and type(raw.get("fmt")) is int and raw["fmt"] > FORMAT:
        raise KnownFault("这份整本台账由更新版本的程序带出，本程序读不了，没有改动。", "请先更新本程序。")
    if not isinstance(raw, dict) or not _is_sound(raw):
        raise damaged(INDEX)
    files = tuple(CarriedFile(name, digest, size) for name, digest, size in raw["files"])
    if len({file.name for file in files}) != len(files) or DATABASE not in {file.name for file in files}:
        raise damaged(INDEX)
    return Facts(raw["id"], raw["office"], raw["name"], raw["at"], files)


def _is_sound(raw: dict[str, Any]) -> bool:
    return (
        is_hex(raw.get("id"), 32)
        and is_hex(raw.get("office"), 32)
        and isinstance(raw.get("name"), str)
        and _is_count(raw.get("at"))
        and isinstance(raw.get("files"), list)
        and all(_is_file(entry) for entry in raw["files"])
    )


def _is_file(entry: object) -> bool:
    if not isinstance(entry, list) or len(entry) != 3:
        return False
    name, digest, size = entry
    if not isinstance(name, str) or not is_hex(digest, 64) or not _is_count(size):
        return False
    if _EVIDENCE.fullmatch(name):
        return name.endswith(str(digest)) and size <= LIMITS.attachment
    return name == DATABASE or _TEMPLATE.fullmatch(name) is not None


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= MAX_INT


def damaged(name: str) -> Refused:
    """What is told of a carried ledger that is not as it was written."""
    return Refused(
        f"这份整本台账不完整或被改动过（{name}），没有采用，本机的台账未变；请从原来的电脑重新带出一份。",
        "carried_damaged",
    )
