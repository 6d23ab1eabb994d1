"""Records in the words of paper: what each field of a form or column of a ledger says about one problem.

Values stay typed (text, number, date, pair of dates); the paper writes 2026/9/29, the workbook a real date.
An unknown value is None, and whoever prints it says ``/`` or 无.
"""

import re
from collections.abc import Sequence
from datetime import date

from desktop.rules.followup import Objection
from desktop.rules.records import (
    LEVEL_WORDS,
    SOURCE_WORDS,
    TERM_WORDS,
    CaseFile,
    Evidence,
    Measure,
    Problem,
    Step,
    StepAction,
    TermClass,
    UnitRole,
)

Value = str | int | date | tuple[date, date] | None
NO_TEXT = "/"
NO_ITEM = "无"
_DIGITS = "零一二三四五六七八九"
_LEVELS = {level.value: word for level, word in LEVEL_WORDS.items()}
_ENDS = "。；！？…”）"
_NO_OBJECTION = re.compile(r"(?:无|没有|未(?:收到|接到|有|提出)?)[^，。；]{0,16}异议")


def chinese_number(number: int) -> str:
    """A number as headings count: 五, 十六, 二十, 一百零五. Defined for 1 to 999, others stay in digits."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = _DIGITS[hundreds] + "百" if hundreds else ""
    if tens:
        words += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones else "")


def date_in_text(day: date) -> str:
    """2026年9月29日: no leading zero, no weekday (domain §11)."""
    return f"{day.year}年{day.month}月{day.day}日"


def date_in_table(day: date) -> str:
    """2026/9/29 (domain §4, print-layout facts)."""
    return f"{day.year}/{day.month}/{day.day}"


def month_in_text(month: str) -> str:
    """2026年11月, for the month written 2026-11."""
    year, _, number = month.partition("-")
    return f"{int(year)}年{int(number)}月"


def value_in_table(value: Value) -> str:
    """A typed value as a table cell shows it; an unknown or empty one is ``/``."""
    if isinstance(value, tuple):
        return f"{date_in_table(value[0])}\n至\n{date_in_table(value[1])}"
    if isinstance(value, date):
        return date_in_table(value)
    return str(value) if value or value == 0 else NO_TEXT


def source_of(case: CaseFile) -> str:
    """The inspection's name, with the plan's 文号 when there is one."""
    name = case.inspection.name or SOURCE_WORDS[case.inspection.source] if case.inspection else ""
    doc_no = case.plan.doc_no if case.plan else ""
    return name + (f"（{doc_no}）" if name and doc_no else doc_no)


def numbers_of(problem: Problem) -> str:
    """The problem's number here and at the upper levels: 5（市序号9）(domain §9)."""
    upper = "、".join(f"{_LEVELS.get(level, level)}序号{number}" for level, number in problem.external_numbers)
    return f"{problem.number}（{upper}）" if upper else str(problem.number)


def upper_numbers_of(problem: Problem) -> str | None:
    """Only the numbers the upper levels gave: 市序号9."""
    return "、".join(f"{_LEVELS.get(level, level)}序号{number}" for level, number in problem.external_numbers) or None


def terms_of(problem: Problem) -> tuple[str, ...]:
    """立行立改 and 长期坚持 can both hold (domain §2.5): both are named."""
    words = [TERM_WORDS[problem.term_class]] if problem.term_class else []
    if problem.is_immediate and TERM_WORDS[TermClass.IMMEDIATE] not in words:
        words.insert(0, TERM_WORDS[TermClass.IMMEDIATE])
    if problem.is_long_term and TERM_WORDS[TermClass.LONG_TERM] not in words:
        words.append(TERM_WORDS[TermClass.LONG_TERM])
    return tuple(words)


def term_of(problem: Problem) -> str | None:
    """The term classes in one text."""
    return "、".join(terms_of(problem)) or None


