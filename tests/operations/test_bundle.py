"""佐证材料汇编 and 销号卷宗 of a problem: what goes in, what is named as missing, that nothing half-made remains."""

import errno
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from desktop.operations.ledgers import check
from desktop.operations.opened import Ledger
from desktop.operations.paper import bundle_gather
from desktop.operations.paper.bundle import make_bundle, make_folder, missing_of
from desktop.operations.paper.scans import attach_scan
from desktop.plans import office_program
from desktop.rules.bundle import BundleWish
from desktop.rules.entries import ScanEntry
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.records import Changes, StepAction
from desktop.store.evidence import file_of
from tests.documents.test_bundle import written
from tests.documents.test_foreign import pdf
from tests.operations.test_archive import keep
from tests.views.problem_five import TODAY, add_files, finish_measures, five, new_sample, picture, step

NUMBER = "蒸区委〔2026〕1号"
EVIDENCE, WHOLE = BundleWish(), BundleWish(whole=True)


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """Problem five after its own check, on a PC without an office program."""
    monkeypatch.setattr(office_program, "find_office_program", lambda: None)
    made = new_sample(tmp_path / "蒸湘区台账")
    finish_measures(made)
    step(made, StepAction.SELF_CHECK, date(2026, 11, 20))
    yield made
    made.close()


@pytest.fixture
def stored(ledger: Ledger, tmp_path: Path) -> Ledger:
    """A contract of two pages, a locked PDF, a workbook, a pair of photographs, and a photograph alone."""
    (tmp_path / "台账.xlsx").write_bytes(b"PK\x03\x04" + bytes(200))
    add_files(ledger, 5, (str(written(tmp_path / "合同.pdf", "Contract", 2)),))
    add_files(ledger, 5, (str(pdf(tmp_path / "密件.pdf", 2, password="1234")), str(tmp_path / "台账.xlsx")))
    add_files(ledger, 5, (picture(tmp_path, "整改前_东口.png", "red"),), "整改前：东口", measure=1)
    add_files(ledger, 5, (picture(tmp_path, "整改后_东口.png", "green"),), "整改后：东口", measure=1)
    add_files(ledger, 5, (picture(tmp_path, "整改前_西口.png", "blue"),), "整改前：西口", measure=2)
    return ledger


def bound(ledger: Ledger, target: Path, wish: BundleWish = EVIDENCE, **more: Any) -> tuple[list[str], Changes]:
    """The text of every page of a bundle, and what was told of it."""
    changes = make_bundle(ledger, five(ledger), target, wish, TODAY, "李明", **more)
    return ["".join(page.extract_text().split()) for page in PdfReader(str(target)).pages], changes


def sign(ledger: Ledger, scan: Path) -> None:
    attach_scan(ledger, keep(ledger, doc_no=NUMBER, on=TODAY), ScanEntry((str(scan),), NUMBER, TODAY), TODAY, "李明")


