"""Headings that no word matches are chosen once and remembered for their layout."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from desktop.operations.ledgers import new_ledger
from desktop.operations.plan.headings import keep_headings, kept_headings, read_with_headings, unknown_headings
from desktop.store.ledger import Ledger
from tests.store.varied import TODAY

HEADS = ("序号", "反馈问题", "整改措施", "时间表", "完成时限", "主办")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with new_ledger(tmp_path / "台账", "江澜区整改办", TODAY) as made:
        yield made


def list_of_problems(file: Path, heads: tuple[str, ...] = HEADS) -> Path:
    """An office's own list with two heads of its own."""
    book = openpyxl.Workbook()
    ws = book.active
    assert ws is not None
    ws.append(["江澜区环保督察问题整改台账"])
    ws.append(list(heads))
    for number, text in enumerate(("渗滤液外溢，群众多次投诉。", "沿江堆场扬尘污染突出。"), 1):
        values = {"序号": number, "反馈问题": text, "整改措施": "限期清退。", "完成时限": "2027年6月30日"}
        values |= {"时间表": "分三步", "主办": "区城管局"}
        ws.append([values[head] for head in heads])
    book.save(file)
    return file


def test_a_chosen_heading_is_read_and_remembered(ledger: Ledger, tmp_path: Path) -> None:
    file = list_of_problems(tmp_path / "自己的台账.xlsx")
    draft, applied = read_with_headings(ledger, file)
    unknown = unknown_headings(draft)
    assert set(unknown) == {"时间表", "主办"}
    assert applied == {}
    assert draft.problems[0].lead_units == ()
    chosen = {"主办": "lead_units", "时间表": "other"}
    draft, applied = read_with_headings(ledger, file, chosen)
    assert draft.problems[0].lead_units == ("区城管局",)
    keep_headings(ledger, unknown, chosen, TODAY)
    moved = list_of_problems(tmp_path / "下一份.xlsx", (*HEADS[:2], "主办", *HEADS[2:5]))
    draft, applied = read_with_headings(ledger, moved)
    assert applied == chosen
    assert draft.problems[1].lead_units == ("区城管局",)
    assert any(finding.key == "known_headings" for finding in draft.findings)


def test_another_layout_is_asked_for_again(ledger: Ledger, tmp_path: Path) -> None:
    keep_headings(ledger, ("时间表", "主办"), {"主办": "lead_units", "时间表": "other"}, TODAY)
    assert kept_headings(ledger, ("主 办", "时间\n表")) == {"主办": "lead_units", "时间表": "other"}
    assert kept_headings(ledger, ("主办",)) == {}


def test_a_file_whose_heads_are_known_asks_nothing(ledger: Ledger, tmp_path: Path) -> None:
    draft, applied = read_with_headings(ledger, list_of_problems(tmp_path / "台账.xlsx", HEADS[:3] + HEADS[4:5]))
    assert unknown_headings(draft) == ()
    assert applied == {}
    assert [problem.number for problem in draft.problems] == [1, 2]
