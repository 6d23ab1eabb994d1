"""佐证材料清单: the lists by type of problem as a table to edit here, or to copy to WPS and paste back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop.rules.checklist_rows import ChecklistRows, as_table, read_table
from desktop.rules.checklists import ChecklistItem
from forms.base import Form
from forms.fields.text import TextArea

SHOWN = 5
CELL = 13  # characters of Chinese between two columns
HINT = (
    "每行一项，各格用制表符分开：问题类型（没有专门清单的写“通用”）、材料名称、环节、是否必需、对应措施、认出它的词。"
    "可以全选复制到 WPS 表格里改好，再粘贴回来。必需的材料缺了，登记环节时要写理由"
)


class ChecklistForm(Form):
    """Edits the evidence checklists; emits the items."""

    key = "checklist"

    def __init__(self, items: Sequence[ChecklistItem], parent: QWidget | None = None) -> None:
        super().__init__("佐证材料清单", parent)
        self.items = tuple(items)
        area = TextArea(as_table(items), 12, 16)
        area.setLineWrapMode(TextArea.LineWrapMode.NoWrap)
        area.setTabStopDistance(area.fontMetrics().horizontalAdvance("汉") * CELL)
        self.text = self.add("text", "清单", area, self._fault, HINT)
        self.preview = QLabel()
        self.preview.setWordWrap(True)
        self.preview.setTextFormat(Qt.TextFormat.PlainText)
        self.preview.setAccessibleName("读到的清单")
        self.rows.add("读到的内容", self.preview)
        self.begin()

    def read(self) -> ChecklistRows:
        """The items in the text."""
        return read_table(self.text.toPlainText(), self.items)

    def draft(self) -> tuple[ChecklistItem, ...]:
        """The lists as they will be kept."""
        return self.read().items

    def live(self) -> None:
        """Say how many types, items and required ones were read."""
        found = self.read().items
        kinds = list(dict.fromkeys(item.problem_type for item in found))
        needed = sum(item.required for item in found)
        self.preview.setText(f"{len(kinds)}类问题、{len(found)}项材料，必需{needed}项：{'、'.join(kinds)}")

    def _fault(self) -> str:
        found = self.read()
        rest = len(found.faults) - SHOWN
        lines = [*found.faults[:SHOWN], *([f"还有{rest}行读不出"] if rest > 0 else [])]
        return "\n".join(lines) or ("" if found.items else "清单是空的")
