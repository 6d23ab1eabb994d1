"""The projection: whatever the order, the repetition and the gaps, every copy of the ledger shows the same."""

import contextlib
import json
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.rules.errors import Refused
from desktop.rules.kinds import KINDS, Type
from desktop.rules.ops import MAX_BASES, Op, make_op
from desktop.store import journal
from desktop.store.as_of import ledger_as_of
from desktop.store.ledger import Ledger
from desktop.store.read_cases import all_problems
from desktop.store.summary import first_lines
from desktop.store.writer import writing
from tests.rules.naive_fold import naive_rows
from tests.store.support import NOW, TODAY, Steady, bodies_of, deliver, ids_of, memory_ledger, rebuilt, state_of

Made = list[tuple[Op, bytes]]
OFFICES = tuple(f"{n:032x}" for n in (1, 2, 3))
# Kind by kind, in this order: two problems, two plans, two units, so that references can be right or wrong.
_KINDS_OF_ROWS = (
    "problem",
    "measure",
    "problem_unit",
    "unit",
    "plan",
    "step",
    "kind_of_2030",
    "problem",
    "plan",
    "unit",
)
ROWS = tuple(f"{n:032x}" for n in range(16, 16 + len(_KINDS_OF_ROWS)))
KIND_OF = dict(zip(ROWS, _KINDS_OF_ROWS, strict=True))
# Wall clocks of three years ago, of today and of 900 days ahead; the second office's stands still.
CLOCKS = (NOW - 3 * 365 * 86_400_000, NOW, NOW + 900 * 86_400_000)
FIELDS = {
    "problem": ("text", "deadline", "number", "internal_deadline", "plan", "leaders", "void"),
    "measure": ("problem", "number", "text", "due", "void"),
    "problem_unit": ("problem", "unit", "role", "active"),
    "unit": ("name", "merged_into", "void"),
    "plan": ("title", "doc_no"),
    "step": ("problem", "action", "on", "void"),
    "kind_of_2030": ("field_of_2030",),
}
WORDS = {
    "deadline": ("2026-12-31", "2027-06-30", "很快"),
    "internal_deadline": ("2026-12-01", None),
    "due": ("2026-10-01", 5),
    "number": (1, 2, "三"),
    "role": ("lead", "responsible", "role_of_2030"),
    "active": (True, False),
    "action": ("apply", "notice", "return", "action_of_2030"),
    "on": ("2026-11-01", "2026-11-23"),
    "leaders": (["李四"], [["王五"]], "李四"),
    "void": (None, "误录"),
    "problem": (ROWS[0], ROWS[7], ROWS[0], ROWS[7], ROWS[3]),
    "plan": (ROWS[4], ROWS[8], ROWS[8], ROWS[1]),
    "unit": (ROWS[3], ROWS[9], ROWS[5]),
    "merged_into": (ROWS[3], ROWS[9], None),
}


class Office:
    """One office that writes ops knowing only what reached it, with its own clock; two may be copies of one."""

    def __init__(self, chance: Random, name: str, clock: int) -> None:
        self.chance, self.name, self.clock = chance, name, clock
        self.known: dict[str, tuple[Op, bytes]] = {}

    def write(self) -> tuple[Op, bytes]:
        """One op on a row, naming as base what it sees, half of it, or nothing; sometimes of a kind that is wrong."""
        chance = self.chance
        row = chance.choice(ROWS)
        table = chance.choice(tuple(FIELDS)) if chance.random() < 0.1 else KIND_OF[row]
        names = chance.sample(FIELDS[table], chance.randint(1, len(FIELDS[table])))
        seen = [op for op, _ in self.known.values() if op.row == row]
        kind = "new" if not any(op.kind == "new" for op in seen) and chance.random() < 0.8 else "set"
        base = {n: [op.id for op in seen if n in op.fields and chance.random() < 0.8][:MAX_BASES] for n in names}
        made = make_op(
            table=table,
            row=row,
            scope=chance.choice((row, "shared", chance.choice(ROWS))),
            kind=kind,
            fields={n: chance.choice(WORDS.get(n, ("甲", "乙", 7))) for n in names},
            base={} if kind == "new" else {n: tuple(ids) for n, ids in base.items()},
            office=self.name,
            person=chance.choice(("张三", "李四")),
            hlc=self.clock << 16,
            nonce=chance.randbytes(8).hex(),
        )
        self.known[made[0].id] = made
        return made


