"""The months of the sample's story: rounds opened, reported in, checked, judged and frozen, as a clerk does it."""

from collections.abc import Callable
from dataclasses import replace

from desktop.operations.month.papers import with_papers
from desktop.operations.month.work import MonthState, adopt_suggestions, explain, judge, read_month_state
from desktop.operations.rounds import find_round, freeze_round, open_round, register_report, report_zero, suggest_round
from desktop.operations.sample.play import Play
from desktop.operations.sample.story import Event
from desktop.rules.errors import Refused
from desktop.rules.followup import Round
from desktop.rules.records import ProgressClass
from desktop.store.read_shared import read_units


def _open(play: Play, event: Event) -> None:
    """A round begins, with the day that the region suggests."""
    entry = replace(suggest_round(play.ledger, event.text("month")), note=event.text("note"))
    open_round(play.ledger, entry, event.on, play.person(event))


def _report(play: Play, event: Event) -> None:
    """Units report by paper or telephone, or say that nothing has changed."""
    say = report_zero if event.more.get("zero") else register_report
    units = {unit.name: unit.id for unit in read_units(play.ledger)}
    for name in event.more["units"]:
        round_ = _round(play, event)
        say(play.ledger, round_, units[name], name, event.on, play.person(event), event.text("note"))


def _explain(play: Play, event: Event) -> None:
    """The reason for what is odd in one problem's month."""
    checks = [check for check in _state(play, event).open_checks if check.number == event.number]
    explain(play.ledger, checks, event.text("reason"), event.on, play.person(event))


def _judge(play: Play, event: Event) -> None:
    """A clerk decides another class for a problem's month than is suggested."""
    line = next(line for line in _state(play, event).judged if line.number == event.number)
    decided, month = ProgressClass(event.text("decided")), event.text("month")
    judge(play.ledger, line.problem_id, month, decided, event.text("reason"), event.on, play.person(event))


def _adopt(play: Play, event: Event) -> None:
    """All other problems are judged as suggested."""
    month = event.text("month")
    adopt_suggestions(play.ledger, _state(play, event).judged, month, event.on, play.person(event))


def _freeze(play: Play, event: Event) -> None:
    """The round is frozen, and its papers are kept."""
    state, person, month = _state(play, event), play.person(event), event.text("month")
    frozen = freeze_round(play.ledger, _round(play, event), state.checks, state.board, event.on, person)
    with_papers(play.ledger, frozen, month, event.on, person)


def _state(play: Play, event: Event) -> MonthState:
    return read_month_state(play.ledger, event.text("month"), event.on)


def _round(play: Play, event: Event) -> Round:
    found = find_round(play.ledger, event.text("month"))
    if found is None:
        raise Refused(f"示例数据中{event.text('month')}还没有开始调度，请改正。", "sample_round")
    return found


MONTH_ACTS: dict[str, Callable[[Play, Event], None]] = {
    "open-round": _open,
    "report": _report,
    "explain": _explain,
    "judge": _judge,
    "adopt": _adopt,
    "freeze": _freeze,
}
