"""Numbers of problems as a clerk writes them: 3、5、8—10."""

import re
import unicodedata
from collections.abc import Iterable

from desktop.rules.errors import Refused

MOST = 2_000
_RANGE = re.compile(r"(\d{1,5})(?:\s*[-—–~～至到]+\s*(\d{1,5}))?")
_BETWEEN = re.compile(r"[、，,；;。\s]+")


def read_numbers(text: str) -> tuple[int, ...]:
    """The numbers in a list, each once, in their order. Raises Refused for what is no list of numbers."""
    found: dict[int, None] = {}
    for part in _BETWEEN.split(unicodedata.normalize("NFKC", text).strip("、，,；;。 ")):
        if not part:
            continue
        match = _RANGE.fullmatch(part.removeprefix("问题").strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if not first <= last < first + MOST or first == 0:
            raise Refused(f"问题序号“{part}”看不懂，没有保存；请写成 3、5、8—10。", "number_list")
        found |= dict.fromkeys(range(first, last + 1))
    return tuple(found)


def numbers_in_words(numbers: Iterable[int]) -> str:
    """A list of numbers, three and more in a row as a range: 1—3、5."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs]
    return "、".join(parts)
