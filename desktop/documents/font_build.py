"""The free fonts: where they lie, and their conversion to TrueType outlines, once, into the user's cache.

``python -m desktop.documents.font_build`` does it from the command line with one line a font.
"""

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop import paths
from desktop.documents.font_recipe import DISK_REMEDY, RECIPE, REMEDY, SOURCES
from desktop.rules.errors import KnownFault

_ROLES = "仿宋、楷体、黑体、小标宋"

Progress = Callable[[str, float], None]


def glyf_folder() -> Path:
    """Where the converted fonts lie."""
    return paths.fonts_cache() / "glyf"


def how_to_get() -> str:
    """What a person does who lacks the free fonts: a checkout fetches them, the portable folder has them or not."""
    if paths.is_portable():
        return f"请在本机安装{_ROLES}字体，或改用带字体的程序文件夹。"
    return f"请运行 python3 run.py 自动准备字体，或安装{_ROLES}字体。"


def built(name: str) -> Path | None:
    """The newest converted file of this name made by the present recipe, or None."""
    for folder in paths.font_folders():
        found = sorted((folder / "glyf").glob(f"{name}.{RECIPE}-*.ttf"), key=lambda path: path.stat().st_mtime)
        if found:
            return found[-1]
    return None


def is_free(file: Path) -> bool:
    """Whether a font file is one of the converted ones."""
    return file.parent in [folder / "glyf" for folder in paths.font_folders()]


def build_missing(progress: Progress | None = None) -> Path:
    """Convert every free font that is not converted yet and return the folder of all five (gongwen B3).

    ``progress`` hears a sentence and a fraction 0–1. Two processes may do this at the same time. Raises
    KnownFault when a font is neither converted nor there as OTF.
    """
    folder = glyf_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownFault(f"无法建立字体文件夹 {folder}（{error.strerror}）。", DISK_REMEDY) from error
    wanted = _wanted(folder)
    for done, name in enumerate(_converted(wanted), 1):
        if progress:
            progress(f"已转换字体 {name}", done / len(wanted))
    if progress:
        progress("字体已备好", 1.0)
    return folder


def _wanted(folder: Path) -> list[tuple[str, Path, Path]]:
    """(name, source, target) of each font still to convert."""
    wanted = []
    for name, file_name in SOURCES.items():
        source = paths.fonts_cache() / "otf" / file_name
        if source.is_file():
            digest = hashlib.sha256(source.read_bytes()).hexdigest()
            target = folder / f"{name}.{RECIPE}-{digest[:12]}.ttf"
            if not target.exists():
                wanted.append((name, source, target))
        elif built(name) is None:
            raise KnownFault(f"没有找到免费字体 {file_name}（应在 {source.parent}）。", REMEDY)
    return wanted


def _converted(wanted: list[tuple[str, Path, Path]]) -> Iterator[str]:
    """Convert and yield each name when it is done; each takes half a minute, so several processes share the work."""
    if not wanted:
        return
    # What converts is imported when there is something to convert: every paper looks for its fonts here.
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from multiprocessing import get_context

    from desktop.documents.font_convert import convert_beside

    workers = min(len(wanted), os.cpu_count() or 1)
    if workers < 2 or getattr(sys, "frozen", False):
        for job in wanted:
            yield convert_beside(*job)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(convert_beside, *job) for job in wanted]
        for job_done in as_completed(jobs):
            yield job_done.result()


def main() -> int:
    """Build from the command line; exit 0, or 1 with one line on stderr."""

    def say(text: str, fraction: float) -> None:
        sys.stdout.write(f"{fraction:4.0%} {text}\n")
        sys.stdout.flush()

    try:
        build_missing(say)
    except KnownFault as fault:
        sys.stderr.write(f"{fault}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
