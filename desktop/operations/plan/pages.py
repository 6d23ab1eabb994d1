"""The pages of a plan to look at: beside what was read of it, or beside an empty form where nothing can be read."""

from pathlib import Path

from desktop.plans.sniff import kind_of
from desktop.rules.drafts import PlanDraft, ProblemDraft
from desktop.rules.errors import Refused
from desktop.store.faults import known_faults

# Refusals after which a clerk can still type a plan in beside its pages.
BY_HAND = frozenset({"scanned_plan", "garbled_plan", "slow_pdf"})
MAX_PAGES_FILE = 300 * 1024 * 1024
_HEAD = 4096


def plan_pages(file: Path) -> bytes:
    """The pages of a PDF or picture as a PDF; empty for a file that has none. Refused for a damaged picture."""
    with known_faults(file):
        with file.open("rb") as handle:
            kind = kind_of(handle.read(_HEAD))
        if kind is None or kind.key not in ("pdf", "picture"):
            return b""
        if file.stat().st_size > MAX_PAGES_FILE:
            raise Refused(f"“{file.name}”超过300 MB，打不开；请压缩或拆分后再试。", "too_large")
        data = file.read_bytes()
    if kind.key == "pdf":
        return data
    # The library of pictures and PDF files is read with the first picture.
    from desktop.documents.picture_pages import picture_as_pdf

    return picture_as_pdf(data, file.name)


def blank_plan(file: Path) -> PlanDraft:
    """An empty plan of one problem, to be filled in by hand; its title is the name of the file."""
    return PlanDraft(title=file.stem, problems=(ProblemDraft(number=1, text=""),))
