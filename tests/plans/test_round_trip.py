"""A ledger exported as a workbook reads back to the same problems."""

import io
import random
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.plans.columns import read_layout
from desktop.plans.read import read_plan
from desktop.plans.workbook import Book, write_workbook
from desktop.rules.drafts import ProblemDraft
from desktop.rules.records import CaseFile, Measure, Office, Problem, ProblemUnit, UnitRole
from tests.plans.invented import invent
from tests.plans.layouts import merged_table

TODAY = date(2026, 11, 23)
TEMPLATE: dict[str, Any] = tomllib.loads(
    (Path(__file__).resolve().parents[2] / "resources" / "templates" / "merged_ledger.toml").read_text("utf-8")
)
ROLES = {
    UnitRole.LEAD: "lead_units",
    UnitRole.RESPONSIBLE: "responsible_units",
    UnitRole.ACCEPTING: "acceptance_units",
}


def case_of(draft: ProblemDraft) -> CaseFile:
    """A problem of a plan as the ledger holds it."""
    problem = Problem(
        f"p{draft.number}",
        draft.number,
        draft.text,
        draft.target or "",
        deadline_raw=draft.deadline_text or "",
        deadline=draft.deadline,
        term_class=draft.term_class,
        is_immediate=draft.is_immediate,
        is_long_term=draft.is_long_term,
        leaders=draft.leaders,
        external_numbers=(("province", str(draft.number + 20)),),
    )
    units = [
        ProblemUnit(f"{role}{place}", name, role, place)
        for role, field in ROLES.items()
        for place, name in enumerate(getattr(draft, field))
    ]
    measures = tuple(Measure(f"m{m.number}", problem.id, m.number, m.text, m.due) for m in draft.measures)
    return CaseFile(problem, measures=measures, units=tuple(units))


def said(draft: ProblemDraft) -> tuple[object, ...]:
    """What must come back: everything but places and closing marks."""
    measures = tuple((m.number, m.text.rstrip("。；"), m.due) for m in draft.measures)
    days = (draft.deadline_text, draft.deadline, draft.term_class)
    units = tuple(getattr(draft, field) for field in ROLES.values())
    return draft.number, draft.text, draft.target, measures, days, draft.leaders, units


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_an_exported_ledger_reads_back_to_the_same_problems(aliases, seed):
    plan = read_plan(merged_table(invent(seed), random.Random(seed)), "清单.docx", aliases)
    target = io.BytesIO()
    office = Office("o", "青溪区整改办", "青溪区")
    book = Book(read_layout(TEMPLATE), office, TODAY, lambda: "截至目前。", None)
    write_workbook(target, book, [case_of(problem) for problem in plan.problems])
    back = read_plan(target.getvalue(), "整改台账.xlsx", aliases)
    assert [said(problem) for problem in back.problems] == [said(problem) for problem in plan.problems]
    assert back.title == "青溪区生态环境保护督察反馈问题整改台账"
    assert [p.external_numbers for p in back.problems] == [(("province", str(p.number + 20)),) for p in plan.problems]
    assert not any(finding.key == "unknown_heading" for finding in back.findings)
    assert back.unassigned == ()
