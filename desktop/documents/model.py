"""What an official document says, apart from how it is set: the page and a docx are made from the same record."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Shell(StrEnum):
    """The form a document takes (GB/T 9704-2012): 文件 upward or downward (§7), 信函 (§10.1), 纪要 (§10.3), or none.

    PLAIN has neither letterhead nor 版记: a statement, an annex, a public notice on the same grid.
    """

    UPWARD = "upward"
    DOWNWARD = "downward"
    LETTER = "letter"
    MINUTES = "minutes"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph of the text. ``level`` 1–4 is that of its heading (一、 （一） 1. （1）), 0 none.

    ``heading`` carries its own number. With ``text`` it runs in and ends in a full stop; alone it has none.
    """

    text: str = ""
    heading: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table: its head, its share of the width, the head it stands under with its neighbours."""

    title: str
    width: float = 1.0
    center: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table among the paragraphs. ``rows`` have as many texts as there are columns; ``size`` is the type in pt.

    ``corner`` stands at the right over the table (单位：个; 统计截止…). A ``wide`` table has pages of its own, turned
    a quarter to the left (§8); after one in the text of a document more text must follow.
    """

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    corner: str = ""
    wide: bool = False
    size: float = 12.0


Block = Para | TableBlock


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex that is bound with the document, on pages of its own. ``title`` may have break marks ``|``."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def name(self) -> str:
        """The title as the 附件说明 lists it."""
        return self.title.replace("|", "")


@dataclass(frozen=True, slots=True)
class OfficialPaper:
    """One official document in its shell. Blank ``doc_no`` or ``on`` make a draft: room is left to write them.

    ``bodies`` sign in this order, the main one first; ``mark`` are the red words of the letterhead, by default their
    names with 文件 (the main one's name alone in a letter). ``upward`` papers (请示, 报告) name their ``signers``.
    ``annexes`` are printed after the text, ``attachments`` are papers of their own; the 附件说明 lists them in this
    order. An unsealed document (§7.3.5.2) signs at the right. ``attendance`` are the lists of 纪要: (出席, names).
    ``whole_words`` are names the 标题 must not tear apart; a ``|`` in ``title`` is a place at which it breaks gladly.
    A PLAIN paper may stand as ``annex_mark`` says (附件2) as an annex to another document.
    """

    title: str
    bodies: tuple[str, ...]
    paragraphs: tuple[Block, ...]
    addressee: str = ""
    shell: Shell = Shell.UPWARD
    doc_no: str = ""
    signers: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    on: date | None = None
    note: str = ""
    copies: tuple[str, ...] = ()
    issuing_office: str = ""
    secrecy: str = ""
    urgency: str = ""
    serial: str = ""
    mark: str = ""
    annex_mark: str = ""
    attendance: tuple[tuple[str, str], ...] = ()
    sealed: bool = True
    whole_words: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def upward(self) -> bool:
        """True for papers to a body above: number at the left, 签发人 at the right."""
        return self.shell is Shell.UPWARD

    @property
    def plain_title(self) -> str:
        """The 标题 without break marks."""
        return self.title.replace("|", "")

    @property
    def listed(self) -> tuple[str, ...]:
        """The names in the 附件说明, in their order."""
        return tuple(name for name in (*(annex.name for annex in self.annexes), *self.attachments) if name.strip())

    @property
    def author(self) -> str:
        """Whose document it is, for the properties of the file."""
        return "、".join(self.bodies) or self.issuing_office

    @property
    def unbroken(self) -> tuple[str, ...]:
        """Names that no row of a 标题 may tear: those given and those of the offices the paper names."""
        return tuple(dict.fromkeys(name for name in (*self.whole_words, *self.bodies, self.addressee) if name))

    @property
    def is_draft(self) -> bool:
        """True while number or date is still to be filled in by hand."""
        return not self.doc_no or self.on is None
