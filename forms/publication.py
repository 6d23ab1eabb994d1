"""公开: where and when something of the problem was put before the public, with its screenshot."""

from datetime import date

from PySide6.QtWidgets import QWidget

from desktop.rules.entries import PublicationEntry
from desktop.rules.followup import Publication
from desktop.rules.records import CaseFile
from forms.base import Form
from forms.case_words import case_name
from forms.fields.choice import Choice
from forms.fields.date_field import DateField
from forms.fields.files import FileList
from forms.fields.text import TextLine

SUBJECTS = ("整改方案", "整改进展", "整改完成情况", "销号结果")


class PublicationForm(Form):
    """Registers a publication, or corrects ``publication``; a new screenshot takes the place of the old one."""

    key = "publication"

    def __init__(
        self, case: CaseFile, today: date, publication: Publication | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__("修改公开记录" if publication else "登记公开", parent)
        self.case, self.today = case, today
        self.set_subject(case_name(case))
        held = publication
        day = DateField(today, held.on if held else today)
        self.on = self.add("on", "公开日期", day, self._day_fault, half=True)
        words = dict.fromkeys((*SUBJECTS, *([held.subject] if held and held.subject else [])))
        subjects = [*((word, word) for word in words), ("", "不注明")]
        self.about = self.add("about", "公开内容", Choice(subjects, held.subject if held else None), half=True)
        platform = TextLine(held.platform if held else "", "如 区政府门户网站")
        self.platform = self.add("platform", "平台", platform, self.require("platform", "公开的平台"))
        title = TextLine(held.title if held else "")
        self.headline = self.add("title", "标题", title, self.require("title", "公开的标题"))
        self.url = self.add("url", "网址", TextLine(held.url if held else "", "网页地址，没有的可不填"))
        self.files = self.add("files", "网页截图", FileList(), hint="收入佐证材料，作为这次公开的凭证")
        self.begin()

    def draft(self) -> PublicationEntry:
        """The publication as filled in."""
        return PublicationEntry(
            on=self.on.day() or self.today,
            platform=self.platform.text().strip(),
            title=self.headline.text().strip(),
            subject=self.about.chosen(),
            url=self.url.text().strip(),
            files=self.files.files(),
        )

    def _day_fault(self) -> str:
        day = self.on.day()
        return "公开日期晚于今天，请核对" if day and day > self.today else self.on.fault()
