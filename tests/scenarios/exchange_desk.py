"""An office at its own window, with sticks that are folders, for the exchange scenarios told at the window."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.exchange.identity import read_digits
from desktop.rules.packages import Sent
from desktop.settings import Settings
from desktop.views.case.page import CasePage
from desktop.views.dispatch.page import DispatchPage
from desktop.views.exchange.page import PARTS, ExchangePage
from desktop.views.history_page import HistoryPage
from desktop.views.ledger.page import LedgerPage
from desktop.views.place import PageKey, Place
from desktop.views.program import Program
from desktop.views.units.page import UnitsPage
from tests.scenarios.window_clerk import WAIT, WindowClerk, press, type_in
from tests.views.conftest import Answers

PASSPHRASE = "湘江北去橘子洲头"


@dataclass
class Desk(WindowClerk):
    """One office: its clerk, its window, its ledger. ``office`` is its name, ``person`` the clerk's."""

    office: str = ""
    person: str = ""

    @property
    def ledger(self) -> Any:
        """The ledger in the window."""
        return self.window.session.ledger

    # The first day

    def begin_new(self, qapp: QApplication) -> None:
        """A new ledger by the start page."""
        self._begin(qapp, "new", self.office)

    def begin_with(self, qapp: QApplication, package: Path) -> None:
        """Open 初始包 on the start page and choose the own name of the units in it."""
        self.answers.replies["files"] = [package]
        self._begin(qapp, "start", "")

    def _begin(self, qapp: QApplication, way: str, name: str) -> None:
        program = Program(qapp, self.settings)
        program.show_start()
        panel = program.start.new_panel
        press(program.start.buttons[way])
        self.qtbot.waitUntil(lambda: program.start.stack.currentWidget() is panel, timeout=WAIT)
        if not name:
            assert self.office in [panel.unit.itemText(at) for at in range(panel.unit.count())]
            panel.unit.setFocus()
            panel.unit.setCurrentText(self.office)
            panel.unit.activated.emit(panel.unit.currentIndex())
        else:
            type_in(panel.fields["office"].widget, name)
        type_in(panel.fields["name"].widget, self.folder.name)
        type_in(panel.fields["parent"].widget, str(self.folder.parent))
        type_in(panel.fields["person"].widget, self.person)
        press(panel.submit_button)
        self.qtbot.waitUntil(lambda: program.window is not None, timeout=WAIT)
        assert program.window is not None
        window, program.window = program.window, None
        window.close_at_once()
        program.close_ledger()
        program.end()
        for gone in (window, program.start, program):
            gone.deleteLater()
        self.open_window(self.person)

    # 交换

    def part(self, name: str) -> Any:
        """A tab of 交换, by a click on it."""
        page = self.turn_to(PageKey.EXCHANGE)
        assert isinstance(page, ExchangePage)
        bar, at = page.tabs.tabBar(), PARTS.index(name)
        QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(at).center())
        assert page.tabs.currentIndex() == at
        view = getattr(page, name)
        self._settle()
        return view

    def _settle(self) -> None:
        """Until the job in the window has ended, and what it or the view in front reads is shown."""
        self.qtbot.waitUntil(self._is_quiet, timeout=WAIT)
        QApplication.processEvents()

    def _is_quiet(self) -> bool:
        page = self.window.page
        view = getattr(page, page.part) if isinstance(page, ExchangePage) else None
        read = view is None or not hasattr(view, "reading") or not view.reading.is_busy
        return read and not self.window.session.runner.is_busy

    @property
    def exchange(self) -> ExchangePage:
        """The page of exchanges."""
        page = self.window.page_of(PageKey.EXCHANGE)
        assert isinstance(page, ExchangePage)
        return page

    def make_identity(self) -> str:
        """Make the keys; the 8 groups that stand on the sheet then."""
        self.part("send")
        bar = self.exchange.bar
        type_in(bar.first, PASSPHRASE)
        type_in(bar.second, PASSPHRASE)
        press(bar.make_button)
        self.qtbot.waitUntil(lambda: bar.identity is not None, timeout=WAIT)
        sheet = self.folder.parent / "确认单.pdf"
        self.answers.replies["save"] = sheet
        press(bar.sheet_button)
        found = re.search(r"(?:\d{5}\s*){8}", text_of(sheet))
        assert found is not None
        assert read_digits(found[0]) == bar.digits.text()
        return found[0]

    def open_identity(self) -> None:
        """The passphrase, once after the window was opened."""
        self.part("send")
        bar = self.exchange.bar
        type_in(bar.word, PASSPHRASE)
        press(bar.open_button)
        self.qtbot.waitUntil(lambda: bar.identity is not None, timeout=WAIT)

    def make_start(self, stick: Path) -> Path:
        """初始包 on a stick."""
        view = self.part("send")
        self.answers.replies["folder"] = stick
        return self._packed(view, view.start_button)[0]

    def pack(self, receiver: str, stick: Path) -> list[Path]:
        """A package for an office on a stick."""
        view = self.part("send")
        rows = [line.partner.name for line in view.model.rows]
        view.table.choose_rows((), rows.index(receiver))
        self.answers.replies["folder"] = stick
        return self._packed(view, view.pack_button)

    def waiting(self, receiver: str) -> str:
        """待发记录 for an office, as the table says it."""
        view = self.part("send")
        return line_of(view, 3)[line_of(view, 0).index(receiver)]

    def _packed(self, view: Any, button: QPushButton) -> list[Path]:
        before = view.last
        press(button)
        self.qtbot.waitUntil(lambda: view.last is not before, timeout=WAIT)
        self._settle()
        sent: Sent = view.last[0]
        assert sent.number in view.said.text()
        return [Path(file) for file in sent.files]

    def take(self, file: Path) -> str:
        """Take a package in; what is said of it."""
        view = self.choose(file)
        press(view.take_button)
        self._settle()
        self.qtbot.waitUntil(lambda: bool(view.said.text()), timeout=WAIT)
        return str(view.said.text())

    def take_all(self, file: Path) -> str:
        """Take in all packages of the stick on which this one lies; what is said."""
        view = self.choose(file)
        press(view.all_button)
        self._settle()
        self.qtbot.waitUntil(lambda: "已接收" in view.said.text(), timeout=WAIT)
        sheet = self.folder.parent / "回执单.pdf"
        self.answers.replies["save"] = sheet
        press(view.slip_button)
        assert "数据包回执单" in text_of(sheet)
        return str(view.said.text())

    def look(self, file: Path) -> str:
        """What a package would bring."""
        view = self.choose(file)
        press(view.look_button)
        self._settle()
        self.qtbot.waitUntil(lambda: bool(view.said.text()), timeout=WAIT)
        return str(view.said.text())

    def choose(self, file: Path) -> Any:
        """The stick in the list of packages, one of its packages chosen."""
        view = self.part("receive")
        self.answers.replies["files"] = [file]
        buttons = (view.choose_button, *view.nothing.findChildren(QPushButton))
        press(next(button for button in buttons if button.isVisible()))
        self._settle()
        self.qtbot.waitUntil(lambda: file in [line.package.path for line in view.model.rows], timeout=WAIT)
        view.table.choose_rows((), [line.package.path for line in view.model.rows].index(file))
        return view

    def confirm(self, name: str, digits: str, paper: str) -> None:
        """Type what the stamped sheet of an office says."""
        view = self.part("partners")
        rows = [line.partner.name for line in view.model.rows]
        view.table.choose_rows((), rows.index(name))
        assert view.confirm_button.isEnabled()
        type_in(view.digits, digits)
        type_in(view.paper, paper)
        press(view.confirm_button)
        assert view.fault.text() == ""
        self._settle()

    def board(self, month: str) -> dict[str, str]:
        """谁还没报: for each unit the word of a month, such as ``8月``."""
        view = self.part("board")
        self._settle()
        columns = range(view.model.columnCount())
        heads = [str(view.model.headerData(at, Qt.Orientation.Horizontal)) for at in columns]
        return dict(zip(line_of(view, 0), line_of(view, heads.index(month)), strict=True))

    def log(self) -> list[tuple[str, str, str, str]]:
        """收发记录: way, office, kind and state of each package, the latest first."""
        view = self.part("log")
        self._settle()
        way, name, kind, state = (line_of(view, at) for at in (1, 2, 3, 6))
        return list(zip(way, name, kind, state, strict=True))

    # The ledger

    def enter_unit(self, name: str) -> None:
        """A unit of the list."""
        page = self.turn_to(PageKey.UNITS)
        assert isinstance(page, UnitsPage)
        assert self.fill(page.buttons["new"], name=name) == ""

    def enter_problem(self, number: int, text: str, measure: str, units: dict[str, str]) -> None:
        """A problem with one measure; ``units`` by the initials of their names, with their roles."""
        self.turn_to(PageKey.LEDGER)
        values = {"number": number, "text": text, "target": "整改到位", "deadline": "2024-12-31", "units": units}
        assert self.fill(lambda: self.window.do("new"), **values) == ""
        page = self.case(number)
        assert self.fill(page.measures.new_button, number=1, text=measure, due="2024-11-30") == ""

    def numbers(self) -> tuple[int, ...]:
        """The problems of 台账, by their numbers."""
        page = self.turn_to(PageKey.LEDGER)
        assert isinstance(page, LedgerPage)
        self._settle()
        heads = [str(page.model.headerData(at, Qt.Orientation.Horizontal)) for at in range(page.model.columnCount())]
        return tuple(int(number) for number in line_of(page, heads.index("序号")))

    def case(self, number: int) -> CasePage:
        """The page of a problem, from the list."""
        numbers = self.numbers()
        page = self.window.page
        assert isinstance(page, LedgerPage)
        page.table.choose_rows((), numbers.index(number))
        QTest.keyClick(page.table, Qt.Key.Key_Return)
        case = self.window.page
        assert isinstance(case, CasePage)
        assert case.case is not None
        assert case.case.problem.number == number
        return case

    def report(self, rows: dict[int, tuple[str, int]]) -> None:
        """The month's progress typed into the grid, problem by problem, and saved."""
        page = self.turn_to(PageKey.DISPATCH)
        assert isinstance(page, DispatchPage)
        self.qtbot.waitUntil(lambda: not page.is_reading and page.model.rowCount() >= len(rows), timeout=WAIT)
        columns = {column.key: at for at, column in enumerate(page.model.columns)}
        numbers = [int(str(page.model.index(row, columns["number"]).data())) for row in range(page.model.rowCount())]
        for number, (text, percent) in rows.items():
            for name, words in (("text", text), ("percent", str(percent))):
                page.table.setCurrentIndex(page.model.index(numbers.index(number), columns[name]))
                page.table.setFocus()
                QTest.keyClick(page.table, Qt.Key.Key_F2)
                editor = QApplication.focusWidget()
                assert editor is not None
                assert editor is not page.table
                type_in(editor, words)
                QTest.keyClick(editor, Qt.Key.Key_Return)
        press(page.bar.save)
        self.qtbot.waitUntil(page.is_idle, timeout=WAIT)

    def history(self, words: str) -> list[str]:
        """修改历史 narrowed to some words: the lines as they stand there."""
        self.window.go(Place(PageKey.HISTORY))
        page = self.window.page
        assert isinstance(page, HistoryPage)
        self._settle()
        type_in(page.words, words)
        self._settle()
        columns = [line_of(page, at) for at in range(page.model.columnCount())]
        return ["　".join(cells) for cells in zip(*columns, strict=True)]


def text_of(file: Path) -> str:
    """The words of a printed sheet."""
    with pypdfium2.PdfDocument(file) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def line_of(view: Any, column: int) -> list[str]:
    """What stands in one column of a view's table."""
    return [str(view.model.index(row, column).data()) for row in range(view.model.rowCount())]


def make_desk(qtbot: Any, answers: Answers, folder: Path, office: str, person: str, day: date) -> Desk:
    """An office before its first day; every office has settings of its own, as on a PC of its own."""
    settings = Settings(folder / f"{office}设置.json")
    return Desk(qtbot, answers, folder / f"{office}台账", settings, day, office=office, person=person)
