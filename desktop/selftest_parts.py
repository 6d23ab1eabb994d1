"""The parts of 自检, in the order in which they are tried; the later ones use what the earlier ones made."""

import os
import sys
from datetime import date, datetime
from pathlib import Path

from desktop import paths, screen
from desktop.operations import selftest
from desktop.operations.profile import load_region
from desktop.rules.errors import KnownFault, Refused
from desktop.selftest_desk import AGAIN, Desk, Part

_SHOWN = "督察整改"


def try_program_files(desk: Desk) -> str:
    """Nothing is missing from the program folder and nothing in it was changed."""
    if not paths.is_portable():
        return "从源代码运行，没有校验清单"
    return selftest.compare_with_sums(paths.beside_program("").resolve())


def try_first_settings(desk: Desk) -> str:
    """``default.toml`` beside the program, if there is one, can be taken whole."""
    if desk.first.faults:
        raise Refused("".join(desk.first.faults))
    if not desk.first.is_there:
        return "没有 default.toml，使用默认设置"
    if region := desk.first.values.get("region"):
        load_region(region)
    return "、".join(f"{key}={value}" for key, value in desk.first.values.items()) or "default.toml 没有填写"


def try_window(desk: Desk) -> str:
    """Qt and its platform: the machine's screen where there is one, else without."""
    if not screen.has_display(sys.platform, os.environ):
        os.environ["QT_QPA_PLATFORM"] = screen.OFFSCREEN
    screen.choose_platform()
    # Not above: where a system library is missing this part fails, and the others are still tried.
    from PySide6.QtCore import QLibraryInfo, qVersion

    from desktop.app import make_app

    shown = make_app().platformName()
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    if wrong := screen.platform_fault(shown, plugins):
        raise KnownFault(wrong)
    return f"Qt {qVersion()}，{shown}{'（没有显示器，不显示窗口）' if shown == screen.OFFSCREEN else ''}"


def try_chinese(desk: Desk) -> str:
    """Qt's own buttons are in Chinese, and the font of the screen has hanzi."""
    from PySide6.QtGui import QFontMetrics
    from PySide6.QtWidgets import QApplication

    from desktop.app import make_app

    app = make_app()
    cancel = QApplication.translate("QPlatformTheme", "Cancel")
    if cancel != "取消":
        raise KnownFault(f"界面部件的中文没有装入（“取消”显示为“{cancel}”）。", AGAIN)
    family, metrics = app.font().family(), QFontMetrics(app.font())
    if not all(metrics.inFontUcs4(ord(char)) for char in _SHOWN):
        raise KnownFault(f"屏幕字体 {family} 没有汉字，界面会显示为方框。", "请在本机安装中文字体。")
    return f"屏幕字体 {family}，界面语言中文"


PARTS: tuple[Part, ...] = (
    ("程序文件", try_program_files),
    ("首次设置", try_first_settings),
    ("模板和放假安排", lambda desk: selftest.read_office_files()),
    ("数据文件夹", lambda desk: selftest.look_at_place(desk.settings.data_folder())),
    ("数据库", lambda desk: selftest.ask_database()),
    ("窗口", try_window),
    ("中文界面", try_chinese),
    ("打印字体", lambda desk: selftest.find_fonts()),
    ("示例台账", lambda desk: selftest.make_trial_ledger(desk.ledger)),
    ("打印请示", lambda desk: selftest.print_request(desk.ledger, desk.folder)),
    ("导出和读取", lambda desk: selftest.read_back(desk.ledger, desk.folder)),
    ("备份恢复", lambda desk: selftest.pack_evidence(desk.ledger, desk.folder / "备份", datetime.now())),
    ("数据包", lambda desk: selftest.exchange(desk.ledger, desk.folder / "交换", date.today())),
)
