"""Collecting and reading ahead change nothing of what is written, and the lists stay what a rebuild would make."""

import contextlib
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.store import journal
from desktop.store.ledger import Ledger
from desktop.store.search_index import rebuild_search
from desktop.store.writer import Writer, writing
from tests.store.support import TODAY, Steady, bodies_of, memory_ledger, rebuilt, state_of

ROWS = {f"{n:032x}": kind for n, kind in enumerate(("problem", "problem", "measure", "measure", "unit", "plan"), 16)}
PROBLEMS = [row for row, kind in ROWS.items() if kind == "problem"]


def some_fields(chance: Random, kind: str) -> dict[str, object]:
    if kind == "problem":
        offered = {
            "text": chance.choice(("问题甲", "问题乙")),
            "number": chance.randint(1, 3),
            "deadline": chance.choice(("2026-12-31", "2027-06-30", None)),
            "term_class": chance.choice(("long_term", "dated", None)),
            "plan": chance.choice((next(r for r, k in ROWS.items() if k == "plan"), None)),
            "void": chance.choice((None, None, None, "重复")),
            "same_as": chance.choice((None, None, PROBLEMS[0])),
        }
    elif kind == "measure":
        offered = {"problem": chance.choice(PROBLEMS), "number": chance.randint(1, 2), "text": chance.choice("甲乙")}
    elif kind == "unit":
        offered = {"name": chance.choice(("区水利局", "区住建局"))}
    else:
        offered = {"title": chance.choice(("方案一", "方案二"))}
    names = chance.sample(sorted(offered), chance.randint(1, len(offered)))
    # A record is never made of nothing but empty values.
    always = {"problem": "text", "measure": "text", "unit": "name", "plan": "title"}[kind]
    return {name: offered[name] for name in dict.fromkeys((always, *names))}


def act(writer: Writer, chance: Random) -> None:
    row, kind = chance.choice(list(ROWS.items()))
    writer.put(kind, some_fields(chance, kind), row=row, scope=chance.choice(PROBLEMS))  # type: ignore[arg-type]


def search_state(ledger: Ledger) -> list[tuple[object, ...]]:
    words = ledger.db.execute_sql("SELECT kind, row, problem, text FROM search_text ORDER BY kind, row").fetchall()
    hits = [
        (pair, *row)
        for pair in ("问题", "题甲", "题乙", "水利", "方案")
        for row in ledger.db.execute_sql(
            "SELECT t.kind, t.row FROM search_index i JOIN search_text t ON t.n = i.rowid "
            "WHERE search_index MATCH ? ORDER BY t.kind, t.row",
            (f'pairs : "{pair}"',),
        )
    ]
    return [*words, *hits]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), actions=st.integers(1, 30))
def test_what_is_collected_is_written_as_if_each_change_were_stored_at_once(seed: int, actions: int) -> None:
    with (
        contextlib.closing(memory_ledger(outside=Steady().surroundings())) as at_once,
        contextlib.closing(memory_ledger(outside=Steady().surroundings())) as collected,
    ):
        for part in range(3):
            with writing(at_once, "李明", TODAY) as writer:
                chance = Random(f"{seed} {part}")
                for _ in range(actions):
                    act(writer, chance)
                    writer.flush()
            with writing(collected, "李明", TODAY) as writer:
                chance, apart = Random(f"{seed} {part}"), Random(seed)
                for _ in range(actions):
                    if apart.random() < 0.3:
                        writer.ahead(apart.sample(sorted(ROWS), 3))
                    act(writer, chance)
        assert bodies_of(collected) == bodies_of(at_once)
        shown, found = state_of(collected), search_state(collected)
        assert (shown, found) == (state_of(at_once), search_state(at_once))
        rebuilt(collected)
        connection = collected.db.connection()
        connection.execute("BEGIN IMMEDIATE")
        rebuild_search(connection)
        connection.execute("COMMIT")
        assert (state_of(collected), search_state(collected)) == (shown, found)


def test_what_a_package_brings_is_seen_by_the_next_change_of_the_same_action() -> None:
    row = PROBLEMS[0]
    with contextlib.closing(memory_ledger()) as other, contextlib.closing(memory_ledger()) as ledger:
        with writing(other, "王芳", TODAY) as writer:
            writer.new("problem", {"number": 1, "text": "别处写的"}, row=row)
        (op,) = journal.all_ops(other.db.connection())
        (body,) = bodies_of(other)
        with writing(ledger, "李明", TODAY) as writer:
            writer.ahead([row])
            writer.take([(op, body)], {})
            assert writer.put("problem", {"text": "改过的"}, row=row)
        kinds = [op.kind for op in journal.all_ops(ledger.db.connection())]
        assert kinds == ["new", "set"]
