"""The look of the window, where new ledgers are proposed, and which fonts paper will be printed with."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.settings import KNOWN, default_data_folder
from desktop.views import questions
from desktop.views.runner import Failure, Report
from desktop.views.session import Session

_USE = {
    "fang": "仿宋（正文）",
    "kai": "楷体（二级标题、签发人）",
    "hei": "黑体（一级标题）",
    "song": "宋体（表格、页码）",
    "title": "小标宋（标题、发文机关标志）",
}
# The free fonts are converted for paper under names of their own.
_FREE, _FREE_WORDS = "GW-", "随程序的免费字体（Fandol）"


class LookPanel(QWidget):
    """The tab 界面 of the settings."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.theme = self._choice("theme")
        self.text_size = self._choice("text_size")
        self.folder = QLineEdit(session.settings.text("data_folder"))
        self.folder.setReadOnly(True)
        self.folder.setPlaceholderText(str(default_data_folder()))
        self.folder.setAccessibleName(KNOWN["data_folder"].words)
        choose = QPushButton("选择…")
        choose.setAccessibleName("选择新台账放在哪里")
        choose.clicked.connect(self.choose_folder)
        folder_row = QHBoxLayout()
        folder_row.addWidget(self.folder, 1)
        folder_row.addWidget(choose)
        rows = QFormLayout()
        rows.setHorizontalSpacing(14)
        rows.setVerticalSpacing(12)
        for key, box in (("theme", self.theme), ("text_size", self.text_size)):
            row = QHBoxLayout()
            row.addWidget(box)
            row.addStretch(1)
            label = QLabel(KNOWN[key].words)
            label.setBuddy(box)
            rows.addRow(label, row)
        rows.addRow(KNOWN["data_folder"].words, folder_row)
        hint = QLabel("台账请放在本机硬盘上，不要放在U盘或网络位置；建议不放在系统盘（C盘）。")
        hint.setObjectName("hint")
        hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(rows)
        layout.addWidget(hint)
        layout.addStretch(1)
        session.look_changed.connect(self._follow)

    def _follow(self) -> None:
        """Another place, such as the menu, may have changed the look."""
        for key, box in (("theme", self.theme), ("text_size", self.text_size)):
            box.setCurrentIndex(box.findData(self.session.settings.get(key)))

    def _choice(self, key: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(KNOWN[key].words)
        for value, words in KNOWN[key].choices:
            box.addItem(words, value)
        box.setCurrentIndex(box.findData(self.session.settings.get(key)))
        box.activated.connect(lambda _: self._choose(key, str(box.currentData())))
        return box

    def _choose(self, key: str, value: str) -> None:
        self.session.settings.set(key, value)
        self.session.look_changed.emit()

    def choose_folder(self) -> None:
        """Choose where new ledgers are proposed."""
        folder = questions.ask_folder("新台账放在哪个文件夹", self.session.settings.data_folder())
        if folder is not None:
            self.session.settings.set("data_folder", str(folder))
            self.folder.setText(str(folder))


class FontPanel(QWidget):
    """The tab 打印字体 of the settings: each role and the font that was found for it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.rows = QFormLayout()
        self.rows.setHorizontalSpacing(24)
        self.found: dict[str, QLabel] = {}
        for role, words in _USE.items():
            label = QLabel("尚未查找")
            label.setAccessibleName(words)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.rows.addRow(words, label)
            self.found[role] = label
        self.button = QPushButton("查找本机字体")
        self.button.setAccessibleName("查找本机字体")
        self.button.clicked.connect(self.look)
        hint = QLabel("先用本机已有的正式字体，没有时用随程序的免费字体；屏幕上的字体与打印无关。")
        hint.setObjectName("hint")
        hint.setWordWrap(True)
        button_row = QHBoxLayout()
        button_row.addWidget(self.button)
        button_row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(hint)
        layout.addLayout(button_row)
        layout.addLayout(self.rows)
        layout.addStretch(1)

    def look(self) -> None:
        """Find the fonts off the window's thread: reading them takes a while."""
        if not self.session.runner.start("查找字体", _find_fonts, self._show, self._fail):
            questions.tell(f"正在{self.session.runner.title}，请等它完成后再查找字体。")

    def _show(self, names: object) -> None:
        if isinstance(names, tuple):
            for role, name in names:
                if role in self.found:
                    self.found[role].setText(_FREE_WORDS if name.startswith(_FREE) else name)

    def _fail(self, failure: Failure) -> None:
        questions.tell(failure.sentence, failure.remedy)


def _find_fonts(report: Report) -> object:
    from desktop.operations.paper.printing import fonts_at_hand

    report("正在查找字体", 0.1)
    return fonts_at_hand().names()
