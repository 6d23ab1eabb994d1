"""What the figures say of sites and publications."""

from datetime import date

from desktop.rules.figure_groups import Dimension, group_figures
from desktop.rules.followup import Publication, Site
from desktop.rules.records import CaseFile, Problem, ProgressClass
from desktop.rules.sentences import publication_sentence, sites_sentence
from desktop.rules.standing import Standing, standing_of

D = date


def standing(number: int, **more: int) -> Standing:
    return Standing(number, ProgressClass.ON_SCHEDULE, f"p{number}", **more)


def test_sites_are_added_up_over_the_problems_that_have_some() -> None:
    found = [standing(1, sites=170, sites_closed=165), standing(2), standing(3, sites=8, sites_closed=6)]
    assert sites_sentence(found) == "点位共178个，已销号171个（171/178），涉及2个问题。"
    assert sites_sentence(found[1:2]) == ""


def test_publications_are_counted_by_problem_and_by_time() -> None:
    found = [standing(1, publications=3), standing(2), standing(3, publications=1)]
    assert publication_sentence(found) == "已公开的问题2个、公开4次，未公开1个。"
    assert publication_sentence(found[1:2]) == ""
    rows = {row.name: row.problems for row in group_figures(found, Dimension.PUBLISHED)}
    assert rows == {"已公开": ("p1", "p3"), "未公开": ("p2",)}


def test_a_case_counts_what_stands_beside_it() -> None:
    sites = (Site("a", "p", 1, "甲", closed_on=D(2026, 1, 1)), Site("b", "p", 2, "乙"))
    made = (Publication("x", "p", D(2026, 1, 1), "网站", "公开"),)
    found = standing_of(CaseFile(Problem("p", 1, "问题"), sites=sites, publications=made), D(2026, 11, 23))
    assert (found.sites, found.sites_closed, found.publications) == (2, 1, 1)
