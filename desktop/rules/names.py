"""Unit names: one normal form, matching through aliases, groups that are no organisations, rank order (domain §9).

The same unit is written 区农业农村局, 蒸湘区农业农村局 or 农业农村局; 市 and 区 bodies of one name are different
units, and so are those of two districts. What matches more than one unit is asked, never chosen.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.rules.pinyin import sounds_like
from desktop.rules.records import Unit

_EDGE = "。；，、：;,:."
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060\ufeff]")
# Not every 区 and 市 ends a place name: 开发区, 社区, 市场, 市政 …
_CITY = r"市(?!场|政(?!府|协|法)|容|民(?!政|宗))"
_PLACE = re.compile(
    rf"(?:[^省市区县]{{2,6}}省)?(?:[^省市区县]{{2,6}}{_CITY})?"
    r"(?P<place>[^省市区县]{2,9}(?<!开发)(?<!高新)(?<!工业)(?<!示范)(?<!保护))?(?<![园景社小辖郊城])"
    rf"(?P<level>自治县|县(?!域)|区(?![域划])|旗|{_CITY})(?P<core>.+)"
)
_CITY_ONLY = re.compile(rf"(?:[^省市区县]{{2,6}}省)?(?P<place>[^省市区县]{{2,6}}){_CITY}(?P<core>.+)")
_GROUP = re.compile(r"^(?:沿线|沿江|全区|全县|全市)?各|[直管属级关及镇区县市]各|(?:有关|相关)(?:部门|单位|镇街)$|^其他")
_RANKS = (
    (1, r"(?:区|县|市|旗|省)委|党委|党工委|纪委|组织部|宣传部|统战部|政法委|编办|党校"),
    (2, r"人大"),
    (4, r"政协"),
    (5, r"法院|检察院"),
    (6, r"总工会|团委|妇联|科协|工商联|残联|文联|红十字"),
    (8, r"公司|集团|厂$|银行"),
    (7, r"中心$|学校$|医院$|研究院$|所$|站$"),
)
GOVERNMENT_RANK = 3


def normal_name(name: str) -> str:
    """The name in one form: NFKC width, no blanks or invisible characters, full-width brackets, no edge marks."""
    folded = "".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", name)).split()).strip(_EDGE)
    return folded.replace("(", "（").replace(")", "）")


def is_group_word(name: str) -> bool:
    """True for 各镇街, 区直各部门, 省直各有关部门, 相关单位: kept as a group, expanded by the clerk."""
    return bool(_GROUP.search(normal_name(name)))


def match_unit(name: str, units: Sequence[Unit]) -> Unit | tuple[Unit, ...] | None:
    """The unit a written name means: one unit, several that it may mean, or None for an unknown name.

    A name, short name or alias that agrees wins. Otherwise the place prefix may be left out on either side, as long as
    level and place do not contradict; a name without any prefix never stands for a city body.
    """
    wanted = normal_name(name)
    if not wanted:
        return None
    exact = tuple(unit for unit in units if wanted in (normal_name(called) for called in _called(unit)))
    if exact:
        return exact[0] if len(exact) == 1 else exact
    parts = _parts(wanted)
    near = tuple(unit for unit in units if _may_be(parts, unit))
    return near[0] if len(near) == 1 else near or None


def is_called(text: str, *names: str) -> bool:
    """True when one of the names holds the text, or sounds like it: letters are pinyin initials."""
    wanted = normal_name(text).lower()
    return any(wanted in normal_name(name).lower() or sounds_like(text, name) for name in names if name)


def rank_group(name: str) -> int:
    """The place of a new unit in the customary order: 党委 1, 人大 2, 政府 3, 政协 4, 两院 5, 群团 6, 事业 7, 企业 8.

    A proposal for the clerk, who sets the manual rank; district names decide nothing.
    """
    wanted = normal_name(name)
    return next((rank for rank, words in _RANKS if re.search(words, wanted)), GOVERNMENT_RANK)


def in_rank_order(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Units by their manual rank, those without one (0) last, equal ranks as they came; never by pinyin."""
    return tuple(sorted(units, key=lambda unit: (unit.rank == 0, unit.rank)))


@dataclass(frozen=True, slots=True)
class _Parts:
    place: str
    level: str
    core: str

    def agrees(self, other: "_Parts") -> bool:
        """True when both may be the same body: equal cores, no contradiction of place, and level where both say it."""
        if self.core != other.core or (self.place and other.place and self.place != other.place):
            return False
        if self.level and other.level:
            return self.level == other.level
        return "市" not in (self.level, other.level)


def _may_be(wanted: _Parts, unit: Unit) -> bool:
    """True when one name of the unit agrees and no other name says that it lies elsewhere."""
    called = [_parts(normal_name(name)) for name in _called(unit)]
    elsewhere = any(p.core == wanted.core and wanted.place and p.place not in ("", wanted.place) for p in called)
    return not elsewhere and any(wanted.agrees(parts) for parts in called)


def _called(unit: Unit) -> tuple[str, ...]:
    return tuple(called for called in (unit.name, unit.short_name, *unit.aliases) if called)


def _parts(name: str) -> _Parts:
    """Place, level and core of a normal name: 衡阳市蒸湘区农业农村局 → 蒸湘, 区, 农业农村局."""
    bare = name.removeprefix("中共")
    found = _PLACE.fullmatch(bare)
    if found:
        level = "县" if found["level"] == "自治县" else found["level"]
        return _Parts(found["place"] or "", level, _core(found["core"]))
    city = _CITY_ONLY.fullmatch(bare)
    return _Parts(city["place"], "市", _core(city["core"])) if city else _Parts("", "", _core(bare))


def _core(text: str) -> str:
    """区政府办公室 and 区人民政府办公室 are one body."""
    return text.replace("人民政府", "政府")
