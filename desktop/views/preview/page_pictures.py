"""The pages of a PDF as pictures, and the places of words on them, made off the window's thread."""

import contextlib
import queue
from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSizeF, QTimer, Signal
from PySide6.QtGui import QImage

from desktop.operations.pdf_turn import PDFIUM
from desktop.views.preview.pdf_pages import draw_page, find_words, open_pdf, page_sizes, plain_text

if TYPE_CHECKING:
    import pypdfium2

BUDGET = 96 * 1024 * 1024
LARGEST = 8_000_000  # pixels of one picture: A4 at 300 %; beyond that the screen enlarges it
_WAIT_MS = 8

# A page counted from 0, and the width of its picture in device pixels.
Key = tuple[int, int]
Document = list["pypdfium2.PdfDocument"]  # the open one, or none
_Take = Callable[[object], None]
_Results = queue.SimpleQueue[tuple[int, _Take, object]]


class PagePictures(QObject):
    """One PDF at a time: its sizes, pictures at any width, and search.

    Pictures are kept up to ``budget`` bytes, the ones seen last; what is asked for now is never dropped. Signals:
    ``opened`` when ``sizes`` (points) are other ones, ``failed`` when the PDF cannot be read, ``ready(page)`` when a
    picture has come, ``found(hits)`` for each page searched, ``searched`` at the end of a search.
    """

    opened = Signal()
    failed = Signal()
    ready = Signal(int)
    found = Signal(object)
    searched = Signal()

    def __init__(self, parent: QObject | None = None, budget: int = BUDGET) -> None:
        super().__init__(parent)
        self.sizes: tuple[QSizeF, ...] = ()
        self._budget = budget
        self._kept: OrderedDict[Key, QImage] = OrderedDict()
        self._thumbs: OrderedDict[Key, None] = OrderedDict()
        self._seen: tuple[Key, ...] = ()
        self._search: list[int] = []
        self._words = ""
        self._turn = self._search_turn = 0
        self._is_running = self._is_open = False
        self._before: dict[int, QImage] = {}
        self._document = document = Document()
        # Results are fetched by a timer, not sent by a signal of the other thread: this object may be gone by then.
        self._results: _Results = queue.SimpleQueue()
        self._timer = QTimer(self)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._hand_over)
        self.destroyed.connect(lambda: _let_go(document))

    # What is shown

    def open(self, data: bytes) -> None:
        """Show another PDF; sizes and pictures of the one before stay until it is opened. Empty: show nothing."""
        _let_go(self._document)
        document = self._document
        self._turn += 1
        self._is_open = self._is_running = False
        self._search, self._words = [], ""
        if data:
            self._run(lambda: _open(data, document), self._take_sizes)
        else:
            self._begin(())

    def close(self) -> None:
        """Let the PDF go."""
        self.open(b"")

    @property
    def is_busy(self) -> bool:
        """True while a picture or a search is still to come."""
        return self._is_running

    def picture(self, page: int, width: int) -> QImage | None:
        """The picture of a page at a width, when it is there."""
        key = self._possible(page, width)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def nearest(self, page: int, width: int) -> QImage | None:
        """The picture of a page at whatever width there is, the one nearest to ``width``, to show meanwhile."""
        widths = [key[1] for key in self._kept if key[0] == page]
        best = min(widths, key=lambda known: abs(known - width), default=None)
        return self._before.get(page) if best is None else self._kept[page, best]

    def want(self, keys: Iterable[Key]) -> None:
        """Say which pictures are in sight now, the most wanted first; what was asked before is forgotten."""
        self._seen = tuple(self._possible(*key) for key in keys if key[0] < len(self.sizes))
        self._next()

    def want_small(self, page: int, width: int) -> None:
        """Ask for a small picture, made when nothing in sight is missing; asked last comes first."""
        key = self._possible(page, width)
        if key not in self._kept and page < len(self.sizes):
            self._thumbs[key] = None
            self._thumbs.move_to_end(key)
            self._next()

    def search(self, words: str) -> None:
        """Look for words on every page, whatever spaces and line ends stand between their characters."""
        self._words = plain_text(words)
        self._search_turn += 1
        self._search = list(range(len(self.sizes))) if self._words and self._is_open else []
        if self._search:
            self._next()
        else:
            self.searched.emit()

    # One thing after the other

    def _possible(self, page: int, width: int) -> Key:
        """The picture that is made for a page at a width: no larger than ``LARGEST``."""
        if page >= len(self.sizes):
            return page, width
        size = self.sizes[page]
        most = (LARGEST * size.width() / size.height()) ** 0.5
        return page, max(1, min(width, int(most)))

    def _next(self) -> None:
        if self._is_running or not self._is_open:
            return
        key = next((key for key in self._seen if key not in self._kept), None)
        if key is None and self._thumbs:
            key = self._thumbs.popitem()[0]
        document = self._document
        if key is not None:
            wanted, scale = key, key[1] / self.sizes[key[0]].width()
            self._run(lambda: draw_page(document[0], wanted[0], scale), lambda image: self._take(wanted, image))
        elif self._search:
            page, words, turn = self._search.pop(0), self._words, self._search_turn
            self._run(lambda: find_words(document[0], page, words), lambda hits: self._take_hits(turn, hits))

    def _run(self, work: Callable[[], object], take: _Take) -> None:
        self._is_running = True
        turn, results = self._turn, self._results
        _thread().submit(_do, work, results, turn, take)
        self._timer.start()

    def _hand_over(self) -> None:
        with contextlib.suppress(queue.Empty):
            turn, take, result = self._results.get_nowait()
            if turn == self._turn:
                self._is_running = False
                take(result)
                self._next()
        if not self._is_running:
            self._timer.stop()

    def _take_sizes(self, sizes: object) -> None:
        if isinstance(sizes, tuple) and sizes:
            self._begin(sizes)
        else:
            self._begin(())
            self.failed.emit()

    def _begin(self, sizes: tuple[QSizeF, ...]) -> None:
        """The pages of another PDF; what was in sight stands in for them until they are drawn."""
        self._before = {key[0]: self._kept[key] for key in reversed(self._seen) if key in self._kept}
        self._kept.clear()
        self._thumbs.clear()
        self._seen = ()
        self.sizes, self._is_open = sizes, bool(sizes)
        self.opened.emit()

    def _take(self, key: Key, image: object) -> None:
        # A page that cannot be drawn stays white, and is not asked for again and again.
        self._kept[key] = image if isinstance(image, QImage) else QImage()
        spent = sum(kept.sizeInBytes() for kept in self._kept.values())
        for old in list(self._kept):
            if spent <= self._budget:
                break
            if old not in self._seen and old != key:
                spent -= self._kept.pop(old).sizeInBytes()
        self.ready.emit(key[0])

    def _take_hits(self, turn: int, hits: object) -> None:
        if turn == self._search_turn:
            if isinstance(hits, list) and hits:
                self.found.emit(tuple(hits))
            if not self._search:
                self.searched.emit()


@lru_cache(maxsize=1)
def _thread() -> ThreadPoolExecutor:
    """The one thread that draws pages, one thing after the other."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="pages")


def _do(work: Callable[[], object], results: _Results, turn: int, take: _Take) -> None:
    result: object = None
    # A page that cannot be drawn or read stays white; it holds nothing else up.
    with contextlib.suppress(Exception), PDFIUM:
        result = work()
    results.put((turn, take, result))


def _open(data: bytes, document: Document) -> tuple[QSizeF, ...]:
    document.append(open_pdf(data))
    return page_sizes(document[0])


def _let_go(document: Document) -> None:
    try:
        _thread().submit(_close, document)
    except RuntimeError:  # the program ends and takes no more work
        _close(document)


def _close(document: Document) -> None:
    with PDFIUM:
        while document:
            document.pop().close()
