"""佐证材料: files of proof, several at once, each with the paper it is."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.rules.checks import check_claimed_date
from desktop.rules.entries import EvidenceEntry
from desktop.rules.followup import Site
from desktop.rules.needed import all_papers
from desktop.rules.records import GATE_WORDS, CaseFile, Gate
from desktop.rules.region import Region
from desktop.rules.wording import date_in_text
from forms.base import Form, value_of
from forms.case_words import case_name, measure_entries
from forms.fields.choice import Choice
from forms.fields.date_field import DateField
from forms.fields.files import FileList
from forms.fields.text import TextArea, TextLine

TAKEN_HINT = "照片内有拍摄日期的，收入后自动读出；此处填写的优先"
_SHOWN = 2  # remarks on single pictures; of more only the number is told
_COPIES = (("", "按文件类型"), ("original", "原件"), ("copy", "复印件"))


class EvidenceForm(Form):
    """Takes in proof of a problem, one of its measures, or one of its gates."""

    key = "evidence"

    def __init__(
        self,
        case: CaseFile,
        region: Region,
        today: date,
        measure: int | None = None,
        gate: Gate | None = None,
        site: Site | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("收入佐证材料", parent, "收入")
        self.case, self.region, self.today, self.site = case, region, today, site
        self.set_subject(case_name(case) + (f"\n点位{site.number}　{site.name}" if site else ""))
        self.files = self.add("files", "文件", FileList(all_papers(case, region, gate)), self._files_fault)
        self.text = self.add("text", "说明", TextArea("", 2), hint="例如：整改前、整改后，拍的是什么")
        chosen = str(measure) if measure is not None else ""
        self.measure = self.add("measure", "对应措施", Choice(measure_entries(case, "不对应具体措施"), chosen))
        gates = [("", "不属于具体环节"), *((g.value, GATE_WORDS[g]) for g in region.gate_order)]
        self.gate = self.add("gate", "所属环节", Choice(gates, gate.value if gate else ""), half=True)
        self._picture_days: dict[str, date | None] = {}
        day = DateField(today, optional=True)
        self.taken_on = self.add("taken_on", "拍摄日期", day, self._taken_fault, TAKEN_HINT, half=True)
        self.place = self.add("place", "拍摄地点", TextLine(site.place if site else "", "可不填"))
        self.maker = self.add("maker", "形成单位", TextLine("", "印在佐证材料目录里，可不填"), half=True)
        self.is_copy = self.add("is_copy", "原件/复印件", Choice(_COPIES), half=True)
        self.begin()

    def draft(self) -> EvidenceEntry:
        """The files with what is said of them."""
        measure, gate = self.measure.chosen(), self.gate.chosen()
        return EvidenceEntry(
            files=self.files.files(),
            text=str(value_of(self.text)),
            gate=Gate(gate) if gate else None,
            measure=int(measure) if measure else None,
            place=self.place.text().strip(),
            taken_on=self.taken_on.day(),
            papers=self.files.papers_chosen(),
            maker=self.maker.text().strip(),
            is_copy={"copy": True, "original": False}.get(self.is_copy.chosen()),
            site=self.site.id if self.site else "",
        )

    def live(self) -> None:
        """The remark helps to tell which paper a file is; the days inside the pictures are held against the claimed."""
        self.files.set_remark(str(value_of(self.text)))
        self.show_note("taken_on", self._taken_note())

    def note_picture(self, path: str, day: date | None) -> None:
        """Tell which day a camera wrote into a picture of the list, None for none; the view reads it."""
        self._picture_days[path] = day
        self.live()

    def _taken_note(self) -> str:
        claimed, listed = self.taken_on.day(), self.files.files()
        days = {Path(path).name: self._picture_days[path] for path in listed if path in self._picture_days}
        if claimed is None:
            known = sorted({day for day in days.values() if day})
            return f"照片内的拍摄日期：{'、'.join(map(date_in_text, known))}，收入后自动登记" if known else TAKEN_HINT
        found = [finding.sentence for name, day in days.items() for finding in check_claimed_date(name, claimed, day)]
        more = f"；另有{len(found) - _SHOWN}张，请逐张核对" if len(found) > _SHOWN else ""
        return "；".join(found[:_SHOWN]) + more if found else TAKEN_HINT

    def _files_fault(self) -> str:
        return self.files.fault() if self.files.files() else "请拖入、粘贴或选择文件"

    def _taken_fault(self) -> str:
        day = self.taken_on.day()
        return "拍摄日期晚于今天，请核对" if day and day > self.today else self.taken_on.fault()
