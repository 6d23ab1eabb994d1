"""The unit names of a plan that the ledger does not know: new, another name of a unit at hand, or no unit."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from desktop.rules.names import in_rank_order
from desktop.views.review.model import Review, UnitChoice
from desktop.views.tables.columns import Column
from desktop.views.tables.row_model import ListModel
from desktop.views.tables.table import TableView
from forms.fields.choice import Choice

KIND_WORDS = {"new": "作为新单位", "alias": "是已有单位的别名", "none": "不是单位"}
_SHOWN_NUMBERS = 8


class UnknownUnits(QWidget):
    """Lists the unknown names and decides the chosen one. Signals: ``decided`` when a choice was made."""

    decided = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._review: Review | None = None
        self._used: dict[str, list[int]] = {}
        self._is_showing = False
        columns: tuple[Column[str], ...] = (
            Column("name", "方案中的写法", 9, lambda name: name, stretch=True),
            Column("used", "用于问题", 5, self._numbers),
            Column("choice", "处理", 8, self._words, tone=self._tone),
        )
        self.model = ListModel(columns, self)
        self.table = TableView("plan_units")
        self.table.setModel(self.model)
        self.table.setAccessibleName("名册中没有的单位")
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_choice())
        self.hint = QLabel()
        self.hint.setObjectName("hint")
        self.hint.setWordWrap(True)
        self.near = QLabel()
        self.near.setObjectName("hint")
        self.near.setWordWrap(True)
        self.kinds = {kind: QRadioButton(words) for kind, words in KIND_WORDS.items()}
        self._group = QButtonGroup(self)
        for button in self.kinds.values():
            self._group.addButton(button)
            button.clicked.connect(lambda _=False: self._decide())
        self.unit = Choice([])
        self.unit.setAccessibleName("是哪个单位的别名")
        self.unit.activated.connect(lambda _: self._choose_unit())
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.kinds["new"])
        row.addWidget(self.kinds["none"])
        row.addStretch(1)
        also = QHBoxLayout()
        also.addWidget(self.kinds["alias"])
        also.addWidget(self.unit, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 0)
        layout.addWidget(self.hint)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.near)
        layout.addLayout(row)
        layout.addLayout(also)

    def set_review(self, review: Review) -> None:
        """Show the unknown names of a review, those to be decided first."""
        self._review = review
        self._used = review.names_used()
        self.unit.clear()
        for unit in in_rank_order(review.units):
            self.unit.addItem(unit.name, unit.id)
        self.model.set_rows(sorted(review.choices, key=lambda name: name not in review.unclear))
        if self.model.rows:
            self.table.choose_rows((), 0)
        self._show_choice()
        self._tell()

    def _tell(self) -> None:
        count, waiting = len(self.model.rows), self.open_count()
        tail = f"，其中{waiting}个要先确定" if waiting else ""
        words = f"方案中有{count}个名称不在单位名册里{tail}。不改动的导入时自动新增。"
        self.hint.setText(words if count else "方案中的单位名册里都有。")

    def open_count(self) -> int:
        """How many names must be decided before an import."""
        return sum(not choice.kind for choice in self._review.choices.values()) if self._review else 0

    def _name(self) -> str:
        return self.model.row_at(self.table.currentIndex().row()) or ""

    def _show_choice(self) -> None:
        name = self._name()
        choice = self._review.choices.get(name) if self._review else None
        self._is_showing = True
        self._group.setExclusive(False)
        for kind, button in self.kinds.items():
            button.setEnabled(choice is not None and (kind != "alias" or self.unit.count() > 0))
            button.setChecked(choice is not None and choice.kind == kind)
        self._group.setExclusive(True)
        self.unit.setEnabled(choice is not None and self.unit.count() > 0)
        near = self._review.unclear.get(name, ()) if self._review else ()
        if choice is not None and choice.kind == "alias":
            self.unit.choose(choice.unit)
        elif near:
            self.unit.setCurrentIndex(max(0, self.unit.findText(near[0])))
        self.near.setText(f"“{name}”可能是：{'、'.join(near)}" if near else "")
        self.near.setVisible(bool(near))
        self._is_showing = False

    def _choose_unit(self) -> None:
        self.kinds["alias"].setChecked(True)
        self._decide()

    def _decide(self) -> None:
        name = self._name()
        kind = next((kind for kind, button in self.kinds.items() if button.isChecked()), "")
        if self._is_showing or self._review is None or name not in self._review.choices or not kind:
            return
        self._review.choices[name] = UnitChoice(kind, self.unit.chosen() if kind == "alias" else "")
        self._review.forget_differences()
        at = self.model.rows.index(name)
        self.model.dataChanged.emit(self.model.index(at, 0), self.model.index(at, 2))
        self._tell()
        self.decided.emit()

    def _numbers(self, name: str) -> str:
        numbers = self._used.get(name, [])
        return "、".join(map(str, numbers[:_SHOWN_NUMBERS])) + ("…" if len(numbers) > _SHOWN_NUMBERS else "")

    def _words(self, name: str) -> str:
        choice = self._review.choices.get(name) if self._review else None
        if choice is None or self._review is None:
            return ""
        if choice.kind == "alias":
            found = next((unit.name for unit in self._review.units if unit.id == choice.unit), "")
            return f"是“{found}”的别名"
        return {"new": "新增", "none": "不是单位"}.get(choice.kind, "请确定")

    def _tone(self, name: str) -> str:
        choice = self._review.choices.get(name) if self._review else None
        return "late" if choice is not None and not choice.kind else "muted" if choice and choice.kind == "none" else ""
