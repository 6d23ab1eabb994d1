"""The styles of the docx twin, by their Chinese names: what an office sees in Word's and WPS's list of styles."""

from typing import NamedTuple

from desktop.documents.fonts import Role
from desktop.documents.grid import CELL, SIZE_2, SIZE_3, SIZE_4
from desktop.documents.word.parts import BOTH, CENTER, LEFT, RIGHT, fonts_xml, size_xml, twips

LEADING = 28.95
"""固定值 28.95 磅: 22 rows in the 225 mm of the 版心, the leading under the last row counted (gongwen A1)."""
GRID_LINE = 579
GRID_CHAR = round((CELL - SIZE_3) * 4096)
"""The grid of the page, 22 rows of 28 characters. The styles keep to it by themselves (see ``_TIGHTER``), because
LibreOffice misreads a grid that is tighter than its type."""
_TIGHTER = -0.25

TITLE, ADDRESSEE, BODY, LEVEL_1, LEVEL_2 = "GwTitle", "GwAddressee", "GwBody", "GwLevel1", "GwLevel2"
LEVEL_3, LEVEL_4, LISTED, SIGNED, DATED, NOTE = "GwLevel3", "GwLevel4", "GwListed", "GwSigned", "GwDated", "GwNote"
MARK, NUMBER, HEADING_MARK, ANNEX, IMPRINT = "GwMark", "GwNumber", "GwSecrecy", "GwAnnex", "GwImprint"
PAGE_NUMBER, CELL_TEXT = "GwPageNumber", "GwCell"


class _Style(NamedTuple):
    """One paragraph style; ``indent`` is that of its first row in characters, ``outline`` its level in the outline."""

    key: str
    name: str
    role: Role
    size: float
    align: str
    indent: int = 0
    outline: int | None = None
    leading: float = LEADING


_STYLES = (
    _Style(MARK, "发文机关标志", Role.TITLE, 50, CENTER, leading=60),
    _Style(HEADING_MARK, "密级和紧急程度", Role.HEI, SIZE_3, LEFT),
    _Style(NUMBER, "发文字号", Role.FANG, SIZE_3, CENTER),
    _Style(TITLE, "公文标题", Role.TITLE, SIZE_2, CENTER, outline=0),
    _Style(ADDRESSEE, "主送机关", Role.FANG, SIZE_3, BOTH),
    _Style(BODY, "公文正文", Role.FANG, SIZE_3, BOTH, 2),
    _Style(LEVEL_1, "一级标题", Role.HEI, SIZE_3, BOTH, 2, 1),
    _Style(LEVEL_2, "二级标题", Role.KAI, SIZE_3, BOTH, 2, 2),
    _Style(LEVEL_3, "三级标题", Role.FANG, SIZE_3, BOTH, 2, 3),
    _Style(LEVEL_4, "四级标题", Role.FANG, SIZE_3, BOTH, 2, 4),
    _Style(LISTED, "附件说明", Role.FANG, SIZE_3, BOTH),
    _Style(SIGNED, "发文机关署名", Role.FANG, SIZE_3, RIGHT),
    _Style(DATED, "成文日期", Role.FANG, SIZE_3, RIGHT),
    _Style(NOTE, "附注", Role.FANG, SIZE_3, BOTH, 2),
    _Style(ANNEX, "附件标记", Role.HEI, SIZE_3, LEFT),
    _Style(IMPRINT, "版记", Role.FANG, SIZE_4, BOTH, leading=20),
    _Style(PAGE_NUMBER, "页码", Role.SONG, SIZE_4, RIGHT, leading=16),
    _Style(CELL_TEXT, "表格文字", Role.FANG, 12, LEFT, leading=18),
)
LEVELS = {1: LEVEL_1, 2: LEVEL_2, 3: LEVEL_3, 4: LEVEL_4}


def styles_xml() -> str:
    """The children of ``w:styles``."""
    return _DEFAULTS + _BASE + "".join(map(_style_xml, _STYLES))


def _style_xml(style: _Style) -> str:
    line = f'<w:spacing w:before="0" w:after="0" w:line="{twips(style.leading)}" w:lineRule="exact"/>'
    indent = ""
    if style.indent:
        indent = f'<w:ind w:firstLineChars="{style.indent * 100}" w:firstLine="{twips(style.indent * CELL)}"/>'
    outline = f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else ""
    keep = "<w:keepNext/>" if style.key in LEVELS.values() else ""
    tighter = f'<w:spacing w:val="{twips(_TIGHTER)}"/>' if style.size == SIZE_3 else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.key}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{keep}{line}{indent}<w:jc w:val="{style.align}"/>{outline}'
        f"</w:pPr><w:rPr>{fonts_xml(style.role)}{tighter}{size_xml(style.size)}</w:rPr></w:style>"
    )


_DEFAULTS = (
    f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts_xml(Role.FANG)}{size_xml(SIZE_3)}"
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
)
_BASE = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    '<w:pPr><w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct w:val="0"/><w:autoSpaceDE w:val="0"/>'
    '<w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
    f'<w:spacing w:line="{GRID_LINE}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>'
    f"<w:rPr>{fonts_xml(Role.FANG)}{size_xml(SIZE_3)}</w:rPr></w:style>"
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:semiHidden/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    "</w:tblPr></w:style>"
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:semiHidden/></w:style>'
)
