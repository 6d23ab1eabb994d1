"""A ledger of problems in every state, made by chance from a seed through the writer."""

from datetime import date, timedelta
from random import Random

from desktop.store.ledger import Ledger
from desktop.store.writer import Writer, writing

TODAY = date(2026, 11, 23)
GATES = ("self_check", "apply", "accept", "notice", "file")
UNITS = ("区生态环境分局", "区住建局", "区农业农村局", "区水利局")


def varied_ledger(ledger: Ledger, problems: int, seed: int) -> dict[str, str]:
    """Fill a ledger; gives the ids of the units by name."""
    chance, later = Random(seed), Random(seed + 1)
    with writing(ledger, "李明", TODAY) as writer:
        writer.new("office", {"name": "蒸湘区整改办", "region": "hengyang"}, row=ledger.office_id)
        units = {name: writer.new("unit", {"name": name, "rank": at}) for at, name in enumerate(UNITS)}
        source = {"name": "省督察", "level": "province", "source": "province_inspection", "kind": "routine"}
        inspection = writer.new("inspection", source)
        plan = writer.new("plan", {"title": "方案", "doc_no": "18号", "inspection": inspection})
        other = writer.new("problem", {"number": 900, "text": "承接转入的问题"})
    for number in range(1, problems + 1):
        with writing(ledger, "李明", TODAY) as writer:
            fields = {
                "number": number,
                "text": f"第{number}处{chance.choice(('雨污混接', '扬尘', '黑臭水体'))}，长期未治理",
            }
            if chance.random() < 0.7:
                fields |= {"plan": plan, "inspection": inspection}
            if chance.random() < 0.8:
                fields["deadline"] = _day(chance, -60, 60)
            fields["term_class"] = chance.choice((None, "immediate", "dated", "staged", "long_term"))
            if chance.random() < 0.1:
                fields["transferred_to"] = other
            row = writer.new("problem", fields)
            for role, name in (("lead", chance.choice(UNITS)), ("responsible", chance.choice(UNITS))):
                link = {"problem": row, "unit": units[name], "role": role, "position": 0, "active": True}
                writer.new("problem_unit", link, scope=row)
            _work(writer, chance, row)
        _close(ledger, chance, row)
        _follow(ledger, later, row, units[UNITS[0]])
    return units


def _day(chance: Random, first: int, last: int) -> str:
    return (TODAY + timedelta(days=chance.randint(first, last))).isoformat()


def _work(writer: Writer, chance: Random, row: str) -> None:
    """Measures with reports, stage targets."""
    is_done = chance.random() < 0.4
    for number in range(1, chance.randint(0, 3) + 1):
        fields = {"problem": row, "number": number, "text": f"措施{number}", "due": _day(chance, -40, 90)}
        measure = writer.new("measure", fields, scope=row)
        for month in sorted(chance.sample(("2026-08", "2026-09", "2026-10", "2026-11"), chance.randint(0, 3))):
            percent = 100 if is_done else chance.randint(0, 99)
            entry = {"problem": row, "measure": measure, "month": month, "on": f"{month}-20", "percent": percent}
            writer.new("progress", {**entry, "text": f"{month}正在推进"}, scope=row)
    if chance.random() < 0.3:
        stage = {"problem": row, "due": _day(chance, -30, 60), "text": "阶段目标"}
        writer.new("stage", stage | ({"reached_on": _day(chance, -20, 0)} if chance.random() < 0.5 else {}), scope=row)


def _close(ledger: Ledger, chance: Random, row: str) -> None:
    """Some gates passed, perhaps returned or reopened, perhaps some passed again; each step in an action of its own."""
    steps = list(GATES[: chance.choice((0, 0, 1, 2, 3, 4, 4, 5))])
    if chance.random() < 0.3:
        steps += [chance.choice(("return", "reopen")), *GATES[: chance.choice((0, 0, 0, 1, 4))]]
    if chance.random() < 0.1:
        steps += ["return", "reopen"]
    day = TODAY - timedelta(days=40)
    for action in steps:
        day += timedelta(days=chance.randint(0, 5))
        fields = {"problem": row, "action": action, "on": day.isoformat(), "reason": "补充材料"}
        if action == "notice":
            day += timedelta(days=chance.choice((3, 7)))
            end = TODAY if chance.random() < 0.2 else day
            fields["end"] = end.isoformat()
            day += timedelta(days=1)
        with writing(ledger, "李明", TODAY) as writer:
            writer.new("step", fields, scope=row)


def _follow(ledger: Ledger, chance: Random, row: str, unit: str) -> None:
    """What is chased, demanded, objected to, asked for and to be looked at again."""
    of: dict[str, object] = {"problem": row}
    with writing(ledger, "李明", TODAY) as writer:
        if chance.random() < 0.3:
            letter = {"sheet": writer.ledger.new_id(), "rung": "remind", "unit": unit, "on": _day(chance, -40, -20)}
            answer = {"replied_on": _day(chance, -5, 0), "reply": "已办"} if chance.random() < 0.4 else {}
            writer.new("chase", {**of, **letter, "due": _day(chance, -10, 10), **answer}, scope=row)
        if chance.random() < 0.2:
            seen = {"sheet": writer.ledger.new_id(), "on": _day(chance, -40, -20), "way": "暗访", "demand": "立即清理"}
            writer.new("visit", {**of, **seen, "due": _day(chance, -10, 10)}, scope=row)
        if chance.random() < 0.2:
            raised = {"received_on": _day(chance, -5, 0), "text": "仍有异味"}
            writer.new("objection", {**of, **raised}, scope=row)
        if chance.random() < 0.2:
            asked = {"new": _day(chance, 100, 200), "reason": "汛期停工"}
            writer.new("deadline_change", {**of, **asked}, scope=row)
        flags = {name: True for name in ("listed_for_chasing", "dedicated_watch") if chance.random() < 0.2}
        if flags:
            writer.set("problem", row, flags, scope=row)
        if chance.random() < 0.3:
            writer.set("problem", row, {"next_review": _day(chance, -20, 20)}, scope=row)
        if chance.random() < 0.3:
            looked = {"action": "look_back", "on": TODAY.isoformat(), "next_on": _day(chance, -2, 5), "result": "巩固"}
            writer.new("step", {**of, **looked}, scope=row)
