"""Problems that belong together: carried over to a newer one (转入), or the same raised by two sources (同一问题)."""

from dataclasses import dataclass
from datetime import date

from desktop.operations.cases import open_case
from desktop.rules.errors import Refused
from desktop.rules.lifecycle import is_closed
from desktop.rules.records import SOURCE_WORDS, CaseFile, Changes, Level
from desktop.rules.texts import clean
from desktop.store.ledger import Ledger
from desktop.store.links import carried_into, repeating
from desktop.store.read_cases import read_case, read_cases
from desktop.store.writer import Writer, writing

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """A problem at the other end of a link, as a page names it."""

    id: str
    number: int
    head: str
    source: str


@dataclass(frozen=True, slots=True)
class ProblemLinks:
    """All links of one problem: where it went, what came into it, what it is the same as, both ways round."""

    transferred_to: Linked | None = None
    came_from: tuple[Linked, ...] = ()
    counted_with: Linked | None = None
    repeated_by: tuple[Linked, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True when the problem stands alone."""
        return not (self.transferred_to or self.came_from or self.counted_with or self.repeated_by)


def links_of(ledger: Ledger, case: CaseFile) -> ProblemLinks:
    """The links of a problem with the numbers and heads of the others."""
    problem = case.problem
    came = carried_into(ledger, problem.id)
    # A problem that is repeated carries the number of the other one beside those of the upper levels.
    is_repeated = any(source not in set(Level) for source, _ in problem.external_numbers)
    repeated = repeating(ledger, problem.id) if is_repeated else ()
    wanted = [row for row in (problem.transferred_to, problem.same_as, *came, *repeated) if row]
    found = {other.problem.id: _linked(other) for other in read_cases(ledger, wanted)}
    return ProblemLinks(
        found.get(problem.transferred_to),
        tuple(found[row] for row in came if row in found),
        found.get(problem.same_as),
        tuple(found[row] for row in repeated if row in found),
    )


def transfer_problem(ledger: Ledger, case: CaseFile, target: str, today: date, person: str = "") -> Changes:
    """Carry a problem over to a newer one: both stay readable, this one counts as 已转入 and is worked on no more."""
    other = _target(ledger, case, target)
    name = f"问题{case.problem.number}"
    if case.problem.transferred_to:
        raise Refused(f"{name}已转入新的问题，没有改动；要改转入的问题，请先取消转入。", "transferred")
    if is_closed(case):
        raise Refused(f"{name}已销号备案，不能转入下一轮；确需继续整改的，请先办理重新整改。", "closed")
    if other.problem.transferred_to or other.problem.same_as:
        raise _chain(other)
    with writing(ledger, clean(person), today) as writer:
        writer.set("problem", case.problem.id, {"transferred_to": target})
    return Changes(f"{name}已转入问题{other.problem.number}。", (("problem", case.problem.id),))


def undo_transfer(ledger: Ledger, case: CaseFile, today: date, person: str = "") -> Changes:
    """Take a transfer back; the problem goes on where it stood."""
    if not case.problem.transferred_to:
        raise Refused(f"问题{case.problem.number}没有转入别的问题，没有改动。", "link_none")
    with writing(ledger, clean(person), today) as writer:
        writer.set("problem", case.problem.id, {"transferred_to": None})
    return Changes(f"已取消问题{case.problem.number}的转入。", (("problem", case.problem.id),))


def link_same(ledger: Ledger, case: CaseFile, target: str, today: date, person: str = "") -> Changes:
    """Say that a problem is the same as one of another source and counted with it; each carries the other's number."""
    other = _target(ledger, case, target)
    name, upper = f"问题{case.problem.number}", f"问题{other.problem.number}"
    if case.problem.transferred_to or case.problem.same_as:
        raise Refused(f"{name}已转入或并入别的问题，没有改动。", "link_chain")
    if other.problem.transferred_to or other.problem.same_as:
        raise _chain(other)
    if repeating(ledger, case.problem.id):
        raise Refused(f"已有别的问题并入{name}，没有改动。请把{upper}并入{name}。", "link_chain")
    with writing(ledger, clean(person), today) as writer:
        writer.set("problem", case.problem.id, {"same_as": target})
        _put_numbers(writer, case, (*case.problem.external_numbers, _number_of(other)))
        _put_numbers(writer, other, (*other.problem.external_numbers, _number_of(case)))
    sentence = f"{name}与{upper}记为同一问题，按{upper}计数一次。"
    warnings = (f"下级单位的台账里{name}不再单列，请把{upper}一并下达。",)
    return Changes(sentence, (("problem", case.problem.id), ("problem", target)), warnings)


def unlink_same(ledger: Ledger, case: CaseFile, today: date, person: str = "") -> Changes:
    """Count a problem by itself again; the numbers that the link gave are taken away on both sides."""
    if not case.problem.same_as:
        raise Refused(f"问题{case.problem.number}没有并入别的问题，没有改动。", "link_none")
    other = read_case(ledger, case.problem.same_as)
    with writing(ledger, clean(person), today) as writer:
        writer.set("problem", case.problem.id, {"same_as": None})
        if other is not None:
            _put_numbers(writer, case, _without(case.problem.external_numbers, _number_of(other)))
            _put_numbers(writer, other, _without(other.problem.external_numbers, _number_of(case)))
    return Changes(f"问题{case.problem.number}已恢复单独计数。", (("problem", case.problem.id),))


def _target(ledger: Ledger, case: CaseFile, target: str) -> CaseFile:
    if target == case.problem.id:
        raise Refused("不能选择这个问题本身，没有改动。请另选一个问题。", "link_self")
    return open_case(ledger, target)


def _chain(other: CaseFile) -> Refused:
    words = f"问题{other.problem.number}本身已转入或并入别的问题，没有改动。请选择最后的那个问题。"
    return Refused(words, "link_chain")


def _number_of(case: CaseFile) -> tuple[str, str]:
    """How the other side names this problem: the words of its source, and its number there."""
    source = SOURCE_WORDS[case.inspection.source] if case.inspection else "另一来源"
    return source, str(case.problem.number)


def _without(pairs: Pairs, gone: tuple[str, str]) -> Pairs:
    return tuple(pair for pair in pairs if pair != gone)


def _put_numbers(writer: Writer, case: CaseFile, pairs: Pairs) -> None:
    unique = [list(pair) for pair in dict.fromkeys(pairs)]
    writer.set("problem", case.problem.id, {"external_numbers": unique or None})


def _linked(case: CaseFile) -> Linked:
    source = case.inspection.name or SOURCE_WORDS[case.inspection.source] if case.inspection else ""
    return Linked(case.problem.id, case.problem.number, case.problem.text[:60], source)
