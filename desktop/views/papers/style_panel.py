"""文书样式: what a paper prints, in which order and words, changed with the page beside it."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.operations.paper.templates import (
    PaperStyle,
    check_styles,
    field_words,
    read_style,
    restore_style,
    save_style,
    style_to_edit,
)
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.records import CaseFile
from desktop.rules.template_items import Path, added, changed, every, moved, removed, shown_or_not
from desktop.views import questions
from desktop.views.failures import tell_failure
from desktop.views.looks.icon_buttons import icon_button
from desktop.views.papers.style_fields import StyleFields
from desktop.views.papers.style_state import Change, StyleState
from desktop.views.papers.style_tree import StyleTree
from desktop.views.session import Session

NEW_WIDTH = 20


class StylePanel(QWidget):
    """Attributes: ``tree`` of the parts, ``fields`` of the current one, ``state``, ``fault`` of the last trial.

    Signals: ``edited`` when the paper should be tried again, ``left`` when the clerk has done.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.paper = self.layout_key = self._name = ""
        self.case: CaseFile | None = None
        self.state: StyleState | None = None
        self.heading, self.fault = QLabel(), QLabel()
        self.heading.setWordWrap(True)
        self.fault.setObjectName("fault")
        self.fault.setWordWrap(True)
        self.tree, self.fields = StyleTree(), StyleFields()
        self.tree.ticked.connect(self._on_ticked)
        self.tree.chosen.connect(self._on_chosen)
        self.fields.edited.connect(self._on_edited)
        self.up_button, self.down_button = QPushButton("上移"), QPushButton("下移")
        self.add_button, self.remove_button, self.undo_button = (QPushButton(w) for w in ("增加", "去掉", "撤销"))
        self.save_button, self.restore_button = icon_button("保存", "save"), QPushButton("恢复原样")
        self.file_button, self.check_button = QPushButton("改文件"), QPushButton("检查")
        self.save_button.setToolTip("保存样式，以后都按它打印")
        self.file_button.setToolTip("把样式文件放进台账文件夹，用记事本修改")
        self.check_button.setToolTip("把自己的样式都试印一遍，看有没有写错")
        self.back_button = icon_button("返回", "back")
        self.add_button.setMenu(QMenu(self.add_button))
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.up_button.clicked.connect(lambda: self._move(-1))
        self.down_button.clicked.connect(lambda: self._move(1))
        self.remove_button.clicked.connect(self._remove)
        self.undo_button.clicked.connect(self.undo)
        self.save_button.clicked.connect(self.save)
        self.restore_button.clicked.connect(self.restore)
        self.file_button.clicked.connect(self.edit_file)
        self.check_button.clicked.connect(self.check)
        self.back_button.clicked.connect(self.left)
        for keys, do in (("Alt+Up", self._move_up), ("Alt+Down", self._move_down)):
            QShortcut(QKeySequence(keys), self.tree, do)

    def _lay_out(self) -> None:
        order = QHBoxLayout()
        for button in (self.up_button, self.down_button, self.add_button, self.remove_button, self.undo_button):
            order.addWidget(button)
        order.addStretch(1)
        last = QGridLayout()
        for at, button in enumerate((self.save_button, self.restore_button, self.file_button, self.check_button)):
            last.addWidget(button, 0, at)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(6)
        first = QHBoxLayout()
        first.addWidget(self.heading, 1)
        first.addWidget(self.back_button)
        layout.addLayout(first)
        layout.addWidget(self.tree, 1)
        layout.addLayout(order)
        layout.addWidget(self.fields)
        layout.addWidget(self.fault)
        layout.addLayout(last)

    # What is shown

    def show_paper(self, paper: str, name: str, layout: str, case: CaseFile | None) -> None:
        """Show the template of a paper; what was changed and not kept stays until the clerk throws it away."""
        self.case = case
        if (paper, layout) == (self.paper, self.layout_key) and self.state is not None:
            return
        sentence = f"“{self._name}”的样式还有没保存的改动，要放弃吗？"
        if self.is_changed and not questions.ask(sentence, f"不放弃就继续改“{self._name}”。", "放弃", "继续改"):
            return
        self.paper, self.layout_key, self._name = paper, layout, name
        self.read()

    def read(self) -> None:
        """Read the template again as it is kept."""
        self.state = None
        try:
            self.state = StyleState(read_style(self.session.ledger, self.paper, self.layout_key))
        except (Refused, KnownFault) as error:
            self.show_fault(error.sentence)
        else:
            self.show_fault("")
        self._show()
        self.edited.emit()

    def show_fault(self, sentence: str) -> None:
        """Say what is wrong with the template as it stands; empty when nothing is."""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))

    def show_named(self, named: Mapping[str, tuple[str, ...]]) -> None:
        """The fields each place may name, as the last trial found them."""
        if self.state is not None:
            self.state.named = named
            self.fields.show_part(self.tree.part, self.state)
            self._enable()

    @property
    def draft(self) -> PaperStyle | None:
        """The template as it stands."""
        return self.state.style if self.state else None

    @property
    def is_changed(self) -> bool:
        """True while something is not kept."""
        return self.state is not None and self.state.is_changed

    def _show(self, keep: Path = ()) -> None:
        state = self.state
        items = state.items if state else ()
        widths = {item.width: f"{state.value(item.width):g}" for item in every(items) if item.width} if state else {}
        self.tree.show_items(items, widths, keep)
        own = state.style.is_own if state else False
        self.heading.setText(f"“{self._name}”的样式：{'本单位自己的' if own else '程序原来的'}")
        self._enable()

    def _enable(self) -> None:
        state, part, writes = self.state, self.tree.part, self.session.can_write
        node = part.node if part else ()
        self.up_button.setEnabled(bool(node) and node[-1] != 0)
        self.down_button.setEnabled(bool(node) and state is not None and moved(state.style.data, node, 1)[1] != node)
        is_column = part is not None and bool(part.width)
        is_sentence = part is not None and part.kind == "句子" and bool(part.node)
        self.add_button.setEnabled(is_column or is_sentence)
        self.remove_button.setEnabled(is_column or is_sentence)
        self.undo_button.setEnabled(state is not None and state.can_undo)
        self.save_button.setEnabled(self.is_changed and writes and not self.fault.text())
        self.restore_button.setEnabled(writes and state is not None and (state.style.is_own or self.is_changed))
        self.file_button.setEnabled(writes)

    def _on_chosen(self) -> None:
        if self.state is not None:
            self.fields.show_part(self.tree.part, self.state)
        self._fill_menu()
        self._enable()

    def _fill_menu(self) -> None:
        """What can be added after the current part: columns of fields, or a sentence."""
        menu, part = self.add_button.menu(), self.tree.part
        menu.clear()
        if part is None or self.state is None:
            return
        if part.width:
            for field in self.state.fields_at(part.field):
                menu.addAction(field_words(field), lambda field=field: self._add_column(field))
        elif part.kind == "句子":
            menu.addAction("一句话", lambda: self._add({"text": "请在这里写句子。"}))

    def show_sentence(self, words: str) -> None:
        """Choose the first sentence of the section called so, or the part itself where it has none inside."""
        self.tree.choose(words)

    # Changing

    def _on_ticked(self, node: Path, shown: bool) -> None:
        # The tree stays as it is: an item must not be made anew while it tells of its own tick.
        self._change(lambda data: shown_or_not(data, node, shown), node, again=False)

    def _on_edited(self, path: Path, value: object) -> None:
        self._change(lambda data: changed(data, path, value), path, again=False)

    def _move_up(self) -> None:
        self._move(-1)

    def _move_down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        part = self.tree.part
        if part is None or not part.node or self.state is None:
            return
        node = moved(self.state.style.data, part.node, by)[1]
        self._change(lambda data: moved(data, part.node, by)[0], node)

    def _add_column(self, field: str) -> None:
        self._add({"field": field, "title": field_words(field), "width_mm": NEW_WIDTH})

    def _add(self, entry: Mapping[str, object]) -> None:
        part = self.tree.part
        if part is not None and part.node and self.state is not None:
            node = added(self.state.style.data, part.node, entry)[1]
            self._change(lambda data: added(data, part.node, entry)[0], node)

    def _remove(self) -> None:
        part = self.tree.part
        if part is not None and part.node:
            self._change(lambda data: removed(data, part.node), ())

    def undo(self) -> None:
        """Take the last change back."""
        if self.state is not None:
            self.state.undo()
            self._show(self.fields.path())
            self.edited.emit()

    def _change(self, change: Change, keep: Path, again: bool = True) -> None:
        """Take a step; ``again`` where the tree has to be made anew."""
        if self.state is None:
            return
        self.state.change(change)
        if again:
            self._show(keep)
        self._enable()
        self.edited.emit()

    # Keeping

    def save(self) -> None:
        """Keep the template in the ledger's folder."""
        state, session = self.state, self.session
        if state is None or not state.is_changed:
            return
        today, style = session.today(), state.style
        if session.do(lambda: save_style(session.ledger, self.paper, style, self.case, today)) is not None:
            state.keep()
            self._show(self.fields.path())

    def restore(self) -> None:
        """Throw the changes away, or take the office's own template out of use."""
        state, session = self.state, self.session
        if state is None:
            return
        if not state.style.file.exists():
            self.read()
            return
        sentence = f"恢复程序原来的“{self._name}”样式吗？"
        if questions.ask(sentence, "自己的样式会改名留在台账文件夹的 templates 里。", "恢复"):
            style = state.style
            if session.do(lambda: restore_style(session.ledger, self.paper, style, datetime.now())) is not None:
                self.read()

    def edit_file(self) -> None:
        """Open the folder of the template's file, which is put there first."""
        if self.is_changed and not questions.ask("还有没保存的改动，用文件修改就不再保留。", "", "用文件修改"):
            return
        try:
            file = style_to_edit(self.session.ledger, self.paper, self.layout_key)
        except (Refused, KnownFault) as error:
            questions.tell_refusal(error)
            return
        self.read()
        where = f"文件在：{file}\n用记事本打开，照文件开头的说明修改，保存后回到这里点“检查”。"
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent))):
            questions.tell("没有能打开文件夹的程序。", where)
        else:
            questions.tell("样式文件已放进台账文件夹。", where)

    def check(self) -> None:
        """Print every template of the office once, in the runner, and say what is wrong with them."""
        session = self.session
        ledger, today = session.ledger, session.today()
        if not session.runner.is_free:
            questions.tell(f"正在{session.runner.title}，请等它完成后再检查。")
            return
        session.runner.start(
            "检查样式", lambda report: check_styles(ledger, today), self._on_checked, tell_failure, ledger, writes=False
        )

    def _on_checked(self, found: object) -> None:
        faults = [str(sentence) for sentence in found] if isinstance(found, tuple) else []
        if not self.is_changed:
            self.read()
        questions.tell("有的样式有问题，不能打印：" if faults else "自己的样式都能打印。", "\n".join(faults))
