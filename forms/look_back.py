"""回头看: a check after closing, whether the result holds; 反弹 can begin the rectification anew at once."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.rules.entries import StepEntry
from desktop.rules.look_back import HOLDS, RELAPSED, RESULTS, WAYS, suggested_look_back
from desktop.rules.records import CaseFile, StepAction
from desktop.rules.region import Region
from forms.base import value_of
from forms.fields.choice import Choice
from forms.fields.date_field import DateField
from forms.fields.text import TextLine
from forms.step import StepForm


class LookBackForm(StepForm):
    """Registers a look-back with its conclusion, who went and when to look again (domain §7)."""

    key = "look_back"
    action = StepAction.LOOK_BACK

    def __init__(self, case: CaseFile, region: Region, today: date, parent: QWidget | None = None) -> None:
        super().__init__(case, region, today, parent)
        self.add_day("回头看日期")
        self.result = self.add("result", "结论", Choice([(word, word) for word in RESULTS]), half=True)
        ways = [(word, word) for word in WAYS] + [("", "不注明")]
        self.way = self.add("way", "方式", Choice(ways), half=True)
        self.people = self.add("people", "检查人员", TextLine("", "多人用顿号分开"), half=True)
        self.add_text("检查情况", hint="写明检查内容和发现的情况", needed="请填写检查情况", least=3)
        self.reopens = self.add("reopens", "反弹处理", QCheckBox("同时登记重新整改，五个环节重新办理"))
        next_on = DateField(today, suggested_look_back(today, region), optional=True)
        self.next_on = self.add("next_on", "下次回头看", next_on, hint="到这一天列入待办，可以改，也可以不填")
        self._was_relapse = False
        self.add_papers()

    def draft(self) -> StepEntry:
        """The look-back as filled in; where it reopens the problem no further day is set."""
        reopens = self._relapsed() and self.reopens.isChecked()
        return replace(
            super().draft(),
            result=str(value_of(self.result)),
            way=self.way.chosen(),
            people=self.people.text().strip(),
            next_on=None if reopens else self.next_on.day(),
            reopens=reopens,
        )

    def live(self) -> None:
        """Offer to reopen where something has come back; 反弹 does so unless the clerk says otherwise."""
        super().live()
        relapsed = self.result.chosen() == RELAPSED
        if relapsed != self._was_relapse:
            self._was_relapse = relapsed
            self.reopens.blockSignals(True)
            self.reopens.setChecked(relapsed)
            self.reopens.blockSignals(False)
        self.show_field("reopens", self._relapsed())
        self.show_field("next_on", not (self._relapsed() and self.reopens.isChecked()))

    def _relapsed(self) -> bool:
        return self.result.chosen() != HOLDS
