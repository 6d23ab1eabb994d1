"""One search over everything: problems, measures, reports, evidence and the words in its files, units, papers."""

from dataclasses import dataclass

from desktop.operations.ledgers import Progress
from desktop.rules.pinyin import may_be_initials, sounds_like
from desktop.rules.search_words import Found, shorten
from desktop.store.evidence import file_of
from desktop.store.ledger import Ledger
from desktop.store.lines import numbers_of, problems_numbered, read_lines_of
from desktop.store.read_shared import read_units
from desktop.store.search import files_without_text, put_file_text, search

PDF = "application/pdf"
MOST = 30
_ROOM = 60
KIND_WORDS = {
    "problem": "问题",
    "measure": "措施",
    "stage": "阶段目标",
    "progress": "进展",
    "step": "办理记录",
    "deadline_change": "延期",
    "evidence": "佐证材料",
    "paper": "文书",
    "site": "点位",
    "objection": "异议",
    "publication": "公开",
    "chase": "督办",
    "visit": "明察暗访",
    "unit": "单位",
    "person": "人员",
    "plan": "整改方案",
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what it is in words, the problem it belongs to with its number, and a piece of its text.

    ``marks`` are the stretches of ``text`` that match; ``number`` is None for what belongs to no problem.
    """

    kind: str
    words: str
    row: str
    problem: str
    number: int | None
    text: str
    marks: tuple[tuple[int, int], ...] = ()


def find_everything(ledger: Ledger, words: str, most: int = MOST) -> tuple[Hit, ...]:
    """What holds all the words, kind by kind, problems by number first; a bare number finds the problems of it."""
    found = search(ledger, words, most, tuple(KIND_WORDS))
    found += _units_by_initials(ledger, words, {hit.row for hit in found})
    numbers = _numbers(ledger, found)
    hits = [_hit(one, numbers) for one in found]
    return (*_by_number(ledger, words, {hit.row for hit in hits}), *hits)


def read_file_words(ledger: Ledger, progress: Progress | None = None) -> int:
    """Read the words of PDF evidence that was not read yet, so that it can be found by them; how many files."""
    waiting = files_without_text(ledger, PDF)
    if not waiting:
        return 0
    # Finding opens without the library that reads files.
    from desktop.plans.pdf_words import words_of_pdf

    for at, digest in enumerate(waiting):
        if progress:
            progress(f"正在为检索读取佐证材料 {at + 1}/{len(waiting)}", at / len(waiting))
        path = file_of(ledger.folder, digest)
        if path.is_file():
            put_file_text(ledger, digest, words_of_pdf(path))
    return len(waiting)


def _numbers(ledger: Ledger, found: tuple[Found, ...]) -> dict[str, int]:
    return numbers_of(ledger, tuple(dict.fromkeys(one.problem for one in found if one.problem)))


def _hit(found: Found, numbers: dict[str, int]) -> Hit:
    text, marks = shorten(found.text, found.marks, _ROOM)
    number = numbers.get(found.problem)
    return Hit(found.kind, KIND_WORDS[found.kind], found.row, found.problem, number, text, marks)


def _by_number(ledger: Ledger, words: str, known: set[str]) -> tuple[Hit, ...]:
    wanted = words.strip()
    if not wanted.isdecimal() or len(wanted) > 6:
        return ()
    lines = read_lines_of(ledger, problems_numbered(ledger, int(wanted)))
    return tuple(
        Hit("problem", KIND_WORDS["problem"], line.id, line.id, line.number, line.head) for line in lines
        if line.id not in known
    )  # fmt: skip


def _units_by_initials(ledger: Ledger, words: str, known: set[str]) -> tuple[Found, ...]:
    """Units by the first letters of their pinyin: sthj finds 区生态环境分局."""
    if not may_be_initials(words):
        return ()
    return tuple(
        Found("unit", unit.id, "", unit.name)
        for unit in read_units(ledger)
        if unit.id not in known and any(sounds_like(words, name) for name in (unit.name, unit.short_name) if name)
    )
