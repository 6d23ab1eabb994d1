"""A template of paper as a list of parts to show, hide, rename, put in order and reword; and changes of it as data.

Pure: a template is the mapping its TOML file holds, and every change gives a new one. Paths are keys and places from
the top of the mapping: ``("columns", 3, "title")``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]
Words = Callable[[str], str]
"""The name of a field for people."""
Template = Mapping[str, Any]
_FIXED = (
    (("title", "text"), "标题"),
    (("title",), "标题"),
    (("title", "annex"), "附件标识"),
    (("mark",), "版头"),
    (("addressee",), "主送"),
    (("line", "left"), "表上说明（左）"),
    (("line", "right"), "表上说明（右）"),
    (("lead", "text"), "引言"),
    (("note",), "附注"),
    (("sheet", "mark"), "页眉标识"),
    (("sheet", "running_head"), "续页页眉"),
    (("public", "title"), "公开版标题"),
)
_PARTS = {"measures": "逐条措施", "effects": "整改成效", "signoff": "意见栏"}


@dataclass(frozen=True, slots=True)
class Item:
    """One part of a template.

    ``node`` is the path of what is shown, hidden and moved, empty for a part that always stands in its place;
    ``name``, ``text``, ``width`` and ``field`` are paths of what can be changed, empty where there is none. ``words``
    is what the part is called, ``says`` the sentence it prints, ``filled`` the field it shows.
    """

    kind: str
    words: str
    node: Path = ()
    name: Path = ()
    text: Path = ()
    width: Path = ()
    field: Path = ()
    says: str = ""
    filled: str = ""
    shown: bool = True
    each: str = ""
    children: tuple["Item", ...] = ()


def items_of(template: Template, words: Words) -> tuple[Item, ...]:
    """The parts of a template: its fixed sentences first, then rows, columns, sections and annexes in their order."""
    return (
        *_fixed(template),
        *(_row(row, ("rows", at)) for at, row in enumerate(template.get("rows", ()))),
        *(_column(column, ("columns", at)) for at, column in enumerate(template.get("columns", ()))),
        *(_line_of_list(line, ("lines", at)) for at, line in enumerate(template.get("lines", ()))),
        *(_section(section, ("sections", at), words) for at, section in enumerate(template.get("sections", ()))),
        *(_attachment(entry, ("attachments", at)) for at, entry in enumerate(template.get("attachments", ()))),
        *(_annex(annex, ("annexes", at)) for at, annex in enumerate(template.get("annexes", ()))),
        *_foot(template),
    )


def _fixed(template: Template) -> Iterator[Item]:
    for path, words in _FIXED:
        says = at(template, path)
        if isinstance(says, str):
            yield Item("固定文字", words, text=path, says=says)


def _foot(template: Template) -> Iterator[Item]:
    for place, says in enumerate(template.get("foot", {}).get("parts", ())):
        yield Item("落款", f"落款第{place + 1}格", text=("foot", "parts", place), says=says)


def _row(row: Template, node: Path) -> Item:
    shown = bool(row.get("show", True))
    if "part" in row:
        part = _PARTS.get(row["part"], str(row["part"]))
        columns = tuple(_column(column, (*node, "columns", k)) for k, column in enumerate(row.get("columns", ())))
        named = (*node, "title") if "title" in row else ()
        return Item("组成部分", str(row.get("title", part)), node, named, says=part, shown=shown, children=columns)
    cells = tuple(_cell(cell, (*node, "cells", k)) for k, cell in enumerate(row.get("cells", ())))
    if len(cells) == 1:
        only = cells[0]
        return Item("栏目", only.words, node, only.name, only.text, (), only.field, only.says, only.filled, shown)
    return Item("栏目", "｜".join(cell.words for cell in cells), node, shown=shown, children=cells)


def _cell(cell: Template, node: Path) -> Item:
    label = str(cell.get("label", "")).replace("\n", "")
    named, filled = (*node, "label"), str(cell.get("field", ""))
    if "text" in cell:
        return Item("栏目", label, (), named, (*node, "text"), says=str(cell["text"]))
    return Item("栏目", label, (), named, field=(*node, "field"), filled=filled)


def _column(column: Template, node: Path) -> Item:
    title = str(column.get("title", "")).replace("\n", "")
    group = f"{column['group']}／" if column.get("group") else ""
    return Item(
        "列",
        f"{group}{title}",
        node,
        (*node, "title"),
        width=(*node, "width_mm"),
        field=(*node, "field"),
        filled=str(column.get("field", "")),
        shown=bool(column.get("show", True)),
    )


def _line_of_list(line: Template, node: Path) -> Item:
    label = str(line.get("label", ""))
    shown, filled = bool(line.get("show", True)), str(line.get("field", ""))
    return Item("栏目", label, node, (*node, "label"), filled=filled, shown=shown)


def _section(section: Template, node: Path, words: Words) -> Item:
    named = (*node, "heading") if "heading" in section else ()
    called = str(section.get("heading") or section.get("name") or "一节")
    lines = tuple(_sentence(line, (*node, "lines", k), words) for k, line in enumerate(section.get("lines", ())))
    return Item("一节", called, node, named, shown=bool(section.get("show", True)), children=lines)


def _sentence(line: Template, node: Path, words: Words) -> Item:
    named = (*node, "heading") if "heading" in line else ()
    says, each = str(line.get("text", "")), str(line.get("each", ""))
    called = str(line.get("heading", "")) or condition_words(line, words) or "句子"
    text = (*node, "text") if "text" in line else ()
    return Item("句子", called, node, named, text, says=says, shown=bool(line.get("show", True)), each=each)


def condition_words(line: Template, words: Words) -> str:
    """When a sentence is printed, in the words of the fields it names: 有验收日期时, 无公示网址时."""
    parts = []
    for key, word in (("when", "有"), ("unless", "无")):
        named = "、".join(words(name) for name in line.get(key, ()))
        parts += [f"{word}{named}时"] if named else []
    return "，".join(parts)


def _attachment(entry: Template, node: Path) -> Item:
    name = str(entry.get("name", ""))
    return Item("附件名称", name, node, (*node, "name"), shown=bool(entry.get("show", True)))


def _annex(annex: Template, node: Path) -> Item:
    columns = tuple(_column(column, (*node, "columns", k)) for k, column in enumerate(annex.get("columns", ())))
    lines = tuple(
        Item("句子", f"第{k + 1}行", text=(*node, "lines", k), says=str(says))
        for k, says in enumerate(annex.get("lines", ()))
    )
    shown, title = bool(annex.get("show", True)), str(annex.get("title", ""))
    return Item("附件", title.replace("|", ""), node, (*node, "title"), shown=shown, children=(*columns, *lines))


def every(items: Iterable[Item]) -> Iterator[Item]:
    """The parts with the parts inside them, from the top down."""
    for item in items:
        yield item
        yield from every(item.children)


def place_of(path: Path) -> str:
    """The path as sentences about templates call it: sections第1项.lines第2项.text."""
    words = ""
    for key in path:
        words += f"第{key + 1}项" if isinstance(key, int) else f".{key}" if words else key
    return words


# Changes


def at(template: Any, path: Path) -> Any:
    """What stands at a path; None where there is nothing."""
    found = template
    for key in path:
        if isinstance(found, Mapping):
            found = found.get(key)
        elif isinstance(found, Sequence) and not isinstance(found, str) and isinstance(key, int) and key < len(found):
            found = found[key]
        else:
            return None
    return found


def changed(template: Template, path: Path, value: object) -> dict[str, Any]:
    """The template with another value at the path."""
    made = deepcopy(dict(template))
    at(made, path[:-1])[path[-1]] = value
    return made


def shown_or_not(template: Template, node: Path, shown: bool) -> dict[str, Any]:
    """The template with a part shown or hidden; showing is what a part does when nothing is written."""
    made = deepcopy(dict(template))
    part = at(made, node)
    if shown:
        part.pop("show", None)
    else:
        part["show"] = False
    return made


def moved(template: Template, node: Path, by: int) -> tuple[dict[str, Any], Path]:
    """The template with a part some places further up or down among its like, and its new path."""
    made = deepcopy(dict(template))
    parts, place = at(made, node[:-1]), node[-1]
    if not isinstance(parts, list) or not isinstance(place, int) or not 0 <= place + by < len(parts):
        return made, node
    parts.insert(place + by, parts.pop(place))
    return made, (*node[:-1], place + by)


def added(template: Template, node: Path, part: Mapping[str, Any]) -> tuple[dict[str, Any], Path]:
    """The template with a new part under the one at ``node``, and the new part's path."""
    made = deepcopy(dict(template))
    place = node[-1]
    assert isinstance(place, int)
    at(made, node[:-1]).insert(place + 1, dict(part))
    return made, (*node[:-1], place + 1)


def removed(template: Template, node: Path) -> dict[str, Any]:
    """The template without a part."""
    made = deepcopy(dict(template))
    del at(made, node[:-1])[node[-1]]
    return made
