"""The tour's folder: made beside its place and swapped in whole; what is not the tour's own is never deleted."""

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.rules.errors import Refused
from desktop.store.faults import known_faults

MARKER = ".zhenggai-daolan"
_FIRST_LINE = "督察整改台账导览生成的文件夹；下列内容在重新导览时会整个换新。"


@contextmanager
def renewed(folder: Path, ledgers: tuple[str, ...]) -> Iterator[Path]:
    """A fresh folder to fill; after the block it stands in the place of ``folder``, an earlier tour is gone.

    ``ledgers`` are subfolders that belong to the tour with all they hold. Files that somebody else put into an earlier
    tour's folder are carried over. Refused: a folder that holds something and is no tour's; nothing is changed then.
    """
    folder = folder.resolve()
    part, old = folder.with_name(folder.name + ".part"), folder.with_name(folder.name + ".old")
    with known_faults(folder):
        if not folder.exists() and _is_ours(old):
            old.replace(folder)
        for place in (folder, part, old):
            _require_ours(place)
        for leftover in (part, old):
            _remove(leftover)
        part.mkdir(parents=True)
        (part / MARKER).write_text(_FIRST_LINE + "\n", encoding="utf-8")
    try:
        yield part
    except BaseException:
        _remove(part)
        raise
    with known_faults(folder):
        _sign(part, ledgers)
        if folder.exists():
            folder.replace(old)
        part.replace(folder)
        _carry_over(old, folder, ledgers)
        _remove(old)


def _require_ours(place: Path) -> None:
    if not place.exists() or _is_ours(place):
        return
    if not place.is_dir():
        raise Refused(f"“{place}”不是文件夹，没有生成导览。请换一个位置。", "tour_folder")
    if any(place.iterdir()):
        raise Refused(f"“{place}”里有不是导览生成的内容，没有改动它。请换一个空文件夹。", "tour_folder")


def _is_ours(place: Path) -> bool:
    marker = place / MARKER
    return marker.is_file() and marker.read_text(encoding="utf-8", errors="replace").startswith(_FIRST_LINE)


def _sign(folder: Path, ledgers: tuple[str, ...]) -> None:
    """Write down which files are the tour's own."""
    own = sorted(name for name in _files(folder) if name.split("/")[0] not in ledgers and name != MARKER)
    lines = [_FIRST_LINE, *(f"{name}/" for name in ledgers), *own]
    (folder / MARKER).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _files(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() or path.is_symlink()]


def _carry_over(old: Path, new: Path, ledgers: tuple[str, ...]) -> None:
    """Move what the old folder holds beside the tour's own into the new one, under the same name where that is free."""
    if not old.exists() or not _is_ours(old):
        return
    own = set((old / MARKER).read_text(encoding="utf-8").splitlines())
    for name in _files(old):
        if name == MARKER or name in own or f"{name.split('/')[0]}/" in own:
            continue
        target = new / name
        while target.exists():
            target = target.with_name("旧_" + target.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        (old / name).replace(target)


def _remove(folder: Path) -> None:
    """Remove a folder of ours; stored evidence is write-protected, which Windows would not delete."""
    if not folder.exists():
        return
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            path.rmdir()
        else:
            if not path.is_symlink():
                path.chmod(stat.S_IREAD | stat.S_IWRITE)
            path.unlink()
    folder.rmdir()
