"""Which known text a text most likely repeats: shared pairs of characters, found through an index of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from desktop.rules.texts import clean

_QUERIED = 60  # the rarest pairs of a text tell enough, and keep a long text from asking thousands of times


class LikenessIndex:
    """Known texts by id, ready to be asked for the one most like another."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self._ids: list[str] = []
        self._sizes: list[int] = []
        self._places: dict[str, list[int]] = defaultdict(list)
        self._exact: dict[str, str] = {}
        for at, (known, text) in enumerate(texts):
            pairs = pairs_of(text)
            self._ids.append(known)
            self._sizes.append(len(pairs))
            self._exact.setdefault(squeezed(text), known)
            for pair in pairs:
                self._places[pair].append(at)

    def best(self, text: str) -> tuple[str, float]:
        """The id of the text most like this one, with 0–1 how much; ("", 0.0) where none shares anything."""
        same = self._exact.get(squeezed(text))
        if same is not None and squeezed(text):
            return same, 1.0
        pairs = pairs_of(text)
        asked = sorted(pairs, key=lambda pair: len(self._places.get(pair, ())))[:_QUERIED]
        found = Counter(at for pair in asked for at in self._places.get(pair, ()))
        if not found:
            return "", 0.0
        share = len(pairs) / max(1, len(asked))
        at, shared = max(found.items(), key=lambda item: 2 * item[1] * share / (len(pairs) + self._sizes[item[0]]))
        return self._ids[at], min(1.0, 2 * shared * share / (len(pairs) + self._sizes[at]))


def likeness(one: str, other: str) -> float:
    """0–1, how much two texts are alike: shared pairs of characters; 1.0 only where they agree but for blanks."""
    if squeezed(one) == squeezed(other):
        return 1.0
    first, second = pairs_of(one), pairs_of(other)
    return min(0.99, 2 * len(first & second) / max(1, len(first) + len(second)))


def squeezed(text: str) -> str:
    """A text without blanks and without its final stop, by which two writings are told to be one."""
    return "".join(clean(text).split()).rstrip("。；")


def pairs_of(text: str) -> frozenset[str]:
    """All pairs of neighbouring characters, blanks aside."""
    bare = squeezed(text)
    return frozenset(bare[at : at + 2] for at in range(max(1, len(bare) - 1))) if bare else frozenset()
