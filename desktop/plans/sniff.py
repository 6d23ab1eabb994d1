"""What a file really is, told by its bytes and never by its name."""

import io
import re
import zipfile
from dataclasses import dataclass

from desktop.plans.office_zip import ZIP_FAULTS

_PICTURES: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG 图片", ("png",)),
    (b"\xff\xd8\xff", "JPEG 图片", ("jpg", "jpeg")),
    (b"GIF8", "GIF 图片", ("gif",)),
    (b"BM", "BMP 图片", ("bmp",)),
    (b"II*\x00", "TIFF 图片", ("tif", "tiff")),
    (b"MM\x00*", "TIFF 图片", ("tif", "tiff")),
)
_MAGIC: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (b"{\\rtf", "RTF 文档", ("rtf", "doc")),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", ("7z",)),
    (b"Rar!\x1a\x07", "RAR 压缩包", ("rar",)),
    (b"\x1f\x8b", "gzip 压缩包", ("gz", "tgz")),
    (b"SQLite format 3\x00", "SQLite 数据库", ("sqlite", "db")),
    (b"\x7fELF", "Linux 程序文件", ()),
    (b"OggS", "音频或视频文件", ("ogg",)),
    (b"ID3", "MP3 音频", ("mp3",)),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Streams by which a compound file is told; the names stand in its directory as UTF-16.
_OLE_STREAMS = (
    ("EncryptionInfo", "encrypted", "加密的 Office 文件", ("docx", "xlsx", "pptx")),
    ("WordDocument", "doc", "旧版 Word 或 WPS 文档（doc、wps）", ("doc", "wps", "dot", "wpt")),
    ("Workbook", "xls", "旧版 Excel 或 WPS 表格（xls、et）", ("xls", "et", "xlt", "ett")),
    ("Book", "xls", "旧版 Excel 或 WPS 表格（xls、et）", ("xls", "et")),
)
_ZIP_PARTS = (
    ("word/", "docx", "Word 文档（docx）", ("docx", "docm", "dotx")),
    ("xl/", "xlsx", "Excel 工作簿（xlsx）", ("xlsx", "xlsm", "xltx")),
    ("ppt/", "pptx", "演示文稿（pptx）", ("pptx",)),
    ("OFD.xml", "ofd", "OFD 版式文件", ("ofd",)),
)
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": ("odt", "ODT 文档"),
    b"application/vnd.oasis.opendocument.spreadsheet": ("ods", "ODS 表格"),
}
_MARKUP = (
    (re.compile(rb"<(?:!doctype\s+html|html)\b", re.I), "html", "网页格式的文件", ("html", "htm", "doc", "xls")),
    (re.compile(rb"mso-application[^>]*Word\.Document|<w:wordDocument\b"), "wordml", "Word 2003 文档", ("xml", "doc")),
    (re.compile(rb"MIME-Version:.{0,400}?multipart/related", re.I | re.S), "mht", "网页归档文件", ("mht", "doc")),
)
_MOST_CONTENTS = 4 * 1024 * 1024
_PDF_WITHIN = 1024  # a PDF may begin with other bytes, as far as readers go


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: ``key`` for the program, its name in words, its usual suffixes.

    Keys: pdf, docx, xlsx, xls, doc, rtf, odt, ods, html, wordml, mht, picture, ofd, encrypted, archive, broken; empty
    for what no plan is kept in.
    """

    key: str
    words: str
    suffixes: tuple[str, ...]
    inside: tuple[str, ...] = ()

    def is_named(self, name: str) -> bool:
        """Does the name of the file end as that of this kind does?"""
        return suffix_of(name) in self.suffixes


TEXT = Kind("text", "文本文件", ("txt", "text"))
# Suffixes that promise something else than text.
KNOWN_SUFFIXES = frozenset({"pdf", "ofd", "html", "htm", "rtf", "odt", "ods"}).union(
    *(suffixes for *_, suffixes in (*_PICTURES, *_MAGIC, *_OLE_STREAMS, *_ZIP_PARTS))
)


def suffix_of(name: str) -> str:
    """The suffix of a file name in lower case, without its dot; empty where there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def kind_of(data: bytes) -> Kind | None:
    """The kind of a picture, PDF, archive, office or program file; None for what is probably text."""
    head = data[:64]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if head.startswith(_OLE):
        return _ole_kind(data)
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return Kind("pdf", "PDF 文件", ("pdf",))
    return _picture_kind(data) or _other_kind(data) or _markup_kind(data)


