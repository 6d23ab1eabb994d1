"""A finished paper on the screen: pages, small pages, zoom, search, and what is to be known before it is printed."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.operations.paper.drafts import remarks_on
from desktop.rules.paper import Printed
from desktop.views.looks.empty import Empty
from desktop.views.pane import Pane
from desktop.views.preview.bar import PaperButtons, SearchBar, ViewBar
from desktop.views.preview.font_words import fonts_in_words
from desktop.views.preview.page_pictures import PagePictures
from desktop.views.preview.page_thumbs import ThumbList
from desktop.views.preview.page_view import PageView
from desktop.views.preview.pdf_pages import Hit
from desktop.views.preview.remarks_bar import Remarks
from desktop.views.status_bar import ElidedLabel

SIZE = QSize(980, 550)
ROOM = 560  # logical pixels from which small pages stand beside the large one


class Preview(Pane):
    """Shows a Printed. Signals: ``asked`` when the clerk presses the button that stands where no paper is.

    Attributes: ``printed`` or None; ``buttons`` for print, save and open, to be placed by the owner; ``hits`` of the
    search and ``at``, the place of the current one.
    """

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.printed: Printed | None = None
        self.hits: list[Hit] = []
        self.at = -1
        self._has_chosen = False
        self.pictures = PagePictures(self)
        self.view = PageView(self.pictures)
        self.thumbs = ThumbList(self.pictures)
        self.bar, self.search, self.remarks = ViewBar(self.view), SearchBar(), Remarks()
        self.buttons = PaperButtons()
        self.note = ElidedLabel()
        self.note.setObjectName("hint")
        self.note.setAccessibleName("页数和字体")
        self.nothing = Empty("", "", (("再试一次", self.asked.emit),))
        self.nothing.buttons[0].hide()
        self.begin_at(self.view)
        self._lay_out()
        self._connect()
        self._add_keys()

    def _lay_out(self) -> None:
        pages = QWidget()
        row = QHBoxLayout(pages)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.thumbs)
        row.addWidget(self.view, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.nothing)
        self.stack.addWidget(pages)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part in (self.bar, self.search, self.remarks):
            layout.addWidget(part)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.note)
        self.note.setContentsMargins(6, 2, 6, 3)
        self.show_thumbs(True)

    def _connect(self) -> None:
        self.bar.thumbs_wanted.connect(self._choose_thumbs)
        self.bar.search_wanted.connect(self.begin_search)
        self.thumbs.picked.connect(self.view.go_to)
        self.view.page_changed.connect(self.thumbs.show_page)
        self.search.typed.connect(self._look)
        self.search.stepped.connect(self.step)
        self.search.closed.connect(self.end_search)
        self.pictures.found.connect(self._take_hits)
        self.pictures.searched.connect(self._tell_hits)
        self.pictures.opened.connect(self._on_opened)
        self.pictures.failed.connect(lambda: self.show_nothing("这份文书打不开", "请重新生成后再试。"))

    def _add_keys(self) -> None:
        acts = {
            "Ctrl+F": self.begin_search,
            "F3": lambda: self.step(1),
            "Shift+F3": lambda: self.step(-1),
            "Ctrl+P": self.buttons.print_button.click,
            "Ctrl+S": self.buttons.save_button.click,
            "Ctrl+Shift+S": self.buttons.word_button.click,
            "Ctrl+=": lambda: self.view.zoom_step(1),
            "Ctrl++": lambda: self.view.zoom_step(1),
            "Ctrl+-": lambda: self.view.zoom_step(-1),
            "Ctrl+0": lambda: self.view.set_zoom(1.0),
        }
        for keys, act in acts.items():
            QShortcut(QKeySequence(keys), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # What is shown

    def show_printed(self, printed: Printed, *, is_other: bool = False) -> None:
        """Show a finished paper. The place stays unless it is another paper; zoom and search stay as they were."""
        if is_other:
            self.view.verticalScrollBar().setValue(0)
        self.printed = printed
        self.stack.setCurrentIndex(1)
        self.remarks.show_remarks(remarks_on(printed))
        self.note.setText(f"共{printed.pages}页　{fonts_in_words(printed.fonts)}")
        self.buttons.set_ready(True)
        self.pictures.open(printed.data)

    def show_nothing(self, title: str, hint: str = "", button: str = "") -> None:
        """Say why there is no paper and what to do; the words of a button that emits ``asked``, or none."""
        self.printed = None
        self.nothing.title.setText(title)
        self.nothing.hint.setText(hint)
        self.nothing.buttons[0].setText(button)
        self.nothing.buttons[0].setVisible(bool(button))
        self.stack.setCurrentIndex(0)
        self.remarks.show_remarks(())
        self.note.clear()
        self.buttons.set_ready(False)
        self.pictures.close()
        self.bar.show_page()
        self.end_search()

    def show_working(self, words: str) -> None:
        """Say that another paper is being made; what is shown stays until it comes."""
        if self.printed is None:
            self.show_nothing(words)
        else:
            self.note.setText(words)

    def _on_opened(self) -> None:
        if not self.search.isHidden():
            self._look(self.search.words.text())

    def show_thumbs(self, shown: bool) -> None:
        """Show or hide the small pages."""
        self.bar.thumbs.setChecked(shown)
        self.thumbs.setVisible(shown)

    def _choose_thumbs(self, shown: bool) -> None:
        self._has_chosen = True
        self.show_thumbs(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Small pages only where there is room, until the clerk says otherwise."""
        super().resizeEvent(event)
        if not self._has_chosen:
            self.show_thumbs(event.size().width() >= ROOM)

    # Search

    def begin_search(self) -> None:
        """Ctrl+F."""
        if self.printed is not None:
            was_hidden = self.search.isHidden()
            self.search.begin()
            if was_hidden:
                self._look(self.search.words.text())

    def end_search(self) -> None:
        """Esc: no marks any more, and the keys go to the pages."""
        had_focus = self.search.isAncestorOf(self.focusWidget() or self) or self.search.words.hasFocus()
        self.search.hide()
        self._look("")
        if had_focus:
            self.view.setFocus()

    def step(self, by: int) -> None:
        """The next place, or the one before, round the ends."""
        if self.hits:
            self.at = (self.at + by) % len(self.hits)
            self._mark()

    def _look(self, words: str) -> None:
        self.hits, self.at = [], -1
        self.search.told.setText("正在查找…" if words.strip() else "")
        self._mark()
        self.pictures.search(words)

    def _take_hits(self, hits: Sequence[Hit]) -> None:
        self.hits += hits
        if self.at < 0:
            after = (at for at, hit in enumerate(self.hits) if hit.page >= self.view.page)
            self.at = next(after, -1)
        self._mark()

    def _tell_hits(self) -> None:
        if self.hits and self.at < 0:
            self.at = 0
        self._mark()
        if not self.hits:
            self.search.told.setText("没有找到" if self.search.words.text().strip() else "")

    def _mark(self) -> None:
        current = self.hits[self.at] if 0 <= self.at < len(self.hits) else None
        self.view.show_hits(self.hits, current)
        if self.hits:
            self.search.told.setText(f"第{self.at + 1}处，共{len(self.hits)}处" if current else f"共{len(self.hits)}处")


class PreviewWindow(QDialog):
    """A paper in a window of its own. Attributes: ``preview``; Esc closes the search, then the window."""

    def __init__(self, printed: Printed, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview_window")
        self.setWindowTitle(title)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.preview = Preview()
        self.preview.bar.add(self.preview.buttons)
        for button in self.preview.buttons.all():
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.preview)
        self.preview.show_printed(printed)
        self.resize(SIZE)
        self.preview.view.setFocus()
