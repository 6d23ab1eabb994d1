"""Runs, paragraphs and fields of WordprocessingML as text. Lengths come in points and go out in twips."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from desktop.documents.fonts import Role

FONTS = {
    Role.FANG: "仿宋_GB2312",
    Role.KAI: "楷体_GB2312",
    Role.HEI: "黑体",
    Role.SONG: "宋体",
    Role.TITLE: "方正小标宋简体",
}
"""The fonts of official papers by the names Word and WPS know them by (gongwen B5)."""
_LATIN = {Role.FANG: "宋体", Role.KAI: "宋体"}
RED = "FF0000"
LEFT, CENTER, RIGHT, BOTH, SPREAD = "left", "center", "right", "both", "distribute"


def twips(points: float) -> int:
    """Points in the unit of Word."""
    return round(points * 20)


class Run(NamedTuple):
    """Text of one font role. Without ``size`` (pt) it has that of its paragraph's style; ``wide`` is the width in %.

    ``between`` is room after each character in pt; a ``field`` (PAGE, NUMPAGES) stands in place of a text.
    """

    text: str
    role: Role | None = None
    size: float = 0.0
    colour: str = ""
    wide: int = 100
    between: float = 0.0
    field: str = ""


class Tab(NamedTuple):
    """A tab stop in pt from the paragraph's left edge; ``kind`` is left, center or right."""

    at: float
    kind: str = LEFT


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. What is None is that of its style; ``leading`` in pt is exact.

    ``left``, ``right``, ``first`` (negative: hanging), ``before`` and ``after`` are in pt. ``rule`` is a red rule
    under it: its thickness and its distance from the text.
    """

    runs: tuple[Run, ...] = ()
    style: str = ""
    align: str = ""
    left: float | None = None
    right: float | None = None
    first: float | None = None
    before: float | None = None
    after: float | None = None
    leading: float | None = None
    tabs: tuple[Tab, ...] = ()
    keep: bool = False
    new_page: bool = False
    rule: tuple[float, float] | None = None
    borders: str = ""

    def xml(self) -> str:
        """The paragraph as text."""
        return f"<w:p>{self._properties()}{''.join(map(run_xml, self.runs))}</w:p>"

    def replaced(self, **changes: object) -> "Paragraph":
        """The paragraph with other properties."""
        return replace(self, **changes)  # type: ignore[arg-type]  # the names are those of the fields

    def _properties(self) -> str:
        made = [f'<w:pStyle w:val="{self.style}"/>'] if self.style else []
        made += ["<w:keepNext/>"] if self.keep else []
        made += ["<w:pageBreakBefore/>"] if self.new_page else []
        if self.rule:
            width, space = self.rule
            made.append(f"<w:pBdr>{border('bottom', width, RED, space)}</w:pBdr>")
        elif self.borders:
            made.append(f"<w:pBdr>{self.borders}</w:pBdr>")
        if self.tabs:
            stops = "".join(f'<w:tab w:val="{tab.kind}" w:pos="{twips(tab.at)}"/>' for tab in self.tabs)
            made.append(f"<w:tabs>{stops}</w:tabs>")
        made += [_spacing(self.before, self.after, self.leading), _indents(self.left, self.right, self.first)]
        made += [f'<w:jc w:val="{self.align}"/>'] if self.align else []
        inside = "".join(made)
        return f"<w:pPr>{inside}</w:pPr>" if inside else ""


def border(side: str, width: float, colour: str, space: float = 0.0, kind: str = "single") -> str:
    """One border; Word counts its width in eighths of a point."""
    return (
        f'<w:{side} w:val="{kind}" w:sz="{max(2, round(width * 8))}" w:space="{round(space)}" w:color="{colour}"/>'
    )


def _spacing(before: float | None, after: float | None, leading: float | None) -> str:
    made = "" if before is None else f' w:before="{twips(max(0.0, before))}"'
    made += "" if after is None else f' w:after="{twips(max(0.0, after))}"'
    made += "" if leading is None else f' w:line="{twips(leading)}" w:lineRule="exact"'
    return f"<w:spacing{made}/>" if made else ""


def _indents(left: float | None, right: float | None, first: float | None) -> str:
    made = "" if left is None else f' w:left="{twips(left)}"'
    made += "" if right is None else f' w:right="{twips(right)}"'
    if first is not None:
        # Word goes by the number of characters of the style, unless that is set to nothing as well.
        made += f' w:hanging="{twips(-first)}"' if first < 0 else f' w:firstLineChars="0" w:firstLine="{twips(first)}"'
    return f"<w:ind{made}/>" if made else ""


def fonts_xml(role: Role) -> str:
    """The fonts of a role: Chinese marks such as “ and — take the Chinese font too."""
    name, latin = quoteattr(FONTS[role]), quoteattr(_LATIN.get(role, FONTS[role]))
    return f'<w:rFonts w:hint="eastAsia" w:ascii={latin} w:eastAsia={name} w:hAnsi={latin} w:cs={latin}/>'


def _run_properties(run: Run) -> str:
    made = fonts_xml(run.role) if run.role else '<w:rFonts w:hint="eastAsia"/>'
    made += f'<w:color w:val="{run.colour}"/>' if run.colour else ""
    made += f'<w:spacing w:val="{twips(run.between)}"/>' if round(run.between, 2) else ""
    made += f'<w:w w:val="{run.wide}"/>' if run.wide != 100 else ""
    made += size_xml(run.size) if run.size else ""
    return f"<w:rPr>{made}</w:rPr>"


def size_xml(points: float) -> str:
    """A type size; Word counts in half points."""
    half = round(points * 2)
    return f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def run_xml(run: Run) -> str:
    """One run, or a field that Word fills in. ``\\t`` is a tab, ``\\n`` a new row of the same paragraph."""
    properties = _run_properties(run)
    if run.field:
        shown = f"<w:r>{properties}<w:t>1</w:t></w:r>"
        return f'<w:fldSimple w:instr=" {run.field} ">{shown}</w:fldSimple>'
    pieces: list[str] = []
    for k, row in enumerate(clean(run.text).split("\n")):
        pieces += ["<w:br/>"] if k else []
        for n, part in enumerate(row.split("\t")):
            pieces += ["<w:tab/>"] if n else []
            pieces += [f'<w:t xml:space="preserve">{escape(part)}</w:t>'] if part else []
    return f"<w:r>{properties}{''.join(pieces)}</w:r>"


def clean(text: str) -> str:
    """The text without the control characters that XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff" and not _is_lone(c)))


def _is_lone(char: str) -> bool:
    return "\ud800" <= char <= "\udfff"


def text_of(runs: Sequence[Run]) -> str:
    """The text of runs, without fields."""
    return "".join(run.text for run in runs)
