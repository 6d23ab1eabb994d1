"""交换 at two windows with one stick between them: from the first contact to the decided conflict."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from desktop.operations.cases import find_case
from desktop.operations.ledgers import new_ledger
from desktop.operations.packages.identities import own_keys, unlock
from desktop.operations.problems import save_measure, save_problem
from desktop.operations.progress import report_progress
from desktop.operations.units import list_units, save_unit
from desktop.rules.entries import MeasureEntry, ProblemEntry, ProgressEntry, UnitEntry
from desktop.rules.errors import Refused
from desktop.rules.records import UnitRole
from desktop.store.writer import writing
from desktop.views.exchange.page import PARTS, ExchangePage
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from tests.scenarios.exchange_desk import text_of
from tests.views.conftest import TODAY, Answers

SECRET = "湘江北去橘子洲头"
STRICT = QAbstractItemModelTester.FailureReportingMode.Warning


class Window:
    """One office at its window."""

    def __init__(self, folder: Path, name: str, person: str, stick: Path, qtbot: Any) -> None:
        self.qtbot, self.name = qtbot, name
        self.ledger = new_ledger(folder / name, name, TODAY, person=person)
        self.session = Session(self.ledger, person, lambda: TODAY)
        self.page = ExchangePage(self.session)
        self.page.receive.places = (stick,)
        qtbot.addWidget(self.page)
        self.page.resize(943, 554)
        self.page.show()

    def tab(self, part: str) -> Any:
        """Bring a tab in front."""
        self.page.show_place(Place(PageKey.EXCHANGE, part=part))
        self.wait()
        return getattr(self.page, part)

    def again(self, part: str) -> Any:
        """A tab, read once more."""
        view = self.tab(part)
        view.refresh()
        self.wait()
        return view

    def wait(self) -> None:
        """Wait until the job that was started has ended and is shown."""
        self.qtbot.waitUntil(lambda: not self.session.runner.is_busy, timeout=30_000)

    def make_identity(self) -> None:
        """Make this office's keys."""
        bar = self.page.bar
        bar.first.setText(SECRET)
        bar.second.setText(SECRET)
        bar.make_button.click()
        self.wait()
        assert bar.identity is not None

    def pack(self) -> None:
        """Pack for the office that is chosen."""
        view = self.tab("send")
        view.pack_button.click()
        self.wait()
        self.qtbot.waitUntil(lambda: "已打包" in view.said.text(), timeout=10_000)

    def take(self, kind: str, state: str = "可以接收") -> str:
        """Take the newest package of a kind in; what was said."""
        view = self.again("receive")
        rows = [line.package for line in view.model.rows]
        at = next(n for n, p in enumerate(rows) if p.kind == kind and p.state in ("for_us", "secret"))
        view.table.choose_rows((), at)
        view.take_button.click()
        self.wait()
        return view.said.text()

    def take_secret(self) -> str:
        """Take the newest secret package in."""
        view = self.again("receive")
        at = next(n for n, line in enumerate(view.model.rows) if line.package.state == "secret")
        view.table.choose_rows((), at)
        view.take_button.click()
        self.wait()
        return view.said.text()

    def confirm(self, other: "Window", *, upper: bool = False) -> None:
        """Type the digits of the other's sheet."""
        view = self.tab("partners")
        keys = own_keys(other.ledger)
        assert keys is not None
        view.digits.setText("1" * 40)
        view.confirm_button.click()
        assert "不符" in view.fault.text()
        view.digits.setText(keys.digits)
        view.paper.setText("确认单2026年1号")
        view.upper.setChecked(upper)
        view.confirm_button.click()
        self.wait()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """The stick."""
    made = tmp_path / "U盘"
    made.mkdir()
    return made


