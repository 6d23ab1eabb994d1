"""A template as parts: what each is called, what of it can be changed, and changes that lose nothing."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.paper_kinds import NOTICE_LAYOUTS, PAPERS, template_of
from desktop.rules.template_items import added, at, changed, every, items_of, moved, place_of, removed, shown_or_not

FOLDER = Path(__file__).parents[2] / "resources" / "templates"
NAMES = {template_of(kind.key, layout) for kind in PAPERS for layout in ("", *NOTICE_LAYOUTS)}
TEMPLATES = {name: tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")) for name in sorted(NAMES)}


def words(name: str) -> str:
    return f"<{name}>"


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_path_of_every_part_leads_somewhere(name: str) -> None:
    data = TEMPLATES[name]
    parts = list(every(items_of(data, words)))
    assert parts
    for part in parts:
        assert part.words
        for path in (part.node, part.name, part.text, part.width, part.field):
            assert not path or at(data, path) is not None, (part.words, path)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_sentence_with_fields_can_be_found_among_the_parts(name: str) -> None:
    """What an office may want to reword is offered: every text with a field, but for remarks to the clerk."""
    offered = {part.says for part in every(items_of(TEMPLATES[name], words))}
    offered |= {str(at(TEMPLATES[name], part.name)) for part in every(items_of(TEMPLATES[name], words)) if part.name}
    kept = {text for key, text in _texts(TEMPLATES[name]) if "{" in text and key in ("text", "title", "left", "right")}
    assert kept <= offered


def _texts(data: Any, key: str = "") -> list[tuple[str, str]]:
    if isinstance(data, str):
        return [(key, data)]
    if isinstance(data, dict):
        return [found for name, value in data.items() for found in _texts(value, name)]
    return [found for value in data for found in _texts(value, key)] if isinstance(data, list) else []


def test_a_form_a_table_and_a_text_are_told_in_their_own_words() -> None:
    form = items_of(TEMPLATES["acceptance_opinion"], words)
    assert [part.words for part in form if part.kind == "栏目"][:2] == ["问题来源｜问题编号", "整改时限｜实际完成时间"]
    table = {part.words: part for part in items_of(TEMPLATES["closure_ledger"], words)}
    assert table["验收情况／结论"].filled == "accept_result"
    text = items_of(TEMPLATES["closure_request"], words)
    section = next(part for part in text if part.words == "验收和公示情况")
    assert [part.words for part in section.children][:2] == ["有<accept_on>时", "有<accept_on>、<accept_result>时"]


def test_a_part_is_hidden_and_shown_again_without_a_trace() -> None:
    data = TEMPLATES["closure_ledger"]
    hidden = shown_or_not(data, ("columns", 3), False)
    assert hidden["columns"][3]["show"] is False
    assert shown_or_not(hidden, ("columns", 3), True) == data


def test_a_change_leaves_the_template_it_was_made_of_alone() -> None:
    data = TEMPLATES["closure_ledger"]
    before = repr(data)
    assert changed(data, ("columns", 0, "title"), "编号")["columns"][0]["title"] == "编号"
    assert repr(data) == before


COLUMNS = len(TEMPLATES["closure_ledger"]["columns"])


@given(st.lists(st.tuples(st.integers(0, COLUMNS - 1), st.integers(-3, 3)), max_size=8))
def test_moving_parts_loses_none(moves: list[tuple[int, int]]) -> None:
    data = TEMPLATES["closure_ledger"]
    made: Any = data
    for place, by in moves:
        made, node = moved(made, ("columns", place), by)
        assert 0 <= node[1] < COLUMNS
    assert sorted(map(repr, made["columns"])) == sorted(map(repr, data["columns"]))


def test_what_is_added_can_be_taken_away_again() -> None:
    data = TEMPLATES["closure_ledger"]
    made, node = added(data, ("columns", 2), {"field": "leaders", "title": "领导", "width_mm": 20})
    assert node == ("columns", 3)
    assert at(made, node)["field"] == "leaders"
    assert removed(made, node) == data


def test_a_path_is_called_as_the_sentences_of_faults_call_it() -> None:
    assert place_of(("sections", 0, "lines", 2, "text")) == "sections第1项.lines第3项.text"
    assert place_of(("title", "text")) == "title.text"
