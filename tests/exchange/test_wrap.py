import zipfile
from pathlib import Path

import pyrage
import pytest

from desktop.exchange.streams import Phase
from desktop.exchange.wrap import is_secret, unwrap_package, wrap_package
from desktop.rules.errors import Refused
from tests.exchange.support import HUB, TOWN, keys, pack, put

SECRET = "湘江北去橘子洲头"


class Cancelled(Exception):
    """What a caller raises from the progress call."""


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A package of some size."""
    return pack(tmp_path, put(tmp_path, bytes(range(256)) * 2000))


def test_what_is_written_to_an_office_only_that_office_opens(plain: Path, tmp_path: Path) -> None:
    secret, out = tmp_path / "a.zgbx", tmp_path / "out.zgb"
    wrap_package(plain, secret, receivers=(keys(TOWN).public.age,))
    unwrap_package(secret, out, identity=keys(TOWN))
    assert out.read_bytes() == plain.read_bytes()
    out.unlink()
    with pytest.raises(Refused, match="不是发给本单位的"):
        unwrap_package(secret, out, identity=keys(HUB))
    assert not list(tmp_path.glob("out.zgb*"))


def test_under_a_passphrase_the_passphrase_opens_it(plain: Path, tmp_path: Path) -> None:
    secret, out = tmp_path / "a.zgbx", tmp_path / "out.zgb"
    wrap_package(plain, secret, passphrase=SECRET)
    unwrap_package(secret, out, passphrase=SECRET)
    assert out.read_bytes() == plain.read_bytes()
    for wrong in ({"passphrase": SECRET + "！"}, {}):
        with pytest.raises(Refused, match="口令"):
            unwrap_package(secret, tmp_path / "no.zgb", **wrong)


def test_a_short_passphrase_makes_no_package(plain: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="至少8位"):
        wrap_package(plain, tmp_path / "a.zgbx", passphrase="1234567")
    assert not list(tmp_path.glob("*.zgbx*"))


def test_any_age_program_can_open_it(plain: Path, tmp_path: Path) -> None:
    wrap_package(plain, tmp_path / "a.zgbx", passphrase=SECRET)
    with zipfile.ZipFile(tmp_path / "a.zgbx") as archive:
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
        key, payload = archive.read("key.age"), archive.read("payload.age")
    assert key.startswith(b"age-encryption.org/v1\n")
    once = pyrage.passphrase.decrypt(key, SECRET).decode().strip()
    assert pyrage.decrypt(payload, [pyrage.x25519.Identity.from_str(once)]) == plain.read_bytes()


def test_nothing_of_the_content_can_be_read_without_the_key(plain: Path, tmp_path: Path) -> None:
    wrap_package(plain, tmp_path / "a.zgbx", passphrase=SECRET)
    assert b"package.json" not in (tmp_path / "a.zgbx").read_bytes()


def test_the_form_is_told_by_the_bytes(plain: Path, tmp_path: Path) -> None:
    wrap_package(plain, tmp_path / "a.zgb2", passphrase=SECRET)
    assert is_secret(tmp_path / "a.zgb2")
    assert not is_secret(plain)
    (tmp_path / "x").write_bytes(b"x")
    assert not is_secret(tmp_path / "x")


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.9999])
def test_a_cut_file_is_refused(plain: Path, tmp_path: Path, share: float) -> None:
    wrap_package(plain, tmp_path / "a.zgbx", receivers=(keys().public.age,))
    data = (tmp_path / "a.zgbx").read_bytes()
    (tmp_path / "a.zgbx").write_bytes(data[: int(len(data) * share)])
    with pytest.raises(Refused):
        unwrap_package(tmp_path / "a.zgbx", tmp_path / "out.zgb", identity=keys())
    assert not list(tmp_path.glob("out.zgb*"))


def test_flipped_bytes_are_refused(plain: Path, tmp_path: Path) -> None:
    wrap_package(plain, tmp_path / "a.zgbx", receivers=(keys().public.age,))
    data = (tmp_path / "a.zgbx").read_bytes()
    for place in range(0, len(data), len(data) // 40):
        altered = bytearray(data)
        altered[place] ^= 0x10
        (tmp_path / "b.zgbx").write_bytes(altered)
        try:
            unwrap_package(tmp_path / "b.zgbx", tmp_path / "out.zgb", identity=keys())
        except Refused:
            assert not list(tmp_path.glob("out.zgb*"))
        else:
            assert (tmp_path / "out.zgb").read_bytes() == plain.read_bytes()
            (tmp_path / "out.zgb").unlink()


@pytest.mark.parametrize("bit", [0x01, 0x10, 0x80, 0xFF])
def test_any_change_of_the_archives_own_records_is_refused_or_harmless(plain: Path, tmp_path: Path, bit: int) -> None:
    wrap_package(plain, tmp_path / "a.zgbx", receivers=(keys().public.age,))
    data = (tmp_path / "a.zgbx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zgbx") as archive:
        records = archive.start_dir
    for place in range(records, len(data)):
        altered = bytearray(data)
        altered[place] ^= bit
        (tmp_path / "b.zgbx").write_bytes(altered)
        try:
            unwrap_package(tmp_path / "b.zgbx", tmp_path / "out.zgb", identity=keys())
        except Refused:
            assert not list(tmp_path.glob("out.zgb*"))
        else:
            assert (tmp_path / "out.zgb").read_bytes() == plain.read_bytes()
            (tmp_path / "out.zgb").unlink()


def test_a_cancelled_run_leaves_nothing_in_either_direction(plain: Path, tmp_path: Path) -> None:
    def cancel(phase: Phase, size: int) -> None:
        if phase == wanted:
            raise Cancelled

    wanted = Phase.ENCRYPTING
    for wanted in Phase.ENCRYPTING, Phase.CHECKING:  # noqa: B007
        with pytest.raises(Cancelled):
            wrap_package(plain, tmp_path / "a.zgbx", receivers=(keys().public.age,), count=cancel)
        assert not list(tmp_path.glob("a.zgbx*"))
    wanted = Phase.DECRYPTING
    wrap_package(plain, tmp_path / "a.zgbx", receivers=(keys().public.age,))
    with pytest.raises(Cancelled):
        unwrap_package(tmp_path / "a.zgbx", tmp_path / "out.zgb", identity=keys(), count=cancel)
    assert not list(tmp_path.glob("out.zgb*"))
