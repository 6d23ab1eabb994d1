"""A year in the life of an office: 16 problems, 12 rounds, and at the end nothing is left open."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.operations.chasing import issue_chase, next_chase_number, reply_chase, settle_chase
from desktop.operations.extension import extend_deadline
from desktop.operations.ledgers import new_ledger
from desktop.operations.objections import save_objection
from desktop.operations.profile import region_of
from desktop.rules.entries import ChaseEntry, ExtensionEntry, ObjectionEntry, ReplyEntry, SettleEntry
from desktop.rules.errors import NeedsReason, Refused
from desktop.rules.followup import Rung
from desktop.rules.ladder import suggest_rung
from desktop.rules.lifecycle import is_closed, is_stage_closed
from desktop.rules.records import Gate, StepAction
from tests.scenarios.year_office import CLERK, REPORTS, Office, last_of

MONTHS = tuple(f"2024-{month:02}" for month in range(7, 13)) + tuple(f"2025-{month:02}" for month in range(1, 7))
PORT, HIGH_TECH = "江澜港务有限公司", "江澜高新技术产业园管委会"
EVERY = range(1, 17)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office that begins with the plan of sixteen problems."""
    files = tmp_path / "材料"
    files.mkdir()
    with new_ledger(tmp_path / "台账", "江澜区整改办", date(2024, 7, 5), person=CLERK) as ledger:
        made = Office(ledger, files)
        made.begin(date(2024, 7, 5))
        yield made


def test_a_year_in_the_life_of_an_office(office: Office) -> None:
    """As many problems as the plan counts; in June each is struck off or goes on for good, and no month has changed."""
    start = office.figures("2024-07", date(2024, 7, 5)).figures
    assert start.by_year == (("2024", 11), ("2025", 2), ("2026", 1), ("long_term", 2))
    for part in (summer, a_problem_that_stands_still, two_returns, an_objection, winter, a_relapse, spring):
        part(office)
    office.live()
    june = office.figures("2025-06", last_of("2025-06")).figures
    assert (june.total, june.closed, june.long_term, june.behind, june.on_schedule) == (16, 14, 2, 0, 0)
    assert all(is_closed(office.case(number)) for number in range(1, 15))
    assert all(is_stage_closed(office.case(number)) for number in (15, 16))
    assert not any(found.is_open for number in EVERY for found in office.case(number).chases)
    july = office.figures("2024-07", last_of("2025-06")).figures
    assert (july.total, july.closed, july.not_started) == (16, 0, 2)
    for month in MONTHS:
        for key in REPORTS:
            assert office.print(month, key, date(2025, 7, 1)) == office.kept[month, key], (month, key)


def summer(office: Office) -> None:
    """July to September: the high-tech zone does not report for July; what it sends in August does not change July."""
    office.month("2024-07", {number: 20 for number in EVERY if number not in (6, 10)}, "管委会未报，已催报")
    office.at(date(2024, 7, 22), lambda: office.zero("2024-07", PORT))
    office.at(date(2024, 7, 30), lambda: _is_waited_for(office))
    call = (Rung.CALL, (6, 10), date(2024, 8, 1), date(2024, 8, 6), "请补报7月整改进展")
    office.at(date(2024, 8, 1), lambda: chase(office, "催报", *call))
    for number in (6, 10):
        office.at(date(2024, 8, 6), lambda number=number: office.report("2024-07", number, 15, date(2024, 8, 6)))
    office.at(date(2024, 8, 6), lambda: reply(office, "催报", date(2024, 8, 6), "已补报"))
    office.at(date(2024, 8, 7), lambda: settle(office, "催报", date(2024, 8, 7)))
    office.month("2024-08", {number: 100 if number in (1, 2) else 30 for number in EVERY})
    office.close(1, date(2024, 8, 21))
    office.close(2, date(2024, 9, 2))


def _is_waited_for(office: Office) -> None:
    assert HIGH_TECH in [line.unit.name for line in office.board("2024-07") if not line.is_settled]
    with pytest.raises(NeedsReason, match=HIGH_TECH):
        office.freeze("2024-07", reason="")


def a_problem_that_stands_still(office: Office) -> None:
    """September to November: problem 10 does not move. A reminder, a letter that stays unanswered, a talk."""
    for month, percent in (("2024-09", 45), ("2024-10", 60), ("2024-11", 80)):
        office.month(month, {number: 30 if number == 10 else percent for number in EVERY if number > 2})
    for name, rung, on, due, why in (
        ("提醒函", Rung.REMIND, date(2024, 10, 8), date(2024, 10, 15), "本月黄灯"),
        ("督办", Rung.CHASE, date(2024, 11, 4), date(2024, 11, 11), "连续2个月黄灯"),
        (
            "约谈",
            Rung.TALK,
            date(2024, 11, 15),
            date(2024, 12, 13),
            "督办（江澜委督函〔2024〕2号）应于2024年11月11日回复",
        ),
    ):
        office.at(
            on,
            lambda name=name, of=(rung, (10,), on, due, "请加快管网改造"), why=why: _as_suggested(
                office, name, of, why
            ),
        )
        office.at(date(2025, 3, 28), lambda name=name: settle(office, name, date(2025, 3, 28)))
    for name in ("提醒函", "约谈"):
        day = date(2024, 10, 14) if name == "提醒函" else date(2024, 11, 20)
        office.at(day, lambda name=name, day=day: reply(office, name, day, "已倒排工期"))
    office.at(date(2024, 11, 21), lambda: _asks_for_time(office))


def _as_suggested(office: Office, name: str, of: tuple[Rung, tuple[int, ...], date, date, str], why: str) -> None:
    """The clerk takes up what the program suggests, for the reason it gives."""
    suggested = suggest_rung(office.case(10), region_of(office.ledger), of[2])
    assert suggested is not None
    assert suggested.step.rung == of[0]
    assert suggested.reasons[0].startswith(why)
    chase(office, name, *of)


