"""交换: packages on sticks out and in, whom they come from, what to decide, who has not reported."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabWidget, QVBoxLayout, QWidget

from desktop.rules.records import Changes
from desktop.views.board_view import BoardView, LogView
from desktop.views.conflicts_view import ConflictsView
from desktop.views.identity_bar import IdentityBar
from desktop.views.late_reading import TITLE
from desktop.views.page import Page
from desktop.views.partners_view import PartnersView
from desktop.views.place import PageKey, Place
from desktop.views.receive_view import ReceiveView
from desktop.views.send_view import SendView
from desktop.views.session import Session

PARTS = ("send", "receive", "partners", "conflicts", "board", "log")
PART_WORDS = ("下达、上报", "接收", "身份核对", "冲突", "谁还没报", "收发记录")


class ExchangePage(Page):
    """``Place.part`` names a tab, one of PARTS. Attributes: ``bar``, and each tab by its name."""

    key = PageKey.EXCHANGE

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.bar = IdentityBar(session)
        self.bar.opened.connect(self._refresh_part)
        self.send = SendView(session, self.bar)
        self.receive = ReceiveView(session, self.bar)
        self.partners = PartnersView(session)
        self.conflicts = ConflictsView(session)
        self.board = BoardView(session)
        self.log = LogView(session)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("交换的各项")
        self._views = (self.send, self.receive, self.partners, self.conflicts, self.board, self.log)
        for view, words in zip(self._views, PART_WORDS, strict=True):
            self.tabs.addTab(view, words)
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
        self._views[self.tabs.currentIndex()].refresh()
        if self.tabs.currentIndex() != PARTS.index("conflicts"):
            self.conflicts.refresh()
        count = self.conflicts.count
        self.tabs.setTabText(PARTS.index("conflicts"), f"冲突（{count}）" if count else "冲突")

    def _after_job(self, title: str) -> None:
        if self.isVisible() and title != TITLE:
            self.bar.refresh()
            self._refresh_part()
