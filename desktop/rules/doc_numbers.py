"""文号: how a number is written (GB/T 9704-2012 §7.2.5, domain §10)."""

import re
import unicodedata
from dataclasses import dataclass

from desktop.rules.texts import EARLIEST, LATEST, one_line

LETTER = "函"
LARGEST = 99_999
_OPEN, _CLOSE = "〔［【﹝[(（", "〕］】﹞])）"
_WHOLE = re.compile(r"(?P<prefix>[^\s\d〔〕第]+)〔(?P<year>\d{4})〕(?P<number>[1-9]\d*)号")
_MEANT = re.compile(
    rf"(?P<prefix>[^\d{re.escape(_OPEN + _CLOSE)}]+?)第?[{re.escape(_OPEN)}](?P<year>\d{{4}})年?[{re.escape(_CLOSE)}]"
    r"第?0*(?P<number>[1-9]\d*)号?"
)


@dataclass(frozen=True, slots=True, order=True)
class DocNo:
    """One 文号: 衡蒸办发〔2024〕18号."""

    prefix: str
    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.prefix}〔{self.year}〕{self.number}号"

    @property
    def series(self) -> tuple[str, int]:
        """What numbers count within."""
        return self.prefix, self.year

    @property
    def is_letter(self) -> bool:
        """True for the series of 函."""
        return self.prefix.endswith(LETTER)


def read_doc_no(text: str) -> DocNo | None:
    """The 文号 a text is, in the standard's writing; None for any other."""
    found = _WHOLE.fullmatch(text)
    made = _made(found) if found else None
    return made if made and str(made) == text else None


def mend_doc_no(text: str) -> str:
    """The standard's writing of a number that is meant beyond doubt: brackets, blanks, 第, leading zeros, 号.

    Anything else stays as it was typed.
    """
    plain = "".join(unicodedata.normalize("NFKC", one_line(text)).split())
    found = _MEANT.fullmatch(plain)
    made = _made(found) if found else None
    return str(made) if made else one_line(text)


def doc_no_fault(text: str) -> str:
    """What is wrong with the writing of a 文号, in one sentence; empty for a good one and for none (a draft)."""
    if not text.strip() or read_doc_no(text):
        return ""
    mended = read_doc_no(mend_doc_no(text))
    if mended:
        return f"文号应写作 {mended}：年份用六角括号〔〕、写全四位，序号不加“第”、前面不补0，末尾有“号”。"
    return "文号应由发文代字、年份、序号组成，如 蒸区委〔2026〕9号；还没有编号的请留空。"


def _made(found: re.Match[str]) -> DocNo | None:
    year, number = int(found["year"]), int(found["number"])
    return DocNo(found["prefix"], year, number) if EARLIEST <= year <= LATEST and number <= LARGEST else None
