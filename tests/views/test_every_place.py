"""Nothing is cut off anywhere: every page, panel, form and dialog, at the scales and sizes of the clerks' screens."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPushButton, QTableWidget, QWidget

from desktop.operations.sample.make import make_sample
from tests.views.clipping import cut_off

ROOT = Path(__file__).resolve().parents[2]
LEAST_PLACES = 80
USUAL = (1093, 614)  # 1366×768 at 125 %
SMALLEST = (911, 512)  # 1366×768 at 150 %


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample ledger: problems at every stage."""
    folder = tmp_path_factory.mktemp("places") / "示例台账"
    make_sample(folder)
    return folder


def screen(folder: Path, size: tuple[int, int], scale: float) -> dict[str, str]:
    """The surroundings of a program on a screen of this logical size, drawn at a scale."""
    file = folder / "screen.json"
    shape = {"width": round(size[0] * scale), "height": round(size[1] * scale), "logicalDpi": 96, "logicalBaseDpi": 96}
    file.write_text(json.dumps({"screens": [{"name": "desk", "x": 0, "y": 0, "dpr": 1, **shape}]}), encoding="utf-8")
    return {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={file}", "QT_SCALE_FACTOR": str(scale)}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("scale", "size", "text"),
    [
        (1.0, USUAL, "normal"),
        (1.25, USUAL, "normal"),
        (1.5, USUAL, "normal"),
        (1.5, SMALLEST, "normal"),
        (1.0, USUAL, "large"),
        (1.25, USUAL, "small"),
    ],
)
def test_nothing_is_cut_off_at_this_scale(
    sample: Path, tmp_path: Path, scale: float, size: tuple[int, int], text: str
) -> None:
    command = [sys.executable, "-m", "tests.views.every_place", str(sample), "--text", text]
    command += ["--size", str(size[0]), str(size[1])]
    ran = subprocess.run(
        command, cwd=ROOT, env=screen(tmp_path, size, scale), capture_output=True, text=True, timeout=600, check=False
    )
    *cut, counted = ran.stdout.splitlines() or [ran.stderr[-2000:]]
    assert cut == []
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert int(counted.removesuffix(" places")) >= LEAST_PLACES


def squeezed(part: QWidget, width: int, qtbot: Any) -> list[str]:
    """What is found of a part that gets only so much room."""
    around = QWidget()
    row = QHBoxLayout(around)
    part.setFixedWidth(width)
    row.addWidget(part)
    qtbot.addWidget(around)
    around.show()
    return cut_off(around)


@pytest.mark.parametrize("part", [QLabel, QPushButton, QCheckBox])
def test_the_check_finds_words_in_too_little_room(part: type[Any], looks: Any, qtbot: Any) -> None:
    words = "登记申请销号"
    assert squeezed(part(words), 300, qtbot) == []
    (found,) = squeezed(part(words), 40, qtbot)
    assert words in found


def test_the_check_finds_a_choice_and_a_header_that_are_too_narrow(looks: Any, qtbot: Any) -> None:
    box = QComboBox()
    box.addItem("市突出环境问题整改工作领导小组")
    assert "市突出环境问题" in squeezed(box, 60, qtbot)[0]
    table = QTableWidget(1, 2)
    table.setHorizontalHeaderLabels(["涉及问题", "序号"])
    table.setColumnWidth(0, 30)
    assert "涉及问题" in squeezed(table, 300, qtbot)[0]


def test_the_check_finds_what_sticks_out(looks: Any, qtbot: Any) -> None:
    around = QWidget()
    around.resize(200, 100)
    button = QPushButton("保存", around)
    button.setGeometry(150, 80, 80, 28)
    qtbot.addWidget(around)
    around.show()
    assert "sticks out" in cut_off(around)[0]
