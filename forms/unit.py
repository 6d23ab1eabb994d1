"""单位: a unit of the unit list with its other names, or a group of units."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.rules.entries import UnitEntry
from desktop.rules.names import is_group_word, normal_name
from desktop.rules.records import Unit
from forms.base import Form, value_of
from forms.fields.phone import phone_fault
from forms.fields.text import TextArea, TextLine
from forms.fields.units import UnitPicker


class UnitForm(Form):
    """Enters a unit, or edits ``unit``; a name that another unit bears is refused with that unit's name."""

    key = "unit"

    def __init__(
        self,
        units: Sequence[Unit],
        unit: Unit | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("修改单位" if unit else "新增单位", parent)
        given = unit or Unit("", name, is_group=is_group_word(name))
        self.others = tuple(other for other in units if other.id != given.id)
        self.name = self.add("name", "单位名称", TextLine(given.name), self._name_fault)
        self.short = self.add("short_name", "简称", TextLine(given.short_name, "可不填"), self._short_fault, half=True)
        self.phone = self.add("phone", "联系电话", TextLine(given.phone), self._phone_fault, half=True)
        hint = "每行一个：旧名称、方案里的写法。导入方案时按这些名称认出本单位"
        aliases = TextArea("\n".join(given.aliases), 3)
        self.aliases = self.add("aliases", "其他名称", aliases, self._aliases_fault, hint)
        group = QCheckBox("这是一组单位（如各镇街），不是一个单位")
        group.setChecked(given.is_group)
        self.is_group = self.add("is_group", "分组", group)
        organisations = [other for other in self.others if not other.is_group]
        picker = UnitPicker(organisations)
        self.members = self.add("members", "包含的单位", picker)
        picker.set_chosen((member, "") for member in given.members)
        self.begin()

    def draft(self) -> UnitEntry:
        """The unit as filled in; members belong to a group only."""
        is_group = self.is_group.isChecked()
        return UnitEntry(
            name=self.name.text().strip(),
            short_name=self.short.text().strip(),
            is_group=is_group,
            aliases=self._alias_names(),
            members=tuple(unit_id for unit_id, _ in self.members.chosen()) if is_group else (),
            phone=self.phone.text().strip(),
        )

    def live(self) -> None:
        """Members are asked of a group; a name that sounds like a group is remarked on."""
        is_group = self.is_group.isChecked()
        self.show_field("members", is_group)
        sounds = is_group_word(self.name.text()) and not is_group
        self.show_note("name", "这像是一组单位的名称，是的话请勾选“分组”" if sounds else "")

    def _alias_names(self) -> tuple[str, ...]:
        lines = (line.strip() for line in str(value_of(self.aliases)).splitlines())
        own = {normal_name(self.name.text()), normal_name(self.short.text())}
        return tuple(dict.fromkeys(line for line in lines if line and normal_name(line) not in own))

    def _bearer(self, name: str) -> Unit | None:
        wanted = normal_name(name)
        return next((u for u in self.others if wanted in map(normal_name, (u.name, u.short_name, *u.aliases))), None)

    def _name_fault(self) -> str:
        name = self.name.text().strip()
        if not normal_name(name):
            return "请填写单位名称"
        return self._taken(name)

    def _short_fault(self) -> str:
        short = self.short.text().strip()
        return self._taken(short) if short else ""

    def _aliases_fault(self) -> str:
        return next((sentence for name in self._alias_names() if (sentence := self._taken(name))), "")

    def _taken(self, name: str) -> str:
        bearer = self._bearer(name)
        return f"“{name}”已是“{bearer.name}”的名称，请核对是否同一单位" if bearer else ""

    def _phone_fault(self) -> str:
        return phone_fault(self.phone.text())
