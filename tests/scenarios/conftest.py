"""A clerk's ledger of the founding plan's problem five, at each stage of its way to 销号."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.operations.problems import save_measure, save_problem
from desktop.operations.units import list_units, save_unit
from desktop.rules.entries import MeasureEntry, ProblemEntry, UnitEntry
from desktop.rules.records import UnitRole
from tests.scenarios.clerk import OFFICE, PLAN, Clerk
from tests.scenarios.exchange_clerks import TODAY, Office, acquaint, found


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


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """The stick."""
    return tmp_path / "U盘"


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[tuple[Office, Office]]:
    """A hub with two problems, and the unit that is responsible for problem 5."""
    hub, town = found(tmp_path, "江澜区整改办", "苏念之"), found(tmp_path, "云陂镇", "李明")
    for name in ("云陂镇", "区生态环境分局"):
        save_unit(hub.ledger, "", UnitEntry(name), TODAY, hub.clerk)
    units = {unit.name: unit.id for unit in list_units(hub.ledger)}
    for number, unit in ((5, "云陂镇"), (6, "区生态环境分局")):
        entry = ProblemEntry(number, f"第{number}个问题", "整改到位", units=((units[unit], UnitRole.RESPONSIBLE),))
        save_problem(hub.ledger, None, entry, TODAY, hub.clerk)
        save_measure(hub.ledger, hub.case(number), None, MeasureEntry(1, "拆除堆场"), TODAY, hub.clerk)
    yield hub, town
    hub.ledger.close()
    town.ledger.close()


@pytest.fixture
def pair(offices: tuple[Office, Office], stick: Path) -> tuple[Office, Office]:
    """A hub and its unit that hold problem 5 alike."""
    hub, town = offices
    acquaint(hub, town, stick)
    town.take(hub.send_to(town, stick).files[0])
    return hub, town
