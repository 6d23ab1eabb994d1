"""Title, 文号, date of issue and issuing body of a plan, read from the lines before the list."""

import re
from dataclasses import dataclass
from datetime import date

from desktop.plans.dates import find_dates
from desktop.plans.folding import squeeze
from desktop.plans.numbers import line_marks
from desktop.plans.view import Line, View
from desktop.plans.words import Words

MAX_LINES = 4000
_DOC_NO = re.compile(
    r"\(?(?:(?:发文字号|文号|发文号):)?(?P<no>[\u4e00-\u9fffA-Za-z]{2,16}\((?:19|20)\d{2}\)第?\d{1,4}号)\)?(?:签发人.*)?$"
)
_YEAR = r"(?:(?:19|20)\d{2}|[一二][〇○零九][〇○零一二三四五六七八九]{2})"
_DAY = rf"{_YEAR}年[\d一二三四五六七八九十]{{1,3}}月[\d一二三四五六七八九十]{{1,3}}日"
_DATE = re.compile(rf"\(?(?P<body>[^\d。;,:]{{2,60}}?)?(?P<date>{_DAY})\)?(?:印发|发布)?\)?$")
_PRINTED = re.compile(rf"(?P<date>{_YEAR}年\d{{1,2}}月\d{{1,2}}日)印发$")
_BODY_END = re.compile(r"(?:办公室|人民政府|政府|委员会|委|局|领导小组|专班|指挥部|厅|公室)$")
_ISSUED = re.compile(r"(?:印发|现将|下发)(?:<|《)(?P<name>[^《》\n]{4,120})》")
_NO_TITLE_PART = re.compile(r"[。;:,、!?]|的通知$|文件$|号$|印发|^附件|^附表|\d日$|签发人|^-")
_PLACE = re.compile(r"省|市|区|县|州|旗|盟|镇|乡|局|厅|集团|公司|兵团|师|团|街道")


@dataclass(frozen=True, slots=True)
class Preface:
    """What the head of a document says of itself."""

    title: str
    doc_no: str | None
    issued_on: date | None
    issuer: str
    dated_year: int | None = None

    @property
    def year(self) -> int | None:
        """The plan's year: of the date of issue, else of a line “2024年7月”, of the 文号, of the title."""
        if self.issued_on or self.dated_year:
            return self.issued_on.year if self.issued_on else self.dated_year
        match = re.search(r"(?:19|20)\d{2}", self.doc_no or "") or re.search(r"(?:19|20)\d{2}(?=年)", self.title)
        return int(match.group()) if match else None


def read_preface(view: View, head_end: int, words: Words, name: str, head_start: int = 0) -> Preface:
    """Read the head of a document; ``head_end`` is the raw offset where its first problem begins."""
    lines = [line for line in view.lines[:MAX_LINES] if head_start <= line.start < head_end]
    issued, position = _issued(view, lines)
    return Preface(
        title=_title(view, lines, words, name),
        doc_no=_doc_no(view, lines),
        issued_on=issued,
        issuer=_issuer(view, lines, position),
        dated_year=_month_line_year(lines),
    )


def _raw(view: View, line: Line, start: int, end: int) -> str:
    """Raw characters of a line's squeezed stretch."""
    kept = [
        char
        for char, folded in zip(view.raw[line.start : line.end], line.text, strict=True)
        if not folded.isspace() and folded != "\u200b"
    ]
    return "".join(kept[start:end])


def _whole(view: View, line: Line) -> str:
    return _raw(view, line, 0, line.end - line.start)


def _doc_no(view: View, lines: list[Line]) -> str | None:
    for line in lines:
        match = _DOC_NO.match(squeeze(line.text)) if len(line.text) <= 80 else None
        if match:
            return _raw(view, line, *match.span("no"))
    return None


def _issued(view: View, lines: list[Line]) -> tuple[date | None, int]:
    """The first date that stands alone or behind a signature, and the index of its line."""
    for index, line in enumerate(lines):
        text = squeeze(line.text) if len(line.text) <= 120 else ""
        if text and index + 1 < len(lines) and re.fullmatch(rf"\(?{_YEAR}年", text):
            text += squeeze(lines[index + 1].text)
        match = _DATE.match(text)
        if match and (not match.group("body") or _BODY_END.search(match.group("body"))):
            return _day(match.group("date")), index
    for line in reversed(view.lines[-40:]):
        match = _PRINTED.search(squeeze(line.text))
        if match:
            return _day(match.group("date")), -1
    return None, -1


