"""Templates of paper: read from ``resources/templates`` or the office's own folder, and checked key by key.

A template is data that an office may edit, so whatever is wrong in it is said in one sentence with file and key.
"""

import re
import string
import tomllib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

from desktop import paths
from desktop.rules.errors import Refused
from desktop.rules.toml_table import TomlTable

LARGEST_TEMPLATE = 1_000_000
_RULE = "bad_template"


Named = dict[str, tuple[str, ...]]
"""The fields each place of a template may name, by the place as sentences call it."""
_RECORDED: ContextVar[Named | None] = ContextVar("recorded", default=None)


@contextmanager
def recording() -> Iterator[Named]:
    """Note which fields each place of a template may name, while a paper is made inside the block."""
    named: Named = {}
    token = _RECORDED.set(named)
    try:
        yield named
    finally:
        _RECORDED.reset(token)


@dataclass(frozen=True, slots=True)
class Section(TomlTable):
    """A table of a template: what TomlTable reads, and numbers with limits and texts with ``{fields}``.

    ``named`` notes the fields each place may name, where somebody wants to know.
    """

    named: Named | None = None

    def wrong(self, key: str, why: str) -> Refused:
        """The refusal for one key, in the words of printing; to be raised by the caller."""
        place = f"{self.path}.{key}" if self.path else key
        return Refused(f"模板{self.file}的“{place}”{why}，未打印；请改正该处后再试。", _RULE)

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """A number between ``low`` and ``high``; required when no default is given."""
        value = self.data.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise self.wrong(key, "没有填写" if value is None else f"应为{low:g}到{high:g}之间的数")
        return float(value)

    def numbers(self, key: str, count: int, low: float, high: float) -> tuple[float, ...]:
        """``count`` numbers, each between ``low`` and ``high``."""
        value = self.data.get(key)
        if not isinstance(value, list) or len(value) != count:
            raise self.wrong(key, f"应为{count}个数")
        for item in value:
            if isinstance(item, bool) or not isinstance(item, int | float) or not low <= item <= high:
                raise self.wrong(key, f"里的每个数应在{low:g}到{high:g}之间")
        return tuple(map(float, value))

    def part(self, key: str) -> "Section":
        """A table inside this one; a missing table reads as an empty one."""
        return self._as_section(self.table(key))

    def parts(self, key: str) -> tuple["Section", ...]:
        """A list of tables (``[[key]]``), counted from 1 in sentences; missing means none."""
        return tuple(self._as_section(table) for table in self.tables(key))

    def filled(self, key: str, words: Mapping[str, str], default: str | None = None) -> str:
        """A text with its ``{fields}`` replaced by the words of this paper."""
        return self.fill(key, self.text(key, default), words)

    def field(self, key: str, known: Collection[str]) -> str:
        """The name of a field of the paper."""
        name = self.text(key)
        self._note(key, known)
        if name not in known:
            raise self.wrong(key, f"写的是“{name}”，不是可用的字段（可用：{'、'.join(known)}）")
        return name

    def _as_section(self, table: TomlTable) -> "Section":
        return Section(table.data, table.file, table.path, self.named)

    def _note(self, key: str, names: Collection[str]) -> None:
        if self.named is not None:
            self.named[f"{self.path}.{key}" if self.path else key] = tuple(names)

    def fill(self, key: str, text: str, words: Mapping[str, str]) -> str:
        """``text`` with its ``{fields}`` replaced by the words of this paper; nothing else of format() is allowed."""
        self._note(key, words)
        try:
            parts = list(string.Formatter().parse(text))
        except ValueError:
            raise self.wrong(key, "里的花括号不成对") from None
        filled = []
        for literal, field, spec, conversion in parts:
            filled.append(literal)
            if field is None:
                continue
            if field not in words or spec or conversion:
                raise self.wrong(key, f"里的{{{field}}}不是可用的字段（可用：{'、'.join(words)}）")
            filled.append(words[field])
        return "".join(filled)


def template_file(key: str, folder: Path | None = None) -> Path:
    """The file a paper is printed by: that of the name in ``folder``, else in the office's own folder, else ours."""
    own = folder / f"{key}.toml" if folder else None
    return own if own and own.exists() else paths.office_resource("templates", f"{key}.toml")


def load_template(key: str, folder: Path | None = None) -> Section:
    """The template of one paper; a file of the same name in ``folder``, else in the office's own folder, wins."""
    name = f"{key}.toml"
    path = template_file(key, folder)
    try:
        if path.stat().st_size > LARGEST_TEMPLATE:
            raise _unusable(name, "超过1MB，不像是模板")
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _unusable(name, "不是UTF-8编码") from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"第{line[1]}行" if line else "末尾"
        raise _unusable(name, f"不是正确的TOML文件，错在{place}") from error
    except OSError as error:
        raise _unusable(name, f"读不出来（{error.strerror or error}）") from error
    return Section(data, name, named=_RECORDED.get())


def _unusable(name: str, what: str) -> Refused:
    return Refused(f"模板{name}{what}，未打印；请改正或换回原来的模板后再试。", _RULE)
