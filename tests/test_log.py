"""The log file: begun, filled, closed; five days kept; a disk that refuses is no obstacle."""

import logging
import logging.handlers
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.log import KEPT_DAYS, start_log, stop_log


@pytest.fixture(autouse=True)
def _level() -> Iterator[None]:
    level = logging.getLogger().level
    yield
    stop_log()
    logging.getLogger().setLevel(level)


def test_what_is_logged_is_in_the_file(tmp_path: Path) -> None:
    file = start_log(tmp_path / "logs")
    logging.getLogger("store").info("台账已打开")
    stop_log()
    assert file is not None
    assert "INFO store: 台账已打开" in file.read_text(encoding="utf-8")


def test_only_five_days_are_kept(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    folder.mkdir()
    for day in range(10, 20):
        (folder / f"taizhang.log.2026-11-{day}").write_text("old", encoding="utf-8")
    start_log(folder)
    handler = logging.getLogger().handlers[-1]
    assert isinstance(handler, logging.handlers.TimedRotatingFileHandler)
    logging.getLogger("store").info("one day")
    handler.doRollover()
    logging.getLogger("store").info("the next day")
    assert len(list(folder.iterdir())) == KEPT_DAYS


def test_without_a_place_for_it_the_program_runs_without_a_log(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("", encoding="utf-8")
    assert start_log(tmp_path / "blocked" / "logs") is None
