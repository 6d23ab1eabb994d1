"""The unit list and the people: names are met once, the order is the clerk's, two units become one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.operations.ledgers import new_ledger
from desktop.operations.opened import Ledger
from desktop.operations.problems import save_problem
from desktop.operations.units import (
    count_problems,
    list_people,
    list_units,
    merge_units,
    preview_merge,
    rank_units,
    save_person,
    save_unit,
    void_shared,
)
from desktop.rules.entries import PersonEntry, ProblemEntry, UnitEntry
from desktop.rules.errors import Refused
from desktop.rules.records import Unit, UnitRole
from desktop.store.read_cases import find_problems, read_case

TODAY = date(2026, 11, 23)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    made = new_ledger(tmp_path / "台账", "蒸湘区整改办", TODAY, person="李明")
    for name in ("区生态环境分局", "区水利局", "区环保局"):
        save_unit(made, "", UnitEntry(name), TODAY)
    yield made
    made.close()


def unit(ledger: Ledger, name: str) -> Unit:
    return next(u for u in list_units(ledger) if u.name == name)


def names(ledger: Ledger) -> list[str]:
    return [u.name for u in list_units(ledger)]


def problem_with(ledger: Ledger, number: int, *units: tuple[str, UnitRole]) -> None:
    pairs = tuple((unit(ledger, name).id, role) for name, role in units)
    save_problem(ledger, None, ProblemEntry(number, f"第{number}个问题", units=pairs), TODAY)


def shown_units(ledger: Ledger, number: int) -> list[str]:
    case = read_case(ledger, find_problems(ledger, number)[0])
    assert case is not None
    return [u.name for u in case.units]


def test_units_stand_in_the_order_they_were_entered(ledger: Ledger) -> None:
    assert names(ledger) == ["区生态环境分局", "区水利局", "区环保局"]


def test_a_unit_keeps_its_aliases_phone_and_members(ledger: Ledger) -> None:
    members = (unit(ledger, "区水利局").id, unit(ledger, "区环保局").id)
    save_unit(ledger, "", UnitEntry("各部门", "部门", True, ("有关部门", "各部门"), members, "0734-1"), TODAY)
    saved = unit(ledger, "各部门")
    assert (saved.is_group, saved.short_name, saved.phone) == (True, "部门", "0734-1")
    assert saved.aliases == ("有关部门",)
    assert set(saved.members) == set(members)
    save_unit(ledger, saved.id, UnitEntry("各部门", is_group=True, members=members[:1]), TODAY)
    changed = unit(ledger, "各部门")
    assert (changed.aliases, changed.members, changed.rank) == ((), members[:1], saved.rank)


def test_a_name_that_another_unit_bears_is_refused(ledger: Ledger) -> None:
    held = unit(ledger, "区水利局")
    save_unit(ledger, held.id, UnitEntry("区水利局", aliases=("水利局",)), TODAY)
    with pytest.raises(Refused, match="“水利局”已是单位“区水利局”的名称或别名"):
        save_unit(ledger, "", UnitEntry("水利局"), TODAY)
    with pytest.raises(Refused, match="请填写单位名称"):
        save_unit(ledger, "", UnitEntry("  "), TODAY)


def test_only_units_whose_place_changes_are_written(ledger: Ledger) -> None:
    ids = [u.id for u in list_units(ledger)]
    changes = rank_units(ledger, [ids[1], ids[0], ids[2]], TODAY)
    assert names(ledger) == ["区水利局", "区生态环境分局", "区环保局"]
    assert {row for _, row in changes.touched} == set(ids[:2])
    assert rank_units(ledger, [ids[1], ids[0], ids[2]], TODAY).touched == ()


def test_after_a_merge_the_problems_show_the_unit_that_stays(ledger: Ledger) -> None:
    problem_with(ledger, 1, ("区环保局", UnitRole.LEAD), ("区生态环境分局", UnitRole.ASSISTING))
    problem_with(ledger, 2, ("区环保局", UnitRole.LEAD), ("区生态环境分局", UnitRole.LEAD))
    keep, gone = unit(ledger, "区生态环境分局"), unit(ledger, "区环保局")
    preview = preview_merge(ledger, keep.id, gone.id)
    assert preview.problems == (1, 2)
    assert "2个问题（1、2）改为显示“区生态环境分局”" in "".join(preview.sentences)
    merge_units(ledger, keep.id, gone.id, TODAY)
    assert names(ledger) == ["区生态环境分局", "区水利局"]
    assert unit(ledger, "区生态环境分局").aliases == ("区环保局",)
    assert shown_units(ledger, 1) == ["区生态环境分局", "区生态环境分局"]
    assert shown_units(ledger, 2) == ["区生态环境分局"]
    assert count_problems(ledger) == {keep.id: 2}


def test_what_was_merged_before_goes_along_with_a_second_merge(ledger: Ledger) -> None:
    problem_with(ledger, 1, ("区环保局", UnitRole.LEAD))
    middle, last = unit(ledger, "区水利局"), unit(ledger, "区生态环境分局")
    merge_units(ledger, middle.id, unit(ledger, "区环保局").id, TODAY)
    merge_units(ledger, last.id, middle.id, TODAY)
    assert shown_units(ledger, 1) == ["区生态环境分局"]
    assert set(unit(ledger, "区生态环境分局").aliases) == {"区水利局", "区环保局"}
    assert count_problems(ledger) == {last.id: 1}


def test_people_phone_and_places_in_groups_go_over_in_a_merge(ledger: Ledger) -> None:
    keep, gone = unit(ledger, "区生态环境分局"), unit(ledger, "区环保局")
    save_unit(ledger, gone.id, UnitEntry("区环保局", phone="0734-8888888"), TODAY)
    save_unit(ledger, "", UnitEntry("各部门", is_group=True, members=(gone.id,)), TODAY)
    save_person(ledger, "", PersonEntry("王芳", unit_id=gone.id), TODAY)
    said = "".join(preview_merge(ledger, keep.id, gone.id).sentences)
    assert "人员王芳改为" in said
    assert "分组各部门中改为包含" in said
    merge_units(ledger, keep.id, gone.id, TODAY)
    assert unit(ledger, "区生态环境分局").phone == "0734-8888888"
    assert unit(ledger, "各部门").members == (keep.id,)
    assert [p.unit_id for p in list_people(ledger)] == [keep.id]


def test_a_group_and_a_unit_are_never_one(ledger: Ledger) -> None:
    save_unit(ledger, "", UnitEntry("各镇街", is_group=True), TODAY)
    with pytest.raises(Refused, match="“各镇街”是一组单位"):
        merge_units(ledger, unit(ledger, "区水利局").id, unit(ledger, "各镇街").id, TODAY)
    same = unit(ledger, "区水利局").id
    with pytest.raises(Refused, match="两个不同的单位"):
        preview_merge(ledger, same, same)


def test_a_unit_that_stood_alone_again_is_listed_again(ledger: Ledger) -> None:
    keep, gone = unit(ledger, "区生态环境分局"), unit(ledger, "区环保局")
    merge_units(ledger, keep.id, gone.id, TODAY)
    save_unit(ledger, keep.id, UnitEntry("区生态环境分局"), TODAY)
    save_unit(ledger, "", UnitEntry("区环保局"), TODAY)
    assert names(ledger) == ["区生态环境分局", "区水利局", "区环保局"]


def test_a_unit_that_a_problem_names_is_not_removed(ledger: Ledger) -> None:
    problem_with(ledger, 7, ("区环保局", UnitRole.LEAD))
    keep = unit(ledger, "区生态环境分局")
    merge_units(ledger, keep.id, unit(ledger, "区环保局").id, TODAY)
    with pytest.raises(Refused, match="还有1个问题（7）用到“区生态环境分局”"):
        void_shared(ledger, "unit", keep.id, "撤销", TODAY)
    with pytest.raises(Refused, match="请填写原因"):
        void_shared(ledger, "unit", unit(ledger, "区水利局").id, " ", TODAY)
    void_shared(ledger, "unit", unit(ledger, "区水利局").id, "机构改革撤销", TODAY)
    assert names(ledger) == ["区生态环境分局"]
    save_unit(ledger, "", UnitEntry("区水利局"), TODAY)
    assert names(ledger) == ["区生态环境分局", "区水利局"]


def test_a_unit_with_people_is_not_removed(ledger: Ledger) -> None:
    home = unit(ledger, "区水利局")
    save_person(ledger, "", PersonEntry("王芳", unit_id=home.id), TODAY)
    with pytest.raises(Refused, match="还有人员（王芳）属于“区水利局”"):
        void_shared(ledger, "unit", home.id, "撤销", TODAY)
    someone = list_people(ledger)[0]
    void_shared(ledger, "person", someone.id, "调离", TODAY)
    assert list_people(ledger) == ()
    with pytest.raises(Refused, match="不在名册中"):
        void_shared(ledger, "person", someone.id, "调离", TODAY)


def test_a_person_is_entered_and_changed(ledger: Ledger) -> None:
    save_person(ledger, "", PersonEntry("罗建国", "副区长", is_leader=True), TODAY)
    found = list_people(ledger)[0]
    save_person(ledger, found.id, PersonEntry("罗建国", "区长", phone="1", is_leader=True), TODAY)
    assert list_people(ledger) == (replace(found, post="区长", phone="1"),)
    with pytest.raises(Refused, match="请填写姓名"):
        save_person(ledger, "", PersonEntry(""), TODAY)
