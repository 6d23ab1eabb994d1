"""Pinyin initials: a clerk types qzjj and means 区住房和城乡建设局 (q z … j j) or any name that begins so.

The 3,755 common hanzi of GB 2312 stand in the order of their pinyin, so the initial of one follows from its place. The
rarer ones stand by their radicals: those of place names are listed here, as are hanzi that are read in two ways.
"""

import unicodedata
from bisect import bisect_right

# The first hanzi of each initial; no Chinese syllable begins with i, u or v.
_FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
_LETTERS = "abcdefghjklmnopqrstwxyz"
_LAST = 0xD7F9
_RARER = {
    "a": "坳",
    "b": "亳灞邶璧",
    "c": "涔岑茌褚琛漕",
    "d": "宕岱玳",
    "f": "沣芙酆邡",
    "g": "莞淦珙汩",
    "h": "晖邗昊皓湟泓珲浒濠灏骅桦滹",
    "j": "郏绛泾莒靓犍珏缙旌暨",
    "k": "岢崆",
    "l": "耒澧浏醴渌泸崂漯溧崃垅泷栾泠蔺鹭逯闾",
    "m": "汨岷渑茉宓邙沔",
    "p": "邳郫濮鄱",
    "q": "邛淇蕲衢岐綦杞溱祺琦",
    "r": "芮",
    "s": "嵊沭泗睢濉汜鄯",
    "t": "沱潼洮钛郯滕",
    "w": "婺汶浯沩炜洧",
    "x": "溆荥盱鑫浠隰胥",
    "y": "沅攸颍偃郾鄢眙黟甬烨昱熠煜钰铟鄞弋兖",
    "z": "芷秭圳洙胙涿渚",
}
# Read in two ways that begin with different letters: 重阳 and 重点, 长沙 and 区长, 曾姓 and 未曾.
_TWO = (
    "辟bp 泊bp 堡bp 埔pb 屏pb 番fp 便bp 扁bp 扒bp 炮pb 刨bp 瀑pb 曝bp 陂bp 秘mb 泌mb "
    "长cz 重zc 朝cz 藏cz 查cz 传cz 曾zc 种zc 翟zd 枞cz 参cs 沈sc 盛sc 伺sc 晟sc 石sd 单ds "
    "弹dt 调dt 提td 侗dt 峒dt 拓tz 覃qt 车cj 畜xc 仇qc 厦xs 省sx 宿sx 莘sx 歙sx 属sz 识sz 殖zs 折zs 召zs "
    "行xh 巷xh 虹hj 吓xh 降jx 解jx 校xj 系xj 纤xq 栖qx 郗xc 浚jx 将jq 强qj 圈qj 奇qj 茄qj 稽jq 契qx "
    "会hk 卡kq 壳kq 括kg 蛤gh 合hg 给gj 角jg 夹jg 贾jg 咀jz 祭jz 率ls 乐ly 谷gy 铅qy "
    "尉wy 蔚wy 尾wy 筠yj 圩wx 涌yc 区qo 粘zn 乜mn"
)


def _places() -> tuple[int, ...]:
    return tuple(int.from_bytes(char.encode("gb2312"), "big") for char in _FIRST)


_PLACES = _places()
_KNOWN = {char: letter for letter, chars in _RARER.items() for char in chars} | {
    pair[0]: pair[1:] for pair in _TWO.split()
}


def initials_of(char: str) -> str:
    """The letters a character's readings begin with, usually one; a letter or digit is its own; else empty."""
    char = unicodedata.normalize("NFKC", char).lower()
    if char.isascii():
        return char if char.isalnum() else ""
    if char in _KNOWN:
        return _KNOWN[char]
    try:
        place = int.from_bytes(char.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    return _LETTERS[bisect_right(_PLACES, place) - 1] if _PLACES[0] <= place <= _LAST else ""


def may_be_initials(typed: str) -> bool:
    """True for letters and digits alone, which may be the initials of a name."""
    wanted = _typed(typed)
    return wanted.isascii() and wanted.isalnum()


def _typed(typed: str) -> str:
    return "".join(unicodedata.normalize("NFKC", typed).lower().split())


def sounds_like(typed: str, name: str) -> bool:
    """True when characters of the name that stand together begin as typed; only letters and digits are initials."""
    wanted = _typed(typed)
    if not may_be_initials(typed):
        return False
    heard = [letters for char in name if (letters := initials_of(char))]
    starts = range(len(heard) - len(wanted) + 1)
    return any(all(letter in heard[at + n] for n, letter in enumerate(wanted)) for at in starts)
