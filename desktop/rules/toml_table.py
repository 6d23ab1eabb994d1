"""Reading a parsed TOML table key by key; every fault is one sentence that names file and key."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from desktop.rules.errors import Refused

RULE = "profile"


@dataclass(frozen=True, slots=True)
class TomlTable:
    """One table of a settings file: ``path`` is the table's own key (``gates.apply``), empty for the whole file."""

    data: Mapping[str, object]
    file: str
    path: str = ""

    def wrong(self, key: str, why: str) -> Refused:
        """The refusal for one key of this table, to be raised by the caller."""
        place = f"{self.path}.{key}" if self.path else key
        return Refused(f"配置文件{self.file}的“{place}”{why}，请改正后重新打开。", RULE)

    def only(self, keys: Collection[str]) -> None:
        """Refuse a key that no part of the program reads: most often a slip of the pen."""
        for key in self.data:
            if key not in keys:
                raise self.wrong(key, "不是可用的项目")

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not blank; ``default`` stands for a missing key."""
        value = self._value(key, default)
        if not isinstance(value, str) or (not value.strip() and value != default):
            raise self.wrong(key, "应填写文字，不能为空")
        return value

    def whole(self, key: str, default: int | None = None, least: int = 1) -> int:
        """A whole number, not below ``least``."""
        value = self._value(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise self.wrong(key, "应填写大于0的整数" if least == 1 else f"应填写不小于{least}的整数")
        return value

    def flag(self, key: str, default: bool | None = None) -> bool:
        """true or false."""
        value = self._value(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, "应填写true或false")
        return value

    def one_of(self, key: str, choices: Collection[str], default: str | None = None) -> str:
        """A text out of a list of choices."""
        value = self.text(key, default)
        if value not in choices:
            raise self.wrong(key, f"写作“{value}”，只能填写{'、'.join(choices)}")
        return value

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts, none of them blank or written twice."""
        value = self._value(key, default)
        if not isinstance(value, list | tuple) or not all(isinstance(v, str) and v.strip() for v in value):
            raise self.wrong(key, "应填写文字列表")
        if len(set(value)) != len(value):
            raise self.wrong(key, "有重复的内容")
        return tuple(value)

    def table(self, key: str) -> "TomlTable":
        """A table inside this one; a missing table reads as an empty one."""
        return self._inner(key, self.data.get(key, {}), key)

    def tables(self, key: str) -> tuple["TomlTable", ...]:
        """A list of tables (``[[key]]``), counted from 1 in sentences; missing means none."""
        value = self.data.get(key, [])
        if not isinstance(value, list | tuple):
            raise self.wrong(key, "应填写表格列表")
        return tuple(self._inner(key, row, f"{key}第{i}项") for i, row in enumerate(value, 1))

    def _inner(self, key: str, value: object, name: str) -> "TomlTable":
        if not isinstance(value, Mapping):
            raise self.wrong(key, "应填写表格")
        return TomlTable(value, self.file, f"{self.path}.{name}" if self.path else name)

    def _value(self, key: str, default: object) -> object:
        value = self.data.get(key, default)
        if value is None:
            raise self.wrong(key, "没有填写")
        return value
