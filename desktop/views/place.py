"""Where a click leads: every line of every page can open its place."""

from dataclasses import dataclass
from enum import StrEnum

PROGRAM = "督察整改台账"


class PageKey(StrEnum):
    """The pages of the navigation, in its order; after 设置 those that other places open."""

    WAITING = "waiting"
    LEDGER = "ledger"
    DISPATCH = "dispatch"
    CHASING = "chasing"
    CLOSURE = "closure"
    PAPERS = "papers"
    FIGURES = "figures"
    FIND = "find"
    EXCHANGE = "exchange"
    UNITS = "units"
    CALENDAR = "calendar"
    SETTINGS = "settings"
    HISTORY = "history"
    CASE = "case"
    PLAN_REVIEW = "plan_review"


PAGE_WORDS = {
    PageKey.WAITING: "待办",
    PageKey.LEDGER: "台账",
    PageKey.DISPATCH: "调度",
    PageKey.CHASING: "督办",
    PageKey.CLOSURE: "销号",
    PageKey.PAPERS: "文书",
    PageKey.FIGURES: "统计",
    PageKey.FIND: "查找",
    PageKey.EXCHANGE: "交换",
    PageKey.UNITS: "单位",
    PageKey.CALENDAR: "日历",
    PageKey.SETTINGS: "设置",
    PageKey.HISTORY: "修改历史",
    PageKey.CASE: "一问一档",
    PageKey.PLAN_REVIEW: "导入方案",
}


def page_shortcut(key: PageKey, number: int) -> str:
    """The shortcut of page ``number`` of the navigation: ten digits, then with Shift; 设置 has the comma, as usual."""
    if key is PageKey.SETTINGS:
        return "Ctrl+,"
    return f"Ctrl+{number % 10}" if number <= 10 else f"Ctrl+Shift+{number - 10}"


@dataclass(frozen=True, slots=True)
class Place:
    """A page, and what to show there: a problem, a part of its case (a gate, ``progress``, ``evidence``), a filter.

    ``only`` are the problems that a number of another page counts, ``words`` what that number is.
    """

    page: PageKey
    problem_id: str = ""
    part: str = ""
    paper: str = ""
    filter: str = ""
    only: tuple[str, ...] = ()
    words: str = ""
