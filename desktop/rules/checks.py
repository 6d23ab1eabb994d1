"""Checks of the ledger in plain words: what a reader at the upper level would send back (domain §2.4, §6, §8, §13).

Each check gives findings for the clerk; none of them changes or forbids anything.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from desktop.rules.drafts import Finding
from desktop.rules.figures import LONG_TERM
from desktop.rules.lifecycle import PROOF, is_long_term
from desktop.rules.names import match_unit
from desktop.rules.records import (
    ROLE_WORDS,
    CaseFile,
    Evidence,
    LedgerFile,
    Person,
    Plan,
    Problem,
    StepAction,
    Unit,
    UnitRole,
)
from desktop.rules.wording import date_in_text, ranges

ANSWERABLE = (UnitRole.LEAD, UnitRole.RESPONSIBLE)
# 一刀切: banned in measures and closing texts in Hunan (2019); vague words promise nothing that can be checked.
SWEEPING = re.compile(
    r"一律(?:停产|关停|关闭|停工|停业|拆除|取缔|搬迁)|全部(?:停产|关停|停工|停业)|一关了之|一停了之|先停再说|一刀切"
)
VAGUE = re.compile(r"尽快|适时|力争|争取|逐步|进一步加强|加大力度|原则上|视情|酌情|择机|有序推进|适当")
SAME_TEXT_LENGTH = 12  # shorter reports (“无变化”, “按计划推进”) repeat by nature


def check_ledger(ledger: LedgerFile) -> tuple[Finding, ...]:
    """All checks of a whole ledger, by problem number, those of the whole ledger first."""
    found: list[Finding] = []
    for plan in ledger.plans:
        cases = tuple(case for case in ledger.cases if case.problem.plan_id == plan.id)
        found += (*check_totals(plan, cases), *check_numbers(cases, plan.stated_total))
    found += check_shared_pictures(ledger.cases)
    for case in ledger.cases:
        found += check_case(case, ledger.people)
    return tuple(sorted(found, key=lambda finding: (finding.number is not None, finding.number or 0)))


def check_case(case: CaseFile, people: Sequence[Person] = ()) -> tuple[Finding, ...]:
    """All checks that need one case only."""
    return (
        *check_words(case),
        *check_measure_dates(case),
        *check_first_responsible(case, people),
        *check_photo_dates(case),
        *check_repeated_text(case),
    )


def check_totals(plan: Plan, cases: Sequence[CaseFile]) -> tuple[Finding, ...]:
    """The numbers a plan states in its preface against the problems of that plan: total, and each year's.

    Years go by the plan's own deadlines, whatever was approved later.
    """
    found = []
    name = f"《{plan.title}》"
    if plan.stated_total is not None and plan.stated_total != len(cases):
        words = f"{name}写明{plan.stated_total}个问题，台账现有{len(cases)}个，请核对是否漏录或多录"
        found.append(Finding("total", words))
    counted: dict[str, int] = {}
    for case in cases:
        year = _plan_year(case.problem)
        counted[year] = counted.get(year, 0) + 1
    for year, stated in plan.stated_by_year:
        if counted.get(year, 0) != stated:
            what = "持续推进" if year == LONG_TERM else f"{year}年完成整改"
            found.append(
                Finding("year_total", f"{name}写明{what}{stated}个，台账为{counted.get(year, 0)}个，请核对时限")
            )
    return tuple(found)


def check_numbers(cases: Sequence[CaseFile], stated_total: int | None = None) -> tuple[Finding, ...]:
    """Numbers left out or used twice among the problems of one plan, up to the total the plan states."""
    numbers = sorted(case.problem.number for case in cases)
    missing = sorted(set(range(1, max([*numbers, stated_total or 0]) + 1)) - set(numbers))
    twice = sorted({low for low, high in pairwise(numbers) if low == high})
    found = []
    if missing:
        found.append(Finding("missing_numbers", f"缺少第{ranges(missing)}号问题，请核对方案是否缺页"))
    if twice:
        found.append(Finding("double_numbers", f"第{ranges(twice)}号问题有重复，请核对序号"))
    return tuple(found)


def check_words(case: CaseFile) -> tuple[Finding, ...]:
    """一刀切 wordings and vague words in measures, in the target and in the texts of the closing steps."""
    number = case.problem.number
    texts = [("整改目标", case.problem.target)]
    texts += [(f"第{measure.number}项措施", measure.text) for measure in case.measures]
    texts += [("销号材料", step.text) for step in case.steps if step.action != StepAction.RETURN]
    found = []
    for where, text in texts:
        if sweeping := SWEEPING.search(text):
            words = f"问题{number}的{where}写有“{sweeping[0]}”，属“一刀切”表述，请改为具体、分类的要求"
            found.append(Finding("one_size_fits_all", words, number))
        vague = tuple(dict.fromkeys(VAGUE.findall(text)))
        if vague:
            words = f"问题{number}的{where}写有“{'”“'.join(vague)}”，难以核验，请写明时间、数量或标准"
            found.append(Finding("vague_words", words, number, "note"))
    return tuple(found)


def word_notes(text: str) -> str:
    """A remark on sweeping (一刀切) and vague words of one text, for beside its field; empty when there are none."""
    sweeping, vague = SWEEPING.search(text), tuple(dict.fromkeys(VAGUE.findall(text)))
    notes = [f"“{sweeping[0]}”属“一刀切”表述，请改为具体、分类的要求"] if sweeping else []
    notes += [f"“{'”“'.join(vague)}”难以核验，请写明时间、数量或标准"] if vague else []
    return "；".join(notes)


def check_issuer(case: CaseFile, issuer: str, units: Sequence[Unit] = ()) -> tuple[Finding, ...]:
    """落款: the issuer of a notice must be one of the problem's lead or responsible bodies (耒阳 2020 was returned).

    ``units`` is the unit list with its aliases; without it only the names on the problem are compared.
    """
    bodies = case.unit_names(*ANSWERABLE)
    concerned = {part.unit_id for part in case.units if part.role in ANSWERABLE}
    known = [unit for unit in units if unit.id in concerned]
    known += [Unit("", body) for body in bodies if all(unit.name != body for unit in known)]
    if issuer.strip() and match_unit(issuer, known) is not None:
        return ()
    number = case.problem.number
    said = f"落款“{issuer.strip()}”" if issuer.strip() else "没有落款"
    words = f"问题{number}的公示{said}，应为牵头单位或责任单位（{'、'.join(bodies) or '尚未登记'}）"
    return (Finding("issuer", words, number),)


def check_first_responsible(case: CaseFile, people: Sequence[Person]) -> tuple[Finding, ...]:
    """第一责任人: each lead and responsible unit needs its head in the list of people (18号)."""
    headed = {person.unit_id for person in people if person.is_leader}
    bare = [unit for unit in case.units if unit.role in ANSWERABLE and unit.unit_id not in headed]
    number, found = case.problem.number, []
    if not case.unit_names(UnitRole.LEAD):
        found.append(Finding("lead_missing", f"问题{number}没有{ROLE_WORDS[UnitRole.LEAD]}，请补填", number))
    if bare:
        names = "、".join(dict.fromkeys(unit.name for unit in bare))
        words = f"问题{number}缺少第一责任人：{names}，请在人员中登记主要负责人"
        found.append(Finding("first_responsible", words, number, "note"))
    return tuple(found)


def check_measure_dates(case: CaseFile) -> tuple[Finding, ...]:
    """A measure that is due after the problem's own deadline."""
    deadline, number = case.problem.current_deadline, case.problem.number
    if deadline is None:
        return ()
    return tuple(
        Finding(
            "measure_after_deadline",
            f"问题{number}的第{m.number}项措施时限{date_in_text(m.due)}晚于整改时限{date_in_text(deadline)}，请核对",
            number,
        )
        for m in case.measures
        if m.due and m.due > deadline
    )