def _month_line_year(lines: list[Line]) -> int | None:
    for line in lines[:200]:
        text = squeeze(line.text) if len(line.text) <= 20 else ""
        if re.fullmatch(rf"\(?{_YEAR}年[\d一二三四五六七八九十]{{1,3}}月\)?", text):
            day = _day(text)
            return day.year if day else None
    return None


def _day(text: str) -> date | None:
    found = find_dates(text, None)
    return found[0].last if found else None


def _issuer(view: View, lines: list[Line], dated: int) -> str:
    """The body in the red head (…文件), else the first body that signs above the date."""
    for line in lines[:30]:
        text = squeeze(line.text)
        if text.endswith("文件") and 4 <= len(text) <= 40 and not re.search(r"[。;:,《]", text):
            return _raw(view, line, 0, len(text) - 2)
    if dated < 0:
        return ""
    match = _DATE.match(squeeze(lines[dated].text))
    if match and match.group("body"):
        return _raw(view, lines[dated], *match.span("body"))
    first = ""
    for line in reversed(lines[max(0, dated - 4) : dated]):
        text = squeeze(line.text)
        if not _BODY_END.search(text) or len(text) > 40 or re.search(r"[。;:,]", text):
            break
        first = re.split(r"\s{1,}", view.raw[line.start : line.end].strip())[0]
    return first


def _title(view: View, lines: list[Line], words: Words, name: str) -> str:
    """The plan's own title, else the list's, else the first short line, else the file's name (README: title)."""
    quoted = [match.group("name") for match in _ISSUED.finditer(view.text[:60000])]
    plans = [text for text in quoted if words.plan_title.fullmatch(text)]
    for wanted in plans:
        found = _lines_that_read(view, lines, wanted)
        if found:
            return found
    for pattern in (words.plan_title, words.list_title):
        found = _standing_alone(view, lines, pattern)
        if found:
            return found
        if pattern is words.plan_title and plans:
            return plans[0]
    for line in lines:
        text = squeeze(line.text)
        match = re.match(r"附[件表]?[\d一二三四五六七八九十]*:", text)
        if match and words.list_title.fullmatch(text[match.end() :]):
            return _raw(view, line, match.end(), len(text))
    for line in lines[:8]:
        text = squeeze(line.text)
        if 4 <= len(text) <= 60 and not re.search(r"[。;:,、!?《]|文件$|号$|日$", text) and not line_marks(text):
            return _whole(view, line)
    return name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or name


def _lines_that_read(view: View, lines: list[Line], wanted: str) -> str:
    """One to four lines that together are the wanted title."""
    for index in range(len(lines)):
        text = whole = ""
        for line in lines[index : index + 4]:
            text += squeeze(line.text)
            whole += _whole(view, line)
            if text == wanted:
                return whole
            if not wanted.startswith(text):
                break
    return ""


def _standing_alone(view: View, lines: list[Line], pattern: re.Pattern[str]) -> str:
    """The first line that is a title, with the lines before it that belong to it."""
    for index, line in enumerate(lines):
        text = squeeze(line.text) if len(line.text) <= 120 else ""
        if not text or not pattern.fullmatch(text) or _NO_TITLE_PART.search(text) or "《" in text or line_marks(text):
            continue
        title = _whole(view, line)
        for before, after in zip(
            reversed(lines[max(0, index - 3) : index]),
            [line, *reversed(lines[max(0, index - 2) : index])],
            strict=False,
        ):
            head = squeeze(before.text)
            complete = len(title) >= 14 and _PLACE.search(title[:8]) is not None
            if len(head) > 45 or _NO_TITLE_PART.search(head) or _BODY_END.search(head) or line_marks(head):
                break
            if pattern.fullmatch(head) or (complete and (after.blank or len(head) < 12)):
                break
            title = _whole(view, before) + title
        return title
    return ""