@pytest.fixture
def pair(tmp_path: Path, stick: Path, qtbot: Any, answers: Answers) -> Iterator[tuple[Window, Window]]:
    """A hub with a problem of the unit, and the unit; both have keys and have not met."""
    answers.replies["folder"] = stick
    hub = Window(tmp_path, "江澜区整改办", "苏念之", stick, qtbot)
    town = Window(tmp_path, "云陂镇", "李明", stick, qtbot)
    save_unit(hub.ledger, "", UnitEntry("云陂镇"), TODAY, "苏念之")
    unit = list_units(hub.ledger)[0].id
    entry = ProblemEntry(5, "第5个问题", "整改到位", units=((unit, UnitRole.RESPONSIBLE),))
    save_problem(hub.ledger, None, entry, TODAY, "苏念之")
    save_measure(hub.ledger, find_case(hub.ledger, 5), None, MeasureEntry(1, "拆除堆场"), TODAY, "苏念之")
    yield hub, town
    for window in (hub, town):
        window.session.runner.wait()
        window.ledger.close()


def meet(hub: Window, town: Window) -> None:
    """First contact, in both directions."""
    hub.make_identity()
    town.make_identity()
    hub.tab("send").start_button.click()
    hub.wait()
    assert "待核验" in town.take("初始包")
    town.confirm(hub, upper=True)
    town.pack()
    assert "待核验" in hub.take_secret()
    hub.confirm(town)


def _set(window: Window, field: str, value: object) -> None:
    with writing(window.ledger, window.session.person, TODAY) as writer:
        writer.set("problem", find_case(window.ledger, 5).problem.id, {field: value})


def test_from_first_contact_to_the_decided_conflict(pair: tuple[Window, Window]) -> None:
    hub, town = pair
    meet(hub, town)
    hub.pack()
    assert "新增记录" in town.take_secret()
    assert find_case(town.ledger, 5).problem.text == "第5个问题"
    _set(hub, "element", "水")
    _set(town, "element", "大气")
    report_progress(town.ledger, find_case(town.ledger, 5), ProgressEntry("已拆除3处", 1, 60, month="2026-11"), TODAY)
    town.pack()
    assert "1处" in hub.take_secret()
    view = hub.tab("conflicts")
    QAbstractItemModelTester(view.model, STRICT, view)
    assert hub.page.tabs.tabText(PARTS.index("conflicts")) == "冲突（1）"
    assert [button.text().split("　")[0] for button in view.choices] == ["大气（台账现在显示的）", "水"]
    view.decide_button.click()
    assert view.fault.text() == "请选择一个值，或另填一个。"
    view.choices[1].click()
    view.decide_button.click()
    assert find_case(hub.ledger, 5).problem.element == "水"
    assert hub.page.tabs.tabText(PARTS.index("conflicts")) == "冲突"
    hub.pack()
    town.take_secret()
    assert find_case(town.ledger, 5).problem.element == "水"
    board = hub.tab("board")
    assert board.said.text() == "11月各单位都已报齐。"


def test_packing_does_not_wait_for_the_reading_of_the_page(pair: tuple[Window, Window], tmp_path: Path) -> None:
    hub, town = pair
    meet(hub, town)
    view = hub.tab("send")
    view.said.clear()
    view.refresh()
    assert view.said.text() == "正在读取…"
    assert hub.session.runner.is_reading
    view.pack_button.click()
    assert hub.session.runner.title == "打包"
    hub.wait()
    hub.qtbot.waitUntil(lambda: "已打包" in view.said.text(), timeout=10_000)
    hub.qtbot.waitUntil(lambda: not view.reading.is_busy, timeout=10_000)
    assert [line.wish is not None for line in view.model.rows] == [True]
    # While it reads for the first time the page does not say that there is nothing.
    receive = town.tab("receive")
    receive.places = (tmp_path / "空",)
    receive.model.set_rows([])
    receive.refresh()
    assert not receive.nothing.isVisible()
    town.wait()
    assert receive.nothing.isVisible()


