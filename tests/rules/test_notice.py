"""Notices measured against the calendar, their texts read, yearly holiday notices pasted (domain §3.2–3.3)."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from desktop.rules.calendar import WorkingCalendar, parse_year_table, year_table
from desktop.rules.errors import Refused
from desktop.rules.notice import NoticeText, check_notice, judge_notice_text, read_notice, require_notice
from desktop.rules.region import NoticeRule
from desktop.rules.year_notice import parse_year_notice

HOLIDAYS = Path(__file__).parents[2] / "resources" / "holidays"
SHIPPED = {
    int(file.stem): parse_year_table(tomllib.loads(file.read_text(encoding="utf-8")), file.name)
    for file in HOLIDAYS.glob("*.toml")
}
CALENDAR = WorkingCalendar((*(year_table(year, (), ()) for year in range(2017, 2024)), *SHIPPED.values()))
FIVE = NoticeRule()
TEN_FIRST = NoticeRule(10, "working", "first_day")
D = date


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (
            "公示期：2024年9月29日至10月9日，共10个工作日。",
            NoticeText(D(2024, 9, 29), D(2024, 10, 9), 10, "working"),
        ),
        (
            "公示期为5个工作日（2017年11月28日——12月5日）",
            NoticeText(D(2017, 11, 28), D(2017, 12, 5), 5, "working"),
        ),
        (
            "公示时间：２０１９年１２月１３日起 至 ２０１９年１２月１９日，共7天",
            NoticeText(D(2019, 12, 13), D(2019, 12, 19), 7, "any"),
        ),
        ("2025-01-21至2025-02-08", NoticeText(D(2025, 1, 21), D(2025, 2, 8), None, "")),
        ("2026年11月23日（星期一）至30日", NoticeText(D(2026, 11, 23), D(2026, 11, 30), None, "")),
        ("2025年12月29日到1月6日", NoticeText(D(2025, 12, 29), D(2026, 1, 6), None, "")),
        ("11月23日至30日，共5个工作日", NoticeText(None, None, 5, "working")),
        ("2026年2月30日至3月5日", NoticeText(None, D(2026, 3, 5), None, "")),
        (
            "2024年1月1日至2024年6月30日每7天清运一次。公示时间：2026年11月23日至11月30日，共5个工作日",
            NoticeText(D(2026, 11, 23), D(2026, 11, 30), 5, "working"),
        ),
        ("2024年1月1日至6月30日治理，2025年1月1日至6月30日验收", NoticeText(None, None, None, "")),
    ],
)
def test_notice_text_is_read(text: str, read: NoticeText) -> None:
    assert read_notice(text) == read


def test_notice_that_is_too_short_is_refused() -> None:
    check = check_notice(CALENDAR, D(2026, 11, 23), D(2026, 11, 27), FIVE)
    assert check.working == (5, 4)
    with pytest.raises(Refused, match=r"首日计入为5个工作日，首日不计为4个工作日；最早应到2026年11月30日截止"):
        require_notice(check)


def test_notice_may_end_later_than_it_must() -> None:
    assert require_notice(check_notice(CALENDAR, D(2026, 11, 23), D(2026, 12, 10), FIVE)) == ()


def test_notice_whose_text_claims_ten_days_over_a_holiday_is_rejected() -> None:
    check = judge_notice_text(CALENDAR, "2024年9月29日至10月9日，共10个工作日", TEN_FIRST)
    assert (check.working, check.too_short, check.claim_is_wrong) == ((4, 3), True, True)
    with pytest.raises(Refused, match="公示期不足10个工作日"):
        require_notice(check)


def test_wrong_claim_on_a_long_enough_notice_is_a_warning() -> None:
    check = judge_notice_text(CALENDAR, "2026年11月23日至12月4日，共5个工作日", FIVE)
    (warning,) = require_notice(check)
    assert warning.startswith("公示文本写明共5个工作日，与起止日期不符")


@pytest.mark.parametrize(
    "text",
    [
        "2023年7月27日至8月9日，共10个工作日",
        "2025年5月21日至6月4日，共10个工作日",
        "2019年11月8日至11月18日，共7天",
        "2019年12月13日至12月19日，共7天",
    ],
)
def test_published_claims_that_were_right_pass(text: str) -> None:
    assert not judge_notice_text(CALENDAR, text, FIVE).claim_is_wrong


def test_notice_text_without_dates_is_refused() -> None:
    with pytest.raises(Refused, match="没有找到完整的起止日期"):
        judge_notice_text(CALENDAR, "公示5个工作日", FIVE)


def test_notice_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(Refused, match="早于开始"):
        check_notice(CALENDAR, D(2026, 11, 23), D(2026, 11, 22), FIVE)


def test_natural_notice_needs_no_year_table() -> None:
    seven = NoticeRule(7, "natural", "first_day")
    check = check_notice(WorkingCalendar(()), D(2030, 12, 13), D(2030, 12, 19), seven)
    assert (check.working, check.natural, check.too_short) == (None, (7, 6), False)


NOTICE_2025 = """国务院办公厅关于2025年部分节假日安排的通知
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
国务院办公厅
2024年11月12日"""


def test_pasted_notice_gives_the_shipped_table() -> None:
    table = parse_year_notice(NOTICE_2025)
    assert (table.off, table.make_up) == (SHIPPED[2025].off, SHIPPED[2025].make_up)
    assert not table.certain


def test_plain_table_of_days_gives_a_year_table() -> None:
    table = parse_year_notice("2027-01-01 休\n2027-02-06至2027-02-12 休\n2027-02-14 班\n2027/2/20 上班")
    assert len(table.off) == 8
    assert sorted(table.make_up) == [D(2027, 2, 14), D(2027, 2, 20)]


def test_keyword_may_stand_before_its_days() -> None:
    table = parse_year_notice("2027年放假安排\n放假：1月1日至3日\n上班：1月9日、1月10日")
    assert (len(table.off), len(table.make_up)) == (3, 2)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "没有读出是哪一年"),
        ("2027年部分节假日安排的通知", "没有读到放假日期"),
        ("2027年放假安排\n2月30日放假", "不是日期"),
        ("2027年放假安排\n1月1日至3日放假，共4天", "写明4天，实际算得3天"),
        ("2027年放假安排\n1月3日至1日放假", "前后颠倒"),
        ("2027年放假安排\n2026年12月30日至2027年1月1日放假，共3天", "请把这一天录入2026年"),
        ("2027年放假安排\n1月1日放假。1月4日上班", "不是周末"),
    ],
)
def test_doubtful_notice_is_refused(text: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        parse_year_notice(text)
