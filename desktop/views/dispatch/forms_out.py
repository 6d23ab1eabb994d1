"""发填报表: the units that get a form for the month, ticked, and the folder the forms go to."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.operations.month.unit_forms import make_forms
from desktop.operations.month.units_asked import UnitToAsk, units_to_ask
from desktop.rules.records import Changes
from desktop.settings import documents_folder
from desktop.views import questions
from desktop.views.looks.empty import Empty
from desktop.views.made_folder import MadeFolder
from desktop.views.pane import Pane
from desktop.views.runner import Report
from desktop.views.session import Session
from desktop.views.tables.columns import Column
from desktop.views.tables.table import TableView
from desktop.views.tables.ticked_rows import TickModel

TITLE = "发填报表"
HINT = (
    "给没有本程序的单位：每个单位一个文件夹，里面是一张可填的表格（其余内容锁定），和每项措施放照片的文件夹。"
    "填好后整个文件夹交回，用“收填报表…”一次读入。"
)


class FormsOutPanel(Pane):
    """Signals: ``left`` when the clerk goes back to the grid. Attributes: ``ticked`` ids of units; ``made``."""

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.month = ""
        self.ticked: set[str] = set()
        columns: tuple[Column[UnitToAsk], ...] = (
            Column("unit", "单位", 16, lambda entry: entry.unit.name, stretch=True, sorts=False),
            Column("problems", "牵头或负责的问题", 9, lambda entry: f"{len(entry.problems)}个", "right", sorts=False),
            Column("phone", "电话", 9, lambda entry: entry.unit.phone or "/", sorts=False),
        )
        self.model = TickModel(columns, lambda e: e.unit.id in self.ticked, self._tick, parent=self)
        self.table = TableView("forms_out", session.settings.tables())
        self.table.setModel(self.model)
        self.table.setAccessibleName("要发填报表的单位，按空格勾选")
        self.title, self.count = QLabel(), QLabel()
        self.made = MadeFolder(session.runner, TITLE)
        self.zipped = QCheckBox("每个单位压缩成一个 zip")
        self.back_button = QPushButton("回到调度")
        self.all_button, self.none_button = QPushButton("全选"), QPushButton("全不选")
        self.make_button = QPushButton("发到文件夹…")
        self._lay_out()
        self.back_button.clicked.connect(lambda: self.left.emit())
        self.all_button.clicked.connect(lambda: self._tick_all(True))
        self.none_button.clicked.connect(lambda: self._tick_all(False))
        self.make_button.clicked.connect(lambda: self.make())

    def _lay_out(self) -> None:
        hint = QLabel(HINT)
        self.title.setObjectName("title")
        for label in (hint, self.count):
            label.setObjectName("hint")
        hint.setWordWrap(True)
        self.make_button.setObjectName("primary")
        self.nothing = Empty(
            "没有要发填报表的单位", "请先在“台账”导入方案，或给问题写明牵头单位、责任单位；已销号的问题不再填报。"
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for parts in (
            (self.title, None, self.back_button),
            (hint,),
            (self.count, None, self.all_button, self.none_button),
            (self.stack,),
            (self.zipped, None, self.make_button),
            (self.made,),
        ):
            if len(parts) == 1 and isinstance(parts[0], QWidget):
                layout.addWidget(parts[0], 1 if parts[0] is self.stack else 0)
                continue
            row = QHBoxLayout()
            for part in parts:
                if part is None:
                    row.addStretch(1)
                else:
                    row.addWidget(part)
            layout.addLayout(row)
        self.begin_at(self.table)

    def show_month(self, month: str) -> None:
        """Offer the units of a month; all are ticked at first."""
        self.month, self.made.folder = month, None
        self.title.setText(f"{TITLE}　{int(month[:4])}年{int(month[5:])}月")
        asked, empty = units_to_ask(self.session.ledger)
        self.ticked = {entry.unit.id for entry in asked}
        self.model.set_rows(asked)
        self.stack.setCurrentWidget(self.table if asked else self.nothing)
        groups = f"“{'”“'.join(empty)}”没有写明包括哪些单位，不能发；请到“单位”页补充成员。" if empty else ""
        self.made.say(groups)
        self._count()

    def _tick(self, entry: UnitToAsk, on: bool) -> None:
        (self.ticked.add if on else self.ticked.discard)(entry.unit.id)
        self._count()

    def _tick_all(self, on: bool) -> None:
        self.ticked = {entry.unit.id for entry in self.model.rows} if on else set()
        self.model.renew_all()
        self._count()

    def _count(self) -> None:
        self.count.setText(f"共{len(self.model.rows)}个单位，已选{len(self.ticked)}个")
        self.make_button.setEnabled(bool(self.ticked))

    # Making

    def make(self) -> None:
        """Ask for a folder and write the forms into it, in the runner."""
        session = self.session
        if not session.runner.is_free:
            questions.tell(f"正在{session.runner.title}，请等它完成后再发。")
            return
        place = questions.ask_folder("填报表放在哪个文件夹（里面会新建一个文件夹）", documents_folder())
        if place is None:
            return
        ledger, month, zipped = session.ledger, self.month, self.zipped.isChecked()
        units = tuple(entry.unit.id for entry in self.model.rows if entry.unit.id in self.ticked)
        folder: Path = place

        def job(report: Report) -> object:
            return make_forms(ledger, month, folder, units, zipped=zipped, tell=report)

        if session.runner.start(TITLE, job, self._on_done, self.made.fail, ledger, writes=False):
            self.made.begin()

    def _on_done(self, changes: object) -> None:
        if isinstance(changes, Changes):
            self.made.folder = Path(changes.extra["folder"])
            self.made.say(changes.sentence, changes.warnings)
            self.session.told.emit(changes.sentence)
