"""Numbers that upper plans gave to a problem: a column 省序号, or 市序号9、省序号3 in a cell."""

import re
from collections.abc import Iterator

from desktop.rules.records import LEVEL_WORDS

UPPER = "上级"
_CODES = {"中央": "central", "国家": "central"} | {word: level.value for level, word in LEVEL_WORDS.items()}
_PIECE = re.compile(
    rf"(?P<level>{'|'.join(_CODES)})?级?(?:督察)?(?:方案|清单|问题)?(?:序号|编号)?[:第]?(?P<number>[^、,;/\n]+)"
)


def outer_numbers(text: str, heading: str) -> Iterator[tuple[str, str]]:
    """Pairs of level and number in a folded cell; the heading tells the level where the cell does not."""
    default = next((code for word, code in _CODES.items() if word in heading), UPPER)
    for match in _PIECE.finditer(text):
        level = match.group("level")
        yield _CODES[level] if level else default, match.group("number").strip()
