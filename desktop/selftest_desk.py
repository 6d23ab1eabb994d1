"""What the parts of 自检 work with."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.first_settings import FirstSettings
from desktop.settings import Settings

AGAIN = "请重新解压整个程序文件夹再试；仍不行时，请把这份报告交给提供程序的人。"


@dataclass(frozen=True, slots=True)
class Desk:
    """What the parts work with: a temporary folder, the user's settings and the first settings."""

    folder: Path
    settings: Settings
    first: FirstSettings

    @property
    def ledger(self) -> Path:
        """Where the trial ledger lies."""
        return self.folder / "自检台账"


# Its name, and what tries it: answers with a short line, or raises what the clerk would be told.
Part = tuple[str, Callable[[Desk], str]]
