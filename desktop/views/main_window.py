"""The window over one open ledger: navigation, pages made when first opened, menus, places and the way back."""

from collections.abc import Callable, Mapping
from datetime import datetime

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.operations.backups import list_backups
from desktop.operations.ledgers import office_of
from desktop.operations.opened import is_replaced
from desktop.operations.undo import last_step, last_taken_back
from desktop.rules.kinds import KINDS
from desktop.rules.records import Changes
from desktop.views import questions
from desktop.views.actions import BY_KEY, action_for
from desktop.views.banner import Banner
from desktop.views.closing import Closing
from desktop.views.looks.icon_buttons import restyle_icons
from desktop.views.looks.theme import apply_theme
from desktop.views.menus import Menus, own_shortcut
from desktop.views.navigation import Navigation
from desktop.views.page import Page
from desktop.views.place import PAGE_WORDS, PROGRAM, PageKey, Place
from desktop.views.session import Session
from desktop.views.status_bar import StatusBar

PageFactory = Callable[[Session], Page]
Command = Callable[["MainWindow"], None]
_NOT_IN_NAVIGATION = (PageKey.HISTORY, PageKey.CASE, PageKey.PLAN_REVIEW)
_TAKEN_BACK = {"undo": (last_step, "撤销"), "redo": (last_taken_back, "恢复")}
_WATCH_MS = 3_000
LONGEST_STEP = 40  # of the words in a menu


