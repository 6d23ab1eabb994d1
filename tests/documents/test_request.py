"""销号请示 from a case: only what is on record is said, and what is wanting is told to the clerk."""

from dataclasses import replace
from datetime import date

import pytest

from desktop import paths
from desktop.documents.case_texts import build_case_text
from desktop.documents.papers import print_paper
from desktop.documents.template import Section, load_template
from desktop.rules.errors import Refused
from desktop.rules.records import Step, StepAction


@pytest.fixture(scope="module")
def template():
    return load_template("closure_request")


def text_of(paper):
    return "\n".join(para.heading + para.text for para in paper.paragraphs)


def applied(case):
    """The case as it stands when the application goes up: self-checked, nothing after."""
    return replace(case, steps=case.steps[:1])


def test_title_body_and_addressee_come_from_case_and_region(factory, template):
    paper = build_case_text("closure_request", factory.request(factory.rich_case(5)), template)
    assert paper.plain_title == "关于申请第二轮省生态环境保护督察反馈第五项问题销号的请示"
    assert paper.bodies == ("中共青溪区委员会", "青溪区人民政府")
    assert paper.addressee == "衡阳市突出环境问题整改工作领导小组"
    assert paper.issuing_office == "中共青溪区委办公室"
    assert paper.upward


def test_the_problem_is_quoted_word_for_word(factory, template):
    case = factory.rich_case(5)
    assert case.problem.text in text_of(build_case_text("closure_request", factory.request(case), template))


def test_every_measure_is_named_with_its_result(factory, template):
    text = text_of(build_case_text("closure_request", factory.request(factory.rich_case(5)), template))
    for measure in factory.rich_case(5).measures:
        assert measure.text.rstrip("。") in text
    assert "完成情况：计划完成6个，已完成6个。6个项目全部完工并通过竣工验收。" in text
    assert "（三）第三项措施" in text


def test_all_measures_done_is_said_only_when_it_is_so(factory, template):
    case = applied(factory.rich_case(5))
    assert "整改任务已全部完成" in text_of(build_case_text("closure_request", factory.request(case), template))
    measures = (replace(case.measures[0], percent=60, latest=""), *case.measures[1:])
    paper = build_case_text("closure_request", factory.request(replace(case, measures=measures)), template)
    assert "整改任务已全部完成" not in text_of(paper)
    assert "完成情况：已完成60%。" in text_of(paper)
    assert any("第一项措施尚未报送完成" in remark for remark in paper.remarks)


def test_before_acceptance_nothing_is_said_of_it_and_the_next_steps_are_named(factory, template):
    paper = build_case_text("closure_request", factory.request(applied(factory.rich_case(5))), template)
    assert "验收结论" not in text_of(paper)
    assert "做好验收、公示、备案工作" in text_of(paper)
    assert paper.attachments == ("整改销号申请表", "自查自验表", "佐证材料目录")


def test_acceptance_and_notice_on_record_are_reported_and_attached(factory, template):
    paper = build_case_text("closure_request", factory.request(factory.rich_case(5)), template)
    text = text_of(paper)
    assert "2026年8月12日，市生态环境局组织验收。验收结论：通过。" in text
    assert "公示期间未收到异议。" in text
    assert "下一步" not in text
    assert paper.attachments[-2:] == ("验收意见", "公示文本及公示截图")


def test_steps_before_a_return_no_longer_count(factory, template):
    case = factory.rich_case(5)
    back = Step("t9", case.problem.id, StepAction.RETURN, date(2026, 10, 20), reason="佐证不足", order=9)
    paper = build_case_text("closure_request", factory.request(replace(case, steps=(*case.steps, back))), template)
    assert "自查自验情况" not in text_of(paper)
    assert any("没有自查自验记录" in remark for remark in paper.remarks)


def test_reasons_for_overridden_warnings_are_printed(factory, template):
    reason = "公示先于验收。理由：按市整改办口头通知先行公示。"
    asked = factory.request(factory.rich_case(5), reasons=(reason,))
    text = text_of(build_case_text("closure_request", asked, template))
    assert "需要说明的事项" in text
    assert reason in text
    assert "验收意见已口头告知" in text


def test_sections_are_numbered_without_gaps(factory, template):
    for case in (factory.rich_case(5), factory.sparse_case(3), applied(factory.rich_case(5))):
        paper = build_case_text("closure_request", factory.request(case), template)
        numbers = [para.heading[0] for para in paper.paragraphs if para.level == 1]
        assert numbers == list("一二三四五六")[: len(numbers)]


def test_a_bare_problem_makes_a_paper_that_invents_nothing(factory, template):
    paper = build_case_text("closure_request", factory.request(factory.sparse_case(12)), template)
    assert paper.plain_title == "关于申请生态环境保护督察反馈第十二项问题销号的请示"
    assert [para.heading for para in paper.paragraphs if para.heading] == ["一、反馈问题"]
    assert paper.attachments == ("整改销号申请表",)


def test_wanting_signer_contact_and_evidence_are_told(factory, template):
    paper = build_case_text("closure_request", factory.request(factory.rich_case(5)), template)
    assert any("签发人" in remark for remark in paper.remarks)
    assert any("联系人" in remark for remark in paper.remarks)
    assert any("水质监测报告.pdf" in remark for remark in paper.remarks)
    assert "＿" in paper.note


def test_what_the_request_says_wins_over_the_region(factory, template):
    asked = factory.request(
        factory.rich_case(5),
        bodies=("青溪区人民政府",),
        addressee="市整改办",
        copies=("市生态环境局",),
        issuing_office="区政府办",
        contact="王五",
        phone="0734-8812345",
        doc_no="青政〔2026〕8号",
        on=date(2026, 11, 23),
    )
    paper = build_case_text("closure_request", asked, template)
    assert (paper.bodies, paper.addressee, paper.copies) == (("青溪区人民政府",), "市整改办", ("市生态环境局",))
    assert paper.note == "联系人：王五；电话：0734-8812345"
    assert not paper.is_draft


def test_a_wrong_field_in_the_template_is_named(factory, template):
    broken = Section({**template.data, "title": "关于{nonsense}的请示"}, "closure_request.toml")
    with pytest.raises(Refused, match=r"closure_request\.toml.*title.*nonsense"):
        build_case_text("closure_request", factory.request(factory.rich_case(5)), broken)


def test_without_a_problem_the_paper_is_refused(factory, template):
    with pytest.raises(Refused, match="按问题打印"):
        build_case_text("closure_request", factory.request(), template)


def test_printed_request_shows_its_text_and_remarks(factory, fonts, printed):
    made = print_paper("closure_request", factory.request(factory.rich_case(5), signers=("张三",)), fonts)
    text = "".join(text for page in printed.read(made.data) for text in page.texts)
    assert factory.rich_case(5).problem.text in text
    assert "妥否，请批示。" in text
    assert made.pages == len(printed.read(made.data))
    assert made.remarks
    assert made.missing_characters == ""


def test_the_offices_own_template_wins(factory, fonts, printed, tmp_path):
    own = paths.resource("templates", "closure_request.toml").read_text("utf-8")
    changed = own.replace("妥否，请批示。", "当否，请批复。")
    (tmp_path / "closure_request.toml").write_text(changed, "utf-8")
    made = print_paper("closure_request", factory.request(factory.rich_case(5)), fonts, tmp_path)
    assert "当否，请批复。" in "".join(printed.read(made.data)[-1].texts)
