"""The table of record kinds: what every room that reads it relies on."""

import re

import pytest

from desktop.rules.kinds import AUDIENCE_WORDS, KINDS, Audience, RecordKind, Type, is_plan_field

ALL = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())


@ALL
def test_every_field_has_a_name_an_op_can_carry_and_a_chinese_word(kind: RecordKind) -> None:
    for field in kind.fields:
        assert re.fullmatch("[a-z][a-z0-9_]*", field.name)
        assert re.fullmatch("[\u4e00-\u9fff]+", field.words)
        assert kind.field(field.name) == field
    assert kind.field("nothing_of_that_name") is None


@ALL
def test_no_field_takes_the_place_of_a_column_of_every_row(kind: RecordKind) -> None:
    names = [field.name for field in kind.fields]
    assert len(names) == len(set(names))
    assert not {"n", "id", "owner", "created", "person"} & set(names)


@ALL
def test_what_is_only_added_can_be_corrected_and_withdrawn(kind: RecordKind) -> None:
    correction, withdrawal = kind.field("corrects"), kind.field("void")
    assert bool(correction) == kind.appends
    if kind.appends:
        assert correction is not None
        assert withdrawal is not None
        assert (correction.type, withdrawal.type) == (Type.REF, Type.TEXT)
        assert not any(field.plan for field in kind.fields)


@ALL
def test_everything_of_a_case_names_its_problem(kind: RecordKind) -> None:
    if kind.audience == Audience.CASE and kind.name != "problem":
        found = kind.field("problem")
        assert found is not None
        assert found.type == Type.REF


def test_what_the_issuer_decides_is_what_the_plan_says() -> None:
    assert is_plan_field("problem", "deadline")
    assert is_plan_field("problem", "text")
    assert is_plan_field("measure", "due")
    assert is_plan_field("problem_unit", "unit")
    assert not is_plan_field("problem", "internal_deadline")
    assert not is_plan_field("problem", "void")
    assert not is_plan_field("progress", "text")
    assert not is_plan_field("problem", "field_of_a_newer_version")
    assert not is_plan_field("kind_of_a_newer_version", "text")


def test_people_settings_and_the_office_s_own_papers_never_leave_the_office() -> None:
    own = {name for name, kind in KINDS.items() if kind.audience == Audience.OWN}
    assert own == {"setting", "person", "doc_number", "paper", "paper_scan"}


def test_every_audience_has_its_word() -> None:
    assert AUDIENCE_WORDS.keys() == set(Audience)
