"""A ledger that exchanges with thirty units and a city: their keys, what came from them, and what they disagree on."""

from random import Random

from desktop.exchange.identity import make_identity
from desktop.rules.ops import SET, Op, make_op
from desktop.store.integrity import rebuild_ledger
from desktop.store.journal import append
from desktop.store.ledger import Ledger
from desktop.store.offices import OfficeKey, PackageIn, put_in, put_key
from desktop.store.writer import writing
from tests.bench.generate import DAY

CITY = "衡江市整改办"
MONTHS, OPEN = 12, 200


def add_offices(ledger: Ledger, seed: int = 5) -> tuple[str, ...]:
    """Make every unit of the list an office that this one exchanges with, and a city above; their ids, city first.

    A year of packages has come from each, and some fields are open to a decision.
    """
    chance = Random(seed)
    units = [bytes(row[0]).hex() for row in ledger.db.execute_sql("SELECT id FROM unit ORDER BY rank")]
    offices = [ledger.new_id() for _ in range(1 + len(units))]
    with writing(ledger, "张三", DAY) as writer:
        writer.set("office", ledger.office_id, {"parent": offices[0]})
        for office, unit in zip(offices, ("", *units), strict=True):
            if unit:
                writer.new("office", {"unit": unit}, row=office)
            keys = make_identity(office).public
            name = f"样例单位{offices.index(office) - 1}" if unit else CITY
            key = OfficeKey(keys.key_id, office, name, keys.sign, keys.age, DAY.isoformat(), "确认单")
            put_key(writer.connection, key)
            for month in range(MONTHS):
                report = {"new": 20, "known": 0, "files": [chance.randbytes(32).hex() for _ in range(5)], "name": ""}
                at = ledger.next_hlc()
                came = PackageIn(ledger.new_id(), office, "report", at, at, f"2026-{month + 1:02}-25", 0, 0, report)
                put_in(writer.connection, came)
    _disagree(ledger)
    return tuple(offices)


def _disagree(ledger: Ledger) -> None:
    """Two values of one field of some problems, neither of which knows of the other."""
    rows = ledger.db.execute_sql("SELECT id FROM problem ORDER BY number LIMIT ?", (OPEN,)).fetchall()
    for value in ("水", "大气"):
        with writing(ledger, value, DAY) as writer:
            append(writer.connection, [_write(ledger, bytes(row).hex(), value) for (row,) in rows], DAY)
    rebuild_ledger(ledger)


def _write(ledger: Ledger, row: str, value: str) -> tuple[Op, bytes]:
    return make_op(
        table="problem", row=row, scope=row, kind=SET, fields={"element": value}, base={}, office=ledger.office_id,
        person=value, hlc=ledger.next_hlc(), nonce=ledger.nonce(),
    )  # fmt: skip
