import json

import pytest

from desktop.exchange.identity import make_identity
from desktop.exchange.seals import MOST_OPS, make_seal, read_seal, verify_seal
from desktop.rules.errors import Refused
from desktop.rules.ops import canonical
from tests.exchange.support import HUB, TOWN, keys

IDS = tuple(f"{number:040x}" for number in range(3))


def test_a_seal_comes_back_from_its_line() -> None:
    seal = make_seal(keys(), IDS, 9, "0b" * 20)
    assert read_seal(seal.line) == seal
    assert (seal.office, seal.ids, seal.prev) == (HUB, IDS, "0b" * 20)
    verify_seal(read_seal(seal.line), keys().public)


def test_a_seal_is_named_by_what_was_signed() -> None:
    one, other = make_seal(keys(), IDS, 9), make_seal(keys(), IDS, 10)
    assert one.id != other.id
    assert len(one.id) == 40


def test_another_office_or_other_keys_cannot_pass_for_it() -> None:
    seal = make_seal(keys(), IDS, 9)
    for stranger in (make_identity(HUB), keys(TOWN)):
        with pytest.raises(Refused, match="签名"):
            verify_seal(seal, stranger.public)


def test_a_seal_signed_anew_by_someone_in_between_is_found() -> None:
    forger = make_identity(HUB)
    seal = make_seal(forger, IDS, 9)
    body = seal.body.replace(forger.public.key_id.encode(), keys().public.key_id.encode())
    forged = read_seal(canonical({"b": body.decode(), "s": forger.sign(b"zgseal1\n" + body)}))
    with pytest.raises(Refused, match="签名"):
        verify_seal(forged, keys().public)


def test_a_seal_holds_no_more_than_256_ops() -> None:
    many = [f"{number:040x}" for number in range(MOST_OPS + 1)]
    make_seal(keys(), many[:-1], 1)
    for wrong in (many, []):
        with pytest.raises(ValueError, match="256"):
            make_seal(keys(), wrong, 1)


def _changed(**new: object) -> bytes:
    seal = make_seal(keys(), IDS, 9)
    raw = json.loads(seal.body) | new
    return canonical({"b": canonical(raw).decode(), "s": seal.signature})


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"[]",
        b'{"b":1,"s":"00"}',
        b'{"b":"{}","s":"00"}',
        b'{"b":"\\ud800","s":"00"}',
        _changed(ids=[]),
        _changed(ids=[IDS[0], IDS[0]]),
        _changed(ids=["x"]),
        _changed(ids=[f"{number:040x}" for number in range(300)]),
        _changed(o="x"),
        _changed(at=-1),
        _changed(at=True),
        _changed(prev="x"),
        _changed(alg="none"),
        _changed(more=1),
        b'{"b":"' + b"x" * 20_000 + b'","s":"00"}',
    ],
)
def test_a_line_that_is_no_seal_is_refused(line: bytes) -> None:
    with pytest.raises(Refused):
        read_seal(line)
