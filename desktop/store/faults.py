"""SQLite's and the disk's failures as one clear sentence each; what is not known stays a bug."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee

from desktop.rules.errors import KnownFault

_KNOWN = (
    ("disk is full", "磁盘空间不足，刚才的内容没有保存，此前确认的内容都在。", "请腾出空间后重做这一步。"),
    ("disk i/o", "读写磁盘出错，刚才的内容没有保存，此前确认的内容都在。", "请检查磁盘或U盘后重试，并做一次台账体检。"),
    ("readonly database", "台账所在的文件夹不能写入，没有保存。", "请检查文件夹权限，或把台账复制到可写的位置。"),
    ("read-only", "台账所在的文件夹不能写入，没有保存。", "请检查文件夹权限，或把台账复制到可写的位置。"),
    ("database is locked", "台账正被另一个程序写入，没有保存。", "请稍等片刻再试。"),
    ("malformed", "台账文件已损坏，没有改动它。", "请从备份恢复，损坏的文件请留着备查。"),
    ("not a database", "这个文件不是台账，或已损坏，没有改动它。", "请从备份恢复。"),
    ("unable to open", "打不开台账文件。", "请检查文件夹是否还在、是否有权限。"),
    ("could not decode", "台账文件已损坏，没有改动它。", "请从备份恢复，损坏的文件请留着备查。"),
    ("no such table", "这个文件不是台账，或已损坏，没有改动它。", "请从备份恢复。"),
    ("file is encrypted", "这个文件不是台账，或已损坏，没有改动它。", "请从备份恢复。"),
)
_NO_ROOM = ("磁盘空间不足，这一步没有完成，台账未变。", "请腾出空间后重试。")
_NO_RIGHT = ("没有权限读写，或文件正被占用：{path}。台账未变。", "请检查文件夹权限，关闭占用它的程序后重试。")
_GONE = ("找不到：{path}。台账未变。", "请检查文件是否还在、U盘是否已拔出。")
_BROKEN = ("读写出错：{path}。台账未变。", "请检查磁盘或U盘后重试。")
_OS_KNOWN = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: ("磁盘配额已满，这一步没有完成，台账未变。", "请腾出空间后重试。"),
    errno.EFBIG: ("文件超过这个磁盘允许的大小，这一步没有完成，台账未变。", "请换到其他磁盘后重试。"),
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.EBUSY: _NO_RIGHT,
    errno.EROFS: ("所在磁盘是只读的：{path}。台账未变。", "请换到可写的位置。"),
    errno.ENOENT: _GONE,
    errno.ENXIO: _GONE,
    errno.ENODEV: _GONE,
    errno.ESTALE: _GONE,
    errno.EIO: _BROKEN,
    errno.EEXIST: ("这里已有同名的文件，不能用作文件夹：{path}。台账未变。", "请换一个位置。"),
    errno.ELOOP: ("这个快捷链接指来指去没有尽头：{path}。台账未变。", "请检查路径。"),
    errno.EINVAL: ("文件名或位置不能用：{path}。台账未变。", "请换一个文件名或位置。"),
    errno.ENOTDIR: ("路径中有一段不是文件夹：{path}。台账未变。", "请检查路径。"),
    errno.ENAMETOOLONG: ("文件名或路径太长：{path}。台账未变。", "请改短后重试。"),
    errno.EISDIR: ("这是一个文件夹，不是文件：{path}。台账未变。", "请选择文件。"),
}


@contextmanager
def known_faults(path: Path | None = None) -> Iterator[None]:
    """Turn the failures of SQLite and the file system that a clerk can mend into KnownFault."""
    try:
        yield
    except (sqlite3.DatabaseError, peewee.DatabaseError) as error:
        known_fault = _known_sqlite(error)
        if known_fault is None:
            raise
        raise known_fault from error
    except OSError as error:
        known = _OS_KNOWN.get(error.errno or 0)
        if known is None:
            raise
        # A clerk knows a half-written file by the name that it was to get.
        name = str(error.filename or path or "").removesuffix(".part")
        raise KnownFault(known[0].format(path=name), known[1]) from error


def _known_sqlite(error: Exception) -> KnownFault | None:
    text = str(error).lower()
    return next((KnownFault(sentence, remedy) for words, sentence, remedy in _KNOWN if words in text), None)
