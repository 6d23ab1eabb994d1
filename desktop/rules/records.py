"""What the ledger holds, as frozen records. Words of the interface for each state stand beside the state.

Terms are those of docs/glossary.md. Row ids are 32 hex digits. Dates are ``datetime.date``; a date that is not
known is None. Long texts are kept as the plan wrote them, without number and label.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop.rules.followup import Chase, Explanation, Objection, Publication, Site, Visit


class Level(StrEnum):
    """Level of the authority that inspected."""

    CENTRAL = "central"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"


class InspectionKind(StrEnum):
    """例行督察, 专项督察, 督察“回头看”."""

    ROUTINE = "routine"
    SPECIAL = "special"
    REVISIT = "revisit"


class ProblemSource(StrEnum):
    """Where a problem came from (domain §1.1)."""

    CENTRAL_INSPECTION = "central_inspection"
    CENTRAL_REVISIT = "central_revisit"
    PROVINCE_INSPECTION = "province_inspection"
    PROVINCE_REVISIT = "province_revisit"
    NATIONAL_WARNING_FILM = "national_warning_film"
    PROVINCE_WARNING_FILM = "province_warning_film"
    LETTER_CASE = "letter_case"
    FORMAL_LISTING = "formal_listing"
    SELF_FOUND = "self_found"


class TermClass(StrEnum):
    """立行立改 / 限时整改 / 分阶段 / 长期坚持 (domain §2.5)."""

    IMMEDIATE = "immediate"
    DATED = "dated"
    STAGED = "staged"
    LONG_TERM = "long_term"


class UnitRole(StrEnum):
    """What a unit does for one problem (domain §1.2)."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    ASSISTING = "assisting"
    SUPERVISING = "supervising"
    ACCEPTING = "accepting"
    CITY_ACCEPTANCE = "city_acceptance"
    PROVINCIAL_SUPERVISOR = "provincial_supervisor"


class ProgressClass(StrEnum):
    """The rectification axis (domain §2.1)."""

    NOT_STARTED = "not_started"
    BEHIND = "behind"
    ON_SCHEDULE = "on_schedule"
    AHEAD = "ahead"
    MOSTLY_DONE = "mostly_done"
    COMPLETED = "completed"
    OVERDUE = "overdue"


class Gate(StrEnum):
    """The closing axis: five independent gates (domain §2.1)."""

    SELF_CHECK = "self_check"
    APPLY = "apply"
    ACCEPT = "accept"
    NOTICE = "notice"
    FILE = "file"


class StepAction(StrEnum):
    """What a step record says was done; the first five pass the gate of the same name."""

    SELF_CHECK = "self_check"
    APPLY = "apply"
    ACCEPT = "accept"
    NOTICE = "notice"
    FILE = "file"
    RETURN = "return"
    REOPEN = "reopen"
    LOOK_BACK = "look_back"


class CaseState(StrEnum):
    """Where one problem stands, derived from its steps (domain §2.2)."""

    RECTIFYING = "rectifying"
    SELF_CHECKED = "self_checked"
    APPLIED = "applied"
    ACCEPTED = "accepted"
    IN_NOTICE = "in_notice"
    NOTICE_ENDED = "notice_ended"
    CLOSED = "closed"
    STAGE_CLOSED = "stage_closed"
    RETURNED = "returned"
    REOPENED = "reopened"
    TRANSFERRED = "transferred"


