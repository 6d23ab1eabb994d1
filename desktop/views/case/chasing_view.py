"""督办和检查: the papers of the ladder and the visits of one problem, on its page."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.rules.chase_lines import SheetLine, SheetState
from desktop.rules.wording import date_in_text
from desktop.views.case.words import Section, link, plain, rich_label, toned, with_links


class ChasingView(Section):
    """Signals: ``chase_wanted``, ``visit_wanted``; ``wanted(verb, kind, sheet)``: reply, settle, print or void."""

    chase_wanted = Signal()
    visit_wanted = Signal()
    wanted = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("督办和检查", parent)
        self.words = with_links(rich_label("督办和检查"))
        self.words.linkActivated.connect(self._follow)
        self.body.addWidget(self.words)
        self.chase_button = self.add_button("发督办")
        self.chase_button.clicked.connect(self.chase_wanted)
        self.visit_button = self.add_button("登记明察暗访")
        self.visit_button.clicked.connect(self.visit_wanted)

    def show_lines(self, lines: tuple[SheetLine, ...], *, can_write: bool, can_begin: bool) -> None:
        """Show the papers and visits, the most pressing first; new ones only while ``can_begin``."""
        rows = [_row(line, can_write) for line in lines]
        self.words.setText(f"<table width='100%' cellspacing='0' cellpadding='3'>{''.join(rows)}</table>")
        self.words.setVisible(bool(rows))
        still = sum(line.is_open for line in lines)
        self.remark.setText(f"共{len(lines)}件，{still}件没有办结" if lines else "还没有督办和检查")
        self.chase_button.setEnabled(can_begin)
        self.visit_button.setEnabled(can_begin)

    def _follow(self, target: str) -> None:
        verb, kind, sheet = target.split(":")
        self.wanted.emit(verb, kind, sheet)


def _row(line: SheetLine, can_write: bool) -> str:
    head = f"{date_in_text(line.on)}　<b>{plain(line.what)}</b>"
    state = toned(
        line.state_words if line.left == line.state_words else f"{line.state_words}（{line.left}）", line.tone
    )
    due = f"，期限{date_in_text(line.due)}" if line.due else ""
    facts = "　".join(part for part in (line.doc_no, line.unit) if part)
    parts = [f"{state}{plain(due)}", plain(facts), plain(line.text)]
    if line.answer:
        parts.append(plain(f"{'回复' if line.kind == 'chase' else '结果'}：{line.answer}"))
    if "、" in line.numbers:
        parts.append(toned(f"一并涉及问题{line.numbers}", "muted"))
    verbs = "　".join(link(words, f"{verb}:{line.kind}:{line.sheet}") for verb, words in verbs_of(line, can_write))
    text = "<br>".join(part for part in parts if part)
    return (
        f"<tr><td width='19%' style='white-space:nowrap'>{head}</td><td>{text}</td>"
        f"<td width='17%' align='right'>{verbs}</td></tr>"
    )


def verbs_of(line: SheetLine, can_write: bool) -> list[tuple[str, str]]:
    """What can be done with a paper or a visit now, with its words."""
    found = [("reply", "登记回复")] if can_write and line.kind == "chase" and line.is_open else []
    if can_write and line.is_open:
        found.append(("settle", "办结"))
    if line.kind == "chase":
        found.append(("print", "打印"))
    if can_write and line.state != SheetState.SETTLED:
        found.append(("void", "作废"))
    return found
