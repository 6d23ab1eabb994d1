"""人员: a leader, clerk or contact."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.rules.entries import PersonEntry
from desktop.rules.records import Person, Unit
from forms.base import Form
from forms.fields.phone import phone_fault
from forms.fields.text import TextLine
from forms.fields.units import UnitPicker


class PersonForm(Form):
    """Enters a person, or edits ``person``; a name that the unit has already is asked."""

    key = "person"

    def __init__(
        self,
        units: Sequence[Unit],
        people: Sequence[Person] = (),
        person: Person | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("修改人员" if person else "新增人员", parent)
        self.people, self.person = tuple(people), person
        given = person or Person("", "")
        self.name = self.add("name", "姓名", TextLine(given.name), self._name_fault, half=True)
        self.post = self.add("post", "职务", TextLine(given.post, "如 副区长、局长"), half=True)
        organisations = [unit for unit in units if not unit.is_group]
        self.unit = self.add("unit", "所在单位", UnitPicker(organisations, most=1))
        self.phone = self.add("phone", "联系电话", TextLine(given.phone), self._phone_fault, half=True)
        leader = QCheckBox("区领导或单位主要负责人（第一责任人）")
        leader.setChecked(given.is_leader)
        self.is_leader = self.add("is_leader", "领导", leader)
        self.unit.set_chosen([(given.unit_id, "")])
        self.begin()

    def draft(self) -> PersonEntry:
        """The person as filled in."""
        chosen = self.unit.chosen()
        return PersonEntry(
            name=self.name.text().strip(),
            post=self.post.text().strip(),
            unit_id=chosen[0][0] if chosen else "",
            phone=self.phone.text().strip(),
            is_leader=self.is_leader.isChecked(),
        )

    def _name_fault(self) -> str:
        name = self.name.text().strip()
        if not name:
            return "请填写姓名"
        own, chosen = self.person.id if self.person else "", self.unit.chosen()
        unit_id = chosen[0][0] if chosen else ""
        same = [p for p in self.people if p.name == name and p.unit_id == unit_id and p.id != own]
        return f"人员中已有同单位的“{name}”，请核对是否重复" if same else ""

    def _phone_fault(self) -> str:
        return phone_fault(self.phone.text())
