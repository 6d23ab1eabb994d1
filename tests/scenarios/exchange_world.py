"""Offices that edit, send, lose, repeat and restore at random: what must hold in the end is asked at the end.

The hub above, two units below it and the city above the hub. Every package is a real one. An oracle keeps every op
that was ever written by anybody, and folds by the slow second writing of the merge rule.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from desktop.exchange.unpack import open_package
from desktop.exchange.wrap import unwrap_package
from desktop.operations.ledgers import new_ledger, open_to_work
from desktop.operations.packages.carrying import bring_in, carry_out
from desktop.operations.packages.copies import merge_copy
from desktop.operations.packages.identities import guess_unit
from desktop.operations.packages.receiving import receive
from desktop.operations.packages.sending import send
from desktop.rules.audience import Relation, kinds_for
from desktop.rules.errors import Refused
from desktop.rules.kinds import KINDS, Audience
from desktop.rules.ops import parse_op
from desktop.rules.records import UnitRole
from desktop.store.evidence import store_file
from desktop.store.ledger import Ledger
from desktop.store.offices import OfficeKey, ask_all_again, put_key
from desktop.store.writer import Writer, writing
from tests.exchange.support import keys
from tests.rules.naive_fold import naive_rows, name_of
from tests.scenarios.exchange_place import Place
from tests.store.support import NOW, TODAY, Steady, bodies_of, state_of

NAMES = ("江澜区整改办", "云陂镇", "白鹭洲街道", "衡江市整改办")
HUB, TOWN, STREET, CITY = range(4)
LINKS = ((HUB, TOWN), (TOWN, HUB), (HUB, STREET), (STREET, HUB), (HUB, CITY), (CITY, HUB))
PROBLEMS = 3
WORDS = ("已完成", "推进中", "退回", "补充材料", "长期坚持")


class World:
    """Four offices, the packages on their sticks, and everything that was ever written."""

    def __init__(self, folder: Path, seed: int, *, copies: bool = False) -> None:
        self.folder, self.chance = folder, Random(seed)
        self.packages: list[tuple[Path, int]] = []
        self.written: set[bytes] = set()
        self.gone: set[str] = set()
        self.actions = 0
        self.copies = copies
        self.places = [self._found(at) for at in range(len(NAMES))]
        self._introduce()
        self._first_problems()

    def close(self) -> None:
        """Close every ledger."""
        for place in self._all():
            place.ledger.close()

    def _all(self) -> list[Place]:
        """Every ledger that somebody works in."""
        return [copy for place in self.places for copy in (place, place.twin) if copy]

    def _found(self, at: int) -> Place:
        clock = Steady(seed=at + 1, now_ms=NOW + (at - 1) * 400 * 86_400_000)
        folder = self.folder / NAMES[at]
        ledger = new_ledger(folder, NAMES[at], TODAY, person=NAMES[at], outside=clock.surroundings())
        return Place(folder, ledger, clock, latest=clock.now_ms)

    def _introduce(self) -> None:
        """Everybody has confirmed whom they exchange with; who confirms how is another test."""
        for here, there in (*LINKS, *((at, at) for at in range(len(NAMES)))):
            place, other = self.places[here], self.places[there]
            public = keys(other.id).public
            with writing(place.ledger, "", TODAY) as writer:
                put_key(
                    writer.connection,
                    OfficeKey(public.key_id, other.id, NAMES[there], public.sign, public.age, "2026-01-01", "确认单"),
                )
        for here in (TOWN, STREET):
            with writing(self.places[here].ledger, "", TODAY) as writer:
                writer.set("office", self.places[here].id, {"parent": self.places[HUB].id})
        hub = self.places[HUB].ledger
        with writing(hub, "", TODAY) as writer:
            writer.set("office", hub.office_id, {"parent": self.places[CITY].id})
            for at in (TOWN, STREET):
                unit = writer.new("unit", {"name": NAMES[at], "rank": at})
                writer.new("office", {"unit": unit}, row=self.places[at].id)
        assert guess_unit(hub, NAMES[TOWN])

    def _first_problems(self) -> None:
        hub = self.places[HUB].ledger
        with writing(hub, "", TODAY) as writer:
            for number in range(1, PROBLEMS + 1):
                row = writer.new("problem", {"number": number, "text": f"第{number}个问题"})
                writer.new("measure", {"problem": row, "number": 1, "text": "整改"}, scope=row)
        self._assign(HUB)

    # What clerks do

    def act(self) -> None:
        """One thing that happens in one office."""
        self.actions += 1
        at = self.chance.randrange(len(self.places))
        deeds = [self._edit, self._report, self._assign, self._prove, self._send, self._deliver, self._clock,
                 self._keep, self._restore]  # fmt: skip
        weights = [8, 6, 2, 1, 9, 12, 1, 1, 0.3]
        if self.copies:
            deeds += [self._carry, self._change_desk, self._bring_back]
            weights += [0.3, 3, 1]
        self.chance.choices(deeds, weights)[0](at)

    def _edit(self, at: int) -> None:
        """Change fields of any record one has; a unit may also try what only the hub decides."""
        ledger = self.places[at].ledger
        table = self.chance.choice(("problem", "problem", "measure", "unit", "step", "progress"))
        row, scope = self._any_row(ledger, table)
        if not row:
            return
        fields: dict[str, Any] = {"void": self.chance.choice((None, "误录"))}
        if table in ("problem", "measure"):
            fields = {"text": self.chance.choice(WORDS)}
        if table == "problem":
            fields |= {"element": self.chance.choice(WORDS), "deadline": f"2026-0{self.chance.randint(1, 9)}-01"}
        if table == "unit":
            fields = {"phone": str(self.chance.randrange(9))}
        self._write(at, lambda writer: writer.set(table, row, fields, scope=scope))

    def _report(self, at: int) -> None:
        ledger = self.places[at].ledger
        row, scope = self._any_row(ledger, "measure")
        if row:
            entry = {"problem": scope, "measure": row, "month": "2026-11", "on": "2026-11-23"}
            entry |= {"text": self.chance.choice(WORDS), "percent": self.chance.randrange(101)}
            self._write(at, lambda writer: writer.new("progress", entry, scope=scope))

    def _assign(self, at: int) -> None:
        """The hub gives a problem to a unit, or takes it away again."""
        hub = self.places[HUB].ledger
        problem, _ = self._any_row(hub, "problem")
        unit = guess_unit(hub, NAMES[self.chance.choice((TOWN, STREET))])
        fields = {"problem": problem, "unit": unit, "role": str(UnitRole.RESPONSIBLE), "position": 0}
        fields["active"] = self.chance.random() < 0.8
        row = f"{int(problem, 16) ^ int(unit, 16):032x}"
        self._write(HUB, lambda writer: writer.put("problem_unit", fields, row=row, scope=problem))

    def _prove(self, at: int) -> None:
        ledger = self.places[at].ledger
        scope, _ = self._any_row(ledger, "problem")
        if scope:
            file = self.folder / "照片.jpg"
            file.write_bytes(self.chance.randbytes(300))
            stored = store_file(ledger, file)
            piece = {"problem": scope, "name": "照片.jpg", "sha256": stored.sha256, "size": stored.size}
            self._write(at, lambda writer: writer.new("evidence", piece, scope=scope))

    def _send(self, at: int) -> None:
        there = self.chance.choice([b for a, b in LINKS if a == at])
        self.send(at, there, full=self.chance.random() < 0.05)

    def _deliver(self, at: int) -> None:
        self.arrive()

    def _keep(self, at: int) -> None:
        self.keep(at)

    def _restore(self, at: int) -> None:
        self.restore(at)

    def write(self, at: int, deed: str) -> None:
        """One change in one office: edit, report, assign or prove."""
        self.actions += 1
        {"edit": self._edit, "report": self._report, "assign": self._assign, "prove": self._prove}[deed](at)

    def arrive(self) -> None:
        """Any package that is still on some stick: late, twice, out of order, or never."""
        if self.packages:
            path, there = self.chance.choice(self.packages)
            self.take(there, path)
            if self.chance.random() < 0.5:
                self.packages.remove((path, there))

    def _clock(self, at: int) -> None:
        place = self.places[at]
        place.clock.now_ms += self.chance.randrange(-3 * 365, 900) * 86_400_000
        place.latest = max(place.latest, place.clock.now_ms)

    def keep(self, at: int) -> None:
        """A copy of an office's whole folder."""
        self.actions += 1
        place = self.places[at]
        place.ledger.close()
        copy = self.folder / f"备份{self.actions}"
        shutil.copytree(place.folder, copy)
        place.backups.append(copy)
        self._open(place)

    def restore(self, at: int) -> None:
        """A broken disk: the office goes on from a copy, without what it wrote since."""
        place = self.places[at]
        if not place.backups:
            return
        self.note(at)
        before = {name_of(body) for body in bodies_of(place.ledger)}
        # The wall clock goes on while a ledger goes back.
        place.clock.now_ms = max(place.clock.now_ms, place.latest)
        place.ledger.close()
        shutil.rmtree(place.folder)
        shutil.copytree(self.chance.choice(place.backups), place.folder)
        self._open(place)
        ask_all_again(place.ledger)
        self.gone |= before - self._held_anywhere()

    def _carry(self, at: int) -> None:
        """The whole ledger goes to another PC of the office, and both go on."""
        place = self.places[at]
        if place.twin:
            return
        folder = self.folder / f"{NAMES[at]}，另一台{self.actions}"
        bring_in(self._carried(place), folder)
        clock = Steady(seed=self.actions + 100, now_ms=place.clock.now_ms)
        place.twin = Place(folder, open_to_work(folder, clock.surroundings()), clock, latest=clock.now_ms)

    def _carried(self, place: Place) -> Path:
        how = {"as_file": self.chance.random() < 0.5}
        return Path(carry_out(place.ledger, self.folder / "整本", place.clock.at(), **how).extra["path"])

    def _change_desk(self, at: int) -> None:
        """The clerk works at the other PC from now on."""
        place = self.places[at]
        if place.twin:
            self.places[at], place.twin.twin, place.twin = place.twin, place, None

    def _bring_back(self, at: int) -> None:
        """What the other PC's ledger holds is merged into this one."""
        place = self.places[at]
        if place.twin:
            merge_copy(place.ledger, self._carried(place.twin), TODAY)

    def _open(self, place: Place) -> None:
        place.ledger = open_to_work(place.folder, place.clock.surroundings())

    # The road between offices

    def send(self, here: int, there: int, *, full: bool = False) -> Path | None:
        """A package on a stick of its own; None where there is nothing to send."""
        place, other = self.places[here], self.places[there]
        place.clock.now_ms += 1000
        stick = self.folder / "sticks"
        try:
            sent = send(place.ledger, other.id, stick, keys(place.id), TODAY, full=full)
        except Refused:
            return None
        path = Path(sent.files[0]).rename(stick / f"{self.actions}-{here}-{there}-{len(self.packages)}.zgbx")
        self.packages.append((path, there))
        return path

    def take(self, there: int, path: Path) -> None:
        """Take a package in."""
        place = self.places[there]
        receive(place.ledger, path, TODAY, identity=keys(place.id))

    def settle(self) -> None:
        """Every stick that is left arrives, then packages go round until nobody has anything to send."""
        for path, there in self.packages:
            self.take(there, path)
        self.packages.clear()
        for at in range(len(self.places)):
            self._bring_back(at)
        for _ in range(12):
            moved = False
            for here, there in LINKS:
                path = self.send(here, there)
                if path:
                    moved = True
                    self.take(there, path)
            self.packages.clear()
            if not moved:
                for at in range(len(self.places)):
                    for _ in range(2):
                        self._change_desk(at)
                        self._bring_back(at)
                return
        raise AssertionError("the offices never come to rest")

    def note(self, at: int) -> None:
        """Keep for the oracle what an office holds."""
        place = self.places[at]
        self.written |= bodies_of(place.ledger) | (bodies_of(place.twin.ledger) if place.twin else set())

    # What must hold

    def check(self) -> None:
        """After everything has arrived: every office shows exactly what the oracle folds from the ops it may see."""
        for at in range(len(self.places)):
            self.note(at)
        for place in self._all():
            bodies = bodies_of(place.ledger)
            oracle, state = naive_rows(bodies), state_of(place.ledger)
            for table in ("problem", "measure", "progress", "problem_unit", "unit"):
                rows = {bytes(line[0]).hex() for line in state[table]}
                assert rows == {row for row, found in oracle.items() if found["table"] == table}
            open_fields = {(bytes(row).hex(), name, kind) for row, name, kind in state["conflict"]}
            assert open_fields == {
                (row, name, kind) for row, found in oracle.items() for name, kind in found["open"].items()
                if found["table"] in KINDS
            }  # fmt: skip
        for place in self.places:
            assert not place.twin or state_of(place.twin.ledger) == state_of(place.ledger)
        hub, city = (self._visible(at) for at in (HUB, CITY))
        assert hub == city
        assert self._shown(HUB) == self._shown(CITY)
        for at in (TOWN, STREET):
            self._check_unit(at)

    def _visible(self, at: int) -> set[str]:
        """Ids of the ops of an office that those above and below may see."""
        kinds = kinds_for(Relation.UPPER)
        ops = (parse_op(body) for body in bodies_of(self.places[at].ledger))
        return {op.id for op in ops if op.table in kinds}

    def _shown(self, at: int) -> dict[str, Any]:
        """What an office shows, own affairs left out."""
        state = state_of(self.places[at].ledger)
        return {name: state[name] for name, kind in KINDS.items() if kind.audience != Audience.OWN}

    def _check_unit(self, at: int) -> None:
        """A unit holds all of its cases that the hub holds, and of other cases nothing but what it wrote itself."""
        hub, place = self.places[HUB].ledger, self.places[at]
        unit = guess_unit(hub, NAMES[at])
        links = hub.db.execute_sql("SELECT problem, active FROM problem_unit WHERE unit = ?", (bytes.fromhex(unit),))
        scopes = {bytes(problem).hex(): active for problem, active in links}
        held = [parse_op(body) for body in bodies_of(place.ledger)]
        theirs = {op.id for op in held}
        for body in bodies_of(hub):
            op = parse_op(body)
            if scopes.get(op.scope) and op.table in kinds_for(Relation.CASE):
                assert op.id in theirs, (NAMES[at], op.table)
        assert {op.scope for op in held if len(op.scope) == 32} <= set(scopes)

    def lost(self) -> set[str]:
        """Ids of ops that nobody holds now, though a broken disk does not explain it.

        What was written since the last backup and never left the office is gone with the disk.
        """
        return {name_of(body) for body in self.written} - self._held_anywhere() - self.gone

    def _held_anywhere(self) -> set[str]:
        """Ids of the ops in all ledgers and on all sticks."""
        held = {name_of(body) for place in self._all() for body in bodies_of(place.ledger)}
        return held | {name_of(line) for _, lines in self._on_sticks() for line in lines}

    def _on_sticks(self) -> Iterator[tuple[int, list[bytes]]]:
        """The receiver and the ops of every package that has not arrived for the last time."""
        for path, there in self.packages:
            copy = self.folder / "offen.zgb"
            unwrap_package(path, copy, identity=keys(self.places[there].id))
            with open_package(copy) as package:
                yield there, list(package.ops())

    def check_packages(self) -> None:
        """No package that is on a stick holds an op outside of its receiver's audience."""
        for there, lines in self._on_sticks():
            relation = Relation.CASE if there in (TOWN, STREET) else Relation.UPPER
            for line in lines:
                assert parse_op(line).table in kinds_for(relation)

    def _write(self, at: int, change: Any) -> None:
        def run(writer: Writer) -> None:
            change(writer)

        with writing(self.places[at].ledger, NAMES[at], TODAY) as writer:
            run(writer)

    def _any_row(self, ledger: Ledger, table: str) -> tuple[str, str]:
        column = {"problem": "id", "unit": "NULL"}.get(table, "problem")
        rows = ledger.db.execute_sql(f"SELECT id, {column} FROM {table} ORDER BY id").fetchall()
        if not rows:
            return "", ""
        row, scope = self.chance.choice(rows)
        return bytes(row).hex(), bytes(scope).hex() if scope else "shared"