def _asks_for_time(office: Office) -> None:
    """What is only asked for moves nothing; with the city's approval problem 10 has until March."""
    asked = ExtensionEntry(date(2025, 3, 31), "汛期停工两个月", is_request=True)
    extend_deadline(office.ledger, office.case(10), asked, date(2024, 11, 21), CLERK)
    assert office.case(10).problem.current_deadline == date(2024, 12, 31)
    granted = ExtensionEntry(date(2025, 3, 31), "汛期停工两个月", "市整改办", "衡整改办〔2024〕31号")
    extend_deadline(office.ledger, office.case(10), granted, date(2024, 11, 21), CLERK)
    assert office.case(10).problem.deadline == date(2024, 12, 31)
    assert office.case(10).problem.current_deadline == date(2025, 3, 31)


def two_returns(office: Office) -> None:
    """December: what is done is handed in; problems 5 and 7 come back, and go again in January."""
    still = {10: 70, 12: 70, 13: 70, 14: 60, 15: 60, 16: 60}
    office.month("2024-12", {number: still.get(number, 100) for number in EVERY if number > 2}, day=3)
    for number in (4, 6, 8, 9, 11):
        office.close(number, date(2024, 12, 5))
    for number in (5, 7):
        office.close(number, date(2024, 12, 4), to=Gate.APPLY)
        office.at(date(2024, 12, 9), lambda number=number: _comes_back(office, number, date(2024, 12, 9)))
        office.close(number, date(2025, 1, 6))


def _comes_back(office: Office, number: int, day: date) -> None:
    office.step(number, StepAction.RETURN, day, "补充监测报告；补拍整改后照片", reason="现场与材料不一致")
    with pytest.raises(Refused, match="尚未自查自验"):
        office.step(number, StepAction.APPLY, day)


def an_objection(office: Office) -> None:
    """A resident objects to the notice of problem 3; it cannot be filed before the answer, and then it can."""
    office.close(3, date(2024, 12, 4), to=Gate.NOTICE)
    office.at(date(2024, 12, 16), lambda: object_to(office, None))
    office.at(date(2024, 12, 24), lambda: _waits_for_the_answer(office))
    office.at(date(2024, 12, 25), lambda: object_to(office, date(2024, 12, 25)))
    office.at(date(2024, 12, 26), lambda: office.step(3, StepAction.FILE, date(2024, 12, 26)))


def object_to(office: Office, answered: date | None) -> None:
    """The objection as it came in, or with its answer."""
    handled = ("区住建局", "现场核查为雨水口", "不成立", answered) if answered else ()
    entry = ObjectionEntry(date(2024, 12, 16), "沿湖仍有一处排口", "附近居民", "电话", *handled)
    row = next((found.id for found in office.case(3).objections), "")
    save_objection(office.ledger, office.case(3), row, entry, answered or date(2024, 12, 16), CLERK)


def _waits_for_the_answer(office: Office) -> None:
    with pytest.raises(Refused, match="异议"):
        office.step(3, StepAction.FILE, date(2024, 12, 24))


def winter(office: Office) -> None:
    """January to March: the second try of what came back; problem 10 is done in time for its new deadline."""
    for month, done in (("2025-01", (5, 7)), ("2025-02", ()), ("2025-03", (10,))):
        office.month(month, {number: 100 if number in done else 85 for number in (5, 7, 10, *EVERY[11:])}, day=5)
    office.close(10, date(2025, 3, 6))


def a_relapse(office: Office) -> None:
    """March: a look back at problem 2 finds the sand in the open again; it is struck off a second time in May."""
    seen = {"text": "堆场又露天堆放砂石", "result": "反弹", "way": "暗访", "reopens": True}
    office.at(date(2025, 3, 12), lambda: office.step(2, StepAction.LOOK_BACK, date(2025, 3, 12), **seen))
    office.at(date(2025, 3, 13), lambda: _is_open_again(office))
    office.close(2, date(2025, 5, 5))


def _is_open_again(office: Office) -> None:
    assert not is_closed(office.case(2))
    assert [step.on for step in office.case(2).steps if step.action == StepAction.FILE] == [date(2024, 9, 23)]


def spring(office: Office) -> None:
    """April to June: the rest in good time; the long-term problems close their first stage."""
    for month, done in (("2025-04", (12, 13)), ("2025-05", (2, 14)), ("2025-06", (15, 16))):
        office.month(month, {number: 100 if number in done else 90 for number in (2, *EVERY[11:])}, day=4)
        for number in done:
            if number != 2:
                office.close(number, date.fromisoformat(f"{month}-05"))


def chase(office: Office, name: str, rung: Rung, numbers: tuple[int, ...], on: date, due: date, text: str) -> None:
    """A paper of the ladder to the high-tech zone, known by a name from then on."""
    cases = [office.case(number) for number in numbers]
    unit = next(held.unit_id for case in cases for held in case.units if held.name == HIGH_TECH)
    number = next_chase_number(office.ledger, rung, on)
    entry = ChaseEntry(rung, unit, tuple(case.problem.id for case in cases), on, due, text, number)
    office.sheets[name] = issue_chase(office.ledger, entry, on, CLERK, "按登记顺序取号").extra["sheet"]


def reply(office: Office, name: str, on: date, text: str) -> None:
    """The zone's answer."""
    reply_chase(office.ledger, office.sheets[name], ReplyEntry(on, text), on, CLERK)


def settle(office: Office, name: str, on: date) -> None:
    """The end of a paper of the ladder."""
    settle_chase(office.ledger, office.sheets[name], SettleEntry(on, "已落实"), on, CLERK)
