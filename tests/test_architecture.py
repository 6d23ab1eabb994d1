"""Who may import whom (the table of docs/architecture.md), read from the source by AST.

Every exception is one line of ``EXCEPTIONS`` with its reason; the last test keeps that list from growing stale.
"""

import ast
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent


class Room(NamedTuple):
    """What a room may import: rooms of ours, modules from outside, and whether all of the standard library."""

    ours: frozenset[str]
    outside: frozenset[str]
    stdlib: frozenset[str]


def _room(ours: str = "", outside: str = "", without: str = "") -> Room:
    return Room(
        frozenset(ours.split()), frozenset(outside.split()), frozenset(sys.stdlib_module_names) - set(without.split())
    )


# The rules know no file, no clock, no chance, no machine and no network: the same question has the same answer.
_IMPURE = (
    "asyncio concurrent ctypes ftplib getpass glob http imaplib io locale logging mmap multiprocessing os pathlib "
    "platform poplib random secrets select shelve shutil signal site smtplib socket sqlite3 ssl subprocess sys "
    "tempfile threading time tkinter urllib winreg zipfile"
)
_DATABASE = "sqlite3 dbm shelve"
_WIRING = "paths log crash settings"

ROOMS = {
    "rules": _room(without=_IMPURE),
    "plans": _room("rules", "openpyxl python_calamine docx pypdfium2", _DATABASE),
    "documents": _room("rules paths", "reportlab fontTools docx pypdf PIL", _DATABASE),
    "exchange": _room("rules", "cryptography pyrage", _DATABASE),
    "store": _room("rules", "peewee playhouse PIL"),
    "operations": _room("rules store plans documents exchange paths", "", _DATABASE),
    "forms": _room("rules", "PySide6", _DATABASE),
    "views": _room("rules operations forms settings paths", "PySide6 pypdfium2", _DATABASE),
    "paths": _room(_WIRING, "", _DATABASE),
    "log": _room(_WIRING, "", _DATABASE),
    "settings": _room(_WIRING, "", _DATABASE),
    "crash": _room(_WIRING, "PySide6", _DATABASE),
    "cli": _room("rules operations paths settings __version__", "", _DATABASE),
    "app": _room(
        "rules store plans documents exchange operations forms views cli paths log crash settings __version__",
        "PySide6",
        _DATABASE,
    ),
    "__main__": _room(
        "rules store plans documents exchange operations forms views app cli paths log crash settings", "", _DATABASE
    ),
}

# A room of the wiring that has more than one file: the other file, and the room it belongs to.
PARTS = {
    "cli_verbs": "cli",
    "cli_forms": "cli",
    "cli_parser": "cli",
    "cli_exchange": "cli",
    "first_settings": "settings",
    "screen": "paths",
    "selftest": "app",
    "selftest_desk": "app",
    "selftest_parts": "app",
}

# (file, what it imports): the reason why this one file may.
EXCEPTIONS: dict[tuple[str, str], str] = {}


class Import(NamedTuple):
    """One imported thing: the file and line, and the full dotted name, ``.`` in front when it is relative."""

    file: str
    line: int
    name: str


def imports_of(root: Path) -> Iterator[Import]:
    """Every import in ``desktop/`` and ``forms/`` under ``root``, also those inside functions and type-check blocks."""
    for top in ("desktop", "forms"):
        for source in sorted((root / top).rglob("*.py")):
            file = source.relative_to(root).as_posix()
            for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"), file)):
                for name in _names(node):
                    yield Import(file, getattr(node, "lineno", 0), name)


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level:
        return ["." * node.level + (node.module or "")]
    if isinstance(node, ast.ImportFrom):
        module = node.module or ""
        return [f"{module}.{alias.name}" if module == "desktop" else module for alias in node.names]
    called = _called(node)
    return [f"{called}()"] if called in ("__import__", "exec", "eval") or called.endswith("import_module") else []


