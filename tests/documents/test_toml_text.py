"""A template written by the program reads back as it was, and looks as one written by hand."""

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import paths
from desktop.documents.toml_text import toml_text

TEMPLATES = sorted(file.stem for file in paths.resource("templates").glob("*.toml"))
KEYS = st.text(st.sampled_from("abc_列-. 1\""), min_size=1, max_size=6)
TEXTS = st.text(st.sampled_from("督察{field}|\n\t\\\"'#=[]　“”\x7f\x01é🈚"), max_size=30)
PLAIN = st.one_of(TEXTS, st.booleans(), st.integers(-(10**6), 10**6), st.floats(-1e6, 1e6, allow_nan=False))
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=20,
)


@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_what_is_written_reads_back_the_same(data: dict[str, Any]) -> None:
    assert tomllib.loads(toml_text(data, "第一行\n第二行")) == data


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_of_the_program_reads_back_the_same(name: str) -> None:
    data = tomllib.loads(paths.resource("templates", f"{name}.toml").read_text(encoding="utf-8"))
    assert tomllib.loads(toml_text(data)) == data


def test_rows_of_a_form_stand_under_their_heads_and_columns_on_a_line_each() -> None:
    data = {"rows": [{"part": "measures", "columns": [{"field": "number", "width_mm": 12}, {"field": "result"}]}]}
    assert toml_text(data, "说明") == (
        '# 说明\n\n[[rows]]\npart = "measures"\ncolumns = [\n  { field = "number", width_mm = 12 },\n'
        '  { field = "result" },\n]\n'
    )
