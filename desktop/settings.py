"""This user's settings: declared as data, kept as one JSON file, written whole. Standard library only."""

import contextlib
import json
import logging
import os
import sys
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path

from desktop import paths

Value = str | bool | list[str] | dict[str, str]
RECENT_KEPT = 8
DATA_FOLDER = "整改台账"
_FIRST = "first_settings"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its key, what it is when nothing was chosen (the default's type is the setting's type), its words.

    ``choices`` are the allowed values with their words; empty when any text will do.
    """

    key: str
    default: Value
    words: str
    choices: tuple[tuple[str, str], ...] = ()


SETTINGS = (
    Setting("theme", "light", "界面颜色", (("light", "浅色"), ("dark", "深色"))),
    Setting("text_size", "normal", "文字大小", (("small", "小"), ("normal", "标准"), ("large", "大"))),
    Setting("data_folder", "", "新台账放在"),
    Setting("backup_folder", "", "备份另存到"),
    Setting("office", "", "单位名称"),
    Setting("district", "", "区县"),
    Setting("region", "", "地区模板"),
    Setting("hub_name", "", "上级单位"),
    Setting("hub_digits", "", "上级单位身份确认数字"),
    Setting("recent", [], "最近的台账"),
    Setting("person", "", "上次的使用人"),
    Setting("geometry", "", "窗口位置"),
    Setting("tables", {}, "各表格的列和列宽"),
)
KNOWN = {setting.key: setting for setting in SETTINGS}


class Settings:
    """The settings of one user, read once and written at every change.

    Attributes: ``file``. Keys of a newer version are kept as they were; a value of the wrong type counts as not set.
    What the user chose comes first, then the first settings handed out with the program, then the default.
    """

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or paths.settings_dir() / "settings.json"
        self._values = _read(self.file)

    def get(self, key: str) -> Value:
        """The value of a declared setting, or its default."""
        setting = KNOWN[key]
        value = next((v for v in (self._values.get(key), self._first().get(key)) if fits(setting, v)), setting.default)
        return value  # type: ignore[return-value]

    def text(self, key: str) -> str:
        """The value of a setting that is a text."""
        return str(self.get(key))

    def set(self, key: str, value: Value) -> None:
        """Change a declared setting and write the file; a disk that refuses costs only the memory of it."""
        if not fits(KNOWN[key], value):
            raise ValueError(f"{key}: {value!r}")
        if self.get(key) != value:
            self._values[key] = value
            _write(self.file, self._values)

    def take_first(self, values: Mapping[str, str]) -> None:
        """Keep the first settings under the user's own choices, so that they outlast the program folder."""
        if self._first() != dict(values):
            self._values[_FIRST] = dict(values)
            _write(self.file, self._values)

    def _first(self) -> dict[str, object]:
        found = self._values.get(_FIRST)
        return found if isinstance(found, dict) else {}

    def tables(self) -> "TableLayouts":
        """The columns of each table as the clerk left them, by the table's name; written at every change."""
        return TableLayouts(self)

    def recent(self) -> tuple[Path, ...]:
        """Folders of the ledgers opened last, the latest first; one that is gone stays, as it may be on a disk."""
        found = self.get("recent")
        return tuple(Path(name) for name in found) if isinstance(found, list) else ()

    def note_recent(self, folder: Path) -> None:
        """Put a ledger at the head of the recent ones."""
        others = [str(known) for known in self.recent() if known != folder]
        self.set("recent", [str(folder), *others][:RECENT_KEPT])

    def forget_recent(self, folder: Path) -> None:
        """Take a ledger out of the recent ones; the ledger itself is untouched."""
        self.set("recent", [str(known) for known in self.recent() if known != folder])

    def data_folder(self) -> Path:
        """Where new ledgers are proposed: the chosen folder, else one in the documents of the user."""
        chosen = self.text("data_folder")
        return Path(chosen) if chosen else default_data_folder()


class TableLayouts(MutableMapping[str, str]):
    """What a table remembers of its columns, as a mapping that writes through to the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def _all(self) -> dict[str, str]:
        found = self._settings.get("tables")
        return dict(found) if isinstance(found, dict) else {}

    def __getitem__(self, name: str) -> str:
        return self._all()[name]

    def __setitem__(self, name: str, layout: str) -> None:
        self._settings.set("tables", self._all() | {name: layout})

    def __delitem__(self, name: str) -> None:
        rest = self._all()
        del rest[name]
        self._settings.set("tables", rest)

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())


def documents_folder() -> Path:
    """The user's documents, or the home folder where there are none."""
    home = Path.home()
    return next((f for f in (_moved_documents(), home / "Documents", home / "文档") if f and f.is_dir()), home)


def default_data_folder() -> Path:
    """Where new ledgers are proposed until a folder is chosen."""
    return documents_folder() / DATA_FOLDER


def _moved_documents() -> Path | None:
    """Where Windows has this user's documents: many offices move them off drive C:. None elsewhere."""
    if sys.platform != "win32":
        return None
    import winreg

    place = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, place) as key:
            return Path(os.path.expandvars(str(winreg.QueryValueEx(key, "Personal")[0])))
    except OSError:
        return None


def fits(setting: Setting, value: object) -> bool:
    """Whether a value is one of this setting: its type, and one of its choices where it has any."""
    if isinstance(setting.default, list):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if isinstance(setting.default, dict):
        return isinstance(value, dict) and all(isinstance(part, str) for pair in value.items() for part in pair)
    if type(value) is not type(setting.default):
        return False
    return not setting.choices or value in {choice for choice, _ in setting.choices}


def _read(file: Path) -> dict[str, object]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(found, dict):
            raise ValueError("not a mapping")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        logging.getLogger(__name__).warning("settings could not be read, defaults are used: %s (%s)", file, error)
        return {}
    return found


def _write(file: Path, values: dict[str, object]) -> None:
    part = file.with_name(file.name + ".part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as handle:
            json.dump(values, handle, ensure_ascii=False, indent=1)
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(file)
    except OSError as error:
        logging.getLogger(__name__).warning("settings could not be written: %s (%s)", file, error)
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
