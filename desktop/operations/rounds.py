"""调度轮次: opened, collected, checked, frozen. A frozen month is never changed again; there is no way back."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from desktop.operations.profile import calendar_of, region_of
from desktop.rules.errors import NeedsReason, Refused
from desktop.rules.followup import Round, UnitReport
from desktop.rules.month_checks import RULE_WORDS, MonthCheck
from desktop.rules.months import case_in_month, known_on
from desktop.rules.records import CaseFile, Changes
from desktop.rules.rounds import (
    BY_HAND,
    ZERO,
    RoundEntry,
    UnitLine,
    check_round,
    cut_off,
    round_id,
    round_words,
    suggested_due,
)
from desktop.rules.texts import clean
from desktop.rules.wording import date_in_text, month_in_text
from desktop.store.freezes import Freeze, own_rounds, read_freezes
from desktop.store.frozen import frozen_ledger, is_ready
from desktop.store.journal import last_place
from desktop.store.ledger import Ledger
from desktop.store.read_followup import read_unit_reports
from desktop.store.writer import Writer, writing

Tell = Callable[[str, float], None]


class FreezeNeedsReason(NeedsReason):
    """The month is not in order; with a written reason it is frozen all the same."""

    kept = "理由记入本轮调度和各项核对说明"


@dataclass(frozen=True, slots=True)
class FrozenMonth:
    """A month as it was frozen: the round, until when its figures count, the ledger as it stood."""

    round: Round
    as_of: date
    ledger: Ledger

    def case(self, case: CaseFile) -> CaseFile:
        """A case as the month counts it."""
        return known_on(case_in_month(case, self.round.month), self.as_of)


def list_rounds(ledger: Ledger) -> tuple[Round, ...]:
    """The rounds this office works by, in the order of months and numbers."""
    return own_rounds(ledger)


def find_round(ledger: Ledger, month: str, number: int = 0) -> Round | None:
    """The round of a month; without a number the last one that was opened."""
    found = [entry for entry in own_rounds(ledger) if entry.month == month and number in (0, entry.number)]
    return found[-1] if found else None


def frozen_round(ledger: Ledger, month: str) -> Round | None:
    """The round of a month when the month is frozen, which it is until another round of it is opened."""
    found = find_round(ledger, month)
    return found if found and found.is_frozen else None


def _freeze_of(ledger: Ledger, month: str, number: int = 0) -> Freeze | None:
    found = find_round(ledger, month, number)
    if found is None or not found.is_frozen:
        return None
    return next(freeze for freeze in read_freezes(ledger) if freeze.round.id == found.id)


def month_is_ready(ledger: Ledger, month: str, number: int = 0) -> bool:
    """True when the month is not frozen, or what was frozen can be opened at once."""
    freeze = _freeze_of(ledger, month, number)
    return freeze is None or is_ready(ledger, freeze)


def open_frozen(ledger: Ledger, month: str, number: int = 0, tell: Tell | None = None) -> FrozenMonth | None:
    """The month as it was frozen, None when it is not; whoever opens it closes its ledger."""
    freeze = _freeze_of(ledger, month, number)
    if freeze is None or freeze.round.frozen_on is None:
        return None
    view = frozen_ledger(ledger, freeze, tell)
    return FrozenMonth(freeze.round, cut_off(month, freeze.round.frozen_on), view)


@contextmanager
def as_frozen(ledger: Ledger, month: str, number: int = 0, tell: Tell | None = None) -> Iterator[FrozenMonth | None]:
    """The same for the length of a block; None for a month that is not frozen, or an empty one."""
    found = open_frozen(ledger, month, number, tell) if month else None
    try:
        yield found
    finally:
        if found is not None:
            found.ledger.close()


# Opening


def suggest_round(ledger: Ledger, month: str) -> RoundEntry:
    """The next round of a month with the day that the region's rule suggests."""
    rule = region_of(ledger).dispatch
    numbers = [found.number for found in own_rounds(ledger) if found.month == month]
    return RoundEntry(month, max(numbers, default=0) + 1, suggested_due(month, rule, calendar_of(ledger)))


def rounds_per_month(ledger: Ledger) -> int:
    """How many rounds of a month the region's rule speaks of."""
    return region_of(ledger).dispatch.rounds_per_month


def open_round(ledger: Ledger, entry: RoundEntry, today: date, person: str = "") -> Changes:
    """Begin a round; the row's id comes from month and number, so that it cannot be begun twice."""
    check_round(entry, own_rounds(ledger), today)
    fields = {
        "month": entry.month,
        "number": entry.number,
        "title": clean(entry.title),
        "opened_on": today.isoformat(),
        "due_on": entry.due_on.isoformat() if entry.due_on else None,
        "note": clean(entry.note),
    }
    row = round_id(ledger.office_id, entry.month, entry.number)
    with writing(ledger, clean(person), today) as writer:
        writer.put("round", fields, row=row)
    due = f"，报送时限{date_in_text(entry.due_on)}" if entry.due_on else ""
    return Changes(f"已开始{round_words(entry.month, entry.number)}{due}。", (("round", row),))


# Reports of units


def report_zero(
    ledger: Ledger, found: Round, unit: str, name: str, today: date, person: str = "", note: str = ""
) -> Changes:
    """零报告: a unit says that nothing has changed this month."""
    require_collecting(found)
    _require_first(ledger, found, unit, name)
    return _register(ledger, found, unit, f"已登记“{name}”零报告。", today, person, note=note, is_zero=True)


