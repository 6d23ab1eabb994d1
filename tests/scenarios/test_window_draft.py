"""What was typed outlives its window, and two windows do not write one ledger."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.operations.cases import find_case
from desktop.operations.drafts import kept_draft
from desktop.views.entries.dialog import KEEP_MS, EntryDialog
from tests.scenarios.window_clerk import WAIT, WindowClerk, at_work, dialog_named, press, type_in

HALF = "方案已修订，正在组织"


@pytest.fixture
def clerk(qapp: QApplication, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WindowClerk]:
    with at_work(qapp, qtbot, tmp_path, monkeypatch) as made:
        made.make_ledger()
        made.open_window()
        yield made


def die_while_typing(clerk: WindowClerk) -> None:
    """Half a report is typed, then the window is gone: neither saved nor cancelled."""
    page = clerk.open_problem()

    def work(title: str, name: str) -> bool:
        dialog = dialog_named(name)
        dialog.show()
        type_in(dialog.form.fields["text"].widget, HALF)
        assert page.case is not None
        subject = page.case.problem.id
        ledger = clerk.window.session.ledger
        clerk.qtbot.waitUntil(lambda: bool(kept_draft(ledger, "progress", subject)), timeout=KEEP_MS + WAIT)
        dialog.hide()
        return False

    clerk.answers.replies["dialog"] = work
    press(page.bar.progress_button)
    clerk.throw_away()


def shown_text(clerk: WindowClerk) -> list[str]:
    """Open the form again and look at its text; what stands there, then leave."""
    found: list[str] = []

    def look(title: str, name: str) -> bool:
        dialog: EntryDialog = dialog_named(name)
        found.append(str(dialog.form.state()["text"]))
        dialog.reject()
        return False

    clerk.answers.replies["dialog"] = look
    press(clerk.open_problem().bar.progress_button)
    return found


def test_a_half_filled_form_is_offered_again(clerk: WindowClerk) -> None:
    die_while_typing(clerk)
    clerk.open_window()
    clerk.answers.replies["ask"] = True
    assert shown_text(clerk) == [HALF]
    assert clerk.answers.texts("ask") == ["上次填写的“填报进展”没有保存，要接着填吗？"]
    assert find_case(clerk.window.session.ledger, 5).progress == ()


def test_an_offer_that_is_refused_begins_anew_and_stays_open(clerk: WindowClerk) -> None:
    die_while_typing(clerk)
    clerk.open_window()
    clerk.answers.replies["ask"] = False
    assert shown_text(clerk) == [""]
    clerk.answers.replies["ask"] = True
    assert shown_text(clerk) == [HALF]


def test_a_report_gone_on_with_is_saved_and_not_offered_again(clerk: WindowClerk) -> None:
    die_while_typing(clerk)
    clerk.open_window()
    clerk.answers.replies["ask"] = True
    page = clerk.open_problem()
    assert clerk.fill(page.bar.progress_button, percent=30) == ""
    (saved,) = find_case(clerk.window.session.ledger, 5).progress
    assert (saved.text, saved.percent) == (HALF, 30)
    assert shown_text(clerk) == [""]
    assert len(clerk.answers.texts("ask")) == 1


def test_a_second_window_on_the_ledger_only_looks_and_says_so(clerk: WindowClerk) -> None:
    second = clerk.open_window("王芳")
    assert "（只读）" in second.windowTitle()
    assert second.banner.isVisible()
    assert "只能查看，不能保存" in second.banner.words
    page = clerk.open_problem()
    assert page.bar.name.text() == "问题5"
    assert not page.bar.progress_button.isEnabled()
    assert not page.bar.next_button.isEnabled()
    clerk.throw_away()
    assert not clerk.window.banner.isVisible()
    first = clerk.open_problem()
    assert clerk.fill(first.bar.progress_button, text="第一个窗口照常填报", percent=10) == ""
    assert len(find_case(clerk.window.session.ledger, 5).progress) == 1