def _picture_kind(data: bytes) -> Kind | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Kind("picture", "WebP 图片", ("webp",))
    for magic, words, suffixes in _PICTURES:
        if data.startswith(magic) and (len(magic) > 3 or _has_controls(data)):
            return Kind("picture", words, suffixes)
    return None


def _other_kind(data: bytes) -> Kind | None:
    if data[:4] == b"RIFF" and data[8:12] in (b"WAVE", b"AVI "):
        return Kind("", "音频或视频文件", ("wav", "avi"))
    if data[4:8] == b"ftyp":
        return Kind("", "视频或 HEIC 图片", ("mp4", "mov", "heic"))
    if data.startswith(b"MZ") and b"\x00" in data[:64]:
        return Kind("", "Windows 程序文件", ("exe", "dll"))
    for magic, words, suffixes in _MAGIC:
        if data.startswith(magic) and (len(magic) > 3 or _has_controls(data)):
            key = "rtf" if "rtf" in suffixes else "archive" if "压缩包" in words else ""
            return Kind(key, words, suffixes)
    return None


def _markup_kind(data: bytes) -> Kind | None:
    """Pages that office programs and web systems write under the name of a document."""
    head = data[:2048].replace(b"\x00", b"")
    if not head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith((b"<", b"MIME-Version")):
        return None
    for pattern, key, words, suffixes in _MARKUP:
        if pattern.search(head):
            return Kind(key, words, suffixes)
    return None


def _has_controls(data: bytes) -> bool:
    """Two or three letters alone may begin an honest text; a picture also holds control bytes."""
    return any(byte < 9 or 14 <= byte < 32 for byte in data[:256])


def _ole_kind(data: bytes) -> Kind:
    for stream, key, words, suffixes in _OLE_STREAMS:
        if stream.encode("utf-16-le") + b"\x00\x00" in data:
            return Kind(key, words, suffixes)
    return Kind("", "旧版 Office 或 WPS 文件（ppt、dps 等）", ("doc", "xls", "ppt", "wps", "et", "dps"))


def _zip_kind(data: bytes) -> Kind:
    try:
        if not _is_bounded(data):
            raise zipfile.BadZipFile
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()[:2000]
    except ZIP_FAULTS:
        return Kind("broken", "已损坏的压缩包或 Office 文件", ("zip", "docx", "xlsx", "pptx", "ofd"))
    for part, key, words, suffixes in _ZIP_PARTS:
        if any(entry.startswith(part) for entry in names):
            return Kind(key, words, suffixes)
    for mark, (key, words) in _OPEN_DOCUMENTS.items():
        if names[:1] == ["mimetype"] and mark in data[:120]:
            return Kind(key, words, (key,))
    return Kind("archive", "ZIP 压缩包", ("zip",), tuple(_readable(name) for name in names if not name.endswith("/")))


def _is_bounded(data: bytes) -> bool:
    """Is the table of contents of an archive no longer than one of office files and of papers ever is?"""
    end = data.rfind(b"PK\x05\x06")
    return end < 0 or int.from_bytes(data[end + 12 : end + 16], "little") <= _MOST_CONTENTS


def _readable(name: str) -> str:
    """Chinese Windows writes names into an archive in its own encoding, which ``zipfile`` takes for another."""
    try:
        return name.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return name
