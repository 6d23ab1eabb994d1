"""The merge rule: a pure function of the set of ops, equal to a naive second writing of it."""

import itertools
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.rules.fold import Disagreement, RowState, fold_row
from desktop.rules.ops import Op, make_op
from tests.rules.naive_fold import naive_rows

ROW = "0192f3a4b5c67d8e9fa0b1c2d3e4f506"
US, TOWN, UNIT = ("0" * 31 + digit for digit in "123")
UNKNOWN = "ab" * 20
count = itertools.count()


def op(
    office: str, fields: dict[str, Any], base: dict[str, tuple[str, ...]] | None = None, **changes: Any
) -> tuple[Op, bytes]:
    """An op on the one row of these tests; a new row when it names no base."""
    parts: dict[str, Any] = {
        "table": "problem",
        "row": ROW,
        "scope": ROW,
        "kind": "set" if base is not None else "new",
        "fields": fields,
        "base": base or {},
        "office": office,
        "person": "",
        "hlc": 7,
        "nonce": f"{next(count):016x}",
    }
    return make_op(**{**parts, **changes})


def fold(*made: tuple[Op, bytes]) -> RowState:
    """The state of the row from ops with their bytes."""
    return fold_row(one for one, _ in made)


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[Op, bytes]]:
    """Ops of one row by three offices, each naming some earlier ones or unknown ones; clocks often equal."""
    made: list[tuple[Op, bytes]] = []
    for nonce in range(draw(st.integers(1, 9))):
        office = draw(st.sampled_from((US, TOWN, UNIT)))
        is_new = draw(st.integers(0, 3)) == 0
        names = draw(
            st.lists(st.sampled_from(("text", "deadline", "internal_deadline", "void")), min_size=1, unique=True)
        )
        earlier = [one.id for one, _ in made] + [UNKNOWN]
        bases = {name: tuple(draw(st.lists(st.sampled_from(earlier), unique=True, max_size=4))) for name in names}
        values = {name: draw(st.sampled_from(("甲", "乙", "", None, True, 1))) for name in names}
        clock = draw(st.integers(0, 2))
        kind = "new" if is_new else "set"
        table = draw(st.sampled_from(("problem", "problem", "problem", "unit")))
        made.append(op(office, values, bases, hlc=clock, kind=kind, nonce=f"{nonce:016x}", table=table))
    return made


