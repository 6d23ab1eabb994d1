"""Classes of characters for line breaking (GB/T 15834-2011 §5.1, gongwen A9). Pure data and small tests."""

NEVER_FIRST = frozenset("。，、；：？！）〕】》〉」』”’％‰℃·～–,;:?!)]}%／")
NEVER_LAST = frozenset("（〔【《〈「『“‘([{￥＄$¥№／")
"""A row neither begins with the first nor ends with the second, wherever another layout exists."""

OPENING = frozenset("（〔【《〈「『“‘")
CLOSING = frozenset("）〕】》〉」』”’")
STOPS = frozenset("。，、；：")
CENTRED_STOPS = frozenset("？！")
"""？ and ！ stand in the middle of the cell in some fonts, so they give up less room."""

DASHES = frozenset("—…")
BLANK = "＿"
"""A line to write on: a run of them is one place, with the unit behind it."""
UNITS = frozenset("年月日号时分％‰%℃°")
"""Units that stay on the row of the figure before them."""

ALWAYS_WIDE = frozenset("“”‘’—…·") | OPENING | CLOSING
"""Marks that take a full cell in Chinese text even where the font gives them less."""

LINK_ENDS = frozenset("/-_?&=.:")
"""Inside a long Latin run (an address) a row may end after one of these."""

_FIRST_WIDE = 0x2E80


def is_narrow(char: str) -> bool:
    """True for letters, figures and marks that keep together as words: Latin, Greek, Cyrillic, ASCII."""
    return ord(char) < _FIRST_WIDE and char not in ALWAYS_WIDE and not 0x2100 <= ord(char) < 0x2E80


def is_attached(char: str) -> bool:
    """True for combining marks and variation selectors: they belong to the character before them."""
    code = ord(char)
    return (
        0x300 <= code <= 0x36F
        or 0xFE00 <= code <= 0xFE0F
        or 0xE0100 <= code <= 0xE01EF
        or 0x200B <= code <= 0x200F
        or code in (0x2060, 0xFEFF)
    )


def is_space(char: str) -> bool:
    """True for the spaces at which a row may end; a no-break space is none."""
    return char in " \u3000\t\u2002\u2003\u2009"


def room(char: str) -> tuple[float, float]:
    """The part of a cell (left, right) a mark may give up when a row is squeezed, at most half a cell in all."""
    if char in STOPS or char in CLOSING:
        return 0.0, 0.5
    if char in OPENING:
        return 0.5, 0.0
    if char in CENTRED_STOPS:
        return 0.0, 0.25
    return 0.0, 0.0


def may_spread(before: str, after: str) -> bool:
    """Whether the room left over in a row may go between two neighbours: not inside words, figures and dashes."""
    if is_attached(after) or is_space(after):
        return False
    if before == after and before in DASHES:
        return False
    if is_space(before):
        return True
    if before.isdigit() and after in UNITS:
        return False
    return not (is_narrow(before) and is_narrow(after))
