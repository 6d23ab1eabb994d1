"""What the sample's story tells beside the closing axis: chasing, visits, lights, objections, publications, sites."""

from datetime import date

from desktop.documents.sample_picture import sheet
from desktop.operations.cases import find_case
from desktop.operations.chasing import issue_chase, reply_chase, settle_chase
from desktop.operations.lights import decide_light
from desktop.operations.objections import save_objection, save_publication
from desktop.operations.progress import add_evidence
from desktop.operations.sample.play import Act, Play
from desktop.operations.sample.story import Event
from desktop.operations.sites import move_sites, take_sites
from desktop.operations.visits import handle_visit, save_visit
from desktop.rules.entries import (
    ChaseEntry,
    EvidenceEntry,
    LightEntry,
    ObjectionEntry,
    PublicationEntry,
    ReplyEntry,
    SettleEntry,
    SiteEntry,
    VisitEntry,
)
from desktop.rules.followup import Rung
from desktop.rules.records import CaseFile
from desktop.rules.region_chasing import Light
from desktop.rules.sites import SiteStage
from desktop.store.read_shared import read_units


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


def _handle(play: Play, case: CaseFile, event: Event) -> None:
    """The demand of the latest visit is settled."""
    latest = max(case.visits, key=lambda visit: visit.on)
    handle_visit(play.ledger, latest.sheet, ReplyEntry(event.on, event.text("text")), event.on, play.person(event))


def _light(play: Play, case: CaseFile, event: Event) -> None:
    """A clerk decides another light for the month than the rules suggest."""
    entry = LightEntry(f"{event.on:%Y-%m}", Light(event.text("light")), event.text("reason"))
    decide_light(play.ledger, case, entry, event.on, play.person(event))


def _object(play: Play, case: CaseFile, event: Event) -> None:
    """An objection comes in during the notice."""
    entry = ObjectionEntry(event.on, event.text("text"), event.text("raiser"), event.text("way"))
    save_objection(play.ledger, case, "", entry, event.on, play.person(event))


def _answer(play: Play, case: CaseFile, event: Event) -> None:
    """The latest objection was looked into and answered."""
    held = case.objections[-1]
    entry = ObjectionEntry(
        held.received_on,
        held.text,
        held.raiser,
        held.way,
        event.text("handler"),
        event.text("handling"),
        event.text("result"),
        event.on,
    )
    save_objection(play.ledger, case, held.id, entry, event.on, play.person(event))


def _sites(play: Play, case: CaseFile, event: Event) -> None:
    """A table of sites is pasted; each row is name, place, unit and day."""
    units = {unit.name: unit.id for unit in read_units(play.ledger)}
    rows = (SiteEntry(n, row[0], row[1], event.more.get("measure"), units[row[2]], row[3]) for n, row in _rows(event))
    take_sites(play.ledger, case, tuple(rows), event.on, play.person(event))


def _rows(event: Event) -> list[tuple[int, tuple[str, str, str, date]]]:
    return [(number, tuple(row)) for number, row in enumerate(event.more["rows"], 1)]


def _step_sites(play: Play, case: CaseFile, event: Event) -> None:
    """Sites go one step further; at their check the table of the survey becomes the proof of each of them."""
    stage, numbers = SiteStage(event.text("stage")), set(event.more["numbers"])
    chosen = [site.id for site in case.sites if site.number in numbers]
    person, paper = play.person(event), event.text("paper")
    if paper:
        names = [f"{site.number}　{site.name}（{site.place}）" for site in case.sites if site.number in numbers]
        file = play.hand_in(f"{paper}.jpg", sheet(paper, names, event.on))
        for site in chosen:
            add_evidence(play.ledger, case, EvidenceEntry((file,), text=paper, site=site), event.on, person)
        case = find_case(play.ledger, event.number)
    move_sites(play.ledger, case, chosen, stage, event.on, event.on, person, batch=event.text("batch"))


FOLLOWING: dict[str, Act] = {
    "chase": _chase,
    "reply": _reply,
    "settle": _settle,
    "visit": _visit,
    "handle": _handle,
    "light": _light,
    "object": _object,
    "answer": _answer,
    "publish": _publish,
    "sites": _sites,
    "step-sites": _step_sites,
}
