"""Put the items of a row at their places: squeezed, spread to the measure, or aligned. Pure functions."""

from collections.abc import Sequence

from desktop.documents import marks
from desktop.documents.breaker import Item, Row

JUSTIFY, LEFT, CENTRE, RIGHT = "justify", "left", "centre", "right"


def place(items: Sequence[Item], row: Row, align: str = JUSTIFY) -> list[tuple[int, float]]:
    """(index, x in pt from the row's left edge) of every visible item of the row.

    A full row ends exactly at ``row.width``. Squeezing: the mark at the row's end first, then neighbouring marks,
    then all marks evenly, each by at most its room. Spreading: evenly between characters, not inside words,
    figures and dashes unless there is nothing else.
    """
    start, end = row.start, row.end
    while end > start + 1 and marks.is_space(items[end - 1].text):
        end -= 1
    while row.start != 0 and start < end - 1 and marks.is_space(items[start].text):
        start += 1
    shown = items[start:end]
    natural = sum(item.width for item in shown)
    spare = row.width - natural
    cuts, gaps, shift = [0.0] * len(shown), [0.0] * len(shown), 0.0
    if spare < 0:
        cuts = _cuts(shown, -spare)
    elif align == JUSTIFY and not row.last:
        gaps = _gaps(shown, spare)
    elif align == CENTRE and shown:
        # The eye centres the ink: a mark at either end is blank on its outer half.
        shift = spare / 2 + shown[-1].right / 2 - shown[0].left / 4
    elif align == RIGHT:
        shift = spare
    return _positions(shown, start, cuts, gaps, shift)


def _positions(
    shown: Sequence[Item], start: int, cuts: list[float], gaps: list[float], x: float
) -> list[tuple[int, float]]:
    placed = []
    for offset, item in enumerate(shown):
        room = item.left + item.right
        cut_left = cuts[offset] * item.left / room if room else 0.0
        placed.append((start + offset, x - cut_left))
        x += item.width - cuts[offset] + gaps[offset]
    return placed


def _cuts(shown: Sequence[Item], excess: float) -> list[float]:
    """How much each item gives up, in pt, ``excess`` in all or as much as there is room for."""
    cuts = [0.0] * len(shown)
    last = len(shown) - 1
    cuts[last] = min(shown[last].right, excess)
    excess -= cuts[last]
    rooms_left = [_room(item) for item in shown]
    rooms_left[0] -= shown[0].left
    touching = [k for k in range(last) if shown[k].right and rooms_left[k + 1]]
    for chosen in (touching, range(last + 1)):
        rooms = {k: rooms_left[k] - cuts[k] for k in chosen}
        whole = sum(rooms.values())
        if excess > 0 and whole > 0:
            share = min(1.0, excess / whole)
            for k, room in rooms.items():
                cuts[k] += room * share
            excess -= whole * share
    return cuts


def _room(item: Item) -> float:
    return item.left + item.right


def _gaps(shown: Sequence[Item], spare: float) -> list[float]:
    """The room after each item; none after the last."""
    gaps = [0.0] * len(shown)
    chosen = [k for k in range(len(shown) - 1) if marks.may_spread(shown[k].text, shown[k + 1].text)]
    if not chosen:
        chosen = [k for k in range(len(shown) - 1) if not marks.is_attached(shown[k + 1].text)]
    for k in chosen:
        gaps[k] = spare / len(chosen)
    return gaps
