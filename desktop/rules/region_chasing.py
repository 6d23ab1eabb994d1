"""The parts of a region profile about lights and the ladder of chasing (domain §6), as data with their reader.

No rule of the city is known: palette, words, conditions, days and points are the office's to change. A profile without
``[lights]`` shows no lights, one without ``[[ladder]]`` suggests nothing.
"""

from dataclasses import dataclass
from enum import StrEnum

from desktop.rules.followup import RUNG_WORDS, Rung
from desktop.rules.records import ProgressClass
from desktop.rules.toml_table import TomlTable


class Light(StrEnum):
    """A problem's light in a month, best first. Whether the best is blue or green is the palette's business."""

    GOOD = "good"
    YELLOW = "yellow"
    RED = "red"


# The history knows no region; there the best light is called by what it means.
LIGHT_WORDS = {Light.GOOD: "正常", Light.YELLOW: "黄灯", Light.RED: "红灯"}
PALETTES = ("blue", "green")
CONDITIONS = ("overdue", "node_missed", "near", "class")


@dataclass(frozen=True, slots=True)
class LightRule:
    """One line of the rule table: the light that is suggested ``when`` a condition holds.

    ``overdue`` and ``node_missed``: the deadline, or the day of a measure or stage, has passed by more than ``days``
    days; ``near``: the deadline comes within ``days`` days; ``class``: the progress class is one of ``classes``.
    """

    light: Light
    when: str
    days: int = 0
    classes: tuple[ProgressClass, ...] = ()


@dataclass(frozen=True, slots=True)
class Lights:
    """The lights of a region: ``palette`` blue or green for the best one, the words of each, the rule table."""

    palette: str
    words: tuple[tuple[Light, str], ...]
    rules: tuple[LightRule, ...] = ()

    def tone(self, light: Light) -> str:
        """The tone of a light's colour, as pages name it: the best one is blue or green."""
        good = "accent" if self.palette == "blue" else "ok"
        return {Light.GOOD: good, Light.YELLOW: "warn", Light.RED: "late"}[light]

    def word(self, light: Light) -> str:
        """蓝灯, 黄灯, 红灯, or what the region calls them."""
        return dict(self.words)[light]


@dataclass(frozen=True, slots=True)
class LadderStep:
    """One rung of the ladder: its words, the key of its paper, working days for the answer, points taken off.

    It is suggested when the light was at least ``light`` in ``months`` months on end, when no report came for
    ``unreported`` months on end, or when a paper of one of the rungs ``after`` was not answered in time; a rung with
    none of these is only taken by hand.
    """

    rung: Rung
    words: str
    paper: str = ""
    days: int = 5
    points: int = 0
    light: Light | None = None
    months: int = 1
    unreported: int = 0
    after: tuple[Rung, ...] = ()


def read_lights(top: TomlTable) -> Lights | None:
    """``[lights]`` and ``[[light_rules]]`` of a profile; None where it has no lights."""
    if "lights" not in top.data:
        if "light_rules" in top.data:
            raise top.wrong("lights", "没有填写，不能只写 light_rules")
        return None
    table = top.table("lights")
    table.only({"palette", *Light})
    words = tuple((light, table.text(light)) for light in Light)
    if len({word for _, word in words}) < len(words):
        raise table.wrong("words", "三种灯的名称不能相同")
    return Lights(table.one_of("palette", PALETTES), words, tuple(_rule(row) for row in top.tables("light_rules")))


def _rule(row: TomlTable) -> LightRule:
    row.only({"light", "when", "days", "classes"})
    light = Light(row.one_of("light", (Light.YELLOW, Light.RED)))
    when = row.one_of("when", CONDITIONS)
    classes = row.texts("classes", ())
    unknown = [name for name in classes if name not in set(ProgressClass)]
    if unknown:
        raise row.wrong("classes", f"“{unknown[0]}”不是进度判定，只能填写{'、'.join(ProgressClass)}")
    if (when == "class") != bool(classes):
        raise row.wrong("classes", "when 写 class 时须填写进度判定，其他时候不填")
    return LightRule(light, when, row.whole("days", 0, 0), tuple(ProgressClass(name) for name in classes))


def read_ladder(top: TomlTable) -> tuple[LadderStep, ...]:
    """``[[ladder]]`` of a profile, mildest first as it is written; each rung once, ``after`` names earlier ones."""
    steps: list[LadderStep] = []
    for row in top.tables("ladder"):
        row.only({"rung", "words", "paper", "days", "points", "light", "months", "unreported", "after"})
        rung = Rung(row.one_of("rung", tuple(Rung)))
        before = tuple(step.rung for step in steps)
        if rung in before:
            raise row.wrong("rung", f"“{rung}”写了两次")
        after = row.texts("after", ())
        strange = [name for name in after if name not in before]
        if strange:
            raise row.wrong("after", f"“{strange[0]}”不是排在前面的一级")
        light = row.one_of("light", (Light.YELLOW, Light.RED), "") if "light" in row.data else ""
        steps.append(
            LadderStep(
                rung,
                row.text("words", RUNG_WORDS[rung]),
                row.text("paper", ""),
                row.whole("days", 5),
                row.whole("points", 0, -100),
                Light(light) if light else None,
                row.whole("months", 1),
                row.whole("unreported", 0, 0),
                tuple(Rung(name) for name in after),
            )
        )
    return tuple(steps)
