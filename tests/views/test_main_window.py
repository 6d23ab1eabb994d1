"""The frame of the window: pages, places, the way back, commands, what stands around the page, closing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget

from desktop.operations.backups import list_backups
from desktop.operations.ledgers import open_to_work
from desktop.operations.opened import Ledger
from desktop.operations.paper.doc_numbers import enter_number
from desktop.operations.show import show_ledger
from desktop.operations.units import list_people, save_person
from desktop.rules.entries import DocNumberEntry, PersonEntry
from desktop.rules.errors import KnownFault
from desktop.rules.records import Changes
from desktop.views import closing, ledger_jobs
from desktop.views.actions import ACTIONS, BY_KEY, MENUS, action_for
from desktop.views.main_window import MainWindow
from desktop.views.menus import own_shortcut
from desktop.views.page import Page
from desktop.views.place import PageKey, Place, page_shortcut
from desktop.views.session import Session
from desktop.views.status_bar import left_words
from desktop.views.window_commands import COMMANDS
from tests.in_front import in_front


class Sheet(Page):
    """A page that notes what is asked of it."""

    def __init__(self, session: Session, key: PageKey) -> None:
        super().__init__(session)
        self.key = key
        self.done: list[str] = []
        self.places: list[Place] = []
        self.reads = 0
        self.idle = True
        self.field = QLineEdit()
        self.field.setAccessibleName("文字")
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)

    def refresh(self) -> None:
        self.reads += 1

    def show_place(self, place: Place) -> None:
        self.places.append(place)

    def is_idle(self) -> bool:
        return self.idle

    def commands(self) -> dict[str, Callable[[], None]]:
        return {"find": lambda: self.done.append("find"), "edit": lambda: self.done.append("edit")}


KEYS = (PageKey.WAITING, PageKey.LEDGER, PageKey.CASE, PageKey.SETTINGS)


@pytest.fixture
def window(session: Session, qtbot: Any) -> MainWindow:
    made = MainWindow(session, {key: lambda s, key=key: Sheet(s, key) for key in KEYS}, COMMANDS)
    qtbot.addWidget(made, before_close_func=MainWindow.close_at_once)
    in_front(qtbot, made)
    return made


def sheet(window: MainWindow, key: PageKey) -> Sheet:
    page = window.page_of(key)
    assert isinstance(page, Sheet)
    return page


def close(window: MainWindow, qtbot: Any) -> None:
    with qtbot.waitSignal(window.closed, timeout=20_000):
        window.close()


def test_pages_are_made_when_first_opened(session: Session, qtbot: Any) -> None:
    made: list[PageKey] = []

    def factory(key: PageKey) -> Callable[[Session], Page]:
        def make(given: Session) -> Page:
            made.append(key)
            return Sheet(given, key)

        return make

    window = MainWindow(session, {key: factory(key) for key in KEYS}, COMMANDS)
    qtbot.addWidget(window)
    assert made == [PageKey.WAITING]
    window.go(Place(PageKey.LEDGER))
    window.go(Place(PageKey.WAITING))
    window.go(Place(PageKey.LEDGER))
    assert made == [PageKey.WAITING, PageKey.LEDGER]


def test_only_pages_that_exist_stand_in_the_navigation_in_their_order(window: MainWindow) -> None:
    assert window.navigation.keys == (PageKey.WAITING, PageKey.LEDGER, PageKey.SETTINGS)
    assert not window.go(Place(PageKey.FIGURES))
    assert window.place == Place(PageKey.WAITING)


def test_a_page_opens_by_its_button_and_by_its_number(window: MainWindow, qtbot: Any) -> None:
    buttons = {b.text(): b for b in window.navigation.findChildren(QToolButton)}
    qtbot.mouseClick(buttons["台账"], Qt.MouseButton.LeftButton)
    assert window.place == Place(PageKey.LEDGER)
    assert buttons["台账"].isChecked()
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.place == Place(PageKey.WAITING)
    QTest.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert window.place == Place(PageKey.SETTINGS)


def test_every_page_of_the_navigation_has_a_shortcut_of_one_key_and_its_own() -> None:
    pages = [key for key in PageKey if key not in (PageKey.HISTORY, PageKey.CASE, PageKey.PLAN_REVIEW)]
    sequences = [QKeySequence(page_shortcut(key, number)) for number, key in enumerate(pages, 1)]
    assert all(sequence.count() == 1 and sequence[0].key() != Qt.Key.Key_unknown for sequence in sequences)
    assert len({sequence.toString() for sequence in sequences}) == len(pages)


def test_a_line_of_a_page_opens_its_place_and_the_way_back_is_known(window: MainWindow) -> None:
    place = Place(PageKey.CASE, problem_id="ab" * 16, part="notice")
    sheet(window, PageKey.WAITING).go.emit(place)
    assert window.place == place
    assert sheet(window, PageKey.CASE).places == [place]
    window.do("back")
    assert window.place == Place(PageKey.WAITING)
    window.do("forward")
    assert window.place == place
    assert sheet(window, PageKey.CASE).places == [place, place]
    assert not window.can("forward")


def test_a_new_place_ends_the_way_forward(window: MainWindow) -> None:
    window.go(Place(PageKey.LEDGER))
    window.do("back")
    window.go(Place(PageKey.SETTINGS))
    assert not window.can("forward")
    window.do("back")
    assert window.place == Place(PageKey.WAITING)


def test_a_case_belongs_to_the_ledger_in_the_navigation(window: MainWindow) -> None:
    window.go(Place(PageKey.CASE))
    marked = [b.text() for b in window.navigation.findChildren(QToolButton) if b.isChecked()]
    assert marked == ["台账"]


def test_arrow_keys_move_between_the_pages(window: MainWindow) -> None:
    buttons = {b.text(): b for b in window.navigation.findChildren(QToolButton)}
    buttons["待办"].setFocus()
    QTest.keyClick(buttons["待办"], Qt.Key.Key_Down)
    assert buttons["台账"].hasFocus()
    QTest.keyClick(buttons["台账"], Qt.Key.Key_Up)
    QTest.keyClick(buttons["待办"], Qt.Key.Key_Up)
    assert buttons["设置"].hasFocus()


def test_a_page_with_unsaved_input_asks_before_it_is_left(window: MainWindow, answers: Any) -> None:
    page = sheet(window, PageKey.WAITING)
    page.idle = False
    assert not window.go(Place(PageKey.LEDGER))
    assert window.place == Place(PageKey.WAITING)
    answers.replies["ask"] = True
    assert window.go(Place(PageKey.LEDGER))
    assert answers.texts("ask") == ["这一页还有没保存的内容，要离开吗？"] * 2


def test_pages_read_again_only_when_in_sight(window: MainWindow, session: Session) -> None:
    first, second = sheet(window, PageKey.WAITING), sheet(window, PageKey.LEDGER)
    assert (first.reads, second.reads) == (1, 0)
    session.changed.emit(Changes("已保存。"))
    assert (first.reads, second.reads) == (2, 0)
    window.go(Place(PageKey.LEDGER))
    assert second.reads == 1


@pytest.mark.parametrize(
    ("key", "modifier", "done"),
    [
        (Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier, ["find"]),
        (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier, ["edit"]),
        (Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier, []),
    ],
)
def test_a_key_reaches_the_page_in_front_from_a_field(
    window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier, done: list[str]
) -> None:
    page = sheet(window, PageKey.WAITING)
    QTest.keyClick(page.field, key, modifier)
    assert page.done == done


def test_escape_leads_back_and_f5_reads_again(window: MainWindow) -> None:
    window.go(Place(PageKey.LEDGER))
    page = sheet(window, PageKey.LEDGER)
    QTest.keyClick(page.field, Qt.Key.Key_F5)
    assert page.reads == 2
    QTest.keyClick(page.field, Qt.Key.Key_Escape)
    assert window.place == Place(PageKey.WAITING)


def test_a_shortcut_of_the_page_itself_wins_and_the_menu_uses_it(window: MainWindow) -> None:
    page, heard = sheet(window, PageKey.WAITING), []
    own = QShortcut(QKeySequence("Ctrl+S"), page, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
    own.activated.connect(lambda: heard.append("saved"))
    assert own_shortcut(page, "Ctrl+S") is own
    window.do("save")
    assert heard == ["saved"]


def test_menus_grey_what_cannot_be_done(window: MainWindow) -> None:
    window.menus.update()
    enabled = {key: action.isEnabled() for key, action in window.menus.actions.items()}
    assert enabled["find"]
    assert enabled["edit"]
    assert enabled["close"]
    assert not enabled["print"]
    assert not enabled["back"]
    assert not enabled["import_plan"]


def test_every_command_stands_in_a_menu_and_no_shortcut_twice(window: MainWindow) -> None:
    shortcuts = [action.shortcut for action in ACTIONS if action.shortcut]
    assert len(set(shortcuts)) == len(shortcuts)
    assert len({action.key for action in ACTIONS}) == len(ACTIONS)
    assert {action.menu for action in ACTIONS} <= set(MENUS)
    assert [a.text() for a in window.menuBar().actions()] == ["文件", "编辑", "查看", "台账", "工具", "帮助"]
    found = action_for(QKeySequence("Ctrl+F"))
    assert found is BY_KEY["find"]


def test_the_tab_key_stops_only_where_something_can_be_done(window: MainWindow) -> None:
    window.go(Place(PageKey.LEDGER))
    met = []
    for _ in range(12):
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
        met.append(window.focusWidget())
    assert window not in met
    assert len({id(widget) for widget in met}) > 1


def test_undo_says_what_it_takes_back_and_does_it(window: MainWindow, session: Session, answers: Any) -> None:
    session.do(lambda: save_person(session.ledger, "", PersonEntry("王芳"), session.today(), session.person))
    window.menus.update()
    assert window.menus.actions["undo"].text().startswith("撤销：")
    window.do("undo")
    assert answers.texts("ask")[0].startswith("撤销这一步吗？")
    assert "王芳" in {person.name for person in list_people(session.ledger)}
    answers.replies["ask"] = True
    window.do("undo")
    assert "王芳" not in {person.name for person in list_people(session.ledger)}


def test_what_was_taken_back_comes_again_with_one_key(window: MainWindow, session: Session, answers: Any) -> None:
    session.do(lambda: save_person(session.ledger, "", PersonEntry("王芳"), session.today(), session.person))
    assert not window.can("redo")
    answers.replies["ask"] = True
    window.do("undo")
    window.menus.update()
    assert window.menus.actions["redo"].text().startswith("恢复：")
    window.do("redo")
    assert answers.texts("ask")[-1].startswith("恢复这一步吗？")
    assert "王芳" in {person.name for person in list_people(session.ledger)}
    window.menus.update()
    assert window.menus.actions["redo"].text() == "恢复撤销的一步\tCtrl+Y"
    assert not window.can("redo")


def test_a_large_step_is_taken_back_by_the_runner(
    window: MainWindow, session: Session, answers: Any, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_jobs, "AT_ONCE", 3)
    answers.replies["ask"] = True
    before = show_ledger(session.ledger, session.today())
    assert before["problems"]
    with qtbot.waitSignal(session.changed, timeout=20_000):
        window.do("undo")
    assert "新增整改方案" in answers.texts("ask")[0]
    assert show_ledger(session.ledger, session.today())["problems"] == []
    assert not session.runner.is_busy


def test_a_step_that_cannot_be_taken_back_says_why(window: MainWindow, session: Session, answers: Any) -> None:
    entry = DocNumberEntry("蒸整改办〔2026〕1号", "关于销号的请示", session.today())
    session.do(lambda: enter_number(session.ledger, entry, session.today(), session.person))
    window.menus.update()
    assert window.menus.actions["undo"].text() == "撤销上一步\tCtrl+Z"
    window.do("undo")
    assert "发文登记" in answers.texts("tell")[0]
    assert answers.texts("ask") == []


def test_the_status_bar_tells_what_is_open_and_what_was_done(window: MainWindow, session: Session) -> None:
    texts = window.status.texts()
    assert texts["ledger"] == "蒸湘区台账"
    assert texts["office"] == "蒸湘区整改办"
    assert texts["person"] == "使用人：李明"
    assert texts["backup"] == "还没有备份"
    session.announce(Changes("已登记进展。"))
    assert window.status.currentMessage() == "已登记进展。"
    assert window.windowTitle() == "蒸湘区台账 - 督察整改台账"


def test_a_running_job_is_shown_and_can_be_cancelled(window: MainWindow, session: Session, qtbot: Any) -> None:
    failures: list[Any] = []

    def job(report: Callable[[str, float], None]) -> object:
        for step in range(500):
            report(f"第{step}份", step / 500)
            QTest.qWait(2)
        return None

    session.runner.start("成批打印", job, lambda _: None, failures.append, session.ledger)
    assert not session.can_write
    assert window.status.texts()["job"] == "成批打印"
    assert window.status.cancel_button.isVisible()
    qtbot.waitUntil(lambda: "第" in window.status.texts()["job"])
    qtbot.mouseClick(window.status.cancel_button, Qt.MouseButton.LeftButton)
    assert window.status.texts()["job"] == "正在取消…"
    qtbot.waitUntil(lambda: not session.runner.is_busy)
    assert failures[0].sentence.startswith("已取消")
    assert not window.status.cancel_button.isVisible()
    assert session.can_write


def test_a_job_that_only_reads_leaves_saving_possible(session: Session, qtbot: Any) -> None:
    session.runner.start("台账体检", lambda _: QTest.qWait(50), lambda _: None, print, session.ledger, writes=False)
    assert session.runner.is_busy
    assert session.can_write
    qtbot.waitUntil(lambda: not session.runner.is_busy)


def test_saving_is_refused_while_a_job_writes(session: Session, qtbot: Any, answers: Any) -> None:
    session.runner.start("导入", lambda _: QTest.qWait(50), lambda _: None, print, session.ledger)
    assert session.do(lambda: Changes("不应执行")) is None
    assert answers.texts("refusal") == ["正在导入，现在不能保存，填写的内容还在。"]
    qtbot.waitUntil(lambda: not session.runner.is_busy)


@pytest.mark.parametrize(
    ("seconds", "words"), [(-1, ""), (0.2, "，约还需1秒"), (42, "，约还需42秒"), (150, "，约还需2分钟")]
)
def test_the_time_left_is_said_in_words(seconds: float, words: str) -> None:
    assert left_words(seconds) == words


def test_a_ledger_that_another_program_writes_is_only_looked_at(ledger: Ledger, qtbot: Any) -> None:
    with open_to_work(ledger.folder) as second:
        session = Session(second, "王芳", lambda: date(2026, 11, 23))
        window = MainWindow(session, {key: lambda s, key=key: Sheet(s, key) for key in KEYS}, COMMANDS)
        qtbot.addWidget(window)
        wanted: list[str] = []
        session.wants.connect(lambda what, _: wanted.append(what))
        window.show()
        assert window.banner.words.startswith("台账正被另一个程序使用")
        assert "只能查看" in window.banner.words
        assert "（只读）" in window.windowTitle()
        assert not window.can("edit")
        assert window.can("find")
        window.banner.pressed.emit()
        assert wanted == ["reopen"]
        close(window, qtbot)
    assert list_backups(ledger.folder) == ()


def test_a_folder_taken_away_is_told_and_coming_back_too(
    window: MainWindow, session: Session, tmp_path: Path, answers: Any
) -> None:
    folder = session.ledger.folder
    folder.rename(tmp_path / "别处")
    window.look_at_folder()
    assert window.banner.words.startswith("找不到台账文件夹")
    assert session.do(lambda: Changes("不应执行")) is None
    assert "没有保存" in answers.texts("refusal")[0]
    (tmp_path / "别处").rename(folder)
    window.look_at_folder()
    assert window.banner.words == ""
    assert session.can_write


def test_closing_makes_the_backup_and_remembers_the_window(window: MainWindow, session: Session, qtbot: Any) -> None:
    window.resize(760, 520)
    close(window, qtbot)
    assert len(list_backups(session.ledger.folder)) == 1
    assert session.settings.text("geometry")
    again = MainWindow(session, {PageKey.WAITING: lambda s: Sheet(s, PageKey.WAITING)}, COMMANDS)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (760, 520)
    assert again.status.texts()["backup"].startswith("上次备份：20")


def test_closing_waits_for_the_running_job(window: MainWindow, session: Session, qtbot: Any, answers: Any) -> None:
    ended: list[object] = []
    session.runner.start("打印", lambda _: QTest.qWait(120), ended.append, print, session.ledger)
    assert not window.close()
    assert not window.closing.is_under_way
    answers.replies["ask"] = True
    close(window, qtbot)
    assert ended == [None]
    assert answers.texts("ask")[0] == "正在打印，完成后关闭吗？"


def test_unsaved_input_can_keep_the_window_open(window: MainWindow, answers: Any, qtbot: Any) -> None:
    sheet(window, PageKey.WAITING).idle = False
    assert not window.close()
    assert not window.closing.is_under_way
    answers.replies["ask"] = True
    close(window, qtbot)


def test_when_the_backup_fails_the_clerk_decides(
    window: MainWindow, qtbot: Any, answers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object) -> None:
        raise KnownFault("磁盘已满，没有备份。", "请腾出空间。")

    monkeypatch.setattr(closing, "auto_backup", full_disk)
    window.close()
    qtbot.waitUntil(lambda: bool(answers.asked) and not window.closing.is_under_way)
    assert answers.asked == [("ask", "关闭前的自动备份没有完成，仍然关闭吗？", "磁盘已满，没有备份。请腾出空间。")]
    assert window.isVisible()
    answers.replies["ask"] = True
    close(window, qtbot)


def test_the_daily_backup_is_made_once(window: MainWindow, session: Session, qtbot: Any) -> None:
    window.closing.back_up_if_due()
    qtbot.waitUntil(lambda: not session.runner.is_busy)
    assert len(list_backups(session.ledger.folder)) == 1
    assert window.status.texts()["backup"].startswith("上次备份：")
    window.closing.back_up_if_due()
    assert not session.runner.is_busy


def test_health_is_told_in_plain_words(window: MainWindow, session: Session, qtbot: Any, answers: Any) -> None:
    window.do("check")
    qtbot.waitUntil(lambda: bool(answers.texts("tell")))
    assert answers.texts("tell")[0].endswith("台账完好。")


@pytest.mark.parametrize("key", ["help_keys", "help_files", "about"])
def test_help_is_chinese(window: MainWindow, answers: Any, key: str) -> None:
    window.do(key)
    assert len(answers.texts("tell")) == 1


def test_everything_around_the_pages_has_a_name_for_screen_readers(window: MainWindow) -> None:
    for widget in window.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.objectName().startswith("qt_"):
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget


def test_a_long_name_never_widens_the_window(window: MainWindow) -> None:
    window.resize(911, 512)
    long = "某某市某某区突出生态环境问题整改工作领导小组办公室" * 3
    window.status.show_facts(ledger=long, office=long, person="使用人：李明", backup="还没有备份")
    QTest.qWait(20)
    assert window.minimumSizeHint().width() <= 911
    assert window.width() == 911
    assert window.status.texts()["office"] == long


@pytest.mark.parametrize("size", [(1366, 768), (1093, 614), (911, 512)])
def test_nothing_of_the_frame_is_clipped(
    window: MainWindow, size: tuple[int, int], clipped: Callable[[QWidget], list[str]]
) -> None:
    window.resize(*size)
    window.banner.show_words("台账正被另一个程序使用（办公室二号机），这里只能查看，不能保存。", "再试一次")
    QTest.qWait(20)
    assert clipped(window) == []
    assert (window.width(), window.height()) == size
