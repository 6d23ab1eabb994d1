"""Reads a deadline field and the inner due dates of measures (samples README: deadline, kind, due)."""

import re
from dataclasses import dataclass
from datetime import date

from desktop.plans.aliases import Aliases
from desktop.plans.dates import Phrase, find_dates
from desktop.plans.numbers import chinese_number
from desktop.rules.drafts import StageDraft
from desktop.rules.records import TermClass

_RECURRING = re.compile(r"(?:每(?:个)?(?:年|月|周|日|天|季度?|半年)|逐年|逐月|历年|各年度?|当月)[^。;:]{0,8}$")
_STARTS = re.compile(r"起(?!至|到|—|-)|以来|以后|之后|后(?!完成)|开始|启动|始")
_CITED = re.compile(
    r"(?:,)?(?:由?[^,。;]{0,10})?(?:印发|发布|出台|颁布|下发|公布|反馈|通报|交办|指出|发现|制定的|修订|《)"
)
_PAST = re.compile(r"(?:已|曾|前已)")
_BUILT = re.compile(
    r"(?:已|曾|[^,。;]{0,6}?(?:建成|投产|投运|投用|建设|设立|成立|取得|出让|办理|批准|审批|登记|注册|购置|生产|形成|产生|遗留|签订|开工|存在|出现|关停|停产|验收))[^,。;]{0,8}的"
)
_LEADING = re.compile(r"(?:于|到|至|在|力争|确保|争取|计划|预计|时限|期限|时间|节点)(?:为|:|是)?$")
_FINISHES = re.compile(
    r"[^,。;]{0,16}(?:完成|建成|完工|竣工|投用|投产|投运|启用|通水|联网|到位|销号|清零|关停|拆除|办结)"
)
_UNTIL_NOW = re.compile(r"(?:截至|截止到?|截止|自|从|已于|曾于|曾在|已在)$")
_COUNTS = re.compile(r"(\d{1,4}|[一二三四五六七八九十]{1,3})[个项件条处家]")
_TITLES = re.compile(r"《[^《》]{0,120}》")


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as read: see ProblemDraft for the fields; ``status_words`` when it holds a status (trap 17)."""

    last: date | None
    term_class: TermClass | None
    is_immediate: bool
    is_long_term: bool
    stages: tuple[StageDraft, ...] = ()
    impossible: tuple[str, ...] = ()
    status_words: str = ""


def read_deadline(text: str, year: int | None, aliases: Aliases) -> Deadline:
    """Read a folded deadline field; ``year`` is the plan's year, used where the field names none.

    A date wins over class words; “每年…” is recurring and no date.
    """
    phrases = [phrase for phrase in find_dates(text, year) if not _is_recurring(text, phrase)]
    dated = [phrase for phrase in phrases if phrase.last is not None and not _is_start(text, phrase)]
    impossible = tuple(text[p.start : p.end] for p in phrases if p.is_impossible)
    is_long = any(word in text for word in aliases.long_term)
    status = next((word for word in aliases.done if word in text), "")
    if dated and not status.startswith("已"):
        status = ""  # 2025年底前完成整改 promises, it does not report.
    is_immediate = bool(status) or any(word in text for word in aliases.immediate)
    staged_word = any(word in text for word in aliases.staged)
    last = max((phrase.last for phrase in dated if phrase.last), default=None)
    if last is not None:
        staged = len({phrase.last for phrase in dated}) > 1 or staged_word
        term = TermClass.STAGED if staged else TermClass.DATED
        stages = _stages(text, dated) if staged else ()
        return Deadline(last, term, is_immediate, is_long, stages, impossible, status)
    term_class = None
    if is_long:
        term_class = TermClass.LONG_TERM
    elif staged_word:
        term_class = TermClass.STAGED
    elif is_immediate:
        term_class = TermClass.IMMEDIATE
    return Deadline(None, term_class, is_immediate, is_long, (), impossible, status)


def read_due(text: str, year: int | None, issued: date | None) -> date | None:
    """The latest day by which a folded measure says it is to be done, or None."""
    days = [phrase.last for phrase in due_phrases(text, year, issued) if phrase.last is not None]
    return max(days, default=None)


def due_phrases(text: str, year: int | None, issued: date | None) -> list[Phrase]:
    """The phrases of a measure that promise something; starts, recurring, cited and past dates left out."""
    covered = [match.span() for match in _TITLES.finditer(text)]
    return [
        phrase
        for phrase in find_dates(text, year)
        if not any(low <= phrase.start < high for low, high in covered) and _promises(text, phrase, issued)
    ]


def _promises(text: str, phrase: Phrase, issued: date | None) -> bool:
    if phrase.last is None or _is_recurring(text, phrase):
        return False
    head, tail = text[max(0, phrase.start - 8) : phrase.start], text[phrase.end : phrase.end + 30]
    if phrase.before:
        return not (_BUILT.match(tail) or _PAST.match(tail))
    if _STARTS.match(tail) or _CITED.match(tail) or _PAST.match(tail) or _UNTIL_NOW.search(head):
        return False
    if issued is not None and phrase.last < issued:
        return False
    if phrase.closed or (phrase.is_range and _FINISHES.match(tail)):
        return not _BUILT.match(tail)
    if phrase.is_range:
        return issued is not None and bool(phrase.first and phrase.first >= issued.replace(day=1))
    finishes = bool(_FINISHES.match(tail)) and not _BUILT.match(tail)
    return finishes or bool(_LEADING.search(head) and head.rstrip(":为是").endswith(("时限", "期限", "时间", "节点")))


def _is_recurring(text: str, phrase: Phrase) -> bool:
    return bool(_RECURRING.search(text[max(0, phrase.start - 14) : phrase.start]))


def _is_start(text: str, phrase: Phrase) -> bool:
    tail = text[phrase.end : phrase.end + 6]
    return not phrase.before and bool(re.match(r"起(?!至|到|—|-)|以来|开始|启动", tail))


def _stages(text: str, phrases: list[Phrase]) -> tuple[StageDraft, ...]:
    """One stage for each date; a range of years with as many counts gives one for each year (滁州)."""
    stages: list[StageDraft] = []
    for index, phrase in enumerate(phrases):
        stop = phrases[index + 1].start if index + 1 < len(phrases) else len(text)
        clause = text[phrase.start : stop].strip(",;、。")
        counts = [chinese_number(count) for count in _COUNTS.findall(text[phrase.end : stop])]
        if phrase.years and phrase.years[1] - phrase.years[0] + 1 == len(counts):
            years = range(phrase.years[0], phrase.years[1] + 1)
            stages += [StageDraft(date(y, 12, 31), clause, c) for y, c in zip(years, counts, strict=True)]
        elif phrase.last is not None:
            stages.append(StageDraft(phrase.last, clause, counts[0] if len(counts) == 1 else None))
    return tuple(stages)
