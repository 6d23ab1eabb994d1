"""The standard sentences of reports, joined from segments; a segment without anything to say is left out (domain §5.2).

Every sentence is made from figures that add up (``figures.Figures``), and says so where a class is counted otherwise.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.rules.figures import LONG_TERM, UNDATED, Figures, rate_words
from desktop.rules.standing import SLOT_WORDS, Slot, Standing
from desktop.rules.wording import date_in_text


@dataclass(frozen=True, slots=True)
class LetterFigures:
    """Letter cases (信访件): settled, stage-settled and still open add up to the total."""

    total: int
    settled: int
    stage_settled: int
    open: int

    def __post_init__(self) -> None:
        """Figures that contradict themselves are a fault of the program."""
        if self.settled + self.stage_settled + self.open != self.total:
            raise ValueError("the letter cases do not add up to the total")


def overall_sentence(figures: Figures, letters: LetterFigures | None = None, *, with_stage: bool = False) -> str:
    """Pattern 1 (湖南 2023): 截至2022年12月底，反馈的53个问题完成整改25个、达到序时进度26个、未达序时进度2个，其中….

    ``with_stage`` counts stage-settled letter cases as settled, and the sentence says so.
    """
    head = f"截至{_month_or_day(figures.as_of)}，反馈的{figures.total}个问题{_classes(figures)}"
    if figures.due_this_year:
        head += f"，其中{figures.as_of.year}年底前应完成整改{figures.due_this_year}个"
        head += f"，已完成整改{figures.due_this_year_completed}个"
    return head + (_letters(letters, with_stage) if letters else "") + "。"


def chasing_sentence(standings: Iterable[Standing]) -> str:
    """督办未办结的问题3个，其中逾期未复1个。 Empty where nothing is chased."""
    found = tuple(standings)
    chased, late = sum(one.is_chased for one in found), sum(one.is_reply_late for one in found)
    if not chased:
        return ""
    return f"督办未办结的问题{chased}个" + (f"，其中逾期未复{late}个。" if late else "，没有逾期未复的。")


def sites_sentence(standings: Iterable[Standing]) -> str:
    """点位共178个，已销号171个（171/178），涉及1个问题。 Empty where no problem has sites."""
    found = [one for one in standings if one.sites]
    if not found:
        return ""
    total, closed = sum(one.sites for one in found), sum(one.sites_closed for one in found)
    return f"点位共{total}个，已销号{closed}个（{closed}/{total}），涉及{len(found)}个问题。"


def publication_sentence(standings: Iterable[Standing]) -> str:
    """已公开的问题3个、公开4次，未公开13个。 Empty where nothing was published."""
    found = tuple(standings)
    made = [one for one in found if one.publications]
    if not made:
        return ""
    times = sum(one.publications for one in made)
    return f"已公开的问题{len(made)}个、公开{times}次，未公开{len(found) - len(made)}个。"


def schedule_sentence(figures: Figures, name: str, *, accepted: int | None = None, reviewed: int | None = None) -> str:
    """Pattern 2 (漳州): ``name``问题24个，截至3月25日，应完成整改任务13个，11个达到序时进度。已完成整改13个….

    ``accepted`` (市级验收) and ``reviewed`` (行业审查) are left out where None.
    """
    day = f"{figures.as_of.month}月{figures.as_of.day}日"
    words = f"{name}问题{figures.total}个，截至{day}，应完成整改任务{figures.due}个"
    if figures.on_schedule:
        words += f"，{figures.on_schedule}个达到序时进度"
    words += f"。已完成整改{figures.completed}个{_label(figures)}"
    words += "" if accepted is None else f"，完成市级验收{accepted}个"
    return words + ("" if reviewed is None else f"，完成行业审查{reviewed}个") + "。"


def years_sentence(by_year: Sequence[tuple[str, int]]) -> str:
    """Pattern 3 (18号): 2024年完成整改11个，2025年2个，2026年1个，持续推进2个。"""
    parts = []
    for year, count in by_year:
        if year in (LONG_TERM, UNDATED):
            parts.append(f"{'持续推进' if year == LONG_TERM else '未定期限'}{count}个")
        else:
            parts.append(f"{year}年{'完成整改' if not parts else ''}{count}个")
    return "，".join(parts) + "。" if parts else ""


def tasks_sentence(figures: Figures) -> str:
    """Pattern 4 (广西 2023): 39项任务应完成整改27项，已完成27项，达到序时进度12项。"""
    words = f"{figures.total}项任务应完成整改{figures.due}项，已完成{figures.completed}项{_label(figures)}"
    return words + (f"，达到序时进度{figures.on_schedule}项" if figures.on_schedule else "") + "。"


def _classes(figures: Figures) -> str:
    counts = (
        (Slot.MOSTLY_DONE, figures.mostly_done),
        (Slot.ON_SCHEDULE, figures.on_schedule),
        (Slot.BEHIND, figures.behind),
        (Slot.LONG_TERM, figures.long_term),
        (Slot.TRANSFERRED, figures.transferred),
    )
    rest = "".join(f"、{SLOT_WORDS[slot]}{count}个" for slot, count in counts if count)
    return f"{SLOT_WORDS[Slot.COMPLETED]}{figures.completed}个{_label(figures)}{rest}"


def _label(figures: Figures) -> str:
    return f"（{'、'.join(figures.options.labels)}）" if figures.options.labels else ""


def _letters(letters: LetterFigures, with_stage: bool) -> str:
    settled = letters.settled + (letters.stage_settled if with_stage else 0)
    parts = [f"；交办的{letters.total}件信访件已办结{letters.settled}件"]
    if letters.stage_settled:
        parts.append(f"阶段办结{letters.stage_settled}件")
    if letters.open:
        parts.append(f"正在整改{letters.open}件")
    parts.append(f"办结率{rate_words(settled, letters.total)}{'（含阶段性办结）' if with_stage else ''}")
    return "，".join(parts)


def _month_or_day(as_of: date) -> str:
    is_last = (as_of + timedelta(days=1)).month != as_of.month
    return f"{as_of.year}年{as_of.month}月底" if is_last else date_in_text(as_of)
