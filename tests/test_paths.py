"""Where things lie: inside the portable folder or the checkout, and the office's own files over the program's."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import paths
from desktop.documents.template import load_template
from desktop.operations.profile import load_region, region_keys, shipped_calendar
from desktop.operations.selftest import read_office_files
from desktop.rules.errors import Refused

YEAR = 'year = 2031\ncertain = true\nsource = "通知"\noff = ["2031-01-01"]\n'


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    """The office's own folder, empty."""
    folder = tmp_path / paths.OWN_FOLDER
    for kind in ("holidays", "regions", "templates"):
        (folder / kind).mkdir(parents=True)
    paths.use_own_folder(folder)
    yield folder
    paths.use_own_folder(None)


def shipped(*parts: str) -> str:
    return paths.resource(*parts).read_text(encoding="utf-8")


def test_a_checkout_holds_its_resources_and_is_no_portable_folder() -> None:
    assert not paths.is_portable()
    assert paths.resource("holidays", "2026.toml").is_file()
    assert paths.beside_program("run.py").is_file()
    assert paths.font_folders() == (paths.fonts_cache(),)
    assert paths.command() == "python -m desktop"


def test_the_portable_folder_has_resources_and_fonts_inside_and_settings_beside_its_executable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "_internal"), raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "整改台账"))
    assert paths.resource("icons") == tmp_path / "_internal" / "resources" / "icons"
    assert paths.beside_program("default.toml") == tmp_path / "default.toml"
    assert paths.font_folders() == (tmp_path / "_internal" / "fonts", paths.fonts_cache())
    assert paths.command() == "整改台账"


def test_a_year_of_the_office_s_own_is_added_and_a_known_one_replaced(own: Path) -> None:
    (own / "holidays" / "2031.toml").write_text(YEAR, encoding="utf-8")
    (own / "holidays" / "更正.toml").write_text(YEAR.replace("2031", "2026"), encoding="utf-8-sig")
    calendar = shipped_calendar()
    assert calendar.table(2031).source == "通知"
    assert len(calendar.table(2026).off) == 1
    assert calendar.table(2025).off


def test_a_region_of_the_office_s_own_is_offered_and_may_bring_its_order(own: Path) -> None:
    text = shipped("regions", "hengyang.toml").replace('key = "hengyang"', 'key = "xiangtan"')
    text = text.replace("湖南省衡阳市", "湖南省湘潭市").replace('gate_order = "hn_18hao"', 'gate_order = "xt"')
    (own / "regions" / "xiangtan.toml").write_text(text, encoding="utf-8")
    (own / "gate_orders.toml").write_text(
        '[xt]\nname = "湘潭"\norder = ["self_check", "notice", "apply", "accept", "file"]\nsoft = true\n',
        encoding="utf-8",
    )
    assert region_keys() == ("hengyang", "xiangtan")
    assert (load_region("xiangtan").name, load_region("xiangtan").order_name) == ("湖南省湘潭市", "xt")
    assert load_region("hengyang").name == "湖南省衡阳市"


def test_a_region_of_the_same_name_wins_over_the_program_s(own: Path) -> None:
    text = shipped("regions", "hengyang.toml").replace("days = 5", "days = 7")
    (own / "regions" / "hengyang.toml").write_text(text, encoding="utf-8")
    assert load_region("hengyang").notice.days == 7


def test_a_template_of_the_same_name_wins_over_the_program_s(own: Path) -> None:
    (own / "templates" / "merged_ledger.toml").write_text('mark = "本单位"\n', encoding="utf-8")
    assert load_template("merged_ledger").text("mark") == "本单位"
    assert "mark" not in load_template("self_check").data


def test_a_mistake_in_an_own_file_is_told_with_its_place(own: Path) -> None:
    file = own / "holidays" / "2031.toml"
    file.write_text("year = ", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        shipped_calendar()
    assert str(file) in refused.value.sentence
    file.write_text(YEAR.replace("off =", "of ="), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        shipped_calendar()
    assert f"配置文件{file}的“of”不是可用的项目" in refused.value.sentence


def test_the_self_test_reads_every_own_file(own: Path) -> None:
    assert read_office_files() == "地区模板：湖南省衡阳市；放假安排：2024、2025、2026年"
    (own / "holidays" / "2031.toml").write_text(YEAR, encoding="utf-8")
    (own / "templates" / "merged_ledger.toml").write_text(shipped("templates", "merged_ledger.toml"), encoding="utf-8")
    assert read_office_files().endswith("放假安排：2024、2025、2026、2031年，自备文书模板1个")
    (own / "templates" / "no_such_paper.toml").write_text("", encoding="utf-8")
    with pytest.raises(Refused, match=r"no_such_paper\.toml不是本版本的文书模板"):
        read_office_files()


def test_an_own_folder_that_does_not_exist_changes_nothing(tmp_path: Path, own: Path) -> None:
    paths.use_own_folder(tmp_path / "没有")
    assert paths.own_folder() == tmp_path / "没有"
    assert region_keys() == ("hengyang",)
    assert paths.office_resource("templates", "merged_ledger.toml") == paths.resource("templates", "merged_ledger.toml")
