"""What a clerk fills in, as frozen drafts: a form emits one, an operation takes it. Files are named by their paths."""

from dataclasses import dataclass
from datetime import date

from desktop.rules.followup import Rung
from desktop.rules.records import Gate, StepAction, TermClass, UnitRole
from desktop.rules.region_chasing import Light


@dataclass(frozen=True, slots=True)
class ProblemEntry:
    """A problem as entered or edited by hand. ``units`` are pairs of unit id and role, in order."""

    number: int
    text: str
    target: str = ""
    plan_id: str = ""
    inspection_id: str = ""
    deadline_raw: str = ""
    deadline: date | None = None
    internal_deadline: date | None = None
    term_class: TermClass | None = None
    leaders: tuple[str, ...] = ()
    units: tuple[tuple[str, UnitRole], ...] = ()
    element: str = ""
    problem_type: str = ""
    external_numbers: tuple[tuple[str, str], ...] = ()
    listed_for_chasing: bool = False
    dedicated_watch: bool = False
    next_review: date | None = None


@dataclass(frozen=True, slots=True)
class MeasureEntry:
    """A measure as entered or edited."""

    number: int
    text: str
    due: date | None = None
    quantity: int | None = None
    quantity_of: int | None = None
    quantity_unit: str = ""


@dataclass(frozen=True, slots=True)
class StageEntry:
    """A stage target; ``reached_on`` once it is reached."""

    due: date
    text: str
    count: int | None = None
    reached_on: date | None = None


@dataclass(frozen=True, slots=True)
class YearlyStagesEntry:
    """The same target for the end of every year from the first to the last; a year that has one keeps it."""

    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class ProgressEntry:
    """A progress entry for one measure (by number), or for the whole problem. Month is ``2026-11``."""

    text: str
    measure: int | None = None
    percent: int | None = None
    quantity: int | None = None
    month: str = ""
    difficulty: str = ""
    next_step: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """Files of proof and what the clerk says of them: which paper, which gate or measure, where taken.

    ``item`` is the paper all files are; ``papers`` names one for each file, empty where name and note tell. ``maker``
    is the unit that made them, ``is_copy`` whether they are copies; None leaves it to the kind of file. ``site`` is the
    id of the site they prove, empty for the problem as a whole.
    """

    files: tuple[str, ...]
    text: str = ""
    item: str = ""
    gate: Gate | None = None
    measure: int | None = None
    place: str = ""
    taken_on: date | None = None
    papers: tuple[str, ...] = ()
    maker: str = ""
    is_copy: bool | None = None
    site: str = ""


@dataclass(frozen=True, slots=True)
class StepEntry:
    """One step of the closing axis. ``end`` and ``url`` belong to a notice, ``result`` to an acceptance.

    ``reason`` is the reason of a return or reopening, and of overriding what the rules warn of. ``papers`` names for
    each file the paper of the checklist it is, empty where its name tells. ``answers`` are the standards that were
    asked, each with answer and remark; None where nobody asked. ``way``, ``people`` and ``next_on`` belong to a
    look-back, which with ``reopens`` begins the rectification anew; ``next_on`` of a stage that is filed is the next
    review.
    """

    action: StepAction
    on: date
    text: str = ""
    reason: str = ""
    files: tuple[str, ...] = ()
    end: date | None = None
    doc_no: str = ""
    url: str = ""
    result: str = ""
    papers: tuple[str, ...] = ()
    answers: tuple[tuple[str, str, str], ...] | None = None
    way: str = ""
    people: str = ""
    next_on: date | None = None
    reopens: bool = False


@dataclass(frozen=True, slots=True)
class ExtensionEntry:
    """A change of the deadline; ``on`` is the day of the approval, today where it is None.

    ``is_request``: it was only asked for and moves nothing yet. ``override`` answers what the rules warn of.
    """

    new: date | None
    reason: str
    approver: str = ""
    doc_no: str = ""
    unit_opinion: str = ""
    files: tuple[str, ...] = ()
    on: date | None = None
    is_request: bool = False
    override: str = ""


@dataclass(frozen=True, slots=True)
class ObjectionEntry:
    """An objection (异议) as it came in and, once it was looked into, what was done, found and answered."""

    received_on: date
    text: str
    raiser: str = ""
    way: str = ""
    handler: str = ""
    handling: str = ""
    result: str = ""
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class PublicationEntry:
    """Something put before the public (公开); ``files`` are the screenshots, the first of which is its proof."""

    on: date
    platform: str
    title: str
    subject: str = ""
    url: str = ""
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteEntry:
    """A site (点位) as entered, pasted or edited; ``measure`` is the number of the measure it belongs to."""

    number: int
    name: str
    place: str = ""
    measure: int | None = None
    unit_id: str = ""
    due: date | None = None
    done_on: date | None = None
    checked_on: date | None = None
    closed_on: date | None = None
    batch: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DocNumberEntry:
    """A 文号 entered by hand, of a paper that this program did not make."""

    doc_no: str
    title: str
    on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ScanEntry:
    """The scan of a signed and sealed paper: its files in order, the number and the date that stand on it.

    ``problems`` are the numbers of the problems it names; that of the paper's own problem may be left out.
    """

    files: tuple[str, ...]
    doc_no: str = ""
    on: date | None = None
    problems: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A unit of the unit list; ``members`` are unit ids of a group (各镇街)."""

    name: str
    short_name: str = ""
    is_group: bool = False
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    phone: str = ""


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A leader, clerk or contact."""

    name: str
    post: str = ""
    unit_id: str = ""
    phone: str = ""
    is_leader: bool = False


@dataclass(frozen=True, slots=True)
class LightEntry:
    """The light of a month (``2026-11``) as a clerk decides it, with the reason."""

    month: str
    light: Light
    reason: str


@dataclass(frozen=True, slots=True)
class ChaseEntry:
    """A rung of the ladder for some problems of one unit: one paper. ``problems`` are row ids, in order.

    ``due`` is the day by which the unit has to answer, ``text`` what is chased and asked for.
    """

    rung: Rung
    unit_id: str
    problems: tuple[str, ...]
    on: date
    due: date | None
    text: str
    doc_no: str = ""


@dataclass(frozen=True, slots=True)
class ReplyEntry:
    """What a unit answered to a paper of the ladder, or did about the demand of a visit, with its files."""

    on: date
    text: str
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SettleEntry:
    """The end of a paper of the ladder; ``close_no`` is the 文号 of the paper that lifts it."""

    on: date
    note: str = ""
    close_no: str = ""


@dataclass(frozen=True, slots=True)
class VisitEntry:
    """One visit to some problems (明察暗访), its photos, and what was demanded by when. ``problems`` are row ids."""

    problems: tuple[str, ...]
    on: date
    way: str
    found: str
    unit_id: str = ""
    place: str = ""
    people: str = ""
    result: str = ""
    demand: str = ""
    due: date | None = None
    files: tuple[str, ...] = ()
