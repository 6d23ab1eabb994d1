"""文书: every paper of the procedure with its preview, one at a time or many into a folder."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.operations.lists import count_all
from desktop.operations.paper.files import paper_file_name
from desktop.operations.paper.templates import StyleTrial
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.paper import PaperKind, Printed
from desktop.rules.paper_kinds import PAPERS
from desktop.rules.records import Changes
from desktop.views.looks.empty import NO_PROBLEMS
from desktop.views.page import Page
from desktop.views.papers.chooser import PaperChooser
from desktop.views.papers.keeping import keep_paper, only_papers
from desktop.views.papers.wish import Wish, make_wished
from desktop.views.papers.word_saving import save_as_word
from desktop.views.place import PageKey, Place
from desktop.views.preview.pane import Preview
from desktop.views.preview.printing import connect_buttons, print_shown, save_printed
from desktop.views.runner import Failure
from desktop.views.session import Session

if TYPE_CHECKING:
    from desktop.views.papers.archive_panel import ArchivePanel
    from desktop.views.papers.batch_panel import BatchPanel
    from desktop.views.papers.register_panel import RegisterPanel
    from desktop.views.papers.style_panel import StylePanel

WAIT_MS = 350
LETTERS, STYLE_LETTERS = 21, 29  # how wide the left side is
LARGE = 400  # problems: a paper of more than these takes a while, and is made when asked for


class PapersPage(Page):
    """A paper is made again a moment after something it shows was changed.

    Attributes: ``chooser`` of the paper, ``preview``, ``batch``, ``register``, ``archive``; ``one``, ``many``,
    ``numbers`` and ``kept`` choose between them.
    """

    key = PageKey.PAPERS

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._place = Place(PageKey.PAPERS)
        self._made: Wish | None = None
        self._seen: Wish | None = None
        self._shown = ("", "")
        self._asked_large = False
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._make)
        self.chooser = PaperChooser(session)
        self.chooser.chosen.connect(self._on_chosen)
        self.chooser.edited.connect(self._wait.start)
        self.preview = Preview()
        self.preview.asked.connect(self._make_asked)
        connect_buttons(session, self.preview, self.file_name, self.keep)
        self.preview.buttons.word_button.show()
        self.preview.buttons.word_wanted.connect(self.save_as_word)
        self._kinds: tuple[PaperKind, ...] = ()
        self._batch: BatchPanel | None = None
        self._register: RegisterPanel | None = None
        self._archive: ArchivePanel | None = None
        self._style: StylePanel | None = None
        self._lay_out()
        session.runner.ended.connect(lambda _: QTimer.singleShot(0, self, self._on_free))
        self.set_papers(PAPERS)

    def _lay_out(self) -> None:
        title = QLabel("文书")
        title.setObjectName("title")
        self.one, self.many = QPushButton("单份"), QPushButton("批量")
        self.numbers, self.kept = QPushButton("发文登记"), QPushButton("文书档案")
        self.styling = QPushButton("样式")
        group = QButtonGroup(self)
        head = QHBoxLayout()
        head.addWidget(title)
        head.addSpacing(8)
        modes = (
            (self.one, "一份文书，边填边看"),
            (self.many, "几种文书、几个问题一次生成到文件夹"),
            (self.numbers, "文号用到几号、给了哪份文书、哪些作废"),
            (self.kept, "打印、保存过的文书，打开原件，存入签章件"),
        )
        for button, tip in (*modes, (self.styling, "改这种文书印什么、怎么写")):
            button.setCheckable(True)
            button.setToolTip(tip)
            group.addButton(button)
        for button, _ in modes:
            head.addWidget(button)
        self.chooser.list.add_corner(self.styling)
        self.one.setChecked(True)
        head.addStretch(1)
        head.addWidget(self.preview.buttons)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._single())
        group.buttonToggled.connect(lambda *_: self._show_mode())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 8)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.stack, 1)

    def _single(self) -> QWidget:
        """Choices at the left, the preview at the right."""
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(self.preview)
        split = QSplitter()
        self.left = QStackedWidget()
        self.left.addWidget(self.chooser)
        self.left.setMinimumWidth(self.chooser.minimumWidth())
        split.addWidget(self.left)
        split.addWidget(card)
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        split.setSizes([self.fontMetrics().horizontalAdvance("字") * LETTERS, 900])
        self.split = split
        return split

    # What is offered

    def set_papers(self, kinds: Sequence[PaperKind]) -> None:
        """Offer the papers of this version."""
        self.chooser.set_papers(kinds)
        self._kinds = tuple(kinds)
        if self._batch is not None:
            self._batch.set_papers(kinds)
        self._show_place()

    def refresh(self) -> None:
        """Read the chosen problem again and make the paper again."""
        self.chooser.picker.choose(self.chooser.picker.chosen)
        if self._batch is not None:
            self._batch.refresh()
        self._refresh_kept()
        self._made = None
        self._on_chosen()

    def concerns(self, changes: Changes) -> bool:
        """Whatever was written may be printed; archive and register alone change no paper."""
        if only_papers(changes):
            self._refresh_kept()
            self.chooser.suggest_again()
            return False
        return bool(changes.touched)

    def _refresh_kept(self) -> None:
        for panel in (self._register, self._archive):
            if panel is not None:
                panel.refresh()

    def show_place(self, place: Place) -> None:
        """Choose the paper and the problem of a place; the parts ``register`` and ``archive`` are the other sides."""
        self._place = place
        other = {"register": self.numbers, "archive": self.kept}.get(place.part)
        if other is not None:
            other.setChecked(True)
            return
        if self.chooser.kinds and (place.paper or place.problem_id):
            self.one.setChecked(True)
            self._show_place()

    def _show_place(self) -> None:
        place, self._place = self._place, Place(PageKey.PAPERS)
        if place.filter:
            self.chooser.options.lines["month"].setText(place.filter)
        self.chooser.choose(place.paper, place.problem_id)
        self._on_chosen()

    def file_name(self) -> str:
        """The name under which the shown paper is saved."""
        kind = self.chooser.kind
        return paper_file_name(kind.name if kind else "文书", self.chooser.case)

    @property
    def batch(self) -> "BatchPanel":
        """The side for many papers, made when first wanted."""
        if self._batch is None:
            from desktop.views.papers.batch_panel import BatchPanel

            self._batch = BatchPanel(self.session)
            self._batch.set_papers(self._kinds)
            self._batch.refresh()
            self.stack.addWidget(self._batch)
        return self._batch

    @property
    def register(self) -> "RegisterPanel":
        """The register of numbers, made when first wanted."""
        if self._register is None:
            from desktop.views.papers.register_panel import RegisterPanel

            self._register = RegisterPanel(self.session)
            self._register.go.connect(self.go)
            self.stack.addWidget(self._register)
        return self._register

    @property
    def archive(self) -> "ArchivePanel":
        """The archive of papers, made when first wanted."""
        if self._archive is None:
            from desktop.views.papers.archive_panel import ArchivePanel

            self._archive = ArchivePanel(self.session)
            self._archive.go.connect(self.go)
            self.stack.addWidget(self._archive)
        return self._archive

    @property
    def style_panel(self) -> "StylePanel":
        """The side for changing how a paper looks, made when first wanted."""
        if self._style is None:
            from desktop.views.papers.style_panel import StylePanel

            self._style = StylePanel(self.session)
            self._style.edited.connect(self._wait.start)
            self._style.left.connect(self.one.click)
            self.left.addWidget(self._style)
        return self._style

    def _show_mode(self) -> None:
        if self.many.isChecked():
            self.stack.setCurrentWidget(self.batch)
        elif self.numbers.isChecked():
            self.stack.setCurrentWidget(self.register)
        elif self.kept.isChecked():
            self.stack.setCurrentWidget(self.archive)
        else:
            self.stack.setCurrentIndex(0)
        kind = self.chooser.kind
        if self.styling.isChecked() and kind is not None:
            self.style_panel.show_paper(kind.key, kind.name, self.chooser.layout_key, self.chooser.case)
            self.left.setCurrentWidget(self.style_panel)
        else:
            self.left.setCurrentIndex(0)
            if self._seen is not None and self._seen.style is not None:
                # What was only tried out must not be printed or kept as the paper.
                self._seen = self._made = None
                self.preview.show_nothing("正在生成…")
        letters = STYLE_LETTERS if self.styling.isChecked() else LETTERS
        shown = self.left.currentWidget()
        self.left.setMinimumWidth(max(self.chooser.minimumWidth(), shown.minimumSizeHint().width() if shown else 0))
        self.split.setSizes([self.fontMetrics().horizontalAdvance("字") * letters, 900])
        self.preview.buttons.setVisible(self.one.isChecked())
        self._wait.start()

    def _on_chosen(self) -> None:
        """Another paper or problem: fill the fields and make the paper soon."""
        self._asked_large = False
        try:
            self.chooser.fill()
        except (Refused, KnownFault) as error:
            self._made = None
            self.preview.show_nothing(error.sentence)
            return
        self._wait.start()

    # The paper

    def _wish(self) -> Wish | None:
        kind, case = self.chooser.kind, self.chooser.case
        if kind is None or (kind.per == "problem" and case is None and not self.styling.isChecked()):
            return None
        problem, draft = case.problem.id if case else "", self.chooser.options.draft()
        if self._style is not None and self.styling.isChecked():
            return Wish(self._style.paper, problem, draft, self._style.draft)
        return Wish(kind.key, problem, draft)

    def _make_asked(self) -> None:
        self._asked_large, self._made = True, None
        self._make()

    def _make(self) -> None:
        """Make the paper now if it can be seen, is another one, and nothing else runs; else later."""
        wish, kind, session = self._wish(), self.chooser.kind, self.session
        if kind is None or not self.isVisible() or (wish is not None and wish == self._made):
            return
        self._made = None
        if wish is None and not count_all(session.ledger):
            self.preview.show_nothing(*NO_PROBLEMS)
        elif wish is None:
            self.preview.show_nothing("请选择一个问题", "在左边输入序号或文字，选中后这里显示文书。")
        elif kind.per != "problem" and not self._asked_large and count_all(session.ledger) > LARGE:
            self.preview.show_nothing("这份文书要列出全部问题", "问题较多，生成需要一些时间。", "生成预览")
        elif not session.runner.is_free:
            self.preview.show_working(f"正在{session.runner.title}，完成后生成预览…")
        else:
            self._start(wish)

    def _start(self, wish: Wish) -> None:
        ledger, today = self.session.ledger, self.session.today()

        self.preview.show_working("正在生成…")
        self._made = wish
        done, failed = lambda result: self._show(wish, result), lambda failure: self._fail(wish, failure)
        job = lambda report: make_wished(ledger, wish, today, report)  # noqa: E731
        self.session.runner.start("生成预览", job, done, failed, ledger, writes=False)

    def _show(self, wish: Wish, printed: object) -> None:
        if isinstance(printed, StyleTrial) and wish == self._wish():
            self.style_panel.show_fault("")
            self.style_panel.show_named(printed.named)
            printed = printed.printed
        if wish == self._wish() and isinstance(printed, Printed):
            self._seen, subject = wish, (wish.paper, wish.problem)
            self.preview.show_printed(printed, is_other=subject != self._shown)
            self._shown = subject

    def _fail(self, wish: Wish, failure: Failure) -> None:
        if wish != self._wish():
            return
        if wish.style is not None:
            self.style_panel.show_fault(failure.sentence)
            self.style_panel.show_named(self.style_panel.state.named if self.style_panel.state else {})
        self.preview.show_nothing(failure.sentence, failure.remedy, "再试一次")

    def _on_free(self) -> None:
        """Another job has ended: what could not be made then is made now."""
        if self._wish() != self._made:
            self._make()

    def showEvent(self, event: QShowEvent) -> None:
        """What was changed while another page was in front is made now."""
        super().showEvent(event)
        if self.chooser.kinds:
            self._wait.start()

    def is_idle(self) -> bool:
        """True unless a style was changed and not kept; what is filled in belongs to the paper alone."""
        return self._style is None or not self._style.is_changed

    def commands(self) -> dict[str, Callable[[], None]]:
        """What the menus can do here."""
        found: dict[str, Callable[[], None]] = {"refresh": self.refresh}
        if self.preview.printed is not None and self.one.isChecked():
            found |= {"print": self.print, "save": self.save, "export": self.save, "find": self.preview.begin_search}
        return found

    def keep(self) -> bool:
        """Archive the shown paper before it leaves the program; False when it must stay."""
        seen, printed = self._seen, self.preview.printed
        if seen is None or printed is None:
            return False
        return keep_paper(self.session, printed, seen.paper, seen.problem, seen.draft)

    def print(self) -> None:
        """Ctrl+P."""
        print_shown(self.session, self.preview, self.file_name(), self.keep)

    def save_as_word(self) -> None:
        """Ctrl+Shift+S: the shown paper made anew as docx."""
        seen = self._seen
        if seen is not None and self.preview.printed is not None:
            save_as_word(self.session, self.file_name(), seen.paper, seen.problem, seen.draft)

    def save(self) -> None:
        """Ctrl+S."""
        if self.preview.printed is not None:
            save_printed(self.session, self.preview.printed, self.file_name(), self.keep)
