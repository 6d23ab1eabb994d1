"""更新: the statement by which old keys name the new ones, and what is no such statement."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from desktop.exchange.identity import Identity, make_identity
from desktop.exchange.renewals import Renewal, read_renewal, sign_renewal, verify_renewal
from desktop.rules.errors import Refused

OFFICE, OTHER = "0123456789abcdef" * 2, "fedcba9876543210" * 2
AT = 1 << 56


@pytest.fixture(scope="module")
def old() -> Identity:
    return make_identity(OFFICE)


@pytest.fixture(scope="module")
def new() -> Identity:
    return make_identity(OFFICE)


def test_a_statement_reads_back_and_is_verified(old: Identity, new: Identity) -> None:
    made = sign_renewal(old, new.public, AT)
    read = read_renewal(made.line)
    assert read == made
    assert (read.old, read.new, read.at) == (old.public, new.public, AT)
    verify_renewal(read)


def test_a_statement_signed_by_other_keys_is_refused(old: Identity, new: Identity) -> None:
    forged = sign_renewal(new, new.public, AT)
    claimed = Renewal(old.public, new.public, AT, forged.signature)
    with pytest.raises(Refused, match="签名"):
        verify_renewal(read_renewal(claimed.line))


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.update(at=raw["at"] + 1),
        lambda raw: raw.update(o=OTHER),
        lambda raw: raw["new"].update(age=raw["old"]["age"]),
        lambda raw: raw.update(new=raw["old"], old=raw["new"]),
    ],
)
def test_a_changed_statement_is_refused(old: Identity, new: Identity, change: Callable[[Any], None]) -> None:
    raw = json.loads(sign_renewal(old, new.public, AT).line)
    change(raw)
    with pytest.raises(Refused):
        verify_renewal(read_renewal(json.dumps(raw)))


@pytest.mark.parametrize(
    "value", [None, 5, "", "{}", "[]", "nonsense", "x" * 9_000, '{"at":1}', ["a"], '{"at":NaN}', "\ud800"]
)
def test_anything_else_is_one_sentence(value: Any) -> None:
    with pytest.raises(Refused):
        read_renewal(value)


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw.update(at=0),
        lambda raw: raw.update(at=True),
        lambda raw: raw.update(more=1),
        lambda raw: raw["old"].update(sign="zz"),
        lambda raw: raw["old"].pop("age"),
        lambda raw: raw.update(sig=7),
        lambda raw: raw.update(o="x"),
    ],
)
def test_a_statement_of_a_wrong_shape_is_refused(old: Identity, new: Identity, change: Callable[[Any], None]) -> None:
    raw = json.loads(sign_renewal(old, new.public, AT).line)
    change(raw)
    with pytest.raises(Refused):
        read_renewal(json.dumps(raw))


def test_two_offices_cannot_renew_each_other(old: Identity) -> None:
    with pytest.raises(ValueError, match="two offices"):
        sign_renewal(old, make_identity(OTHER).public, AT)
