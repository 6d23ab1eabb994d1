"""Acting the events of a story on a ledger, each on its own day, through the operations of a clerk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from desktop.documents.sample_picture import photo, sheet
from desktop.operations.cases import find_case
from desktop.operations.chasing import issue_chase, reply_chase, settle_chase
from desktop.operations.closure import take_step
from desktop.operations.extension import extend_deadline
from desktop.operations.ledgers import Progress
from desktop.operations.objections import save_publication
from desktop.operations.profile import region_of
from desktop.operations.progress import add_evidence, report_progress
from desktop.operations.sample_story import Event
from desktop.operations.visits import save_visit
from desktop.rules.entries import (
    ChaseEntry,
    EvidenceEntry,
    ExtensionEntry,
    ProgressEntry,
    PublicationEntry,
    ReplyEntry,
    SettleEntry,
    StepEntry,
    VisitEntry,
)
from desktop.rules.errors import Refused
from desktop.rules.followup import Rung
from desktop.rules.lifecycle import gate_of
from desktop.rules.needed import papers_of
from desktop.rules.records import ACTION_WORDS, CaseFile, StepAction
from desktop.rules.wording import closed
from desktop.store.ledger import Ledger, Surroundings
from desktop.store.writer import writing

PROOF = "proof"
_DAY_SECONDS = 36_000  # nine in the morning to seven in the evening


@dataclass(slots=True)
class FixedSurroundings:
    """A clock that stands at nine in the morning (Beijing) of ``day`` and goes on a second at each look.

    Random bytes are a sequence that depends on the seed alone.
    """

    seed: str
    day: date
    looks: int = 0
    drawn: int = 0

    def now_ms(self) -> int:
        """Milliseconds of the fixed clock."""
        self.looks += 1
        morning = datetime(self.day.year, self.day.month, self.day.day, 1, tzinfo=UTC)
        return (int(morning.timestamp()) + self.looks % _DAY_SECONDS) * 1000

    def entropy(self, count: int) -> bytes:
        """The next bytes of the sequence."""
        self.drawn += 1
        return sha256(f"{self.seed} {self.drawn}".encode()).digest()[:count]

    def as_surroundings(self) -> Surroundings:
        """What a ledger takes from outside."""
        return Surroundings(self.now_ms, self.entropy, "示例台账")


@dataclass(frozen=True, slots=True)
class Play:
    """Where events are acted: the open ledger, its clock, a folder for papers, places of problems, who reports."""

    ledger: Ledger
    clock: FixedSurroundings
    desk: Path
    places: dict[int, tuple[float, float]]
    reporters: tuple[str, ...]

    def person(self, event: Event) -> str:
        """Who records it: the reporters take turns by problem."""
        return self.reporters[event.number % len(self.reporters)]

    def hand_in(self, name: str, data: bytes) -> str:
        """The path of a file ready to be taken in."""
        file = self.desk / name
        file.write_bytes(data)
        return str(file)


def act(play: Play, events: tuple[Event, ...], tell: Progress) -> None:
    """Let events happen in their order; ``tell`` hears each quarter that begins."""
    quarter = ""
    for done, event in enumerate(events):
        if event.do not in _ACTS:
            raise Refused(f"示例数据中问题{event.number}的“{event.do}”不是可办理的事项，请改正。", "sample_event")
        begun = f"{event.on.year}年{'一二三四'[(event.on.month - 1) // 3]}季度"
        if begun != quarter:
            quarter = begun
            tell(f"正在登记{quarter}的进展、佐证和销号环节", done / len(events))
        play.clock.day = event.on
        _ACTS[event.do](play, find_case(play.ledger, event.number), event)


def _progress(play: Play, case: CaseFile, event: Event) -> None:
    entry = ProgressEntry(
        text=event.text("text"),
        measure=event.more.get("measure"),
        percent=event.more.get("percent"),
        quantity=event.more.get("quantity"),
        difficulty=event.text("difficulty"),
        next_step=event.text("next"),
    )
    report_progress(play.ledger, case, entry, event.on, play.person(event))


def _photo(play: Play, case: CaseFile, event: Event) -> None:
    phase, caption = event.text("phase"), event.text("caption")
    data = photo(event.text("scene"), phase, caption, event.on, play.places[event.number])
    file = play.hand_in(f"{phase}_{caption}.jpg", data)
    entry = EvidenceEntry((file,), text=f"{phase}：{caption}", measure=event.more.get("measure"))
    add_evidence(play.ledger, case, entry, event.on, play.person(event))


def _step(play: Play, case: CaseFile, event: Event) -> None:
    action = StepAction(event.do.replace("-", "_"))
    entry = StepEntry(
        action=action,
        on=event.on,
        text=event.text("text"),
        reason=event.text("reason"),
        files=tuple(_papers(play, case, event, action)),
        doc_no=event.text("doc_no"),
        url=event.text("url"),
        result=event.text("result"),
    )
    take_step(play.ledger, case, entry, event.on, play.person(event))


def _papers(play: Play, case: CaseFile, event: Event, action: StepAction) -> Iterator[str]:
    """Stand-ins for the papers the region asks for at this gate; photographs serve as the proof itself."""
    gate = gate_of(action)
    papers = papers_of(case, gate, region_of(play.ledger))
    for paper in papers:
        if paper.required and paper.key != PROOF:
            name = paper.name.partition("（")[0]
            lines = [f"问题{case.problem.number}：{closed(case.problem.text)}"]
            lines += [f"{ACTION_WORDS[action]}：{closed(event.text('text'))}"] if event.text("text") else []
            yield play.hand_in(f"问题{case.problem.number}_{name}_{event.on:%Y%m%d}.jpg", sheet(name, lines, event.on))


def _extend(play: Play, case: CaseFile, event: Event) -> None:
    entry = ExtensionEntry(
        event.more["to"], event.text("reason"), event.text("approver"), event.text("doc_no"), event.text("opinion")
    )
    extend_deadline(play.ledger, case, entry, event.on, play.person(event))


def _reach(play: Play, case: CaseFile, event: Event) -> None:
    """A stage target was reached."""
    stage = next(target for target in case.stages if target.due == event.more["stage"])
    with writing(play.ledger, play.person(event), event.on) as writer:
        writer.set("stage", stage.id, {"reached_on": event.on.isoformat()}, scope=case.problem.id)


def _transfer(play: Play, case: CaseFile, event: Event) -> None:
    """The problem goes on under another one (domain §2.2 T13)."""
    target = find_case(play.ledger, event.more["to"]).problem.id
    with writing(play.ledger, play.person(event), event.on) as writer:
        writer.set("problem", case.problem.id, {"transferred_to": target})


def _chase(play: Play, case: CaseFile, event: Event) -> None:
    """A paper of the ladder, numbered in the register."""
    unit = next(held.unit_id for held in case.units if held.name == event.text("unit"))
    rung, due = Rung(event.text("rung")), event.more["due"]
    entry = ChaseEntry(rung, unit, (case.problem.id,), event.on, due, event.text("text"), event.text("doc_no"))
    issue_chase(play.ledger, entry, event.on, play.person(event))


def _reply(play: Play, case: CaseFile, event: Event) -> None:
    """The unit answers the latest paper of the ladder."""
    entry = ReplyEntry(event.on, event.text("text"))
    reply_chase(play.ledger, case.chases[-1].sheet, entry, event.on, play.person(event))


def _settle(play: Play, case: CaseFile, event: Event) -> None:
    """The latest paper of the ladder is settled."""
    entry = SettleEntry(event.on, event.text("text"))
    settle_chase(play.ledger, case.chases[-1].sheet, entry, event.on, play.person(event))


def _visit(play: Play, case: CaseFile, event: Event) -> None:
    entry = VisitEntry(
        (case.problem.id,),
        event.on,
        event.text("way"),
        event.text("found"),
        people=event.text("people"),
        result=event.text("result"),
        demand=event.text("demand"),
        due=event.more.get("due"),
    )
    save_visit(play.ledger, entry, event.on, play.person(event))


def _publish(play: Play, case: CaseFile, event: Event) -> None:
    platform, title, subject = event.text("platform"), event.text("title"), event.text("subject")
    entry = PublicationEntry(event.on, platform, title, subject, event.text("url"))
    save_publication(play.ledger, case, "", entry, event.on, play.person(event))


_ACTS: dict[str, Callable[[Play, CaseFile, Event], None]] = {
    "progress": _progress,
    "photo": _photo,
    "extend": _extend,
    "reach": _reach,
    "transfer": _transfer,
    "chase": _chase,
    "reply": _reply,
    "settle": _settle,
    "visit": _visit,
    "publish": _publish,
    **{action.value.replace("_", "-"): _step for action in StepAction},
}
