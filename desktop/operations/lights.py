"""亮灯: the lights of problems as the region's rules tell them, and a clerk's decision on one."""

from collections.abc import Sequence
from datetime import date

from desktop.operations.month.work import require_open_month
from desktop.operations.profile import region_of
from desktop.rules.case_parts import LIGHT_PARTS
from desktop.rules.entries import LightEntry
from desktop.rules.errors import Refused
from desktop.rules.lifecycle import require_open
from desktop.rules.lights import LightState, decided_light, light_of, possible_lights
from desktop.rules.months import case_in_month, last_day, months_back
from desktop.rules.records import CaseFile, Changes
from desktop.rules.region import Region
from desktop.rules.region_chasing import Light
from desktop.rules.standing import Yardstick, class_of, month_of
from desktop.rules.texts import clean
from desktop.rules.wording import month_in_text
from desktop.store.ledger import Ledger
from desktop.store.lines import read_lines_of, still_running, with_decided_light, with_passed_days
from desktop.store.read_cases import read_cases
from desktop.store.reading import chunks
from desktop.store.writer import writing


def lights_of(
    ledger: Ledger, problems: Sequence[str], today: date, region: Region | None = None, month: str = ""
) -> dict[str, LightState]:
    """The lights of some problems in a month, by default today's; ten a millisecond, those without left out."""
    known, is_past = region or region_of(ledger), month not in ("", month_of(today))
    # What is struck off now may have had a light before.
    lit = problems if is_past else still_running(ledger, problems)
    found = ((case.problem.id, light_of(case, known, today, month)) for case in read_cases(ledger, lit, LIGHT_PARTS))
    return {problem: state for problem, state in found if state}


def glance_at_lights(
    ledger: Ledger, problems: Sequence[str], today: date, region: Region | None = None
) -> dict[str, frozenset[Light]]:
    """The lights that some problems may have today, told without reading their cases; none of those without lights.

    Where one alone is possible, it is the light the problem has (``lights_of``).
    """
    known, month = region or region_of(ledger), month_of(today)
    by = Yardstick("", known.dispatch.behind_points, known.lights)
    missed, decided = with_passed_days(ledger, problems, today), with_decided_light(ledger, problems, month)
    found: dict[str, frozenset[Light]] = dict.fromkeys(problems, frozenset())
    for line in (line for ids in chunks(problems) for line in read_lines_of(ledger, ids)):
        possible = possible_lights(line, by, today, has_missed=line.id in missed)
        found[line.id] = frozenset(Light) if possible and line.id in decided else possible
    return found


def lights_to_decide(ledger: Ledger, case: CaseFile, today: date, count: int = 3) -> tuple[tuple[str, LightState], ...]:
    """The latest months in which a problem has a light, this month first, each with that light."""
    region = region_of(ledger)
    found = ((month, light_of(case, region, today, month)) for month in months_back(month_of(today), count))
    return tuple((month, state) for month, state in found if state)


def decide_light(ledger: Ledger, case: CaseFile, entry: LightEntry, today: date, person: str = "") -> Changes:
    """Record the light a clerk decides for a month, with the reason; what the rules suggest stays readable.

    A light as suggested needs no reason, unless another one was decided before.
    """
    require_open(case, "亮灯判定")
    region = region_of(ledger)
    lights = region.lights
    if lights is None:
        raise Refused("地区模板没有设置亮灯，没有保存。", "no_lights")
    if entry.month > month_of(today):
        raise Refused(f"{month_in_text(entry.month)}还没有到，没有保存。", "month_future")
    require_open_month(ledger, entry.month)
    state = light_of(case, region, today, entry.month)
    if state is None:
        raise Refused(f"问题{case.problem.number}在{month_in_text(entry.month)}不亮灯，没有保存。", "no_light")
    changes_it = entry.light != state.suggested or decided_light(case, entry.month) is not None
    if changes_it and not clean(entry.reason):
        raise Refused(
            f"建议的是{lights.word(state.suggested)}，改判须写明理由（如被省级以上通报、曝光），没有保存。",
            "light_reason",
        )
    is_now = entry.month == month_of(today)
    then = case if is_now else case_in_month(case, entry.month)
    yardstick = Yardstick(points=region.dispatch.behind_points)
    judged = class_of(then, today if is_now else last_day(entry.month), yardstick)
    fields = {
        "problem": case.problem.id,
        "month": entry.month,
        "on": today.isoformat(),
        "suggested": judged.suggested,
        "decided": judged.progress,
        "light": entry.light,
        "reason": clean(entry.reason),
    }
    with writing(ledger, clean(person), today) as writer:
        row = writer.new("judgement", fields, scope=case.problem.id)
    word = lights.word(entry.light)
    return Changes(f"问题{case.problem.number}在{month_in_text(entry.month)}判定为{word}。", (("judgement", row),))
