"""文号: the next one of a series, taking one, entering one by hand, giving one back."""

from collections.abc import Sequence
from datetime import date

from desktop.rules.archive import PaperFacts, is_numbered
from desktop.rules.doc_numbers import DocNo, doc_no_fault, mend_doc_no, read_doc_no
from desktop.rules.entries import DocNumberEntry
from desktop.rules.errors import Refused
from desktop.rules.lifecycle import Verdict
from desktop.rules.number_register import (
    NeedsNumberReason,
    NumberLine,
    NumberState,
    Register,
    held_by,
    judge_number,
    latest_prefix,
    next_number,
    register_lines,
    twins,
)
from desktop.rules.paper import PaperKind
from desktop.rules.records import Changes
from desktop.rules.texts import clean, one_line
from desktop.store.ledger import Ledger
from desktop.store.read_papers import read_register
from desktop.store.read_shared import read_setting
from desktop.store.writer import Writer, writing

LETTER_FORM = "letter"
SERIES_SETTINGS = {False: "series", True: "letter_series"}


def suggest_number(ledger: Ledger, paper: PaperKind, today: date) -> str:
    """The 文号 that this paper would have next; empty for papers without one and while no prefix is known.

    The prefix is that of the last such paper, else the office's setting, else that of the last paper of its form.
    """
    if not is_numbered(paper):
        return ""
    register, letter = read_register(ledger), paper.form == LETTER_FORM
    prefix = latest_prefix(register, [paper.key]) or one_line(read_setting(ledger, SERIES_SETTINGS[letter]))
    prefix = prefix or latest_prefix(register, letter=letter) or _of_steps(register, letter)
    return str(next_number(register, prefix, today.year)) if prefix else ""


def latest_suggestion(ledger: Ledger, today: date) -> str:
    """The next number of the series used last, whatever paper it was; empty while there is none."""
    register = read_register(ledger)
    prefix = latest_prefix(register) or one_line(read_setting(ledger, SERIES_SETTINGS[False]))
    return str(next_number(register, prefix, today.year)) if prefix else ""


def _of_steps(register: Register, letter: bool) -> str:
    """The prefix that steps on record name last."""
    return next((use.doc_no.prefix for use in reversed(register.uses) if use.doc_no.is_letter == letter), "")


def take_number(ledger: Ledger, writer: Writer, facts: PaperFacts, title: str, reason: str) -> str:
    """Enter a paper's number into the register, inside the caller's transaction; returns the row.

    A number that this very paper has already is left alone. Raises Refused for a wrong writing and for a number in
    use, NeedsNumberReason for one out of turn without a reason.
    """
    writer.flush()
    number, register = read_number(facts.doc_no), read_register(ledger)
    paper, problem, day = facts.kind, facts.problem_id, _iso(facts.on)
    letter = paper.form == LETTER_FORM
    verdict = judge_number(register, number, paper=paper.key, problem_id=problem, letter=letter, on=facts.on)
    reason = require_number(verdict, reason)
    held = held_by(register, number, paper.key, problem)
    if held:
        known = {"on": day, "paper": paper.key, "title": title if not held.paper else held.title}
        writer.set("doc_number", held.id, {name: value for name, value in known.items() if value})
        return held.id
    fields = {"title": title, "paper": paper.key, "problem": problem or None, "on": day, "reason": reason}
    return writer.new("doc_number", {**_parts(number), **fields})


def enter_number(ledger: Ledger, entry: DocNumberEntry, today: date, person: str = "", reason: str = "") -> Changes:
    """Enter a number that another paper of the office has, by hand: what was issued without this program."""
    number = read_number(entry.doc_no)
    title = one_line(entry.title)
    if not title:
        raise Refused("请填写标题或事由，没有登记。", "number_title")
    verdict = judge_number(read_register(ledger), number, on=entry.on)
    given = "；".join(part for part in (clean(entry.reason), clean(reason)) if part)
    require_number(verdict, given)
    with writing(ledger, clean(person), today) as writer:
        fields = {**_parts(number), "title": title, "on": _iso(entry.on), "reason": given}
        row = writer.new("doc_number", fields)
    return Changes(f"已登记 {number}。", (("doc_number", row),))


