"""The ledger's folder is pulled away while the window is open, put back, or another one is put in its place."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop.operations.cases import find_case
from desktop.operations.ledgers import open_to_read
from desktop.operations.sample.make import make_sample
from desktop.views.dispatch.page import DispatchPage
from desktop.views.place import PageKey, Place
from tests.scenarios.window_clerk import WAIT, WindowClerk, at_work, dialog_named, fault_of, press, type_in

GONE = "找不到台账文件夹"


@pytest.fixture
def clerk(qapp: QApplication, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WindowClerk]:
    with at_work(qapp, qtbot, tmp_path, monkeypatch) as made:
        made.make_ledger()
        made.open_window()
        yield made


def pull_away(clerk: WindowClerk) -> Path:
    """Move the folder; the window looks after it as it does every few seconds."""
    away = clerk.folder.with_name("拿走的台账")
    clerk.folder.rename(away)
    clerk.window.look_at_folder()
    return away


def put_back(clerk: WindowClerk, away: Path) -> None:
    away.rename(clerk.folder)
    clerk.window.look_at_folder()


def settle(clerk: WindowClerk) -> None:
    """Let what reads late read, and jobs end."""
    clerk.qtbot.wait(150)
    clerk.qtbot.waitUntil(lambda: not clerk.window.session.runner.is_busy, timeout=WAIT)
    clerk.qtbot.wait(50)


@pytest.mark.slow
@pytest.mark.parametrize("opened_before", [True, False])
def test_every_page_stays_up_and_the_window_says_what_is_wrong(
    qapp: QApplication, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened_before: bool
) -> None:
    with at_work(qapp, qtbot, tmp_path, monkeypatch) as clerk:
        make_sample(clerk.folder)
        window = clerk.open_window()
        problem = find_case(window.session.ledger, 12).problem.id
        places = [Place(key, problem if key in (PageKey.CASE, PageKey.PAPERS) else "") for key in window.page_keys()]
        for place in places if opened_before else ():
            window.go(place)
            settle(clerk)
        pull_away(clerk)
        assert window.banner.words.startswith(GONE)
        told: dict[PageKey, list[str]] = {}
        for place in places:
            clerk.answers.asked.clear()
            window.go(place)
            settle(clerk)
            window.do("refresh")
            settle(clerk)
            told[place.page] = [first for kind, first, _ in clerk.answers.asked if kind in ("tell", "refusal")]
            assert window.page is not None
            assert window.page.key == place.page
            assert window.banner.isVisible()
        assert all(sentence.startswith(GONE) for sentences in told.values() for sentence in sentences), told
        assert all(len(sentences) <= 2 for sentences in told.values()), told


def test_a_form_open_meanwhile_keeps_its_words_and_saves_once_the_folder_is_back(clerk: WindowClerk) -> None:
    page = clerk.open_problem()
    seen: list[str] = []

    def work(title: str, name: str) -> bool:
        dialog = dialog_named(name)
        dialog.show()
        type_in(dialog.form.fields["text"].widget, "已完成截污纳管6处")
        away = pull_away(clerk)
        press(dialog.form.submit_button)
        seen.append(fault_of(dialog))
        assert dialog.isVisible()
        put_back(clerk, away)
        press(dialog.form.submit_button)
        return True

    clerk.answers.replies["dialog"] = work
    press(page.bar.progress_button)
    assert seen[0].startswith(GONE)
    assert "没有保存" in seen[0]
    assert [entry.text for entry in find_case(clerk.window.session.ledger, 5).progress] == ["已完成截污纳管6处"]
    assert not clerk.window.banner.isVisible()


def test_a_form_opened_meanwhile_says_why_nothing_can_be_typed(clerk: WindowClerk) -> None:
    page = clerk.open_problem()
    pull_away(clerk)
    assert clerk.fill(page.bar.progress_button).startswith(GONE)


def test_rows_typed_in_the_grid_wait_until_the_folder_is_back(clerk: WindowClerk) -> None:
    page = clerk.turn_to(PageKey.DISPATCH)
    assert isinstance(page, DispatchPage)
    clerk.qtbot.waitUntil(lambda: not page.is_reading and page.model.rowCount() == 3, timeout=WAIT)
    text = next(at for at, column in enumerate(page.model.columns) if column.key == "text")
    away = pull_away(clerk)
    page.model.setData(page.model.index(0, text), "已修订应急响应实施方案")
    settle(clerk)
    page.save()
    settle(clerk)
    assert clerk.answers.texts("refusal")[0].startswith(GONE)
    assert len(page.model.edits) == 1
    put_back(clerk, away)
    page.save()
    clerk.qtbot.waitUntil(lambda: not page.model.edits, timeout=WAIT)
    assert [p.text for p in find_case(clerk.window.session.ledger, 5).progress] == ["已修订应急响应实施方案"]


def test_another_ledger_in_its_place_is_not_written_to(clerk: WindowClerk) -> None:
    page = clerk.open_problem()
    away = pull_away(clerk)
    other = WindowClerk(clerk.qtbot, clerk.answers, clerk.folder, clerk.settings)
    other.make_ledger()
    clerk.window.look_at_folder()
    assert clerk.window.banner.words.startswith("台账文件夹里的文件已换成另一份")
    assert clerk.fill(page.bar.progress_button, end="cancel").startswith(GONE)
    for folder in (clerk.folder, away):
        with open_to_read(folder) as held:
            assert find_case(held, 5).progress == ()


def test_an_empty_folder_in_its_place_stays_empty(clerk: WindowClerk) -> None:
    pull_away(clerk)
    clerk.folder.mkdir()
    clerk.window.do("check")
    settle(clerk)
    assert clerk.answers.texts("tell") == [f"{GONE}：{clerk.folder}，没有完成。"]
    assert list(clerk.folder.iterdir()) == []


def test_the_window_closes_without_its_folder(clerk: WindowClerk) -> None:
    away = pull_away(clerk)
    closed: list[bool] = []
    clerk.window.closed.connect(lambda: closed.append(True))
    clerk.window.close()
    assert closed == [True]
    assert list((away / "backups").iterdir()) == []
