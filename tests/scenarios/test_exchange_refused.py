"""拒收: what was refused stands on the board with its reason until a later package makes it good."""

import zipfile
from pathlib import Path

import pytest

from desktop.exchange.unpack import open_package
from desktop.operations.packages.board import BoardLine, read_board
from desktop.operations.packages.collecting import REFUSED, collected_words, receive_all
from desktop.operations.packages.held_packages import held_counts, turn_away
from desktop.operations.packages.identities import confirm_office, sender_card
from desktop.operations.packages.log import read_log
from desktop.operations.packages.papers import receipt_slip
from desktop.operations.packages.receiving import receive_held
from desktop.operations.packages.refusals import list_refusals
from desktop.operations.packages.sending import send_start
from desktop.rules.errors import Refused
from desktop.rules.packages import AGAIN, HELD, TAKEN
from desktop.store.leavings import HELD_FOLDER
from tests.scenarios.exchange_clerks import TODAY, Office, found
from tests.scenarios.exchange_desk import text_of


def board_line(hub: Office) -> BoardLine:
    """The town's line."""
    (line,) = [line for line in read_board(hub.ledger, TODAY).lines if line.name == "云陂镇"]
    return line


def alter(file: str) -> None:
    """A digit of a record is altered on the way, the rest is as it was."""
    with zipfile.ZipFile(file) as archive:
        entries = {info: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(file, "w") as archive:
        for info, data in entries.items():
            archive.writestr(info, data.replace("已拆除1处".encode(), "已拆除9处".encode()))


def test_a_refused_package_stands_on_the_board_until_the_next_one_comes(
    pair: tuple[Office, Office], stick: Path
) -> None:
    hub, town = pair
    town.report("已拆除1处", 30)
    file = town.send_to(hub, stick).files[0]
    alter(file)
    for look_only in (True, False):
        with pytest.raises(Refused, match="不完整或被改动过"):
            hub.take(file, look_only=look_only)
    assert len(list_refusals(hub.ledger)) == 1
    (why,) = board_line(hub).refused
    assert "被改动过" in why
    log = read_log(hub.ledger)
    assert [(line.name, line.is_refused) for line in log if line.is_refused] == [("云陂镇", True)]
    assert "没有接收" in next(line.state for line in log if line.is_refused)
    hub.take(town.send_to(hub, stick).files[0])
    assert board_line(hub).refused == ()
    assert board_line(hub).months[-1] == (1, 1)


def test_what_is_for_somebody_else_is_no_refusal_of_its_sender(
    pair: tuple[Office, Office], stick: Path, tmp_path: Path
) -> None:
    hub, town = pair
    other = found(tmp_path, "白鹭洲街道", "王芳")
    with pytest.raises(Refused, match="不是发给本单位的"):
        other.take(hub.send_to(town, stick).files[0])
    assert list_refusals(other.ledger) == ()
    other.ledger.close()


@pytest.mark.parametrize("content", ["", "{}", "[1]", '[{"package": 1}]', "x" * 2_000_000])
def test_damaged_notes_count_as_none(pair: tuple[Office, Office], content: str) -> None:
    hub, _ = pair
    folder = hub.ledger.folder / HELD_FOLDER
    folder.mkdir(exist_ok=True)
    (folder / "refused.json").write_text(content, encoding="utf-8")
    assert list_refusals(hub.ledger) == ()
    assert board_line(hub).refused == ()


def test_the_months_before_a_problem_was_entered_ask_for_nothing(pair: tuple[Office, Office]) -> None:
    hub, _ = pair
    assert board_line(hub).months == ((0, 0),) * 5 + ((0, 1),)


def test_one_waiting_package_that_is_refused_does_not_hold_up_the_others(tmp_path: Path, stick: Path) -> None:
    hub, town = found(tmp_path, "江澜区整改办", "苏念之"), found(tmp_path, "云陂镇", "李明")
    start = send_start(hub.ledger, stick, hub.keys, TODAY, hub.clerk)
    town.take(start.files[0])
    town.trust(start.files[0], upper=True)
    files = [town.send_to(hub, stick).files[0] for _ in range(2)]
    assert [hub.take(file).state for file in files] == [HELD, HELD]
    (first, _) = sorted((hub.ledger.folder / HELD_FOLDER).glob("*.zgb"), key=lambda path: path.stat().st_mtime_ns)
    first.write_bytes(first.read_bytes()[:-30])
    with open_package(Path(files[1])) as package:
        card = sender_card(package.head.cards, town.id)
    confirm_office(hub.ledger, card, card.keys.digits, "确认单1号", TODAY, hub.clerk)
    results = receive_held(hub.ledger, TODAY, hub.clerk)
    assert sorted(result.state for result in results) == [HELD, TAKEN]
    assert held_counts(hub.ledger) == {town.id: 1}
    changes = turn_away(hub.ledger, town.id, TODAY, hub.clerk)
    assert "1个待核验数据包不收了" in changes.sentence
    assert held_counts(hub.ledger) == {}
    assert not list((hub.ledger.folder / HELD_FOLDER).glob("*.zgb"))
    with pytest.raises(Refused, match="没有待核验"):
        turn_away(hub.ledger, town.id, TODAY)
    for office in (hub, town):
        office.ledger.close()


def test_a_whole_stick_is_taken_and_what_is_refused_is_told_on_the_receipt(
    pair: tuple[Office, Office], stick: Path, tmp_path: Path
) -> None:
    hub, town = pair
    files = []
    for number in (1, 2, 3):
        town.report(f"已拆除{number}处", 10 * number, month=f"2026-0{number + 6}")
        files.append(Path(town.send_to(hub, stick / f"{number}").files[0]))
    alter(str(files[0]))
    stranger = found(tmp_path, "白鹭洲街道", "王芳")
    files.append(Path(send_start(stranger.ledger, stick, stranger.keys, TODAY, "").files[0]))
    told: list[str] = []
    collected = receive_all(
        hub.ledger, [*files, files[1]], TODAY, hub.clerk, progress=lambda words, share: told.append(words)
    )
    assert [line.state for line in collected] == [REFUSED, TAKEN, TAKEN, HELD, AGAIN]
    words = collected_words(collected)
    assert words.startswith("已接收2个，以前已接收过1个，待核验1个，没有接收1个。")
    assert "被改动过" in words
    assert any(words.startswith("第2个，共5个：") for words in told)
    assert {p.text for p in hub.case().progress} == {"已拆除1处", "已拆除2处", "已拆除3处"}
    slip = tmp_path / "回执单.pdf"
    slip.write_bytes(receipt_slip(hub.ledger, collected, TODAY, hub.clerk).data)
    printed = "".join(text_of(slip).split())
    for wanted in ("数据包回执单", "江澜区整改办", "被改动过", collected[1].result.id[-8:]):  # type: ignore[union-attr]
        assert wanted in printed
    stranger.ledger.close()
