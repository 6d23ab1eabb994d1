"""Evidence: copied in once under its hash, never half, its absence and its change visible."""

import hashlib
import os
import socket
from pathlib import Path

import pytest

from desktop.rules.errors import KnownFault, Refused
from desktop.rules.records import Evidence
from desktop.store.evidence import MAX_SIZE, file_of, store_file, sweep_parts
from desktop.store.integrity import check_ledger
from desktop.store.ledger import Ledger, open_ledger
from desktop.store.read_cases import read_case
from desktop.store.writer import writing
from tests.store.support import TODAY, folder_print


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A file of 3 MB."""
    file = tmp_path / "整改后照片.jpg"
    file.write_bytes(os.urandom(3_000_000))
    return file


def noted(ledger: Ledger, digest: str, name: str = "整改后照片.jpg") -> str:
    """Evidence written into a case; returns the problem."""
    with writing(ledger, "张三", TODAY) as writer:
        problem = writer.new("problem", {"number": 5, "text": "x"})
        fields = {"problem": problem, "name": name, "sha256": digest, "size": 3_000_000}
        writer.new("evidence", fields, scope=problem)
    return problem


def evidence_of(ledger: Ledger, problem: str) -> Evidence:
    """The one piece of evidence of a case."""
    case = read_case(ledger, problem)
    assert case is not None
    return case.evidence[0]


def parts(folder: Path) -> list[Path]:
    """Half files."""
    return list(folder.rglob("*.part"))


def test_a_file_is_stored_once_under_its_hash(ledger: Ledger, folder: Path, photo: Path) -> None:
    digest = hashlib.sha256(photo.read_bytes()).hexdigest()
    first = store_file(ledger, photo)
    assert (first.sha256, first.size, first.name, first.was_known) == (digest, 3_000_000, "整改后照片.jpg", False)
    assert (folder / "evidence" / digest[:2] / digest).read_bytes() == photo.read_bytes()
    before = folder_print(folder)
    other = photo.with_name("另一个名字.png")
    other.write_bytes(photo.read_bytes())
    second = store_file(ledger, other)
    assert (second.sha256, second.name, second.was_known) == (digest, "另一个名字.png", True)
    assert folder_print(folder) == before


def test_the_original_is_left_as_it_was(ledger: Ledger, photo: Path) -> None:
    before = (photo.read_bytes(), photo.stat().st_mode, photo.stat().st_mtime_ns)
    store_file(ledger, photo)
    assert (photo.read_bytes(), photo.stat().st_mode, photo.stat().st_mtime_ns) == before
    photo.write_bytes(b"changed later")
    assert check_ledger(ledger).is_sound


def test_a_missing_file_is_a_visible_state_not_a_crash(ledger: Ledger, photo: Path) -> None:
    stored = store_file(ledger, photo)
    problem = noted(ledger, stored.sha256)
    assert evidence_of(ledger, problem).present
    assert check_ledger(ledger).is_sound
    file_of(ledger.folder, stored.sha256).unlink()
    assert not evidence_of(ledger, problem).present
    health = check_ledger(ledger)
    assert health.problems == ("缺附件：“整改后照片.jpg”不在佐证材料文件夹中，请从备份或原件补回。",)
    store_file(ledger, photo)
    assert evidence_of(ledger, problem).present
    assert check_ledger(ledger).is_sound


def test_changed_bytes_are_found_and_mended_by_adding_the_original_again(ledger: Ledger, photo: Path) -> None:
    stored = store_file(ledger, photo)
    noted(ledger, stored.sha256)
    kept = file_of(ledger.folder, stored.sha256)
    kept.chmod(0o644)
    kept.write_bytes(b"\0" + photo.read_bytes()[1:])
    health = check_ledger(ledger)
    assert len(health.problems) == 1
    assert "附件内容已变：“整改后照片.jpg”" in health.problems[0]
    assert not store_file(ledger, photo).was_known
    assert check_ledger(ledger).is_sound


def test_evidence_under_two_names_is_checked_once(ledger: Ledger, photo: Path) -> None:
    stored = store_file(ledger, photo)
    noted(ledger, stored.sha256)
    noted(ledger, stored.sha256, "另一个名字.png")
    assert check_ledger(ledger).files == 1


@pytest.mark.parametrize("digest", ["../" * 21 + "x", "/" * 64, "AB" * 32, "zz" * 32, "ab", "\0" * 64])
def test_a_hash_that_is_none_leads_out_of_no_folder(ledger: Ledger, digest: str) -> None:
    problem = noted(ledger, digest)
    assert not evidence_of(ledger, problem).present
    assert "缺附件" in check_ledger(ledger).problems[0]


class Stopped(Exception):
    """The clerk has pressed cancel."""


@pytest.mark.parametrize("after", [1, 2, 3])
def test_cancelling_a_copy_leaves_nothing(ledger: Ledger, folder: Path, photo: Path, after: int) -> None:
    before, seen = folder_print(folder), []

    def progress(done: int, size: int) -> None:
        seen.append((done, size))
        if len(seen) == after:
            raise Stopped

    with pytest.raises(Stopped):
        store_file(ledger, photo, progress)
    assert folder_print(folder) == before
    assert seen == [(min(n << 20, 3_000_000), 3_000_000) for n in range(1, after + 1)]


@pytest.mark.parametrize("change", [1, -1_000_000])
def test_a_file_that_is_still_being_written_is_not_taken(
    ledger: Ledger, folder: Path, photo: Path, change: int
) -> None:
    before = folder_print(folder)

    def progress(done: int, size: int) -> None:
        if done == 1 << 20:
            os.truncate(photo, 3_000_000 + change)

    with pytest.raises(KnownFault, match="文件内容在变化"):
        store_file(ledger, photo, progress)
    assert folder_print(folder) == before


def test_a_file_that_grows_as_fast_as_it_is_read_does_not_fill_the_disk(ledger: Ledger, photo: Path) -> None:
    with photo.open("ab") as log:

        def progress(done: int, size: int) -> None:
            assert done <= size
            log.write(bytes(2 << 20))
            log.flush()

        with pytest.raises(KnownFault, match="文件内容在变化"):
            store_file(ledger, photo, progress)


def test_what_is_no_file_is_refused(
    ledger: Ledger, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = folder_print(folder)
    (tmp_path / "空.txt").touch()
    (tmp_path / "大.mp4").touch()
    os.truncate(tmp_path / "大.mp4", MAX_SIZE + 1)
    os.mkfifo(tmp_path / "管道")
    with socket.socket(socket.AF_UNIX) as plug:
        monkeypatch.chdir(tmp_path)
        plug.bind("插座")
    for name, sentence in (
        (".", "是文件夹，没有收入"),
        ("空.txt", "“空.txt”是空文件，没有收入"),
        ("大.mp4", "“大.mp4”超过 500 MB，没有收入"),
        ("管道", "“管道”不是普通文件"),
        ("插座", "“插座”不是普通文件"),
    ):
        with pytest.raises(Refused, match=sentence):
            store_file(ledger, tmp_path / name)
    with pytest.raises(KnownFault, match=r"找不到：.*没有这个.*台账未变"):
        store_file(ledger, tmp_path / "没有这个.jpg")
    assert folder_print(folder) == before


@pytest.mark.parametrize(
    "name", ["a\nb\tc.jpg", "\u202egpj.exe", "​零宽.jpg", "x" * 250, "𠮷.jpg", "-rf", "con", "é.jpg", "e\u0301.jpg"]
)
def test_a_name_is_data_and_never_a_path(ledger: Ledger, folder: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"content")
    stored = store_file(ledger, tmp_path / name)
    assert stored.name == name
    problem = noted(ledger, stored.sha256, stored.name)
    assert evidence_of(ledger, problem).name == name
    assert [p.name for p in (folder / "evidence").rglob("*") if p.is_file()] == [stored.sha256]


def test_a_name_that_windows_wrote_in_gbk_is_read_as_it_was_meant(ledger: Ledger, tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/" + "整改照片.jpg".encode("gb18030")
    with open(raw, "wb") as handle:  # noqa: PTH123 pathlib takes no bytes
        handle.write(b"content")
    assert store_file(ledger, Path(os.fsdecode(raw))).name == "整改照片.jpg"


def test_sweeping_takes_only_what_a_cut_off_copy_left(ledger: Ledger, folder: Path, photo: Path) -> None:
    stored = store_file(ledger, photo)
    (folder / "evidence" / ".0123456789abcdef.part").write_bytes(b"half")
    (folder / "thumbs" / "ab").mkdir(parents=True)
    (folder / "thumbs" / "ab" / "x.part").write_bytes(b"half")
    assert sweep_parts(folder) == 2
    assert parts(folder) == []
    assert file_of(folder, stored.sha256).is_file()
    assert sweep_parts(folder) == 0


def test_a_lost_evidence_folder_is_made_again(ledger: Ledger, folder: Path, photo: Path) -> None:
    (folder / "evidence").rmdir()
    stored = store_file(ledger, photo)
    assert file_of(folder, stored.sha256).is_file()


def test_a_program_that_only_reads_takes_no_file(ledger: Ledger, folder: Path, photo: Path) -> None:
    with open_ledger(folder, write=False) as reader, pytest.raises(KnownFault, match="只能查看，没有保存"):
        store_file(reader, photo)
    assert parts(folder) == []
    assert ledger.writable
