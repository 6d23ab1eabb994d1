"""One problem as its cells hold it, before the words in them are read."""

import re
from dataclasses import dataclass, field

from desktop.plans.folding import squeeze
from desktop.plans.numbers import NUM, chinese_number, mark_at

_NUMBER = re.compile(
    rf"(?:第|问题|任务|序号|编号|NO\.?)?[:.]?\(?(?P<n>\d{{5}}|{NUM})(?:-\d{{1,3}}|\.\d{{1,3}})?\)?(?:项|号|条|个|件)?(?:问题|任务|整改任务)?"
    r"(?P<ext>\([^()]{1,20}\))?[、.,:]?$",
    re.I,
)

# What stands in a cell that has no value.
NO_VALUE = re.compile(r"[/\\—\-_~.]{1,4}|无|暂无|空")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the source that belongs to a field, and the row it stands in."""

    start: int
    end: int
    row: int = 0


@dataclass(slots=True)
class Record:
    """The parts of one problem, by kind of field. ``number`` is 0 until one is found or given."""

    number: int = 0
    token: str = ""
    parts: dict[str, list[Part]] = field(default_factory=dict)
    outer: list[tuple[str, str]] = field(default_factory=list)
    table: int = 0
    is_counted: bool = False

    def add(self, kind: str, part: Part) -> None:
        """One more part of a field."""
        self.parts.setdefault(kind, []).append(part)

    @property
    def start(self) -> int:
        """Where the first of its cells begins."""
        return min((part.start for parts in self.parts.values() for part in parts), default=0)

    @property
    def end(self) -> int:
        """Where the last of its cells ends."""
        return max((part.end for parts in self.parts.values() for part in parts), default=0)


def read_number(text: str) -> tuple[int, str] | None:
    """The number of a cell that holds nothing else (5, 五, （五）, 第5项, 5(69)), and its token; folded, no blanks."""
    match = _NUMBER.match(squeeze(text))
    number = chinese_number(match.group("n")) if match else None
    if match is None or not number:
        return None
    return number, (match.group("n") + (match.group("ext") or ""))


def leading_number(text: str) -> tuple[int, str, int] | None:
    """The number a text begins with, its token and where it ends: “三、……”, “问题三”; folded, no blanks."""
    mark = mark_at(text, 0)
    if mark is not None:
        return mark.value, mark.token, mark.end
    found = read_number(text)
    return (*found, len(text)) if found else None
