"""What a clerk decides of a plan beside its text: parts that are left, problems that are one, what is withdrawn."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from desktop.operations.plan.compare import DEADLINE, ROLE_FIELDS, known_cases
from desktop.rules.drafts import PlanDraft, ProblemDraft
from desktop.rules.likeness import LikenessIndex
from desktop.rules.records import CaseFile
from desktop.store.ledger import Ledger
from desktop.store.problem_texts import problem_texts
from desktop.store.read_cases import read_cases

ALIKE, SURELY_ALIKE = 0.5, 0.85


@dataclass(frozen=True, slots=True)
class PlanChoice:
    """Decisions beside the plan.

    ``links`` are places of problems in the plan and the row of the known problem that each is, ``numbers`` those that
    keep another number than the plan's. ``withdrawn`` are records to withdraw (kind, row, row of its problem), for
    ``reason``. ``progress_month`` takes what the file says of the progress as an entry of that month; empty leaves it
    out.
    """

    links: Mapping[int, str] = field(default_factory=dict)
    numbers: Mapping[int, int] = field(default_factory=dict)
    withdrawn: Sequence[tuple[str, str, str]] = ()
    reason: str = ""
    progress_month: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """A problem of the ledger that one of the plan looks like; ``share`` is 0–1."""

    case: CaseFile
    share: float

    @property
    def is_sure(self) -> bool:
        """True when hardly anybody would doubt it."""
        return self.share >= SURELY_ALIKE


def find_alike(ledger: Ledger, draft: PlanDraft) -> dict[int, Alike]:
    """For each place in the plan whose problem is not known by its id: the problem of the ledger most like it.

    Each problem of the ledger is named once, where it fits best; those known by their id are left out.
    """
    known = known_cases(ledger, draft)
    strangers = [at for at, problem in enumerate(draft.problems) if problem.number not in known and problem.text]
    held = {case.problem.id for case in known.values()}
    texts = [(row, text) for row, _, text in problem_texts(ledger) if row not in held] if strangers else []
    if not texts:
        return {}
    index = LikenessIndex(texts)
    best: dict[str, tuple[float, int]] = {}
    for at in strangers:
        row, share = index.best(draft.problems[at].text)
        if share >= ALIKE and share > best.get(row, (0.0, -1))[0]:
            best[row] = (share, at)
    cases = {case.problem.id: case for case in read_cases(ledger, list(best))}
    return {at: Alike(cases[row], share) for row, (share, at) in best.items() if row in cases}


def read_alike_again(ledger: Ledger, alike: Mapping[int, Alike]) -> dict[int, Alike]:
    """The same with the problems as the ledger holds them now; those withdrawn meanwhile are left out."""
    cases = {case.problem.id: case for case in read_cases(ledger, [like.case.problem.id for like in alike.values()])}
    return {
        at: replace(like, case=cases[like.case.problem.id])
        for at, like in alike.items()
        if like.case.problem.id in cases
    }


def without_parts(draft: ProblemDraft, case: CaseFile, left: Collection[str]) -> ProblemDraft:
    """A known problem as if the plan said nothing of the parts that are left (``Difference.part``)."""
    values: dict[str, object] = {}
    if "text" in left:
        values["text"] = case.problem.text
    if "target" in left:
        values["target"] = None
    if "leaders" in left:
        values["leaders"] = ()
    if "numbers" in left:
        values["external_numbers"] = ()
    if DEADLINE in left:
        values |= {"deadline_text": None, "deadline": None, "term_class": None}
        values |= {"is_immediate": False, "is_long_term": False}
    values |= {name: () for role, name in ROLE_FIELDS.items() if role in left}
    measures = tuple(m for m in draft.measures if f"measure {m.number}" not in left)
    stages = tuple(s for s in draft.stages if f"stage {s.due}" not in left)
    return replace(draft, **values, measures=measures, stages=stages)  # type: ignore[arg-type]
