"""The columns of a list of changes of the whole ledger: when, who, where, what, before → after."""

from desktop.rules.history import LedgerChange, moment_words
from desktop.views.tables.columns import Column

COLUMNS: tuple[Column[LedgerChange], ...] = (
    Column("at", "时间", 9, lambda line: moment_words(line.change.at), sorts=False),
    Column("who", "人员", 6, lambda line: line.who or "—", sorts=False),
    Column("problem", "问题", 4, lambda line: line.problem or "/", sorts=False),
    Column("what", "内容", 9, lambda line: line.change.title, sorts=False),
    Column("before", "改前", 10, lambda line: line.change.before if line.change.field else "", sorts=False),
    Column("after", "改后", 16, lambda line: line.change.after, sorts=False, stretch=True),
)
