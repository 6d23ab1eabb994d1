"""What must be known to make a ledger: the office that keeps it, where it lies, who makes it."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from desktop.operations.profile import load_region, region_keys
from desktop.settings import Settings
from desktop.views import questions
from forms.base import Form, value_of

if TYPE_CHECKING:
    from desktop.operations.packages.start_package import StartOffer

_FORBIDDEN = set('\\/:*?"<>|')


@dataclass(frozen=True, slots=True)
class StartWish:
    """初始包 that the clerk opened: what it says, and the passphrase it opened with."""

    offer: "StartOffer"
    passphrase: str = ""


@dataclass(frozen=True, slots=True)
class NewLedger:
    """A ledger to be made: folder, office, region profile, the person who makes it, and by which 初始包 if any."""

    folder: Path
    office: str
    region: str
    person: str
    wish: StartWish | None = None


class FolderField(QWidget):
    """A folder as text that can be typed or chosen. It has the value protocol of the forms."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.line = QLineEdit()
        self.setFocusProxy(self.line)
        self.changed = self.line.textChanged
        button = QPushButton("选择…")
        button.setAccessibleName(title)
        button.clicked.connect(self._choose)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line, 1)
        layout.addWidget(button)

    def value(self) -> str:
        """The folder as text."""
        return self.line.text().strip()

    def set_value(self, value: object) -> None:
        """Put a folder in."""
        self.line.setText(str(value or ""))

    def _choose(self) -> None:
        folder = questions.ask_folder(self._title, Path(self.value()) if self.value() else None)
        if folder is not None:
            self.set_value(folder)


class NewLedgerPanel(Form):
    """Emits a NewLedger. Attributes: ``wish``, 初始包 by which the ledger is made; None without one."""

    key = "new_ledger"

    def __init__(self, settings: Settings) -> None:
        super().__init__("新建台账", submit_words="建立台账")
        self._settings = settings
        self.wish: StartWish | None = None
        self.submit_button.setObjectName("primary")
        self.unit = QComboBox()
        self.add("unit", "本单位是", self.unit, hint="从初始包的单位名册里选，名称与上级登记的一致，上级才认得出。")
        self.add("office", "单位名称", QLineEdit(), self._office_fault, "如“蒸湘区整改办”，写入每一条记录和文书。")
        self.add("name", "台账名称", QLineEdit(), self._name_fault, "就是台账文件夹的名字。")
        place = FolderField("台账放在哪个文件夹")
        self.add("parent", "放在", place, self._parent_fault, "请放在本机硬盘上，不要放在U盘里。")
        choice = QComboBox()
        for key in region_keys():
            choice.addItem(load_region(key).name, key)
        self.add("region", "地区模板", choice, hint="决定销号环节的次序、公示天数和文书样式，以后可以改。")
        self.add("person", "您的姓名", QLineEdit(), self.require("person", "您的姓名"), "每一步由谁办理都会记入历史。")
        office = self.fields["office"].widget
        assert isinstance(office, QLineEdit)
        office.textEdited.connect(self._propose_name)
        self.unit.activated.connect(lambda _: self._take_unit())
        self._proposed = ""

    def start(self, wish: StartWish | None = None) -> None:
        """Begin anew, with what is known already, and what 初始包 tells when there is one."""
        self._proposed, self.wish = "", wish
        known: dict[str, object] = {key: self._settings.text(key) for key in ("office", "person")}
        if self._settings.text("region") in region_keys():
            known["region"] = self._settings.text("region")
        if wish is not None:
            known |= {"region": wish.offer.region} if wish.offer.region else {}
        self._offer_units(wish, str(known["office"]))
        self.restore({"name": "", "parent": str(self._settings.data_folder()), **known})
        self._propose_name(str(known["office"]))
        for name in self.fields:
            self.show_fault(name, "")
        first = "unit" if wish is not None and self.unit.currentIndex() <= 0 else "office"
        self.fields[first if first == "unit" or not known["office"] else "person"].widget.setFocus()

    def _offer_units(self, wish: StartWish | None, office: str) -> None:
        """The units of 初始包 to choose from; without one the field is not shown."""
        self.unit.clear()
        self.show_field("unit", wish is not None)
        # The region comes with the package where its profile is at hand.
        self.show_field("region", wish is None or not wish.offer.region)
        self.heading.setText("按初始包建立台账" if wish else self.title)
        if wish is None:
            self.set_subject("")
            return
        offer = wish.offer
        day = f"{offer.made.year}年{offer.made.month}月{offer.made.day}日"
        self.set_subject(f"“{offer.hub}”{day}制作的初始包，名册中有{len(offer.units)}个单位。建立后先核对它的确认单。")
        self.unit.addItem("（请选择，名册中没有的在下面填写）", "")
        for name in offer.units:
            self.unit.addItem(name, name)
        self.unit.setCurrentIndex(max(0, self.unit.findData(office)))

    def _take_unit(self) -> None:
        name = self.unit.currentData()
        if name:
            self.restore({"office": name})
            self._propose_name(name)

    def draft(self) -> NewLedger:
        """What is filled in."""
        folder = Path(self._text("parent")) / self._text("name")
        return NewLedger(folder, self._text("office"), self._text("region"), self._text("person"), self.wish)

    def _text(self, name: str) -> str:
        return str(value_of(self.fields[name].widget) or "")

    def _propose_name(self, office: str) -> None:
        """The folder is named after the office until the clerk names it otherwise."""
        if self._text("name") == self._proposed:
            self._proposed = f"{office.strip()}督察整改台账" if office.strip() else ""
            self.restore({"name": self._proposed})

    def _office_fault(self) -> str:
        return self.require("office", "单位名称")()

    def _name_fault(self) -> str:
        name = self._text("name")
        if not name:
            return "请填写台账名称"
        if _FORBIDDEN & set(name) or name.endswith("."):
            return '名称里不能有 \\ / : * ? " < > | ，也不能以句点结尾'
        return ""

    def _parent_fault(self) -> str:
        parent = self._text("parent")
        if not parent:
            return "请选择台账放在哪个文件夹"
        return "" if Path(parent).is_absolute() else "请填写完整的文件夹位置"
