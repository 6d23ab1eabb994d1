"""Which inspection a plan answers, read from the plan's own title."""

import re
import unicodedata
from dataclasses import dataclass

from desktop.rules.records import InspectionKind, Level, ProblemSource

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")}
_ROUND = re.compile(r"第([一二三四五六七八九十0-9]{1,2})轮")


@dataclass(frozen=True, slots=True)
class InspectionDraft:
    """An inspection as a title names it."""

    name: str
    level: Level
    source: ProblemSource
    kind: InspectionKind
    round_no: int | None


def inspection_in(title: str) -> InspectionDraft:
    """The inspection named in a plan's title; where the title names no level, the province's is assumed."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", title))
    central = "中央" in text
    revisit = "回头看" in text
    film = "警示片" in text
    kind = InspectionKind.REVISIT if revisit else InspectionKind.SPECIAL if "专项" in text else InspectionKind.ROUTINE
    level = Level.CENTRAL if central or (film and "国家" in text) else Level.PROVINCE
    return InspectionDraft(_name(text), level, _source(level, revisit, film), kind, _round(text))


def _source(level: Level, revisit: bool, film: bool) -> ProblemSource:
    central = level == Level.CENTRAL
    if film:
        return ProblemSource.NATIONAL_WARNING_FILM if central else ProblemSource.PROVINCE_WARNING_FILM
    if revisit:
        return ProblemSource.CENTRAL_REVISIT if central else ProblemSource.PROVINCE_REVISIT
    return ProblemSource.CENTRAL_INSPECTION if central else ProblemSource.PROVINCE_INSPECTION


def _round(text: str) -> int | None:
    found = _ROUND.search(text)
    if not found:
        return None
    word = found.group(1)
    if word.isdigit():
        return int(word)
    if len(word) == 2:
        return 10 + _DIGITS[word[1]] if word[0] == "十" else 10 * _DIGITS[word[0]]
    return _DIGITS[word]


def _name(text: str) -> str:
    """第二轮省生态环境保护督察, from …贯彻落实第二轮省生态环境保护督察反馈问题整改方案."""
    found = re.search(r"(?:贯彻落实|落实)?([^《》]*?(?:督察|督查|警示片)(?:[“\"]?回头看[”\"]?)?)", text)
    name = found.group(1) if found else text
    return re.sub(r"^.*贯彻落实", "", name) or text
