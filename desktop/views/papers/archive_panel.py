"""文书档案: every paper that was printed or saved, to be opened again as the very file it was."""

from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.operations.lists import problem_numbers
from desktop.operations.paper.archive import list_archive
from desktop.rules.archive import ArchivedPaper
from desktop.rules.archive_words import paper_state, scans_in_words, state_tone
from desktop.rules.wording import date_in_table
from desktop.views.looks.empty import Empty
from desktop.views.looks.icon_buttons import icon_button
from desktop.views.pane import Pane
from desktop.views.papers import archive_actions as actions
from desktop.views.session import Session
from desktop.views.tables.columns import Column
from desktop.views.tables.row_model import ListModel
from desktop.views.tables.table import TableView
from forms.fields.file_finding import local_paths

WAIT_MS = 150


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """One archived paper with the name of its problem."""

    paper: ArchivedPaper
    problem: str = ""

    def matches(self, words: str) -> bool:
        """True when all the words are somewhere in the line."""
        paper = self.paper
        text = " ".join((paper.name, paper.title, paper.doc_no, paper.signed_no, self.problem, paper.person)).lower()
        return all(word in text for word in words.lower().split())


COLUMNS: tuple[Column[ArchiveRow], ...] = (
    Column("printed_on", "出文日期", 6, lambda row: _day(row.paper), sorts=False),
    Column("name", "文书", 6, lambda row: row.paper.name, sorts=False),
    Column("problem", "问题", 4, lambda row: row.problem, sorts=False),
    Column("doc_no", "文号", 11, lambda row: row.paper.signed_no, sorts=False),
    Column("title", "标题", 12, lambda row: row.paper.title, stretch=True, sorts=False),
    Column("pages", "页数", 3, lambda row: str(row.paper.pages or ""), align="right", sorts=False),
    Column(
        "state",
        "状态",
        4.5,
        lambda row: paper_state(row.paper),
        tone=lambda row: state_tone(row.paper),
        tip=lambda row: scans_in_words(row.paper) or paper_state(row.paper),
        sorts=False,
    ),
    Column("person", "出文人", 4, lambda row: row.paper.person, sorts=False),
)


def _day(paper: ArchivedPaper) -> str:
    return date_in_table(paper.printed_on) if paper.printed_on else ""