def register_report(
    ledger: Ledger, found: Round, unit: str, name: str, today: date, person: str = "", note: str = ""
) -> Changes:
    """Note that a unit has reported by paper or telephone."""
    require_collecting(found)
    _require_first(ledger, found, unit, name)
    return _register(ledger, found, unit, f"已登记“{name}”报送。", today, person, note=note)


def _register(
    ledger: Ledger,
    found: Round,
    unit: str,
    sentence: str,
    today: date,
    person: str,
    *,
    note: str = "",
    is_zero: bool = False,
) -> Changes:
    with writing(ledger, clean(person), today) as writer:
        row = write_report(
            writer, found, unit, today, way=ZERO if is_zero else BY_HAND, is_zero=is_zero, note=clean(note)
        )
    return Changes(sentence, (("unit_report", row),))


def write_report(
    writer: Writer,
    found: Round,
    unit: str,
    today: date,
    *,
    way: str,
    is_zero: bool = False,
    reporter: str = "",
    checker: str = "",
    note: str = "",
) -> str:
    """Write that a unit reported in a round, inside of an action; returns the row."""
    fields = {
        "month": found.month,
        "number": found.number,
        "unit": unit,
        "on": today.isoformat(),
        "is_zero": is_zero or None,
        "way": way,
        "reporter": reporter,
        "checker": checker,
        "note": note,
    }
    return writer.new("unit_report", fields)


def withdraw_report(ledger: Ledger, report: UnitReport, reason: str, today: date, person: str = "") -> Changes:
    """Take back what was registered by mistake; that it was stays in the history."""
    found = find_round(ledger, report.month, report.number)
    if found is not None:
        require_collecting(found)
    with writing(ledger, clean(person), today) as writer:
        writer.set("unit_report", report.id, {"void": clean(reason) or "登记有误"})
    return Changes("已撤销这条报送登记。", (("unit_report", report.id),))


def _require_first(ledger: Ledger, found: Round, unit: str, name: str) -> None:
    held = [r for r in read_unit_reports(ledger, found.month) if r.unit_id == unit and r.number == found.number]
    if held:
        what = ZERO if held[-1].is_zero else "报送"
        raise Refused(f"“{name}”已于{date_in_text(held[-1].on)}登记{what}，没有重复登记。", "report_twice")


def require_collecting(found: Round) -> None:
    """Refuse to change a round that is frozen."""
    if found.is_frozen:
        raise Refused(f"{round_words(found.month, found.number)}已经冻结，不再改动。", "round_frozen")


# Freezing


def freeze_round(
    ledger: Ledger,
    found: Round,
    checks: Sequence[MonthCheck],
    board: Sequence[UnitLine],
    today: date,
    person: str = "",
    reason: str = "",
) -> Changes:
    """Freeze a round for ever: its texts and figures are from now on those of this place in the journal.

    ``checks`` and ``board`` are the state of the month. What is not in order (an open check, a unit that has not
    reported) needs a reason, which becomes the explanation of every open check and stands in the round's note.
    """
    require_collecting(found)
    if found.office_id != ledger.office_id:
        raise Refused("这一轮是上级开展的，由上级冻结；没有改动。", "round_foreign")
    open_checks = [check for check in checks if check.is_open]
    warnings = freeze_warnings(open_checks, board)
    if warnings and not clean(reason):
        raise FreezeNeedsReason(warnings)
    note = "\n".join(part for part in (found.note, f"冻结说明：{clean(reason)}" if warnings else "") if part)
    with writing(ledger, clean(person), today) as writer:
        for check in open_checks:
            write_explanation(writer, check, f"冻结时说明：{clean(reason)}", today)
        writer.set("round", found.id, {"note": note})
        writer.flush()
        place = last_place(writer.connection)
        writer.set("round", found.id, {"frozen_on": today.isoformat(), "frozen_lsn": place})
    words = round_words(found.month, found.number)
    sentence = f"{words}已冻结：文字和数字不再改变，以后补报的另行标明。"
    return Changes(sentence, (("round", found.id),), overridden=warnings)


def freeze_warnings(open_checks: Sequence[MonthCheck], board: Sequence[UnitLine]) -> tuple[str, ...]:
    """What is not in order in a month, a sentence each."""
    found = []
    if open_checks:
        names = dict.fromkeys(RULE_WORDS.get(check.rule, check.rule) for check in open_checks)
        found.append(f"还有{len(open_checks)}项核对没有说明（{'、'.join(names)}）")
    missing = [line.unit.name for line in board if not line.is_settled]
    if missing:
        more = f"等{len(missing)}个单位" if len(missing) > 5 else ""
        found.append(f"{'、'.join(missing[:5])}{more}没有报齐")
    return tuple(found)


def write_explanation(writer: Writer, check: MonthCheck, reason: str, today: date) -> str:
    """Write the reason for a check, inside of an action; returns the row."""
    fields = {
        "problem": check.problem_id,
        "measure": check.measure_id or None,
        "month": check.month,
        "rule": check.rule,
        "on": today.isoformat(),
        "reason": reason,
        "corrects": check.given.id if check.given else None,
    }
    return writer.new("explanation", fields, scope=check.problem_id)


def late_warning(ledger: Ledger, month: str) -> tuple[str, ...]:
    """What whoever reports for a frozen month must know; empty for any other month."""
    found = frozen_round(ledger, month)
    if found is None or found.frozen_on is None:
        return ()
    words = f"{month_in_text(month)}已于{date_in_text(found.frozen_on)}冻结"
    return (f"{words}，这次填报记为冻结后补报，不改变该月的表和数字，在下月的表中另行列出。",)
