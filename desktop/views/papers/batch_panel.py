"""Many papers at once: tick papers and problems, choose a folder, watch the progress."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.operations.lists import count_all, list_choices
from desktop.operations.paper.drafts import PaperDraft
from desktop.operations.paper.files import PDF, WORD
from desktop.rules.paper import PaperKind
from desktop.rules.records import Changes
from desktop.settings import documents_folder
from desktop.views import questions
from desktop.views.looks.empty import NO_PROBLEMS, Empty
from desktop.views.looks.icon_buttons import icon_button
from desktop.views.made_folder import MadeFolder
from desktop.views.papers.list import KEY, fill_grouped
from desktop.views.runner import Report
from desktop.views.session import Session
from desktop.views.tables.filter_bar import FilterBar
from desktop.views.tables.tick_table import TickModel, TickTable

TITLE = "生成文书"
_CHECKED, _UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class BatchPanel(QWidget):
    """Attributes: ``papers`` the list with ticks, ``model`` the problems with theirs; ``made``."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._kinds: dict[str, PaperKind] = {}
        self.papers = QListWidget()
        self.papers.setAccessibleName("要生成的文书")
        self.papers.itemChanged.connect(lambda _: self._count())
        self.filter = FilterBar(("state", "unit"))
        self.model = TickModel(session.ledger, session.today, self)
        self.table = TickTable("paper_batch", session.settings.tables())
        self.table.setAccessibleName("要生成文书的问题，按空格勾选")
        self.table.setModel(self.model)
        self.table.told.connect(session.told)
        self.filter.changed.connect(self.model.show_only)
        self.filter.left.connect(self.table.setFocus)
        self.model.ticked.connect(self._count)
        self.all_button, self.none_button = QPushButton("全选所列"), QPushButton("全不选")
        self.all_button.clicked.connect(lambda: self.model.tick(range(self.model.rowCount()), True))
        self.none_button.clicked.connect(self._tick_none)
        self.counts = QLabel()
        self.counts.setObjectName("hint")
        self.made = MadeFolder(session.runner, TITLE)
        self.kind = QComboBox()
        self.kind.setAccessibleName("生成的文件")
        self.kind.addItem("PDF（打印用）", PDF)
        self.kind.addItem("Word（可改文字）", WORD)
        self.make_button = icon_button("生成到文件夹…", "folder")
        self.make_button.clicked.connect(self.make)
        self._lay_out()

    def _lay_out(self) -> None:
        hint = QLabel(
            "文号、日期按各问题登记的申请填写，没有登记的留空；签发人、联系人按“设置”里的本单位。每份文书一个文件。"
        )
        hint.setObjectName("hint")
        hint.setWordWrap(True)
        left = QVBoxLayout()
        left.addWidget(_subtitle("1. 勾选文书"))
        left.addWidget(self.papers, 1)
        ticks = QHBoxLayout()
        ticks.addWidget(_subtitle("2. 勾选问题"))
        ticks.addWidget(self.counts, 1)
        ticks.addWidget(self.all_button)
        ticks.addWidget(self.none_button)
        right = QVBoxLayout()
        right.addLayout(ticks)
        right.addWidget(self.filter)
        self.unused = Empty(*NO_PROBLEMS)
        self.stack = QStackedWidget()
        for part in (self.table, self.unused):
            self.stack.addWidget(part)
        right.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(10)
        middle.addLayout(left, 2)
        middle.addLayout(right, 5)
        last = QHBoxLayout()
        last.addWidget(_subtitle("3. 生成"))
        last.addWidget(hint, 1)
        last.addWidget(self.kind)
        last.addWidget(self.make_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(middle, 1)
        layout.addLayout(last)
        layout.addWidget(self.made)

    # What is offered

    def set_papers(self, kinds: Sequence[PaperKind]) -> None:
        """Offer the papers."""
        self._kinds = {kind.key: kind for kind in kinds}
        fill_grouped(
            self.papers,
            kinds,
            lambda kind: kind.name + ("" if kind.per == "problem" else "（全部问题，一份）"),
            checkable=True,
        )
        names, bar = self.papers.sizeHintForColumn(0), self.papers.verticalScrollBar().sizeHint().width()
        self.papers.setMinimumWidth(names + bar + 2 * self.papers.frameWidth())
        self._count()

    def refresh(self) -> None:
        """Read the problems again; ticks stay."""
        self.filter.set_choices(list_choices(self.session.ledger))
        self.model.show_only(self.filter.chosen)
        self.stack.setCurrentWidget(self.table if count_all(self.session.ledger) else self.unused)
        self._count()

    def tick_paper(self, key: str, on: bool = True) -> None:
        """Tick a paper."""
        for at in range(self.papers.count()):
            if self.papers.item(at).data(KEY) == key:
                self.papers.item(at).setCheckState(_CHECKED if on else _UNCHECKED)

    def ticked_papers(self) -> tuple[str, ...]:
        """Keys of the ticked papers."""
        items = [self.papers.item(at) for at in range(self.papers.count())]
        return tuple(item.data(KEY) for item in items if item.data(KEY) and item.checkState() == _CHECKED)

    def _tick_none(self) -> None:
        self.model.ticks.clear()
        self.model.tick(range(self.model.rowCount()), False)
        self._count()

    def _count(self) -> None:
        keys, problems = self.ticked_papers(), len(self.model.ticks)
        each = sum(1 for key in keys if self._kinds[key].per == "problem")
        files = len(keys) - each + each * problems
        self.counts.setText(f"已选{problems}个问题，将生成{files}份文书" if files else f"已选{problems}个问题")
        self.make_button.setEnabled(files > 0)

    # Making

    def make(self) -> None:
        """Ask for a folder and print into it, in the runner."""
        session = self.session
        if not session.runner.is_free:
            questions.tell(f"正在{session.runner.title}，请等它完成后再生成。")
            return
        place = questions.ask_folder("文书放在哪个文件夹（里面会新建一个文件夹）", documents_folder())
        if place is None:
            return
        ledger, keys, problems = session.ledger, self.ticked_papers(), self.model.ticked_problems()
        today, draft = session.today(), PaperDraft(person=session.person)
        folder, suffix = place, str(self.kind.currentData())

        def job(report: Report) -> object:
            from desktop.operations.paper.batch import make_batch

            return make_batch(ledger, keys, problems, folder, today, draft, report, suffix)

        if session.runner.start(TITLE, job, self._on_done, self.made.fail, ledger, writes=False):
            self.made.begin()

    def _on_done(self, batch: object) -> None:
        from desktop.operations.paper.batch import Batch, keep_batch

        if not isinstance(batch, Batch):
            return
        changes, session = batch.changes, self.session
        self.made.folder = batch.folder
        self.made.say(changes.sentence, changes.warnings)
        session.told.emit(changes.sentence)
        ledger, today, person = session.ledger, session.today(), session.person
        # Printing only reads, so that the clerk may go on saving; what was printed is then kept at one stroke.
        keep = lambda report: keep_batch(ledger, batch, today, person)  # noqa: E731
        if not session.runner.start("存入文书档案", keep, self._on_kept, self.made.fail, ledger):
            busy = f"正在{session.runner.title}，这次的文书没有存入档案。"
            self.made.say(changes.sentence, (busy, *changes.warnings))

    def _on_kept(self, kept: object) -> None:
        if isinstance(kept, Changes):
            if kept.warnings:
                self.made.say(self.made.told.text(), (*kept.warnings, self.made.warnings.toPlainText()))
            self.session.changed.emit(kept)


def _subtitle(words: str) -> QLabel:
    label = QLabel(words)
    label.setObjectName("subtitle")
    return label
