"""回头看: a check after closing, whether the result holds."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.rules.entries import StepEntry
from desktop.rules.records import CaseFile, StepAction
from desktop.rules.region import Region
from forms.base import value_of
from forms.fields.choice import Choice
from forms.step import StepForm

RESULTS = ("巩固", "部分反弹", "反弹")
WAYS = ("明查", "暗访", "")


class LookBackForm(StepForm):
    """Registers a look-back with its conclusion (domain §7)."""

    key = "look_back"
    action = StepAction.LOOK_BACK

    def __init__(self, case: CaseFile, region: Region, today: date, parent: QWidget | None = None) -> None:
        super().__init__(case, region, today, parent)
        self.add_day("回头看日期")
        self.result = self.add("result", "结论", Choice([(word, word) for word in RESULTS]), half=True)
        self.way = self.add("way", "方式", Choice([(word, word or "不注明") for word in WAYS]), half=True)
        hint = "写明检查人员、检查内容和发现的情况"
        self.add_text("检查情况", hint=hint, needed="请填写检查情况", least=3)
        self.add_papers()

    def draft(self) -> StepEntry:
        """The look-back; the way of checking stands at the head of its text."""
        entry = super().draft()
        way = self.way.chosen()
        text = f"{way}：{entry.text}" if way and entry.text else entry.text
        return replace(entry, text=text, result=str(value_of(self.result)))

    def live(self) -> None:
        """Name the way on where something has come back."""
        super().live()
        relapsed = self.result.chosen() != RESULTS[0]
        self.show_note("result", "登记后，确需继续整改的请办理重新整改" if relapsed else "")
