"""Old and new side by side: every difference between a file and the ledger with a tick for what is taken."""

from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from html import escape
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QSplitter, QTextEdit, QVBoxLayout, QWidget

from desktop.rules.comparison import KIND_WORDS, CompareLine, LineKind
from desktop.views.looks.theme import colours
from desktop.views.pane import Pane
from desktop.views.tables.columns import DISPLAY, Column
from desktop.views.tables.row_model import Index
from desktop.views.tables.table import TableView
from desktop.views.tables.ticked_rows import CHECK, TickModel

_TONES = {
    LineKind.CHANGED: "accent",
    LineKind.ADDED: "ok",
    LineKind.GONE: "late",
    LineKind.LIKE: "warn",
    LineKind.REMARK: "muted",
}
_LONGEST = 4_000  # characters of a text whose differing parts are looked for


class _LineModel(TickModel[CompareLine]):
    """What can only be known has no tick at all."""

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """The cell."""
        line = self.row_at(index.row()) if role == CHECK and index.isValid() else None
        return None if line is not None and not line.is_offered else super().data(index, role)


class CompareView(Pane):
    """Lists the lines and shows the chosen one in full.

    Attributes: ``ticked`` the keys of the lines that are taken. Signals: ``ticks_changed``; ``linked(str, bool)``
    when the clerk decides whether a row is a known problem, which another comparison answers; ``opened(str)`` with
    the key of a line that was double-clicked.
    """

    ticks_changed = Signal()
    linked = Signal(str, bool)
    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticked: set[str] = set()
        columns: tuple[Column[CompareLine], ...] = (
            Column("subject", "问题", 5.5, lambda line: line.subject),
            Column("words", "项目", 6.5, lambda line: line.words),
            Column("kind", "情况", 6.5, lambda line: KIND_WORDS[line.kind], tone=lambda line: _TONES[line.kind]),
            Column("old", "台账", 6, lambda line: _flat(line.old), tip=lambda line: line.old, stretch=True),
            Column("new", "文件", 6, lambda line: _flat(line.new), tip=lambda line: line.new, stretch=True),
            Column("note", "说明", 8, lambda line: line.note, tip=lambda line: line.note, stretch=True),
        )
        self.model = _LineModel(columns, self._is_ticked, self._tick, lambda line: line.is_offered, self)
        self.table = TableView(name)
        self.table.setModel(self.model)
        self.table.setAccessibleName("与台账比较，按空格勾选")
        self.table.selectionModel().currentRowChanged.connect(self._show_row)
        self.table.opened.connect(self._open)
        self.counts = QLabel()
        self.counts.setObjectName("hint")
        self.counts.setWordWrap(True)
        self.buttons = {
            "all": QPushButton("全部带入"),
            "none": QPushButton("全部不带入"),
            "own": QPushButton("本问题全带入"),
            "own_none": QPushButton("本问题全不带入"),
        }
        self.reason = QLineEdit()
        self.reason.setAccessibleName("作废原因")
        self.reason.setPlaceholderText("如 修订后的方案取消")
        self.reason.textChanged.connect(lambda _: self.ticks_changed.emit())
        self.old, self.new = QTextEdit(), QTextEdit()
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        acts: dict[str, Callable[[], None]] = {
            "all": lambda: self.tick_all(self.model.rows, True),
            "none": lambda: self.tick_all(self.model.rows, False),
            "own": lambda: self.tick_all(self._own(), True),
            "own_none": lambda: self.tick_all(self._own(), False),
        }
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _=False, act=acts[key]: act())
            head.addWidget(button)
        head.addStretch(1)
        texts = QWidget()
        below = QHBoxLayout(texts)
        below.setContentsMargins(0, 0, 0, 0)
        for words, box in (("台账中的内容", self.old), ("文件中的内容", self.new)):
            column, title = QVBoxLayout(), QLabel(words)
            title.setObjectName("hint")
            title.setBuddy(box)
            box.setReadOnly(True)
            box.setTabChangesFocus(True)
            box.setAccessibleName(words)
            box.setPlaceholderText("（空）")
            column.setSpacing(2)
            column.addWidget(title)
            column.addWidget(box, 1)
            below.addLayout(column, 1)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.table)
        parts.addWidget(texts)
        parts.setSizes([300, 150])
        parts.setStretchFactor(0, 1)
        parts.setChildrenCollapsible(False)
        self.reason_row = QWidget()
        row = QHBoxLayout(self.reason_row)
        row.setContentsMargins(0, 0, 0, 0)
        label = QLabel("作废原因")
        label.setBuddy(self.reason)
        row.addWidget(label)
        row.addWidget(self.reason, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.counts)
        layout.addLayout(head)
        layout.addWidget(parts, 1)
        layout.addWidget(self.reason_row)
        self.begin_at(self.table)

    # Lines

    def set_lines(self, lines: Sequence[CompareLine], *, keep: bool = False) -> None:
        """Show other lines. ``keep``: lines shown before keep their ticks, new ones get those they come with."""
        before = {line.key for line in self.model.rows} if keep else set()
        at = self._current()
        chosen = {line.key for line in lines if line.is_offered and line.is_chosen and line.key not in before}
        self.ticked = chosen | (self.ticked & {line.key for line in lines if line.is_offered and line.key in before})
        self.model.set_rows(lines)
        place = next((i for i, line in enumerate(lines) if at is not None and line.key == at.key), 0)
        if lines:
            self.table.choose_rows((), place)
        else:
            self._show_texts(None)
        self._count()

    def tick_all(self, lines: Iterable[CompareLine], on: bool) -> None:
        """Take some lines, or leave them; what withdraws something is never ticked together with the rest."""
        keys = {line.key for line in lines if line.is_offered and line.kind not in (LineKind.GONE, LineKind.LIKE)}
        if not on:
            keys |= {line.key for line in lines if line.kind == LineKind.GONE}
        self.ticked = self.ticked | keys if on else self.ticked - keys
        self.model.renew_all()
        self._count()
        self.ticks_changed.emit()

    def taken(self) -> tuple[str, ...]:
        """The keys of the ticked lines, in their order."""
        return tuple(line.key for line in self.model.rows if line.key in self.ticked)

    def needs_reason(self) -> bool:
        """True when something is to be withdrawn and nobody has said why."""
        return bool(self._withdrawn()) and not self.reason.text().strip()

    def _withdrawn(self) -> list[CompareLine]:
        return [line for line in self.model.rows if line.kind == LineKind.GONE and line.key in self.ticked]

    def _own(self) -> list[CompareLine]:
        at = self._current()
        return [line for line in self.model.rows if at is not None and line.subject == at.subject]

    def _current(self) -> CompareLine | None:
        return self.model.row_at(self.table.currentIndex().row())

    def _is_ticked(self, line: CompareLine) -> bool:
        return line.key in self.ticked

    def _tick(self, line: CompareLine, on: bool) -> None:
        (self.ticked.add if on else self.ticked.discard)(line.key)
        # Lines of one key, such as the words and the day of a deadline, go together.
        self.model.renew_all()
        self._count()
        if line.kind == LineKind.LIKE:
            self.linked.emit(line.key, on)
        self.ticks_changed.emit()

    def _open(self, index: QModelIndex) -> None:
        line = self.model.row_at(index.row())
        if line is not None:
            self.opened.emit(line.key)

    def _count(self) -> None:
        lines = self.model.rows
        offered, gone = sum(line.is_offered for line in lines), len(self._withdrawn())
        remarks = len(lines) - offered
        words = f"共{offered}处不同，已勾选{len(self.taken())}处" if offered else "没有可以带入的不同之处"
        words += f"，另有{remarks}处不能带入" if remarks else ""
        self.counts.setText(f"{words}。" + (f"其中{gone}项将作废，请写明原因。" if gone else ""))
        self.reason_row.setVisible(gone > 0)
        has_own = self._current() is not None
        for key, button in self.buttons.items():
            button.setEnabled(offered > 0 and (has_own or not key.startswith("own")))

    # The chosen line

    def _show_row(self, index: QModelIndex, _: QModelIndex) -> None:
        self._show_texts(self.model.row_at(index.row()) if index.isValid() else None)

    def _show_texts(self, line: CompareLine | None) -> None:
        old, new = marked(line.old, line.new) if line else ("", "")
        self.old.setHtml(old)
        self.new.setHtml(new)

    def restyle(self) -> None:
        """Draw the marks in the colours now in use."""
        self._show_texts(self._current())


def marked(old: str, new: str) -> tuple[str, str]:
    """Both texts as HTML, with a ground behind what only one of them says."""
    if not old or not new or max(len(old), len(new)) > _LONGEST:
        return _html(old), _html(new)
    look = colours()
    first, second = [], []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = tag == "equal"
        first.append(_html(old[a:b]) if same else _on(old[a:b], look.late_back))
        second.append(_html(new[c:d]) if same else _on(new[c:d], look.ok_back))
    return "".join(first), "".join(second)


def _on(text: str, ground: str) -> str:
    return f'<span style="background-color:{ground}">{_html(text)}</span>' if text else ""


def _html(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _flat(text: str) -> str:
    return text.replace("\n", " ")