def plan_deadline_of(problem: Problem) -> str | None:
    """The deadline in the plan's own words, else its date, else the class word."""
    if problem.deadline_raw.strip():
        return problem.deadline_raw.strip()
    return date_in_text(problem.deadline) if problem.deadline else term_of(problem)


def deadline_of(case: CaseFile) -> str | None:
    """The plan's deadline and, after an approved change, the new one beside it: both are printed (domain §2.5)."""
    words = plan_deadline_of(case.problem)
    new = case.problem.approved_deadline
    if not new:
        return words
    approved = (change for change in case.deadline_changes if change.is_approved and change.new == new)
    papers = [change.doc_no for change in approved if change.doc_no]
    by = f"经{papers[-1]}" if papers else "经"
    return f"{words or ''}（{by}批准延期至{date_in_text(new)}）"


def measure_texts(measures: Sequence[Measure]) -> tuple[str, ...]:
    """Each measure with its number and a closing mark: （一）…。"""
    return tuple(f"（{chinese_number(m.number)}）{closed(m.text)}" for m in measures)


def closed(text: str) -> str:
    """The text with a closing mark; a text that has one stays as it is."""
    text = text.strip()
    return text if not text or text[-1] in _ENDS else text + "。"


def result_of(measure: Measure) -> str | None:
    """What was reported of a measure: percent, count done of count promised, latest words."""
    head = result_words(measure, measure.percent, measure.quantity_done)
    latest = measure.latest.strip()
    return "：".join(part for part in (head, closed(latest)) if part) or None


def result_words(measure: Measure | None, percent: int | None, quantity_done: int | None) -> str:
    """完成83%，已完成5/6个: how far a measure is in figures; empty when nobody said."""
    parts = [] if percent is None else [f"完成{percent}%"]
    if measure and quantity_done is not None:
        promised = measure.quantity if measure.quantity is not None else measure.quantity_of
        of = "" if promised is None else f"/{promised}"
        parts.append(f"已完成{quantity_done}{of}{measure.quantity_unit}")
    return "，".join(parts)


def progress_of(case: CaseFile) -> str | None:
    """The latest words of every measure, then the latest entry about the whole problem, one a line."""
    lines = [f"（{chinese_number(m.number)}）{words}" for m in case.measures if (words := result_of(m))]
    whole = [entry for entry in case.progress if not entry.measure_id]
    if whole:
        last = max(whole, key=lambda entry: (entry.month, entry.on))
        percent = "" if last.percent is None else f"总体完成{last.percent}%："
        lines.append(percent + closed(last.text))
    return "\n".join(lines) or None


def last_word(case: CaseFile, field: str) -> str:
    """The latest difficulty or next step that was reported, of any measure; empty when there is none."""
    said = [entry for entry in case.progress if getattr(entry, field).strip()]
    return str(getattr(max(said, key=lambda entry: (entry.month, entry.on)), field)).strip() if said else ""


def completed_on(case: CaseFile) -> date | None:
    """The day on which the last measure was first reported at 100 percent; None while one is open.

    What is reported of the problem as a whole is reported of each of its measures.
    """
    done = [entry for entry in case.progress if entry.percent == 100]
    whole = [entry.on for entry in done if not entry.measure_id]
    days = []
    for measure in case.measures:
        own = [entry.on for entry in done if entry.measure_id == measure.id]
        if not measure.is_done or not (own or whole):
            return None
        days.append(min([*own, *whole]))
    return max(days, default=None) or min(whole, default=None)


def latest_step(case: CaseFile, action: StepAction) -> Step | None:
    """The last step of this kind since the last return or reopening; earlier ones belong to a closed chapter."""
    found: Step | None = None
    for step in sorted(case.steps, key=lambda step: step.order):
        if step.action in (StepAction.RETURN, StepAction.REOPEN) and step.action != action:
            found = None
        elif step.action == action:
            found = step
    return found


def step_day(case: CaseFile, action: StepAction) -> date | None:
    """The day of the latest step of this kind."""
    step = latest_step(case, action)
    return step.on if step else None


