"""The machine's own fonts: which there are, by what names, how many hanzi they hold.

The list is kept in the user's cache; a file is read again only when its size or date has changed.
"""

import json
import struct
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from desktop import paths

_SUFFIXES = {".ttf", ".ttc", ".otf", ".otc"}
_COLLECTIONS = {".ttc", ".otc"}
_VERSION = 2
GB2312_HANZI = frozenset(
    map(
        ord,
        b"".join(
            bytes((high, low))
            for high in range(0xB0, 0xF8)
            for low in range(0xA1, 0xFF)
            if not (high == 0xD7 and low > 0xF9)
        ).decode("gb2312"),
    )
)


@dataclass(frozen=True, slots=True)
class FoundFont:
    """One face: file, index in a collection, lower-case names, hanzi of GB2312 it holds, kind of outlines.

    Paper is drawn with TrueType outlines (``glyf``) only; ``cff`` faces help out with rare characters.
    """

    path: str
    index: int
    names: tuple[str, ...]
    hanzi: int
    outlines: str = "glyf"

    @property
    def is_whole(self) -> bool:
        """Holds all 6763 hanzi of GB2312."""
        return self.hanzi >= len(GB2312_HANZI)


def inspect(path: Path) -> tuple[FoundFont, ...]:
    """The faces of one font file; empty for a file that is damaged or no font."""
    # Read when a font is looked into: what was seen before is remembered.
    from fontTools.ttLib import TTCollection, TTFont

    try:
        with path.open("rb") as file:
            if path.suffix.lower() not in _COLLECTIONS:
                return tuple(_described(TTFont(file, lazy=True), path, 0))
            faces = TTCollection(file, lazy=True).fonts
            return tuple(found for index, face in enumerate(faces) for found in _described(face, path, index))
    except _broken():
        return ()


def holds(found: FoundFont, char: str) -> bool:
    """Whether the face has a glyph for this character."""
    from fontTools.ttLib import TTFont

    try:
        with Path(found.path).open("rb") as file:
            return ord(char) in (TTFont(file, fontNumber=found.index, lazy=True).getBestCmap() or {})
    except _broken():
        return False


def _broken() -> tuple[type[Exception], ...]:
    """What reading a damaged font raises."""
    from fontTools.ttLib import TTLibError

    return TTLibError, OSError, KeyError, ValueError, AssertionError, IndexError, struct.error


def _described(font: Any, path: Path, index: int) -> Iterable[FoundFont]:
    outlines = "glyf" if "glyf" in font else "cff" if "CFF " in font else ""
    if outlines and "name" in font and "cmap" in font:
        names = {str(record).strip().lower() for record in font["name"].names if record.nameID in (1, 4, 6)}
        held = font.getBestCmap() or {}
        yield FoundFont(
            str(path), index, tuple(sorted(names)), sum(1 for code in GB2312_HANZI if code in held), outlines
        )


def system_fonts(folders: Iterable[Path] | None = None, cache: Path | None = None) -> tuple[FoundFont, ...]:
    """Every face in the system's and the user's font folders.

    ``cache`` is the file that remembers what was seen (default in the user's cache); an unreadable one is made anew.
    """
    cache = cache or paths.cache_dir() / "fonts-seen.json"
    known = _read(cache)
    seen: dict[str, list[object]] = {}
    for path in _files(folders if folders is not None else paths.system_font_dirs()):
        try:
            stat = path.stat()
        except OSError:
            continue
        stamp = f"{stat.st_size}-{stat.st_mtime_ns}"
        old = known.get(str(path))
        seen[str(path)] = old if old and old[0] == stamp else [stamp, [asdict(face) for face in inspect(path)]]
    if seen != known:
        _write(cache, seen)
    return tuple(
        FoundFont(face["path"], face["index"], tuple(face["names"]), face["hanzi"], face["outlines"])
        for entry in seen.values()
        for face in entry[1]  # type: ignore[attr-defined]
    )


def _files(folders: Iterable[Path]) -> list[Path]:
    found = {p for folder in folders if folder.is_dir() for p in folder.rglob("*") if p.suffix.lower() in _SUFFIXES}
    return sorted(found)


def _read(cache: Path) -> dict[str, list[object]]:
    try:
        stored = json.loads(cache.read_text("utf-8"))
        return stored["files"] if stored["version"] == _VERSION else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _write(cache: Path, seen: dict[str, list[object]]) -> None:
    """Remember the list; a full or read-only disk only means reading the fonts again next time."""
    part = cache.with_suffix(".part")
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps({"version": _VERSION, "files": seen}, ensure_ascii=False), "utf-8")
        part.replace(cache)
    except OSError:
        part.unlink(missing_ok=True)
