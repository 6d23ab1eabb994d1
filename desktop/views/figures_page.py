"""统计: the figures as of a day in sentences, tables and charts; every number opens the problems behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.operations.figures import (
    Dimension,
    FigureBook,
    FigureOptions,
    print_figures,
    read_figures,
)
from desktop.operations.files import write_whole
from desktop.operations.lists import count_all
from desktop.operations.rounds import list_rounds
from desktop.rules.charts import Chart
from desktop.rules.figure_groups import DIMENSION_WORDS, GroupRow, year_words
from desktop.rules.figures import rate_words
from desktop.rules.records import Changes
from desktop.rules.standing import SLOT_WORDS, Slot
from desktop.rules.wording import month_in_text
from desktop.views import questions
from desktop.views.late_reader import LateReader
from desktop.views.looks.empty import no_problems
from desktop.views.looks.icon_buttons import ShrinkingButton, icon_button
from desktop.views.page import Page
from desktop.views.place import PageKey, Place
from desktop.views.preview.chart_view import ChartView, Drawing, draw
from desktop.views.runner import Failure, Report
from desktop.views.session import Session
from desktop.views.tables.columns import DISPLAY, Column
from desktop.views.tables.row_model import ListModel
from desktop.views.tables.table import TableView
from forms.fields.date_field import DateField

if TYPE_CHECKING:
    from desktop.operations.figures import Spot

_MONTHS = 24  # frozen months that are offered
PRINTED = (Dimension.YEAR, Dimension.RESPONSIBLE, Dimension.LEAD, Dimension.SOURCE, Dimension.GATE)


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One line of the table: a group under the name people read."""

    name: str
    row: GroupRow


def _count(slot: Slot) -> Callable[[FigureLine], str]:
    return lambda line: str(line.row.count(slot))


COLUMNS: tuple[Column[FigureLine], ...] = (
    Column("name", "类别", 9, lambda line: line.name, stretch=True, sorts=False),
    Column("total", "问题数", 3.4, lambda line: str(line.row.total), align="right", sorts=False),
    *(Column(str(slot), words.removesuffix("进度"), 3.3, _count(slot), align="right", sorts=False)
      for slot, words in SLOT_WORDS.items()),
    Column("overdue", "其中逾期", 2.8, lambda line: str(len(line.row.overdue)), align="right", sorts=False,
           tone=lambda line: "late" if line.row.overdue else ""),
    Column("chased", "督办未结", 2.8, lambda line: str(len(line.row.chased)), align="right", sorts=False),
    Column("reply_late", "逾期未复", 2.8, lambda line: str(len(line.row.reply_late)), align="right", sorts=False,
           tone=lambda line: "late" if line.row.reply_late else ""),
    Column("completion", "完成率", 4, lambda line: rate_words(line.row.count(Slot.COMPLETED), line.row.total),
           align="right", sorts=False),
    Column("closed", "已销号备案", 3.4, lambda line: str(len(line.row.closed)), align="right", sorts=False),
    Column("closing", "销号率", 4, lambda line: rate_words(len(line.row.closed), line.row.total), align="right",
           sorts=False),
)  # fmt: skip


def problems_of(line: FigureLine, key: str) -> tuple[str, ...]:
    """The problems that a cell counts: those of the column, of the whole group for its name and rates."""
    row = line.row
    if key in tuple(Slot):
        return row.slots.get(Slot(key), ())
    apart = {"overdue": row.overdue, "closed": row.closed, "chased": row.chased, "reply_late": row.reply_late}
    return apart.get(key, row.problems)


class FigureModel(ListModel[FigureLine]):
    """Heads of more than three words stand in two lines, as on paper, so that all columns fit a screen 1093 wide."""

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        """Titles of the columns."""
        found = super().headerData(section, orientation, role)
        if role != DISPLAY or not found or len(found) < 4:
            return found
        half = (len(found) + 1) // 2
        return f"{found[:half]}\n{found[half:]}"


