"""The light of a problem in a month: suggested by the rule table, decided by a clerk with a reason (domain §6).

A light is a judgement of a person: criticised or exposed problems are red by decision. The word always stands beside
the colour, with a shape of its own.
"""

from dataclasses import dataclass
from datetime import date

from desktop.rules.deadlines import finished_on, stages_due
from desktop.rules.lifecycle import is_closed, is_elsewhere
from desktop.rules.months import case_in_month, last_day
from desktop.rules.records import PROGRESS_WORDS, CaseFile, Gate, Judgement, ProblemLine
from desktop.rules.region import Region
from desktop.rules.region_chasing import Light, LightRule
from desktop.rules.standing import Yardstick, class_of, month_of
from desktop.rules.wording import date_in_text

SHAPES = {Light.GOOD: "●", Light.YELLOW: "▲", Light.RED: "■"}
_ORDER = tuple(Light)


@dataclass(frozen=True, slots=True)
class LightState:
    """A problem's light in a month: the light, its word, why, and whether a clerk decided it.

    ``suggested`` is what the rule table says, whatever was decided; ``tone`` the colour, as pages name it.
    """

    light: Light
    word: str
    suggested: Light
    tone: str = ""
    reasons: tuple[str, ...] = ()
    is_decided: bool = False

    @property
    def words(self) -> str:
        """The shape and the word: ▲黄灯."""
        return f"{SHAPES[self.light]}{self.word}"


def light_of(case: CaseFile, region: Region, today: date, month: str = "") -> LightState | None:
    """The light in a month, by default today's; None without lights, for closed problems and those counted elsewhere.

    Past months are told by what was reported for them. A light that a clerk decided for the month stands.
    """
    return light_by(case, Yardstick(month, region.dispatch.behind_points, region.lights), today)


def light_by(case: CaseFile, by: Yardstick, today: date) -> LightState | None:
    """The same for a yardstick, which names the month and the lights."""
    lights, month = by.lights, by.month
    if lights is None or is_elsewhere(case.problem):
        return None
    month = month or month_of(today)
    then, day = (case, today) if month == month_of(today) else (case_in_month(case, month), last_day(month))
    if is_closed(then):
        return None
    worst, reasons = _suggested(then, by, min(day, today))
    decided = decided_light(case, month)
    if decided is None:
        return LightState(worst, lights.word(worst), worst, lights.tone(worst), reasons)
    light = Light(decided.light)
    given = (decided.reason,) if decided.reason else ()
    return LightState(light, lights.word(light), worst, lights.tone(light), given, True)


def possible_lights(line: ProblemLine, by: Yardstick, today: date, *, has_missed: bool) -> frozenset[Light]:
    """The lights that a problem may have today as far as its line in the list tells; one alone is the light it has.

    ``has_missed``: the day of one of its measures or stages has passed, whether it was done or not. Of a problem whose
    light a clerk decided this month nothing is told.
    """
    found: set[Light] = set()
    if by.lights is None or line.is_closed or line.is_transferred:
        return frozenset()
    if any(gate == Gate.SELF_CHECK for gate, _ in line.passed):
        return frozenset({Light.GOOD})
    is_undone = line.measures_done < line.measures  # and nothing else can have finished it
    for light in (Light.RED, Light.YELLOW):
        rules = [rule for rule in by.lights.rules if rule.light == light]
        is_dated = any(_by_deadline(line.deadline, rule, today) for rule in rules)
        if is_dated or any(rule.when == "class" or (rule.when == "node_missed" and has_missed) for rule in rules):
            found.add(light)
        if is_dated and is_undone:
            return frozenset(found)
    return frozenset({*found, Light.GOOD})


def at_least(light: Light, bound: Light) -> bool:
    """True when a light is as bad as another or worse."""
    return _ORDER.index(light) >= _ORDER.index(bound)


def decided_light(case: CaseFile, month: str) -> Judgement | None:
    """The judgement by which a clerk decided the light of a month; the last one counts."""
    own = [one for one in case.judgements if one.month == month and one.light in set(Light)]
    return max(own, key=lambda one: one.order, default=None)


def _suggested(case: CaseFile, by: Yardstick, day: date) -> tuple[Light, tuple[str, ...]]:
    """The worst light of the rules that apply, with their reasons; the best one once the rectification is done."""
    if by.lights is not None and not finished_on(case):
        # The worst first: where one of its rules applies, milder ones are not asked.
        for light in (Light.RED, Light.YELLOW):
            found = (_reason(case, rule, day, by) for rule in by.lights.rules if rule.light == light)
            reasons = tuple(dict.fromkeys(reason for reason in found if reason))
            if reasons:
                return light, reasons
    return Light.GOOD, ()


def _reason(case: CaseFile, rule: LightRule, day: date, by: Yardstick) -> str:
    """Why a rule applies; empty where it does not."""
    if rule.when == "class":
        progress = class_of(case, day, Yardstick(points=by.points)).progress
        return f"进度判定为“{PROGRESS_WORDS[progress]}”" if progress in rule.classes else ""
    if rule.when == "node_missed":
        return _missed(case, day, rule.days)
    return _by_deadline(case.problem.current_deadline, rule, day)


def _by_deadline(deadline: date | None, rule: LightRule, day: date) -> str:
    """Why a rule about the deadline applies."""
    if deadline is None or rule.when not in ("overdue", "near"):
        return ""
    left = (deadline - day).days
    if rule.when == "overdue":
        return f"整改时限{date_in_text(deadline)}已过{-left}天" if left < -rule.days else ""
    return f"距整改时限还有{left}天" if 0 <= left <= rule.days else ""


def _missed(case: CaseFile, day: date, days: int) -> str:
    """The earliest day of a measure or stage that has passed by more than so many days, in words."""
    missed = [(m.due, f"第{m.number}项措施") for m in case.measures if m.due and m.due < day and not m.is_done]
    missed += [(stage.due, "阶段目标") for stage in stages_due(case, day) if stage.due < day]
    due, what = min(missed, default=(day, ""))
    late = (day - due).days
    return f"{what}的节点{date_in_text(due)}已过{late}天" if late > days else ""