LEVEL_WORDS = {Level.CENTRAL: "中央", Level.PROVINCE: "省", Level.CITY: "市", Level.DISTRICT: "区县"}
KIND_WORDS = {
    InspectionKind.ROUTINE: "例行督察",
    InspectionKind.SPECIAL: "专项督察",
    InspectionKind.REVISIT: "督察“回头看”",
}
SOURCE_WORDS = {
    ProblemSource.CENTRAL_INSPECTION: "中央督察",
    ProblemSource.CENTRAL_REVISIT: "中央督察“回头看”",
    ProblemSource.PROVINCE_INSPECTION: "省督察",
    ProblemSource.PROVINCE_REVISIT: "省督察“回头看”",
    ProblemSource.NATIONAL_WARNING_FILM: "国家生态环境警示片",
    ProblemSource.PROVINCE_WARNING_FILM: "省生态环境警示片",
    ProblemSource.LETTER_CASE: "督察期间信访件",
    ProblemSource.FORMAL_LISTING: "挂牌督办",
    ProblemSource.SELF_FOUND: "自查发现",
}
TERM_WORDS = {
    TermClass.IMMEDIATE: "立行立改",
    TermClass.DATED: "限时整改",
    TermClass.STAGED: "分阶段整改",
    TermClass.LONG_TERM: "长期坚持",
}
ROLE_WORDS = {
    UnitRole.LEAD: "牵头单位",
    UnitRole.RESPONSIBLE: "责任单位",
    UnitRole.ASSISTING: "配合单位",
    UnitRole.SUPERVISING: "督导单位",
    UnitRole.ACCEPTING: "验收单位",
    UnitRole.CITY_ACCEPTANCE: "市直牵头督导验收单位",
    UnitRole.PROVINCIAL_SUPERVISOR: "省级牵头督导部门",
}
PROGRESS_WORDS = {
    ProgressClass.NOT_STARTED: "尚未启动",
    ProgressClass.BEHIND: "未达序时进度",
    ProgressClass.ON_SCHEDULE: "达到序时进度",
    ProgressClass.AHEAD: "超过序时进度",
    ProgressClass.MOSTLY_DONE: "基本完成",
    ProgressClass.COMPLETED: "完成整改",
    ProgressClass.OVERDUE: "逾期",
}
GATE_WORDS = {
    Gate.SELF_CHECK: "自查自验",
    Gate.APPLY: "申请销号",
    Gate.ACCEPT: "验收",
    Gate.NOTICE: "公示",
    Gate.FILE: "备案",
}
ACTION_WORDS = {
    StepAction.SELF_CHECK: "自查自验",
    StepAction.APPLY: "申请销号",
    StepAction.ACCEPT: "验收",
    StepAction.NOTICE: "公示",
    StepAction.FILE: "备案",
    StepAction.RETURN: "退回",
    StepAction.REOPEN: "重新整改",
    StepAction.LOOK_BACK: "回头看",
}
STATE_WORDS = {
    CaseState.RECTIFYING: "整改中",
    CaseState.SELF_CHECKED: "已自查自验",
    CaseState.APPLIED: "已申请销号",
    CaseState.ACCEPTED: "已验收",
    CaseState.IN_NOTICE: "公示中",
    CaseState.NOTICE_ENDED: "公示期满",
    CaseState.CLOSED: "已销号备案",
    CaseState.STAGE_CLOSED: "已阶段性销号",
    CaseState.RETURNED: "退回整改",
    CaseState.REOPENED: "重新整改",
    CaseState.TRANSFERRED: "已转入下一轮",
}


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspection (督察): who inspected, which round, what kind."""

    id: str
    name: str
    level: Level
    source: ProblemSource
    kind: InspectionKind = InspectionKind.ROUTINE
    round_no: int | None = None
    feedback_on: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One issued rectification plan (整改方案) with its 文号 and the totals its preface states.

    ``stated_by_year`` maps a year, or the key ``long_term``, to the number of problems promised for it.
    """

    id: str
    title: str
    doc_no: str = ""
    issued_on: date | None = None
    inspection_id: str = ""
    stated_total: int | None = None
    stated_by_year: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of the unit list. ``rank`` is the manual order (domain §9); groups are not organisations."""

    id: str
    name: str
    short_name: str = ""
    is_group: bool = False
    rank: int = 0
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A person: leader, clerk or contact. ``unit_id`` may be empty for district leaders."""

    id: str
    name: str
    post: str = ""
    unit_id: str = ""
    phone: str = ""
    is_leader: bool = False


@dataclass(frozen=True, slots=True)
class ProblemUnit:
    """A unit's role for one problem; ``position`` keeps the order of the plan."""

    unit_id: str
    name: str
    role: UnitRole
    position: int = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """One promised measure with its own date and quantity (“8个项目中完成6个”: quantity 6, quantity_of 8)."""

    id: str
    problem_id: str
    number: int
    text: str
    due: date | None = None
    quantity: int | None = None
    quantity_of: int | None = None
    quantity_unit: str = ""
    percent: int | None = None
    quantity_done: int | None = None
    latest: str = ""
    latest_month: str = ""

    @property
    def is_done(self) -> bool:
        """True when the latest entry reports 100 percent."""
        return self.percent == 100


@dataclass(frozen=True, slots=True)
class StageTarget:
    """A dated stage target (阶段目标) of a staged or long-term problem."""

    id: str
    problem_id: str
    due: date
    text: str
    count: int | None = None
    reached_on: date | None = None


@dataclass(frozen=True, slots=True)
class DeadlineChange:
    """A change of the deadline; the original is never overwritten (domain §2.5).

    ``on`` is the day of the approval: without one it was only asked for, and moves nothing.
    """

    id: str
    problem_id: str
    old: date | None
    new: date
    reason: str
    approver: str = ""
    doc_no: str = ""
    on: date | None = None
    unit_opinion: str = ""

    @property
    def is_approved(self) -> bool:
        """False while the approval is still waited for (申请中)."""
        return self.on is not None


