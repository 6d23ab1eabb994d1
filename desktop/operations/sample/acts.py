"""Acting the events of a story on a ledger, each on its own day, through the operations of a clerk."""

from collections.abc import Iterator

from desktop.documents.sample_picture import photo, sheet
from desktop.operations.cases import find_case
from desktop.operations.closure import take_step
from desktop.operations.extension import extend_deadline
from desktop.operations.ledgers import Progress
from desktop.operations.links import transfer_problem
from desktop.operations.problems import save_stage
from desktop.operations.profile import region_of
from desktop.operations.progress import add_evidence, report_progress
from desktop.operations.sample.follow import FOLLOWING
from desktop.operations.sample.months import MONTH_ACTS
from desktop.operations.sample.play import Act, Play
from desktop.operations.sample.story import Event
from desktop.rules.entries import EvidenceEntry, ExtensionEntry, ProgressEntry, StageEntry, StepEntry
from desktop.rules.errors import Refused
from desktop.rules.lifecycle import current_attempt, gate_of, is_long_term
from desktop.rules.needed import papers_of
from desktop.rules.records import ACTION_WORDS, CaseFile, StepAction
from desktop.rules.standards import DEMAND, YES, questions_for
from desktop.rules.wording import closed

PROOF = "proof"


def act(play: Play, events: tuple[Event, ...], tell: Progress) -> None:
    """Let events happen in their order; ``tell`` hears each quarter that begins."""
    quarter = ""
    for done, event in enumerate(events):
        if event.do not in _ACTS and event.do not in MONTH_ACTS:
            raise Refused(f"示例数据中问题{event.number}的“{event.do}”不是可办理的事项，请改正。", "sample_event")
        begun = f"{event.on.year}年{'一二三四'[(event.on.month - 1) // 3]}季度"
        if begun != quarter:
            quarter = begun
            tell(f"正在登记{quarter}的进展、佐证和销号环节", done / len(events))
        play.clock.day = event.on
        if event.do in MONTH_ACTS:
            MONTH_ACTS[event.do](play, event)
        else:
            _ACTS[event.do](play, find_case(play.ledger, event.number), event)


def _progress(play: Play, case: CaseFile, event: Event) -> None:
    entry = ProgressEntry(
        text=event.text("text"),
        measure=event.more.get("measure"),
        percent=event.more.get("percent"),
        quantity=event.more.get("quantity"),
        month=event.text("month"),
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
        answers=_answers(play, case, action),
    )
    take_step(play.ledger, case, entry, event.on, play.person(event))


def _answers(play: Play, case: CaseFile, action: StepAction) -> tuple[tuple[str, str, str], ...] | None:
    """Every standard that is asked at this step holds; None where nothing is asked."""
    opener = next(iter(current_attempt(case.steps, staged=is_long_term(case.problem))), None)
    asked = questions_for(action, region_of(play.ledger), opener)
    return tuple((each.words, YES, "已逐条核实" if each.group == DEMAND else "") for each in asked) or None


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
    """An approved extension, or with ``request`` one that was only asked for."""
    entry = ExtensionEntry(
        event.more["to"],
        event.text("reason"),
        event.text("approver"),
        event.text("doc_no"),
        event.text("opinion"),
        is_request=bool(event.more.get("request")),
    )
    extend_deadline(play.ledger, case, entry, event.on, play.person(event))


def _reach(play: Play, case: CaseFile, event: Event) -> None:
    """A stage target was reached."""
    stage = next(target for target in case.stages if target.due == event.more["stage"])
    entry = StageEntry(stage.due, stage.text, stage.count, event.on)
    save_stage(play.ledger, case, stage.id, entry, event.on, play.person(event))


def _transfer(play: Play, case: CaseFile, event: Event) -> None:
    """The problem goes on under another one (domain §2.2 T13)."""
    target = find_case(play.ledger, event.more["to"]).problem.id
    transfer_problem(play.ledger, case, target, event.on, play.person(event))


_ACTS: dict[str, Act] = {
    "progress": _progress,
    "photo": _photo,
    "extend": _extend,
    "reach": _reach,
    "transfer": _transfer,
    **FOLLOWING,
    **{action.value.replace("_", "-"): _step for action in StepAction},
}
