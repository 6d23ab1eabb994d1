"""Papers of the ladder that were issued: to their unit, answered by their day, about all their problems."""

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


@pytest.mark.parametrize("key", ["chase_letter", "reminder_letter", "talk_notice"])
def test_an_issued_paper_goes_to_its_unit_and_names_its_day_and_matter(factory: ModuleType, key: str) -> None:
    said = words_of(key, issued(factory, 5))
    assert "区住房和城乡建设局" in said
    assert "2026年11月16日" in said
    assert "请于月底前完成改造。" in said
    assert "第五项问题" in said


@pytest.mark.parametrize("key", ["chase_letter", "reminder_letter", "talk_notice"])
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
