"""Pictures of before and after the rectification: which is which, and which two show one place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from desktop.rules.records import Evidence

BEFORE, AFTER = "整改前", "整改后"


@dataclass(frozen=True, slots=True)
class Pair:
    """A place before and after its rectification; the other half is None while nobody took it."""

    before: Evidence | None
    after: Evidence | None


def is_picture(piece: Evidence) -> bool:
    """True for what can be shown as a picture."""
    return piece.media_type.startswith("image/")


def side_of(piece: Evidence) -> str:
    """整改前 or 整改后 where remark, paper or name say so, else empty."""
    words = f"{piece.note} {piece.item} {piece.name}"
    return BEFORE if BEFORE in words else AFTER if AFTER in words else ""


def before_after(pieces: Sequence[Evidence]) -> tuple[Pair, ...]:
    """Pictures of before each with the picture of after that speaks most alike, of the same measure where both say.

    A picture without its other half stands alone, so that the missing one is seen.
    """
    seen = [piece for piece in pieces if is_picture(piece)]
    befores = [piece for piece in seen if side_of(piece) == BEFORE]
    rest = [piece for piece in seen if side_of(piece) == AFTER]
    scores = sorted(
        ((-_likeness(one, other), at, of) for at, one in enumerate(befores) for of, other in enumerate(rest)),
    )
    partner: dict[int, int] = {}
    for score, at, of in scores:
        if score <= 0 and at not in partner and of not in partner.values():
            partner[at] = of
    pairs = [Pair(one, rest[partner[at]] if at in partner else None) for at, one in enumerate(befores)]
    alone = [Pair(None, other) for of, other in enumerate(rest) if of not in partner.values()]
    return (*pairs, *alone)


def _likeness(before: Evidence, after: Evidence) -> float:
    """0–1, how much two remarks speak of one place; negative for different measures."""
    if before.measure_id and after.measure_id and before.measure_id != after.measure_id:
        return -1.0
    one, other = _pairs_of_characters(before), _pairs_of_characters(after)
    same = 0.3 if before.measure_id and before.measure_id == after.measure_id else 0.0
    return same + 0.7 * len(one & other) / max(1, len(one | other))


@lru_cache(maxsize=2048)
def _pairs_of_characters(piece: Evidence) -> frozenset[str]:
    """What a remark, else the name, speaks of, without the words 整改前 and 整改后."""
    words = (piece.note or _stem(piece.name)).replace(BEFORE, "").replace(AFTER, "").strip("：:_- ")
    return frozenset(words[at : at + 2] for at in range(len(words)))


def _stem(name: str) -> str:
    """A file's name without its ending."""
    return re.sub(r"(?<=.)\.[^.]*$", "", name)
