"""Two months of the exchange at the windows: July goes wrong in every way a stick can, August puts it right."""

import shutil
from datetime import date

from desktop.rules.records import CaseFile
from desktop.store.integrity import check_ledger
from desktop.views.case.page import CasePage
from tests.scenarios.exchange_story import BUREAU, CASES, CITY, HUB, PERSONS, STREET, TOWN, UNITS, Story
from tests.scenarios.window_clerk import press

JULY, LATER, AUGUST = date(2024, 7, 22), date(2024, 7, 29), date(2024, 8, 21)


def first_month(story: Story) -> None:
    """Everybody writes at the same time; a stick is lost, packages come twice, late, and by another's stick."""
    story.on(JULY)
    _write_apart(story)
    _lose_a_stick(story)
    _come_twice_and_out_of_order(story)
    _go_by_another_stick(story)
    _decide(story)
    for name in UNITS:
        story.carry(HUB, name)
        assert ("发出", HUB, "进展上报", "已有回执") in story[name].log()
    assert "新增记录" in story.carry(HUB, CITY)


def _write_apart(story: Story) -> None:
    """The hub and a unit fill in the same field while neither knows of the other."""
    story.report(TOWN, {1: ("3处堆场已拆除1处", 30), 4: ("粪污处理设施已完成选址", 10)})
    story.report(STREET, {2: ("管网改造已完成0.8公里", 30), 3: ("辖区工地巡查每日一次", 50)})
    story.report(BUREAU, {3: ("扬尘巡查制度已印发", 60)})
    for name, element, kind in ((TOWN, "大气", "扬尘污染"), (HUB, "固体废物", "")):
        page = story[name].case(1)
        values = {"element": story.note(name, 1, element)}
        values |= {"problem_type": story.note(name, 1, kind)} if kind else {}
        assert story[name].fill(page.header.edit_button, **values) == ""


def _lose_a_stick(story: Story) -> None:
    """The town's stick never arrives; the next package holds what was on it."""
    town, hub = story[TOWN], story[HUB]
    for file in town.pack(HUB, story.stick("丢了的U盘")):
        file.unlink()
    page = town.case(1)
    photo = town.file("堆场拆除后现场.txt")
    assert town.fill(page.bar.evidence_button, files=photo, text=story.note(TOWN, 1, "堆场拆除后现场照片")) == ""
    (file,) = town.pack(HUB, story.stick("云陂镇第二个U盘"))
    assert "1处与本台账的填写不一致" in hub.look(file)
    said = hub.take(file)
    assert "附件1份" in said
    case = hub.case(1).case
    assert case is not None
    assert [(p.text, p.percent) for p in case.progress] == [("3处堆场已拆除1处", 30)]
    assert [(e.note or e.name, e.present) for e in case.evidence] == [("堆场拆除后现场照片", True)]


def _come_twice_and_out_of_order(story: Story) -> None:
    """The street corrects itself between two packages; the later one comes first, the earlier one twice."""
    street, hub = story[STREET], story[HUB]
    (first,) = street.pack(HUB, story.stick("街道甲盘"))
    page = street.case(2)
    _withdraw(story, page, "数字填错，应为1.8公里")
    assert street.fill(page.bar.progress_button, text=story.note(STREET, 2, "管网改造已完成1.8公里"), percent=70) == ""
    (second,) = street.pack(HUB, story.stick("街道乙盘"))
    assert "新增记录" in hub.take(second)
    before = hub.case(2).case
    assert before is not None
    assert [(p.text, p.percent) for p in before.progress] == [("管网改造已完成1.8公里", 70)]
    assert "没有新的记录" in hub.take(first)
    assert hub.case(2).case == before
    view = hub.choose(first)
    assert view.model.rows[view.table.currentIndex().row()].package.state == "known"
    copy = story.stick("街道丙盘") / "同一个包.zgbx"
    shutil.copyfile(first, copy)
    assert "以前已接收过" in hub.take(copy)
    assert hub.case(2).case == before


def _withdraw(story: Story, page: CasePage, reason: str) -> None:
    """作废 the only entry of a case, with the reason that stays in the history."""
    assert page.case is not None
    (entry,) = page.case.progress
    story[STREET].answers.replies["text"] = story.note(STREET, page.case.problem.number, reason)
    page.progress.words.linkActivated.emit(f"void:{entry.id}")
    assert page.case.progress == ()


def _go_by_another_stick(story: Story) -> None:
    """The bureau's package travels on the town's stick: nobody on the way can open it, and the hub takes it."""
    (file,) = story[BUREAU].pack(HUB, story.stick("云陂镇第二个U盘"))
    view = story[TOWN].choose(file)
    press(view.take_button)
    story[TOWN].qtbot.waitUntil(lambda: bool(view.said.text()), timeout=30_000)
    assert "不是发给本单位的" in view.said.text()
    assert "新增记录" in story[HUB].take(file)
    assert {p.person for p in _case(story, HUB, 3).progress} == {"陈立", "王芳"}


