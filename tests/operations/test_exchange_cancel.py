"""Cancel at any moment of packing and taking: the stick is clean, the ledger is as before, and it works again."""

import shutil
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from desktop.operations.ledgers import open_to_write
from desktop.operations.packages.receiving import receive
from desktop.operations.packages.sending import Secrecy, send
from desktop.store.integrity import check_ledger
from tests.operations.packed_offices import Offices
from tests.scenarios.exchange_clerks import TODAY


class Stopped(Exception):
    """What a clerk's Cancel raises."""


class Cancel:
    """Cancels at the call with this number, counted from 0."""

    def __init__(self, at: int) -> None:
        self.left = at
        self.words: list[str] = []

    def __call__(self, words: str, share: float) -> None:
        assert 0 <= share <= 1
        self.words.append(words)
        if self.left == 0:
            raise Stopped
        self.left -= 1


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Offices:
    """A hub and a unit with a month that is ready to go up, with photos of some megabytes."""
    return Offices.found(tmp_path_factory.mktemp("offices"), photo_bytes=2_500_000)


@pytest.fixture(autouse=True)
def _every_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every block is told, so that the cancel comes at each of them."""
    monkeypatch.setattr("desktop.operations.pace._EVERY", -1.0)


def leavings(*folders: Path) -> list[Path]:
    """Files of packages, whole or half, that lie about."""
    files = [file for folder in folders for file in folder.rglob("*")]
    return [file for file in files if file.suffix in (".part", ".zgb", ".zgbx")]


@pytest.mark.parametrize("secret", [True, False])
def test_packing_cancelled_at_every_call_leaves_a_clean_stick(offices: Offices, secret: bool) -> None:
    offices.put_back()
    seen: set[str] = set()
    for at in count():
        cancel = Cancel(at)
        with open_to_write(offices.town.ledger.folder) as ledger:
            try:
                secrecy = Secrecy(to_receiver=secret)
                send(ledger, offices.hub.id, offices.stick, offices.town.keys, TODAY, secrecy=secrecy, progress=cancel)
            except Stopped:
                seen.add(cancel.words[-1].split(" ")[0])
                assert leavings(offices.stick, ledger.folder) == []
                continue
        break
    assert at > 15
    assert {"正在签名", "正在看要发什么", "正在写数据包", "正在核对数据包"} <= seen
    assert ("正在加密写出" in seen) == secret
    (done,) = leavings(offices.stick)
    with open_to_write(offices.hub.ledger.folder) as ledger:
        taken = receive(ledger, done, TODAY, identity=offices.hub.keys)
        assert (taken.files_new, taken.lacking) == (2, ())


def test_taking_cancelled_at_every_call_leaves_the_ledger_as_it_was(offices: Offices) -> None:
    offices.put_back()
    seen: set[str] = set()
    with open_to_write(offices.hub.ledger.folder) as ledger:
        before = ledger.db.execute_sql("SELECT count(*) FROM op").fetchone()
        for at in count():
            cancel = Cancel(at)
            try:
                receive(ledger, offices.report, TODAY, identity=offices.hub.keys, progress=cancel)
            except Stopped:
                seen.add(cancel.words[-1].split(" ")[0])
                assert leavings(ledger.folder) == []
                assert ledger.db.execute_sql("SELECT count(*) FROM op").fetchone() == before
                # Files that were copied whole stay, and would not be copied again.
                shutil.rmtree(ledger.folder / "evidence", ignore_errors=True)
                continue
            break
        assert at > 10
        assert {"正在解密", "正在复制附件", "正在核对签名", "正在并入记录", "正在更新台账"} <= seen
        assert check_ledger(ledger).is_sound
        assert replace(offices.hub, ledger=ledger).case().progress


def test_setting_aside_cancelled_at_every_call_keeps_nothing_half(offices: Offices) -> None:
    offices.put_back()
    with open_to_write(offices.hub.ledger.folder) as ledger:
        ledger.db.execute_sql("DELETE FROM office_key WHERE office = ?", (bytes.fromhex(offices.town.id),))
        seen: set[str] = set()
        for at in count():
            cancel = Cancel(at)
            try:
                result = receive(ledger, offices.report, TODAY, identity=offices.hub.keys, progress=cancel)
            except Stopped:
                seen.add(cancel.words[-1].split(" ")[0])
                assert leavings(ledger.folder) == []
                continue
            break
        assert {"正在核对数据包", "正在收下数据包"} <= seen
        assert result.state == "held"
        assert len(leavings(ledger.folder)) == 1
