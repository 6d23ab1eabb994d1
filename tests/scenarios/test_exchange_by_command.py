"""Two offices exchange by command line only."""

from pathlib import Path

import pytest

from desktop import paths
from desktop.cli import main
from desktop.cli_exchange import PASSPHRASE

TODAY = ("--today", "2026-11-23")


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PASSPHRASE, "湘江北去橘子洲头")


def run(capsys: pytest.CaptureFixture[str], *words: object, status: int = 0) -> str:
    """Run one verb; what it said."""
    assert main([str(word) for word in words]) == status
    said = capsys.readouterr()
    return said.out if status == 0 else said.err


def test_first_contact_and_a_task_by_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    hub, town, stick = tmp_path / "江澜", tmp_path / "云陂", tmp_path / "U盘"
    run(capsys, "new", hub, "--office", "江澜区整改办", *TODAY)
    run(capsys, "new", town, "--office", "云陂镇", *TODAY)
    digits = {}
    for ledger in (hub, town):
        said = run(capsys, "office", ledger, "--make", "--sheet", tmp_path / f"{ledger.name}.pdf", *TODAY)
        digits[ledger] = said.split("本单位确认码：")[1].splitlines()[0]
        assert (tmp_path / f"{ledger.name}.pdf").is_file()
    start = run(capsys, "send", hub, "--out", stick, *TODAY).splitlines()[-1]
    assert "待核验" in run(capsys, "receive", town, start, *TODAY)
    wrong = run(capsys, "office", town, "--confirm", "江澜区整改办", "--digits", "1" * 40, *TODAY, status=1)
    assert "不符" in wrong
    confirm = ("--confirm", "江澜区整改办", "--digits", digits[hub], "--upper", "--paper", "1号")
    said = run(capsys, "office", town, *confirm, *TODAY)
    assert "已确认" in said
    report = run(capsys, "send", town, "--to", "江澜区整改办", "--out", stick, "--open", *TODAY).splitlines()[-1]
    assert report.endswith(".zgb")
    assert "待核验" in run(capsys, "receive", hub, report, *TODAY)
    said = run(capsys, "office", hub, "--confirm", "云陂镇", "--digits", digits[town], *TODAY)
    assert "云陂镇" in said
    task = run(capsys, "send", hub, "--to", "云陂镇", "--out", stick, *TODAY).splitlines()[-1]
    assert task.endswith(".zgbx")
    assert "已接收" in run(capsys, "receive", town, task, *TODAY)
    assert "以前已接收过" in run(capsys, "receive", town, task, *TODAY)
    assert "不是本程序的数据包" in run(capsys, "receive", town, tmp_path / "江澜.pdf", *TODAY, status=1)


def test_a_whole_ledger_goes_to_another_pc_and_back_by_command(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    first, second, stick = tmp_path / "第一台", tmp_path / "第二台", tmp_path / "U盘"
    run(capsys, "new", first, "--office", "江澜区整改办", *TODAY)
    assert "请同时写 --file" in run(capsys, "carry", first, "--out", stick, "--passphrase", status=1)
    assert "已带出并核对" in run(capsys, "carry", first, "--out", stick, "--file", "--passphrase", *TODAY)
    (file,) = stick.iterdir()
    assert file.suffix == ".zglx"
    assert "逐项核对无误" in run(capsys, "bring", file, second, *TODAY)
    assert "台账完好" in run(capsys, "check", second)
    run(capsys, "import", second, paths.resource("sample", "founding-plan.txt"), "--yes", *TODAY)
    run(capsys, "carry", second, "--out", tmp_path / "带回", *TODAY)
    (folder,) = (tmp_path / "带回").iterdir()
    assert "会并入记录" in run(capsys, "bring", folder, first, "--look", *TODAY)
    assert '"total": 0' in run(capsys, "show", first, "--json", *TODAY)
    assert "已从另一台电脑的台账" in run(capsys, "bring", folder, first, *TODAY)
    assert '"total": 1,' in run(capsys, "show", first, "--json", *TODAY)
    assert "没有本机没有的记录" in run(capsys, "bring", folder, first, *TODAY)
    assert "台账完好" in run(capsys, "check", first)


def test_keys_are_renewed_replaced_and_ended_by_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    town, paper = tmp_path / "云陂", tmp_path / "确认单.pdf"
    run(capsys, "new", town, "--office", "云陂镇", *TODAY)

    def digits(*words: str) -> str:
        return run(capsys, "office", town, *words, *TODAY).split("本单位确认码：")[1].splitlines()[0]

    seen = [digits("--make")]
    assert "已有交换身份" in run(capsys, "office", town, "--make", *TODAY, status=1)
    assert "没有更换或停用过" in run(capsys, "office", town, "--change-sheet", paper, *TODAY, status=1)
    for way in ("--renew", "--replace"):
        seen.append(digits(way, "--change-sheet", str(paper)))
        assert paper.read_bytes().startswith(b"%PDF")
    assert len(set(seen)) == 3
    said = run(capsys, "office", town, "--end", "--change-sheet", paper, *TODAY)
    assert "已停用" in said
    assert "还没有交换身份" in said
