"""统计: how things stand at a date, counted in every way, with the problems behind each number."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.operations.ledgers import Progress
from desktop.operations.lists import list_choices
from desktop.operations.profile import yardstick_of
from desktop.operations.rounds import FrozenMonth, as_frozen
from desktop.operations.show import as_of
from desktop.rules.case_parts import STANDING_PARTS
from desktop.rules.charts import Chart, all_charts
from desktop.rules.figure_groups import Dimension, GroupRow, group_figures, whole_row
from desktop.rules.figures import FigureOptions, Figures, count_figures
from desktop.rules.paper import Printed
from desktop.rules.records import Office
from desktop.rules.sentences import (
    chasing_sentence,
    overall_sentence,
    publication_sentence,
    schedule_sentence,
    sites_sentence,
    tasks_sentence,
    years_sentence,
)
from desktop.rules.standing import Standing, standing_of
from desktop.store.ledger import Ledger
from desktop.store.read_cases import counted_problems, read_cases
from desktop.store.read_shared import read_office

if TYPE_CHECKING:
    from desktop.documents.charts import Spot

__all__ = ["Dimension", "FigureBook", "FigureOptions", "Spot", "draw_chart_page", "print_figures", "read_figures"]
_TOLD = 50


@dataclass(frozen=True, slots=True)
class FigureBook:
    """All figures as of a day. ``own`` are the names under which this office works on cases.

    ``month`` is the frozen month that they are those of, empty for figures of the ledger as it is or was on the day.
    """

    office: Office
    as_of: date
    options: FigureOptions
    figures: Figures
    standings: tuple[Standing, ...]
    own: frozenset[str] = frozenset()
    month: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """The standard sentences of domain §5.2 that have something to say."""
        name = f"{self.office.district}督察反馈"
        found = (
            overall_sentence(self.figures),
            years_sentence(self.figures.by_year),
            schedule_sentence(self.figures, name),
            tasks_sentence(self.figures),
            chasing_sentence(self.standings),
            sites_sentence(self.standings),
            publication_sentence(self.standings),
        )
        return tuple(sentence for sentence in found if sentence)

    def groups(self, dimension: Dimension) -> tuple[GroupRow, ...]:
        """The problems by one dimension."""
        return group_figures(self.standings, dimension, self.options, self.own)

    @property
    def whole(self) -> GroupRow:
        """The line 合计."""
        return whole_row(self.standings, self.options)

    @property
    def charts(self) -> tuple[Chart, ...]:
        """The charts."""
        return all_charts(self.standings, self.as_of, self.options)

    def counted(self, options: FigureOptions) -> "FigureBook":
        """The same problems counted under other options."""
        figures = count_figures(self.standings, self.as_of, options)
        return FigureBook(self.office, self.as_of, options, figures, self.standings, self.own, self.month)


def read_figures(
    ledger: Ledger,
    day: date,
    today: date,
    options: FigureOptions | None = None,
    progress: Progress | None = None,
    month: str = "",
) -> FigureBook:
    """The figures as of a day: for a day before today only what this ledger held by the end of it (domain §5.1).

    With a frozen ``month`` they are those of its freeze, as of its cut-off.
    """
    tell, chosen = progress or (lambda words, share: None), options or FigureOptions()
    with as_frozen(ledger, month, tell=progress) as frozen:
        if frozen is not None:
            return _read(frozen.ledger, read_office(frozen.ledger), frozen.as_of, chosen, tell, frozen)
    with as_of(ledger, day if day < today else None) as view:
        return _read(view, read_office(ledger), day, chosen, tell)


def _read(
    view: Ledger, office: Office, day: date, chosen: FigureOptions, tell: Progress, frozen: FrozenMonth | None = None
) -> FigureBook:
    month = frozen.round.month if frozen else ""
    by, problems, standings = yardstick_of(view, month), counted_problems(view), list[Standing]()
    for at, case in enumerate(read_cases(view, problems, STANDING_PARTS)):
        if at % _TOLD == 0:
            tell(f"正在统计第{at + 1}个问题，共{len(problems)}个", at / max(len(problems), 1))
        standings.append(standing_of(frozen.case(case) if frozen else case, day, by))
    unit = list_choices(view).own
    names = frozenset((unit.name,)) if unit else frozenset()
    return FigureBook(office, day, chosen, count_figures(standings, day, chosen), tuple(standings), names, month)


def draw_chart_page(chart: Chart, width: float) -> tuple[Printed, tuple["Spot", ...]]:
    """One chart as a page of ``width`` points, and the places on it that stand for problems."""
    # The page of figures opens without the library that draws.
    from desktop.documents.charts import chart_page
    from desktop.operations.paper.printing import fonts_at_hand

    return chart_page(chart, fonts_at_hand(), width)


def print_figures(book: FigureBook, dimensions: tuple[Dimension, ...], folder: Path | None = None) -> Printed:
    """统计分析表 as PDF: the sentences, a table for each dimension, the charts."""
    from desktop.documents.figures_report import ReportContent, print_report
    from desktop.operations.paper.printing import fonts_at_hand

    content = ReportContent(
        office=book.office.name,
        district=book.office.district,
        as_of=book.as_of,
        sentences=book.sentences,
        labels=book.options.labels,
        tables=tuple((dimension, book.groups(dimension)) for dimension in dimensions),
        whole=book.whole,
        charts=tuple(chart for chart in book.charts if not chart.is_empty),
    )
    return print_report(content, fonts_at_hand(), folder)