def notice_span(case: CaseFile) -> Value:
    """First and last day of the notice; only the first while the last is not known."""
    step = latest_step(case, StepAction.NOTICE)
    return (step.on, step.end) if step and step.end else step.on if step else None


def objections_heard(case: CaseFile) -> tuple[Objection, ...]:
    """The objections to the last notice: those that came since its first day, in the order they came."""
    begun = step_day(case, StepAction.NOTICE)
    heard = (objection for objection in case.objections if begun and objection.received_on >= begun)
    return tuple(sorted(heard, key=lambda objection: (objection.received_on, objection.id)))


def objection_words(case: CaseFile) -> str:
    """收到异议2件，均已答复; empty when none is on record."""
    heard = objections_heard(case)
    waiting = sum(objection.is_open for objection in heard)
    if not heard:
        return ""
    return f"收到异议{len(heard)}件，" + (f"其中{waiting}件尚未答复" if waiting else "均已答复")


def objection_of(case: CaseFile) -> str | None:
    """The objections on record, or 无 when the record of notice or filing says that nobody objected.

    None when nothing is said of objections.
    """
    if said := objection_words(case):
        return said
    steps = [latest_step(case, action) for action in (StepAction.NOTICE, StepAction.FILE)]
    said = "".join(step.text + step.result for step in steps if step)
    return NO_ITEM if _NO_OBJECTION.search(said) else None


def public_results(case: CaseFile) -> str:
    """What was done, measure by measure, without the internal percentages; empty when nothing is known."""
    lines = []
    for measure in case.measures:
        words = closed(measure.latest) or ("已完成。" if measure.is_done else "正在推进。")
        lines.append(f"（{chinese_number(measure.number)}）{words}")
    whole = [entry for entry in case.progress if not entry.measure_id]
    if whole:
        lines.append(closed(max(whole, key=lambda entry: (entry.month, entry.on)).text))
    return "\n".join(lines)


def units_of(case: CaseFile, *roles: UnitRole) -> str | None:
    """Names of the units that hold one of the roles, each once, in the plan's order."""
    return "、".join(dict.fromkeys(case.unit_names(*roles))) or None


def evidence_numbers(evidence: Sequence[Evidence]) -> dict[str, int]:
    """The running number of each piece of evidence in the bundle, by its id."""
    return {item.id: number for number, item in enumerate(evidence, 1)}


def ranges(numbers: Sequence[int]) -> str:
    """Running numbers in the short form of a catalogue: 1—3、5."""
    parts: list[list[int]] = []
    for number in sorted(set(numbers)):
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return "、".join(str(p[0]) if len(p) == 1 else f"{p[0]}—{p[-1]}" for p in parts)


def override_reasons(case: CaseFile) -> tuple[str, ...]:
    """Each overridden warning with the clerk's reason; they must print on the form (domain §2.3)."""
    return tuple(
        f"{'；'.join(step.warnings)}。理由：{closed(step.reason)}"
        for step in case.steps
        if step.warnings and step.reason
    )


def remarks_of(case: CaseFile) -> str | None:
    """What a reader of the ledger must know beside the columns: chasing, transfer, returns, stage targets."""
    problem = case.problem
    words = []
    if problem.listed_for_chasing:
        words.append("挂账督办")
    if problem.dedicated_watch:
        words.append("专案盯办")
    if problem.transferred_to:
        words.append("已转入下一轮")
    if case.sites:
        words.append(f"点位已销号{sum(site.is_closed for site in case.sites)}/{len(case.sites)}")
    words += [f"{date_in_table(s.on)}退回：{s.reason or s.text}" for s in case.steps if s.action == StepAction.RETURN]
    for stage in case.stages:
        state = f"（{date_in_table(stage.reached_on)}已达到）" if stage.reached_on else ""
        words.append(f"{date_in_table(stage.due)}前：{stage.text}{state}")
    return "；".join(word.rstrip("。") for word in words) or None
