"""明察暗访: one visit to some problems, what was found, what is demanded by when, and the photos."""

from collections.abc import Collection, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.rules.entries import VisitEntry
from forms.base import Form, value_of
from forms.fields.choice import Choice
from forms.fields.date_field import DateField
from forms.fields.files import FileList
from forms.fields.problem_ticks import Offered, ProblemTicks
from forms.fields.text import TextArea, TextLine

WAYS = ("暗访", "明查", "专项督查", "抽查")
RESULTS = ("整改到位", "正在整改", "整改不到位", "弄虚作假、敷衍整改")


class VisitForm(Form):
    """Registers a visit; ``units`` are pairs of id and name.

    Signals: ``unit_chosen(id)``, upon which the view gives the unit's problems, or all for none, to ``offer``.
    """

    key = "visit"
    unit_chosen = Signal(str)

    def __init__(
        self,
        today: date,
        units: Sequence[tuple[str, str]],
        ticked: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("登记明察暗访", parent, "登记")
        self.today = today
        self.set_subject("一次检查可以包括几个问题；照片收入每个问题的佐证材料。")
        self.on = self.add("on", "检查日期", DateField(today, today), self._on_fault, half=True)
        self.way = self.add("way", "方式", Choice([(way, way) for way in WAYS]), half=True)
        self.ticks = self.add("problems", "涉及问题", ProblemTicks(ticked=ticked))
        self.unit = self.add("unit", "被查单位", Choice([("", "不注明"), *units]), half=True)
        self.place = self.add("place", "地点", TextLine("", "可不填"), half=True)
        self.people = self.add("people", "检查人员", TextLine("", "单位、姓名，可不填"))
        self.found = self.add("found", "发现情况", TextArea("", 3), self.require("found", "发现的情况"))
        self.result = self.add("result", "结论", Choice([(word, word) for word in RESULTS], RESULTS[1]), half=True)
        self.due = self.add("due", "整改期限", DateField(today, optional=True), self._due_fault, half=True)
        self.demand = self.add("demand", "整改要求", TextArea("", 2), self._demand_fault, "没有要求的不填")
        self.files = self.add("files", "现场照片", FileList())
        self.unit.currentIndexChanged.connect(lambda _: self.unit_chosen.emit(self.unit.chosen()))
        self.begin()

    def offer(self, problems: Sequence[Offered], more: bool = False) -> None:
        """Offer problems to tick; ``more``: there are further ones, which the unit narrows."""
        self.ticks.offer(problems)
        self.show_note("problems", "问题较多，只列出前面的；请先选被查单位" if more else "")

    def draft(self) -> VisitEntry:
        """The visit as filled in."""
        on = self.on.day()
        assert on is not None
        return VisitEntry(
            problems=self.ticks.chosen(),
            on=on,
            way=self.way.chosen(),
            found=str(value_of(self.found)),
            unit_id=self.unit.chosen(),
            place=self.place.text().strip(),
            people=self.people.text().strip(),
            result=self.result.chosen(),
            demand=str(value_of(self.demand)),
            due=self.due.day(),
            files=self.files.files(),
        )

    def _on_fault(self) -> str:
        on = self.on.day()
        return "检查日期晚于今天，请核对" if on and on > self.today else self.on.fault()

    def _due_fault(self) -> str:
        on, due = self.on.day(), self.due.day()
        if due and on and due < on:
            return "整改期限早于检查日期，请核对"
        if not due and value_of(self.demand) and not self.due.fault():
            return "提出了整改要求，请填写整改期限"
        return self.due.fault()

    def _demand_fault(self) -> str:
        return "请写明整改要求" if self.due.day() and not value_of(self.demand) else ""
