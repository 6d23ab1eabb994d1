"""What people read of an archived paper."""

from desktop.rules.archive import ArchivedPaper
from desktop.rules.wording import date_in_text

DRAFT, SIGNED, UNSIGNED, PURGED, LOST = "草稿", "已签章", "未签章", "已清除", "缺文件"


def paper_state(paper: ArchivedPaper) -> str:
    """Whether a paper is a draft, signed, or its file gone."""
    if paper.is_purged:
        return PURGED
    if not paper.present:
        return LOST
    if paper.is_signed:
        return SIGNED
    return DRAFT if paper.is_draft else UNSIGNED


def state_tone(paper: ArchivedPaper) -> str:
    """The tone of the state in a list."""
    return {SIGNED: "ok", LOST: "late", PURGED: "muted", DRAFT: "muted"}.get(paper_state(paper), "")


def scans_in_words(paper: ArchivedPaper) -> str:
    """What is attached: 签章件 蒸区委〔2026〕9号 2026年11月23日（2个文件）; empty while nothing is."""
    if not paper.scans:
        return ""
    parts = [paper.signed_no, date_in_text(paper.signed_on) if paper.signed_on else ""]
    return "签章件 " + " ".join(part for part in parts if part) + f"（{len(paper.scans)}个文件）"
