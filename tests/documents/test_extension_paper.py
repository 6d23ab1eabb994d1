"""延期申请表: what was asked for last, approved or not, before what was approved before."""

from dataclasses import replace
from datetime import date
from types import ModuleType

from desktop.documents.fonts import FontSet
from desktop.documents.papers import print_paper
from desktop.rules.records import DeadlineChange

D = date


def printed(factory: ModuleType, fonts: FontSet, *changes: DeadlineChange) -> str:
    case = replace(factory.open_case(), deadline_changes=changes)
    return "".join(factory.text_of(print_paper("extension_request", factory.request(case), fonts).data).split())


def test_a_request_that_waits_is_what_the_form_is_about(factory: ModuleType, fonts: FontSet) -> None:
    approved = DeadlineChange("a", "p", D(2025, 12, 31), D(2026, 6, 30), "汛期受阻", doc_no="政函9号")
    approved = replace(approved, on=D(2025, 12, 8))
    asked = DeadlineChange("b", "p", D(2026, 6, 30), D(2026, 12, 31), "设备到货推迟")
    text = printed(factory, fonts, approved, asked)
    assert "设备到货推迟" in text
    assert "2026年12月31日" in text
    assert "政函9号" not in text
    text = printed(factory, fonts, approved)
    assert "汛期受阻" in text
    assert "政函9号" in text
