"""Checks of the ledger in plain words (domain §2.4, §6, §8, §13)."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.rules.checks import (
    check_case,
    check_claimed_date,
    check_first_responsible,
    check_issuer,
    check_ledger,
    check_measure_dates,
    check_numbers,
    check_photo_dates,
    check_repeated_text,
    check_shared_pictures,
    check_totals,
    check_words,
)
from desktop.rules.drafts import Finding
from desktop.rules.records import (
    CaseFile,
    Evidence,
    LedgerFile,
    Measure,
    Office,
    Person,
    Plan,
    Problem,
    ProblemUnit,
    Progress,
    Step,
    StepAction,
    TermClass,
    Unit,
    UnitRole,
)

D = date
LEAD = ProblemUnit("u1", "区生态环境分局", UnitRole.LEAD)
RESPONSIBLE = ProblemUnit("u2", "区农业农村局", UnitRole.RESPONSIBLE)
HEADS = (Person("a", "甲", unit_id="u1", is_leader=True), Person("b", "乙", unit_id="u2", is_leader=True))


YEAR_END = D(2026, 12, 31)


def case_of(number: int = 5, deadline: date | None = YEAR_END, **more: object) -> CaseFile:
    case = CaseFile(Problem(f"p{number}", number, "问题", plan_id="plan", deadline=deadline), units=(LEAD, RESPONSIBLE))
    return replace(case, **more)  # type: ignore[arg-type]


def photo(name: str = "照片.jpg", digest: str = "a", **more: object) -> Evidence:
    return Evidence(name, "p", name, digest * 64, 1, "image/jpeg", **more)  # type: ignore[arg-type]


def keys(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.key for finding in findings]


def founding_ledger() -> tuple[Plan, list[CaseFile]]:
    plan = Plan(
        "plan", "整改方案", stated_total=16, stated_by_year=(("2024", 11), ("2025", 2), ("2026", 1), ("long_term", 2))
    )
    years = [2024] * 11 + [2025] * 2 + [2026]
    cases = [case_of(number, D(year, 12, 31)) for number, year in enumerate(years, 1)]
    for number in (15, 16):
        case = case_of(number, None)
        cases.append(replace(case, problem=replace(case.problem, term_class=TermClass.LONG_TERM)))
    return plan, cases


def test_ledger_that_agrees_with_the_preface_has_no_finding() -> None:
    plan, cases = founding_ledger()
    assert check_totals(plan, cases) == ()
    assert check_numbers(cases, plan.stated_total) == ()


def test_lost_problem_is_named_by_total_year_and_number() -> None:
    plan, cases = founding_ledger()
    del cases[11]
    assert [finding.sentence for finding in check_totals(plan, cases)] == [
        "《整改方案》写明16个问题，台账现有15个，请核对是否漏录或多录",
        "《整改方案》写明2025年完成整改2个，台账为1个，请核对时限",
    ]
    assert "第12号问题" in check_numbers(cases)[0].sentence


def test_a_problem_to_be_solved_at_once_counts_in_the_year_of_its_own_date() -> None:
    plan, cases = founding_ledger()
    at_once = replace(cases[0].problem, deadline=None, internal_deadline=D(2024, 9, 30), is_immediate=True)
    cases[0] = replace(cases[0], problem=at_once)
    assert check_totals(plan, cases) == ()


def test_moved_deadline_does_not_upset_the_plans_years() -> None:
    plan, cases = founding_ledger()
    cases[0] = replace(cases[0], problem=replace(cases[0].problem, approved_deadline=D(2027, 6, 30)))
    assert check_totals(plan, cases) == ()


def test_numbers_left_out_and_used_twice_are_named() -> None:
    found = check_numbers([case_of(5), case_of(5)], 16)
    assert keys(found) == ["missing_numbers", "double_numbers"]
    assert "第1—4、6—16号" in found[0].sentence


@pytest.mark.parametrize("text", ["对散乱污企业一律停产", "全部关停", "一关了之"])
def test_sweeping_words_are_named_with_their_place(text: str) -> None:
    found = check_words(case_of(measures=(Measure("m", "p", 2, text),)))
    assert keys(found) == ["one_size_fits_all"]
    assert found[0].sentence.startswith("问题5的第2项措施写有“")


def test_vague_words_are_noted_in_measures_and_closing_texts() -> None:
    steps = (
        Step("a", "p", StepAction.SELF_CHECK, D(2026, 11, 1), text="将适时复查"),
        Step("b", "p", StepAction.RETURN, D(2026, 11, 2), text="请尽快补充"),
    )
    found = check_words(case_of(measures=(Measure("m", "p", 1, "尽快完成，适时验收，尽快上报"),), steps=steps))
    assert [(f.key, f.level) for f in found] == [("vague_words", "note")] * 2
    assert "“尽快”“适时”" in found[0].sentence
    assert "销号材料写有“适时”" in found[1].sentence


def test_plain_measures_have_no_finding() -> None:
    assert check_words(case_of(measures=(Measure("m", "p", 1, "2024年12月31日前完成6个项目"),))) == ()


def test_issuer_is_one_of_the_lead_or_responsible_bodies() -> None:
    case = case_of()
    assert check_issuer(case, "区农业农村局") == ()
    assert check_issuer(case, "蒸湘区生态环境分局") == ()
    assert check_issuer(case, "区环保局", (Unit("u1", "区生态环境分局", aliases=("区环保局",)),)) == ()
    found = check_issuer(case, "区水利局")
    assert found[0].sentence == "问题5的公示落款“区水利局”，应为牵头单位或责任单位（区生态环境分局、区农业农村局）"
    assert "没有落款" in check_issuer(case, " ")[0].sentence


def test_units_without_a_head_are_named() -> None:
    assert check_first_responsible(case_of(), HEADS) == ()
    found = check_first_responsible(case_of(), HEADS[:1])
    assert found[0].sentence == "问题5缺少第一责任人：区农业农村局，请在人员中登记主要负责人"
    assert keys(check_first_responsible(case_of(units=()), ())) == ["lead_missing"]


def test_measure_due_after_the_deadline_is_named() -> None:
    measures = (Measure("a", "p", 1, "一", due=D(2026, 12, 31)), Measure("b", "p", 2, "二", due=D(2027, 1, 1)))
    found = check_measure_dates(case_of(measures=measures))
    assert [f.sentence for f in found] == ["问题5的第2项措施时限2027年1月1日晚于整改时限2026年12月31日，请核对"]
    assert check_measure_dates(case_of(deadline=None, measures=measures)) == ()


def test_same_picture_under_two_problems_is_named_once() -> None:
    cases = [
        case_of(1, evidence=(photo("整改后.jpg"), photo("别名.jpg"))),
        case_of(2, evidence=(photo("现场.jpg"),)),
        case_of(3, evidence=(photo("另一张.jpg", "b"),)),
    ]
    found = check_shared_pictures(cases)
    assert [f.sentence for f in found] == ["问题1、2使用了同一张照片（整改后.jpg），请核实"]
    paper = replace(photo(), media_type="application/pdf")
    assert check_shared_pictures([case_of(1, evidence=(paper,)), case_of(2, evidence=(paper,))]) == ()


def test_dates_of_pictures_are_checked_against_filing_and_plan() -> None:
    plan = Plan("plan", "方案", issued_on=D(2026, 7, 4))
    pieces = (
        photo("无日期.jpg"),
        photo("晚.jpg", taken_on=D(2026, 11, 21), added_on=D(2026, 11, 20)),
        photo("早.jpg", taken_on=D(2026, 7, 3), added_on=D(2026, 11, 20)),
        photo("好.jpg", taken_on=D(2026, 11, 20), added_on=D(2026, 11, 20)),
    )
    assert keys(check_photo_dates(case_of(plan=plan, evidence=pieces))) == [
        "photo_undated",
        "photo_later",
        "photo_before_plan",
    ]


def test_claimed_date_is_held_against_the_date_in_the_picture() -> None:
    assert check_claimed_date("a.jpg", D(2026, 11, 1), D(2026, 11, 1)) == ()
    assert keys(check_claimed_date("a.jpg", D(2026, 11, 1), D(2025, 11, 1))) == ["photo_date_differs"]
    assert check_claimed_date("a.jpg", D(2026, 11, 1), None)[0].level == "note"


def test_report_that_repeats_last_month_is_named() -> None:
    text = "正在推进管网改造，已完成沟槽开挖"
    entries = [
        Progress(month, "p", "", month, D(2026, int(month[-2:]), 20), words)
        for month, words in (("2026-09", text), ("2026-10", f" {text}"), ("2026-11", "按计划推进"))
    ]
    found = check_repeated_text(case_of(progress=tuple(entries)))
    assert [f.sentence for f in found] == ["问题5在2026-10填报的进展与2026-09完全相同，请核实是否更新"]
    short = tuple(replace(entry, text="无变化") for entry in entries)
    assert check_repeated_text(case_of(progress=short)) == ()


def test_ledger_is_checked_whole_and_by_problem() -> None:
    plan, cases = founding_ledger()
    cases[4] = replace(cases[4], measures=(Measure("m", "p5", 1, "一律停产"),))
    ledger = LedgerFile(Office("o", "区整改办"), cases=tuple(cases[:15]), people=HEADS, plans=(plan,))
    found = check_ledger(ledger)
    assert keys(found) == ["total", "year_total", "missing_numbers", "one_size_fits_all"]
    assert check_case(cases[0], HEADS) == ()


def test_the_scan_of_a_paper_is_no_photo() -> None:
    case = case_of(evidence=(photo("自查自验表.jpg", item="self_check_form"), photo("现场.jpg", "b", item="proof")))
    assert [finding.sentence for finding in check_photo_dates(case)] == ["问题5的照片“现场.jpg”没有拍摄日期，请补填"]
