"""Which files a drop or a paste brings: folders are opened, and what no clerk means is left out."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData

MOST = 300
_NEVER = ("thumbs.db", "desktop.ini", ".ds_store")


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """Files found, how many were left out as temporary or hidden, and whether there were more than ``MOST``."""

    files: tuple[Path, ...]
    left_out: int = 0
    is_cut: bool = False

    def sentence(self) -> str:
        """What was taken and what was not, in one sentence."""
        words = [f"已加入{len(self.files)}个文件"]
        if self.left_out:
            words.append(f"略过{self.left_out}个隐藏或临时文件")
        if self.is_cut:
            words.append(f"一次最多加入{MOST}个，其余没有加入，请分批拖入")
        return "，".join(words) + "。"


def find_files(paths: Iterable[Path]) -> FoundFiles:
    """The files of a drop, those of its folders in the order of their names; hidden and temporary ones left out."""
    files: list[Path] = []
    left_out = 0
    for path in _opened(paths):
        if len(files) == MOST:
            return FoundFiles(tuple(files), left_out, True)
        if _is_meant(path):
            files.append(path)
        else:
            left_out += 1
    return FoundFiles(tuple(files), left_out)


def local_paths(mime: QMimeData) -> list[Path]:
    """The local files and folders that a drop or the clipboard names."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def size_words(path: Path) -> str:
    """How large a file is, in words; a file that is gone says so."""
    try:
        size = path.stat().st_size
    except OSError:
        return "文件不在了"
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(1, round(size / 1024))} KB"


def _opened(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            for folder, inner, names in os.walk(path):
                inner[:] = sorted(name for name in inner if not name.startswith("."))
                yield from (Path(folder, name) for name in sorted(names))
        elif path.exists():
            yield path


def _is_meant(path: Path) -> bool:
    name = path.name.lower()
    return not name.startswith((".", "~$")) and name not in _NEVER and not name.endswith((".tmp", ".part"))