class MainWindow(QMainWindow):
    """Shows the pages it is given over one session; ``commands`` are what its menus do without a page.

    Attributes: ``session``, and its ``settings``; ``closing``, which decides when the window may go. Signals:
    ``closed`` when it is really gone.
    """

    closed = Signal()

    def __init__(
        self, session: Session, pages: Mapping[PageKey, PageFactory], commands: Mapping[str, Command]
    ) -> None:
        super().__init__()
        self.session = session
        self.settings = session.settings
        self._factories = dict(pages)
        self._commands = commands
        self._pages: dict[PageKey, Page] = {}
        self._history: list[Place] = []
        self._at = -1
        self._was_there = True
        shown = [key for key in PAGE_WORDS if key in pages and key not in _NOT_IN_NAVIGATION]
        self.navigation = Navigation(shown)
        self.navigation.chosen.connect(lambda key: self.go(Place(key)))
        self.banner = Banner()
        self.banner.pressed.connect(lambda: session.wants.emit("reopen", None))
        self.stack = QStackedWidget()
        self._lay_out()
        self.status = StatusBar(session.runner)
        self.setStatusBar(self.status)
        self.menus = Menus(self.menuBar(), shown, self.do, self.can, lambda key: self.go(Place(key)))
        session.told.connect(self.status.tell)
        session.changed.connect(lambda _: self.show_facts())
        session.look_changed.connect(self.restyle)
        self.closing = Closing(session, lambda: self.page is None or self.page.is_idle(), self)
        self.closing.ready.connect(self.close)
        self.closing.backed_up.connect(self._on_backed_up)
        self._watch = QTimer(self)
        self._watch.timeout.connect(self.look_at_folder)
        self._watch.start(_WATCH_MS)
        self.show_facts()
        self._restore_geometry()
        if shown:
            self.go(Place(shown[0]))

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.banner)
        right.addWidget(self.stack, 1)
        middle = QWidget()
        layout = QHBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.navigation)
        layout.addLayout(right, 1)
        self.setCentralWidget(middle)

    # Places

    @property
    def place(self) -> Place | None:
        """The place in front."""
        return self._history[self._at] if self._at >= 0 else None

    @property
    def page(self) -> Page | None:
        """The page in front."""
        found = self.stack.currentWidget()
        return found if isinstance(found, Page) else None

    def page_keys(self) -> tuple[PageKey, ...]:
        """The pages this window has, in the order of the navigation, the others after them."""
        return tuple(key for key in PageKey if key in self._factories)

    def page_of(self, key: PageKey) -> Page:
        """A page, made now when it was never opened."""
        if key not in self._pages:
            page = self._factories[key](self.session)
            page.go.connect(self.go)
            self._pages[key] = page
            self.stack.addWidget(page)
        return self._pages[key]

    def go(self, place: Place) -> bool:
        """Open a place; False when the clerk stays because something is not saved, or no such page exists."""
        if place.page not in self._factories or not self._may_leave(place):
            return False
        self._history[self._at + 1 :] = [place]
        self._at += 1
        self._show(place)
        return True

    def go_back(self, step: int = -1) -> None:
        """Back (or forward, with 1) to the place that was in front before."""
        at = self._at + step
        if 0 <= at < len(self._history) and self._may_leave(self._history[at]):
            self._at = at
            self._show(self._history[at])

    def _may_leave(self, place: Place) -> bool:
        page = self.page
        if page is None or page.is_idle() or (self.place and self.place.page == place.page):
            return True
        return questions.ask("这一页还有没保存的内容，要离开吗？", "没保存的内容会留作草稿。", "离开", "留在这里")

    def _show(self, place: Place) -> None:
        page = self.page_of(place.page)
        self.navigation.show_current(PageKey.LEDGER if place.page in _NOT_IN_NAVIGATION else place.page)
        self.stack.setCurrentWidget(page)
        # The keyboard follows: F2 after Ctrl+3 must reach the page, not the button that was pressed last.
        page.setFocus()
        page.show_place(place)

    # Commands

    def can(self, key: str) -> bool:
        """Whether a command of the table is possible now."""
        action = BY_KEY[key]
        if action.writes and not self.session.can_write:
            return False
        page = self.page
        on_page = action.on_page and page is not None and (key in page.commands() or self._own(key) is not None)
        return on_page or self._window_can(key)

    def _own(self, key: str) -> QShortcut | None:
        shortcut = BY_KEY[key].shortcut or BY_KEY[key].told
        return own_shortcut(self.page, shortcut) if self.page and shortcut else None

    def _window_can(self, key: str) -> bool:
        if key in _TAKEN_BACK:
            read, verb = _TAKEN_BACK[key]
            step = read(self.session.ledger, self.session.person) if self.session.is_there() else None
            words = step.words if step and not step.why_not else ""
            self.menus.set_words(key, f"{verb}：{_short(words)}" if words else BY_KEY[key].text)
            return step is not None
        tests = {
            "back": lambda: self._at > 0,
            "leave": lambda: self._at > 0,
            "forward": lambda: self._at + 1 < len(self._history),
            "import_plan": lambda: PageKey.PLAN_REVIEW in self._factories,
            "find_all": lambda: PageKey.FIND in self._factories,
            "history": lambda: PageKey.HISTORY in self._factories,
            "back_up": lambda: self.session.runner.is_free,
            "carry_out": lambda: self.session.runner.is_free,
            "bring_back": lambda: self.session.runner.is_free,
            "check": lambda: self.session.runner.is_free,
            "contents": lambda: self.session.runner.is_free,
        }
        return tests[key]() if key in tests else key in self._commands or not BY_KEY[key].on_page

    def do(self, key: str) -> None:
        """Carry out a command of the table: on the page in front when it can, else in the window."""
        if not self.can(key):
            return
        page, action = self.page, BY_KEY[key]
        if action.on_page and page is not None:
            own = page.commands().get(key)
            if own is not None:
                own()
                return
            shortcut = self._own(key)
            if shortcut is not None:
                shortcut.activated.emit()
                return
        self._commands[key](self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nobody in the page wanted: the commands that a page or form may answer itself."""
        action = action_for(QKeySequence(event.keyCombination()))
        if action is not None and action.on_page:
            self.do(action.key)
            return
        super().keyPressEvent(event)

    # What is shown around the page

    def show_facts(self) -> None:
        """Title, status bar and banner as things stand."""
        ledger = self.session.ledger
        backups = list_backups(ledger.folder)
        only_read = "" if ledger.writable else "（只读）"
        self.setWindowTitle(f"{ledger.folder.name}{only_read} - {PROGRAM}")
        self.status.show_facts(
            ledger=ledger.folder.name,
            office=office_of(ledger).name,
            person=self.session.person and f"使用人：{self.session.person}",
            backup=f"上次备份：{moment_words(backups[0].made)}" if backups else "还没有备份",
        )
        self.look_at_folder()

    def look_at_folder(self) -> None:
        """Say so when the ledger's folder is no longer where it was; when it is back, every page reads again."""
        ledger, was_there = self.session.ledger, self._was_there
        self._was_there = self.session.is_there()
        if self._was_there and not was_there:
            self.session.changed.emit(Changes("", tuple((kind, "") for kind in KINDS)))
            return
        if not self._was_there and is_replaced(ledger):
            self.banner.show_words(f"台账文件夹里的文件已换成另一份：{ledger.folder}，请重新打开。", "重新打开")
        elif not self._was_there:
            words = f"找不到台账文件夹：{ledger.folder}。请把它放回原处，放回之前填写的内容无法保存。"
            self.banner.show_words(words)
        elif not ledger.writable:
            who = f"（{ledger.held_by}）" if ledger.held_by else ""
            self.banner.show_words(f"台账正被另一个程序使用{who}，这里只能查看，不能保存。", "再试一次")
        else:
            self.banner.hide()

    def restyle(self) -> None:
        """Show the look that the settings ask for."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            text = self.settings.text
            apply_theme(app, dark=text("theme") == "dark", text_size=text("text_size"))
        self.navigation.restyle()
        self.menus.restyle()
        restyle_icons(self)

    # The end

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close after the running job and the automatic backup; a page with unsaved input asks first."""
        # The system does not wait while it shuts down: what is saved is saved, the backup comes next time.
        if not (_system_shuts_down() or not self.isVisible() or self.closing.begin()):
            event.ignore()
            return
        self.settings.set("geometry", bytes(self.saveGeometry().toBase64().data()).decode("ascii"))
        self._watch.stop()
        self.closing.stop()
        event.accept()
        self.closed.emit()

    def close_at_once(self) -> None:
        """Close without asking and without a backup, once the running job has ended."""
        self.session.runner.cancel()
        self.session.runner.wait()
        self.closing.stop()
        self.close()

    def _on_backed_up(self, fault: str) -> None:
        self.show_facts()
        if fault:
            self.status.tell(fault)

    def _restore_geometry(self) -> None:
        self.resize(1180, 720)
        kept = self.settings.text("geometry")
        if kept:
            self.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii", "ignore")))
        self.setMinimumSize(640, 400)
        # A click on nothing takes the keys; the Tab key finds nothing to do here.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)


def _system_shuts_down() -> bool:
    app = QGuiApplication.instance()
    return isinstance(app, QGuiApplication) and app.isSavingSession()


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_STEP else f"{words[:LONGEST_STEP]}…"


def moment_words(at: datetime) -> str:
    """A moment as clerks write it: 2026年11月23日 9:05."""
    return f"{at.year}年{at.month}月{at.day}日 {at.hour}:{at.minute:02}"
