"""日历: the working-day tables year by year, the yearly notice pasted and confirmed, the notice calculator."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.operations.holidays import compare_years, confirm_year, list_years, read_notice_text, spans_in_words
from desktop.rules.calendar import YearTable
from desktop.rules.errors import Refused
from desktop.rules.records import Changes
from desktop.views import questions
from desktop.views.notice_calculator import NoticeCalculator
from desktop.views.page import Page
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from desktop.views.year_view import YearView, day_words
from forms.fields.choice import Choice
from forms.fields.text import TextArea, TextLine

READ_MS = 300
LEGEND = (("休", "放假", "late"), ("班", "调休上班", "warn"))


class CalendarPage(Page):
    """Shows the years and takes in a new one; ``Place.filter`` names a year."""

    key = PageKey.CALENDAR

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.years: dict[int, YearTable] = {}
        self.read: YearTable | None = None
        self.year = Choice([])
        self.year.setAccessibleName("年份")
        self.year.setMinimumContentsLength(8)
        self.year.currentIndexChanged.connect(lambda _: self._show_year())
        self.state = QLabel()
        self.state.setObjectName("badge")
        self.source = QLabel()
        self.source.setObjectName("hint")
        self.source.setWordWrap(True)
        self.agree_button = QPushButton("已对照通知核对无误")
        self.agree_button.clicked.connect(self.agree)
        self.view = YearView()
        self.view.chosen.connect(lambda _: self._show_day())
        self.day = QLabel()
        self.day.setObjectName("hint")
        self._reading = QTimer(self)
        self._reading.setSingleShot(True)
        self._reading.setInterval(READ_MS)
        self._reading.timeout.connect(self.read_text)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        title = QLabel("日历")
        title.setObjectName("title")
        head.addWidget(title)
        head.addWidget(self.year)
        head.addWidget(self.state)
        head.addWidget(self.source, 1)
        head.addWidget(self.agree_button)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.view)
        self.view.setObjectName("body")
        foot = QHBoxLayout()
        for sign, words, tone in LEGEND:
            badge = QLabel(sign)
            badge.setObjectName("badge")
            badge.setProperty("tone", tone)
            foot.addWidget(badge)
            label = QLabel(words)
            label.setObjectName("hint")
            foot.addWidget(label)
        foot.addStretch(1)
        foot.addWidget(self.day)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(head)
        column.addWidget(scroll, 1)
        column.addLayout(foot)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("录入与计算")
        self.tabs.addTab(self._make_entry(), "录入放假通知")
        self.calculator = NoticeCalculator(self.session)
        self.tabs.addTab(self.calculator, "公示期计算")
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.tabs)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 2)
        self.splitter.setSizes([600, 330])
        self.splitter.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.addWidget(self.splitter)

    def _make_entry(self) -> QWidget:
        self.text = TextArea(least=6, most=10)
        self.text.setPlaceholderText(
            "把国务院办公厅关于放假安排的通知全文粘贴到这里；也可以每行一个日期，如：2027-02-14 班"
        )
        self.text.setAccessibleName("放假通知文本")
        self.text.textChanged.connect(self._reading.start)
        self.said = TextLine("", "来源，如 国办发明电〔2026〕…号")
        self.said.setAccessibleName("来源")
        self.found = QLabel()
        self.found.setWordWrap(True)
        self.found.setTextFormat(Qt.TextFormat.PlainText)
        self.found.setAccessibleName("读出的放假安排")
        self.fault = QLabel()
        self.fault.setObjectName("fault")
        self.fault.setWordWrap(True)
        self.enter_button = QPushButton("核对无误，启用")
        self.enter_button.setObjectName("primary")
        self.drop_button = QPushButton("清空")
        self.enter_button.clicked.connect(self.enter)
        self.drop_button.clicked.connect(self.text.clear)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.drop_button)
        buttons.addWidget(self.enter_button)
        body = QWidget()
        body.setObjectName("body")
        column = QVBoxLayout(body)
        column.setContentsMargins(8, 8, 8, 8)
        for part in (self.text, self.fault, self.found, self.said):
            column.addWidget(part)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll, 1)
        layout.addLayout(buttons)
        self._show_found("", "")
        return whole

    # The page

    def refresh(self) -> None:
        """Read the tables again; the year in sight stays."""
        self.years = {table.year: table for table in list_years(self.session.ledger)}
        shown = self.year.currentData()
        self.year.blockSignals(True)
        self.year.clear()
        for year in (*self.years, *({max(self.years) + 1} if self.years else ())):
            self.year.addItem(f"{year}年", year)
        wanted = shown if shown in (self.years.keys() | {max(self.years, default=0) + 1}) else self.session.today().year
        self.year.choose(wanted)
        self.year.blockSignals(False)
        self._show_year()
        self.calculator.count()

    def concerns(self, changes: Changes) -> bool:
        """Only tables of holidays."""
        return any(kind == "holiday" for kind, _ in changes.touched)

    def show_place(self, place: Place) -> None:
        """Show a year."""
        self.refresh_if_stale()
        if place.filter.isdecimal():
            self.year.choose(int(place.filter))

    def is_idle(self) -> bool:
        """True when no notice is pasted that was not taken into force."""
        return self.read is None

    def _show_year(self) -> None:
        year = self.year.currentData()
        today = self.session.today()
        if self.view.table is None or self.view.table.year != year:
            self.view.day = today if today.year == year else None
        preview = self.read if self.read and self.read.year == year else None
        table = preview or self.years.get(year)
        self.view.show_table(table, self.years.get(year) if preview else None)
        self.view.setVisible(table is not None)
        words, tone, source = "没有放假安排", "late", f"请在右边粘贴{year}年的放假通知。"
        if preview:
            words, tone, source = (
                "预览，尚未启用",
                "accent",
                "有框的日子与现在启用的不同。" if year in self.years else "",
            )
        elif table:
            words, tone = ("已核对", "ok") if table.certain else ("未核对", "warn")
            source = table.source
        self.state.setText(words)
        self.state.setProperty("tone", tone)
        self.state.style().unpolish(self.state)
        self.state.style().polish(self.state)
        self.source.setText(source)
        self.agree_button.setVisible(bool(table and not preview and not table.certain))
        self.agree_button.setEnabled(self.session.can_write)
        self._show_day()

    def _show_day(self) -> None:
        table, day = self.view.table, self.view.day
        self.day.setText(day_words(table, day) if table and day and day.year == table.year else "")

    # A new year

    def read_text(self) -> None:
        """Read what was pasted and show it beside."""
        self._reading.stop()
        text = self.text.toPlainText().strip()
        try:
            self.read = read_notice_text(text) if text else None
        except Refused as refused:
            self.read = None
            self._show_found("", refused.sentence)
            self._show_year()
            return
        self._show_found(self._in_words(self.read) if self.read else "", "")
        if self.read:
            self._offer(self.read.year)
        self._show_year()

    def _offer(self, year: int) -> None:
        """Bring the year of the notice in front, also one that no table has."""
        self.year.blockSignals(True)
        if self.year.findData(year) < 0:
            self.year.addItem(f"{year}年", year)
        self.year.choose(year)
        self.year.blockSignals(False)

    def _in_words(self, table: YearTable) -> str:
        lines = [f"{table.year}年放假{len(table.off)}天：{spans_in_words(table.off)}。"]
        if table.make_up:
            lines.append(f"调休上班{len(table.make_up)}天：{spans_in_words(table.make_up)}。")
        before = self.years.get(table.year)
        differences = compare_years(before, table)
        if before is not None:
            lines.append("与现在启用的不同之处：" if differences else "与现在启用的完全一致。")
        return "\n".join([*lines, *(f"· {words}" for words in differences)])

    def _show_found(self, words: str, fault: str) -> None:
        self.found.setText(words)
        self.fault.setText(fault)
        self.found.setVisible(bool(words))
        self.fault.setVisible(bool(fault))
        self.said.setVisible(bool(words))
        self.enter_button.setEnabled(bool(words) and self.session.can_write)

    def enter(self) -> None:
        """Take the pasted year into force."""
        self.read_text()
        table, session = self.read, self.session
        if table is None:
            return
        said = self.said.text().strip() or f"{table.year}年放假安排通知"
        whole = YearTable(table.year, table.off, table.make_up, said, True)
        if session.do(lambda: confirm_year(session.ledger, whole, session.today(), session.person)) is not None:
            self.read = None
            self.text.clear()
            self.said.clear()
            self._reading.stop()
            self._show_found("", "")
            self._show_year()

    def agree(self) -> None:
        """Take the year shown into force as compared with the notice."""
        table, session = self.years.get(self.year.currentData()), self.session
        if table is None:
            return
        words = f"已把{table.year}年的放假和调休逐日对照国务院办公厅的通知，确认无误吗？"
        if questions.ask(words, "确认后不再显示“未核对”。", "核对无误", "还没有"):
            session.do(lambda: confirm_year(session.ledger, table, session.today(), session.person))
