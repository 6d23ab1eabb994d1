"""What the clerk must look at after a reading (plan-formats §8.5, §8.10): one sentence each."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from desktop.plans.dates import find_dates
from desktop.plans.fields import ItemRead
from desktop.plans.numbers import to_chinese
from desktop.plans.source import Source
from desktop.plans.totals import IMMEDIATE, LONG_TERM, Totals
from desktop.rules.drafts import Finding, PlanDraft, ProblemDraft, Span
from desktop.rules.records import TermClass
from desktop.rules.wording import date_in_text

_FIELDS = (
    ("target", "整改目标"),
    ("measures", "整改措施"),
    ("deadline_text", "整改时限"),
    ("leaders", "牵头领导"),
    ("lead_units", "牵头单位"),
    ("responsible_units", "责任单位"),
    ("acceptance_units", "验收单位"),
)
_ALWAYS = {"target", "measures", "deadline_text", "responsible_units"}
_SEVERAL = re.compile(r"且涉嫌|且存在|，同时|；同时|此外|另外|还存在|二是|；二|（二）")
_PAIRS = (("（", "）"), ("(", ")"), ("“", "”"), ("《", "》"), ("【", "】"), ("〔", "〕"))
_BROKEN_DATE = re.compile(r"(?<!\d)(?:19|20)\d{4,7}(?:日|至)")
_COUNTED = "个项件"
_SHOWN = 40
_EACH = 100  # items whose lack of one field is told for each of them


def find_remarks(
    draft: PlanDraft, totals: Totals, loose: list[Span], reads: list[ItemRead], source: Source
) -> tuple[Finding, ...]:
    """All remarks on a draft: first those on the whole plan, then item by item in the order of the text."""
    found = [*_count(draft), *_doubles(draft), *_sums(draft, totals)]
    used = {key for key, _ in _FIELDS if any(getattr(problem, key) for problem in draft.problems)}
    found += _gathered([finding for read in reads for finding in _item(draft, read, used)])
    found += [
        Finding("unassigned", f"有一段文字未归入任何一项，请人工确认归属：“{_short(text)}”。", span=span)
        for text, span in zip(draft.unassigned, loose, strict=True)
    ]
    found += source.findings
    if source.damaged:
        sentence = f"原文有{source.damaged}处字符无法辨认（显示为�），请对照原件核对。"
        found.append(Finding("damaged", sentence))
    return tuple(found)


def _count(draft: PlanDraft) -> list[Finding]:
    read, stated = len(draft.problems), draft.stated_total
    if not read:
        return [
            Finding(
                "no_problems",
                "没有读到整改问题：文中没有“整改目标”“整改措施”“整改时限”一类的标签，请确认是否为整改方案或清单。",
            )
        ]
    numbers = {problem.number for problem in draft.problems}
    top = max(max(numbers), stated or 0)
    missing = [number for number in range(1, top + 1) if number not in numbers] if top < 2000 else []
    head = f"读出{read}项" + (f"，方案称{stated}项" if stated is not None else "，方案未写明总数")
    if missing:
        return [Finding("missing_numbers", f"{head}：缺{number_ranges(missing)}，请核对原文是否缺页。")]
    if stated is None:
        return [Finding("total", f"{head}。", level="note")]
    if read != stated:
        return [Finding("total", f"{head}，数目不符，请核对。")]
    return [Finding("total", f"读出{read}项，与方案所称一致。", level="note")]


def number_ranges(numbers: list[int]) -> str:
    """[1,2,3,4,6] → 第一至四项、第六项; the numbers rise."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(
        f"第{to_chinese(low)}项"
        if low == high
        else f"第{to_chinese(low)}{'至' if high > low + 1 else '、'}{to_chinese(high)}项"
        for low, high in runs
    )


def _doubles(draft: PlanDraft) -> list[Finding]:
    counts = Counter(problem.number for problem in draft.problems)
    return [
        Finding("double_number", f"序号{to_chinese(number)}出现{count}次，请核对序号。", number)
        for number, count in counts.items()
        if count > 1
    ]


def _sums(draft: PlanDraft, totals: Totals) -> list[Finding]:
    found = []
    if totals.is_stated and totals.summed is not None and totals.summed != totals.total:
        found.append(Finding("total", f"方案称共{totals.total}项，但分年数相加为{totals.summed}项，请核对原文。"))
    if not totals.by_year or len(draft.problems) != draft.stated_total:
        return found
    read = Counter(_slot(problem) for problem in draft.problems)
    stated = dict(totals.by_year)
    gaps = {key: count - read.get(key, 0) for key, count in stated.items() if count != read.get(key, 0)}
    undated = read.get(IMMEDIATE, 0)
    if IMMEDIATE not in stated and len(gaps) == 1 and list(gaps.values()) == [undated]:
        # What is rectified at once carries no date, and the plan counts it in the year it was written for.
        year = next(iter(gaps))
        counts = f"方案称{stated[year]}项，读出{read.get(year, 0)}项"
        sentence = f"{year}年：{counts}，所差{undated}项应为未写日期的立行立改项。"
        return [*found, Finding("year_total", sentence, level="note")]
    for key in sorted(set(stated) | set(read)):
        if not key or (key == IMMEDIATE and key not in stated):
            continue
        if read.get(key, 0) != stated.get(key, 0):
            name = {LONG_TERM: "长期坚持（持续推进）", IMMEDIATE: "立行立改"}.get(key, f"{key}年")
            sentence = f"{name}：方案称{stated.get(key, 0)}项，按各项整改时限读出{read.get(key, 0)}项，请核对。"
            found.append(Finding("year_total", sentence))
    return found


