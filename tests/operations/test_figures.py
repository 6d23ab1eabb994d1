"""统计 over a real ledger: as of today and of a day before, and the finished report."""

from datetime import date
from pathlib import Path

import pytest

from desktop.operations.figures import Dimension, FigureOptions, print_figures, read_figures
from desktop.operations.ledgers import open_to_read
from desktop.operations.sample.make import make_sample

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample ledger."""
    return make_sample(tmp_path_factory.mktemp("figures") / "示例")


def test_the_sample_has_the_founding_totals(sample: Path) -> None:
    told: list[str] = []
    with open_to_read(sample) as ledger:
        book = read_figures(ledger, TODAY, TODAY, progress=lambda words, share: told.append(words))
    years = {row.name: row.total for row in book.groups(Dimension.YEAR)}
    assert years == {"2024": 11, "2025": 2, "2026": 1, "long_term": 2}
    assert book.sentences[1] == "2024年完成整改11个，2025年2个，2026年1个，持续推进2个。"
    assert book.whole.total == book.figures.total == 16
    assert told[0] == "正在统计第1个问题，共16个"


def test_options_count_again_without_reading_again(sample: Path) -> None:
    with open_to_read(sample) as ledger:
        book = read_figures(ledger, TODAY, TODAY)
    again = book.counted(FigureOptions(long_term_completed=True))
    assert again.figures.completed == book.figures.completed + book.figures.long_term
    assert "（含长期坚持）" in again.sentences[0]


def test_before_anything_was_entered_there_is_nothing_to_count(sample: Path) -> None:
    with open_to_read(sample) as ledger:
        book = read_figures(ledger, date(2020, 1, 1), TODAY)
    assert book.figures.total == 0
    assert all(chart.is_empty for chart in book.charts)
    assert print_figures(book, (Dimension.YEAR,)).pages == 1


def test_the_report_is_printed_with_every_table_asked_for(sample: Path) -> None:
    with open_to_read(sample) as ledger:
        book = read_figures(ledger, TODAY, TODAY)
    printed = print_figures(book, tuple(Dimension))
    assert printed.data.startswith(b"%PDF")
    assert printed.pages >= 4
