"""The strip above the grid that says how the month's round stands and leads to what is left to do in it."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from desktop.rules.rounds import count_board, due_words, round_words
from desktop.rules.wording import date_in_text, month_in_text
from desktop.views.dispatch.round_work import RoundWork
from desktop.views.late_reading import READING

# Key, words, what it does, shortcut: Tab goes through the cells of the grid and never leaves it.
BUTTONS = (
    ("begin", "开始调度…", "定下报送时限和要求，开始这个月的调度", "Alt+1"),
    ("board", "报送情况", "哪些单位报了、零报告、还没有报；打印催报名单", "Alt+2"),
    ("checks", "核对", "数字、日期和文字中不合常理的地方，逐项说明或更正", "Alt+3"),
    ("judge", "进度判定", "建议的进度类别和判定的进度类别", "Alt+4"),
    ("freeze", "冻结…", "文字和数字不再改变", "Alt+5"),
    ("late", "补报…", "给冻结的月份补报或更正所选的一行，另行标明", "Alt+6"),
    ("papers", "出表", "月调度表、进展情况报告和统计表", "Alt+7"),
)


class RoundStrip(QFrame):
    """Attributes: ``words``, ``buttons`` by key; ``acts`` what each button does, set by the page."""

    def __init__(self, work: RoundWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.work = work
        self.acts: dict[str, Callable[[], object]] = {"begin": work.begin, "freeze": work.freeze}
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setAccessibleName("本轮调度")
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.buttons: dict[str, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 6, 4)
        layout.setSpacing(6)
        layout.addWidget(self.words, 1)
        for key, words, tip, keys in BUTTONS:
            button = QPushButton(words)
            button.setToolTip(f"{tip}（{keys}）")
            button.setProperty("keys", keys)
            button.clicked.connect(lambda _=False, key=key: self.acts[key]())
            self.buttons[key] = button
            self._name(key, words)
            layout.addWidget(button)
        work.changed.connect(self.show_state)
        work.told.connect(self._tell)

    def show_state(self) -> None:
        """Say how the round stands."""
        work, found = self.work, self.work.round
        writes = work.session.can_write
        self._show("begin", work.can_open_more, writes)
        for key in ("board", "checks", "judge"):
            self._show(key, work.is_open, work.state is not None)
        self._show("freeze", work.is_open, writes)
        self._show("late", work.is_frozen, writes)
        self._show("papers", work.is_frozen, True)
        state = work.state
        self._name("checks", f"核对（{len(state.open_checks)}）" if state and state.open_checks else "核对")
        self._name("judge", f"进度判定（{state.undecided}）" if state and state.undecided else "进度判定")
        number = f"第{found.number + 1}次" if found and found.is_frozen else ""
        self._name("begin", f"开始{number}调度…")
        self.words.setText(self._words())
        self.words.setToolTip(found.note if found else "")

    def _show(self, key: str, is_shown: bool, is_enabled: bool) -> None:
        self.buttons[key].setVisible(is_shown)
        self.buttons[key].setEnabled(is_enabled)

    def _name(self, key: str, words: str) -> None:
        """Other words take the shortcut of a button away."""
        button = self.buttons[key]
        button.setText(words)
        button.setShortcut(str(button.property("keys")))

    def _words(self) -> str:
        work, found = self.work, self.work.round
        if found is None:
            return f"{month_in_text(work.month)}还没有开始调度。" if work.month else ""
        words = round_words(found.month, found.number)
        if found.frozen_on is not None:
            return f"{words}已于{date_in_text(found.frozen_on)}冻结，表格只读。"
        today = work.session.today()
        if work.state is None:
            return f"{due_words(found, today)}。"
        return f"{due_words(found, today)}。{count_board(work.state.board, today).words}"

    def _tell(self, words: str) -> None:
        if self.work.is_open and self.work.state is None and words:
            tail = "正在核对…" if words == READING else words
            self.words.setText(f"{self._words()}{tail}")
