"""Where each gate of a case stands, in words: passed and when, next and what it still lacks, or open."""

from dataclasses import dataclass
from datetime import date

from desktop.rules.lifecycle import (
    is_closed,
    is_elsewhere,
    is_stage_closed,
    judge,
    missing_papers,
    next_gate,
    passed_gates,
)
from desktop.rules.records import GATE_WORDS, CaseFile, Gate, StepAction
from desktop.rules.region import Region
from desktop.rules.wording import date_in_text

DONE, NEXT, OPEN, RUNNING = "done", "next", "open", "running"
TONES = {DONE: "ok", NEXT: "accent", OPEN: "muted", RUNNING: "warn"}
_SAID_APART = ("missing_paper", "notice_dates")


@dataclass(frozen=True, slots=True)
class GateState:
    """One gate: ``kind`` is done, running (a notice not yet over), next or open; ``lacks`` are short sentences."""

    gate: Gate
    kind: str
    words: str
    lacks: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The whole in one sentence, for screen readers and tool tips."""
        return "，".join((f"{GATE_WORDS[self.gate]}：{self.words}", *self.lacks))


def gate_states(case: CaseFile, region: Region, today: date) -> tuple[GateState, ...]:
    """The gates in the region's order. A closed stage of a long-term problem shows what passed it."""
    following = next_gate(case, region)
    return tuple(_state(case, region, today, gate, is_next=gate == following) for gate in region.gate_order)


def _state(case: CaseFile, region: Region, today: date, gate: Gate, *, is_next: bool) -> GateState:
    step = passed_gates(case).get(gate)
    if step is None:
        lacks = lacks_of(case, region, today, gate) if is_next else needs_of(case, region, gate)
        return GateState(gate, NEXT if is_next else OPEN, "下一步" if is_next else "未办", lacks)
    day = f"{date_in_text(step.on)}"
    if gate != Gate.NOTICE or step.end is None:
        result = (step.result,) if gate == Gate.ACCEPT and step.result else ()
        return GateState(gate, DONE, f"{day}已办", result)
    last = date_in_text(step.end)
    if step.end >= today:
        left = (step.end - today).days
        ends = f"还有{left}天" if left else "今天到期"
        return GateState(gate, RUNNING, f"{day}起公示", (f"公示到{last}，{ends}",))
    return GateState(gate, DONE, f"{day}起公示", (f"{last}期满",))


def lacks_of(case: CaseFile, region: Region, today: date, gate: Gate) -> tuple[str, ...]:
    """What still stands against a gate today: its missing papers, and what else the rules say."""
    if is_elsewhere(case.problem) or is_closed(case):
        return ()
    papers = missing_papers(case, gate, region)
    found = [f"还缺{'、'.join(paper.name for paper in papers)}"] if papers else []
    verdict = judge(case, StepAction(gate.value), today, region, today, notice_end=today)
    rulings = (*verdict.refusals, *verdict.warnings)
    found += [_short(case, ruling.sentence) for ruling in rulings if ruling.rule not in _SAID_APART]
    return tuple(found) or ("可以办理",)


def needs_of(case: CaseFile, region: Region, gate: Gate) -> tuple[str, ...]:
    """The papers a later gate will ask for that are not there yet."""
    papers = missing_papers(case, gate, region)
    return (f"需{'、'.join(paper.name for paper in papers)}",) if papers else ()


def next_words(case: CaseFile, region: Region, today: date) -> tuple[Gate | None, str]:
    """The next gate and what it lacks in one line, for lists."""
    if is_elsewhere(case.problem):
        return None, "已转入新的问题" if case.problem.transferred_to else "并为同一问题办理"
    gate = next_gate(case, region)
    if gate is None:
        return None, "本阶段已办完" if is_stage_closed(case) else "五个环节已办完"
    return gate, "；".join(lacks_of(case, region, today, gate))


def _short(case: CaseFile, sentence: str) -> str:
    """A ruling without the name of the problem, which stands on the page already."""
    bare = sentence.removeprefix(f"问题{case.problem.number}")
    return bare.removeprefix("的")
