"""设置: the office, backups and health of the ledger, the fonts for paper, the look of the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from desktop.operations.office_settings import read_office_settings, save_office_settings
from desktop.operations.profile import load_region, region_keys
from desktop.views.page import Page
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from desktop.views.setup.health_panel import HealthPanel
from desktop.views.setup.look_panel import FontPanel, LookPanel
from desktop.views.setup.office_form import OfficeForm
from forms.base import Form


class SettingsPage(Page):
    """Tabs of settings; ``Place.part`` names a tab: office, health, fonts, look."""

    key = PageKey.SETTINGS

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        title = QLabel("设置")
        title.setObjectName("title")
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName("设置")
        self.office = OfficeForm(read_office_settings(session.ledger), _regions())
        self.office.submitted.connect(self._save)
        self.office.edited.connect(self._note_edit)
        self._edited = False
        self.health = HealthPanel(session)
        self.fonts = FontPanel(session)
        self.look = LookPanel(session)
        self._parts = {"office": self.office, "health": self.health, "fonts": self.fonts, "look": self.look}
        for key, words in (("office", "本单位"), ("health", "备份与体检"), ("fonts", "打印字体"), ("look", "界面")):
            self.tabs.addTab(_inset(self._parts[key]), words)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.addWidget(title)
        layout.addWidget(self.tabs, 1)

    def refresh(self) -> None:
        """Show the settings as they are; what is being typed stays."""
        if not self._edited:
            self.office.restore(dict(read_office_settings(self.session.ledger)))
            self._edited = False
        self.office.submit_button.setEnabled(self.session.can_write)
        self.health.refresh()

    def show_place(self, place: Place) -> None:
        """Bring a tab in front."""
        if place.part in self._parts:
            self.tabs.setCurrentIndex(list(self._parts).index(place.part))

    def is_idle(self) -> bool:
        """True when nothing typed is unsaved."""
        return not self._edited

    def _note_edit(self) -> None:
        self._edited = self.office.draft() != read_office_settings(self.session.ledger)

    def _save(self, values: object) -> None:
        session = self.session
        if isinstance(values, dict):
            self._edited = False
            save = lambda: save_office_settings(session.ledger, values, session.today(), session.person)  # noqa: E731
            self._edited = session.do(save) is None


def _regions() -> list[tuple[str, str]]:
    return [(key, load_region(key).name) for key in region_keys()]


def _inset(widget: QWidget) -> QWidget:
    """A tab with air around what it shows, not wider than is comfortable to read; it scrolls on a small screen.

    A form scrolls its fields itself, so that its buttons stay in sight.
    """
    body = QWidget()
    widget.setMaximumWidth(860)
    layout = QVBoxLayout(body)
    layout.setContentsMargins(4, 14, 4, 4)
    layout.addWidget(widget, 1)
    if isinstance(widget, Form):
        return body
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QScrollArea.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(body)
    return scroll
