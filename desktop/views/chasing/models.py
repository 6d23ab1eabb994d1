"""The tables of the 督办 page as columns: papers and visits, suggestions, problems chased one by one."""

from collections.abc import Callable
from datetime import date

from desktop.operations.chase_board import Flagged
from desktop.rules.chase_lines import SheetLine, SheetState
from desktop.rules.ladder import Suggestion
from desktop.rules.line_words import left_tone, line_left_words
from desktop.rules.wording import NO_TEXT, date_in_table
from desktop.views.tables.columns import Column

Today = Callable[[], date]

# What the card below says in full begins out of sight, so that the rest fits a screen 1093 wide.
SHEET_COLUMNS: tuple[Column[SheetLine], ...] = (
    Column("what", "方式", 4.2, lambda line: line.what, sorts=False),
    Column("state", "状态", 7.2, lambda line: line.state_words, tone=lambda line: line.tone, sorts=False),
    Column("left", "剩余时间", 5.3, lambda line: _left(line), tone=lambda line: line.tone, sorts=False),
    Column("due", "期限", 5.5, lambda line: date_in_table(line.due) if line.due else NO_TEXT, sorts=False),
    Column("unit", "单位", 8, lambda line: line.unit or NO_TEXT, stretch=True, sorts=False),
    Column("numbers", "问题", 3.6, lambda line: line.numbers or NO_TEXT, sorts=False),
    Column("doc_no", "文号", 11, lambda line: line.doc_no or NO_TEXT, sorts=False),
    Column("on", "发出日期", 5.4, lambda line: date_in_table(line.on), sorts=False),
    Column("answer", "回复情况", 10, lambda line: _answer(line), stretch=True, shown=False, sorts=False),
    Column("text", "事由和要求", 10, lambda line: _flat(line.text), stretch=True, shown=False, sorts=False),
)
SUGGESTION_COLUMNS: tuple[Column[Suggestion], ...] = (
    Column("rung", "建议", 5, lambda one: one.step.words, tone=lambda one: "warn", sorts=False),
    Column("number", "问题", 3, lambda one: str(one.number), "right", sorts=False),
    Column(
        "units", "单位", 8, lambda one: "、".join(name for _, name in one.units) or NO_TEXT, stretch=True, sorts=False
    ),
    Column("reasons", "理由", 14, lambda one: "；".join(one.reasons), stretch=True, sorts=False),
    Column("head", "整改问题", 10, lambda one: one.head, stretch=True, sorts=False),
)


def flagged_columns(today: Today) -> tuple[Column[Flagged], ...]:
    """The columns of the problems that are chased one by one."""
    return (
        Column("number", "序号", 3, lambda one: str(one.line.number), "right", sorts=False),
        Column("flags", "督办类别", 8, flag_words, sorts=False),
        Column(
            "open", "未办结督办", 5.5, lambda one: f"{one.still_open}件" if one.still_open else NO_TEXT, sorts=False
        ),
        Column(
            "left",
            "剩余时间",
            6,
            lambda one: line_left_words(one.line, today()),
            tone=lambda one: left_tone(one.line, today()),
            sorts=False,
        ),
        Column("lead", "牵头单位", 8, lambda one: one.line.lead or NO_TEXT, stretch=True, sorts=False),
        Column("head", "整改问题", 14, lambda one: one.line.head, stretch=True, sorts=False),
    )


def flag_words(one: Flagged) -> str:
    """挂账督办、专案盯办."""
    words = (("挂账督办", one.is_listed), ("专案盯办", one.is_watched))
    return "、".join(word for word, is_set in words if is_set)


def _left(line: SheetLine) -> str:
    return line.left if line.state in (SheetState.LATE, SheetState.WAITING) else NO_TEXT


def _answer(line: SheetLine) -> str:
    return _flat(line.answer) or NO_TEXT


def _flat(text: str) -> str:
    return text.replace("\n", " ")
