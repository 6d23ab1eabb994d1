"""Papers of the ladder that were issued: to their unit, answered by their day, about all their problems."""

from dataclasses import replace
from datetime import date
from types import ModuleType

import pytest

from desktop.documents.case_texts import make_case_text
from desktop.documents.fonts import FontSet
from desktop.documents.model import Para
from desktop.documents.papers import print_paper
from desktop.rules.followup import Chase, Rung
from desktop.rules.paper import ChasePaper, PaperRequest

CHASE = Chase("c", "p", "c", Rung.CHASE, date(2026, 11, 2), "u", due=date(2026, 11, 16), text="请于月底前完成改造。")
LETTERS = ["reminder_letter", "chase_letter", "inspect_notice", "talk_notice", "listing_notice"]


def issued(factory: ModuleType, *numbers: int) -> PaperRequest:
    """A request for a paper about some problems."""
    cases = tuple(factory.open_case(number) for number in numbers)
    made: PaperRequest = factory.request(cases[0], chase=ChasePaper(CHASE, "区住房和城乡建设局", cases))
    return made


def words_of(key: str, request: PaperRequest) -> str:
    """All that a text paper says."""
    paper = make_case_text(key, request)
    said = (f"{para.heading}{para.text}" for para in paper.paragraphs if isinstance(para, Para))
    return "\n".join([paper.title, paper.addressee, *said])


@pytest.mark.parametrize("key", LETTERS)
def test_an_issued_paper_goes_to_its_unit_and_names_its_day_and_matter(factory: ModuleType, key: str) -> None:
    said = words_of(key, issued(factory, 5))
    assert "区住房和城乡建设局" in said
    assert "2026年11月16日" in said
    assert "请于月底前完成改造。" in said
    assert "第五项问题" in said


@pytest.mark.parametrize("key", LETTERS)
def test_a_paper_about_several_problems_names_each(factory: ModuleType, key: str) -> None:
    said = words_of(key, issued(factory, 3, 7, 12))
    assert "第三、七、十二项问题" in said
    for word in ("三", "七", "十二"):
        assert f"第{word}项问题" in said
    assert "{" not in said


def test_a_paper_that_was_not_issued_leaves_its_day_to_be_written(factory: ModuleType) -> None:
    said = words_of("chase_letter", factory.request(factory.open_case()))
    assert "请于＿＿＿＿年＿＿月＿＿日前办结" in said


def test_a_letter_about_several_problems_is_printed(factory: ModuleType, fonts: FontSet) -> None:
    assert print_paper("chase_letter", issued(factory, 3, 7), fonts).pages >= 1


def test_a_call_names_what_was_reported_last_and_all_its_problems(factory: ModuleType, fonts: FontSet) -> None:
    one = factory.text_of(print_paper("call_slip", issued(factory, 5), fonts).data)
    assert "区住房和城乡建设局" in one
    assert "请于2026年11月16日前报送整改进展" in one
    assert "第五项问题最近报送的是2026年" in one
    several = issued(factory, 3, 7)
    silent = replace(several.chase.cases[1], progress=())
    several = replace(several, chase=replace(several.chase, cases=(several.chase.cases[0], silent)))
    said = factory.text_of(print_paper("call_slip", several, fonts).data)
    assert "反馈第三、七项问题整改进展情况" in said
    assert "第七项问题尚未报送过整改进展。" in said
    assert "第七项：" in said


def test_a_release_names_the_number_of_the_listing_and_warns_of_what_is_open(factory: ModuleType) -> None:
    request = issued(factory, 5)
    listed = replace(request.chase.chase, rung=Rung.LIST, doc_no="青整改办函〔2026〕7号")
    request = replace(request, chase=replace(request.chase, chase=listed))
    assert "依据挂牌督办通知（青整改办函〔2026〕7号）" in words_of("listing_release", request)
    paper = make_case_text("listing_release", request)
    assert "问题5还没有完成整改，请核对是否可以解除挂牌督办。" in paper.remarks
    bare = make_case_text("listing_release", factory.request(factory.open_case()))
    assert "“挂牌督办文号”“解除申请”“核查方式”没有填写，已留空待填。" in bare.remarks


def test_what_differs_between_the_problems_is_said_of_none_of_them(factory: ModuleType) -> None:
    request = issued(factory, 3, 7)
    assert request.chase is not None
    first, second = request.chase.cases
    assert first.inspection is not None
    unlisted = replace(second.problem, listed_for_chasing=False)
    film = replace(second, problem=unlisted, inspection=replace(first.inspection, name="2023年警示片"))
    listed = replace(first, problem=replace(first.problem, listed_for_chasing=True))
    mixed = replace(request, case=listed, chase=replace(request.chase, cases=(listed, film)))
    said = words_of("chase_letter", mixed)
    assert "关于督办生态环境保护督察|反馈第三、七项问题" in said
    assert "列入挂账督办" not in said
    assert "（序号3、7）" in said
    assert said.count("整改时限：") == 2
