import hashlib
import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.exchange.entries import FIXED, read_manifest, write_manifest
from desktop.exchange.head import PackageKind
from desktop.exchange.identity import make_identity
from desktop.exchange.limits import Limits
from desktop.exchange.pack import Attachment, write_package
from desktop.exchange.streams import Phase
from desktop.exchange.unpack import open_package
from desktop.rules.errors import KnownFault, Refused
from tests.exchange.support import HUB, LINES, head, keys, pack, put


class Cancelled(Exception):
    """What a caller raises from the progress call."""


def test_what_was_packed_comes_out_byte_by_byte(tmp_path: Path) -> None:
    files = put(tmp_path, b"\x00photo\xff" * 5000, "附件".encode())
    with open_package(pack(tmp_path, files)) as package:
        package.verify(keys().public)
        package.check_payload()
        assert tuple(package.ops()) == LINES
        assert (package.head.ops, package.head.seals, package.head.attachments) == (40, 1, 2)
        for file in files:
            out = io.BytesIO()
            package.extract(file.digest, out)
            assert out.getvalue() == file.path.read_bytes()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=200).map(lambda data: data.replace(b"\n", b"")), max_size=30))
def test_any_lines_come_out_as_they_went_in(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]) -> None:
    folder = tmp_path_factory.mktemp("lines")
    with open_package(pack(folder, lines=lines)) as package:
        assert list(package.ops()) == lines


def test_a_package_is_a_bag_that_any_archive_can_check(tmp_path: Path) -> None:
    with zipfile.ZipFile(pack(tmp_path, put(tmp_path, b"one", b"two"))) as archive:
        assert archive.read("bagit.txt") == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
        listed = read_manifest(archive.read("manifest-sha256.txt"))
        payload = {name for name in archive.namelist() if name.startswith("data/")}
        assert listed is not None
        assert set(listed) == payload
        assert all(hashlib.sha256(archive.read(name)).hexdigest() == digest for name, digest in listed.items())


def test_photos_are_stored_and_records_deflated(tmp_path: Path) -> None:
    with zipfile.ZipFile(pack(tmp_path, put(tmp_path, b"a" * 100_000))) as archive:
        kinds = {info.filename[:8]: info.compress_type for info in archive.infolist()}
    assert kinds["data/att"] == zipfile.ZIP_STORED
    assert kinds["data/ops"] == zipfile.ZIP_DEFLATED


def test_the_same_content_makes_the_same_bytes(tmp_path: Path) -> None:
    files = put(tmp_path, b"one")
    first = pack(tmp_path, files).read_bytes()
    assert pack(tmp_path, files).read_bytes() == first


def test_only_the_sender_can_have_signed_it(tmp_path: Path) -> None:
    with open_package(pack(tmp_path)) as package, pytest.raises(Refused, match="签名"):
        package.verify(make_identity(HUB).public)


def test_the_name_of_the_sender_is_his_keys_and_not_what_the_head_said(tmp_path: Path) -> None:
    done = write_package(tmp_path / "a.zgb", head(key_id="cd" * 16), keys())
    assert (done.sender, done.key_id) == (HUB, keys().public.key_id)


def test_a_cancelled_package_leaves_nothing(tmp_path: Path) -> None:
    files = put(tmp_path, b"x" * 3_000_000)

    for wanted in Phase.WRITING, Phase.CHECKING:

        def cancel(phase: Phase, size: int, wanted: Phase = wanted) -> None:
            if phase == wanted and size > 1_000_000:
                raise Cancelled

        with pytest.raises(Cancelled):
            write_package(tmp_path / "a.zgb", head(), keys(), attachments=files, count=cancel)
        assert not list(tmp_path.glob("a.zgb*"))


def test_evidence_that_changed_since_it_was_taken_in_is_not_sent(tmp_path: Path) -> None:
    (file,) = put(tmp_path, b"as it was")
    file.path.write_bytes(b"as it is!")
    with pytest.raises(KnownFault, match="与收录时不同"):
        write_package(tmp_path / "a.zgb", head(), keys(), attachments=[file])
    assert not list(tmp_path.glob("a.zgb*"))


def test_the_old_package_stays_when_a_new_one_of_the_same_name_fails(tmp_path: Path) -> None:
    target = pack(tmp_path)
    before = target.read_bytes()
    with pytest.raises(FileNotFoundError):
        write_package(target, head(), keys(), attachments=[Attachment("0" * 64, tmp_path / "gone", 3)])
    assert target.read_bytes() == before


def test_more_than_a_volume_holds_is_refused_before_writing(tmp_path: Path) -> None:
    files = put(tmp_path, b"x" * 1000, b"y" * 1000)
    with pytest.raises(Refused, match="分卷"):
        write_package(tmp_path / "a.zgb", head(), keys(), attachments=files, limits=Limits(volume=1500))
    assert not list(tmp_path.glob("a.zgb*"))


def test_every_byte_of_the_payload_is_counted_twice(tmp_path: Path) -> None:
    told: Counter[Phase] = Counter()
    files = put(tmp_path, b"x" * 2_500_000)

    def count(phase: Phase, size: int) -> None:
        told[phase] += size

    done = write_package(tmp_path / "a.zgb", head(), keys(), ops=LINES, attachments=files, count=count)
    assert done.bytes > 2_500_000
    assert told == {Phase.WRITING: done.bytes, Phase.CHECKING: done.bytes}


def test_every_kind_of_package_comes_back(tmp_path: Path) -> None:
    for kind in PackageKind:
        target = tmp_path / f"{kind}.zgb"
        said = write_package(target, head(kind, receipts=([1, "a"],), cards=("card",), upto=7), keys())
        with open_package(target) as package:
            assert package.head == said
            assert package.head.kind is kind


@given(st.dictionaries(st.sampled_from([*FIXED[-2:], "data/att/" + "ab" * 32]), st.just("0" * 64)))
def test_a_manifest_reads_back(hashes: dict[str, str]) -> None:
    assert read_manifest(write_manifest(hashes)) == hashes
