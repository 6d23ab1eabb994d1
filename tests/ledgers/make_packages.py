"""Writes one package of each wrapping of the present format as text: python -m tests.ledgers.make_packages FILE.json

Run once for a new format, before it is given to anybody; the file is then kept for ever and read by every later
version. The keys in it belong to two offices that exist nowhere else.
"""

import base64
import json
import sys
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.exchange.identity import seal_identity
from desktop.operations.ledgers import open_to_write
from desktop.operations.packages.sending import Secrecy, send, send_start
from tests.operations.packed_offices import Offices
from tests.scenarios.exchange_clerks import PASSPHRASE, TODAY
from tests.store.support import Steady


def text_of(data: bytes) -> str:
    """Bytes as they stand in the file."""
    return base64.b64encode(data).decode("ascii")


def main(target: Path) -> None:
    """Make two offices and the packages between them."""
    with TemporaryDirectory() as room:
        offices = Offices.found(Path(room), photo_bytes=600)
        hub, town, chance = offices.hub, offices.town, Steady(2026).chance
        made = {"passphrase": PASSPHRASE, "hub": hub.id, "town": town.id}
        for name, office in (("hub", hub), ("town", town)):
            sealed = seal_identity(office.keys, PASSPHRASE, chance.randbytes(16), chance.randbytes(12))
            made[f"{name}_identity"] = text_of(sealed)
        ways = {"open": Secrecy(to_receiver=False), "to_key": Secrecy()}
        ways["to_passphrase"] = Secrecy(to_receiver=False, passphrase=PASSPHRASE)
        with open_to_write(town.ledger.folder) as ledger:
            for name, way in ways.items():
                sent = send(ledger, hub.id, offices.stick, town.keys, TODAY, town.clerk, full=True, secrecy=way)
                made[name] = text_of(Path(sent.files[0]).read_bytes())
        with open_to_write(hub.ledger.folder) as ledger:
            start = send_start(ledger, offices.stick, replace(hub, ledger=ledger).keys, TODAY, hub.clerk)
            made["start"] = text_of(Path(start.files[0]).read_bytes())
    target.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
