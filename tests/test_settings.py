"""The settings of one user: declared as data, written whole, a broken file is no obstacle."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.settings import SETTINGS, Settings


def test_what_was_chosen_is_there_at_the_next_start(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "settings.json"
    Settings(file).set("theme", "dark")
    assert Settings(file).get("theme") == "dark"
    assert [entry.name for entry in file.parent.iterdir()] == ["settings.json"]


def test_every_setting_has_its_default_before_anything_was_chosen(tmp_path: Path) -> None:
    fresh = Settings(tmp_path / "none.json")
    assert {setting.key: fresh.get(setting.key) for setting in SETTINGS} == {s.key: s.default for s in SETTINGS}
    assert not (tmp_path / "none.json").exists()


def test_keys_of_a_newer_version_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"later": [1, {"a": 2}], "theme": "light"}', encoding="utf-8")
    Settings(file).set("theme", "dark")
    assert json.loads(file.read_text(encoding="utf-8")) == {"later": [1, {"a": 2}], "theme": "dark"}


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", '"x"', "\x00\x01"])
def test_a_broken_file_gives_the_defaults_and_a_line_in_the_log(tmp_path: Path, text: str, expected_log: Any) -> None:
    expected_log.expect("settings could not be read")
    file = tmp_path / "settings.json"
    file.write_text(text, encoding="utf-8")
    broken = Settings(file)
    assert broken.get("theme") == "light"
    broken.set("theme", "dark")
    assert Settings(file).get("theme") == "dark"


@pytest.mark.parametrize("value", ["violet", 3, True, None, ["dark"]])
def test_a_value_that_does_not_fit_counts_as_not_set(tmp_path: Path, value: object) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"theme": value}), encoding="utf-8")
    assert Settings(file).get("theme") == "light"
    with pytest.raises(ValueError, match="theme"):
        Settings(file).set("theme", value)  # type: ignore[arg-type]


def test_a_disk_that_refuses_costs_only_the_memory(tmp_path: Path, expected_log: Any) -> None:
    expected_log.expect("settings could not be written")
    (tmp_path / "blocked").write_text("a file where a folder is wanted", encoding="utf-8")
    settings = Settings(tmp_path / "settings.json")
    settings.file = tmp_path / "blocked" / "settings.json"
    settings.set("theme", "dark")
    assert settings.get("theme") == "dark"


def test_the_ledgers_opened_last_come_first_and_only_once(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    for name in ("甲", "乙", "甲", *(f"台账{n}" for n in range(9))):
        settings.note_recent(tmp_path / name)
    assert [folder.name for folder in settings.recent()] == [f"台账{n}" for n in range(8, 0, -1)]
    settings.note_recent(tmp_path / "台账3")
    assert settings.recent()[0].name == "台账3"
    assert len(set(settings.recent())) == len(settings.recent()) == 8
    settings.forget_recent(tmp_path / "台账3")
    assert tmp_path / "台账3" not in settings.recent()


def test_new_ledgers_are_proposed_where_the_clerk_said(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    assert settings.data_folder().is_absolute()
    settings.set("data_folder", str(tmp_path / "数据"))
    assert settings.data_folder() == tmp_path / "数据"


def test_a_table_finds_its_columns_as_they_were_left(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    layouts = Settings(file).tables()
    layouts["ledger"] = "number:60;text:300"
    layouts["units"] = "name:120"
    del layouts["units"]
    again = Settings(file).tables()
    assert dict(again) == {"ledger": "number:60;text:300"}
    assert "units" not in again
    assert len(again) == 1
