"""The monthly entries of a case, month by month, the latest first."""

from itertools import accumulate, groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.rules.records import CaseFile, Progress
from desktop.rules.wording import date_in_table
from desktop.views.case.words import Section, link, month_words, plain, rich_label, with_links
from desktop.views.looks.theme import colours

MONTHS = 4
ENTRIES = 24  # of a problem with many measures fewer months stand there at first


class ProgressView(Section):
    """Signals: ``report_wanted``, ``void_wanted(kind, row, words)``."""

    report_wanted = Signal()
    void_wanted = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("月度进展", parent)
        self._case: CaseFile | None = None
        self._can_change = self._whole = False
        self.words = with_links(rich_label("月度进展"))
        self.words.linkActivated.connect(self._follow)
        self.body.addWidget(self.words)
        self.more_button = self.add_button("显示全部月份")
        self.more_button.clicked.connect(self.show_all)
        self.report_button = self.add_button("填报进展", "填报月度进展")
        self.report_button.clicked.connect(self.report_wanted)

    def show_case(self, case: CaseFile, *, can_change: bool) -> None:
        """Show the entries; those of earlier months wait for the clerk to ask."""
        if self._case is None or self._case.problem.id != case.problem.id:
            self._whole = False
        self._case, self._can_change = case, can_change
        months = self.months()
        shown = months if self._whole else _first(months)
        self.more_button.setVisible(len(months) > len(shown))
        self.remark.setText(f"{len(months)}个月，{len(case.progress)}条" if months else "还没有填报过进展")
        self.words.setText("".join(self._month_html(month, entries) for month, entries in shown))
        self.words.setVisible(bool(months))

    def months(self) -> list[tuple[str, list[Progress]]]:
        """The months with their entries, the latest month first."""
        entries = sorted(self._case.progress, key=lambda p: p.month, reverse=True) if self._case else []
        return [(month, list(group)) for month, group in groupby(entries, key=lambda p: p.month)]

    def show_all(self) -> None:
        """Show every month."""
        self._whole = True
        if self._case is not None:
            self.show_case(self._case, can_change=self._can_change)

    def _month_html(self, month: str, entries: list[Progress]) -> str:
        lines = "".join(self._entry_html(entry) for entry in entries)
        head = f"<p style='margin:5px 0 1px 0'><b>{month_words(month)}</b></p>"
        return f"{head}<table width='100%' cellspacing='0' cellpadding='2'>{lines}</table>"

    def _entry_html(self, entry: Progress) -> str:
        muted = colours().muted
        share = "" if entry.percent is None else f"{entry.percent}%"
        text = plain(entry.text)
        if entry.difficulty:
            text += f"<br><span style='color:{colours().warn}'>存在问题：{plain(entry.difficulty)}</span>"
        if entry.next_step:
            text += f"<br><span style='color:{muted}'>下步措施：{plain(entry.next_step)}</span>"
        if told := self._told_by_unit(entry):
            text += f"<br><span style='color:{muted}'>{plain(told)}</span>"
        who = "　".join(part for part in (entry.person, date_in_table(entry.on)) if part)
        tail = f"<span style='color:{muted}'>{plain(who)}</span>"
        if self._can_change:
            tail += f"　{link('作废', f'void:{entry.id}')}"
        return (
            f"<tr><td width='8%' style='white-space:nowrap;color:{muted}'>{self._measure_name(entry)}</td>"
            f"<td width='6%' align='right'>{share}　</td><td>{text}</td>"
            f"<td width='19%' align='right' style='white-space:nowrap'>{tail}</td></tr>"
        )

    def _told_by_unit(self, entry: Progress) -> str:
        """Which unit's form an entry came with, who filled it in, and what the unit claims and expects."""
        units = self._case.units if self._case else ()
        unit = next((u.name for u in units if u.unit_id == entry.unit_id), "") if entry.unit_id else ""
        who = "、".join(part for part in (entry.reporter, entry.checker and f"审核人{entry.checker}") if part)
        parts = [f"{unit or '单位'}报送" + (f"（{who}）" if who else "")] if entry.unit_id else []
        parts += [f"单位判定：{entry.claimed}"] if entry.claimed else []
        parts += [f"预计完成：{date_in_table(entry.expected_on)}"] if entry.expected_on else []
        return "　".join(parts)

    def _measure_name(self, entry: Progress) -> str:
        measures = self._case.measures if self._case else ()
        found = next((m for m in measures if m.id == entry.measure_id), None)
        return f"措施{found.number}" if found else "总体"

    def _follow(self, target: str) -> None:
        _, _, row = target.partition(":")
        entry = next((p for p in self._case.progress if p.id == row), None) if self._case else None
        if entry is not None:
            self.void_wanted.emit("progress", row, f"{month_words(entry.month)}{self._measure_name(entry)}的进展")


def _first(months: list[tuple[str, list[Progress]]]) -> list[tuple[str, list[Progress]]]:
    """The latest months, so many as stand there at first, one at least."""
    told = list(accumulate(len(entries) for _, entries in months[:MONTHS]))
    return months[: max(1, sum(count <= ENTRIES for count in told))]
