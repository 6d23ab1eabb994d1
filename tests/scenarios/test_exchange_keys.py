"""Keys are renewed, lost, stolen and given up: what was signed before stays, and nobody slips in between."""

from datetime import datetime
from pathlib import Path

import pytest

from desktop.exchange.cards import own_card
from desktop.exchange.identity import make_identity, seal_identity
from desktop.exchange.renewals import Renewal, sign_renewal
from desktop.operations.ledgers import back_up, open_to_work, restore
from desktop.operations.packages.held_packages import what_waits
from desktop.operations.packages.identities import (
    confirm_office,
    guess_unit,
    list_partners,
    load_identity,
    make_own_keys,
    own_keys,
    save_identity,
    unlock,
)
from desktop.operations.packages.key_changes import (
    KeyChange,
    end_office_keys,
    end_own_keys,
    last_change,
    renew_own_keys,
)
from desktop.operations.packages.receiving import receive_held
from desktop.operations.packages.sending import send, send_start
from desktop.operations.problems import save_problem
from desktop.operations.units import list_units, save_unit
from desktop.rules.entries import ProblemEntry, UnitEntry
from desktop.rules.errors import Refused
from desktop.rules.packages import AGAIN, HELD, TAKEN
from desktop.rules.records import UnitRole as R
from desktop.store.integrity import check_ledger
from tests.scenarios.exchange_clerks import PASSPHRASE, TODAY, Office, acquaint, found
from tests.store.support import state_of

NEW_WORD = "南岳衡山烟雨图卷"


def renew(office: Office) -> None:
    """更新."""
    office.keys = renew_own_keys(office.ledger, office.keys, NEW_WORD, TODAY, office.clerk)


def digits_at(office: Office, other: Office) -> tuple[str, str]:
    """The digits and the state of another office as an office has them."""
    (partner,) = [p for p in list_partners(office.ledger) if p.office == other.id]
    return partner.digits, partner.state_words


def refused(office: Office, file: str, words: str) -> None:
    """A package is refused with one sentence, and the ledger is as before."""
    before = state_of(office.ledger)
    with pytest.raises(Refused, match=words):
        office.take(file)
    assert state_of(office.ledger) == before


def test_new_keys_named_by_the_old_ones_need_no_digits(pair: tuple[Office, Office], stick: Path) -> None:
    hub, town = pair
    town.report("已拆除1处", 30)
    delayed = town.send_to(hub, stick).files[0]
    renew(town)
    assert unlock(town.ledger, NEW_WORD).public == town.keys.public == own_keys(town.ledger)
    change = last_change(town.ledger)
    assert change is not None
    assert (change.kind, change.now) == (KeyChange.RENEWED, town.keys.public.digits)
    town.report("已拆除3处", 60, month="2026-12")
    taken = hub.take(town.send_to(hub, stick).files[0])
    assert taken.state == TAKEN
    assert "已更新交换身份" in taken.changes.sentence
    assert digits_at(hub, town) == (town.keys.public.digits, "已核对")
    assert {p.text for p in hub.case().progress} == {"已拆除1处", "已拆除3处"}
    # What was packed before and comes late is taken; the hub writes to the new keys from now on.
    assert hub.take(delayed).state == TAKEN
    back = hub.send_to(town, stick, secret=True)
    assert town.take(back.files[0]).state == TAKEN
    assert check_ledger(hub.ledger).is_sound


def test_a_look_at_a_renewed_office_changes_nothing(pair: tuple[Office, Office], stick: Path) -> None:
    hub, town = pair
    renew(town)
    town.report("已拆除3处", 60)
    file, before = town.send_to(hub, stick).files[0], digits_at(hub, town)
    assert hub.take(file, look_only=True).is_preview
    assert digits_at(hub, town) == before


