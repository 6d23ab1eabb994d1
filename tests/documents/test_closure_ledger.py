"""销号台账: only what is up for notice or filed, with the day and paper of each gate, and counts that add up."""

from dataclasses import replace
from pathlib import Path
from types import ModuleType

from desktop import paths
from desktop.documents.fonts import FontSet
from desktop.documents.papers import print_paper


def test_only_problems_in_notice_or_filed_are_listed_and_counted(factory: ModuleType, fonts: FontSet) -> None:
    held = factory.ledger(factory.rich_case(1, "已备案的问题。"), factory.open_case(2, "在整改的问题。"))
    text = factory.text_of(print_paper("closure_ledger", factory.request(held=held), fonts).data)
    assert "已备案的问题。" in text
    assert "在整改的问题" not in text
    assert "台账共有问题2个，已完成整改1个，本表列入1个（已销号备案1个）。" in text


def test_a_row_tells_number_day_result_address_and_objections(factory: ModuleType, fonts: FontSet) -> None:
    case = factory.rich_case(5)
    request = factory.request(case, bundle_pages=((case.problem.id, 12),))
    text = factory.text_of(print_paper("closure_ledger", request, fonts).data)
    assert "青委〔2026〕12号2026/7/20" in text
    assert "市生态环境局2026/8/12通过2026/9/28至2026/10/10" in text
    assert "www.qingxi.example.gov.cn" in text.replace("\n", "")
    assert "无2026/10/161—12" in text


def test_an_office_may_list_all_problems(factory: ModuleType, fonts: FontSet, tmp_path: Path) -> None:
    own = paths.resource("templates", "closure_ledger.toml").read_text(encoding="utf-8")
    (tmp_path / "closure_ledger.toml").write_text(own.replace('include = "ready"', 'include = "all"'), encoding="utf-8")
    held = factory.ledger(factory.rich_case(1), factory.open_case(2, "在整改的问题。"))
    text = factory.text_of(print_paper("closure_ledger", factory.request(held=held), fonts, tmp_path).data)
    assert "本表列入2个（整改中1个、已销号备案1个）" in text
    assert "在整改的问题。" in text


def test_without_a_closure_the_table_says_so(factory: ModuleType, fonts: FontSet) -> None:
    printed = print_paper("closure_ledger", factory.request(factory.open_case()), fonts)
    assert "台账没有处于公示或已备案的问题，销号台账没有内容可列。" in printed.remarks


def test_a_notice_without_an_address_is_remarked(factory: ModuleType, fonts: FontSet) -> None:
    case = factory.rich_case(5)
    steps = tuple(replace(step, url="") for step in case.steps)
    printed = print_paper("closure_ledger", factory.request(replace(case, steps=steps)), fonts)
    assert printed.remarks == ("问题5没有登记公示网址，台账上印为“/”。",)
