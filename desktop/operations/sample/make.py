"""The sample ledger: an invented district lives through two years, by the same operations that clerks use.

The plan is read and imported as a clerk would do it; every report, paper and step is recorded on the day on which it
happens, so that looking back at an earlier day shows what was known then. Clock and chance are fixed: two runs give
the same op ids on one machine.
"""

import tempfile
from pathlib import Path

from desktop.operations.cases import find_case
from desktop.operations.ledgers import Progress, new_ledger
from desktop.operations.plan.intake import import_plan, read_plan_file
from desktop.operations.sample.acts import act
from desktop.operations.sample.play import FixedSurroundings, Play
from desktop.operations.sample.story import (
    District,
    Story,
    Table,
    in_order,
    read_district,
    read_months,
    read_stories,
)
from desktop.rules.ids import derived_id
from desktop.rules.names import normal_name
from desktop.store.ledger import Ledger
from desktop.store.read_shared import read_plans
from desktop.store.writer import Writer, writing


def make_sample(folder: Path, progress: Progress | None = None) -> Path:
    """Make the sample ledger in an empty folder and return the folder; takes a few seconds.

    ``progress`` hears a sentence and a share of 0–1. Raises Refused when the folder holds something.
    """
    district, stories = read_district(), read_stories()
    clock = FixedSurroundings(district.office, district.opened)
    tell = progress or (lambda words, share: None)
    tell("正在新建台账，导入整改方案", 0.0)
    ledger = new_ledger(
        folder,
        district.office,
        district.opened,
        region=district.region,
        district=district.name,
        person=district.clerk,
        outside=clock.as_surroundings(),
    )
    with ledger, tempfile.TemporaryDirectory(prefix="sample-") as desk:
        _furnish(ledger, district)
        import_plan(ledger, read_plan_file(district.plan), district.opened, district.clerk)
        _complete(ledger, district, stories)
        places = {story.number: story.at for story in stories}
        act(Play(ledger, clock, Path(desk), places, district.reporters), in_order(stories, read_months()), tell)
    return folder


def _furnish(ledger: Ledger, district: District) -> None:
    """The unit list, people, settings and older inspections, which stand ready before the plan comes in."""
    units = {unit["name"]: derived_id("unit", district.name, normal_name(unit["name"])) for unit in district.units}
    with writing(ledger, district.clerk, district.opened) as writer:
        for rank, unit in enumerate(district.units, 1):
            _put_unit(writer, units, rank * 10, unit)
        for person in district.people:
            fields = {"name": person["name"], "post": person["post"], "phone": person.get("phone")}
            fields |= {"unit": units.get(person.get("unit", "")), "is_leader": person.get("leader")}
            writer.new("person", fields)
        for key, value in district.settings.items():
            writer.new("setting", {"key": key, "value": value})
        for found in district.inspections:
            fields = {key: found[key] for key in ("name", "level", "source", "kind")}
            fields["feedback_on"] = found["feedback_on"].isoformat()
            writer.put("inspection", fields, row=_inspection_row(found["key"]))


def _put_unit(writer: Writer, units: dict[str, str], rank: int, unit: Table) -> None:
    row = units[unit["name"]]
    fields = {"name": unit["name"], "short_name": unit.get("short"), "is_group": unit.get("group")}
    writer.put("unit", {**fields, "rank": rank, "phone": unit.get("phone")}, row=row)
    for alias in unit.get("aliases", ()):
        fields = {"unit": row, "alias": alias, "active": True}
        writer.put("unit_alias", fields, row=derived_id("unit_alias", row, alias))
    for member in unit.get("members", ()):
        fields = {"group": row, "unit": units[member], "active": True}
        writer.put("unit_member", fields, row=derived_id("unit_member", row, units[member]))


def _inspection_row(key: str) -> str:
    return derived_id("inspection", "sample", key)


def _complete(ledger: Ledger, district: District, stories: tuple[Story, ...]) -> None:
    """What the office adds to the imported plan: sources, numbers of the city, kinds, stage targets."""
    inspection = read_plans(ledger)[0].inspection_id
    cases = [(story, find_case(ledger, story.number)) for story in stories]
    with writing(ledger, district.clerk, district.opened) as writer:
        writer.set("inspection", inspection, {"feedback_on": district.feedback_on.isoformat()})
        for story, case in cases:
            writer.set("problem", case.problem.id, _added(story))
            for target in story.stages:
                fields = {"problem": case.problem.id, "text": target["text"], "count": target.get("count")}
                fields["due"] = target["due"].isoformat()
                writer.new("stage", fields, scope=case.problem.id)


def _added(story: Story) -> dict[str, object]:
    told = story.fields
    fields: dict[str, object] = {"element": told["element"], "problem_type": told["type"]}
    fields["external_numbers"] = [["city", str(told["city_no"])]]
    if story.inspection:
        fields["inspection"] = _inspection_row(story.inspection)
    if "internal_deadline" in told:
        fields["internal_deadline"] = told["internal_deadline"].isoformat()
    return fields | {flag: True for flag in ("listed_for_chasing", "dedicated_watch") if told.get(flag)}
