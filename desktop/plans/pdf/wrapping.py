"""Was a line broken because it was full? Then it goes on in the next one; else the break ends a paragraph."""

import re

from desktop.plans.pdf.rows import Row

# The first piece of a line that cannot be parted: opening marks, a character or a number or word, closing marks.
_TOKEN = re.compile(r"[“‘（(《〈【〔［「『]*(?:[A-Za-z0-9.,%‰/:+-]+|.)[，。、；：！？）)》〉】〕］」』”’·%‰℃,.;:!?]*")
_SLACK = 0.12


def is_full(row: Row, following: Row, right: float) -> bool:
    """True when the first token of the following row would not have fitted behind this one up to ``right``."""
    room = right - row.right
    match = _TOKEN.match(following.pieces[0].text)
    needed = text_width(match.group() if match else "", following.size)
    return room < needed + _SLACK * row.size


def text_width(text: str, size: float) -> float:
    """About how wide a text is: a Chinese character is as wide as high, a Latin one half of it."""
    return sum(0.5 if char.isascii() else 1.0 for char in text) * size


def joined(first: str, second: str) -> str:
    """A broken line and the next one as one; between two words of Latin letters stands a blank."""
    parts = first[-1:].isascii() and first[-1:].isalpha() and second[:1].isascii() and second[:1].isalpha()
    return f"{first} {second}" if parts else first + second
