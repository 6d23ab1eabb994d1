"""A file beside the ledger, line by line: what differs, what is new or gone, and what the clerk decides of it."""

from dataclasses import dataclass
from enum import StrEnum


class LineKind(StrEnum):
    """What a line of the comparison says.

    CHANGED: a field differs. ADDED: the ledger has no such problem, measure or field yet. GONE: the file no longer
    has a problem or measure of the ledger; taking it withdraws. LIKE: a row of the file that looks like a problem of
    the ledger; taking it means that they are one. REMARK: nothing that can be taken, only to be known.
    """

    CHANGED = "changed"
    ADDED = "added"
    GONE = "gone"
    LIKE = "like"
    REMARK = "remark"


KIND_WORDS = {
    LineKind.CHANGED: "有改动",
    LineKind.ADDED: "新增",
    LineKind.GONE: "文件中已无",
    LineKind.LIKE: "可能是同一问题",
    LineKind.REMARK: "不带入",
}


@dataclass(frozen=True, slots=True)
class CompareLine:
    """One line.

    ``key`` names it for ticks and stays the same when the file is compared again. ``subject`` groups the lines of
    one problem, ``words`` names the field; ``old`` is what the ledger says, ``new`` what the file says; ``note`` is a
    remark on it. ``is_chosen``: whether it is taken unless the clerk decides otherwise.
    """

    key: str
    kind: LineKind
    subject: str
    number: int
    words: str
    old: str = ""
    new: str = ""
    note: str = ""
    is_chosen: bool = True

    @property
    def is_offered(self) -> bool:
        """True when the clerk can take it or leave it."""
        return self.kind != LineKind.REMARK
