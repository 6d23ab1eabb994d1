"""签章扫描件: the files of the signed and sealed paper, the number and the date that stand on it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.rules.archive import ArchivedPaper
from desktop.rules.doc_numbers import doc_no_fault
from desktop.rules.entries import ScanEntry
from desktop.rules.errors import Refused
from desktop.rules.number_list import numbers_in_words, read_numbers
from forms.base import Form
from forms.fields.date_field import DateField
from forms.fields.files import FileList
from forms.fields.number_field import NumberField
from forms.fields.text import TextLine

_ENDINGS = (".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".webp", ".gif")


class SignedScanForm(Form):
    """Attaches the scan of a printed paper; ``suggested`` is the number it would have next, where it has none yet.

    ``named`` are the numbers of the problems for which the scan will count; none: it counts for no problem, and is
    not asked.
    """

    key = "signed_scan"

    def __init__(
        self,
        paper: ArchivedPaper,
        today: date,
        numbered: bool,
        suggested: str = "",
        parent: QWidget | None = None,
        *,
        named: Sequence[int] = (),
    ) -> None:
        super().__init__("存入签章件", parent, "存入")
        self.today, self.numbered = today, numbered
        about = "　".join(part for part in (paper.name, paper.doc_no or "文号留空", paper.title) if part)
        self.set_subject(about if numbered else f"{paper.name}　{paper.title}")
        hint = "扫描成一个PDF，或按页拍照、逐页选择；多个文件按清单的次序存放"
        self.files = self.add("files", "扫描件", FileList(), self._files_fault, hint)
        self.doc_no = NumberField()
        self.doc_no.set_value(paper.signed_no)
        self.doc_no.suggest("" if paper.signed_no else suggested)
        if numbered:
            self.add("doc_no", "文号", self.doc_no, self._number_fault, half=True)
        self.on = self.add("on", "成文日期", DateField(today, paper.signed_on or today), self._day_fault, half=True)
        self.problems = TextLine(numbers_in_words(named))
        if named:
            words = "这份文书写明的每个问题都算有了它；写了几个问题就填几个，如 3、5、8—10"
            self.add("problems", "写明的问题", self.problems, self._problems_fault, words)
        self.begin()

    def draft(self) -> ScanEntry:
        """The scan as filled in."""
        doc_no, named = self.doc_no.value() if self.numbered else "", read_numbers(self.problems.text())
        return ScanEntry(self.files.files(), doc_no, self.on.day(), named)

    def _files_fault(self) -> str:
        names = self.files.files()
        if not names:
            return "请拖入、粘贴或选择签字盖章后的扫描件"
        strange = next((name for name in names if not name.lower().endswith(_ENDINGS)), "")
        return f"“{Path(strange).name}”不是PDF或图片" if strange else self.files.fault()

    def _problems_fault(self) -> str:
        try:
            return "" if read_numbers(self.problems.text()) else "请填写问题序号"
        except Refused as refused:
            return refused.sentence.partition("，没有保存")[0]

    def _number_fault(self) -> str:
        if not self.doc_no.value():
            return "请填写签章件上的文号"
        return doc_no_fault(self.doc_no.value())

    def _day_fault(self) -> str:
        day = self.on.day()
        return "成文日期晚于今天，请核对" if day and day > self.today else self.on.fault()
