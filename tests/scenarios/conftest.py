"""A clerk's ledger of the founding plan's problem five, at each stage of its way to 销号."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.scenarios.clerk import OFFICE, PLAN, Clerk


@pytest.fixture
def new_clerk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[], Clerk]:
    """A clerk who has not made a ledger yet."""
    files = tmp_path / "材料"
    files.mkdir()
    return lambda: Clerk(tmp_path / "台账", capsys, files)


@pytest.fixture
def clerk(new_clerk: Callable[[], Clerk]) -> Clerk:
    """A clerk whose ledger holds the founding plan."""
    found = new_clerk()
    found.done("new", found.folder, "--office", OFFICE, "--today", "2024-07-05")
    found.done("import", found.folder, PLAN, "--yes", "--today", "2024-07-05", "--person", "李明")
    return found


@pytest.fixture
def finished(clerk: Clerk) -> Clerk:
    """Problem five with all measures done and proof on file, ready for its self-check."""
    for number in (1, 2, 3):
        clerk.step("progress", "2024-12-02", "--measure", number, "--text", "已全部完成")
    clerk.step("evidence", "2024-12-02", "--file", clerk.file("改造后现场.txt"), "--text", "整改后")
    return clerk


@pytest.fixture
def applied(finished: Clerk) -> Clerk:
    """Problem five with its application sent."""
    finished.step("self-check", "2024-12-10")
    finished.step("apply", "2024-12-11", "--file", finished.file("自查自验表.txt"), "--doc-no", "蒸区委〔2024〕9号")
    return finished


@pytest.fixture
def noticed(applied: Clerk) -> Clerk:
    """Problem five in its public notice, 12-23 to 12-30."""
    applied.step(
        "accept", "2024-12-20", "--result", "通过", "--file", applied.file("销号请示扫描件.txt"),
        "--file", applied.file("验收意见.txt"),
    )  # fmt: skip
    applied.step("notice", "2024-12-23", "--file", applied.file("公示文本.txt"), "--url", "区政府网站")
    return applied


@pytest.fixture
def closed(noticed: Clerk) -> Clerk:
    """Problem five struck off."""
    noticed.step(
        "file", "2024-12-31", "--file", noticed.file("公示截图.txt"), "--file", noticed.file("无异议说明.txt"),
        "--file", noticed.file("销号台账.txt"),
    )  # fmt: skip
    return noticed
