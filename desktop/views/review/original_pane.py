"""What a plan says, at the left of its review: the text that was read, the pages as issued, or both to choose from."""

import re

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from desktop.views.pane import Pane
from desktop.views.preview.pages_pane import PagesPane
from desktop.views.review.source_view import SourceView

# Remarks on pages that are to be seen, not read.
PAGE_FINDINGS = frozenset({"scanned_pages", "garbled_pages", "recognised_pages"})
_PAGE = re.compile(r"第(\d+)")


class OriginalPane(Pane):
    """Holds the source view and, where the document has pages, the pages. Attributes: ``pages`` or None."""

    def __init__(self, source: SourceView, pages: bytes, has_text: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self.pages = PagesPane(pages) if pages else None
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("方案原文和页面")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        if self.pages is None:
            layout.addWidget(source)
        elif has_text:
            self.tabs.addTab(source, "读出的文字")
            self.tabs.addTab(self.pages, "原件页面")
            layout.addWidget(self.tabs)
        else:
            layout.addWidget(self.pages)
            source.setParent(self)
            source.hide()
        self.begin_at(self.pages if self.pages is not None and not has_text else source)

    def show_page_of(self, sentence: str) -> None:
        """Bring the first page that a remark names into sight."""
        found = _PAGE.search(sentence)
        if self.pages is not None and found:
            if self.tabs.count():
                self.tabs.setCurrentWidget(self.pages)
            self.pages.go_to(int(found.group(1)) - 1)
