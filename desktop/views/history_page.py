"""修改历史 of the whole ledger: who changed what and when, before → after, narrowed, opened and printed."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from desktop.operations.files import write_whole
from desktop.operations.history import ledger_history, print_history
from desktop.rules.history import LedgerChange, moment_words
from desktop.rules.records import Changes
from desktop.rules.wording import date_in_text
from desktop.views import questions
from desktop.views.looks.empty import Empty
from desktop.views.looks.icon_buttons import icon_button
from desktop.views.page import Page
from desktop.views.place import PAGE_WORDS, PageKey, Place
from desktop.views.runner import Failure, Report
from desktop.views.session import Session
from desktop.views.tables.change_columns import COLUMNS
from desktop.views.tables.row_model import ListModel
from desktop.views.tables.table import TableView

_EVERYBODY, _EVERYTHING = "全部人员", "全部内容"

class HistoryPage(Page):
    """Attributes: ``words``, ``people`` and ``kinds`` narrow the ``table``; ``more_button`` reads further back."""

    key = PageKey.HISTORY

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._lines: tuple[LedgerChange, ...] = ()
        self._earlier = 0
        self.model = ListModel(COLUMNS, self)
        title = QLabel(PAGE_WORDS[self.key])
        title.setObjectName("title")
        self.count = QLabel()
        self.count.setObjectName("hint")
        self.words = QLineEdit()
        self.words.setPlaceholderText("查找人员、问题、内容")
        self.words.setAccessibleName("查找修改历史")
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(self.fontMetrics().horizontalAdvance("查") * 14)
        self.words.textChanged.connect(lambda _: self._show())
        self.people, self.kinds = _choice("人员"), _choice("内容")
        for choice in (self.people, self.kinds):
            choice.currentIndexChanged.connect(lambda _: self._show())
        self.more_button = icon_button("更早的记录", "down")
        self.more_button.clicked.connect(lambda _=False: self.read_earlier())
        self.print_button = icon_button("打印…", "print")
        self.print_button.setToolTip("把列出的记录存成 PDF，可打印（Ctrl+P）")
        self.print_button.clicked.connect(lambda _=False: self.save())
        self.table = TableView("history")
        self.table.setModel(self.model)
        self.table.setAccessibleName("修改历史")
        self.table.opened.connect(self._open)
        self.table.told.connect(session.told)
        self.no_match = Empty("没有这样的记录", "换一个词，或再读更早的记录。")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.no_match)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.more_button)
        head.addWidget(self.print_button)
        narrow = QHBoxLayout()
        narrow.addWidget(self.words)
        narrow.addWidget(self.people)
        narrow.addWidget(self.kinds)
        narrow.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(narrow)
        layout.addWidget(self.stack, 1)
        self.begin_at(self.table)

    def refresh(self) -> None:
        """Read the latest part again."""
        page = ledger_history(self.session.ledger)
        self._lines, self._earlier = page.lines, page.earlier
        self._fill()

    def read_earlier(self) -> None:
        """Add the part before what is shown."""
        page = ledger_history(self.session.ledger, self._earlier)
        self._lines, self._earlier = (*self._lines, *page.lines), page.earlier
        self._fill()

    def commands(self) -> dict[str, Callable[[], None]]:
        """What the menus can do here."""
        found: dict[str, Callable[[], None]] = {"find": self.words.setFocus}
        if self.model.rowCount():
            found |= {"print": self.save, "copy": self.table.copy}
        if self._chosen():
            found["open"] = lambda: self._open(self.table.currentIndex())
        return found

    def save(self) -> None:
        """Save what is listed as a PDF to print."""
        today, ledger, shown = self.session.today(), self.session.ledger, self.shown
        if not shown:
            self.session.told.emit("没有可以打印的记录。")
            return
        target = questions.ask_save("打印修改历史", f"修改历史_{today.isoformat()}.pdf", "PDF 文件 (*.pdf)")
        if target is None:
            return
        file, which = target if target.suffix else target.with_suffix(".pdf"), self._which(shown)

        def job(report: Report) -> Changes:
            report("正在排版", 0.3)
            printed = print_history(ledger, shown, which, today)
            write_whole(file, printed.data)
            return Changes(f"修改历史已存为{printed.pages}页：{file}")

        def done(changes: object) -> None:
            if isinstance(changes, Changes):
                self.session.told.emit(changes.sentence)

        def failed(failure: Failure) -> None:
            questions.tell(failure.sentence, failure.remedy)

        runner = self.session.runner
        if not runner.start("打印修改历史", job, done, failed, ledger, writes=False):
            questions.tell(f"正在{runner.title}，现在不能打印。", "请等它完成后再打印。")

    @property
    def shown(self) -> tuple[LedgerChange, ...]:
        """What is listed now, the latest first."""
        words = self.words.text().split()
        person, kind = self.people.currentData() or "", self.kinds.currentData() or ""
        return tuple(
            line
            for line in self._lines
            if person in ("", line.who) and kind in ("", _kind(line)) and all(word in _text(line) for word in words)
        )

    def _which(self, shown: Sequence[LedgerChange]) -> str:
        """What the list was narrowed to, for the head of the paper."""
        first, last = (_day(line) for line in (shown[-1], shown[0]))
        days = date_in_text(first) if first == last else f"{date_in_text(first)}至{date_in_text(last)}"
        chosen = (self.people.currentData(), self.kinds.currentData(), self.words.text().strip())
        return "，".join([days, *(str(word) for word in chosen if word), f"共{len(shown)}条"])

    def _fill(self) -> None:
        _offer(self.people, _EVERYBODY, (line.who for line in self._lines if line.who))
        _offer(self.kinds, _EVERYTHING, (_kind(line) for line in self._lines))
        self.more_button.setEnabled(bool(self._earlier))
        self._show()

    def _show(self) -> None:
        shown = self.shown
        self.model.set_rows(list(shown))
        total = len(self._lines)
        read = "最近" if self._earlier else "共"
        self.count.setText(f"{read}{total}条" if len(shown) == total else f"{read}{total}条中的{len(shown)}条")
        self.print_button.setEnabled(bool(shown))
        self.stack.setCurrentWidget(self.table if shown else self.no_match)

    def _chosen(self) -> LedgerChange | None:
        return self.model.row_at(self.table.currentIndex().row())

    def _open(self, index: QModelIndex) -> None:
        line = self.model.row_at(index.row())
        if line and line.change.problem:
            self.go.emit(Place(PageKey.CASE, problem_id=line.change.problem))
        elif line and line.change.table in ("unit", "person"):
            self.go.emit(Place(PageKey.UNITS))


def _choice(words: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(words)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box


def _offer(box: QComboBox, every: str, found: Iterable[str]) -> None:
    """Offer what occurs, and keep what was chosen."""
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    box.addItem(every, "")
    for words in dict.fromkeys(found):
        box.addItem(words, words)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)


def _kind(line: LedgerChange) -> str:
    return line.change.words.partition("·")[0]


def _day(line: LedgerChange) -> date:
    return line.change.at.astimezone().date()


def _text(line: LedgerChange) -> str:
    change = line.change
    return f"{moment_words(change.at)} {line.who} {line.problem} {change.title} {change.before} {change.after}"