def _slot(problem: ProblemDraft) -> str:
    if problem.deadline:
        return str(problem.deadline.year)
    slots = {TermClass.LONG_TERM: LONG_TERM, TermClass.IMMEDIATE: IMMEDIATE}
    return slots.get(problem.term_class, "") if problem.term_class else ""


def _gathered(found: list[Finding]) -> list[Finding]:
    """What very many items lack, as when a table has no such column, is said once."""
    lacks = Counter(_lack(finding) for finding in found)
    many = {lack for lack, count in lacks.items() if lack and count > _EACH}
    told = [Finding("missing_in_many", f"有{lacks[lack]}项缺少{lack}") for lack in sorted(many)]
    return [*told, *(finding for finding in found if _lack(finding) not in many)]


def _lack(finding: Finding) -> str:
    return finding.sentence.partition("缺少")[2] if finding.key == "missing_field" else ""


def _item(draft: PlanDraft, read: ItemRead, used: set[str]) -> list[Finding]:
    problem = read.problem
    name = f"第{to_chinese(problem.number)}项"
    found = [*_missing(problem, name, used), *_deadline(draft, read, name), *_inner(problem, name)]
    if _SEVERAL.search(problem.text):
        sentence = f"{name}的问题描述可能含有几个问题，请确认是否需要分别登记。"
        found.append(Finding("several_problems", sentence, problem.number, "note"))
    spans = dict(reversed(problem.fields))
    found += [replace(finding, span=finding.span or spans.get("text")) for finding in _brackets(problem, name)]
    return found


def _missing(problem: ProblemDraft, name: str, used: set[str]) -> list[Finding]:
    lacking = [label for key, label in _FIELDS if not getattr(problem, key) and (key in _ALWAYS or key in used)]
    if not problem.text:
        lacking.insert(0, "问题内容")
    if not lacking:
        return []
    sentence = f"{name}缺少{'、'.join(lacking)}，请对照原文补填。"
    return [Finding("missing_field", sentence, problem.number, span=problem.span)]


def _deadline(draft: PlanDraft, read: ItemRead, name: str) -> list[Finding]:
    problem, deadline = read.problem, read.deadline
    if deadline is None or problem.deadline_text is None:
        return []
    found = []
    text = problem.deadline_text
    if deadline.impossible or _BROKEN_DATE.search(text):
        words = "、".join(deadline.impossible) or text
        sentence = f"{name}整改时限中的日期“{_short(words)}”不成立或缺少年份，请核对原文。"
        found.append(Finding("impossible_date", sentence, problem.number))
    elif deadline.last is None and deadline.term_class is None:
        sentence = f"{name}整改时限“{_short(text)}”没有读出日期，请补填整改时限。"
        found.append(Finding("no_date", sentence, problem.number))
    if deadline.status_words:
        sentence = f"{name}整改时限写的是完成情况“{deadline.status_words}”，不是日期，请核对进展并补填时限。"
        found.append(Finding("status_in_deadline", sentence, problem.number))
    if deadline.last and draft.issued_on and deadline.last < draft.issued_on:
        sentence = f"{name}整改时限{deadline.last}早于方案印发日期{draft.issued_on}，请核对。"
        found.append(Finding("early_deadline", sentence, problem.number))
    span = next((span for key, span in problem.fields if key == "deadline"), None)
    return [replace(finding, span=span) for finding in found]


def _inner(problem: ProblemDraft, name: str) -> list[Finding]:
    """Inner dates, promised counts and impossible dates of the measures."""
    found = []
    for measure in problem.measures:
        place = f"{name}措施（{to_chinese(measure.number)}）"
        quantity = measure.quantity
        if quantity and quantity.due:
            whole = f"（共{quantity.total}{quantity.unit}）" if quantity.total else ""
            done = f"{date_in_text(quantity.due)}前完成{quantity.count}{quantity.unit}{whole}"
            sentence = f"{place}另有内部节点：{done}。"
            level = "warning" if quantity.unit in _COUNTED else "note"
            found.append(Finding("quantity", sentence, problem.number, level, measure.span))
        if problem.deadline and measure.due and measure.due > problem.deadline:
            sentence = f"{place}的完成日期{measure.due}晚于本项整改时限{problem.deadline}，请核对。"
            found.append(Finding("late_measure", sentence, problem.number, "note", measure.span))
        bad = [phrase for phrase in find_dates(_plain(measure.text), 2000) if phrase.is_impossible]
        if bad or _BROKEN_DATE.search(measure.text):
            sentence = f"{place}中有不成立的日期，请核对原文。"
            found.append(Finding("impossible_date", sentence, problem.number, span=measure.span))
    return found


def _plain(text: str) -> str:
    return "".join(text.split())


def _brackets(problem: ProblemDraft, name: str) -> Iterable[Finding]:
    parts = [("问题内容", problem.text), ("整改目标", problem.target or "")]
    parts += [(f"措施（{to_chinese(measure.number)}）", measure.text) for measure in problem.measures]
    for label, text in parts:
        wide = text.replace("(", "（").replace(")", "）")
        odd = [pair for pair in _PAIRS if pair[0] != "(" and wide.count(pair[0]) != wide.count(pair[1])]
        if odd:
            signs = "".join(odd[0])
            yield Finding("brackets", f"{name}{label}中的“{signs}”不成对，请核对是否缺字。", problem.number)


def _short(text: str) -> str:
    plain = text.replace("\n", " ")
    return plain if len(plain) <= _SHOWN else plain[:_SHOWN] + f"……（共{len(plain)}字）"
