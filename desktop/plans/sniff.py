"""What a file really is, told by its first bytes and never by its name."""

import io
import zipfile

from desktop.rules.errors import Refused

_MAGIC: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (b"\x89PNG\r\n\x1a\n", "PNG 图片", ("png",)),
    (b"\xff\xd8\xff", "JPEG 图片", ("jpg", "jpeg")),
    (b"GIF8", "GIF 图片", ("gif",)),
    (b"BM", "BMP 图片", ("bmp",)),
    (b"II*\x00", "TIFF 图片", ("tif", "tiff")),
    (b"MM\x00*", "TIFF 图片", ("tif", "tiff")),
    (b"%PDF-", "PDF 文件", ("pdf",)),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "旧版 Office 或 WPS 文件（doc、xls、wps、et）",
        ("doc", "xls", "ppt", "wps", "et", "dps"),
    ),
    (b"{\\rtf", "RTF 文档", ("rtf",)),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包", ("7z",)),
    (b"Rar!\x1a\x07", "RAR 压缩包", ("rar",)),
    (b"\x1f\x8b", "gzip 压缩包", ("gz", "tgz")),
    (b"SQLite format 3\x00", "SQLite 数据库", ("sqlite", "db")),
    (b"\x7fELF", "Linux 程序文件", ()),
    (b"OggS", "音频或视频文件", ("ogg",)),
    (b"ID3", "MP3 音频", ("mp3",)),
)
_ZIP_PARTS = (
    ("word/", "Word 文档（docx）", "docx"),
    ("xl/", "Excel 工作簿（xlsx）", "xlsx"),
    ("ppt/", "演示文稿（pptx）", "pptx"),
    ("OFD.xml", "OFD 版式文件", "ofd"),
)


def refuse_other_formats(data: bytes, name: str) -> None:
    """Raise Refused with the true kind of the file when its bytes are a picture, PDF, archive or office file."""
    found = _kind(data)
    if found is None:
        return
    kind, suffixes = found
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if suffix in suffixes:
        sentence = f"“{name}”是{kind}，目前只能读取纯文本的整改方案；原文件未作改动，请打开后另存为 TXT 文本再导入。"
    else:
        sentence = f"“{name}”实际上是{kind}，只是扩展名不同，不是文本；原文件未作改动，请换成方案的文本文件再导入。"
    raise Refused(sentence, "not_a_text")


def _kind(data: bytes) -> tuple[str, tuple[str, ...]] | None:
    head = data[:64]
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip_kind(data)
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return ("WebP 图片", ("webp",)) if head[8:12] == b"WEBP" else ("音频或视频文件", ("wav", "avi"))
    if head[4:8] == b"ftyp":
        return "视频或 HEIC 图片", ("mp4", "mov", "heic")
    if head.startswith(b"MZ") and b"\x00" in head:
        return "Windows 程序文件", ("exe", "dll")
    for magic, kind, suffixes in _MAGIC:
        if head.startswith(magic) and (len(magic) > 3 or _has_controls(data)):
            return kind, suffixes
    return None


def _has_controls(data: bytes) -> bool:
    """Two or three letters alone may begin an honest text; a picture also holds control bytes."""
    return any(byte < 9 or 14 <= byte < 32 for byte in data[:256])


def _zip_kind(data: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()[:2000]
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "已损坏的压缩包或 Office 文件", ("zip", "docx", "xlsx", "pptx", "ofd")
    for part, kind, suffix in _ZIP_PARTS:
        if any(entry.startswith(part) for entry in names):
            return kind, (suffix,)
    return "ZIP 压缩包", ("zip",)