def _called(node: ast.AST) -> str:
    """The name that a call names: ``open``, or ``.now`` for a method; empty for anything else."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id
    return f".{node.func.attr}" if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""


def room_of(file: str) -> str:
    """The room of a source file: the folder under ``desktop``, the bare name of a file there, or ``forms``."""
    parts = Path(file).with_suffix("").parts
    return "forms" if parts[0] == "forms" else PARTS.get(parts[1], parts[1])


def fault(item: Import) -> str:
    """Why this import breaks the table, or an empty text."""
    room = ROOMS.get(room_of(item.file))
    if room_of(item.file) == "__init__":
        return "the package itself imports nothing"
    if room is None:
        return f"{room_of(item.file)} is not a room of the table"
    if item.name.endswith("()"):
        return "code imported or run by name cannot be checked"
    if item.name.startswith("."):
        return "relative imports hide the room"
    top, _, rest = item.name.partition(".")
    if top in ("desktop", "forms"):
        target = "forms" if top == "forms" else PARTS.get(rest.split(".")[0], rest.split(".")[0])
        return "" if target == room_of(item.file) or target in room.ours else f"{target} is not for this room"
    return "" if top in room.stdlib or top in room.outside else f"{top} is not for this room"


def offenders(root: Path) -> list[str]:
    """Every import that breaks the table and is no named exception, one line each."""
    found = ((item, fault(item)) for item in imports_of(root))
    return [
        f"{item.file}:{item.line} imports {item.name}: {why}"
        for item, why in found
        if why and (item.file, item.name) not in EXCEPTIONS
    ]


def impure_calls(root: Path) -> list[str]:
    """Every call in the rules that reads the clock, a file or the keyboard without an import of its own."""
    wrong = []
    for source in sorted((root / "desktop/rules").rglob("*.py")):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if _called(node) in ("open", "input", "print", ".today", ".now", ".utcnow"):
                wrong.append(f"{source.relative_to(root).as_posix()}:{getattr(node, 'lineno', 0)} {_called(node)}")
    return wrong


def file_graph(root: Path) -> dict[str, set[str]]:
    """Which of our files each of them imports, wherever in it, also for its types only."""
    graph: dict[str, set[str]] = {}
    for top in ("desktop", "forms"):
        for source in (root / top).rglob("*.py"):
            file = source.relative_to(root).as_posix()
            nodes = ast.walk(ast.parse(source.read_text(encoding="utf-8"), file))
            named = {name for node in nodes for name in _modules(node)}
            paths = (f"{name.replace('.', '/')}{end}" for name in named for end in (".py", "/__init__.py"))
            graph[file] = {path for path in paths if (root / path).exists()} - {file}
    return graph


def inner_rooms(graph: dict[str, set[str]], big: str) -> dict[str, set[str]]:
    """Which folders inside a room import files of which others."""
    found: dict[str, set[str]] = {}
    for file, needed in graph.items():
        if Path(file).parent.parent.as_posix() == big:
            rooms = {Path(other).parent.name for other in needed if Path(other).parent.parent.as_posix() == big}
            found.setdefault(Path(file).parent.name, set()).update(rooms - {Path(file).parent.name})
    return found


def _modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return []


def test_every_import_follows_the_table() -> None:
    wrong = offenders(ROOT)
    assert not wrong, "\n".join(wrong)


def test_no_file_needs_one_that_needs_it() -> None:
    TopologicalSorter(file_graph(ROOT)).prepare()


@pytest.mark.parametrize("big", ["desktop/views", "desktop/operations", "desktop/documents", "desktop/plans"])
def test_the_rooms_inside_a_room_stand_one_above_the_other(big: str) -> None:
    TopologicalSorter(inner_rooms(file_graph(ROOT), big)).prepare()


def test_a_circle_of_inner_rooms_is_caught(tmp_path: Path) -> None:
    _tree(tmp_path, "desktop/views/case/page.py", "from desktop.views.papers.page import a")
    _tree(tmp_path, "desktop/views/case/words.py", "")
    _tree(tmp_path, "desktop/views/papers/page.py", "")
    _tree(tmp_path, "desktop/views/papers/list.py", "from desktop.views.case.words import b")
    with pytest.raises(CycleError):
        TopologicalSorter(inner_rooms(file_graph(tmp_path), "desktop/views")).prepare()


def test_a_circle_of_files_is_caught(tmp_path: Path) -> None:
    _tree(tmp_path, "desktop/views/a.py", "def f():\n    from desktop.views import b")
    _tree(tmp_path, "desktop/views/b.py", "if TYPE_CHECKING:\n    from desktop.views.a import A")
    with pytest.raises(CycleError):
        TopologicalSorter(file_graph(tmp_path)).prepare()


def test_the_program_was_read_at_all() -> None:
    read = {item.file for item in imports_of(ROOT)}
    assert {"desktop/paths.py", "desktop/rules/records.py"} <= read


def test_the_rules_read_no_clock_and_no_file() -> None:
    assert impure_calls(ROOT) == []


def test_every_exception_is_still_needed_and_has_a_reason() -> None:
    broken = {(item.file, item.name) for item in imports_of(ROOT) if fault(item)}
    assert set(EXCEPTIONS) <= broken
    assert all(len(reason) > 20 for reason in EXCEPTIONS.values())


def _tree(root: Path, file: str, text: str) -> Path:
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    (root / file).write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("desktop/rules/deadlines.py", "import time"),
        ("desktop/rules/deadlines.py", "import os.path"),
        ("desktop/rules/deadlines.py", "def today():\n    from random import choice"),
        ("desktop/rules/deadlines.py", "from desktop.store import tables"),
        ("desktop/rules/deadlines.py", "from . import records"),
        ("desktop/rules/deadlines.py", "import peewee"),
        ("desktop/plans/text.py", "from desktop import documents"),
        ("desktop/plans/text.py", "from desktop import paths"),
        ("desktop/documents/page.py", "import desktop.store.tables as t"),
        ("desktop/documents/page.py", "import PySide6.QtWidgets"),
        ("desktop/store/tables.py", "from desktop.plans import reader"),
        ("desktop/store/tables.py", "from reportlab.pdfgen import canvas"),
        ("desktop/exchange/pack.py", "import sqlite3"),
        ("desktop/operations/close.py", "import peewee"),
        ("desktop/operations/close.py", "import sqlite3"),
        ("desktop/operations/close.py", "from desktop.views import window"),
        ("desktop/operations/close.py", "import importlib\nimportlib.import_module('peewee')"),
        ("desktop/operations/close.py", "tables = __import__('peewee')"),
        ("desktop/cli.py", "from desktop.store import tables"),
        ("desktop/cli_verbs.py", "from desktop.store import tables"),
        ("desktop/paths.py", "from desktop.rules import records"),
        ("desktop/helpers/odd.py", "import re"),
        ("desktop/__init__.py", "import re"),
        ("forms/problem.py", "from desktop.operations import close"),
        ("forms/problem.py", "import peewee"),
    ],
)
def test_a_forbidden_import_is_caught(tmp_path: Path, file: str, text: str) -> None:
    wrong = offenders(_tree(tmp_path, file, text))
    assert len(wrong) == 1
    assert wrong[0].startswith(file)


@pytest.mark.parametrize("text", ["datetime.date.today()", "x = datetime.now()", "open('a')"])
def test_a_rule_that_reads_the_clock_or_a_file_is_caught(tmp_path: Path, text: str) -> None:
    assert len(impure_calls(_tree(tmp_path, "desktop/rules/deadlines.py", text))) == 1


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("desktop/rules/deadlines.py", "import datetime\nfrom desktop.rules.records import Problem"),
        ("desktop/plans/text.py", "import openpyxl\nfrom desktop.rules import drafts\nfrom pathlib import Path"),
        ("desktop/documents/page.py", "from reportlab.pdfgen import canvas\nfrom desktop import paths"),
        ("desktop/store/tables.py", "import sqlite3\nimport peewee\nfrom PIL import Image"),
        ("desktop/operations/close.py", "from desktop import documents, paths, store"),
        ("desktop/views/window.py", "import forms.problem\nfrom PySide6.QtCore import Qt"),
        ("forms/problem.py", "from desktop.rules import drafts\nfrom forms import fields"),
        ("desktop/cli.py", "from desktop import cli_verbs\nfrom desktop.operations import close"),
    ],
)
def test_an_allowed_import_passes(tmp_path: Path, file: str, text: str) -> None:
    assert offenders(_tree(tmp_path, file, text)) == []
