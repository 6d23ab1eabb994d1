"""What an official document says, apart from how it is set: the page and a docx are made from the same record."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph of the text. ``level`` 1–4 is that of its heading (一、 （一） 1. （1）), 0 none.

    ``heading`` carries its own number. With ``text`` it runs in and ends in a full stop; alone it has none.
    """

    text: str = ""
    heading: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class OfficialPaper:
    """One official document with a letterhead (GB/T 9704-2012 §7). Blank ``doc_no`` or ``on`` make a draft.

    ``bodies`` sign in this order, the main one first; their names with 文件 are the letterhead. ``upward`` papers
    (请示, 报告) name their ``signers``. ``whole_words`` are names the 标题 must not tear apart; a ``|`` in ``title``
    is a place at which it breaks gladly.
    """

    title: str
    bodies: tuple[str, ...]
    paragraphs: tuple[Para, ...]
    addressee: str = ""
    upward: bool = True
    doc_no: str = ""
    signers: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    on: date | None = None
    note: str = ""
    copies: tuple[str, ...] = ()
    issuing_office: str = ""
    urgency: str = ""
    whole_words: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def plain_title(self) -> str:
        """The 标题 without break marks."""
        return self.title.replace("|", "")

    @property
    def is_draft(self) -> bool:
        """True while number or date is still to be filled in by hand."""
        return not self.doc_no or self.on is None
