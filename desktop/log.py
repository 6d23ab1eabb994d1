"""The log: one file a day in the user's settings folder, five kept. It holds no contents of the ledger."""

import logging
import logging.handlers
from pathlib import Path

from desktop import paths

KEPT_DAYS = 5
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def logs_dir() -> Path:
    """Where the log files lie."""
    return paths.settings_dir() / "logs"


def start_log(folder: Path | None = None) -> Path | None:
    """Begin writing the log; the file, or None where the disk refuses: the program runs without a log then."""
    folder = folder or logs_dir()
    file = folder / "taizhang.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.TimedRotatingFileHandler(
            file, when="midnight", backupCount=KEPT_DAYS - 1, encoding="utf-8", delay=False
        )
    except OSError:
        return None
    handler.setFormatter(logging.Formatter(_FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("peewee").setLevel(logging.INFO)
    return file


def stop_log() -> None:
    """Close the log files begun by ``start_log``."""
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler, logging.handlers.TimedRotatingFileHandler):
            root.removeHandler(handler)
            handler.close()
