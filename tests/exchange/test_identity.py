import dataclasses

import pytest

from desktop.exchange.identity import (
    PublicKeys,
    check_public,
    make_identity,
    open_identity,
    read_digits,
    seal_identity,
    sealed_public,
    verify,
)
from desktop.rules.errors import Refused
from tests.exchange.support import HUB, keys

SECRET = "春风又绿江南岸明月"
SALT, NONCE = b"s" * 16, b"n" * 12


def test_the_digits_two_people_compare_are_eight_groups_of_five() -> None:
    groups = keys().public.digits.split(" ")
    assert [len(group) for group in groups] == [5] * 8
    assert all(group.isdecimal() for group in groups)


def test_other_keys_or_another_office_have_other_digits() -> None:
    public = keys().public
    other = make_identity(HUB).public
    assert len({public.digits, other.digits, dataclasses.replace(public, office="f" * 32).digits}) == 3



def test_the_digits_of_given_keys_never_change() -> None:
    public = PublicKeys(HUB, "11" * 32, "age1example")
    assert public.digits == "08937 48097 86053 56793 07116 30302 31162 29164"
    assert public.key_id == "ec383553f6ddd14c4bdf2ed3a8d6d330"


def test_digits_typed_with_full_width_figures_and_dashes_are_read() -> None:
    digits = keys().public.digits
    wide = digits.translate(str.maketrans("0123456789 ", "０１２３４５６７８９-"))
    assert read_digits(wide) == digits


def test_a_digit_too_few_is_told_with_the_count() -> None:
    with pytest.raises(Refused, match="现有39位"):
        read_digits(keys().public.digits[:-1])


def test_a_signature_holds_for_its_text_and_keys_only() -> None:
    signature = keys().sign(b"text")
    verify(keys().public, b"text", signature)
    for public, text, said in (
        (keys().public, b"texT", signature),
        (make_identity(HUB).public, b"text", signature),
        (keys().public, b"text", signature[:-2]),
        (keys().public, b"text", signature.upper()),
        (keys().public, b"text", ""),
    ):
        with pytest.raises(Refused, match="签名"):
            verify(public, text, said)


def test_keys_under_a_passphrase_come_back_with_it() -> None:
    sealed = seal_identity(keys(), SECRET, SALT, NONCE)
    opened = open_identity(sealed, SECRET)
    assert opened.public == keys().public == sealed_public(sealed)
    assert opened.sign(b"x") == keys().sign(b"x")


def test_sealed_keys_do_not_hold_the_secret_in_the_open() -> None:
    sealed = seal_identity(keys(), SECRET, SALT, NONCE)
    assert str(keys().reading).encode() not in sealed
    assert keys().signing.private_bytes_raw().hex().encode() not in sealed
    assert SECRET not in repr(keys())


def test_a_wrong_passphrase_is_refused() -> None:
    with pytest.raises(Refused, match="口令不对"):
        open_identity(seal_identity(keys(), SECRET, SALT, NONCE), SECRET + "。")


def test_a_short_passphrase_is_not_taken() -> None:
    with pytest.raises(Refused, match="至少8位"):
        seal_identity(keys(), "1234567", SALT, NONCE)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-1],
        lambda data: b"[]",
        lambda data: b"",
        lambda data: data.replace(b'"memory":65536', b'"memory":99999999'),
        lambda data: data.replace(b'"rounds":3', b'"rounds":0'),
        lambda data: data.replace(b'"lanes":4', b'"lanes":"4"'),
        lambda data: data.replace(b'"fmt":1', b'"fmt":2'),
        lambda data: data.replace(b'"sealed":"', b'"sealed":"z'),
    ],
)
def test_a_damaged_identity_file_is_refused_in_a_sentence(change: object) -> None:
    sealed = change(seal_identity(keys(), SECRET, SALT, NONCE))  # type: ignore[operator]
    with pytest.raises(Refused):
        open_identity(sealed, SECRET)


def test_a_public_half_swapped_in_the_file_is_found() -> None:
    sealed = seal_identity(keys(), SECRET, SALT, NONCE)
    other = make_identity(HUB).public
    with pytest.raises(Refused):
        open_identity(sealed.replace(keys().public.sign.encode(), other.sign.encode()), SECRET)


@pytest.mark.parametrize("wrong", [{"office": "x"}, {"sign": "00"}, {"age": "age1no"}, {"age": ""}, {"sign": "G" * 64}])
def test_public_keys_of_a_wrong_shape_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(Refused, match="密钥不完整"):
        check_public(dataclasses.replace(keys().public, **wrong))


def test_a_scanner_types_the_whole_picture() -> None:
    public = keys().public
    bare = public.digits.replace(" ", "")
    for scanned in (f"ZGID1:{public.office}:{bare}", f" zgid1：{public.office}：{bare}\n"):
        assert read_digits(scanned) == public.digits
    with pytest.raises(Refused):
        read_digits(f"ZGID1:{public.office}:{bare[:-1]}")
