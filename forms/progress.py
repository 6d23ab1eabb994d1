"""月调度: one measure's progress in one month, or that of the whole problem."""

from datetime import date

from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.rules.entries import ProgressEntry
from desktop.rules.records import CaseFile, Measure, Progress
from desktop.rules.status_words import measure_percent, read_claim
from desktop.rules.wording import chinese_number, date_in_text, result_of
from forms.base import Form, value_of
from forms.case_words import case_name, head_of, measure_entries
from forms.fields.choice import Choice
from forms.fields.files import FileList
from forms.fields.text import NumberLine, TextArea
from forms.rows import beside

MONTHS_BACK = 12


class ProgressForm(Form):
    """Reports progress: last month's text on request, percent and count suggested by the text and by each other.

    Attributes: ``same`` says 与上月相同 while the text repeats the month before.
    """

    key = "progress"

    def __init__(
        self,
        case: CaseFile,
        today: date,
        measure: int | None = None,
        month: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("填报进展", parent)
        self.case, self.today = case, today
        self.set_subject(case_name(case))
        entries = measure_entries(case, "整个问题")
        first = measure if measure is not None else next((m.number for m in case.measures if not m.is_done), None)
        self.measure = self.add("measure", "整改措施", Choice(entries, str(first) if first is not None else ""))
        months = [(name, month_words(name)) for name in _months(today, month)]
        self.month = self.add("month", "所属月份", Choice(months, month or f"{today:%Y-%m}"))
        self.text = self.add("text", "本月进展", TextArea("", 4), self._text_fault)
        self._add_repeat()
        self.percent = self.add("percent", "完成比例（%）", NumberLine(), self._percent_fault, half=True)
        self.quantity = self.add("quantity", "累计完成数量", NumberLine(), half=True)
        self._add_suggestion()
        self.add("difficulty", "存在问题及原因", TextArea("", 2))
        self.add("next_step", "下步措施", TextArea("", 2))
        self.files = self.add("files", "佐证材料", FileList())
        self.begin_at(self.text)
        self.begin()

    def draft(self) -> ProgressEntry:
        """The entry as filled in."""
        chosen = self.chosen_measure()
        return ProgressEntry(
            text=str(value_of(self.text)),
            measure=chosen.number if chosen else None,
            percent=self.percent.number(),
            quantity=self.quantity.number(),
            month=self.month.chosen(),
            difficulty=str(value_of(self.fields["difficulty"].widget)),
            next_step=str(value_of(self.fields["next_step"].widget)),
            files=self.files.files(),
        )

    def chosen_measure(self) -> Measure | None:
        """The measure reported on, None for the whole problem."""
        number = self.measure.chosen()
        return next((m for m in self.case.measures if str(m.number) == number), None)

    def earlier(self) -> Progress | None:
        """The latest entry of the months before, on the same measure."""
        chosen = self.chosen_measure()
        row, month = chosen.id if chosen else "", self.month.chosen()
        found = [p for p in self.case.progress if p.measure_id == row and p.month < month]
        return max(found, key=lambda p: (p.month, p.on), default=None)

    def repeat(self) -> None:
        """Take over the last month's text, to be changed where something has changed."""
        earlier = self.earlier()
        if earlier is not None:
            self.text.setPlainText(earlier.text)
            self.text.setFocus()

    def suggested(self) -> tuple[int | None, int | None]:
        """Percent and count that text and the other figure suggest, where they differ from what is filled in."""
        claim, chosen = read_claim(str(value_of(self.text))), self.chosen_measure()
        promised = chosen.quantity if chosen else None
        percent, quantity = self.percent.number(), self.quantity.number()
        counted = quantity if quantity is not None else claim.quantity_done
        share = claim.percent if claim.percent is not None else measure_percent(counted, promised)
        count = claim.quantity_done
        if count is None and promised and percent is not None:
            count = percent * promised // 100
        return (share if share != percent else None, count if count != quantity else None)

    def take_suggestion(self) -> None:
        """Fill in what is suggested."""
        percent, quantity = self.suggested()
        if percent is not None:
            self.percent.setText(str(percent))
        if quantity is not None:
            self.quantity.setText(str(quantity))

    def live(self) -> None:
        """Show measure, repeated text and suggestions as they stand now."""
        chosen, earlier = self.chosen_measure(), self.earlier()
        self.show_note("measure", _measure_note(chosen) if chosen else "填报整个问题的总体进展")
        before = f"{month_words(earlier.month)}：{head_of(earlier.text, 80)}" if earlier else "以前没有填报过"
        self.last.setText(before)
        self.repeat_button.setEnabled(earlier is not None)
        text = "".join(str(value_of(self.text)).split())
        self.same.setVisible(bool(earlier and text and text == "".join(earlier.text.split())))
        self._show_figures(chosen, earlier)

    def _show_figures(self, chosen: Measure | None, earlier: Progress | None) -> None:
        promised = chosen.quantity if chosen else None
        unit = chosen.quantity_unit if chosen else ""
        self.show_note("quantity", f"应完成{promised}{unit}" if promised is not None else "")
        percent = self.percent.number()
        falls = bool(earlier and earlier.percent is not None and percent is not None and percent < earlier.percent)
        self.show_note("percent", f"低于上次填报的{earlier.percent}%，请核对" if earlier and falls else "")
        share, count = self.suggested()
        words = [f"完成比例{share}%"] if share is not None else []
        words += [f"完成数量{count}{unit}"] if count is not None else []
        self.suggestion.setText(f"按文字和数量为：{'，'.join(words)}" if words else "")
        for part in (self.suggestion_row, self.suggestion_label):
            if part is not None:
                part.setVisible(bool(words))

    def _text_fault(self) -> str:
        return "" if value_of(self.text) else "请填写本月进展"

    def _percent_fault(self) -> str:
        number = self.percent.number()
        if number is not None and not 0 <= number <= 100:
            return "完成比例应在 0 到 100 之间"
        return self.percent.fault()

    def _add_repeat(self) -> None:
        self.last, self.same = QLabel(), QLabel("与上月相同")
        self.last.setObjectName("hint")
        self.last.setWordWrap(True)
        self.same.setObjectName("badge")
        self.same.setProperty("tone", "warn")
        self.repeat_button = QPushButton("沿用上月内容")
        self.repeat_button.setAutoDefault(True)
        self.repeat_button.clicked.connect(self.repeat)
        self.rows.add("上次填报", beside(self.last, self.same, self.repeat_button))

    def _add_suggestion(self) -> None:
        self.suggestion = QLabel()
        self.suggestion.setObjectName("hint")
        self.suggestion.setWordWrap(True)
        take = QPushButton("采用")
        take.setAutoDefault(True)
        take.clicked.connect(self.take_suggestion)
        self.suggestion_row = beside(self.suggestion, take)
        self.suggestion_label = self.rows.add("推算", self.suggestion_row)


def month_words(month: str) -> str:
    """2026-11 as 2026年11月."""
    year, _, number = month.partition("-")
    return f"{year}年{int(number)}月"


def _months(today: date, month: str) -> list[str]:
    """This month and those before, and the one asked for where it is none of them."""
    count = today.year * 12 + today.month - 1
    names = [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(count, count - MONTHS_BACK, -1)]
    return names if not month or month in names else [month, *names]


def _measure_note(measure: Measure) -> str:
    due = f"时限{date_in_text(measure.due)}。" if measure.due else ""
    result = result_of(measure)
    now = f"目前：{result}" if result else ""
    return f"（{chinese_number(measure.number)}）{head_of(measure.text, 90)}　{due}{now}"
