"""Words and lists for papers about the whole ledger: the figures of its problems, and the problems by class.

The figures come from ``figures_of``, which cannot be made unless its classes add up to the total (domain §5.1); every
list below is a part of the same cases.
"""

from collections.abc import Callable
from functools import partial

from desktop.documents.fields import cases_of
from desktop.documents.sentence_words import Words, paper_words, problem_row
from desktop.documents.text_paper import RowList
from desktop.rules.figure_groups import Dimension, group_figures, ranked
from desktop.rules.figures import Figures, count_figures, rate_words
from desktop.rules.paper import PaperRequest
from desktop.rules.records import CaseFile, Gate, Problem, ProgressClass
from desktop.rules.sentences import overall_sentence, tasks_sentence, years_sentence
from desktop.rules.standing import Slot, Standing, standing_of
from desktop.rules.wording import date_in_text, last_word

_COUNTS = (
    *("total", "completed", "mostly_done", "on_schedule", "behind", "long_term", "transferred"),
    *("not_started", "overdue", "closed", "stage_closed", "due", "due_completed"),
    *("due_this_year", "due_this_year_completed"),
)
_GATES = {
    Gate.SELF_CHECK: "self_checked",
    Gate.APPLY: "applied",
    Gate.ACCEPT: "accepted",
    Gate.NOTICE: "noticed",
    Gate.FILE: "filed",
}


def ledger_material(request: PaperRequest, name: str) -> tuple[dict[str, str], dict[str, RowList], Figures]:
    """The words and lists of a paper called ``name``, and the figures it rests on."""
    cases = cases_of(request, name)
    standings = [standing_of(case, request.as_of, request.by) for case in cases]
    figures = count_figures(standings, request.as_of)
    known = list(zip(cases, standings, strict=True))
    words = paper_words(request) | figure_words(figures) | _group_words(standings)
    return words, _lists(request, known), figures


def figure_words(figures: Figures) -> dict[str, str]:
    """Counts as figures, empty where they are nought; rates with one decimal; the standard sentences (domain §5.2)."""
    counts = {name: str(getattr(figures, name) or "") for name in _COUNTS}
    gates = {f"{_GATES[gate]}_count": str(count or "") for gate, count in figures.gates}
    return {
        **counts,
        **gates,
        "figures": overall_sentence(figures),
        "years": years_sentence(figures.by_year),
        "tasks": tasks_sentence(figures),
        "completion_rate": rate_words(figures.completed, figures.total),
        "closing_rate": rate_words(figures.closed, figures.total),
        "closing_rate_of_completed": rate_words(figures.closed, figures.completed) if figures.completed else "",
        "year": str(figures.as_of.year),
        "cut_off": date_in_text(figures.as_of),
    }


def _group_words(standings: list[Standing]) -> dict[str, str]:
    """How many problems came from each source."""
    rows = ranked(group_figures(standings, Dimension.SOURCE))
    return {"sources": "、".join(f"{row.name}{row.total}个" for row in rows)}


def _lists(request: PaperRequest, known: list[tuple[CaseFile, Standing]]) -> dict[str, RowList]:
    fields = tuple(problem_row(CaseFile(Problem("", 1, "")), request))

    def listed(holds: Callable[[CaseFile, Standing], bool]) -> RowList:
        return RowList(fields, partial(_rows, request, [case for case, s in known if holds(case, s)]))

    return {
        "problems": listed(lambda case, s: True),
        "completed_problems": listed(lambda case, s: s.slot == Slot.COMPLETED),
        "ahead_problems": listed(
            lambda case, s: (s.slot == Slot.COMPLETED and not s.is_closed) or s.progress == ProgressClass.AHEAD
        ),
        "behind_problems": listed(lambda case, s: s.slot == Slot.BEHIND),
        "long_term_problems": listed(lambda case, s: s.slot == Slot.LONG_TERM),
        "hampered_problems": listed(
            lambda case, s: s.slot in (Slot.BEHIND, Slot.MOSTLY_DONE) and bool(last_word(case, "difficulty"))
        ),
        "lead_units": RowList(
            ("unit", "unit_total", "unit_completed", "unit_closed", "unit_rate"),
            partial(_unit_rows, [s for _, s in known]),
        ),
    }


def _rows(request: PaperRequest, cases: list[CaseFile]) -> list[Words]:
    return [problem_row(case, request) for case in cases]


def _unit_rows(standings: list[Standing]) -> list[Words]:
    return [
        {
            "unit": row.name,
            "unit_total": str(row.total),
            "unit_completed": str(row.count(Slot.COMPLETED)),
            "unit_closed": str(len(row.closed)),
            "unit_rate": rate_words(row.count(Slot.COMPLETED), row.total),
        }
        for row in ranked(group_figures(standings, Dimension.LEAD))
    ]
