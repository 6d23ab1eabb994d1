"""A month with units that have no program: forms go out, come back on a stick, and are in the ledger once."""

from pathlib import Path

import pytest

from desktop.operations.sample.make import make_sample
from tests.operations.filled_forms import fill, form_of, put_photo, unit_folder, zipped
from tests.scenarios.clerk import Clerk

UNIT = "区住房和城乡建设局"


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Clerk:
    (tmp_path / "文件").mkdir()
    return Clerk(make_sample(tmp_path / "台账"), capsys, tmp_path / "文件")


def test_a_month_of_forms(desk: Clerk) -> None:
    told = desk.done("forms", desk.folder, "--month", "2026-11", "--out", desk.files)
    assert "已生成11个单位的2026年11月填报表" in told
    unit = unit_folder(desk.files / "填报表_2026年11月", UNIT)
    fill(form_of(unit), {0: {"text": "闭水试验已完成。", "percent": 96}, 1: {"text": "还差3处。", "percent": 120}})
    put_photo(unit, 0, "整改后.jpg", "green")
    back = zipped(unit, desk.files / "住建局交回.zip", gbk=True)
    assert "第5行 完成百分比120不在0到100之间" in desk.done(
        "collect", desk.folder, back, "--yes", "--today", "2026-11-25", "--person", "李明"
    )
    entries = desk.show("--problem", 10, "--today", "2026-11-25")["problems"][0]
    assert "闭水试验已完成。" in str(entries)
    status, out, _ = desk.run("collect", desk.folder, back, "--yes", "--today", "2026-11-25")
    assert status == 1
    assert "没有可以收的填报表，台账没有变化。" in out


def test_wrong_units_and_months_are_refused_in_one_line(desk: Clerk) -> None:
    assert "2026-11 的样子" in desk.refused("forms", desk.folder, "--month", "11月", "--out", desk.files)
    refused = desk.refused("forms", desk.folder, "--month", "2026-11", "--out", desk.files, "--unit", "没有的局")
    assert "没有要填报的单位“没有的局”" in refused
    assert list(desk.files.iterdir()) == []
