"""下达、上报: the offices this one exchanges with, what is new for each, and the package on the stick."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.operations.files import write_whole
from desktop.operations.packages.identities import list_partners
from desktop.operations.packages.sending import Secrecy, kind_words, look_what_to_send, send, send_start
from desktop.operations.packages.sticks import EXCHANGE_FOLDER, sticks
from desktop.rules.audience import RELATION_WORDS, Relation
from desktop.rules.packages import Sent, ToSend
from desktop.rules.partners import Partner
from desktop.rules.records import Changes
from desktop.views import questions
from desktop.views.exchange.identity_bar import IdentityBar
from desktop.views.late_reading import READING, STOPPED, LateReading
from desktop.views.looks.empty import Empty
from desktop.views.runner import Failure, Report
from desktop.views.session import Session
from desktop.views.tables.columns import Column
from desktop.views.tables.row_model import ListModel
from desktop.views.tables.table import TableView


@dataclass(frozen=True, slots=True)
class SendLine:
    """One office, and what a package for it would hold; None while that is being read."""

    partner: Partner
    wish: ToSend | None


def _new_words(line: SendLine) -> str:
    if line.wish is None:
        return "…"
    if line.wish.is_empty:
        return "只有回执" if line.wish.owes and line.partner.is_confirmed else "没有新的"
    return f"{line.wish.ops}条"


def _files_words(line: SendLine) -> str:
    if line.wish is None:
        return "…"
    return f"{line.wish.files}份，{line.wish.bytes / 1e6:.1f} MB" if line.wish.files else "/"


def _lacking_words(line: SendLine) -> str:
    return "…" if line.wish is None else str(len(line.wish.lacking) or "/")


COLUMNS: tuple[Column[SendLine], ...] = (
    Column("name", "单位", 14, lambda line: line.partner.name, stretch=True, sorts=False),
    Column("relation", "关系", 7, lambda line: RELATION_WORDS[line.partner.relation], sorts=False),
    Column("state", "交换身份", 6, lambda line: line.partner.state_words, sorts=False,
           tone=lambda line: "ok" if line.partner.is_confirmed else "warn"),
    Column("new", "待发记录", 6, _new_words, align="right", sorts=False),
    Column("files", "附件", 9, _files_words, align="right", sorts=False),
    Column("lacking", "缺附件", 5, _lacking_words, align="right", sorts=False),
)  # fmt: skip


class SendView(QWidget):
    """Attributes: ``table``; ``last`` the package that was written last, None before."""

    def __init__(self, session: Session, bar: IdentityBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.bar = session, bar
        self.last: tuple[Sent, str, str] | None = None
        self.model = ListModel(COLUMNS, self)
        self.table = TableView("send", session.settings.tables())
        self.table.setModel(self.model)
        self.table.setAccessibleName("交换单位")
        self.table.opened.connect(lambda _: self.pack())
        self.table.told.connect(session.told)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self.secret = QCheckBox("加密给收件单位")
        self.secret.setChecked(True)
        self.secret.setToolTip("只有收件单位打得开；U盘丢了也看不到内容")
        self.word = QLineEdit()
        self.word.setPlaceholderText("没有对方密钥时的口令，可不填")
        self.word.setAccessibleName("加密口令")
        self.word.setEchoMode(QLineEdit.EchoMode.Password)
        self.word.setMinimumWidth(self.word.fontMetrics().horizontalAdvance("字") * 15)
        self.whole = QCheckBox("全部重发")
        self.whole.setToolTip("对方换了电脑或丢了台账时用；平时只发对方还没有的")
        self.pack_button = QPushButton("打包到U盘…")
        self.pack_button.setObjectName("primary")
        self.pack_button.clicked.connect(lambda _=False: self.pack())
        self.start_button = QPushButton("制作初始包…")
        self.start_button.setToolTip("交给新开始使用的单位：单位名册、方案名称和本单位的名片，不含具体问题")
        self.start_button.clicked.connect(lambda _=False: self.pack_start())
        self.slip_button = QPushButton("打印交接单…")
        self.slip_button.clicked.connect(lambda _=False: self.print_slip())
        self.nothing = Empty(
            "还没有交换单位",
            "上级：制作初始包交给下级单位。下级：收下上级的初始包，核对它的确认单后就能上报。",
            (("制作初始包…", self.pack_start),),
        )
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setObjectName("hint")
        row = QHBoxLayout()
        for part in (self.secret, self.word, self.whole):
            row.addWidget(part)
        row.addStretch(1)
        for button in (self.start_button, self.slip_button, self.pack_button):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.nothing, 1)
        layout.addWidget(self.said)
        layout.addLayout(row)
        self.reading = LateReading(session, self, self._on_read, self._tell)

    def refresh(self) -> None:
        """Show the offices, and read what is new for each; until that is there the former counts stand."""
        ledger = self.session.ledger
        partners, known = list_partners(ledger), {line.partner.office: line.wish for line in self.model.rows}
        self._show([SendLine(partner, known.get(partner.office)) for partner in partners])

        def job(report: Report) -> list[SendLine]:
            lines = []
            for at, partner in enumerate(partners):
                heard = partial(report, f"正在看要发什么 {at + 1}/{len(partners)}", at / len(partners))
                heard()
                lines.append(SendLine(partner, look_what_to_send(ledger, partner.office, heard=heard)))
            return lines

        self.reading.read(job)

    def _on_read(self, lines: object) -> None:
        if isinstance(lines, list):
            self._show(lines)

    def _tell(self, words: str) -> None:
        """Say that it reads, where nothing stands of the last package."""
        if self.said.text() in ("", READING, STOPPED):
            self.said.setText(words)

    def _show(self, lines: list[SendLine]) -> None:
        chosen = self._chosen()
        self.model.set_rows(lines)
        self.table.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        if lines:
            office = chosen.partner.office if chosen else lines[0].partner.office
            self.table.choose_rows((), next((n for n, line in enumerate(lines) if line.partner.office == office), 0))
        self._allow()

    def pack(self) -> None:
        """Write the package for the chosen office."""
        line, identity = self._chosen(), self.bar.require()
        folder = self._folder() if line and identity else None
        if line is None or identity is None or folder is None:
            return
        session, partner = self.session, line.partner
        secrecy, whole = Secrecy(self.secret.isChecked(), self.word.text()), self.whole.isChecked()
        today, person, kind = session.today(), session.person, kind_words(session.ledger, partner.office)

        def job(report: Report) -> tuple[Sent, str, str]:
            sent = send(
                session.ledger, partner.office, folder, identity, today, person,
                full=whole, secrecy=secrecy, progress=report,
            )  # fmt: skip
            return sent, kind, partner.name

        self._start("打包", job)

    def pack_start(self) -> None:
        """Write 初始包."""
        identity = self.bar.require()
        folder = self._folder() if identity else None
        if identity is None or folder is None:
            return
        session, word, today, person = self.session, self.word.text(), self.session.today(), self.session.person

        def job(report: Report) -> tuple[Sent, str, str]:
            return send_start(session.ledger, folder, identity, today, person, word, report), "初始包", ""

        self._start("制作初始包", job)

    def print_slip(self) -> None:
        """Save 交接单 of the last package as PDF."""
        if self.last is None:
            return
        sent, kind, receiver = self.last
        target = questions.ask_save("打印交接单", f"交接单_{sent.number}.pdf", "PDF 文件 (*.pdf)")
        if target is None:
            return
        file = target if target.suffix else target.with_suffix(".pdf")

        def save() -> Changes:
            # The page of exchanges opens without the library that prints.
            from desktop.operations.packages.papers import transfer_slip

            printed = transfer_slip(self.session.ledger, sent, kind, receiver, self.session.today())
            write_whole(file, printed.data)
            return Changes(f"交接单已存为：{file}。")

        self.session.do(save)

    def _start(self, title: str, job: object) -> None:
        started = self.session.runner.start(title, job, self._on_sent, self._on_failed, self.session.ledger)  # type: ignore[arg-type]
        if not started:
            questions.tell(f"正在{self.session.runner.title}，现在不能{title}。", "请等它完成后再试。")

    def _on_sent(self, result: object) -> None:
        if isinstance(result, tuple):
            self.last = result
            sent: Sent = result[0]
            names = "、".join(Path(name).name for name in sent.files)
            self.said.setText(f"{sent.changes.sentence}文件：{names}。")
            self.session.announce(sent.changes)
            self._allow()

    def _on_failed(self, failure: Failure) -> None:
        questions.tell(failure.sentence, failure.remedy)

    def _chosen(self) -> SendLine | None:
        return self.model.row_at(self.table.currentIndex().row())

    def _folder(self) -> Path | None:
        """Where to: the folder 整改交换 of the only stick, or what the clerk chooses."""
        found = sticks()
        if len(found) == 1:
            return found[0] / EXCHANGE_FOLDER
        return questions.ask_folder("选择U盘或文件夹", found[0] if found else None)

    def _allow(self) -> None:
        line, writable = self._chosen(), self.session.can_write
        able = line is not None and line.partner.is_confirmed and line.partner.relation != Relation.OWN
        self.pack_button.setEnabled(writable and able)
        self.pack_button.setToolTip("" if able or line is None else "请先在“身份核对”里核对这个单位的确认单")
        self.start_button.setEnabled(writable)
        self.slip_button.setEnabled(self.last is not None)
