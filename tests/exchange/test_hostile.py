"""Packages that were cut, altered or made to hurt: one sentence each, and never another kind of failure."""

import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.exchange.entries import FIXED
from desktop.exchange.limits import Limits
from desktop.exchange.pack import write_package
from desktop.exchange.unpack import open_package
from desktop.rules.errors import KnownFault, Refused
from tests.exchange.support import LINES, head, keys, pack, put

PHOTO = bytes(range(256)) * 40


def _take(path: Path, limits: Limits | None = None) -> tuple[tuple[bytes, ...], bytes]:
    """Everything a receiver reads of a package, verified."""
    import io

    with open_package(path, limits or Limits()) as package:
        package.verify(keys().public)
        lines, out = tuple(package.ops()), io.BytesIO()
        tuple(package.seals())
        for digest, _ in package.attachments:
            package.extract(digest, out)
        package.check_payload()
        return lines, out.getvalue()


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A sound package with one photo."""
    return pack(tmp_path, put(tmp_path, PHOTO))


@pytest.mark.parametrize("share", [0.0, 0.01, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999])
def test_a_package_cut_short_is_refused(sound: Path, share: float) -> None:
    data = sound.read_bytes()
    sound.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(Refused):
        _take(sound)


def test_a_flipped_bit_is_refused_or_harmless(sound: Path) -> None:
    data, chance = sound.read_bytes(), random.Random(5)
    for _ in range(600):
        place, bit = chance.randrange(len(data)), chance.randrange(8)
        altered = bytearray(data)
        altered[place] ^= 1 << bit
        sound.write_bytes(altered)
        try:
            assert _take(sound) == (LINES, PHOTO)
        except (Refused, KnownFault):
            continue


def _rebuilt(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """The package written again by hand after a change of its entries."""
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    change(entries)
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name), data)


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "/etc/evil",
        "C:/evil",
        "data\\att\\" + "0" * 64,
        "data/att/../../evil",
        "data/att/" + "0" * 63 + "g",
        "data/att/" + "A" * 64,
        "data/att/" + "0" * 64 + "\u202egnp",
        "ledger.sqlite",
        "data/extra.jsonl",
        "data/",
    ],
)
def test_a_name_that_is_not_ours_is_refused(sound: Path, name: str) -> None:
    _rebuilt(sound, lambda entries: entries.update({name: b"x"}))
    with pytest.raises(Refused):
        _take(sound)


@pytest.mark.parametrize("name", FIXED)
def test_a_missing_part_is_refused(sound: Path, name: str) -> None:
    _rebuilt(sound, lambda entries: entries.pop(name))
    with pytest.raises(Refused):
        _take(sound)


@pytest.mark.parametrize("name", ["data/ops.jsonl", "data/seals.jsonl", "package.json", "package.sig"])
def test_altered_words_are_found(sound: Path, name: str) -> None:
    _rebuilt(sound, lambda entries: entries.update({name: entries[name].replace(b"0", b"1", 1)}))
    with pytest.raises(Refused):
        _take(sound)


def test_an_attachment_under_a_foreign_name_is_found(sound: Path) -> None:
    def swap(entries: dict[str, bytes]) -> None:
        name = next(name for name in entries if name.startswith("data/att/"))
        entries["data/att/" + "0" * 64] = entries.pop(name)

    _rebuilt(sound, swap)
    with pytest.raises(Refused):
        _take(sound)


def test_two_entries_of_one_name_are_refused(sound: Path) -> None:
    with zipfile.ZipFile(sound, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("package.json", b"{}")
    with pytest.raises(Refused):
        _take(sound)


def test_a_password_flag_is_refused(sound: Path) -> None:
    data = bytearray(sound.read_bytes())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1
    sound.write_bytes(data)
    with pytest.raises(Refused):
        _take(sound)


def test_a_bomb_is_refused_before_it_is_unpacked(sound: Path) -> None:
    with zipfile.ZipFile(sound) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    entries["data/ops.jsonl"] = b"0" * 50_000_000
    with zipfile.ZipFile(sound, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    with pytest.raises(Refused, match="压缩比"):
        _take(sound)


def test_entries_that_share_their_bytes_are_refused(sound: Path) -> None:
    data = bytearray(sound.read_bytes())
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    sound.write_bytes(data)
    with pytest.raises(Refused):
        _take(sound)


def test_too_many_entries_are_refused_by_the_end_record_alone(sound: Path) -> None:
    data = bytearray(sound.read_bytes())
    data[-12:-10] = struct.pack("<H", 60_000)
    sound.write_bytes(data)
    with pytest.raises(Refused, match="过多"):
        _take(sound)


def test_a_wide_end_record_that_lies_is_refused(sound: Path) -> None:
    data = sound.read_bytes()
    end = data[-22:]
    wide = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1 << 40, 1 << 40, 1 << 50, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(data) - 22, 1)
    sound.write_bytes(data[:-22] + wide + locator + end)
    with pytest.raises(Refused):
        _take(sound)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"SQLite format 3\x00" + bytes(2000),
        b"\xff\xd8\xff" + bytes(500),
        b"PK\x05\x06" + bytes(18),
        bytes(100_000),
        "这是一份文字".encode(),
    ],
)
def test_any_other_file_is_refused(tmp_path: Path, content: bytes) -> None:
    other = tmp_path / "像数据包.zgb"
    other.write_bytes(content)
    with pytest.raises(Refused, match="不是本程序的数据包"):
        _take(other)


def test_limits_hold_for_lines_and_files(tmp_path: Path) -> None:
    files = put(tmp_path, PHOTO)
    for limits in (Limits(line=10), Limits(ops=5), Limits(attachment=100), Limits(manifest=10), Limits(head=10)):
        with pytest.raises(Refused):
            _take(pack(tmp_path, files), limits)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"counts":{', b'"counts":{"x":{},'),
        (b'"volume":1', b'"volume":0'),
        (b'"volume":1', b'"volume":2'),
        (b'"kind":"full"', b'"kind":"virus"'),
        (b'"alg":"', b'"alg":"x'),
        (b'"ops":40', b'"ops":41'),
        (b'"ops":40', b'"ops":1e3'),
        (b'"ops":40', b'"ops":-1'),
        (b'"ops":40', b'"ops":99999999999999999999999999'),
        (b'"upto":0', b'"upto":NaN'),
        (b'"cards":[]', b'"cards":' + b"[" * 100_000 + b"]" * 100_000),
        (b'"cards":[]', b'"cards":["\xff"]'),
    ],
)
def test_a_head_signed_by_an_insider_but_wrong_is_refused(sound: Path, old: bytes, new: bytes) -> None:
    def sign_again(entries: dict[str, bytes]) -> None:
        body = entries["package.json"].replace(old, new)
        assert body != entries["package.json"]
        entries["package.json"] = body
        entries["package.sig"] = keys().sign(b"zgpkg1\n" + body).encode()

    _rebuilt(sound, sign_again)
    if new == b'"counts":{"x":{},':
        assert _take(sound) == (LINES, PHOTO)  # a further key is of a newer version and does no harm
    else:
        with pytest.raises(Refused):
            _take(sound)


def test_a_package_of_a_newer_format_says_so(sound: Path) -> None:
    def newer(entries: dict[str, bytes]) -> None:
        body = entries["package.json"].replace(b'"min_reader":1', b'"min_reader":2')
        entries["package.json"] = body
        entries["package.sig"] = keys().sign(b"zgpkg1\n" + body).encode()

    _rebuilt(sound, newer)
    with pytest.raises(KnownFault, match="更新版本"):
        _take(sound)


def test_a_folder_or_a_file_that_is_gone_is_an_ordinary_failure_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        _take(tmp_path / "没有.zgb")
    with pytest.raises(IsADirectoryError):
        _take(tmp_path)


def test_a_file_that_changes_while_it_is_read_is_found(tmp_path: Path) -> None:
    path = pack(tmp_path, put(tmp_path, PHOTO * 300))
    with open_package(path) as package:
        package.verify(keys().public)
        with path.open("r+b") as handle:
            handle.seek(path.stat().st_size // 2)
            handle.write(b"other bytes")
        with pytest.raises(Refused):
            package.check_payload()


def test_the_room_never_writes_where_it_reads(sound: Path) -> None:
    before = {file: file.read_bytes() for file in sound.parent.iterdir()}
    _take(sound)
    assert {file: file.read_bytes() for file in sound.parent.iterdir()} == before


def test_an_empty_package_is_sound(tmp_path: Path) -> None:
    write_package(tmp_path / "空.zgb", head(), keys())
    assert _take(tmp_path / "空.zgb") == ((), b"")
