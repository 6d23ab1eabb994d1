"""点位: how far the sites of a problem are, and whether some of them may go a step further (domain §8).

A site is done, then checked, then struck off with a batch; real actions had 178 of them and sent up 171 at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.rules.followup import Site
from desktop.rules.records import CaseFile, Evidence
from desktop.rules.wording import date_in_text, ranges

ITEM = "site:"  # evidence of a site carries its id behind this mark in place of a key of the checklist
_NAMED = 12


class SiteStage(StrEnum):
    """The steps of a site, in their order."""

    DONE = "done"
    CHECKED = "checked"
    CLOSED = "closed"


STAGE_WORDS = {SiteStage.DONE: "整改完成", SiteStage.CHECKED: "自查自验", SiteStage.CLOSED: "销号"}


@dataclass(frozen=True, slots=True)
class SiteCounts:
    """How many sites there are and how many have gone each step; what is closed counts as checked and done."""

    total: int = 0
    done: int = 0
    checked: int = 0
    closed: int = 0
    late: int = 0

    @property
    def words(self) -> str:
        """171/178, the closed ones of all."""
        return f"{self.closed}/{self.total}"

    @property
    def sentence(self) -> str:
        """共178个点位，整改完成175个，自查自验171个，已销号171个（171/178）."""
        if not self.total:
            return ""
        late = f"，逾期{self.late}个" if self.late else ""
        return (
            f"共{self.total}个点位，整改完成{self.done}个，自查自验{self.checked}个，"
            f"已销号{self.closed}个（{self.words}）{late}"
        )


def day_of(site: Site, stage: SiteStage) -> date | None:
    """The day on which a site went a step."""
    return {SiteStage.DONE: site.done_on, SiteStage.CHECKED: site.checked_on, SiteStage.CLOSED: site.closed_on}[stage]


def stage_of(site: Site) -> SiteStage | None:
    """The furthest step a site has gone; None while it is being rectified."""
    return next((stage for stage in reversed(SiteStage) if day_of(site, stage)), None)


def state_words(site: Site, today: date) -> str:
    """已销号, 已自查自验, 整改完成, 逾期3天 or 整改中."""
    stage = stage_of(site)
    if stage is not None:
        return {SiteStage.DONE: "整改完成", SiteStage.CHECKED: "已自查自验", SiteStage.CLOSED: "已销号"}[stage]
    late = (today - site.due).days if site.due else 0
    return f"逾期{late}天" if late > 0 else "整改中"


def is_late(site: Site, today: date) -> bool:
    """True when a site is past its day and not done."""
    return site.due is not None and site.due < today and stage_of(site) is None


def count_sites(sites: Iterable[Site], today: date) -> SiteCounts:
    """How far some sites are."""
    found = tuple(sites)
    gone = [stage_of(site) for site in found]
    return SiteCounts(
        len(found),
        sum(stage is not None for stage in gone),
        sum(stage in (SiteStage.CHECKED, SiteStage.CLOSED) for stage in gone),
        gone.count(SiteStage.CLOSED),
        sum(is_late(site, today) for site in found),
    )


def numbers_words(sites: Sequence[Site]) -> str:
    """Numbers of some sites in words: 第3、5—9号; only the first few of very many."""
    named = ranges([site.number for site in sites[:_NAMED]])
    return f"第{named}号" + (f"等{len(sites)}个点位" if len(sites) > _NAMED else "")


def proof_of(case: CaseFile, site: Site) -> tuple[Evidence, ...]:
    """The evidence of one site."""
    return tuple(piece for piece in case.evidence if piece.item == ITEM + site.id)


def site_of(case: CaseFile, piece: Evidence) -> Site | None:
    """The site a piece of evidence proves, if it is that of one."""
    return next((site for site in case.sites if piece.item == ITEM + site.id), None)


def step_fault(sites: Sequence[Site], stage: SiteStage, on: date, today: date) -> str:
    """Why these sites cannot go a step on a day, in words without a full stop; empty when they can."""
    words = STAGE_WORDS[stage]
    if not sites:
        return f"请先选择要登记{words}的点位"
    if on > today:
        return f"{words}日期{date_in_text(on)}晚于今天，请核对日期"
    again = [site for site in sites if day_of(site, stage)]
    if again:
        return f"{numbers_words(again)}已登记{words}，请从选择中去掉；需要更正的请逐个修改"
    before = {SiteStage.CHECKED: SiteStage.DONE, SiteStage.CLOSED: SiteStage.CHECKED}.get(stage)
    if before is None:
        return ""
    lacking = [site for site in sites if day_of(site, before) is None]
    if lacking:
        return f"{numbers_words(lacking)}还没有登记{STAGE_WORDS[before]}，不能登记{words}"
    early = [site for site in sites if (day_of(site, before) or on) > on]
    if early:
        return f"{numbers_words(early)}的{STAGE_WORDS[before]}日期晚于{date_in_text(on)}，请核对日期"
    return ""


def step_doubts(case: CaseFile, sites: Sequence[Site], stage: SiteStage) -> tuple[str, ...]:
    """What a reason overrides: sites that go to their check or closing without any proof of their own."""
    bare = [site for site in sites if not any(piece.present for piece in proof_of(case, site))]
    if stage == SiteStage.DONE or not bare:
        return ()
    return (f"{numbers_words(bare)}没有佐证材料",)