def give_back(ledger: Ledger, entry_id: str, reason: str, today: date, person: str = "") -> Changes:
    """Give back a number whose paper was never issued; it stays in the register as 作废 with the reason."""
    register = read_register(ledger)
    entry = next((entry for entry in register.live() if entry.id == entry_id), None)
    if entry is None:
        raise Refused("这个文号不在发文登记里，或已经作废，没有改动。", "number_unknown")
    if not clean(reason):
        raise Refused("请填写作废原因，没有改动。", "void_reason")
    if entry.doc_no in register.issued and entry.id not in twins(register):
        raise Refused(
            f"{entry.doc_no}的签章件已经存档，或已登记办理环节，不能作废；登记有误的，请先作废那条记录。",
            "number_issued",
        )
    with writing(ledger, clean(person), today) as writer:
        writer.set("doc_number", entry.id, {"void": clean(reason)})
    follows = next_number(read_register(ledger), *entry.doc_no.series)
    if entry.id in twins(register):
        return Changes(f"这份的{entry.doc_no}已作废，另一份照用；请给这份另编文号。", (("doc_number", entry.id),))
    again = "可以重新编给下一份文书" if follows == entry.doc_no else "发文登记里注明作废，不再使用"
    return Changes(f"{entry.doc_no}已作废，{again}。", (("doc_number", entry.id),))


def explain_gap(ledger: Ledger, line: NumberLine, reason: str, today: date, person: str = "") -> Changes:
    """Say why numbers are missing: the reason is kept with the number that follows them.

    A number that only a step on record names is entered into the register for it.
    """
    if not clean(reason):
        raise Refused("请填写缺号的说明，没有改动。", "gap_reason")
    register = read_register(ledger)
    follows = DocNo(line.doc_no.prefix, line.doc_no.year, max(line.last, line.doc_no.number) + 1)
    entry = next((entry for entry in reversed(register.entries) if entry.doc_no == follows), None)
    use = next((use for use in register.uses if use.doc_no == follows), None)
    if line.state != NumberState.GAP or not (entry or use):
        raise Refused("发文登记已经变化，没有改动；请重新选择缺号的那一行。", "gap_unknown")
    with writing(ledger, clean(person), today) as writer:
        if entry:
            row = entry.id
            writer.set("doc_number", row, {"reason": clean(reason)})
        elif use:
            fields = {"title": use.words, "problem": use.problem_id, "on": _iso(use.on), "reason": clean(reason)}
            row = writer.new("doc_number", {**_parts(follows), **fields})
    return Changes(f"已说明{line.words}缺号的原因。", (("doc_number", row),))


def list_numbers(ledger: Ledger, prefix: str = "", year: int | None = None) -> tuple[NumberLine, ...]:
    """The lines of the register, of one series or year when given, by series and number."""
    lines = register_lines(read_register(ledger))
    return tuple(line for line in lines if prefix in ("", line.doc_no.prefix) and year in (None, line.doc_no.year))


def series_of(lines: Sequence[NumberLine]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The prefixes and the years there are, the latest year first."""
    prefixes = sorted({line.doc_no.prefix for line in lines})
    return tuple(prefixes), tuple(sorted({line.doc_no.year for line in lines}, reverse=True))


def can_give_back(line: NumberLine) -> bool:
    """True for a number that was taken and bears no issued paper."""
    return bool(line.entry_id) and line.state in (NumberState.DRAFT, NumberState.BY_HAND, NumberState.TWICE)


def read_number(text: str) -> DocNo:
    """A 文号 as it was typed; refused with what is wrong."""
    mended = mend_doc_no(text)
    found = read_doc_no(mended)
    if found is None:
        raise Refused((doc_no_fault(mended) or "请填写文号。").rstrip("。") + "。没有登记。", "doc_no")
    return found


def require_number(verdict: Verdict, reason: str) -> str:
    """Let a number through, giving back the reason to keep: none for one in turn."""
    if verdict.refusals:
        raise Refused(f"{verdict.refusals[0].sentence}。", verdict.refusals[0].rule)
    if verdict.warnings and not clean(reason):
        raise NeedsNumberReason(tuple(ruling.sentence for ruling in verdict.warnings))
    return clean(reason) if verdict.warnings else ""


def _parts(number: DocNo) -> dict[str, str | int]:
    return {"prefix": number.prefix, "year": number.year, "number": number.number}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
