"""Templates are edited by offices: whatever is wrong is said in one sentence with file and key."""

from pathlib import Path

import pytest

from desktop.documents.papers import PAPERS
from desktop.documents.template import Section, load_template
from desktop.rules.errors import Refused

WORDS = {"district": "青溪区"}


def section(**data: object) -> Section:
    return Section(data, "test.toml", "title")


@pytest.mark.parametrize("key", [kind.key for kind in PAPERS])
def test_every_template_of_the_program_can_be_read(key: str) -> None:
    assert load_template(key).data


def test_a_template_of_the_office_wins(tmp_path: Path) -> None:
    (tmp_path / "self_check.toml").write_text('own = "本办"', encoding="utf-8")
    assert load_template("self_check", tmp_path).text("own") == "本办"


def test_without_an_own_template_the_program_s_is_used(tmp_path: Path) -> None:
    assert load_template("self_check", tmp_path).data == load_template("self_check").data


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a = 1\nb = [\nc =", "第3行"),
        ("标题 = 1".encode("gb18030"), "UTF-8"),
        (b"#" * 1_000_001, "1MB"),
    ],
)
def test_a_template_that_is_no_template_is_refused_with_its_name(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "self_check.toml").write_bytes(content)
    with pytest.raises(Refused, match=r"self_check\.toml") as refusal:
        load_template("self_check", tmp_path)
    assert said in refusal.value.sentence


def test_a_folder_in_place_of_a_template_is_refused(tmp_path: Path) -> None:
    (tmp_path / "self_check.toml").mkdir()
    with pytest.raises(Refused, match=r"self_check\.toml"):
        load_template("self_check", tmp_path)


def test_fields_in_a_sentence_are_filled_in() -> None:
    assert section(text="{district}公示").filled("text", WORDS) == "青溪区公示"


WRONG = ["{nobody}", "{district:>9}", "{district!r}", "{district", "{district.x}", "{}", "{0}"]


@pytest.mark.parametrize("text", WRONG)
def test_a_field_that_does_not_exist_is_refused_with_file_and_key(text: str) -> None:
    with pytest.raises(Refused, match=r"test\.toml.*title\.text"):
        section(text=text).filled("text", WORDS)


@pytest.mark.parametrize("value", ["12", True, None, 9.9, 60.1])
def test_a_number_outside_its_limits_is_refused_with_file_and_key(value: object) -> None:
    data = {} if value is None else {"width": value}
    with pytest.raises(Refused, match=r"test\.toml.*title\.width"):
        section(**data).number("width", 10, 60)


def test_margins_that_are_not_four_numbers_are_refused() -> None:
    with pytest.raises(Refused, match=r"title\.margins"):
        section(margins=[20, 20]).numbers("margins", 4, 10, 60)
