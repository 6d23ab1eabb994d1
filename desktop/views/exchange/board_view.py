"""谁还没报: units by month, and every package that came or went, with the import to be taken back."""

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.operations.packages.board import Board, BoardLine, read_board
from desktop.operations.packages.log import LogLine, read_log
from desktop.operations.packages.taking_back import take_back_import
from desktop.rules.records import Changes
from desktop.views import questions
from desktop.views.late_reading import LateReading
from desktop.views.looks.empty import Empty
from desktop.views.runner import Failure, Report
from desktop.views.session import Session
from desktop.views.tables.columns import Column
from desktop.views.tables.row_model import ListModel
from desktop.views.tables.table import TableView

NOBODY = "还没有要报送进展的单位。问题写明牵头单位、责任单位以后，这里逐月列出谁报了、谁没报。"
_TOLD = 3  # refusals told in full below the table; each stands at its unit


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit of the board."""

    line: BoardLine


def _month(at: int) -> Column[UnitLine]:
    """One month of the board: 已报2/3, or / where nothing is asked for."""

    def words(line: UnitLine) -> str:
        done, expected = line.line.months[at]
        if done >= expected:
            return "已报" if done else "/"
        return f"{done}/{expected}" if done else "未报"

    def tone(line: UnitLine) -> str:
        done, expected = line.line.months[at]
        if done >= expected:
            return "ok" if done else ""
        return "warn" if done else "late"

    return Column(f"month{at}", "", 4, words, tone=tone, sorts=False)


def _last(line: UnitLine) -> str:
    day = line.line.last
    return f"{day.year}/{day.month}/{day.day}" if day else "/"


def _refused(line: UnitLine) -> str:
    return str(len(line.line.refused) or "/")


def _refused_tone(line: UnitLine) -> str:
    return "late" if line.line.refused else ""


def _reasons(line: UnitLine) -> str:
    return "\n".join(line.line.refused)


class BoardView(QWidget):
    """Attributes: ``table``, ``board`` what it shows."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.board = Board((), ())
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.refused = QLabel()
        self.refused.setObjectName("fault")
        self.refused.setWordWrap(True)
        self.refused.hide()
        self.copy_button = QPushButton("复制未报单位")
        self.copy_button.clicked.connect(lambda _=False: self.copy_late())
        self.table = TableView("board")
        self.table.setAccessibleName("各单位各月报送情况")
        self.table.told.connect(session.told)
        self.model: ListModel[UnitLine] | None = None
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self.copy_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.refused)
        self.copy_button.setEnabled(False)
        self.reading = LateReading(session, self, self._on_read, self._tell)

    def refresh(self) -> None:
        """Read the board again; the former one stands until then."""
        ledger, today = self.session.ledger, self.session.today()

        def job(report: Report) -> Board:
            report("正在读各单位的报送情况", 0.0)
            return read_board(ledger, today)

        self.reading.read(job)

    def _tell(self, words: str) -> None:
        if self.model is None or words:
            self.said.setText(words)

    def _on_read(self, board: object) -> None:
        if not isinstance(board, Board):
            return
        months, self.board = self.board.months, board
        # A window may stay open from one month to the next.
        if self.model is None or board.months != months:
            columns = (
                Column("name", "单位", 10, lambda line: line.line.name, stretch=True, sorts=False),
                *(
                    Column(c.key, f"{int(month[5:])}月", c.width, c.value, tone=c.tone, sorts=False)
                    for month, c in ((month, _month(at)) for at, month in enumerate(self.board.months))
                ),
                Column("last", "最近的数据包", 7, _last, sorts=False),
                Column("lacking", "缺附件", 4, lambda line: str(line.line.lacking or "/"), align="right", sorts=False),
                Column("held", "待核验", 4, lambda line: str(line.line.held or "/"), align="right", sorts=False),
                Column("refused", "拒收", 4, _refused, align="right", sorts=False, tone=_refused_tone, tip=_reasons),
            )
            self.model = ListModel(columns, self)
            self.table.setModel(self.model)
        self.model.set_rows([UnitLine(line) for line in self.board.lines])
        late, month = self.board.late, int(self.board.months[-1][5:])
        names = "、".join(late[:8]) + ("等" if len(late) > 8 else "")
        missing = f"{month}月还有{len(late)}个单位没有报齐：{names}。"
        done = f"{month}月各单位都已报齐。" if self.board.lines else NOBODY
        self.said.setText(missing if late else done)
        self.copy_button.setEnabled(bool(late))
        told = [f"{line.name}：{line.refused[0]}" for line in self.board.lines if line.refused]
        self.refused.setText("\n".join(told[:_TOLD]))
        self.refused.setVisible(bool(told))

    def copy_late(self) -> None:
        """The names of the units that have not reported, for a reminder."""
        QGuiApplication.clipboard().setText("、".join(self.board.late))
        self.session.told.emit("已复制未报单位的名称。")