def test_an_import_is_looked_at_first_and_can_be_taken_back(pair: tuple[Window, Window], answers: Answers) -> None:
    hub, town = pair
    meet(hub, town)
    hub.pack()
    town.take_secret()
    report_progress(town.ledger, find_case(town.ledger, 5), ProgressEntry("已拆除3处", 1, 60, month="2026-11"), TODAY)
    town.pack()
    view = hub.again("receive")
    at = next(n for n, line in enumerate(view.model.rows) if line.package.state == "secret")
    view.table.choose_rows((), at)
    view.look_button.click()
    hub.wait()
    assert "进展1条" in view.said.text()
    assert view.lines.isVisible()
    QAbstractItemModelTester(view.line_model, STRICT, view)
    rows = range(view.line_model.rowCount())
    told = {tuple(view.line_model.index(row, at).data() for at in (2, 3)): row for row in rows}
    row = told[("问题5", "新增进展")]
    assert "云陂镇" in view.line_model.index(row, 1).data()
    assert "已拆除3处" in view.line_model.index(row, 5).data()
    assert not view.grab().isNull()
    assert not find_case(hub.ledger, 5).progress
    view.take_button.click()
    hub.wait()
    assert find_case(hub.ledger, 5).progress
    log = hub.tab("log")
    QAbstractItemModelTester(log.model, STRICT, log)
    log.table.choose_rows((), 0)
    answers.replies["ask"] = True
    log.back_button.click()
    hub.wait()
    assert not find_case(hub.ledger, 5).progress
    log.refresh()
    assert log.model.index(0, 6).data().startswith("已撤销")


def test_a_stick_is_taken_in_one_go_and_the_receipt_is_printed(
    pair: tuple[Window, Window], stick: Path, answers: Answers, tmp_path: Path
) -> None:
    hub, town = pair
    meet(hub, town)
    hub.pack()
    town.take_secret()
    for month, text in (("2026-10", "已拆除1处"), ("2026-11", "已拆除3处")):
        report_progress(town.ledger, find_case(town.ledger, 5), ProgressEntry(text, 1, 60, month=month), TODAY)
        town.pack()
    view = hub.again("receive")
    view.all_button.click()
    hub.wait()
    assert view.said.text().startswith("已接收2个")
    assert [p.text for p in find_case(hub.ledger, 5).progress] == ["已拆除1处", "已拆除3处"]
    assert view.lines.isVisible()
    answers.replies["save"] = tmp_path / "回执单.pdf"
    view.slip_button.click()
    assert "云陂镇" in text_of(tmp_path / "回执单.pdf")
    hub.again("receive")
    assert not view.all_button.isEnabled()


def test_the_digits_handed_out_with_the_program_are_filled_in_when_they_are_those_of_the_package(
    pair: tuple[Window, Window],
) -> None:
    hub, town = pair
    hub.make_identity()
    town.make_identity()
    view, settings = town.tab("partners"), town.session.settings
    settings.take_first({"hub_name": "江澜区整改办", "hub_digits": "11111 " * 7 + "11111"})
    hub.tab("send").start_button.click()
    hub.wait()
    town.take("初始包")
    town.tab("partners")
    assert (view.digits.text(), view.upper.isChecked()) == ("", True)
    assert "只按盖章的确认单核对" in view.known.text()
    keys = own_keys(hub.ledger)
    assert keys is not None
    settings.take_first({"hub_name": "江澜区整改办", "hub_digits": keys.digits})
    town.tab("send")
    town.tab("partners")
    assert view.digits.text() == keys.digits
    view.confirm_button.click()
    town.wait()
    assert view.model.rows[0].partner.how == "随程序下发的首次设置"
    assert view.digits.text() == ""
    assert not view.known.isVisible()


