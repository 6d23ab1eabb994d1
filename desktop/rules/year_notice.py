"""Reading the yearly holiday notice that a clerk pastes, or a plain table of days (domain §3.3).

The program is offline and the notice comes each November: this is how a new year enters the calendar. The result is
未核对 until the clerk has compared it.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

from desktop.rules.calendar import SATURDAY, YearTable, year_table
from desktop.rules.errors import Refused
from desktop.rules.wording import date_in_text

RULE = "year_notice"
_TITLE_YEAR = re.compile(r"(20\d\d)年(?:部分)?(?:节假日|放假)")
_ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)[年./-]")
_TOKEN = re.compile(
    r"(?:(?P<year>20\d\d)[年./-])?(?P<month>\d{1,2})[月./-](?P<day>\d{1,2})日?"
    r"(?:(?:至|到|—+|–|~|-)(?:(?:(?P<year2>20\d\d)[年./-])?(?P<month2>\d{1,2})[月./-])?(?P<day2>\d{1,2})日?)?"
    r"|(?P<word>放假|上班|休|班)"
)
_TOTAL = re.compile(r"(?:共|放假)(\d{1,2})天")


def parse_year_notice(text: str, source: str = "") -> YearTable:
    """The year table in a pasted notice or table.

    Understands the official wording (1月28日（…）至2月4日（…）放假调休，共8天。1月26日（周日）上班。) and lines such as
    ``2027-02-14 班``. A text without year or off days, a date that does not exist and a span that disagrees with its
    own 共N天 raise Refused; nothing is guessed.
    """
    shadow = "".join(line + "\n" for line in unicodedata.normalize("NFKC", text).splitlines())
    year = _year(shadow)
    off: set[date] = set()
    make_up: set[date] = set()
    for sentence in _sentences(shadow):
        resting, worked = _days_of(sentence, year)
        total = _TOTAL.search(sentence)
        if total and resting and len(resting) != int(total[1]):
            raise Refused(f"“{sentence[:30]}”写明{total[1]}天，实际算得{len(resting)}天，请核对原文。", RULE)
        off |= resting
        make_up |= worked
    if not off:
        raise Refused("没有读到放假日期；请粘贴放假通知全文，或每行写一个日期和“休”“班”。", RULE)
    for day in sorted(off | make_up):
        # A holiday that begins in December belongs to two tables; a weekend off changes nothing in the other one.
        if day.year != year and (day in make_up or day.weekday() < SATURDAY):
            raise Refused(f"{date_in_text(day)}不在{year}年，请把这一天录入{day.year}年的放假安排后再粘贴。", RULE)
    in_year = (frozenset(day for day in days if day.year == year) for days in (off, make_up))
    return year_table(year, *in_year, source=source or f"{year}年放假通知（粘贴录入）")


def _year(shadow: str) -> int:
    squeezed = "".join(shadow.split())
    found = _TITLE_YEAR.search(squeezed)
    if found:
        return int(found[1])
    years = {int(year) for year in _ANY_YEAR.findall(squeezed)}
    if len(years) != 1:
        raise Refused("没有读出是哪一年的放假安排；请连同通知标题一起粘贴。", RULE)
    return years.pop()


def _sentences(shadow: str) -> Iterator[str]:
    """Pieces between stops and line ends, without blanks and without what stands in brackets (weekday, lunar date)."""
    for piece in re.split(r"[。;\n]", shadow):
        bare = re.sub(r"\([^)]*\)", "", piece)
        if _TOKEN.search(bare) and re.search(r"放假|上班|休|班", bare):
            yield "".join(bare.split())


def _days_of(sentence: str, year: int) -> tuple[set[date], set[date]]:
    """Off days and make-up days of one sentence: a date belongs to the next 放假/上班 after it, else to the last."""
    waiting: set[date] = set()
    found: dict[str, set[date]] = {"off": set(), "make_up": set()}
    kind = ""
    for token in _TOKEN.finditer(sentence):
        word = token["word"]
        if word is None:
            waiting |= set(_token_days(token, year))
        elif waiting or not kind:
            # 放假调休 stands behind its dates once; the 休 in it finds nothing waiting and changes nothing.
            kind = "off" if word in ("放假", "休") else "make_up"
            found[kind] |= waiting
            waiting = set()
    if kind:
        found[kind] |= waiting
    return found["off"], found["make_up"]


def _token_days(token: re.Match[str], year: int) -> Iterator[date]:
    first_year = int(token["year"] or year)
    last_year = int(token["year2"] or first_year)
    try:
        start = date(first_year, int(token["month"]), int(token["day"]))
        end = start
        if token["day2"]:
            end = date(last_year, int(token["month2"] or token["month"]), int(token["day2"]))
    except ValueError:
        raise Refused(f"放假安排中的“{token[0]}”不是日期，请核对原文。", RULE) from None
    if end < start:
        raise Refused(f"放假安排中的“{token[0]}”前后颠倒，请核对原文。", RULE)
    return (start + timedelta(days=offset) for offset in range((end - start).days + 1))