def test_several_renewals_lead_from_the_keys_that_are_known(pair: tuple[Office, Office], stick: Path) -> None:
    hub, town = pair
    for month in ("2026-08", "2026-09", "2026-10"):
        renew(town)
        town.report(f"{month}进展", 30, month=month)
        town.send_to(hub, stick / month)
    taken = hub.take(town.send_to(hub, stick).files[0])
    assert taken.state == TAKEN
    assert digits_at(hub, town) == (town.keys.public.digits, "已核对")
    assert len(hub.case().progress) == 3


def test_a_package_signed_with_given_up_keys_is_refused(pair: tuple[Office, Office], stick: Path) -> None:
    hub, town = pair
    old = town.keys
    renew(town)
    town.report("已拆除3处", 60)
    hub.take(town.send_to(hub, stick).files[0])
    town.report("冒名", 90)
    stolen = _signed_with(town, hub, old, stick)
    refused(hub, stolen, "已更换或停用")
    assert "冒名" not in {p.text for p in hub.case().progress}


def _signed_with(town: Office, hub: Office, keys: object, stick: Path) -> str:
    """A package that bears the signature of other keys than those in use: whoever has them needs no program of ours."""
    patch = pytest.MonkeyPatch()
    with patch.context() as within:
        within.setattr("desktop.operations.packages.sending.require_current", lambda *_: None)
        return send(town.ledger, hub.id, stick, keys, TODAY, "某人").files[0]  # type: ignore[arg-type]


