"""Characters as PDF files give them: radicals for characters, bullets of symbol fonts, codes without meaning."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

BLANK = " "
LOST = "\ufffd"
# Radicals of the supplement that have no decomposition of their own, each before the character it looks like.
_RADICALS = (
    "⺁厂⺄乙⺈刀⺊卜⺌小⺍小⺎兀⺏尢⺐尢⺒巳⺓幺⺖忄⺘扌⺙攵⺛旡⺜日⺝月⺠民⺡氵⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺬示⺭礻⺮竹⺯糹⺰纟"
    "⺱罓⺲罒⺳罒⺶羊⺹耂⺻聿⺼月⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜"
    "⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_BULLETS = range(0xF000, 0xF100)  # where symbol fonts such as Wingdings keep their signs


@lru_cache(maxsize=1)
def _folded() -> dict[int, str]:
    table = dict(zip(map(ord, _RADICALS[::2]), _RADICALS[1::2], strict=True))
    for low, high in ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)):
        for code in range(low, high + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                table[code] = plain
    return table


def readable(codes: Sequence[int], is_unmapped: Callable[[int], bool]) -> Iterator[str]:
    """Each code as the character that a reader of the page takes it for; empty for what is no character at all.

    Lost characters come as U+FFFD: no meaning in the file, private use, half a surrogate pair.
    """
    folded, skip = _folded(), False
    for at, code in enumerate(codes):
        if skip:
            skip = False
            yield ""
        elif 0xD800 <= code < 0xDC00 and at + 1 < len(codes) and 0xDC00 <= codes[at + 1] < 0xE000:
            skip = True
            whole = 0x10000 + (code - 0xD800 << 10) + codes[at + 1] - 0xDC00
            yield folded.get(whole, chr(whole))
        else:
            yield _one(code, folded, code == 0 or is_unmapped(at))


def _one(code: int, folded: dict[int, str], is_lost: bool) -> str:
    if code in folded:
        return folded[code]
    if code in (0x20, 0xA0, 0x3000, 0x09) or 0x2000 <= code <= 0x200A:
        return BLANK
    if code in (0x02, 0xAD, 0xFFFE):  # how PDFium gives a hyphen at the end of a line
        return "-"
    if is_lost or 0xD800 <= code < 0xE000 or code > 0x10FFFF or code == 0xFFFD:
        return LOST
    if code in _BULLETS:
        return BLANK
    if 0xE000 <= code < 0xF900 or code >= 0xF0000:
        return LOST
    return "" if code < 0x20 or 0x7F <= code < 0xA0 or 0x200B <= code <= 0x200F or code == 0xFEFF else chr(code)