def check_shared_pictures(cases: Iterable[CaseFile]) -> tuple[Finding, ...]:
    """One picture under several problems, recognised by its content whatever its name (domain §8)."""
    places: dict[str, dict[int, str]] = {}
    for case in cases:
        for piece in case.evidence:
            if _is_picture(piece):
                places.setdefault(piece.sha256, {}).setdefault(case.problem.number, piece.name)
    return tuple(
        Finding(
            "same_picture",
            f"问题{'、'.join(map(str, sorted(used)))}使用了同一张照片（{used[min(used)]}），请核实",
            min(used),
        )
        for used in places.values()
        if len(used) > 1
    )


def check_photo_dates(case: CaseFile) -> tuple[Finding, ...]:
    """Pictures said to be taken after they were filed, before the plan, or at no known date."""
    number, issued = case.problem.number, case.plan.issued_on if case.plan else None
    found = []
    for piece in filter(_is_photo, case.evidence):
        name = f"问题{number}的照片“{piece.name}”"
        if piece.taken_on is None:
            found.append(Finding("photo_undated", f"{name}没有拍摄日期，请补填", number, "note"))
        elif piece.added_on and piece.taken_on > piece.added_on:
            taken, added = date_in_text(piece.taken_on), date_in_text(piece.added_on)
            found.append(Finding("photo_later", f"{name}拍摄日期{taken}晚于收录日期{added}，请核对相机日期", number))
        elif issued and piece.taken_on < issued:
            words = f"{name}拍于{date_in_text(piece.taken_on)}，早于整改方案印发，请核实是否整改后照片"
            found.append(Finding("photo_before_plan", words, number))
    return tuple(found)


def check_claimed_date(name: str, claimed: date | None, in_picture: date | None) -> tuple[Finding, ...]:
    """The date a clerk gives for a picture against the date inside it; one without a date is noted, never blocked."""
    if in_picture is None:
        return (Finding("photo_no_exif", f"照片“{name}”内没有拍摄日期，无法比对", level="note"),)
    if claimed is None or claimed == in_picture:
        return ()
    dates = f"填报的拍摄日期{date_in_text(claimed)}与照片内日期{date_in_text(in_picture)}不一致"
    return (Finding("photo_date_differs", f"照片“{name}”{dates}，请核实"),)


def check_repeated_text(case: CaseFile) -> tuple[Finding, ...]:
    """A report that repeats last month's text word for word (domain §6)."""
    number, found = case.problem.number, []
    for measure in ("", *(m.id for m in case.measures)):
        entries = sorted((p for p in case.progress if p.measure_id == measure), key=lambda p: (p.month, p.on))
        for earlier, later in pairwise(entries):
            same = "".join(earlier.text.split()) == "".join(later.text.split())
            if same and earlier.month != later.month and len(later.text) >= SAME_TEXT_LENGTH:
                words = f"问题{number}在{later.month}填报的进展与{earlier.month}完全相同，请核实是否更新"
                found.append(Finding("same_text", words, number))
    return tuple(found)


def _plan_year(problem: Problem) -> str:
    """The year a problem is counted in; one without a date in the plan (立行立改) by the office's own."""
    due = problem.deadline or problem.internal_deadline
    return LONG_TERM if is_long_term(problem) else str(due.year) if due else ""


def _is_picture(piece: Evidence) -> bool:
    return piece.media_type.startswith("image/")


def _is_photo(piece: Evidence) -> bool:
    """A picture that shows a place; the scan of a paper is one too, but nobody asks when it was taken."""
    return _is_picture(piece) and piece.item in ("", PROOF)