class FiguresPage(Page):
    """Attributes: ``day``, ``dimension``, ``table``, ``charts``, ``book`` (None until the figures are read)."""

    key = PageKey.FIGURES

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.book: FigureBook | None = None
        self._wanted = False
        self._asked: date | None = None
        self._ratio = 1.0
        self.model = FigureModel(COLUMNS, self)
        self._build_head()
        self._build_sentences()
        self._build_tabs()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.setSpacing(8)
        layout.addLayout(self._head)
        self.unused = no_problems(self.go)
        self.unused.hide()
        layout.addWidget(self._said)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.unused, 1)
        session.runner.ended.connect(lambda _: self._read_if_wanted())

    def _build_head(self) -> None:
        title = QLabel("统计")
        title.setObjectName("title")
        self.day = DateField(self.session.today(), self.session.today())
        self.day.setAccessibleName("统计截止日期")
        self.day.setMaximumWidth(self.day.sizeHint().width() + 20)
        self.day.line.editingFinished.connect(self._on_day)
        self.month = QComboBox()
        self.month.setAccessibleName("冻结的月份")
        self.month.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.month.setToolTip("冻结的月份按冻结时的台账统计，以后再统计也一样")
        self.month.activated.connect(lambda _: self.read())
        until = QLabel("截止")
        until.setObjectName("hint")
        until.setBuddy(self.day.line)
        self.long_term = QCheckBox("长期坚持计入完成")
        self.mostly = QCheckBox("基本完成计入完成")
        for box in (self.long_term, self.mostly):
            box.toggled.connect(lambda _: self._recount())
        self.again_button = ShrinkingButton("重新统计", "refresh")
        self.again_button.setToolTip("重新统计（F5）")
        self.again_button.clicked.connect(lambda _=False: self.read())
        self.save_button = icon_button("存为统计表…", "save")
        self.save_button.setToolTip("把句子、各张表和图存成 PDF，可打印（Ctrl+P）")
        self.save_button.clicked.connect(lambda _=False: self.save())
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        for part in (title, until, self.day, self.month, self.long_term, self.mostly):
            self._head.addWidget(part)
        self._head.addStretch(1)
        self._head.addWidget(self.again_button)
        self._head.addWidget(self.save_button)

    def _build_sentences(self) -> None:
        self._said = QFrame()
        self._said.setObjectName("card")
        self._lines = QGridLayout(self._said)
        self._lines.setContentsMargins(12, 6, 8, 6)
        self._lines.setVerticalSpacing(2)
        self._lines.setColumnStretch(0, 1)

    def _build_tabs(self) -> None:
        self.dimension = QComboBox()
        self.dimension.setAccessibleName("按什么统计")
        for dimension, words in DIMENSION_WORDS.items():
            self.dimension.addItem(f"按{words}", dimension)
        self.dimension.currentIndexChanged.connect(lambda _: self._show_table())
        hint = QLabel("双击一个数，看是哪些问题")
        hint.setObjectName("hint")
        row = QHBoxLayout()
        row.addWidget(self.dimension)
        row.addWidget(hint)
        row.addStretch(1)
        self.table = TableView("figures")
        self.table.setModel(self.model)
        self.table.setAccessibleName("统计表")
        self.table.opened.connect(self._open_cell)
        self.table.told.connect(self.session.told)
        tables = QWidget()
        column = QVBoxLayout(tables)
        column.setContentsMargins(0, 8, 0, 0)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        body = QWidget()
        body.setObjectName("body")
        self._grid = QGridLayout(body)
        self._grid.setContentsMargins(0, 8, 0, 0)
        self._grid.setSpacing(10)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.charts: dict[str, ChartView] = {}
        self._drawing: dict[str, Chart] = {}
        self._drawer = LateReader(self._draw, self)
        self._drawer.ready.connect(self._on_drawn)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(body)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(tables, "表")
        self.tabs.addTab(area, "图")
        self.tabs.currentChanged.connect(lambda _: self._show_charts())

    # Reading

    def refresh(self) -> None:
        """Count again."""
        self._offer_months()
        self.read()

    def _offer_months(self) -> None:
        """The frozen months beside the day; without one there is nothing to choose."""
        chosen = self.month.currentData()
        found = [entry.month for entry in list_rounds(self.session.ledger) if entry.is_frozen]
        self.month.clear()
        self.month.addItem("按日期", "")
        for month in reversed(found[-_MONTHS:]):
            self.month.addItem(f"{month_in_text(month)}冻结", month)
        self.month.setCurrentIndex(max(0, self.month.findData(chosen)))
        self.month.setVisible(bool(found))

    def read(self) -> None:
        """Read the figures as of the day in the field, off the window's thread; a cut-off to come is today's."""
        ledger, today = self.session.ledger, self.session.today()
        day = self._asked = self._cut_off()
        options, month = self._options(), str(self.month.currentData() or "")
        self.day.setEnabled(not month)

        def job(report: Report) -> FigureBook:
            return read_figures(ledger, day, today, options, report, month)

        self._wanted = not self.session.runner.start("统计", job, self._on_read, self._on_failed, ledger, writes=False)

    def _cut_off(self) -> date:
        today = self.session.today()
        return min(self.day.day() or today, today)

    def _on_day(self) -> None:
        """Another day was typed. The field is left too when the window goes: then nothing begins."""
        if not self.window().isHidden() and self._cut_off() != self._asked:
            self.read()

    def _read_if_wanted(self) -> None:
        if self._wanted and self.isVisible():
            self.read()

    def _on_read(self, book: object) -> None:
        if isinstance(book, FigureBook):
            self.book = book
            self._show()

    def _on_failed(self, failure: Failure) -> None:
        questions.tell(failure.sentence, failure.remedy)

    def _options(self) -> FigureOptions:
        return FigureOptions(self.long_term.isChecked(), self.mostly.isChecked())

    def _recount(self) -> None:
        if self.book:
            self.book = self.book.counted(self._options())
            self._show()

    # Showing

    def _show(self) -> None:
        if self.book is None:
            return
        self.day.set_day(self.book.as_of)
        is_unused = not count_all(self.session.ledger)
        self.unused.setVisible(is_unused)
        for part in (self._said, self.tabs):
            part.setVisible(not is_unused)
        self._show_sentences(self.book.sentences)
        self._show_table()
        self._show_charts()

    def _show_sentences(self, sentences: tuple[str, ...]) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for at, sentence in enumerate(sentences):
            label = QLabel(sentence)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            button = QPushButton("复制")
            button.setObjectName("flat")
            button.setAccessibleName(f"复制：{sentence}")
            button.clicked.connect(lambda _=False, words=sentence: self._copy(words))
            self._lines.addWidget(label, at, 0)
            self._lines.addWidget(button, at, 1, Qt.AlignmentFlag.AlignTop)

    def _copy(self, words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        self.session.told.emit("已复制，可以粘贴到汇报材料里。")

    def _show_table(self) -> None:
        if self.book is None:
            return
        dimension = Dimension(self.dimension.currentData())
        is_year = dimension == Dimension.YEAR
        lines = [FigureLine(year_words(row.name) if is_year else row.name, row) for row in self.book.groups(dimension)]
        whole = self.book.whole
        self.model.set_rows((*lines, FigureLine(whole.name, whole)))

    def _show_charts(self) -> None:
        if self.book is None or self.tabs.currentIndex() != 1:
            return
        self._ratio = self.devicePixelRatioF()
        shown = {chart.key: chart for chart in self.book.charts if not chart.is_empty}
        for key in shown.keys() - self.charts.keys():
            self.charts[key] = ChartView()
            self.charts[key].chosen.connect(self._open_spot)
        for view in self.charts.values():
            self._grid.removeWidget(view)
            view.setVisible(False)
        self._drawing = shown
        for key in shown:
            self._drawer.ask(key)

    def _draw(self, key: str) -> Drawing:
        return draw(self._drawing[key], self._ratio)

    def _on_drawn(self, key: str, drawing: object) -> None:
        if key not in self._drawing or not isinstance(drawing, Drawing):
            return
        at = list(self._drawing).index(key)
        view = self.charts[key]
        view.show_drawing(self._drawing[key], drawing)
        self._grid.addWidget(view, at // 2, at % 2, Qt.AlignmentFlag.AlignTop)
        view.setVisible(True)

    # Opening and saving

    def _open_cell(self, index: QModelIndex) -> None:
        line = self.model.row_at(index.row())
        if line is None:
            return
        column = COLUMNS[index.column()]
        words = line.name if column.key in ("name", "total", "completion", "closing") else f"{line.name} {column.title}"
        self._open(problems_of(line, column.key), words)

    def _open_spot(self, spot: "Spot") -> None:
        self._open(spot.problems, spot.words)

    def _open(self, problems: tuple[str, ...], words: str) -> None:
        if problems:
            self.go.emit(Place(PageKey.LEDGER, only=problems, words=words))
        else:
            self.session.told.emit("这一格没有问题。")

    def commands(self) -> dict[str, Callable[[], None]]:
        """What the menus can do here."""
        return {"print": self.save, "save": self.save, "copy": self.table.copy} if self.book else {}

    def save(self) -> None:
        """Save the figures as a PDF to print."""
        book = self.book
        if book is None:
            return
        when = f"{month_in_text(book.month)}冻结" if book.month else _day_in_name(book.as_of)
        name = f"统计分析表_{when}.pdf"
        target = questions.ask_save("存为统计表", name, "PDF 文件 (*.pdf)")
        if target is None:
            return
        file = target if target.suffix else target.with_suffix(".pdf")

        def job(report: Report) -> Changes:
            report("正在排版", 0.3)
            printed = print_figures(book, PRINTED)
            write_whole(file, printed.data)
            return Changes(f"已存为统计表，{printed.pages}页：{file}")

        if not self.session.runner.start("存为统计表", job, self._on_saved, self._on_failed):
            questions.tell(f"正在{self.session.runner.title}，现在不能保存。", "请等它完成后再保存。")

    def _on_saved(self, changes: object) -> None:
        if isinstance(changes, Changes):
            self.session.told.emit(changes.sentence)


def _day_in_name(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
