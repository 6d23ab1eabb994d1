"""The offices of the exchange told at the window: a city, a hub, three units, and how they come to know each other."""

import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from desktop.views.dispatch.page import DispatchPage
from desktop.views.place import PageKey
from tests.scenarios.exchange_desk import Desk, make_desk
from tests.views.conftest import Answers

FIRST_DAY = date(2024, 7, 5)
CITY, HUB, TOWN, STREET, BUREAU = "衡江市整改办", "江澜区整改办", "云陂镇", "白鹭洲街道", "区住建局"
PERSONS = {CITY: "周衡", HUB: "苏念之", TOWN: "李明", STREET: "王芳", BUREAU: "陈立"}
UNITS = (TOWN, STREET, BUREAU)
# Problem, measure, and its units by the initials of their names.
PROBLEMS = (
    (1, "云陂镇砂石堆场扬尘污染", "拆除临江砂石堆场3处", {"ypz": "lead", "qzjj": "assisting"}),
    (2, "白鹭洲街道雨污混流", "改造雨污管网2.6公里", {"blzjd": "lead"}),
    (3, "在建工地裸土未覆盖", "建立工地扬尘日巡查制度", {"qzjj": "lead", "blzjd": "assisting"}),
    (4, "云陂镇畜禽粪污直排", "建成粪污处理设施", {"ypz": "lead"}),
)
CASES = {TOWN: (1, 4), STREET: (2, 3), BUREAU: (1, 3), HUB: (1, 2, 3, 4), CITY: (1, 2, 3, 4)}


@dataclass
class Story:
    """The offices by name, the folder of their sticks, and everything that anybody wrote: office, problem, words."""

    desks: dict[str, Desk]
    sticks: Path
    digits: dict[str, str] = field(default_factory=dict)
    written: list[tuple[str, int, str]] = field(default_factory=list)

    def __getitem__(self, name: str) -> Desk:
        return self.desks[name]

    def stick(self, name: str) -> Path:
        """A stick by the name on its label."""
        folder = self.sticks / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def on(self, day: date) -> None:
        """The day at every office."""
        for desk in self.desks.values():
            desk.day = day

    def note(self, office: str, problem: int, words: str) -> str:
        """Remember what somebody writes, for the end."""
        self.written.append((office, problem, words))
        return words

    def report(self, office: str, rows: dict[int, tuple[str, int]]) -> None:
        """An office's month, typed into the grid."""
        for problem, (words, _) in rows.items():
            self.note(office, problem, words)
        self[office].report(rows)

    def carry(self, sender: str, receiver: str) -> str:
        """A stick from one office to another; what the receiver is told."""
        files = self[sender].pack(receiver, self.stick(f"{sender}的U盘"))
        return "".join(self[receiver].take(file) for file in files)

    def end(self) -> None:
        """Every window closes."""
        for desk in self.desks.values():
            for window in desk.windows:
                window.session.runner.wait()
            desk.end()


def make_story(qtbot: Any, answers: Answers, folder: Path) -> Story:
    """Five PCs on which the program was just unpacked."""
    desks = {}
    for name, person in PERSONS.items():
        home = folder / name
        home.mkdir()
        desks[name] = make_desk(qtbot, answers, home, name, person, FIRST_DAY)
    return Story(desks, folder / "U盘")


def begin(story: Story, qapp: QApplication) -> None:
    """From unpacked programs to offices that know each other: 初始包 down, the first word up, sheets compared."""
    city, hub = story[CITY], story[HUB]
    city.begin_new(qapp)
    city.enter_unit(HUB)
    story.digits[CITY] = city.make_identity()
    _join(story, qapp, CITY, HUB)
    for name in UNITS:
        hub.enter_unit(name)
    for number, text, measure, units in PROBLEMS:
        hub.enter_problem(number, story.note(HUB, number, text), story.note(HUB, number, measure), units)
    for name in UNITS:
        _join(story, qapp, HUB, name)


def _join(story: Story, qapp: QApplication, above: str, name: str) -> None:
    """An office begins with the 初始包 of the office above; both type the digits of the other's stamped sheet."""
    upper, desk = story[above], story[name]
    package = upper.make_start(story.stick(f"{above}初始包"))
    desk.begin_with(qapp, package)
    story.digits[name] = desk.make_identity()
    desk.confirm(above, story.digits[above], "确认单2024年1号")
    (hello,) = desk.pack(above, story.stick(f"{name}的U盘"))
    assert "待核验" in upper.take(hello)
    upper.confirm(name, story.digits[name], f"{name}确认单")
    shutil.rmtree(story.stick(f"{above}初始包"))


def issue(story: Story) -> None:
    """下达: each unit gets its own problems and no other."""
    for name in UNITS:
        assert "新增记录" in story.carry(HUB, name)
        page = story[name].turn_to(PageKey.DISPATCH)
        assert isinstance(page, DispatchPage)
        story[name].qtbot.waitUntil(lambda page=page: not page.is_reading, timeout=30_000)
        at = next(n for n, column in enumerate(page.model.columns) if column.key == "number")
        numbers = [int(str(page.model.index(row, at).data())) for row in range(page.model.rowCount())]
        assert tuple(sorted(numbers)) == CASES[name]
