"""接收: the packages on the sticks, what each would bring, and taking one in."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.operations.files import write_whole
from desktop.operations.packages.collecting import Collected, collected_words, one_collected, receive_all
from desktop.operations.packages.receiving import receive
from desktop.operations.packages.sticks import DAMAGED, STATE_WORDS, FoundPackage, find_packages, sticks
from desktop.rules.packages import HELD, Received
from desktop.rules.records import Changes
from desktop.views import questions
from desktop.views.exchange.identity_bar import IdentityBar
from desktop.views.late_reading import READING, STOPPED, LateReading
from desktop.views.looks.empty import Empty
from desktop.views.runner import Failure, Report
from desktop.views.session import Session
from desktop.views.tables import change_columns
from desktop.views.tables.columns import Column
from desktop.views.tables.row_model import ListModel
from desktop.views.tables.table import TableView

_TONES = {"for_us": "ok", "secret": "accent", "held": "warn", "damaged": "late"}
_TAKEABLE = ("for_us", "secret")
_LOOK_MS = 2500


@dataclass(frozen=True, slots=True)
class PackageLine:
    """One package file."""

    package: FoundPackage


def _day(line: PackageLine) -> str:
    day = line.package.day
    return f"{day.year}/{day.month}/{day.day}"


def _sender(package: FoundPackage) -> str:
    return package.sender or ("/" if package.state == DAMAGED else "（打开后可知）")


def size_words(size: int) -> str:
    """12 KB, 3.4 MB."""
    return f"{max(1, round(size / 1000))} KB" if size < 100_000 else f"{size / 1e6:.1f} MB"


COLUMNS: tuple[Column[PackageLine], ...] = (
    Column("day", "日期", 6, _day, sorts=False),
    Column("sender", "发件单位", 12, lambda line: _sender(line.package), sorts=False),
    Column("kind", "类型", 5, lambda line: line.package.kind or "/", sorts=False),
    Column("state", "状态", 11, lambda line: STATE_WORDS[line.package.state], sorts=False,
           tone=lambda line: _TONES.get(line.package.state, "muted")),
    Column("ops", "记录", 4, lambda line: str(line.package.ops or "/"), align="right", sorts=False),
    Column("size", "大小", 5, lambda line: size_words(line.package.size), align="right", sorts=False),
    Column("name", "文件", 16, lambda line: line.package.path.name, stretch=True, sorts=False,
           tip=lambda line: str(line.package.path)),
)  # fmt: skip


class ReceiveView(QWidget):
    """Attributes: ``table``; ``said`` and ``lines``, what a package would bring or brought; ``places`` searched."""

    def __init__(self, session: Session, bar: IdentityBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.bar = session, bar
        self.places: tuple[Path, ...] = ()
        self.model = ListModel(COLUMNS, self)
        self.table = TableView("receive", session.settings.tables())
        self.table.setModel(self.model)
        self.table.setAccessibleName("U盘上的数据包")
        self.table.opened.connect(lambda _: self.look())
        self.table.told.connect(session.told)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self.nothing = Empty(
            "没有看到数据包",
            "插入U盘会自动列出其中的数据包（根目录和“整改交换”文件夹）；也可以选择文件。",
            (("选择文件…", self.choose),),
        )
        self.word = QLineEdit()
        self.word.setPlaceholderText("加密包的口令（发给本单位的不用填）")
        self.word.setAccessibleName("数据包口令")
        self.word.setEchoMode(QLineEdit.EchoMode.Password)
        self.word.setMinimumWidth(self.word.fontMetrics().horizontalAdvance("字") * 18)
        self.choose_button = QPushButton("选择文件…")
        self.choose_button.clicked.connect(lambda _=False: self.choose())
        self.look_button = QPushButton("审核…")
        self.look_button.setToolTip("先看这个包会带来什么、和本台账哪里不一致，不接收")
        self.look_button.clicked.connect(lambda _=False: self.look())
        self.take_button = QPushButton("接收")
        self.take_button.setObjectName("primary")
        self.take_button.clicked.connect(lambda _=False: self.take())
        self.all_button = QPushButton("汇总：全部接收")
        self.all_button.setToolTip("把列出的可以接收的包按时间先后逐个接收，收不下的说明原因")
        self.all_button.clicked.connect(lambda _=False: self.take_all())
        self.slip_button = QPushButton("打印回执单…")
        self.slip_button.setToolTip("刚才接收的各包的编号、校验码和接收情况，签字后随U盘交回")
        self.slip_button.clicked.connect(lambda _=False: self.print_slip())
        self.collected: tuple[Collected, ...] = ()
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setAccessibleName("接收情况")
        self.line_model = ListModel(change_columns.COLUMNS, self)
        self.lines = TableView("receive_lines", session.settings.tables())
        self.lines.setModel(self.line_model)
        self.lines.setAccessibleName("数据包带来的修改")
        self.lines.told.connect(session.told)
        self.lines.hide()
        self._looked: Path | None = None
        row = QHBoxLayout()
        row.addWidget(self.word)
        row.addStretch(1)
        for button in (self.choose_button, self.slip_button, self.look_button, self.all_button, self.take_button):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.nothing, 1)
        layout.addWidget(self.said)
        layout.addWidget(self.lines, 1)
        layout.addLayout(row)
        self._plugged: tuple[Path, ...] = ()
        self._watch = QTimer(self)
        self._watch.setInterval(_LOOK_MS)
        self._watch.timeout.connect(self._look_for_sticks)
        self._wanted: Path | None = None
        self.reading = LateReading(session, self, self._on_read, self._tell)

    def refresh(self) -> None:
        """List the packages on the sticks and in the places chosen; the former list stands until they are read."""
        self._plugged = sticks()
        ledger, places = self.session.ledger, (*self._plugged, *self.places)
        if not self.model.rows:
            self.nothing.hide()
        self.reading.read(lambda report: find_packages(ledger, places, lambda: report("正在看U盘", 0.0)))
        self._watch.start()

    def _tell(self, words: str) -> None:
        """Say that it reads, where nothing stands of a package."""
        if self.said.text() in ("", READING, STOPPED):
            self.said.setText(words)

    def _on_read(self, found: object) -> None:
        if not isinstance(found, tuple):
            return
        chosen = self._wanted or getattr(self._chosen(), "path", None)
        self._wanted = None
        self.model.set_rows([PackageLine(package) for package in found])
        self.table.setVisible(bool(found))
        self.nothing.setVisible(not found)
        if found:
            paths = [package.path for package in found]
            first = next((at for at, package in enumerate(found) if package.state in _TAKEABLE), 0)
            self.table.choose_rows((), paths.index(chosen) if chosen in paths else first)
        self._allow()

    def choose(self) -> None:
        """Choose a package file anywhere; its folder is listed from now on."""
        files = questions.ask_files("选择数据包", "数据包 (*.zgb *.zgbx);;所有文件 (*)")
        if files:
            self.places = tuple(dict.fromkeys((files[0].parent, *self.places)))
            self._wanted = files[0]
            self.refresh()

    def look(self) -> None:
        """Say what the chosen package would bring; nothing is taken in."""
        self._run(look_only=True)

    def take(self) -> None:
        """Take the chosen package in."""
        self._run(look_only=False)

    def take_all(self) -> None:
        """Take in every package of the list that is for this office, the oldest first."""
        wanted = [line.package for line in reversed(self.model.rows) if line.package.state in _TAKEABLE]
        session, word, identity = self.session, self.word.text(), self.bar.identity
        secret = any(package.state == "secret" for package in wanted)
        if not wanted or (secret and not word and identity is None and self.bar.require() is None):
            return
        files, today, person = [package.path for package in wanted], session.today(), session.person

        def job(report: Report) -> tuple[Collected, ...]:
            return receive_all(
                session.ledger, files, today, person, identity=identity, passphrase=word, progress=report
            )

        if not session.runner.start("汇总", job, self._on_all, self._on_failed, session.ledger):
            questions.tell(f"正在{session.runner.title}，现在不能接收。", "请等它完成后再试。")

    def _on_all(self, found: object) -> None:
        if not isinstance(found, tuple):
            return
        self.collected, self._looked = found, None
        results = [line.result for line in found if line.result]
        self.said.setText(collected_words(found))
        self.line_model.set_rows([change for result in results for change in result.lines])
        self.lines.setVisible(bool(self.line_model.rows))
        self.word.clear()
        touched = tuple(dict.fromkeys(row for result in results for row in result.changes.touched))
        self.session.announce(Changes(collected_words(found).partition("\n")[0], touched))
        self._allow()

    def print_slip(self) -> None:
        """Save 回执单 of what was taken last as PDF."""
        target = questions.ask_save("打印回执单", "数据包回执单.pdf", "PDF 文件 (*.pdf)")
        if target is None:
            return
        file = target if target.suffix else target.with_suffix(".pdf")

        def save() -> Changes:
            # The page of exchanges opens without the library that prints.
            from desktop.operations.packages.papers import receipt_slip

            session = self.session
            write_whole(file, receipt_slip(session.ledger, self.collected, session.today(), session.person).data)
            return Changes(f"回执单已存为：{file}。")

        self.session.do(save)

    def _run(self, *, look_only: bool) -> None:
        package = self._chosen()
        if package is None:
            return
        session, word, identity = self.session, self.word.text(), self.bar.identity
        if package.state == "secret" and not word and identity is None and self.bar.require() is None:
            return
        path, today, person = package.path, session.today(), session.person
        self._looked = path

        def job(report: Report) -> Received:
            return receive(
                session.ledger, path, today, person,
                identity=identity, passphrase=word, look_only=look_only, progress=report,
            )  # fmt: skip

        title = "查看数据包" if look_only else "接收数据包"
        if not session.runner.start(title, job, self._on_done, self._on_failed, session.ledger):
            questions.tell(f"正在{session.runner.title}，现在不能接收。", "请等它完成后再试。")

    def _on_done(self, result: object) -> None:
        if not isinstance(result, Received):
            return
        self.said.setText(report_words(result))
        self.line_model.set_rows(list(result.lines))
        self.lines.setVisible(bool(result.lines))
        if not result.is_preview:
            self.collected = (one_collected(result),)
            self.word.clear()
            self.session.announce(result.changes)

    def _on_failed(self, failure: Failure) -> None:
        self.said.setText(failure.sentence)
        questions.tell(failure.sentence, failure.remedy)

    def _look_for_sticks(self) -> None:
        """A stick that is put in or pulled out changes the list by itself."""
        if self.isVisible() and sticks() != self._plugged:
            self.refresh()

    def _chosen(self) -> FoundPackage | None:
        line = self.model.row_at(self.table.currentIndex().row())
        return line.package if line else None

    def _allow(self) -> None:
        package = self._chosen()
        if self._looked is not None and (package is None or package.path != self._looked):
            self._looked = None
            self.said.clear()
            self.lines.hide()
        able = self.session.can_write and package is not None and package.state not in ("damaged", "foreign", "own")
        self.take_button.setEnabled(able)
        self.look_button.setEnabled(able)
        takeable = any(line.package.state in _TAKEABLE for line in self.model.rows)
        self.all_button.setEnabled(self.session.can_write and takeable)
        self.slip_button.setEnabled(bool(self.collected))


def report_words(result: Received) -> str:
    """What a package brought, or would bring, in a few sentences."""
    if result.is_preview and result.state == HELD:
        return f"“{result.sender_name}”的交换身份还没有核对。可以先收下，核对确认单后自动并入。"
    if result.is_preview:
        tables = "、".join(f"{words}{count}条" for words, count in result.tables) or "没有记录"
        words = f"“{result.sender_name}”{result.made_on}制作：{tables}；"
        words += f"其中新的{result.new}条，附件{result.files_new}份。"
    else:
        words = result.changes.sentence
    if result.disagreements:
        words += f"有{result.disagreements}处与本台账的填写不一致，接收后在“冲突”里决定。"
    if result.strange:
        words += f"有{result.strange}条记录的时间明显不对（对方电脑的日期可能错了），照常保留。"
    if result.lacking:
        words += f"还缺{len(result.lacking)}份附件，等其余各卷。"
    return words