def _decide(story: Story) -> None:
    """The hub's clerk looks at both values and keeps the unit's."""
    view = story[HUB].part("conflicts")
    (line,) = view.model.rows
    assert line.words == "问题1 问题·要素"
    words = [button.text() for button in view.choices]
    (at,) = [n for n, text in enumerate(words) if text.startswith("大气")]
    press(view.choices[at])
    press(view.decide_button)
    assert view.count == 0


def _case(story: Story, office: str, number: int) -> CaseFile:
    found = story[office].case(number).case
    assert found is not None
    return found


def second_month(story: Story) -> None:
    """The windows were closed in between; a proposal goes up and comes back decided, the city's word comes down."""
    story.on(AUGUST)
    for desk in (story[HUB], story[TOWN]):
        desk.throw_away()
        desk.open_window(desk.person)
        desk.open_identity()
    hub = story[HUB]
    assert hub.board("6月") == dict.fromkeys(UNITS, "/")
    assert hub.board("7月") == dict.fromkeys(UNITS, "已报")
    assert hub.board("8月") == dict.fromkeys(UNITS, "未报")
    story.report(TOWN, {1: ("3处堆场全部拆除", 100), 4: ("粪污处理设施主体完工", 60)})
    _propose(story)
    _city_speaks(story)
    story.report(STREET, {2: ("管网改造完成2.2公里", 85), 3: ("辖区工地巡查每日两次", 80)})
    files = [file for name in (TOWN, STREET) for file in story[name].pack(HUB, story.stick("八月的U盘"))]
    assert hub.take_all(files[0]).startswith("已接收2个。")
    assert hub.board("8月") == {TOWN: "已报", STREET: "已报", BUREAU: "未报"}
    assert hub.exchange.board.said.text() == "8月还有1个单位没有报齐：区住建局。"
    story.report(BUREAU, {3: ("全区工地裸土覆盖率98%", 90)})
    assert "新增记录" in story.carry(BUREAU, HUB)
    assert hub.board("8月") == dict.fromkeys(UNITS, "已报")
    assert hub.exchange.board.said.text() == "8月各单位都已报齐。"
    _accept(story)
    _go_round(story)


def _propose(story: Story) -> None:
    """Only the hub decides what it issued; the town's new deadline is a proposal on both sides."""
    town = story[TOWN]
    page = town.case(4)
    story.note(TOWN, 4, "2025")
    assert town.fill(page.header.edit_button, deadline="2025-03-31") == ""
    assert _case(story, TOWN, 4).problem.deadline == date(2024, 12, 31)
    view = town.part("conflicts")
    (line,) = view.model.rows
    assert (line.kind, line.words) == ("修改建议", "问题4 问题·整改时限")
    assert not view.decide_button.isEnabled()


def _city_speaks(story: Story) -> None:
    """The city lists a problem for chasing and its word goes down to the unit, through the hub."""
    page = story[CITY].case(2)
    assert story[CITY].fill(page.header.edit_button, problem_type=story.note(CITY, 2, "市级重点")) == ""
    assert "新增记录" in story.carry(CITY, HUB)


def _accept(story: Story) -> None:
    """The hub takes the town's proposal, and puts its own measure right."""
    hub = story[HUB]
    view = hub.part("conflicts")
    (line,) = view.model.rows
    assert (line.kind, line.words) == ("修改建议", "问题4 问题·整改时限")
    (at,) = [n for n, button in enumerate(view.choices) if "2025" in button.text()]
    press(view.choices[at])
    press(view.decide_button)
    assert _case(story, HUB, 4).problem.deadline == date(2025, 3, 31)


def _go_round(story: Story) -> None:
    """Sticks go, the last ones with receipts only, until nobody has anything for anybody."""
    pairs = ((TOWN, HUB), (STREET, HUB), (BUREAU, HUB), (HUB, CITY))
    ways = (*((above, name) for name, above in pairs), *pairs)
    for _ in range(4):
        carried = 0
        for sender, receiver in ways:
            if story[sender].waiting(receiver) != "没有新的":
                story.carry(sender, receiver)
                carried += 1
        if not carried:
            return
    raise AssertionError("there is always something new")


def agree(story: Story) -> None:
    """Every office shows its cases as the hub does, nothing is open, and whatever anybody wrote is in the history."""
    histories = {}
    for name, numbers in CASES.items():
        desk = story[name]
        assert desk.numbers() == numbers
        for number in numbers:
            assert _case(story, name, number) == _case(story, HUB, number), (name, number)
        assert desk.part("conflicts").count == 0
        assert check_ledger(desk.ledger).is_sound
        assert {state for _, _, _, state in desk.log()} <= {"已接收", "已有回执", "还没有回执"}
        histories[name] = desk.history("")
    for office, number, words in story.written:
        for reader in {office, HUB, CITY}:
            found = [line for line in histories[reader] if words in line and PERSONS[office] in line]
            assert found, (reader, office, number, words)