def played(seed: int, actions: int) -> Made:
    """Ops by three offices and a copy of the first, which now and then send each other part of what they have."""
    chance = Random(seed)
    offices = [Office(chance, name, clock) for name, clock in zip(OFFICES, CLOCKS, strict=True)]
    offices.append(Office(chance, OFFICES[0], NOW))
    made: Made = []
    for _ in range(actions):
        office = chance.choice(offices)
        if chance.random() < 0.3:
            given_ = chance.choice(offices).known
            some = chance.sample(sorted(given_), chance.randint(0, len(given_)))
            office.known.update((i, given_[i]) for i in some)
        else:
            made.append(office.write())
    return made


def batches(chance: Random, made: Made) -> Iterator[Made]:
    """The ops in any order and in parts, some of them twice."""
    left = made + chance.choices(made, k=len(made) // 3)
    chance.shuffle(left)
    while left:
        size = chance.randint(1, 12)
        yield left[:size]
        left = left[size:]


def column(kind: Type, value: Any) -> Any:
    """What a table shows for a value: of the wrong type nothing."""
    if value is None:
        return None
    if kind in (Type.TEXT, Type.DATE):
        return value if isinstance(value, str) else None
    if kind == Type.LIST:
        return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else None
    if kind == Type.REF:
        return bytes.fromhex(value) if isinstance(value, str) and len(value) == 32 else None
    return int(value) if isinstance(value, (int, bool)) else None


def wanted_state(made: Made, purged: set[str] = frozenset()) -> dict[str, list[tuple[object, ...]]]:  # type: ignore[assignment]
    """Every table as the naive rule has it, summary left out."""
    state: dict[str, list[tuple[object, ...]]] = {name: [] for name in (*KINDS, "conflict")}
    for row, found in naive_rows((body for _, body in made), purged).items():
        key, kind = bytes.fromhex(row), KINDS.get(found["table"])
        if kind is None:
            continue
        values = [column(f.type, found["fields"].get(f.name)) for f in kind.fields]
        head = (key, bytes.fromhex(found["owner"]), found["created"], found["person"])
        state[kind.name].append((*head, *values))
        state["conflict"] += [(key, field, word) for field, word in found["open"].items()]
    return {name: sorted(rows) for name, rows in state.items()}


def without_summary(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """The state with the tables the naive rule knows."""
    return {name: rows for name, rows in state_of(ledger).items() if name != "summary"}


SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(seed=st.integers(0, 2**32), actions=st.integers(1, 60))
def test_every_copy_shows_what_the_naive_rule_says_and_loses_nothing(seed: int, actions: int) -> None:
    made = played(seed, actions)
    chance = Random(seed + 1)
    states = []
    for _ in range(2):
        with contextlib.closing(memory_ledger()) as ledger:
            for part in batches(chance, made) if made else ():
                deliver(ledger, part)
            assert bodies_of(ledger) == {body for _, body in made}
            assert deliver(ledger, made) == []
            assert without_summary(ledger) == wanted_state(made)
            states.append(state_of(ledger))
            rebuilt(ledger)
            assert state_of(ledger) == states[-1]
    assert states[0] == states[1]


@pytest.mark.parametrize("seed", range(4))
def test_long_exchanges_converge(seed: int) -> None:
    made = played(seed, 400)
    chance = Random(seed)
    with contextlib.closing(memory_ledger()) as one, contextlib.closing(memory_ledger()) as other:
        for part in batches(chance, made):
            deliver(one, part)
        deliver(other, made)
        assert state_of(one) == state_of(other)
        assert without_summary(one) == wanted_state(made)
        assert state_of(one)["conflict"]
        rebuilt(one)
        assert state_of(one) == state_of(other)


@SLOW
@given(seed=st.integers(0, 2**32), actions=st.integers(3, 40))
def test_purged_ops_leave_the_same_state_in_any_order(seed: int, actions: int) -> None:
    made = played(seed, actions)
    chance = Random(seed)
    gone = {op.id for op, _ in made if chance.random() < 0.2}
    with contextlib.closing(memory_ledger()) as ledger:
        for part in batches(chance, made) if made else ():
            deliver(ledger, part)
        with writing(ledger, "张三", TODAY) as writer:
            for op in sorted(gone):
                writer.purge(op, "误录")
        wanted = wanted_state(made, gone)
        found = without_summary(ledger)
        assert len(found.pop("purge")) == len(gone)
        del wanted["purge"]
        assert found == wanted
        assert bodies_of(ledger) >= {body for op, body in made if op.id not in gone}
        before = state_of(ledger)
        rebuilt(ledger)
        assert state_of(ledger) == before


@SLOW
@given(seed=st.integers(0, 2**32), actions=st.integers(1, 40))
def test_the_past_stays_as_it_was_recorded(seed: int, actions: int) -> None:
    made = played(seed, actions)
    chance = Random(seed)
    recorded: dict[date, Any] = {}
    with contextlib.closing(memory_ledger()) as ledger:
        day = TODAY
        for part in batches(chance, made) if made else ():
            day += timedelta(chance.randint(0, 2))
            deliver(ledger, part, day)
            recorded[day] = state_of(ledger)
        for day, state in recorded.items():
            with contextlib.closing(ledger_as_of(ledger, day)) as past:
                assert state_of(past) == state
        with contextlib.closing(ledger_as_of(ledger, TODAY - timedelta(1))) as before:
            assert not any(state_of(before).values())


def test_a_view_of_the_past_takes_no_changes(ledger: Ledger) -> None:
    with (
        contextlib.closing(ledger_as_of(ledger, TODAY)) as past,
        pytest.raises(Exception, match="只能查看"),
        writing(past, "张三", TODAY),
    ):
        pass


def test_a_row_moves_to_the_table_of_its_smallest_creation() -> None:
    both = []
    for table, nonce in (("unit", "0" * 16), ("person", "1" * 16)):
        parts: dict[str, Any] = {"row": ROWS[0], "scope": "shared", "kind": "new", "fields": {"name": "甲"}, "base": {}}
        both.append(make_op(table=table, **parts, office=OFFICES[0], person="", hlc=1, nonce=nonce))
    both.sort(key=lambda made: made[0].id, reverse=True)
    with contextlib.closing(memory_ledger()) as ledger:
        for made in both:
            deliver(ledger, [made])
        state = state_of(ledger)
        smallest, other = both[1][0].table, both[0][0].table
        assert (len(state[smallest]), len(state[other])) == (1, 0)


def test_a_measure_that_moves_renews_both_problems_whatever_its_scope() -> None:
    with contextlib.closing(memory_ledger()) as ledger:
        with writing(ledger, "张三", TODAY) as writer:
            old, new = (writer.new("problem", {"number": number, "text": "x"}) for number in (1, 2))
            row = writer.new("measure", {"problem": old, "number": 1, "text": "清淤"})
        counts = "SELECT measures FROM summary ORDER BY number"
        assert ledger.db.execute_sql(counts).fetchall() == [(1,), (0,)]
        with writing(ledger, "张三", TODAY) as writer:
            writer.set("measure", row, {"problem": new})
        assert ledger.db.execute_sql(counts).fetchall() == [(0,), (1,)]


def test_plans_stand_in_the_order_of_their_making_not_of_their_arrival() -> None:
    made = []
    for number in (1, 2):
        plan, problem = f"{number:032x}", f"{number + 2:032x}"
        parts: dict[str, Any] = {"kind": "new", "base": {}, "office": OFFICES[0], "person": "", "nonce": "0" * 16}
        made.append(make_op(table="plan", row=plan, scope="shared", fields={"title": "x"}, hlc=number, **parts))
        fields = {"plan": plan, "number": 3 - number, "text": f"{number}"}
        made.append(make_op(table="problem", row=problem, scope=problem, fields=fields, hlc=10, **parts))
    for order in (made, made[::-1]):
        with contextlib.closing(memory_ledger()) as ledger:
            for one in order:
                deliver(ledger, [one])
            assert [line.head for line in first_lines(ledger)] == ["1", "2"]
            assert list(all_problems(ledger)) == [f"{n + 2:032x}" for n in (1, 2)]


def test_a_unit_merged_into_one_that_has_not_arrived_keeps_its_name() -> None:
    with contextlib.closing(memory_ledger()) as ledger:
        with writing(ledger, "张三", TODAY) as writer:
            unit = writer.new("unit", {"name": "区环保局", "merged_into": "cd" * 16})
            problem = writer.new("problem", {"number": 1, "text": "x"})
            link = {"problem": problem, "unit": unit, "role": "lead", "position": 0, "active": True}
            writer.new("problem_unit", link, scope=problem)
        lead = "SELECT lead FROM summary"
        assert ledger.db.execute_sql(lead).fetchone() == ("区环保局",)
        with writing(ledger, "张三", TODAY) as writer:
            writer.new("unit", {"name": "区生态环境分局"}, row="cd" * 16)
        assert ledger.db.execute_sql(lead).fetchone() == ("区生态环境分局",)
        with writing(ledger, "张三", TODAY) as writer:
            writer.set("unit", "cd" * 16, {"name": "市生态环境局蒸湘分局"})
        assert ledger.db.execute_sql(lead).fetchone() == ("市生态环境局蒸湘分局",)


def test_a_person_decides_a_conflict_even_for_the_value_already_shown() -> None:
    rivals: Made = []
    parts: dict[str, Any] = {"table": "unit", "row": ROWS[0], "scope": "shared", "person": ""}
    first = make_op(**parts, kind="new", fields={"name": "甲"}, base={}, office=OFFICES[0], hlc=1, nonce="0" * 16)
    for n in range(150):
        base = {"name": (first[0].id,)}
        fields = {"name": f"乙{n}"}
        rivals.append(
            make_op(**parts, kind="set", fields=fields, base=base, office=OFFICES[1], hlc=2 + n, nonce=f"{n:016x}")
        )
    with contextlib.closing(memory_ledger()) as ledger:
        deliver(ledger, [first, *rivals])
        assert len(state_of(ledger)["conflict"]) == 1
        with writing(ledger, "张三", TODAY) as writer:
            assert not writer.set("unit", ROWS[0], {"name": "乙149"})
        assert len(state_of(ledger)["conflict"]) == 1
        with writing(ledger, "张三", TODAY) as writer:
            assert writer.set("unit", ROWS[0], {"name": "乙149"}, settle=True)
        assert state_of(ledger)["conflict"] == []
        assert all(len(op.base.get("name", ())) <= MAX_BASES for op in journal.all_ops(ledger.db.connection()))
        with writing(ledger, "张三", TODAY) as writer:
            assert not writer.set("unit", ROWS[0], {"name": "乙149"}, settle=True)


def test_a_proposal_is_made_once() -> None:
    with contextlib.closing(memory_ledger(OFFICES[0])) as issuer, contextlib.closing(memory_ledger(OFFICES[1])) as unit:
        with writing(issuer, "张三", TODAY) as writer:
            row = writer.new("problem", {"number": 1, "text": "原文"})
        deliver(unit, [(op, b) for op, b in _lines(issuer)])
        for again in (False, True):
            with writing(unit, "李四", TODAY) as writer:
                assert writer.put("problem", {"text": "建议"}, row=row, scope=row) is not again
        assert state_of(unit)["conflict"] == [(bytes.fromhex(row), "text", "proposal")]


def _lines(ledger: Ledger) -> Iterator[tuple[Op, bytes]]:
    for op_id in ids_of(ledger):
        body = ledger.db.execute_sql("SELECT body FROM op WHERE id = ?", (bytes.fromhex(op_id),)).fetchone()[0]
        yield journal.find_op(ledger.db.connection(), op_id), body.encode("utf-8")


def test_an_op_from_ten_years_ahead_drags_the_clock_neither_now_nor_after_opening() -> None:
    steady = Steady()
    with contextlib.closing(memory_ledger(outside=steady.surroundings())) as ledger:
        far = (NOW + 3650 * 86_400_000) << 16
        parts: dict[str, Any] = {"table": "unit", "row": ROWS[0], "scope": "shared", "kind": "new", "base": {}}
        strange = make_op(**parts, fields={"name": "甲"}, office=OFFICES[1], person="", hlc=far, nonce="0" * 16)
        deliver(ledger, [strange])
        ledger.saw_hlc(far)
        with writing(ledger, "张三", TODAY) as writer:
            writer.new("unit", {"name": "乙"})
        again = Ledger(ledger.folder, ledger.db, steady.surroundings(), None)
        assert again.next_hlc() < far
        assert again.next_hlc() > NOW << 16


def test_our_own_clock_never_goes_back_even_when_the_pc_s_does() -> None:
    steady = Steady()
    with contextlib.closing(memory_ledger(outside=steady.surroundings())) as ledger:
        with writing(ledger, "张三", TODAY) as writer:
            writer.new("unit", {"name": "甲"})
        steady.now_ms = NOW - 3650 * 86_400_000
        with contextlib.closing(Ledger(ledger.folder, ledger.db, steady.surroundings(), None)) as again:
            assert again.next_hlc() > NOW << 16


@pytest.mark.parametrize(
    ("table", "fields"),
    [
        ("problem", {"nothing_of_that_name": 1}),
        ("problem", {"number": "5"}),
        ("problem", {"number": True}),
        ("problem", {"number": 1 << 63}),
        ("problem", {"number": 5.0}),
        ("problem", {"text": 5}),
        ("problem", {"deadline": "2026-02-30"}),
        ("problem", {"deadline": "20261231"}),
        ("problem", {"deadline": date(2026, 12, 31)}),
        ("problem", {"is_immediate": 1}),
        ("problem", {"plan": "方案"}),
        ("problem", {"leaders": "李四"}),
        ("problem", {"leaders": ("李四",)}),
    ],
)
def test_a_wrong_value_is_refused_by_its_name_and_nothing_is_kept(
    ledger: Ledger, table: str, fields: dict[str, Any]
) -> None:
    def save() -> None:
        with writing(ledger, "张三", TODAY) as writer:
            writer.new("unit", {"name": "同一次操作中的另一条"})
            writer.new(table, fields)

    with pytest.raises(Refused, match="填写有误，没有保存"):
        save()
    assert ids_of(ledger) == []


def test_what_is_only_added_is_never_changed_in_place(ledger: Ledger) -> None:
    with writing(ledger, "张三", TODAY) as writer:
        problem = writer.new("problem", {"number": 1, "text": "x"})
        row = writer.new("progress", {"problem": problem, "text": "已完成"}, scope=problem)
    with pytest.raises(Refused, match="只增不改"), writing(ledger, "张三", TODAY) as writer:
        writer.set("progress", row, {"text": "未完成"}, scope=problem)
    with writing(ledger, "张三", TODAY) as writer:
        assert writer.set("progress", row, {"void": "误录"}, scope=problem)
    assert len(ids_of(ledger)) == 3


def test_an_action_that_fails_half_way_leaves_nothing(ledger: Ledger) -> None:
    def fail() -> None:
        with writing(ledger, "张三", TODAY) as writer:
            writer.new("unit", {"name": "甲"})
            writer.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert ids_of(ledger) == []
    assert not any(state_of(ledger).values())
    with writing(ledger, "张三", TODAY) as writer:
        writer.new("unit", {"name": "乙"})
    assert len(ids_of(ledger)) == 1
