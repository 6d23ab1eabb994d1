"""What a progress text says about itself: a percentage, a count done, a progress class (plan-formats §5).

Only plain claims are read. A text that says nothing of the kind gives None, and nothing is made up.
"""

import re
import unicodedata
from dataclasses import dataclass

from desktop.rules.records import ProgressClass

# In the order they are looked for: a longer or negated wording stands before the word it contains.
_CLASSES: tuple[tuple[str, ProgressClass], ...] = (
    (r"尚未启动|还未启动|未启动|尚未开展|未开展", ProgressClass.NOT_STARTED),
    (r"逾期", ProgressClass.OVERDUE),
    (r"超过(?:序时|时序)进度|超序时进度", ProgressClass.AHEAD),
    (r"(?:未完成但)?(?:已|均)?(?<!未)达到(?:序时|时序)进度|按(?:序时|时序)进度", ProgressClass.ON_SCHEDULE),
    (r"未(?:达|达到)(?:序时|时序)进度|未按期完成|进度滞后|推进缓慢", ProgressClass.BEHIND),
    (r"基本完成", ProgressClass.MOSTLY_DONE),
)
_UNITS = "个|项|处|家|座|台|套|公里|米|户|件|宗|万元|亩"
# A whole clause that claims the whole: 招标已完成 or 已完成方案编制 speak of a part and claim nothing.
_DONE = re.compile(
    r"(?:截至目前|目前|现)?(?:该|本|此)?"
    r"(?:问题|项目|(?:整改)?(?:任务|工作)|整改|措施|(?:该|各|全部|所有)项?(?:任务|措施|项目|问题)|"
    rf"\d+(?:{_UNITS})[^\d]{{0,12}}(?=均|都|全部|已全部|已均))?"
    r"(?:均|都)?(?:已经|已)?(?:于[\d年月日底]+)?(?:按期|按时|如期|全面|全部|均已)*(?:整改)?"
    r"(?:完成|落实到位|到位|办结)(?:全部|各项)?(?:整改)?(?:任务|工作|措施)?(?:并.*)?"
)
_MIXED = re.compile(r"正在|尚未|仍|还未|未完成|下一步|预计|计划|力争")
_NOT_DONE = re.compile(r"(?:未|没有|无法|未能|预计|计划|力争|确保|争取|拟|将)[^，。；、]{0,12}$")
_PERCENT = re.compile(r"(?<![\d.])(\d{1,3})(?:\.\d+)?%")
_BEFORE_PERCENT = re.compile(r"(?:完成|进度|达到?|已|约|至|^)(?:了|率)?[:为约达至]*$")
_OTHER_RATE = re.compile(r"(?<!完成)(?<!办结)(?<!整改)率[^，。；、]{0,4}$")  # 有效率达到98% is no progress
_COUNT = re.compile(
    rf"完成(?:了)?(?:其中)?(?:的)?(?:\d+(?:{_UNITS})[^，。；\d]{{0,8}}中的?)?(\d+)(?:/\d+)?(?:{_UNITS})"
    rf"|(\d+)(?:{_UNITS})[^，。；\d]{{0,12}}(?:已|已经|全部|均)(?:整改)?完成(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a progress text claims; None where it claims nothing. ``percent`` is 0 to 100."""

    percent: int | None = None
    quantity_done: int | None = None
    progress: ProgressClass | None = None


def read_claim(text: str) -> Claim:
    """The claims of one progress text.

    已完成, 全部完成, 完成整改 and 100% are 100 percent; 尚未启动 is 0; 完成6个 is a count. A finish that is only
    planned (预计…完成) or denied (尚未完成) is no claim.
    """
    shadow = _shadow(text)
    percent = _percent(shadow)
    quantity = _quantity(shadow)
    progress = next((cls for pattern, cls in _CLASSES if re.search(pattern, shadow)), None)
    if progress == ProgressClass.NOT_STARTED:
        started = quantity is not None or percent or re.search(r"已|(?<!未)完成", shadow)
        return Claim(percent, quantity, None) if started else Claim(0, None, progress)
    if percent is None and progress is None and _is_done(shadow):
        percent = 100
    return Claim(percent, quantity, progress or (ProgressClass.COMPLETED if percent == 100 else None))


def measure_percent(quantity_done: int | None, quantity: int | None) -> int | None:
    """The percentage a count stands for, rounded down, at most 100; None where nothing was promised or reported."""
    if quantity_done is None or not quantity:
        return None
    return min(100, max(0, quantity_done) * 100 // quantity)


def _shadow(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).replace(",", "，").replace(";", "；")


def _is_done(shadow: str) -> bool:
    return not _MIXED.search(shadow) and any(_DONE.fullmatch(clause) for clause in re.split(r"[，。；、！]", shadow))


def _percent(shadow: str) -> int | None:
    """The last percentage that stands behind a word of progress and is not merely planned."""
    values = [int(found[1]) for found in _PERCENT.finditer(shadow) if _claims(shadow[: found.start()])]
    return values[-1] if values and values[-1] <= 100 else None


def _claims(before: str) -> bool:
    if _OTHER_RATE.search(before) or _NOT_DONE.search(before):
        return False
    return bool(_BEFORE_PERCENT.search(before))


def _quantity(shadow: str) -> int | None:
    counts = [
        int(found[1] or found[2]) for found in _COUNT.finditer(shadow) if not _NOT_DONE.search(shadow[: found.start()])
    ]
    return counts[-1] if counts else None
