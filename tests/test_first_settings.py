"""首次设置: default.toml beside the program fills in what nobody chose yet, and says what it could not take."""

from pathlib import Path

import pytest

from desktop.first_settings import open_settings, read_first_settings
from desktop.settings import DATA_FOLDER, Settings, default_data_folder

DIGITS = "12345 67890 11111 22222 33333 44444 55555 66666"
WHOLE = f"""# 由信息中心统一填写
office = "蒸湘区整改工作专班办公室"
district = "蒸湘区"
region = "hengyang"
data_folder = '{{folder}}'
theme = "dark"

[hub]
name = "衡阳市整改办"
digits = "{DIGITS.replace(' ', '')}"
"""


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A complete file, as it would lie beside the program."""
    file = tmp_path / "程序" / "default.toml"
    file.parent.mkdir()
    file.write_text(WHOLE.replace("{folder}", str(tmp_path / "数据")), encoding="utf-8")
    return file


def test_everything_in_the_file_is_taken_without_a_question(tmp_path: Path, first: Path) -> None:
    settings, found = open_settings(tmp_path / "settings.json", first)
    assert found.faults == ()
    assert settings.text("office") == "蒸湘区整改工作专班办公室"
    assert settings.data_folder() == tmp_path / "数据"
    assert (settings.text("theme"), settings.text("region")) == ("dark", "hengyang")
    assert (settings.text("hub_name"), settings.text("hub_digits")) == ("衡阳市整改办", DIGITS)


def test_what_the_user_chose_stays_whatever_is_handed_out(tmp_path: Path, first: Path) -> None:
    Settings(tmp_path / "settings.json").set("theme", "light")
    settings, _ = open_settings(tmp_path / "settings.json", first)
    settings.set("data_folder", str(tmp_path / "别处"))
    again, _ = open_settings(tmp_path / "settings.json", first)
    assert again.data_folder() == tmp_path / "别处"


def test_a_choice_that_equals_the_default_still_wins_over_the_file(tmp_path: Path, first: Path) -> None:
    settings, _ = open_settings(tmp_path / "settings.json", first)
    settings.set("theme", "light")
    again, _ = open_settings(tmp_path / "settings.json", first)
    assert again.text("theme") == "light"


def test_a_program_folder_put_in_place_without_the_file_keeps_the_settings(tmp_path: Path, first: Path) -> None:
    open_settings(tmp_path / "settings.json", first)
    first.unlink()
    settings, found = open_settings(tmp_path / "settings.json", first)
    assert not found.is_there
    assert settings.text("office") == "蒸湘区整改工作专班办公室"


def test_a_corrected_file_reaches_who_chose_nothing(tmp_path: Path, first: Path) -> None:
    open_settings(tmp_path / "settings.json", first)
    first.write_text('office = "蒸湘区整改办"', encoding="utf-8")
    settings, _ = open_settings(tmp_path / "settings.json", first)
    assert (settings.text("office"), settings.text("region")) == ("蒸湘区整改办", "")


def test_without_a_file_nothing_is_written(tmp_path: Path) -> None:
    settings, found = open_settings(tmp_path / "settings.json", tmp_path / "default.toml")
    assert (found.is_there, found.faults) == (False, ())
    assert settings.data_folder() == default_data_folder()
    assert default_data_folder().name == DATA_FOLDER
    assert not (tmp_path / "settings.json").exists()


@pytest.mark.parametrize("content", [b"\xef\xbb\xbf" + 'office = "甲办"'.encode(), 'office = "甲办"'.encode("gb18030")])
def test_what_old_notepads_write_is_read(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "default.toml").write_bytes(content)
    assert read_first_settings(tmp_path / "default.toml").values == {"office": "甲办"}


@pytest.mark.parametrize(
    ("text", "named", "why"),
    [
        ('colour = "red"', "colour", "不是可用的项目（可用：office、district、region、data_folder"),
        ('[hub]\nphone = "1"', "hub.phone", "hub.name、hub.digits"),
        ("office = 3", "office", "应填写文字"),
        ('office = "  "', "office", "应填写文字"),
        ('hub = "市整改办"', "hub", "不是可用的项目"),
        ('theme = "violet"', "theme", "写作“violet”，只能填写light、dark"),
        ('data_folder = "台账"', "data_folder", r"应填写完整的文件夹位置，如 'D:\整改台账'"),
        ('[hub]\ndigits = "12345"', "hub.digits", "应为身份确认单上的40位数字"),
    ],
)
def test_each_thing_that_is_wrong_is_named_and_the_rest_is_taken(
    tmp_path: Path, text: str, named: str, why: str
) -> None:
    (tmp_path / "default.toml").write_text('text_size = "large"\n' + text, encoding="utf-8")
    found = read_first_settings(tmp_path / "default.toml")
    assert found.values == {"text_size": "large"}
    (fault,) = found.faults
    assert f"default.toml 的“{named}”" in fault
    assert why in fault
    assert fault.endswith("这一项没有采用，其余照常。请改正后重新启动程序。")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('office = "甲办"\ndata_folder = "D:\\整改"'.encode(), "第2行写法有误；文件夹位置请用单引号括起来"),
        ("office = 甲办".encode(), "第1行写法有误"),
        (b"\xff\xff\xff", "不是UTF-8编码"),
        (b"#" * 200_000, "超过100KB"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_everything_as_it_was(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "default.toml").write_text('office = "甲办"', encoding="utf-8")
    open_settings(tmp_path / "settings.json", tmp_path / "default.toml")
    (tmp_path / "default.toml").write_bytes(content)
    settings, found = open_settings(tmp_path / "settings.json", tmp_path / "default.toml")
    (fault,) = found.faults
    assert why in fault
    assert settings.text("office") == "甲办"


def test_a_folder_may_lie_in_the_home_of_whoever_uses_the_pc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "default.toml").write_text("data_folder = '~/整改台账'", encoding="utf-8")
    assert read_first_settings(tmp_path / "default.toml").values == {"data_folder": str(tmp_path / "整改台账")}


def test_an_empty_value_is_the_same_as_none(tmp_path: Path) -> None:
    (tmp_path / "default.toml").write_text('office = ""\nregion = "hengyang"', encoding="utf-8")
    found = read_first_settings(tmp_path / "default.toml")
    assert (found.values, found.faults) == ({"region": "hengyang"}, ())
