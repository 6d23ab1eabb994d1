"""Records of the months between plan and closure, and of what follows it (domain §6, §8): rounds, chasing, sites.

They stand beside a case in ``records.CaseFile``; rounds and reports belong to the whole ledger.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Rung(StrEnum):
    """The steps of the ladder of chasing, mildest first (domain §6). Which of them an office uses is region data."""

    CALL = "call"
    REMIND = "remind"
    CHASE = "chase"
    INSPECT = "inspect"
    CIRCULATE = "circulate"
    TALK = "talk"
    LIST = "list"


RUNG_WORDS = {
    Rung.CALL: "催报",
    Rung.REMIND: "提醒函",
    Rung.CHASE: "督办",
    Rung.INSPECT: "专项督查",
    Rung.CIRCULATE: "通报",
    Rung.TALK: "约谈",
    Rung.LIST: "挂牌督办",
}


@dataclass(frozen=True, slots=True)
class Site:
    """点位: one place under a problem with its own closing. ``batch`` names the batch it was closed with."""

    id: str
    problem_id: str
    number: int
    name: str
    place: str = ""
    measure_id: str = ""
    unit_id: str = ""
    due: date | None = None
    done_on: date | None = None
    checked_on: date | None = None
    closed_on: date | None = None
    batch: str = ""
    note: str = ""

    @property
    def is_closed(self) -> bool:
        """True once the site has been struck off."""
        return self.closed_on is not None


@dataclass(frozen=True, slots=True)
class Objection:
    """异议 raised during a public notice; open until it is answered. ``notice_id`` is the step of the notice."""

    id: str
    problem_id: str
    received_on: date
    text: str
    raiser: str = ""
    way: str = ""
    notice_id: str = ""
    handler: str = ""
    handling: str = ""
    result: str = ""
    answered_on: date | None = None

    @property
    def is_open(self) -> bool:
        """True until an answer is on record."""
        return self.answered_on is None


@dataclass(frozen=True, slots=True)
class Publication:
    """公开: something of the problem put before the public, without a term for objections (domain §7)."""

    id: str
    problem_id: str
    on: date
    platform: str
    title: str
    subject: str = ""
    url: str = ""
    evidence_id: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reason somebody gave for what a check found odd in a month; ``rule`` is the key of the check."""

    id: str
    problem_id: str
    measure_id: str
    month: str
    rule: str
    reason: str
    on: date
    person: str = ""


@dataclass(frozen=True, slots=True)
class Chase:
    """One step of the ladder for one problem. Rows of one paper share ``sheet``.

    Open until ``closed_on``; ``due`` is the day by which the unit has to answer.
    """

    id: str
    problem_id: str
    sheet: str
    rung: Rung
    on: date
    unit_id: str = ""
    month: str = ""
    due: date | None = None
    doc_no: str = ""
    text: str = ""
    paper_id: str = ""
    replied_on: date | None = None
    reply: str = ""
    closed_on: date | None = None
    close_no: str = ""
    close_note: str = ""
    person: str = ""
    order: int = 0

    @property
    def is_open(self) -> bool:
        """True until it is settled or lifted."""
        return self.closed_on is None

    def is_late(self, today: date) -> bool:
        """True when the answer is due and has not come."""
        return self.is_open and self.replied_on is None and self.due is not None and self.due < today


@dataclass(frozen=True, slots=True)
class Visit:
    """明察暗访: one visit to one problem. Rows of one visit share ``sheet``; ``result`` is what was concluded."""

    id: str
    problem_id: str
    sheet: str
    on: date
    way: str = ""
    unit_id: str = ""
    place: str = ""
    people: str = ""
    found: str = ""
    result: str = ""
    demand: str = ""
    due: date | None = None
    handled_on: date | None = None
    handled: str = ""
    person: str = ""

    @property
    def is_open(self) -> bool:
        """True while a demand of the visit is not settled."""
        return bool(self.demand) and self.handled_on is None


@dataclass(frozen=True, slots=True)
class Round:
    """One dispatch round (调度轮次): opened, collected, checked, frozen. Month is ``2026-11``, ``number`` counts in it.

    ``frozen_lsn`` is the journal position at the freeze in the ledger of the office that owns the round.
    """

    id: str
    month: str
    number: int = 1
    title: str = ""
    opened_on: date | None = None
    due_on: date | None = None
    note: str = ""
    frozen_on: date | None = None
    frozen_lsn: int | None = None
    office_id: str = ""
    person: str = ""

    @property
    def is_frozen(self) -> bool:
        """True once the round is closed; its figures and texts never change again."""
        return self.frozen_on is not None


@dataclass(frozen=True, slots=True)
class UnitReport:
    """That a unit reported in a round, be it that nothing changed (零报告); ``way`` says how it came."""

    id: str
    month: str
    number: int
    unit_id: str
    on: date
    is_zero: bool = False
    way: str = ""
    reporter: str = ""
    checker: str = ""
    note: str = ""
    person: str = ""
