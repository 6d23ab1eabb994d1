"""初始包 on a new unit's PC: what it tells, and the ledger made by it, whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.operations.ledgers import new_ledger, office_of, open_to_work
from desktop.operations.packages.held_packages import what_waits
from desktop.operations.packages.identities import confirm_office, list_partners
from desktop.operations.packages.receiving import receive_held
from desktop.operations.packages.sending import send_start
from desktop.operations.packages.start_package import begin_from_start, look_at_start, needs_passphrase
from desktop.operations.units import list_units, merge_units, save_unit
from desktop.rules.audience import Relation
from desktop.rules.entries import UnitEntry
from desktop.rules.errors import KnownFault, Refused
from tests.scenarios.exchange_clerks import TODAY, Office, found

WORD = "衡岳烟雨图卷长"


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Office]:
    """A hub with three units, one of which has gone into another, and a group."""
    made = found(tmp_path, "江澜区整改办", "苏念之")
    for name in ("云陂镇", "石塘街道", "石塘办事处"):
        save_unit(made.ledger, "", UnitEntry(name), TODAY, made.clerk)
    save_unit(made.ledger, "", UnitEntry("各镇街", is_group=True), TODAY, made.clerk)
    ids = {unit.name: unit.id for unit in list_units(made.ledger)}
    merge_units(made.ledger, ids["石塘街道"], ids["石塘办事处"], TODAY, made.clerk)
    yield made
    made.ledger.close()


def start(hub: Office, stick: Path, word: str = "") -> Path:
    """初始包 of the hub."""
    return Path(send_start(hub.ledger, stick, hub.keys, TODAY, hub.clerk, word).files[0])


def test_it_tells_who_made_it_and_the_units_to_choose_from(hub: Office, tmp_path: Path) -> None:
    file = start(hub, tmp_path / "U盘")
    offer = look_at_start(file)
    assert (offer.hub, offer.digits, offer.region) == ("江澜区整改办", hub.keys.public.digits, "hengyang")
    assert offer.units == ("云陂镇", "石塘街道")
    assert offer.district == "江澜区"


def test_the_ledger_made_by_it_waits_for_the_sheet_and_then_has_the_units(hub: Office, tmp_path: Path) -> None:
    offer = look_at_start(start(hub, tmp_path / "U盘"))
    folder = tmp_path / "云陂镇台账"
    changes = begin_from_start(folder, offer, "云陂镇", TODAY, "李明")
    assert changes.extra["folder"] == str(folder)
    with open_to_work(folder) as ledger:
        assert office_of(ledger).district == "江澜区"
        assert list_units(ledger) == ()
        waiting = what_waits(ledger, hub.id)
        assert waiting.is_start
        confirm_office(ledger, waiting.card, offer.digits, "确认单1号", TODAY, "李明", is_upper=True)
        (taken,) = receive_held(ledger, TODAY, "李明")
        assert taken.new > 0
        assert {"云陂镇", "石塘街道"} <= {unit.name for unit in list_units(ledger)}
        assert [(p.name, p.relation) for p in list_partners(ledger)] == [("江澜区整改办", Relation.UPPER)]


def test_a_secret_one_opens_with_its_passphrase_only(hub: Office, tmp_path: Path) -> None:
    file = start(hub, tmp_path / "U盘", WORD + WORD)
    assert needs_passphrase(file)
    with pytest.raises(Refused, match="口令"):
        look_at_start(file, "别的口令别的口令")
    offer = look_at_start(file, WORD + WORD)
    folder = tmp_path / "云陂镇台账"
    with pytest.raises(Refused, match="口令"):
        begin_from_start(folder, offer, "云陂镇", TODAY, "李明", passphrase="别的口令别的口令")
    assert not folder.exists()
    begin_from_start(folder, offer, "云陂镇", TODAY, "李明", passphrase=WORD + WORD)
    with open_to_work(folder) as ledger:
        assert what_waits(ledger, hub.id).card.keys == hub.keys.public


def test_any_other_file_makes_no_ledger(hub: Office, tmp_path: Path) -> None:
    town = found(tmp_path, "云陂镇", "李明")
    report = hub.ledger.folder / "ledger.sqlite"
    with pytest.raises(Refused, match="不是本程序的数据包"):
        look_at_start(report)
    file = start(hub, tmp_path / "U盘")
    town.take(file)
    town.trust(file, upper=True)
    hello = Path(town.send_to(hub, tmp_path / "U盘").files[0])
    with pytest.raises(Refused, match="这不是初始包"):
        look_at_start(hello)
    file.write_bytes(file.read_bytes()[:-40])
    with pytest.raises((Refused, KnownFault)):
        look_at_start(file)
    town.ledger.close()


def test_a_place_that_is_taken_stays_as_it_is(hub: Office, tmp_path: Path) -> None:
    offer = look_at_start(start(hub, tmp_path / "U盘"))
    folder = tmp_path / "别的"
    with new_ledger(folder, "石塘街道", TODAY):
        pass
    before = sorted(path.name for path in folder.iterdir())
    with pytest.raises(Refused, match="已有内容"):
        begin_from_start(folder, offer, "云陂镇", TODAY, "李明")
    assert sorted(path.name for path in folder.iterdir()) == before
