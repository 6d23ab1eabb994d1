"""The sides of 调度 beside the grid: forms out and in, who has reported, checks, classes; made when asked for."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.views.dispatch.round_work import RoundWork

if TYPE_CHECKING:
    from desktop.views.dispatch.check_side import CheckSide
    from desktop.views.dispatch.forms_in import FormsInPanel
    from desktop.views.dispatch.forms_out import FormsOutPanel
    from desktop.views.dispatch.judge_side import JudgeSide
    from desktop.views.dispatch.report_side import ReportSide


Side = TypeVar("Side", bound=QWidget)


class DispatchSides(QStackedWidget):
    """The grid and its sides.

    Signals: ``left`` when a side gives way to the grid, ``go(Place)``, ``jump_wanted(MonthCheck)``.
    """

    left = Signal()
    go = Signal(object)
    jump_wanted = Signal(object)

    def __init__(self, work: RoundWork, grid: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.work, self.grid = work, grid
        self._made: dict[str, QWidget] = {}
        self.addWidget(grid)

    @property
    def is_grid(self) -> bool:
        """True while the grid is in front."""
        return self.currentWidget() is self.grid

    def show_grid(self) -> None:
        """Back to the grid."""
        self.setCurrentWidget(self.grid)

    def forms_out(self) -> "FormsOutPanel":
        """The side that sends out the month's forms."""
        from desktop.views.dispatch.forms_out import FormsOutPanel

        side = self._side("out", lambda: FormsOutPanel(self.work.session), FormsOutPanel)
        side.show_month(self.work.month)
        return side

    def forms_in(self) -> "FormsInPanel":
        """The side that takes in what units handed back."""
        from desktop.views.dispatch.forms_in import FormsInPanel

        side = self._side("in", lambda: FormsInPanel(self.work.session), FormsInPanel)
        side.show_month(self.work.month)
        return side

    def reports(self) -> "ReportSide":
        """Who has reported."""
        from desktop.views.dispatch.report_side import ReportSide

        side = self._side("reports", lambda: ReportSide(self.work), ReportSide)
        side.show_again()
        return side

    def checks(self) -> "CheckSide":
        """What is odd in the month."""
        from desktop.views.dispatch.check_side import CheckSide

        def make() -> CheckSide:
            side = CheckSide(self.work)
            side.jump_wanted.connect(self.jump_wanted)
            return side

        side = self._side("checks", make, CheckSide)
        side.show_again()
        return side

    def judgements(self) -> "JudgeSide":
        """The classes of the month."""
        from desktop.views.dispatch.judge_side import JudgeSide

        def make() -> JudgeSide:
            side = JudgeSide(self.work)
            side.go.connect(self.go)
            return side

        side = self._side("judgements", make, JudgeSide)
        side.show_again()
        return side

    def _side(self, name: str, make: Callable[[], Side], kind: type[Side]) -> Side:
        found = self._made.get(name)
        if not isinstance(found, kind):
            found = make()
            found.left.connect(self.left)  # type: ignore[attr-defined]
            self._made[name] = found
            self.addWidget(found)
        self.setCurrentWidget(found)
        found.setFocus()
        return found
