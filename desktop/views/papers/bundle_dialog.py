"""What is missing from a bundle is named before it is made; then how the photographs and documents go in, and where."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop.rules.bundle import CLOSURE_BUNDLE, EVIDENCE_BUNDLE, BundleWish
from desktop.views import questions
from forms.fields.choice import Choice

PHOTOS = ((2, "每页2张"), (4, "每页4张"))


def ask_bundle(subject: str, whole: bool, missing: Sequence[str], can_convert: bool) -> tuple[str, BundleWish] | None:
    """``pdf`` or ``folder``, and what goes in; None when the clerk wants neither."""
    dialog = BundleDialog(subject, whole, missing, can_convert)
    try:
        agreed = questions.run_dialog(dialog)
        return (dialog.wanted, dialog.wish()) if agreed and dialog.wanted else None
    finally:
        dialog.deleteLater()


class BundleDialog(QDialog):
    """Attributes: ``wanted`` is ``pdf`` or ``folder`` once a button was pressed, ``missing`` the text of what lacks."""

    def __init__(
        self, subject: str, whole: bool, missing: Sequence[str], can_convert: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._whole = whole
        self.wanted = ""
        name = CLOSURE_BUNDLE if whole else EVIDENCE_BUNDLE
        self.setWindowTitle(name)
        self.setObjectName("bundle")
        title, about = QLabel(name), QLabel(subject)
        title.setObjectName("title")
        about.setObjectName("hint")
        about.setWordWrap(True)
        self.verdict = QLabel(self._verdict_words(missing))
        self.verdict.setObjectName("fault" if missing else "subtitle")
        self.verdict.setWordWrap(True)
        self.missing = QPlainTextEdit("\n".join(f"· {line}" for line in missing))
        self.missing.setReadOnly(True)
        self.missing.setAccessibleName("缺少或不能并入的材料")
        if not missing:
            self.missing.hide()
        self.photos = Choice(PHOTOS, 2)
        self.photos.setAccessibleName("照片")
        self.convert = QCheckBox("Word、表格等材料转成PDF并入")
        self.convert.setChecked(can_convert)
        self.convert.setEnabled(can_convert)
        how = "用本机的办公软件转换，转不了的在目录里列为另附"
        self.convert.setToolTip(how if can_convert else "本机没有能代为转换的办公软件，列为另附")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        for part in (title, about, self.verdict, self.missing):
            layout.addWidget(part, 1 if part is self.missing else 0)
        if not missing:
            layout.addStretch(1)
        options = QHBoxLayout()
        label = QLabel("照片")
        label.setBuddy(self.photos)
        for option in (label, self.photos, self.convert):
            options.addWidget(option)
        options.addStretch(1)
        layout.addLayout(options)
        layout.addLayout(self._button_row())
        self.resize(620, 430 if missing else 220)

    def _button_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self.cancel_button = QPushButton("取消")
        self.cancel_button.clicked.connect(self.reject)
        row.addWidget(self.cancel_button)
        self.pdf_button = QPushButton("生成一个PDF…")
        self.pdf_button.clicked.connect(lambda: self._choose("pdf"))
        row.addWidget(self.pdf_button)
        self.folder_button = QPushButton("生成文件夹…")
        self.folder_button.setToolTip("每份文书一个文件，佐证材料原件，加上合订的PDF")
        self.folder_button.clicked.connect(lambda: self._choose("folder"))
        if not self._whole:
            self.folder_button.hide()
        row.addWidget(self.folder_button)
        main = self.folder_button if self._whole else self.pdf_button
        main.setObjectName("primary")
        main.setDefault(True)
        return row

    def wish(self) -> BundleWish:
        """What was chosen."""
        return BundleWish(self._whole, int(self.photos.chosen()), self.convert.isChecked())

    def _choose(self, what: str) -> None:
        self.wanted = what
        self.accept()

    def _verdict_words(self, missing: Sequence[str]) -> str:
        if not missing:
            return "清单上的材料都已齐备。"
        return f"有{len(missing)}项缺少或不能并入，请先看一遍；仍可以生成，缺的以后再补。"