LOG_COLUMNS: tuple[Column[LogLine], ...] = (
    Column("day", "日期", 6, lambda line: line.day.replace("-", "/"), sorts=False),
    Column("way", "收发", 4, lambda line: "接收" if line.came else "发出", sorts=False),
    Column("name", "单位", 12, lambda line: line.name, stretch=True, sorts=False),
    Column("kind", "类型", 6, lambda line: line.kind, sorts=False),
    Column("number", "编号", 6, lambda line: line.number, sorts=False),
    Column("ops", "新记录", 5, lambda line: line.amount, align="right", sorts=False),
    Column("state", "情况", 12, lambda line: line.state, sorts=False, stretch=True,
           tone=lambda line: "ok" if line.is_settled else "late" if line.is_refused else "muted",
           tip=lambda line: line.state),
)  # fmt: skip


class LogView(QWidget):
    """Attributes: ``table`` of packages, latest first; ``back_button`` takes an import back."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.model = ListModel(LOG_COLUMNS, self)
        self.table = TableView("exchange_log", session.settings.tables())
        self.table.setModel(self.model)
        self.table.setAccessibleName("收发记录")
        self.table.told.connect(session.told)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self.back_button = QPushButton("撤销这次接收…")
        self.back_button.setObjectName("danger")
        self.back_button.clicked.connect(lambda _=False: self.take_back())
        hint = QLabel("撤销用更正的办法：带来的记录作废，改过的内容恢复原样，数据包和撤销都留在历史里。")
        hint.setObjectName("hint")
        hint.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(hint, 1)
        row.addWidget(self.back_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        self.nothing = Empty(
            "还没有收发过数据包",
            "在“下达、上报”里打包到U盘，在“接收”里收下对方的数据包；收过、发过的都列在这里，收错了可以撤销。",
        )
        self.stack = QStackedWidget()
        for part in (self.table, self.nothing):
            self.stack.addWidget(part)
        layout.addWidget(self.stack, 1)
        layout.addLayout(row)

    def refresh(self) -> None:
        """Read the packages again."""
        self.model.set_rows(read_log(self.session.ledger))
        self.stack.setCurrentWidget(self.table if self.model.rows else self.nothing)
        self._allow()

    def take_back(self) -> None:
        """Take the chosen import back after a question."""
        line = self._chosen()
        if line is None or not line.came:
            return
        detail = "由下达单位决定的内容不会变；撤销之后再接收同一个包不会重复。"
        if not questions.ask(f"撤销{line.day}接收的“{line.name}”的数据包？", detail, "撤销"):
            return
        session, package, person = self.session, line.package, self.session.person
        today = session.today()
        now = datetime.now().replace(year=today.year, month=today.month, day=today.day)

        def job(report: Report) -> Changes:
            report("正在撤销", 0.2)
            return take_back_import(session.ledger, package, now, person)

        session.runner.start("撤销接收", job, self._on_done, self._on_failed, session.ledger)

    def _on_done(self, changes: object) -> None:
        if isinstance(changes, Changes):
            self.session.announce(changes)

    def _on_failed(self, failure: Failure) -> None:
        questions.tell(failure.sentence, failure.remedy)

    def _chosen(self) -> LogLine | None:
        return self.model.row_at(self.table.currentIndex().row())

    def _allow(self) -> None:
        line = self._chosen()
        self.back_button.setEnabled(bool(line and line.can_be_undone and self.session.can_write))
