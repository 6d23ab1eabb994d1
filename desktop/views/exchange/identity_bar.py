"""本单位的交换身份 above the tabs of 交换: made once, opened with its passphrase once in a run of the program."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.operations.files import write_whole
from desktop.operations.hub_settings import write_hub_settings
from desktop.operations.packages.identities import (
    Identity,
    change_passphrase,
    load_identity,
    make_own_keys,
    own_keys,
    save_identity,
    unlock,
)
from desktop.operations.packages.key_changes import KeyChange, end_own_keys, last_change, renew_own_keys
from desktop.rules.records import Changes
from desktop.views import questions
from desktop.views.exchange.identity_dialogs import OwnKeysDialog
from desktop.views.runner import Report
from desktop.views.session import Session

_WHY = "数据包要由本单位签名，别的单位才认得、改动了才看得出。口令请单独记好：忘记后只能重新建立身份、重新核对。"
_MADE = "交换身份已建立。请打印确认单盖章送对方核对，并做一份身份备份。"

_RENEWED = "交换身份已更新。请在“更多”里打印更新确认单盖章送达，并重新做一份身份备份。"
_REPLACED = "交换身份已重新建立。请在“更多”里打印变更确认单盖章送达，并重新做一份身份备份。"
_PAPERS = {
    KeyChange.RENEWED: "更新确认单",
    KeyChange.REPLACED: "变更确认单",
    KeyChange.ENDED: "作废确认单",
}
_CHANGED = "口令已更换。请重新做一份身份备份，旧备份用的还是旧口令。"
_CHANGING = 3


class IdentityBar(QFrame):
    """Attributes: ``identity``, the opened keys, None until then. Signals: ``opened`` when they can be used."""

    opened = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.session = session
        self.identity: Identity | None = None
        self._state = 0
        self._is_changing = False
        self.parts: list[QWidget] = []
        self.first, self.second, self.word = _secret("口令（至少8位）"), _secret("再输一遍"), _secret("口令")
        self.make_button = _button("建立交换身份", self.make, primary=True)
        self.load_button = _button("从身份备份恢复…", self.load)
        self.open_button = _button("打开", self.open, primary=True)
        self.sheet_button = _button("打印确认单…", self.print_sheet)
        self.backup_button = _button("身份备份…", self.back_up)
        self.lost_button = _button("忘记口令、遗失…", lambda: self.change_keys(KeyChange.REPLACED))
        self.more_buttons = tuple(self._more() for _ in range(3))
        self.new_first, self.new_second = _secret("新口令（至少8位）"), _secret("再输一遍")
        self.keep_button = _button("更换口令", self.change, primary=True)
        self.leave_button = _button("取消", lambda: self._ask_new(False))
        self.digits = QLabel()
        self.digits.setAccessibleName("本单位的确认码")
        self.fault = QLabel()
        self.fault.setObjectName("fault")
        self.fault.setWordWrap(True)
        self.fault.hide()
        self.second.returnPressed.connect(self.make)
        self.word.returnPressed.connect(self.open)
        self.new_second.returnPressed.connect(self.change)
        why = QLabel(_WHY)
        why.setObjectName("hint")
        why.setWordWrap(True)
        none, locked, opened = self.more_buttons
        made = (self.first, self.second, self.make_button, self.load_button, none)
        making = _row((QLabel("本单位还没有交换身份"), *made))
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(making)
        column.addWidget(why)
        asked = (self.word, self.open_button, self.lost_button, locked)
        asking = _row((QLabel("输入本单位交换身份的口令，本次运行只需一次"), *asked))
        shown = (self.digits, self.sheet_button, self.backup_button, opened)
        showing = _row((QLabel("本单位确认码"), *shown))
        changing = _row((QLabel("换口令"), self.new_first, self.new_second, self.keep_button, self.leave_button))
        self.parts = [box, asking, showing, changing]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 7, 12, 7)
        for part in self.parts:
            layout.addWidget(part)
        layout.addWidget(self.fault)

    def refresh(self) -> None:
        """Show what there is: no keys, locked keys, or open ones."""
        keys = own_keys(self.session.ledger)
        if keys is None:
            self.identity = None
        self._state = 0 if keys is None else 2 if self.identity else 1
        self._is_changing = self._is_changing and self.identity is not None
        self._show_part()
        self.digits.setText(keys.digits if keys else "")
        for button in (self.make_button, self.load_button, self.open_button, self.lost_button):
            button.setEnabled(self.session.can_write)
        self.more_buttons[0].setVisible(last_change(self.session.ledger) is not None)

    def require(self) -> Identity | None:
        """The opened keys; without them the line that asks for the passphrase gets the keyboard, and a sentence."""
        if self.identity is None:
            self._say("请先建立交换身份。" if self._state == 0 else "请先输入口令。")
            (self.first if self._state == 0 else self.word).setFocus()
        return self.identity

    def make(self) -> None:
        """Make this office's keys under a new passphrase."""
        if self.first.text() != self.second.text():
            self._say("两次输入的口令不一样，请重新输入。")
            return
        session, word = self.session, self.first.text()
        today, person = session.today(), session.person
        self._open(lambda: make_own_keys(session.ledger, word, today, person), _MADE)

    def open(self) -> None:
        """Open the keys with their passphrase."""
        word = self.word.text()
        self._open(lambda: unlock(self.session.ledger, word))

    def change(self) -> None:
        """Keep the keys under a new passphrase; only whoever has opened them can."""
        identity, word = self.identity, self.new_first.text()
        if identity is None:
            return
        if word != self.new_second.text():
            self._say("两次输入的口令不一样，请重新输入。")
            return
        session = self.session
        today, person = session.today(), session.person

        def keep() -> Identity:
            change_passphrase(session.ledger, identity, word, today, person)
            return identity

        self._open(keep, _CHANGED)

    def load(self) -> None:
        """Take the keys back from a backup; the passphrase is the one in the first line, else it is asked for."""
        files = questions.ask_files("选择身份备份", "身份备份 (*.zgid);;所有文件 (*)")
        session, word = self.session, self.first.text()
        if files and self._state > 0:
            word = questions.ask_secret("请输入这份身份备份的口令：", "身份备份口令")
            if not word:
                return
        today, person = session.today(), session.person
        if files:
            self._open(lambda: load_identity(session.ledger, files[0], word, today, person))

    def back_up(self) -> None:
        """Write the keys, sealed, to a file."""
        target = questions.ask_save("身份备份", "交换身份备份.zgid", "身份备份 (*.zgid)")
        if target:
            self.session.do(lambda: save_identity(self.session.ledger, target))

    def print_sheet(self) -> None:
        """Save 单位交换身份确认单 as PDF."""
        self._save_sheet("单位交换身份确认单", changed=False)

    def _save_sheet(self, name: str, *, changed: bool) -> None:
        target = questions.ask_save("打印确认单", f"{name}.pdf", "PDF 文件 (*.pdf)")
        if target is None:
            return
        file = target if target.suffix else target.with_suffix(".pdf")

        def save() -> Changes:
            # The page of exchanges opens without the library that prints.
            from desktop.operations.packages.papers import identity_change_sheet, identity_sheet

            draw = identity_change_sheet if changed else identity_sheet
            write_whole(file, draw(self.session.ledger, self.session.today(), self.session.person).data)
            return Changes(f"确认单已存为：{file}。请打印盖章后交给对方。")

        self.session.do(save)

    def change_keys(self, change: KeyChange) -> None:
        """Renew, replace or end this office's keys, after a dialog that says what comes of it."""
        session, dialog = self.session, OwnKeysDialog(change, self)
        agreed, word = questions.run_dialog(dialog), dialog.passphrase
        dialog.deleteLater()
        if not agreed:
            return
        today, person, identity = session.today(), session.person, self.identity
        if change == KeyChange.ENDED:
            self.identity = None
            session.do(lambda: end_own_keys(session.ledger, today, person))
            self.refresh()
        elif change == KeyChange.REPLACED:
            self._open(lambda: make_own_keys(session.ledger, word, today, person), _REPLACED)
        elif identity is not None:
            self._open(lambda: renew_own_keys(session.ledger, identity, word, today, person), _RENEWED)

    def write_settings(self) -> None:
        """Save default.toml for the program folder that is handed out to the units below."""
        target = questions.ask_save("为下级单位准备首次设置", "default.toml", "首次设置 (*.toml)")
        if target:
            self.session.do(lambda: write_hub_settings(self.session.ledger, target))

    def print_change(self) -> None:
        """Save 更新、变更 or 作废确认单, whichever the latest change asks for, as PDF."""
        change = last_change(self.session.ledger)
        if change is not None:
            self._save_sheet(f"单位交换身份{_PAPERS[change.kind]}", changed=True)

    def entries(self) -> list[tuple[str, bool, Callable[[], None]]]:
        """The menu 更多: words, whether it can be done now, and what is done."""
        writes, opened = self.session.can_write, self.identity is not None
        change = last_change(self.session.ledger)
        found: list[tuple[str, bool, Callable[[], None]]] = []
        if change is not None:
            found.append((f"打印{_PAPERS[change.kind]}…", True, self.print_change))
        if self._state == 0:
            return found
        return [
            *found,
            ("更换口令…", writes and opened, lambda: self._ask_new(True)),
            ("从身份备份恢复…", writes, self.load),
            ("更新交换身份…", writes and opened, lambda: self.change_keys(KeyChange.RENEWED)),
            ("重新建立交换身份…", writes, lambda: self.change_keys(KeyChange.REPLACED)),
            ("为下级单位准备首次设置…", True, self.write_settings),
            ("停用交换身份…", writes and opened, lambda: self.change_keys(KeyChange.ENDED)),
        ]

    def _more(self) -> QPushButton:
        button = QPushButton("更多")
        button.setAccessibleName("交换身份的其他事项")
        menu = QMenu(button)

        def fill() -> None:
            menu.clear()
            for words, possible, act in self.entries():
                menu.addAction(words, act).setEnabled(possible)

        menu.aboutToShow.connect(fill)
        button.setMenu(menu)
        return button

    def _open(self, make: Callable[[], Identity], sentence: str = "") -> None:
        """Off the window's thread: stretching a passphrase takes a good while on purpose."""

        def done(identity: object) -> None:
            if isinstance(identity, Identity):
                self._on_open(identity, sentence)

        def job(report: Report) -> Identity:
            return make()

        runner = self.session.runner
        ledger = self.session.ledger
        if not runner.start("打开交换身份", job, done, lambda failure: self._say(failure.sentence), ledger):
            self._say(f"正在{runner.title}，请等它完成后再试。")

    def _on_open(self, identity: Identity, sentence: str) -> None:
        self.identity = identity
        for line in (self.first, self.second, self.word, self.new_first, self.new_second):
            line.clear()
        self._say("")
        self._is_changing = False
        self.refresh()
        if sentence:
            self.session.announce(Changes(sentence))
        self.opened.emit()

    def _ask_new(self, wanted: bool) -> None:
        """Show the line for a new passphrase, or the code again."""
        self._say("")
        for line in (self.new_first, self.new_second):
            line.clear()
        self._is_changing = wanted
        self._show_part()
        if wanted:
            self.new_first.setFocus()

    def _show_part(self) -> None:
        """What there is; a new passphrase that is being typed stays, whatever else is read again meanwhile."""
        shown = _CHANGING if self._is_changing else self._state
        for at, part in enumerate(self.parts):
            part.setVisible(at == shown)

    def _say(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.setVisible(bool(words))


def _secret(words: str) -> QLineEdit:
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setPlaceholderText(words)
    line.setAccessibleName(words)
    line.setMinimumWidth(line.fontMetrics().horizontalAdvance("口") * 10)
    return line


def _button(words: str, act: Callable[[], None], *, primary: bool = False) -> QPushButton:
    button = QPushButton(words)
    if primary:
        button.setObjectName("primary")
    button.clicked.connect(lambda _=False: act())
    return button


def _row(parts: tuple[QWidget, ...]) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    for part in parts:
        layout.addWidget(part)
    layout.addStretch(1)
    return row