def as_naive(state: RowState) -> dict[str, Any]:
    """What both writings say of a row."""
    return {
        "table": state.table,
        "owner": state.owner,
        "fields": {name: found.value for name, found in state.fields.items()},
        "open": {name: str(found.disagreement) for name, found in state.fields.items() if found.disagreement},
    }


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Equal with True and 1 kept apart."""
    return repr(sorted(one["fields"].items())) == repr(sorted(other["fields"].items())) and one == other


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(history=histories(), purged=st.sets(st.integers(0, 8), max_size=2))
def test_fold_is_what_the_naive_reading_of_the_rule_says(history: list[tuple[Op, bytes]], purged: set[int]) -> None:
    erased = {history[at][0].id for at in purged if at < len(history)}
    ops = [_purge(one) if one.id in erased else one for one, _ in history]
    wanted = naive_rows((body for _, body in history), erased).get(ROW)
    state = fold_row(ops)
    assert state.exists == (wanted is not None)
    if wanted is not None:
        del wanted["created"], wanted["person"]
        assert same(as_naive(state), wanted)


def _purge(one: Op) -> Op:
    """The op as its tombstone is read."""
    parts = {name: getattr(one, name) for name in Op.__slots__}
    return Op(**{**parts, "fields": dict.fromkeys(one.fields), "nonce": "", "purged": True})


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(history=histories(), seed=st.integers(0, 10**6))
def test_order_and_repetition_make_no_difference(history: list[tuple[Op, bytes]], seed: int) -> None:
    ops = [one for one, _ in history]
    wanted = fold_row(ops)
    chance = random.Random(seed)
    shuffled = ops + chance.choices(ops, k=chance.randint(0, 6))
    chance.shuffle(shuffled)
    assert fold_row(shuffled) == wanted


def test_stress_of_long_histories_with_a_frozen_clock_equals_the_naive_reading() -> None:
    for seed in range(30):
        chance = random.Random(seed)
        made: list[tuple[Op, bytes]] = []
        for nonce in range(60):
            known = [one.id for one, _ in made]
            names = chance.sample(("text", "target", "internal_deadline"), chance.randint(1, 3))
            base = {n: tuple(chance.sample(known, min(len(known), chance.randint(0, 3)))) for n in names}
            kind = "new" if nonce == 0 or chance.random() < 0.05 else "set"
            values = {n: chance.choice("甲乙丙") for n in names}
            office = chance.choice((US, TOWN, UNIT))
            made.append(op(office, values, base, kind=kind, nonce=f"{nonce:016x}", hlc=5))
        chance.shuffle(made)
        wanted = naive_rows(body for _, body in made)[ROW]
        assert {name: wanted[name] for name in ("table", "owner", "fields", "open")} == as_naive(fold(*made))


def test_a_later_write_that_names_the_earlier_one_replaces_it_silently() -> None:
    first = op(US, {"void": "甲"})
    second = op(TOWN, {"void": "乙"}, {"void": (first[0].id,)}, hlc=1)
    state = fold(first, second).fields["void"]
    assert (state.value, state.heads, state.disagreement) == ("乙", (second[0].id,), None)


def test_two_writes_that_did_not_know_each_other_are_a_conflict_with_one_provisional_value() -> None:
    first = op(US, {"void": "甲"})
    ours = op(US, {"void": "乙"}, {"void": (first[0].id,)}, hlc=9)
    theirs = op(TOWN, {"void": "丙"}, {"void": (first[0].id,)}, hlc=8)
    state = fold(theirs, ours, first).fields["void"]
    assert (state.value, state.disagreement) == ("乙", Disagreement.CONFLICT)
    assert state.replaced == tuple(sorted((ours[0].id, theirs[0].id)))
    decided = op(US, {"void": "丙"}, {"void": state.replaced})
    assert fold(first, ours, theirs, decided).fields["void"].disagreement is None


def test_equal_clocks_are_decided_by_the_id_everywhere_alike() -> None:
    first = op(US, {"void": "甲"})
    rivals = [op(office, {"void": office[-1]}, {"void": (first[0].id,)}) for office in (US, TOWN, UNIT)]
    winner = max(rivals, key=lambda made: made[0].id)
    for order in itertools.permutations([first, *rivals]):
        assert fold(*order).fields["void"].value == winner[0].fields["void"]


def test_two_offices_that_wrote_the_same_agree() -> None:
    first = op(US, {"void": "甲"})
    both = [op(office, {"void": "乙"}, {"void": (first[0].id,)}) for office in (US, TOWN)]
    assert fold(first, *both).fields["void"].disagreement is None


def test_a_flag_and_a_number_are_not_the_same_value() -> None:
    first = op(US, {"void": None})
    both = [op(US, {"void": value}, {"void": (first[0].id,)}) for value in (True, 1)]
    assert fold(first, *both).fields["void"].disagreement == Disagreement.CONFLICT


def test_what_the_issuer_wrote_stands_and_the_unit_s_write_is_a_proposal() -> None:
    first = op(US, {"text": "整改", "internal_deadline": "2026-01-01"})
    theirs = op(
        UNIT,
        {"text": "改后", "internal_deadline": "2026-02-02"},
        {"text": (first[0].id,), "internal_deadline": (first[0].id,)},
        hlc=99,
    )
    state = fold(first, theirs).fields
    assert (state["text"].value, state["text"].disagreement) == ("整改", Disagreement.PROPOSAL)
    assert (state["text"].heads, state["text"].proposals) == ((first[0].id,), (theirs[0].id,))
    assert (state["internal_deadline"].value, state["internal_deadline"].disagreement) == ("2026-02-02", None)


def test_the_issuer_settles_a_proposal_by_naming_it() -> None:
    first = op(US, {"text": "整改"})
    theirs = op(UNIT, {"text": "改后"}, {"text": (first[0].id,)})
    settled = op(US, {"text": "改后"}, {"text": fold(first, theirs).fields["text"].replaced})
    state = fold(settled, theirs, first).fields["text"]
    assert (state.value, state.proposals, state.disagreement) == ("改后", (), None)


def test_a_proposal_cannot_be_pushed_through_by_naming_the_issuer_s_write() -> None:
    first = op(US, {"text": "整改"})
    pushed = [op(UNIT, {"text": "改后"}, {"text": (first[0].id,)}, hlc=hlc) for hlc in (1, 1000)]
    assert fold(first, *pushed).fields["text"].value == "整改"


def test_an_owner_learned_late_turns_the_others_writes_into_proposals() -> None:
    theirs = op(UNIT, {"text": "改后"}, {})
    assert not fold(theirs).exists
    first = op(US, {"number": 5})
    state = fold(theirs, first)
    assert (state.owner, state.fields["text"].value) == (US, None)
    assert state.fields["text"].disagreement == Disagreement.PROPOSAL


def test_of_two_creations_the_smaller_name_owns_the_row_whatever_came_first() -> None:
    both = [op(US, {"text": "甲"}), op(TOWN, {"text": "乙"})]
    owner = min(both, key=lambda made: made[0].id)
    for order in (both, both[::-1]):
        state = fold(*order)
        assert state.owner == owner[0].office
        assert state.fields["text"].value == owner[0].fields["text"]
        assert state.fields["text"].disagreement == Disagreement.PROPOSAL


def test_a_missing_link_is_shown_as_a_gap_until_it_arrives() -> None:
    first = op(US, {"void": "甲"})
    missing = op(TOWN, {"void": "乙"}, {"void": (first[0].id,)})
    last = op(TOWN, {"void": "丙"}, {"void": (missing[0].id,)})
    assert fold(first, last).fields["void"].disagreement == Disagreement.GAP
    assert fold(first, last, missing).fields["void"].disagreement is None


def test_a_purged_op_still_replaces_but_shows_nothing_and_disagrees_with_nothing() -> None:
    first = op(US, {"void": "甲"})
    second = op(US, {"void": "举报人张某"}, {"void": (first[0].id,)})
    rival = op(TOWN, {"void": "乙"}, {"void": (first[0].id,)}, hlc=1)
    gone = _purge(second[0])
    assert fold_row([first[0], gone]).fields["void"].value is None
    state = fold_row([first[0], gone, rival[0]]).fields["void"]
    assert (state.value, state.disagreement) == ("乙", None)
    assert gone.id in state.heads


def test_unknown_fields_and_kinds_fold_like_any_other() -> None:
    made = op(US, {"field_of_2030": [1]}, table="kind_of_2030", row=ROW)
    assert fold(made).fields["field_of_2030"].value == [1]
    assert fold(made).table == "kind_of_2030"


def test_nothing_folds_to_nothing() -> None:
    with pytest.raises(ValueError, match="empty"):
        fold_row([])
