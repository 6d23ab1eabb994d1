"""整改台账: columns as template data, head on every page, foot on the last, rows of any length."""

from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from desktop import paths
from desktop.documents import page
from desktop.documents.fonts import FontSet
from desktop.documents.papers import print_paper
from desktop.rules.errors import Refused
from desktop.rules.region_chasing import Light, LightRule, Lights

RED_WHEN_OVERDUE = LightRule(Light.RED, "overdue")
FIGURES = "截至2026年11月底，反馈的16个问题完成整改11个。"


def own_template(folder: Path, *changes: tuple[str, str]) -> Path:
    text = paths.resource("templates", "merged_ledger.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "merged_ledger.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_full_set_of_columns_is_an_a3_sheet_on_its_side(factory: ModuleType, fonts: FontSet) -> None:
    printed = print_paper("merged_ledger", factory.request(held=factory.big_ledger(3)), fonts)
    assert set(factory.paper_sizes(printed.data)) == {(420, 297)}


def test_the_head_is_repeated_in_the_same_place_on_every_page(factory: ModuleType, fonts: FontSet) -> None:
    printed = print_paper("merged_ledger", factory.request(held=factory.big_ledger(16)), fonts)
    assert printed.pages > 3
    chars = factory.characters(printed.data)
    for number in range(1, printed.pages + 1):
        assert "责任分工牵头区领导牵头单位责任单位督导验收单位目前进展" in factory.text_of(printed.data, number)
        first = next(c for c in chars if c.page == number and c.text == "序")
        assert abs(first.left - next(c for c in chars if c.text == "序").left) < 0.1


def test_mark_and_page_number_stand_on_every_page(factory: ModuleType, fonts: FontSet) -> None:
    printed = print_paper("merged_ledger", factory.request(held=factory.big_ledger(16)), fonts)
    for number in range(1, printed.pages + 1):
        text = factory.text_of(printed.data, number)
        assert text.startswith("内部资料注意保管")
        assert f"第{number}页共{printed.pages}页" in text


def test_the_figures_stand_under_the_title(factory: ModuleType, fonts: FontSet) -> None:
    request = factory.request(held=factory.big_ledger(2), figures_sentence=FIGURES)
    text = factory.text_of(print_paper("merged_ledger", request, fonts).data)
    assert f"整改台账{FIGURES}统计截止：2026年11月23日" in text


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 6, 7])
def test_the_foot_stands_once_under_the_last_rows(factory: ModuleType, fonts: FontSet, count: int) -> None:
    request = factory.request(held=factory.big_ledger(count), reporter="王某", checker="赵某")
    printed = print_paper("merged_ledger", request, fonts)
    foot = "填报单位（盖章）：青溪区整改工作专班办公室填报人：王某审核人：赵某填报日期：年月日"
    assert factory.text_of(printed.data).count(foot) == 1
    assert "续" in factory.text_of(printed.data, printed.pages) or f"{count}" in factory.text_of(
        printed.data, printed.pages
    )


def test_every_problem_is_in_the_table_in_its_order(factory: ModuleType, fonts: FontSet) -> None:
    held = factory.ledger(*(factory.rich_case(n, f"第{n}个问题的内容。") for n in range(1, 40)))
    text = factory.text_of(print_paper("merged_ledger", factory.request(held=held), fonts).data)
    places = [text.index(f"第{n}个问题的内容。") for n in range(1, 40)]
    assert places == sorted(places)


def test_dates_in_the_table_have_slashes_and_unknown_cells_a_stroke(factory: ModuleType, fonts: FontSet) -> None:
    held = factory.ledger(factory.rich_case(1), factory.sparse_case(2))
    text = factory.text_of(print_paper("merged_ledger", factory.request(held=held), fonts).data)
    assert "2026/7/62026/8/122026/9/28至2026/10/102026/10/16" in text
    assert "2//城区餐饮油烟扰民问题突出。/////////尚未启动/////" in text


