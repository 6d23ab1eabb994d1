"""Finding words as people type them: text in one writing, cut into pairs of neighbouring characters.

Chinese has no blanks between words, so any stretch may be asked for. Pairs find every stretch of two or more
characters exactly, and a single character by the pairs that begin with it (design §3.8).
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import add

LONGEST = 200_000
NOTHING = 'pairs : "␣␣"'  # blanks are one sign in the index, so this pair never occurs
_GAP = "␣"
_BLANKS = re.compile(rf"[\s\x00-\x1f\x7f{_GAP}]+")
_PLAIN = re.compile("[0-9a-z\u3001-\u3002\u4e00-\u9fff]*")  # folds to itself


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found: a row of a kind, the problem it belongs to (empty for none), and its text.

    ``marks`` are the stretches of ``text`` that match.
    """

    kind: str
    row: str
    problem: str
    text: str
    marks: tuple[tuple[int, int], ...] = ()


def fold_text(text: str) -> str:
    """The text in one writing: half width, small letters, blanks as one sign."""
    return _BLANKS.sub(_GAP, unicodedata.normalize("NFKC", text[:LONGEST]).lower())


def pairs_of(text: str) -> str:
    """What the index keeps of a text: its pairs parted by blanks, the last character alone at the end."""
    folded = fold_text(text)
    return " ".join([*map(add, folded, folded[1:]), folded[-1:]])


def query_of(words: str, kind: str = "") -> str:
    """What is asked of the index for words parted by blanks, all of which must occur; empty for no words.

    Without a kind of record all kinds are asked.
    """
    asked = []
    for word in words.split():
        folded = fold_text(word).strip(_GAP)
        if len(folded) == 1:
            asked.append(f"pairs : {_quoted(folded)}*")
        elif folded:
            asked.append(f"pairs : {_quoted(' '.join(folded[at : at + 2] for at in range(len(folded) - 1)))}")
    return " AND ".join((f"kind : {_quoted(kind)}", *asked) if asked and kind else asked)


def has_words(text: str, words: str) -> bool:
    """Whether every word occurs in the text, in whatever width and case."""
    folded = fold_text(text)
    return all(fold_text(word).strip(_GAP) in folded for word in words.split())


def find_marks(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """The stretches of the text as it stands that match one of the words, in order and without overlaps."""
    wanted = [folded for word in words.split() if (folded := fold_text(word).strip(_GAP))]
    folded, origins = _followed(text)
    found = sorted(mark for word in wanted for mark in _places(folded, origins, word))
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _places(folded: str, origins: Sequence[int], word: str) -> Iterator[tuple[int, int]]:
    """Where a folded word stands in a text, by what ``_followed`` tells of it."""
    at = folded.find(word)
    while at >= 0:
        yield origins[at], origins[at + len(word) - 1] + 1
        at = folded.find(word, at + 1)


def _followed(text: str) -> tuple[str, list[int]]:
    """A text folded, and for each character of that its place in the text; one character may fold to several."""
    text, folded, origins, at = text[:LONGEST], "", list[int](), 0
    while at < len(text):
        plain = _PLAIN.match(text, at)
        end = plain.end() if plain else at
        folded += text[at:end]
        origins += range(at, end)
        if end < len(text):
            more = fold_text(text[end])
            more = more.removeprefix(_GAP) if folded.endswith(_GAP) else more
            folded += more
            origins += [end] * len(more)
        at = end + 1
    return folded, origins


def shorten(text: str, marks: tuple[tuple[int, int], ...], room: int = 60) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A piece of a long text around its first mark, in one line, with the marks moved along."""
    first = marks[0][0] if marks else 0
    start = max(0, min(first - room // 3, len(text) - room))
    end = min(len(text), start + room)
    head, tail = "…" if start else "", "…" if end < len(text) else ""
    moved = tuple(
        (max(a, start) - start + len(head), min(b, end) - start + len(head)) for a, b in marks if a < end and b > start
    )
    return head + text[start:end].replace("\n", " ").replace("\t", " ") + tail, moved


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
