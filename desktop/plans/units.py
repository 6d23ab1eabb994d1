"""Splits lists of units and of leaders (samples README: units, leaders)."""

import re

from desktop.plans.aliases import Aliases

_OPEN, _CLOSE = "(《“", ")》”"
_TRIM = " \n。.:：;；,，、/—"
_POST = (
    r"(?:区委|县委|市委|州委|省委|党组|党工委|区政府|县政府|市政府|常务|政府|副)*"
    r"(?:书记|区长|县长|市长|州长|省长|镇长|乡长|主任|局长|主席|常委|部长|委员|组长|院长|检察长|党组成员|副职)"
)
_POST_BEFORE = re.compile(rf"^(?:.{{0,12}}?{_POST})+")
_POST_AFTER = re.compile(rf"{_POST}$")
_BRACKETS = re.compile(r"\([^()]*\)")
COMPOUND_SURNAMES = frozenset(
    ("欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "令狐", "夏侯", "尉迟", "公孙", "慕容", "长孙", "端木")
)

# Surnames by which two names written without a gap are told apart (in narrow columns of a PDF).
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦"
    "邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关焦俞左柳甘祝包尚符舒阮柯纪童凌毕单季"
    "裴霍涂苗谷盛翁冉骆路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆农卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费冷晏席卫柏宗瞿桂佟臧闵苟邬边卞姬仇栾隋商刁"
)


# Words behind the name of a unit that say what it does; "" is what the list itself is of.
_ROLES = {"牵头": "lead_units", "配合": "assisting_units", "协助": "assisting_units", "协办": "assisting_units"}
_ROLES |= {"负责": "", "落实": ""}
_ROLE_WORD = f"(?:总|负责|具体|共同|协同)?(?P<role>{'|'.join(_ROLES)})(?:负责|落实)?"
_ROLE = re.compile(rf"(?:等(?:相关|有关)?(?:单位|部门)?)?{_ROLE_WORD}$")
_ROLE_IN_BRACKETS = re.compile(rf"[（(]{_ROLE_WORD}[）)]$")
_BEFORE_NAME = re.compile(r"^(?:由|会同)")


def split_units(raw: str, folded: str, aliases: Aliases) -> tuple[str, ...]:
    """Units of a value; ``raw`` and ``folded`` have the same length. Brackets are never split.

    A piece that is only 政府, 人民政府 or 办事处 stays with the one before it.
    """
    pieces: list[tuple[int, int]] = []
    tails = re.compile(rf"(?:{'|'.join(map(re.escape, aliases.shared_tails))})(?:\([^()]*\))?$")
    for low, high in _parts(folded, "、,;\n"):
        while low < high and folded[low] in _TRIM:
            low += 1
        while high > low and folded[high - 1] in _TRIM:
            high -= 1
        if low >= high:
            continue
        between = folded[pieces[-1][1] : low] if pieces else ""
        if pieces and tails.match(folded[low:high]) and between in ("、", ","):
            pieces[-1] = (pieces[-1][0], high)
        else:
            pieces.append((low, high))
    names = (raw[low:high].replace("\n", "") for low, high in pieces)
    return tuple(dict.fromkeys(part for name in names for part in _unglued(name)))


def _unglued(name: str) -> list[str]:
    """区水利局区农业农村局: two units of one level without a sign between them, as narrow columns leave them."""
    if name[:1] not in ("区", "县"):
        return [name]
    return re.split(rf"(?<=[局委办])(?={name[0]}[\u4e00-\u9fff]{{2,12}}[局委办]$)", name)


def by_role(names: tuple[str, ...], kind: str) -> dict[str, tuple[str, ...]]:
    """The units of a list in which words tell who leads: “区水利局牵头，区林业局、云岭镇配合”, “区水利局（牵头）”.

    ``kind`` is the field of the list, and of those of whom it says nothing else. The words are no part of a name.
    """
    found: dict[str, list[str]] = {}
    waiting: list[str] = []
    for name in names:
        single = _ROLE_IN_BRACKETS.search(name)
        match = single or _ROLE.search(name)
        bare = _BEFORE_NAME.sub("", name[: match.start()] if match else name)
        if match is None or not bare:
            waiting.append(name)
            continue
        role = _ROLES[match.group("role")] or kind
        if single:
            found.setdefault(role, []).append(bare)
        else:
            found.setdefault(role, []).extend([*(_BEFORE_NAME.sub("", other) for other in waiting), bare])
            waiting = []
    found.setdefault(kind, []).extend(waiting)
    return {role: tuple(dict.fromkeys(units)) for role, units in found.items() if units}


def split_leaders(value: str) -> tuple[str, ...]:
    """Names of a value in which blanks still stand; posts are left out. Widths are folded by the caller."""
    bare = _BRACKETS.sub(" ", value)
    names: list[str] = []
    for part in re.split(r"[、,;/\n]", bare):
        for name in _names(part.strip(_TRIM)):
            name = name.strip(_TRIM).removesuffix("同志")
            names += [found for found in _run_of_names(_without_post(name)) if found not in names]
    return tuple(names)


def _run_of_names(name: str) -> tuple[str, ...]:
    """Two names without a gap (华玉兰郑红梅) are parted; one name stays as it is."""
    if 5 <= len(name) <= 6 and name.isalpha():
        for place in (3, 2, 4):
            if _is_name(name[:place]) and _is_name(name[place:]):
                return name[:place], name[place:]
    return (name,) if name else ()


def has_surname(text: str) -> bool:
    """Does a text begin as the name of a person does?"""
    return text[:1] in _SURNAMES or text[:2] in COMPOUND_SURNAMES


def _is_name(name: str) -> bool:
    if name[:2] in COMPOUND_SURNAMES:
        return 3 <= len(name) <= 4
    return 2 <= len(name) <= 3 and name[0] in _SURNAMES


def _without_post(name: str) -> str:
    if len(name) <= 3:
        return "" if _POST_AFTER.fullmatch(name) else name
    rest = _POST_BEFORE.sub("", name)
    if rest == name:
        rest = _POST_AFTER.sub("", name)
    return rest


def _names(part: str) -> list[str]:
    """Parts of one piece between blanks: single characters belong to one name, full names stand alone."""
    names: list[str] = []
    open_name = ""
    for token in part.split():
        if open_name:
            names.append(open_name + token)
            open_name = ""
        elif len(token) == 1 or token in COMPOUND_SURNAMES:
            open_name = token
        else:
            names.append(token)
    if open_name:
        if names and len(open_name) == 1:
            names[-1] += open_name
        else:
            names.append(open_name)
    return names


def _parts(text: str, signs: str) -> list[tuple[int, int]]:
    """Stretches between the signs, brackets kept whole; a bracket that never closes does not hold the rest."""
    closes = text.rfind(")"), text.rfind("》"), text.rfind("”")
    last_close = max(closes)
    found = []
    low = depth = 0
    for place, char in enumerate(text):
        if char in _OPEN and place < last_close:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in signs and depth == 0:
            found.append((low, place))
            low = place + 1
    found.append((low, len(text)))
    return found
