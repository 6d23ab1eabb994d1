"""点位: one site entered or edited, many pasted as a table, some taken a step further together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.rules.entries import SiteEntry
from desktop.rules.followup import Site
from desktop.rules.records import CaseFile, Unit
from desktop.rules.site_rows import SiteRows, read_site_rows
from desktop.rules.sites import STAGE_WORDS, SiteStage, day_of, numbers_words, step_doubts, step_fault
from desktop.rules.wording import date_in_text
from forms.base import Check, Form, value_of
from forms.case_words import case_name, measure_entries
from forms.fields.choice import Choice
from forms.fields.date_field import DateField
from forms.fields.text import NumberLine, TextArea, TextLine
from forms.fields.units import UnitPicker

SHOWN = 6
PASTE_HINT = (
    "在 WPS 或 Excel 里选中表格（连同表头），复制后粘贴在这里。可认的列：序号、点位名称、地点、责任单位、完成时限、"
    "完成日期、自查自验日期、销号日期、批次、备注"
)


@dataclass(frozen=True, slots=True)
class SiteStep:
    """Which sites go which step on what day, with which batch and for what reason."""

    sites: tuple[str, ...]
    stage: SiteStage
    on: date
    batch: str = ""
    reason: str = ""


class SiteForm(Form):
    """Enters a site, or edits ``site``."""

    key = "site"

    def __init__(
        self,
        case: CaseFile,
        today: date,
        units: Sequence[Unit],
        site: Site | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("修改点位" if site else "新增点位", parent)
        self.case, self.today, self.site = case, today, site
        self.set_subject(case_name(case))
        number = site.number if site else max((held.number for held in case.sites), default=0) + 1
        self.number = self.add("number", "序号", NumberLine(number), self._number_fault, half=True)
        self.due = self.add("due", "完成时限", self._day(site.due if site else None), half=True)
        name = TextLine(site.name if site else "")
        self.site_name = self.add("name", "点位名称", name, self.require("name", "点位名称"))
        self.place = self.add("place", "地点", TextLine(site.place if site else "", "可不填"))
        measure = next((m.number for m in case.measures if site and m.id == site.measure_id), None)
        entries = measure_entries(case, "不对应具体措施")
        chosen = "" if measure is None else str(measure)
        self.measure = self.add("measure", "对应措施", Choice(entries, chosen))
        self.unit = self.add("unit", "责任单位", UnitPicker(units, most=1))
        if site and site.unit_id:
            self.unit.set_chosen([(site.unit_id, "")])
        self.days: dict[SiteStage, DateField] = {}
        for stage in SiteStage:
            field, words = self._day(day_of(site, stage) if site else None), f"{STAGE_WORDS[stage]}日期"
            self.days[stage] = self.add(f"{stage}_on", words, field, self._day_fault(stage), half=True)
        self.batch = self.add("batch", "销号批次", TextLine(site.batch if site else "", "可不填"), half=True)
        self.note = self.add("note", "备注", TextLine(site.note if site else "", "可不填"))
        self.begin_at(self.site_name)
        self.begin()

    def draft(self) -> SiteEntry:
        """The site as filled in."""
        measure, unit = self.measure.chosen(), self.unit.chosen()
        return SiteEntry(
            number=self.number.number() or 0,
            name=self.site_name.text().strip(),
            place=self.place.text().strip(),
            measure=int(measure) if measure else None,
            unit_id=unit[0][0] if unit else "",
            due=self.due.day(),
            done_on=self.days[SiteStage.DONE].day(),
            checked_on=self.days[SiteStage.CHECKED].day(),
            closed_on=self.days[SiteStage.CLOSED].day(),
            batch=self.batch.text().strip(),
            note=self.note.text().strip(),
        )

    def _day(self, day: date | None) -> DateField:
        return DateField(self.today, day, optional=True)

    def _number_fault(self) -> str:
        number, own = self.number.number(), self.site.id if self.site else ""
        if not number:
            return self.number.fault() or "请填写序号，从1起"
        taken = any(site.number == number and site.id != own for site in self.case.sites)
        return f"已有第{number}号点位，请换一个序号" if taken else ""

    def _day_fault(self, stage: SiteStage) -> Check:
        def fault() -> str:
            field = self.days[stage]
            day = field.day()
            if day is None:
                return field.fault()
            if day > self.today:
                return f"{STAGE_WORDS[stage]}日期晚于今天，请核对"
            for before in SiteStage:
                if before == stage:
                    break
                earlier = self.days[before].day()
                if earlier is None:
                    return f"请先填写{STAGE_WORDS[before]}日期"
                if earlier > day:
                    return f"早于{STAGE_WORDS[before]}日期，请核对"
            return ""

        return fault


class SitePasteForm(Form):
    """Takes a table of sites from the clipboard; what was read is shown before anything is saved."""

    key = "site_paste"

    def __init__(
        self, case: CaseFile, today: date, units: Sequence[Unit], parent: QWidget | None = None, text: str = ""
    ) -> None:
        super().__init__("粘贴点位", parent, "登记")
        self.case, self.today, self.units = case, today, tuple(units)
        self.set_subject(case_name(case))
        area = TextArea(text, 6, 12)
        area.setLineWrapMode(TextArea.LineWrapMode.NoWrap)
        self.text = self.add("text", "点位表格", area, self._fault, PASTE_HINT)
        self.preview = QLabel()
        self.preview.setWordWrap(True)
        self.preview.setTextFormat(Qt.TextFormat.PlainText)
        self.preview.setAccessibleName("读到的点位")
        self.rows.add("读到的内容", self.preview)
        self.begin()

    def read(self) -> SiteRows:
        """The sites in the text."""
        after = max((site.number for site in self.case.sites), default=0)
        return read_site_rows(self.text.toPlainText(), self.units, after)

    def draft(self) -> tuple[SiteEntry, ...]:
        """The sites as they will be saved."""
        return self.read().entries

    def live(self) -> None:
        """Show what was read, line by line, new and known ones apart."""
        found = self.read()
        known = {site.number for site in self.case.sites}
        new = [entry for entry in found.entries if entry.number not in known]
        again = len(found.entries) - len(new)
        if not self.text.toPlainText().strip():
            self.preview.setText("还没有粘贴内容")
            return
        head = f"读到{len(found.entries)}个点位：新增{len(new)}个，更新已有的{again}个"
        lines = [f"第{entry.number}号　{entry.name}{_facts(entry)}" for entry in found.entries[:SHOWN]]
        more = [f"……其余{len(found.entries) - SHOWN}个从略"] if len(found.entries) > SHOWN else []
        self.preview.setText("\n".join([head, *lines, *more]))

    def _fault(self) -> str:
        found = self.read()
        if found.faults:
            rest = len(found.faults) - SHOWN
            tail = [f"还有{rest}行读不出"] if rest > 0 else []
            return "\n".join([*found.faults[:SHOWN], *tail])
        return "" if found.entries else "请粘贴点位表格"


class SiteStepForm(Form):
    """Lets the chosen sites go a step further together."""

    key = "site_step"

    def __init__(
        self,
        case: CaseFile,
        today: date,
        sites: Sequence[Site],
        stage: SiteStage,
        parent: QWidget | None = None,
    ) -> None:
        words = STAGE_WORDS[stage]
        super().__init__(f"点位批量{words}", parent, f"登记{words}")
        self.case, self.today, self.sites, self.stage = case, today, tuple(sites), stage
        self.set_subject(f"{case_name(case)}\n已选{len(self.sites)}个点位：{numbers_words(self.sites)}")
        self.on = self.add("on", f"{words}日期", DateField(today, today), half=True)
        self.batch: TextLine | None = None
        if stage == SiteStage.CLOSED:
            line = TextLine("", "如 第一批")
            self.batch = self.add("batch", "销号批次", line, self.require("batch", "销号批次"), half=True)
        doubts = step_doubts(case, self.sites, stage)
        self.reason: TextArea | None = None
        if doubts:
            area = TextArea("", 2)
            note = f"{'；'.join(doubts)}，需要说明理由，理由记入点位备注并随清单打印"
            self.reason = self.add("reason", "理由", area, self.require("reason", "理由"), note, note_first=True)
        self.begin()

    def draft(self) -> SiteStep:
        """The step as filled in."""
        batch = self.batch.text().strip() if self.batch else ""
        reason = str(value_of(self.reason)) if self.reason else ""
        return SiteStep(tuple(s.id for s in self.sites), self.stage, self.on.day() or self.today, batch, reason)

    def live(self) -> None:
        """Ask the rules whether these sites may go that step on that day."""
        fault = step_fault(self.sites, self.stage, self.on.day() or self.today, self.today)
        self.show_refusal(f"现在不能登记：{fault}。" if fault else "")


def _facts(entry: SiteEntry) -> str:
    parts = [entry.place, f"{date_in_text(entry.due)}前" if entry.due else "", entry.batch]
    return "".join(f"　{part}" for part in parts if part)
