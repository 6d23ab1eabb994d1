"""Fonts by role: the user's official fonts first, then the system's, then the free set (gongwen B5).

A FontSet is handed around explicitly. It chooses a face for every single character and tells which characters no
font has; those are drawn as 〓 and reported, never left blank.
"""

import struct
import threading
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError

from desktop.documents import font_build, font_search
from desktop.documents.embed import EmbeddedFont
from desktop.documents.font_search import FoundFont
from desktop.documents.rare import rare_glyph
from desktop.rules.errors import KnownFault


class Role(StrEnum):
    """What a font is used for (gongwen B1)."""

    FANG = "fang"
    KAI = "kai"
    HEI = "hei"
    SONG = "song"
    TITLE = "title"


ROLE_WORDS = {Role.FANG: "仿宋", Role.KAI: "楷体", Role.HEI: "黑体", Role.SONG: "宋体", Role.TITLE: "小标宋"}

PREFERRED: dict[Role, tuple[str, ...]] = {
    role: tuple(name for group in groups for name in group.split("|"))
    for role, groups in {
        Role.FANG: (
            "仿宋_gb2312|fangsong_gb2312|方正仿宋_gbk|fzfsk--gbk1-0|方正仿宋_gb2312|fzfangsong-z02",
            "方正仿宋简体|fzfangsong-z02s|仿宋|fangsong|simfang|华文仿宋|stfangsong",
        ),
        Role.KAI: (
            "楷体_gb2312|kaiti_gb2312|方正楷体_gbk|fzktk--gbk1-0|方正楷体_gb2312",
            "楷体|kaiti|simkai|华文楷体|stkaiti",
        ),
        Role.HEI: ("方正黑体_gbk|fzhtk--gbk1-0|方正黑体简体|黑体|simhei|华文黑体|stheiti",),
        Role.SONG: ("方正书宋_gbk|fzssk--gbk1-0|宋体|simsun|新宋体|nsimsun|华文宋体|stsong",),
        Role.TITLE: (
            "方正小标宋_gbk|fzxiaobiaosong-b05|fzxbsk--gbk1-0|方正小标宋简体|fzxiaobiaosong-b05s|fzxbsjw--gb1-0",
            "华文中宋|stzhongsong",
        ),
    }.items()
}
"""Names (lower case, any language) in the order they are tried: *_GB2312 and 方正, Windows, 华文."""

FREE = {
    Role.FANG: "GW-Fang",
    Role.KAI: "GW-Kai",
    Role.HEI: "GW-Hei",
    Role.SONG: "GW-Song",
    Role.TITLE: "GW-TitleSong",
}
_LIKE = {
    Role.FANG: (Role.FANG, Role.KAI, Role.SONG, Role.HEI, Role.TITLE),
    Role.KAI: (Role.KAI, Role.FANG, Role.SONG, Role.HEI, Role.TITLE),
    Role.HEI: (Role.HEI, Role.SONG, Role.FANG, Role.KAI, Role.TITLE),
    Role.SONG: (Role.SONG, Role.FANG, Role.KAI, Role.HEI, Role.TITLE),
    Role.TITLE: (Role.TITLE, Role.SONG, Role.HEI, Role.KAI, Role.FANG),
}
_LATIN_ENDS = 0x250
_FROM_SONG = "（）"
"""Brackets of the free 仿宋 and 楷体 are too bold beside their hanzi; the free 宋体 draws them lighter."""
_CHINESE = 3000
GETA = "〓"
"""The mark Chinese typesetters put where a character is wanting."""


class Face:
    """One loaded font. ``centre`` is the height in em of its hanzi's middle over the baseline."""

    __slots__ = ("_advances", "centre", "font", "name")

    def __init__(self, font: EmbeddedFont) -> None:
        self.name: str = font.fontName
        self.font = font
        self.centre = font.hanzi_centre()
        self._advances: dict[str, float] = {}

    def has(self, char: str) -> bool:
        """True if the font draws this character."""
        return ord(char) in self.font.face.charToGlyph

    def advance(self, char: str) -> float:
        """Width of one character in em."""
        if char not in self._advances:
            self._advances[char] = self.font.face.getCharWidth(ord(char)) / 1000
        return self._advances[char]


class Picked(NamedTuple):
    """The face and the character to draw for a wanted one; ``missing`` if no font has it."""

    face: Face
    char: str
    missing: bool


