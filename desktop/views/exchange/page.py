"""交换: packages on sticks out and in, whom they come from, what to decide, who has not reported."""

from functools import cached_property
from typing import TypeVar

from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from desktop.rules.records import Changes
from desktop.views.exchange.board_view import BoardView, LogView
from desktop.views.exchange.conflicts_view import ConflictsView, read_lines
from desktop.views.exchange.identity_bar import IdentityBar
from desktop.views.exchange.partners_view import PartnersView
from desktop.views.exchange.receive_view import ReceiveView
from desktop.views.exchange.send_view import SendView
from desktop.views.late_reading import TITLE
from desktop.views.page import Page
from desktop.views.place import PageKey, Place
from desktop.views.session import Session

View = TypeVar("View", bound=QWidget)
PARTS = ("send", "receive", "partners", "conflicts", "board", "log")
PART_WORDS = ("下达、上报", "接收", "身份核对", "冲突", "谁还没报", "收发记录")


class _Tab(QWidget):
    """The place of a view that is made when it is first wanted."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    def take(self, view: View) -> View:
        """Show a view here."""
        layout = self.layout()
        assert layout is not None
        layout.addWidget(view)
        return view


class ExchangePage(Page):
    """``Place.part`` names a tab, one of PARTS. Attributes: ``bar``, and the view of each tab by its name."""

    key = PageKey.EXCHANGE

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.bar = IdentityBar(session)
        self.bar.opened.connect(self._refresh_part)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("交换的各项")
        self._tabs = {part: _Tab() for part in PARTS}
        for part, words in zip(PARTS, PART_WORDS, strict=True):
            self.tabs.addTab(self._tabs[part], words)
        self.tabs.currentChanged.connect(lambda _: self._refresh_part())
        title = QLabel("交换")
        title.setObjectName("title")
        hint = QLabel("用U盘与上级、下级单位交换；数据包都有签名，改动了会被发现")
        hint.setObjectName("hint")
        head = QHBoxLayout()
        head.addWidget(title)
        head.addWidget(hint, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.bar)
        layout.addWidget(self.tabs, 1)
        session.runner.ended.connect(self._after_job)

    @cached_property
    def send(self) -> SendView:
        """下达、上报."""
        return self._tabs["send"].take(SendView(self.session, self.bar))

    @cached_property
    def receive(self) -> ReceiveView:
        """接收."""
        return self._tabs["receive"].take(ReceiveView(self.session, self.bar))

    @cached_property
    def partners(self) -> PartnersView:
        """身份核对."""
        return self._tabs["partners"].take(PartnersView(self.session))

    @cached_property
    def conflicts(self) -> ConflictsView:
        """冲突."""
        return self._tabs["conflicts"].take(ConflictsView(self.session))

    @cached_property
    def board(self) -> BoardView:
        """谁还没报."""
        return self._tabs["board"].take(BoardView(self.session))

    @cached_property
    def log(self) -> LogView:
        """收发记录."""
        return self._tabs["log"].take(LogView(self.session))

    @property
    def part(self) -> str:
        """The tab in front, one of PARTS."""
        return PARTS[self.tabs.currentIndex()]

    def refresh(self) -> None:
        """Read the tab in front, and how many things are to be decided."""
        self.bar.refresh()
        self._refresh_part()

    def concerns(self, changes: Changes) -> bool:
        """Whatever was written may have to be sent."""
        return True

    def show_place(self, place: Place) -> None:
        """Bring a tab in front."""
        if place.part in PARTS:
            self.tabs.setCurrentIndex(PARTS.index(place.part))

    def _refresh_part(self) -> None:
        getattr(self, self.part).refresh()
        count = self.conflicts.count if self.part == "conflicts" else len(read_lines(self.session.ledger))
        self.tabs.setTabText(PARTS.index("conflicts"), f"冲突（{count}）" if count else "冲突")

    def _after_job(self, title: str) -> None:
        if self.isVisible() and title != TITLE:
            self.bar.refresh()
            self._refresh_part()
