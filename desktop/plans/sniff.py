"""What a file really is, told by its bytes and never by its name."""

import io
import zipfile
from dataclasses import dataclass

from desktop.rules.errors import Refused

_MAGIC: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG 图片", ("png",)),
    (b"\xff\xd8\xff", "JPEG 图片", ("jpg", "jpeg")),
    (b"GIF8", "GIF 图片", ("gif",)),
    (b"BM", "BMP 图片", ("bmp",)),
    (b"II*\x00", "TIFF 图片", ("tif", "tiff")),
    (b"MM\x00*", "TIFF 图片", ("tif", "tiff")),
    (b"%PDF-", "PDF 文件", ("pdf",)),
    (b"{\\rtf", "RTF 文档", ("rtf",)),
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
    ("WordDocument", "doc", "旧版 Word 或 WPS 文档（doc、wps）", ("doc", "wps", "dot")),
    ("Workbook", "xls", "旧版 Excel 或 WPS 表格（xls、et）", ("xls", "et")),
    ("Book", "xls", "旧版 Excel 或 WPS 表格（xls、et）", ("xls", "et")),
)
_ZIP_PARTS = (
    ("word/", "Word 文档（docx）", "docx"),
    ("xl/", "Excel 工作簿（xlsx）", "xlsx"),
    ("ppt/", "演示文稿（pptx）", "pptx"),
    ("OFD.xml", "OFD 版式文件", "ofd"),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: ``key`` for the program (docx, xlsx, xls, pdf …), its name in words, its usual suffixes."""

    key: str
    words: str
    suffixes: tuple[str, ...]


def kind_of(data: bytes) -> Kind | None:
    """The kind of a picture, PDF, archive, office or program file; None for what is probably text."""
    head = data[:64]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if head.startswith(_OLE):
        return _ole_kind(data)
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        is_picture = head[8:12] == b"WEBP"
        return Kind("picture", "WebP 图片", ("webp",)) if is_picture else Kind("", "音频或视频文件", ("wav", "avi"))
    if head[4:8] == b"ftyp":
        return Kind("", "视频或 HEIC 图片", ("mp4", "mov", "heic"))
    if head.startswith(b"MZ") and b"\x00" in head:
        return Kind("", "Windows 程序文件", ("exe", "dll"))
    for magic, words, suffixes in _MAGIC:
        if head.startswith(magic) and (len(magic) > 3 or _has_controls(data)):
            return Kind("picture" if "图片" in words else suffixes[0] if suffixes else "", words, suffixes)
    return None


def refuse_other_formats(data: bytes, name: str) -> None:
    """Raise Refused with the true kind of the file when its bytes are those of a format that is not text."""
    kind = kind_of(data)
    if kind is None:
        return
    words = kind.words
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if suffix in kind.suffixes:
        sentence = f"“{name}”是{words}，目前只能读取纯文本的整改方案；原文件未作改动，请打开后另存为 TXT 文本再导入。"
    else:
        sentence = f"“{name}”实际上是{words}，只是扩展名不同，不是文本；原文件未作改动，请换成方案的文本文件再导入。"
    raise Refused(sentence, "not_a_text")


def _has_controls(data: bytes) -> bool:
    """Two or three letters alone may begin an honest text; a picture also holds control bytes."""
    return any(byte < 9 or 14 <= byte < 32 for byte in data[:256])


def _ole_kind(data: bytes) -> Kind:
    for stream, key, words, suffixes in _OLE_STREAMS:
        if stream.encode("utf-16-le") + b"\x00\x00" in data:
            return Kind(key, words, suffixes)
    return Kind("", "旧版 Office 或 WPS 文件（doc、xls、wps、et）", ("doc", "xls", "ppt", "wps", "et", "dps"))


def _zip_kind(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()[:2000]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return Kind("broken", "已损坏的压缩包或 Office 文件", ("zip", "docx", "xlsx", "pptx", "ofd"))
    for part, words, suffix in _ZIP_PARTS:
        if any(entry.startswith(part) for entry in names):
            return Kind(suffix, words, (suffix,))
    return Kind("zip", "ZIP 压缩包", ("zip",))
