"""When the program itself is at fault: log, ledger closed, one dialog with text to copy; a refusal is no crash."""

import logging
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop import crash
from desktop.app import tell_expected
from desktop.crash import CrashDialog, CrashReporter, log_qt_message, report_text
from desktop.rules.errors import KnownFault, Refused


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The reports that would have been shown, instead of a dialog that waits."""
    reports: list[str] = []
    monkeypatch.setattr(CrashDialog, "exec", lambda self: reports.append(self.report.toPlainText()))
    monkeypatch.setattr(crash.QCoreApplication, "exit", lambda status: None)
    return reports


@pytest.fixture
def hooks() -> Iterator[None]:
    """The hooks as they were, after the test."""
    before = crash.sys.excepthook, threading.excepthook
    yield
    crash.sys.excepthook, threading.excepthook = before


def caught(error: BaseException, reporter: CrashReporter) -> None:
    """Let the reporter see an error as Python's hook does."""
    try:
        raise error
    except type(error) as raised:
        reporter.on_error(type(raised), raised, raised.__traceback__)


def test_a_bug_is_shown_once_with_its_traceback_after_the_ledger_is_closed(
    looks: QApplication, qtbot: Any, shown: list[str], expected_log: Any
) -> None:
    expected_log.expect("not caught")
    closed: list[int] = []
    reporter = CrashReporter("0.1.0", tell_expected, lambda: closed.append(len(shown)))
    caught(ZeroDivisionError("表中没有行"), reporter)
    caught(ZeroDivisionError("再来一次"), reporter)
    qtbot.waitUntil(lambda: bool(shown))
    qtbot.wait(20)
    assert len(shown) == 1
    assert closed == [0]
    assert "ZeroDivisionError: 表中没有行" in shown[0]
    assert shown[0].startswith("督察整改台账 0.1.0\nPython 3.")


def test_a_bug_on_another_thread_reaches_the_clerk_too(
    looks: QApplication, qtbot: Any, shown: list[str], hooks: None, expected_log: Any
) -> None:
    expected_log.expect("not caught")
    reporter = CrashReporter("0.1.0", tell_expected, lambda: None)
    threading.excepthook = lambda args: reporter.on_error(args.exc_type, args.exc_value, args.exc_traceback)
    thread = threading.Thread(target=lambda: {}["没有"])
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(shown))
    assert "KeyError: '没有'" in shown[0]


@pytest.mark.parametrize(
    "error", [Refused("问题5没有第9项措施，没有保存。"), KnownFault("磁盘已满，没有保存。", "请腾出空间。")]
)
def test_a_refusal_nobody_caught_is_a_sentence_and_no_crash(
    looks: QApplication, qtbot: Any, shown: list[str], answers: Any, error: Refused | KnownFault
) -> None:
    caught(error, CrashReporter("0.1.0", tell_expected, lambda: None))
    qtbot.wait(20)
    assert shown == []
    assert answers.texts("refusal") == [error.sentence]


def test_a_ledger_that_cannot_be_closed_does_not_hide_the_report(
    looks: QApplication, qtbot: Any, shown: list[str], expected_log: Any
) -> None:
    expected_log.expect("not caught")
    expected_log.expect("closing after a crash failed")

    def fail() -> None:
        raise OSError("gone")

    caught(ValueError("x"), CrashReporter("0.1.0", tell_expected, fail))
    qtbot.waitUntil(lambda: bool(shown))


def test_the_report_can_be_copied(looks: QApplication, qtbot: Any) -> None:
    dialog = CrashDialog(report_text("0.1.0", "Traceback：第一行\n第二行"))
    qtbot.addWidget(dialog)
    dialog.copy()
    assert QGuiApplication.clipboard().text().endswith("Traceback：第一行\n第二行")
    assert (dialog.width(), dialog.height()) <= (1000, 560)


def test_nothing_of_the_dialog_is_clipped(looks: QApplication, qtbot: Any, clipped: Callable[..., list[str]]) -> None:
    dialog = CrashDialog("x\n" * 200)
    qtbot.addWidget(dialog)
    dialog.show()
    assert clipped(dialog) == []


def test_messages_of_qt_go_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        log_qt_message(QtMsgType.QtInfoMsg, QMessageLogContext(), "a message")
        log_qt_message(
            QtMsgType.QtWarningMsg, QMessageLogContext(), "This plugin does not support propagateSizeHints()"
        )
    assert [(r.name, r.levelname, r.getMessage()) for r in caplog.records] == [("qt", "INFO", "a message")]
