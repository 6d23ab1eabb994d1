"""Packages of every format that was ever given out, kept for ever: each is taken in and brings what it brought then."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.exchange.identity import Identity, open_identity
from desktop.exchange.limits import FORMAT
from desktop.operations.cases import find_case
from desktop.operations.packages.receiving import receive
from desktop.rules.packages import AGAIN, TAKEN, Received
from desktop.store.disk import hash_file
from desktop.store.evidence import file_of
from desktop.store.integrity import check_ledger
from desktop.store.ledger import Ledger, create, open_ledger
from desktop.store.offices import OfficeKey, put_key
from desktop.store.writer import writing
from tests.store.support import TODAY

KEPT = Path(__file__).resolve().parents[1] / "ledgers"
FORMATS = range(1, FORMAT + 1)


def test_every_format_up_to_the_present_one_is_kept() -> None:
    assert sorted(file.name for file in KEPT.glob("packages_*")) == [f"packages_{n}.json" for n in FORMATS]


class Receiver:
    """The office that the packages of a format were written to, with an empty ledger."""

    def __init__(self, base: Path, number: int, office: str) -> None:
        self.kept: dict[str, str] = json.loads((KEPT / f"packages_{number}.json").read_text(encoding="utf-8"))
        self.base = base
        create(base / "台账").close()
        self.ledger = self._renamed(base / "台账", self.kept[office])
        self.keys = self.identity(office)
        sender = self.identity("town" if office == "hub" else "hub").public
        with writing(self.ledger, "", TODAY) as writer:
            for keys in (sender, self.keys.public):
                known = OfficeKey(keys.key_id, keys.office, "对方", keys.sign, keys.age, "2026-11-23", "确认单1号")
                put_key(writer.connection, known)
            if office == "hub":
                unit = writer.new("unit", {"name": "云陂镇"})
                writer.new("office", {"unit": unit}, row=sender.office)

    def _renamed(self, folder: Path, office: str) -> Ledger:
        with open_ledger(folder) as ledger:
            ledger.db.execute_sql("UPDATE meta SET value = ? WHERE key = 'office'", (office,))
        return open_ledger(folder)

    def identity(self, office: str) -> Identity:
        """The keys of one of the two offices."""
        return open_identity(base64.b64decode(self.kept[f"{office}_identity"]), self.kept["passphrase"])

    def take(self, name: str, **more: Any) -> Received:
        """Take one of the packages in."""
        file = self.base / f"{name}.zgb"
        file.write_bytes(base64.b64decode(self.kept[name]))
        return receive(self.ledger, file, TODAY, identity=self.keys, **more)


@pytest.fixture
def hub(tmp_path: Path, number: int) -> Iterator[Receiver]:
    """The office above."""
    made = Receiver(tmp_path, number, "hub")
    yield made
    made.ledger.close()


@pytest.mark.parametrize("number", FORMATS)
@pytest.mark.parametrize("name", ["open", "to_key", "to_passphrase"])
def test_a_month_that_was_packed_then_is_taken_in_now(hub: Receiver, name: str) -> None:
    words = {"passphrase": hub.kept["passphrase"]} if name == "to_passphrase" else {}
    taken = hub.take(name, **words)
    assert (taken.state, taken.files_new, taken.lacking) == (TAKEN, 2, ())
    case = find_case(hub.ledger, 5)
    assert {(entry.text, entry.percent) for entry in case.progress} == {("已拆除3处", 60), ("已拆除5处", 100)}
    assert all(hash_file(file_of(hub.ledger.folder, piece.sha256)) == piece.sha256 for piece in case.evidence)
    assert hub.take(name, **words).state == AGAIN
    assert check_ledger(hub.ledger).is_sound


@pytest.mark.parametrize("number", FORMATS)
def test_a_start_package_of_then_brings_the_units(tmp_path: Path, number: int) -> None:
    town = Receiver(tmp_path, number, "town")
    with town.ledger:
        assert town.take("start").state == TAKEN
        names = {row[0] for row in town.ledger.db.execute_sql("SELECT name FROM unit")}
        assert "云陂镇" in names