class FontSet:
    """A face for each role and for each character. Loaded faces live as long as the set; keep one per process.

    ``choices`` are the files chosen for the roles, ``others`` fonts asked last for rare characters. Papers may be
    drawn on several threads: a file is loaded once, and ``turn`` must be held where a face's file is read.
    """

    def __init__(self, choices: Mapping[Role, FoundFont], others: Iterable[FoundFont] = ()) -> None:
        self._choices = dict(choices)
        self._others = tuple(others)
        self._loaded: dict[tuple[str, int], Face | None] = {}
        self._picked: dict[tuple[Role, str], Picked] = {}
        self.turn = threading.RLock()

    def face(self, role: Role) -> Face:
        """The face of a role, loaded when first used."""
        face = self._load(self._choices[role])
        if face is None:
            self._choices[role] = _free_font(role)
            face = self._load(self._choices[role])
        if face is None:
            damaged = self._choices[role].path
            raise KnownFault(f"{ROLE_WORDS[role]}字体文件已损坏：{damaged}。", "请删除该文件后重新启动程序。")
        return face

    def chosen(self, role: Role) -> FoundFont:
        """The file from which the face of a role comes."""
        self.face(role)
        return self._choices[role]

    def pick(self, role: Role, char: str) -> Picked:
        """The face for one character: the role's, its free twin, the other roles', any font of the system."""
        key = (role, char)
        if key not in self._picked:
            face = next((face for face in self._chain(role, char) if face.has(char)), None)
            self._picked[key] = Picked(face, char, False) if face else self._geta(role)
        return self._picked[key]

    def missing(self, text: str, role: Role = Role.FANG) -> str:
        """The characters of a text that no font has, once each, in order."""
        return "".join(char for char in dict.fromkeys(text) if not char.isspace() and self.pick(role, char).missing)

    def names(self) -> tuple[tuple[str, str], ...]:
        """(role, font name) of each role, in the order of the roles."""
        return tuple((role.value, self.face(role).name) for role in Role)

    def _chain(self, role: Role, char: str) -> Iterable[Face]:
        if role in (Role.FANG, Role.KAI):
            from_song = ord(char) < _LATIN_ENDS and char != "·"
            if from_song or (char in _FROM_SONG and _is_free(self._choices[role])):
                yield self.face(Role.SONG)
        for like in _LIKE[role]:
            yield self.face(like)
            if font_build.built(FREE[like]):
                free = self._load(_free_font(like))
                if free:
                    yield free
        for other in sorted(self._others, key=lambda found: _unlike(role, found)):
            loadable = other if other.outlines == "glyf" else rare_glyph(other, char)
            face = self._load(loadable) if loadable else None
            if face:
                yield face

    def _geta(self, role: Role) -> Picked:
        for like in _LIKE[role]:
            face = self.face(like)
            for mark in (GETA, "□", "?"):
                if face.has(mark):
                    return Picked(face, mark, True)
        raise KnownFault("已选字体连常用符号都没有，无法打印。", "请在设置中改选仿宋、宋体等正式字体。")

    def _load(self, found: FoundFont) -> Face | None:
        key = (found.path, found.index)
        with self.turn:  # two faces of one file would be two fonts of one name in a paper
            if key not in self._loaded:
                taken = {face.name for face in self._loaded.values() if face}
                self._loaded[key] = _loaded(found, taken)
            return self._loaded[key]


def load_fonts(user: Mapping[Role, Path] | None = None, free_only: bool = False) -> FontSet:
    """The fonts of this machine by role: user-set file, official fonts of the system, free set (gongwen B5).

    ``free_only`` leaves the machine's fonts out, so that output is the same everywhere. Raises KnownFault if a role
    has no font at all or a user-set file has no TrueType outlines.
    """
    system = () if free_only else font_search.system_fonts()
    by_name: dict[str, FoundFont] = {}
    for found in system:
        if found.is_whole and found.outlines == "glyf":
            for name in found.names:
                by_name.setdefault(name, found)
    choices = {}
    for role in Role:
        set_by_user = _user_font(role, user[role]) if user and role in user else None
        named = next((by_name[name] for name in PREFERRED[role] if name in by_name), None)
        choices[role] = set_by_user or named or _free_font(role)
    return FontSet(choices, [found for found in system if _may_hold_rare(found)])


def _may_hold_rare(found: FoundFont) -> bool:
    """Fonts worth asking for a rare character: Chinese ones, and the extension fonts that hold nothing else."""
    return found.hanzi > _CHINESE or any("ext" in name for name in found.names)


def _user_font(role: Role, path: Path) -> FoundFont:
    faces = [found for found in font_search.inspect(path) if found.outlines == "glyf"]
    if not faces:
        raise KnownFault(
            f"为{ROLE_WORDS[role]}设置的字体文件不能用于打印：{path}（不存在、已损坏，或是 OpenType CFF 轮廓）。",
            "请改选 .ttf 或 .ttc 格式的字体文件。",
        )
    return faces[0]


def _free_font(role: Role) -> FoundFont:
    path = font_build.built(FREE[role])
    if path is None:
        raise KnownFault(
            f"没有可用的{ROLE_WORDS[role]}字体：系统中没有装正式字体，免费字体也还没有备好。",
            font_build.how_to_get(),
        )
    return FoundFont(str(path), 0, (FREE[role].lower(),), len(font_search.GB2312_HANZI))


def _unlike(role: Role, found: FoundFont) -> tuple[bool, bool, bool, bool, int]:
    """Fonts asked first for a rare character: TrueType, simplified Chinese, of the role's cut and weight, rich."""
    words = " ".join(found.names)
    sans = any(word in words for word in ("sans", "hei", "gothic", "黑"))
    heavy = any(word in words for word in ("bold", "black", "heavy", "粗"))
    simplified = any(word in words for word in (" sc", "-sc", "sc-", " cn", "gb", "简"))
    wrong_cut, wrong_weight = sans != (role == Role.HEI), heavy != (role == Role.TITLE)
    return found.outlines != "glyf", wrong_cut, wrong_weight, not simplified, -found.hanzi


def _is_free(found: FoundFont) -> bool:
    return font_build.is_free(Path(found.path))


def _loaded(found: FoundFont, taken: set[str]) -> Face | None:
    """Load a file and make it known to reportlab; None for a file reportlab cannot read.

    The name must differ from those ``taken``: reportlab would mix up two fonts of one name in one document.
    """
    try:
        font = EmbeddedFont("unnamed", found.path, found.index)
    except (TTFError, OSError, struct.error, IndexError, KeyError, ValueError):
        return None
    own = font.face.name
    number = 1
    while font.face.name.decode("latin-1") in taken:
        number += 1
        font.face.name = own + f"-{number}".encode()
    font.fontName = font.face.name.decode("latin-1")
    pdfmetrics.registerFont(font)
    return Face(font)
