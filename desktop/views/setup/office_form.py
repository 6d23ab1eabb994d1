"""The office that keeps the ledger, and what it writes on its papers."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QComboBox, QLineEdit

from desktop.rules.doc_numbers import LETTER
from forms.base import Form, value_of


class OfficeForm(Form):
    """Emits the settings of the office as a mapping of texts."""

    key = "office"

    def __init__(self, values: Mapping[str, str], regions: Sequence[tuple[str, str]]) -> None:
        super().__init__("本单位")
        self.cancel_button.hide()
        # The tab has this name already.
        self.heading.hide()
        self.submit_button.setObjectName("primary")
        self.add("name", "单位名称", QLineEdit(), self._needs_name, "即台账由谁建立，写入每一条记录和文书。")
        self.add("district", "区县", QLineEdit(), hint="文书中的区县名，如“蒸湘区”。")
        choice = QComboBox()
        for key, words in regions:
            choice.addItem(words, key)
        self.add("region", "地区模板", choice, hint="决定销号环节的次序、公示天数和文书样式。")
        issuer = QLineEdit()
        issuer.setPlaceholderText("与单位名称相同的不用填")
        self.add("issuer", "发文署名", issuer, hint="函、通报落款的名称，须与印章一致。")
        self.add("contact", "联系人", QLineEdit())
        self.add("phone", "联系电话", QLineEdit())
        self.add("signers", "签发人", QLineEdit(), hint="多人用顿号分开，印在请示的签发人处。")
        self.add("checker", "审核人", QLineEdit(), self._checker_is_another, "办理一个环节的人不能同时是它的审核人。")
        self.add("series", "发文代字", QLineEdit(), hint="如“蒸区委”，用来提示请示、通知等的下一个文号。", half=True)
        self.add("letter_series", "函的发文代字", QLineEdit(), self._letter_series, "如“蒸区委函”。", half=True)
        self.restore(dict(values))

    def draft(self) -> dict[str, str]:
        """What is filled in, by the names of the settings."""
        return {name: str(value_of(field.widget) or "") for name, field in self.fields.items()}

    def _needs_name(self) -> str:
        return self.require("name", "单位名称")()

    def _letter_series(self) -> str:
        words = self.draft()["letter_series"].strip()
        return "函另编一个系列，代字应以“函”结尾" if words and not words.endswith(LETTER) else ""

    def _checker_is_another(self) -> str:
        same = self.draft()["checker"] and self.draft()["checker"] == self.draft()["contact"]
        return "审核人不能就是经办的联系人，请另填一人" if same else ""
