"""Keys renewed, lost and given up at the window: what the dialogs say, what the menu offers, which paper is printed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from desktop.first_settings import read_first_settings
from desktop.operations.ledgers import new_ledger
from desktop.operations.opened import Ledger
from desktop.operations.packages.identities import own_keys
from desktop.operations.packages.key_changes import KeyChange
from desktop.views.exchange.identity_dialogs import EndKeysDialog, OwnKeysDialog
from desktop.views.exchange.page import ExchangePage
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from tests.scenarios.exchange_clerks import acquaint, found
from tests.scenarios.exchange_desk import text_of
from tests.views.conftest import TODAY, Answers

SECRET, NEW = "湘江北去橘子洲头", "南岳衡山烟雨图卷"


class Bench:
    """An office's page of exchanges."""

    def __init__(self, ledger: Ledger, qtbot: Any, answers: Answers, folder: Path) -> None:
        self.qtbot, self.answers, self.folder = qtbot, answers, folder
        self.session = Session(ledger, "李明", lambda: TODAY)
        self.page = ExchangePage(self.session)
        self.page.resize(943, 554)
        self.bar = self.page.bar
        qtbot.addWidget(self.page)
        self.page.show()

    def wait(self) -> None:
        """Until the job has ended."""
        self.qtbot.waitUntil(lambda: not self.session.runner.is_busy, timeout=30_000)

    def make(self) -> None:
        """The first keys."""
        self.bar.first.setText(SECRET)
        self.bar.second.setText(SECRET)
        self.bar.make_button.click()
        self.wait()

    def choose(self, words: str) -> None:
        """An entry of the menu 更多."""
        (entry,) = [entry for entry in self.bar.entries() if entry[0] == words]
        assert entry[1]
        entry[2]()
        self.wait()

    def agree(self, word: str = "") -> None:
        """Fill the dialog in that opens next, first wrongly where there is something to fill in."""

        def work(title: str, name: str) -> bool:
            dialog = next(w for w in QApplication.topLevelWidgets() if w.objectName() == name and w.isHidden())
            assert isinstance(dialog, OwnKeysDialog)
            if word:
                for first, second, fault in ((word, "", "不一样"), ("短", "短", "至少8位")):
                    dialog.first.setText(first)
                    dialog.second.setText(second)
                    dialog.agree_button.click()
                    assert fault in dialog.fault.text()
                dialog.first.setText(word)
                dialog.second.setText(word)
            dialog.agree_button.click()
            dialog.setObjectName("")
            return dialog.result() == QDialog.DialogCode.Accepted

        self.answers.replies["dialog"] = work

    def sheet(self, words: str) -> str:
        """What the paper of the latest change says."""
        self.answers.replies["save"] = lambda title, name: self.folder / name
        self.choose(f"打印{words}…")
        return text_of(self.folder / f"单位交换身份{words}.pdf")


@pytest.fixture
def bench(tmp_path: Path, qtbot: Any, answers: Answers) -> Iterator[Bench]:
    ledger = new_ledger(tmp_path / "云陂镇", "云陂镇", TODAY, person="李明")
    made = Bench(ledger, qtbot, answers, tmp_path)
    made.make()
    yield made
    made.session.runner.wait()
    ledger.close()


def test_a_renewal_keeps_the_identity_open_and_has_its_paper(bench: Bench) -> None:
    before = bench.bar.digits.text()
    bench.agree(NEW)
    bench.choose("更新交换身份…")
    now = bench.bar.digits.text()
    assert now != before
    assert bench.bar.identity is not None
    words = "".join(bench.sheet("更新确认单").split())
    assert "更新确认单" in words
    assert all(group in words for group in (*before.split(), *now.split()))


def test_a_forgotten_passphrase_is_replaced_without_the_old_one(bench: Bench) -> None:
    before = bench.bar.digits.text()
    bench.bar.identity = None
    bench.bar.refresh()
    assert bench.bar.lost_button.isVisible()
    states = {words: possible for words, possible, _ in bench.bar.entries()}
    assert not states["更新交换身份…"]
    assert not states["停用交换身份…"]
    bench.agree(NEW)
    bench.bar.lost_button.click()
    bench.wait()
    assert bench.bar.identity is not None
    assert bench.bar.digits.text() != before
    assert "变更确认单" in bench.sheet("变更确认单")


def test_an_ended_identity_leaves_the_paper_and_the_way_to_a_new_one(bench: Bench) -> None:
    before = bench.bar.digits.text()
    bench.agree()
    bench.choose("停用交换身份…")
    assert own_keys(bench.session.ledger) is None
    assert bench.bar.make_button.isVisible()
    words = "".join(bench.sheet("作废确认单").split())
    assert all(group in words for group in before.split())
    bench.make()
    assert bench.bar.identity is not None


def test_a_hub_prepares_the_first_settings_of_its_units(bench: Bench) -> None:
    bench.answers.replies["save"] = lambda title, name: bench.folder / name
    bench.choose("为下级单位准备首次设置…")
    assert read_first_settings(bench.folder / "default.toml").values["hub_digits"] == bench.bar.digits.text()


def test_a_dialog_that_is_left_changes_nothing(bench: Bench) -> None:
    before = bench.bar.digits.text()
    bench.answers.replies["dialog"] = False
    for words in ("更新交换身份…", "重新建立交换身份…", "停用交换身份…"):
        bench.choose(words)
    bench.bar.refresh()
    assert bench.bar.digits.text() == before
    assert next(words for words, _, _ in bench.bar.entries()) == "更换口令…"


def test_another_office_s_keys_are_ended_by_its_paper(tmp_path: Path, qtbot: Any, answers: Answers) -> None:
    hub, town = found(tmp_path, "江澜区整改办", "苏念之"), found(tmp_path, "云陂镇", "李明")
    acquaint(hub, town, tmp_path / "U盘")
    bench = Bench(hub.ledger, qtbot, answers, tmp_path)
    bench.page.show_place(Place(PageKey.EXCHANGE, part="partners"))
    view = bench.page.partners

    def work(title: str, name: str) -> bool:
        dialog = next(w for w in QApplication.topLevelWidgets() if w.objectName() == name)
        assert isinstance(dialog, EndKeysDialog)
        dialog.agree_button.click()
        assert dialog.fault.text() == "请选择停用还是作废。"
        dialog.lost.click()
        dialog.agree_button.click()
        assert dialog.fault.text() == "请填写依据。"
        dialog.paper.setText("作废确认单2026年1号")
        dialog.agree_button.click()
        return dialog.result() == QDialog.DialogCode.Accepted

    answers.replies["dialog"] = work
    view.revoke_button.click()
    (line,) = view.model.rows
    assert (line.partner.state_words, line.partner.digits) == ("已作废", "")
    assert line.partner.how.endswith("作废：作废确认单2026年1号")
    assert not view.revoke_button.isEnabled()
    bench.session.runner.wait()
    for office in (hub, town):
        office.ledger.close()


@pytest.mark.parametrize("change", list(KeyChange))
def test_a_dialog_says_what_comes_of_it(change: KeyChange, qtbot: Any, clipped: Any) -> None:
    dialog = OwnKeysDialog(change)
    qtbot.addWidget(dialog)
    dialog.show()
    assert clipped(dialog) == []
    assert dialog.first.isVisible() == (change != KeyChange.ENDED)
