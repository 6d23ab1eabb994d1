"""首次设置: ``default.toml`` beside the program, with which whoever hands it out fills in everybody's first settings.

It lies under the choices of the user: what a user chose stays. Standard library only.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop import paths
from desktop.settings import KNOWN, Settings, fits

NAME = "default.toml"
LARGEST = 100_000
_PLAIN = ("office", "district", "region", "data_folder", "backup_folder", "theme", "text_size")
_Place = tuple[str, ...]
_KEYS: dict[_Place, str] = {(key,): key for key in _PLAIN}
_KEYS |= {("hub", "name"): "hub_name", ("hub", "digits"): "hub_digits"}
_FOLDERS = ("data_folder", "backup_folder")
_DIGITS, _GROUP = 40, 5


@dataclass(frozen=True, slots=True)
class FirstSettings:
    """What the file says: settings by key, and a sentence for each thing in it that could not be taken.

    ``is_there`` is False when there is no such file, which is nothing wrong.
    """

    values: Mapping[str, str]
    faults: tuple[str, ...] = ()
    is_there: bool = True


def open_settings(file: Path | None = None, first: Path | None = None) -> tuple[Settings, FirstSettings]:
    """The settings of this user over the first settings beside the program, and what the latter say.

    ``file`` and ``first`` stand for the user's settings and for ``default.toml`` in tests.
    """
    settings = Settings(file)
    found = read_first_settings(first or paths.beside_program(NAME))
    if found.is_there and not (found.faults and not found.values):
        settings.take_first(found.values)
    return settings, found


def read_first_settings(file: Path) -> FirstSettings:
    """Read the file; what is wrong in it is told and left out, the rest is taken."""
    try:
        if file.stat().st_size > LARGEST:
            return _unusable("超过100KB，不像是设置文件")
        data = tomllib.loads(_text(file.read_bytes()))
    except FileNotFoundError:
        return FirstSettings({}, is_there=False)
    except OSError as error:
        return _unusable(f"读不出来（{error.strerror or error}）")
    except UnicodeDecodeError:
        return _unusable("不是UTF-8编码，请在记事本中另存为UTF-8")
    except tomllib.TOMLDecodeError as error:
        return _unusable(_where(str(error)))
    values: dict[str, str] = {}
    faults = []
    for path, value in _entries(data):
        key, name = _KEYS.get(path), ".".join(path)
        why = f"不是可用的项目（可用：{'、'.join('.'.join(known) for known in _KEYS)}）" if key is None else ""
        if key is not None and value != "":
            why, taken = _checked(key, value)
            if not why:
                values[key] = taken
        if why:
            faults.append(f"首次设置 {NAME} 的“{name}”{why}，这一项没有采用，其余照常。请改正后重新启动程序。")
    return FirstSettings(values, tuple(faults))


def _text(content: bytes) -> str:
    """Notepad of older Windows writes a mark in front, or the Chinese code page instead of UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _entries(data: Mapping[str, object]) -> list[tuple[_Place, object]]:
    """Every key with its value; those of a table by the table's name and their own."""
    found: list[tuple[_Place, object]] = []
    for key, value in data.items():
        if isinstance(value, dict) and (key,) not in _KEYS:
            found += [((key, inner), item) for inner, item in value.items()]
        else:
            found.append(((key,), value))
    return found


def _checked(key: str, value: object) -> tuple[str, str]:
    """What is wrong with a value, else the value as it is kept."""
    if not isinstance(value, str) or not value.strip():
        return "应填写文字", ""
    text = value.strip()
    if key == "hub_digits":
        return _digits(text)
    if key in _FOLDERS:
        folder = Path(os.path.expandvars(text)).expanduser()
        return ("", str(folder)) if folder.is_absolute() else ("应填写完整的文件夹位置，如 'D:\\整改台账'", "")
    if not fits(KNOWN[key], text):
        return f"写作“{text}”，只能填写{'、'.join(choice for choice, _ in KNOWN[key].choices)}", ""
    return "", text


def _digits(text: str) -> tuple[str, str]:
    digits = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(rf"[0-9]{{{_DIGITS}}}", digits):
        return f"应为身份确认单上的{_DIGITS}位数字", ""
    return "", " ".join(digits[at : at + _GROUP] for at in range(0, _DIGITS, _GROUP))


def _where(said: str) -> str:
    """The place that the TOML reader stumbled at, and the slip that is most likely."""
    line = re.search(r"line (\d+)", said)
    hint = "；文件夹位置请用单引号括起来，如 'D:\\整改台账'" if "\\" in said or "escape" in said.lower() else ""
    return f"{f'第{line[1]}行' if line else '末尾'}写法有误{hint}"


def _unusable(why: str) -> FirstSettings:
    return FirstSettings({}, (f"首次设置 {NAME} {why}，没有采用。请改正后重新启动程序，或删去该文件。",))