def test_columns_can_be_hidden_renamed_and_put_on_a4(factory: ModuleType, fonts: FontSet, tmp_path: Path) -> None:
    folder = own_template(
        tmp_path,
        ('paper = "A3"', 'paper = "A4"'),
        ('field = "target"\n', 'field = "target"\nshow = false\n'),
        ('title = "备注"', 'title = "其他"'),
    )
    printed = print_paper("merged_ledger", factory.request(factory.rich_case()), fonts, folder)
    text = factory.text_of(printed.data)
    assert set(factory.paper_sizes(printed.data)) == {(297, 210)}
    assert "整改目标" not in text
    assert "其他" in text
    assert factory.near_the_edge(printed.data) == []


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('field = "target"', 'field = "goal"', "columns第5项.field"),
        ("width_mm = 25", "width_mm = 2500", "columns第22项.width_mm"),
        ('paper = "A3"', 'paper = "A2"', "sheet.paper"),
        ("margins_mm = [18, 12, 16, 12]", "margins_mm = [18, 12, 16]", "sheet.margins_mm"),
        ("size_pt = 10.5", 'size_pt = "五号"', "type.size_pt"),
        ("{district}|", "{distrikt}|", "title.text"),
    ],
)
def test_a_bad_template_is_one_sentence_with_file_and_key(
    factory: ModuleType, fonts: FontSet, tmp_path: Path, old: str, new: str, key: str
) -> None:
    folder = own_template(tmp_path, (old, new))
    with pytest.raises(Refused) as refusal:
        print_paper("merged_ledger", factory.request(factory.rich_case()), fonts, folder)
    assert "merged_ledger.toml" in refusal.value.sentence
    assert f"“{key}”" in refusal.value.sentence


def test_the_total_of_pages_is_right_when_it_is_known_only_at_the_end(
    factory: ModuleType, fonts: FontSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "KNOWN_TOTAL", 2)
    printed = print_paper("merged_ledger", factory.request(held=factory.big_ledger(16)), fonts)
    assert printed.pages > 3
    assert f"第1页共{printed.pages}页" in factory.text_of(printed.data, 1)
    assert f"第{printed.pages}页共{printed.pages}页" in factory.text_of(printed.data, printed.pages)


def test_progress_classes_are_those_of_the_cut_off_date(factory: ModuleType, fonts: FontSet) -> None:
    case = factory.sparse_case()
    late = replace(case, problem=replace(case.problem, deadline=factory.TODAY.replace(year=2025)))
    assert "逾期" in factory.text_of(print_paper("merged_ledger", factory.request(late), fonts).data)


def test_names_stand_a_line_each_and_are_not_torn(factory: ModuleType, fonts: FontSet) -> None:
    case = factory.sparse_case()
    case = replace(case, problem=replace(case.problem, leaders=("秦建国", "严敏")))
    chars = factory.characters(print_paper("merged_ledger", factory.request(case), fonts).data)
    name = next(at for at, char in enumerate(chars) if char.text == "秦")
    assert "".join(char.text for char in chars[name : name + 6]) == "秦建国、严敏"
    rows = [char.top for char in chars[name : name + 6] if char.text != "、"]
    assert max(rows[:3]) - min(rows[:3]) < 0.5
    assert rows[3] > rows[0] + 3


def test_the_light_is_a_column_where_the_template_asks_for_it(
    factory: ModuleType, fonts: FontSet, tmp_path: Path
) -> None:
    off = 'field = "light"\ntitle = "亮灯"\nwidth_mm = 13\nalign = "center"\nshow = false'
    folder = own_template(tmp_path, (off, off.removesuffix("\nshow = false")))
    asked = factory.request(held=factory.ledger(factory.open_case()))
    lights = Lights("blue", ((Light.GOOD, "蓝灯"), (Light.YELLOW, "黄灯"), (Light.RED, "红灯")), (RED_WHEN_OVERDUE,))
    request = replace(asked, region=replace(asked.region, lights=lights))
    text = factory.text_of(print_paper("merged_ledger", request, fonts, folder).data)
    assert "亮灯" in text
    assert "■红灯" in text
    assert "亮灯" not in factory.text_of(print_paper("merged_ledger", request, fonts).data)
