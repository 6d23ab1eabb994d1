"""亮灯判定: the light of a month as a clerk decides it, with the reason."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.rules.entries import LightEntry
from desktop.rules.lights import SHAPES, LightState
from desktop.rules.records import CaseFile
from desktop.rules.region_chasing import Light, Lights
from desktop.rules.wording import month_in_text
from forms.base import Form, value_of
from forms.case_words import case_name
from forms.fields.choice import Choice
from forms.fields.text import TextLine


class LightForm(Form):
    """Decides the light of one of ``months``, each with the light it has now; the latest month comes first."""

    key = "light"

    def __init__(
        self,
        case: CaseFile,
        today: date,
        lights: Lights,
        months: Sequence[tuple[str, LightState]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("判定亮灯", parent)
        self.case, self.today = case, today
        self.states = dict(months)
        self.lights = lights
        self.set_subject(case_name(case))
        named = [(month, month_in_text(month)) for month, _ in months]
        self.month = self.add("month", "月份", Choice(named), half=True)
        entries = [(light, f"{SHAPES[light]}{lights.word(light)}") for light in Light]
        shown = months[0][1].light if months else Light.GOOD
        self.light = self.add("light", "亮灯", Choice(entries, shown), half=True)
        hint = "与建议不同时必须写明，如：被省生态环境警示片曝光"
        self.reason = self.add("reason", "理由", TextLine(), self._reason_fault, hint)
        self.begin()

    def draft(self) -> LightEntry:
        """The decision as filled in."""
        return LightEntry(self.month.chosen(), Light(self.light.chosen()), str(value_of(self.reason)))

    def live(self) -> None:
        """Say beside the month what is suggested for it and why."""
        state = self.states.get(self.month.chosen())
        if state is None:
            return
        words = f"建议{self.lights.word(state.suggested)}"
        if state.is_decided:
            words += f"，现判定为{state.word}"
        self.show_note("month", words + (f"（{'；'.join(state.reasons)}）" if state.reasons else ""))

    def _reason_fault(self) -> str:
        state = self.states.get(self.month.chosen())
        differs = state is not None and (state.is_decided or self.light.chosen() != state.suggested)
        return "请填写理由" if differs and not value_of(self.reason) else ""
