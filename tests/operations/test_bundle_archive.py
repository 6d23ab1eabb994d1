"""A bundle is kept like any other paper: the very file can be opened again, whatever the ledger says by then."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.operations.ledgers import check, open_to_read
from desktop.operations.opened import Ledger
from desktop.operations.paper.archive import copy_original, journal_position, list_archive, reprint
from desktop.operations.paper.bundle import make_bundle, make_folder
from desktop.operations.paper.bundle_archive import keep_bundle
from desktop.plans import office_program
from desktop.rules.archive import kind_of
from desktop.rules.bundle import BUNDLES, BundleWish
from desktop.rules.errors import KnownFault
from desktop.rules.records import Changes
from desktop.store import evidence
from tests.documents.test_bundle import written
from tests.views.problem_five import TODAY, add_files, five, new_sample


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """Problem five with a contract of two pages, on a PC without an office program."""
    monkeypatch.setattr(office_program, "find_office_program", lambda: None)
    made = new_sample(tmp_path / "蒸湘区台账")
    add_files(made, 5, (str(written(tmp_path / "合同.pdf", "Contract", 2)),))
    yield made
    made.close()


def made_and_kept(ledger: Ledger, target: Path) -> Changes:
    """The evidence bound and kept; gives back what keeping said."""
    made = make_bundle(ledger, five(ledger), target, BundleWish(), TODAY, "李明")
    return keep_bundle(ledger, five(ledger), made, TODAY, "李明", whole=False)


def test_the_bundle_is_kept_by_its_hash_with_the_position_it_was_made_from(ledger: Ledger, tmp_path: Path) -> None:
    position = journal_position(ledger)
    kept = made_and_kept(ledger, tmp_path / "交市里的.pdf")
    assert kept.warnings == ()
    (paper,) = list_archive(ledger, five(ledger).problem.id)
    assert (paper.key, paper.name, paper.title) == ("evidence_bundle", "佐证材料汇编", "问题5佐证材料汇编")
    assert (paper.file, paper.pages, paper.lsn, paper.on) == ("佐证材料汇编_问题5.pdf", 4, position, TODAY)
    assert not paper.is_draft
    assert kind_of(paper) is BUNDLES[False]
    data = (tmp_path / "交市里的.pdf").read_bytes()
    assert reprint(ledger, paper).data == data
    copy = copy_original(ledger, paper)
    assert (copy.name, copy.read_bytes()) == (paper.file, data)
    assert check(ledger).is_sound


def test_the_same_bundle_again_is_kept_once_and_a_changed_one_beside_it(ledger: Ledger, tmp_path: Path) -> None:
    made_and_kept(ledger, tmp_path / "a.pdf")
    made_and_kept(ledger, tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    assert len(list_archive(ledger)) == 1
    add_files(ledger, 5, (str(written(tmp_path / "验收.pdf", "Accepted")),))
    made_and_kept(ledger, tmp_path / "c.pdf")
    assert [paper.pages for paper in list_archive(ledger)] == [5, 4]
    assert reprint(ledger, list_archive(ledger)[1]).data == (tmp_path / "a.pdf").read_bytes()


def test_the_one_pdf_of_the_folder_is_kept(ledger: Ledger, tmp_path: Path) -> None:
    made = make_folder(ledger, five(ledger), tmp_path, BundleWish(whole=True), TODAY)
    keep_bundle(ledger, five(ledger), made, TODAY, whole=True)
    (paper,) = list_archive(ledger)
    assert (paper.key, paper.file) == ("closure_bundle", "销号卷宗_问题5.pdf")
    assert reprint(ledger, paper).data == (tmp_path / "销号卷宗_问题5" / "销号卷宗_问题5.pdf").read_bytes()


def test_a_ledger_that_is_only_read_makes_the_bundle_and_says_it_was_not_kept(ledger: Ledger, tmp_path: Path) -> None:
    with open_to_read(ledger.folder) as view:
        kept = made_and_kept(view, tmp_path / "a.pdf")
    assert kept.warnings == ("台账现在只能查看，这次的文书没有存入档案。",)
    assert (tmp_path / "a.pdf").is_file()
    assert list_archive(ledger) == ()


def test_what_cannot_be_kept_is_a_warning(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MAX_SIZE", 100)
    (warning,) = made_and_kept(ledger, tmp_path / "a.pdf").warnings
    assert warning.startswith("佐证材料汇编没有存入档案：“a.pdf”超过 500 MB，没有收入。")
    assert (tmp_path / "a.pdf").is_file()


def test_a_kept_bundle_that_was_changed_on_the_disk_is_not_handed_out(ledger: Ledger, tmp_path: Path) -> None:
    made_and_kept(ledger, tmp_path / "a.pdf")
    (paper,) = list_archive(ledger)
    file = evidence.file_of(ledger.folder, paper.sha256)
    file.chmod(0o600)
    file.write_bytes(b"%PDF-1.4 another")
    with pytest.raises(KnownFault, match="与存入时不同"):
        copy_original(ledger, paper)