def test_a_wrong_passphrase_and_unequal_ones_are_told_beside_the_field(pair: tuple[Window, Window]) -> None:
    hub, _ = pair
    bar = hub.page.bar
    bar.first.setText(SECRET)
    bar.second.setText(SECRET + "！")
    bar.make_button.click()
    assert bar.fault.text() == "两次输入的口令不一样，请重新输入。"
    bar.first.setText("短")
    bar.second.setText("短")
    bar.make_button.click()
    hub.wait()
    assert "至少8位" in bar.fault.text()
    hub.make_identity()
    digits = bar.digits.text()
    next(act for words, _, act in bar.entries() if words == "更换口令…")()
    assert bar.new_first.isVisible()
    bar.new_first.setText("南岳衡山烟雨图卷")
    bar.new_second.setText("南岳衡山烟雨图")
    bar.keep_button.click()
    assert bar.fault.text() == "两次输入的口令不一样，请重新输入。"
    for line in (bar.new_first, bar.new_second):
        line.setText("短")
    bar.keep_button.click()
    hub.wait()
    hub.page.refresh()
    assert "至少8位" in bar.fault.text()
    assert bar.new_first.isVisible()
    bar.new_first.setText("南岳衡山烟雨图卷")
    bar.new_second.setText("南岳衡山烟雨图卷")
    bar.keep_button.click()
    hub.wait()
    assert bar.digits.isVisible()
    assert bar.digits.text() == digits
    with pytest.raises(Refused):
        unlock(hub.ledger, SECRET)
    assert unlock(hub.ledger, "南岳衡山烟雨图卷").public.digits == digits
    bar.identity = None
    bar.refresh()
    bar.word.setText("错误的口令在这里")
    bar.open_button.click()
    hub.wait()
    assert "口令不对" in bar.fault.text()
    bar.word.setText("南岳衡山烟雨图卷")
    bar.open_button.click()
    hub.wait()
    assert bar.identity is not None


def test_keys_are_kept_on_a_second_stick_and_come_back(
    pair: tuple[Window, Window], answers: Answers, tmp_path: Path
) -> None:
    hub, town = pair
    hub.make_identity()
    digits = hub.page.bar.digits.text()
    answers.replies["save"] = lambda title, name: tmp_path / name
    hub.page.bar.backup_button.click()
    hub.page.bar.sheet_button.click()
    kept, sheet = tmp_path / "交换身份备份.zgid", tmp_path / "单位交换身份确认单.pdf"
    bar = town.page.bar
    for file, fault in ((kept, "别的单位"), (sheet, "不是本程序的身份文件")):
        answers.replies["files"] = [file]
        bar.first.setText(SECRET)
        bar.load_button.click()
        town.wait()
        assert fault in bar.fault.text()
    # A ledger restored from a backup of before its keys were made takes them back.
    with writing(hub.ledger, "", TODAY) as writer:
        writer.connection.execute("DELETE FROM meta WHERE key = 'identity'")
    hub.page.bar.refresh()
    answers.replies["files"] = [kept]
    hub.page.bar.first.setText(SECRET)
    hub.page.bar.load_button.click()
    hub.wait()
    assert hub.page.bar.digits.text() == digits


def test_the_board_of_a_window_left_open_has_the_new_month(pair: tuple[Window, Window]) -> None:
    hub, _ = pair
    view = hub.tab("board")
    heads = [view.model.headerData(at, Qt.Orientation.Horizontal) for at in range(1, 7)]
    assert heads == ["6月", "7月", "8月", "9月", "10月", "11月"]
    hub.session.today = lambda: date(2026, 12, 1)
    hub.again("board")
    heads = [view.model.headerData(at, Qt.Orientation.Horizontal) for at in range(1, 7)]
    assert heads == ["7月", "8月", "9月", "10月", "11月", "12月"]
    assert view.said.text().startswith("12月")


def test_nothing_is_cut_off_on_any_tab(pair: tuple[Window, Window], clipped: Callable[[QWidget], list[str]]) -> None:
    hub, town = pair
    for part in PARTS:
        hub.tab(part)
        assert clipped(hub.page) == []
    meet(hub, town)
    for part in PARTS:
        hub.tab(part)
        assert clipped(hub.page) == []
