"""What stands beside a case: objections to its notice, publications, and the problems it is linked with."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.operations.links import Linked, ProblemLinks
from desktop.rules.followup import Objection, Publication
from desktop.rules.gate_rules import FOUNDED
from desktop.rules.objections import state_words
from desktop.rules.records import CaseFile
from desktop.rules.wording import closed, date_in_text
from desktop.views.case.words import Section, link, plain, rich_label, toned, with_links
from desktop.views.looks.theme import colours


class ObjectionsView(Section):
    """Signals: ``edit_wanted(row)``, empty for a new one; ``return_wanted``; ``void_wanted(kind, row, words)``."""

    edit_wanted = Signal(str)
    return_wanted = Signal()
    void_wanted = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("异议", parent)
        self.words = with_links(rich_label("公示期间的异议"))
        self.words.linkActivated.connect(self._follow)
        self.body.addWidget(self.words)
        self.new_button = self.add_button("登记异议…")
        self.new_button.clicked.connect(lambda: self.edit_wanted.emit(""))

    def show_case(self, case: CaseFile, *, can_change: bool) -> None:
        """Show the objections in the order they came in."""
        found = case.objections
        self.words.setText("<br>".join(_objection_html(objection, can_change=can_change) for objection in found))
        waiting = sum(1 for objection in found if objection.is_open)
        said = f"共{len(found)}件" + (f"，{waiting}件尚未答复，答复登记前不能备案" if waiting else "，均已答复")
        self.remark.setText(said if found else "")
        self.new_button.setEnabled(can_change)

    def _follow(self, target: str) -> None:
        verb, _, row = target.partition(":")
        if verb == "edit":
            self.edit_wanted.emit(row)
        elif verb == "return":
            self.return_wanted.emit()
        else:
            self.void_wanted.emit("objection", row, "这件异议")


class PublicationsView(Section):
    """Signals: ``edit_wanted(row)``, empty for a new one; ``void_wanted(kind, row, words)``."""

    edit_wanted = Signal(str)
    void_wanted = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("公开", parent)
        self.words = with_links(rich_label("公开记录"))
        self.words.linkActivated.connect(self._follow)
        self.body.addWidget(self.words)
        self.new_button = self.add_button("登记公开…")
        self.new_button.clicked.connect(lambda: self.edit_wanted.emit(""))

    def show_case(self, case: CaseFile, *, can_add: bool, can_change: bool) -> None:
        """Show the publications, the latest first."""
        found = sorted(case.publications, key=lambda publication: publication.on, reverse=True)
        shots = {piece.id: piece.name for piece in case.evidence}
        lines = [_publication_html(p, shots.get(p.evidence_id, ""), can_add, can_change) for p in found]
        self.words.setText("<br>".join(lines))
        self.remark.setText(f"共{len(found)}次" if found else "")
        self.new_button.setEnabled(can_add)

    def _follow(self, target: str) -> None:
        verb, _, row = target.partition(":")
        if verb == "edit":
            self.edit_wanted.emit(row)
        else:
            self.void_wanted.emit("publication", row, "这条公开记录")


class LinksBanner(QFrame):
    """The problems a case was carried over to or is counted with, each to open.

    Signals: ``open_wanted(problem)``, ``take_back_wanted``.
    """

    open_wanted = Signal(str)
    take_back_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.words = with_links(rich_label("相关问题"))
        self.words.linkActivated.connect(self._follow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 8)
        layout.addWidget(self.words)
        self.hide()

    def show_links(self, links: ProblemLinks, *, can_change: bool) -> None:
        """Show the links; gone where the problem stands alone."""
        lines = []
        if links.transferred_to:
            back = f"　{link('取消转入', 'back:')}" if can_change else ""
            lines.append(f"<b>已转入</b>　{_linked(links.transferred_to)}{back}")
        if links.counted_with:
            back = f"　{link('恢复单独计数', 'back:')}" if can_change else ""
            lines.append(f"<b>同一问题</b>　按{_linked(links.counted_with)}计数一次，请在那里办理{back}")
        lines += [f"<b>同一问题</b>　{_linked(other)}也反映了这个问题，在这里一并计数" for other in links.repeated_by]
        lines += [f"<b>由此转入</b>　{_linked(other)}" for other in links.came_from]
        self.words.setText("<br>".join(lines))
        self.setVisible(bool(lines))

    def _follow(self, target: str) -> None:
        verb, _, row = target.partition(":")
        if verb == "open":
            self.open_wanted.emit(row)
        else:
            self.take_back_wanted.emit()


def _linked(other: Linked) -> str:
    source = f"（{other.source}）" if other.source else ""
    return link(f"问题{other.number}{source}　{other.head}", f"open:{other.id}")


def _objection_html(objection: Objection, *, can_change: bool) -> str:
    tone = "late" if objection.is_open else "warn" if objection.result in FOUNDED else "ok"
    who = "　".join(part for part in (objection.way, objection.raiser) if part)
    head = f"<b>{date_in_text(objection.received_on)}</b>　{plain(who)}　{toned(state_words(objection), tone)}"
    if can_change:
        verbs = [link("登记处理和答复" if objection.is_open else "修改", f"edit:{objection.id}")]
        verbs += [link("登记退回", "return:")] if objection.result in FOUNDED else []
        head += "　" + "　".join([*verbs, link("作废", f"void:{objection.id}")])
    lines = [head, plain(closed(objection.text))]
    if objection.handling:
        by = f"{objection.handler}：" if objection.handler else ""
        handled = plain(f"处理情况　{by}{closed(objection.handling)}")
        lines.append(f"<span style='color:{colours().muted}'>{handled}</span>")
    return "<br>".join(lines)


def _publication_html(held: Publication, shot: str, can_add: bool, can_change: bool) -> str:
    facts = "　".join(part for part in (held.subject, held.platform) if part)
    verbs = [link("修改", f"edit:{held.id}")] if can_add else []
    verbs += [link("作废", f"void:{held.id}")] if can_change else []
    head = f"<b>{date_in_text(held.on)}</b>　{plain(facts)}　{plain(f'《{held.title}》')}　{'　'.join(verbs)}"
    more = "　".join(part for part in (held.url, f"截图：{shot}" if shot else "没有截图") if part)
    return f"{head}<br><span style='color:{colours().muted}'>{plain(more)}</span>"
