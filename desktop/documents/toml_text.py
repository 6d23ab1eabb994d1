"""A template written as TOML, as an office would write it: short tables on one line, the others under their heads."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_WIDEST = 100


def toml_text(data: Mapping[str, Any], comment: str = "") -> str:
    """The file of a mapping of texts, numbers, flags, dates' texts, lists and tables; read back it is the same mapping.

    ``comment`` are lines of remarks for its head.
    """
    lines = [f"# {line}".rstrip() for line in comment.splitlines()]
    return "\n".join([*lines, *_table(data, ()), ""]).lstrip("\n")


def _table(data: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    """Plain values first, then tables, then lists of tables: TOML closes a table where the next head begins."""
    later = []
    for key, value in data.items():
        if isinstance(value, Mapping) or _is_list_of_big_tables(value):
            later.append((key, value))
        else:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in later:
        head = ".".join(map(_key, (*path, key)))
        if isinstance(value, Mapping):
            yield from ("", f"[{head}]", *_table(value, (*path, key)))
            continue
        for table in value:
            yield from ("", f"[[{head}]]", *_table(table, (*path, key)))


def _is_list_of_big_tables(value: object) -> bool:
    """A list of tables that do not each fit a line."""
    if not isinstance(value, list | tuple) or not value or not all(isinstance(item, Mapping) for item in value):
        return False
    return any(_holds_tables(item) or len(_inline(item)) > _WIDEST for item in value)


def _holds_tables(table: Mapping[str, Any]) -> bool:
    return any(isinstance(value, Mapping | list | tuple) for value in table.values())


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return _inline(value)
    assert isinstance(value, Sequence)
    items = [_value(item) for item in value]
    line = f"[{', '.join(items)}]"
    if len(line) <= _WIDEST and not any(isinstance(item, Mapping) for item in value):
        return line
    return "\n".join(["[", *(f"  {item}," for item in items), "]"])


def _inline(table: Mapping[str, Any]) -> str:
    return f"{{ {', '.join(f'{_key(key)} = {_value(value)}' for key, value in table.items())} }}" if table else "{}"


def _key(key: str) -> str:
    return key if key and all(char.isascii() and (char.isalnum() or char in "_-") for char in key) else _text(key)


def _text(text: str) -> str:
    """JSON's strings are TOML's, but for the one control character that JSON leaves as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
