"""Which papers and proofs one problem needs: the gates' own, and those of the checklist of its type."""

from dataclasses import replace

from desktop.rules.checklists import ChecklistItem, items_for
from desktop.rules.records import CaseFile, Gate
from desktop.rules.region import PaperItem, Region
from desktop.rules.wording import objections_heard


def papers_of(case: CaseFile, gate: Gate | None, region: Region) -> tuple[PaperItem, ...]:
    """What a gate asks of this problem: the papers of the procedure first, then the proofs of its type.

    After an objection nobody can state that there was none: the other paper stands in its place.
    """
    if gate is None:
        return ()
    items = items_for(case, region.checklists)
    papers, is_objected = region.rule_for(gate).papers, bool(objections_heard(case))
    asked = (_other(paper) if is_objected and paper.or_name else paper for paper in papers)
    return (*asked, *(_as_paper(item) for item in items if item.gate == gate))


def all_papers(case: CaseFile, region: Region, first: Gate | None = None) -> tuple[PaperItem, ...]:
    """All papers and proofs of this problem, those of ``first`` before the others: what a file may be said to be."""
    own = papers_of(case, first, region)
    others = tuple(paper for gate in region.gate_order for paper in papers_of(case, gate, region))
    return own + tuple(paper for paper in others if paper not in own)


def item_name(key: str, region: Region) -> str:
    """The name of a paper or proof by its key; empty for one that no list of the region holds."""
    paper = region.item(key)
    return paper.name if paper else next((item.name for item in region.checklists if item.key == key), "")


def _other(paper: PaperItem) -> PaperItem:
    return replace(paper, name=paper.or_name, paper=paper.or_paper)


def _as_paper(item: ChecklistItem) -> PaperItem:
    return PaperItem(item.key, item.name, item.required, item.words)
