"""The table of sites on a problem's page, and the sections that stand beside a case."""

from datetime import date
from typing import Any

from desktop.operations.links import Linked, ProblemLinks
from desktop.rules.followup import Objection, Publication, Site
from desktop.rules.records import CaseFile, Problem
from desktop.rules.sites import SiteStage
from desktop.views.case.followup_views import LinksBanner, ObjectionsView, PublicationsView
from desktop.views.case.sites_view import SitesView

D = date
TODAY = D(2026, 11, 23)
SITES = (
    Site(
        "a",
        "p",
        1,
        "一号排口",
        "左岸",
        "",
        "u",
        D(2026, 12, 1),
        D(2026, 10, 1),
        D(2026, 10, 2),
        D(2026, 10, 3),
        "第一批",
    ),
    Site("b", "p", 2, "二号排口", due=D(2026, 11, 20)),
    Site("c", "p", 3, "三号排口", done_on=D(2026, 11, 1)),
)
CASE = CaseFile(Problem("p", 5, "入河排口"), sites=SITES)


def shown(qtbot: Any, view: Any) -> Any:
    qtbot.addWidget(view)
    view.resize(900, 400)
    view.show()
    return view


def test_the_table_says_how_far_each_site_is(qtbot: Any, qtmodeltester: Any) -> None:
    view = shown(qtbot, SitesView())
    view.show_case(CASE, TODAY, {"u": "区水利局"}, can_change=True)
    qtmodeltester.check(view.model)
    keys = [column.key for column in view.model.columns]
    rows = [
        [view.model.index(row, keys.index(key)).data() for key in ("number", "unit", "state", "closed_on", "batch")]
        for row in range(3)
    ]
    assert rows == [
        ["1", "区水利局", "已销号", "2026/10/3", "第一批"],
        ["2", "/", "逾期3天", "/", "/"],
        ["3", "/", "整改完成", "/", "/"],
    ]
    assert view.remark.text() == "共3个点位，整改完成2个，自查自验1个，已销号1个（1/3），逾期1个"


def test_what_can_be_done_follows_what_is_chosen(qtbot: Any) -> None:
    view = shown(qtbot, SitesView())
    view.show_case(CASE, TODAY, {}, can_change=True)
    assert not view.buttons[SiteStage.CLOSED].isEnabled()
    view.table.choose_rows((1, 2), 1)
    assert view.buttons[SiteStage.CLOSED].isEnabled()
    assert not view.edit_button.isEnabled()
    with qtbot.waitSignal(view.step_wanted) as caught:
        view.buttons[SiteStage.CHECKED].click()
    assert caught.args == ["checked", ("b", "c")]
    view.show_case(CASE, TODAY, {}, can_change=True)
    assert view.chosen() == ()
    view.table.choose_rows((1,), 1)
    view.show_case(CASE, TODAY, {}, can_change=True)
    assert view.chosen() == ("b",)
    with qtbot.waitSignal(view.void_wanted) as told:
        view.void_button.click()
    assert told.args == ["site", "b", "第2号点位"]
    view.show_case(CASE, TODAY, {}, can_change=False)
    assert not any(button.isEnabled() for button in (view.new_button, view.paste_button, view.void_button))


def test_an_objection_offers_its_answer_and_a_founded_one_the_return(qtbot: Any) -> None:
    waiting = Objection("o1", "p", D(2026, 11, 3), "有<异味>", "居民", "来电")
    founded = Objection("o2", "p", D(2026, 11, 4), "噪声", handling="复核", result="成立", answered_on=D(2026, 11, 6))
    view = shown(qtbot, ObjectionsView())
    view.show_case(CaseFile(Problem("p", 5, "问题"), objections=(waiting, founded)), can_change=True)
    words = view.words.text()
    assert "有&lt;异味&gt;" in words
    assert view.remark.text() == "共2件，1件尚未答复，答复登记前不能备案"
    assert words.count("登记退回") == words.count("登记处理和答复") == 1
    with qtbot.waitSignal(view.edit_wanted) as caught:
        view.words.linkActivated.emit("edit:o1")
    assert caught.args == ["o1"]
    with qtbot.waitSignal(view.return_wanted):
        view.words.linkActivated.emit("return:")
    view.show_case(CaseFile(Problem("p", 5, "问题"), objections=(founded,)), can_change=False)
    assert "href" not in view.words.text()


def test_publications_stand_latest_first_and_may_be_added_to_a_closed_record(qtbot: Any) -> None:
    found = (
        Publication("x", "p", D(2026, 10, 1), "区政府网站", "整改方案", "整改方案"),
        Publication("y", "p", D(2026, 11, 1), "区融媒体", "整改进展", url="http://a/1"),
    )
    view = shown(qtbot, PublicationsView())
    view.show_case(CaseFile(Problem("p", 5, "问题"), publications=found), can_add=True, can_change=False)
    words = view.words.text()
    assert words.index("整改进展") < words.index("区政府网站")
    assert "没有截图" in words
    assert "作废" not in words
    assert view.new_button.isEnabled()


def test_linked_problems_are_named_and_opened(qtbot: Any) -> None:
    view = shown(qtbot, LinksBanner())
    other = Linked("q", 9, "同一企业排放超标", "2025年警示片")
    view.show_links(ProblemLinks(counted_with=other), can_change=True)
    assert "问题9（2025年警示片）" in view.words.text()
    with qtbot.waitSignal(view.open_wanted) as caught:
        view.words.linkActivated.emit("open:q")
    assert caught.args == ["q"]
    with qtbot.waitSignal(view.take_back_wanted):
        view.words.linkActivated.emit("back:")
    view.show_links(ProblemLinks(), can_change=True)
    assert view.isHidden()