def files_in(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


# The evidence alone


def test_all_evidence_is_bound_with_running_numbers_and_the_catalogue_says_where(
    stored: Ledger, tmp_path: Path
) -> None:
    pages, changes = bound(stored, tmp_path / "汇编.pdf")
    assert changes.sentence == f"已生成问题5的佐证材料汇编，7页：{tmp_path / '汇编.pdf'}"
    cover, catalogue, *numbered = pages
    assert "佐证材料汇编" in cover
    assert "佐证材料6份，共5页" in cover
    for name, where in (("合同", "1—2"), ("密件", "3"), ("台账", "另附"), ("东口", "4"), ("西口", "5")):
        assert name in catalogue
        assert where in catalogue
    assert [f"第{n}页共5页" in page for n, page in enumerate(numbered, 1)] == [True] * 5
    assert "Contract2" in numbered[1]
    assert "设有打开密码" in numbered[2]


def test_what_is_missing_is_said_in_the_words_of_the_gates_before_anything_is_made(stored: Ledger) -> None:
    (stored.folder / "evidence").joinpath(*file_parts(stored, "合同.pdf")).unlink()
    missing = missing_of(stored, five(stored), EVIDENCE, TODAY)
    assert "验收：缺销号请示（签字盖章扫描件）" in missing
    assert "佐证材料1“合同”缺附件" in missing
    assert "佐证材料2“密件”设有打开密码，不能并入" in missing
    assert "佐证材料3“台账”不能并入PDF，目录中列为另附" in missing
    assert "照片“整改前：西口”没有对应的另一张（整改前、整改后应成对）" in missing
    assert not any("东口" in line for line in missing)


def file_parts(ledger: Ledger, name: str) -> tuple[str, ...]:
    piece = next(piece for piece in five(ledger).evidence if piece.name == name)
    return file_of(ledger.folder, piece.sha256).relative_to(ledger.folder / "evidence").parts


def test_a_lost_file_leaves_the_rest_as_it_is(stored: Ledger, tmp_path: Path) -> None:
    (stored.folder / "evidence").joinpath(*file_parts(stored, "合同.pdf")).unlink()
    pages, changes = bound(stored, tmp_path / "汇编.pdf")
    assert "缺附件" in pages[1]
    assert "第1页共3页" in pages[2]
    assert "佐证材料1“合同”缺附件" in changes.warnings


def test_the_ledger_is_left_as_it_was(stored: Ledger, tmp_path: Path) -> None:
    originals = {file: file.read_bytes() for file in (stored.folder / "evidence").rglob("*") if file.is_file()}
    bound(stored, tmp_path / "汇编.pdf")
    make_folder(stored, five(stored), tmp_path, WHOLE, TODAY)
    assert {file: file.read_bytes() for file in (stored.folder / "evidence").rglob("*") if file.is_file()} == originals
    assert check(stored).is_sound


def test_a_document_is_converted_where_there_is_a_program_for_it(
    stored: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = written(tmp_path / "made.pdf", "Sheet", 3).read_bytes()
    monkeypatch.setattr(office_program, "can_convert", lambda name: name.endswith(".xlsx"))
    monkeypatch.setattr(office_program, "as_pdf", lambda data, name, progress: made)
    pages, changes = bound(stored, tmp_path / "汇编.pdf")
    assert sum("Sheet" in page for page in pages) == 3
    assert not any("另附" in line for line in changes.warnings)
    apart, _ = bound(stored, tmp_path / "另.pdf", replace(EVIDENCE, convert=False))
    assert not any("Sheet" in page for page in apart)

    def fail(data: bytes, name: str, progress: object) -> bytes:
        raise Refused("转换不了。", "conversion_failed")

    monkeypatch.setattr(office_program, "as_pdf", fail)
    _, changes = bound(stored, tmp_path / "再.pdf")
    assert "佐证材料3“台账”不能并入PDF，目录中列为另附" in changes.warnings


def test_a_problem_without_anything_to_bind_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="问题5没有可以装订的材料，没有生成佐证材料汇编；请先收入佐证材料") as caught:
        bound(ledger, tmp_path / "汇编.pdf")
    assert caught.value.rule == "bundle_empty"
    assert "没有佐证材料" in missing_of(ledger, five(ledger), EVIDENCE, TODAY)
    with pytest.raises(Refused, match=r"请把文件名写成 汇编\.pdf"):
        bound(ledger, tmp_path / "汇编.docx")
    assert not list(tmp_path.glob("汇编*"))


# The whole closure bundle


def test_papers_stand_first_as_signed_as_printed_or_new(stored: Ledger, tmp_path: Path) -> None:
    sign(stored, written(tmp_path / "扫描.pdf", "Signed", 2))
    pages, changes = bound(stored, tmp_path / "卷宗.pdf", WHOLE)
    contents, catalogue = pages[1], pages[2]
    assert "卷内文书目录" in contents
    assert contents.index("销号请示") < contents.index("自查自验表")
    assert NUMBER in contents
    assert "签章件" in contents
    assert "新出，未签章" in contents
    assert "Signed1" in pages[3]
    # The scan is evidence too; it stands once, among the papers, and the catalogue leads there.
    assert sum("Signed" in page for page in pages) == 2
    assert "1—2" in catalogue
    assert "自查自验表没有可并入的签章件，放入的是按现在的台账新出的一份" in changes.warnings
    assert not any("销号请示" in line for line in changes.warnings)


def test_a_printed_paper_goes_in_as_it_was_kept(stored: Ledger, tmp_path: Path) -> None:
    keep(stored, doc_no=NUMBER, on=TODAY)
    pages, changes = bound(stored, tmp_path / "卷宗.pdf", WHOLE)
    assert any(NUMBER in page for page in pages[3:])
    assert "打印件，未签章" in pages[1]
    assert "销号请示没有可并入的签章件，放入的是打印存档的一份" in changes.warnings


def test_the_folder_holds_papers_originals_the_volume_and_what_is_missing(stored: Ledger, tmp_path: Path) -> None:
    sign(stored, written(tmp_path / "扫描.pdf", "Signed", 2))
    changes = make_folder(stored, five(stored), tmp_path / "出", WHOLE, TODAY, "李明")
    folder = Path(changes.extra["folder"])
    assert folder.name == "销号卷宗_问题5"
    names = files_in(folder)
    assert "文书/01_销号请示（签章件）.pdf" in names
    assert "文书/02_自查自验表（新出）.pdf" in names
    assert "佐证材料原件/01_合同.pdf" in names
    assert "佐证材料原件/03_台账.xlsx" in names
    assert "销号卷宗_问题5.pdf" in names
    lines = (folder / "缺少的材料.txt").read_text("utf-8-sig").splitlines()
    assert lines == list(changes.warnings)
    piece = five(stored).evidence[0]
    assert (folder / "佐证材料原件/01_合同.pdf").read_bytes() == file_of(stored.folder, piece.sha256).read_bytes()
    again = make_folder(stored, five(stored), tmp_path / "出", WHOLE, TODAY)
    assert Path(again.extra["folder"]).name == "销号卷宗_问题5_2"


# Cancelled, or no room


class Cancelled(Exception):
    pass


@pytest.mark.parametrize("share", [0.05, 0.2, 0.5, 0.95])
@pytest.mark.parametrize("make", [make_bundle, make_folder])
def test_a_cancelled_bundle_leaves_nothing(
    stored: Ledger, tmp_path: Path, make: Callable[..., Changes], share: float
) -> None:
    def tell(words: str, done: float) -> None:
        if done >= share:
            raise Cancelled

    place = tmp_path / "出"
    place.mkdir()
    target = place / "卷宗.pdf" if make is make_bundle else place
    with pytest.raises(Cancelled):
        make(stored, five(stored), target, WHOLE, TODAY, progress=tell)
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("make", [make_bundle, make_folder])
def test_a_disk_that_fills_up_leaves_nothing_and_is_told(
    stored: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[..., Changes]
) -> None:
    plain = Path.open

    class Full:
        """A file with room for a few thousand bytes."""

        def __init__(self, handle: Any) -> None:
            self.handle, self.room = handle, 20_000

        def __enter__(self) -> "Full":
            return self

        def __exit__(self, *_: object) -> None:
            self.handle.close()

        def write(self, block: bytes) -> int:
            self.room -= len(block)
            if self.room < 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            return int(self.handle.write(block))

        def __getattr__(self, name: str) -> Any:
            return getattr(self.handle, name)

    def opened(path: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:
        handle = plain(path, mode, *rest, **more)
        return Full(handle) if mode == "w+b" else handle

    place = tmp_path / "出"
    place.mkdir()
    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(KnownFault, match="磁盘空间不足"):
        make(stored, five(stored), place / "卷宗.pdf" if make is make_bundle else place, WHOLE, TODAY)
    monkeypatch.undo()
    assert list(place.iterdir()) == []
    assert check(stored).is_sound


def test_no_working_files_are_left_behind(stored: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = tmp_path / "临时"
    room.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(room))
    missing_of(stored, five(stored), WHOLE, TODAY)
    bound(stored, tmp_path / "卷宗.pdf", WHOLE)
    assert list(room.iterdir()) == []


def test_counting_names_the_material_it_is_at(stored: Ledger) -> None:
    said: list[str] = []
    missing_of(stored, five(stored), WHOLE, TODAY, lambda words, share: said.append(words))
    assert "正在清点文书" in said
    assert "正在清点佐证材料：合同.pdf" in said
    assert bundle_gather.gather(stored, five(stored), EVIDENCE, TODAY, Path()).bundle.papers == ()
