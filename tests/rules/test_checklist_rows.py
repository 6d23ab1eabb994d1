"""A checklist as a table for WPS, and as a file of the office's own."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.checklist_rows import as_table, as_toml, read_table
from desktop.rules.checklists import ChecklistItem, parse_checklists
from desktop.rules.records import Gate
from desktop.rules.toml_table import TomlTable

LISTS = (
    ChecklistItem("黑臭水体", "water", "水质监测报告", True, Gate.SELF_CHECK, "监测", ("监测数据", "断面")),
    ChecklistItem("通用", "photo", "照片", False, Gate.ACCEPT),
)
NAMES = st.text("甲乙丙丁报告\"\\照片'#", min_size=1, max_size=8)
ITEMS = st.builds(
    ChecklistItem,
    NAMES,
    st.text("abc_", min_size=1),
    NAMES,
    st.booleans(),
    st.sampled_from(Gate),
    st.just(""),
    st.just(()),
)


def test_a_table_reads_back_as_it_was_written() -> None:
    assert read_table(as_table(LISTS), LISTS).items == LISTS
    assert as_table(LISTS).splitlines()[1] == "黑臭水体\t水质监测报告\t自查自验\t是\t监测\t监测数据、断面"


@given(st.lists(ITEMS, max_size=5, unique_by=lambda item: (item.problem_type, item.key)))
def test_a_file_reads_back_as_it_was_written(items: list[ChecklistItem]) -> None:
    data = tomllib.loads(as_toml(items))
    assert parse_checklists(TomlTable(data, "清单.toml")) == tuple(items)


def test_new_items_get_a_lasting_key_and_short_lines_are_filled_up() -> None:
    first, second = read_table("扬尘\t雾炮台账\n扬尘\t照片\t验收\t是\t/\t/", LISTS).items
    assert first.key == read_table("扬尘\t雾炮台账").items[0].key
    assert (first.required, first.gate) == (False, Gate.SELF_CHECK)
    assert (second.required, second.gate, second.measure, second.words) == (True, Gate.ACCEPT, "", ())


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("扬尘", "请填写问题类型和材料名称（没有专门清单的类型写“通用”）"),
        ("扬尘\t照片\t以后", "环节“以后”应为自查自验、申请销号、验收、公示、备案"),
        ("扬尘\t照片\t验收\t要", "是否必需“要”应为是或否"),
        ("通用\t照片", "“通用”的“照片”重复"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(line: str, fault: str) -> None:
    found = read_table(f"{as_table(LISTS)}\n\n{line}")
    assert found.faults == (f"第5行：{fault}",)
    assert len(found.items) == 2