class ArchivePanel(Pane):
    """Attributes: ``model``, ``table``, ``kind`` and ``words`` to narrow the list. Signals: ``go(Place)``."""

    go = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.rows: tuple[ArchiveRow, ...] = ()
        self.model: ListModel[ArchiveRow] = ListModel(COLUMNS, self)
        self.table = TableView("paper_archive", session.settings.tables())
        self.table.setModel(self.model)
        self.table.setAccessibleName("文书档案")
        self.table.told.connect(session.told)
        self.table.opened.connect(lambda _: self.open())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self.kind = QComboBox()
        self.kind.setAccessibleName("文书")
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.kind.activated.connect(lambda _: self.show_rows())
        self.words = QLineEdit()
        self.words.setPlaceholderText("查找…")
        self.words.setToolTip("按标题、文号、问题查找")
        self.words.setAccessibleName("查找")
        self.words.setClearButtonEnabled(True)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self.show_rows)
        self.words.textChanged.connect(lambda _: self._wait.start())
        self.setAcceptDrops(True)
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        self.buttons = {
            "open": icon_button("打开原件", "open", self.open, "当时打印、保存的那一份，一字不差（回车）"),
            "anew": icon_button("重新生成", "refresh", self.make_anew, "按现在的台账再出一份，原来的那份不变"),
            "scan": icon_button("存入签章件…", "attach", self.attach, "签字盖章后的扫描件，也可以直接拖到这一行上"),
            "view": icon_button("看签章件", "page", self.view_scan, "打开已存入的扫描件"),
            "purge": icon_button("清除…", "delete", self.purge, "误存了不该留在本机的内容时用"),
        }
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.kind)
        head.addWidget(self.words, 1)
        for button in self.buttons.values():
            head.addWidget(button)
        self.counts = QLabel()
        self.counts.setObjectName("hint")
        self.nothing = Empty("档案里还没有文书", "打印、保存过的文书都自动存在这里，随时可以打开原件。")
        self.no_match = Empty("没有符合的文书", "换一个词，或清除查找。", (("清除查找", self._clear),))
        self.stack = QStackedWidget()
        for part in (self.table, self.nothing, self.no_match):
            self.stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.counts)
        self.begin_at(self.table)

    # What is shown

    def refresh(self) -> None:
        """Read the archive again; what was looked for stays."""
        numbers = problem_numbers(self.session.ledger)
        papers = list_archive(self.session.ledger)
        self.rows = tuple(ArchiveRow(paper, _problem(numbers.get(paper.problem_id))) for paper in papers)
        kept = self.kind.currentData()
        self.kind.clear()
        self.kind.addItem("全部文书", "")
        for key, name in sorted({(paper.key, paper.name) for paper in papers}, key=lambda pair: pair[1]):
            self.kind.addItem(name, key)
        self.kind.setCurrentIndex(max(0, self.kind.findData(kept or "")))
        self.show_rows()

    def show_rows(self) -> None:
        """Show what is looked for, the latest first."""
        self._wait.stop()
        chosen, words = self.kind.currentData() or "", self.words.text()
        found = tuple(row for row in self.rows if chosen in ("", row.paper.key) and row.matches(words))
        self.model.set_rows(found)
        signed = sum(row.paper.is_signed for row in found)
        self.counts.setText(f"{len(found)}份，已存签章件{signed}份" if found else "")
        self.stack.setCurrentWidget(self.table if found else self.no_match if self.rows else self.nothing)
        self._allow()

    def paper(self) -> ArchivedPaper | None:
        """The selected paper."""
        chosen = self.table.chosen_rows()
        row = self.model.row_at(chosen[0]) if len(chosen) == 1 else None
        return row.paper if row else None

    def _clear(self) -> None:
        self.words.clear()
        self.kind.setCurrentIndex(0)
        self.show_rows()

    def _allow(self) -> None:
        paper, writes = self.paper(), self.session.can_write
        self.buttons["open"].setEnabled(paper is not None and paper.present)
        self.buttons["anew"].setEnabled(paper is not None)
        self.buttons["scan"].setEnabled(writes and paper is not None)
        self.buttons["view"].setEnabled(paper is not None and paper.is_signed)
        self.buttons["purge"].setEnabled(writes and paper is not None and not paper.is_purged)

    # What can be done

    def open(self) -> None:
        """Open the very file."""
        paper = self.paper()
        if paper is not None:
            actions.open_original(self.session, paper)

    def make_anew(self) -> None:
        """Go to where the paper is made from the ledger as it is now; a bundle is begun at once."""
        paper = self.paper()
        place = actions.make_anew(self.session, paper) if paper is not None else None
        if place is not None:
            self.go.emit(place)

    def attach(self) -> None:
        """Attach the signed scan."""
        paper = self.paper()
        if paper is not None:
            actions.attach(self.session, paper)

    def view_scan(self) -> None:
        """Open the signed scan."""
        paper = self.paper()
        if paper is not None:
            actions.view_scan(self.session, paper)

    def purge(self) -> None:
        """Remove the file for good."""
        paper = self.paper()
        if paper is not None:
            actions.purge(self.session, paper)

    # Files dropped on a line

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome where there are papers."""
        if event.mimeData().hasUrls() and self.session.can_write and self.model.rowCount():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The files belong to the line they fall on, else to the selected one."""
        viewport = self.table.viewport()
        index = self.table.indexAt(viewport.mapFrom(self, event.position().toPoint()))
        row = self.model.row_at(index.row()) if index.isValid() else None
        paper, files = (row.paper if row else self.paper()), local_paths(event.mimeData())
        event.acceptProposedAction()
        if paper is not None and files:
            QTimer.singleShot(0, self, lambda: actions.attach(self.session, paper, files))


def _problem(number: int | None) -> str:
    return "" if number is None else f"问题{number}"
