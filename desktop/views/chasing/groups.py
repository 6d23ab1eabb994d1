"""The groups of the 督办 page: by state and by rung, the suggestions, the problems that are chased one by one."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.operations.chase_board import Flagged
from desktop.rules.chase_lines import SheetLine, SheetState
from desktop.rules.ladder import Suggestion
from desktop.rules.pinyin import sounds_like

OPEN, SUGGESTED, FLAGGED = "open", "suggested", "flagged"
_STATES = {
    SheetState.LATE: ("逾期未复未改", "late"),
    SheetState.WAITING: ("待回复待整改", "warn"),
    SheetState.REPLIED: ("已回复待办结", ""),
}
_VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Group:
    """One group with its count; ``tone`` as pages name it."""

    key: str
    words: str
    count: int
    tone: str = ""


def groups_of(
    still: Sequence[SheetLine], suggestions: Sequence[Suggestion], flagged: Sequence[Flagged], settled: int
) -> tuple[Group, ...]:
    """The groups that are not empty; ``still`` open, and how many are ``settled``, are always told."""
    found = [Group(OPEN, "全部未办结", len(still), "late" if any(x.state == SheetState.LATE for x in still) else "")]
    for state, (words, tone) in _STATES.items():
        found.append(Group(state.value, words, sum(line.state == state for line in still), tone))
    rungs = dict.fromkeys((line.group, "明察暗访" if line.group == _VISIT else line.what) for line in still)
    found += [Group(key, words, sum(line.group == key for line in still)) for key, words in rungs]
    found.append(Group(SUGGESTED, "建议", len(suggestions), "warn"))
    found.append(Group(FLAGGED, "挂账、盯办", len(flagged)))
    last = Group(SheetState.SETTLED.value, "已办结", settled, "muted")
    return (found[0], *(group for group in found[1:] if group.count), last)


def lines_in(still: Sequence[SheetLine], key: str) -> Sequence[SheetLine]:
    """The open papers and visits of a group."""
    if key in ("", OPEN):
        return still
    return [line for line in still if key in (line.state, line.group)]


def matches(row: SheetLine | Suggestion | Flagged, words: Sequence[str]) -> bool:
    """True when every word stands in the row; a number must be that of a problem, letters may be a unit's initials."""
    if not words:
        return True
    if isinstance(row, SheetLine):
        numbers, units = row.numbers.split("、"), [row.unit]
        text = f"{row.unit} {row.doc_no} {row.what} {row.text} {row.answer}"
    elif isinstance(row, Suggestion):
        numbers, units = [str(row.number)], [name for _, name in row.units]
        text = f"{row.step.words} {row.head} {' '.join(units)}"
    else:
        numbers, units = [str(row.line.number)], [*row.line.lead.split("、"), *row.line.responsible.split("、")]
        text = f"{row.line.head} {' '.join(units)}"
    return all(
        word in numbers
        or (word in text and not word.isdecimal())
        or (word.isascii() and word.isalpha() and any(sounds_like(word, unit) for unit in units if unit))
        for word in words
    )
