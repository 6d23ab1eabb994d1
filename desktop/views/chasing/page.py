"""督办: the board of what is open on the ladder and of visits, what is suggested, what is chased one by one."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.operations.chase_board import Flagged, count_settled, flagged_problems, read_open, read_settled
from desktop.operations.lists import count_all
from desktop.operations.profile import region_of
from desktop.rules.chase_lines import SheetLine, SheetState
from desktop.rules.ladder import Suggestion
from desktop.rules.records import Changes
from desktop.views.case.chasing_view import verbs_of
from desktop.views.case.words import plain, rich_label, toned
from desktop.views.chasing.groups import FLAGGED, SUGGESTED, Group, groups_of, lines_in, matches
from desktop.views.chasing.models import SHEET_COLUMNS, SUGGESTION_COLUMNS, flagged_columns
from desktop.views.chasing.suggestions import SuggestionReader
from desktop.views.entries import chase as entries
from desktop.views.looks.empty import Empty, no_problems
from desktop.views.looks.icon_buttons import icon_button, mark_as_search
from desktop.views.page import Page
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from desktop.views.tables.group_list import GroupDelegate, group_item
from desktop.views.tables.row_model import ListModel
from desktop.views.tables.table import Layouts, TableView

VERBS = (("reply", "登记回复…"), ("settle", "办结…"), ("print", "打印文书"), ("void", "作废…"))
_KINDS = {"chase", "visit", "problem", "judgement", "progress", "step", "unit", "problem_unit", "measure", "stage"}


class ChasingPage(Page):
    """``Place.filter`` names a group: a state of a sheet, a rung, ``visit``, ``suggested``, ``flagged``."""

    key = PageKey.CHASING

    def __init__(self, session: Session, layouts: Layouts | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        tables = session.settings.tables() if layouts is None else layouts
        self.lines: tuple[SheetLine, ...] = ()
        self._settled: tuple[SheetLine, ...] | None = None
        self._count = 0
        self.flagged: tuple[Flagged, ...] = ()
        self.sheets: ListModel[SheetLine] = ListModel(SHEET_COLUMNS, self)
        self.suggested: ListModel[Suggestion] = ListModel(SUGGESTION_COLUMNS, self)
        self.watched: ListModel[Flagged] = ListModel(flagged_columns(session.today), self)
        self.tables = {
            "sheets": self._table("chasing", self.sheets, "督办和检查", tables),
            SUGGESTED: self._table("suggestions", self.suggested, "督办建议", tables),
            FLAGGED: self._table("flagged", self.watched, "逐案督办的问题", tables),
        }
        self.reader = SuggestionReader(session, self)
        self.reader.read.connect(self._show_groups)
        self.reader.said.connect(lambda words: self.state.setText(words))
        self.list = QListWidget()
        self.list.setAccessibleName("督办类别")
        self.list.setItemDelegate(GroupDelegate(self.list))
        self.list.currentRowChanged.connect(lambda _: self._show_rows())
        self.words = QLineEdit()
        self.words.setPlaceholderText("查找：单位、问题序号、文号")
        self.words.setAccessibleName("查找")
        self.words.setToolTip("单位也可以输拼音首字母")
        self.words.setClearButtonEnabled(True)
        self.words.setMinimumWidth(self.words.fontMetrics().horizontalAdvance("字") * 16)
        mark_as_search(self.words)
        self.words.textChanged.connect(lambda _: self._show_rows())
        self._make_buttons()
        self._lay_out()

    def _table(self, name: str, model: ListModel, words: str, layouts: Layouts) -> TableView:  # type: ignore[type-arg]
        table = TableView(name, layouts)
        table.setModel(model)
        table.setAccessibleName(words)
        table.opened.connect(self._open)
        table.told.connect(self.session.told)
        table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        return table

    def _make_buttons(self) -> None:
        self.chase_button = icon_button("发督办", "new")
        self.chase_button.clicked.connect(self.begin_chase)
        self.visit_button = icon_button("登记明察暗访", "photo")
        self.visit_button.clicked.connect(self.begin_visit)
        self.papers = QMenu(self)
        self.buttons = {verb: QPushButton(words) for verb, words in VERBS}
        for verb, button in self.buttons.items():
            button.clicked.connect(lambda _=False, verb=verb: self.do_verb(verb))
        self.take_button, self.leave_button = QPushButton("采纳…"), QPushButton("暂不")
        self.take_button.setToolTip("按建议发督办；可以先选同一单位、同一方式的几条")
        self.take_button.clicked.connect(self.take_up)
        self.leave_button.setToolTip("这次打开台账期间不再列出，不作记录")
        self.leave_button.clicked.connect(self.leave)
        self.open_button = QPushButton("打开问题")
        self.open_button.setToolTip("回车")
        self.open_button.clicked.connect(lambda: self._open(self.table.currentIndex()))

    def _lay_out(self) -> None:
        title = QLabel("督办")
        title.setObjectName("title")
        self.state = QLabel()
        self.state.setObjectName("hint")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(title)
        head.addWidget(self.state)
        head.addStretch(1)
        head.addWidget(self.words)
        head.addWidget(self.visit_button)
        head.addWidget(self.chase_button)
        self.detail = rich_label("督办内容")
        self.card = QFrame()
        self.card.setObjectName("card")
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.addWidget(self.detail)
        doing = QHBoxLayout()
        doing.setSpacing(8)
        parts = (*self.buttons.values(), self.take_button, self.leave_button, self.open_button)
        for button in parts:
            doing.addWidget(button)
        doing.addStretch(1)
        self.stack = QStackedWidget()
        self.none_here = Empty("没有符合的督办", "换一个类别，或清除查找的词。")
        for part in (*self.tables.values(), self.none_here):
            self.stack.addWidget(part)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self.stack, 1)
        right.addWidget(self.card)
        right.addLayout(doing)
        body = QWidget()
        middle = QHBoxLayout(body)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(8)
        middle.addWidget(self.list)
        middle.addLayout(right, 1)
        self.sides = QStackedWidget()
        self.nothing = Empty(
            "没有督办、检查和建议",
            "亮黄灯、红灯或没有报送进展的问题，会按地区模板的督办台阶在这里列出建议；也可以自己发督办、登记检查。",
            (("发督办", self.begin_chase), ("登记明察暗访", self.begin_visit)),
        )
        self.unused = no_problems(self.go)
        for side in (body, self.nothing, self.unused):
            self.sides.addWidget(side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.sides, 1)
        self.begin_at(self.tables["sheets"])
        order = (self.list, *self.tables.values(), *parts, self.words, self.visit_button, self.chase_button)
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    # Reading

    def refresh(self) -> None:
        """Read the board again; the suggestions follow in small parts."""
        ledger, today = self.session.ledger, self.session.today()
        self.lines, self.flagged = read_open(ledger, today), flagged_problems(ledger, today)
        self._settled, self._count = None, count_settled(ledger)
        self.reader.begin(region_of(ledger))
        writable = self.session.can_write
        for button in (self.chase_button, self.visit_button, *self.nothing.buttons):
            button.setEnabled(writable)
        self._show_groups()

    def concerns(self, changes: Changes) -> bool:
        """Papers, visits, and whatever lights are told from."""
        return any(kind in _KINDS for kind, _ in changes.touched)

    def showEvent(self, event: QShowEvent) -> None:
        """Read on what is suggested."""
        super().showEvent(event)
        self.reader.go_on()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the time to the page that came in front."""
        self.reader.pause()
        super().hideEvent(event)

    def show_place(self, place: Place) -> None:
        """Choose a group."""
        self.refresh_if_stale()
        if place.filter:
            self.words.clear()
            self.choose(place.filter)

    def choose(self, group: str) -> None:
        """Choose a group by its key; one that is not there leaves the choice as it is."""
        keys = [self.list.item(at).data(Qt.ItemDataRole.UserRole) for at in range(self.list.count())]
        if group in keys:
            self.list.setCurrentRow(keys.index(group))

    # Showing

    @property
    def chosen(self) -> str:
        """The key of the group that is shown."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    @property
    def table(self) -> TableView:
        """The table of the group that is shown."""
        return self.tables.get(self.chosen, self.tables["sheets"])

    def _show_groups(self) -> None:
        self.state.setText(self.reader.told)
        suggested = self.reader.suggestions
        found: Sequence[Group] = groups_of(self.lines, suggested, self.flagged, self._count)
        chosen = self.chosen
        self.list.blockSignals(True)
        self.list.clear()
        for group in found:
            self.list.addItem(group_item(group.words, group.count, group.tone, group.key))
        self.list.setCurrentRow(0)
        self.choose(chosen)
        self.list.blockSignals(False)
        self.list.setFixedWidth(self.list.sizeHintForColumn(0) + 2 * self.list.frameWidth() + 4)
        has_any = bool(self._count or self.lines or self.flagged or suggested or self.reader.is_reading)
        empty = self.nothing if count_all(self.session.ledger) else self.unused
        self.sides.setCurrentWidget(self.sides.widget(0) if has_any else empty)
        self._show_rows()

    def _show_rows(self) -> None:
        words = self.words.text().split()
        rows: dict[str, Sequence[object]] = {
            "sheets": [line for line in self._sheets() if matches(line, words)],
            SUGGESTED: [one for one in self.reader.suggestions if matches(one, words)],
            FLAGGED: [one for one in self.flagged if matches(one, words)],
        }
        for key, table in self.tables.items():
            model = table.model()
            assert isinstance(model, ListModel)
            at, current = table.currentIndex().row(), model.row_at(table.currentIndex().row())
            if tuple(rows[key]) != model.rows:
                model.set_rows(rows[key])
                again = next((i for i, row in enumerate(rows[key]) if row == current), min(at, len(rows[key]) - 1))
                if rows[key]:
                    table.choose_rows((), max(0, again))
        shown = self.table.model().rowCount()
        self.stack.setCurrentWidget(self.table if shown else self.none_here)
        self._allow()

    def _sheets(self) -> Sequence[SheetLine]:
        """The papers of the group; those that are settled are read when they are wanted."""
        if self.chosen != SheetState.SETTLED:
            return lines_in(self.lines, self.chosen)
        if self._settled is None:
            self._settled = read_settled(self.session.ledger, self.session.today())
        return self._settled

    def _allow(self) -> None:
        line, writable = self.line, self.session.can_write
        possible = {verb for verb, _ in verbs_of(line, writable)} if line else set()
        for verb, button in self.buttons.items():
            button.setVisible(self.chosen not in (SUGGESTED, FLAGGED))
            button.setEnabled(verb in possible)
        for button in (self.take_button, self.leave_button):
            button.setVisible(self.chosen == SUGGESTED)
        has_rows = bool(self.table.chosen_rows())
        self.take_button.setEnabled(writable and has_rows)
        self.leave_button.setEnabled(has_rows)
        self.open_button.setEnabled(has_rows)
        words = detail_of(line) if line else self._suggested_words()
        self.card.setVisible(bool(words))
        self.detail.setText(words)

    def _suggested_words(self) -> str:
        """The suggestion that is chosen, in full."""
        found = self._suggestions() if self.chosen == SUGGESTED else []
        return f"{plain(found[0].sentence)}<br>{plain(found[0].head)}" if len(found) == 1 else ""

    @property
    def line(self) -> SheetLine | None:
        """The paper or visit that is chosen."""
        if self.chosen in (SUGGESTED, FLAGGED):
            return None
        rows = self.table.chosen_rows()
        return self.sheets.row_at(rows[0]) if len(rows) == 1 else None

    # Doing

    def commands(self) -> dict[str, Callable[[], None]]:
        """What the menus can do here."""
        found: dict[str, Callable[[], None]] = {
            "find": lambda: self.words.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "refresh": self.refresh,
        }
        if self.session.can_write:
            found["new"] = self.begin_chase
        if self.table.chosen_rows():
            found |= {"open": lambda: self._open(self.table.currentIndex()), "copy": self.table.copy}
        if self.buttons["print"].isEnabled() and self.line is not None:
            found["print"] = lambda: self.do_verb("print")
        return found

    def begin_chase(self) -> None:
        """Issue a rung of the ladder, whatever is suggested."""
        entries.enter_chase(self.session)

    def begin_visit(self) -> None:
        """Register a visit."""
        entries.enter_visit(self.session)

    def do_verb(self, verb: str) -> None:
        """Answer, settle, print or withdraw the paper or visit that is chosen."""
        line = self.line
        if line is not None and verb == "print":
            self._print(line)
        elif line is not None:
            place = entries.do_sheet(self.session, verb, line.kind, line.sheet)
            if place is not None:
                self.go.emit(place)

    def _print(self, line: SheetLine) -> None:
        """Go where its paper is printed; of several the clerk chooses in a menu."""
        places = entries.paper_places(self.session, line.sheet)
        if len(places) < 2:
            place = entries.paper_place(self.session, line.sheet)
            if place is not None:
                self.go.emit(place)
            return
        self.papers.clear()
        for words, place in places:
            self.papers.addAction(words).triggered.connect(lambda _=False, place=place: self.go.emit(place))
        button = self.buttons["print"]
        self.papers.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _suggestions(self) -> list[Suggestion]:
        found = (self.suggested.row_at(at) for at in self.table.chosen_rows())
        return [one for one in found if one is not None]

    def take_up(self) -> None:
        """Issue what is suggested; several suggestions of one unit and rung go on one paper."""
        if self.session.can_write:
            entries.take_up_all(self.session, self._suggestions())

    def leave(self) -> None:
        """List some suggestions no more while the ledger is open."""
        self.reader.leave(self._suggestions())

    def _open(self, index: QModelIndex) -> None:
        row = self.table.model().row_at(index.row())  # type: ignore[attr-defined]
        if isinstance(row, SheetLine) and len(row.problems) > 1:
            self.go.emit(Place(PageKey.LEDGER, only=row.problems, words=f"{row.what}涉及的问题"))
        elif isinstance(row, SheetLine) and row.problems:
            self.go.emit(Place(PageKey.CASE, problem_id=row.problems[0], part="chasing"))
        elif isinstance(row, Suggestion):
            self.go.emit(Place(PageKey.CASE, problem_id=row.problem_id, part="case"))
        elif isinstance(row, Flagged):
            self.go.emit(Place(PageKey.CASE, problem_id=row.line.id, part="chasing"))


def detail_of(line: SheetLine) -> str:
    """What is asked for and what came of it, as rich text."""
    head = "检查情况" if line.kind == "visit" else "事由和要求"
    parts = [f"{toned(head, 'muted')}　{plain(line.text)}"]
    if line.answer:
        parts.append(f"{toned('结果' if line.kind == 'visit' else '回复和办结', 'muted')}　{plain(line.answer)}")
    elif line.state in (SheetState.LATE, SheetState.WAITING):
        parts.append(f"{toned(line.state_words, line.tone or 'muted')}　{plain(line.left)}")
    return "<br>".join(parts)
