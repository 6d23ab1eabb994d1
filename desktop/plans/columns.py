"""The columns of the workbook, from the template of the merged ledger: shown, renamed and made public there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop.rules.errors import Refused
from desktop.rules.ledger_values import LEDGER_FIELDS, ledger_value
from desktop.rules.public import LETTER_CASE_OUT, Private, public_text
from desktop.rules.records import CaseFile, ProblemSource
from desktop.rules.standing import USUAL, Yardstick
from desktop.rules.toml_table import TomlTable
from desktop.rules.wording import Value, date_in_text

TEMPLATE = "merged_ledger.toml"
BY_HAND = "by_hand"
PUBLIC_TITLE = "{district}生态环境保护督察反馈问题整改情况"
_FOOT = ("填报单位（盖章）：{office}", "填报人：", "审核人：", "填报日期：　　　年　　月　　日")
_NOTICE = ("公示开始", "公示结束")
# What a letter case says of its sender and its matter stays inside the office.
_OF_A_LETTER = frozenset({"text", "target", "measures", "progress", "remarks"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the sheet. ``part`` picks the first or last day of a span, which has two columns."""

    field: str
    title: str
    width: float
    group: str = ""
    center: bool = False
    part: int | None = None
    money: bool = False

    @property
    def key(self) -> str:
        """What a re-import knows the column by; each once, but for columns filled in by hand."""
        return self.field if self.part is None else f"{self.field}_{('start', 'end')[self.part]}"


@dataclass(frozen=True, slots=True)
class Photos:
    """The two columns of pictures: their titles under a common head, and their width in millimetres."""

    group: str
    titles: tuple[str, str]
    width: float


@dataclass(frozen=True, slots=True)
class Layout:
    """What the template says of the sheet: columns, title (with ``{district}``), mark over the page, foot."""

    columns: tuple[Column, ...]
    title: str
    mark: str
    foot: tuple[str, ...]
    photos: Photos | None = None
    words: tuple[str, ...] = field(default=())


def read_layout(template: Mapping[str, object], *, public: bool = False, photos: bool = False) -> Layout:
    """The layout of the office's own sheet, or of the public one, which has only the columns marked for it.

    ``words`` are those that keep a sentence out of the public version. Raises Refused for a template without usable
    columns, with file and key.
    """
    table = TomlTable(template, TEMPLATE)
    columns = _columns(table, public)
    pictures = _photos(table.table("photos")) if photos else None
    if not public:
        title = table.table("title").text("text", "{district}生态环境保护督察反馈问题整改台账")
        mark = table.table("sheet").text("mark", "内部资料　注意保管")
        return Layout(columns, title.replace("|", "").replace("{city}", ""), mark, _FOOT, pictures)
    section = table.table("public")
    foot = section.texts("foot", ("公开单位：{office}", "公开日期：{today}"))
    title, words = section.text("title", PUBLIC_TITLE), section.texts("leave_out", ())
    return Layout(columns, title, section.text("mark", ""), foot, pictures, words)


def _columns(table: TomlTable, public: bool) -> tuple[Column, ...]:
    """The shown columns of the template; 公示起止 becomes two columns, so that both days are real dates."""
    columns = []
    for section in table.tables("columns"):
        name = section.one_of("field", (*LEDGER_FIELDS, BY_HAND))
        width = _width(section)
        if not section.flag("show", True) or (public and not section.flag("public", False)):
            continue
        title, group = section.text("title"), section.text("group", "")
        center = section.text("align", "left") == "center"
        if name == "notice":
            columns += [Column(name, words, width, group, True, part) for part, words in enumerate(_NOTICE)]
        else:
            columns.append(Column(name, title, width, group, center, money=section.flag("money", False)))
    if not columns:
        what = "没有可以公开的列（public = true）" if public else "没有要显示的列"
        raise Refused(f"模板{TEMPLATE}的“columns”{what}，没有导出；请至少保留一列。", "bad_template")
    return tuple(columns)


def _width(section: TomlTable) -> float:
    width = section.data.get("width_mm")
    if isinstance(width, bool) or not isinstance(width, int | float) or not 6 <= width <= 300:
        raise section.wrong("width_mm", "应为6到300之间的数")
    return width


def _photos(section: TomlTable) -> Photos:
    titles = (section.text("before", "整改前"), section.text("after", "整改后"))
    width = _width(section) if "width_mm" in section.data else 42.0
    return Photos(section.text("group", "整改前后照片"), titles, width)


def cell_value(
    column: Column, case: CaseFile, today: date, private: Private | None = None, by: Yardstick = USUAL
) -> Value:
    """The value of a cell; a deadline that is one plain date becomes a real date. ``private``: for the public."""
    if column.field == BY_HAND:
        return ""
    is_letter = case.inspection is not None and case.inspection.source == ProblemSource.LETTER_CASE
    if private and is_letter and column.field in _OF_A_LETTER:
        return LETTER_CASE_OUT
    value = ledger_value(column.field, case, today, by)
    problem = case.problem
    if column.field == "deadline" and problem.deadline and value == date_in_text(problem.deadline):
        return problem.deadline
    if column.part is not None and isinstance(value, tuple):
        return value[column.part]
    if column.part == 1 and not isinstance(value, tuple):
        return None
    return public_text(value, private) if private and isinstance(value, str) else value