@dataclass(frozen=True, slots=True)
class Progress:
    """One append-only progress entry; without a measure it speaks of the whole problem. Month is ``2026-11``.

    What came from a unit's form (填报表) names the unit, who filled it in and checked it, the class it claims in words
    and the day it expects to be done.
    """

    id: str
    problem_id: str
    measure_id: str
    month: str
    on: date
    text: str
    percent: int | None = None
    quantity_done: int | None = None
    person: str = ""
    difficulty: str = ""
    next_step: str = ""
    unit_id: str = ""
    reporter: str = ""
    checker: str = ""
    claimed: str = ""
    expected_on: date | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One file of proof. The bytes lie under their SHA-256; ``present`` is False in the state 缺附件.

    ``item`` is a key of the region's checklist, ``gate`` the gate whose paper it is (both may be empty). ``maker`` is
    the unit that made it, ``is_copy`` whether it is a copy (复印件); None where nobody said.
    """

    id: str
    problem_id: str
    name: str
    sha256: str
    size: int
    media_type: str
    item: str = ""
    gate: str = ""
    measure_id: str = ""
    taken_on: date | None = None
    place: str = ""
    note: str = ""
    pages: int | None = None
    added_on: date | None = None
    person: str = ""
    present: bool = True
    maker: str = ""
    is_copy: bool | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the closing axis, append-only.

    ``reason`` is the clerk's reason for overriding a warning or for a return; ``warnings`` are the sentences it
    overrode. ``end`` is the last day of a notice. ``saw`` names the steps known when it was taken. ``answers`` are the
    standards that were asked, each with what was answered and a remark; ``next_on`` the day to look again.
    """

    id: str
    problem_id: str
    action: StepAction
    on: date
    text: str = ""
    reason: str = ""
    warnings: tuple[str, ...] = ()
    end: date | None = None
    doc_no: str = ""
    url: str = ""
    result: str = ""
    person: str = ""
    saw: tuple[str, ...] = ()
    order: int = 0
    answers: tuple[tuple[str, str, str], ...] = ()
    way: str = ""
    people: str = ""
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """How far a problem is in one month: the class suggested and the one decided, with the reason (domain §6)."""

    id: str
    problem_id: str
    month: str
    on: date
    suggested: ProgressClass | None
    decided: ProgressClass
    light: str = ""
    reason: str = ""
    person: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """One numbered problem, quoted verbatim.

    ``deadline_raw`` is the plan's own words. ``deadline`` is the plan's date, ``approved_deadline`` the one of the
    latest approved change; lateness is reckoned by ``current_deadline``. ``same_as`` names the problem of another
    source that this one repeats and is counted with; ``next_review`` the day a long-term problem is looked at again.
    """

    id: str
    number: int
    text: str
    target: str = ""
    plan_id: str = ""
    inspection_id: str = ""
    deadline_raw: str = ""
    deadline: date | None = None
    approved_deadline: date | None = None
    internal_deadline: date | None = None
    term_class: TermClass | None = None
    is_immediate: bool = False
    is_long_term: bool = False
    leaders: tuple[str, ...] = ()
    element: str = ""
    problem_type: str = ""
    external_numbers: tuple[tuple[str, str], ...] = ()
    transferred_to: str = ""
    listed_for_chasing: bool = False
    dedicated_watch: bool = False
    same_as: str = ""
    next_review: date | None = None
    raw: str = ""

    @property
    def current_deadline(self) -> date | None:
        """The date lateness is reckoned by: approved change, else the plan's, else the internal one."""
        return self.approved_deadline or self.deadline or self.internal_deadline


@dataclass(frozen=True, slots=True)
class CaseFile:
    """一问一档: one problem with all that belongs to it, ready for rules and paper. Voided records are left out."""

    problem: Problem
    inspection: Inspection | None = None
    plan: Plan | None = None
    units: tuple[ProblemUnit, ...] = ()
    measures: tuple[Measure, ...] = ()
    stages: tuple[StageTarget, ...] = ()
    deadline_changes: tuple[DeadlineChange, ...] = ()
    progress: tuple[Progress, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    steps: tuple[Step, ...] = ()
    sites: tuple[Site, ...] = ()
    objections: tuple[Objection, ...] = ()
    publications: tuple[Publication, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    chases: tuple[Chase, ...] = ()
    visits: tuple[Visit, ...] = ()

    def unit_names(self, *roles: UnitRole) -> tuple[str, ...]:
        """Names of the units that hold one of the roles, in the plan's order."""
        return tuple(u.name for u in self.units if u.role in roles)


@dataclass(frozen=True, slots=True)
class Office:
    """The office that keeps this ledger: its id is random and never changes, its name is data."""

    id: str
    name: str
    district: str = ""
    region: str = "hengyang"


@dataclass(frozen=True, slots=True)
class LedgerFile:
    """The whole ledger as records, for paper, workbook and figures."""

    office: Office
    cases: tuple[CaseFile, ...] = ()
    units: tuple[Unit, ...] = ()
    people: tuple[Person, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    plans: tuple[Plan, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What an operation changed: the record kinds and row ids touched, and one sentence for the status line.

    ``overridden`` are the warnings that a written reason has answered; who gave it need not be told again.
    """

    sentence: str
    touched: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    extra: dict[str, str] = field(default_factory=dict)
    overridden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One line of the ledger's table: what the list shows without opening the case.

    ``passed`` holds the dates of the gates of the current attempt, ``opener`` the return or reopening that began it.
    """

    id: str
    number: int
    head: str
    source: str
    inspection: str
    term_class: TermClass | None
    deadline: date | None
    lead: str
    percent: int
    measures: int
    measures_done: int
    passed: tuple[tuple[Gate, date], ...]
    notice_end: date | None
    is_closed: bool
    is_returned: bool
    opener: StepAction | None = None
    is_transferred: bool = False
    responsible: str = ""
    last_month: str = ""
