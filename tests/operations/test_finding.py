"""One search over everything: by any words, by a number, by the first letters of a unit, by the words of a PDF."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.documents.charts import chart_page
from desktop.operations.cases import find_case
from desktop.operations.finding import find_everything, read_file_words
from desktop.operations.ledgers import open_to_write
from desktop.operations.opened import Ledger
from desktop.operations.paper.printing import fonts_at_hand
from desktop.operations.progress import add_evidence
from desktop.operations.sample.make import make_sample
from desktop.rules.charts import Chart, Shape
from desktop.rules.entries import EvidenceEntry
from tests.operations.test_figures import TODAY


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The sample ledger."""
    opened = open_to_write(make_sample(tmp_path_factory.mktemp("finding") / "示例"))
    yield opened
    opened.close()


def test_words_are_found_wherever_they_stand_and_are_marked(ledger: Ledger) -> None:
    hits = find_everything(ledger, "污水")
    assert {"problem", "progress"} <= {hit.kind for hit in hits}
    for hit in hits:
        assert any("污水" in hit.text[a:b] for a, b in hit.marks)
        assert hit.number is not None or hit.kind in ("unit", "plan")
    assert all("管网" in hit.text + "".join(h.text for h in find_everything(ledger, "污水 管网")) for hit in hits[:1])


def test_a_number_finds_its_problem_first(ledger: Ledger) -> None:
    first = find_everything(ledger, "12")[0]
    assert (first.kind, first.number) == ("problem", 12)


def test_the_first_letters_of_a_unit_find_it(ledger: Ledger) -> None:
    assert "区生态环境分局" in {hit.text.split("\n")[0].split(" ")[0] for hit in find_everything(ledger, "qsthjfj")}


def test_nothing_is_found_for_nothing(ledger: Ledger) -> None:
    assert find_everything(ledger, "   ") == ()
    assert find_everything(ledger, "没有这样的文字") == ()


def test_the_words_of_a_pdf_are_read_once_and_found(ledger: Ledger, tmp_path: Path) -> None:
    read_file_words(ledger)
    printed, _ = chart_page(Chart("x", "化学需氧量监测报告", Shape.BARS, (), ()), fonts_at_hand())
    (tmp_path / "附件.pdf").write_bytes(printed.data)
    (tmp_path / "坏.pdf").write_bytes(b"%PDF-1.4 broken")
    files = (str(tmp_path / "附件.pdf"), str(tmp_path / "坏.pdf"))
    add_evidence(ledger, find_case(ledger, 14), EvidenceEntry(files), TODAY, "李明")
    assert not find_everything(ledger, "需氧量监测")
    told: list[str] = []
    assert read_file_words(ledger, lambda words, share: told.append(words)) == 2
    assert len(told) == 2
    assert read_file_words(ledger) == 0
    (hit,) = find_everything(ledger, "需氧量监测")
    assert (hit.words, hit.number) == ("佐证材料", 14)
