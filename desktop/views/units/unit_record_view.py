"""单位档案: one unit's record beside the unit list; every number and line opens what is behind it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.operations.files import write_whole
from desktop.operations.profile import region_of
from desktop.operations.unit_record import print_unit_record, read_unit_record
from desktop.rules.chase_lines import SheetLine
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.lights import SHAPES
from desktop.rules.region import Region
from desktop.rules.unit_record import Counted, UnitRecord, return_sentence, sheet_sentence
from desktop.rules.wording import date_in_text, month_in_text
from desktop.views import questions
from desktop.views.case.words import RichLabel, Section, link, plain, rich_label, toned, with_links
from desktop.views.looks.icon_buttons import icon_button
from desktop.views.place import PageKey, Place
from desktop.views.runner import Failure, Report
from desktop.views.session import Session

PARTS = (
    ("problems", "承担的问题"),
    ("lights", "逐月亮灯"),
    ("reports", "月度报送"),
    ("sheets", "督办文书"),
    ("visits", "明察暗访"),
    ("returns", "退回整改"),
    ("points", "考核扣分"),
)
_NOTHING = {
    "problems": "没有承担问题",
    "lights": "没有可亮灯的问题",
    "reports": "还没有开过调度轮次",
    "sheets": "没有发过督办文书",
    "visits": "没有检查记录",
    "returns": "没有退回过",
    "points": "没有扣分",
}


class UnitRecordView(QWidget):
    """Attributes: ``record`` shown now. Signals: ``left`` to go back to the list, ``go(Place)``."""

    left = Signal()
    go = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.record: UnitRecord | None = None
        self.unit = ""
        self._targets: list[Place] = []
        self.title, self.remark = QLabel(), QLabel()
        self.title.setObjectName("title")
        self.remark.setObjectName("hint")
        self.back_button = QPushButton("返回名册")
        self.back_button.clicked.connect(self.left)
        self.save_button = icon_button("存为PDF…", "save")
        self.save_button.setToolTip("单位档案一份，可打印存档")
        self.save_button.clicked.connect(lambda _=False: self.save())
        self.sections: dict[str, tuple[Section, RichLabel]] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.remark)
        head.addStretch(1)
        head.addWidget(self.back_button)
        head.addWidget(self.save_button)
        body = QWidget()
        body.setObjectName("body")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for key, words in PARTS:
            section, label = Section(words), with_links(rich_label(words))
            label.linkActivated.connect(self._follow)
            section.body.addWidget(label)
            column.addWidget(section)
            self.sections[key] = (section, label)
        column.addStretch(1)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QScrollArea.Shape.NoFrame)
        self.scroller.setWidget(body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.scroller, 1)

    def show_unit(self, unit: str, name: str) -> None:
        """Read the record of a unit off the window's thread, and show it."""
        self.unit, self.record = unit, None
        self.title.setText(f"单位档案　{name}")
        self.remark.setText("正在读取…")
        self.save_button.setEnabled(False)
        for _, label in self.sections.values():
            label.setText("")
        self.read()

    def read(self) -> None:
        """Read the record again; while another job runs that does not give way, the clerk is told to wait."""
        if not self.unit:
            return
        ledger, today, unit = self.session.ledger, self.session.today(), self.unit

        def job(report: Report) -> object:
            return read_unit_record(ledger, unit, today, report)

        start = self.session.runner.start
        if not start("读取单位档案", job, self._show, self._fail, ledger, writes=False, gives_way=True):
            self.remark.setText(f"正在{self.session.runner.title}，请等它完成后再打开。")

    def _fail(self, failure: Failure) -> None:
        self.remark.setText(f"{failure.sentence}{failure.remedy}")

    def _show(self, found: object) -> None:
        if not isinstance(found, UnitRecord) or found.unit_id != self.unit:
            return
        self.record = found
        region = region_of(self.session.ledger)
        self._targets = []
        self.title.setText(f"单位档案　{found.name}")
        late = f"，逾期未复{found.late_replies}件" if found.late_replies else ""
        self.remark.setText(f"截至{date_in_text(found.as_of)}{late}")
        texts = {
            "problems": [self._counted(found.roles), self._counted(found.states)],
            "lights": list(self._lights(found, region)),
            "reports": [
                f"{plain(month_in_text(one.month))}：{toned(one.words, 'late' if one.is_late else '')}"
                for one in found.reports
            ],
            "sheets": [self._sheet(line) for line in found.sheets],
            "visits": [self._sheet(line) for line in found.visits],
            "returns": [
                self._link(return_sentence(one), Place(PageKey.CASE, problem_id=one.problem_id, part="steps"))
                for one in found.returns
            ],
            "points": [plain(f"合计{found.points}分"), *map(plain, found.pointed)] if found.points else [],
        }
        for key, lines in texts.items():
            section, label = self.sections[key]
            shown = [line for line in lines if line]
            label.setText("<br>".join(shown))
            label.setVisible(bool(shown))
            section.remark.setText("" if shown else _NOTHING[key])
        self.save_button.setEnabled(True)

    def _counted(self, found: Sequence[Counted]) -> str:
        return "　".join(
            f"{plain(one.words)}{self._problems(f'{len(one.problems)}个', one.problems, one.words)}" for one in found
        )

    def _lights(self, record: UnitRecord, region: Region) -> Iterable[str]:
        if region.lights is None:
            return
        for month in record.months:
            parts = []
            for light, ids in month.lights:
                word = f"{SHAPES[light]}{region.lights.word(light)}"
                if ids:
                    named = f"{month_in_text(month.month)}{region.lights.word(light)}"
                    count = self._problems(f"{len(ids)}个", ids, named)
                    parts.append(toned(word, region.lights.tone(light)) + count)
            yield f"{plain(month_in_text(month.month))}：{'　'.join(parts)}"

    def _sheet(self, line: SheetLine) -> str:
        words = sheet_sentence(line)
        target = Place(PageKey.CASE, problem_id=line.problems[0], part="chasing") if line.problems else None
        return self._link(words, target) if target else plain(words)

    def _problems(self, words: str, problems: tuple[str, ...], what: str) -> str:
        name = self.record.name if self.record else ""
        return self._link(words, Place(PageKey.LEDGER, only=problems, words=f"{name}{what}"))

    def _link(self, words: str, place: Place) -> str:
        self._targets.append(place)
        return link(words, str(len(self._targets) - 1))

    def _follow(self, target: str) -> None:
        if target.isdecimal() and int(target) < len(self._targets):
            self.go.emit(self._targets[int(target)])

    def save(self) -> None:
        """Write the record as a PDF where the clerk says."""
        record = self.record
        if record is None:
            return
        target = questions.ask_save("存为PDF", f"{record.name}整改工作档案.pdf", "PDF 文件 (*.pdf)")
        if target is None:
            return
        file = target if target.suffix else target.with_suffix(".pdf")
        try:
            self._write(record, file)
        except (Refused, KnownFault) as error:
            questions.tell_refusal(error)

    def _write(self, record: UnitRecord, file: Path) -> None:
        printed = print_unit_record(self.session.ledger, record)
        write_whole(file, printed.data)
        self.session.told.emit(f"已存为{file.name}，共{printed.pages}页。")
