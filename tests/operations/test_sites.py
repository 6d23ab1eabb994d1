"""点位: taken in as a table, checked and struck off in batches, before the problem is."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.operations.cases import find_case
from desktop.operations.closure import take_step
from desktop.operations.ledgers import new_ledger
from desktop.operations.opened import Ledger
from desktop.operations.problems import save_problem
from desktop.operations.progress import add_evidence
from desktop.operations.sites import move_sites, save_site, take_sites
from desktop.rules.entries import EvidenceEntry, ProblemEntry, SiteEntry, StepEntry
from desktop.rules.errors import NeedsReason, Refused
from desktop.rules.records import StepAction
from desktop.rules.sites import SiteStage, count_sites, proof_of

D = date
TODAY = D(2026, 11, 30)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = new_ledger(tmp_path / "台账", "蒸湘区整改办", D(2026, 10, 1), person="李明")
    save_problem(made, None, ProblemEntry(1, "入河排口"), D(2026, 10, 1), "李明")
    yield made
    made.close()


def numbered(ledger: Ledger, *numbers: int) -> list[str]:
    return [site.id for site in find_case(ledger, 1).sites if site.number in numbers]


def move(ledger: Ledger, stage: SiteStage, on: date, *numbers: int, batch: str = "", reason: str = "无单独佐证") -> str:
    case = find_case(ledger, 1)
    return move_sites(
        ledger, case, numbered(ledger, *numbers), stage, on, TODAY, "李明", batch=batch, reason=reason
    ).sentence


@pytest.fixture
def eight(ledger: Ledger) -> Ledger:
    take_sites(ledger, find_case(ledger, 1), [SiteEntry(n, f"排口{n}") for n in range(1, 9)], TODAY, "李明")
    return ledger


def test_a_table_is_taken_in_and_taken_again_it_brings_up_to_date(ledger: Ledger) -> None:
    first = [SiteEntry(1, "一号排口", "蒸水左岸", due=D(2026, 12, 1)), SiteEntry(2, "二号排口")]
    assert take_sites(ledger, find_case(ledger, 1), first, TODAY).sentence == "问题1新增2个点位。"
    again = [SiteEntry(2, "二号排口", done_on=D(2026, 11, 1)), SiteEntry(1, ""), SiteEntry(3, "三号排口")]
    assert take_sites(ledger, find_case(ledger, 1), again, TODAY).sentence == "问题1新增1个点位，更新1个。"
    sites = find_case(ledger, 1).sites
    assert (sites[0].name, sites[0].place, sites[0].due) == ("一号排口", "蒸水左岸", D(2026, 12, 1))
    assert [site.done_on for site in sites] == [None, D(2026, 11, 1), None]
    assert take_sites(ledger, find_case(ledger, 1), again, TODAY).sentence == "问题1的点位没有变化。"


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([SiteEntry(1, "甲"), SiteEntry(1, "乙")], "第1号点位重复"),
        ([SiteEntry(1, "甲"), SiteEntry(2, "")], "请填写第2号点位的名称"),
        ([SiteEntry(1, "甲", checked_on=D(2026, 11, 1))], "登记自查自验前应先登记整改完成"),
        ([SiteEntry(1, "甲", done_on=D(2026, 12, 1))], "晚于今天"),
        ([SiteEntry(1, "甲", done_on=D(2026, 11, 2), checked_on=D(2026, 11, 1))], "自查自验日期早于整改完成日期"),
        ([], "没有可以登记的点位"),
    ],
)
def test_one_wrong_line_and_nothing_of_the_table_is_kept(ledger: Ledger, entries: list[SiteEntry], words: str) -> None:
    with pytest.raises(Refused) as refused:
        take_sites(ledger, find_case(ledger, 1), entries, TODAY)
    assert words in refused.value.sentence
    assert find_case(ledger, 1).sites == ()


def test_sites_go_step_by_step_in_batches(eight: Ledger) -> None:
    assert move(eight, SiteStage.DONE, D(2026, 11, 1), *range(1, 9)) == "问题1有8个点位登记整改完成。"
    move(eight, SiteStage.CHECKED, D(2026, 11, 5), *range(1, 9))
    said = move(eight, SiteStage.CLOSED, D(2026, 11, 10), 1, 2, 3, 4, 5, batch="第一批")
    assert said == "问题1有5个点位登记销号，已销号5/8。"
    assert move(eight, SiteStage.CLOSED, D(2026, 11, 20), 6, 7, 8, batch="第二批").endswith("已销号8/8。")
    sites = find_case(eight, 1).sites
    assert [site.batch for site in sites] == ["第一批"] * 5 + ["第二批"] * 3
    assert count_sites(sites, TODAY).words == "8/8"


def test_a_step_is_refused_with_the_sites_it_is_refused_for(eight: Ledger) -> None:
    move(eight, SiteStage.DONE, D(2026, 11, 1), 1, 2)
    for stage, numbers, on, words in (
        (SiteStage.CHECKED, (1, 2, 3), D(2026, 11, 5), "第3号还没有登记整改完成，不能登记自查自验"),
        (SiteStage.CLOSED, (1,), D(2026, 11, 5), "第1号还没有登记自查自验，不能登记销号"),
        (SiteStage.DONE, (1, 2), D(2026, 11, 5), "第1—2号已登记整改完成"),
        (SiteStage.CHECKED, (1,), D(2026, 10, 31), "第1号的整改完成日期晚于2026年10月31日"),
        (SiteStage.DONE, (4,), D(2026, 12, 5), "晚于今天"),
        (SiteStage.DONE, (), D(2026, 11, 5), "请先选择"),
    ):
        with pytest.raises(Refused) as refused:
            move(eight, stage, on, *numbers, batch="第一批")
        assert words in refused.value.sentence
    move(eight, SiteStage.CHECKED, D(2026, 11, 5), 1)
    with pytest.raises(Refused, match="请填写销号批次"):
        move(eight, SiteStage.CLOSED, D(2026, 11, 6), 1)


def test_a_site_without_proof_needs_a_reason_that_stays_with_it(eight: Ledger, tmp_path: Path) -> None:
    photo = tmp_path / "排口1.jpg"
    photo.write_bytes(b"x")
    case = find_case(eight, 1)
    add_evidence(eight, case, EvidenceEntry((str(photo),), site=case.sites[0].id), TODAY)
    case = find_case(eight, 1)
    assert [piece.name for piece in proof_of(case, case.sites[0])] == ["排口1.jpg"]
    move(eight, SiteStage.DONE, D(2026, 11, 1), 1, 2, 3)
    with pytest.raises(NeedsReason) as needed:
        move(eight, SiteStage.CHECKED, D(2026, 11, 2), 1, 2, 3, reason="")
    assert needed.value.warnings == ("第2—3号没有佐证材料",)
    move(eight, SiteStage.CHECKED, D(2026, 11, 2), 1, 2, 3, reason="见汇总报告")
    notes = [site.note for site in find_case(eight, 1).sites[:3]]
    assert notes == ["", "无佐证，理由：见汇总报告", "无佐证，理由：见汇总报告"]


def test_a_number_is_used_once(eight: Ledger) -> None:
    with pytest.raises(Refused, match="已有第3号点位"):
        save_site(eight, find_case(eight, 1), "", SiteEntry(3, "又一个"), TODAY)
    row = numbered(eight, 3)[0]
    save_site(eight, find_case(eight, 1), row, SiteEntry(9, "改号"), TODAY)
    assert [site.number for site in find_case(eight, 1).sites] == [1, 2, 4, 5, 6, 7, 8, 9]


def test_a_problem_is_not_filed_before_its_sites_are_struck_off(eight: Ledger) -> None:
    steps = (
        StepEntry(StepAction.SELF_CHECK, D(2026, 10, 8), "查过", "点位分批", result="达到"),
        StepEntry(StepAction.APPLY, D(2026, 10, 9), reason="点位分批"),
        StepEntry(StepAction.ACCEPT, D(2026, 10, 20), reason="点位分批", result="通过"),
        StepEntry(StepAction.NOTICE, D(2026, 11, 2), reason="点位分批", end=D(2026, 11, 9)),
    )
    for entry in steps:
        take_step(eight, find_case(eight, 1), entry, TODAY)
    assert any("还有8个点位没有自查自验（第1—8号）" in w for w in find_case(eight, 1).steps[0].warnings)
    move(eight, SiteStage.DONE, D(2026, 11, 1), *range(1, 9))
    move(eight, SiteStage.CHECKED, D(2026, 11, 1), *range(1, 9))
    move(eight, SiteStage.CLOSED, D(2026, 11, 1), *range(1, 7), batch="第一批")
    filing = StepEntry(StepAction.FILE, D(2026, 11, 16), reason="先备案")
    with pytest.raises(Refused) as refused:
        take_step(eight, find_case(eight, 1), filing, TODAY)
    assert refused.value.rule == "open_sites"
    assert "还有2个点位没有销号（已销号6/8，未销号的有第7—8号），不能备案" in refused.value.sentence
    move(eight, SiteStage.CLOSED, D(2026, 11, 2), 7, 8, batch="第二批")
    take_step(eight, find_case(eight, 1), filing, TODAY)
    with pytest.raises(Refused, match="已销号备案"):
        save_site(eight, find_case(eight, 1), "", SiteEntry(9, "新点位"), TODAY)
