"""kill -9 with a half-filled form open: nothing confirmed is lost, and the form is offered again."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.operations.cases import find_case
from desktop.operations.ledgers import check
from desktop.views.actions import ACTIONS
from desktop.views.place import Place
from tests.scenarios.window_clerk import WAIT, WindowClerk, at_work, dialog_named, press

ROOT = Path(__file__).resolve().parents[2]
HALF = "方案已修订，正在组织第二次现场"


@pytest.fixture
def clerk(qapp: QApplication, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WindowClerk]:
    with at_work(qapp, qtbot, tmp_path, monkeypatch) as made:
        made.make_ledger()
        yield made


@contextmanager
def program_at_work(clerk: WindowClerk) -> Iterator[None]:
    """Another program with the same ledger open, a report half typed and its draft kept; killed at the end."""
    command = [sys.executable, "-m", "tests.scenarios.half_filled", str(clerk.folder), HALF]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    running = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert running.stdout is not None
        said = running.stdout.readline()
        if said != "kept\n":
            running.kill()
            raise AssertionError(running.communicate()[1][-3000:])
        assert running.poll() is None
        yield
    finally:
        # SIGKILL: the process gets no chance to tidy up.
        running.kill()
        running.communicate(timeout=WAIT / 1000)


def kill_while_typing(clerk: WindowClerk) -> None:
    """Run the program until the draft is kept, and end it as a power cut does."""
    with program_at_work(clerk):
        pass


def test_a_program_killed_over_a_half_filled_form_offers_it_on_the_next_start(clerk: WindowClerk) -> None:
    kill_while_typing(clerk)
    window = clerk.open_window()
    assert window.session.ledger.writable
    assert check(window.session.ledger).is_sound
    assert find_case(window.session.ledger, 5).progress == ()
    shown: list[str] = []

    def look(title: str, name: str) -> bool:
        dialog = dialog_named(name)
        dialog.show()
        shown.append(str(dialog.form.state()["text"]))
        clerk.put(dialog.form, "percent", 40)
        press(dialog.form.submit_button)
        return True

    clerk.answers.replies |= {"ask": True, "dialog": look}
    press(clerk.open_problem().bar.progress_button)
    assert clerk.answers.texts("ask") == ["上次填写的“填报进展”没有保存，要接着填吗？"]
    assert shown == [HALF]
    (saved,) = find_case(window.session.ledger, 5).progress
    assert (saved.text, saved.percent) == (HALF, 40)


def test_a_second_program_finds_the_ledger_free_after_the_first_was_killed(clerk: WindowClerk) -> None:
    kill_while_typing(clerk)
    clerk.open_window("王芳")
    page = clerk.open_problem()
    clerk.answers.replies["ask"] = False
    assert clerk.fill(page.bar.progress_button, text="另行填报", percent=10) == ""
    assert [entry.text for entry in find_case(clerk.window.session.ledger, 5).progress] == ["另行填报"]


def test_the_second_of_two_windows_looks_on_says_so_and_writes_once_the_first_is_gone(clerk: WindowClerk) -> None:
    with program_at_work(clerk):
        window = clerk.open_window("王芳")
        assert not window.session.can_write
        assert "（只读）" in window.windowTitle()
        assert window.banner.isVisible()
        assert window.banner.words.startswith("台账正被另一个程序使用")
        for key in window.page_keys():
            assert window.go(Place(key))
            assert window.banner.isVisible()
        page = clerk.open_problem()
        assert not page.bar.progress_button.isEnabled()
        assert [action.key for action in ACTIONS if action.writes and window.can(action.key)] == []
    again = clerk.open_window("王芳")
    assert again.session.can_write
    assert not again.banner.isVisible()
    page = clerk.open_problem()
    clerk.answers.replies["ask"] = False
    assert clerk.fill(page.bar.progress_button, text="另行填报", percent=10) == ""
