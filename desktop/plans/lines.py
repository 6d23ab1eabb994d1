"""Lines of the raw text: width folding, page numbers, running headers, words of copied web pages."""

import re
from collections import Counter

from desktop.plans.folding import squeeze
from desktop.plans.view import Line
from desktop.plans.words import Words

_WORDS_OF_LINE = re.compile(r"[^\s\u200b][^\n\r\f\v\x85\u2028\u2029]*")
_PAGE = re.compile(
    r"(?:[—\-~·\s]*第?\s*\d{1,4}\s*页?\s*(?:[/,]?\s*共?\s*\d{1,4}\s*页?)?[—\-~·\s]*"
    r"|第\s*[一二三四五六七八九十百]{1,4}\s*页(?:\s*[,/]?\s*共\s*[一二三四五六七八九十百]{1,4}\s*页)?|Page\s*\d{1,4}(?:\s*of\s*\d{1,4})?)",
    re.I,
)
# A page number in the middle of a line, with its dashes: 整改— 2 —成效.
PAGE_INLINE = re.compile(r"(?<![\d—])—{1,2}\s?\d{1,4}\s?—{1,2}(?![\d—])|(?<![^\n\r])\d{1,3}\s—\s(?=[^\s\d])")


def read_lines(folded: str, words: Words) -> list[Line]:
    """The lines that carry words; page numbers, running headers and web chrome are left out but remembered."""
    found: list[Line] = []
    beside: list[int] = []
    page = False
    last_end = 0
    for match in _WORDS_OF_LINE.finditer(folded):
        text = match.group().strip(" \u200b")
        between = folded[last_end : match.start()]
        last_end = match.end()
        page = page or "\f" in between
        if len(text) <= 24 and _PAGE.fullmatch(text) and any(char.isdigit() or char == "第" for char in text):
            page = True
            if found:
                beside.append(len(found) - 1)
            continue
        if len(text) <= 24 and words.chrome.match(text) and "年" not in text:
            continue
        start = match.start()
        indent = start > 0 and folded[start - 1] in " \u200b"
        blank = between.count("\n") > 1 or between.count("\r") > max(1, between.count("\n")) or page
        if page:
            beside.append(len(found))
        found.append(Line(start, start + len(text), text, indent, blank, page))
        page = False
    return _without_headers(found, beside, words)


def _without_headers(lines: list[Line], beside: list[int], words: Words) -> list[Line]:
    """Drop lines that stand again and again beside page breaks, and titles repeated on every page."""
    near = {index for index in beside if index < len(lines)}
    counts = Counter(squeeze(lines[index].text) for index in near if _may_be_header(lines[index].text, words))
    headers = {text for text, count in counts.items() if count >= 2}
    first = squeeze(lines[0].text) if lines else ""
    headers |= {text for text in counts if text == first and not words.plan_title.match(text)}
    titles = [
        text for text in (squeeze(line.text) for line in lines[:400]) if len(text) <= 90 and _is_title(text, words)
    ]
    headers |= {text for text in counts if len(text) >= 5 and any(_is_drawn_from(text, title) for title in titles)}
    if not headers:
        return lines
    kept: list[Line] = []
    page = False
    for index, line in enumerate(lines):
        if squeeze(line.text) in headers and (index in near or index == 0):
            page = True
            continue
        kept.append(Line(line.start, line.end, line.text, line.indent, line.blank, line.page or page) if page else line)
        page = False
    return kept


def _is_title(text: str, words: Words) -> bool:
    return bool(words.plan_title.fullmatch(text) or words.list_title.fullmatch(text))


def _is_drawn_from(text: str, title: str) -> bool:
    """A running header is often the title with words left out: its characters stand in the title in their order."""
    rest = iter(title)
    return text != title and all(char in rest for char in text)


def _may_be_header(text: str, words: Words) -> bool:
    if len(text) > 45 or any(sign in text for sign in "。;,:!") or text[-1] == "、":
        return False
    return words.block_start.match(squeeze(text)) is None