def test_a_renewal_signed_by_another_key_is_refused(
    pair: tuple[Office, Office], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub, town = pair
    thief = make_identity(town.id)
    true = sign_renewal(town.keys, thief.public, 1 << 56)
    forged = Renewal(true.old, true.new, true.at, sign_renewal(thief, thief.public, 1 << 56).signature)
    monkeypatch.setattr("desktop.operations.packages.sending.renewals_to_send", lambda _: (forged.line,))
    town.report("冒名", 90)
    file = _signed_with(town, hub, thief, stick)
    refused(hub, file, "签名与登记的交换身份不符")
    assert digits_at(hub, town) == (town.keys.public.digits, "已核对")


def test_a_renewal_from_keys_nobody_knows_leads_nowhere(
    pair: tuple[Office, Office], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub, town = pair
    first, second = make_identity(town.id), make_identity(town.id)
    line = sign_renewal(first, second.public, 1 << 56).line
    monkeypatch.setattr("desktop.operations.packages.sending.renewals_to_send", lambda _: (line,))
    town.report("冒名", 90)
    assert hub.take(_signed_with(town, hub, second, stick)).state == HELD
    assert "冒名" not in {p.text for p in hub.case().progress}


def test_keys_believed_no_more_renew_nothing(pair: tuple[Office, Office], stick: Path) -> None:
    hub, town = pair
    end_office_keys(hub.ledger, town.id, "作废确认单1号", TODAY, hub.clerk, is_lost=True)
    assert digits_at(hub, town) == ("", "已作废")
    renew(town)
    town.report("已拆除3处", 60)
    assert hub.take(town.send_to(hub, stick).files[0]).state == HELD


def test_lost_keys_are_replaced_by_a_new_sheet_and_nothing_written_is_lost(
    pair: tuple[Office, Office], stick: Path
) -> None:
    hub, town = pair
    town.report("已拆除1处", 30)
    lost = town.send_to(hub, stick / "丢了的")
    hub_took = Path(lost.files[0])
    stolen = hub_took.read_bytes()
    hub_took.unlink()
    end_office_keys(hub.ledger, town.id, "作废确认单1号", TODAY, hub.clerk, is_lost=True)
    hub_took.write_bytes(stolen)
    refused(hub, lost.files[0], "已作废")
    town.keys = make_own_keys(town.ledger, NEW_WORD, TODAY, town.clerk)
    change = last_change(town.ledger)
    assert change is not None
    assert (change.kind, change.now) == (KeyChange.REPLACED, town.keys.public.digits)
    town.report("已拆除3处", 60, month="2026-12")
    hello = town.send_to(hub, stick).files[0]
    assert hub.take(hello).state == HELD
    card = what_waits(hub.ledger, town.id).card
    unit = guess_unit(hub.ledger, card.name)
    confirm_office(hub.ledger, card, town.keys.public.digits, "变更确认单2号", TODAY, hub.clerk, unit=unit)
    (taken,) = receive_held(hub.ledger, TODAY, hub.clerk)
    assert taken.state == TAKEN
    assert {p.text for p in hub.case().progress} == {"已拆除1处", "已拆除3处"}
    assert check_ledger(hub.ledger).is_sound


def test_keys_that_were_given_up_cannot_be_confirmed_again(pair: tuple[Office, Office], stick: Path) -> None:
    hub, town = pair
    with_card = town.send_to(hub, stick)
    hub.take(with_card.files[0])
    end_office_keys(hub.ledger, town.id, "", TODAY, hub.clerk, is_lost=False)
    assert digits_at(hub, town) == ("", "已停用")
    card = own_card(town.keys, "云陂镇")
    with pytest.raises(Refused, match="不能再确认"):
        confirm_office(hub.ledger, card, card.keys.digits, "确认单", TODAY, hub.clerk)
    with pytest.raises(Refused, match="没有改动"):
        end_office_keys(hub.ledger, town.id, "", TODAY, hub.clerk, is_lost=False)


def test_an_office_that_ends_its_keys_packs_no_more(pair: tuple[Office, Office], stick: Path, tmp_path: Path) -> None:
    hub, town = pair
    save_identity(town.ledger, tmp_path / "备份.zgid")
    end_own_keys(town.ledger, TODAY, town.clerk)
    assert own_keys(town.ledger) is None
    change = last_change(town.ledger)
    assert change is not None
    assert (change.kind, change.now) == (KeyChange.ENDED, "")
    with pytest.raises(Refused, match="已经更换"):
        town.send_to(hub, stick)
    with pytest.raises(Refused, match="更换或停用以前的"):
        load_identity(town.ledger, tmp_path / "备份.zgid", PASSPHRASE, TODAY)
    with pytest.raises(Refused, match="没有可以停用的"):
        end_own_keys(town.ledger, TODAY)


def test_the_other_pc_of_an_office_takes_the_new_keys_from_their_backup(
    pair: tuple[Office, Office], stick: Path, tmp_path: Path
) -> None:
    hub, town = pair
    old = town.keys
    new = make_identity(town.id)
    sealed = seal_identity(new, NEW_WORD, b"s" * 16, b"n" * 12)
    (tmp_path / "备份.zgid").write_bytes(sealed)
    load_identity(town.ledger, tmp_path / "备份.zgid", NEW_WORD, TODAY)
    assert own_keys(town.ledger) == new.public
    town.keys = old
    with pytest.raises(Refused, match="从身份备份恢复"):
        town.send_to(hub, stick)


def test_a_stale_identity_renews_nothing(pair: tuple[Office, Office]) -> None:
    _, town = pair
    with pytest.raises(Refused, match="不是本台账现在的"):
        renew_own_keys(town.ledger, make_identity(town.id), NEW_WORD, TODAY)
    with pytest.raises(Refused, match="至少8位"):
        renew_own_keys(town.ledger, town.keys, "短", TODAY)
    assert own_keys(town.ledger) == town.keys.public


def test_a_newcomer_believes_what_was_sealed_with_former_keys(
    pair: tuple[Office, Office], stick: Path, tmp_path: Path
) -> None:
    hub, town = pair
    town.report("已拆除1处", 30)
    hub.take(town.send_to(hub, stick).files[0])
    renew(town)
    town.report("已拆除3处", 60, month="2026-12")
    hub.take(town.send_to(hub, stick).files[0])
    city = found(tmp_path, "衡江市整改办", "周衡")
    start = send_start(city.ledger, stick, city.keys, TODAY, city.clerk)
    assert hub.take(start.files[0]).state == HELD
    hub.trust(start.files[0], upper=True)
    up = hub.send_to(city, stick)
    assert city.take(up.files[0]).state == HELD
    city.trust(up.files[0])
    assert {p.text for p in city.case().progress} == {"已拆除1处", "已拆除3处"}
    assert city.take(up.files[0]).state == AGAIN
    city.ledger.close()


def test_units_that_know_each_other_by_their_hub_follow_its_word(
    pair: tuple[Office, Office], stick: Path, tmp_path: Path
) -> None:
    hub, town = pair
    street = found(tmp_path, "白鹭洲街道", "王芳")
    save_unit(hub.ledger, "", UnitEntry("白鹭洲街道"), TODAY, hub.clerk)
    acquaint(hub, street, stick)
    ids = {unit.name: unit.id for unit in list_units(hub.ledger)}
    entry = ProblemEntry(5, "第5个问题", "整改到位", units=tuple((ids[n], R.LEAD) for n in ("云陂镇", "白鹭洲街道")))
    save_problem(hub.ledger, hub.case(), entry, TODAY, hub.clerk)
    town.report("已拆除1处", 30)
    hub.take(town.send_to(hub, stick).files[0])
    street.take(hub.send_to(street, stick).files[0])
    assert digits_at(street, town)[0] == town.keys.public.digits
    renew(town)
    town.report("已拆除3处", 60, month="2026-12")
    hub.take(town.send_to(hub, stick).files[0])
    assert street.take(hub.send_to(street, stick).files[0]).state == TAKEN
    assert digits_at(street, town) == (town.keys.public.digits, "已核对")
    assert {p.text for p in street.case().progress} == {"已拆除1处", "已拆除3处"}
    # Lost, and confirmed anew at the hub only: its word is enough for the others.
    town.keys = make_own_keys(town.ledger, NEW_WORD, TODAY, town.clerk)
    town.report("已拆除4处", 70, month="2026-10")
    hello = town.send_to(hub, stick).files[0]
    assert hub.take(hello).state == HELD
    hub.trust(hello)
    assert street.take(hub.send_to(street, stick).files[0]).state == TAKEN
    assert digits_at(street, town)[0] == town.keys.public.digits
    assert len(street.case().progress) == 3
    street.ledger.close()


def test_a_hub_that_renews_keeps_its_units(pair: tuple[Office, Office], stick: Path) -> None:
    hub, town = pair
    renew(hub)
    taken = town.take(hub.send_to(town, stick, full=True).files[0])
    assert taken.state == TAKEN
    assert digits_at(town, hub) == (hub.keys.public.digits, "已核对")
    town.report("已拆除1处", 30)
    assert hub.take(town.send_to(hub, stick, secret=True).files[0]).state == TAKEN


def test_a_ledger_restored_from_before_a_renewal_takes_the_new_keys_from_their_backup(
    pair: tuple[Office, Office], stick: Path, tmp_path: Path
) -> None:
    hub, town = pair
    folder, now = town.ledger.folder, datetime(2026, 11, 23, 9, 0)
    backup = Path(str(back_up(town.ledger, now).extra["folder"]))
    renew(town)
    save_identity(town.ledger, tmp_path / "新.zgid")
    town.report("已拆除1处", 30)
    hub.take(town.send_to(hub, stick).files[0])
    town.ledger.close()
    restore(backup, folder, now)
    town.ledger = open_to_work(folder)
    town.keys = unlock(town.ledger, PASSPHRASE)
    town.report("已拆除2处", 40, month="2026-12")
    refused(hub, town.send_to(hub, stick).files[0], "已更换或停用")
    town.keys = load_identity(town.ledger, tmp_path / "新.zgid", NEW_WORD, TODAY)
    assert hub.take(town.send_to(hub, stick).files[0]).state == TAKEN
    assert {p.text for p in hub.case().progress} == {"已拆除1处", "已拆除2处"}
    town.take(hub.send_to(town, stick).files[0])
    assert {p.text for p in town.case().progress} == {"已拆除1处", "已拆除2处"}
