"""The ledger as it is or was, as plain data: what ``show`` prints and scripts read."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from desktop.operations.cases import find_case, of_plan
from desktop.operations.profile import region_of
from desktop.rules.deadlines import days_left, left_words
from desktop.rules.figures import figures_json, figures_of
from desktop.rules.lifecycle import gate_dates, is_closed, missing_papers, next_gate, notice_end, state_of
from desktop.rules.measures import percent_done
from desktop.rules.records import (
    PROGRESS_WORDS,
    ROLE_WORDS,
    STATE_WORDS,
    TERM_WORDS,
    CaseFile,
    LedgerFile,
)
from desktop.rules.region import Region
from desktop.rules.sentences import overall_sentence
from desktop.rules.standing import Yardstick, class_of
from desktop.store.as_of import ledger_as_of
from desktop.store.ledger import Ledger
from desktop.store.read_cases import all_problems, counted_problems, read_cases
from desktop.store.read_shared import read_inspections, read_office, read_people, read_plans, read_units

Json = dict[str, object]


def read_ledger(ledger: Ledger) -> LedgerFile:
    """The whole ledger as records."""
    return LedgerFile(
        read_office(ledger),
        tuple(read_cases(ledger, all_problems(ledger))),
        read_units(ledger),
        read_people(ledger),
        read_inspections(ledger),
        read_plans(ledger),
    )


@contextmanager
def as_of(ledger: Ledger, day: date | None) -> Iterator[Ledger]:
    """The ledger itself, or a view of what had arrived by the end of a day."""
    if day is None:
        yield ledger
        return
    view = ledger_as_of(ledger, day)
    try:
        yield view
    finally:
        view.close()


def show_ledger(ledger: Ledger, today: date, number: int | None = None, doc_no: str = "", office: str = "") -> Json:
    """Office, figures and problems as of ``today``; with a number or 文号 only those problems, the figures of all.

    ``office`` stands in the heading where the ledger did not know its name yet.
    """
    region = region_of(ledger)
    cases = tuple(read_cases(ledger, counted_problems(ledger)))
    by = Yardstick(points=region.dispatch.behind_points)
    figures = figures_of(cases, today, by=by)
    shown = of_plan(cases, doc_no) if number is None else (find_case(ledger, number, doc_no),)
    return {
        "office": read_office(ledger).name or office,
        "as_of": today.isoformat(),
        "figures": figures_json(figures) | {"sentence": overall_sentence(figures)},
        "problems": [show_case(case, region, today) for case in shown],
    }


def show_case(case: CaseFile, region: Region, today: date) -> Json:
    """One problem as plain data; ``missing`` names the papers the next gate still lacks."""
    problem, state, gate = case.problem, state_of(case, today), next_gate(case, region)
    end, by = notice_end(case), Yardstick(points=region.dispatch.behind_points)
    return {
        "number": problem.number,
        "text": problem.text,
        "target": problem.target,
        "source": case.inspection.name if case.inspection else "",
        "plan": case.plan.doc_no if case.plan else "",
        "kind": problem.term_class,
        "kind_words": TERM_WORDS[problem.term_class] if problem.term_class else "",
        "deadline": _iso(problem.current_deadline),
        "deadline_text": problem.deadline_raw,
        "original_deadline": _iso(problem.deadline),
        "days_left": days_left(case, today),
        "days_left_words": left_words(case, today),
        "progress": percent_done(case),
        "progress_class": PROGRESS_WORDS[class_of(case, today, by).progress],
        "state": state,
        "status": STATE_WORDS[state],
        "closed": is_closed(case),
        "leaders": list(problem.leaders),
        "units": {words: list(names) for role, words in ROLE_WORDS.items() if (names := case.unit_names(role))},
        "gates": {gate.value: _iso(day) for gate, day in gate_dates(case).items()},
        "notice_end": _iso(end),
        "next_gate": gate,
        "missing": [paper.name for paper in missing_papers(case, gate, region)] if gate else [],
        "measures": [_measure(case, m.number) for m in case.measures],
        "stages": [{"due": _iso(s.due), "text": s.text, "reached_on": _iso(s.reached_on)} for s in case.stages],
        "evidence": [
            {
                "name": e.name,
                "sha256": e.sha256,
                "size": e.size,
                "item": e.item,
                "present": e.present,
                "taken_on": _iso(e.taken_on),
                "note": e.note,
            }
            for e in case.evidence
        ],
        "steps": [
            {
                "action": s.action,
                "on": _iso(s.on),
                "end": _iso(s.end),
                "text": s.text,
                "reason": s.reason,
                "warnings": list(s.warnings),
                "person": s.person,
            }
            for s in case.steps
        ],
        "deadline_changes": [
            {"old": _iso(c.old), "new": _iso(c.new), "reason": c.reason, "on": _iso(c.on), "approved": c.is_approved}
            for c in case.deadline_changes
        ],
    }


def _measure(case: CaseFile, number: int) -> Json:
    measure = next(m for m in case.measures if m.number == number)
    return {
        "number": measure.number,
        "text": measure.text,
        "due": _iso(measure.due),
        "quantity": measure.quantity,
        "quantity_of": measure.quantity_of,
        "quantity_unit": measure.quantity_unit,
        "percent": measure.percent,
        "quantity_done": measure.quantity_done,
        "latest": measure.latest,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def in_words(data: Json) -> list[str]:
    """The same for people: office, figures, and a few lines for each problem."""
    figures: Any = data["figures"]
    lines = [f"{data['office']}　截至{data['as_of']}", figures["sentence"], ""]
    problems: Any = data["problems"]
    several = len({problem["plan"] for problem in problems}) > 1
    for problem in problems:
        which = f"（{problem['plan'] or '无文号'}）" if several else ""
        lines.append(f"{problem['number']}．{problem['text']}{which}")
        lines.append(
            f"　　{problem['kind_words'] or '未定类型'}　时限 {problem['deadline'] or problem['deadline_text'] or '无'}"
            f"（{problem['days_left_words']}）　进度 {problem['progress']}%　{problem['status']}"
        )
        if problem["missing"]:
            lines.append(f"　　下一环节还缺：{'、'.join(problem['missing'])}")
    return lines if problems else [*lines, "台账中还没有问题，可用 import 导入整改方案。"]
