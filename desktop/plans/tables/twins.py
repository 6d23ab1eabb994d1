"""Problems that stand in a file twice: on a second sheet, in a table of contents, as text and in a table."""

from desktop.plans.fields import ItemRead
from desktop.plans.folding import squeeze
from desktop.plans.numbers import to_chinese
from desktop.rules.drafts import Finding, MeasureDraft, ProblemDraft

_FIELDS = (
    "target",
    "measures",
    "deadline_text",
    "leaders",
    "lead_units",
    "responsible_units",
    "acceptance_units",
    "assisting_units",
    "supervising_units",
    "progress",
)
_ALIKE = 0.5


def without_twins(reads: list[ItemRead]) -> tuple[list[ItemRead], list[Finding]]:
    """Of two problems with the same number and much the same text the fuller one is kept; others stay."""
    kept: list[ItemRead] = []
    findings: list[Finding] = []
    places: dict[int, list[int]] = {}
    for read in reads:
        same = places.setdefault(read.problem.number, [])
        place = next((at for at in same if _is_twin(kept[at].problem, read.problem)), None)
        if place is None:
            same.append(len(kept))
            kept.append(read)
            continue
        known = kept[place]
        fuller, other = (read, known) if _filled(read.problem) > _filled(known.problem) else (known, read)
        kept[place] = fuller
        findings.append(_remark(fuller.problem, other.problem))
    return kept, findings


def without_tasks(
    reads: list[ItemRead], tables: list[int], kept: list[ItemRead]
) -> tuple[list[ItemRead], list[Finding]]:
    """Beside a list with targets and measures a table of tasks and days is no second list of problems.

    ``tables`` says for each of ``reads`` which table it comes from, ``kept`` what twins have left of them all.
    """
    if not any(read.problem.target and read.problem.measures for read in kept):
        return kept, []
    rows: dict[int, list[ItemRead]] = {}
    for read, table in zip(reads, tables, strict=True):
        rows.setdefault(table, []).append(read)
    tasks = [found for found in rows.values() if len(found) > 1 and not any(_is_full(read) for read in found)]
    dropped = {id(read) for found in tasks for read in found}
    left = {id(read) for read in kept}
    findings = [
        Finding(
            "table_of_tasks",
            f"有一个表格的{len(found)}行没有整改目标和整改措施，文件中另有完整的清单，没有作为问题读入，请核对。",
            span=found[0].problem.span,
        )
        for found in tasks
        if any(id(read) in left for read in found)
    ]
    return [read for read in kept if id(read) not in dropped], findings


def _is_full(read: ItemRead) -> bool:
    return bool(read.problem.target or read.problem.measures)


def _is_twin(first: ProblemDraft, second: ProblemDraft) -> bool:
    if not first.text or not second.text:
        return False
    one, two = _pairs(first.text), _pairs(second.text)
    return len(one & two) >= _ALIKE * max(1, min(len(one), len(two)))


def _pairs(text: str) -> set[str]:
    plain = squeeze(text)
    return {plain[place : place + 2] for place in range(len(plain) - 1)} or {plain}


def _filled(problem: ProblemDraft) -> int:
    return sum(bool(getattr(problem, field)) for field in _FIELDS)


def _remark(kept: ProblemDraft, other: ProblemDraft) -> Finding:
    """What the clerk hears: nothing lost, or where the two differ."""
    name = f"第{to_chinese(kept.number)}项在文件中出现两次"
    differs = [
        field
        for field in ("text", *_FIELDS)
        if getattr(other, field) and _plain(getattr(other, field)) != _plain(getattr(kept, field))
    ]
    if not differs:
        return Finding("twin", f"{name}，内容相同，只读一次。", kept.number, "note", other.span)
    return Finding("twin", f"{name}，内容不完全一致，按较全的一处读入，请核对。", kept.number, "warning", other.span)


def _plain(value: object) -> object:
    """Measures by their words, everything else as it is."""
    if not isinstance(value, tuple):
        return value
    return [part.text if isinstance(part, MeasureDraft) else part for part in value]
