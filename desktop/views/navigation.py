"""The pages of the window as a column of buttons on the left; arrow keys and Ctrl with digits move between them."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from desktop.views.looks.icons import icon
from desktop.views.looks.theme import colours
from desktop.views.place import PAGE_WORDS, PageKey, page_shortcut

_KEYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Navigation(QFrame):
    """Signals: ``chosen(PageKey)`` when the clerk asks for a page."""

    chosen = Signal(object)

    def __init__(self, keys: Sequence[PageKey], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAccessibleName("导航")
        self._buttons: dict[PageKey, QToolButton] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.setSpacing(2)
        for number, key in enumerate(keys, 1):
            if key == PageKey.SETTINGS:
                layout.addStretch(1)
            layout.addWidget(self._make_button(key, number))
        if PageKey.SETTINGS not in keys:
            layout.addStretch(1)
        self._group.idToggled.connect(lambda *_: self._tint())
        self._tint()

    def _make_button(self, key: PageKey, number: int) -> QToolButton:
        button = QToolButton()
        button.setText(PAGE_WORDS[key])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIconSize(QSize(20, 20))
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setAccessibleName(f"打开{PAGE_WORDS[key]}")
        button.setToolTip(f"{PAGE_WORDS[key]}（{page_shortcut(key, number)}）")
        button.clicked.connect(lambda *_: self.chosen.emit(key))
        self._group.addButton(button, number)
        self._buttons[key] = button
        return button

    @property
    def keys(self) -> tuple[PageKey, ...]:
        """The pages in their order."""
        return tuple(self._buttons)

    def show_current(self, key: PageKey) -> None:
        """Mark the page in front; a page that has no button leaves the marks as they are."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def restyle(self) -> None:
        """Draw the icons again in the colours now in use."""
        self._tint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move the focus between the pages."""
        buttons = list(self._buttons.values())
        step = _KEYS.get(Qt.Key(event.key()))
        focused = next((at for at, button in enumerate(buttons) if button.hasFocus()), None)
        if step is None or focused is None:
            super().keyPressEvent(event)
            return
        buttons[(focused + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def _tint(self) -> None:
        look = colours()
        for key, button in self._buttons.items():
            button.setIcon(icon(key.value, look.on_accent if button.isChecked() else look.nav_text))
