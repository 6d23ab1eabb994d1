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
    return tuple(dict.fromkeys(raw[low:high].replace("\n", "") for low, high in pieces))


def split_leaders(value: str) -> tuple[str, ...]:
    """Names of a value in which blanks still stand; posts are left out. Widths are folded by the caller."""
    bare = _BRACKETS.sub(" ", value)
    names: list[str] = []
    for part in re.split(r"[、,;/\n]", bare):
        for name in _names(part.strip(_TRIM)):
            name = name.strip(_TRIM).removesuffix("同志")
            name = _without_post(name)
            if name and name not in names:
                names.append(name)
    return tuple(names)


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
