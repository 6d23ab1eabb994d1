"""The workbook of what the list shows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.operations.export import export_workbook
from desktop.operations.ledgers import open_to_read
from desktop.operations.lists import Filter, Sort, list_choices, list_problems, read_keys
from desktop.rules.errors import Refused
from desktop.store.ledger import Ledger
from tests.store.varied import TODAY


@pytest.fixture
def ledger(sample_folder: Path) -> Iterator[Ledger]:
    with open_to_read(sample_folder) as opened:
        yield opened


def texts(file: Path) -> str:
    """All cells of a workbook in one text."""
    sheet = load_workbook(file).active
    assert sheet is not None
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)


def test_only_the_chosen_problems_are_written_in_their_order(ledger: Ledger, tmp_path: Path) -> None:
    keys = read_keys(ledger, Filter(state="overdue"), Sort("number", True), TODAY)
    heads = [line.head[:12] for line in list_problems(ledger, Filter(), Sort(), TODAY).lines]
    changes = export_workbook(ledger, tmp_path / "逾期.xlsx", TODAY, keys.ids())
    assert changes.sentence.startswith("已导出2个问题")
    written = texts(tmp_path / "逾期.xlsx")
    assert written.index(heads[9]) < written.index(heads[6])
    assert heads[0] not in written


def test_without_a_choice_all_are_written_and_the_work_is_told(ledger: Ledger, tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    changes = export_workbook(
        ledger, tmp_path / "全部.xlsx", TODAY, None, lambda words, share: told.append((words, share))
    )
    assert changes.sentence.startswith("已导出16个问题")
    assert [share for _, share in told] == sorted(share for _, share in told)
    assert told[0][0] == "正在读取第1个问题，共16个"


def test_another_kind_of_file_is_refused_and_nothing_is_written(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        export_workbook(ledger, tmp_path / "台账.pdf", TODAY, ())
    assert list(tmp_path.iterdir()) == []


def test_the_filters_offer_units_in_rank_order_without_groups(ledger: Ledger) -> None:
    found = list_choices(ledger)
    assert [unit.rank for unit in found.units] == sorted(unit.rank for unit in found.units)
    assert not any(unit.is_group for unit in found.units)
    assert "省督察" in found.sources
    assert found.years == tuple(sorted(found.years))
