"""Opens the zip of a docx or xlsx with bounds: parts, sizes, and XML without document types or entities."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

from desktop.rules.errors import Refused

MAX_PARTS = 20_000
MAX_PART = 160 * 1024 * 1024
_CHUNK = 256 * 1024
# What opening and unpacking a damaged, locked or strange archive raises.
ZIP_FAULTS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    ValueError,
    NotImplementedError,
    OSError,
    EOFError,
    RuntimeError,
    struct.error,
    zlib.error,
)
_DOCTYPE = re.compile(rb"<!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|<!\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y")
_STRANGE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|&#(?:x[dD][89a-fA-F][0-9a-fA-F]{2}|[0-8]|x[0-8]);"
)

Tick = Callable[[float], None]


class OfficeZip:
    """The parts of an office file; a class because the open archive and the name of the file go together."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        if _count(data) > MAX_PARTS:
            raise self.refusal("里的零件多得不正常，不是办公软件存的文件", "too_large")
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except ZIP_FAULTS:
            raise self.broken() from None
        self._names = {entry.filename.lstrip("/").lower(): entry for entry in self._archive.infolist()}

    def has(self, part: str) -> bool:
        """Is there such a part? Upper and lower case do not count."""
        return part.lower() in self._names

    def chunks(self, part: str, tick: Tick | None = None) -> Iterator[bytes]:
        """The bytes of a part, piece by piece; ``tick`` hears the share read so far.

        Refused: a part that unpacks to more than 160 MB, one that is damaged, locked by a password or declares a
        document type.
        """
        entry = self._names.get(part.lower())
        if entry is None:
            raise self.broken()
        if entry.file_size > MAX_PART:
            raise self._bomb()
        seen = 0
        tail = b""
        try:
            with self._archive.open(entry) as stream:
                while piece := stream.read(_CHUNK):
                    seen += len(piece)
                    if seen > MAX_PART:
                        raise self._bomb()
                    if _DOCTYPE.search(tail + piece):
                        raise self.refusal("含有外部定义或实体，可能有害", "entities")
                    tail = piece[-24:]
                    yield piece
                    if tick is not None:
                        tick(min(1.0, seen / max(1, entry.file_size)))
        except ZIP_FAULTS:
            raise self.broken() from None

    def mended(self, part: str) -> Iterator[bytes]:
        """A part as UTF-8 in which characters that no XML may hold stand as U+FFFD."""
        text = b"".join(self.chunks(part)).decode("utf-8", "replace")
        yield _STRANGE.sub("\ufffd", text).encode()

    def read(self, part: str, most: int = 32 * 1024 * 1024) -> bytes:
        """A small part as a whole, or nothing when it is not there."""
        if not self.has(part):
            return b""
        found = bytearray()
        for piece in self.chunks(part):
            found += piece
            if len(found) > most:
                raise self._bomb()
        return bytes(found)

    def tree(self, part: str) -> ElementTree.Element | None:
        """A small part as a tree, or None when it is not there."""
        data = self.read(part)
        if not data:
            return None
        try:
            return ElementTree.fromstring(data)
        except (ElementTree.ParseError, LookupError, ValueError):
            raise self.broken() from None

    def refusal(self, what: str, key: str) -> Refused:
        """One sentence for the clerk: what is wrong with the file, and what to do."""
        sentence = f"“{self.name}”{what}，没有读取，台账未作改动；请用 Word、Excel 或 WPS 打开后另存一份再导入。"
        return Refused(sentence, key)

    def broken(self) -> Refused:
        """The file is cut off or damaged."""
        return self.refusal("已损坏或不完整", "broken_file")

    def _bomb(self) -> Refused:
        return self.refusal(f"解压后超过{MAX_PART // 1024 // 1024} MB，不像整改方案", "too_large")


def _count(data: bytes) -> int:
    """How many parts the directory at the end of a zip can hold at most, by its size: 46 bytes are the least."""
    place = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if place < 0 or place + 22 > len(data):
        return 0
    size: int = struct.unpack_from("<I", data, place + 12)[0]
    if size == 0xFFFFFFFF:
        return MAX_PARTS + 1
    return size // 46
