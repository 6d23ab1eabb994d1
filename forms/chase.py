"""督办: a rung of the ladder for problems of one unit, as one paper."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.rules.calendar import WorkingCalendar, notice_last_day
from desktop.rules.doc_numbers import doc_no_fault
from desktop.rules.entries import ChaseEntry
from desktop.rules.errors import Refused
from desktop.rules.followup import Rung
from desktop.rules.ladder import step_of
from desktop.rules.region import Region
from desktop.rules.wording import date_in_text
from forms.base import Form, value_of
from forms.fields.choice import Choice
from forms.fields.date_field import DateField
from forms.fields.number_field import NumberField
from forms.fields.problem_ticks import Offered, ProblemTicks
from forms.fields.text import TextArea


class ChaseForm(Form):
    """Issues a rung.

    ``units`` are pairs of id and name; ``numbers`` the next 文号 of each rung. Signals: ``unit_chosen(id)``, upon which
    the view gives the unit's problems to ``offer``. ``wish`` are rung, unit and problems that are chosen already.
    """

    key = "chase"
    unit_chosen = Signal(str)

    def __init__(
        self,
        region: Region,
        calendar: WorkingCalendar,
        today: date,
        units: Sequence[tuple[str, str]],
        numbers: Mapping[Rung, str],
        wish: tuple[Rung | None, str, Sequence[str]] = (None, "", ()),
        text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("发督办", parent, "登记")
        self.region, self.calendar, self.today, self.numbers = region, calendar, today, numbers
        self.set_subject("登记后可打印文书；一份文书只发一个单位，可以包括它的几个问题。不会自动发出。")
        rung, unit, problems = wish
        self.rung = self.add(
            "rung", "方式", Choice([(step.rung, step.words) for step in region.ladder], rung), half=True
        )
        self.unit = self.add("unit", "发给单位", Choice(units, unit), self._unit_fault, half=True)
        self.ticks = self.add("problems", "涉及问题", ProblemTicks(ticked=problems))
        matter = TextArea(text, 3)
        self.text = self.add("text", "事由和要求", matter, self.require("text", "事由和要求"))
        self.on = self.add("on", "发出日期", DateField(today, today), self._on_fault, half=True)
        self.due = self.add("due", "回复期限", DateField(today), self._due_fault, half=True)
        self.doc_no = self.add("doc_no", "文号", NumberField(), self._number_fault, "可留空，打印时再编", half=True)
        self._reckoned: tuple[str, str] = ("", "")
        self.unit.currentIndexChanged.connect(lambda _: self.unit_chosen.emit(self.unit.chosen()))
        self.begin()

    def offer(self, problems: Sequence[Offered], more: bool = False) -> None:
        """Offer the problems of the chosen unit; ``more``: there are further ones."""
        self.ticks.offer(problems)
        self.show_note("problems", "这个单位问题较多，只列出前面的；其他的请从问题的页面发督办" if more else "")

    def draft(self) -> ChaseEntry:
        """The paper as filled in."""
        on = self.on.day()
        assert on is not None
        return ChaseEntry(
            rung=Rung(self.rung.chosen()),
            unit_id=self.unit.chosen(),
            problems=self.ticks.chosen(),
            on=on,
            due=self.due.day(),
            text=str(value_of(self.text)),
            doc_no=self.doc_no.value(),
        )

    def live(self) -> None:
        """Offer the next number of the rung, and reckon the day of the answer when rung or day changed."""
        rung = self.rung.chosen()
        if not rung:
            self.show_refusal("地区模板没有设置督办台阶，不能登记。")
            return
        self.doc_no.suggest(self.numbers.get(Rung(rung), ""))
        on = self.on.day()
        asked = (rung, on.isoformat() if on else "")
        if asked != self._reckoned and on:
            self._reckoned = asked
            self._reckon(Rung(rung), on)

    def _reckon(self, rung: Rung, on: date) -> None:
        step = step_of(self.region, rung)
        if step is None:
            return
        try:
            due = notice_last_day(self.calendar, on, step.days)
        except Refused as refused:
            self.show_note("due", f"{refused.sentence}请自行填写回复期限。")
            return
        self.due.set_day(due)
        self.show_note("due", f"{step.words}按{step.days}个工作日回复，到{date_in_text(due)}；可以改")

    def _unit_fault(self) -> str:
        return "" if self.unit.chosen() else "请选择发给哪个单位"

    def _on_fault(self) -> str:
        on = self.on.day()
        return "发出日期晚于今天，请核对" if on and on > self.today else self.on.fault()

    def _due_fault(self) -> str:
        on, due = self.on.day(), self.due.day()
        return "回复期限早于发出日期，请核对" if on and due and due < on else self.due.fault()

    def _number_fault(self) -> str:
        return doc_no_fault(self.doc_no.value()) if self.doc_no.value() else ""
