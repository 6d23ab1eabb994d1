"""销号申请表: what the ledger knows, the sign-off boxes of the region, reasons for overridden warnings."""

from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from desktop import paths
from desktop.documents.fonts import FontSet
from desktop.documents.papers import print_paper
from desktop.rules.errors import Refused
from desktop.rules.region import SignBox


def printed_text(factory: ModuleType, fonts: FontSet, case: object, **more: object) -> str:
    return str(factory.text_of(print_paper("closure_application", factory.request(case, **more), fonts).data))


def test_the_form_says_what_the_ledger_knows(factory: ModuleType, fonts: FontSet) -> None:
    text = printed_text(factory, fonts, factory.rich_case())
    for words in ("5（市序号9、省序号23）", "2026年6月25日", "区生态环境分局", "（一）对建成区雨污管网", "已完成6/6个"):
        assert words in text
    assert "2026年9月28日至2026年10月10日（共5个工作日）在www.qingxi.example.gov.cn公示。" in text


def test_both_deadlines_are_printed_after_an_extension(factory: ModuleType, fonts: FontSet) -> None:
    text = printed_text(factory, fonts, factory.rich_case())
    assert "2025年12月31日（经青政函〔2025〕9号批准延期至2026年6月30日）" in text


def test_the_reason_for_an_overridden_warning_is_printed(factory: ModuleType, fonts: FontSet) -> None:
    assert "验收意见已口头告知，书面件8月底前补交。" in printed_text(factory, fonts, factory.rich_case())


def test_reasons_of_the_request_are_printed_once(factory: ModuleType, fonts: FontSet) -> None:
    reason = "验收意见尚未入卷。理由：验收意见已口头告知，书面件8月底前补交。"
    text = printed_text(factory, fonts, factory.rich_case(), reasons=(reason,))
    assert text.count("验收意见已口头告知") == 1


def test_without_reasons_there_is_no_row_for_them(factory: ModuleType, fonts: FontSet) -> None:
    assert "情况说明" not in printed_text(factory, fonts, factory.sparse_case())


def test_all_boxes_of_the_region_are_there(factory: ModuleType, fonts: FontSet) -> None:
    text = printed_text(factory, fonts, factory.rich_case())
    assert text.count("（盖章）") == 1 + 4 + 2
    assert text.count("意见：") == len(factory.REGION.signoff)
    assert "中共青溪区委员会（盖章）" in text


def test_another_region_has_other_boxes(factory: ModuleType, fonts: FontSet) -> None:
    region = replace(factory.REGION, signoff=(SignBox("chief", "区主要领导审签", 0, "签字："),))
    text = printed_text(factory, fonts, factory.sparse_case(), region=region)
    assert text.count("意见：") == 1


def test_an_unknown_value_is_never_blank(factory: ModuleType, fonts: FontSet) -> None:
    text = printed_text(factory, fonts, factory.sparse_case())
    assert "整改目标无整改措施无整改完成情况无" in text
    assert "问题来源/" in text


def test_a_lost_file_of_evidence_is_named(factory: ModuleType, fonts: FontSet) -> None:
    printed = print_paper("closure_application", factory.request(factory.rich_case()), fonts)
    assert "4.水质监测报告（缺附件）" in factory.text_of(printed.data)
    assert any("水质监测报告" in remark for remark in printed.remarks)


def test_pages_after_the_first_say_which_form_goes_on(factory: ModuleType, fonts: FontSet) -> None:
    printed = print_paper("closure_application", factory.request(factory.rich_case()), fonts)
    assert printed.pages > 1
    for page in range(2, printed.pages + 1):
        text = factory.text_of(printed.data, page)
        assert text.startswith("整改销号申请表（续）问题编号：5")
        assert f"第{page}页共{printed.pages}页" in text


def test_a_row_the_office_hides_is_not_printed(factory: ModuleType, fonts: FontSet, tmp_path: Path) -> None:
    own = paths.resource("templates", "closure_application.toml").read_text(encoding="utf-8")
    own = own.replace(
        'cells = [{ label = "整改成效", field = "effects" }]',
        'cells = [{ label = "整改成效", field = "effects" }]\nshow = false',
    )
    (tmp_path / "closure_application.toml").write_text(own, encoding="utf-8")
    printed = print_paper("closure_application", factory.request(factory.rich_case()), fonts, tmp_path)
    assert "整改成效" not in factory.text_of(printed.data)


def test_a_field_that_does_not_exist_is_refused_with_file_and_key(
    factory: ModuleType, fonts: FontSet, tmp_path: Path
) -> None:
    own = paths.resource("templates", "closure_application.toml").read_text(encoding="utf-8")
    (tmp_path / "closure_application.toml").write_text(own.replace('field = "effects"', 'field = "efects"'), "utf-8")
    with pytest.raises(Refused, match=r"closure_application\.toml的“.*field”写的是“efects”"):
        print_paper("closure_application", factory.request(factory.rich_case()), fonts, tmp_path)
