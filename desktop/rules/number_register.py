"""发文登记: the register that numbers of documents are taken from (domain §10).

A series is a prefix (发文代字) in one year; letters (函) have a prefix of their own, so their series is apart. Numbers
follow one another without a gap; one that is taken by hand says why, one that is given back says why, and stays.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop.rules.doc_numbers import DocNo
from desktop.rules.errors import NeedsReason
from desktop.rules.lifecycle import Ruling, Verdict


class NeedsNumberReason(NeedsReason):
    """A number is out of turn; it is taken when the clerk gives a reason, which is kept in the register."""

    kept = "理由留在发文登记里"


class NumberState(StrEnum):
    """What has become of a number."""

    DRAFT = "draft"
    ISSUED = "issued"
    BY_HAND = "by_hand"
    VOID = "void"
    STEP = "step"
    GAP = "gap"
    TWICE = "twice"


NUMBER_WORDS = {
    NumberState.DRAFT: "拟稿",
    NumberState.ISSUED: "已印发",
    NumberState.BY_HAND: "手工登记",
    NumberState.VOID: "作废",
    NumberState.STEP: "环节登记",
    NumberState.GAP: "缺号",
    NumberState.TWICE: "重号",
}


@dataclass(frozen=True, slots=True)
class NumberEntry:
    """One line that was written into the register. ``paper`` is empty for what this program did not print."""

    id: str
    doc_no: DocNo
    title: str = ""
    paper: str = ""
    problem_id: str = ""
    on: date | None = None
    reason: str = ""
    void: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class NumberUse:
    """A number that a step on record names without its being in the register."""

    doc_no: DocNo
    problem_id: str
    on: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """The whole register. ``issued`` are the numbers that a signed scan or a step on record bears out."""

    entries: tuple[NumberEntry, ...] = ()
    uses: tuple[NumberUse, ...] = ()
    issued: frozenset[DocNo] = field(default_factory=frozenset)

    def live(self) -> tuple[NumberEntry, ...]:
        """Entries that were not given back."""
        return tuple(entry for entry in self.entries if not entry.void)

    def taken(self) -> dict[tuple[str, int], set[int]]:
        """The numbers in use, by series; those that only a step names among them."""
        found: dict[tuple[str, int], set[int]] = {}
        for doc_no in (*(entry.doc_no for entry in self.live()), *(use.doc_no for use in self.uses)):
            found.setdefault(doc_no.series, set()).add(doc_no.number)
        return found


@dataclass(frozen=True, slots=True)
class NumberLine:
    """One line of the 发文登记 as it is shown; ``last`` is the end of a run of missing numbers."""

    doc_no: DocNo
    state: NumberState
    title: str = ""
    on: date | None = None
    paper: str = ""
    problem_id: str = ""
    remark: str = ""
    person: str = ""
    entry_id: str = ""
    last: int = 0

    @property
    def words(self) -> str:
        """The number, or the run of numbers: 蒸区委〔2026〕3—5号."""
        return (
            f"{self.doc_no.prefix}〔{self.doc_no.year}〕{self.doc_no.number}—{self.last}号"
            if self.last
            else str(self.doc_no)
        )


# Taking a number


def next_number(register: Register, prefix: str, year: int) -> DocNo:
    """The number that follows the last one in use; the last one given back is given out again."""
    return DocNo(prefix, year, max(register.taken().get((prefix, year), set()), default=0) + 1)


def latest_prefix(register: Register, papers: Iterable[str] = (), *, letter: bool | None = None) -> str:
    """The prefix used last for one of these papers, or for letters or other documents; empty when there is none.

    A number that was given back tells the prefix only where no other does.
    """
    wanted = set(papers)
    for entry in (*reversed(register.live()), *reversed(register.entries)):
        if (entry.paper in wanted) if wanted else (letter is None or entry.doc_no.is_letter == letter):
            return entry.doc_no.prefix
    return ""


def held_by(register: Register, doc_no: DocNo, paper: str, problem_id: str) -> NumberEntry | None:
    """The entry under which this very paper has the number already.

    One that was entered for its problem and names no paper, as from a step on record, is its own too.
    """
    for entry in register.live() if paper else ():
        same_paper = entry.paper == paper or (not entry.paper and bool(problem_id))
        if entry.doc_no == doc_no and entry.problem_id == problem_id and same_paper:
            return entry
    return None


def judge_number(
    register: Register, doc_no: DocNo, *, paper: str = "", problem_id: str = "", letter: bool | None = None,
    on: date | None = None,
) -> Verdict:  # fmt: skip
    """Whether a paper may take this number: not when another has it; with a reason when it is not the next one.

    ``letter`` tells whether the paper is a 函, None where that is not known.
    """
    if held_by(register, doc_no, paper, problem_id):
        return Verdict()
    other = next((entry for entry in register.live() if entry.doc_no == doc_no), None)
    if other:
        what = f"《{other.title}》" if other.title else "另一份文书"
        return Verdict(
            (Ruling("number_taken", f"{doc_no}已由{what}使用，请换一个号；那份没有印发的，可在发文登记里作废"),)
        )
    return Verdict((), tuple(_doubts(register, doc_no, problem_id, letter, on)))


def _doubts(
    register: Register, doc_no: DocNo, problem_id: str, letter: bool | None, on: date | None
) -> Iterable[Ruling]:
    follows = next_number(register, *doc_no.series).number
    uses = [use for use in register.uses if use.doc_no == doc_no]
    if uses:
        if any(use.problem_id != problem_id for use in uses):
            yield Ruling("number_used", f"{doc_no}已在别的问题的办理记录里登记过")
    elif doc_no.number > follows:
        run = str(follows) if doc_no.number == follows + 1 else f"{follows}—{doc_no.number - 1}"
        yield Ruling("number_skips", f"按顺序应编{follows}号，编{doc_no.number}号会空出{run}号")
    elif doc_no.number < follows:
        back = next((entry for entry in reversed(register.entries) if entry.void and entry.doc_no == doc_no), None)
        was = f"是作废过的号（{back.void}）" if back else "是前面空着的号"
        yield Ruling("number_back", f"{doc_no.number}号{was}，按顺序应编{follows}号")
    if letter is not None and letter != doc_no.is_letter:
        yield Ruling(
            "series_mixed",
            f"函另编一个系列，这份{'是函，代字应以“函”结尾' if letter else '不是函，代字不应以“函”结尾'}",
        )
    if on and on.year != doc_no.year:
        yield Ruling("number_year", f"文号的年份{doc_no.year}与成文日期的年份{on.year}不同")


# The register as it is shown


def twins(register: Register) -> dict[str, NumberEntry]:
    """Entries whose number another paper bears too, by id, with the first other one.

    Nobody takes a number twice; two copies of a ledger that went on apart do, and are merged.
    """
    by_number: dict[DocNo, list[NumberEntry]] = {}
    for entry in register.live():
        by_number.setdefault(entry.doc_no, []).append(entry)
    found = {}
    for entries in by_number.values():
        for entry in entries:
            other = next((other for other in entries if not _same_paper(entry, other)), None)
            if other:
                found[entry.id] = other
    return found


def _same_paper(one: NumberEntry, other: NumberEntry) -> bool:
    # What was entered by hand names no paper, what a step brought in no title.
    alike = all(not (a and b) or a == b for a, b in ((one.paper, other.paper), (one.title, other.title)))
    return alike and one.problem_id == other.problem_id


def register_lines(register: Register) -> tuple[NumberLine, ...]:
    """Every number by series and number: in use, given back, named only by a step, or missing with its explanation."""
    others = twins(register)
    lines = [_line(entry, register, others.get(entry.id)) for entry in register.entries]
    named = {entry.doc_no for entry in register.live()}
    for use in register.uses:
        if use.doc_no not in named:
            named.add(use.doc_no)
            lines.append(NumberLine(use.doc_no, NumberState.STEP, use.words, use.on, "", use.problem_id))
    lines += gaps(register)
    return tuple(sorted(lines, key=lambda line: (line.doc_no, line.state != NumberState.VOID)))


def gaps(register: Register) -> tuple[NumberLine, ...]:
    """The runs of numbers that nobody took or gave back; the remark is the reason of the number taken after them."""
    reasons = {entry.doc_no: entry.reason for entry in register.entries if entry.reason}
    found = []
    for (prefix, year), live in register.taken().items():
        given_back = {entry.doc_no.number for entry in register.entries if entry.doc_no.series == (prefix, year)}
        before = 0
        for number in sorted(number for number in live | given_back if number <= max(live)):
            if number > before + 1:
                last = number - 1 if number - 1 > before + 1 else 0
                remark = reasons.get(DocNo(prefix, year, number), "")
                found.append(NumberLine(DocNo(prefix, year, before + 1), NumberState.GAP, remark=remark, last=last))
            before = number
    return tuple(found)


def _line(entry: NumberEntry, register: Register, twin: NumberEntry | None) -> NumberLine:
    state = NumberState.VOID if entry.void else NumberState.BY_HAND if not entry.paper else NumberState.DRAFT
    if state != NumberState.VOID and entry.doc_no in register.issued:
        state = NumberState.ISSUED
    remark = entry.void or entry.reason
    if twin:
        other = f"《{twin.title}》" if twin.title else "另一份文书"
        state, remark = NumberState.TWICE, f"与{other}同号，请改编其中一份"
    return NumberLine(
        entry.doc_no,
        state,
        entry.title,
        entry.on,
        entry.paper,
        entry.problem_id,
        remark,
        entry.person,
        entry.id,
    )
