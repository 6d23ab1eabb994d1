"""The bars of the preview: page, zoom and side by side; search; what the clerk does with the paper."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from desktop.views.looks.icon_buttons import ShrinkingButton, icon_button, tool_button
from desktop.views.preview.page_places import STEPS, Fit
from desktop.views.preview.page_view import PageView

_FITS = ((Fit.WIDTH, "适合宽度"), (Fit.PAGE, "适合整页"))
_WAIT_MS = 200


def tool(picture: str, words: str, act: Callable[[], object], *, checkable: bool = False) -> QToolButton:
    """A button with an icon and its words as the tip."""
    button = tool_button(words, picture)
    button.setCheckable(checkable)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda _=False: act())
    return button


class ViewBar(QFrame):
    """Page, zoom and side by side of a view. Signals: ``search_wanted``, ``thumbs_wanted(bool)``."""

    search_wanted = Signal()
    thumbs_wanted = Signal(bool)

    def __init__(self, view: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.view = view
        self.thumbs = tool("page", "缩略图", lambda: self.thumbs_wanted.emit(self.thumbs.isChecked()), checkable=True)
        self.before = tool("up", "上一页", lambda: self._step(-1))
        self.after = tool("down", "下一页", lambda: self._step(1))
        self.number = QLineEdit()
        self.number.setAccessibleName("页码")
        self.number.setToolTip("页码，输入后按回车")
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setFixedWidth(self.number.fontMetrics().horizontalAdvance("00000") + 8)
        self.number.returnPressed.connect(self._go)
        self.count = QLabel()
        self.smaller = tool("zoom_out", "缩小（Ctrl+-）", lambda: view.zoom_step(-1))
        self.larger = tool("zoom_in", "放大（Ctrl+=）", lambda: view.zoom_step(1))
        self.zoom = QComboBox()
        self.zoom.setAccessibleName("显示比例")
        self.zoom.setToolTip("显示比例，也可以按住 Ctrl 滚动鼠标滚轮")
        for fit, words in _FITS:
            self.zoom.addItem(words, fit)
        for step in STEPS:
            self.zoom.addItem(f"{step:.0%}", step)
        self.zoom.activated.connect(self._choose_zoom)
        self.two = tool("two_pages", "两页并排", self._set_columns, checkable=True)
        self.finder = tool("find", "在文书中查找（Ctrl+F）", self.search_wanted.emit)
        self._lay_out()
        view.page_changed.connect(lambda _: self.show_page())
        view.zoom_changed.connect(self.show_zoom)
        self.show_page()

    def _lay_out(self) -> None:
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(6, 3, 6, 3)
        row.setSpacing(2)
        parts: tuple[QWidget, ...] = (self.thumbs, self.before, self.number, self.count, self.after)
        for part in (*parts, self.smaller, self.zoom, self.larger, self.two, self.finder):
            if part in (self.smaller, self.two):
                row.addSpacing(6)
            row.addWidget(part)
        row.addStretch(1)
        chain: tuple[QWidget, ...] = (
            *(part for part in parts if part is not self.count),
            self.smaller,
            self.zoom,
            self.larger,
        )
        for one, other in pairwise((*chain, self.two, self.finder)):
            QWidget.setTabOrder(one, other)

    def add(self, widget: QWidget) -> None:
        """Put something at the right end."""
        self._row.addWidget(widget)

    def show_page(self) -> None:
        """The page in front, and how many there are."""
        pages = len(self.view.pictures.sizes)
        self.number.setText(str(self.view.page + 1) if pages else "")
        self.count.setText(f"/ {pages}" if pages else "")
        self.before.setEnabled(self.view.page > 0)
        self.after.setEnabled(self.view.page + 1 < pages)
        for part in (self.number, self.smaller, self.zoom, self.larger, self.two, self.finder, self.thumbs):
            part.setEnabled(pages > 0)

    def show_zoom(self) -> None:
        """How large the pages are; a percentage that is none of the usual ones stands there as words."""
        at = self.zoom.findData(self.view.fit)
        if at < 0:
            at = next((n for n, step in enumerate(STEPS, len(_FITS)) if abs(step - self.view.zoom) < 0.005), -1)
        self.zoom.setCurrentIndex(at)
        self.zoom.setPlaceholderText(f"{self.view.zoom:.0%}")
        self.zoom.setAccessibleDescription(f"{self.view.zoom:.0%}")

    def _step(self, by: int) -> None:
        self.view.go_to(self.view.page + by * (self.view.columns if by > 0 else 1))

    def _go(self) -> None:
        text = self.number.text().strip()
        if text.isdecimal():
            self.view.go_to(min(len(self.view.pictures.sizes), max(1, int(text))) - 1)
        self.show_page()

    def _choose_zoom(self) -> None:
        chosen = self.zoom.currentData()
        if isinstance(chosen, float):
            self.view.set_zoom(chosen)
        elif chosen is not None:
            self.view.set_fit(Fit(chosen))

    def _set_columns(self) -> None:
        self.view.set_columns(2 if self.two.isChecked() else 1)


class SearchBar(QFrame):
    """Words to look for. Signals: ``typed(str)`` a moment after typing, ``stepped(int)`` by 1 or -1, ``closed``."""

    typed = Signal(str)
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self._tell)
        self.words = QLineEdit()
        self.words.setPlaceholderText("在文书中查找")
        self.words.setAccessibleName("在文书中查找")
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._wait.start)
        self.words.returnPressed.connect(lambda: self._step(1))
        self.told = QLabel()
        self.told.setObjectName("hint")
        self.told.setMinimumWidth(self.told.fontMetrics().horizontalAdvance("第000处，共000处"))
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 3, 6, 3)
        row.setSpacing(2)
        row.addWidget(self.words, 1)
        row.addWidget(self.told)
        row.addWidget(tool("up", "上一处（Shift+F3）", lambda: self._step(-1)))
        row.addWidget(tool("down", "下一处（F3）", lambda: self._step(1)))
        row.addWidget(tool("close", "关闭查找（Esc）", self.closed.emit))
        self.hide()

    def begin(self) -> None:
        """Show the bar and let the clerk type."""
        self.show()
        self.words.setFocus()
        self.words.selectAll()

    def _tell(self) -> None:
        self._wait.stop()
        self.typed.emit(self.words.text())

    def _step(self, by: int) -> None:
        if self._wait.isActive():
            self._tell()
        else:
            self.stepped.emit(by)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the search and nothing else."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)


class PaperButtons(QWidget):
    """What is done with a paper. ``word_button`` shows where a paper can be made anew as docx.

    Signals: ``print_wanted``, ``save_wanted``, ``word_wanted``, ``outside_wanted``.
    """

    print_wanted = Signal()
    save_wanted = Signal()
    word_wanted = Signal()
    outside_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.print_button = icon_button("打印…", "print")
        self.save_button = icon_button("保存PDF…", "save")
        self.word_button = ShrinkingButton("保存为Word…", "edit")
        self.outside_button = ShrinkingButton("用系统程序打开", "open")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        tips = (
            "打印成图片（Ctrl+P）",
            "保存为 PDF 文件（Ctrl+S）",
            "保存为Word：可在 WPS、Word 里改文字的 docx 文件（Ctrl+Shift+S）",
            "用系统程序打开：在系统的 PDF 程序里查看，从那里打印最清晰",
        )
        signals = (self.print_wanted, self.save_wanted, self.word_wanted, self.outside_wanted)
        for button, tip, signal in zip(self.all(), tips, signals, strict=True):
            button.setToolTip(tip)
            button.clicked.connect(lambda _=False, signal=signal: signal.emit())
            row.addWidget(button)
        self.word_button.hide()
        self.set_ready(False)

    def all(self) -> tuple[QPushButton, ...]:
        """The buttons from left to right."""
        return (self.print_button, self.save_button, self.word_button, self.outside_button)

    def set_ready(self, ready: bool) -> None:
        """Grey while there is no paper."""
        for button in self.all():
            button.setEnabled(ready)
