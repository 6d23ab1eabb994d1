"""Filters kept under a name: found again, replaced, dropped; nothing else is touched."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.operations.history import ledger_history
from desktop.operations.ledgers import new_ledger
from desktop.operations.saved_filters import SavedFilter, drop_filter, keep_filter, saved_filters
from desktop.rules.errors import Refused
from desktop.rules.ids import derived_id
from desktop.rules.kinds import FILTER_KEY
from desktop.store.ledger import Ledger
from desktop.store.lines import Filter
from desktop.store.writer import writing

TODAY = date(2026, 11, 23)
OPEN = Filter(text="污水", unit="ab" * 16, role="lead", year=2026, state="open", light="red", only=("cd" * 16,))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = new_ledger(tmp_path / "台账", "蒸湘区整改办", TODAY, person="李明")
    yield made
    made.close()


def test_a_filter_is_kept_whole_and_replaced_under_its_name(ledger: Ledger) -> None:
    assert keep_filter(ledger, " 我的\n督办件 ", OPEN, TODAY, "张三").sentence == "已保存常用筛选“我的 督办件”。"
    assert saved_filters(ledger) == (SavedFilter("我的 督办件", OPEN),)
    other = Filter(state="overdue")
    assert keep_filter(ledger, "我的 督办件", other, TODAY).sentence == "已更新常用筛选“我的 督办件”。"
    assert saved_filters(ledger) == (SavedFilter("我的 督办件", other),)


def test_a_dropped_filter_is_gone_and_can_be_kept_again(ledger: Ledger) -> None:
    keep_filter(ledger, "逾期", OPEN, TODAY)
    drop_filter(ledger, "逾期", TODAY)
    assert saved_filters(ledger) == ()
    keep_filter(ledger, "逾期", OPEN, TODAY)
    assert len(saved_filters(ledger)) == 1


@pytest.mark.parametrize(
    ("name", "chosen", "rule"),
    [("", OPEN, "filter_name"), ("长" * 21, OPEN, "filter_name"), ("空", Filter(), "filter_empty")],
)
def test_what_cannot_be_kept_is_refused(ledger: Ledger, name: str, chosen: Filter, rule: str) -> None:
    with pytest.raises(Refused) as refused:
        keep_filter(ledger, name, chosen, TODAY)
    assert refused.value.rule == rule
    assert saved_filters(ledger) == ()


def test_an_unknown_name_cannot_be_dropped(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="没有名为“逾期”的常用筛选"):
        drop_filter(ledger, "逾期", TODAY)


@pytest.mark.parametrize("value", ["x", "[]", '{"unit": 5}', '{"only": [1]}', '{"year": "2026"}'])
def test_what_a_newer_program_kept_is_passed_over(ledger: Ledger, value: str) -> None:
    key = FILTER_KEY + "新"
    with writing(ledger, "", TODAY) as writer:
        writer.put("setting", {"key": key, "value": value}, row=derived_id("setting", ledger.office_id, key))
    assert saved_filters(ledger) == ()


def test_the_history_says_it_in_words(ledger: Ledger) -> None:
    keep_filter(ledger, "逾期", OPEN, TODAY)
    keep_filter(ledger, "逾期", Filter(state="open"), TODAY)
    said = [found.change.sentence for found in ledger_history(ledger).lines]
    assert "新增设置：常用筛选“逾期”" in said
    assert "设置·内容：（已设置） → （已设置）" in said
