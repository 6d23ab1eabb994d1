"""整改进展情况月调度表 (domain §4 F3): each problem with its measures beside each other, as reported in one month."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

from desktop.documents.fields import cases_of, head_words
from desktop.documents.page import FormPaper
from desktop.documents.table_paper import Table, make_table
from desktop.documents.tables import Record
from desktop.rules.dispatch import Late, compare, is_dispatched
from desktop.rules.figures import figures_of
from desktop.rules.ledger_values import ledger_cell, names_of
from desktop.rules.lifecycle import passed_gates
from desktop.rules.paper import PaperRequest
from desktop.rules.records import CaseFile, Gate, Measure, Person, Progress
from desktop.rules.sentences import overall_sentence
from desktop.rules.wording import (
    NO_ITEM,
    NO_TEXT,
    chinese_number,
    closed,
    date_in_table,
    month_in_text,
    result_words,
    value_in_table,
)

KEY, NAME = "monthly_dispatch", "月调度表"
NOT_REPORTED, DONE_BEFORE = "本月未报", "此前已完成"
_OF_PROBLEM = (
    "number",
    "upper_numbers",
    "source",
    "text",
    "target",
    "term",
    "deadline",
    "leaders",
    "lead_units",
    "responsible_units",
    "assisting_units",
    "progress_class",
    "state",
)
_OF_MEASURE = ("measure", "due", "this_month", "so_far", "difficulty", "next_step", "expected", "reporter", "checker")
FIELDS = (*_OF_PROBLEM, "units", *_OF_MEASURE, "by_hand")


def make_monthly(request: PaperRequest, folder: Path | None = None) -> FormPaper:
    """The table of the request's month; template in ``folder`` or in the program."""
    cases = cases_of(request, NAME)
    month = request.month or f"{request.as_of:%Y-%m}"
    shown = tuple(case for case in cases if is_dispatched(case))
    figures = figures_of(cases, request.as_of, by=request.by)
    left_out = len(cases) - len(shown)
    words = head_words(request) | {
        "month": month_in_text(month),
        "figures": request.figures_sentence or overall_sentence(figures),
        "total": str(figures.total),
        "dispatched": str(len(shown)),
        "left_out": str(left_out),
        "left_out_words": f"，已销号备案或已转入的{left_out}个不再调度" if left_out else "",
    }

    def records(fields: Collection[str]) -> Iterator[Record]:
        for case in shown:
            yield {field: _value(field, case, month, request) for field in fields}

    table = Table(words, FIELDS, records, request.on, remarks=tuple(_remarks(shown, month)))
    return make_table(KEY, table, folder)


def _value(field: str, case: CaseFile, month: str, request: PaperRequest) -> str | tuple[str, ...]:
    if field in _OF_PROBLEM:
        return ledger_cell(field, case, request.as_of, request.by)
    if field == "units":
        names = dict.fromkeys((*names_of("lead_units", case), *names_of("responsible_units", case)))
        return "、\n".join(names)
    if field == "by_hand":
        return ""
    people = {person.name: person for person in request.ledger.people}
    late = dict(request.late)
    rows = [measure_words(case, measure, month, people, request.as_of, late)[field] for measure in case.measures]
    whole = measure_words(case, None, month, people, request.as_of, late)
    if not rows or whole["this_month"] != NOT_REPORTED:
        rows.append(whole[field])
    return tuple(rows)


def measure_words(
    case: CaseFile,
    measure: Measure | None,
    month: str,
    people: Mapping[str, Person],
    as_of: date,
    late: Late | None = None,
) -> dict[str, str]:
    """What was said of one measure, or of the problem as a whole, in a month and up to its end.

    What came after an earlier month was frozen stands behind this month's text, and says so.
    """
    late = late or {}
    own = [entry for entry in case.progress if entry.measure_id == (measure.id if measure else "")]
    so_far = [entry for entry in own if entry.month <= month]
    last = compare(case, measure, month, late).now
    told = [late[entry.id].words for entry in own if entry.id in late and entry.month < month]
    due = (measure.due if measure else None) or case.problem.current_deadline
    name = (last.reporter or last.person) if last else ""
    phone = people[name].phone if name in people else ""
    this_month = closed(last.text) if last else DONE_BEFORE if _is_done(so_far) else NOT_REPORTED
    return {
        "measure": f"（{chinese_number(measure.number)}）{closed(measure.text)}" if measure else "整体情况",
        "due": value_in_table(measure.due if measure else due),
        "this_month": "\n".join([this_month, *(closed(words) for words in told)]),
        "so_far": _so_far(measure, so_far),
        "difficulty": (closed(last.difficulty) if last else "") or NO_ITEM,
        "next_step": (closed(last.next_step) if last else "") or NO_ITEM,
        "expected": _expected(so_far, due if due and due >= as_of else None),
        "reporter": "\n".join(part for part in (name, phone) if part) or NO_TEXT,
        "checker": (last.checker if last else "") or NO_TEXT,
    }


def _so_far(measure: Measure | None, entries: list[Progress]) -> str:
    """Percent and count as last reported; an entry that gives neither leaves the earlier ones standing."""
    percent = next((entry.percent for entry in reversed(entries) if entry.percent is not None), None)
    count = next((entry.quantity_done for entry in reversed(entries) if entry.quantity_done is not None), None)
    return result_words(measure, percent, count) or NO_TEXT


def _expected(entries: list[Progress], due: date | None) -> str:
    done = next((entry.on for entry in entries if entry.percent == 100), None)
    said = next((entry.expected_on for entry in reversed(entries) if entry.expected_on), None)
    return f"{date_in_table(done)}\n已完成" if done and _is_done(entries) else value_in_table(said or due)


def _is_done(entries: list[Progress]) -> bool:
    """The last percentage reported is the whole."""
    return next((entry.percent for entry in reversed(entries) if entry.percent is not None), None) == 100


def _remarks(cases: tuple[CaseFile, ...], month: str) -> Iterator[str]:
    """Which problems did not report, and whose text is last month's again."""
    asked = (case for case in cases if Gate.SELF_CHECK not in passed_gates(case))
    silent = [case.problem.number for case in asked if not any(entry.month == month for entry in case.progress)]
    if silent:
        yield f"{month_in_text(month)}未报送进展的有{len(silent)}个：问题{'、'.join(map(str, silent))}。"
