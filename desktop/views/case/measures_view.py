"""The measures of a case and its stage targets: what was promised by when, how far it is, the latest words."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from desktop.rules.measures import percent_done
from desktop.rules.records import CaseFile, Measure, StageTarget
from desktop.rules.wording import date_in_text
from desktop.views.case.words import (
    Section,
    due_words,
    link,
    month_words,
    plain,
    quantity_words,
    rich_label,
    toned,
    with_links,
)
from desktop.views.looks.theme import colours
from desktop.views.tables.cells import draw_bar


class ShareBar(QWidget):
    """A percentage as a bar with its number below the words."""

    def __init__(self, share: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.share = share
        words = self.words()
        self.setAccessibleName(words)
        metrics = self.fontMetrics()
        self.setMinimumSize(metrics.horizontalAdvance(words) + metrics.height() * 2, metrics.height() * 2)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)

    def words(self) -> str:
        """完成50%, or 未报."""
        return "未报进展" if self.share is None else f"完成{self.share}%"

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, and the bar under them."""
        painter = QPainter(self)
        upper = self.rect().adjusted(0, 0, 0, -self.height() // 2)
        painter.drawText(upper, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), self.words())
        draw_bar(painter, self.rect().adjusted(0, self.height() // 2, 0, 0), self.share or 0, colours())
        painter.end()


class MeasuresView(Section):
    """Signals: ``report_wanted(number)``, ``edit_wanted(number)`` (0 for a new one), ``void_wanted(kind, row, words)``.

    Numbers are those of the measures.
    """

    report_wanted = Signal(int)
    edit_wanted = Signal(int)
    void_wanted = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("整改措施", parent)
        self._case: CaseFile | None = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(9)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.report_button = self.add_button("填报进展")
        self.report_button.setToolTip("Ctrl+N")
        self.report_button.clicked.connect(lambda: self.report_wanted.emit(0))
        self.new_button = self.add_button("新增措施")
        self.new_button.clicked.connect(lambda: self.edit_wanted.emit(0))

    def show_case(self, case: CaseFile, today: date, *, can_change: bool) -> None:
        """Show the measures of a case."""
        self._case = case
        _clear(self._grid)
        done = sum(1 for measure in case.measures if measure.is_done)
        total = f"共{len(case.measures)}项，完成{done}项，总体完成{percent_done(case)}%"
        self.remark.setText(total if case.measures else "")
        for row, measure in enumerate(case.measures):
            words = with_links(rich_label(f"第{measure.number}项措施"))
            words.setText(_measure_html(measure, today, can_change=can_change))
            words.linkActivated.connect(self._follow)
            self._grid.addWidget(words, row, 0)
            self._grid.addWidget(ShareBar(measure.percent), row, 1, Qt.AlignmentFlag.AlignTop)
        if not case.measures:
            self._grid.addWidget(_hint("方案没有分项措施，进展按整个问题填报；也可以新增措施。"), 0, 0)

    def _follow(self, target: str) -> None:
        verb, _, number = target.partition(":")
        measure = next((m for m in self._case.measures if str(m.number) == number), None) if self._case else None
        if measure is None:
            return
        if verb == "report":
            self.report_wanted.emit(measure.number)
        elif verb == "edit":
            self.edit_wanted.emit(measure.number)
        else:
            self.void_wanted.emit("measure", measure.id, f"第{measure.number}项措施")


class StagesView(Section):
    """Stage targets. Signals: ``edit_wanted(row)``, empty for a new one; ``void_wanted(kind, row, words)``."""

    edit_wanted = Signal(str)
    void_wanted = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("阶段目标", parent)
        self._stages: tuple[StageTarget, ...] = ()
        self.words = with_links(rich_label("阶段目标"))
        self.words.linkActivated.connect(self._follow)
        self.body.addWidget(self.words)
        self.new_button = self.add_button("新增阶段目标")
        self.new_button.clicked.connect(lambda: self.edit_wanted.emit(""))

    def show_case(self, case: CaseFile, today: date, *, can_change: bool) -> None:
        """Show the stage targets; without any the section is only a title with its button."""
        self._stages = case.stages
        self.words.setText("<br>".join(_stage_html(s, today, can_change=can_change) for s in case.stages))
        self.words.setVisible(bool(case.stages))
        reached = sum(1 for s in case.stages if s.reached_on)
        self.remark.setText(f"共{len(case.stages)}个，达到{reached}个" if case.stages else "没有登记阶段目标")

    def _follow(self, target: str) -> None:
        verb, _, row = target.partition(":")
        if verb == "edit":
            self.edit_wanted.emit(row)
        else:
            found = next((s for s in self._stages if s.id == row), None)
            self.void_wanted.emit("stage", row, f"{date_in_text(found.due)}的阶段目标" if found else "阶段目标")


def _measure_html(measure: Measure, today: date, *, can_change: bool) -> str:
    muted = colours().muted
    due, tone = due_words(measure, today)
    facts = [toned(due, tone)]
    if quantity := quantity_words(measure):
        facts.append(plain(quantity))
    if can_change:
        verbs = (("填报进展", "report"), ("修改", "edit"), ("作废", "void"))
        facts += [link(words, f"{verb}:{measure.number}") for words, verb in verbs]
    lines = [f"<b>{measure.number}.</b>　{plain(measure.text)}", "　".join(facts)]
    if measure.latest:
        month = month_words(measure.latest_month)
        lines.append(f"<span style='color:{muted}'>{month}：{plain(measure.latest)}</span>")
    return "<br>".join(lines)


def _stage_html(stage: StageTarget, today: date, *, can_change: bool) -> str:
    if stage.reached_on:
        state = toned(f"✓ {date_in_text(stage.reached_on)}达到", "ok")
    elif stage.due < today:
        state = toned(f"已过{(today - stage.due).days}天，尚未登记达到", "late")
    else:
        state = toned(f"还有{(stage.due - today).days}天", "muted")
    count = f"（{stage.count}）" if stage.count else ""
    verbs = f"　{link('修改、登记达到', f'edit:{stage.id}')}　{link('作废', f'void:{stage.id}')}" if can_change else ""
    return f"<b>{date_in_text(stage.due)}前</b>　{plain(stage.text)}{count}　{state}{verbs}"


def _hint(words: str) -> QLabel:
    label = QLabel(words)
    label.setObjectName("hint")
    label.setWordWrap(True)
    return label


def _clear(grid: QGridLayout) -> None:
    while item := grid.takeAt(0):
        if item.widget():
            item.widget().hide()
            item.widget().deleteLater()
