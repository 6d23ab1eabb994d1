"""The style sheet of the window; ``$names`` are filled in by the theme."""

STYLE_SHEET = """
QToolTip { background: $raised; color: $text; border: 1px solid $strong_line; padding: 3px 6px; }

QLabel#title { font-size: $title; font-weight: bold; }
QLabel#subtitle { font-size: $subtitle; font-weight: bold; }
QLabel#hint { font-size: $small; color: $muted; }
QLabel#fault { font-size: $small; color: $late; }
QLabel#number { font-size: $title; font-weight: bold; color: $accent; }

QFrame#card { background: $raised; border: 1px solid $line; border-radius: 6px; }
QFrame#toolbar { background: $raised; border: none; border-bottom: 1px solid $line; }
QFrame#line { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame#banner { background: $warn_back; border: none; border-bottom: 1px solid $warn; }
QFrame#banner QLabel { color: $warn; }
QFrame#secrecy { background: $late_back; border: none; border-bottom: 1px solid $late; }
QFrame#secrecy QLabel { color: $late; font-weight: bold; }

QLabel#badge, QLabel[badge="true"] {
    font-size: $small; padding: 1px 7px; border-radius: 4px; color: $muted; background: $hover;
}
QLabel#badge[tone="ok"] { color: $ok; background: $ok_back; }
QLabel#badge[tone="warn"] { color: $warn; background: $warn_back; }
QLabel#badge[tone="late"] { color: $late; background: $late_back; }
QLabel#badge[tone="accent"] { color: $accent; background: $selected; }
QLabel#badge[tone="muted"] { color: $muted; background: $hover; }

QPushButton {
    background: $raised; color: $text; border: 1px solid $strong_line; border-radius: 4px;
    padding: 4px 13px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $selected; }
QPushButton:focus { border: 2px solid $accent; padding: 3px 12px; }
QPushButton:disabled { color: $strong_line; border-color: $line; background: $window; }
QPushButton#primary { background: $accent; color: $on_accent; border-color: $accent; }
QPushButton#primary:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton#primary:focus { border: 2px solid $text; }
QPushButton#primary:disabled { background: $hover; color: $strong_line; border-color: $line; }
QPushButton#danger { color: $late; border-color: $late; }
QPushButton#danger:hover { background: $late_back; }
QPushButton#danger:focus { border: 2px solid $late; }
QPushButton#danger:disabled { color: $strong_line; border-color: $line; }
QPushButton#flat { background: transparent; border-color: transparent; color: $accent; padding: 4px 6px; }
QPushButton#flat:hover { background: $hover; }
QPushButton#flat:focus { border: 2px solid $accent; padding: 3px 5px; }
QPushButton#flat:disabled { color: $strong_line; }

QPushButton#chip { padding: 4px 8px; }
QPushButton#chip:focus { padding: 3px 7px; }

QPushButton#choice { text-align: left; padding: 9px 14px; border-color: $line; border-radius: 6px; }
QPushButton#choice:focus { border: 2px solid $accent; padding: 8px 13px; }

QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 4px; color: $text; background: transparent; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $selected; }
QToolButton:focus { border: 1px solid $accent; }
QToolButton:disabled { color: $strong_line; }

QFrame#navigation { background: $nav; border: none; border-right: 1px solid $line; }
QFrame#navigation QToolButton {
    color: $nav_text; border: 2px solid transparent; border-radius: 5px; padding: 4px 14px 4px 8px; text-align: left;
}
QFrame#navigation QToolButton:hover { background: $hover; }
QFrame#navigation QToolButton:checked { background: $accent; color: $on_accent; font-weight: bold; }
QFrame#navigation QToolButton:focus { border: 2px solid $accent; }
QFrame#navigation QToolButton:checked:focus { border: 2px solid $text; }

QLineEdit { background: $base; border: 1px solid $strong_line; border-radius: 2px; padding: 2px; }
QLineEdit:focus { border: 1px solid $accent; }
QComboBox QLineEdit, QAbstractSpinBox QLineEdit { background: transparent; border: none; padding: 0; }
QPlainTextEdit, QTextEdit { background: $base; border: 1px solid $strong_line; border-radius: 2px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 1px solid $accent; }

QTableView, QTreeView, QListView, QListWidget {
    background: $base; alternate-background-color: $alternate; border: 1px solid $line; gridline-color: $line;
    selection-background-color: $selected; selection-color: $text;
}
QTableView:focus, QTreeView:focus, QListView:focus { border: 1px solid $accent; }
QTableView::item { padding: 0 5px; }
QListView::item { padding: 4px 6px; }
QHeaderView { background: $window; }
QHeaderView::section {
    background: $window; color: $muted; border: none; border-right: 1px solid $line; border-bottom: 1px solid $line;
    padding: 4px 6px; font-weight: bold;
}
QHeaderView::section:hover { background: $hover; }
QTableCornerButton::section { background: $window; border: none; border-bottom: 1px solid $line; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar::tab { padding: 6px 14px; border: none; border-bottom: 3px solid transparent; color: $muted; }
QTabBar::tab:hover { background: $hover; }
QTabBar::tab:selected { color: $accent; border-bottom: 3px solid $accent; font-weight: bold; }
QTabBar::tab:focus { background: $hover; }

QGroupBox { border: 1px solid $line; border-radius: 6px; margin-top: 1.1em; padding-top: 4px; }
QGroupBox::title { subcontrol-origin: margin; left: 10px; padding: 0 4px; color: $muted; }

QMenuBar { background: $window; border-bottom: 1px solid $line; }
QMenuBar::item { padding: 4px 10px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $raised; border: 1px solid $strong_line; padding: 4px; }
QMenu::item { padding: 5px 26px 5px 26px; border-radius: 3px; }
QMenu::item:selected { background: $selected; color: $text; }
QMenu::item:disabled { color: $strong_line; }
QMenu::icon { padding-left: 5px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 6px; }

QStatusBar { background: $window; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $muted; font-size: $small; padding: 0 4px; }

QCheckBox, QRadioButton { spacing: 6px; }
QCheckBox::indicator, QRadioButton::indicator {
    width: 13px; height: 13px; border: 1px solid $strong_line; background: $base; border-radius: 3px;
}
QRadioButton::indicator { border-radius: 7px; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $accent; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QRadioButton::indicator:checked {
    background: $accent; border-color: $accent; image: url("$tick");
}
QCheckBox::indicator:checked:focus, QRadioButton::indicator:checked:focus { border: 2px solid $text; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { background: $window; border-color: $line; }

QProgressBar { border: 1px solid $line; border-radius: 4px; background: $base; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget#body { background: transparent; }
QSplitter::handle { background: $line; }
QSplitter::handle:hover { background: $accent; }
"""
