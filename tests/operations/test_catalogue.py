"""The catalogue of a case's evidence, with the pages of the stored files."""

from pathlib import Path

from desktop.operations.opened import Ledger
from desktop.operations.paper.catalogue import catalogue_of
from desktop.operations.profile import region_of
from desktop.rules.catalogue import catalogue_cell
from desktop.store.evidence import file_of
from tests.documents.test_foreign import pdf
from tests.views.problem_five import add_files, five, new_sample


def rows(ledger: Ledger, *fields: str) -> list[tuple[str, ...]]:
    case, region = five(ledger), region_of(ledger)
    lines = catalogue_of(ledger, case).lines
    return [tuple(catalogue_cell(field, line, case, region) for field in fields) for line in lines]


def test_pages_are_counted_in_the_stored_files(tmp_path: Path) -> None:
    (tmp_path / "记录.txt").write_text("走访记录", encoding="utf-8")
    files = (pdf(tmp_path / "合同.pdf", 3), pdf(tmp_path / "密件.pdf", 2, password="1"), tmp_path / "记录.txt")
    with new_sample(tmp_path / "台账") as ledger:
        add_files(ledger, 5, tuple(map(str, files)), maker="区住建局", is_copy=True)
        assert rows(ledger, "number", "name", "pages", "page_range", "original", "maker") == [
            ("1", "合同", "3", "1—3", "复印件", "区住建局"),
            ("2", "密件", "1", "4", "复印件", "区住建局"),
            ("3", "记录", "/", "另附", "复印件", "区住建局"),
        ]
        gone = five(ledger).evidence[0]
        assert catalogue_of(ledger, five(ledger)).documents[1].fault == "设有打开密码，不能并入"
        file_of(ledger.folder, gone.sha256).unlink()
        assert rows(ledger, "number", "page_range")[0] == ("1", "缺附件")
