"""Letters, notices and statements about one problem say what is on record, to whom it concerns, and nothing more."""

from dataclasses import replace
from datetime import date
from types import ModuleType

import pytest

from desktop.documents.case_texts import build_case_text
from desktop.documents.fonts import FontSet
from desktop.documents.model import OfficialPaper, Para, Shell
from desktop.documents.papers import print_paper
from desktop.documents.sentence_words import sentence_words
from desktop.documents.template import load_template
from desktop.rules.records import CaseFile


def paper(factory: ModuleType, key: str, case: CaseFile, **more: object) -> OfficialPaper:
    return build_case_text(key, factory.request(case, **more), load_template(key))


def text_of(made: OfficialPaper) -> str:
    return "\n".join(para.heading + para.text for para in made.paragraphs if isinstance(para, Para))


@pytest.mark.parametrize(
    ("key", "shell"),
    [
        ("acceptance_letter", Shell.LETTER),
        ("filing_letter", Shell.LETTER),
        ("reminder_letter", Shell.LETTER),
        ("chase_letter", Shell.LETTER),
        ("talk_notice", Shell.LETTER),
        ("talk_minutes", Shell.MINUTES),
        ("no_objection", Shell.PLAIN),
        ("self_check_report", Shell.PLAIN),
    ],
)
def test_each_paper_has_its_shell(factory: ModuleType, key: str, shell: Shell) -> None:
    assert paper(factory, key, factory.rich_case()).shell is shell


def test_acceptance_is_asked_of_the_accepting_unit_with_the_self_check(factory: ModuleType) -> None:
    case = replace(factory.rich_case(5), steps=factory.rich_case(5).steps[:2])
    made = paper(factory, "acceptance_letter", case)
    assert made.addressee == "市生态环境局"
    assert made.bodies == ("青溪区人民政府",)
    text = text_of(made)
    assert "整改任务已全部完成，并已通过自查自验" in text
    assert "2026年7月20日，我区以青委〔2026〕12号向衡阳市突出环境问题整改工作领导小组申请销号。" in text
    assert "商请贵单位组织验收" in text
    assert made.attachments == ("整改销号申请表", "自查自验表", "佐证材料目录")


def test_a_filing_has_the_ledger_the_catalogue_and_a_receipt_bound_in(factory: ModuleType, fonts: FontSet) -> None:
    made = paper(factory, "filing_letter", factory.rich_case(5))
    assert made.addressee == "衡阳市突出环境问题整改工作领导小组办公室"
    assert made.listed == ("整改销号台账", "佐证材料目录", "签收回执")
    assert "在www.qingxi.example.gov.cn公示整改完成情况，共5个工作日。公示期间未收到异议。" in text_of(made)
    printed = print_paper("filing_letter", factory.request(factory.rich_case(5)), fonts)
    assert "管网排查报告" in factory.text_of(printed.data)
    assert "签收单位（盖章）：" in factory.text_of(printed.data)


def test_a_reminder_names_what_is_open_and_how_late_it_is(factory: ModuleType) -> None:
    made = paper(factory, "reminder_letter", factory.open_case(), asked=(("reply_by", "2026年12月1日"),))
    text = text_of(made)
    assert made.addressee == "区生态环境分局、区住房和城乡建设局、区农业农村局"
    assert "已逾期327天" in text
    assert "还有1项措施尚未完成" in text
    assert "（二）2025年12月31日前完成6个未完成的管网改造项目；新建雨水管12公里。目前进展：3个项目完工。" in text
    assert "对建成区雨污管网" not in text
    assert "请于2026年12月1日前书面反馈我办" in text


def test_chasing_a_finished_problem_is_doubted(factory: ModuleType) -> None:
    assert "问题5已完成整改，请核对是否还需要发出。" in paper(factory, "chase_letter", factory.rich_case(5)).remarks
    assert not any("已完成整改" in remark for remark in paper(factory, "chase_letter", factory.open_case()).remarks)


def test_a_problem_listed_for_chasing_is_called_so(factory: ModuleType) -> None:
    assert "列入挂账督办" in text_of(paper(factory, "chase_letter", factory.open_case()))


def test_no_objection_is_stated_after_the_notice_only(factory: ModuleType) -> None:
    case = factory.rich_case(5)
    made = paper(factory, "no_objection", case)
    assert "未收到任何单位和个人提出的异议" in text_of(made)
    assert made.remarks == ()
    early = build_case_text(
        "no_objection", replace(factory.request(case), as_of=date(2026, 10, 9)), load_template("no_objection")
    )
    assert "公示期尚未结束，请在公示期满后再出具无异议说明。" in early.remarks


def test_without_a_word_on_objections_the_clerk_is_asked_to_make_sure(factory: ModuleType) -> None:
    case = factory.rich_case(5)
    steps = tuple(replace(step, text="", result="") for step in case.steps)
    made = paper(factory, "no_objection", replace(case, steps=steps))
    assert "台账没有记载公示期间是否收到异议，请核实后再签章。" in made.remarks


def test_the_office_signs_as_its_seal_has_it(factory: ModuleType) -> None:
    made = paper(factory, "talk_notice", factory.open_case(), issuer="青溪区整改办")
    assert made.bodies == ("青溪区整改办",)


def test_a_summons_leaves_room_for_what_is_not_settled_yet(factory: ModuleType) -> None:
    made = paper(factory, "talk_notice", factory.open_case(), asked=(("talk_place", "区政府三楼会议室"),))
    assert "约谈地点：区政府三楼会议室。" in text_of(made)
    assert "主持人：＿＿＿＿＿＿。" in text_of(made)


def test_the_report_of_the_own_check_says_only_what_was_answered(factory: ModuleType) -> None:
    case = factory.rich_case(5)
    bare = text_of(paper(factory, "self_check_report", case))
    assert "损害赔偿" not in bare
    answered = text_of(paper(factory, "self_check_report", case, asked=(("compensation", "不涉及"),)))
    assert "生态环境损害赔偿情况：不涉及。" in answered
    assert "佐证材料编号：2—4。" in answered


def test_a_phone_nobody_knows_is_a_place_to_write_it_in_the_sentence(factory: ModuleType) -> None:
    request = factory.request(factory.rich_case(), contact="张某", phone="0734-1")
    said = sentence_words(request, factory.rich_case())["contacts"]
    assert "区住房和城乡建设局，电话：0734-8223344" in said
    assert "，电话：＿＿＿＿＿＿；" in said
    assert "，联系人：张某，电话：0734-1" in said
