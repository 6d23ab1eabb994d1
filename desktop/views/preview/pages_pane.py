"""The pages of a plan as they were issued, beside what was read of it or what is typed in."""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop.views.pane import Pane
from desktop.views.preview.bar import ViewBar
from desktop.views.preview.page_pictures import PagePictures
from desktop.views.preview.page_view import PageView


class PagesPane(Pane):
    """Shows the pages of a PDF, opened when they are first seen."""

    def __init__(self, data: bytes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data = data
        self._wanted = 0
        self.pictures = PagePictures(self)
        self.view = PageView(self.pictures)
        self.view.setAccessibleName("方案原件的页面")
        self.bar = ViewBar(self.view)
        # The pane is narrow, and a picture holds no words to look for.
        for part in (self.bar.thumbs, self.bar.two, self.bar.finder):
            part.hide()
        self.fault = QLabel("这份文件的页面打不开，请对照纸质件。")
        self.fault.setObjectName("hint")
        self.fault.setWordWrap(True)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.fault)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        self.begin_at(self.view)
        self.pictures.opened.connect(lambda: self.view.go_to(self._wanted))
        self.pictures.failed.connect(lambda: self.stack.setCurrentWidget(self.fault))

    def showEvent(self, event: QShowEvent) -> None:
        """Open the pages the first time."""
        super().showEvent(event)
        if self._data:
            data, self._data = self._data, b""
            self.pictures.open(data)

    def go_to(self, page: int) -> None:
        """Bring a page to the front, counted from 0; before the pages are open it is kept in mind."""
        self._wanted = page
        if page < len(self.pictures.sizes):
            self.view.go_to(page)
