"""Aliases, the comparison of two readings, and a short way to read a text."""

import json
import re
import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.plans.aliases import Aliases, parse_aliases
from desktop.plans.as_json import plan_as_json
from desktop.plans.read import read_plan
from desktop.rules.drafts import PlanDraft

HERE = Path(__file__).parent
TABLE = HERE.parent.parent / "resources" / "aliases" / "plan_labels.toml"


def norm(text: str) -> str:
    """The comparison of two readings: widths, brackets, dashes, quotes and blanks do not count."""
    text = unicodedata.normalize("NFKC", text).translate(str.maketrans("〔［[【〕］]】“”‘’", "(((())))\"\"''"))
    text = re.sub("[\u200b-\u200f\u2060\ufeff\u00ad]", "", re.sub("[—–―‒]", "-", text))
    return re.sub(r"\s", "", text).strip("。;,、:.")


def normal(value: Any) -> Any:
    """``norm`` through a whole JSON value; lists of words are sets, lists of objects keep their order."""
    if isinstance(value, str):
        return norm(value)
    if isinstance(value, dict):
        return {key: normal(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [normal(entry) for entry in value] if any(isinstance(e, dict) for e in value) else {*map(normal, value)}
    return value


def only(keys: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    """The part of a reading that the wanted one speaks of."""
    found = {}
    for key, wanted in keys.items():
        entry = value[key]
        if isinstance(wanted, list) and wanted and isinstance(wanted[0], dict) and len(wanted) == len(entry):
            found[key] = [only(part, got) for part, got in zip(wanted, entry, strict=True)]
        else:
            found[key] = only(wanted, entry) if isinstance(wanted, dict) and key == "plan" else entry
    return found


@pytest.fixture(scope="session")
def aliases() -> Aliases:
    return parse_aliases(tomllib.loads(TABLE.read_text(encoding="utf-8")))


@pytest.fixture
def read(aliases: Aliases) -> Callable[..., PlanDraft]:
    return lambda text, name="方案.txt": read_plan(text.encode(), name, aliases)


@pytest.fixture
def read_json(read: Callable[..., PlanDraft]) -> Callable[..., dict[str, Any]]:
    return lambda text: plan_as_json(read(text))


@pytest.fixture
def same_as_truth(aliases: Aliases) -> Callable[[str], tuple[Any, Any]]:
    """Read a fixture of ``texts/`` and its truth; both come back through the comparison."""

    def compare(name: str) -> tuple[Any, Any]:
        path = HERE / "texts" / f"{name}.txt"
        wanted = json.loads((HERE / "texts" / f"{name}.truth.json").read_text(encoding="utf-8"))
        got = plan_as_json(read_plan(path.read_bytes(), path.name, aliases))
        return normal(only(wanted, got)), normal(wanted)

    return compare
