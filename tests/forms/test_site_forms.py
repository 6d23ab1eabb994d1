"""点位: a table pasted from WPS is read before it is saved; the chosen sites go a step further together."""

from collections.abc import Callable
from datetime import date

import pytest
from made_up import TODAY, UNITS, WITH_SITES
from pytestqt.qtbot import QtBot

from desktop.rules.entries import SiteEntry
from desktop.rules.site_rows import read_site_rows
from desktop.rules.sites import SiteStage
from forms.base import Form
from forms.site import SiteForm, SitePasteForm, SiteStep, SiteStepForm


@pytest.fixture
def made(qtbot: QtBot) -> Callable[[Form], Form]:
    """Shows a form."""

    def show(form: Form) -> Form:
        qtbot.addWidget(form)
        form.show()
        return form

    return show


@pytest.fixture
def entry_of(qtbot: QtBot) -> Callable[[Form], object]:
    """Saves a form; its entry."""

    def save(form: Form) -> object:
        with qtbot.waitSignal(form.submitted) as caught:
            form.submit()
        return caught.args[0]

    return save


TABLE = (
    "序号\t点位名称\t所在位置\t责任单位\t整改时限\t完成日期\t备注\n"
    "6\t青溪6号排口\t左岸\t区建设局\t2026年12月31日\t2026/11/3\t/\n"
    '2\t"青溪2号排口"\t\t环保分局\t\t\t已改名\n\n'
)


def test_a_table_is_read_by_its_heads_whatever_their_order() -> None:
    found = read_site_rows(TABLE, UNITS)
    assert found.faults == ()
    assert found.entries == (
        SiteEntry(6, "青溪6号排口", "左岸", None, "u2", date(2026, 12, 31), date(2026, 11, 3)),
        SiteEntry(2, "青溪2号排口", "", None, "u1", note="已改名"),
    )
    swapped = read_site_rows("点位\t编号\n甲\t3", UNITS)
    assert swapped.entries == (SiteEntry(3, "甲"),)


def test_without_heads_and_numbers_the_sites_are_counted_on() -> None:
    six, seven = SiteEntry(6, "甲", "左岸"), SiteEntry(7, "乙", "右岸")
    assert read_site_rows("甲\t左岸\n乙\t右岸", UNITS, 5).entries == (six, seven)
    assert read_site_rows("1\t甲\n2\t乙", UNITS, 5).entries == (SiteEntry(1, "甲"), SiteEntry(2, "乙"))
    assert read_site_rows("甲\n乙", UNITS).entries == (SiteEntry(1, "甲"), SiteEntry(2, "乙"))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("一\t甲\t\t\t", "序号“一”不是整数"),
        ("7\t\t左岸\t\t", "没有点位名称"),
        ("7\t甲\t\t区水利局\t", "单位“区水利局”不在单位名录里，请先在“单位”页新增，或改成名录里的名称"),
        ("7\t甲\t\t\t12月底", "完成时限“12月底”不是日期，请写成 2026-11-23"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(line: str, fault: str) -> None:
    found = read_site_rows(f"序号\t点位名称\t地点\t责任单位\t完成时限\n8\t乙\t\t\t\n{line}", UNITS)
    assert found.faults == (f"第3行：{fault}",)
    assert [entry.number for entry in found.entries] == [8]


def test_a_table_without_names_is_told() -> None:
    found = read_site_rows("序号\t地点\n1\t左岸", UNITS)
    assert found.faults == ("没有找到“点位名称”一列，请连同表头一起粘贴",)
    assert found.entries == ()
    assert read_site_rows("", UNITS).entries == ()


def test_the_form_shows_what_was_read_before_it_is_saved(made, entry_of) -> None:
    form = made(SitePasteForm(WITH_SITES, TODAY, UNITS))
    assert form.preview.text() == "还没有粘贴内容"
    form.text.setPlainText(TABLE)
    head, first, *_ = form.preview.text().splitlines()
    assert (head, first) == ("读到2个点位：新增1个，更新已有的1个", "第6号　青溪6号排口　左岸　2026年12月31日前")
    assert [entry.number for entry in entry_of(form)] == [6, 2]
    form.text.setPlainText(TABLE + "9\t\t右岸\t\t\t\t")
    assert form.faults() == {"text": "第5行：没有点位名称"}


def test_a_site_is_entered_with_its_dates_in_order(made, entry_of) -> None:
    form = made(SiteForm(WITH_SITES, TODAY, UNITS))
    assert form.number.number() == 6
    form.restore({"number": "3", "name": "甲", "checked_on": "2026-11-03"})
    assert form.faults() == {"number": "已有第3号点位，请换一个序号", "checked_on": "请先填写整改完成日期"}
    form.restore({"number": "6", "done_on": "2026-11-04"})
    assert form.faults() == {"checked_on": "早于整改完成日期，请核对"}
    form.restore({"checked_on": "2026-11-04", "unit": []})
    assert entry_of(form) == SiteEntry(6, "甲", done_on=date(2026, 11, 4), checked_on=date(2026, 11, 4))


def test_chosen_sites_go_on_together_with_batch_and_reason(made, entry_of) -> None:
    form = made(SiteStepForm(WITH_SITES, TODAY, WITH_SITES.sites[:2], SiteStage.CLOSED))
    assert "已选2个点位：第1—2号" in form.subject.text()
    assert form.faults() == {"batch": "请填写销号批次", "reason": "请填写理由"}
    form.restore({"batch": "第一批", "reason": "见汇总材料"})
    assert entry_of(form) == SiteStep(("s1", "s2"), SiteStage.CLOSED, TODAY, "第一批", "见汇总材料")


def test_sites_that_may_not_go_on_are_named_and_nothing_can_be_saved(made) -> None:
    form = made(SiteStepForm(WITH_SITES, TODAY, WITH_SITES.sites, SiteStage.CLOSED))
    assert form.verdict.text() == "现在不能登记：第4—5号还没有登记自查自验，不能登记销号。"
    assert not form.submit_button.isEnabled()
